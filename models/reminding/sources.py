"""Every source of duties there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.reminding.circle import Circle
from models.reminding.duty import Duty, Source, still_given
from models.reminding.of_appeals import OF_APPEALS
from models.reminding.of_consultation import OF_CONSULTATION
from models.reminding.of_owner_items import OWNER_ITEMS
from models.reminding.of_ratings import OF_RATINGS
from models.reminding.of_reports import CONFIRMATIONS, REPORTS, RETURNED, REVIEWS
from models.reminding.of_slots import OF_SLOTS
from models.reminding.unreached import unreached_by

_OF_WORK: tuple[Source, ...] = (
    REPORTS,
    RETURNED,
    CONFIRMATIONS,
    REVIEWS,
    *OF_CONSULTATION,
    *OF_SLOTS,
    *OF_RATINGS,
    OWNER_ITEMS,
    *OF_APPEALS,
)
SOURCES = (*_OF_WORK, unreached_by(_OF_WORK))


def all_duties(session: Session, circle: Circle, now: datetime) -> Iterable[Duty]:
    """Everything that is to be done by somebody."""
    for source in SOURCES:
        yield from source.duties(session, circle, now, None)


def still_to_do(session: Session, circle: Circle, now: datetime, subjects: Iterable[str]) -> dict[str, Duty]:
    """Of these subjects those that are still to be done, as they are now."""
    return still_given(SOURCES, session, circle, now, subjects)
