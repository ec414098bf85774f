"""A small city in a database of its own: 한빛시 in 2019, two halves, an indicator of every scoring kind.

Rows are put in directly, past all rights and rules: a test says how things stand and goes on from there.

    city = small_city(tmp_path)
    city.report("G1", "H1", 97.3)                      # approved
    city.report("G1", "H2", 90, State.RETURNED)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel

from models.audit import Actor, record
from models.doer import Doer
from models.evidence.kinds import FileKind
from models.evidence.table import EvidenceFile, StoredFile
from models.organization import Department, DepartmentKind, Person, RoleHeld
from models.plan import (
    Cycle,
    Indicator,
    MainProject,
    PerformanceGoal,
    Period,
    Perspective,
    StrategicGoal,
    Target,
)
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import ReminderRule
from models.scoring import Kind
from models.store import Database
from models.submission import Decision, DecisionKind, ReasonCode, State, Submission, SubmissionVersion
from tests.kit.hanbit import DEPARTMENTS, INDICATORS, OFFICERS, PEOPLE

Number = int | float | str | Decimal

H1_DUE = datetime(2019, 7, 10, 9, tzinfo=UTC)
"""18:00 in Seoul."""
H2_DUE = datetime(2020, 1, 10, 9, tzinfo=UTC)
JULY = datetime(2019, 7, 15, 5, tzinfo=UTC)


def no_reminders() -> list[ReminderRule]:
    """A plan by which only second officers are reminded, who are hardly ever named."""
    return [ReminderRule(kind=kind, audience=Audience.DEPUTY, days=400) for kind in DeadlineKind]


@dataclass
class City:
    """The city's database, with the ids of what is in it by code."""

    database: Database
    cycle_id: int = 0
    periods: dict[str, int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)

    def change(self, table: type[SQLModel], key: int, /, **values: Any) -> None:
        """Changes one row, as an import would."""
        with self.database.write() as session:
            row = session.get_one(table, key)
            for name, value in values.items():
                assert hasattr(row, name)
                setattr(row, name, value)
            session.add(row)

    def reminds_nobody(self) -> None:
        """What is said in this city people say."""
        with self.database.write() as session:
            session.add_all(no_reminders())

    def at_work(self, session: Session, person: str, now: datetime) -> Doer:
        return Doer.at_work(session, self.people[person], now, "test")

    def add_department(self, code: str, name: str, kind: DepartmentKind, above: str | None) -> int:
        with self.database.write() as session:
            parent = session.get(Department, self.departments[above]) if above else None
            path = f"{parent.path if parent else '/'}{code}/"
            self.departments[code] = _id(
                session,
                Department(
                    code=code, name=name, kind=kind, path=path,
                    parent_id=parent.id if parent else None, position=len(self.departments),
                ),
            )  # fmt: skip
        return self.departments[code]

    def add_indicator(
        self, code: str, name: str, department: str, weight: Number, kind: Kind, **rest: Any
    ) -> int:
        """`target` is the cycle's; numbers may be given as int or text."""
        target = rest.pop("target", None)
        numbers = ("baseline", "low", "high", "loss_per_unit", "floor", "cap")
        rest |= {key: Decimal(rest[key]) for key in numbers if key in rest}
        officer = self.people.get(OFFICERS.get(department, ""))
        with self.database.write() as session:
            self.indicators[code] = key = _id(
                session,
                Indicator(
                    cycle_id=self.cycle_id, code=code, name=name, weight=Decimal(weight), kind=kind,
                    department_id=self.departments[department], officer_id=officer,
                    position=len(self.indicators), **rest,
                ),
            )  # fmt: skip
            if target is not None:
                session.add(Target(indicator_id=key, value=Decimal(target)))
        return key

    def set_target(self, code: str, period: str, value: Number) -> None:
        """The target of one period."""
        with self.database.write() as session:
            session.add(
                Target(
                    indicator_id=self.indicators[code],
                    period_id=self.periods[period],
                    value=Decimal(str(value)),
                )
            )

    def report(
        self, code: str, period: str, value: Number | None, state: State = State.APPROVED, **more: Any
    ) -> int:
        """A report in any state: handed in by its officer five days before it was due, decided on by 정평가.

        more: `recognised` (another value than reported), `not_applicable`, `reason`, `reason_code`,
        `evidence` (names of files), `submitted_by`, `submitted_for`, `decided_by`, `decided_for` (people).
        """
        due = {"H1": H1_DUE, "H2": H2_DUE}[period]
        with self.database.write() as session:
            return _report(session, self, code, period, value, state, due - timedelta(days=5), more)


def small_city(folder: Path, database: Database | None = None) -> City:
    """한빛시 with its plan of 2019 and not one report, in `database` or in a new SQLite file in the folder."""
    city = City(database or Database(f"sqlite:///{folder / 'city.sqlite'}"))
    SQLModel.metadata.create_all(city.database.engine)
    for department in DEPARTMENTS:
        city.add_department(*department)
    with city.database.write() as session:
        _add_people(session, city)
        _add_cycle(session, city)
        goals = _add_goals(session, city)
    for code, name, place, unit, weight, kind, rest in INDICATORS:
        of_plan = goals if place == "GEN" else {}
        city.add_indicator(code, name, place, weight, kind, unit=unit, **of_plan, **rest)
    return city


def _add_people(session: Session, city: City) -> None:
    for code, name, title, place, role, where, absent in PEOPLE:
        home = city.departments[place] if place else None
        person = Person(code=code, name=name, title=title, department_id=home)
        city.people[code] = _id(session, person)
        session.add(
            RoleHeld(
                person_id=city.people[code],
                role=role,
                department_id=city.departments[where] if where else None,
                stands_in_for_id=city.people[absent] if absent else None,
            )
        )


def _add_cycle(session: Session, city: City) -> None:
    cycle = Cycle(code="2019", name="2019년 성과관리", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    city.cycle_id = _id(session, cycle)
    halves = [
        ("H1", "상반기", date(2019, 1, 1), date(2019, 6, 30), H1_DUE),
        ("H2", "하반기", date(2019, 7, 1), date(2019, 12, 31), H2_DUE),
    ]
    for position, (code, name, starts_on, ends_on, due) in enumerate(halves):
        city.periods[code] = _id(
            session,
            Period(
                cycle_id=city.cycle_id, code=code, name=name, position=position, starts_on=starts_on,
                ends_on=ends_on, report_due=due, review_due=due + timedelta(days=20),
            ),
        )  # fmt: skip


def _add_goals(session: Session, city: City) -> dict[str, int]:
    of_cycle = {"cycle_id": city.cycle_id}
    perspective = _id(session, Perspective(name="시민", **of_cycle))
    strategic = StrategicGoal(
        name="믿음 주는 행정", department_id=city.departments["ADM"], perspective_id=perspective, **of_cycle
    )
    own = {"department_id": city.departments["GEN"], **of_cycle}
    strategic_id = _id(session, strategic)
    goal_id = _id(session, PerformanceGoal(name="빠른 민원 처리", strategic_goal_id=strategic_id, **own))
    project_id = _id(session, MainProject(name="민원 24시간", performance_goal_id=goal_id, **own))
    return {
        "perspective_id": perspective,
        "strategic_goal_id": strategic_id,
        "performance_goal_id": goal_id,
        "main_project_id": project_id,
    }


def _report(
    session: Session,
    city: City,
    code: str,
    period: str,
    value: Number | None,
    state: State,
    at: datetime,
    more: dict[str, Any],
) -> int:
    exact = None if value is None else Decimal(str(value))
    indicator = session.get_one(Indicator, city.indicators[code])
    author = city.people[more["submitted_by"]] if "submitted_by" in more else indicator.officer_id
    counts = Decimal(str(more["recognised"])) if "recognised" in more else exact
    approved, not_applicable = state is State.APPROVED, more.get("not_applicable", False)
    submission = Submission(
        indicator_id=city.indicators[code], period_id=city.periods[period], state=state,
        submitted_at=at if state in (State.SUBMITTED, State.CONFIRMED, State.APPROVED) else None,
        recognised=counts if approved else None, recognised_not_applicable=approved and not_applicable,
    )  # fmt: skip
    submission_id = _id(session, submission)
    handed_in = state is not State.DRAFT
    version = SubmissionVersion(
        submission_id=submission_id, number=1, value=exact, not_applicable=not_applicable, saved_at=at,
        saved_by_id=author or city.people["officer"], submitted_at=at if handed_in else None,
        submitted_by_id=author if handed_in else None,
        submitted_for_id=_person(city, more.get("submitted_for")),
    )  # fmt: skip
    version_id = _id(session, version)
    subject = f"submission:{submission_id}"
    if handed_in:
        actor = Actor(author, "test", version.submitted_for_id)
        record(session, at, actor, "report.submit", subject, version=1, value=_plain(exact))
    for name in more.get("evidence", ()):
        _evidence(session, version_id, name, author or city.people["officer"], at)
    if state in _DECISIONS:
        _decide(session, city, submission_id, version_id, state, counts, at + timedelta(days=2), more)
    return submission_id


_DECISIONS = {
    State.CONFIRMED: DecisionKind.CONFIRM,
    State.APPROVED: DecisionKind.APPROVE,
    State.RETURNED: DecisionKind.RETURN,
}


def _decide(
    session: Session,
    city: City,
    submission_id: int,
    version_id: int,
    state: State,
    counts: Decimal | None,
    at: datetime,
    more: dict[str, Any],
) -> None:
    kind, reason = _DECISIONS[state], more.get("reason", "")
    returned = state is State.RETURNED
    decider = city.people[more.get("decided_by", "evaluator")]
    absent = _person(city, more.get("decided_for"))
    recognised = counts if state is State.APPROVED else None
    session.add(
        Decision(
            submission_id=submission_id, version_id=version_id, kind=kind, reason=reason,
            reason_code=more.get("reason_code", ReasonCode.OTHER) if returned else None,
            recognised=recognised, decided_by_id=decider, decided_for_id=absent, decided_at=at,
        )
    )  # fmt: skip
    record(
        session, at, Actor(decider, "test", absent), f"report.{kind.value}", f"submission:{submission_id}",
        version=1, recognised=_plain(recognised), reason=reason or None,
    )  # fmt: skip


def _evidence(session: Session, version_id: int, name: str, owner: int, at: datetime) -> None:
    sha256 = hashlib.sha256(name.encode(errors="replace")).hexdigest()
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(name), kind=FileKind.PDF, stored_at=at))
        session.flush()
    session.add(
        EvidenceFile(
            version_id=version_id, sha256=sha256, name=name, size=len(name), uploaded_by_id=owner,
            uploaded_at=at,
        )
    )  # fmt: skip


def _person(city: City, code: str | None) -> int | None:
    return city.people[code] if code else None


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _id(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    key: int = row.id
    return key
