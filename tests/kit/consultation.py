"""Consultations with a written review in a city that is there already: put in directly, past all rights and rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlmodel import select

from models.consultation.programme import Programme, ProgrammeKind
from models.consultation.review import Criterion, Verdict
from models.consultation.views import Words
from models.organization import Department, Person, Role, RoleHeld
from models.plan import Cycle
from models.store import Database

WRITTEN_DUE = datetime(2019, 7, 17, 9, tzinfo=UTC)
"""Wednesday, 18:00 in Seoul."""
VIEWS_DUE = datetime(2019, 7, 24, 9, tzinfo=UTC)
NOTES_DUE = datetime(2019, 8, 2, 9, tzinfo=UTC)
"""Friday, 18:00 in Seoul."""


def add_review(database: Database, cycle: str = "2019", **more: Any) -> int:
    """A consultation with a written review; its id."""
    about: dict[str, Any] = {
        "code": "C1",
        "name": "성과지표 컨설팅",
        "kind": ProgrammeKind.CONSULTATION,
        "written_due": WRITTEN_DUE,
        "views_due": VIEWS_DUE,
        "notes_due": NOTES_DUE,
    }
    with database.write() as session:
        cycle_id = session.exec(select(Cycle.id).where(Cycle.code == cycle)).one()
        programme = Programme(**about | {"cycle_id": cycle_id} | more)
        session.add(programme)
        session.flush()
        return programme.id or 0


def add_person(database: Database, code: str, name: str, role: Role, department: str | None = None) -> int:
    """Somebody with a role in a department, or in the whole city; their id."""
    with database.write() as session:
        place = None
        if department is not None:
            place = session.exec(select(Department.id).where(Department.code == department)).one()
        person = Person(code=code, name=name, department_id=place)
        session.add(person)
        session.flush()
        session.add(RoleHeld(person_id=person.id or 0, role=role, department_id=place))
        return person.id or 0


def words(text: str = "", **verdicts: Verdict) -> Words:
    """`words("분모를 …", formula=Verdict.MEND)`: every criterion is good but for those named."""
    good = dict.fromkeys(Criterion, Verdict.GOOD)
    return Words({**good, **{Criterion(name): verdict for name, verdict in verdicts.items()}}, text)
