"""Whether every indicator can be scored by its rule with its targets, and whether what is closed stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.plan import PeriodState
from models.scoring import Rule, check_rule
from models.words import Phrase, Refusal, say
from reports.plan.check_lines import check_known, check_unique
from reports.plan.columns import INDICATORS, PERIODS, TARGETS
from reports.plan.existing import Existing
from reports.plan.lines import IndicatorLine, Plan, TargetLine
from reports.plan.problems import Findings
from reports.plan.rules import OF_THE_RULE, against, rule_of, with_harmless_target

CycleAndIndicator = tuple[str, str]


def check_targets(plan: Plan, existing: Existing, findings: Findings) -> None:
    """References, closed periods, and each rule by itself and with each of its targets."""
    check_unique(TARGETS, plan.targets, ("cycle", "indicator", "period"), findings)
    indicators = codes_by_cycle(existing.indicators, plan.indicators)
    periods = codes_by_cycle(existing.periods, plan.periods)
    for line in plan.targets:
        cycles = existing.cycles.keys() | periods.keys()
        if check_known(TARGETS, line, "cycle", PERIODS, cycles, findings):
            check_known(TARGETS, line, "indicator", INDICATORS, indicators[line.cycle], findings)
            check_known(TARGETS, line, "period", PERIODS, periods[line.cycle], findings)
            _check_closed(line, existing, findings)
    _check_rules(plan, existing, findings)


def codes_by_cycle(stored: Mapping[CycleAndIndicator, Any], lines: list[Any]) -> dict[str, set[str]]:
    """Codes of the database and of the file, by cycle."""
    codes: dict[str, set[str]] = defaultdict(set)
    for cycle, code in [*stored, *((line.cycle, line.code) for line in lines)]:
        codes[cycle].add(code)
    return codes


def _check_closed(line: TargetLine, existing: Existing, findings: Findings) -> None:
    period = existing.periods.get((line.cycle, line.period))
    if period is None or period["state"] is not PeriodState.CLOSED or not line.has("indicator", "value"):
        return
    target = existing.targets.get((line.cycle, line.indicator, line.period))
    if target is None or target["value"] != line.value:
        phrase = say("마감된 기간의 목표는 바꿀 수 없습니다. 먼저 마감을 해제해 주세요.")
        findings.at(TARGETS, line.number, "value", phrase)


def _check_rules(plan: Plan, existing: Existing, findings: Findings) -> None:
    values: dict[CycleAndIndicator, dict[str, Decimal | None]] = defaultdict(dict)
    for (cycle, indicator, period), row in existing.targets.items():
        values[cycle, indicator][period] = row["value"]
    lines: dict[CycleAndIndicator, list[TargetLine]] = defaultdict(list)
    unread: set[CycleAndIndicator] = set()
    for target in plan.targets:
        key = target.cycle, target.indicator
        if target.has("cycle", "indicator", "period", "value"):
            lines[key].append(target)
            values[key][target.period] = target.value
        else:
            unread.add(key)
    for line in plan.indicators:
        key = line.cycle, line.code
        rule = _sound_rule(line, findings)
        if rule and key not in unread:
            _check_with_targets(line, rule, values[key], lines.pop(key, []), findings)
    for key, targets in lines.items():
        if key in existing.indicators:
            rule = rule_of(existing.indicators[key])
            for target in targets:
                _report(target, against(rule, target.value), findings)


def _check_with_targets(
    line: IndicatorLine,
    rule: Rule,
    values: Mapping[str, Decimal | None],
    lines: list[TargetLine],
    findings: Findings,
) -> None:
    """The targets of the file are judged where they stand, those of the database at the indicator."""
    for target in lines:
        _report(target, against(rule, target.value), findings)
    named = {target.period for target in lines}
    for period, value in values.items():
        if period not in named:
            for phrase in against(rule, value):
                findings.at(INDICATORS, line.number, "kind", phrase)
    if "" not in values and against(rule, None):
        phrase = say("‘목표’ 시트에 이 지표의 목표가 없습니다. 기간을 비운 줄에 적어 주세요.")
        findings.at(INDICATORS, line.number, "code", phrase)


def _report(target: TargetLine, phrases: list[Phrase], findings: Findings) -> None:
    for phrase in phrases:
        findings.at(TARGETS, target.number, "value", phrase)


def _sound_rule(line: IndicatorLine, findings: Findings) -> Rule | None:
    """The rule of a line, without a target; None where its cells cannot be read."""
    if not line.has(*OF_THE_RULE):
        return None
    try:
        rule = rule_of({name: getattr(line, name) for name in OF_THE_RULE})
    except Refusal as refusal:
        findings.at(INDICATORS, line.number, "steps", refusal.phrase)
        return None
    for phrase in check_rule(with_harmless_target(rule)):
        findings.at(INDICATORS, line.number, "kind", phrase)
    return rule
