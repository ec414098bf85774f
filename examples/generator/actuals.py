"""What each indicator reached in the two halves of 2019, for playing the whole year: some miss, some exceed."""

from __future__ import annotations

from decimal import Decimal

from generator_of_cities.columns import ACTUALS

from generator.chance import between, draw, pick
from generator.figures import bounded, last_place, planned_by_midyear, rounded, rule_of
from generator.indicators import CYCLE, plain
from generator.vocabulary import Measure

RECOGNISED = {
    ("K0402-2", "H2"): ("374", "두 번 참여한 7명을 한 번만 셈"),
}
"""What the evaluation office recognised instead of what was reported, and why."""
RETURNED = (("K0401-1", "H1"), ("K2204-1", "H2"))
"""Reports that came back once for want of evidence."""

# How much of a year's change comes true, in times the usual one, and how many indicators fare so:
# clearly missed, just missed, met (a target asks for 1.2), and far exceeded.
OUTCOMES = (
    (Decimal("0.10"), ("-0.4", "0.2")),
    (Decimal("0.30"), ("0.4", "1.1")),
    (Decimal("0.82"), ("1.2", "1.6")),
    (Decimal("1.00"), ("1.7", "2.4")),
)
NO_ACCIDENT, ONE_ACCIDENT = Decimal("0.75"), Decimal("0.93")
OUT_OF_RANGE = Decimal("0.25")

Halves = tuple[Decimal, Decimal]


def actual_rows(measures: list[Measure]) -> list[dict[str, str]]:
    """Two rows for each indicator, the first half's and the second's."""
    rows = []
    for measure in measures:
        for period, value in zip(("H1", "H2"), halves_of(measure), strict=True):
            report = (measure.code, period)
            returned = "예" if report in RETURNED else ""
            cells = (CYCLE, *report, plain(value), *RECOGNISED.get(report, ("", "")), returned)
            rows.append(dict(zip(ACTUALS, cells, strict=True)))
    return rows


def halves_of(measure: Measure) -> Halves:
    """The actual of the first and of the second half."""
    if "상반기실적" in measure.exceptions:
        return Decimal(measure.exceptions["상반기실적"]), Decimal(measure.exceptions["하반기실적"])
    match measure.kind:
        case "무사고":
            return _accidents(measure)
        case "여부":
            return _done(measure)
        case "마일스톤":
            return _progress(measure)
    return _split(measure, _in_range(measure) if measure.kind == "목표범위" else _year(measure))


def _year(measure: Measure) -> Decimal:
    assert measure.level is not None
    luck = draw(measure.code, "outcome")
    low, high = next(bounds for share, bounds in OUTCOMES if luck < share)
    reached = measure.level + measure.change * between(low, high, measure.code, "reached")
    return max(bounded(measure, reached), last_place(measure) if measure.level else Decimal(0))


def _in_range(measure: Measure) -> Decimal:
    """Mostly the trend, kept within the range; else somewhat outside, below where nothing lies above."""
    rule = rule_of(measure)
    assert rule.low is not None and rule.high is not None and measure.level is not None
    if draw(measure.code, "outcome") >= OUT_OF_RANGE:
        return bounded(measure, min(max(measure.level + measure.change, rule.low), rule.high))
    apart = (rule.high - rule.low) * between("0.1", "0.5", measure.code, "apart")
    above = measure.unit != "%" and rule.high - measure.level < measure.level - rule.low
    return bounded(measure, rule.high + apart if above else rule.low - apart)


def _split(measure: Measure, year: Decimal) -> Halves:
    """Two halves that roll up to the year's actual."""
    change = abs(measure.change)
    match measure.rollup:
        case "합계":
            first = rounded(measure, year * between("0.42", "0.52", measure.code, "first half"))
            return first, year - first
        case "누적":
            return rounded(measure, year * between("0.44", "0.56", measure.code, "first half")), year
        case "평균":
            apart = measure.change * Decimal("0.4")
            return bounded(measure, year - apart), bounded(measure, year + apart)
        case "최대":
            other = bounded(measure, year - change * Decimal("0.6"))
            return pick(((year, other), (other, year)), measure.code, "peak")
        case _:
            return bounded(measure, year - measure.change * Decimal("0.5")), year


def _accidents(measure: Measure) -> Halves:
    luck = draw(measure.code, "accidents")
    if luck < NO_ACCIDENT:
        return Decimal(0), Decimal(0)
    if luck < ONE_ACCIDENT:
        return pick(((Decimal(1), Decimal(0)), (Decimal(0), Decimal(1))), measure.code, "when")
    return Decimal(1), Decimal(1)


def _done(measure: Measure) -> Halves:
    """What is kept is kept all year; what is to be done is mostly done in the second half."""
    kept = measure.level == 1
    first = Decimal(1) if kept or draw(measure.code, "early") < Decimal("0.2") else Decimal(0)
    done = first == 1 or draw(measure.code, "done") < Decimal("0.85")
    return first, Decimal(int(done))


def _progress(measure: Measure) -> Halves:
    planned = planned_by_midyear(rule_of(measure).table)
    behind = pick((0, 0, 0, 10, 20), measure.code, "behind")
    return planned - behind, Decimal(pick((100, 100, 100, 90, 80), measure.code, "finished"))
