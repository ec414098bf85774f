"""One slot with who was to come: a card for one seat, a list for many; a press notes that they came or not."""

from __future__ import annotations

from collections import Counter

from handlers.attendance.slots import title_of
from handlers.deductions.telling import tell_administrators
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import (
    Badge,
    Button,
    Card,
    Choice,
    Go,
    Menu,
    Notice,
    Press,
    Screen,
    Style,
    Tone,
)
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from models.consultation.attendance import Marked, Seat, mark, mark_all, open_slot, seats_of
from models.consultation.booking import BookingState
from models.consultation.eligible import right_to_run
from models.consultation.free import when
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.organization import Role
from models.words import Phrase, Refusal, say

_LIST = Button(say("출석 목록"), Go("attendance.slots"))
_BADGES = {
    BookingState.BOOKED: Badge(say("미기록"), Tone.WAITING),
    BookingState.ATTENDED: Badge(say("참석"), Tone.GOOD),
    BookingState.ABSENT: Badge(say("불참"), Tone.BAD),
}


def show(talk: Talk, data: Data) -> Screen:
    """Who was to come, and what is noted of them so far."""
    slot, programme = open_slot(talk.session, data["slot"])
    if right_to_run(talk.doer, slot) is None:
        raise Refusal("출석은 이 일정의 컨설턴트, 평가부서 담당자, 관리자만 기록할 수 있습니다.")
    seats = seats_of(talk.session, data["slot"])
    if slot.state is SlotState.CANCELLED or not seats:
        return Notice(lines(title_of(programme, slot), say("참석하기로 한 분이 없습니다.")), buttons=[_LIST])
    has_begun = slot.starts_at <= talk.now
    if programme.kind is ProgrammeKind.CONSULTATION:
        return _card(talk, slot, programme, seats[0], has_begun)
    return _list(slot, programme, seats, has_begun)


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Notes who came; whoever the deduction is to be put before is told."""
    if not isinstance(answer, Pressed) or answer.action not in ("came", "absent", "all"):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.changed(_subject(data["slot"]))
    if answer.action == "all":
        count = mark_all(talk.session, talk.doer, data["slot"])
        talk.toast(say("{count}명을 참석으로 기록했습니다.", count=count))
        return Go("attendance.slot", dict(data))
    booking, revision = answer.args["booking"], answer.args["revision"]
    marked = mark(talk.session, talk.doer, booking, revision, came=answer.action == "came")
    _tell(talk, marked)
    slot, programme = open_slot(talk.session, data["slot"])
    if programme.kind is ProgrammeKind.CONSULTATION:
        return Go("attendance.taken", {"slot": slot.id, "booking": booking})
    return Go("attendance.slot", dict(data))


def show_taken(talk: Talk, data: Data) -> Screen:
    """What was noted of a consultation, and what follows from it."""
    slot, programme = open_slot(talk.session, data["slot"])
    if right_to_run(talk.doer, slot) is None:
        raise Refusal("출석은 이 일정의 컨설턴트, 평가부서 담당자, 관리자만 기록할 수 있습니다.")
    seat = next(
        (one for one in seats_of(talk.session, slot.id or 0) if one.booking.id == data["booking"]), None
    )
    if seat is None:
        raise Refusal("취소된 예약입니다. 새로 고친 화면에서 다시 확인해 주세요.")
    came = seat.booking.state is BookingState.ATTENDED
    told = say("{name:을/를} 불참으로 기록했습니다.", name=_name(seat))
    if came:
        told = say("{name:을/를} 참석으로 기록했습니다.", name=_name(seat))
    after: list[Line] = []
    if not came and programme.absence_points:
        points = programme.absence_points
        after = [say("미참여 감점 {points}점을 관리자에게 제안했습니다. 관리자가 결정합니다.", points=points)]
    correct = Button(say("바로잡기"), Go("attendance.slot", {"slot": slot.id}))
    writes = [_writing(programme, seat)] if came and _is_consultant(talk, seat) else []
    tone = Tone.GOOD if came else Tone.WARNING
    return Notice(lines(Bold(told), *after), buttons=[*writes, correct, _LIST], tone=tone)


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader takes the attendance of the slot."""
    slot, _ = open_slot(talk.session, data["slot"])
    return right_to_run(talk.doer, slot) is not None


def _card(talk: Talk, slot: Slot, programme: Programme, seat: Seat, has_begun: bool) -> Card:
    state = seat.booking.state
    here = {"booking": seat.booking.id, "revision": seat.booking.revision}
    buttons: list[Button] = []
    if has_begun and state is not BookingState.ATTENDED:
        buttons.append(Button(say("참석"), Press("came", here), Style.PRIMARY))
    if has_begun and state is not BookingState.ABSENT:
        buttons.append(Button(say("불참"), Press("absent", here), Style.DANGER))
    if state is BookingState.ATTENDED and _is_consultant(talk, seat):
        buttons.append(_writing(programme, seat))
    facts: list[tuple[Phrase, Line]] = [
        (say("일시"), when(slot)),
        (say("부서"), _name(seat)),
        (say("예약자"), say("{name} {title}", name=seat.person.name, title=seat.person.title)),
    ]
    if slot.place:
        facts.append((say("장소"), slot.place))
    return Card(
        title=title_of(programme, slot),
        subject=_subject(slot.id or 0),
        facts=facts,
        badge=_BADGES[state],
        prompt=_prompt() if has_begun and state is BookingState.BOOKED else (),
        text=() if has_begun else lines(_not_yet(slot)),
        buttons=[*buttons, _LIST],
    )


def _prompt() -> Text:
    return lines(say("참석했으면 '참석', 오지 않았으면 '불참'을 눌러 주세요."))


def _list(slot: Slot, programme: Programme, seats: list[Seat], has_begun: bool) -> Screen:
    counts = Counter(seat.booking.state for seat in seats)
    name: Line = Bold(title_of(programme, slot))
    if not has_begun:
        return Notice(lines(name, _not_yet(slot)), buttons=[_LIST])
    told = say(
        "참석 {came}명 · 불참 {absent}명 · 미기록 {open}명",
        came=counts[BookingState.ATTENDED],
        absent=counts[BookingState.ABSENT],
        open=counts[BookingState.BOOKED],
    )
    everybody = Button(say("모두 참석"), Press("all"), Style.PRIMARY)
    return Menu(
        lines(name, when(slot), told, say("이름을 누르면 참석으로, 다시 누르면 불참으로 기록합니다.")),
        [_choice(seat) for seat in seats],
        buttons=[*([everybody] if counts[BookingState.BOOKED] else []), _LIST],
    )


def _choice(seat: Seat) -> Choice:
    action = "absent" if seat.booking.state is BookingState.ATTENDED else "came"
    press = Press(action, {"booking": seat.booking.id, "revision": seat.booking.revision})
    where = seat.department.name if seat.department else ""
    return Choice(seat.person.name, press, where, _BADGES[seat.booking.state])


def _name(seat: Seat) -> str:
    """The department that had booked."""
    return seat.department.name if seat.department is not None else seat.person.name


def _not_yet(slot: Slot) -> Phrase:
    return say("{at}부터 출석을 기록할 수 있습니다.", at=slot.starts_at)


def _writing(programme: Programme, seat: Seat) -> Button:
    data = {"programme": programme.id, "department": seat.booking.department_id}
    return Button(say("면담 결과 쓰기"), Go("written_review.notes", data), Style.PRIMARY)


def _is_consultant(talk: Talk, seat: Seat) -> bool:
    path = seat.department.path if seat.department else "/"
    return talk.standing.right(Role.CONSULTANT, path) is not None


def _tell(talk: Talk, marked: Marked) -> None:
    """Puts what was proposed before those who decide; what fell away is redrawn where it was put before."""
    if marked.proposed is not None:
        tell_administrators(talk, marked.proposed)
    for deduction in (marked.proposed, marked.fallen):
        if deduction is not None:
            talk.changed(f"deduction:{deduction}")


def _subject(slot_id: int) -> str:
    return f"slot:{slot_id}"
