"""Every item of an owner department that is at hand, how far it has come, and how its values spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.doer import Doer
from models.organization import Department
from models.plan import Period, PeriodState
from models.scheme.finding import newest_parts
from models.scheme.owning import Item, right_to_give
from models.scheme.table import Combine, OwnerValue, Source, Subject

_FEW = 3
"""Fewer values than this say nothing about how they spread."""


@dataclass(frozen=True)
class Progress:
    """An item with how many of its subjects have a value. `period` is None for the year, whose last period is
    `last`."""

    item: Item
    period: Period | None
    last: Period
    subjects: int
    given: int

    @property
    def due_at(self) -> datetime:
        """Until when the values are to be there: as reports of the period, or for the year of its last one."""
        return self.last.report_due

    @property
    def is_closed(self) -> bool:
        return self.last.state is PeriodState.CLOSED

    @property
    def is_done(self) -> bool:
        return self.given >= self.subjects


def items_at_hand(session: Session, today: date) -> list[Progress]:
    """The items of cycles still at hand, of periods that have begun: the first due first. A handful of queries,
    however many values there are."""
    return _with_progress(session, today, _owned(session, today))


def own_items(session: Session, doer: Doer) -> list[Progress]:
    """Those of them whose values are the person's to give: what is open and not done first."""
    owned = [one for one in _owned(session, doer.today) if right_to_give(doer, one) is not None]
    return sorted(_with_progress(session, doer.today, owned), key=lambda one: (one.is_closed, one.is_done))


def _owned(session: Session, today: date) -> list[Item]:
    """Every part that is an owner department's, of no period in particular."""
    parts = [
        (scheme, part)
        for scheme, part in newest_parts(session, today)
        if part.source is Source.OWNER and part.owner_id is not None
    ]
    keys = {part.owner_id for _, part in parts}
    owners = {one.id: one for one in session.exec(select(Department).where(col(Department.id).in_(keys)))}
    return [Item(scheme, part, None, owners[part.owner_id]) for scheme, part in parts]


def _with_progress(session: Session, today: date, owned: list[Item]) -> list[Progress]:
    """These parts in each of their periods that have begun, or in the year, with how far they are."""
    if not owned:
        return []
    periods = _periods(session, {one.scheme.cycle_id for one in owned})
    subjects, given = _subjects(session), _given(session)
    found = []
    for one in owned:
        scheme, part = one.scheme, one.part
        own = periods.get(scheme.cycle_id, [])
        asked: list[Period | None] = [None] if part.combine is Combine.YEAR and own else []
        if part.combine is not Combine.YEAR:
            asked = [period for period in own if period.starts_on <= today]
        for period in asked:
            item = replace(one, period_id=period.id if period else None)
            place = (scheme.cycle_id, scheme.code)
            count = given.get((*place, part.code, item.period_id), 0)
            last = period or _last_of_year(own)
            found.append(Progress(item, period, last, subjects.get(place, 0), count))
    return sorted(found, key=lambda one: one.due_at)


@dataclass(frozen=True)
class Alike:
    """How many of the values given are the same one."""

    value: Decimal
    count: int
    among: int

    @property
    def is_too_alike(self) -> bool:
        """Whether more than half got it, so that the item hardly tells anybody apart."""
        return self.among >= _FEW and self.count * 2 > self.among


def alike(values: Iterable[Decimal | None]) -> Alike | None:
    """The commonest value, of equals the largest; None where there is none. N/A is no value."""
    counted = Counter(value for value in values if value is not None)
    if not counted:
        return None
    value, count = max(counted.items(), key=lambda one: (one[1], one[0]))
    return Alike(value, count, counted.total())


def _periods(session: Session, cycles: set[int]) -> dict[int, list[Period]]:
    query = select(Period).where(col(Period.cycle_id).in_(cycles)).order_by(col(Period.position))
    found: dict[int, list[Period]] = {}
    for period in session.exec(query):
        found.setdefault(period.cycle_id, []).append(period)
    return found


def _last_of_year(periods: list[Period]) -> Period:
    """The period by which an item of the year goes: the last one that is open, or simply the last one."""
    still_open = [one for one in periods if one.state is PeriodState.OPEN]
    return (still_open or periods)[-1]


def _subjects(session: Session) -> dict[tuple[int, str], int]:
    query = sa.select(col(Subject.cycle_id), col(Subject.scheme), sa.func.count()).group_by(
        col(Subject.cycle_id), col(Subject.scheme)
    )
    return {(cycle, scheme): count for cycle, scheme, count in session.execute(query)}


def _given(session: Session) -> dict[tuple[int, str, str, int | None], int]:
    columns = (col(Subject.cycle_id), col(Subject.scheme), col(OwnerValue.part), col(OwnerValue.period_id))
    query = (
        sa.select(*columns, sa.func.count(sa.distinct(col(OwnerValue.subject_id))))
        .join(Subject, col(Subject.id) == col(OwnerValue.subject_id))
        .group_by(*columns)
    )
    return {
        (cycle, scheme, part, period): count for cycle, scheme, part, period, count in session.execute(query)
    }
