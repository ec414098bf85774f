"""The shares of periods as they stand in one cell of a plan workbook."""

from __future__ import annotations

import re
from decimal import Decimal

from models.numbers import read_number
from models.words import Refusal

_SHOWN = 40


def read_shares(text: str) -> dict[str, Decimal]:
    """The share of each period's code in "H1:40; H2:60", above 0. An empty cell has none.

    Raises Refusal, naming the part that is wrong.
    """
    shares: dict[str, Decimal] = {}
    for part in filter(None, map(str.strip, re.split("[;；\n]", text))):
        period, _, share = part.replace("：", ":").rpartition(":")
        code = " ".join(period.split())
        try:
            value = read_number(share)
        except Refusal:
            value = Decimal(0)
        if not code or value <= 0:
            raise Refusal(
                "기간비중에서 읽지 못한 부분이 있습니다: {part}. ‘기간:비중’을 0보다 크게 적어 주세요. "
                "예: H1:40; H2:60",
                part=part[:_SHOWN],
            )
        if code in shares:
            raise Refusal("기간비중에 {period:이/가} 두 번 있습니다. 하나만 남겨 주세요.", period=code)
        shares[code] = value
    return shares
