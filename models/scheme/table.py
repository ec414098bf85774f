"""Schemes (평가체계): parts, grades, prizes, subjects. What the columns mean: docs/schemes.md."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.scoring import Kind
from models.store import decimal_field, enum_field, json_field


class SubjectKind(StrEnum):
    """Who is ranked by a scheme; institutions and teams are departments."""

    DEPARTMENT = "department"
    PERSON = "person"


class Source(StrEnum):
    """Where the points of a part come from."""

    INDICATORS = "indicators"
    RATING = "rating"
    OWNER = "owner"
    SCHEME = "scheme"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    CONSULTATION = "consultation"
    MILEAGE = "mileage"


BASE = (Source.INDICATORS, Source.RATING, Source.OWNER, Source.SCHEME)
"""The parts whose points sum to 100; the others come on top, or are taken off."""


class Combine(StrEnum):
    """How the pieces of a part become its figure of the year."""

    YEAR = "year"
    MEAN = "mean"
    SUM = "sum"
    LAST = "last"
    SHARES = "shares"


class Scheme(SQLModel, table=True):
    """A version of a scheme, in force from a day on."""

    __table_args__ = (sa.UniqueConstraint("cycle_id", "code", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    valid_from: date
    subject_kind: SubjectKind = enum_field(SubjectKind, "subject_kind", default=SubjectKind.DEPARTMENT)
    digits: int = 2
    """Decimals of the points of a part."""
    ties_go_up: bool = True
    """Whether those who share a place all get the better grade, or the lesser one."""
    note: str = Field(default="", max_length=2000)
    """What the source says two things about, and which one this takes."""


class Part(SQLModel, table=True):
    """A part of a scheme: what it is worth and where its points come from."""

    __tablename__ = "scheme_part"
    __table_args__ = (sa.UniqueConstraint("scheme_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    position: int = 0
    source: Source = enum_field(Source, "part_source")
    points: Decimal | None = decimal_field(default=None, nullable=True)
    """What can be had; the most of a bonus or deduction, None where there is no most."""
    below: bool = False
    """Whether departments below the subject's count too."""
    combine: Combine = enum_field(Combine, "part_combine", default=Combine.YEAR)
    shares: str = Field(default="", max_length=200)
    """The shares of the periods, as written in the plan: `H1:40; H2:60`."""
    basis: str = Field(default="", max_length=40)
    """The code of the rating, the scheme or the cycle that the part goes by."""
    owner_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    """The department that gives the values of an owner's part."""
    kind: Kind | None = enum_field(Kind, "part_kind", default=None, nullable=True)
    """How an owner's value becomes an achievement; None where the value is points."""
    target: Decimal | None = decimal_field(default=None, nullable=True)
    baseline: Decimal | None = decimal_field(default=None, nullable=True)
    low: Decimal | None = decimal_field(default=None, nullable=True)
    high: Decimal | None = decimal_field(default=None, nullable=True)
    loss_per_unit: Decimal | None = decimal_field(default=None, nullable=True)
    steps: str = Field(default="", max_length=500)
    floor: Decimal = decimal_field(default=Decimal(0))
    cap: Decimal = decimal_field(default=Decimal(100))
    digits: int = 1
    """Decimals of the achievement in %."""
    tie_order: int | None = None
    """Equals are told apart by the part with 1 first."""
    note: str = Field(default="", max_length=500)


class Grade(SQLModel, table=True):
    """A grade: by a least total, by a share of the subjects, by both."""

    __tablename__ = "scheme_grade"
    __table_args__ = (sa.UniqueConstraint("scheme_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    name: str = Field(max_length=40)
    position: int = 0
    least: Decimal | None = decimal_field(default=None, nullable=True)
    share: Decimal | None = decimal_field(default=None, nullable=True)
    """In % of the subjects of the group."""


class Prize(SQLModel, table=True):
    """A prize for so many subjects."""

    __tablename__ = "scheme_prize"
    __table_args__ = (sa.UniqueConstraint("scheme_id", "name", "grouping"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    name: str = Field(max_length=80)
    position: int = 0
    count: int = 1
    least: Decimal | None = decimal_field(default=None, nullable=True)
    grouping: str = Field(default="", max_length=80)
    """Only for subjects of this group; "" for all."""


class Subject(SQLModel, table=True):
    """A department or a person that a scheme ranks, in all its versions."""

    __tablename__ = "scheme_subject"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "scheme", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    scheme: str = Field(max_length=40)
    code: str = Field(max_length=40)
    """The department's code or the person's number."""
    department_id: int = Field(foreign_key="department.id", index=True)
    """Whose indicators count: of a person, the department they answer for."""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    grouping: str = Field(default="", max_length=80)
    position: int = 0


class OwnerValue(SQLModel, table=True):
    """What an owner department gave a subject; never changed: a correction is the next row, the last one counts."""

    __tablename__ = "owner_value"
    __table_args__ = (sa.Index("ix_owner_value_subject_part", "subject_id", "part", "period_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="scheme_subject.id")
    part: str = Field(max_length=40)
    """The part's code: a value holds for every version of the scheme that has the part."""
    period_id: int | None = Field(default=None, foreign_key="period.id")
    value: Decimal | None = decimal_field(default=None, nullable=True)
    not_applicable: bool = False
    note: str = Field(default="", max_length=500)
    given_by_id: int = Field(foreign_key="person.id")
    given_for_id: int | None = Field(default=None, foreign_key="person.id")
    given_at: datetime
    file_name: str = Field(default="", max_length=255)
    """The workbook it was read from, and what its bytes hash to; "" where it was given one by one."""
    file_sha256: str = Field(default="", max_length=64)


class AdjustmentState(StrEnum):
    """proposed -> confirmed | dropped; confirmed -> withdrawn."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


class Adjustment(SQLModel, table=True):
    """A bonus (가점) or deduction (감점) of one subject: proposed with a reason, decided by somebody else."""

    __table_args__ = (sa.Index("ix_adjustment_subject_part", "subject_id", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="scheme_subject.id")
    part: str = Field(max_length=40)
    period_id: int | None = Field(default=None, foreign_key="period.id")
    points: Decimal = decimal_field()
    """Above 0, also for a deduction."""
    reason: str = Field(max_length=1000)
    state: AdjustmentState = enum_field(AdjustmentState, "adjustment_state", default=AdjustmentState.PROPOSED)
    proposed_by_id: int = Field(foreign_key="person.id")
    proposed_at: datetime
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    decision: str = Field(default="", max_length=1000)
    """The reason of the decision."""
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = None
    withdrawal: str = Field(default="", max_length=1000)
    revision: int = 0


class Announcement(SQLModel, table=True):
    """A result as it was made known: what everybody was told stays as it was, a correction is the next one."""

    __tablename__ = "scheme_announcement"
    __table_args__ = (sa.Index("ix_announcement_scheme", "cycle_id", "scheme", "period_id"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    scheme: str = Field(max_length=40)
    period_id: int | None = Field(default=None, foreign_key="period.id")
    announced_by_id: int = Field(foreign_key="person.id")
    announced_at: datetime
    results: list[dict[str, Any]] = json_field()
    """A line a subject: code, total, rank, grade, prize, and the points of each part."""
