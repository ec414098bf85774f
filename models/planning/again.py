"""What follows from a plan that changed after it was confirmed: its subjects are to be evaluated once more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.organization import Department
from models.rating.again import rate_again
from models.scheme.table import Part, Scheme, Source, Subject


def evaluate_again(
    session: Session, now: datetime, cycle_id: int, department_ids: Collection[int], reason: str
) -> list[Subject]:
    """Has the subjects concerned rated once more (추가 사전평가); which ones they are, rated in chat or not."""
    subjects = concerned(session, cycle_id, department_ids)
    rate_again(session, now, [one.id for one in subjects if one.id is not None], reason)
    return subjects


def concerned(session: Session, cycle_id: int, department_ids: Collection[int]) -> list[Subject]:
    """The subjects to whose points indicators of these departments count: theirs and, in schemes that take the
    departments below into account, of those above them."""
    paths = session.exec(select(Department.path).where(col(Department.id).in_(department_ids))).all()
    takes_below = set(
        session.exec(
            select(Scheme.code)
            .join(Part, col(Part.scheme_id) == col(Scheme.id))
            .where(Scheme.cycle_id == cycle_id, Part.source == Source.INDICATORS, col(Part.below))
        )
    )
    rows = session.execute(
        sa.select(Subject, col(Department.path))
        .join(Department, col(Department.id) == col(Subject.department_id))
        .where(col(Subject.cycle_id) == cycle_id)
        .order_by(col(Subject.position), col(Subject.id))
    )
    return [
        subject
        for subject, path in rows
        if path in paths or (subject.scheme in takes_below and any(one.startswith(path) for one in paths))
    ]
