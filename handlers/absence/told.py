"""What others are told of an absence: who stands in, whom they stand in for, who leads them."""

from __future__ import annotations

from datetime import date
from functools import reduce

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, name_of
from models.absence import deputies_between, leads_to_tell, may_name_deputy
from models.leave import Leave
from models.organization import RoleHeld
from models.reminding.circle import Circle
from models.words import Phrase, Refusal, say


def tell_of_deputy(talk: Talk, held: RoleHeld) -> None:
    """Tells who stands in, and whom they stand in for."""
    for person_id in (held.person_id, held.stands_in_for_id):
        if person_id is not None:
            talk.tell(person_id, Go("absence.deputised", {"held": held.id}))


def tell_of_leave(talk: Talk, leave: Leave) -> None:
    """Tells who leads the person."""
    circle = Circle.on(talk.session, talk.today)
    for person_id in leads_to_tell(talk.session, circle, leave.person_id):
        talk.tell(person_id, Go("absence.away", {"leave": leave.id}))


def show_deputised(talk: Talk, data: Data) -> Screen:
    """For whom, from when until when; that it is over, where it is."""
    held = talk.session.get_one(RoleHeld, data["held"])
    absent, deputy = name_of(talk.session, held.stands_in_for_id), name_of(talk.session, held.person_id)
    starts, ends = held.starts_on or talk.today, held.ends_on or talk.today
    if ends < starts:
        void = say("{deputy} 님의 {absent} 님 대결이 취소되었습니다.", deputy=deputy, absent=absent)
        return Notice(lines(void), buttons=[HOME])
    if ends < talk.today:
        over = say("{deputy} 님의 {absent} 님 대결이 끝났습니다.", deputy=deputy, absent=absent)
        return Notice(lines(over), buttons=[HOME])
    if talk.person_id != held.person_id:
        named = say("{absent} 님의 대결자로 {deputy} 님을 지정했습니다.", absent=absent, deputy=deputy)
        return Notice(lines(named, _days(starts, ends)), buttons=[HOME], tone=Tone.GOOD)
    told: list[Line] = [
        Bold(say("{absent} 님의 대결자로 지정되셨습니다.", absent=absent)),
        _days(starts, ends),
        say(
            "그동안 {absent} 님에게 가던 알림을 받으시고, 보고와 결정을 대신하실 수 있습니다.", absent=absent
        ),
    ]
    return Notice(lines(*told), buttons=[HOME])


def show_away(talk: Talk, data: Data) -> Screen:
    """Who is away and who stands in; that they are here, where it is over."""
    leave = talk.session.get_one(Leave, data["leave"])
    name, starts, ends = name_of(talk.session, leave.person_id), leave.starts_on, leave.ends_on
    if leave.is_cancelled:
        return Notice(
            lines(say("{name} 님의 부재가 취소되었습니다.", name=name), _days(starts, ends)), buttons=[HOME]
        )
    if ends < talk.today:
        return Notice(lines(say("{name} 님이 복귀했습니다.", name=name)), buttons=[HOME])
    deputies = deputies_shown(talk, leave.person_id, starts, ends)
    told: list[Line] = [
        Bold(say("{name} 님이 자리를 비웁니다.", name=name)),
        _days(starts, ends),
        (say("대결자"), ": ", deputies),
    ]
    naming = Button(say("대결자 지정"), Go("absence.deputy", _named_for(talk, leave)), Style.PRIMARY)
    return Notice(lines(*told), buttons=[naming, HOME])


def may_hear_of_deputy(talk: Talk, data: Data) -> bool:
    """Who stands in, whom they stand in for, and who may name a deputy for that person."""
    held = talk.session.get_one(RoleHeld, data["held"])
    return talk.person_id == held.person_id or _may_name(talk, held.stands_in_for_id or 0)


def may_hear_of_leave(talk: Talk, data: Data) -> bool:
    """Who may name a deputy for the person."""
    return _may_name(talk, talk.session.get_one(Leave, data["leave"]).person_id)


def deputies_shown(talk: Talk, person_id: int, starts_on: date, ends_on: date) -> Phrase:
    """Who stands in on any of those days, in one phrase."""
    held = deputies_between(talk.session, person_id, starts_on, ends_on)
    names = [name_of(talk.session, key) for key in dict.fromkeys(one.person_id for one in held)]
    return reduce(_listed, names) if names else say("대결자 없음")


def _listed(before: Phrase, after: Phrase) -> Phrase:
    return say("{before}, {after}", before=before, after=after)


def _days(starts: date, ends: date) -> Phrase:
    return say("기간: {start} ~ {end}", start=starts, end=ends)


def _may_name(talk: Talk, person_id: int) -> bool:
    try:
        may_name_deputy(talk.session, talk.doer, person_id)
    except Refusal:
        return False
    return True


def _named_for(talk: Talk, leave: Leave) -> dict[str, str | int]:
    starts = max(talk.today, leave.starts_on)
    return {"person": leave.person_id, "from": starts.isoformat(), "until": leave.ends_on.isoformat()}
