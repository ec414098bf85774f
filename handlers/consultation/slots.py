"""The slots of a programme that can be booked: by day where there are many, and one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from handlers.consultation.telling import tell_offers
from handlers.consultation.words import HOME, booking_badge, cannot, slot_badge, until
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from models.clock import local_day
from models.consultation.booking import Booking
from models.consultation.free import when
from models.consultation.programme import ProgrammeKind, Slot
from models.consultation.reading import Part, coming_slots, count_coming, held, part_in, queued, suiting
from models.consultation.waiting import join
from models.organization import Person
from models.words import Phrase, say


def show(talk: Talk, data: Data) -> Screen:
    """First for which department where there are several, then the days, then the slots of one."""
    part = part_in(talk.session, talk.doer, data["programme"])
    if not part.parties:
        return _nothing_to_book(part)
    if part.programme.kind is ProgrammeKind.CONSULTATION and "department" not in data:
        if len(part.parties) > 1:
            return _departments(talk, part)
        data = {**data, "department": part.parties[0].department_id}
    free = suiting(talk.session, talk.now, part, talk.person_id, data.get("department"))
    shown = coming_slots(talk.session, talk.now, data["programme"]) if data.get("all") else free
    choices = _choices(talk, part, shown, data)
    mine = held(talk.session, part, data.get("department"))
    if mine is not None:
        choices.insert(0, _mine(talk, mine, data))
    told, buttons = _told(part, mine, bool(free), data), _buttons(talk, part, mine, len(free), data)
    if not choices:
        return Notice(told, buttons=buttons)
    return Menu(told, choices, buttons=buttons)


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Queues for any slot of the programme."""
    if not isinstance(answer, Pressed) or answer.action != "wait":
        raise cannot()
    join(talk.session, talk.doer, data["programme"], None, answer.args["department"])
    tell_offers(talk)
    talk.toast(say("대기를 신청했습니다. 자리가 나면 알려 드리겠습니다."))
    return Go("consultation.waiting")


def _choices(talk: Talk, part: Part, slots: Sequence[Slot], data: Data) -> list[Choice]:
    """The days where there are several and none is chosen, else the slots."""
    days = Counter(local_day(slot.starts_at) for slot in slots)
    if len(days) > 1 and "day" not in data:
        return [
            Choice(say("{day}", day=day), _go(data, day=day.isoformat()), _number(count, data))
            for day, count in days.items()
        ]
    chosen = date.fromisoformat(data["day"]) if "day" in data else None
    return [_choice(talk, part, slot, data) for slot in slots if chosen in (None, local_day(slot.starts_at))]


def _number(count: int, data: Data) -> Phrase:
    return say("일정 {count}개", count=count) if data.get("all") else say("빈 시간 {count}개", count=count)


def _go(data: Data, **more: object) -> Go:
    return Go("consultation.slots", {**data, **more})


def _departments(talk: Talk, part: Part) -> Menu:
    choices = []
    for party in part.parties:
        mine = held(talk.session, part, party.department_id)
        detail: Line = ""
        if mine is not None:
            detail = say("예약: {when}", when=when(talk.session.get_one(Slot, mine.slot_id)))
        to = Go("consultation.slots", {"programme": part.programme.id, "department": party.department_id})
        choices.append(Choice(party.name, to, detail))
    told = lines(Bold(part.programme.name), say("어느 부서의 일정을 볼까요?"))
    return Menu(told, choices, buttons=[*_running(part), HOME])


def _choice(talk: Talk, part: Part, slot: Slot, data: Data) -> Choice:
    detail: list[Phrase | str] = []
    if slot.title:
        detail.append(slot.title)
    if slot.consultant_id is not None:
        detail.append(talk.session.get_one(Person, slot.consultant_id).name)
    if slot.place or slot.link:
        detail.append(slot.place or say("온라인"))
    line = tuple(word for one in detail for word in (one, " · "))[:-1]
    badge = None
    if data.get("all") or part.programme.kind is not ProgrammeKind.CONSULTATION:
        badge = slot_badge(talk, part.programme, slot, None)
    return Choice(when(slot), _slot(slot.id, data), line, badge)


def _mine(talk: Talk, booking: Booking, data: Data) -> Choice:
    slot = talk.session.get_one(Slot, booking.slot_id)
    name = say("내 예약: {when}", when=when(slot))
    return Choice(name, _slot(slot.id, data), slot.place or slot.link, booking_badge(booking))


def _slot(slot_id: int | None, data: Data) -> Go:
    about = {"slot": slot_id}
    if data.get("department") is not None:
        about["department"] = data["department"]
    return Go("consultation.slot", about)


def _told(part: Part, mine: Booking | None, is_free: bool, data: Data) -> Text:
    told: list[Line] = [Bold(part.programme.name)]
    department = next((one for one in part.parties if one.department_id == data.get("department")), None)
    if department is not None and part.programme.kind is ProgrammeKind.CONSULTATION:
        told.append(department.name)
    if part.programme.note:
        told.append(part.programme.note)
    if is_free and mine is None:
        told.append(say("원하시는 시간을 골라 주세요."))
    elif is_free:
        told.append(say("시간을 바꾸시려면 빈 시간을 골라 주세요."))
    else:
        told.append(say("지금은 예약할 수 있는 시간이 없습니다."))
    due = until(part.programme.booking_due)
    return lines(*told, *([due] if due else []))


def _buttons(talk: Talk, part: Part, mine: Booking | None, free: int, data: Data) -> list[Button]:
    found = _running(part)
    if mine is None and not free:
        if queued(talk.session, part, data.get("department")) is not None:
            found.insert(0, Button(say("내 대기"), Go("consultation.waiting")))
        else:
            press = Press("wait", {"department": data.get("department")})
            found.insert(0, Button(say("대기 신청"), press, Style.PRIMARY))
    if (
        mine is None
        and not data.get("all")
        and free < count_coming(talk.session, talk.now, data["programme"])
    ):
        found.append(Button(say("마감된 시간도 보기"), _go(data, all=True)))
    if "day" in data:
        days = {key: value for key, value in data.items() if key != "day"}
        found.append(Button(say("다른 날 보기"), Go("consultation.slots", days)))
    return [*found, HOME]


def _running(part: Part) -> list[Button]:
    schedule = Go("consultation.schedule", {"programme": part.programme.id})
    return [Button(say("맡은 일정"), schedule)] if part.runs else []


def _nothing_to_book(part: Part) -> Notice:
    told = say("예약은 부서의 담당자나 팀장이 합니다.")
    return Notice(lines(Bold(part.programme.name), told), buttons=[*_running(part), HOME])
