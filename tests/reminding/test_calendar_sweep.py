"""Ten years of reminders on Seoul's plan, against what its words say.

The oracle knows no stages, sources or digests. On each working morning at nine it counts the working days to a
deadline, and says who has to be told by then; a person is told once of each.
"""

from __future__ import annotations

import time as machine
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.delivery import deliver_web
from handlers.book import BOOK
from models.clock import SEOUL
from models.organization import Department, Person, Role, RoleHeld
from models.plan import Indicator, Period, PeriodState
from models.reminding.table import Digest, Reminder, ReminderState
from models.special_days import working_days
from models.store import Database
from models.submission import State, Submission
from models.working_days import WorkingDays
from scheduler.due import run_due
from tests.reminding.hall import LINKS
from tests.reminding.seoul import Event, events, settle

_DAY = timedelta(days=1)
_NINE, _MONTH = time(9), timedelta(days=31)
_OWN, _LEAD, _LATE = (7, 3, 1, 0), (1, 0), ()

Row = tuple[int, str, str, date]
"""Person, subject, kind, day of the deadline."""


@dataclass
class Oracle:
    """What has to be written, from the sheet's words alone."""

    days: WorkingDays
    holders: dict[tuple[Role, int | None], list[int]]
    left: dict[int, date]
    parents: dict[int, int | None]
    expected: set[Row]

    def morning_before(self, now: datetime) -> date:
        """The last working day whose nine o'clock has come."""
        here = now.astimezone(SEOUL)
        day = here.date() if here.time() >= _NINE else here.date() - _DAY
        while not self.days.is_working(day):
            day -= _DAY
        return day

    def count(self, first: date, last: date) -> int:
        """Working days after the first, up to the last."""
        return sum(self.days.is_working(first + _DAY * n) for n in range(1, (last - first).days + 1))

    def says(self, due: date, now: datetime, before: tuple[int, ...]) -> str | None:
        """What is said of a deadline by now: `-3` from the third working day before it on."""
        today = self.morning_before(now)
        if today > due:
            return f"+{self.count(due, today)}"
        if today == due:
            return "+0" if 0 in before else None
        # The last working day before a deadline on a day off is the first before it.
        left = self.count(today, due) + (not self.days.is_working(due))
        reached = [mark for mark in before if mark and left <= mark]
        return f"-{min(reached)}" if reached else None

    def nearest(self, role: Role, department: int) -> list[int]:
        place: int | None = department
        while place is not None:
            if found := self.holders.get((role, place)):
                return found
            place = self.parents[place]
        return self.holders.get((role, None), [])

    def must_be_told(self, session: Session, now: datetime) -> None:
        """Adds everything that must have been said by now of what is open now."""
        today = now.astimezone(SEOUL).date()
        query = select(Period).where(Period.state == PeriodState.OPEN, Period.starts_on <= today)
        for period in session.exec(query):
            of_cycle = select(Indicator).where(Indicator.cycle_id == period.cycle_id)
            indicators = session.exec(of_cycle.where(col(Indicator.ends_on).is_(None))).all()
            places = {one.id: one.department_id for one in indicators}
            reports = session.exec(select(Submission).where(Submission.period_id == period.id)).all()
            states = {one.indicator_id: one.state for one in reports}
            since: dict[tuple[State | None, int], datetime] = {}
            for one in reports:
                waiting, at = (one.state, places.get(one.indicator_id, 0)), one.submitted_at or now
                since[waiting] = min(at, since.get(waiting, at))
            for indicator in indicators:
                state = states.get(indicator.id or 0)
                self._of(period, indicator, state, now, since.get((state, indicator.department_id)))

    def _of(
        self, period: Period, indicator: Indicator, state: State | None, now: datetime, since: datetime | None
    ) -> None:
        """`since`: from when on the oldest report waits, which its deciders were told of then."""
        place, late = indicator.department_id, self.holders[Role.ADMINISTRATOR, None]
        lead, evaluator = (self.nearest(role, place) for role in (Role.TEAM_LEAD, Role.EVALUATOR))
        match state:
            case None if period.ends_on <= now.astimezone(SEOUL).date() + _MONTH:
                subject, due = f"report:{indicator.id}.{period.id}", period.report_due
                whose = [("officer", [indicator.officer_id], _OWN), ("team_lead", lead, _LEAD)]
            case State.SUBMITTED:
                subject, due = (
                    f"confirmation:{period.id}.{place}",
                    period.confirmation_due or period.review_due,
                )
                whose = [("team_lead", lead, _OWN)]
            case State.CONFIRMED:
                subject, due = f"review:{period.id}.{place}", period.review_due
                whose = [("evaluator", evaluator, _OWN)]
            case _:
                return
        day = due.astimezone(SEOUL).date()
        for audience, people, before in [*whose, ("administrator", late, _LATE)]:
            stage = self.says(day, now, before)
            if stage is not None and (since is None or stage != self.says(day, since, before)):
                kind = f"{subject.partition(':')[0]}:{audience}:{stage}"
                here = [person or 0 for person in people if self._is_here(person or 0, now)]
                self.expected |= {(person, subject, kind, day) for person in here}

    def _is_here(self, person: int, now: datetime) -> bool:
        return self.left.get(person, date.max) > now.astimezone(SEOUL).date()


def oracle_of(session: Session) -> Oracle:
    holders: dict[tuple[Role, int | None], list[int]] = {}
    for held in session.exec(select(RoleHeld).order_by(col(RoleHeld.id))):
        people = holders.setdefault((held.role, held.department_id), [])
        people += [held.person_id] if held.person_id not in people else []
    parents = {key or 0: above for key, above in session.exec(select(Department.id, Department.parent_id))}
    left = {key or 0: day for key, day in session.exec(select(Person.id, Person.left_on)) if day is not None}
    return Oracle(working_days(session), holders, left, parents, set())


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in another zone, with hours of summer."""
    monkeypatch.setenv("TZ", "America/New_York")
    machine.tzset()
    yield
    monkeypatch.undo()
    machine.tzset()


def test_ten_years_of_seoul(database: Database, tmp_path: Path, in_new_york: None) -> None:
    settle(database, tmp_path / "plan")
    happening = events(database)
    with database.read() as session:
        oracle = oracle_of(session)
    moments = 0
    for now in _moments(database, happening):
        with database.read() as session:
            oracle.days = working_days(session)
            oracle.must_be_told(session, now)
        moments += 1
    assert moments > 500
    with database.read() as session:
        rows = session.execute(
            sa.select(
                col(Reminder.person_id), col(Reminder.subject), col(Reminder.kind), col(Reminder.due_on)
            )
        ).all()
        given = {tuple(row) for row in rows}
        assert len(given) == len(rows) > 5000
        assert given - oracle.expected == set() and oracle.expected - given == set()
        _was_told_at_proper_times(session, oracle)


def _moments(database: Database, happening: list[Event]) -> Iterator[datetime]:
    """Does what is due at every moment there is until nothing is to come; now and then at night and on days off."""
    now, ahead = happening[0].at - timedelta(days=60), list(happening)
    while True:
        with database.write() as session:
            while ahead and ahead[0].at <= now:
                ahead.pop(0).happens(session)
        following = run_due(database, BOOK, now)
        with database.write() as session:
            while deliver_web(session, now, BOOK, LINKS)[0]:
                pass
        yield now
        if not ahead:
            return
        # A look is never far away: what is asked for from today on is seen at midnight.
        now = min(following, ahead[0].at, _next_asked(database, now))


def _next_asked(database: Database, now: datetime) -> datetime:
    """When the next period is asked for."""
    today = now.astimezone(SEOUL).date()
    with database.read() as session:
        query = select(sa.func.min(Period.ends_on)).where(col(Period.ends_on) > today + _MONTH)
        ends = session.exec(query).one()
    return datetime.combine(ends - _MONTH if ends else date(2099, 1, 1), time(), SEOUL)


def _was_told_at_proper_times(session: Session, oracle: Oracle) -> None:
    """No day off, no quiet hour; nothing is left over. The days are those of the end: what was declared was declared
    in time."""
    made = session.execute(sa.select(col(Digest.made_at)).distinct()).scalars().all()
    for at in made:
        here = at.astimezone(SEOUL)
        assert oracle.days.is_working(here.date()) and time(8) <= here.time() < time(20), here
    waiting = select(Reminder).where(Reminder.state == ReminderState.TODO)
    assert session.exec(waiting).all() == []
