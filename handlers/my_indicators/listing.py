"""The list of an officer's indicators, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.appeals.listing import choices_of
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME, badge_of, counted, deadline, value_of
from models.appeal.results import last_results
from models.submission import State
from models.submission.lists import Task, own_tasks
from models.words import Phrase, say

_CLOSED = Button(say("마감된 기간의 결과"), Go("my_indicators.closed"))


def show(talk: Talk, _data: Data) -> Screen:
    """Every indicator the person reports, in the periods that are open."""
    tasks = own_tasks(talk.session, talk.standing, talk.today)
    buttons = [_CLOSED, HOME] if last_results(talk.session, talk.doer) else [HOME]
    if not tasks:
        text = lines(say("지금 보고할 지표가 없습니다."), say("기간이 열리면 이곳에 표시됩니다."))
        return Notice(text, buttons=buttons)
    return Menu(
        lines(Bold(say("내 지표")), _summary(talk, tasks)),
        [choice_of(talk, task) for task in tasks],
        buttons=buttons,
    )


def show_closed(talk: Talk, _data: Data) -> Screen:
    """The results of the last period that was closed; each leads to its figures, and to an appeal while open."""
    results = last_results(talk.session, talk.doer)
    back = Button(say("내 지표"), Go("my_indicators.list"))
    if not results:
        return Notice(lines(say("마감된 기간의 결과가 없습니다.")), buttons=[back, HOME])
    return Menu(lines(Bold(_CLOSED.label)), choices_of(talk, results), buttons=[back, HOME])


def choice_of(talk: Talk, task: Task) -> Choice:
    """An indicator with its period, deadline and state; pressing it opens its report."""
    return Choice(
        label=task.indicator.name,
        detail=(say("{period}", period=task.period.name), " · ", _progress(talk, task)),
        badge=badge_of(talk, task.state, task.due_at),
        does=Go("report_actual.open", {"indicator": task.indicator.id, "period": task.period.id}),
    )


def _progress(talk: Talk, task: Task) -> Phrase:
    if task.is_open():
        return deadline(talk, task.due_at)
    if task.state is State.APPROVED and task.submission is not None:
        recognised = value_of(
            task.submission.recognised, task.indicator, task.submission.recognised_not_applicable
        )
        return say("인정 실적 {value}", value=recognised)
    return say("검토를 기다리는 중")


def _summary(talk: Talk, tasks: Sequence[Task]) -> Phrase:
    """`보고할 지표 3건(기한 지남 1건, 반려 1건), 검토 중 1건`."""
    due = sum(task.is_open() for task in tasks)
    late = sum(task.is_late(talk.now) for task in tasks)
    returned = sum(task.state is State.RETURNED for task in tasks)
    waiting = sum(task.state in (State.SUBMITTED, State.CONFIRMED) for task in tasks)
    approved = sum(task.state is State.APPROVED for task in tasks)
    to_report = say("보고할 지표 {count}건", count=due)
    if late or returned:
        pressing = counted(
            (late, say("기한 지남 {count}건", count=late)), (returned, say("반려 {count}건", count=returned))
        )
        to_report = say("{counts}({more})", counts=to_report, more=pressing)
    return counted(
        (due, to_report),
        (waiting, say("검토 중 {count}건", count=waiting)),
        (approved, say("승인 {count}건", count=approved)),
    )
