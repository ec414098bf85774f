"""One cell into one value."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from models.scoring import Kind
from models.words import Refusal
from reports.plan.cells import read_cell
from reports.plan.column import Column
from reports.plan.columns import INDICATORS, PEOPLE, PERIODS
from reports.plan.lines import Cell
from reports.plan.problems import letters

COLUMNS = {column.name: column for sheet in (PERIODS, PEOPLE, INDICATORS) for column in sheet.columns}
WEIGHT, NAME, CODE, DUE, START = (
    COLUMNS[name] for name in ("가중치", "지표명", "코드", "보고기한", "시작일")
)


def refusal(column: Column, cell: Cell) -> str:
    with pytest.raises(Refusal) as caught:
        read_cell(column, cell)
    return caught.value.phrase.text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (97.3, "97.3"),
        ("97.3%", "97.3"),
        ("3,902억", "390200000000"),
        ("△3.2", "-3.2"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
    ],
)
def test_a_number_is_read_exactly_as_it_is_shown(cell: Cell, value: str) -> None:
    assert read_cell(WEIGHT, cell) == Decimal(value)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=4))
def test_excel_gives_back_every_number_of_fifteen_digits(number: Decimal) -> None:
    assert read_cell(WEIGHT, float(number)) == number


@pytest.mark.parametrize("cell", [1e14, "100조", -1e14])
def test_a_number_that_the_database_has_no_room_for_is_refused(cell: Cell) -> None:
    assert "정수 부분" in refusal(WEIGHT, cell)
    assert read_cell(WEIGHT, 1e14 - 1) == 10**14 - 1


@pytest.mark.parametrize("cell", [1 / 3, "0.12345", 0.00005])
def test_a_fifth_decimal_is_refused(cell: Cell) -> None:
    assert "소수점 아래" in refusal(WEIGHT, cell)


@pytest.mark.parametrize("cell", ["많음", "1e3", "NaN", "12건", "1_000", math.inf, math.nan, 1e300, True])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert refusal(WEIGHT, cell)


@pytest.mark.parametrize("cell", ["2019-06-30", "2019. 6. 30.", "2019.6.30", "2019/06/30", date(2019, 6, 30)])
def test_a_day_may_be_written_in_every_usual_way(cell: Cell) -> None:
    assert read_cell(START, cell) == date(2019, 6, 30)
    assert read_cell(DUE, cell) == datetime(2019, 6, 30, 9, tzinfo=UTC), "18:00 in Seoul"


@pytest.mark.parametrize(
    "cell",
    [
        "2019-06-30 14:20",
        "2019. 6. 30. 14:20",
        datetime(2019, 6, 30, 14, 20),  # noqa: DTZ001
        datetime(2019, 6, 30, 14, 19, 59, 999000),  # noqa: DTZ001
    ],
)
def test_a_time_is_one_of_the_city(cell: Cell) -> None:
    assert read_cell(DUE, cell) == datetime(2019, 6, 30, 5, 20, tzinfo=UTC)
    assert "시각 없이" in refusal(START, cell)


@pytest.mark.parametrize(
    "cell", ["6/30", "2019-6", "30.6.2019", "2019-06/30", 43646.0, True, "내일", time(1)]
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    assert "날짜로 읽지 못했습니다" in refusal(START, cell)


@pytest.mark.parametrize("cell", ["2019-02-29", "2019-06-30 25:00"])
def test_a_day_that_no_calendar_has_is_refused(cell: Cell) -> None:
    assert "달력에 없는" in refusal(DUE, cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(2019.0, "2019"), (20190001.0, "20190001"), (" A  1 ", "A 1"), ("가\u1100\u1161", "가가")],
)
def test_a_code_is_text_however_excel_kept_it(cell: Cell, text: str) -> None:
    assert read_cell(CODE, cell) == text


@pytest.mark.parametrize("cell", [date(2019, 1, 1), True, time(0, 1)])
def test_a_code_that_excel_made_something_else_of_is_refused(cell: Cell) -> None:
    assert "엑셀이" in refusal(CODE, cell)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u200b", "\ufeff", "\u202e", "\x1f", "\ud800"])
def test_an_invisible_character_is_refused_by_its_number(sign: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_cell(NAME, f"민원{sign}처리율")
    assert caught.value.phrase.values["code"] == f"U+{ord(sign):04X}"


def test_a_text_longer_than_its_column_is_refused() -> None:
    assert read_cell(NAME, "가" * 200) == "가" * 200
    assert "줄여서" in refusal(NAME, "가" * 201)


def test_line_breaks_stay_where_they_mean_something() -> None:
    assert read_cell(COLUMNS["단계표"], "0:100\r\n 1:80\n") == "0:100\n1:80"
    assert read_cell(NAME, "민원\n처리율") == "민원 처리율"


def test_a_choice_may_have_spaces_and_a_wrong_one_is_told_the_words() -> None:
    assert read_cell(COLUMNS["배점방식"], "하향 A") is Kind.LOWER_RATIO
    with pytest.raises(Refusal) as caught:
        read_cell(COLUMNS["역할"], "담당자; 과장")
    assert caught.value.phrase.values["word"] == "과장"
    assert "팀장" in str(caught.value.phrase.values["choices"])


@pytest.mark.parametrize(
    ("cell", "value"), [("예", True), ("아니오", False), ("아니요", False), (True, True), ("", False)]
)
def test_yes_and_no_in_every_form(cell: Cell, value: bool) -> None:
    assert read_cell(COLUMNS["팀장확인"], cell) is value


def test_an_empty_cell_is_refused_only_where_something_must_stand() -> None:
    assert "비어 있습니다" in refusal(NAME, "  ")
    assert read_cell(COLUMNS["최고"], "") == 100


@given(st.integers(min_value=0, max_value=16_383))
def test_letters_are_those_of_excel(index: int) -> None:
    assert letters(index) == get_column_letter(index + 1)
