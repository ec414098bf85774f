"""The lines of a result as they are announced: kept as plain data, so that what was told stays as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.table import Announcement


@dataclass(frozen=True)
class PartLine:
    """What a part came to for one subject; `weight` is None for what comes on top or is taken off."""

    code: str
    name: str
    points: Decimal
    weight: Decimal | None


@dataclass(frozen=True)
class Line:
    """What was announced of one subject."""

    subject_id: int
    code: str
    name: str
    grouping: str
    total: Decimal
    rank: int
    among: int
    grade: str
    prize: str
    parts: tuple[PartLine, ...]

    def kept(self) -> dict[str, Any]:
        """The line as plain data."""
        parts = [
            [one.code, one.name, f"{one.points:f}", None if one.weight is None else f"{one.weight:f}"]
            for one in self.parts
        ]
        return {
            "subject": self.subject_id, "code": self.code, "name": self.name, "grouping": self.grouping,
            "total": f"{self.total:f}", "rank": self.rank, "among": self.among, "grade": self.grade,
            "prize": self.prize, "parts": parts,
        }  # fmt: skip

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Line:
        """The line that was kept so."""
        parts = tuple(
            PartLine(code, name, Decimal(points), None if weight is None else Decimal(weight))
            for code, name, points, weight in kept["parts"]
        )
        return cls(
            kept["subject"], kept["code"], kept["name"], kept["grouping"], Decimal(kept["total"]),
            kept["rank"], kept["among"], kept["grade"], kept["prize"], parts,
        )  # fmt: skip


def lines_of(result: SchemeResult) -> list[Line]:
    """What would be announced of a result."""
    return [_line(one) for one in result.subjects]


def fingerprint(lines: Sequence[Line]) -> str:
    """What two equal results share: so that what is announced is what was looked at."""
    text = json.dumps([line.kept() for line in lines], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def announced(announcement: Announcement) -> list[Line]:
    """The lines as they were made known."""
    return [Line.read(kept) for kept in announcement.results]


def _line(one: SubjectResult) -> Line:
    place, score = one.place, one.score
    parts = tuple(
        PartLine(part.part.code, part.part.name, part.points, part.weight)
        for part in score.parts
        if part.pieces or part.weight
    )
    return Line(
        one.subject.id or 0, one.subject.code, one.name, one.subject.grouping, score.total, place.rank,
        place.among, place.grade, place.prize, parts,
    )  # fmt: skip
