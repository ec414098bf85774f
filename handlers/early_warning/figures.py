"""How exactly a projected figure is told."""

from __future__ import annotations

from decimal import Decimal

from models.forecast.reading import YearSoFar
from models.forecast.table import Projection
from models.scoring.achievement import rounded


def told(value: Decimal | None, year: YearSoFar, projection: Projection) -> Decimal:
    """A projected value with one decimal more than the target and the actuals have: more would seem exact."""
    given = [one for one in (*year.actuals, projection.target) if one is not None]
    return rounded(value or Decimal(0), 1 + max(map(_decimals, given), default=0))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
