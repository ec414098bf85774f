"""The picture of how far raters are apart."""

from __future__ import annotations

import warnings
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from reports.charts.spread import MOST, WIDTH, SpreadRow, SpreadShown, SpreadWords, spread

WORDS = SpreadWords("위원", "큰 차이", "평균")


def row(name: str, *scores: int, far: tuple[int, ...] = ()) -> SpreadRow:
    exact = [Decimal(one) for one in scores]
    return SpreadRow(name, exact, [Decimal(one) for one in far], sum(exact, Decimal(0)) / len(exact))


@pytest.mark.parametrize(
    "rows",
    [
        [row("총무과", 80)],
        [
            row("총무과", 80, 80, 80),
            row("시민이 체감하는 아주 긴 이름의 부서 담당관실", 0, 100, 22, far=(22,)),
        ],
        [row(f"{number}과", number, 100 - number) for number in range(MOST + 10)],
    ],
)
def test_it_is_drawn_in_korean_and_the_same_each_time(rows: list[SpreadRow]) -> None:
    shown = SpreadShown("정성평가 · 상반기", "위원이 준 점수(%)", rows, WORDS)
    with warnings.catch_warnings():
        # A sign that the font does not have is a warning.
        warnings.simplefilter("error")
        drawn = spread(shown)
    assert drawn == spread(shown)
    with Image.open(BytesIO(drawn)) as picture:
        assert picture.width == WIDTH and picture.height <= 150 + 26 * MOST


def test_who_is_far_off_is_seen() -> None:
    near = spread(SpreadShown("가", "", [row("총무과", 90, 88, 20)], WORDS))
    far = spread(SpreadShown("가", "", [row("총무과", 90, 88, 20, far=(20,))], WORDS))
    assert near != far
