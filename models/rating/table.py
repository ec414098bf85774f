"""Rounds of a rating, its form, its groups of raters, their papers. What the columns mean: docs/schemes.md."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import decimal_field, enum_field, json_field


class Rating(SQLModel, table=True):
    """A round: the subjects of a scheme are rated between two instants, for a period or for the whole cycle."""

    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "code", "period_id"),
        # To a unique constraint no two NULLs are alike.
        sa.Index(
            "uq_rating_whole_cycle",
            "cycle_id",
            "code",
            unique=True,
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    period_id: int | None = Field(default=None, foreign_key="period.id")
    scheme: str = Field(max_length=40)
    """The code of the scheme whose subjects are rated."""
    opens_at: datetime
    closes_at: datetime
    rates_changes: bool = False
    """Whether a subject whose plan changed after its papers were handed in is rated once more."""
    dealt_at: datetime | None = None
    """When the papers were dealt out to the raters."""
    revision: int = 0


class Criterion(SQLModel, table=True):
    """A criterion of the form, for all rounds of a rating."""

    __tablename__ = "rating_criterion"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "rating", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    rating: str = Field(max_length=40)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    question: str = Field(default="", max_length=500)
    weight: Decimal = decimal_field()
    scale: str = Field(max_length=300)
    """As written in the plan: `탁월:100; 우수:90` or `0~100`."""
    position: int = 0


class GroupKind(StrEnum):
    """Who is in a group of raters."""

    NAMED = "named"
    LEADS = "leads"
    SURVEY = "survey"


class Group(SQLModel, table=True):
    """A group of raters with its share in the rating, for all rounds."""

    __tablename__ = "rater_group"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "rating", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    rating: str = Field(max_length=40)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    position: int = 0
    share: Decimal = decimal_field()
    kind: GroupKind = enum_field(GroupKind, "rater_group_kind", default=GroupKind.NAMED)
    trim: int = 0
    """How many of the highest and of the lowest papers are left out of the mean."""
    fewest: int = 1
    """With fewer papers the group does not count."""
    each: int | None = None
    """How many subjects each rater gets; None for all."""


class Rater(SQLModel, table=True):
    """A person named in a group."""

    __table_args__ = (sa.UniqueConstraint("group_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="rater_group.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)


class PaperState(StrEnum):
    """open -> submitted (-> open again, to be corrected while the round is open) | recused."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RECUSED = "recused"


class Paper(SQLModel, table=True):
    """What one rater says of one subject; of a survey: what one respondent said."""

    __tablename__ = "rating_paper"
    __table_args__ = (
        sa.UniqueConstraint("rating_id", "group_id", "subject_id", "turn", "rater_id"),
        sa.Index(
            "uq_rating_paper_respondent",
            "rating_id",
            "group_id",
            "subject_id",
            "respondent",
            unique=True,
            sqlite_where=sa.text("rater_id IS NULL"),
            postgresql_where=sa.text("rater_id IS NULL"),
        ),
        sa.Index("ix_rating_paper_rater", "rater_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    rating_id: int = Field(foreign_key="rating.id", index=True)
    group_id: int = Field(foreign_key="rater_group.id")
    subject_id: int = Field(foreign_key="scheme_subject.id", index=True)
    rater_id: int | None = Field(default=None, foreign_key="person.id")
    respondent: str = Field(default="", max_length=40)
    """The number of who answered a survey; "" for a rater."""
    turn: int = 1
    """2 and more where the subject is rated anew after its plan changed."""
    state: PaperState = enum_field(PaperState, "paper_state", default=PaperState.OPEN)
    answers: dict[str, str] = json_field(default_factory=dict)
    """The draft: by code of the criterion, the label or the number as it was answered."""
    comment: str = Field(default="", max_length=2000)
    dealt_at: datetime
    saved_at: datetime | None = None
    recused_at: datetime | None = None
    reason: str = Field(default="", max_length=500)
    """Why the rater stepped back (회피)."""
    revision: int = 0


class Entry(SQLModel, table=True):
    """A paper as it was handed in; never changed: a correction is the next entry, the last one counts."""

    __tablename__ = "rating_entry"
    __table_args__ = (sa.UniqueConstraint("paper_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = Field(foreign_key="rating_paper.id", index=True)
    number: int = 1
    answers: dict[str, str] = json_field()
    comment: str = Field(default="", max_length=2000)
    submitted_by_id: int | None = Field(default=None, foreign_key="person.id")
    """None for a survey's respondent."""
    submitted_at: datetime
