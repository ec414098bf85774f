"""Who is reminded of an appeal that waits for its decision: whoever may decide, then administrators; nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.appeal.table import Appeal, AppealState
from models.organization import Person, Role, RoleHeld
from models.plan import Period, PeriodState
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Reminder
from models.store import Database
from models.submission import Decision, DecisionKind, State, SubmissionVersion
from tests.reminding.consulted import Consulted
from tests.reminding.hall import DUE, Hall, seoul

FILED = seoul("2019-08-01 10:00")


@pytest.fixture
def appealed(database: Database) -> Hall:
    """The evaluator decided on A1's report; a appealed, which is to be decided on by Friday 16 August."""
    hall = Hall(database)
    hall.people["second"] = hall.adds(Person(code="second", name="second"))
    hall.adds(RoleHeld(person_id=hall.people["second"], role=Role.EVALUATOR))
    report = hall.reports("A1", State.APPROVED)
    by = hall.people["evaluator"]
    version = hall.adds(
        SubmissionVersion(
            submission_id=report, number=1, saved_at=DUE, saved_by_id=hall.people["a"], submitted_at=DUE
        )
    )
    decision = {"submission_id": report, "version_id": version, "decided_by_id": by, "decided_at": DUE}
    hall.adds(Decision(kind=DecisionKind.APPROVE, **decision))
    hall.changes(Period, hall.period, state=PeriodState.CLOSED)
    hall.adds(
        Appeal(
            indicator_id=hall.indicators["A1"], period_id=hall.period, department_id=hall.places["D"],
            submission_id=report, reason="5월분", snapshot={}, filed_by_id=hall.people["a"], filed_at=FILED,
            decision_due=seoul("2019-08-16 18:00"),
        )
    )  # fmt: skip
    return hall


def told(hall: Hall, person: str) -> list[str]:
    return [one.kind for one in hall.rows(Reminder.person_id == hall.people[person])]


def days(hall: Hall, first: str, last: str) -> None:
    """Nine o'clock of every day from one through another."""
    at, end = seoul(f"{first} 09:00"), seoul(f"{last} 09:00")
    while at <= end:
        hall.looks(at)
        at += timedelta(days=1)


def test_only_who_may_decide_is_reminded_and_administrators_when_it_is_late(appealed: Hall) -> None:
    days(appealed, "2019-08-01", "2019-08-20")
    stages = ["-7", "-3", "-1", "+0", "+1", "+2"]
    assert told(appealed, "second") == [f"objection:evaluator:{one}" for one in stages]
    assert told(appealed, "administrator") == [f"objection:administrator:{one}" for one in stages[4:]]
    for person in ("a", "b", "lead", "head", "evaluator"):
        assert told(appealed, person) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda hall: hall.changes(Appeal, 1, state=AppealState.DISMISSED),
        lambda hall: hall.changes(Appeal, 1, state=AppealState.WITHDRAWN),
        lambda hall: hall.changes(Period, hall.period, state=PeriodState.OPEN),
    ],
    ids=["decided", "withdrawn", "reopened"],
)
def test_what_is_over_or_cannot_be_decided_now_is_not_said(appealed: Hall, change) -> None:
    change(appealed)
    days(appealed, "2019-08-01", "2019-08-19")
    assert not [one for one in told(appealed, "second") if one.startswith("objection")]


def test_evaluators_hear_nothing_of_objections_to_a_deduction(database: Database) -> None:
    consulted = Consulted(Hall(database))
    consulted.asks_for()
    consulted.hall.rule(Audience.EVALUATOR, kind=DeadlineKind.OBJECTION, days=-1)
    consulted.deduction(seoul("2019-08-07 18:00"))
    consulted.day("08-06 09:00")
    assert consulted.told("evaluator") == []
