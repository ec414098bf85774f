"""A score, and what became of an appeal against it, in words that several screens share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from handlers.dialogue.screens import Badge, Tone
from handlers.dialogue.text import Line
from handlers.wording import DECISIONS, name_of, target_shown, value_of
from models.appeal.reading import AppealFile
from models.appeal.table import AppealState
from models.plan import Indicator
from models.submission import Decision
from models.words import Phrase, say

BADGES = {
    AppealState.FILED: Badge(say("이의신청 심의 중"), Tone.WAITING),
    AppealState.ACCEPTED: Badge(say("이의신청 인용됨"), Tone.GOOD),
    AppealState.DISMISSED: Badge(say("이의신청 기각됨"), Tone.BAD),
    AppealState.WITHDRAWN: Badge(say("이의신청 취하됨"), Tone.NEUTRAL),
}


def figure_facts(figures: Mapping[str, Any], indicator: Indicator) -> list[tuple[Phrase, Line]]:
    """The figures of a kept score, from target to points."""
    reported, recognised = _number(figures["reported"]), _number(figures["recognised"])
    left_out = bool(figures["not_applicable"])
    return [
        (say("목표"), target_shown(_number(figures["target"]), indicator)),
        (say("보고한 실적"), value_of(reported, indicator, left_out and reported is None)),
        (say("인정 실적"), value_of(recognised, indicator, left_out)),
        (say("달성률"), _percent(_number(figures["achievement"]))),
        (say("가중치"), points_of(_number(figures["weight"]))),
        (say("점수"), points_of(_number(figures["points"]))),
    ]


def points_of(value: Decimal | None) -> Phrase:
    """`12점`, `-` where there are none."""
    return say("-") if value is None else say("{points}점", points=value)


def decision_facts(session: Session, decisions: Sequence[Decision]) -> list[tuple[Phrase, Line]]:
    """The last decision on the report: who decided when, and with which reason."""
    if not decisions:
        return [(say("평가 결정"), say("결정되지 않음"))]
    last = decisions[-1]
    who = name_of(session, last.decided_by_id, last.decided_for_id)
    done = DECISIONS[last.kind].label
    facts: list[tuple[Phrase, Line]] = [
        (say("평가 결정"), say("{done} ({name} · {at})", done=done, name=who, at=last.decided_at))
    ]
    return [*facts, (say("결정 사유"), last.reason)] if last.reason else facts


def appeal_lines(session: Session, appeals: Sequence[AppealFile]) -> list[Line]:
    """What the history of a report says of the appeals against its score."""
    told: list[Line] = []
    for opened in appeals:
        one = opened.appeal
        who = name_of(session, one.filed_by_id, one.filed_for_id)
        told.append(say("이의신청: {name}, {at} 신청 — {text}", name=who, at=one.filed_at, text=one.reason))
        if (done := outcome_of(session, opened)) is not None:
            told.append(say("  → {outcome}", outcome=done))
    return told


def outcome_of(session: Session, opened: AppealFile) -> Phrase | None:
    """What became of it, by whom, when and why; None while it waits."""
    one = opened.appeal
    if one.withdrawn_at is not None:
        return say("취하 · {name} · {at}", name=name_of(session, one.withdrawn_by_id), at=one.withdrawn_at)
    if one.decided_at is None:
        return None
    who = name_of(session, one.decided_by_id, one.decided_for_id)
    at, text = one.decided_at, one.decision_reason
    if one.state is AppealState.ACCEPTED:
        value = value_of(one.recognised, opened.indicator, one.recognised is None)
        return say(
            "인용 · {name} · {at} · 인정 실적 {value}: {text}", name=who, at=at, value=value, text=text
        )
    return say("기각 · {name} · {at}: {text}", name=who, at=at, text=text)


def _percent(value: Decimal | None) -> Phrase:
    return say("-") if value is None else say("{value} %", value=value)


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
