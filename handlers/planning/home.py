"""The plans a person works on: those that wait for them first."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col, select

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.planning.place import badge_of, go
from handlers.wording import HOME
from models.organization import Department, Role
from models.plan import Cycle, Indicator
from models.planning.confirming import may_confirm
from models.planning.file import PlanFile, right_to_draft
from models.planning.table import DepartmentPlan, PlanState
from models.words import say


def show(talk: Talk, _data: Data) -> Screen:
    """Every plan the person drafts, consults on or decides on, in cycles that are not over."""
    plans = sorted(_plans(talk), key=lambda plan: not _waits(talk, plan))
    buttons = [*_overseeing(talk), HOME]
    if not plans:
        return Notice(lines(say("작성하거나 검토할 성과계획이 없습니다.")), buttons=buttons)
    waiting = sum(_waits(talk, plan) for plan in plans)
    told = [say("처리를 기다리는 계획 {count}건", count=waiting)] if waiting else []
    choices = [
        Choice(plan.department.name, go("card", plan), plan.cycle.name, badge_of(plan)) for plan in plans
    ]
    return Menu(lines(Bold(say("성과계획")), *told), choices, buttons=buttons)


def choice(talk: Talk) -> Choice | None:
    """The line in the first menu, where a cycle that is not over asks for plans to be confirmed."""
    asks = select(Cycle.id).where(col(Cycle.asks_plan_confirmation), col(Cycle.ends_on) >= talk.today)
    roles = (Role.OFFICER, Role.TEAM_LEAD, Role.CONSULTANT, Role.EVALUATOR)
    if talk.session.exec(asks).first() is None or not any(talk.standing.has(one) for one in roles):
        return None
    return Choice(say("성과계획"), Go("plan.home"), say("지표 작성, 컨설팅, 검토, 확정"))


def _plans(talk: Talk) -> list[PlanFile]:
    cycles = talk.session.exec(
        select(Cycle).where(col(Cycle.ends_on) >= talk.today).order_by(col(Cycle.starts_on))
    )
    return [plan for cycle in cycles for plan in _of_cycle(talk, cycle) if _concerns(talk, plan)]


def _of_cycle(talk: Talk, cycle: Cycle) -> list[PlanFile]:
    """The departments that have indicators in the cycle, and the person's own, which may draft its first."""
    with_indicators = sa.select(col(Indicator.department_id)).where(col(Indicator.cycle_id) == cycle.id)
    here: sa.ColumnElement[bool] = col(Department.id).in_(with_indicators)
    if cycle.asks_plan_confirmation:
        here = here | (col(Department.id) == talk.person.department_id)
    query = select(Department, DepartmentPlan).join(
        DepartmentPlan,
        (col(DepartmentPlan.department_id) == col(Department.id))
        & (col(DepartmentPlan.cycle_id) == cycle.id),
        isouter=True,
    )
    rows = talk.session.exec(query.where(here).order_by(col(Department.position), col(Department.id)))
    return [PlanFile(cycle, department, plan) for department, plan in rows]


def _concerns(talk: Talk, plan: PlanFile) -> bool:
    path = plan.department.path
    if right_to_draft(talk.standing, plan.department):
        return True
    if not plan.cycle.asks_plan_confirmation:
        return False
    if talk.standing.right(Role.EVALUATOR, path) or talk.standing.has(Role.ADMINISTRATOR):
        return True
    consults = talk.standing.right(Role.CONSULTANT, path) is not None
    return consults and plan.state is PlanState.CONSULTATION


def _waits(talk: Talk, plan: PlanFile) -> bool:
    """Whether the next step is this person's."""
    if plan.state is PlanState.DRAFT:
        return right_to_draft(talk.standing, plan.department) is not None
    if plan.state is PlanState.CONSULTATION:
        return talk.standing.right(Role.CONSULTANT, plan.department.path) is not None
    return may_confirm(talk.doer, plan)


def _overseeing(talk: Talk) -> list[Button]:
    """What the evaluation office and administrators can do beside."""
    if not (talk.standing.has(Role.EVALUATOR) or talk.standing.has(Role.ADMINISTRATOR)):
        return []
    return [
        Button(say("지표 점검"), Go("plan.findings")),
        Button(say("지표 이관"), Go("plan.move")),
        Button(say("이관 예정"), Go("plan.moves")),
    ]
