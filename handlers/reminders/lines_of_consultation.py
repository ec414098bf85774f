"""How duties of consultations and events are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.attendance.slots import timed
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Link, Span
from handlers.reminders.item import Item, Tell
from handlers.wording import deadline
from handlers.written_review.words import CRITERIA
from models.consultation.attendance import seats_of
from models.consultation.booking import Booking
from models.consultation.deduction_file import open_deduction
from models.consultation.papers import may_write
from models.consultation.programme import Programme, Slot
from models.consultation.tasks import open_task
from models.organization import Department, Person
from models.reminding.duty import Duty
from models.words import Phrase, say

_WEB = ("https://", "http://")


def _papers(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    return [
        _of_department(talk, one, say("서면검토 자료"), say("자료 제출"), "written_review.paper")
        for one in duties
    ]


def _views(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    step = "written_review.department"
    return [_of_department(talk, one, say("서면검토 의견"), say("의견 작성"), step) for one in duties]


def _notes(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    return [
        _of_department(talk, one, say("면담 결과"), say("면담 결과 쓰기"), "written_review.notes")
        for one in duties
    ]


def _bookings(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    return [
        _of_department(talk, one, say("컨설팅 예약"), say("시간 예약"), "consultation.slots")
        for one in duties
    ]


def _of_department(talk: Talk, duty: Duty, what: Phrase, does: Phrase, step: str) -> Item:
    """Something of a department in a programme; who only looks after it is led to the same place, to look."""
    programme = talk.session.get_one(Programme, duty.key[0])
    department = talk.session.get_one(Department, duty.key[1])
    names = {"programme": programme.name, "department": department.name}
    is_own = may_write(talk.standing, department.path) is not None or step != "written_review.paper"
    return Item(
        say("{what} · {department} ({programme})", what=what, **names),
        deadline(talk, duty.due_at),
        does if is_own else say("자료 보기"),
        Go(step, {"programme": duty.key[0], "department": duty.key[1]}),
        duty.due_at,
        duty.due_at < talk.now,
    )


def _slots(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """For who runs it: with whom."""
    items = []
    for duty in duties:
        slot = talk.session.get_one(Slot, duty.key[0])
        seats = seats_of(talk.session, duty.key[0])
        with_whom = say("{count}명 참석 예정", count=len(seats))
        if len(seats) == 1 and seats[0].department is not None:
            with_whom = say(
                "{department} {name}", department=seats[0].department.name, name=seats[0].person.name
            )
        items.append(_to_come(talk, slot, with_whom))
    return items


def _seats(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """For who booked it, or stands in for them."""
    items = []
    for duty in duties:
        booking = talk.session.get_one(Booking, duty.key[0])
        slot = talk.session.get_one(Slot, booking.slot_id)
        booked = talk.session.get_one(Person, booking.person_id)
        whose = None if booked.id == talk.person_id else say("{name} 님 예약", name=booked.name)
        items.append(_to_come(talk, slot, whose))
    return items


def _to_come(talk: Talk, slot: Slot, who: Phrase | None) -> Item:
    programme = talk.session.get_one(Programme, slot.programme_id)
    detail: list[Span] = []
    for more in (who, slot.place, _link(slot)):
        if more:
            detail += [" · ", more] if detail else [more]
    step = Go("consultation.slot", {"slot": slot.id})
    return Item(timed(programme, slot), tuple(detail), say("일정 보기"), step, slot.starts_at, is_late=False)


def _link(slot: Slot) -> Span:
    return Link(say("접속 링크"), slot.link) if slot.link.startswith(_WEB) else slot.link


def _attendance(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    items = []
    for duty in duties:
        slot = talk.session.get_one(Slot, duty.key[0])
        programme = talk.session.get_one(Programme, slot.programme_id)
        what = say("출석 기록 · {slot}", slot=timed(programme, slot))
        to = Go("attendance.slot", {"slot": slot.id})
        items.append(
            Item(what, deadline(talk, duty.due_at), say("출석 기록"), to, duty.due_at, duty.due_at < talk.now)
        )
    return items


def _tasks(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    items = []
    for duty in duties:
        opened = open_task(talk.session, duty.key[0])
        criterion = CRITERIA[opened.task.criterion]
        name = say("{indicator}: {criterion} 고칠 점", indicator=opened.indicator.name, criterion=criterion)
        to = Go("written_review.task", {"task": duty.key[0]})
        items.append(
            Item(name, deadline(talk, duty.due_at), say("답변하기"), to, duty.due_at, duty.due_at < talk.now)
        )
    return items


def _objections(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    items = []
    for duty in duties:
        opened = open_deduction(talk.session, duty.key[0])
        name = say(
            "미참여 감점 {points}점 이의신청 · {department}",
            points=opened.deduction.points,
            department=opened.department.name,
        )
        to = Go("deductions.card", {"deduction": opened.id})
        items.append(
            Item(name, deadline(talk, duty.due_at), say("감점 보기"), to, duty.due_at, is_late=False)
        )
    return items


TELL_OF_CONSULTATION: Mapping[str, Tell] = MappingProxyType(
    {
        "paper": _papers,
        "view": _views,
        "booking": _bookings,
        "slot": _slots,
        "seat": _seats,
        "attendance": _attendance,
        "note": _notes,
        "task": _tasks,
        "deduction": _objections,
    }
)
