"""Random changes between ticks, against a model that knows only what is open, whose it is, and which morning it is.

The model writes down at every look which stage of what is still open has been reached, and for whom. A person must have
been told of it by the next time that suits, if it is still so then; and of nothing else, and nothing twice.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.clock import SEOUL
from models.leave import Leave
from models.messaging.web import WebLine
from models.organization import RoleHeld
from models.plan import Period, PeriodState
from models.reminding.snooze import snooze
from models.reminding.table import Digest
from models.store import Database
from models.submission import State, Submission
from models.words import Refusal
from models.working_days import WorkingDays
from tests.kit.databases import sqlite_template
from tests.reminding.hall import INDICATORS, Hall, added, seoul

_DAY = timedelta(days=1)
BEGIN = seoul("2019-07-08 08:00")
_MARKS = (7, 3, 1)
_OFFICERS = ("a", "b", "e", "spare")

Key = tuple[str, str, str, date]
"""Person, what it is about, its stage, the day of the deadline."""


@dataclass
class Task:
    """The report of an indicator as the model knows it."""

    officer: str
    due: datetime
    is_open: bool = True
    returned_at: datetime | None = None


@dataclass
class Model:
    """What is open, whose it is, who is there."""

    tasks: dict[str, Task]
    now: datetime = BEGIN
    days_off: set[date] = field(default_factory=set)
    away: dict[str, tuple[date, date]] = field(default_factory=dict)
    deputies: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    is_closed: bool = False

    @property
    def days(self) -> WorkingDays:
        return WorkingDays(dict.fromkeys(self.days_off, "임시공휴일"))

    def suits(self, at: datetime) -> bool:
        return self.days.is_working(at.date()) and time(8) <= at.time() < time(20)

    def stage(self, task: Task) -> str | None:
        """The last stage whose morning has come, unless it came before the report was returned."""
        day = self.now.date() if self.now.time() >= time(9) else self.now.date() - _DAY
        while not self.days.is_working(day):
            day -= _DAY
        morning, due = datetime.combine(day, time(9), SEOUL), task.due.date()
        if day > due:
            name = f"+{self._count(due, day)}"
        elif day == due:
            name = "+0"
        else:
            left = self._count(day, due) + (not self.days.is_working(due))
            mark = min((one for one in _MARKS if left <= one), default=None)
            if mark is None:
                return None
            name, morning = f"-{mark}", datetime.combine(self.days.add(due, -mark), time(9), SEOUL)
        return None if task.returned_at is not None and morning <= task.returned_at else name

    def receivers(self, task: Task) -> set[str]:
        """Who is told: the officer and who stands in; on a leave only who stands in, where they are there."""
        if task.officer in self.gone:
            return set()
        deputy = self.deputies.get(task.officer)
        can = deputy is not None and deputy not in self.gone and not self.is_away(deputy)
        if can and deputy is not None:
            return {deputy} if self.is_away(task.officer) else {deputy, task.officer}
        return {task.officer}

    def is_away(self, person: str) -> bool:
        first, last = self.away.get(person, (date.max, date.max))
        return first <= self.now.date() <= last

    def wanted(self) -> dict[Key, Task]:
        """Everything that has been reached of what is open now."""
        found: dict[Key, Task] = {}
        for code, task in self.tasks.items():
            stage = self.stage(task)
            if task.is_open and not self.is_closed and stage is not None:
                kind = "report" if task.returned_at is None else "return"
                for person in self.receivers(task):
                    found[person, code, f"{kind}:officer:{stage}", task.due.date()] = task
        return found

    def may_wait(self, person: str, task: Task) -> bool:
        """Whether somebody on a leave hears of it when they are back: of what is late, or due after that."""
        back = self.days.next_working(self.away[person][1] + _DAY)
        return task.due <= self.now or datetime.combine(back, time(8), SEOUL) < task.due

    def _count(self, first: date, last: date) -> int:
        return sum(self.days.is_working(first + _DAY * n) for n in range(1, (last - first).days + 1))


class Reminding(RuleBasedStateMachine):
    """A month of a small town hall."""

    template: Path | None = None

    @initialize()
    def opens(self) -> None:
        if Reminding.template is None:
            Reminding.template = sqlite_template(Path(tempfile.mkdtemp(prefix="bogobot-model-")))
        self.folder = Path(tempfile.mkdtemp(prefix="bogobot-model-"))
        self.database = Database(f"sqlite:///{shutil.copy(Reminding.template, self.folder / 'hall.sqlite')}")
        self.hall = Hall(self.database)
        self.model = Model(
            {code: Task(who, seoul("2019-07-15 18:00")) for code, (who, _) in INDICATORS.items()}
        )
        self.checked = 0
        self.snoozed: set[tuple[str, str]] = set()
        self.known: set[Key] = set()

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.folder)

    # Time goes by. A tick, or only a part of one: the process is killed after it.

    @rule(minutes=st.sampled_from([5, 30, 60, 60 * 5, 60 * 13, 60 * 24, 60 * 24 * 3]))
    def time_passes(self, minutes: int) -> None:
        self.model.now += timedelta(minutes=minutes)

    @rule()
    def until_nine_in_the_morning(self) -> None:
        next_day = self.model.now.date() + (_DAY if self.model.now.time() >= time(9) else timedelta())
        self.model.now = datetime.combine(next_day, time(9), SEOUL)
        self.ticks()

    @rule()
    def ticks(self) -> None:
        """Everything is done: what must have been said has been said now."""
        self.hall.runs(self.model.now)
        self._check_told()
        if not self.model.suits(self.model.now):
            return
        for (person, code, kind, due), task in self.model.wanted().items():
            if self.model.is_away(person) and self.model.may_wait(person, task):
                continue
            assert (person, code, kind, due) in self.known or (person, code) in self.snoozed, (
                f"at {self.model.now} {person} was not told {kind} of {code}"
            )

    @rule()
    def is_killed_after_the_look(self) -> None:
        self.hall.looks(self.model.now)

    @rule()
    def is_killed_before_it_sends(self) -> None:
        self.hall.looks(self.model.now)
        self.hall.gathers(self.model.now)

    @rule()
    def sends_what_was_held_up(self) -> None:
        self.hall.delivers(self.model.now)
        self._check_told()

    # People work.

    @rule(code=st.sampled_from(sorted(INDICATORS)))
    def hands_in(self, code: str) -> None:
        task = self.model.tasks[code]
        task.is_open = False
        self.hall.reports(code, State.SUBMITTED, submitted_at=self.model.now)

    @rule(code=st.sampled_from(sorted(INDICATORS)))
    def takes_back(self, code: str) -> None:
        if not self.model.tasks[code].is_open:
            self.model.tasks[code].is_open = True
            self.hall.reports(code, State.WITHDRAWN, submitted_at=None)

    @rule(code=st.sampled_from(sorted(INDICATORS)), days=st.integers(1, 9))
    def is_returned(self, code: str, days: int) -> None:
        task = self.model.tasks[code]
        if task.is_open:
            return
        due = datetime.combine(self.model.now.date() + _DAY * days, time(18), SEOUL)
        task.is_open, task.due, task.returned_at = True, due, self.model.now
        self.hall.returns(code, self.model.now, due)

    @rule(code=st.sampled_from(sorted(INDICATORS)))
    def is_approved(self, code: str) -> None:
        self.model.tasks[code].is_open = False
        self.hall.reports(code, State.APPROVED)

    @rule(days=st.integers(8, 31), hour=st.sampled_from([10, 18]))
    def the_deadline_is_moved(self, days: int, hour: int) -> None:
        due = datetime(2019, 7, days, hour, tzinfo=SEOUL)
        self.hall.moves_deadline(due)
        for task in self.model.tasks.values():
            task.due = due if task.returned_at is None else task.due

    @rule(code=st.sampled_from(sorted(INDICATORS)), to=st.sampled_from(_OFFICERS))
    def is_handed_over(self, code: str, to: str) -> None:
        self.model.tasks[code].officer = to
        self.hall.hands_over(code, to)

    @rule(person=st.sampled_from(["b", "e"]))
    def leaves_for_good(self, person: str) -> None:
        self.model.gone.add(person)
        self.hall.leaves(person, self.model.now.date())

    @rule(person=st.sampled_from(_OFFICERS), starts=st.integers(0, 3), lasts=st.integers(0, 6))
    def goes_on_leave(self, person: str, starts: int, lasts: int) -> None:
        first = self.model.now.date() + _DAY * starts
        days = first, first + _DAY * lasts
        with self.database.write() as session:
            for leave in session.query(Leave).filter_by(person_id=self.hall.people[person]):
                leave.is_cancelled = True
            if person not in self.model.away or starts:
                added(session, Leave(person_id=self.hall.people[person], starts_on=days[0], ends_on=days[1]))
                self.model.away[person] = days
            else:
                del self.model.away[person]

    @rule(person=st.sampled_from(_OFFICERS), deputy=st.sampled_from(_OFFICERS))
    def gets_a_deputy(self, person: str, deputy: str) -> None:
        with self.database.write() as session:
            for held in session.query(RoleHeld).filter_by(stands_in_for_id=self.hall.people[person]):
                session.delete(held)
        self.model.deputies.pop(person, None)
        if person != deputy:
            self.model.deputies[person] = deputy
            self.hall.stands_in(deputy, person)

    @rule(ahead=st.integers(1, 8))
    def a_holiday_is_declared(self, ahead: int) -> None:
        day = self.model.now.date() + _DAY * ahead
        if day not in self.model.days_off:
            self.model.days_off.add(day)
            self.hall.has_day_off(day.isoformat())

    @rule()
    def the_period_is_closed_or_opened(self) -> None:
        self.model.is_closed = not self.model.is_closed
        to = PeriodState.CLOSED if self.model.is_closed else PeriodState.OPEN
        self.hall.changes(Period, self.hall.period, state=to)

    @precondition(lambda self: self.hall.received)
    @rule(hours=st.sampled_from([1, 24]))
    def puts_off(self, hours: int) -> None:
        last = self.hall.received[-1]
        until = self.model.now + timedelta(hours=hours)
        try:
            with self.database.write() as session:
                snooze(session, self.model.now, self.hall.people[last.person], last.digest, until)
        except Refusal:
            return
        gathered = [one for one in self.hall.received if one.digest == last.digest]
        self.snoozed |= {(one.person, self._code(one.about)) for one in gathered}

    # What must never be.

    def _check_told(self) -> None:
        """What has been told since the last time: open, theirs, in time, once."""
        for one in self.hall.received[self.checked :]:
            if "officer" not in one.kind:
                continue
            code = self._code(one.about)
            key = one.person, code, one.kind, one.due_on
            assert key not in self.known or (one.person, code) in self.snoozed, f"{key} was told twice"
            is_open = self.model.tasks[code].is_open and not self.model.is_closed
            assert is_open and one.person in self.model.receivers(self.model.tasks[code]), (
                f"{key} is not theirs"
            )
            assert one.due_on == self.model.tasks[code].due.date(), f"{key} was moved"
            late = self.model.tasks[code].due
            assert self.model.suits(self.model.now) or self._cannot_wait(late), f"{key} at {self.model.now}"
            self.known.add(key)
        self.checked = len(self.hall.received)

    def _cannot_wait(self, due: datetime) -> bool:
        """Whether there is no proper moment any more before the deadline."""
        at = self.model.now
        while not self.model.suits(at):
            at += timedelta(minutes=5)
        return self.model.now < due <= at

    def _code(self, about: str) -> str:
        if not about.startswith("return:"):
            return about
        with self.database.read() as session:
            indicator = session.get_one(Submission, int(about.partition(":")[2])).indicator_id
        return next(code for code, key in self.hall.indicators.items() if key == indicator)

    @invariant()
    def one_message_a_digest(self) -> None:
        if hasattr(self, "hall"):
            with self.database.read() as session:
                assert session.query(WebLine).count() <= session.query(Digest).count()


TestReminding = Reminding.TestCase
TestReminding.settings = settings(max_examples=50, stateful_step_count=25, deadline=None, derandomize=True)
