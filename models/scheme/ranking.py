"""From totals to ranks, grades and prizes. Pure; the rules are those of docs/schemes.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Generic, TypeVar

from models.scheme.rules import GradeRule, PrizeRule, Score
from models.scoring import rounded

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Entrant(Generic[K]):
    """A subject with its score, in its group."""

    key: K
    score: Score
    grouping: str = ""

    def order(self) -> tuple[Decimal, ...]:
        """What is compared: the total, then what equals are told apart by; higher is better."""
        return (self.score.total, *self.score.tie_key())


@dataclass(frozen=True, slots=True)
class Place:
    """rank: in the group, equals share one. sharing: how many do. among: how many are in the group.

    prize: "" for none; undecided: the prizes for which equals would have to be parted.
    """

    rank: int
    sharing: int
    among: int
    grade: str = ""
    prize: str = ""
    undecided: tuple[str, ...] = ()


def places(
    entrants: Sequence[Entrant[K]],
    grades: Sequence[GradeRule],
    prizes: Sequence[PrizeRule],
    *,
    ties_go_up: bool,
) -> dict[K, Place]:
    """Everybody's rank and grade in their group, and the prizes."""
    groups: dict[str, list[Entrant[K]]] = defaultdict(list)
    for entrant in entrants:
        groups[entrant.grouping].append(entrant)
    won, undecided = _prizes(entrants, prizes)
    found: dict[K, Place] = {}
    for members in groups.values():
        for tied, rank in _ranked(members):
            last = rank + len(tied) - 1
            for one in tied:
                grade = _grade(grades, one.score.total, rank if ties_go_up else last, len(members))
                found[one.key] = Place(
                    rank, len(tied), len(members), grade, won.get(one.key, ""), tuple(undecided[one.key])
                )
    return found


def _ranked(entrants: Sequence[Entrant[K]]) -> list[tuple[list[Entrant[K]], int]]:
    """Those who share a place, with it, best first."""
    in_order = sorted(entrants, key=lambda one: one.order(), reverse=True)
    found, rank = [], 1
    for _, tied in groupby(in_order, key=lambda one: one.order()):
        members = list(tied)
        found.append((members, rank))
        rank += len(members)
    return found


def _grade(grades: Sequence[GradeRule], total: Decimal, place: int, among: int) -> str:
    cumulated = Decimal(0)
    for grade in grades:
        cumulated += grade.share or Decimal(0)
        within = grade.share is None or place <= rounded(cumulated * among / 100, 0)
        if within and (grade.least is None or total >= grade.least):
            return grade.name
    return ""


def _prizes(
    entrants: Sequence[Entrant[K]], prizes: Sequence[PrizeRule]
) -> tuple[dict[K, str], Mapping[K, list[str]]]:
    """Who gets which prize, and for whom which one has to be decided because equals stand at its border.

    The prizes after that one wait: who gets them hangs on who gets this one.
    """
    won: dict[K, str] = {}
    undecided: defaultdict[K, list[str]] = defaultdict(list)
    for prize in prizes:
        left = prize.count
        may = [
            one
            for one in entrants
            if one.key not in won
            and prize.grouping in ("", one.grouping)
            and (prize.least is None or one.score.total >= prize.least)
        ]
        for tied, _ in _ranked(may):
            if not left:
                break
            if len(tied) > left:
                for one in tied:
                    undecided[one.key].append(prize.name)
                return won, undecided
            won.update(dict.fromkeys((one.key for one in tied), prize.name))
            left -= len(tied)
    return won, undecided
