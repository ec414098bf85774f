"""When people may be written to: on working days, outside the quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.clock import SEOUL
from models.working_days import WorkingDays

_DAY = timedelta(days=1)
_LAST_MINUTE = timedelta(minutes=1)
QUIET_FROM, QUIET_UNTIL = time(20, 0), time(8, 0)


@dataclass(frozen=True)
class Hours:
    """The city's calendar with its quiet hours, which begin on one day and end on the next."""

    days: WorkingDays
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def suit(self, at: datetime) -> bool:
        """Whether people may be written to at that instant."""
        here = at.astimezone(SEOUL)
        return self.days.is_working(here.date()) and self.quiet_until <= here.time() < self.quiet_from

    def after(self, at: datetime) -> datetime:
        """The first instant at or after `at` that suits."""
        if self.suit(at):
            return at
        here = at.astimezone(SEOUL)
        day = here.date()
        if not self.days.is_working(day) or here.time() >= self.quiet_from:
            day = self.days.next_working(day + _DAY)
        return _at(day, self.quiet_until)

    def before(self, at: datetime) -> datetime:
        """The last instant at or before `at` that suits; of a day off, the same time of the working day before."""
        if self.suit(at):
            return at
        here = at.astimezone(SEOUL)
        if self.days.is_working(here.date()):
            day = here.date() if here.time() >= self.quiet_from else self.days.add(here.date(), -1)
            return _at(day, self.quiet_from) - _LAST_MINUTE
        latest = (datetime.combine(here.date(), self.quiet_from) - _LAST_MINUTE).time()
        return _at(self.days.add(here.date(), -1), min(max(here.time(), self.quiet_until), latest))

    def fit(self, at: datetime, deadline: datetime) -> datetime:
        """When to say what would be said at `at`: later if it must be, but never past the deadline it is about."""
        later = self.after(at)
        return later if at >= deadline or later < deadline else self.before(at)


def _at(day: date, of_day: time) -> datetime:
    return datetime.combine(day, of_day, SEOUL)
