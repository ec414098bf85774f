"""Rules of reminders and the quiet hours into the database: exactly those of the sheet, where it has any."""

from __future__ import annotations

from dataclasses import asdict

from models.reminding.table import QuietHours, ReminderRule
from reports.plan.changes import line_of
from reports.plan.columns_of_reminders import REMINDERS
from reports.plan.existing import RuleKey
from reports.plan.lines import QUIET_HOURS, Plan
from reports.plan.rows import Row
from reports.plan.writing import Writing

_WORDS = {
    meaning: word
    for column in REMINDERS.columns
    if column.field in ("kind", "audience")
    for word, meaning in column.choices.items()
}
_DAYS, _MINUTES = "근무일", "분전"
_QUIET_HEADINGS = {"starts": "시각", "ends": "까지"}


def write_reminders(writing: Writing, plan: Plan) -> None:
    """A sheet that is absent or empty says nothing, and all stays as it is (docs/decisions/0016)."""
    if not plan.reminders:
        return
    rules: dict[RuleKey, Row] = {}
    quiet_hours: dict[str, Row] = {}
    for line in plan.reminders:
        if line.kind is None:
            quiet_hours[QUIET_HOURS] = {"starts": line.at, "ends": line.until}
        elif line.audience is not None:
            rule = line.rule()
            row = {"kind": line.kind, "audience": line.audience, **asdict(rule)}
            rules[line.kind, line.audience, rule.days, rule.minutes] = row
    _write_rules(writing, rules)
    _write_quiet_hours(writing, quiet_hours)


def _write_rules(writing: Writing, rules: dict[RuleKey, Row]) -> None:
    _, edits, removed = writing.replace(ReminderRule, writing.existing.reminders, rules)
    writing.tell(REMINDERS, edits, _name)
    for key in removed:
        *_, days, minutes = key
        heading, before = (_DAYS, days) if minutes is None else (_MINUTES, minutes)
        _tell(writing, _whom(key), heading, before)


def _write_quiet_hours(writing: Writing, quiet_hours: dict[str, Row]) -> None:
    stored = writing.existing.quiet_hours
    _, edits, removed = writing.replace(QuietHours, stored, quiet_hours)
    writing.tell(REMINDERS, edits, str, headings=_QUIET_HEADINGS)
    for key in removed:
        for column, heading in _QUIET_HEADINGS.items():
            _tell(writing, key, heading, stored[key][column])


def _tell(writing: Writing, name: str, heading: str, before: object) -> None:
    """That a row was taken out."""
    line = line_of(REMINDERS, name, heading, before, None)
    if line:
        writing.changes.lines.append(line)


def _name(key: RuleKey) -> str:
    *_, days, minutes = key
    return f"{_whom(key)} {_DAYS} {days}" if minutes is None else f"{_whom(key)} {_MINUTES} {minutes}"


def _whom(key: RuleKey) -> str:
    kind, audience, *_ = key
    return f"{_WORDS[kind]} {_WORDS[audience]}"
