"""Step tables and stages as they stand in one cell of a plan workbook.

A cell with a single step ("1:0") would be turned into a time of day by Excel: write "0:100; 1:0".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from models.numbers import read_number
from models.scoring.rule import Stage, Step
from models.words import Refusal

_DATE = re.compile(r"([0-9]{4})[-.] ?([0-9]{1,2})[-.] ?([0-9]{1,2})\.?")
_SHOWN = 40


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of "0:100; 1:80; 3:50": from this value up, this percent. An empty cell has none.

    Raises Refusal, naming the part that is wrong. Order is left as written: check_rule judges it.
    """
    steps = []
    for part, (bound, percent) in _pairs(text):
        try:
            steps.append(Step(read_number(bound), read_number(percent)))
        except Refusal:
            raise _bad_step(part) from None
    return tuple(steps)


def write_steps(steps: Iterable[Step]) -> str:
    """The text that read_steps reads back."""
    return "; ".join(f"{step.bound:f}:{step.percent:f}" for step in steps)


def read_stages(text: str) -> tuple[Stage, ...]:
    """The stages of "2019-03-31:30; 2019-12-31:100": by this day, this cumulative percent.

    Raises Refusal, naming the part that is wrong. Order is left as written: check_rule judges it.
    """
    stages = []
    for part, (due, percent) in _pairs(text):
        try:
            stages.append(Stage(_date(due), read_number(percent)))
        except (Refusal, ValueError):
            raise _bad_stage(part) from None
    return tuple(stages)


def write_stages(stages: Iterable[Stage]) -> str:
    """The text that read_stages reads back."""
    return "; ".join(f"{stage.due.isoformat()}:{stage.percent:f}" for stage in stages)


def _pairs(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each part of the cell with its two halves; a part that is not a pair has an empty second half."""
    for part in filter(None, map(str.strip, re.split("[;；\n]", text))):
        first, _, second = part.replace("：", ":").partition(":")
        yield part, (first.strip(), second.strip())


def _date(text: str) -> date:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        raise ValueError(text)
    year, month, day = map(int, match.groups())
    return date(year, month, day)


def _bad_step(part: str) -> Refusal:
    return Refusal(
        "단계표에서 읽지 못한 부분이 있습니다: {part}. ‘값:달성률’을 0:100; 1:80; 3:50처럼 적어 주세요.",
        part=part[:_SHOWN],
    )


def _bad_stage(part: str) -> Refusal:
    return Refusal(
        "추진 단계에서 읽지 못한 부분이 있습니다: {part}. "
        "‘날짜:누적 비율’을 2019-03-31:30; 2019-12-31:100처럼 적어 주세요.",
        part=part[:_SHOWN],
    )
