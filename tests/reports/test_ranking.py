"""The picture of a ranking: its size, its bytes, and which bars of very many are drawn."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from PIL import Image

from reports.charts.ranking import Bar, Ranking, ranking, rows_shown


def bars(count: int, own: int | None = None) -> list[Bar]:
    return [Bar(f"{place}과", Decimal(1000 - place) / 10, place == own) for place in range(1, count + 1)]


def test_it_is_as_high_as_it_has_bars_and_the_same_bytes_each_time() -> None:
    shown = Ranking("2019년 성과관리 연간 기관평가", "3과 3위 · 5곳", bars(5, 3))
    picture = ranking(shown)
    assert Image.open(BytesIO(picture)).size == (960, 250)
    assert ranking(shown) == picture


def test_one_s_own_bar_has_another_colour() -> None:
    def colours(own: int | None) -> set[object]:
        picture = Image.open(BytesIO(ranking(Ranking("순위", "", bars(3, own))))).convert("RGB")
        return {colour for count, colour in picture.getcolors(1 << 20) or () if count > 1000}

    assert colours(2) - colours(None) == {(213, 94, 0)}


def test_of_very_many_the_ends_and_the_neighbours_are_drawn_and_nobody_is_twice() -> None:
    rows = rows_shown(bars(248, 120))
    names = [row.name if row else "" for row in rows]
    assert names == [
        *(f"{place}과" for place in range(1, 6)), "", *(f"{place}과" for place in range(114, 127)), "",
        *(f"{place}과" for place in range(244, 249)),
    ]  # fmt: skip
    assert rows_shown(bars(30, 2)) == bars(30, 2)


def test_nothing_at_all_is_a_picture_too() -> None:
    assert ranking(Ranking("순위", "", [])).startswith(b"\x89PNG")
