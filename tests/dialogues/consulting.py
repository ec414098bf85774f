"""Programmes of 한빛시 with a consultant, set up past all rights: consultation, training and meetings.

Monday 15 July 2019, a week after the conversations begin: consultation from 14:00 on, in slots of 40 minutes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.organization import Person, Role, RoleHeld
from models.plan import Cycle
from tests.dialogues import city
from tests.kit.conversation import Town

CONSULTANT, OTHER_CONSULTANT = "6001", "6002"
AFTERNOON = datetime(2019, 7, 15, 5, 0, tzinfo=UTC)
"""14:00 in Seoul."""


def consultation(town: Town, slots: int = 3, **more: Any) -> int:
    """A consultation with 한연구, for whom 정평가 comes too."""
    with town.database.write() as session:
        consultant = _consultant(session, CONSULTANT, "한연구")
        office = session.exec(select(Person).where(Person.code == city.EVALUATOR)).one()
        about: dict[str, Any] = {"name": "성과지표 컨설팅", "code": "C1", "kind": ProgrammeKind.CONSULTATION}
        programme = _programme(session, about | more)
        for number in range(slots):
            starts_at = AFTERNOON + timedelta(minutes=50 * number)
            session.add(
                Slot(
                    programme_id=programme, code=f"S{number}", starts_at=starts_at, place="별관 3층",
                    ends_at=starts_at + timedelta(minutes=40), consultant_id=consultant, office_id=office.id,
                )
            )  # fmt: skip
    return programme


def session_of(town: Town, kind: ProgrammeKind = ProgrammeKind.TRAINING, seats: int = 3, **more: Any) -> int:
    """A training or a meeting at 09:00 with so many seats, run by 한연구."""
    name = {ProgrammeKind.TRAINING: "성과관리 교육", ProgrammeKind.MEETING: "진척 점검 회의"}[kind]
    with town.database.write() as session:
        consultant = _consultant(session, CONSULTANT, "한연구")
        programme = _programme(session, {"name": name, "code": kind.value, "kind": kind} | more)
        starts_at = AFTERNOON - timedelta(hours=5)
        session.add(
            Slot(
                programme_id=programme, code="S1", title="1차", starts_at=starts_at, seats=seats,
                ends_at=starts_at + timedelta(hours=2), link="https://meet.hanbit.go.kr/1",
                consultant_id=consultant,
            )
        )  # fmt: skip
    return programme


def _programme(session: Session, about: dict[str, Any]) -> int:
    cycle = session.exec(select(Cycle).where(Cycle.code == "2019")).one()
    row = Programme(cycle_id=cycle.id, **about)
    session.add(row)
    session.flush()
    return row.id or 0


def _consultant(session: Session, code: str, name: str) -> int:
    person = session.exec(select(Person).where(Person.code == code)).first()
    if person is None:
        person = Person(code=code, name=name, email=f"{code}@expert.example.kr")
        session.add(person)
        session.flush()
        session.add(RoleHeld(person_id=person.id, role=Role.CONSULTANT))
    return person.id or 0
