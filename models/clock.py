"""What time it is, as an argument: nothing below the composition root asks the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


class Clock(Protocol):
    """Tells the present instant, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs on from where it was set: for the demo, and for tests, where it stands still."""

    def __init__(self, start: datetime, *, ticking: bool = True) -> None:
        self._ticking = ticking
        self._set(start)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead if self._ticking else self._at

    def move(self, by: timedelta) -> datetime:
        """Goes `by` further and returns the new instant; time never runs backwards."""
        if by < timedelta(0):
            raise ValueError("a clock is not moved back")
        self._set(self.now() + by)
        return self.now()

    def _set(self, instant: datetime) -> None:
        self._at = instant
        self._ahead = instant - datetime.now(UTC)


def local_day(instant: datetime, zone: ZoneInfo = SEOUL) -> date:
    """The calendar day people have at that instant."""
    return instant.astimezone(zone).date()
