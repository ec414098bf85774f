"""Seals of the audit: how long its chain was at an instant, and what its last hash was, kept outside the database.

Whoever can write the database can write a whole new chain that fits itself, or cut the end and set the head to fit.
Neither fits what was sealed before. The file is only ever added to; a copy of it on another machine, or a printed
score workbook, holds against somebody who can write this file, too.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SEALS_FILE = "audit.seals"
FEWEST_CHARACTERS = 16
"""So many characters of a hash have to be given where it was typed from paper: 64 bits."""
_TAIL = 4096
_LENGTH = re.compile(r"[1-9][0-9]{0,17}")
_HASH = re.compile(r"[0-9a-f]{64}")
_BEGINNING = re.compile(rf"[0-9a-f]{{{FEWEST_CHARACTERS},64}}")


@dataclass(frozen=True)
class Seal:
    """The chain had `length` rows, and the hash of the last one began with `hash`; `source` says who says so."""

    length: int
    hash: str
    source: str
    at: datetime | None = None


def read_seals(path: Path) -> tuple[list[Seal], list[int]]:
    """The seals of the file in their order, and the numbers of lines that cannot be read. No file has none."""
    if not path.exists():
        return [], []
    seals, unreadable = [], []
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        seal = _read_line(line, f"{path.name}, line {number}")
        if seal is None:
            unreadable.append(number)
        else:
            seals.append(seal)
    return seals, unreadable


def last_seal(path: Path) -> Seal | None:
    """The newest seal of the file, without reading all of it."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(-min(_TAIL, path.stat().st_size), os.SEEK_END)
        lines = file.read().decode("utf-8", errors="replace").splitlines()
    return next(filter(None, (_read_line(line, path.name) for line in reversed(lines))), None)


def read_given(text: str) -> Seal | None:
    """`12,345:abcd…` as a score workbook says it, the hash whole or its beginning; None for anything else."""
    length, _, hash_ = text.replace(" ", "").replace(",", "").lower().partition(":")
    if not _LENGTH.fullmatch(length) or not _BEGINNING.fullmatch(hash_):
        return None
    return Seal(int(length), hash_, f"--against {text}")


def append_seal(path: Path, length: int, hash_: str, now: datetime) -> None:
    """Adds a line, which is on the disk when this returns."""
    begun = not path.exists()
    line = f"{length} {hash_} {now.astimezone(UTC).isoformat(timespec='seconds')}\n"
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a crash cut off stays what it is, and is told of; the next one must not go on from it.
        end = os.fstat(file).st_size
        cut_off = end > 0 and os.pread(file, 1, end - 1) != b"\n"
        os.write(file, ("\n" + line if cut_off else line).encode())
        os.fsync(file)
    finally:
        os.close(file)
    if begun:
        _sync_folder(path.parent)


def _read_line(line: str, source: str) -> Seal | None:
    words = line.split(" ")
    if len(words) != 3 or not _LENGTH.fullmatch(words[0]) or not _HASH.fullmatch(words[1]):
        return None
    try:
        at = datetime.fromisoformat(words[2])
    except ValueError:
        return None
    return Seal(int(words[0]), words[1], f"{source} ({words[2]})", at) if at.tzinfo else None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
