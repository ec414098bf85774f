"""The audit can be added to and read; whoever changes it is refused, or found out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.audit import Actor, AuditRow, record, verify
from models.organization import Person
from models.store import Database
from models.store.audit_guard import unguard_audit

NOON = datetime(2019, 7, 15, 3, tzinfo=UTC)
ADDED = "id, at, channel, action, subject, detail, previous, hash"
FORGED = "1, '2019-07-15 00:00:00', 'web', 'forged', '', '{}', '', ''"


def add_rows(database: Database) -> None:
    with database.write() as session:
        session.add(Person(id=7, code="7", name="김담당"))
        session.flush()
        for number in range(1, 6):
            record(
                session, NOON + timedelta(minutes=number), Actor(7, "web"), "report.save",
                f"submission:{number}", value="97.3", note="한글 ‘따옴표’ \\ \"", version=number, reason=None,
            )  # fmt: skip


@pytest.fixture
def audited(any_database: Database) -> Database:
    """A database with five rows in its audit."""
    add_rows(any_database)
    return any_database


def run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def unguarded(database: Database, statement: str) -> list[str]:
    """What the audit says after somebody who can take the triggers away ran the statement."""
    with database.engine.begin() as connection:
        unguard_audit(connection)
        connection.exec_driver_sql(statement)
    with database.read() as session:
        return verify(session)


def test_an_untouched_audit_is_whole(audited):
    with audited.read() as session:
        assert verify(session) == []
        assert [row.id for row in session.exec(select(AuditRow))] == [1, 2, 3, 4, 5]


def test_an_empty_audit_is_whole(any_database):
    with any_database.read() as session:
        assert verify(session) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'forged' WHERE id = 2",
        "DELETE FROM audit WHERE id = 5",
        "DELETE FROM audit",
    ],
)
def test_the_database_refuses_to_change_the_audit(audited, statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        run(audited, statement)
    with audited.read() as session:
        assert verify(session) == []


def test_sqlite_refuses_to_replace_a_row(database):
    add_rows(database)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        run(database, f"REPLACE INTO audit ({ADDED}) VALUES ({FORGED})")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE audit",
        f"INSERT INTO audit ({ADDED}) VALUES ({FORGED}) ON CONFLICT (id) DO UPDATE SET action = 'forged'",
    ],
)
def test_postgresql_refuses_its_own_ways_of_changing_rows(postgres_database, statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        run(postgres_database, statement)


@pytest.mark.parametrize(
    "change",
    [
        "action = 'report.approve'", "subject = 'submission:9'", "channel = 'slack'", "person_id = NULL",
        "acting_for_id = 7", "at = '2019-07-16 03:00:00.000000+00:00'",
        """detail = '{"value": "99", "note": "", "version": 3, "reason": null}'""",
    ],
)  # fmt: skip
def test_a_changed_row_is_found(audited, change):
    assert unguarded(audited, f"UPDATE audit SET {change} WHERE id = 3") == ["row 3 was changed"]


def test_a_changed_row_with_a_fitting_hash_breaks_the_chain(audited):
    faults = unguarded(audited, f"UPDATE audit SET hash = '{'a' * 64}' WHERE id = 3")
    assert faults == ["row 3 was changed", "row 4 does not follow the row before it"]


def test_a_removed_row_is_found(audited):
    faults = unguarded(audited, "DELETE FROM audit WHERE id = 3")
    assert faults == ["row 3 is missing (the next one is 4)"]


def test_rows_cut_from_the_end_are_missed(audited):
    faults = unguarded(audited, "DELETE FROM audit WHERE id > 3")
    assert faults == ["the chain ends at row 3, but row 5 was written last"]


def test_an_emptied_audit_is_missed(audited):
    assert unguarded(audited, "DELETE FROM audit") == ["the chain ends at row 0, but row 5 was written last"]


def test_rows_are_numbered_without_gaps_when_many_write_at_once(any_database):
    def write(number: int) -> None:
        with any_database.write() as session:
            record(session, NOON, Actor(None, "test"), "tick", f"number:{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with any_database.read() as session:
        assert verify(session) == []
        assert session.exec(select(sa.func.count()).select_from(AuditRow)).one() == 40
