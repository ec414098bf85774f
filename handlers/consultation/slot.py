"""One slot: when, where, with whom, and what the reader can do with it."""

from __future__ import annotations

from contextlib import suppress

from handlers.consultation import done
from handlers.consultation.telling import changed, send_file, tell_offers, tell_parties
from handlers.consultation.words import cannot, slot_badge, slot_facts, title
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from models.consultation.appointment import who_comes
from models.consultation.booking import Booking, BookingState
from models.consultation.eligible import runs
from models.consultation.free import must_suit
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.reading import Part, held, part_in, queued, seated
from models.consultation.reserving import book, cancel, move
from models.consultation.seats import free_seat, last_moment, must_be_open, slot_and_programme
from models.consultation.waiting import join
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card; buttons are those that would be answered with more than a refusal."""
    slot, programme = slot_and_programme(talk.session, data["slot"])
    part = part_in(talk.session, talk.doer, slot.programme_id)
    department = _department(talk, part, slot, data)
    mine = held(talk.session, part, department)
    is_mine = mine is not None and mine.slot_id == slot.id
    runs_it = runs(talk.doer, slot)
    facts = slot_facts(talk, programme, slot)
    if programme.kind is ProgrammeKind.CONSULTATION and (is_mine or runs_it):
        facts += [(say("예약"), who_comes(talk.session, one)) for one in seated(talk.session, slot)]
    why_not = _why_not(talk, part, programme, slot, mine, department)
    return Card(
        title=title(programme, slot),
        subject=f"slot:{slot.id}",
        facts=facts,
        badge=slot_badge(talk, programme, slot, mine),
        text=lines(*_told(talk, programme, slot, mine if is_mine else None, why_not)),
        buttons=[
            *_for_party(talk, part, programme, slot, mine, department, why_not),
            *(_for_who_runs(talk, programme, slot) if runs_it else ()),
            Button(say("다른 시간 보기"), Go("consultation.slots", _list(slot, department))),
        ],
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Books, moves here, cancels, queues, or asks for the file."""
    if not isinstance(answer, Pressed):
        raise cannot()
    args, slot_id = answer.args, data["slot"]
    match answer.action:
        case "book":
            booking = book(talk.session, talk.doer, slot_id, args["department"], shown=args.get("shown"))
            tell_parties(talk, booking, "booked")
            what = "booked"
        case "move":
            before = talk.session.get_one(Booking, args["booking"]).slot_id
            seen = {"revision": args["revision"], "shown": args.get("shown")}
            booking = move(talk.session, talk.doer, args["booking"], slot_id, **seen)
            tell_parties(talk, booking, "moved", before=before)
            what = "moved"
        case "cancel":
            booking = cancel(talk.session, talk.doer, args["booking"], revision=args["revision"])
            tell_parties(talk, booking, "cancelled")
            what = "cancelled"
        case "wait":
            slot = talk.session.get_one(Slot, slot_id)
            join(talk.session, talk.doer, slot.programme_id, slot_id, args["department"])
            changed(talk, slot_id)
            what = "waiting"
        case "file":
            part_in(talk.session, talk.doer, talk.session.get_one(Slot, slot_id).programme_id)
            send_file(talk, slot_id, args["booking"])
            what = "file"
        case _:
            raise cannot()
    tell_offers(talk)
    return done.to(slot_id, what)


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader has a part in the programme."""
    slot, _ = slot_and_programme(talk.session, data["slot"])
    part_in(talk.session, talk.doer, slot.programme_id)
    return True


def _department(talk: Talk, part: Part, slot: Slot, data: Data) -> int | None:
    """For which department the card is: as asked for, the one that has the slot, or the only one."""
    if part.programme.kind is not ProgrammeKind.CONSULTATION:
        return None
    ids = [party.department_id for party in part.parties]
    if data.get("department") in ids:
        return int(data["department"])
    for booking in seated(talk.session, slot):
        if booking.department_id in ids:
            return booking.department_id
    return ids[0] if len(ids) == 1 else None


def _why_not(
    talk: Talk, part: Part, programme: Programme, slot: Slot, mine: Booking | None, department: int | None
) -> Phrase | None:
    """Why the reader cannot take a seat here; None where they can, or where nobody asks."""
    if not part.parties or (mine is not None and mine.slot_id == slot.id):
        return None
    is_whole = programme.kind is ProgrammeKind.CONSULTATION
    if is_whole and department is None:
        return say("여러 부서를 맡고 계십니다. '다른 시간 보기'에서 부서를 먼저 골라 주세요.")
    moving = mine.id or 0 if mine is not None else 0
    who = mine.person_id if mine is not None else talk.person_id
    try:
        must_be_open(programme, slot, talk.now)
        if free_seat(talk.session, slot) is not None:
            must_suit(talk.session, slot, who, department if is_whole else None, moving)
    except Refusal as refusal:
        return refusal.phrase
    return None


def _told(
    talk: Talk, programme: Programme, slot: Slot, mine: Booking | None, why_not: Phrase | None
) -> list[Line]:
    told: list[Line] = []
    is_booked = mine is not None and mine.state is BookingState.BOOKED and slot.state is SlotState.OPEN
    until = last_moment(programme, slot)
    if is_booked and talk.now < until:
        told.append(say("변경과 취소는 {until}까지 하실 수 있습니다.", until=until))
    elif is_booked and talk.now < slot.starts_at:
        told.append(
            say("변경·취소 기한이 지났습니다. 참석이 어려우시면 담당 컨설턴트나 평가 부서에 알려 주세요.")
        )
    if why_not is not None:
        told.append(why_not)
    return told


def _for_party(
    talk: Talk,
    part: Part,
    programme: Programme,
    slot: Slot,
    mine: Booking | None,
    department: int | None,
    why_not: Phrase | None,
) -> list[Button]:
    """What who may take a seat can do here."""
    if mine is not None and mine.slot_id == slot.id:
        return _for_holder(talk, programme, slot, mine)
    if not part.parties or why_not is not None:
        return []
    whose = {"department": department}
    if mine is not None:
        seen = {"booking": mine.id, "revision": mine.revision, "shown": slot.revision}
        is_moved = mine.state is BookingState.BOOKED and _may_give_up(talk, programme, mine)
        if not is_moved or free_seat(talk.session, slot) is None:
            return []
        return [Button(say("이 시간으로 변경"), Press("move", seen), Style.PRIMARY)]
    if free_seat(talk.session, slot) is not None:
        return [Button(say("예약하기"), Press("book", {**whose, "shown": slot.revision}), Style.PRIMARY)]
    if queued(talk.session, part, department) is not None:
        return [Button(say("내 대기"), Go("consultation.waiting"))]
    return [Button(say("이 시간 대기 신청"), Press("wait", whose))]


def _for_holder(talk: Talk, programme: Programme, slot: Slot, mine: Booking) -> list[Button]:
    if mine.state is BookingState.OFFERED:
        return [Button(say("수락 또는 사양"), Go("consultation.offer", {"booking": mine.id}), Style.PRIMARY)]
    if mine.state is not BookingState.BOOKED or slot.starts_at <= talk.now:
        return []
    found = [Button(say("일정 파일 받기"), Press("file", {"booking": mine.id}))]
    if _may_give_up(talk, programme, mine):
        press = Press("cancel", {"booking": mine.id, "revision": mine.revision})
        sure = say("예약을 취소할까요? 자리는 대기하시는 분에게 넘어갑니다.")
        found.append(Button(say("예약 취소"), press, Style.DANGER, confirm=sure))
    return found


def _for_who_runs(talk: Talk, programme: Programme, slot: Slot) -> list[Button]:
    """What its consultant, the evaluation office and administrators can do."""
    if slot.state is SlotState.CANCELLED:
        return []
    about = {"slot": slot.id}
    if slot.starts_at <= talk.now:
        return [Button(say("출석 기록"), Go("attendance.slot", about))]
    found: list[Button] = []
    is_whole = programme.kind is ProgrammeKind.CONSULTATION
    if not is_whole:
        found.append(Button(say("진행자용 일정 파일"), Press("file", {"booking": None})))
    found.append(Button(say("일정 변경"), Go("consultation.change", about | {"revision": slot.revision})))
    with suppress(IndexError):
        if is_whole:
            seen = {"booking": (one := seated(talk.session, slot)[0]).id, "revision": one.revision}
            found.append(Button(say("예약만 취소"), Go("consultation.cancel_booking", seen)))
    found.append(Button(say("일정 취소"), Go("consultation.cancel_slot", about), Style.DANGER))
    return found


def _may_give_up(talk: Talk, programme: Programme, mine: Booking) -> bool:
    return talk.now < last_moment(programme, talk.session.get_one(Slot, mine.slot_id))


def _list(slot: Slot, department: int | None) -> dict[str, int | None]:
    about: dict[str, int | None] = {"programme": slot.programme_id}
    return about if department is None else about | {"department": department}
