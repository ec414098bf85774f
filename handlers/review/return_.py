"""Returning a report: a reason code, what to mend, and until when."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import ChoiceField, DateField, Option, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.review.overtaken import overtaken
from handlers.telling import tell_author
from handlers.wording import REASONS
from models.submission import ReasonCode, Return, open_file, return_
from models.words import Refusal, say

_WORKING_DAYS_TO_MEND = 3


def show(talk: Talk, data: Data) -> Screen:
    """Asks why, what to mend, and for the new deadline."""
    opened = open_file(talk.session, data["submission"])
    if (gone := overtaken(talk, opened, data["revision"])) is not None:
        return gone
    suggested = talk.working_days.add(talk.today, _WORKING_DAYS_TO_MEND)
    return Form(
        title=say("반려: {indicator}", indicator=opened.indicator.name),
        text=lines(say("사유와 새 기한은 담당자에게 바로 전달됩니다.")),
        fields=[
            ChoiceField(
                "code",
                say("반려 사유"),
                say("해당하는 사유를 선택해 주세요."),
                [Option(code.value, label) for code, label in REASONS.items()],
            ),
            TextField("text", say("보완할 내용"), say("무엇을 어떻게 고치면 되는지 적어 주세요.")),
            DateField(
                "due",
                say("새 기한"),
                say("그날 18:00까지입니다. 예: {day}", day=suggested.isoformat()),
                earliest=talk.today,
            ),
        ],
        cancel=Go("review.card", {"submission": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Sends it back and tells the officer."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    values = answer.values
    why = Return(ReasonCode(values["code"]), values["text"], values["due"])
    opened = return_(talk.session, talk.doer, data["submission"], data["revision"], why)
    tell_author(talk, opened)
    talk.changed(opened.subject)
    return Go("review.decided", {"submission": opened.id})
