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
    parts = [(scheme, part) for scheme, part in newest_parts(session, today) if part.source is Source.OWNER]
    supervisors: dict[tuple[int, str], list[int]] = {}
    for cycle, code, supervisor in (
        _subjects(session) if any(one.owner_id is None for _, one in parts) else ()
    ):
        if supervisor is not None:
            supervisors.setdefault((cycle, code), []).append(supervisor)
    owned = [
        (scheme, part, key)
        for scheme, part in parts
        for key in ([part.owner_id] if part.owner_id else supervisors.get((scheme.cycle_id, scheme.code), []))
    ]
    keys = {key for _, _, key in owned}
    owners = {one.id: one for one in session.exec(select(Department).where(col(Department.id).in_(keys)))}
    return [Item(scheme, part, None, owners[key]) for scheme, part, key in owned]


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
            theirs = {key: n for key, n in subjects.items() if key[:2] == place and _is_of(item, key[2])}
            count = sum(given.get((*key, part.code, item.period_id), 0) for key in theirs)
            last = period or _last_of_year(own)
            found.append(Progress(item, period, last, sum(theirs.values()), count))
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


_Place = tuple[int, str, int | None]
"""Cycle, scheme, and the department that supervises."""
_PLACE = (col(Subject.cycle_id), col(Subject.scheme), col(Department.supervisor_id))


def _is_of(item: Item, supervisor: int | None) -> bool:
    return not item.is_supervisors or supervisor == item.owner.id


def _subjects(session: Session) -> dict[_Place, int]:
    """How many subjects there are."""
    query = (
        sa.select(*_PLACE, sa.func.count())
        .join(Department, col(Department.id) == col(Subject.department_id))
        .group_by(*_PLACE)
        .order_by(*_PLACE)
    )
    return {(cycle, scheme, by): count for cycle, scheme, by, count in session.execute(query)}


def _given(session: Session) -> dict[tuple[int, str, int | None, str, int | None], int]:
    """How many of them have a value of a part for a period (None: the year)."""
    columns = (*_PLACE, col(OwnerValue.part), col(OwnerValue.period_id))
    query = (
        sa.select(*columns, sa.func.count(sa.distinct(col(OwnerValue.subject_id))))
        .join(Subject, col(Subject.id) == col(OwnerValue.subject_id))
        .join(Department, col(Department.id) == col(Subject.department_id))
        .group_by(*columns)
    )
    return {
        (cycle, scheme, by, part, period): count
        for cycle, scheme, by, part, period, count in session.execute(query)
    }
