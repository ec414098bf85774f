"""The form in which an adjustment is decided on with a reason, and what is said after it."""

from __future__ import annotations

from handlers.adjustments.card import is_taken_back, kind_of, opened_of, points_shown
from handlers.adjustments.telling import tell_decided
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.scheme.adjusting import awaits, confirm, drop, must_be_as_seen, take_back, withdraw
from models.scheme.adjustment_file import adjustments_seen_by
from models.scheme.table import AdjustmentState
from models.words import Refusal, say

_HOW = {
    "confirm": (say("확정"), say("확정하는 사유를 적어 주세요. 대상에게 그대로 통보됩니다.")),
    "drop": (say("반영하지 않음"), say("반영하지 않는 사유를 적어 주세요. 제안한 사람에게 통보됩니다.")),
    "take_back": (say("제안 취소"), say("제안을 취소하는 사유를 적어 주세요.")),
    "withdraw": (say("확정 철회"), say("확정을 철회하는 사유를 적어 주세요. 대상에게 통보됩니다.")),
}
_VERBS = {"confirm": confirm, "drop": drop, "take_back": take_back, "withdraw": withdraw}
_DONE = {
    AdjustmentState.CONFIRMED: say("확정하고 대상에게 통보했습니다."),
    AdjustmentState.DROPPED: say("반영하지 않기로 했습니다."),
    AdjustmentState.WITHDRAWN: say("확정을 철회하고 대상에게 통보했습니다."),
}


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the reason."""
    opened = opened_of(talk, data)
    try:
        must_be_as_seen(talk.session, opened, data["revision"])
    except Refusal as refusal:
        see = Button(say("가감점 보기"), Go("adjustments.card", {"adjustment": opened.id}), Style.PRIMARY)
        return Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=[see])
    label, hint = _HOW[data["how"]]
    title = say(
        "{label}: {name} {kind} {points}",
        label=label, name=opened.name, kind=kind_of(opened), points=points_shown(opened),
    )  # fmt: skip
    return Form(
        title=title,
        text=lines(say("제안 사유: {reason}", reason=opened.adjustment.reason)),
        fields=[TextField("reason", say("사유"), hint)],
        cancel=Go("adjustments.card", {"adjustment": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Decides, and tells whom it concerns."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    verb = _VERBS[data["how"]]
    opened = verb(talk.session, talk.doer, data["adjustment"], data["revision"], answer.values["reason"])
    tell_decided(talk, opened)
    talk.changed(opened.card)
    return Go("adjustments.done", {"adjustment": opened.id})


def show_done(talk: Talk, data: Data) -> Screen:
    """What was decided, and the next one that waits."""
    opened = opened_of(talk, data)
    told = _DONE.get(
        opened.adjustment.state, say("제안했습니다. 다른 관리자나 평가자가 확정하면 반영됩니다.")
    )
    if is_taken_back(opened):
        told = say("제안을 취소했습니다.")
    waiting = [
        one.id
        for one in adjustments_seen_by(talk.session, talk.doer)
        if one.adjustment.state is AdjustmentState.PROPOSED and awaits(talk.session, talk.doer, one)
    ]
    buttons = [Button(say("가감점 목록"), Go("adjustments.list"))]
    if waiting:
        following = Go("adjustments.card", {"adjustment": waiting[0]})
        buttons.insert(0, Button(say("다음 가감점 보기"), following, Style.PRIMARY))
    title = say("{name} {kind} {points}", name=opened.name, kind=kind_of(opened), points=points_shown(opened))
    return Notice(lines(Bold(title), told), tone=Tone.GOOD, buttons=buttons)
