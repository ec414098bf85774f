"""Notes go back to the department: sending them, and what its people are told of them."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, deadline
from handlers.written_review.place import Part, consulted_part, may_see_part
from handlers.written_review.telling import officers_of, tell_department, tell_officers
from handlers.written_review.words import CRITERIA
from models.consultation.papers import find_department, find_programme, indicators_of, may_read
from models.consultation.review import TaskState, ViewStage
from models.consultation.tasks import (
    Changes,
    OpenedTask,
    due_of_tasks,
    own_tasks,
    send_notes,
    tasks_of,
)
from models.plan import Indicator
from models.words import Phrase, Refusal, say


def show_form(talk: Talk, data: Data) -> Screen:
    """Until when the department mends what is not good."""
    part = consulted_part(talk, data)
    due = due_of_tasks(talk.session, talk.doer, part.programme)
    return Form(
        title=say("{department} 면담 결과 보내기", department=part.department.name),
        text=lines(say("적정이 아닌 항목마다 담당자에게 고칠 점이 전달됩니다.")),
        fields=[
            DateField(
                "due",
                say("고칠 기한"),
                say("그날 18:00까지입니다. 적지 않으시면 {due}까지입니다.", due=due),
                earliest=talk.today,
                required=False,
                skip=say("이 기한으로"),
            )
        ],
        cancel=part.go("notes"),
    )


def take_form(talk: Talk, data: Data, answer: Answer) -> Go:
    """Sends the notes, and tells the department and each officer."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    part = consulted_part(talk, data)
    send_notes(talk.session, talk.doer, part.programme_id, part.department_id, answer.values["due"])
    talk.changed(part.subject)
    indicators = indicators_of(talk.session, part.programme, part.department_id)
    tell_department(talk, part.department, part.go("result"), officers_of(talk, indicators))
    return part.go("notes_sent")


def show_sent(talk: Talk, data: Data) -> Screen:
    """Says that they are on their way, and what was asked for."""
    part = consulted_part(talk, data)
    count = len(_open(tasks_of(talk.session, part.programme_id, part.department_id)))
    told = say("고칠 점 {count}건을 담당자에게 전달했습니다.", count=count)
    return Notice(
        lines(
            Bold(say("{department}에 면담 결과를 보냈습니다.", department=part.department.name)),
            told if count else say("고칠 점이 없습니다."),
        ),
        tone=Tone.GOOD,
        buttons=[Button(say("보낸 결과 보기"), part.go("sent", stage=ViewStage.NOTE.value)), HOME],
    )


def show_result(talk: Talk, data: Data) -> Screen:
    """What the department's people are told: how much there is to mend, of it their own."""
    part = _told_part(talk, data)
    tasks = _open(tasks_of(talk.session, part.programme_id, part.department_id))
    own = _open(_own(talk, part))
    read = Button(say("면담 결과 보기"), part.go("sent", stage=ViewStage.NOTE.value))
    buttons = [read] if may_see_part(talk, data) else []
    told: list[Line] = [
        say("{department} · {programme}", department=part.department.name, programme=part.programme.name)
    ]
    if own:
        head = say("컨설팅 결과 고칠 점이 {count}건 있습니다.", count=len(own))
        told += [_line(one) for one in own] + [
            say("기한: {due}", due=deadline(talk, one.task.due_at)) for one in own[:1] if one.task.due_at
        ]
        buttons.insert(0, Button(say("고칠 점 보기"), Go("written_review.tasks"), Style.PRIMARY))
    elif tasks:
        head = say("부서에 컨설팅 결과가 도착했습니다. 고칠 점이 {count}건 있습니다.", count=len(tasks))
        buttons.insert(0, Button(say("고칠 점 진행"), part.go("tasks")))
    else:
        head = say("컨설팅 결과가 도착했습니다. 고칠 점이 없습니다.")
    return Notice(
        lines(Bold(head), *told), tone=Tone.WARNING if own else Tone.NEUTRAL, buttons=[*buttons, HOME]
    )


def may_hear(talk: Talk, data: Data) -> bool:
    """Who reads the department's part, and who has something to mend in it."""
    return may_see_part(talk, data) or bool(_own(talk, _told_part(talk, data)))


def tell_of_correction(talk: Talk, part: Part, indicator: Indicator, changes: Changes) -> None:
    """The officer of a note that was corrected, and every card that shows it."""
    talk.changed(part.subject)
    for task in (*changes.new, *changes.dropped):
        talk.changed(f"task:{task.id}")
    new, dropped = len(changes.new), len(changes.dropped)
    to = {"programme": part.programme_id, "indicator": indicator.id, "new": new, "dropped": dropped}
    tell_officers(talk, [indicator], Go("written_review.corrected", to))


def show_corrected(talk: Talk, data: Data) -> Screen:
    """What the officer is told of a corrected note: what is new, and what is not needed any more."""
    indicator = talk.session.get_one(Indicator, data["indicator"])
    part = Part(
        find_programme(talk.session, data["programme"]),
        find_department(talk.session, indicator.department_id),
    )
    told: list[Line] = [say("{programme}", programme=part.programme.name)]
    if data["new"]:
        told.append(say("새로 고칠 점이 {count}건 있습니다.", count=data["new"]))
    if data["dropped"]:
        told.append(say("고칠 점 {count}건은 이제 하지 않으셔도 됩니다.", count=data["dropped"]))
    head = Bold(say("{indicator}의 면담 결과가 고쳐졌습니다.", indicator=indicator.name))
    buttons = [Button(say("고칠 점 보기"), Go("written_review.tasks"), Style.PRIMARY)]
    if may_read(talk.standing, part.department.path):
        buttons.append(Button(say("면담 결과 보기"), part.go("sent", stage=ViewStage.NOTE.value)))
    return Notice(lines(head, *told), tone=Tone.WARNING if data["new"] else Tone.NEUTRAL, buttons=buttons)


def may_hear_of(talk: Talk, data: Data) -> bool:
    """The same for one indicator."""
    indicator = talk.session.get_one(Indicator, data["indicator"])
    return may_hear(talk, {"programme": data["programme"], "department": indicator.department_id})


def _told_part(talk: Talk, data: Data) -> Part:
    programme = find_programme(talk.session, data["programme"])
    return Part(programme, find_department(talk.session, data["department"]))


def _own(talk: Talk, part: Part) -> list[OpenedTask]:
    keys = (part.programme_id, part.department_id)
    own = own_tasks(talk.session, talk.standing)
    return [one for one in own if (one.programme.id, one.department.id) == keys]


def _open(tasks: list[OpenedTask]) -> list[OpenedTask]:
    return [one for one in tasks if one.task.state is TaskState.OPEN]


def _line(opened: OpenedTask) -> Phrase:
    criterion = CRITERIA[opened.task.criterion]
    return say("• {indicator} — {criterion}", indicator=opened.indicator.name, criterion=criterion)
