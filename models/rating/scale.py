"""The scale of a criterion as it stands in one cell of a plan workbook, and what an answer on it is worth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

from models.numbers import read_number
from models.scoring.achievement import EXACT
from models.words import Refusal

UNIT = "점"
"""What may follow a number that is answered."""
_FULL = Decimal(100)
_RANGE = re.compile(r"([0-9]{1,4}) ?~ ?([0-9]{1,4})")
_SHOWN = 40


@dataclass(frozen=True)
class Scale:
    """Labels with their per cent, best first; or, where there are none, whole numbers from least to most."""

    percents: Mapping[str, Decimal]
    least: int = 0
    most: int = 0

    @property
    def is_number(self) -> bool:
        """Whether the answer is a whole number, not one of the labels."""
        return not self.percents

    def labels(self) -> list[str]:
        """What may be answered, best first; empty where the answer is a number."""
        return list(self.percents)

    def percent_of(self, answer: str) -> Decimal:
        """What the answer is worth in %, not rounded: of a number (answer − least) / (most − least) × 100.

        Raises Refusal for an answer that is not on the scale.
        """
        if self.is_number:
            number = read_number(answer, UNIT)
            if number != number.to_integral_value() or not self.least <= number <= self.most:
                raise Refusal(
                    "{least}에서 {most} 사이의 정수로 적어 주세요.", least=self.least, most=self.most
                )
            with localcontext(EXACT):
                return (number - self.least) * _FULL / (self.most - self.least)
        label = _composed(answer)
        if label not in self.percents:
            raise Refusal(
                "‘{answer}’: 척도에 없는 답입니다. {labels} 가운데에서 선택해 주세요.",
                answer=label[:_SHOWN],
                labels=", ".join(self.percents),
            )
        return self.percents[label]


def read_scale(text: str) -> Scale:
    """The scale of "탁월:100; 우수:90" or "0~100". Raises Refusal, naming what is wrong."""
    plain = unicodedata.normalize("NFKC", text).replace("〜", "~").strip()
    if match := _RANGE.fullmatch(plain):
        least, most = int(match[1]), int(match[2])
        if least >= most:
            raise Refusal("척도의 앞 수를 뒤 수보다 작게 적어 주세요. 예: 0~100")
        return Scale({}, least, most)
    percents: dict[str, Decimal] = {}
    for part in filter(None, map(str.strip, re.split("[;；\n]", text))):
        label, percent = _label(part)
        if label in percents:
            raise Refusal("척도에 ‘{label:이/가}’ 두 번 있습니다. 하나만 남겨 주세요.", label=label)
        percents[label] = percent
    if len(percents) < 2:
        raise Refusal(
            "척도를 읽지 못했습니다. 탁월:100; 우수:90; 보통:80처럼 둘 이상 적거나 0~100처럼 적어 주세요."
        )
    if any(later >= earlier for earlier, later in pairwise(percents.values())):
        raise Refusal("척도는 높은 비율부터 서로 다르게 적어 주세요. 예: 탁월:100; 우수:90; 보통:80")
    return Scale(percents)


def _label(part: str) -> tuple[str, Decimal]:
    """The label before the last colon, and its per cent."""
    label, _, percent = part.replace("：", ":").rpartition(":")
    try:
        value = read_number(percent)
    except Refusal:
        value = Decimal(-1)
    if not label.strip() or not 0 <= value <= _FULL:
        raise Refusal(
            "척도에서 읽지 못한 부분이 있습니다: {part}. ‘답:비율’을 비율 0에서 100 사이로 적어 주세요. 예: 우수:90",
            part=part[:_SHOWN],
        )
    return _composed(label), value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
