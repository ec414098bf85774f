"""In which periods an indicator is reported (보고기간): in the others nobody is asked for it."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col

from models.plan import Indicator

_BETWEEN = "; "


def read_report_periods(text: str) -> tuple[str, ...]:
    """The codes in `Q1; Q3`, each once; none where it is reported in every period."""
    codes = (" ".join(part.split()) for part in re.split("[;；]", text))
    return tuple(dict.fromkeys(filter(None, codes)))


def write_report_periods(text: str) -> str:
    """The same codes as Indicator.report_periods keeps them, which is what `asked_in` goes by."""
    return _BETWEEN.join(read_report_periods(text))


def is_asked(report_periods: str, period_code: str) -> bool:
    """Whether an indicator with these report_periods is reported in the period."""
    return not report_periods or period_code in read_report_periods(report_periods)


def asked_in(period_code: str | Mapped[str]) -> sa.ColumnElement[bool]:
    """The same as the condition that an Indicator is reported in the period of that code: a value, or a column."""
    kept = col(Indicator.report_periods)
    # A code stands there if taking it out changes anything: exact, where LIKE has wildcards and, on SQLite, no case.
    listed = sa.literal(_BETWEEN) + kept + _BETWEEN
    named = sa.literal(_BETWEEN) + period_code + _BETWEEN
    return (kept == "") | (sa.func.replace(listed, named, "") != listed)
