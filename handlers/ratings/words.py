"""Words that the screens of ratings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.dialogue.screens import Badge, Tone
from handlers.dialogue.talk import Talk
from handlers.wording import deadline
from models.plan import Period
from models.rating.papers import PaperFile, Round, is_answered
from models.rating.table import Criterion, PaperState, Rating
from models.words import Phrase, say

KEPT_LATE = say("적으신 답은 임시저장됩니다.")
"""Said in a form that was open when its round closed."""


def title_of(talk: Talk, rating: Rating) -> Phrase:
    """`사전평가 · 상반기`; a round of the whole cycle has the rating's name alone."""
    if rating.period_id is None:
        return say("{rating}", rating=rating.name)
    period = talk.session.get_one(Period, rating.period_id)
    return say("{rating} · {period}", rating=rating.name, period=period.name)


def state_of(criteria: Sequence[Criterion], opened: PaperFile) -> Badge:
    """How far the rater is with a paper."""
    paper = opened.paper
    match paper.state:
        case PaperState.RECUSED:
            return Badge(say("회피함"), Tone.NEUTRAL)
        case PaperState.SUBMITTED:
            return Badge(say("제출함"), Tone.GOOD)
    if opened.was_handed_in:
        return Badge(say("고치는 중"), Tone.WAITING)
    if is_answered(criteria, paper):
        return Badge(say("제출 전"), Tone.WAITING)
    if paper.answers:
        count = sum(one.code in paper.answers for one in criteria)
        return Badge(say("작성 중 {count}/{all}", count=count, all=len(criteria)), Tone.WARNING)
    return Badge(say("미작성"), Tone.NEUTRAL)


def how_far(round_: Round) -> Phrase:
    """`답함 7/10 · 제출 5/10`."""
    papers = len(round_.papers)
    answered, submitted = len(round_.answered()), round_.submitted()
    return say(
        "답함 {answered}/{papers} · 제출 {submitted}/{papers}",
        answered=answered,
        submitted=submitted,
        papers=papers,
    )


def until(talk: Talk, round_: Round) -> Phrase:
    """`7. 15.(월) 18:00까지 · 근무일 3일 남음`, or that it is over."""
    due = round_.due_at(talk.now)
    return say("{due}에 마감됨", due=due) if due <= talk.now else deadline(talk, due)


def answers_of(criteria: Sequence[Criterion], answers: Mapping[str, str]) -> str:
    """`탁월 · 우수 · 87`, in the order of the form."""
    return " · ".join(answers.get(one.code, "-") for one in criteria)
