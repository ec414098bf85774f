"""Ranks, grades and prizes, worked by hand, and what must hold whoever takes part."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.scheme.ranking import Entrant, Place, places
from models.scheme.rules import GradeRule, PartRule, PartScore, PrizeRule, Score
from models.scheme.table import Source

D = Decimal
QUOTA = [
    GradeRule("S", share=D(10)),
    GradeRule("A", share=D(30)),
    GradeRule("B", share=D(40)),
    GradeRule("C"),
]


def scored(total: str, *ties: str) -> Score:
    parts = [
        PartScore(PartRule(f"T{n}", "", Source.RATING, D(0), tie_order=n), (), None, None, D(one))
        for n, one in enumerate(ties, start=1)
    ]
    return Score(tuple(parts), D(total))


def ranked(
    totals: dict[str, Score],
    grades: list[GradeRule] | None = None,
    prizes: list[PrizeRule] | None = None,
    groups: dict[str, str] | None = None,
    *,
    up: bool = True,
) -> dict[str, Place]:
    entrants = [Entrant(key, one, (groups or {}).get(key, "")) for key, one in totals.items()]
    return places(entrants, grades or [], prizes or [], ties_go_up=up)


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    found = ranked({"a": scored("90"), "b": scored("95"), "c": scored("90"), "d": scored("80")})
    assert {key: (one.rank, one.sharing) for key, one in found.items()} == {
        "a": (2, 2), "b": (1, 1), "c": (2, 2), "d": (4, 1),
    }  # fmt: skip


def test_equals_are_told_apart_by_the_part_named_first() -> None:
    found = ranked(
        {"a": scored("90", "18", "9"), "b": scored("90", "19", "1"), "c": scored("90", "18", "10")}
    )
    assert [found[key].rank for key in "bca"] == [1, 2, 3]


def test_groups_are_ranked_by_themselves() -> None:
    totals = {"a": scored("90"), "b": scored("95"), "c": scored("70")}
    found = ranked(totals, groups={"a": "본청", "b": "사업소", "c": "본청"})
    assert [(found[key].rank, found[key].among) for key in "abc"] == [(1, 2), (1, 1), (2, 2)]


def test_a_quota_is_cumulative_and_rounded_to_whole_subjects() -> None:
    # Of 11: S 1.1 → 1, S and A 4.4 → 4, with B 8.8 → 9, the rest C.
    found = ranked({str(n): scored(str(100 - n)) for n in range(11)}, QUOTA)
    assert "".join(found[str(n)].grade for n in range(11)) == "SAAABBBBBCC"


def test_half_a_subject_is_a_whole_one() -> None:
    # Of 5: S 0.5 → 1.
    found = ranked({str(n): scored(str(100 - n)) for n in range(5)}, QUOTA)
    assert "".join(found[str(n)].grade for n in range(5)) == "SABBC"


def test_equals_at_the_border_of_a_grade_go_up_or_down_as_the_scheme_says() -> None:
    totals = {"a": scored("95"), "b": scored("90"), "c": scored("90"), "d": scored("80")}
    half = [GradeRule("상", share=D(50)), GradeRule("하")]
    assert "".join(ranked(totals, half)[key].grade for key in "abcd") == "상상상하"
    assert "".join(ranked(totals, half, up=False)[key].grade for key in "abcd") == "상하하하"


def test_a_cut_off_holds_at_the_very_point() -> None:
    grades = [GradeRule("우수", least=D("90")), GradeRule("보통", least=D("70")), GradeRule("미흡")]
    totals = {"a": scored("90.00"), "b": scored("89.99"), "c": scored("70"), "d": scored("69.99")}
    assert [ranked(totals, grades)[key].grade for key in "abcd"] == ["우수", "보통", "보통", "미흡"]


def test_who_is_within_the_quota_but_below_the_least_total_gets_the_next_grade() -> None:
    grades = [GradeRule("S", least=D("95"), share=D(50)), GradeRule("A")]
    found = ranked({"a": scored("94"), "b": scored("80")}, grades)
    assert [found[key].grade for key in "ab"] == ["A", "A"]


def test_prizes_go_out_in_their_order_and_nobody_gets_two() -> None:
    prizes = [PrizeRule("최우수", 1), PrizeRule("우수", 2), PrizeRule("장려", 1, least=D(88))]
    totals = {key: scored(total) for key, total in zip("abcde", ("99", "97", "96", "85", "84"), strict=True)}
    assert [ranked(totals, prizes=prizes)[key].prize for key in "abcde"] == ["최우수", "우수", "우수", "", ""]


def test_a_prize_that_would_part_equals_is_left_to_be_decided_and_those_after_it_wait() -> None:
    prizes = [PrizeRule("최우수", 1), PrizeRule("우수", 1), PrizeRule("장려", 1)]
    totals = {"a": scored("99"), "b": scored("97"), "c": scored("97"), "d": scored("90")}
    found = ranked(totals, prizes=prizes)
    assert [found[key].prize for key in "abcd"] == ["최우수", "", "", ""]
    assert [found[key].undecided for key in "abcd"] == [(), ("우수",), ("우수",), ()]


def test_a_prize_may_be_for_one_group() -> None:
    totals = {"a": scored("99"), "b": scored("97"), "c": scored("90")}
    found = ranked(totals, prizes=[PrizeRule("사업소 우수", 1, grouping="사업소")], groups={"c": "사업소"})
    assert [found[key].prize for key in "abc"] == ["", "", "사업소 우수"]


@given(st.lists(st.integers(0, 12), max_size=40), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_no_more_prizes_go_out_than_there_are_and_never_past_someone_better(
    totals: list[int], counts: list[int]
) -> None:
    prizes = [PrizeRule(f"상{n}", count) for n, count in enumerate(counts)]
    found = ranked({str(n): scored(str(one)) for n, one in enumerate(totals)}, QUOTA, prizes)
    for prize in prizes:
        won = [key for key, place in found.items() if place.prize == prize.name]
        assert len(won) <= prize.count
    with_prize = [totals[int(key)] for key, place in found.items() if place.prize]
    without = [totals[int(key)] for key, place in found.items() if not place.prize and not place.undecided]
    assert not with_prize or not without or min(with_prize) >= max(without)
    by_grade = {
        grade: [totals[int(key)] for key, one in found.items() if one.grade == grade] for grade in "SABC"
    }
    worst = 13
    for grade in "SABC":
        assert not by_grade[grade] or max(by_grade[grade]) <= worst
        worst = min([worst, *by_grade[grade]])
