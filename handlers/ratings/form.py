"""The form of a subject: every criterion and a comment, kept as a draft, and then straight on to the next."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handlers.dialogue.answers import Answer, Filled, KeptForLater
from handlers.dialogue.book import Data
from handlers.dialogue.fields import ChoiceField, Field, NumberField, Option, TextField
from handlers.dialogue.screens import Form, Go, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.ratings.subject import own_paper
from handlers.ratings.words import KEPT_LATE, title_of
from models.messaging.conversation import Conversation
from models.rating.answering import keep_late, own_to_write, ready_to_answer, save
from models.rating.papers import PaperFile, round_of
from models.rating.said import criteria_of
from models.rating.scale import UNIT, Scale, read_scale
from models.rating.table import Criterion
from models.words import Phrase, Refusal, say

_LONGEST_COMMENT = 1000
_COMMENT = "comment"


def show(talk: Talk, data: Data) -> Screen:
    """The form, filled in with what was answered before."""
    over = _why_over(talk, data)
    opened = own_paper(talk, data["paper"])
    criteria = criteria_of(talk.session, opened.rating.cycle_id, opened.rating.code)
    comment = TextField(
        _COMMENT,
        say("의견"),
        say("평가 의견이 있으면 적어 주세요."),
        _LONGEST_COMMENT,
        required=False,
        skip=say("의견 없음"),
        initial=opened.paper.comment,
    )
    return Form(
        title=opened.name,
        text=lines(title_of(talk, opened.rating), *((over, KEPT_LATE) if over else ())),
        fields=[*(_field(one, opened.paper.answers.get(one.code, "")) for one in criteria), comment],
        keep=True,
        cancel=Go("ratings.subject", {"paper": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Keeps the answers; a complete form goes on to the next subject, or to handing in when none is left."""
    if not isinstance(answer, Filled | KeptForLater):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    over = _why_over(talk, data)
    before = own_paper(talk, data["paper"])
    is_whole = isinstance(answer, Filled)
    criteria = criteria_of(talk.session, before.rating.cycle_id, before.rating.code)
    answers = _answers(criteria, answer.values, {} if is_whole else before.paper.answers)
    comment = answer.values.get(_COMMENT, before.paper.comment)
    keep = keep_late if over else save
    opened = keep(talk.session, talk.doer, before.id, answers, comment)
    talk.changed(opened.key)
    if over:
        talk.toast(over, Tone.WARNING)
        talk.toast(KEPT_LATE)
        return Go("ratings.list", {"rating": opened.rating.id})
    if not is_whole:
        talk.toast(say("임시저장했습니다. '평가'를 입력하면 이어서 하실 수 있습니다."))
        return Go("ratings.list", {"rating": opened.rating.id})
    return _onward(talk, opened)


def _why_over(talk: Talk, data: Data) -> Phrase | None:
    """Why the form that the person has open cannot be handed in any more: what they entered is kept all the same.
    Whoever does not have it open is refused."""
    try:
        ready_to_answer(talk.session, talk.doer, data["paper"])
    except Refusal as refusal:
        standing = talk.session.get(Conversation, talk.person_id)
        if standing is None or (standing.step, standing.data) != ("ratings.form", data):
            raise
        own_to_write(talk.session, talk.doer, data["paper"])
        return refusal.phrase
    return None


def _onward(talk: Talk, opened: PaperFile) -> Go:
    round_ = round_of(talk.session, talk.person_id, opened.rating.id or 0)
    done, papers = len(round_.answered()), len(round_.papers)
    talk.toast(
        say("{name:을/를} 저장했습니다. ({done}/{papers})", name=opened.name, done=done, papers=papers)
    )
    following = round_.next_after(opened.id, talk.now)
    if following is None:
        return Go("ratings.review", {"rating": opened.rating.id})
    return Go("ratings.subject", {"paper": following.id})


def _field(criterion: Criterion, initial: str) -> Field:
    scale = read_scale(criterion.scale)
    name, label = f"criterion{criterion.id}", say("{name}", name=criterion.name)
    if scale.is_number:
        return NumberField(name, label, _hint(criterion, scale), UNIT, _check(scale), initial=initial)
    options = [Option(one, say("{name}", name=one)) for one in scale.labels()]
    return ChoiceField(name, label, _hint(criterion, scale), options, initial=initial)


def _hint(criterion: Criterion, scale: Scale) -> Phrase:
    """The question; of a number, its range too."""
    asked = criterion.question or criterion.name
    if scale.is_number:
        return say(
            "{question} {least}에서 {most} 사이의 정수로 적어 주세요.",
            question=asked,
            least=scale.least,
            most=scale.most,
        )
    return say("{question}", question=asked)


def _check(scale: Scale) -> Any:
    def check(value: Decimal) -> None:
        scale.percent_of(f"{value:f}")

    return check


def _answers(
    criteria: list[Criterion], values: Mapping[str, Any], before: Mapping[str, str]
) -> dict[str, str]:
    """By code of the criterion; what a half-filled form does not have stays as it was."""
    answers = dict(before)
    for one in criteria:
        value = values.get(f"criterion{one.id}")
        if value is not None and value != "":
            answers[one.code] = f"{value:f}" if isinstance(value, Decimal) else value
    return answers
