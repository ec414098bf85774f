"""Whether the periods in which indicators are reported are there, targets stand for these alone, and what is reported
in several can be rolled up."""

from __future__ import annotations

from models.asking import is_asked, read_report_periods
from models.scoring import check_rollup
from models.words import say
from reports.plan.check_targets import codes_by_cycle
from reports.plan.columns import INDICATORS, PERIODS, TARGETS
from reports.plan.existing import Existing
from reports.plan.lines import Plan
from reports.plan.problems import Findings


def check_report_periods(plan: Plan, existing: Existing, findings: Findings) -> None:
    """Targets of the database for a period that is not reported any more are left alone: they count nowhere."""
    periods = codes_by_cycle(existing.periods, plan.periods)
    asked = {key: str(row["report_periods"]) for key, row in existing.indicators.items()}
    for line in plan.indicators:
        key = line.cycle, line.code
        if not line.has("cycle", "code", "report_periods"):
            asked[key] = ""
            continue
        asked[key] = line.report_periods
        known = periods.get(line.cycle)
        named = read_report_periods(line.report_periods)
        for code in named if known is not None else ():
            if code not in periods[line.cycle]:
                phrase = say(
                    "‘{sheet}’ 시트에 코드 {code:이/가} 없습니다. 코드를 확인해 주세요.",
                    sheet=PERIODS.name,
                    code=code,
                )
                findings.at(INDICATORS, line.number, "report_periods", phrase)
        if line.has("kind", "rollup") and len(named or known or ()) > 1:
            for phrase in check_rollup(line.kind, line.rollup):
                findings.at(INDICATORS, line.number, "rollup", phrase)
    for target in plan.targets:
        key = target.cycle, target.indicator
        is_named = target.has("cycle", "indicator", "period") and target.period in periods[target.cycle]
        if is_named and not is_asked(asked.get(key, ""), target.period):
            phrase = say("이 기간에는 보고하지 않는 지표입니다. ‘지표’ 시트의 보고기간을 확인해 주세요.")
            findings.at(TARGETS, target.number, "period", phrase)
