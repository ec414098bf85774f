"""A rating of a scheme's subjects: its sheets, and what each rater answers about each subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between

from generator_of_cities.files import Row

SPREAD = "6"
"""How far, in per cent, an answer may lie from the level of its subject."""


@dataclass(frozen=True)
class Criterion:
    """A line of the form; the scale as the sheet has it."""

    code: str
    name: str
    question: str
    weight: str
    scale: str


@dataclass(frozen=True)
class Group:
    """Named raters with their share, how many extreme papers are left out, and how many are needed."""

    code: str
    name: str
    share: str
    trim: str
    fewest: str
    raters: Sequence[str]


@dataclass(frozen=True)
class Rating:
    """One round for the whole cycle.

    seed keeps the answers of cities apart. recused: why a rater stepped back from a subject. odd: the level that a
    rater far from all others sees. own: the subject to which a rater belongs, so that they are not asked about it.
    """

    seed: str
    cycle: str
    scheme: str
    code: str
    name: str
    opens: str
    closes: str
    criteria: Sequence[Criterion]
    groups: Sequence[Group]
    recused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    odd: Mapping[tuple[str, str], int] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """The row of 평가."""
        known = {"성과주기": self.cycle, "코드": self.code, "이름": self.name, "체계": self.scheme}
        return [{**known, "시작": self.opens, "마감": self.closes}]

    def criterion_rows(self) -> list[Row]:
        """The rows of 평가항목."""
        return [
            {
                **self._key(),
                "코드": one.code,
                "이름": one.name,
                "질문": one.question,
                "배점": one.weight,
                "척도": one.scale,
            }
            for one in self.criteria
        ]

    def group_rows(self) -> Iterator[Row]:
        """The rows of 평가단, one a rater."""
        for group in self.groups:
            known = {"코드": group.code, "이름": group.name, "몫": group.share, "방식": "지정"}
            limits = {"절사": group.trim, "최소평가수": group.fewest}
            for rater in group.raters:
                yield {**self._key(), **known, **limits, "위원": rater}

    def paper_rows(self, levels: Mapping[str, int]) -> Iterator[Row]:
        """What each rater says of each subject, about the level it is seen at, or why they stepped back."""
        for group in self.groups:
            for rater in group.raters:
                for subject, level in levels.items():
                    if self.own.get(rater) != subject:
                        paper = {**self._key(), "평가단": group.code, "위원": rater, "대상": subject}
                        yield {**paper, **self._answers(rater, subject, level)}

    def _answers(self, rater: str, subject: str, level: int) -> Row:
        if (rater, subject) in self.recused:
            return {"회피": self.recused[rater, subject]}
        seen = Decimal(self.odd.get((rater, subject), level))
        return {
            one.code: answer(one.scale, seen, self.seed, rater, subject, one.code) for one in self.criteria
        }

    def _key(self) -> Row:
        return {"성과주기": self.cycle, "평가": self.code}


def answer(scale: str, level: Decimal, *about: str) -> str:
    """The label or the whole number of the scale that comes nearest to `level`, give or take the spread."""
    aim = min(max(level + between(f"-{SPREAD}", SPREAD, *about), Decimal(0)), Decimal(100))
    if "~" in scale:
        least, most = map(Decimal, scale.split("~"))
        return str((least + (most - least) * aim / 100).quantize(Decimal(1), ROUND_HALF_UP))
    percents = {label: Decimal(percent) for label, percent in (part.split(":") for part in scale.split("; "))}
    return min(percents, key=lambda label: abs(percents[label] - aim))
