"""What the picture of an early warning shows: an indicator's years on one scale with the year to come."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from handlers.early_warning.figures import told
from models.forecast.reading import YearSoFar
from models.forecast.table import Projection
from models.scoring import Rollup
from models.words import Translator, say

_MOST_YEARS = 5


def draw(year: YearSoFar, projection: Projection, translate: Translator) -> bytes:
    """The picture as PNG, in the reader's language."""
    # Imported here: matplotlib takes a second to load, and nobody who reports an actual needs it.
    from reports.charts import Trend, TrendWords, trend

    is_sum = year.indicator.rollup is Rollup.SUM
    actuals = _running(year.actuals) if is_sum else year.actuals
    words = TrendWords(
        past=translate(say("지난 실적")),
        actual=translate(say("올해 누계") if is_sum else say("올해 실적")),
        projected=translate(say("연말 예상")),
        end=translate(say("연말")),
        target=translate(say("목표")),
    )
    past = year.past[-_MOST_YEARS:]
    shown = Trend(
        title=year.indicator.name,
        unit=year.indicator.unit,
        past=[(str(at), value) for at, value in past],
        actuals=[(period.name, value) for period, value in zip(year.periods, actuals, strict=True)],
        projected=told(projection.value, year, projection),
        low=projection.low,
        high=projection.high,
        target=projection.target or Decimal(0),
        words=words,
    )
    return trend(shown)


def _running(actuals: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Of a sum, what it had come to with each period that is there."""
    sums = accumulate(actual or Decimal(0) for actual in actuals)
    return [None if actual is None else so_far for so_far, actual in zip(sums, actuals, strict=True)]
