"""One deduction: why, how many points, everybody's reasons, and what its reader may do about it."""

from __future__ import annotations

from datetime import datetime

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from handlers.wording import deadline, name_of
from models.consultation.booking import BookingState
from models.consultation.deducting import may_decide
from models.consultation.deduction import COUNTS, DeductionState
from models.consultation.deduction_file import (
    DeductionFile,
    is_of_own,
    may_see,
    open_deduction,
    right_to_object,
)
from models.consultation.free import when
from models.consultation.programme import SlotState
from models.organization import Role
from models.words import Phrase, Refusal, say

BADGES = {
    DeductionState.PROPOSED: Badge(say("감점 제안"), Tone.WAITING),
    DeductionState.CONFIRMED: Badge(say("감점 확정됨"), Tone.BAD),
    DeductionState.DROPPED: Badge(say("감점하지 않음"), Tone.GOOD),
    DeductionState.OBJECTED: Badge(say("이의신청 심의 중"), Tone.WAITING),
    DeductionState.UPHELD: Badge(say("감점 유지됨"), Tone.BAD),
    DeductionState.WITHDRAWN: Badge(say("감점 철회됨"), Tone.GOOD),
}


def show(talk: Talk, data: Data) -> Screen:
    """The card; once nothing more is to be decided it has no buttons left."""
    opened = open_deduction(talk.session, data["deduction"])
    if not may_see(talk.doer, opened):
        raise Refusal("이 감점을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return Card(
        title=say("{department} 미참여 감점", department=opened.department.name),
        subject=opened.subject,
        badge=BADGES[opened.deduction.state],
        prompt=_prompt(talk, opened),
        facts=_facts(talk, opened),
        text=_why_not(talk, opened),
        buttons=[*_deciding(talk, opened), *_objecting(talk, opened)],
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may see it."""
    return may_see(talk.doer, open_deduction(talk.session, data["deduction"]))


def why_of(opened: DeductionFile) -> Phrase:
    """`예약하지 않음`, `7. 15.(월) 14:00~14:40 불참`."""
    if opened.booking is None or opened.slot is None:
        return say("예약하지 않음")
    if opened.slot.state is SlotState.CANCELLED:
        return say("{when} 일정이 취소된 뒤 다시 예약하지 않음", when=when(opened.slot))
    if opened.booking.state is BookingState.CANCELLED:
        return say("{when} 예약을 취소한 뒤 다시 예약하지 않음", when=when(opened.slot))
    if opened.booking.state is BookingState.ATTENDED:
        return say("{when} 참석", when=when(opened.slot))
    return say("{when} 불참", when=when(opened.slot))


def _prompt(talk: Talk, opened: DeductionFile) -> Text:
    """What the reader is asked for."""
    one = opened.deduction
    if may_decide(talk.session, talk.doer, opened):
        if one.state is DeductionState.OBJECTED:
            return lines(say("부서의 이의신청을 검토해 감점을 유지할지 철회할지 결정해 주세요."))
        return lines(say("미참여 감점을 확정할지 결정해 주세요. 확정하면 부서에 통보됩니다."))
    if _may_object(talk, opened) and one.objection_due is not None:
        due = deadline(talk, one.objection_due)
        return lines(say("컨설팅 미참여로 감점이 확정되었습니다. 이의신청: {due}", due=due))
    return ()


def _facts(talk: Talk, opened: DeductionFile) -> list[tuple[Phrase, Line]]:
    one = opened.deduction
    facts: list[tuple[Phrase, Line]] = [
        (say("컨설팅"), opened.programme.name),
        (say("사유"), why_of(opened)),
        (say("감점"), Bold(say("{points}점", points=one.points))),
        (say("성과 점수"), say("반영됨") if one.state in COUNTS else say("반영되지 않음")),
    ]
    if opened.booking is not None:
        facts.append((say("예약자"), name_of(talk.session, opened.booking.person_id)))
    if one.decided_by_id is not None and one.decided_at is not None:
        said = say("감점하지 않는 사유") if one.state is DeductionState.DROPPED else say("확정 사유")
        facts.append((said, _signed(talk, one.reason, one.decided_by_id, one.decided_at)))
    elif one.state is DeductionState.DROPPED:
        facts.append((say("감점하지 않는 사유"), say("참석으로 바로잡혀 제안이 없어졌습니다.")))
    if one.objected_by_id is not None and one.objected_at is not None:
        facts.append((say("이의신청"), _signed(talk, one.objection, one.objected_by_id, one.objected_at)))
    if one.settled_by_id is not None and one.settled_at is not None:
        facts.append((say("심의 결과"), _signed(talk, one.settlement, one.settled_by_id, one.settled_at)))
    return facts


def _signed(talk: Talk, text: str, by: int, at: datetime) -> Phrase:
    return say("{text} ({name} · {at})", text=text, name=name_of(talk.session, by), at=at)


def _why_not(talk: Talk, opened: DeductionFile) -> Text:
    """Why there is nothing to press for an administrator, or any more for the department."""
    one = opened.deduction
    waits = one.state in (DeductionState.PROPOSED, DeductionState.OBJECTED)
    if waits and talk.standing.has(Role.ADMINISTRATOR) and not may_decide(talk.session, talk.doer, opened):
        if is_of_own(talk.session, talk.doer, opened.department):
            return lines(say("본인이 속한 부서의 감점이므로 다른 관리자가 결정합니다."))
        return lines(say("본인이 확정한 감점이므로 이의신청은 다른 관리자가 결정합니다."))
    over = one.state is DeductionState.CONFIRMED and not opened.may_object(talk.now)
    if over and one.objection_due is not None:
        return lines(say("이의신청 기한이 {due}에 끝났습니다.", due=one.objection_due))
    return ()


def _deciding(talk: Talk, opened: DeductionFile) -> list[Button]:
    if not may_decide(talk.session, talk.doer, opened):
        return []
    if opened.deduction.state is DeductionState.OBJECTED:
        return [
            _button(opened, say("감점 유지"), "uphold", Style.DANGER),
            _button(opened, say("감점 철회"), "withdraw"),
        ]
    return [
        _button(opened, say("감점 확정"), "confirm", Style.DANGER),
        _button(opened, say("감점하지 않음"), "drop"),
    ]


def _button(opened: DeductionFile, label: Phrase, how: str, style: Style = Style.PLAIN) -> Button:
    data = {"deduction": opened.id, "revision": opened.deduction.revision, "how": how}
    return Button(label, Go("deductions.decide", data), style)


def _objecting(talk: Talk, opened: DeductionFile) -> list[Button]:
    if not _may_object(talk, opened):
        return []
    data = {"deduction": opened.id, "revision": opened.deduction.revision}
    return [Button(say("이의신청"), Go("deductions.object", data), Style.PRIMARY)]


def _may_object(talk: Talk, opened: DeductionFile) -> bool:
    return opened.may_object(talk.now) and right_to_object(talk.doer, opened.department) is not None
