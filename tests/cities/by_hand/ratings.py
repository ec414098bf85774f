"""From papers to the per cent a rating gives a subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from tests.cities.by_hand.arithmetic import added, mean
from tests.cities.by_hand.files import Row, Year


def per_cent(scale: str, answer: str) -> Fraction:
    """What an answer is worth: by its label, or by its place between the least and the most."""
    if "~" in scale:
        least, most = (Fraction(end) for end in scale.split("~"))
        return (Fraction(answer) - least) / (most - least) * 100
    labels = (one.rpartition(":") for one in scale.split(";"))
    return {label.strip(): Fraction(value) for label, _, value in labels}[answer]


@cache
def papers(year: Year) -> dict[tuple[str, ...], list[Fraction]]:
    """The scores of the papers that count, by cycle, rating, period, subject and group.

    Who wrote a paper does not matter: where 위원 is blank, whoever is dealt the paper answers so.
    """
    surveyed = {(row["성과주기"], row["평가"]): row["코드"] for row in year.of("평가단", 방식="설문")}
    answered = [row | {"평가단": surveyed[row["성과주기"], row["평가"]]} for row in year.rows("actuals/설문")]
    found: dict[tuple[str, ...], list[Fraction]] = defaultdict(list)
    for row in [*year.of("actuals/평가", 회피=""), *answered]:
        key = (row["성과주기"], row["평가"], row["기간"], row["대상"], row["평가단"])
        found[key].append(_score(_form(year, row["성과주기"], row["평가"]), row))
    return found


@cache
def _form(year: Year, cycle: str, rating: str) -> list[Row]:
    return year.of("평가항목", 성과주기=cycle, 평가=rating)


def _score(form: Sequence[Row], paper: Row) -> Fraction:
    """Σ weight × per cent of the answer ÷ Σ weight."""
    earned = [Fraction(one["배점"]) * per_cent(one["척도"], paper[one["코드"]]) for one in form]
    return added(earned) / added([Fraction(one["배점"]) for one in form])


def rated(year: Year, cycle: str, rating: str, subject: str, period: str) -> Fraction | None:
    """Σ share × mean of the group ÷ Σ share over the groups that count; None where there is no paper at all.

    With papers, but in every group fewer than it takes, the rating counts 0: it was not given yet.
    """
    shares, earned, found = Fraction(0), Fraction(0), False
    groups = {row["코드"]: row for row in year.of("평가단", 성과주기=cycle, 평가=rating)}
    for code, group in groups.items():
        scores = papers(year).get((cycle, rating, period, subject, code), [])
        found = found or bool(scores)
        if scores and len(scores) >= int(group["최소평가수"] or 1):
            shares += Fraction(group["몫"])
            earned += Fraction(group["몫"]) * _trimmed_mean(scores, int(group["절사"] or 0))
    if shares:
        return earned / shares
    return Fraction(0) if found else None


def _trimmed_mean(scores: Sequence[Fraction], trim: int) -> Fraction:
    """Without so many of the highest and of the lowest, if at least one is left."""
    in_order = sorted(scores)
    return mean(in_order[trim : len(scores) - trim] if len(scores) >= 2 * trim + 1 else in_order)
