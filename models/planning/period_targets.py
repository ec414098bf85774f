"""Targets of periods as they stand in one line: `상반기:48; 하반기:95`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.numbers import read_number
from models.plan import Period
from models.words import Refusal


def read_targets(text: str, periods: Sequence[Period], unit: str) -> dict[str, Decimal]:
    """The targets by the period's id. A period is named by its name or its code; Refusal for what cannot be read."""
    known = {name: str(period.id) for period in periods for name in (period.code, period.name)}
    found: dict[str, Decimal] = {}
    for part in filter(None, map(str.strip, re.split("[;；\n]", text))):
        name, _, value = (one.strip() for one in part.replace("：", ":").partition(":"))
        if name not in known:
            example = periods[0].name if periods else "상반기"
            raise Refusal(
                "기간별 목표치에 적으신 {name} 기간이 없습니다. {example}:48처럼 적어 주세요.",
                name=name,
                example=example,
            )
        found[known[name]] = read_number(value, unit)
    return found


def write_targets(targets: Mapping[str, str | None], periods: Sequence[Period]) -> str:
    """The text that read_targets reads back."""
    values = [(period.name, targets.get(str(period.id))) for period in periods]
    return "; ".join(f"{name}:{value}" for name, value in values if value is not None)
