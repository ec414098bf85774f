"""Whether indicators fit into the plan: references, past years, and weights that sum to 100."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import MAXYEAR
from decimal import Decimal

from models.words import say
from reports.plan.check_lines import check_known, check_unique
from reports.plan.columns import DEPARTMENTS, INDICATORS, PEOPLE, PERIODS, past_actual_heading
from reports.plan.existing import Existing
from reports.plan.lines import IndicatorLine, Plan
from reports.plan.problems import Findings

_WHOLE = Decimal(100)

CycleAndDepartment = tuple[str, str]


def check_indicators(
    plan: Plan, departments: Collection[str], people: Collection[str], existing: Existing, findings: Findings
) -> None:
    """Everything about indicators but their rules; `departments` and `people` are the codes known."""
    years = _last_years(plan, existing)
    adding_up = _counting_mileage(plan, existing)
    check_unique(INDICATORS, plan.indicators, ("cycle", "code"), findings)
    for line in plan.indicators:
        check_known(INDICATORS, line, "cycle", PERIODS, years, findings)
        check_known(INDICATORS, line, "department", DEPARTMENTS, departments, findings)
        check_known(INDICATORS, line, "officer", PEOPLE, people, findings)
        check_known(INDICATORS, line, "deputy_officer", PEOPLE, people, findings)
        _check_weight(line, line.cycle in adding_up, findings)
        for year in line.past_actuals:
            if year >= years.get(line.cycle, year + 1):
                phrase = say("성과주기보다 앞선 해의 실적만 적을 수 있습니다.")
                findings.at(INDICATORS, line.number, past_actual_heading(year), phrase)
    _check_weights(plan, departments, adding_up, existing, findings)


def _check_weight(line: IndicatorLine, adds_up: bool, findings: Findings) -> None:
    """A weight is a share of 100, or, in a cycle of mileage, points."""
    if not line.has("weight"):
        return
    if line.weight < 0 and adds_up:
        findings.at(INDICATORS, line.number, "weight", say("마일리지는 0 이상으로 적어 주세요."))
    elif not adds_up and not 0 <= line.weight <= _WHOLE:
        findings.at(INDICATORS, line.number, "weight", say("가중치는 0에서 100 사이로 적어 주세요."))


def _last_years(plan: Plan, existing: Existing) -> dict[str, int]:
    """The year in which each known cycle ends; far off, while that cannot be read."""
    years = {code: row["ends_on"].year for code, row in existing.cycles.items()}
    for line in plan.periods:
        year = line.ends_on.year if line.has("ends_on") else MAXYEAR
        years[line.cycle] = max(years.get(line.cycle, year), year)
    return years


def _check_weights(
    plan: Plan,
    departments: Collection[str],
    adding_up: Collection[str],
    existing: Existing,
    findings: Findings,
) -> None:
    """Scored indicators of a department, the stored ones that the file does not name too, sum to 100."""
    sums = _stored_weights(plan, existing)
    first: dict[CycleAndDepartment, IndicatorLine] = {}
    unsure: set[CycleAndDepartment] = set()
    strayed: set[str] = set()
    for line in plan.indicators:
        key = line.cycle, line.department
        if not line.has("department") or line.department not in departments:
            strayed.add(line.cycle)
        if not line.has("cycle", "weight", "scored", "ends_on"):
            unsure.add(key)
        elif line.scored and line.ends_on is None:
            first.setdefault(key, line)
            sums[key] += line.weight
    for key, line in first.items():
        # A line whose department cannot be read may be the one whose weight is missing here.
        perhaps_elsewhere = line.cycle in strayed and sums[key] < _WHOLE
        if key[0] in adding_up:
            continue
        settled = line.department in departments and key not in unsure and not perhaps_elsewhere
        if settled and sums[key] != _WHOLE:
            phrase = say(
                "{department}의 {cycle} 평가 지표 가중치 합이 {total}입니다. 100이 되게 고쳐 주세요.",
                department=_name(line.department, plan, existing),
                cycle=line.cycle,
                total=sums[key],
            )
            findings.at(INDICATORS, line.number, "weight", phrase)


def _counting_mileage(plan: Plan, existing: Existing) -> set[str]:
    """The cycles in which weights are points that add up, and those of which that cannot be read."""
    stored = {code for code, row in existing.cycles.items() if row["counts_mileage"]}
    named = {line.cycle for line in plan.periods}
    theirs = {line.cycle for line in plan.periods if line.counts_mileage or not line.has("counts_mileage")}
    return stored - named | theirs


def _stored_weights(plan: Plan, existing: Existing) -> dict[CycleAndDepartment, Decimal]:
    codes = {row["id"]: code for code, row in existing.departments.items()}
    named = {(line.cycle, line.code) for line in plan.indicators}
    sums: dict[CycleAndDepartment, Decimal] = defaultdict(Decimal)
    for (cycle, code), row in existing.indicators.items():
        if row["scored"] and row["ends_on"] is None and (cycle, code) not in named:
            sums[cycle, codes[row["department_id"]]] += row["weight"]
    return sums


def _name(code: str, plan: Plan, existing: Existing) -> str:
    names = {line.code: line.name for line in plan.departments}
    return f"{names.get(code) or existing.departments[code]['name']}({code})"
