"""An indicator of an example with its targets and what will be reported of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from generator_of_cities.files import Row

NOT_APPLICABLE = "해당없음"
WHOLE_CYCLE = ""


@dataclass(frozen=True)
class Planned:
    """The cells of 지표, and by period the target and the report. Where periods have targets of their own, the
    indicator is reported in these only."""

    cells: Row
    targets: Mapping[str, str]
    actuals: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.cells["코드"]


def indicator_rows(planned: Iterable[Planned]) -> list[Row]:
    return [one.cells for one in planned]


def target_rows(planned: Iterable[Planned]) -> list[Row]:
    rows = (
        [
            {"성과주기": one.cells["성과주기"], "지표코드": one.code, "기간": period, "목표치": value}
            for period, value in one.targets.items()
        ]
        for one in planned
    )
    return list(chain.from_iterable(rows))


def actual_rows(planned: Iterable[Planned], decided: Mapping[tuple[str, str], Row]) -> list[Row]:
    """A row for each report. `decided`: what is not simply approved, by indicator and period."""
    rows = (
        [
            {"성과주기": one.cells["성과주기"], "지표코드": one.code, "기간": period, "실적": value}
            | decided.get((one.code, period), {})
            for period, value in one.actuals.items()
        ]
        for one in planned
    )
    return list(chain.from_iterable(rows))
