"""The forms in which a plan is returned, or its adjustment asked for, each with a reason."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.planning.place import go, opened
from handlers.planning.telling import tell_department, tell_evaluators
from models.planning.confirming import adjust, return_plan
from models.planning.file import overtaken
from models.words import Refusal, say

_HOW = {
    "return": (say("반려"), say("무엇을 고쳐야 하는지 적어 주세요. 부서에 그대로 전달됩니다.")),
    "adjust": (
        say("조정 신청"),
        say("확정된 계획을 왜 고치는지 적어 주세요. 다시 확정될 때까지 지금 계획이 쓰입니다."),
    ),
}


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the reason."""
    plan = opened(talk, data)
    if plan.revision != data["revision"]:
        see = Button(say("계획 보기"), go("card", plan), Style.PRIMARY)
        return Notice(lines(overtaken(talk.session, plan).phrase), tone=Tone.WARNING, buttons=[see])
    label, hint = _HOW[data["how"]]
    return Form(
        title=say("{label}: {department}", label=label, department=plan.department.name),
        text=(),
        fields=[TextField("reason", say("사유"), hint)],
        cancel=go("card", plan),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Returns the plan or opens it once more, and tells the other side."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    plan = opened(talk, data)
    key = (talk.session, talk.doer, plan.cycle_id, plan.department_id, data["revision"])
    if data["how"] == "return":
        tell_department(talk, return_plan(*key, answer.values["reason"]))
        talk.toast(say("계획을 반려하고 부서에 알렸습니다."))
    else:
        tell_evaluators(talk, adjust(*key, answer.values["reason"]))
        talk.toast(say("조정을 신청했습니다. 고친 뒤 검토를 요청해 주세요."))
    talk.changed(plan.subject)
    return go("card", plan)
