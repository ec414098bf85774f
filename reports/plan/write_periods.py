"""Cycles, their periods, and the city's own days into the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.plan import Cycle, Period
from models.special_days import SpecialDay
from reports.plan.columns import PERIODS, SPECIAL_DAYS
from reports.plan.lines import PeriodLine, Plan
from reports.plan.writing import Writing

_CYCLE_HEADINGS = {
    "name": "성과주기명",
    "asks_confirmation": "팀장확인",
    "counts_mileage": "마일리지",
    "asks_plan_confirmation": "계획확정",
}
_OF_THE_PERIOD = (
    "code",
    "name",
    "starts_on",
    "ends_on",
    "report_due",
    "confirmation_due",
    "review_due",
    "objection_due",
)


def write_cycles(writing: Writing, plan: Plan) -> dict[str, int]:
    """Cycles, which last from the first day of their periods to the last; their ids by code."""
    first: dict[str, PeriodLine] = {}
    days = {(cycle, code): _days(row) for (cycle, code), row in writing.existing.periods.items()}
    for line in plan.periods:
        first.setdefault(line.cycle, line)
        days[line.cycle, line.code] = line.starts_on, line.ends_on
    wanted = {}
    for cycle, line in first.items():
        theirs = [span for (of, _), span in days.items() if of == cycle]
        wanted[cycle] = {
            "code": cycle,
            "name": line.cycle_name,
            "asks_confirmation": line.asks_confirmation,
            "counts_mileage": line.counts_mileage,
            "asks_plan_confirmation": line.asks_plan_confirmation,
            "starts_on": min(starts_on for starts_on, _ in theirs),
            "ends_on": max(ends_on for _, ends_on in theirs),
        }
    ids, edits = writing.bring(Cycle, writing.existing.cycles, wanted)
    writing.tell(PERIODS, edits, str, headings=_CYCLE_HEADINGS)
    return ids


def _days(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["starts_on"], row["ends_on"]


def write_periods(writing: Writing, plan: Plan, cycles: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Periods; their ids by cycle and code."""
    wanted = {
        (line.cycle, line.code): {
            "cycle_id": cycles[line.cycle],
            **{name: getattr(line, name) for name in _OF_THE_PERIOD},
            # Days have an order of their own, whatever periods come in between later.
            "position": line.starts_on.toordinal(),
        }
        for line in plan.periods
    }
    ids, edits = writing.bring(Period, writing.existing.periods, wanted)
    writing.tell(PERIODS, edits, " ".join)
    return ids


def write_special_days(writing: Writing, plan: Plan) -> None:
    """Days off and working days of the city's own."""
    wanted = {
        line.day: {"day": line.day, "name": line.name, "working": line.working} for line in plan.special_days
    }
    _, edits = writing.bring(SpecialDay, writing.existing.special_days, wanted)
    writing.tell(SPECIAL_DAYS, edits, str)
