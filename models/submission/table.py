"""A report of one indicator's actual for one period: its states, its versions, the decisions on it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import decimal_field, enum_field


class State(StrEnum):
    """Where a submission stands: draft -> submitted -> (confirmed ->) approved | returned -> draft …"""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


WRITABLE = (State.DRAFT, State.RETURNED, State.WITHDRAWN)
"""With the officer, who still has to hand it in."""
UNDECIDED = (State.SUBMITTED, State.CONFIRMED)
"""With those who decide."""
HANDED_IN = (*UNDECIDED, State.APPROVED)


class DecisionKind(StrEnum):
    """What was done with a version by somebody else than its author."""

    CONFIRM = "confirm"
    APPROVE = "approve"
    RETURN = "return"


class ReasonCode(StrEnum):
    """Why a report was returned."""

    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_MISMATCH = "evidence_mismatch"
    CALCULATION = "calculation"
    PERIOD = "period"
    EXPLANATION = "explanation"
    OTHER = "other"


class Submission(SQLModel, table=True):
    """The report of an indicator for a period. `revision` rises with every change: decisions compare it."""

    __table_args__ = (
        sa.UniqueConstraint("indicator_id", "period_id"),
        sa.Index("ix_submission_state_period", "state", "period_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    period_id: int = Field(foreign_key="period.id", index=True)
    state: State = enum_field(State, "submission_state", default=State.DRAFT)
    revision: int = 0
    version_number: int = 1
    due_at: datetime | None = None
    """A deadline of its own, given when it was returned; otherwise the period's holds."""
    submitted_at: datetime | None = None
    recognised: Decimal | None = decimal_field(default=None, nullable=True)
    """The value that counts (인정 실적), set by the approval and by nothing else."""
    recognised_not_applicable: bool = False


class SubmissionVersion(SQLModel, table=True):
    """What was reported: written while it is a draft, never changed once it was submitted."""

    __tablename__ = "submission_version"
    __table_args__ = (sa.UniqueConstraint("submission_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    number: int
    value: Decimal | None = decimal_field(default=None, nullable=True)
    not_applicable: bool = False
    note: str = Field(default="", max_length=2000)
    saved_at: datetime
    saved_by_id: int = Field(foreign_key="person.id")
    submitted_at: datetime | None = None
    submitted_by_id: int | None = Field(default=None, foreign_key="person.id")
    submitted_for_id: int | None = Field(default=None, foreign_key="person.id")
    """Whom the submitter stood in for (대결)."""


class Decision(SQLModel, table=True):
    """A decision, bound to the version that was seen."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    version_id: int = Field(foreign_key="submission_version.id")
    kind: DecisionKind = enum_field(DecisionKind, "decision_kind")
    reason_code: ReasonCode | None = enum_field(ReasonCode, "reason_code", default=None, nullable=True)
    reason: str = Field(default="", max_length=2000)
    recognised: Decimal | None = decimal_field(default=None, nullable=True)
    new_due: datetime | None = None
    decided_by_id: int = Field(foreign_key="person.id")
    decided_for_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime
