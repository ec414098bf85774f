"""Approving with another value than reported (인정 실적), with a reason."""

from __future__ import annotations

from functools import partial

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import NumberField, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.review.overtaken import overtaken
from handlers.telling import tell_author
from handlers.wording import value_of
from models.scoring import check_actual
from models.submission import approve, open_file
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the value and why."""
    opened = open_file(talk.session, data["submission"])
    if (gone := overtaken(talk, opened, data["revision"])) is not None:
        return gone
    reported = value_of(opened.version.value, opened.indicator, opened.version.not_applicable)
    return Form(
        title=say("다른 값으로 승인: {indicator}", indicator=opened.indicator.name),
        text=lines(say("보고한 실적은 {value}입니다.", value=reported)),
        fields=[
            NumberField(
                "value",
                say("인정 실적"),
                say("인정할 값을 적어 주세요. 예: 96.8"),
                opened.indicator.unit,
                partial(check_actual, opened.indicator.kind),
            ),
            TextField(
                "reason",
                say("사유"),
                say("보고와 다른 값을 인정하는 사유를 적어 주세요. 담당자에게 전달됩니다."),
            ),
        ],
        cancel=Go("review.card", {"submission": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Approves with that value."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    value, reason = answer.values["value"], answer.values["reason"]
    opened = approve(talk.session, talk.doer, data["submission"], data["revision"], value, reason)
    tell_author(talk, opened)
    talk.changed(opened.subject)
    return Go("review.decided", {"submission": opened.id})
