"""The rows of 알림 from stages as a city writes them.

A stage is a number of working days after the deadline (before it with a minus); + goes on every working day until
it is done, and m is minutes before something begins, told even at night.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator_of_cities.files import Row

Rule = tuple[str, str, str]
"""Kind of deadline, for whom, and the stages with spaces between."""


def reminder_rows(rules: Iterable[Rule], at: str, quiet_from: str, quiet_until: str) -> Iterator[Row]:
    """A row for each stage, told at the time `at`, and the quiet hours."""
    for kind, audience, stages in rules:
        for stage in stages.split():
            yield {"종류": kind, "받는사람": audience, **_when(stage, at)}
    yield {"종류": "야간보류", "시각": quiet_from, "까지": quiet_until}


def _when(stage: str, at: str) -> Row:
    if stage.endswith("m"):
        return {"분전": stage[:-1], "언제든": "예"}
    return {"근무일": stage.rstrip("+"), "시각": at, "반복": "예" if stage.endswith("+") else ""}
