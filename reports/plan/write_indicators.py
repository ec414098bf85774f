"""Indicators, targets and past actuals into the database; what changes a score is audited one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.audit import record
from models.plan import Indicator, PastActual, Target
from reports.plan.columns import INDICATORS, TARGETS, past_actual_heading
from reports.plan.lines import Plan
from reports.plan.write_goals import Goals
from reports.plan.writing import Names, Writing, words_by_id

Ids = Mapping[str, int]
IndicatorIds = Mapping[tuple[str, str], int]
"""By cycle and code."""

_AS_WRITTEN = (
    "code",
    "name",
    "unit",
    "formula",
    "evidence_hint",
    "evidence_required",
    "weight",
    "scored",
    "kind",
    "rollup",
    "report_periods",
    "baseline",
    "low",
    "high",
    "loss_per_unit",
    "steps",
    "floor",
    "cap",
    "digits",
    "ends_on",
)
_SCORING = frozenset(_AS_WRITTEN[_AS_WRITTEN.index("weight") :]) | {"department_id"}
"""Columns on which the points of a department depend."""


def write_indicators(
    writing: Writing, plan: Plan, cycles: Ids, departments: Ids, people: Ids, goals: Goals
) -> IndicatorIds:
    """Indicators; their ids."""
    wanted = {
        (line.cycle, line.code): {
            "cycle_id": cycles[line.cycle],
            "department_id": departments[line.department],
            "officer_id": people.get(line.officer),
            "deputy_officer_id": people.get(line.deputy_officer),
            **goals.above(line),
            **{name: getattr(line, name) for name in _AS_WRITTEN},
            "position": line.number,
        }
        for line in plan.indicators
    }
    ids, edits = writing.bring(Indicator, writing.existing.indicators, wanted)
    writing.indicators.update(ids[key] for key in wanted.keys() - writing.existing.indicators.keys())
    writing.indicators.update(ids[edit.key] for edit in edits)
    names: Names = {
        "department_id": words_by_id(departments),
        "officer_id": words_by_id(people),
        "deputy_officer_id": words_by_id(people),
        "perspective_id": words_by_id(goals.perspectives),
        "strategic_goal_id": words_by_id(goals.strategic),
        "performance_goal_id": words_by_id(goals.performance),
        "main_project_id": words_by_id(goals.projects),
    }
    writing.tell(INDICATORS, edits, _code, names)
    for edit in edits:
        if edit.column in _SCORING:
            words = names.get(edit.column)
            sides = (words[edit.before], words[edit.after]) if words else (edit.before, edit.after)
            _audit(writing, ids[edit.key], edit.column.removesuffix("_id"), sides)
    return ids


def write_targets(
    writing: Writing, plan: Plan, indicators: IndicatorIds, periods: Mapping[tuple[str, str], int]
) -> None:
    """Targets of periods and of whole cycles."""
    wanted = {
        (line.cycle, line.indicator, line.period): {
            "indicator_id": indicators[line.cycle, line.indicator],
            "period_id": periods.get((line.cycle, line.period)),
            "value": line.value,
        }
        for line in plan.targets
    }
    _, edits = writing.bring(Target, writing.existing.targets, wanted)
    touched = wanted.keys() - writing.existing.targets.keys() | {edit.key for edit in edits}
    writing.indicators.update(indicators[cycle, indicator] for cycle, indicator, _ in touched)
    writing.tell(TARGETS, edits, lambda key: f"{key[1]} {key[2]}".strip())
    for edit in edits:
        cycle, indicator, period = edit.key
        sides = edit.before, edit.after
        _audit(writing, indicators[cycle, indicator], "target", sides, period or None)


def write_past_actuals(writing: Writing, plan: Plan, indicators: IndicatorIds) -> None:
    """What indicators reached in the years before."""
    wanted = {
        (line.cycle, line.code, year): {
            "indicator_id": indicators[line.cycle, line.code],
            "year": year,
            "value": value,
        }
        for line in plan.indicators
        for year, value in line.past_actuals.items()
    }
    _, edits = writing.bring(PastActual, writing.existing.past_actuals, wanted)
    for edit in edits:
        heading = past_actual_heading(edit.key[2])
        writing.tell(INDICATORS, [edit], _code, headings={"value": heading})


def _code(key: tuple[Any, ...]) -> str:
    return str(key[1])


def _audit(
    writing: Writing, indicator_id: int, field: str, sides: tuple[Any, Any], period: str | None = None
) -> None:
    before, after = map(_plain, sides)
    record(
        writing.session,
        writing.now,
        writing.actor,
        "plan.change",
        f"indicator:{indicator_id}",
        field=field,
        period=period,
        before=before,
        after=after,
    )


def _plain(value: Any) -> str | int | None:
    """A value as the audit keeps it: JSON has no decimals and no days."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
