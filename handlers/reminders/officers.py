"""The officers of a team lead's board: how things stand with each, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line
from handlers.wording import deadline, name_of
from models.clock import local_day
from models.reminding.circle import Circle
from models.reminding.missing import Missing
from models.words import Phrase, say

_MOST_REPORTS = 5


@dataclass(frozen=True)
class Officer:
    """Somebody whose reports are missing; `id` is None for those that nobody is named for."""

    id: int | None
    name: Phrase
    missing: Sequence[Missing]
    has_left: bool
    away_until: date | None
    deputies: Sequence[int]
    """Who stands in for them and is here."""
    nudged_at: datetime | None


def officers_of(
    talk: Talk, circle: Circle, missing: Sequence[Missing], nudged: Mapping[int, datetime]
) -> list[Officer]:
    """Everybody whose reports are missing, in the order of what is most urgent."""
    piles: dict[int | None, list[Missing]] = {}
    for one in missing:
        piles.setdefault(one.officer_id, []).append(one)
    return [
        Officer(
            id=key,
            name=say("담당자 없음") if key is None else name_of(talk.session, key),
            missing=pile,
            has_left=key is not None and key not in circle.here,
            away_until=circle.away.get(key or 0),
            deputies=[one for one in circle.deputies.get(key or 0, ()) if one not in circle.away],
            nudged_at=nudged.get(key or 0),
        )
        for key, pile in piles.items()
    ]


def told_of(talk: Talk, officer: Officer, *, has_places: bool) -> list[Line]:
    """The officer with how they stand, then report by report; with the department, where there are several."""
    told: list[Line] = [(Bold(officer.name), *_standing(talk, officer))]
    for one in officer.missing[:_MOST_REPORTS]:
        name = say("• {indicator}", indicator=one.indicator.name)
        if one.is_returned:
            name = say("• {indicator} (반려됨)", indicator=one.indicator.name)
        place = f" ({one.department.name})" if has_places else ""
        told.append((name, place, " — ", _until(talk, one)))
    if len(officer.missing) > _MOST_REPORTS:
        told.append(say("외 {count}건", count=len(officer.missing) - _MOST_REPORTS))
    return told


def _standing(talk: Talk, officer: Officer) -> list[Phrase | str]:
    told: list[Phrase | str] = []
    if officer.has_left:
        told += [" · ", say("퇴직 — 담당자 변경은 관리자에게 요청해 주세요.")]
    elif officer.away_until:
        told += [" · ", say("부재 중 ~{until}", until=officer.away_until)]
    for deputy in () if officer.has_left else officer.deputies:
        told += [" · ", say("대결 {name}", name=name_of(talk.session, deputy))]
    if officer.nudged_at:
        told += [" · ", say("독려함 {at}", at=officer.nudged_at)]
    return told


def _until(talk: Talk, one: Missing) -> Phrase:
    """Until when, and how late: `7. 12.(금) 18:00까지 · 근무일 2일 지남`."""
    due = one.duty.due_at
    days = -talk.working_days.between(talk.today, local_day(due))
    if days > 0:
        return say("{due}까지 · 근무일 {days}일 지남", due=due, days=days)
    return deadline(talk, due)
