"""The progress of the whole city, department by department."""

from __future__ import annotations

from decimal import Decimal

from handlers.admin.home import ADMIN
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import badge_of, counted, deadline, name_of, period_in_full
from models.organization import Department
from models.period import administering
from models.plan import Period, reported_now
from models.scores import Progress, department_progress
from models.scoring import rounded
from models.submission import State
from models.submission.lists import board
from models.words import say


def show(talk: Talk, data: Data) -> Screen:
    """Departments with most to do first; one opened shows its indicators."""
    administering(talk.doer)
    open_periods = reported_now(talk.session, talk.today)
    if not open_periods:
        return Notice(lines(say("진행 중인 기간이 없습니다.")), buttons=[ADMIN])
    chosen = next((one for one in open_periods if one.id == data.get("period")), None)
    period = chosen or _first_to_do(talk, open_periods)
    if "department" in data:
        return _department(talk, period, data["department"])
    assert period.id is not None
    progress = department_progress(talk.session, talk.now, period.id)
    choices = [_choice(one, period) for one in sorted(progress, key=lambda one: -(one.late + one.missing))]
    others = [
        Button(
            say("{period} 보기", period=period_in_full(talk.session, one)),
            Go("admin.progress", {"period": one.id}),
        )
        for one in open_periods
        if one is not period
    ]
    return Menu(lines(*_summary(talk, period, progress)), choices, buttons=[*others, ADMIN])


def _first_to_do(talk: Talk, periods: list[Period]) -> Period:
    """The earliest period in which not everything is approved; where all is, the latest."""
    for period in periods:
        progress = department_progress(talk.session, talk.now, period.id or 0)
        if any(one.by_state[State.APPROVED] < one.indicators for one in progress):
            return period
    return periods[-1]


def _summary(talk: Talk, period: Period, progress: list[Progress]) -> list[Line]:
    total = sum(one.indicators for one in progress)
    approved = sum(one.by_state[State.APPROVED] for one in progress)
    waiting, missing = sum(one.undecided for one in progress), sum(one.missing for one in progress)
    returned, late = (
        sum(one.by_state[State.RETURNED] for one in progress),
        sum(one.late for one in progress),
    )
    done = say(
        "지표 {total}건 중 승인 {approved}건({share} %)",
        total=total,
        approved=approved,
        share=rounded(Decimal(approved * 100) / total, 0) if total else 0,
    )
    counts = counted(
        (1, done),
        (waiting, say("검토 중 {count}건", count=waiting)),
        (returned, say("반려 {count}건", count=returned)),
        (missing, say("미제출 {count}건", count=missing)),
        (late, say("기한 지남 {count}건", count=late)),
    )
    return [
        Bold(say("전체 진행 · {period}", period=period_in_full(talk.session, period))),
        deadline(talk, period.report_due),
        counts,
    ]


def _choice(one: Progress, period: Period) -> Choice:
    badge, approved = None, one.by_state[State.APPROVED]
    if one.late:
        badge = Badge(say("기한 지남 {count}건", count=one.late), Tone.BAD)
    elif approved == one.indicators:
        badge = Badge(say("완료"), Tone.GOOD)
    done = say("승인 {approved}/{total}", approved=approved, total=one.indicators)
    missing = say("미제출 {count}건", count=one.missing)
    detail: Line = (done, " · ", missing) if one.missing else done
    to = Go("admin.progress", {"period": period.id, "department": one.department_id})
    return Choice(one.name, to, detail, badge)


def _department(talk: Talk, period: Period, department_id: int) -> Screen:
    department = talk.session.get_one(Department, department_id)
    assert period.id is not None
    choices = [
        Choice(
            task.indicator.name,
            Go("review.card", {"submission": task.submission.id})
            if task.submission is not None
            else Go("report_actual.open", {"indicator": task.indicator.id, "period": period.id}),
            name_of(talk.session, task.indicator.officer_id),
            badge_of(talk, task.state, task.due_at),
        )
        for task in board(talk.session, [department.path], period.id, talk.today)
    ]
    back = Button(say("전체 진행으로"), Go("admin.progress", {"period": period.id}))
    return Menu(lines(Bold(department.name)), choices, buttons=[back, ADMIN])
