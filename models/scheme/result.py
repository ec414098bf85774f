"""The result of a scheme for a period or the year, from what is kept to ranks, grades and prizes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.organization import Department, Person
from models.plan import Cycle, Period
from models.scheme.pieces import Gathering, gather
from models.scheme.ranking import Entrant, Place, places
from models.scheme.reached import view_of
from models.scheme.reckoning import score
from models.scheme.rules import YEAR, GradeRule, PartRule, PrizeRule, Score
from models.scheme.shares import read_shares
from models.scheme.table import Grade, Part, Prize, Scheme, Subject
from models.scores.reading import View, open_view
from models.words import Refusal


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """What one subject reached. `name` and `department_name` are for readers."""

    subject: Subject
    name: str
    department_name: str
    score: Score
    place: Place


@dataclass(frozen=True)
class SchemeResult:
    """The result of a scheme; subjects in order of group, rank and the plan. `period` is None for the year."""

    cycle: Cycle
    period: Period | None
    scheme: Scheme
    parts: tuple[Part, ...]
    rules: tuple[PartRule, ...]
    grades: tuple[GradeRule, ...]
    prizes: tuple[PrizeRule, ...]
    subjects: tuple[SubjectResult, ...]
    as_of: datetime | None


def scheme_on(session: Session, cycle_id: int, code: str, day: date) -> Scheme:
    """The version of a scheme in force on a day; before the first one, the first. Refusal where there is none."""
    versions = schemes_of(session, cycle_id, code)
    if not versions:
        raise Refusal("평가체계 {code:을/를} 찾을 수 없습니다. 코드를 확인해 주세요.", code=code)
    return next((one for one in reversed(versions) if one.valid_from <= day), versions[0])


def schemes_of(session: Session, cycle_id: int, code: str | None = None) -> list[Scheme]:
    """All versions of the cycle's schemes, or of one, in order of code and date."""
    query = select(Scheme).where(Scheme.cycle_id == cycle_id)
    if code is not None:
        query = query.where(Scheme.code == code)
    return list(session.exec(query.order_by(col(Scheme.code), col(Scheme.valid_from))))


def parts_of(session: Session, scheme: Scheme) -> list[Part]:
    """The parts of a version, in the order of the plan."""
    query = select(Part).where(Part.scheme_id == scheme.id)
    return list(session.exec(query.order_by(col(Part.position), col(Part.id))))


def result_of(
    session: Session, cycle_id: int, code: str, period_id: int | None, as_of: datetime | None = None
) -> SchemeResult:
    """The result of the scheme `code`, as it is now or was at the instant `as_of`.

    Raises Refusal where there is no such cycle, period or scheme.
    """
    return _result(session, open_view(session, cycle_id, period_id, as_of), code, ())


def _result(session: Session, view: View, code: str, within: tuple[str, ...]) -> SchemeResult:
    if code in within:
        raise Refusal("평가체계 {code:이/가} 자기 자신을 근거로 합니다. 배점을 고쳐 주세요.", code=code)
    assert view.cycle.id is not None
    scheme = scheme_on(session, view.cycle.id, code, view.last_day)
    parts = parts_of(session, scheme)
    rules = tuple(rule_of_part(part) for part in parts)
    named = _subjects(session, view.cycle.id, code)

    def totals_of(other: str, period: Period | None) -> list[tuple[Subject, Score]]:
        result = _result(session, view_of(session, view, period), other, (*within, code))
        return [(one.subject, one.score) for one in result.subjects]

    subjects = [subject for subject, _, _ in named]
    pieces = gather(Gathering(session, view, parts, subjects, totals_of))
    period = view.period.code if view.period else YEAR
    scores = {
        subject.id or 0: score(rules, pieces.get(subject.id or 0, {}), period, scheme.digits)
        for subject in subjects
    }
    # A period has ranks; grades and prizes are given once, for the year.
    is_year = view.period is None
    grades = _grades(session, scheme) if is_year else ()
    prizes = _prizes(session, scheme) if is_year else ()
    entrants = [Entrant(one.id or 0, scores[one.id or 0], one.grouping) for one in subjects]
    place = places(entrants, grades, prizes, ties_go_up=scheme.ties_go_up)
    found = [
        SubjectResult(subject, name, department, scores[subject.id or 0], place[subject.id or 0])
        for subject, name, department in named
    ]
    found.sort(key=lambda one: (one.subject.grouping, one.place.rank, one.subject.position))
    return SchemeResult(
        view.cycle, view.period, scheme, tuple(parts), rules, grades, prizes, tuple(found), view.as_of
    )


def rule_of_part(part: Part) -> PartRule:
    """A part as the pure reckoning takes it."""
    return PartRule(
        part.code, part.name, part.source, part.points, part.combine, read_shares(part.shares), part.tie_order
    )


def _subjects(session: Session, cycle_id: int, code: str) -> list[tuple[Subject, str, str]]:
    query = (
        select(Subject, Department.name, Person.name)
        .join(Department, col(Department.id) == col(Subject.department_id))
        .join(Person, col(Person.id) == col(Subject.person_id), isouter=True)
        .where(Subject.cycle_id == cycle_id, Subject.scheme == code)
        .order_by(col(Subject.position), col(Subject.id))
    )
    return [(subject, person or place, place) for subject, place, person in session.exec(query)]


def _grades(session: Session, scheme: Scheme) -> tuple[GradeRule, ...]:
    query = select(Grade).where(Grade.scheme_id == scheme.id).order_by(col(Grade.position), col(Grade.id))
    return tuple(GradeRule(one.name, one.least, one.share) for one in session.exec(query))


def _prizes(session: Session, scheme: Scheme) -> tuple[PrizeRule, ...]:
    query = select(Prize).where(Prize.scheme_id == scheme.id).order_by(col(Prize.position), col(Prize.id))
    return tuple(PrizeRule(one.name, one.count, one.least, one.grouping) for one in session.exec(query))
