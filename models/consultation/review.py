"""What is written in a consultation: the department's paper, the consultant's views, notes, and tasks from them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import enum_field


class PaperState(StrEnum):
    DRAFT = "draft"
    HANDED_IN = "handed_in"
    VIEWED = "viewed"
    """The consultant has written a view on every indicator and sent them back."""


class Paper(SQLModel, table=True):
    """What a department hands in for the written review (서면 검토)."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "department_id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    consultant_id: int | None = Field(default=None, foreign_key="person.id")
    """Who reviews it, once somebody has begun to."""
    state: PaperState = enum_field(PaperState, "paper_state", default=PaperState.DRAFT)
    text: str = Field(default="", max_length=2000)
    handed_in_by_id: int | None = Field(default=None, foreign_key="person.id")
    handed_in_at: datetime | None = None
    viewed_at: datetime | None = None
    revision: int = 0


class PaperFile(SQLModel, table=True):
    """A file handed in with a paper."""

    __tablename__ = "paper_file"

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", index=True)
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64)
    name: str = Field(max_length=255)
    size: int


class Criterion(StrEnum):
    """The four things that are looked at in an indicator (오산시 컨설팅)."""

    LINK = "link"
    """Link of goal and indicator (연계)."""
    FORMULA = "formula"
    """The formula (산식)."""
    TARGET = "target"
    """Adequacy of the target (목표치 적합성)."""
    CHALLENGE = "challenge"
    """Challenge (도전성)."""


class Verdict(StrEnum):
    GOOD = "good"
    MEND = "mend"
    REPLACE = "replace"


class ViewStage(StrEnum):
    WRITTEN = "written"
    NOTE = "note"
    """After the meeting."""


class View(SQLModel, table=True):
    """The consultant's word on one indicator: a verdict on each criterion judged so far, and what to do."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "indicator_id", "stage"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    stage: ViewStage = enum_field(ViewStage, "view_stage")
    consultant_id: int = Field(foreign_key="person.id")
    link: Verdict | None = enum_field(Verdict, "view_link", default=None, nullable=True)
    formula: Verdict | None = enum_field(Verdict, "view_formula", default=None, nullable=True)
    target: Verdict | None = enum_field(Verdict, "view_target", default=None, nullable=True)
    challenge: Verdict | None = enum_field(Verdict, "view_challenge", default=None, nullable=True)
    text: str = Field(default="", max_length=2000)
    written_at: datetime
    sent_at: datetime | None = None
    """When the department got to read it."""
    revision: int = 0


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    """Not asked for any more: the note was corrected."""


class ReviewTask(SQLModel, table=True):
    """What a note asks of an indicator's officer: one for each criterion that is not good."""

    __tablename__ = "review_task"
    __table_args__ = (sa.UniqueConstraint("view_id", "criterion"),)

    id: int | None = Field(default=None, primary_key=True)
    view_id: int = Field(foreign_key="view.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    criterion: Criterion = enum_field(Criterion, "task_criterion")
    state: TaskState = enum_field(TaskState, "task_state", default=TaskState.OPEN, index=True)
    due_at: datetime | None = None
    answer: str = Field(default="", max_length=1000)
    """What the officer did about it."""
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = None
    reason: str = Field(default="", max_length=1000)
    """Why the consultant opened it again."""
    revision: int = 0
