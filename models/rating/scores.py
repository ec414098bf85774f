"""What papers come to: a paper, a group's mean, the rating of a subject. Pure; the formulas are in docs/schemes.md.

Nothing is rounded: it is reckoned in fractions, and written out with the sixty digits of models.scoring.achievement
only in the end. A third counted three times is a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from models.numbers import read_number
from models.rating.scale import Scale
from models.scoring.achievement import EXACT
from models.words import Refusal


@dataclass(frozen=True)
class Question:
    """A criterion of the form, with its weight and its scale."""

    code: str
    weight: Decimal
    scale: Scale


@dataclass(frozen=True)
class GroupScore:
    """What a group of raters says of a subject.

    percent: the trimmed mean, None where the group does not count. counted: papers handed in and not recused;
    expected: how many there are to come to (of a survey, how many came). trimmed: how many of the counted were left
    out of the mean. exact: the percent as a fraction, for what is reckoned from it.
    """

    code: str
    name: str
    share: Decimal
    percent: Decimal | None
    counted: int
    expected: int
    trimmed: int
    exact: Fraction | None = None


@dataclass(frozen=True)
class RatingScore:
    """A subject's piece of a rating, in %.

    percent: None where no group counts. groups: those that were to rate the subject. is_missing: whether one of
    these does not count (yet). Where percent is None and nothing is missing, the rating does not apply.
    """

    percent: Decimal | None
    groups: tuple[GroupScore, ...]
    is_missing: bool


class Form:
    """The criteria of a rating. What an answer is worth is reckoned once, however many give it."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        self._weight = sum((Fraction(one.weight) for one in questions), Fraction(0))
        self._known: dict[tuple[str, str], Fraction] = {}

    def score(self, answers: Mapping[str, str]) -> Fraction | None:
        """Σ weight × per cent of the answer ÷ Σ weight; None for a paper that does not answer the form as it is now."""
        if not self._weight or any(one.code not in answers for one in self.questions):
            return None
        try:
            earned = [self._earned(one, answers[one.code]) for one in self.questions]
        except Refusal:
            return None
        return sum(earned, Fraction(0)) / self._weight

    def _earned(self, question: Question, answer: str) -> Fraction:
        key = question.code, answer
        if key not in self._known:
            self._known[key] = Fraction(question.weight) * exact_percent(question.scale, answer)
        return self._known[key]


def exact_percent(scale: Scale, answer: str) -> Fraction:
    """What an answer is worth in %, as a fraction. Refusal for one that is not on the scale."""
    percent = scale.percent_of(answer)
    if scale.is_number:
        return Fraction(int(read_number(answer)) - scale.least, scale.most - scale.least) * 100
    return Fraction(percent)


def left_out(papers: int, trim: int) -> int:
    """How many of so many papers are left out of the mean (절사): none where less than one would stay."""
    return 2 * trim if papers >= 2 * trim + 1 else 0


def trimmed_mean(scores: Sequence[Fraction], trim: int) -> Fraction:
    """The mean without the `trim` highest and the `trim` lowest, where at least 2 × trim + 1 are there."""
    cut = left_out(len(scores), trim) // 2
    kept = sorted(scores)[cut : len(scores) - cut]
    return sum(kept, Fraction(0)) / len(kept)


def group_mean(scores: Sequence[Fraction], trim: int, fewest: int) -> Fraction | None:
    """The group's mean; None where fewer papers than `fewest` are there."""
    return trimmed_mean(scores, trim) if len(scores) >= max(fewest, 1) else None


def rating_score(groups: Sequence[GroupScore]) -> RatingScore:
    """Σ share × mean of the group ÷ Σ share, over the groups that count."""
    counting = [(Fraction(one.share), one.exact) for one in groups if one.exact is not None]
    shares = sum((share for share, _ in counting), Fraction(0))
    percent = sum((share * mean for share, mean in counting), Fraction(0)) / shares if shares else None
    is_missing = any(one.exact is None for one in groups)
    return RatingScore(written_out(percent), tuple(groups), is_missing)


def written_out(value: Fraction | None) -> Decimal | None:
    """The fraction as a decimal number."""
    if value is None:
        return None
    with localcontext(EXACT):
        return Decimal(value.numerator) / value.denominator
