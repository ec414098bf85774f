"""From pieces to a total, worked by hand, and what must hold whatever the figures are."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from models.scheme.reckoning import score
from models.scheme.rules import YEAR, PartRule, Piece
from models.scheme.table import Combine, Source
from models.scoring import rounded
from models.scoring.achievement import EXACT

D = Decimal


def base(code: str, points: str, combine: Combine = Combine.YEAR, **more: object) -> PartRule:
    return PartRule(code, code, Source.RATING, D(points), combine, **more)  # type: ignore[arg-type]


def on_top(code: str, source: Source, most: str | None) -> PartRule:
    return PartRule(code, code, source, None if most is None else D(most))


def year(percent: str | None, *, missing: bool = False) -> list[Piece]:
    return [Piece(YEAR, None if percent is None else D(percent), missing)]


def halves(first: str | None, second: str | None) -> list[Piece]:
    return [Piece(code, None if one is None else D(one)) for code, one in (("H1", first), ("H2", second))]


def test_points_are_weight_times_per_cent_rounded_half_up_and_added() -> None:
    parts = [base("A", "60"), base("B", "40")]
    # 60 × 92.3456 % = 55.40736 → 55.41; 40 × 88.8125 % = 35.525 → 35.53, the half away from zero.
    found = score(parts, {"A": year("92.3456"), "B": year("88.8125")}, YEAR, 2)
    assert [one.points for one in found.parts] == [D("55.41"), D("35.53")]
    assert found.total == D("90.94")


def test_the_points_of_a_part_that_does_not_apply_are_shared_out() -> None:
    parts = [base("A", "20"), base("B", "30"), base("C", "50")]
    # 20 points go to 30 : 50, so B weighs 37.5 and C 62.5: 37.5 × 80 % + 62.5 × 90 % = 30 + 56.25.
    found = score(parts, {"A": year(None), "B": year("80"), "C": year("90")}, YEAR, 2)
    assert [one.weight for one in found.parts] == [D(0), D("37.5"), D("62.5")]
    assert found.total == D("86.25")


def test_halves_combine_as_the_part_says() -> None:
    pieces = halves("80", "95")
    expected = {Combine.MEAN: "87.5", Combine.SUM: "175", Combine.LAST: "95"}
    for combine, percent in expected.items():
        assert score([base("A", "100", combine)], {"A": pieces}, YEAR, 2).parts[0].percent == D(percent)
    shares = base("A", "100", Combine.SHARES, shares={"H1": D(40), "H2": D(60)})
    # (80 × 40 + 95 × 60) ÷ 100
    assert score([shares], {"A": pieces}, YEAR, 2).total == D("89")


def test_a_half_that_does_not_apply_is_left_out_of_the_mean_and_of_the_shares() -> None:
    pieces = halves(None, "95")
    shares = base("A", "100", Combine.SHARES, shares={"H1": D(40), "H2": D(60)})
    for part in (base("A", "100", Combine.MEAN), shares, base("A", "100", Combine.LAST)):
        assert score([part], {"A": pieces}, YEAR, 2).total == D("95")


def test_a_third_is_not_rounded_before_the_points_are() -> None:
    pieces = [Piece(code, D(one)) for code, one in (("Q1", "100"), ("Q2", "0"), ("Q3", "0"))]
    found = score([base("A", "100", Combine.MEAN)], {"A": pieces}, YEAR, 4)
    assert found.total == D("33.3333")


def test_three_thirds_are_a_whole() -> None:
    with localcontext(EXACT):
        third = D(100) / 3
    pieces = [Piece(code, third) for code in ("Q1", "Q2", "Q3")]
    found = score([base("A", "0.01", Combine.SUM)], {"A": pieces}, YEAR, 2)
    assert (found.parts[0].percent, found.total) == (D(100), D("0.01"))


def test_a_half_that_hangs_on_a_periodic_fraction_is_rounded_up() -> None:
    with localcontext(EXACT):
        percent = D("480.5") / 6
    # 30 × 480.5 ÷ 600 = 24.025
    assert score([base("A", "30")], {"A": [Piece(YEAR, percent)]}, YEAR, 2).total == D("24.03")


def test_a_bonus_is_not_rounded_to_the_digits_of_the_parts() -> None:
    parts = [base("A", "100"), on_top("PLUS", Source.BONUS, "3")]
    assert score(parts, {"A": year("90.4"), "PLUS": year("0.5")}, YEAR, 0).total == D("90.5")


def test_the_result_of_a_period_takes_its_piece_and_leaves_out_what_is_given_once_a_year() -> None:
    parts = [base("A", "20"), base("B", "80", Combine.MEAN)]
    found = score(parts, {"B": [Piece("H1", D("75"))]}, "H1", 2)
    assert found.parts[1].weight == D(100)
    assert found.total == D("75")


def test_bonus_and_deduction_are_at_most_what_the_part_allows() -> None:
    parts = [
        base("A", "100"),
        on_top("PLUS", Source.BONUS, "3"),
        on_top("MINUS", Source.DEDUCTION, "2"),
        on_top("ABSENT", Source.CONSULTATION, None),
        on_top("MILES", Source.MILEAGE, None),
    ]
    pieces = {
        "A": year("90"),
        "PLUS": year("5"),
        "MINUS": year("2.5"),
        "ABSENT": year("0.5"),
        "MILES": year("7"),
    }
    found = score(parts, pieces, YEAR, 2)
    assert [one.points for one in found.parts] == [D("90"), D("3"), D("-2"), D("-0.5"), D("7")]
    assert found.total == D("97.5")


def test_a_total_is_never_below_nothing() -> None:
    parts = [base("A", "100"), on_top("MINUS", Source.DEDUCTION, None)]
    assert score(parts, {"A": year("1"), "MINUS": year("30")}, YEAR, 2).total == 0


def test_what_is_missing_counts_nothing_and_says_so() -> None:
    found = score(
        [base("A", "60"), base("B", "40")], {"A": year("0", missing=True), "B": year("90")}, YEAR, 2
    )
    assert (found.total, found.is_missing) == (D("36"), True)
    assert [one.is_missing for one in found.parts] == [True, False]


def test_where_nothing_applies_there_are_no_points() -> None:
    assert score([base("A", "100")], {"A": year(None)}, YEAR, 2).total == 0


percents = st.one_of(st.none(), st.decimals(0, 130, places=6))


@given(st.lists(st.tuples(st.integers(1, 40), percents), min_size=1, max_size=8), st.integers(0, 4))
def test_a_total_lies_between_the_worst_and_the_best_piece(
    given_parts: list[tuple[int, Decimal | None]], digits: int
) -> None:
    parts = [base(f"P{place}", str(points)) for place, (points, _) in enumerate(given_parts)]
    pieces = {f"P{place}": [Piece(YEAR, percent)] for place, (_, percent) in enumerate(given_parts)}
    found = score(parts, pieces, YEAR, digits)
    whole = sum((part.points or D(0) for part in parts), D(0))
    applying = [percent for _, percent in given_parts if percent is not None]
    if not applying:
        assert found.total == 0
        return
    assert sum((one.weight or D(0) for one in found.parts), D(0)) == whole
    slack = len(parts) * D(1).scaleb(-digits)
    assert whole * min(applying) / 100 - slack <= found.total <= whole * max(applying) / 100 + slack
    assert found.total == rounded(found.total, digits)
