"""The forms in which a deduction is decided on or objected to, each with a reason, and what is said after them."""

from __future__ import annotations

from handlers.deductions.telling import tell_administrators, tell_department
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.consultation.deducting import (
    confirm,
    drop,
    may_decide,
    must_be_as_seen,
    object_to,
    objection_due,
    settle,
)
from models.consultation.deduction import DeductionState
from models.consultation.deduction_file import DeductionFile, deductions_seen_by, may_see, open_deduction
from models.words import Phrase, Refusal, say

_LONGEST_OBJECTION = 2000
_HOW = {
    "confirm": (say("감점 확정"), say("감점하는 사유를 적어 주세요. 부서에 그대로 통보됩니다.")),
    "drop": (say("감점하지 않음"), say("감점하지 않는 사유를 적어 주세요. 감사 기록에 남습니다.")),
    "uphold": (say("감점 유지"), say("이의신청을 받아들이지 않는 사유를 적어 주세요. 부서에 통보됩니다.")),
    "withdraw": (say("감점 철회"), say("감점을 철회하는 사유를 적어 주세요. 부서에 통보됩니다.")),
}
_DONE = {
    DeductionState.CONFIRMED: say("감점을 확정하고 부서에 통보했습니다."),
    DeductionState.DROPPED: say("감점하지 않기로 했습니다."),
    DeductionState.OBJECTED: say("이의신청을 접수했습니다. 다른 관리자가 심의해 결과를 알려 드립니다."),
    DeductionState.UPHELD: say("감점을 유지하고 부서에 통보했습니다."),
    DeductionState.WITHDRAWN: say("감점을 철회하고 부서에 통보했습니다."),
}


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the reason of one of the four decisions."""
    opened = _opened(talk, data)
    if (gone := _overtaken(talk, opened, data["revision"])) is not None:
        return gone
    label, hint = _HOW[data["how"]]
    return Form(
        title=say("{label}: {department}", label=label, department=opened.department.name),
        text=lines(*_before(talk, opened, data["how"])),
        fields=[TextField("reason", say("사유"), hint)],
        cancel=Go("deductions.card", {"deduction": opened.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Decides, and tells the department what it is to know."""
    reason = _filled(answer, "reason")
    given = (talk.session, talk.doer, data["deduction"], data["revision"], reason)
    match data["how"]:
        case "confirm":
            opened = confirm(*given)
        case "drop":
            opened = drop(*given)
        case how:
            opened = settle(*given, upheld=how == "uphold")
    if data["how"] != "drop":
        tell_department(talk, opened)
    talk.changed(opened.subject)
    return Go("deductions.done", {"deduction": opened.id})


def show_objection(talk: Talk, data: Data) -> Screen:
    """Asks why the department should not lose the points."""
    opened = _opened(talk, data)
    if (gone := _overtaken(talk, opened, data["revision"])) is not None:
        return gone
    hint = say("참여하지 못한 사유와 근거를 적어 주세요. 한 번만 신청할 수 있습니다.")
    return Form(
        title=say("이의신청: {department}", department=opened.department.name),
        text=lines(say("확정 사유: {reason}", reason=opened.deduction.reason)),
        fields=[TextField("text", say("이의 내용"), hint, longest=_LONGEST_OBJECTION)],
        cancel=Go("deductions.card", {"deduction": opened.id}),
    )


def take_objection(talk: Talk, data: Data, answer: Answer) -> Go:
    """Objects, and puts it before the administrators."""
    text = _filled(answer, "text")
    opened = object_to(talk.session, talk.doer, data["deduction"], data["revision"], text)
    tell_administrators(talk, opened.id)
    talk.changed(opened.subject)
    return Go("deductions.done", {"deduction": opened.id})


def show_done(talk: Talk, data: Data) -> Screen:
    """What was decided, and the next one that waits."""
    opened = _opened(talk, data)
    state = opened.deduction.state
    waiting = [
        one for one in deductions_seen_by(talk.session, talk.doer) if may_decide(talk.session, talk.doer, one)
    ]
    buttons = [Button(say("감점 목록"), Go("deductions.list"))]
    if waiting:
        following = Go("deductions.card", {"deduction": waiting[0].id})
        buttons.insert(0, Button(say("다음 감점 보기"), following, Style.PRIMARY))
    title = say("{department} 미참여 감점", department=opened.department.name)
    told = _DONE.get(state, say("아직 결정되지 않았습니다."))
    return Notice(lines(Bold(title), told), tone=Tone.GOOD, buttons=buttons)


def _opened(talk: Talk, data: Data) -> DeductionFile:
    opened = open_deduction(talk.session, data["deduction"])
    if not may_see(talk.doer, opened):
        raise Refusal("이 감점을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return opened


def _overtaken(talk: Talk, opened: DeductionFile, revision: int) -> Notice | None:
    """Why there is nothing to decide any more on what was seen at `revision`; None where there is."""
    try:
        must_be_as_seen(talk.session, opened, revision)
    except Refusal as refusal:
        see = Button(say("감점 보기"), Go("deductions.card", {"deduction": opened.id}), Style.PRIMARY)
        return Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=[see])
    return None


def _before(talk: Talk, opened: DeductionFile, how: str) -> list[Phrase]:
    """What to know before deciding."""
    if how == "confirm":
        due = objection_due(talk.session, talk.doer, opened.programme.objection_days)
        points = opened.deduction.points
        return [
            say(
                "{points}점을 감점합니다. 부서는 {due}까지 이의를 신청할 수 있습니다.", points=points, due=due
            )
        ]
    if how in ("uphold", "withdraw"):
        return [say("이의 내용: {text}", text=opened.deduction.objection)]
    return []


def _filled(answer: Answer, name: str) -> str:
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    text: str = answer.values[name]
    return text
