"""Reminders given or about to be given, the digests they went out in, and the rules of the city."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.reminding.hours import QUIET_FROM, QUIET_UNTIL, Hours
from models.reminding.rule import Audience, DeadlineKind, Rule, Rules, with_defaults
from models.special_days import SpecialDay, working_days
from models.store import enum_field
from models.store.kept import kept


class ReminderRule(SQLModel, table=True):
    """A line of the sheet 알림. The fields are those of Rule."""

    __tablename__ = "reminder_rule"
    __table_args__ = (sa.UniqueConstraint("kind", "audience", "days", "minutes"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: DeadlineKind = enum_field(DeadlineKind, "rule_kind")
    audience: Audience = enum_field(Audience, "rule_audience")
    days: int = 0
    at: time = time(9, 0)
    minutes: int | None = None
    repeated: bool = False
    anytime: bool = False

    def rule(self) -> Rule:
        return Rule(
            days=self.days,
            at=self.at,
            minutes=self.minutes,
            repeated=self.repeated,
            anytime=self.anytime,
        )


class QuietHours(SQLModel, table=True):
    """The city's quiet hours, one row at most."""

    __tablename__ = "quiet_hours"

    id: int | None = Field(default=None, primary_key=True)
    starts: time
    ends: time


class ReminderState(StrEnum):
    """todo -> told. silent: when it was to leave, it was no longer theirs to do; should it be again, it is told after
    all. nowhere: the person was on no messenger."""

    TODO = "todo"
    TOLD = "told"
    SILENT = "silent"
    NOWHERE = "nowhere"


class DigestKind(StrEnum):
    """What one message gathers: one's own duties, a lead's board, an administrator's view of the city."""

    DUTIES = "duties"
    BOARD = "board"
    CITY = "city"


def _index(name: str, rows: str, *columns: str) -> sa.Index:
    return sa.Index(name, *columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


class Digest(SQLModel, table=True):
    """One message that gathers what a person is reminded of. A board or a view of the city comes once a day."""

    __table_args__ = (
        sa.Index("ix_digest_day", "day", "kind"),
        sa.Index(
            "uq_digest_daily",
            "person_id",
            "kind",
            "day",
            unique=True,
            sqlite_where=sa.text("kind != 'duties'"),
            postgresql_where=sa.text("kind != 'duties'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: DigestKind = enum_field(DigestKind, "digest_kind")
    day: date
    made_at: datetime
    snoozed_until: datetime | None = None


class Reminder(SQLModel, table=True):
    """That a person is to be reminded: written once for each stage of each deadline.

    subject: what it is about, `report:12.3` (models.reminding.duty). kind: `report:officer:-3`: the deadline's
    kind, the audience, the stage. due_on: the day of the deadline; a deadline moved to another day is another one.
    send_at: when the stage came, or until when it was put off.
    """

    __table_args__ = (
        sa.UniqueConstraint("due_on", "kind", "subject", "person_id"),
        sa.Index("ix_reminder_person_id", "person_id", "due_on"),
        _index("ix_reminder_todo", "state = 'todo'", "send_at", "person_id"),
        _index("ix_reminder_todo_of_person", "state = 'todo'", "person_id", "send_at"),
        _index("ix_reminder_nowhere", "state = 'nowhere'", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    subject: str = Field(max_length=60)
    kind: str = Field(max_length=60)
    due_on: date
    due_at: datetime
    made_at: datetime
    send_at: datetime
    anytime: bool = False
    state: ReminderState = enum_field(ReminderState, "reminder_state", default=ReminderState.TODO)
    digest_id: int | None = Field(default=None, foreign_key="digest.id", index=True)

    @property
    def deadline_kind(self) -> DeadlineKind:
        return DeadlineKind(self.kind.split(":")[0])

    @property
    def audience(self) -> Audience:
        return audience_of(self.kind)


class Nudge(SQLModel, table=True):
    """That somebody was asked by hand to hurry: once a day by each."""

    __table_args__ = (sa.UniqueConstraint("by_id", "person_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="person.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    day: date
    made_at: datetime


def audience_of(kind: str) -> Audience:
    """For whom a reminder of that kind is."""
    return Audience(kind.split(":")[1])


def is_in(state: ReminderState) -> sa.ColumnElement[bool]:
    """The condition that a reminder is in that state, written out word for word: by a value that is only bound,
    SQLite does not find an index on part of the rows."""
    return col(Reminder.state) == sa.literal_column(f"'{state.value}'")


def is_daily() -> sa.ColumnElement[bool]:
    """The condition that a digest comes once a day, in the words of the index on such."""
    return col(Digest.kind) != sa.literal_column(f"'{DigestKind.DUTIES.value}'")


def rules_of(session: Session) -> Rules:
    """The rules that hold in the city."""
    rows = session.exec(select(ReminderRule).order_by(col(ReminderRule.id)))
    return with_defaults((row.kind, row.audience, row.rule()) for row in rows)


def hours_of(session: Session) -> Hours:
    """When people of the city may be written to."""
    return kept(session, "hours", (QuietHours, SpecialDay), lambda: _read_hours(session))


def _read_hours(session: Session) -> Hours:
    quiet = session.exec(select(QuietHours)).first()
    days = working_days(session)
    return Hours(days, quiet.starts, quiet.ends) if quiet else Hours(days, QUIET_FROM, QUIET_UNTIL)
