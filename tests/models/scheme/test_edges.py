"""The arithmetic of schemes at its edges, worked by hand: halves, nothing, one subject, ties over several keys."""

from __future__ import annotations

from decimal import Decimal

from models.scheme.ranking import Entrant, places
from models.scheme.reckoning import score
from models.scheme.rules import YEAR, GradeRule, PartRule, PartScore, Piece, PrizeRule, Score
from models.scheme.table import Combine, Source

D = Decimal


def base(code: str, points: str, combine: Combine = Combine.YEAR, **more: object) -> PartRule:
    return PartRule(code, code, Source.OWNER, D(points), combine, **more)  # type: ignore[arg-type]


def scored(total: str, *ties: str) -> Score:
    parts = [
        PartScore(PartRule(f"T{n}", "", Source.OWNER, D(0), tie_order=n), (), None, None, D(one))
        for n, one in enumerate(ties, start=1)
    ]
    return Score(tuple(parts), D(total))


def test_a_share_for_a_period_without_a_piece_is_left_out_and_a_piece_without_a_share_too() -> None:
    part = base("A", "100", Combine.SHARES, shares={"H1": D(40), "H3": D(60)})
    pieces = {"A": [Piece("H1", D(80)), Piece("H2", D(10))]}
    assert score([part], pieces, YEAR, 2).total == D(80)
    only_unshared = score(
        [part, base("B", "50")], {"A": [Piece("H2", D(10))], "B": [Piece(YEAR, D(60))]}, YEAR, 2
    )
    # A does not apply then, and all 150 are B's.
    assert [one.weight for one in only_unshared.parts] == [D(0), D(150)]


def test_what_is_shared_out_goes_to_the_largest_remainders_and_stays_whole() -> None:
    parts = [base(code, "10") for code in "ABCD"]
    pieces = {code: [Piece(YEAR, None if code == "A" else D(100))] for code in "ABCD"}
    # 40 ÷ 3 = 13.333…: the hundredth left over is the first one's.
    weights = [one.weight for one in score(parts, pieces, YEAR, 2).parts]
    assert weights == [D(0), D("13.34"), D("13.33"), D("13.33")]


def test_a_half_is_rounded_up_and_what_is_taken_off_counts_as_it_was_given() -> None:
    parts = [base("A", "100"), PartRule("M", "M", Source.DEDUCTION, None)]
    found = score(parts, {"A": [Piece(YEAR, D("50.005"))], "M": [Piece(YEAR, D("0.005"))]}, YEAR, 2)
    assert [one.points for one in found.parts] == [D("50.01"), D("-0.005")]
    assert found.total == D("50.005")


def test_a_quota_of_nothing_gives_none_and_one_subject_gets_the_first_whole_place() -> None:
    grades = [
        GradeRule("S", share=D(0)),
        GradeRule("A", share=D(40)),
        GradeRule("B", share=D(40)),
        GradeRule("C"),
    ]
    alone = places([Entrant("a", scored("99"))], grades, [], ties_go_up=True)
    # Of one: S 0, A 0.4 → 0, with B 0.8 → 1.
    assert alone["a"].grade == "B"
    five = [Entrant(str(n), scored(str(90 - n))) for n in range(5)]
    assert "".join(places(five, grades, [], ties_go_up=True)[str(n)].grade for n in range(5)) == "AABBC"


def test_a_tie_over_all_keys_is_one_and_over_the_first_is_none() -> None:
    entrants = [
        Entrant("a", scored("90", "5", "-1")),
        Entrant("b", scored("90", "5", "-0.5")),
        Entrant("c", scored("90", "5", "-0.5")),
    ]
    found = places(entrants, [], [PrizeRule("대상", 1), PrizeRule("우수", 1)], ties_go_up=True)
    # Who lost less stands before; the two who lost the same share the place, and the prize has to be decided.
    assert [(found[key].rank, found[key].sharing) for key in "abc"] == [(3, 1), (1, 2), (1, 2)]
    assert [found[key].undecided for key in "abc"] == [(), ("대상",), ("대상",)]
    assert [found[key].prize for key in "abc"] == ["", "", ""]


def test_ties_in_one_group_share_a_place_there_and_its_prize_waits() -> None:
    entrants = [
        Entrant("a", scored("95"), "본청"),
        Entrant("b", scored("95"), "본청"),
        Entrant("c", scored("97"), "사업소"),
    ]
    prizes = [PrizeRule("사업소 대상", 1, grouping="사업소"), PrizeRule("본청 대상", 1, grouping="본청")]
    found = places(entrants, [], prizes, ties_go_up=True)
    assert [(found[key].rank, found[key].among) for key in "abc"] == [(1, 2), (1, 2), (1, 1)]
    assert (found["c"].prize, found["a"].undecided, found["b"].undecided) == (
        "사업소 대상",
        ("본청 대상",),
        ("본청 대상",),
    )
