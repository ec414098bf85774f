"""The board of the departments a team lead answers for, one period at a time."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, badge_of, counted, days_left, name_of, period_in_full
from models.organization import Role
from models.plan import Period
from models.submission import State
from models.submission.lists import Task, board, reported_in
from models.words import say

_ORDER = [
    None,
    State.RETURNED,
    State.DRAFT,
    State.WITHDRAWN,
    State.SUBMITTED,
    State.CONFIRMED,
    State.APPROVED,
]


def show(talk: Talk, data: Data) -> Screen:
    """Every indicator of the department with the state of its report; what needs attention comes first."""
    paths = [held.path for held in talk.standing.holdings if held.role is Role.TEAM_LEAD]
    if not paths:
        return Notice(lines(say("부서 현황은 팀장이 보는 화면입니다.")), buttons=[HOME])
    periods = reported_in(talk.session, paths, talk.today)
    chosen = next((one for one in periods if one.id == data.get("period")), None)
    period = chosen or _first_to_do(talk, paths, periods)
    tasks = board(talk.session, paths, period.id, talk.today) if period and period.id else []
    if period is None or not tasks:
        return Notice(lines(say("지금 확인할 지표가 없습니다.")), buttons=[HOME])
    ordered = sorted(tasks, key=lambda task: (not task.is_late(talk.now), _ORDER.index(task.state)))
    text: list[Line] = [
        Bold(say("부서 현황 · {period}", period=period_in_full(talk.session, period))),
        _counts(talk, tasks),
        *_at_stake(tasks),
    ]
    other = Button(say("다른 기간"), Go("team_board.periods"))
    buttons = [other, HOME] if len(periods) > 1 else [HOME]
    return Menu(lines(*text), [_choice(talk, task) for task in ordered], buttons=buttons)


def _first_to_do(talk: Talk, paths: Sequence[str], periods: Sequence[Period]) -> Period | None:
    """The earliest period in which not everything is approved; where all is, the latest."""
    for period in periods:
        if any(
            task.state is not State.APPROVED
            for task in board(talk.session, paths, period.id or 0, talk.today)
        ):
            return period
    return periods[-1] if periods else None


def show_periods(talk: Talk, _data: Data) -> Screen:
    """The open periods in which the department reports anything."""
    paths = [held.path for held in talk.standing.holdings if held.role is Role.TEAM_LEAD]
    choices = [
        Choice(
            period_in_full(talk.session, period),
            Go("team_board.board", {"period": period.id}),
            days_left(talk, period.report_due),
        )
        for period in (reported_in(talk.session, paths, talk.today) if paths else ())
    ]
    return Menu(lines(say("어느 기간을 볼까요?")), choices, buttons=[HOME])


def _choice(talk: Talk, task: Task) -> Choice:
    officer = name_of(talk.session, task.indicator.officer_id)
    to = Go("report_actual.open", {"indicator": task.indicator.id, "period": task.period.id})
    if task.submission is not None and not task.is_open():
        to = Go("review.card", {"submission": task.submission.id})
    detail: Line = (task.department.name, " · ", officer, " · ", days_left(talk, task.due_at))
    if not task.is_open():
        detail = (task.department.name, " · ", officer)
    return Choice(task.indicator.name, to, detail, badge_of(talk, task.state, task.due_at))


def _counts(talk: Talk, tasks: Sequence[Task]) -> Line:
    missing = sum(task.state in (None, State.DRAFT, State.WITHDRAWN) for task in tasks)
    returned = sum(task.state is State.RETURNED for task in tasks)
    submitted = sum(task.state in (State.SUBMITTED, State.CONFIRMED) for task in tasks)
    approved = sum(task.state is State.APPROVED for task in tasks)
    late = sum(task.is_late(talk.now) for task in tasks)
    counts = counted(
        (missing, say("미제출 {count}건", count=missing)),
        (returned, say("반려 {count}건", count=returned)),
        (submitted, say("제출 {count}건", count=submitted)),
        (approved, say("승인 {count}건", count=approved)),
        (late, say("기한 지남 {count}건", count=late)),
    )
    return (say("지표 {count}건", count=len(tasks)), " — ", counts)


def _at_stake(tasks: Sequence[Task]) -> list[Line]:
    """The weight of what is still to be handed in; nothing where only unscored indicators are."""
    missing = [task for task in tasks if task.is_open()]
    if not missing:
        return [say("모두 제출되었습니다.")]
    weight = sum(task.indicator.weight for task in missing if task.indicator.scored)
    return [say("아직 제출되지 않은 가중치는 {weight}점입니다.", weight=weight)] if weight else []
