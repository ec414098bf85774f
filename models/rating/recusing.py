"""Stepping back (회피) from a paper, and who takes it over."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.clock import local_day
from models.doer import Doer
from models.organization import Person, is_here
from models.rating.answering import change, overtaken, ready_to_answer
from models.rating.dealing import CLOCK, New, dealt_so_far, write_papers
from models.rating.papers import PaperFile, open_paper
from models.rating.people import is_barred, judges_of, rated_one
from models.rating.table import Entry, GroupKind, Paper, PaperState, Rating
from models.words import Refusal

LEFT = "퇴직"
"""The reason kept where a rater has left the city."""


def step_back(
    session: Session, doer: Doer, paper_id: int, revision: int, reason: str
) -> tuple[PaperFile, int | None]:
    """The rater has nothing to say of the subject, also if they said it before. Returns the paper, and who rates the
    subject in their place."""
    if not reason.strip():
        raise Refusal("회피하는 사유를 적어 주세요.")
    opened = ready_to_answer(session, doer, paper_id)
    if opened.paper.revision != revision:
        raise overtaken(opened)
    # The round is held while it is dealt: nobody is given the same papers at the same moment.
    session.exec(select(Rating).where(Rating.id == opened.rating.id).with_for_update()).one()
    values = {"recused_at": doer.now, "reason": reason.strip()}
    change(session, opened, (PaperState.OPEN, PaperState.SUBMITTED), PaperState.RECUSED, **values)
    successor = replace_rater(session, doer.now, opened)
    record(
        session, doer.now, doer.actor(), "rating.recuse", opened.key, reason=reason.strip(), successor=successor
    )  # fmt: skip
    return open_paper(session, paper_id), successor


def replace_rater(session: Session, now: datetime, opened: PaperFile) -> int | None:
    """Deals a paper that was given up to the one of the group with fewest who has none of the subject.

    Returns who that is; None where everybody has one, as they have where each rates all.
    """
    group, rating = opened.group, opened.rating
    if group.kind is not GroupKind.NAMED:
        return None
    rated = rated_one(session, opened.paper.subject_id)
    dealt = dealt_so_far(session, rating, group)
    ready = [
        judge
        for judge in judges_of(session, group, local_day(now))
        if judge.id not in dealt.all[rated.id] and not is_barred(judge, rated)
    ]
    if not ready:
        return None
    loads = {judge.id: sum(judge.id in raters for raters in dealt.active.values()) for judge in ready}
    successor = min(ready, key=lambda judge: (loads[judge.id], judge.code))
    write_papers(session, now, rating, group, [New(successor.id, rated.id, opened.paper.turn)])
    return successor.id


def left_behind(session: Session, now: datetime) -> list[int]:
    """Papers of open rounds that nobody will hand in any more: their raters have left."""
    query = (
        select(Paper.id)
        .join(Rating, col(Rating.id) == col(Paper.rating_id))
        .join(Person, col(Person.id) == col(Paper.rater_id))
        .where(Paper.state == PaperState.OPEN, Rating.opens_at <= now, Rating.closes_at > now)
        .where(~is_here(local_day(now)), ~sa.exists().where(col(Entry.paper_id) == col(Paper.id)))
    )
    return [one for one in session.exec(query.order_by(col(Paper.id))) if one is not None]


def release(session: Session, now: datetime, paper_id: int) -> None:
    """Takes back the paper of a rater who has left, and has another of the group take it over."""
    opened = open_paper(session, paper_id)
    session.exec(select(Rating).where(Rating.id == opened.rating.id).with_for_update()).one()
    change(session, opened, (PaperState.OPEN,), PaperState.RECUSED, recused_at=now, reason=LEFT)
    successor = replace_rater(session, now, opened)
    record(session, now, CLOCK, "rating.recuse", opened.key, reason=LEFT, successor=successor)
