"""The form of an appeal: why, which value should count, new evidence."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from handlers.appeals.result import hindrance, subject_of
from handlers.appeals.telling import tell_deciders
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import SKIPPED, ChoiceField, FilesField, NumberField, Option, TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME, deadline, value_of
from models.appeal.filing import AppealEntry, file_appeal
from models.appeal.reading import open_appeal
from models.appeal.result import open_result
from models.evidence.table import parcels
from models.plan import Indicator
from models.scoring import Kind, check_actual
from models.words import Phrase, Refusal, say

_LONGEST = 2000
_YES_NO = (Option("1", say("달성")), Option("0", say("미달성")))


def show(talk: Talk, data: Data) -> Screen:
    """Asks for reason, value and files."""
    result = open_result(talk.session, data["indicator"], data["period"])
    here = Go("appeals.result", dict(data))
    if (why := hindrance(talk, result)) is not None:
        see = Button(say("평가 결과 보기"), here, Style.PRIMARY)
        return Notice(lines(why), tone=Tone.WARNING, buttons=[see])
    recognised = value_of(result.score.recognised, result.indicator, result.score.not_applicable)
    told = say("{period} · 인정 실적 {value}", period=result.period.name, value=recognised)
    return Form(
        title=say("이의신청: {indicator}", indicator=result.indicator.name),
        text=lines(told),
        fields=[_reason(), asked_field(result.indicator), _files()],
        cancel=here,
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Files it, and puts it before who decides."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    values = answer.values
    files = parcels(talk.session, talk.person_id, values["files"])
    entry = AppealEntry(values["reason"], value_given(values["value"]), files)
    opened = file_appeal(talk.session, talk.doer, data["indicator"], data["period"], entry)
    tell_deciders(talk, opened)
    talk.changed(subject_of(data["indicator"], data["period"]))
    talk.changed(f"submission:{opened.appeal.submission_id}")
    return Go("appeals.filed", {"appeal": opened.id})


def show_filed(talk: Talk, data: Data) -> Screen:
    """Says that it arrived, who decides and until when."""
    opened = open_appeal(talk.session, data["appeal"])
    due = deadline(talk, opened.appeal.decision_due)
    return Notice(
        lines(
            Bold(say("{indicator}의 이의신청을 접수했습니다.", indicator=opened.indicator.name)),
            say("처음 결정에 참여하지 않은 평가자가 심의합니다. 결정 기한: {due}", due=due),
            say("결과가 나오면 알려 드리겠습니다."),
        ),
        tone=Tone.GOOD,
        buttons=[
            Button(say("이의신청 보기"), Go("appeals.card", {"appeal": opened.id}), Style.PRIMARY),
            HOME,
        ],
    )


def value_given(value: Any) -> Decimal | None:
    """The value of `value_field`, None where it was left out; a yes or no comes as the words "1" and "0"."""
    return None if value in (None, SKIPPED) else Decimal(value)


def value_field(
    indicator: Indicator, label: Phrase, hint: Phrase, skip: Phrase, *, required: bool, initial: str = ""
) -> NumberField | ChoiceField:
    """A field for an actual of that indicator which may be left out."""
    if indicator.kind is Kind.YES_NO:
        return ChoiceField("value", label, hint, [*_YES_NO], required, skip, initial)
    possible = partial(check_actual, indicator.kind)
    return NumberField("value", label, hint, indicator.unit, possible, required, skip, initial)


def asked_field(indicator: Indicator) -> NumberField | ChoiceField:
    """Which value should be recognised, where one can be named."""
    hint = say("인정되어야 한다고 보는 실적을 적어 주세요. 정하지 않으셔도 됩니다.")
    return value_field(indicator, say("요청하는 실적"), hint, say("값 없이 계속"), required=False)


def _reason() -> TextField:
    hint = say("결과가 어떤 점에서 사실과 다른지, 근거와 함께 적어 주세요. 한 번만 신청할 수 있습니다.")
    return TextField("reason", say("이의신청 사유"), hint, longest=_LONGEST)


def _files() -> FilesField:
    hint = say("사유를 뒷받침하는 새 증빙 파일을 올려 주세요.")
    return FilesField("files", say("새 증빙자료"), hint, required=False, skip=say("파일 없이 계속"))
