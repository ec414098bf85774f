"""Dates and figures as people read them. The one place that formats either."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

_WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def shown_date(day: date, locale: str) -> str:
    """`7. 15.(수)` or `Wed 15 Jul`."""
    weekday = _WEEKDAYS[locale][day.weekday()]
    return f"{day.month}. {day.day}.({weekday})" if locale == "ko" else f"{weekday} {day.day} {day:%b}"


def shown_datetime(instant: datetime, locale: str, zone: ZoneInfo) -> str:
    """`7. 15.(수) 18:00` in the city's own time."""
    local = instant.astimezone(zone)
    return f"{shown_date(local.date(), locale)} {local:%H:%M}"


def shown_number(value: Decimal | int, locale: str) -> str:
    """`1,234.5`, and `△3.2` for minus as Korean officials write it; no trailing zeros."""
    number = Decimal(value)
    text = f"{abs(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if number >= 0 or text == "0":
        return text
    return ("△" if locale == "ko" else "-") + text
