"""Rating once more what was rated before its plan changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.audit import record
from models.clock import local_day
from models.messaging.errand import ask
from models.organization import Role
from models.rating.dealing import CLOCK, New, write_papers
from models.rating.people import Rated, is_barred, judges_of, rated_in
from models.rating.said import groups_of
from models.rating.table import Entry, Group, GroupKind, Paper, PaperState, Rating
from models.reminding.circle import Circle
from models.reminding.table import hours_of
from models.scheme.table import Subject


def rate_again(session: Session, now: datetime, subject_ids: Collection[int], reason: str) -> int:
    """Deals the papers of the next turn for subjects whose plan has changed; how many.

    In rounds that ask for it (계획변경시재평가), of subjects of which a paper was handed in: whoever has not yet sees
    the plan as it is now. A round that is over is taken up again until as much time has gone by since its end as it
    lasted; what is older stands. The new papers can be handed in for as long as the round lasted, and at least until
    it closes. Called twice for one change it deals nothing twice: a turn that nobody has handed in has no next.
    Raters are told by an errand of theirs; at night and on days off their reminder does.
    """
    dealt = 0
    for rating in _rounds(session, now, subject_ids):
        # Held while it is dealt: a paper is in one turn.
        session.exec(select(Rating).where(Rating.id == rating.id).with_for_update()).one()
        for rated in (one for one in rated_in(session, rating) if one.id in subject_ids):
            dealt += _once_more(session, now, rating, rated, reason)
    return dealt


def _rounds(session: Session, now: datetime, subject_ids: Collection[int]) -> list[Rating]:
    query = (
        select(Rating)
        .join(
            Subject,
            (col(Subject.cycle_id) == col(Rating.cycle_id)) & (col(Subject.scheme) == col(Rating.scheme)),
        )
        .where(col(Rating.rates_changes), col(Rating.dealt_at).is_not(None), col(Subject.id).in_(subject_ids))
        .distinct()
        .order_by(col(Rating.id))
    )
    return [one for one in session.exec(query) if now < one.closes_at + (one.closes_at - one.opens_at)]


def _once_more(session: Session, now: datetime, rating: Rating, rated: Rated, reason: str) -> int:
    """The papers of one subject in one round; how many."""
    query = select(Paper).where(
        Paper.rating_id == rating.id, Paper.subject_id == rated.id, col(Paper.rater_id).is_not(None)
    )
    papers = list(session.exec(query))
    turn = max((one.turn for one in papers), default=0)
    last = [one for one in papers if one.turn == turn]
    handed_in = select(Entry.id).where(col(Entry.paper_id).in_([one.id for one in last]))
    if not last or session.exec(handed_in).first() is None:
        return 0
    count = 0
    for group in groups_of(session, rating.cycle_id, rating.code):
        raters = _raters(session, now, group, rated, last)
        write_papers(session, now, rating, group, [New(one, rated.id, turn + 1) for one in raters])
        for person_id in raters if hours_of(session).suit(now) else ():
            ask(session, now, person_id, "rating_dealt", rating=rating.id)
        count += len(raters)
    detail = {"rating": rating.id, "turn": turn + 1, "papers": count, "reason": reason}
    record(session, now, CLOCK, "rating.again", f"scheme_subject:{rated.id}", **detail)
    return count


def _raters(
    session: Session, now: datetime, group: Group, rated: Rated, last: Sequence[Paper]
) -> Sequence[int]:
    """Who rates it once more: who did, as far as they may today; of those who lead, who does so today."""
    if group.kind is GroupKind.SURVEY:
        return ()
    if group.kind is GroupKind.LEADS:
        circle = Circle.on(session, local_day(now))
        return circle.nearest(Role.TEAM_LEAD, rated.department_id, {rated.person_id})
    theirs = {
        one.rater_id for one in last if one.group_id == group.id and one.state is not PaperState.RECUSED
    }
    judges = judges_of(session, group, local_day(now))
    return [one.id for one in judges if one.id in theirs and not is_barred(one, rated)]
