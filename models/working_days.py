"""Working days (근무일): Monday to Friday, less public holidays, and the administrator's own days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

_DAY = timedelta(days=1)
_SATURDAY = 5
_NONE: Mapping[date, str] = MappingProxyType({})


class WorkingDays:
    """The calendar of a city hall.

    Public holidays of the Republic of Korea with their substitutes (관공서의 공휴일에 관한 규정) come from
    the library holidays; `extra_off` adds days with their names (임시공휴일, a city's own day), `extra_on`
    makes days working that otherwise are not. A day in both is off: nobody is called late for a day they
    may have had off.
    """

    def __init__(self, extra_off: Mapping[date, str] = _NONE, extra_on: Collection[date] = ()) -> None:
        self._extra_off = dict(extra_off)
        self._extra_on = frozenset(extra_on)

    def is_working(self, day: date) -> bool:
        """Whether the city hall works on `day`."""
        if day in self._extra_off:
            return False
        return day in self._extra_on or (day.weekday() < _SATURDAY and day not in _public_holidays(day.year))

    def name_of(self, day: date) -> str | None:
        """Why `day` is off ("추석 전날"); None for a working day and for a weekend that is nothing else."""
        if day in self._extra_off:
            return self._extra_off[day]
        return None if day in self._extra_on else _public_holidays(day.year).get(day)

    def next_working(self, day: date) -> date:
        """`day` itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it where n is negative; for 0 `day` itself, even off."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, today: date, due: date) -> int:
        """The working days left from `today` until `due`: `today` is not counted, `due` is, if it is one.

        0 when due is today, and also when only days off lie ahead (Friday to Sunday). Late by n working days
        is -n: those after `due` up to today, so on the Sunday after a missed Friday it is still 0. Compare
        the dates to tell late from due.
        """
        if today > due:
            return -self.between(due, today)
        return sum(self.is_working(today + _DAY * ahead) for ahead in range(1, (due - today).days + 1))


@cache
def _public_holidays(year: int) -> Mapping[date, str]:
    # Loading the library takes a third of a second, which the start of the program need not wait for.
    from holidays import country_holidays

    return MappingProxyType(dict(country_holidays("KR", years=year, language="ko")))
