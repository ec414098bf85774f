"""Every source of duties there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.reminding.circle import Circle
from models.reminding.duty import Duty, Source, key_of
from models.reminding.of_consultation import OF_CONSULTATION
from models.reminding.of_reports import CONFIRMATIONS, REPORTS, RETURNED, REVIEWS
from models.reminding.of_slots import OF_SLOTS
from models.reminding.unreached import UNREACHED

SOURCES: tuple[Source, ...] = (
    REPORTS,
    RETURNED,
    CONFIRMATIONS,
    REVIEWS,
    UNREACHED,
    *OF_CONSULTATION,
    *OF_SLOTS,
)


def all_duties(session: Session, circle: Circle, now: datetime) -> Iterable[Duty]:
    """Everything that is to be done by somebody."""
    for source in SOURCES:
        yield from source.duties(session, circle, now, None)


def still_to_do(session: Session, circle: Circle, now: datetime, subjects: Iterable[str]) -> dict[str, Duty]:
    """Of these subjects those that are still to be done, as they are now."""
    keys: dict[str, set[tuple[int, ...]]] = {}
    for subject in subjects:
        keys.setdefault(subject.partition(":")[0], set()).add(key_of(subject))
    found = (
        duty
        for source in SOURCES
        if source.topic in keys
        for duty in source.duties(session, circle, now, keys[source.topic])
    )
    return {duty.subject: duty for duty in found}
