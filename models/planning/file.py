"""The plan of a department in a cycle, opened: where it stands, and changing that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import AuditRow, last_row
from models.doer import Doer
from models.organization import Department, Person, Role
from models.plan import Cycle
from models.planning.table import DepartmentPlan, PlanState
from models.rights import Holding, Standing
from models.store import changed_one, insert_if_absent
from models.words import Refusal


@dataclass(frozen=True)
class PlanFile:
    """A department's plan; `plan` is None as long as nothing was done with it, which is a draft."""

    cycle: Cycle
    department: Department
    plan: DepartmentPlan | None
    handed_in_for: int | None = None
    """In whose name the review was asked for that is under way, where somebody stood in for them."""

    @property
    def cycle_id(self) -> int:
        return self.cycle.id or 0

    @property
    def department_id(self) -> int:
        return self.department.id or 0

    @property
    def state(self) -> PlanState:
        """Where it stands; confirmed, in a cycle that asks for no confirmation."""
        if not self.cycle.asks_plan_confirmation:
            return PlanState.CONFIRMED
        return self.plan.state if self.plan else PlanState.DRAFT

    @property
    def revision(self) -> int:
        return self.plan.revision if self.plan else 0

    @property
    def was_confirmed(self) -> bool:
        """Whether it was confirmed once: what is drafted since is an adjustment (조정)."""
        return self.plan is not None and self.plan.confirmed_at is not None

    @property
    def proposed(self) -> dict[str, Any]:
        """What is to change with the next confirmation, by code of the indicator."""
        return self.plan.proposed if self.plan else {}

    @property
    def subject(self) -> str:
        """What the audit and the cards call it."""
        return subject_of(self.cycle_id, self.department_id)


def subject_of(cycle_id: int, department_id: int) -> str:
    return f"plan:{cycle_id}:{department_id}"


def open_plan(session: Session, cycle_id: int, department_id: int) -> PlanFile:
    """Reads a department's plan as it is now. Refusal where there is no such cycle or department."""
    cycle, department = session.get(Cycle, cycle_id), session.get(Department, department_id)
    if cycle is None or department is None:
        raise Refusal("찾으시는 성과계획이 없습니다. 목록에서 다시 선택해 주세요.")
    table = DepartmentPlan.__table__  # type: ignore[attr-defined]
    here = sa.select(table).where(table.c.cycle_id == cycle_id, table.c.department_id == department_id)
    row = session.execute(here).mappings().one_or_none()
    # A row of its own, that stays as it was seen when the session changes the one it knows.
    plan = None if row is None else DepartmentPlan(**row)
    in_review = plan is not None and plan.state is PlanState.REVIEW
    return PlanFile(
        cycle, department, plan, _handed_in_for(session, cycle_id, department_id) if in_review else None
    )


def _handed_in_for(session: Session, cycle_id: int, department_id: int) -> int | None:
    """That is in the audit alone."""
    here = col(AuditRow.subject) == subject_of(cycle_id, department_id)
    row = last_row(session, here, col(AuditRow.action) == f"plan.{PlanState.REVIEW.value}")
    return row.acting_for_id if row else None


def right_to_draft(standing: Standing, department: Department) -> Holding | None:
    """The right of an officer or a team lead of the department to draft its plan."""
    return standing.right(Role.OFFICER, department.path) or standing.right(Role.TEAM_LEAD, department.path)


def may_see_plan(standing: Standing, department: Department) -> bool:
    """Whether a person sees the department's plan: drafting, handing in, consulting or deciding."""
    roles = (Role.OFFICER, Role.TEAM_LEAD, Role.CONSULTANT, Role.EVALUATOR)
    return standing.has(Role.ADMINISTRATOR) or any(standing.right(one, department.path) for one in roles)


def change_plan(
    session: Session,
    doer: Doer,
    opened: PlanFile,
    revision: int,
    allowed: tuple[PlanState, ...],
    to: PlanState,
    **values: object,
) -> PlanFile:
    """Sets the state where state and revision are still those that were seen; else says what came between."""
    if not opened.cycle.asks_plan_confirmation:
        raise Refusal(
            "{cycle:은/는} 계획을 파일로 등록하는 성과주기입니다. 바꿀 것이 있으면 관리자에게 알려 주세요.",
            cycle=opened.cycle.name,
        )
    if opened.plan is None and PlanState.DRAFT in allowed:
        insert_if_absent(
            session, DepartmentPlan, cycle_id=opened.cycle_id, department_id=opened.department_id,
            state=PlanState.DRAFT, changed_at=doer.now, reason="", revision=0, proposed={},
        )  # fmt: skip
    changed = changed_one(
        session,
        sa.update(DepartmentPlan)
        .where(
            col(DepartmentPlan.cycle_id) == opened.cycle_id,
            col(DepartmentPlan.department_id) == opened.department_id,
            col(DepartmentPlan.revision) == revision,
            col(DepartmentPlan.state).in_(allowed),
        )
        .values(state=to, revision=revision + 1, changed_by_id=doer.person_id, changed_at=doer.now, **values),
    )
    again = open_plan(session, opened.cycle_id, opened.department_id)
    if not changed:
        raise overtaken(session, again, allowed)
    return again


def overtaken(session: Session, opened: PlanFile, allowed: tuple[PlanState, ...] = ()) -> Refusal:
    """What came between a press and its effect: who was quicker, and what they did."""
    plan = opened.plan
    if plan is None or plan.changed_by_id is None or plan.state in allowed:
        return Refusal("그사이 계획이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    name, at = session.get_one(Person, plan.changed_by_id).name, plan.changed_at
    match plan.state:
        case PlanState.CONSULTATION:
            return Refusal("{name} 님이 {at}에 먼저 컨설팅을 요청했습니다.", name=name, at=at)
        case PlanState.REVIEW:
            return Refusal("{name} 님이 {at}에 먼저 검토를 요청했습니다.", name=name, at=at)
        case PlanState.CONFIRMED:
            return Refusal("{name} 님이 {at}에 먼저 계획을 확정했습니다.", name=name, at=at)
        case PlanState.DRAFT:
            return Refusal("{name} 님이 {at}에 계획을 다시 작성 단계로 돌렸습니다.", name=name, at=at)
