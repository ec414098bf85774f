"""Common indicators (공통지표), which many departments share, and whether they tell departments apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.plan import Indicator
from models.scores.reading import View
from models.scores.row import ScoreRow

FEWEST_DEPARTMENTS = 5
"""So many departments must have an indicator of the same name for it to count as a common one."""


@dataclass(frozen=True)
class Spread:
    """How the achievements of a common indicator are spread: `most` of the `scored` departments share one."""

    name: str
    departments: int
    scored: int
    different: int
    commonest: Decimal
    most: int

    @property
    def share(self) -> Decimal:
        """The departments that share the commonest achievement, in % of those that have one."""
        return Decimal(self.most) * 100 / self.scored


class Spreads:
    """Counts the achievements of the common indicators as rows go by."""

    def __init__(self, session: Session, view: View) -> None:
        query = (
            sa.select(col(Indicator.name), sa.func.count(sa.distinct(col(Indicator.department_id))))
            .where(col(Indicator.cycle_id) == view.cycle.id)
            .group_by(col(Indicator.name))
            .having(sa.func.count(sa.distinct(col(Indicator.department_id))) >= FEWEST_DEPARTMENTS)
            .order_by(col(Indicator.name))
        )
        self._departments = dict(session.execute(query).all())
        self._counts: dict[str, Counter[Decimal]] = {name: Counter() for name in self._departments}

    def see(self, row: ScoreRow) -> None:
        """Takes a row into account."""
        counts = self._counts.get(row.plan.name)
        if counts is not None and row.figures.achievement is not None:
            counts[row.figures.achievement] += 1

    def all(self) -> list[Spread]:
        """The spread of every common indicator that was scored at all, by name."""
        spreads = []
        for name, counts in self._counts.items():
            if counts:
                commonest, most = counts.most_common(1)[0]
                known = (counts.total(), len(counts), commonest, most)
                spreads.append(Spread(name, self._departments[name], *known))
        return spreads
