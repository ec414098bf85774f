"""The indicators of a department before its consultant: those in writing, and the notes after the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, deadline
from handlers.written_review import sent
from handlers.written_review.place import Part, consulted_part, part_of
from handlers.written_review.telling import tell_department
from handlers.written_review.words import mend_line, words_badge
from models.consultation.papers import paper_of
from models.consultation.review import PaperState, View, ViewStage
from models.consultation.tasks import tasks_of
from models.consultation.views import send_views, views_of, words_of
from models.plan import Indicator
from models.words import Refusal, say

Rows = Sequence[tuple[Indicator, View | None]]


def show(talk: Talk, data: Data) -> Screen:
    """The views in writing; once they were sent, what was sent."""
    part = part_of(talk, data)
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    if paper is not None and paper.state is PaperState.VIEWED:
        return sent.card(talk, part, ViewStage.WRITTEN)
    part = consulted_part(talk, data)
    papers, back = Button(say("제출 자료 보기"), part.go("paper")), _list(part)
    if paper is None or paper.state is PaperState.DRAFT:
        told = say(
            "{department:은/는} 아직 서면검토 자료를 제출하지 않았습니다.", department=part.department.name
        )
        return Notice(lines(told, say("제출되면 알려 드리겠습니다.")), buttons=[back, HOME])
    rows = views_of(talk.session, part.programme, part.department_id, ViewStage.WRITTEN)
    buttons = [papers, back]
    if _are_complete(rows):
        sure = say("의견을 보낼까요? 보낸 뒤에는 고칠 수 없습니다.")
        buttons.insert(0, Button(say("의견 보내기"), Press("send"), Style.PRIMARY, confirm=sure))
    return Menu(lines(*_told(talk, part, rows)), _choices(part, rows, ViewStage.WRITTEN), buttons=buttons)


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Sends all the views to the department."""
    if not isinstance(answer, Pressed) or answer.action != "send":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    part = consulted_part(talk, data)
    send_views(talk.session, talk.doer, part.programme_id, part.department_id)
    talk.changed(part.subject)
    tell_department(talk, part.department, part.go("sent", stage=ViewStage.WRITTEN.value))
    return part.go("views_sent")


def show_sent(talk: Talk, data: Data) -> Screen:
    """Says that they are on their way."""
    part = consulted_part(talk, data)
    told = say("{department}에 의견을 보냈습니다.", department=part.department.name)
    return Notice(
        lines(Bold(told), say("면담을 마치면 면담 결과를 써 주세요.")),
        tone=Tone.GOOD,
        buttons=[_list(part), Button(say("보낸 의견 보기"), part.go("department")), HOME],
    )


def show_notes(talk: Talk, data: Data) -> Screen:
    """The notes after the meeting, which may be corrected once they were sent."""
    part = consulted_part(talk, data)
    rows = views_of(talk.session, part.programme, part.department_id, ViewStage.NOTE)
    unsent = any(view is None or view.sent_at is None for _, view in rows)
    buttons = [Button(say("서면 의견 보기"), part.go("department")), HOME]
    if part.programme.written_due is None:
        buttons = [HOME]
    if tasks_of(talk.session, part.programme_id, part.department_id):
        buttons.insert(0, Button(say("고칠 점 진행"), part.go("tasks")))
    if unsent and _are_complete(rows):
        buttons.insert(0, Button(say("결과 보내기"), part.go("send_notes"), Style.PRIMARY))
    told: list[Line] = [Bold(say("{department} 면담 결과", department=part.department.name)), _count(rows)]
    if not unsent:
        told.append(say("부서에 보낸 결과입니다. 고치면 부서에 바로 전달됩니다."))
    elif part.programme.notes_due is not None:
        told.append(say("결과 기한: {due}", due=deadline(talk, part.programme.notes_due)))
    return Menu(lines(*told), _choices(part, rows, ViewStage.NOTE), buttons=buttons)


def _list(part: Part) -> Button:
    return Button(say("부서 목록"), Go("written_review.views", {"programme": part.programme_id}))


def _told(talk: Talk, part: Part, rows: Rows) -> list[Line]:
    told: list[Line] = [
        Bold(say("{department} 서면검토 의견", department=part.department.name)),
        _count(rows),
    ]
    if part.programme.views_due is not None:
        told.append(say("의견 기한: {due}", due=deadline(talk, part.programme.views_due)))
    return told


def _count(rows: Rows) -> Line:
    complete = sum(words_of(view).is_complete for _, view in rows)
    return say("지표 {all}개 가운데 {count}개를 썼습니다.", all=len(rows), count=complete)


def _are_complete(rows: Rows) -> bool:
    return bool(rows) and all(words_of(view).is_complete for _, view in rows)


def _choices(part: Part, rows: Rows, stage: ViewStage) -> list[Choice]:
    return [
        Choice(
            indicator.name,
            view_at(part, indicator, stage, view),
            mend_line(words_of(view)),
            words_badge(words_of(view)),
        )
        for indicator, view in rows
    ]


def view_at(part: Part, indicator: Indicator, stage: ViewStage, view: View | None) -> Go:
    """To the form of an indicator's view, as it stands now."""
    data = {"programme": part.programme_id, "indicator": indicator.id, "stage": stage.value}
    return Go("written_review.view", {**data, "revision": view.revision if view else 0})
