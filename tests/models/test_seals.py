"""The file of seals: only ever added to, and read line by line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.seals import append_seal, last_seal, read_given, read_seals

NOON = datetime(2019, 7, 15, 3, tzinfo=UTC)
ONE, OTHER = "1" * 64, "ab" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.seals"


def test_what_was_sealed_is_read_again_in_order(path):
    assert (read_seals(path), last_seal(path)) == (([], []), None)
    append_seal(path, 5, ONE, NOON)
    append_seal(path, 12, OTHER, NOON)
    seals, unreadable = read_seals(path)
    assert [(seal.length, seal.hash, seal.at) for seal in seals] == [(5, ONE, NOON), (12, OTHER, NOON)]
    assert seals[1].source == "audit.seals, line 2 (2019-07-15T03:00:00+00:00)"
    assert unreadable == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_last_seal_of_a_long_file_is_found(path):
    for length in range(1, 200):
        append_seal(path, length, ONE, NOON)
    last = last_seal(path)
    assert last is not None and last.length == 199


def test_a_line_that_a_crash_cut_off_is_told_of_and_spoils_no_other(path):
    append_seal(path, 5, ONE, NOON)
    with path.open("ab") as file:
        file.write(b"6 abc")
    found = last_seal(path)
    assert found is not None and found.length == 5
    append_seal(path, 7, OTHER, NOON)
    seals, unreadable = read_seals(path)
    assert ([seal.length for seal in seals], unreadable) == ([5, 7], [2])


@pytest.mark.parametrize(
    "line",
    ["", "5", f"5 {ONE}", f"five {ONE} 2019-07-15T03:00:00+00:00", f"0 {ONE} 2019-07-15T03:00:00+00:00",
     f"5 {ONE[1:]} 2019-07-15T03:00:00+00:00", f"5 {ONE} yesterday", f"5 {ONE} 2019-07-15T03:00:00"],
)  # fmt: skip
def test_what_is_no_seal_is_named_by_its_line(path, line):
    path.write_text(f"{line}\n")
    assert read_seals(path) == ([], [1])


@pytest.mark.parametrize("text", [f"12,345:{OTHER}", f"12345:{OTHER.upper()}", f"12345: {OTHER[:16]}"])
def test_what_a_printed_workbook_says_is_understood(text):
    seal = read_given(text)
    assert seal is not None and seal.length == 12345
    assert OTHER.startswith(seal.hash)


@pytest.mark.parametrize(
    "text", ["", "12345", f"0:{OTHER}", f"-1:{OTHER}", f"5:{OTHER[:15]}", f"5:{OTHER}0", "５:zz"]
)
def test_anything_else_is_not(text):
    assert read_given(text) is None
