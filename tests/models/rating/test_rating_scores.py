"""The arithmetic of ratings, by numbers worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rating.scale import read_scale
from models.rating.scores import (
    Form,
    GroupScore,
    Question,
    group_mean,
    left_out,
    rating_score,
    trimmed_mean,
    written_out,
)

LABELS = read_scale("탁월:100; 우수:90; 보통:80; 미흡:60")
FORM = (
    Question("IMP", Decimal(40), LABELS),
    Question("DIF", Decimal(40), read_scale("0~10")),
    Question("EFF", Decimal(20), read_scale("1~5")),
)


def test_a_paper_is_the_weighted_mean_of_its_answers() -> None:
    # 40 × 90 + 40 × 70 + 20 × 75 = 3600 + 2800 + 1500 = 7900
    assert Form(FORM).score({"IMP": "우수", "DIF": "7", "EFF": "4"}) == 79


def test_weights_need_not_sum_to_a_hundred() -> None:
    form = (Question("A", Decimal(3), LABELS), Question("B", Decimal(4), LABELS))
    # (3 × 100 + 4 × 80) ÷ 7 = 620 ÷ 7, and nothing is rounded
    score = Form(form).score({"A": "탁월", "B": "보통"})
    assert score == Fraction(620, 7)
    assert str(written_out(score)) == "88." + "571428" * 9 + "5714"


@pytest.mark.parametrize(
    "answers", [{}, {"IMP": "우수", "DIF": "7"}, {"IMP": "매우", "DIF": "7", "EFF": "4"}]
)
def test_a_paper_that_does_not_answer_the_form_does_not_count(answers: dict[str, str]) -> None:
    assert Form(FORM).score(answers) is None


def test_the_highest_and_the_lowest_are_left_out() -> None:
    scores = [Fraction(one) for one in (100, 10, 80, 90, 85)]
    # 80, 85, 90 stay
    assert trimmed_mean(scores, 1) == 85
    assert trimmed_mean(scores, 2) == 85
    assert trimmed_mean(scores, 0) == 73


@pytest.mark.parametrize(("papers", "trim", "out"), [(2, 1, 0), (3, 1, 2), (4, 2, 0), (5, 2, 4), (9, 0, 0)])
def test_nothing_is_left_out_where_less_than_one_would_stay(papers: int, trim: int, out: int) -> None:
    assert left_out(papers, trim) == out


def test_a_group_with_too_few_papers_does_not_count() -> None:
    assert group_mean([Fraction(80)], 0, 2) is None
    assert group_mean([Fraction(80), Fraction(90)], 0, 2) == 85
    assert group_mean([], 0, 0) is None


def group(share: int, percent: str | None) -> GroupScore:
    known = None if percent is None else Decimal(percent)
    return GroupScore("G", "집단", Decimal(share), known, 1, 1, 0, None if known is None else Fraction(known))


def test_groups_have_their_shares() -> None:
    # Seoul: own bureau 20, planning office 10, experts 10: (20 × 90 + 10 × 80 + 10 × 60) ÷ 40 = 3200 ÷ 40
    score = rating_score([group(20, "90"), group(10, "80"), group(10, "60")])
    assert (score.percent, score.is_missing) == (Decimal(80), False)


def test_the_shares_of_groups_that_do_not_count_fall_to_the_others_and_are_shown_as_missing() -> None:
    score = rating_score([group(20, "90"), group(10, None), group(10, "60")])
    assert (score.percent, score.is_missing) == (Decimal(80), True)
    assert rating_score([group(20, None)]) == type(score)(None, (group(20, None),), True)


def test_where_nobody_is_to_rate_the_rating_does_not_apply() -> None:
    assert rating_score([]) == type(rating_score([]))(None, (), False)


def test_thirds_that_make_a_whole_are_one() -> None:
    form = (Question("A", Decimal(1), read_scale("0~3")),)
    scores = [Form(form).score({"A": answer}) for answer in ("1", "1", "1", "3")]
    mean = group_mean([one for one in scores if one is not None], 0, 1)
    # (33.3… + 33.3… + 33.3… + 100) ÷ 4
    assert written_out(mean) == 50


@settings(max_examples=40)
@given(st.lists(st.integers(0, 100).map(Fraction), min_size=1, max_size=30), st.integers(0, 5))
def test_a_trimmed_mean_lies_within_what_stays(scores: list[Fraction], trim: int) -> None:
    out = left_out(len(scores), trim) // 2
    kept = sorted(scores)[out : len(scores) - out]
    assert kept[0] <= trimmed_mean(scores, trim) <= kept[-1]
    assert len(kept) == len(scores) - left_out(len(scores), trim)
