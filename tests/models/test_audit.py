"""The audit can be added to and read; whoever changes it is refused, or found out."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from models.audit import Actor, AuditRow, last_row, record, verify
from models.organization import Person
from models.seals import Seal
from models.store import Database
from models.store.audit_guard import unguard_audit

NOON = datetime(2019, 7, 15, 3, tzinfo=UTC)
ADDED = "id, at, channel, action, subject, detail, previous, hash"
FORGED = "1, '2019-07-15 00:00:00', 'web', 'forged', '', '{}', '', ''"


def add_rows(database: Database) -> None:
    with database.write() as session:
        session.add(Person(id=7, code="7", name="김담당"))
        session.flush()
        write_rows(session, range(1, 6))


def write_rows(session: Session, numbers: Iterable[int], value: str = "97.3") -> None:
    for number in numbers:
        record(
            session, NOON + timedelta(minutes=number), Actor(7, "web"), "report.save",
            f"submission:{number}", value=value, note="한글 ‘따옴표’ \\ \"", version=number, reason=None,
        )  # fmt: skip


@pytest.fixture
def audited(any_database: Database) -> Database:
    """A database with five rows in its audit."""
    add_rows(any_database)
    return any_database


def run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def unguarded(database: Database, *statements: str, seals: Iterable[Seal] = ()) -> list[str]:
    """What the audit says after somebody who can take the triggers away ran the statements."""
    with database.engine.begin() as connection:
        unguard_audit(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
    with database.read() as session:
        return verify(session, seals)


def seal_at(database: Database, length: int) -> Seal:
    with database.read() as session:
        row = session.get_one(AuditRow, length)
        return Seal(length, row.hash, f"seal of {length}")


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
    assert faults == ["row 4 is missing: the chain ends at row 3, but row 5 was written last"]


def test_an_emptied_audit_is_missed(audited):
    faults = unguarded(audited, "DELETE FROM audit")
    assert faults == ["row 1 is missing: the chain ends at row 0, but row 5 was written last"]


def test_a_row_added_past_the_bot_is_found(audited):
    copied = "id + 1, at, channel, action, subject, detail, hash, hash"
    faults = unguarded(audited, f"INSERT INTO audit ({ADDED}) SELECT {copied} FROM audit WHERE id = 5")
    assert faults == ["row 6 was changed", "row 6 was added past the bot, which wrote 5"]


@pytest.mark.parametrize(
    "change", ["at = 'noon'", "at = 7", "detail = '{'", "action = x'00ff'", "hash = x'ff'"]
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer")
def test_a_row_made_unreadable_is_named_as_well(database, change):
    add_rows(database)
    seals = [seal_at(database, 3)]
    faults = unguarded(database, f"UPDATE audit SET {change} WHERE id = 3", seals=seals)
    assert faults[0] == "row 3 was changed"
    assert not any(fault.startswith(("row 1 ", "row 2 ", "row 5 ")) for fault in faults)


def test_an_audit_longer_than_is_read_at_once_is_whole(database, monkeypatch):
    monkeypatch.setattr("models.audit._AT_ONCE", 2)
    add_rows(database)
    with database.read() as session:
        assert verify(session) == []
    assert unguarded(database, "UPDATE audit SET channel = '' WHERE id IN (1, 4)") == [
        "row 1 was changed", "row 4 was changed",
    ]  # fmt: skip


def test_two_rows_that_changed_places_are_found(audited):
    faults = unguarded(
        audited,
        "UPDATE audit SET id = 99 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 99",
    )
    assert faults[:2] == ["row 2 does not follow the row before it", "row 2 was changed"]
    assert faults[-1] == "row 5 does not follow the row before it"


def test_a_whole_audit_holds_against_its_seals(audited):
    seals = [seal_at(audited, length) for length in (5, 1, 3)]
    with audited.read() as session:
        assert verify(session, seals) == []
        assert verify(session, [Seal(5, seals[0].hash[:16], "typed")]) == []
        assert verify(session, [Seal(5, seals[1].hash, "typed wrong")]) == [
            "a row from 1 to 5 is not as it was when it was sealed: typed wrong"
        ]


def test_an_end_that_was_cut_with_the_head_set_to_fit_is_missed_by_the_seal(audited):
    seals = [seal_at(audited, 2), seal_at(audited, 5)]
    cut = (
        "DELETE FROM audit WHERE id > 3",
        "UPDATE audit_head SET length = 3, hash = (SELECT hash FROM audit WHERE id = 3)",
    )
    assert unguarded(audited, *cut) == []
    with audited.read() as session:
        assert verify(session, seals) == [
            "rows 4 to 5 are missing: the chain had 5 rows when it was sealed: seal of 5"
        ]


def test_a_chain_written_anew_to_fit_is_found_by_the_first_seal_behind_the_change(audited):
    seals = [seal_at(audited, length) for length in (2, 4, 5)]
    cut = (
        "DELETE FROM audit WHERE id > 2",
        "UPDATE audit_head SET length = 2, hash = (SELECT hash FROM audit WHERE id = 2)",
    )
    unguarded(audited, *cut)
    with audited.write() as session:
        write_rows(session, range(3, 6), value="100")
    with audited.read() as session:
        assert verify(session) == []
        assert verify(session, seals) == [
            "a row from 3 to 4 is not as it was when it was sealed: seal of 4",
            "a row from 3 to 5 is not as it was when it was sealed: seal of 5",
        ]


def test_the_first_row_that_is_wrong_is_named_first(audited):
    seals = [seal_at(audited, 1), seal_at(audited, 2)]
    faults = unguarded(
        audited,
        "UPDATE audit SET channel = 'slack' WHERE id = 3",
        f"UPDATE audit SET hash = '{'a' * 64}' WHERE id = 2",
        "DELETE FROM audit WHERE id = 5",
        seals=seals,
    )
    assert [fault.partition(" ")[2][:2] for fault in faults] == ["2 ", "2 ", "3 ", "3 ", "5 "]
    assert faults[1] == "row 2 is not as it was when it was sealed: seal of 2"


def test_the_last_row_of_some_kind_is_found(audited):
    with audited.read() as session:
        found = last_row(session, AuditRow.subject == "submission:3")
        assert found is not None and found.id == 3
        assert last_row(session, AuditRow.subject == "nothing") is None


def test_rows_are_numbered_without_gaps_when_many_write_at_once(any_database):
    def write(number: int) -> None:
        with any_database.write() as session:
            record(session, NOON, Actor(None, "test"), "tick", f"number:{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with any_database.read() as session:
        assert verify(session) == []
        assert session.exec(select(sa.func.count()).select_from(AuditRow)).one() == 40
