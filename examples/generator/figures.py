"""Past actuals, targets and rules of an indicator, worked out from its level of 2018 and its yearly change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between, draw, pick
from generator.vocabulary import Measure

PAST_YEARS = (2015, 2016, 2017, 2018)
LAST_YEAR = PAST_YEARS[-1]

# A little more than the trend of the past years gives by itself.
AMBITION = Decimal("1.2")
ROUND_FROM = 1000
KEPT_DIGITS = 3

ACCIDENT_TABLE = "0:100; 1:80; 2:60; 3:30; 4:0"
# Cumulative % planned at the end of June and at the end of the year is what the halves are scored against.
STAGE_TABLES = (
    "2019-03-31:20; 2019-06-30:50; 2019-09-30:70; 2019-12-31:100",
    "2019-04-30:30; 2019-06-30:40; 2019-10-31:80; 2019-12-31:100",
    "2019-02-28:10; 2019-05-31:30; 2019-06-30:60; 2019-12-20:100",
    "2019-06-30:40; 2019-08-31:60; 2019-11-30:90; 2019-12-31:100",
)
MIDYEAR = "2019-06-30"


@dataclass(frozen=True)
class Rule:
    """What the scoring kind needs beside the target."""

    baseline: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    loss_per_unit: Decimal | None = None
    table: str = ""


@dataclass(frozen=True)
class Targets:
    """The target of the year, and of the first and second half where they have their own."""

    year: Decimal | None
    first_half: Decimal | None = None
    second_half: Decimal | None = None


def rule_of(measure: Measure) -> Rule:
    """The rule that the measure's scoring kind asks for."""
    match measure.kind:
        case "기준대비":
            base = measure.exceptions.get("기준값")
            return Rule(baseline=Decimal(base) if base else _level(measure))
        case "목표부여":
            worst, best = _level(measure) - measure.change, _level(measure) + 2 * measure.change
            return Rule(low=rounded(measure, worst), high=bounded(measure, best))
        case "목표범위":
            ends, loss = measure.rule.split("; ")
            low, high = ends.split("~")
            return Rule(low=Decimal(low), high=Decimal(high), loss_per_unit=Decimal(loss))
        case "무사고":
            return Rule(table=measure.rule or ACCIDENT_TABLE)
        case "마일스톤":
            return Rule(table=pick(STAGE_TABLES, measure.code, "stages"))
        case "단계형":
            return Rule(table=measure.rule)
        case _:
            return Rule()


def past_of(measure: Measure) -> dict[int, Decimal | None]:
    """The actuals of the four past years; None where it was not measured or cannot be."""
    years: dict[int, Decimal | None] = dict.fromkeys(PAST_YEARS)
    for year in range(measure.first_year, LAST_YEAR + 1):
        years[year] = _past(measure, year)
    return years


def targets_of(measure: Measure) -> Targets:
    """The targets of 2019: of the year and, where the halves add up to it, of each half."""
    match measure.kind:
        case "여부":
            return Targets(None)
        case "무사고":
            return Targets(Decimal(0), Decimal(0), Decimal(0))
        case "마일스톤":
            return Targets(Decimal(100), planned_by_midyear(rule_of(measure).table), Decimal(100))
    year = _year_target(measure)
    if measure.rollup == "합계":
        first = rounded(measure, year * between("0.44", "0.50", measure.code, "half"))
        return Targets(year, first, year - first)
    if measure.rollup == "누적":
        first = (year * between("0.45", "0.55", measure.code, "half")).quantize(Decimal(1), ROUND_HALF_UP)
        return Targets(year, first, year)
    return Targets(year)


def planned_by_midyear(stages: str) -> Decimal:
    """The cumulative % that the stages plan for the end of June."""
    return Decimal(dict(part.split(":") for part in stages.split("; "))[MIDYEAR])


def rounded(measure: Measure, value: Decimal) -> Decimal:
    """`value` with as many decimals as the level of 2018 is written with."""
    return value.quantize(last_place(measure), ROUND_HALF_UP)


def bounded(measure: Measure, value: Decimal) -> Decimal:
    """`value` rounded, not below 0, nor above 100 where 100 is the most there can be."""
    most = Decimal(100) if measure.unit in ("%", "점") and _level(measure) <= 100 else None
    kept = max(rounded(measure, value), rounded(measure, Decimal(0)))
    return min(kept, rounded(measure, most)) if most is not None else kept


def _past(measure: Measure, year: int) -> Decimal | None:
    if measure.kind == "마일스톤" or measure.level is None:
        return None
    level = measure.level
    if measure.kind == "여부" or year == LAST_YEAR:
        return level
    about = (measure.code, "past", str(year))
    if measure.kind == "무사고":
        return max(Decimal(0), level + pick((-1, 0, 0, 1), *about))
    # Going back by a constant rate never reaches zero, however fast the measure has grown.
    if measure.change >= level:
        raise ValueError(f"{measure.name}: 해마다 두 배 넘게 늘었습니다. 측정시작을 적어 주세요.")
    trend = level * ((level - measure.change) / level) ** (LAST_YEAR - year)
    return bounded(measure, trend + _swing(measure) * (draw(*about) * 2 - 1))


def _swing(measure: Measure) -> Decimal:
    """How far a year may lie from the trend."""
    if measure.kind == "목표범위":
        rule = rule_of(measure)
        assert rule.low is not None and rule.high is not None
        return (rule.high - rule.low) / 20
    return min(abs(measure.change), _level(measure) / 10) * Decimal("0.35")


def _year_target(measure: Measure) -> Decimal:
    if "목표치" in measure.exceptions:
        return Decimal(measure.exceptions["목표치"])
    rule = rule_of(measure)
    if rule.low is not None and rule.high is not None:
        return rule.high if measure.kind == "목표부여" else (rule.low + rule.high) / 2
    return demanding(measure)


def demanding(measure: Measure) -> Decimal:
    """A target somewhat beyond the trend, in a round figure, and always better than 2018."""
    level, aim = _level(measure), _level(measure) + measure.change * AMBITION
    step = last_place(measure)
    better = bounded(measure, level + (step if measure.change > 0 else -step))
    for candidate in (_round_figure(measure, aim), bounded(measure, aim)):
        if (candidate > level) == (measure.change > 0) and candidate != level:
            return candidate
    return better


def _round_figure(measure: Measure, value: Decimal) -> Decimal:
    """`value` with three digits kept where it is large, as targets are written."""
    plain = bounded(measure, value)
    if plain < ROUND_FROM:
        return plain
    kept = Decimal(1).scaleb(plain.adjusted() - KEPT_DIGITS + 1)
    return plain.quantize(kept, ROUND_HALF_UP).quantize(Decimal(1))


def last_place(measure: Measure) -> Decimal:
    """The smallest difference that shows in the figures of this measure."""
    exponent = _level(measure).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def _level(measure: Measure) -> Decimal:
    if measure.level is None:
        raise ValueError(f"{measure.name}: 2018년 수준이 없습니다.")
    return measure.level
