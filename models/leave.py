"""Leave (부재): days on which a person is not to be written to, and somebody stands in for them where one is named."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel


class Leave(SQLModel, table=True):
    """A person's absence from one day through another: leave, a business trip, training."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_on: date
    is_cancelled: bool = False
