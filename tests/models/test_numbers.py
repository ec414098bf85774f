import csv
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from decimal import Context, Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.numbers import MOST_CHARACTERS, MOST_DECIMALS, MOST_INTEGER_DIGITS, read_number
from models.words import Refusal, translator
from models.words.shown import shown_number

TABLE = list(csv.DictReader((Path(__file__).parent / "odd_numbers.csv").open(encoding="utf-8", newline="")))
REFUSED = "refused"
LIMIT = Decimal(10) ** MOST_INTEGER_DIGITS - Decimal(10) ** -MOST_DECIMALS

with localcontext(Context(prec=40)):
    numbers = st.decimals(-LIMIT, LIMIT, places=MOST_DECIMALS)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['text']!r} in {row['unit']!r}")
def test_each_odd_input_is_read_as_the_table_says_or_refused(row: dict[str, str]) -> None:
    if row["expected"] == REFUSED:
        with pytest.raises(Refusal):
            read_number(row["text"], row["unit"])
    else:
        assert str(read_number(row["text"], row["unit"])) == row["expected"]


def test_the_table_is_long_and_has_both_outcomes() -> None:
    refused = sum(row["expected"] == REFUSED for row in TABLE)
    assert len(TABLE) > 200 and refused > 100 and len(TABLE) - refused > 100


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row["expected"] == REFUSED], ids=lambda row: row["text"]
)
def test_every_refusal_can_be_said_and_shows_what_would_be_right(row: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refusal:
        read_number(row["text"], row["unit"])
    said = translator("ko")(refusal.value.phrase)
    assert any(figure in said for figure in ("1,234.5", "97.3", "3,902", "△3.2"))


@pytest.mark.parametrize("text", ["97.3\u200b", "\ufeff97.3", "9\u200b7.3", "97.3\n", "\t97.3", "97.3\u00a0"])
def test_what_cannot_be_seen_changes_nothing(text: str) -> None:
    assert read_number(text) == Decimal("97.3")


@pytest.mark.parametrize(
    "text", ["97\n98", "9\t7", "97\u202e3", "\u202e37.9", "97\x003", "9\u03017", "97\ud800", "1만\n2천"]
)
def test_control_characters_and_lines_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_number(text)


@pytest.mark.parametrize(
    "text", ["1" * 10_240, "1," * 5_000, "천만" * 5_000, "9" * 65, "(" * 10_000, "0." + "0" * 70]
)
def test_text_past_the_limit_is_refused_whatever_it_says(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_number(text)
    assert "너무 깁니다" in refusal.value.phrase.text


def test_spaces_around_a_number_do_not_make_it_too_long() -> None:
    assert read_number(" " * 1000 + "97.3" + " " * 1000) == Decimal("97.3")


def test_decomposed_korean_is_read_like_composed() -> None:
    assert read_number(unicodedata.normalize("NFD", "3902억 원"), "억원") == 3902
    assert read_number("2300가구", unicodedata.normalize("NFD", "가구")) == 2300


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", "", "수를 적어 주세요. 예: 1,234.5 · △3.2 · 1만 2천 · 3902억"),
        ("▲3.2", "", "▲는 뜻이 여러 가지입니다. 줄었으면 △3.2, 늘었으면 3.2처럼 적어 주세요."),
        ("12건", "명", "이 지표의 단위는 명입니다. 97.3 또는 97.3명처럼 적어 주세요."),
        ("12건", "", "단위 없이 수만 적어 주세요. 예: 97.3"),
        ("2천", "억원", "이 지표의 단위는 억원입니다. 3,902 또는 3,902억원처럼 적어 주세요."),
        (
            "1천백원",
            "원",
            "수를 읽지 못했습니다. 숫자 하나만 이렇게 적어 주세요: 1,234.5 · △3.2 · 1만 2천 · 3902억",
        ),
        ("0.12345", "", "소수점 아래는 4자리까지만 적어 주세요. 예: 97.35"),
        ("100조", "", "정수 부분은 14자리까지만 적어 주세요. 예: 3,902억"),
        (
            "3~5",
            "건",
            "수를 읽지 못했습니다. 숫자 하나만 이렇게 적어 주세요: 1,234.5 · △3.2 · 1만 2천 · 3902억",
        ),
    ],
)
def test_each_refusal_says_what_is_wrong(text: str, unit: str, said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_number(text, unit)
    assert translator("ko")(refusal.value.phrase) == said


@given(numbers, st.sampled_from(["", "%", "원", "건", "가구", "억원", "백만원", "천명", "㎡", "%p", "조"]))
@example(LIMIT, "")
@example(-LIMIT, "원")
def test_what_is_shown_is_read_back(number: Decimal, unit: str) -> None:
    for locale in ("ko", "en"):
        assert read_number(shown_number(number, locale), unit) == number


@given(numbers, st.sampled_from(["%", "원", "건", "가구", "㎡", "%p", "조"]))
def test_what_is_shown_with_its_unit_is_read_back(number: Decimal, unit: str) -> None:
    assert read_number(f"{shown_number(number, 'ko')} {unit}", unit) == number


@given(
    st.decimals(0, 10**9, places=MOST_DECIMALS), st.sampled_from(["억원", "백만원", "천명", "만명", "조원"])
)
def test_a_figure_with_the_very_unit_means_the_bare_figure(number: Decimal, unit: str) -> None:
    assert read_number(f"{number:,f}{unit}", unit) == number


def spoken(number: int) -> str:
    """12345678 as "1234만 5678": written in groups of four, whose last part has two digits at least."""
    parts = []
    for factor, word in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        if number // factor:
            parts.append(f"{number // factor}{word}")
            number %= factor
    return " ".join(parts)


group = st.integers(10, 9999)


@given(st.lists(group, min_size=1, max_size=3) | st.tuples(group, group, group, st.integers(10, 99)))
def test_amounts_spoken_in_groups_of_four_are_read_back(groups: Sequence[int]) -> None:
    number = sum(group * 10 ** (4 * place) for place, group in enumerate(groups))
    assert read_number(spoken(number)) == number
    assert read_number(spoken(number) + "원", "원") == number


@given(st.integers(1, 10**9))
def test_an_amount_in_plain_won_is_the_same_sum_in_hundred_millions(amount: int) -> None:
    in_won = read_number(f"{amount}만원", "원")
    assert read_number(f"{amount}만원", "억원") * 10**8 == in_won


@given(st.text(max_size=MOST_CHARACTERS + 6), st.sampled_from(["", "%", "억원", "건", "㎡"]))
@example("\u00a8", "")
def test_any_text_gives_a_bounded_number_or_a_refusal(text: str, unit: str) -> None:
    with suppress(Refusal):
        number = read_number(text, unit)
        assert abs(number) <= LIMIT and number == round(number, MOST_DECIMALS)


@given(
    st.text(st.sampled_from("0123456789,.  십백천만억조원△-%"), max_size=20),
    st.sampled_from(["", "원", "억원", "천원"]),
)
def test_near_misses_give_a_bounded_number_or_a_refusal(text: str, unit: str) -> None:
    with suppress(Refusal):
        number = read_number(text, unit)
        assert abs(number) <= LIMIT and "E" not in str(number)


def test_reading_does_not_depend_on_the_threads_context() -> None:
    with localcontext(Context(prec=5)):
        assert str(read_number("999,999,999.9999")) == "999999999.9999"
        assert str(read_number("△999,999,999.9999")) == "-999999999.9999"
