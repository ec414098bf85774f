"""Stepping back from a subject (회피), with a reason."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.ratings.told import tell_successor
from models.rating.answering import ready_to_answer
from models.rating.papers import round_of
from models.rating.recusing import step_back
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the reason."""
    opened = ready_to_answer(talk.session, talk.doer, data["paper"])
    hint = say("회피하는 사유를 적어 주세요. 예: 올해 초까지 그 부서에서 근무했습니다.")
    return Form(
        title=say("회피: {name}", name=opened.name),
        text=lines(say("회피하면 이 대상은 평가할 수 없고, 이미 제출한 답도 반영되지 않습니다.")),
        fields=[TextField("reason", say("사유"), hint, longest=500)],
        cancel=Go("ratings.subject", {"paper": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Steps back, tells who rates it instead, and goes on to the next subject."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    before = ready_to_answer(talk.session, talk.doer, data["paper"])
    following = round_of(talk.session, talk.person_id, before.rating.id or 0).next_after(before.id, talk.now)
    given = (before.id, before.paper.revision, answer.values["reason"])
    opened, successor = step_back(talk.session, talk.doer, *given)
    talk.changed(opened.key)
    talk.toast(say("{name:을/를} 회피했습니다.", name=opened.name))
    if successor is not None:
        tell_successor(talk, successor, opened.rating.id or 0)
    if following is None:
        return Go("ratings.list", {"rating": opened.rating.id})
    return Go("ratings.subject", {"paper": following.id})
