"""Whether the periods of each cycle fit together, and leave alone what is closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from models.clock import SEOUL
from models.plan import PeriodState
from models.words import say
from reports.plan.check_lines import check_order, check_unique
from reports.plan.columns import PERIODS
from reports.plan.existing import Existing
from reports.plan.lines import PeriodLine
from reports.plan.problems import Findings

_DATES = ("starts_on", "ends_on", "report_due", "confirmation_due", "review_due", "objection_due")


@dataclass(frozen=True)
class _Span:
    """The days of a period; its line where the file names it."""

    starts_on: date
    ends_on: date
    name: str
    line: PeriodLine | None


def check_periods(lines: list[PeriodLine], existing: Existing, findings: Findings) -> None:
    """Codes, dates in order, no overlaps, one name a cycle, and closed periods as they were."""
    check_unique(PERIODS, lines, ("cycle", "code"), findings)
    first: dict[str, PeriodLine] = {}
    for line in lines:
        check_order(PERIODS, line, ("starts_on", "ends_on"), findings)
        check_order(PERIODS, line, _DATES[2:], findings)
        _check_due_after_start(line, findings)
        _check_closed(line, existing, findings)
        if line.has("cycle"):
            _check_agreement(first.setdefault(line.cycle, line), line, findings)
    _check_overlaps(lines, existing, findings)


def _check_due_after_start(line: PeriodLine, findings: Findings) -> None:
    if not line.has("starts_on", "report_due"):
        return
    if line.report_due < datetime.combine(line.starts_on, time.min, SEOUL):
        phrase = say("보고기한이 기간의 시작일보다 빠릅니다. 확인해 주세요.")
        findings.at(PERIODS, line.number, "report_due", phrase)


def _check_closed(line: PeriodLine, existing: Existing, findings: Findings) -> None:
    row = existing.periods.get((line.cycle, line.code))
    if row is None or row["state"] is not PeriodState.CLOSED:
        return
    for field in _DATES:
        if line.has(field) and getattr(line, field) != row[field]:
            phrase = say("마감된 기간의 날짜는 바꿀 수 없습니다. 먼저 마감을 해제해 주세요.")
            findings.at(PERIODS, line.number, field, phrase)


def _check_agreement(first: PeriodLine, line: PeriodLine, findings: Findings) -> None:
    for field in ("cycle_name", "asks_confirmation", "counts_mileage", "asks_plan_confirmation"):
        if first.has(field) and line.has(field) and getattr(first, field) != getattr(line, field):
            phrase = say(
                "같은 성과주기의 {number}행과 다릅니다. 성과주기 안에서는 똑같이 적어 주세요.",
                number=first.number,
            )
            findings.at(PERIODS, line.number, field, phrase)


def _check_overlaps(lines: list[PeriodLine], existing: Existing, findings: Findings) -> None:
    spans = {
        key: _Span(row["starts_on"], row["ends_on"], row["name"], None)
        for key, row in existing.periods.items()
    }
    for line in lines:
        # A period whose days are unread, or run backwards, overlaps nothing for now.
        spans.pop((line.cycle, line.code), None)
        if line.has("cycle", "code", "starts_on", "ends_on") and line.starts_on <= line.ends_on:
            spans[line.cycle, line.code] = _Span(line.starts_on, line.ends_on, line.name, line)
    by_cycle: dict[str, list[_Span]] = defaultdict(list)
    for (cycle, _), span in spans.items():
        by_cycle[cycle].append(span)
    for members in by_cycle.values():
        members.sort(key=lambda span: (span.starts_on, span.ends_on))
        longest = members[0]
        for span in members[1:]:
            if span.starts_on <= longest.ends_on:
                _report_overlap(longest, span, findings)
            longest = max(longest, span, key=lambda one: one.ends_on)


def _report_overlap(earlier: _Span, later: _Span, findings: Findings) -> None:
    line, other, field = (
        (later.line, earlier, "starts_on") if later.line else (earlier.line, later, "ends_on")
    )
    if line:
        phrase = say("‘{name}’ 기간과 날짜가 겹칩니다. 시작일과 종료일을 확인해 주세요.", name=other.name)
        findings.at(PERIODS, line.number, field, phrase)
