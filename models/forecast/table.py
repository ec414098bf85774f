"""Projections that were made, one for each version of a report that was handed in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel

from models.store import decimal_field


class Projection(SQLModel, table=True):
    """What the year was expected to come to when a report was handed in; `value` None where nothing can be known.

    method, basis: how it was found and where its range comes from (models.forecast.projection).
    """

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="submission_version.id", unique=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    made_at: datetime
    value: Decimal | None = decimal_field(default=None, nullable=True)
    low: Decimal | None = decimal_field(default=None, nullable=True)
    high: Decimal | None = decimal_field(default=None, nullable=True)
    target: Decimal | None = decimal_field(default=None, nullable=True)
    method: str = Field(default="", max_length=40)
    basis: str = Field(default="", max_length=20)
    is_warning: bool = False
    told_at: datetime | None = None
    """When its first reader was told."""
