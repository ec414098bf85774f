"""The formulas that by_hand goes by: achievement by kind, what an answer is worth, sharing out, rounding. Exact."""

from __future__ import annotations

from fractions import Fraction

Row = dict[str, str]
HUNDRED = Fraction(100)


def half_up(value: Fraction, digits: int) -> Fraction:
    """Rounded to so many decimals, away from zero at the half."""
    scale = 10**digits
    whole = (abs(value) * scale + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, scale)


def share_out(weights: dict[str, Fraction], nothing: set[str]) -> dict[str, Fraction]:
    """Weights of what does not apply go to the rest in proportion: hundredths, by the largest remainder."""
    whole = sum(weights.values(), Fraction(0))
    rest = sum((weight for code, weight in weights.items() if code not in nothing), Fraction(0))
    if not rest:
        return dict.fromkeys(weights, Fraction(0))
    if not nothing:
        return weights
    exact = {
        code: Fraction(0) if code in nothing else weight * whole / rest for code, weight in weights.items()
    }
    shares = {code: Fraction((share * 100).__floor__(), 100) for code, share in exact.items()}
    left = int((whole - sum(shares.values(), Fraction(0))) * 100)
    for code in sorted(exact, key=lambda code: shares[code] - exact[code])[:left]:
        shares[code] += Fraction(1, 100)
    return shares


def per_cent(scale: str, answer: str) -> Fraction:
    """What an answer is worth: by its label, or by its place between the least and the most."""
    if "~" in scale:
        least, most = (Fraction(end) for end in scale.split("~"))
        return (Fraction(answer) - least) * 100 / (most - least)
    labels = (one.rpartition(":") for one in scale.split(";"))
    return {label.strip(): Fraction(value) for label, _, value in labels}[answer]


def achievement(row: Row, target: str, actual: Fraction, on: str) -> Fraction:
    """The achievement in %, as of the day `on`: between floor and cap, rounded."""
    floor, cap = Fraction(row["최저"] or 0), Fraction(row["최고"] or 100)
    reached = _unbounded(row, Fraction(target or 0), actual, on, cap)
    return half_up(min(max(reached, floor), cap), int(row["소수자리"] or 1))


def _unbounded(row: Row, target: Fraction, actual: Fraction, on: str, cap: Fraction) -> Fraction:
    table = [one.rpartition(":") for one in row["단계표"].split(";") if one.strip()]
    steps = [(bound.strip(), Fraction(value)) for bound, _, value in table]
    match row["배점방식"]:
        case "상향":
            return actual * 100 / target
        case "하향A":
            return target * 100 / actual if actual > 0 else cap
        case "하향B":
            return (2 - actual / target) * 100
        case "기준대비":
            base = Fraction(row["기준값"])
            return (actual - base) * 100 / (target - base)
        case "목표범위":
            low, high = Fraction(row["하한값"]), Fraction(row["상한값"])
            return 100 - max(low - actual, actual - high, Fraction(0)) * Fraction(row["감점률"])
        case "목표부여":
            low, high = Fraction(row["하한값"]), Fraction(row["상한값"])
            return min(max(20 + 80 * (actual - low) / (high - low), Fraction(20)), HUNDRED)
        case "여부":
            return actual * 100
        case "마일스톤":
            planned = [value for day, value in steps if day <= on]
            return actual * 100 / planned[-1] if planned else HUNDRED
    reached = [value for bound, value in steps if Fraction(bound) <= actual]
    return reached[-1] if reached else HUNDRED if row["배점방식"] == "무사고" else Fraction(0)
