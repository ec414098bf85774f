"""How far the raters of a round are apart: plain numbers a subject, and what stands out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from sqlmodel import Session

from models.rating.people import rated_in
from models.rating.reading import counted_papers
from models.rating.scores import written_out
from models.rating.table import Rating
from models.scoring.achievement import EXACT

FAR_POINTS = Decimal(20)
FAR_DEVIATIONS = 2
"""Far off is who lies at least so many points, and so many standard deviations of the others, from their mean."""
FEWEST_OTHERS = 2
"""With fewer others nobody can be said to be far off."""
FEWEST_SAME = 3
"""So many subjects at least must have got the same from a rater for it to say anything."""


@dataclass(frozen=True)
class Score:
    """What one rater gave one subject, in %."""

    rater_id: int
    subject_id: int
    score: Decimal


@dataclass(frozen=True)
class SubjectSpread:
    """The scores of a subject, with the usual figures; deviation: the standard deviation (of all, not of a sample)."""

    subject_id: int
    name: str
    scores: tuple[Score, ...]
    lowest: Decimal
    highest: Decimal
    mean: Decimal
    deviation: Decimal
    far: tuple[Score, ...]


@dataclass(frozen=True)
class RoundSpread:
    """The subjects that were rated, in the order of the plan; same: raters who gave everybody the same."""

    subjects: tuple[SubjectSpread, ...]
    same: tuple[int, ...]


def spread_of(session: Session, rating: Rating) -> RoundSpread:
    """The spread of a round as it stands; a survey's respondents are left out."""
    piles: defaultdict[int, dict[tuple[int, int], Score]] = defaultdict(dict)
    turns: dict[tuple[int, int], int] = {}
    for one in counted_papers(session, [rating], None):
        place = one.group_id, one.subject_id
        if one.rater_id is None or one.turn < turns.get(place, 1):
            continue
        if one.turn > turns.get(place, 1):
            turns[place] = one.turn
            kept = piles[one.subject_id].items()
            piles[one.subject_id] = {key: score for key, score in kept if key[0] != one.group_id}
        if one.score is not None and not one.is_recused:
            score = Score(one.rater_id, one.subject_id, written_out(one.score) or Decimal(0))
            piles[one.subject_id][one.group_id, one.rater_id] = score
    subjects = [
        subject_spread(rated.id, rated.name, tuple(piles[rated.id].values()))
        for rated in rated_in(session, rating)
        if piles[rated.id]
    ]
    return RoundSpread(tuple(subjects), gave_the_same(one for subject in subjects for one in subject.scores))


def subject_spread(subject_id: int, name: str, scores: tuple[Score, ...]) -> SubjectSpread:
    """The figures of at least one score."""
    values = [one.score for one in scores]
    mean, deviation = _mean_and_deviation(values)
    far = tuple(one for one in scores if _is_far(one, scores))
    return SubjectSpread(subject_id, name, scores, min(values), max(values), mean, deviation, far)


def gave_the_same(scores: Iterable[Score]) -> tuple[int, ...]:
    """Raters whose scores, three or more, are all the same: they tell nobody apart."""
    by_rater: defaultdict[int, list[Decimal]] = defaultdict(list)
    for one in scores:
        by_rater[one.rater_id].append(one.score)
    same = (key for key, own in by_rater.items() if len(own) >= FEWEST_SAME and len({*own}) == 1)
    return tuple(same)


def _is_far(one: Score, scores: Sequence[Score]) -> bool:
    """Held against the others alone: in a small group who is far off would hide in a deviation of their own making."""
    others = [other.score for other in scores if other is not one]
    if len(others) < FEWEST_OTHERS:
        return False
    mean, deviation = _mean_and_deviation(others)
    off = abs(one.score - mean)
    return off >= FAR_POINTS and off >= FAR_DEVIATIONS * deviation


def _mean_and_deviation(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    with localcontext(EXACT):
        mean = sum(values, Decimal(0)) / len(values)
        return mean, (sum(((one - mean) ** 2 for one in values), Decimal(0)) / len(values)).sqrt()
