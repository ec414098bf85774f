"""Ratings in a city that is there already: put in directly, past all rights and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from models.doer import Doer
from models.organization import Department, DepartmentKind, Person
from models.plan import Cycle, Period
from models.rating.answering import save, submit
from models.rating.papers import open_paper
from models.rating.table import Criterion, Entry, Group, GroupKind, Paper, PaperState, Rater, Rating
from models.scheme.table import Subject
from models.store import Database

OPENS = datetime(2019, 7, 8, 0, 0, tzinfo=UTC)
"""Monday, 09:00 in Seoul."""
CLOSES = datetime(2019, 7, 19, 9, 0, tzinfo=UTC)
"""Friday of the next week, 18:00 in Seoul."""
LABELS = "탁월:100; 우수:90; 보통:80; 미흡:60"


@dataclass
class Of:
    """A group of a rating: `raters` are people's codes."""

    code: str
    name: str
    share: str = "100"
    raters: Sequence[str] = ()
    kind: GroupKind = GroupKind.NAMED
    trim: int = 0
    fewest: int = 1
    each: int | None = None


@dataclass
class Asks:
    """A criterion."""

    code: str = "IMP"
    name: str = "중요도"
    scale: str = LABELS
    weight: str = "100"
    question: str = ""


@dataclass
class Round:
    """A round with what was put in, by code."""

    database: Database
    id: int
    groups: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)

    def papers(self, **like: Any) -> list[Paper]:
        """The papers as they stand, in the order they were dealt."""
        with self.database.read() as session:
            papers = session.exec(select(Paper).where(Paper.rating_id == self.id).order_by(Paper.id))  # type: ignore[arg-type]
            return [one for one in papers if all(getattr(one, key) == value for key, value in like.items())]

    def raters_of(self, subject: str, group: str | None = None) -> set[str]:
        """The codes of who is to rate a subject."""
        like = {"subject_id": self.subjects[subject]} | ({"group_id": self.groups[group]} if group else {})
        with self.database.read() as session:
            people = {one.id: one.code for one in session.exec(select(Person))}
        return {
            people[one.rater_id]
            for one in self.papers(**like)
            if one.rater_id and one.state is not PaperState.RECUSED
        }

    def rates(self, rater: str, subject: str, now: datetime, **answers: str) -> Entry:
        """A rater answers a paper and hands it in."""
        with self.database.write() as session:
            person = person_of(session, rater)
            query = select(Paper.id).where(
                Paper.rating_id == self.id,
                Paper.subject_id == self.subjects[subject],
                Paper.rater_id == person.id,
            )
            paper_id = max(one or 0 for one in session.exec(query))
            doer = Doer.at_work(session, person.id or 0, now, "test")
            save(session, doer, paper_id, answers)
            entry = submit(session, doer, paper_id, open_paper(session, paper_id).paper.revision)
            session.expunge(entry)
            return entry


def add_round(
    database: Database,
    subjects: Sequence[str],
    groups: Sequence[Of],
    asks: Sequence[Asks] = (Asks(),),
    *,
    code: str = "R1",
    name: str = "정성평가",
    opens: datetime = OPENS,
    closes: datetime = CLOSES,
    period: str | None = None,
    cycle: str = "2019",
    scheme: str = "S1",
    **more: Any,
) -> Round:
    """A round that rates subjects by their codes: departments, or people."""
    with database.write() as session:
        cycle_id = session.exec(select(Cycle.id).where(Cycle.code == cycle)).one() or 0
        query = select(Period.id).where(Period.code == period, Period.cycle_id == cycle_id)
        of_cycle = {"cycle_id": cycle_id}
        rating = Rating(
            **of_cycle, code=code, name=name, scheme=scheme, opens_at=opens, closes_at=closes,
            period_id=session.exec(query).one() if period else None, **more,
        )  # fmt: skip
        session.add(rating)
        for at, ask in enumerate(asks):
            session.add(
                Criterion(
                    **of_cycle, rating=code, code=ask.code, name=ask.name, question=ask.question, position=at,
                    weight=Decimal(ask.weight), scale=ask.scale,
                )
            )  # fmt: skip
        session.flush()
        made = Round(database, rating.id or 0)
        for at, of in enumerate(groups):
            made.groups[of.code] = _group(session, cycle_id, code, at, of)
        for at, subject in enumerate(subjects):
            made.subjects[subject] = add_subject(session, cycle_id, scheme, subject, at)
        return made


def add_subject(session: Session, cycle_id: int, scheme: str, code: str, position: int = 0) -> int:
    """A subject: a person's number, or a department's code."""
    person = session.exec(select(Person).where(Person.code == code)).first()
    department = session.exec(select(Department.id).where(Department.code == code)).first()
    row = Subject(
        cycle_id=cycle_id, scheme=scheme, code=code, position=position, person_id=person.id if person else None,
        department_id=department or (person.department_id if person else None) or 0,
    )  # fmt: skip
    found = session.exec(
        select(Subject).where(Subject.cycle_id == cycle_id, Subject.scheme == scheme, Subject.code == code)
    ).first()
    if found is None:
        session.add(row)
        session.flush()
    return (found or row).id or 0


def add_department(session: Session, code: str, name: str, parent: str | None = None) -> int:
    """A department below another."""
    above = session.exec(select(Department).where(Department.code == parent)).first() if parent else None
    path = f"{above.path if above else '/'}{code}/"
    kind = DepartmentKind.DIVISION if above else DepartmentKind.CITY
    row = Department(code=code, name=name, kind=kind, path=path, parent_id=above.id if above else None)
    session.add(row)
    session.flush()
    return row.id or 0


def add_expert(session: Session, code: str, name: str, department: str | None = None) -> int:
    """Somebody who rates; from outside where no department is named."""
    place = session.exec(select(Department.id).where(Department.code == department)).first()
    row = Person(code=code, name=name, department_id=place if department else None)
    session.add(row)
    session.flush()
    return row.id or 0


def person_of(session: Session, code: str) -> Person:
    """The person of that code."""
    return session.exec(select(Person).where(Person.code == code)).one()


def small_city(database: Database, departments: int = 10, raters: int = 12) -> list[str]:
    """A cycle, a city with departments D0, D1, … in two bureaus, experts E0, E1, …; the codes of the departments."""
    with database.write() as session:
        session.add(
            Cycle(
                code="2019",
                name="2019년 성과관리",
                starts_on=OPENS.date(),
                ends_on=OPENS.date() + timedelta(days=170),
            )
        )
        add_department(session, "CITY", "시")
        for bureau in ("B0", "B1"):
            add_department(session, bureau, f"{bureau}국", "CITY")
        codes = [f"D{number}" for number in range(departments)]
        for number, code in enumerate(codes):
            add_department(session, code, f"{code}과", f"B{number % 2}")
        for number in range(raters):
            add_expert(session, f"E{number}", f"위원{number}")
    return codes


def _group(session: Session, cycle_id: int, rating: str, position: int, of: Of) -> int:
    row = Group(
        cycle_id=cycle_id, rating=rating, code=of.code, name=of.name, position=position, kind=of.kind,
        share=Decimal(of.share), trim=of.trim, fewest=of.fewest, each=of.each,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for code in of.raters:
        session.add(Rater(group_id=row.id, person_id=person_of(session, code).id or 0))
    session.flush()
    return row.id or 0
