"""A town hall of ten people whose reminders are written, gathered and delivered at moments a test names.

    hall = Hall(database)
    hall.runs(seoul("2019-07-04 09:00"))
    assert hall.told("a") == ["report:officer:-7 A1"]
    hall.hands_in("A1")

A report is due on Monday 15 July 2019, 18:00. Rows are changed directly, past all rights and rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from bot.delivery import deliver_web
from bot.web.draw import FileLinks
from handlers.book import BOOK
from models.clock import SEOUL
from models.leave import Leave
from models.messaging.account import Account, web_account
from models.messaging.conversation import DrawnScreen
from models.messaging.web import WebLine
from models.organization import Department, DepartmentKind, Person, Role, RoleHeld
from models.plan import Cycle, Indicator, Period
from models.reminding.looking import look, write
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import Digest, DigestKind, Reminder, ReminderRule, ReminderState
from models.scoring import Kind
from models.special_days import SpecialDay
from models.store import Database
from models.submission import Decision, DecisionKind, State, Submission, SubmissionVersion
from scheduler.due import run_due
from scheduler.reminding import send_digests

LINKS = FileLinks("a key of thirty-two characters or so")
PLACES = [("CITY", "/CITY/"), ("B", "/CITY/B/"), ("D", "/CITY/B/D/"), ("E", "/CITY/B/E/")]
PEOPLE = {
    "a": (Role.OFFICER, "D"),
    "b": (Role.OFFICER, "D"),
    "e": (Role.OFFICER, "E"),
    "lead": (Role.TEAM_LEAD, "D"),
    "head": (Role.TEAM_LEAD, "B"),
    "evaluator": (Role.EVALUATOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
    "spare": (None, None),
}
INDICATORS = {"A1": ("a", "D"), "A2": ("a", "D"), "B1": ("b", "D"), "E1": ("e", "E")}


def seoul(text: str) -> datetime:
    """`2019-07-15 18:00` in Seoul."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


DUE, REVIEW_DUE = seoul("2019-07-15 18:00"), seoul("2019-07-31 18:00")


@dataclass(frozen=True)
class Told:
    """A reminder that reached somebody."""

    at: datetime
    digest: int
    person: str
    digest_kind: DigestKind
    kind: str
    about: str
    due_on: date


@dataclass
class Hall:
    """`received`: everything that was told, in order."""

    database: Database
    received: list[Told] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)
    period: int = 0
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        with self.database.write() as session:
            for code, path in PLACES:
                place = Department(code=code, name=code, kind=DepartmentKind.DIVISION, path=path)
                self.places[code] = added(session, place)
            for code, (role, where) in PEOPLE.items():
                self.people[code] = key = added(session, Person(code=code, name=code))
                web_account(session, DUE - timedelta(days=300), key)
                if role is not None:
                    place_id = self.places[where] if where else None
                    session.add(RoleHeld(person_id=key, role=role, department_id=place_id))
            cycle = Cycle(code="2019", name="2019", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
            cycle_id = added(session, cycle)
            self.period = added(session, period(cycle_id))
            for code, (officer, where) in INDICATORS.items():
                indicator = Indicator(
                    cycle_id=cycle_id, code=code, name=code, department_id=self.places[where], kind=Kind.HIGHER,
                    officer_id=self.people[officer], weight=Decimal(10),
                )  # fmt: skip
                self.indicators[code] = added(session, indicator)

    # What happens by the clock.

    def runs(self, now: datetime) -> datetime:
        """Everything that is due is done, and reaches its readers."""
        following = run_due(self.database, BOOK, now)
        self.delivers(now)
        return following

    def looks(self, now: datetime) -> None:
        """Only what is due is written: the process ends there."""
        with self.database.read() as session:
            seen = look(session, now)
        with self.database.write() as session:
            write(session, seen.new)

    def gathers(self, now: datetime) -> None:
        """What was written goes into the outbox, and stays there."""
        with self.database.write() as session:
            while send_digests(session, BOOK, now):
                pass

    def delivers(self, now: datetime) -> None:
        """What is in the outbox reaches its readers."""
        with self.database.write() as session:
            while deliver_web(session, now, BOOK, LINKS)[0]:
                pass
        self._note(now)

    def _note(self, now: datetime) -> None:
        names = {key: code for code, key in self.people.items()}
        subjects = {f"report:{key}.{self.period}": code for code, key in self.indicators.items()}
        with self.database.read() as session:
            screens = select(DrawnScreen).join(WebLine, col(WebLine.screen_id) == col(DrawnScreen.id))
            arrived = {screen.data.get("digest") for screen in session.exec(screens)}
            rows = session.exec(
                select(Reminder, Digest)
                .join(Digest, col(Digest.id) == col(Reminder.digest_id))
                .where(Reminder.state == ReminderState.TOLD)
                .order_by(col(Digest.id), col(Reminder.id))
            )
            for reminder, digest in rows:
                if digest.id in arrived and (reminder.id, digest.id) not in self._seen:
                    self._seen.add((reminder.id or 0, digest.id or 0))
                    about = subjects.get(reminder.subject, reminder.subject)
                    who = names[reminder.person_id]
                    told = (digest.id or 0, who, digest.kind, reminder.kind, about, reminder.due_on)
                    self.received.append(Told(now, *told))

    # What was told, and what is written.

    def told(self, person: str, at: datetime | None = None) -> list[str]:
        """`report:officer:-3 A1`, in order."""
        own = [one for one in self.received if one.person == person and at in (None, one.at)]
        return [f"{one.kind} {one.about}" for one in own]

    def digests(self, person: str) -> list[int]:
        """The different messages of reminders that reached a person."""
        return list(dict.fromkeys(one.digest for one in self.received if one.person == person))

    def messages(self, person: str) -> list[dict[str, Any]]:
        """Everything the web chat of a person shows."""
        with self.database.read() as session:
            query = select(WebLine).join(Account, col(Account.id) == col(WebLine.account_id))
            of_person = query.where(Account.person_id == self.people[person])
            return [line.body for line in session.exec(of_person.order_by(col(WebLine.id)))]

    def rows(self, *conditions: Any) -> list[Reminder]:
        with self.database.read() as session:
            return list(session.exec(select(Reminder).where(*conditions).order_by(col(Reminder.id))))

    # What people do.

    def changes(self, table: type[SQLModel], key: int, **values: Any) -> None:
        with self.database.write() as session:
            row = session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)

    def adds(self, row: SQLModel) -> int:
        with self.database.write() as session:
            return added(session, row)

    def hands_in(self, code: str, now: datetime = DUE) -> int:
        return self.reports(code, State.SUBMITTED, submitted_at=now)

    def reports(self, code: str, state: State, **values: Any) -> int:
        """The report of an indicator is in that state."""
        with self.database.write() as session:
            key = self.indicators[code]
            found = session.exec(select(Submission).where(Submission.indicator_id == key)).one_or_none()
            found = found or Submission(indicator_id=key, period_id=self.period)
            for name, value in {"state": state, **values}.items():
                setattr(found, name, value)
            return added(session, found)

    def returns(self, code: str, now: datetime, due: datetime) -> int:
        """Somebody returned the report with a new deadline."""
        key = self.reports(code, State.RETURNED, due_at=due, submitted_at=None)
        by = self.people["evaluator"]
        with self.database.write() as session:
            number = len(session.exec(select(SubmissionVersion)).all()) + 1
            version = SubmissionVersion(submission_id=key, number=number, saved_at=now, saved_by_id=by)
            decision = Decision(
                submission_id=key, version_id=added(session, version), kind=DecisionKind.RETURN,
                decided_by_id=by, decided_at=now, new_due=due,
            )  # fmt: skip
            session.add(decision)
        return key

    def hands_over(self, code: str, to: str | None, second: str | None = None) -> None:
        values = {"officer_id": to and self.people[to], "deputy_officer_id": second and self.people[second]}
        self.changes(Indicator, self.indicators[code], **values)

    def moves_deadline(self, to: datetime) -> None:
        self.changes(Period, self.period, report_due=to)

    def leaves(self, person: str, on: date) -> None:
        self.changes(Person, self.people[person], left_on=on)

    def is_away(self, person: str, first: str, last: str) -> int:
        days = date.fromisoformat(first), date.fromisoformat(last)
        return self.adds(Leave(person_id=self.people[person], starts_on=days[0], ends_on=days[1]))

    def stands_in(self, person: str, for_whom: str, first: str = "", last: str = "") -> int:
        return self.adds(
            RoleHeld(
                person_id=self.people[person], role=Role.DEPUTY, stands_in_for_id=self.people[for_whom],
                starts_on=date.fromisoformat(first) if first else None,
                ends_on=date.fromisoformat(last) if last else None,
            )
        )  # fmt: skip

    def has_day_off(self, day: str) -> None:
        self.adds(SpecialDay(day=date.fromisoformat(day), name="임시공휴일"))

    def has_no_messenger(self, person: str) -> None:
        self._account(person, address=None)

    def has_messenger(self, person: str) -> None:
        self._account(person, address=str(self.people[person]))

    def _account(self, person: str, **values: Any) -> None:
        with self.database.write() as session:
            own = sa.update(Account).where(col(Account.person_id) == self.people[person])
            session.execute(own.values(**values))

    def rule(self, audience: Audience, *, kind: DeadlineKind = DeadlineKind.REPORT, **values: Any) -> None:
        """A line of the sheet 알림."""
        self.adds(ReminderRule(kind=kind, audience=audience, **values))


def period(cycle_id: int, **values: Any) -> Period:
    """The first half of 2019."""
    plain = {
        "code": "H1", "name": "상반기", "starts_on": date(2019, 1, 1), "ends_on": date(2019, 6, 30),
        "report_due": DUE, "review_due": REVIEW_DUE,
    }  # fmt: skip
    return Period(cycle_id=cycle_id, **plain | values)


def added(session: Session, row: SQLModel) -> int:
    session.add(row)
    session.flush()
    return getattr(row, "id", None) or 0


def hours(first: datetime, last: datetime, step: timedelta = timedelta(hours=1)) -> Iterator[datetime]:
    """Every hour from one instant through another."""
    while first <= last:
        yield first
        first += step
