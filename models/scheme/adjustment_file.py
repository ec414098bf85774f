"""An adjustment (가감점) with all it belongs to, and who may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.doer import Doer
from models.organization import Department, Role
from models.plan import Cycle
from models.rights import Holding
from models.scheme.finding import name_of_subject, newest_part, since
from models.scheme.table import Adjustment, AdjustmentState, Part, Scheme, Subject
from models.words import Refusal

IN_DEPARTMENT = (Role.OFFICER, Role.TEAM_LEAD)
IN_OFFICE = (Role.ADMINISTRATOR, Role.EVALUATOR)
TOLD = (AdjustmentState.CONFIRMED, AdjustmentState.WITHDRAWN)
"""What its department, or its person, learns of."""


@dataclass(frozen=True)
class AdjustmentFile:
    """An adjustment with all it belongs to; `name` is the subject's."""

    adjustment: Adjustment
    subject: Subject
    scheme: Scheme
    part: Part
    place: Department
    name: str

    @property
    def id(self) -> int:
        return self.adjustment.id or 0

    @property
    def card(self) -> str:
        return f"adjustment:{self.id}"


def open_adjustment(session: Session, adjustment_id: int) -> AdjustmentFile:
    """The adjustment as it stands now. Refusal where there is none."""
    one = session.get(Adjustment, adjustment_id, populate_existing=True)
    if one is None:
        raise Refusal("찾으시는 가감점이 없습니다. 목록에서 다시 선택해 주세요.")
    subject = session.get_one(Subject, one.subject_id)
    scheme, part = newest_part(session, subject.cycle_id, subject.scheme, one.part)
    place = session.get_one(Department, subject.department_id)
    return AdjustmentFile(one, subject, scheme, part, place, name_of_subject(session, subject))


def adjustments_seen_by(session: Session, doer: Doer) -> list[AdjustmentFile]:
    """Everything the person may see of cycles still at hand: what waits for a decision first, then the newest."""
    query = (
        select(Adjustment.id)
        .join(Subject, col(Subject.id) == col(Adjustment.subject_id))
        .join(Cycle, col(Cycle.id) == col(Subject.cycle_id))
        .where(Cycle.ends_on >= since(doer.today))
        .order_by((col(Adjustment.state) == AdjustmentState.PROPOSED).desc(), col(Adjustment.id).desc())
    )
    opened = (open_adjustment(session, key) for key in session.exec(query) if key is not None)
    return [one for one in opened if may_see(session, doer, one)]


def count_proposed(session: Session) -> int:
    """How many wait for a decision."""
    query = sa.select(sa.func.count()).where(col(Adjustment.state) == AdjustmentState.PROPOSED)
    return int(session.execute(query).scalar_one())


def has_own(session: Session, doer: Doer) -> bool:
    """Whether something was confirmed that is the person's to know: their own, or their department's."""
    query = (
        select(Subject, Department)
        .join(Department, col(Department.id) == col(Subject.department_id))
        .join(Cycle, col(Cycle.id) == col(Subject.cycle_id))
        .where(
            Cycle.ends_on >= since(doer.today),
            col(Subject.id).in_(sa.select(col(Adjustment.subject_id)).where(col(Adjustment.state).in_(TOLD))),
        )
    )
    return any(is_told(doer, subject, place) for subject, place in session.exec(query))


def may_see(session: Session, doer: Doer, opened: AdjustmentFile) -> bool:
    """Who decides sees all there is under them, who proposed it, and its own from when it was confirmed."""
    one = opened.adjustment
    if one.proposed_by_id == doer.person_id or in_office(doer, opened.place):
        return True
    return one.state in TOLD and is_told(doer, opened.subject, opened.place)


def is_told(doer: Doer, subject: Subject, place: Department) -> bool:
    """Whether the result of the subject is the person's to know: their own, or their department's."""
    if subject.person_id is not None:
        return subject.person_id == doer.person_id
    return any(doer.standing.right(role, place.path) for role in IN_DEPARTMENT)


def counted_of(
    session: Session,
    subject_id: int,
    part: str,
    states: Collection[AdjustmentState] = (AdjustmentState.CONFIRMED,),
) -> Decimal:
    """The points of a subject under a part in these states, whatever the period; not capped."""
    query = sa.select(col(Adjustment.points)).where(
        col(Adjustment.subject_id) == subject_id,
        col(Adjustment.part) == part,
        col(Adjustment.state).in_(states),
    )
    return sum(session.execute(query).scalars(), Decimal(0))


def in_office(doer: Doer, place: Department) -> list[Holding]:
    """The rights of an administrator or an evaluator over a department."""
    return [right for role in IN_OFFICE for right in doer.standing.rights(role, place.path)]
