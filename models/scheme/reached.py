"""What departments reached with their indicators, for the parts of a scheme that go by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from sqlmodel import Session, select

from models.plan import Cycle, Period
from models.scores.reading import View, open_view
from models.scores.row import DepartmentTotal
from models.scores.sheet import department_scores
from models.scoring.achievement import EXACT

Totals = Mapping[int, DepartmentTotal]
"""By id of the department."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Points out of weight, of one department or of several; is_missing: not everything was approved."""

    points: Decimal
    weight: Decimal
    is_missing: bool

    @classmethod
    def over(cls, totals: Totals, departments: Collection[int]) -> Reached:
        """All these departments in one sum."""
        counted = [total for key, total in totals.items() if key in departments]
        return cls(
            sum((one.points for one in counted), Decimal(0)),
            sum((one.weight for one in counted), Decimal(0)),
            any(one.missing or one.waiting for one in counted),
        )

    def percent(self) -> Decimal | None:
        """100 × points ÷ weight, unrounded; None where nothing is scored."""
        if not self.weight:
            return None
        with localcontext(EXACT):
            return self.points * 100 / self.weight


def view_of(session: Session, view: View, period: Period | None) -> View:
    """The same cycle at the same instant, for one of its periods or the whole of it."""
    if period is view.period:
        return view
    return open_view(session, view.cycle.id or 0, period.id if period else None, view.as_of)


def reached(session: Session, view: View, period: Period | None) -> Totals:
    """The totals of all departments for a period of the view's cycle, or for its year."""
    asked = view_of(session, view, period)
    return {one.total.department.id: one.total for one in department_scores(session, asked)}


def mileage(session: Session, view: View, cycle_code: str) -> Totals | None:
    """The points of the cycle that is named, or of the view's own; None where it does not count in this view."""
    if cycle_code in ("", view.cycle.code):
        return reached(session, view, view.period)
    if view.period is not None:
        return None
    cycle = session.exec(select(Cycle).where(Cycle.code == cycle_code)).one()
    other = open_view(session, cycle.id or 0, None, view.as_of)
    return {one.total.department.id: one.total for one in department_scores(session, other)}
