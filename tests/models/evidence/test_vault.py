"""The vault: each file once, whole or not at all."""

import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.evidence.kinds import FileKind
from models.evidence.vault import MIB, Kept, Vault
from models.words import Refusal
from tests.kit import files, hostile


def keep(vault: Vault, data: bytes, name: str) -> Kept:
    with vault.receiving() as incoming:
        for start in range(0, len(data), 100):
            incoming.write(data[start : start + 100])
        return incoming.keep(name)


def left_over(vault: Vault) -> list[str]:
    return [path.name for path in (vault.place("0" * 64).parents[2] / "incoming").iterdir()]


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "vault")


def test_a_file_is_kept_under_its_hash_with_a_clean_name(vault):
    data = files.pdf()
    sha256 = hashlib.sha256(data).hexdigest()
    assert keep(vault, data, "C:\\업무\\보고서.pdf") == Kept(sha256, len(data), FileKind.PDF, "보고서.pdf")
    path = vault.path(sha256)
    assert path.read_bytes() == data
    assert path.parts[-3:] == (sha256[:2], sha256[2:4], sha256)
    assert left_over(vault) == []


def test_the_same_file_is_stored_once_whatever_its_name(vault):
    first = keep(vault, files.txt(), "메모.txt")
    inode = vault.path(first.sha256).stat().st_ino
    second = keep(vault, files.txt(), "목록.csv")
    assert (second.sha256, second.kind, second.name) == (first.sha256, FileKind.CSV, "목록.csv")
    assert vault.path(first.sha256).stat().st_ino == inode
    assert list(vault.all_hashes()) == [first.sha256]
    assert left_over(vault) == []


def test_a_file_that_went_bad_is_replaced_by_a_good_copy(vault):
    kept = keep(vault, files.pdf(), "a.pdf")
    vault.path(kept.sha256).write_bytes(b"rot")
    assert not vault.verify(kept.sha256)
    keep(vault, files.pdf(), "a.pdf")
    assert vault.verify(kept.sha256)


def test_51_megabytes_are_refused_while_they_come_and_nothing_stays(vault):
    with pytest.raises(Refusal, match="50MB를 넘습니다"), vault.receiving() as incoming:
        for _ in range(51):
            incoming.write(bytes(MIB))
            assert len(left_over(vault)) == 1
    assert left_over(vault) == []
    assert list(vault.all_hashes()) == []


def test_a_file_of_exactly_the_cap_is_kept_and_one_byte_more_is_not(tmp_path):
    vault = Vault(tmp_path, cap=10)
    assert keep(vault, b"0123456789", "a.txt").size == 10
    with pytest.raises(Refusal):
        keep(vault, b"0123456789.", "a.txt")


def test_the_temporary_file_is_gone_the_moment_the_cap_is_passed(tmp_path):
    vault = Vault(tmp_path, cap=10)
    with vault.receiving() as incoming:
        with pytest.raises(Refusal):
            incoming.write(b"0" * 11)
        assert left_over(vault) == []


def test_a_file_that_is_refused_leaves_nothing(vault):
    with pytest.raises(Refusal, match="매크로"):
        keep(vault, hostile.macro_xlsx(), "집계.xlsx")
    assert left_over(vault) == []
    assert list(vault.all_hashes()) == []


def test_a_file_that_is_not_kept_is_gone(vault):
    with vault.receiving() as incoming:
        incoming.write(b"1")
        assert len(left_over(vault)) == 1
    assert left_over(vault) == []


def test_the_bytes_are_on_the_disk_before_their_name_and_the_name_before_the_answer(vault, monkeypatch):
    done = []
    sync, rename = os.fsync, Path.replace

    def note_sync(number: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        sync(number)

    def note_rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_rename)
    keep(vault, files.pdf(), "a.pdf")
    assert done == ["file", "rename", "folder", "folder", "folder"]


def test_only_its_owner_can_read_the_vault(vault):
    kept = keep(vault, files.pdf(), "a.pdf")
    assert vault.path(kept.sha256).stat().st_mode & 0o077 == 0


def test_the_path_of_what_is_no_hash_or_not_there_is_refused(vault):
    for wrong in ("../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"):
        with pytest.raises(ValueError, match="SHA-256"):
            vault.path(wrong)
    with pytest.raises(Refusal, match="찾을 수 없습니다"):
        vault.path("a" * 64)
    assert not vault.verify("a" * 64)


def test_the_sweep_takes_only_what_was_abandoned_long_ago(vault):
    now = datetime(2026, 7, 15, 9, tzinfo=UTC)
    with vault.receiving() as old, vault.receiving() as young:
        for incoming, age in ((old, 25), (young, 1)):
            moment = (now - timedelta(hours=age)).timestamp()
            os.utime(incoming.path, (moment, moment))
        assert vault.sweep(now - timedelta(days=1)) == 1
        assert left_over(vault) == [young.path.name]


def test_a_sweep_of_a_new_vault_finds_nothing(vault):
    assert vault.sweep(datetime(2026, 7, 15, tzinfo=UTC)) == 0
