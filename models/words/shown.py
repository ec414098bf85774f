"""Dates and figures as people read them. The one place that formats either."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

_WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def shown_date(day: date, locale: str, today: date | None = None) -> str:
    """`7. 15.(수)` or `Wed 15 Jul`; of another year than `today` it says which: `2020. 1. 10.(금)`."""
    weekday = _WEEKDAYS[locale][day.weekday()]
    is_other = today is not None and day.year != today.year
    if locale == "ko":
        return f"{f'{day.year}. ' if is_other else ''}{day.month}. {day.day}.({weekday})"
    return f"{weekday} {day.day} {day:%b}{f' {day.year}' if is_other else ''}"


def shown_datetime(instant: datetime, locale: str, zone: ZoneInfo, today: date | None = None) -> str:
    """`7. 15.(수) 18:00` in the city's own time, with the year where it is another than that of `today`."""
    local = instant.astimezone(zone)
    return f"{shown_date(local.date(), locale, today)} {local:%H:%M}"


def shown_number(value: Decimal | int, locale: str) -> str:
    """`1,234.5`, and `△3.2` for minus as Korean officials write it; no trailing zeros."""
    number = Decimal(value)
    text = f"{abs(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if number >= 0 or text == "0":
        return text
    return ("△" if locale == "ko" else "-") + text
