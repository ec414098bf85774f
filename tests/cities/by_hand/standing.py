"""Ranks, grades and prizes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from tests.cities.by_hand.arithmetic import half_up
from tests.cities.by_hand.files import Row
from tests.cities.by_hand.results import Sum


def ranks(ranked: Sequence[Sum]) -> dict[str, int]:
    """By subject, within its group: one more than are better ("1, 2, 2, 4")."""
    return {one.subject: 1 + sum(_better(other, one) for other in ranked) for one in ranked}


def _better(other: Sum, one: Sum) -> bool:
    return other.group == one.group and other.order > one.order


def grades(ranked: Sequence[Sum], offered: Sequence[Row], *, lower: bool) -> dict[str, str]:
    """By subject; empty where no condition holds. `lower`: who share a rank take the last of their places."""
    found = {}
    for one in ranked:
        group = [other for other in ranked if other.group == one.group]
        place = 1 + sum(other.order > one.order for other in group)
        if lower:
            place = sum(other.order >= one.order for other in group)
        found[one.subject] = _grade(one.total, place, len(group), offered)
    return found


def _grade(total: Fraction, place: int, of: int, offered: Sequence[Row]) -> str:
    cumulative = Fraction(0)
    for grade in offered:
        cumulative += Fraction(grade["비율"] or 0)
        enough = not grade["기준점수"] or total >= Fraction(grade["기준점수"])
        if enough and (not grade["비율"] or place <= half_up(cumulative * of / 100, 0)):
            return grade["이름"]
    return ""


class Prizes(NamedTuple):
    """Who gets which prize, and between whom it has to be decided."""

    given: dict[str, str]
    undecided: dict[str, str]


def prizes(ranked: Sequence[Sum], offered: Sequence[Row]) -> Prizes:
    """In the order of the sheet, over all subjects or those of the prize's 구분, from the best down.

    Where a prize would part equals none of them gets it, and the prizes after it wait.
    """
    given: dict[str, str] = {}
    for prize in offered:
        left = [
            one
            for one in ranked
            if one.subject not in given
            and prize["구분"] in ("", one.group)
            and one.total >= Fraction(prize["기준점수"] or 0)
        ]
        count = int(prize["인원"])
        parted = {one.order for one in left[:count]} & {one.order for one in left[count:]}
        given |= {one.subject: prize["이름"] for one in left[:count] if one.order not in parted}
        if parted:
            return Prizes(given, {one.subject: prize["이름"] for one in left if one.order in parted})
    return Prizes(given, {})
