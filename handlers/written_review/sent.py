"""What a department gets to read: the views on all its indicators, in writing or after the meeting."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.wording import HOME, name_of
from handlers.written_review.place import Part, is_consultant, part_of
from handlers.written_review.words import words_lines
from models.consultation.review import View, ViewStage
from models.consultation.tasks import tasks_of
from models.consultation.views import views_of, words_of
from models.plan import Indicator
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card of a department at one stage."""
    return card(talk, part_of(talk, data), ViewStage(data["stage"]))


def card(talk: Talk, part: Part, stage: ViewStage) -> Card:
    """Refusal while nothing was sent: until then it is the consultant's alone."""
    rows = views_of(talk.session, part.programme, part.department_id, stage)
    read = [(indicator, view) for indicator, view in rows if view is not None and view.sent_at is not None]
    if not read:
        raise Refusal("컨설턴트가 아직 보낸 의견이 없습니다. 의견이 오면 알려 드리겠습니다.")
    count = sum(len(words_of(view).to_mend) for _, view in read)
    badge = (
        Badge(say("고칠 점 {count}건", count=count), Tone.WARNING) if count else Badge(say("적정"), Tone.GOOD)
    )
    told: list[Line] = []
    for indicator, view in read:
        told += ["", *words_lines(indicator, words_of(view))]
    department = part.department.name
    written = stage is ViewStage.WRITTEN
    is_reviewer = is_consultant(talk.standing, part.department)
    return Card(
        title=say("{department} 서면검토 의견", department=department)
        if written
        else say("{department} 면담 결과", department=department),
        subject=part.subject,
        badge=badge,
        prompt=() if is_reviewer else lines(say("지표별 의견을 확인해 주세요.")),
        facts=[
            (say("컨설팅"), part.programme.name),
            (say("컨설턴트"), _consultant(talk, read)),
            (say("발송 일시"), say("{at}", at=max(view.sent_at for _, view in read if view.sent_at))),
        ],
        text=lines(*told[1:]),
        buttons=_buttons(talk, part, stage),
    )


def _consultant(talk: Talk, read: list[tuple[Indicator, View]]) -> Line:
    names = [name_of(talk.session, key) for key in dict.fromkeys(view.consultant_id for _, view in read)]
    line: list[Line] = []
    for place, name in enumerate(names):
        line += [" · ", name] if place else [name]
    return tuple(line)  # type: ignore[arg-type]


def _buttons(talk: Talk, part: Part, stage: ViewStage) -> list[Button]:
    paper = Button(say("제출 자료 보기"), part.go("paper"))
    if is_consultant(talk.standing, part.department):
        notes = Button(say("면담 결과 쓰기"), part.go("notes"), Style.PRIMARY)
        return [notes, paper, HOME] if stage is ViewStage.WRITTEN else [notes, HOME]
    if stage is ViewStage.NOTE and tasks_of(talk.session, part.programme_id, part.department_id):
        return [Button(say("고칠 점 보기"), part.go("tasks"), Style.PRIMARY), HOME]
    return [paper, HOME] if stage is ViewStage.WRITTEN else [HOME]
