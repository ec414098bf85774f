"""What a note asks for: the list, one task with its answer, opening it again."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Button, Card, Choice, Form, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, deadline, name_of
from handlers.written_review.place import Part, is_consultant, part_of
from handlers.written_review.telling import tell_consultants, tell_officers
from handlers.written_review.words import CRITERIA, judged, plan_lines, task_badge
from models.consultation.papers import may_read
from models.consultation.review import TaskState, ViewStage
from models.consultation.tasks import (
    OpenedTask,
    answer_task,
    must_be_as_seen,
    open_task,
    own_tasks,
    reopen_task,
    tasks_of,
)
from models.consultation.views import words_of
from models.rights import may_report
from models.words import Phrase, Refusal, say


def show_list(talk: Talk, data: Data) -> Screen:
    """A person's own tasks, or those of a department for who may see them."""
    if "department" in data:
        part = part_of(talk, data)
        tasks = tasks_of(talk.session, part.programme_id, part.department_id)
        head = say("{department} 고칠 점", department=part.department.name)
    else:
        tasks, head = own_tasks(talk.session, talk.standing), say("컨설팅 결과 고칠 점")
    if not tasks:
        return Notice(lines(say("컨설팅 결과 고칠 점이 없습니다.")), buttons=[HOME])
    left = sum(one.task.state is TaskState.OPEN for one in tasks)
    count = say("답변 전 {count}건", count=left) if left else say("모두 답변했습니다.")
    return Menu(lines(Bold(head), count), [_choice(talk, one) for one in tasks], buttons=[HOME])


def show(talk: Talk, data: Data) -> Screen:
    """One task: what was said, what was done about it, and what can be done now."""
    opened = open_task(talk.session, data["task"])
    if not _may_see(talk, opened):
        raise Refusal("이 항목을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    asked = [say("컨설턴트가 답변을 다시 요청했습니다.")] if _is_asked_again(opened) else []
    return Card(
        title=opened.indicator.name,
        subject=opened.subject,
        badge=task_badge(talk, opened),
        prompt=lines(*asked),
        facts=_facts(talk, opened),
        text=lines(*plan_lines(talk, opened.indicator)),
        buttons=_buttons(talk, opened),
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Asked again when the card leaves for its reader."""
    return _may_see(talk, open_task(talk.session, data["task"]))


def show_answer(talk: Talk, data: Data) -> Screen:
    """Asks what was done."""
    opened = open_task(talk.session, data["task"])
    if may_report(talk.standing, opened.indicator, opened.department.path) is None:
        raise Refusal("{indicator:은/는} 담당자만 답할 수 있습니다.", indicator=opened.indicator.name)
    if (gone := _gone(talk, opened, TaskState.OPEN, data["revision"])) is not None:
        return gone
    told: list[Line] = [judged(opened.task.criterion, words_of(opened.view).verdicts[opened.task.criterion])]
    return Form(
        title=opened.indicator.name,
        text=lines(*told, opened.view.text, *_again(opened)),
        fields=[
            TextField(
                "answer",
                say("고친 내용"),
                say("무엇을 어떻게 고쳤는지 적어 주세요. 고치지 않기로 했다면 그 까닭을 적어 주세요."),
                initial=opened.task.answer,
            )
        ],
        cancel=Go("written_review.task", {"task": data["task"]}),
    )


def take_answer(talk: Talk, data: Data, answer: Answer) -> Go:
    """Notes the answer; with the last one of a department its consultant is told."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    opened = answer_task(talk.session, talk.doer, data["task"], data["revision"], answer.values["answer"])
    talk.changed(opened.subject)
    part = _part(opened)
    tasks = tasks_of(talk.session, part.programme_id, part.department_id)
    if all(one.task.state is TaskState.DONE for one in tasks):
        wrote = {one.view.consultant_id for one in tasks}
        tell_consultants(talk, part.department, part.go("all_answered"), wrote)
    return Go("written_review.answered", {"task": opened.task.id})


def show_answered(talk: Talk, data: Data) -> Screen:
    """Says so, and leads to the next task."""
    left = [one for one in own_tasks(talk.session, talk.standing) if one.task.state is TaskState.OPEN]
    buttons = [Button(say("고칠 점 목록"), Go("written_review.tasks")), HOME]
    told = say("답변할 고칠 점이 남아 있지 않습니다.")
    if left:
        following = Go("written_review.task", {"task": left[0].task.id})
        buttons.insert(0, Button(say("다음 고칠 점"), following, Style.PRIMARY))
        told = say("답변할 고칠 점이 {count}건 남았습니다.", count=len(left))
    return Notice(lines(Bold(say("답변을 저장했습니다.")), told), tone=Tone.GOOD, buttons=buttons)


def show_all_answered(talk: Talk, data: Data) -> Screen:
    """What the consultant is told once a department has answered everything."""
    part = part_of(talk, data)
    count = len(tasks_of(talk.session, part.programme_id, part.department_id))
    return Notice(
        lines(
            Bold(
                say(
                    "{department:이/가} 고칠 점 {count}건에 모두 답했습니다.",
                    department=part.department.name,
                    count=count,
                )
            ),
            say("답변을 확인하고, 더 고칠 점이 있으면 다시 열어 주세요."),
        ),
        tone=Tone.GOOD,
        buttons=[Button(say("답변 보기"), part.go("tasks"), Style.PRIMARY), HOME],
    )


def show_reopen(talk: Talk, data: Data) -> Screen:
    """Asks the consultant why."""
    opened = open_task(talk.session, data["task"])
    if not is_consultant(talk.standing, opened.department):
        raise Refusal("{department}의 컨설턴트만 다시 열 수 있습니다.", department=opened.department.name)
    if (gone := _gone(talk, opened, TaskState.DONE, data["revision"])) is not None:
        return gone
    return Form(
        title=say("다시 열기: {indicator}", indicator=opened.indicator.name),
        text=lines(say("답변: {text}", text=opened.task.answer)),
        fields=[
            TextField("reason", say("사유"), say("무엇이 더 필요한지 적어 주세요. 담당자에게 전달됩니다."))
        ],
        cancel=Go("written_review.task", {"task": data["task"]}),
    )


def take_reopen(talk: Talk, data: Data, answer: Answer) -> Go:
    """Opens it again and tells the officer."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    opened = reopen_task(talk.session, talk.doer, data["task"], data["revision"], answer.values["reason"])
    talk.changed(opened.subject)
    to = Go("written_review.task", {"task": opened.task.id})
    tell_officers(talk, [opened.indicator], to)
    talk.toast(say("다시 열었습니다. 담당자에게 전달했습니다."))
    return to


def _may_see(talk: Talk, opened: OpenedTask) -> bool:
    path = opened.department.path
    return may_read(talk.standing, path) or may_report(talk.standing, opened.indicator, path) is not None


def _part(opened: OpenedTask) -> Part:
    return Part(opened.programme, opened.department)


def _gone(talk: Talk, opened: OpenedTask, state: TaskState, revision: int) -> Notice | None:
    """Why there is nothing to do any more on what was seen, with the way on; None where there is."""
    try:
        must_be_as_seen(talk.session, opened.task, state, revision)
    except Refusal as refusal:
        see = Button(say("내용 보기"), Go("written_review.task", {"task": opened.task.id}), Style.PRIMARY)
        return Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=[see, HOME])
    return None


def _is_asked_again(opened: OpenedTask) -> bool:
    return bool(opened.task.reason) and opened.task.state is TaskState.OPEN


def _again(opened: OpenedTask) -> list[Line]:
    return [say("다시 연 사유: {text}", text=opened.task.reason)] if _is_asked_again(opened) else []


def _choice(talk: Talk, opened: OpenedTask) -> Choice:
    due = opened.task.due_at
    detail: Line = CRITERIA[opened.task.criterion]
    if due is not None and opened.task.state is TaskState.OPEN:
        detail = (CRITERIA[opened.task.criterion], " · ", deadline(talk, due))
    to = Go("written_review.task", {"task": opened.task.id})
    return Choice(opened.indicator.name, to, detail, task_badge(talk, opened))


def _facts(talk: Talk, opened: OpenedTask) -> list[tuple[Phrase, Line]]:
    task, words = opened.task, words_of(opened.view)
    facts: list[tuple[Phrase, Line]] = [
        (say("컨설팅"), opened.programme.name),
        (say("부서"), opened.department.name),
        (say("항목"), judged(task.criterion, words.verdicts[task.criterion])),
        (say("컨설턴트 의견"), words.text or say("-")),
    ]
    if task.due_at is not None and task.state is TaskState.OPEN:
        facts.append((say("고칠 기한"), deadline(talk, task.due_at)))
    if task.answer:
        facts.append((say("답변"), task.answer))
    if task.done_at is not None:
        who = name_of(talk.session, task.done_by_id)
        facts.append((say("답변자"), say("{name} · {at}", name=who, at=task.done_at)))
    if task.reason:
        facts.append((say("다시 연 사유"), task.reason))
    return facts


def _buttons(talk: Talk, opened: OpenedTask) -> list[Button]:
    task, buttons = opened.task, []
    here = {"task": task.id, "revision": task.revision}
    part = _part(opened)
    mine = may_report(talk.standing, opened.indicator, opened.department.path) is not None
    if mine and task.state is TaskState.OPEN:
        buttons.append(Button(say("고친 내용 적기"), Go("written_review.answer", here), Style.PRIMARY))
    if is_consultant(talk.standing, opened.department) and task.state is TaskState.DONE:
        buttons.append(Button(say("다시 열기"), Go("written_review.reopen", here), Style.DANGER))
    if may_read(talk.standing, opened.department.path):
        note = part.go("sent", stage=ViewStage.NOTE.value)
        buttons.append(Button(say("면담 결과 보기"), note))
    own = Go("written_review.tasks") if mine else part.go("tasks")
    return [*buttons, Button(say("고칠 점 목록"), own)]
