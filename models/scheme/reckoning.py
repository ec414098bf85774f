"""From the pieces of parts to the total of one subject. Pure; the rules are those of docs/schemes.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext

from models.scheme.rules import YEAR, PartRule, PartScore, Piece, Score
from models.scheme.table import BASE, Combine, Source
from models.scoring import rounded, share_out
from models.scoring.achievement import EXACT

_SURE_DECIMALS = 30
"""Of the sixty digits that a quotient has."""
_TAKEN_OFF = (Source.DEDUCTION, Source.CONSULTATION)


def score(
    parts: Sequence[PartRule], pieces: Mapping[str, Sequence[Piece]], period: str, digits: int
) -> Score:
    """What one subject reached: `pieces` by the code of their part, in order of time.

    period: the code of the period that is scored, or YEAR. digits: decimals of a part's points.
    """
    own = {part.code: tuple(pieces.get(part.code, ())) for part in parts}
    base = [part for part in parts if part.source in BASE]
    percents = {part.code: combined(part, own[part.code], period) for part in base}
    planned = {part.code: part.points or Decimal(0) for part in base}
    weights = share_out(planned, [code for code, percent in percents.items() if percent is None])
    scores = []
    for part in parts:
        if part.source in BASE:
            percent, weight = percents[part.code], weights[part.code]
            earned = Decimal(0) if percent is None else _points(weight, percent)
            scores.append(PartScore(part, own[part.code], percent, weight, rounded(earned, digits)))
        else:
            scores.append(PartScore(part, own[part.code], None, None, _on_top(part, own[part.code])))
    total = sum((one.points for one in scores), Decimal(0))
    return Score(tuple(scores), max(total, rounded(Decimal(0), digits)))


def combined(part: PartRule, pieces: Sequence[Piece], period: str) -> Decimal | None:
    """The pieces as one figure in %, unrounded; None where none applies."""
    if period != YEAR:
        ours = [piece.percent for piece in pieces if piece.period == period]
        return ours[0] if ours and part.combine is not Combine.YEAR else None
    if part.combine is Combine.YEAR:
        return next((piece.percent for piece in pieces if piece.period == YEAR), None)
    applying = [(piece.period, piece.percent) for piece in pieces if piece.percent is not None]
    if not applying:
        return None
    with localcontext(EXACT):
        percent = _COMBINED[part.combine](part, applying)
    return None if percent is None else _settled(percent)


def _points(weight: Decimal, percent: Decimal) -> Decimal:
    with localcontext(EXACT):
        return _settled(weight * percent / 100)


def _settled(value: Decimal) -> Decimal:
    """Without the last digits, where the rounding of quotients shows: three thirds are a whole again, and a half is a
    half before it is rounded up."""
    return rounded(value, _SURE_DECIMALS)


_Applying = Sequence[tuple[str, Decimal]]


def _mean(_part: PartRule, pieces: _Applying) -> Decimal | None:
    return sum((percent for _, percent in pieces), Decimal(0)) / len(pieces)


def _sum(_part: PartRule, pieces: _Applying) -> Decimal | None:
    return sum((percent for _, percent in pieces), Decimal(0))


def _last(_part: PartRule, pieces: _Applying) -> Decimal | None:
    return pieces[-1][1]


def _by_shares(part: PartRule, pieces: _Applying) -> Decimal | None:
    shared = [(part.shares[period], percent) for period, percent in pieces if period in part.shares]
    whole = sum((share for share, _ in shared), Decimal(0))
    return sum((share * percent for share, percent in shared), Decimal(0)) / whole if whole else None


_COMBINED = {Combine.MEAN: _mean, Combine.SUM: _sum, Combine.LAST: _last, Combine.SHARES: _by_shares}


def _on_top(part: PartRule, pieces: Sequence[Piece]) -> Decimal:
    """Bonus and mileage as they are, deductions below 0; at most the part's points where it has any."""
    given = sum((piece.percent for piece in pieces if piece.percent is not None), Decimal(0))
    counted = given if part.points is None else min(given, part.points)
    return -counted if part.source in _TAKEN_OFF else counted
