"""Backup, restore and check of a whole city."""

import hashlib
import io
import json
import random
import shutil
import sqlite3
import tarfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
import typer
from sqlmodel import select
from typer.testing import CliRunner

from bot.database import BackupError, backup, check, restore
from bot.database.dump import dump
from bot.database_commands import audit, db
from models.audit import Actor, AuditHead, record, verify
from models.evidence.table import EvidenceFile, Parcel, receive
from models.evidence.vault import Kept, Vault
from models.seals import SEALS_FILE, read_seals
from models.store import Database
from models.store.audit_guard import unguard_audit
from models.store.schema import is_current
from models.submission import State, SubmissionVersion
from models.tables import METADATA
from scheduler.housekeeping import SEALED_EVERY, seal_audit
from tests.kit import files
from tests.kit.city import JULY, City, small_city

ON_SQLITE = pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
"""For what is about the file and the folders, and the same for both databases."""


@pytest.fixture
def city(any_database: Database, tmp_path, monkeypatch) -> City:
    """한빛시 in either database, with three reports and two files of evidence that are really there."""
    monkeypatch.setattr("tests.kit.city.Database", lambda url: any_database)
    city = small_city(tmp_path)
    first = city.report("G1", "H1", "97.3", State.SUBMITTED)
    city.report("G2", "H1", "8.25")
    city.report("W1", "H1", 0, State.RETURNED, reason="사유를 적어 주세요.")
    for name, data in (("대장.pdf", files.pdf()), ("현황.txt", files.txt())):
        with city.database.write() as session:
            parcel = receive(session, JULY, city.people["officer"], kept(tmp_path, data, name))
            version = session.exec(
                select(SubmissionVersion.id).where(SubmissionVersion.submission_id == first)
            ).one()
            session.add(evidence(version, parcel))
    return city


def kept(folder: Path, data: bytes, name: str) -> Kept:
    with Vault(folder / "evidence").receiving() as incoming:
        incoming.write(data)
        return incoming.keep(name)


def evidence(version: int, parcel: Parcel) -> EvidenceFile:
    shared = parcel.model_dump(include={"sha256", "name", "size"})
    return EvidenceFile(version_id=version, uploaded_by_id=parcel.owner_id, uploaded_at=parcel.at, **shared)


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "evidence")


@pytest.fixture
def seals(city, tmp_path) -> Path:
    """What was done so far is sealed."""
    seal_audit(city.database, tmp_path / SEALS_FILE, JULY)
    return tmp_path / SEALS_FILE


@pytest.fixture
def archive(city, vault, seals, tmp_path) -> Path:
    """A backup of the city."""
    backup(city.database, vault, seals, tmp_path / "city.tar", JULY)
    return tmp_path / "city.tar"


@pytest.fixture
def elsewhere(city, tmp_path, request):
    """The address of an empty database of the same kind, and an empty folder."""
    if city.database.is_sqlite:
        yield f"sqlite:///{tmp_path / 'new' / 'city.sqlite'}", tmp_path / "new" / "evidence"
    else:
        with request.getfixturevalue("postgres_server").copy("template0") as empty:
            yield empty.url, tmp_path / "new" / "evidence"


def new_place(tmp_path: Path) -> tuple[str, Path, Path]:
    """A SQLite database, a folder of evidence and a file of seals that are not there yet."""
    folder = tmp_path / "new"
    return f"sqlite:///{folder}/city.sqlite", folder / "evidence", folder / SEALS_FILE


def rows(url: str) -> dict[str, list[Any]]:
    """Everything in every table."""
    database = Database(url)
    with database.read() as session:
        found = {
            table.name: sorted(map(tuple, session.execute(sa.select(table)).all()), key=repr)
            for table in METADATA.sorted_tables
        }
    database.close()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_restored_into_an_empty_place_is_the_same_city(city, archive, elsewhere, tmp_path):
    url, folder = elsewhere
    manifest = restore(archive, url, folder, folder.parent / SEALS_FILE)
    assert rows(url) == rows(city.database.url)
    assert contents(folder) == contents(tmp_path / "evidence") and len(manifest.evidence) == 2
    restored = Database(url)
    assert is_current(restored)
    findings = check(restored, Vault(folder))
    assert (findings.faults, findings.orphans, findings.checked) == ([], [], 2)
    with restored.engine.begin() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql("DELETE FROM audit")
    restored.close()


def test_a_restored_city_still_finds_out_who_cuts_the_end_of_its_audit(archive, elsewhere):
    url, folder = elsewhere
    restore(archive, url, folder, folder.parent / SEALS_FILE)
    sealed, _ = read_seals(folder.parent / SEALS_FILE)
    restored = Database(url)
    with restored.engine.begin() as connection:
        unguard_audit(connection)
        connection.exec_driver_sql("DELETE FROM audit WHERE id > 2")
        fits = "length = 2, hash = (SELECT hash FROM audit WHERE id = 2)"
        connection.exec_driver_sql(f"UPDATE audit_head SET {fits}")
    with restored.read() as session:
        assert verify(session) == []
        assert "are missing" in verify(session, sealed)[0]
    restored.close()


@ON_SQLITE
def test_what_is_sealed_while_a_backup_is_made_is_not_missed_in_it(city, vault, seals, tmp_path, monkeypatch):
    def dump_and_go_on(*given: Any) -> Any:
        dumped = dump(*given)
        with city.database.write() as session:
            record(session, JULY, Actor(None, "test"), "later", "test")
        seal_audit(city.database, seals, JULY + SEALED_EVERY)
        return dumped

    monkeypatch.setattr(import_module("bot.database.backup"), "dump", dump_and_go_on)
    backup(city.database, vault, seals, tmp_path / "city.tar", JULY)
    url, folder, restored_seals = new_place(tmp_path)
    restore(tmp_path / "city.tar", url, folder, restored_seals)
    restored = Database(url)
    with restored.read() as session:
        assert verify(session, read_seals(restored_seals)[0]) == []
    restored.close()


@ON_SQLITE
def test_seals_that_the_backup_does_not_have_are_never_overwritten(city, archive, tmp_path):
    place = new_place(tmp_path)
    newer = tmp_path / "new" / SEALS_FILE
    newer.parent.mkdir()
    shutil.copy(tmp_path / SEALS_FILE, newer)
    with city.database.write() as session:
        record(session, JULY, Actor(None, "test"), "later", "test")
    seal_audit(city.database, newer, JULY + SEALED_EVERY)
    before = newer.read_bytes()
    with pytest.raises(BackupError, match=r"Move the file away, and keep it\."):
        restore(archive, *place)
    assert contents(tmp_path / "new") == {SEALS_FILE: before}
    newer.write_bytes(before.splitlines(keepends=True)[0])
    restore(archive, *place)
    assert newer.read_bytes() == (tmp_path / SEALS_FILE).read_bytes()


@ON_SQLITE
def test_a_backup_from_before_seals_were_in_it_can_be_restored(archive, tmp_path):
    old = tmp_path / "old.tar"
    with tarfile.open(archive) as full, tarfile.open(old, "w") as tar:
        for member in full.getmembers():
            if member.name.startswith("manifest-"):
                manifest = json.load(full.extractfile(member)) | {"format": 1}
                del manifest["seals_sha256"]
                data = json.dumps(manifest).encode()
                member = tarfile.TarInfo(f"manifest-{hashlib.sha256(data).hexdigest()}.json")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
            elif member.name != SEALS_FILE:
                tar.addfile(member, full.extractfile(member))
    restore(old, *new_place(tmp_path))
    assert not (tmp_path / "new" / SEALS_FILE).exists()


def test_the_restored_city_goes_on(archive, elsewhere):
    url, folder = elsewhere
    restore(archive, url, folder, folder.parent / SEALS_FILE)
    restored = Database(url)
    with restored.write() as session:
        record(session, JULY, Actor(None, "test"), "later", "test")
        last = session.exec(select(SubmissionVersion)).all()[-1]
        more = SubmissionVersion(**last.model_dump(exclude={"id", "number"}), number=2)
        session.add(more)
    assert check(restored, Vault(folder)).faults == []
    restored.close()


def test_a_backup_holds_the_city_for_its_owner_alone(archive, tmp_path):
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".bogobot")] == []


def test_a_backup_while_others_write_is_of_one_instant(city, vault, seals, elsewhere, tmp_path):
    # Each transaction adds a row to the audit and moves its head: half a one would not fit.
    stop, begun = Event(), Event()
    before = len(rows(city.database.url)["audit"])

    def write() -> int:
        written = 0
        while not stop.is_set():
            with city.database.write() as session:
                for _ in range(20):
                    record(session, JULY, Actor(None, "test"), "tick", "test")
            written += 1
            begun.set()
        return written

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write) for _ in range(2)]
        begun.wait()
        for number in range(5):
            backup(city.database, vault, seals, tmp_path / f"{number}.tar", JULY)
        stop.set()
        assert all(writer.result() > 0 for writer in writers)
    url, folder = elsewhere
    manifest = restore(tmp_path / "4.tar", url, folder, folder.parent / SEALS_FILE)
    restored = Database(url)
    assert check(restored, Vault(folder)).faults == []
    with restored.read() as session:
        length = session.get_one(AuditHead, 1).length
    restored.close()
    assert length == manifest.rows["audit"] and length % 20 == before


def test_a_target_that_holds_something_is_left_alone(city, archive, elsewhere, tmp_path):
    url, folder = elsewhere
    before = rows(city.database.url)
    with pytest.raises(BackupError, match="holds a city already"):
        restore(archive, city.database.url, folder, folder.parent / SEALS_FILE)
    assert rows(city.database.url) == before and not folder.exists()
    kept_already = folder / "ab" / "cd" / "file"
    kept_already.parent.mkdir(parents=True)
    kept_already.write_text("x")
    with pytest.raises(BackupError, match="holds files already"):
        restore(archive, url, folder, folder.parent / SEALS_FILE)
    assert contents(folder) == {"ab/cd/file": b"x"}


def test_an_existing_file_is_not_overwritten_by_a_backup(city, vault, seals, archive):
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="there already"):
        backup(city.database, vault, seals, archive, JULY)
    assert archive.read_bytes() == before


def test_evidence_that_is_lost_is_named_and_the_rest_is_saved(city, vault, seals, elsewhere, tmp_path):
    lost, damaged = vault.all_hashes()
    vault.path(lost).unlink()
    vault.path(damaged).write_bytes(b"something else")
    manifest = backup(city.database, vault, seals, tmp_path / "city.tar", JULY)
    assert sorted(manifest.missing) == sorted([lost, damaged]) and manifest.evidence == {}
    url, folder = elsewhere
    restore(tmp_path / "city.tar", url, folder, folder.parent / SEALS_FILE)
    restored = Database(url)
    assert [fault.split()[3] for fault in check(restored, Vault(folder)).faults] == ["missing:"] * 2
    restored.close()


def refused(archive: Path, tmp_path: Path) -> bool:
    """Whether the backup is refused, and then nothing is there."""
    folder = tmp_path / "new"
    try:
        restore(
            archive,
            f"sqlite:///{folder}/data/city.sqlite",
            folder / "data" / "evidence",
            folder / "data" / SEALS_FILE,
        )
    except BackupError:
        assert contents(folder) == {} and not (folder / "data" / "evidence").exists()
        return True
    return False


@ON_SQLITE
def test_a_backup_with_any_byte_changed_is_refused_or_means_the_same(city, archive, tmp_path):
    whole, chance = archive.read_bytes(), random.Random(2019)
    before, seen_refused = rows(city.database.url), 0
    for _ in range(60):
        place = chance.randrange(len(whole))
        changed = bytes([whole[place] ^ (1 << chance.randrange(8))])
        archive.write_bytes(whole[:place] + changed + whole[place + 1 :])
        if refused(archive, tmp_path):
            seen_refused += 1
        else:
            assert rows(f"sqlite:///{tmp_path}/new/data/city.sqlite") == before
            assert contents(tmp_path / "new" / "data" / "evidence") == contents(tmp_path / "evidence")
            assert (tmp_path / "new" / "data" / SEALS_FILE).read_bytes() == (
                tmp_path / SEALS_FILE
            ).read_bytes()
        shutil.rmtree(tmp_path / "new")
    assert seen_refused > 40


@ON_SQLITE
@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused(archive, tmp_path, share):
    data = archive.read_bytes().rstrip(b"\0")
    archive.write_bytes(data[: int(len(data) * share)])
    assert refused(archive, tmp_path)


@ON_SQLITE
@pytest.mark.parametrize("gone", ["database.sqlite", "evidence/", "manifest-", SEALS_FILE])
def test_a_backup_with_a_member_missing_is_refused(archive, tmp_path, gone):
    less = tmp_path / "less.tar"
    with tarfile.open(archive) as full, tarfile.open(less, "w") as tar:
        for member in full.getmembers():
            if not member.name.startswith(gone):
                tar.addfile(member, full.extractfile(member))
    assert refused(less, tmp_path)


@ON_SQLITE
def test_a_manifest_that_was_changed_is_refused(archive, tmp_path):
    before = archive.read_bytes()
    archive.write_bytes(before.replace(b'"person": 11', b'"person": 12'))
    assert archive.read_bytes() != before and refused(archive, tmp_path)


@ON_SQLITE
def test_what_is_no_backup_is_refused(archive, tmp_path):
    other = tmp_path / "other.tar"
    with tarfile.open(other, "w") as tar:
        tar.add(archive, "manifest-of-something.json")
    assert refused(other, tmp_path)
    assert refused(tmp_path / "not there.tar", tmp_path)


@ON_SQLITE
def test_a_restore_that_fails_at_its_last_step_leaves_nothing(archive, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder of the database would be")
    folder = tmp_path / "new" / "evidence"
    with pytest.raises(OSError, match="blocked"):
        restore(archive, f"sqlite:///{blocked}/city.sqlite", folder, folder.parent / SEALS_FILE)
    assert contents(tmp_path / "new") == {} and not folder.exists()


@ON_SQLITE
def test_a_backup_of_a_newer_version_is_refused(city, vault, seals, tmp_path):
    with city.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backup(city.database, vault, seals, tmp_path / "city.tar", JULY)
    with pytest.raises(BackupError, match="newer than this one"):
        restore(tmp_path / "city.tar", *new_place(tmp_path))


@ON_SQLITE
def test_a_journal_of_another_database_is_not_mixed_in(archive, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "city.sqlite-wal").write_bytes(b"left over")
    with pytest.raises(BackupError, match="left of another database"):
        restore(archive, *new_place(tmp_path))


@pytest.mark.parametrize(
    "any_database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_backup_of_the_other_kind_of_database_is_refused(archive, tmp_path):
    with pytest.raises(BackupError, match=r"asks for database\.sqlite"):
        restore(archive, *new_place(tmp_path))
    assert contents(tmp_path / "new") == {}


@ON_SQLITE
def test_the_check_names_what_is_not_in_order(city, vault):
    first, second = vault.all_hashes()
    vault.path(first).unlink()
    vault.path(second).write_bytes(b"something else")
    orphan = kept(vault.place(first).parents[3], files.png(), "사진.png")
    with city.database.engine.begin() as connection:
        unguard_audit(connection)
        connection.exec_driver_sql("UPDATE audit SET action = 'forged' WHERE id = 1")
    with sqlite3.connect(city.database.url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE target SET indicator_id = 999 WHERE id = 1")
    findings = check(city.database, vault)
    assert findings.orphans == [orphan.sha256] and findings.checked == 0
    assert findings.faults[:2] == [
        "database: row 1 of target points at a row of indicator that is not there",
        "audit: row 1 was changed",
    ]
    assert sorted(fault.split(":", 1)[0] for fault in findings.faults[2:]) == sorted(
        [f"evidence {first} is missing", f"evidence {second} is damaged"]
    )
    assert any("대장.pdf (submission:1)" in fault for fault in findings.faults)


@ON_SQLITE
def test_the_check_finds_a_damaged_page(city, vault):
    path = Path(city.database.url.removeprefix("sqlite:///"))
    city.database.close()
    data = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_audit_action'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    data[(page - 1) * size + 8 : page * size] = bytes(size - 8)
    path.write_bytes(data)
    assert any(fault.startswith("database: ") for fault in check(Database(city.database.url), vault).faults)


# The commands


@pytest.fixture
def console(database, tmp_path, monkeypatch):
    """Runs a command on a city whose data is in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOGOBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("BOGOBOT_DATABASE_URL", raising=False)

    app = typer.Typer()
    app.add_typer(db, name="db")
    app.add_typer(audit, name="audit")

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, words)
        return result.exit_code, result.output

    return run


def test_the_commands_make_back_up_check_and_restore_a_city(console, tmp_path):
    assert console("db", "upgrade") == (0, "new → 0004\n")
    assert console("db", "upgrade") == (0, "The database is current (0004).\n")
    assert console("db", "check") == (0, "ok    database, audit and 0 files are in order\n")
    code, said = console("db", "backup", "city.tar")
    assert code == 0 and said.startswith("city.tar: 1 rows, 0 files")
    assert console("db", "restore", "city.tar") == (
        1, "The database holds a city already. Restore into an empty one.\n"
    )  # fmt: skip
    shutil.rmtree(tmp_path / "data")
    code, said = console("db", "restore", "city.tar")
    assert code == 0 and said.startswith("Restored as it was at ")
    code, said = console("audit", "verify")
    assert code == 0 and said.startswith("ok    the audit is whole: 0 rows, held against 0 seals; ")


@pytest.mark.parametrize("words", [("backup", "city.tar"), ("check",)])
def test_a_command_does_not_make_a_database_by_looking_for_one(console, tmp_path, words):
    code, said = console("db", *words)
    assert code == 1 and said.startswith("There is no database at ")
    assert not (tmp_path / "data").exists()


def test_a_command_that_finds_a_fault_ends_with_one(console, tmp_path):
    console("db", "upgrade")
    database = Database(f"sqlite:///{tmp_path / 'data' / 'bogobot.db'}")
    with database.write() as session:
        record(session, JULY, Actor(None, "test"), "tick", "test")
    with database.engine.begin() as connection:
        unguard_audit(connection)
        connection.exec_driver_sql("DELETE FROM audit")
    database.close()
    said = "row 1 is missing: the chain ends at row 0, but row 1 was written last"
    code, told = console("audit", "verify")
    assert code == 1 and told.startswith(f"MEND  {said}\n")
    assert console("db", "check") == (1, f"MEND  audit: {said}\n")
