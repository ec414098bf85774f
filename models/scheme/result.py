"""The result of a scheme for a period or the year, from what is kept to ranks, grades and prizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.organization import Department
from models.plan import Cycle, Period
from models.scheme.pieces import Gathering, gather
from models.scheme.ranking import Entrant, Place, places
from models.scheme.reached import view_of
from models.scheme.reckoning import score
from models.scheme.rules import YEAR, GradeRule, PartRule, PrizeRule, Score
from models.scheme.said import in_force, no_scheme, said_of
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
        raise no_scheme(code)
    return versions[in_force(versions, day)]


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
    said = said_of(session, view.cycle.id, code, view.as_of)
    edition, subjects = said.on(view.last_day), said.subjects
    scheme, rules = edition.scheme, tuple(map(rule_of_part, edition.parts))

    def totals_of(other: str, period: Period | None) -> list[tuple[Subject, Score]]:
        result = _result(session, view_of(session, view, period), other, (*within, code))
        return [(one.subject, one.score) for one in result.subjects]

    pieces = gather(Gathering(session, view, edition.parts, subjects, totals_of))
    period = view.period.code if view.period else YEAR
    scores = {
        subject.id or 0: score(rules, pieces.get(subject.id or 0, {}), period, scheme.digits)
        for subject in subjects
    }
    # A period has ranks; grades and prizes are given once, for the year.
    is_year = view.period is None
    grades = tuple(map(_rule_of_grade, edition.grades)) if is_year else ()
    prizes = tuple(map(_rule_of_prize, edition.prizes)) if is_year else ()
    entrants = [Entrant(one.id or 0, scores[one.id or 0], one.grouping) for one in subjects]
    place = places(entrants, grades, prizes, ties_go_up=scheme.ties_go_up)
    found = [
        SubjectResult(subject, name, department, scores[subject.id or 0], place[subject.id or 0])
        for subject, name, department in _named(session, view, subjects)
    ]
    found.sort(key=lambda one: (one.subject.grouping, one.place.rank, one.subject.position))
    return SchemeResult(
        view.cycle, view.period, scheme, edition.parts, rules, grades, prizes, tuple(found), view.as_of
    )


def rule_of_part(part: Part) -> PartRule:
    """A part as the pure reckoning takes it."""
    return PartRule(
        part.code, part.name, part.source, part.points, part.combine, read_shares(part.shares), part.tie_order
    )


def _named(session: Session, view: View, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, str, str]]:
    """Each subject with its name and that of its department."""
    of_these = col(Department.id).in_({one.department_id for one in subjects})
    places = dict(session.exec(select(Department.id, Department.name).where(of_these)).all())
    for one in subjects:
        place = places[one.department_id]
        yield one, place if one.person_id is None else view.names[one.person_id], place


def _rule_of_grade(grade: Grade) -> GradeRule:
    return GradeRule(grade.name, grade.least, grade.share)


def _rule_of_prize(prize: Prize) -> PrizeRule:
    return PrizeRule(prize.name, prize.count, prize.least, prize.grouping)
