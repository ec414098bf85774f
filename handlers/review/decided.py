"""After a decision: what the decider sees next, and what the officer is told."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import REASONS, deadline, name_of, value_of
from models.submission import Decision, DecisionKind, SubmissionFile, decisions_on, open_file
from models.submission.lists import queue
from models.words import Phrase, say

_TONES = {
    DecisionKind.CONFIRM: Tone.NEUTRAL,
    DecisionKind.APPROVE: Tone.GOOD,
    DecisionKind.RETURN: Tone.WARNING,
}


def show(talk: Talk, data: Data) -> Screen:
    """Says what was decided and leads to the next report in the queue."""
    opened = open_file(talk.session, data["submission"])
    last = decisions_on(talk.session, opened.id)[-1]
    waiting = queue(talk.session, talk.doer)
    buttons = [Button(say("대기함으로"), Go("review.queue"))]
    if waiting:
        following = Go("review.card", {"submission": waiting[0].submission.id})
        buttons.insert(0, Button(say("다음 보고 보기"), following, Style.PRIMARY))
    left = say("남은 검토 {count}건", count=len(waiting)) if waiting else say("남은 검토가 없습니다.")
    return Notice(
        lines(Bold(_done(last.kind, opened.indicator.name)), left),
        tone=Tone.NEUTRAL if last.kind is DecisionKind.RETURN else Tone.GOOD,
        buttons=buttons,
    )


def show_told(talk: Talk, data: Data) -> Screen:
    """What the officer is told of a decision, with what to do next."""
    opened = open_file(talk.session, data["submission"])
    decision = next(one for one in decisions_on(talk.session, opened.id) if one.id == data["decision"])
    place = {"indicator": opened.indicator.id, "period": opened.period.id}
    buttons = [Button(say("지표 보기"), Go("report_actual.open", place))]
    if decision.kind is DecisionKind.RETURN:
        mend = Button(say("고쳐서 다시 보고"), Go("report_actual.entry", place), Style.PRIMARY)
        buttons.insert(0, mend)
    return Notice(lines(*_told(talk, opened, decision)), tone=_TONES[decision.kind], buttons=buttons)


def _told(talk: Talk, opened: SubmissionFile, decision: Decision) -> list[Line]:
    who = name_of(talk.session, decision.decided_by_id, decision.decided_for_id)
    told: list[Line] = [
        Bold(_became(decision.kind, opened.indicator.name)),
        say("{name} · {at}", name=who, at=decision.decided_at),
    ]
    if decision.kind is DecisionKind.APPROVE:
        recognised = value_of(
            opened.submission.recognised, opened.indicator, opened.submission.recognised_not_applicable
        )
        told.append(say("인정 실적: {value}", value=recognised))
        if decision.reason:
            told.append(say("사유: {text}", text=decision.reason))
    if decision.kind is DecisionKind.RETURN and decision.reason_code is not None:
        told.append(
            say("사유: {reason} — {text}", reason=REASONS[decision.reason_code], text=decision.reason)
        )
    if decision.new_due is not None:
        told.append(say("새 기한: {due}", due=deadline(talk, decision.new_due)))
    return told


def _done(kind: DecisionKind, indicator: str) -> Phrase:
    match kind:
        case DecisionKind.CONFIRM:
            return say("{indicator:을/를} 확인했습니다.", indicator=indicator)
        case DecisionKind.APPROVE:
            return say("{indicator:을/를} 승인했습니다.", indicator=indicator)
        case DecisionKind.RETURN:
            return say("{indicator:을/를} 반려했습니다.", indicator=indicator)


def _became(kind: DecisionKind, indicator: str) -> Phrase:
    match kind:
        case DecisionKind.CONFIRM:
            return say("팀장이 {indicator:을/를} 확인했습니다.", indicator=indicator)
        case DecisionKind.APPROVE:
            return say("{indicator:이/가} 승인되었습니다.", indicator=indicator)
        case DecisionKind.RETURN:
            return say("{indicator:이/가} 반려되었습니다.", indicator=indicator)
