"""Nudging (독려): who leads asks an officer by hand to hurry, once a day each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, select

from models.audit import record
from models.doer import Doer
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Nudge, hours_of
from models.store import insert_if_absent
from models.words import Refusal

LEADING = (Audience.TEAM_LEAD, Audience.HEAD)
_IN_THE_OFFICE = (DeadlineKind.RATING,)
"""What the evaluation office looks after itself: administrators may ask for it."""


def nudge(session: Session, doer: Doer, circle: Circle, person_id: int, duties: Sequence[Duty]) -> int:
    """Notes that `doer` asks the person to do these duties, and returns the note's id. At night and on days off
    nobody is asked."""
    hours = hours_of(session)
    if not hours.suit(doer.now):
        at = hours.after(doer.now)
        raise Refusal("지금은 알림을 보내지 않는 시간입니다. {at}부터 독려하실 수 있습니다.", at=at)
    if not all(_leads(circle, doer.person_id, duty) for duty in duties):
        raise Refusal("그 보고를 챙기는 팀장만 독려할 수 있습니다.")
    values = {"by_id": doer.person_id, "person_id": person_id, "day": doer.today, "made_at": doer.now}
    key: int | None = insert_if_absent(session, Nudge, **values)
    if key is None:
        raise Refusal("오늘은 이미 독려하셨습니다. 내일 다시 하실 수 있습니다.")
    about = " ".join(duty.subject for duty in duties)
    record(session, doer.now, doer.actor(), "reminder.nudge", f"person:{person_id}", about=about)
    return key


def nudged_by(session: Session, by_id: int, day: date) -> dict[int, datetime]:
    """Whom somebody nudged on that day, and when."""
    rows = session.exec(select(Nudge).where(Nudge.by_id == by_id, Nudge.day == day))
    return {row.person_id: row.made_at for row in rows}


def _leads(circle: Circle, person_id: int, duty: Duty) -> bool:
    audiences = (*LEADING, Audience.ADMINISTRATOR) if duty.kind in _IN_THE_OFFICE else LEADING
    over = [person for audience in audiences for person in duty.people(audience)]
    return person_id in circle.receivers(over)
