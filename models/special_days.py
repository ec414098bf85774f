"""Days the administrator declared off, or working, beside the public holidays."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlmodel import Field, Session, SQLModel, select

from models.clock import SEOUL
from models.store.kept import kept
from models.working_days import WorkingDays

_OFFICE_ENDS = time(18, 0)


class SpecialDay(SQLModel, table=True):
    """A day off of the city's own (임시공휴일, 개청기념일), or a working day that would be one off."""

    __tablename__ = "special_day"

    day: date = Field(primary_key=True)
    name: str = Field(max_length=80)
    working: bool = False


def working_days(session: Session) -> WorkingDays:
    """The city's calendar: public holidays and its own days."""
    return kept(session, "working days", (SpecialDay,), lambda: _read(session))


def last_hour(session: Session, day: date) -> datetime:
    """The end of office hours (18:00) of a period's last day; where that is a day off, of the next working day
    (민법 제161조)."""
    return datetime.combine(working_days(session).next_working(day), _OFFICE_ENDS, SEOUL)


def _read(session: Session) -> WorkingDays:
    days = session.exec(select(SpecialDay)).all()
    return WorkingDays(
        extra_off={one.day: one.name for one in days if not one.working},
        extra_on=[one.day for one in days if one.working],
    )
