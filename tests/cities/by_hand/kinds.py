"""From an actual to an achievement in per cent, kind by kind (배점방식, GLOSSARY.md)."""

from __future__ import annotations

from fractions import Fraction

from tests.cities.by_hand.arithmetic import half_up
from tests.cities.by_hand.files import Row

NEEDS_TARGET = ("상향", "하향A", "하향B", "기준대비")


def achievement(rule: Row, target: str, actual: Fraction, on: str) -> Fraction | None:
    """The achievement as of the day `on`, between floor and cap (0 and 100 where blank), rounded to the rule's digits
    (1 where blank). None: the kind needs a target, and there is none."""
    if rule["배점방식"] in NEEDS_TARGET and not target:
        return None
    floor, cap = Fraction(rule["최저"] or 0), Fraction(rule["최고"] or 100)
    reached = _unbounded(rule, Fraction(target or 0), actual, on, cap)
    return half_up(min(max(reached, floor), cap), int(rule["소수자리"] or 1))


def _unbounded(rule: Row, target: Fraction, actual: Fraction, on: str, cap: Fraction) -> Fraction:
    match rule["배점방식"]:
        case "상향":
            return actual / target * 100
        case "하향A":
            return target / actual * 100 if actual > 0 else cap
        case "하향B":
            return (2 - actual / target) * 100
        case "기준대비":
            base = Fraction(rule["기준값"])
            return (actual - base) / (target - base) * 100
        case "목표범위":
            low, high = Fraction(rule["하한값"]), Fraction(rule["상한값"])
            return 100 - max(low - actual, actual - high, Fraction(0)) * Fraction(rule["감점률"])
        case "목표부여":
            low, high = Fraction(rule["하한값"]), Fraction(rule["상한값"])
            return min(max(20 + 80 * (actual - low) / (high - low), Fraction(20)), Fraction(100))
        case "여부":
            return Fraction(100) if actual else Fraction(0)
        case "마일스톤":
            # What is done, against what the last stage that is due asks for.
            due = [per_cent for day, per_cent in steps(rule["단계표"]) if day <= on]
            return actual / due[-1] * 100 if due else Fraction(100)
        case "무사고":
            return _step(rule["단계표"], actual, Fraction(100))
        case "단계형":
            return _step(rule["단계표"], actual, Fraction(0))
    raise ValueError(rule["배점방식"])


def steps(table: str) -> list[tuple[str, Fraction]]:
    """Bound (a number, or a day) and per cent of each step, as they stand."""
    parted = [one.rpartition(":") for one in table.split(";") if one.strip()]
    return [(bound.strip(), Fraction(per_cent)) for bound, _, per_cent in parted]


def _step(table: str, actual: Fraction, before: Fraction) -> Fraction:
    """The per cent of the highest bound that was reached; `before` below the first of them."""
    reached = [(Fraction(bound), per_cent) for bound, per_cent in steps(table) if Fraction(bound) <= actual]
    return max(reached)[1] if reached else before
