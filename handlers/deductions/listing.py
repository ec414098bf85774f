"""Deductions a person may see: what waits for a decision first."""

from __future__ import annotations

from handlers.deductions.card import BADGES, why_of
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME
from models.consultation.deduction import DeductionState
from models.consultation.deduction_file import UNDECIDED, DeductionFile, deductions_seen_by
from models.organization import Role
from models.words import Refusal, say

_MOST_NAMED = 10


def show(talk: Talk, data: Data) -> Screen:
    """Every deduction the person may see; of one programme where `programme` is given."""
    seen = [one for one in deductions_seen_by(talk.session, talk.doer) if _is_of(one, data.get("programme"))]
    if not seen:
        return Notice(lines(say("미참여 감점이 없습니다.")), buttons=[HOME], tone=Tone.GOOD)
    waiting = sum(one.deduction.state in UNDECIDED for one in seen)
    told = [say("결정을 기다리는 감점 {count}건", count=waiting)] if waiting and _decides(talk) else []
    choices = [
        Choice(
            one.department.name,
            Go("deductions.card", {"deduction": one.id}),
            say("{programme} · {points}점", programme=one.programme.name, points=one.deduction.points),
            BADGES[one.deduction.state],
        )
        for one in seen
    ]
    return Menu(lines(Bold(say("미참여 감점")), *told), choices, buttons=[HOME])


def show_proposed(talk: Talk, data: Data) -> Screen:
    """That several departments never booked, and that it is for the reader to decide."""
    if not _decides(talk):
        raise Refusal("관리자만 할 수 있는 일입니다. 필요하면 관리자에게 문의해 주세요.")
    proposed = [
        one
        for one in deductions_seen_by(talk.session, talk.doer)
        if _is_of(one, data["programme"]) and one.deduction.state is DeductionState.PROPOSED
    ]
    if not proposed:
        return Notice(lines(say("제안된 미참여 감점이 모두 결정되었습니다.")), buttons=[HOME])
    programme = proposed[0].programme.name
    told = [(say("• {name}", name=one.department.name), " — ", why_of(one)) for one in proposed[:_MOST_NAMED]]
    more = len(proposed) - _MOST_NAMED
    rest = [say("외 {count}건", count=more)] if more > 0 else []
    look = Button(say("감점 제안 보기"), Go("deductions.list", dict(data)), Style.PRIMARY)
    title = say("{programme} 미참여 감점 제안 {count}건", programme=programme, count=len(proposed))
    return Notice(lines(Bold(title), *told, *rest), buttons=[look], tone=Tone.WARNING)


def may_leave(talk: Talk, _data: Data) -> bool:
    """Its reader decides on deductions."""
    return _decides(talk)


def _decides(talk: Talk) -> bool:
    return talk.standing.has(Role.ADMINISTRATOR)


def _is_of(opened: DeductionFile, programme_id: int | None) -> bool:
    return programme_id is None or opened.programme.id == programme_id
