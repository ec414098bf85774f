"""`bogobot explain`: the walk from a total to each point, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from sqlmodel import Session, col, select

from models.clock import SEOUL
from models.explaining import Known, Place, explained_at, walk
from models.organization import Department
from models.plan import Cycle, Indicator, find_cycle, find_period
from models.scheme.table import Subject
from models.words import Refusal, Translator

_INDENT = "  "


def explain_lines(
    session: Session, translate: Translator, today: date, code: str, asked: dict[str, str]
) -> Iterator[str]:
    """The explanation of what `code` names, indented by depth.

    code: of an indicator, a department or a person. asked: cycle, period, scheme, as_of, each "" where not given.
    Raises Refusal where nothing is found, naming what there is, and for a day after today.
    """
    cycle = find_cycle(session, asked["cycle"])
    period = find_period(session, cycle, asked["period"]) if asked["period"] else None
    as_of = _end_of(asked["as_of"], today) if asked["as_of"] else None
    known = Known(session)
    for place in _places(session, cycle, period.id if period else None, code, asked["scheme"], as_of):
        for depth, here in walk(place, partial(explained_at, known)):
            yield f"{_INDENT * depth}{translate(here.title)}"
            yield from (f"{_INDENT * (depth + 1)}{translate(line)}" for line in (*here.lines, *here.files))


def _places(
    session: Session, cycle: Cycle, period_id: int | None, code: str, scheme: str, as_of: datetime | None
) -> list[Place]:
    assert cycle.id is not None
    indicator = session.exec(
        select(Indicator.id).where(Indicator.cycle_id == cycle.id, Indicator.code == code)
    ).one_or_none()
    if indicator is not None:
        return [Place(cycle.id, period_id, indicator_id=indicator, as_of=as_of)]
    query = select(Subject).where(Subject.cycle_id == cycle.id, Subject.code == code)
    subjects = session.exec(query.order_by(col(Subject.scheme))).all()
    found = [one for one in subjects if scheme in ("", one.scheme)]
    if found:
        return [Place(cycle.id, period_id, one.scheme, one.id, as_of=as_of) for one in found]
    if scheme:
        raise Refusal(
            "{code:은/는} 평가체계 {scheme}의 대상이 아닙니다. 코드를 확인해 주세요.",
            code=code,
            scheme=scheme,
        )
    return _indicators_of(session, cycle.id, period_id, code, as_of)


def _indicators_of(
    session: Session, cycle_id: int, period_id: int | None, code: str, as_of: datetime | None
) -> list[Place]:
    """A department that no scheme ranks is explained by its indicators."""
    query = (
        select(Indicator.id)
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .where(Indicator.cycle_id == cycle_id, Department.code == code)
        .order_by(col(Indicator.position), col(Indicator.id))
    )
    found = session.exec(query).all()
    if not found:
        raise Refusal(
            "{code:이/가} 가리키는 지표, 부서, 사람이 이 성과주기의 평가에 없습니다. 코드를 확인해 주세요.",
            code=code,
        )
    return [Place(cycle_id, period_id, indicator_id=one, as_of=as_of) for one in found]


def _end_of(written: str, today: date) -> datetime:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Refusal("기준일 {day:을/를} 읽지 못했습니다. 예: 2019-07-31", day=written) from None
    if day > today:
        raise Refusal("기준일 {day:은/는} 아직 오지 않았습니다. 오늘까지의 날짜를 적어 주세요.", day=written)
    return datetime.combine(day, time.max, SEOUL)
