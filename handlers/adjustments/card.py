"""One bonus or deduction: how many points for what, who said what of it, and what its reader may do about it."""

from __future__ import annotations

from datetime import datetime

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from handlers.wording import name_of, period_in_full
from models.plan import Cycle, Period, periods_of
from models.scheme.adjusting import awaits, is_own, right_to_decide
from models.scheme.adjustment_file import AdjustmentFile, counted_of, in_office, may_see, open_adjustment
from models.scheme.finding import is_closed
from models.scheme.table import AdjustmentState, Source
from models.words import Phrase, Refusal, say

_BADGES = {
    AdjustmentState.PROPOSED: Badge(say("결정 대기"), Tone.WAITING),
    AdjustmentState.CONFIRMED: Badge(say("확정됨"), Tone.GOOD),
    AdjustmentState.DROPPED: Badge(say("반영하지 않음"), Tone.NEUTRAL),
    AdjustmentState.WITHDRAWN: Badge(say("철회됨"), Tone.NEUTRAL),
}


def badge_of(opened: AdjustmentFile) -> Badge:
    if is_taken_back(opened):
        return Badge(say("제안 취소됨"), Tone.NEUTRAL)
    return _BADGES[opened.adjustment.state]


def kind_of(opened: AdjustmentFile) -> Phrase:
    return say("감점") if opened.part.source is Source.DEDUCTION else say("가점")


def points_shown(opened: AdjustmentFile) -> Phrase:
    """`+1.5점`, `△0.5점`."""
    points = opened.adjustment.points
    if opened.part.source is Source.DEDUCTION:
        return say("△{points}점", points=points)
    return say("+{points}점", points=points)


def opened_of(talk: Talk, data: Data) -> AdjustmentFile:
    """The adjustment, for who may see it."""
    opened = open_adjustment(talk.session, data["adjustment"])
    if not may_see(talk.session, talk.doer, opened):
        raise Refusal("이 가감점을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return opened


def show(talk: Talk, data: Data) -> Screen:
    """The card; where nothing is to be decided it has no buttons."""
    opened = opened_of(talk, data)
    return Card(
        title=say("{name} {kind}", name=opened.name, kind=kind_of(opened)),
        subject=opened.card,
        badge=badge_of(opened),
        prompt=_prompt(talk, opened),
        facts=_facts(talk, opened),
        text=_why_not(talk, opened),
        buttons=_buttons(talk, opened),
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may see it."""
    return may_see(talk.session, talk.doer, open_adjustment(talk.session, data["adjustment"]))


def _prompt(talk: Talk, opened: AdjustmentFile) -> Text:
    state = opened.adjustment.state
    if state is AdjustmentState.PROPOSED and awaits(talk.session, talk.doer, opened):
        return lines(say("반영할지 결정해 주세요. 확정하면 대상에게 통보됩니다."))
    return ()


def _facts(talk: Talk, opened: AdjustmentFile) -> list[tuple[Phrase, Line]]:
    one = opened.adjustment
    facts: list[tuple[Phrase, Line]] = [
        (say("평가체계"), say("{period} {scheme}", period=_period(talk, opened), scheme=opened.scheme.name)),
        (say("가감점 항목"), opened.part.name),
        (say("점수"), Bold(points_shown(opened))),
        (say("반영 한도"), _limit(talk, opened)),
        (say("제안 사유"), _signed(talk, one.reason, one.proposed_by_id, one.proposed_at)),
    ]
    if one.decided_by_id is not None and one.decided_at is not None:
        facts.append((_decided(opened), _signed(talk, one.decision, one.decided_by_id, one.decided_at)))
    if one.withdrawn_by_id is not None and one.withdrawn_at is not None:
        facts.append((say("철회 사유"), _signed(talk, one.withdrawal, one.withdrawn_by_id, one.withdrawn_at)))
    return facts


def _decided(opened: AdjustmentFile) -> Phrase:
    if is_taken_back(opened):
        return say("제안 취소 사유")
    dropped = opened.adjustment.state is AdjustmentState.DROPPED
    return say("반영하지 않는 사유") if dropped else say("확정 사유")


def is_taken_back(opened: AdjustmentFile) -> bool:
    """Whether who proposed it dropped it themselves."""
    one = opened.adjustment
    return one.state is AdjustmentState.DROPPED and one.decided_by_id == one.proposed_by_id


def _period(talk: Talk, opened: AdjustmentFile) -> Phrase:
    if opened.adjustment.period_id is not None:
        return period_in_full(talk.session, talk.session.get_one(Period, opened.adjustment.period_id))
    return say("{cycle} 연간", cycle=talk.session.get_one(Cycle, opened.scheme.cycle_id).name)


def _limit(talk: Talk, opened: AdjustmentFile) -> Phrase:
    """What counts at most, and how much of the subject's is confirmed by now: what is over does not count."""
    confirmed = counted_of(talk.session, opened.subject.id or 0, opened.part.code)
    most = opened.part.points
    if most is None:
        return say("한도 없음 · 지금까지 확정 {points}점", points=confirmed)
    if confirmed > most:
        return say("최대 {most}점 · 확정 {points}점 가운데 {most}점만 반영", most=most, points=confirmed)
    return say("최대 {most}점 · 지금까지 확정 {points}점", most=most, points=confirmed)


def _signed(talk: Talk, text: str, by: int, at: datetime) -> Phrase:
    return say("{text} ({name} · {at})", text=text, name=name_of(talk.session, by), at=at)


def _why_not(talk: Talk, opened: AdjustmentFile) -> Text:
    """Why somebody whose office it is has nothing to press."""
    if opened.adjustment.state is not AdjustmentState.PROPOSED or not in_office(talk.doer, opened.place):
        return ()
    if _is_closed(talk, opened):
        return lines(say("마감된 기간입니다. 마감을 해제해야 결정할 수 있습니다."))
    try:
        right_to_decide(talk.session, talk.doer, opened)
    except Refusal as refusal:
        return lines(refusal.phrase)
    return ()


def _buttons(talk: Talk, opened: AdjustmentFile) -> list[Button]:
    if _is_closed(talk, opened):
        return []
    if is_own(talk.doer, opened):
        return [_button(opened, say("제안 취소"), "take_back")]
    if not awaits(talk.session, talk.doer, opened):
        return []
    if opened.adjustment.state is AdjustmentState.CONFIRMED:
        return [_button(opened, say("확정 철회"), "withdraw", Style.DANGER)]
    return [
        _button(opened, say("확정"), "confirm", Style.PRIMARY),
        _button(opened, say("반영하지 않음"), "drop"),
    ]


def _is_closed(talk: Talk, opened: AdjustmentFile) -> bool:
    return is_closed(periods_of(talk.session, opened.scheme.cycle_id), opened.adjustment.period_id)


def _button(opened: AdjustmentFile, label: Phrase, how: str, style: Style = Style.PLAIN) -> Button:
    data = {"adjustment": opened.id, "revision": opened.adjustment.revision, "how": how}
    return Button(label, Go("adjustments.decide", data), style)
