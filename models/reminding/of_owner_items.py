"""Duties of owner departments: the values of their items, until reports of the same period are due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models.clock import local_day
from models.organization import Role
from models.plan import reported_now
from models.reminding.circle import Circle
from models.reminding.duty import Duty, People, Source
from models.reminding.of_reports import of_department
from models.reminding.rule import Audience, DeadlineKind
from models.scheme.items import Progress, items_at_hand


def _owner_items(
    session: Session, circle: Circle, now: datetime, keys: Collection[tuple[int, ...]] | None
) -> list[Duty]:
    """By part and period (0: the year): items of periods asked for today in which a subject has no value yet."""
    today = local_day(now)
    asked = {period.id for period in reported_now(session, today)}
    return [
        Duty(DeadlineKind.REPORT, "owner_item", key_of_item(one), one.due_at, _people(circle, one))
        for one in items_at_hand(session, today)
        if one.last.id in asked and not one.is_done
        if keys is None or key_of_item(one) in keys
    ]


def key_of_item(one: Progress) -> tuple[int, ...]:
    """By what the item is known among duties: part, period, and whose it is where the part does not say."""
    own = (one.item.owner.id or 0,) if one.item.is_supervisors else ()
    return one.item.part.id or 0, one.item.period_id or 0, *own


def _people(circle: Circle, one: Progress) -> People:
    owner = one.item.owner.id or 0
    return of_department(circle, owner, {Audience.OFFICER: circle.nearest(Role.OFFICER, owner)})


OWNER_ITEMS = Source("owner_item", _owner_items)
