"""The audit is sealed by the clock, and `bogobot audit verify` holds it against its seals."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.database_commands import audit
from models.audit import Actor, record
from models.seals import SEALS_FILE, read_seals
from models.store import Database
from models.store.audit_guard import unguard_audit
from scheduler.housekeeping import SEALED_EVERY, seal_audit
from tests.kit.served import Served

NOON = datetime(2019, 7, 15, 3, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def happens(database: Database, *subjects: str) -> None:
    with database.write() as session:
        for subject in subjects:
            record(session, NOON, Actor(None, "test"), "test", subject)


def lengths(path: Path) -> list[int]:
    return [seal.length for seal in read_seals(path)[0]]


def test_the_audit_is_sealed_once_an_hour_and_only_when_it_grew(any_database, tmp_path):
    path = tmp_path / SEALS_FILE
    seal_audit(any_database, path, NOON)
    assert not path.exists()
    happens(any_database, "a:1")
    seal_audit(any_database, path, NOON)
    happens(any_database, "a:2", "a:3")
    seal_audit(any_database, path, NOON + SEALED_EVERY - A_MINUTE)
    assert lengths(path) == [1]
    seal_audit(any_database, path, NOON + SEALED_EVERY)
    seal_audit(any_database, path, NOON + 2 * SEALED_EVERY)
    assert lengths(path) == [1, 3]


def test_a_clock_that_stood_wrong_puts_no_seal_off(database, tmp_path):
    path = tmp_path / SEALS_FILE
    happens(database, "a:1")
    seal_audit(database, path, NOON + timedelta(days=4000))
    happens(database, "a:2")
    seal_audit(database, path, NOON)
    assert lengths(path) == [1, 2]


async def test_a_running_bot_seals_what_was_done(served: Served) -> None:
    happens(served.database, "a:1")
    served.machine.move(A_MINUTE)
    await served.house.tick()
    sealed = lengths(served.folder / SEALS_FILE)
    assert len(sealed) == 1
    served.machine.move(SEALED_EVERY)
    happens(served.database, "a:2")
    await served.house.tick()
    assert lengths(served.folder / SEALS_FILE) == [*sealed, sealed[0] + 1]


@pytest.fixture
def sealed(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A city with four rows, all of them sealed."""
    monkeypatch.setenv("BOGOBOT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BOGOBOT_DATABASE_URL", database.url)
    happens(database, "a:1", "a:2", "a:3", "a:4")
    seal_audit(database, tmp_path / SEALS_FILE, NOON)
    return database


def verifies(*words: str) -> Result:
    return CliRunner().invoke(audit, list(words))


def test_a_whole_audit_is_said_to_be_so(sealed: Database, tmp_path: Path) -> None:
    seal = read_seals(tmp_path / SEALS_FILE)[0][0]
    said = verifies("--against", f"4:{seal.hash[:20]}")
    whole = "ok    the audit is whole: 4 rows, held against 2 seals; what was decided is kept as it says\n"
    assert (said.exit_code, said.output) == (0, whole)


def test_who_cut_the_end_and_set_the_head_to_fit_is_found_out(sealed: Database) -> None:
    with sealed.engine.begin() as connection:
        unguard_audit(connection)
        connection.exec_driver_sql("DELETE FROM audit WHERE id > 2")
        fits = "length = 2, hash = (SELECT hash FROM audit WHERE id = 2)"
        connection.exec_driver_sql(f"UPDATE audit_head SET {fits}")
    said = verifies()
    assert said.exit_code == 1
    assert said.output.startswith(
        "MEND  rows 3 to 4 are missing: the chain had 4 rows when it was sealed: audit.seals"
    )
    assert "restore the newest backup" in said.output


def test_who_changed_the_data_and_left_the_audit_alone_is_found_out(sealed: Database) -> None:
    with sealed.write() as session:
        record(session, NOON, Actor(None, "test"), "period.close", "period:1")
    said = verifies()
    assert said.exit_code == 1
    assert said.output.startswith("MEND  period:1 is gone: row 5 of the audit says closed\n")
    assert "changed in the database past the bot" in said.output


def test_a_workbook_that_says_otherwise_is_believed(sealed: Database) -> None:
    said = verifies("--against", f"3:{'0' * 64}")
    assert said.exit_code == 1
    assert "a row from 1 to 3 is not as it was when it was sealed: --against 3:0" in said.output


def test_what_no_workbook_says_is_refused(sealed: Database) -> None:
    said = verifies("--against", "4:zz")
    assert said.exit_code == 2
    assert "write it as the workbook does" in said.output


def test_a_line_that_is_no_seal_is_named(sealed: Database, tmp_path: Path) -> None:
    with (tmp_path / SEALS_FILE).open("a") as file:
        file.write("gone\n")
    said = verifies()
    assert (said.exit_code, "line 2 of audit.seals cannot be read" in said.output) == (1, True)
    assert "restore" not in said.output
