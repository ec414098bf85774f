"""What a verb is about: a part as its newest version has it, a subject, and whether its results may still move."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.doer import Doer
from models.organization import Department, Person, Role
from models.plan import Cycle, Period, PeriodState
from models.scheme.table import Part, Scheme, Subject
from models.words import Refusal

LASTS_ON = timedelta(days=365)
"""So long after its end a cycle's results are still at hand in chat."""
_IN_DEPARTMENT = (Role.OFFICER, Role.TEAM_LEAD)


def newest_part(session: Session, cycle_id: int, scheme: str, code: str) -> tuple[Scheme, Part]:
    """The part in the newest version of the scheme that has it. Refusal where none has."""
    query = (
        select(Scheme, Part)
        .join(Part, col(Part.scheme_id) == col(Scheme.id))
        .where(Scheme.cycle_id == cycle_id, Scheme.code == scheme, Part.code == code)
        .order_by(col(Scheme.valid_from).desc())
    )
    found = session.exec(query).first()
    if found is None:
        raise Refusal("평가체계에 {code} 항목이 없습니다. 목록에서 다시 선택해 주세요.", code=code)
    return found[0], found[1]


def newest_parts(session: Session, today: date) -> list[tuple[Scheme, Part]]:
    """Every part of the cycles still at hand, in the newest version of its scheme that has it."""
    query = (
        select(Scheme, Part)
        .join(Part, col(Part.scheme_id) == col(Scheme.id))
        .join(Cycle, col(Cycle.id) == col(Scheme.cycle_id))
        .where(Cycle.ends_on >= since(today))
        .order_by(col(Scheme.cycle_id), col(Scheme.code), col(Scheme.valid_from), col(Part.position))
    )
    newest = {(one.cycle_id, one.code, part.code): (one, part) for one, part in session.exec(query)}
    return list(newest.values())


def find_subject(session: Session, subject_id: int) -> Subject:
    """The subject. Refusal where there is none."""
    found = session.get(Subject, subject_id)
    if found is None:
        raise Refusal("찾으시는 평가대상이 없습니다. 목록에서 다시 선택해 주세요.")
    return found


def name_of_subject(session: Session, subject: Subject) -> str:
    """The person's name, or the department's."""
    if subject.person_id is not None:
        return session.get_one(Person, subject.person_id).name
    return session.get_one(Department, subject.department_id).name


def must_be_open(session: Session, cycle_id: int, period_id: int | None) -> None:
    """Refuses a closed period, or for the year (None) a cycle whose periods are all closed.

    Whoever would close one waits until this transaction ends, so that a frozen result does not move.
    """
    # Shared, so that those who give values don't wait for each other.
    query = (
        select(Period).where(Period.cycle_id == cycle_id).order_by(col(Period.id)).with_for_update(read=True)
    )
    periods = {one.id: one for one in session.exec(query.execution_options(populate_existing=True))}
    if period_id is not None and period_id not in periods:
        raise Refusal("찾으시는 기간이 없습니다. 목록에서 다시 선택해 주세요.")
    asked = list(periods.values()) if period_id is None else [periods[period_id]]
    if all(one.state is PeriodState.CLOSED for one in asked):
        raise Refusal("마감된 기간이라 바꿀 수 없습니다. 필요하면 관리자에게 마감 해제를 요청해 주세요.")


def is_closed(periods: list[Period], period_id: int | None) -> bool:
    """Whether that one of a cycle's periods is closed; for the year, whether all of them are."""
    asked = [one for one in periods if period_id is None or one.id == period_id]
    return all(one.state is PeriodState.CLOSED for one in asked)


def belongs_to(session: Session, doer: Doer, subject: Subject) -> bool:
    """Whether what the subject gets is the person's own affair: they are it, or stand in for who is; or work in
    the department or below it, or hold an office of theirs over it, city-wide ones aside."""
    if subject.person_id is not None:
        return subject.person_id in {doer.person_id, *doer.standing.stood_in_for()}
    place = session.get_one(Department, subject.department_id)
    home = session.get_one(Person, doer.person_id).department_id
    if home is not None and session.get_one(Department, home).path.startswith(place.path):
        return True
    held = (one for one in doer.standing.holdings if one.role in _IN_DEPARTMENT and one.path != "/")
    return any(one.covers(place.path) or one.path.startswith(place.path) for one in held)


def since(today: date) -> date:
    """The first day at whose end a cycle may have ended to be still at hand."""
    return today - LASTS_ON
