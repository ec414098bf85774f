"""Indicators of one name or one formula, and whether they are common ones."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

COMMON_FROM = 5
"""An indicator that so many departments have by the same name is a common one (공통지표), and no copy."""


class Other(NamedTuple):
    """What tells whether an indicator is like another."""

    code: str
    name: str
    formula: str
    department_id: int


@dataclass
class Alike:
    """Indicators of one name or one formula: the departments that have one, and the first few of them."""

    departments: set[int] = field(default_factory=set)
    first: list[Other] = field(default_factory=list)

    def add(self, one: Other) -> None:
        self.departments.add(one.department_id)
        if len(self.first) <= COMMON_FROM:
            self.first.append(one)

    def besides(self, code: str) -> list[Other]:
        """The others, where there are so few that it is no common indicator."""
        common = len(self.departments) >= COMMON_FROM
        return [] if common else [other for other in self.first if other.code != code]


@dataclass
class Others:
    """All indicators of a cycle, to see which ones are alike."""

    names: dict[str, Alike] = field(default_factory=lambda: defaultdict(Alike))
    formulas: dict[str, Alike] = field(default_factory=lambda: defaultdict(Alike))

    @classmethod
    def of(cls, all_of_them: Iterable[Other]) -> Others:
        others = cls()
        for one in all_of_them:
            others.names[bare(one.name)].add(one)
            if one.formula.strip():
                others.formulas[bare(one.formula)].add(one)
        return others


def bare(text: str) -> str:
    """A text without what does not tell two apart: blanks, signs, case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
