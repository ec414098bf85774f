"""Appeals (이의신청): one an indicator and period, against the figures as they were when it was filed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import decimal_field, enum_field, json_field


class AppealState(StrEnum):
    """filed -> accepted | dismissed | withdrawn. Who withdrew one may file another."""

    FILED = "filed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


_STANDS = sa.text("state <> 'withdrawn'")


class Appeal(SQLModel, table=True):
    """An appeal against the score of one indicator in one closed period."""

    __table_args__ = (
        sa.Index(
            "uq_appeal_standing",
            "indicator_id",
            "period_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    """Whose score it is: the department of the indicator when the period was closed."""
    submission_id: int = Field(foreign_key="submission.id", index=True)
    state: AppealState = enum_field(AppealState, "appeal_state", default=AppealState.FILED, index=True)
    reason: str = Field(max_length=2000)
    asked: Decimal | None = decimal_field(default=None, nullable=True)
    """The value that should be recognised, where one was named."""
    snapshot: dict[str, Any] = json_field()
    """The figures of the kept score when it was filed, and the rule they were reckoned by."""
    filed_by_id: int = Field(foreign_key="person.id")
    filed_for_id: int | None = Field(default=None, foreign_key="person.id")
    """Whom the filer stood in for (대결)."""
    filed_at: datetime
    decision_due: datetime
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_for_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    decision_reason: str = Field(default="", max_length=2000)
    recognised: Decimal | None = decimal_field(default=None, nullable=True)
    """What was recognised where it was accepted; None for not applicable."""
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    """The decision on the report that came of it."""
    moved: list[dict[str, Any]] = json_field(default_factory=list)
    """Every kept score that moved: `indicator`, `period` (null: the cycle), and its figures `before` and `after`."""
    revision: int = 0


class AppealEvidence(SQLModel, table=True):
    """A file handed in as new evidence with an appeal."""

    __tablename__ = "appeal_evidence"

    id: int | None = Field(default=None, primary_key=True)
    appeal_id: int = Field(foreign_key="appeal.id", index=True)
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    name: str = Field(max_length=200)
    size: int
    uploaded_by_id: int = Field(foreign_key="person.id")
    uploaded_at: datetime
