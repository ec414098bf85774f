"""Schemes in a city that is there already: put in directly, past the import and all rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from models import plan_records
from models.audit import Actor
from models.doer import Doer
from models.organization import Department, Person
from models.plan import Cycle, Period
from models.rating.said import ratings_now
from models.scheme.said import schemes_now
from models.scheme.table import Combine, Grade, Part, Prize, Scheme, Source, Subject, SubjectKind
from models.store import Database

Row = dict[str, Any]


def add_scheme(
    database: Database,
    parts: Sequence[Row],
    subjects: Sequence[Row],
    *,
    cycle: str = "2019",
    code: str = "INST",
    grades: Sequence[Row] = (),
    prizes: Sequence[Row] = (),
    **more: Any,
) -> None:
    """A scheme with its first version. A part names its owner by `owner` (a department's code); a subject its
    department by `place`, and its person by `person` (a number)."""
    with database.write() as session:
        year = session.exec(select(Cycle).where(Cycle.code == cycle)).one()
        about: Row = {"name": "기관평가", "valid_from": year.starts_on, "cycle_id": year.id, "code": code}
        scheme = Scheme(**about | more)
        session.add(scheme)
        session.flush()
        add_parts(session, scheme, parts)
        for position, row in enumerate(grades):
            session.add(Grade(scheme_id=scheme.id or 0, position=position, **row))
        for position, row in enumerate(prizes):
            session.add(Prize(scheme_id=scheme.id or 0, position=position, **row))
        for position, row in enumerate(subjects):
            session.add(_subject(session, scheme, position, dict(row)))


def add_parts(session: Session, scheme: Scheme, parts: Sequence[Row]) -> None:
    """Parts of one version."""
    for position, row in enumerate(parts):
        about = dict(row)
        owner = about.pop("owner", None)
        owner_id = department_id(session, owner) if owner else None
        about["points"] = None if about.get("points") is None else Decimal(about["points"])
        session.add(Part(scheme_id=scheme.id or 0, position=position, owner_id=owner_id, **about))


def subject_id(session: Session, code: str, scheme: str = "INST") -> int:
    """The subject of that code."""
    return session.exec(select(Subject.id).where(Subject.code == code, Subject.scheme == scheme)).one() or 0


def department_id(session: Session, code: str) -> int:
    return session.exec(select(Department.id).where(Department.code == code)).one() or 0


def cycle_id(session: Session, code: str = "2019") -> int:
    return session.exec(select(Cycle.id).where(Cycle.code == code)).one() or 0


def period_id(session: Session, code: str, cycle: str = "2019") -> int:
    query = select(Period.id).join(Cycle).where(Cycle.code == cycle, Period.code == code)
    return session.exec(query).one() or 0


def notes_plan(database: Database, now: datetime) -> None:
    """What an import would have noted of the schemes and ratings that were put in past it."""
    with database.write() as session:
        plan_records.keep(session, now, Actor(None, "test"), [*schemes_now(session), *ratings_now(session)])


def at_work(session: Session, person: str, now: datetime) -> Doer:
    """The person of that number with their rights of the moment."""
    key = session.exec(select(Person.id).where(Person.code == person)).one() or 0
    return Doer.at_work(session, key, now, "test")


def _subject(session: Session, scheme: Scheme, position: int, row: Row) -> Subject:
    place, person = row.pop("place", None), row.pop("person", None)
    found = session.exec(select(Person).where(Person.code == person)).one() if person else None
    place_id = department_id(session, place) if place else None
    return Subject(
        cycle_id=scheme.cycle_id, scheme=scheme.code, position=position, code=person or place,
        department_id=place_id or (found.department_id if found else 0) or 0,
        person_id=found.id if found else None, **row,
    )  # fmt: skip


PARTS: tuple[Row, ...] = (
    {"code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 70},
    {"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 10, "owner": "CI"},
    {
        "code": "BUDGET", "name": "조기집행", "source": Source.OWNER, "points": 20, "owner": "PL",
        "combine": Combine.MEAN,
    },
    {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 2, "tie_order": 1},
    {"code": "MINUS", "name": "감점", "source": Source.DEDUCTION, "points": 3},
)  # fmt: skip
"""Indicators 70, communication 10 once a year from 민원과, early budget execution 20 a half-year from 기획예산과."""
SUBJECTS: tuple[Row, ...] = ({"place": "GA"}, {"place": "CI"}, {"place": "CA"})
GRADES: tuple[Row, ...] = (
    {"name": "S", "share": Decimal(40)}, {"name": "A", "share": Decimal(40)}, {"name": "B"},
)  # fmt: skip
PRIZES: tuple[Row, ...] = ({"name": "최우수", "count": 1}, {"name": "우수", "count": 1})
PEOPLE: Row = {"code": "PERS", "name": "개인평가", "subject_kind": SubjectKind.PERSON}


def institutions(database: Database, **more: Any) -> None:
    """총무과, 민원과 and 돌봄과 of 한빛시, rated in 2019."""
    add_scheme(database, PARTS, SUBJECTS, **({"grades": GRADES, "prizes": PRIZES} | more))


def new_version(database: Database, valid_from: date, parts: Sequence[Row], code: str = "INST") -> None:
    """A later version of a scheme."""
    with database.write() as session:
        first = session.exec(select(Scheme).where(Scheme.code == code)).first()
        assert first is not None
        later = Scheme(cycle_id=first.cycle_id, code=code, name=first.name, valid_from=valid_from)
        session.add(later)
        session.flush()
        add_parts(session, later, parts)


def supervised_institutions(database: Database) -> None:
    """100 points are given by who supervises: 총무과 and 돌봄과 by 민원과, 안전과 by 돌봄과."""
    with database.write() as session:
        for code, above in (("GA", "CI"), ("CA", "CI"), ("SF", "CA")):
            place = session.exec(select(Department).where(Department.code == code)).one()
            place.supervisor_id = department_id(session, above)
    part = {"code": "SUP", "name": "감독부서 평가", "source": Source.OWNER, "points": 100}
    add_scheme(database, [part], [{"place": "GA"}, {"place": "CA"}, {"place": "SF"}])
