"""Papers dealt when a round opens, and again for subjects and raters that come later: docs/schemes.md.

Whoever deals holds the round, so that of several processes one deals at a time; what is dealt already is not dealt
again. Chance has no part in it: the same plan is always dealt the same way.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor, record
from models.clock import local_day
from models.organization import Role
from models.rating.evenly import Deal, Order
from models.rating.people import Judge, Rated, is_barred, judges_of, rated_in
from models.rating.said import groups_of
from models.rating.table import Group, GroupKind, Paper, PaperState, Rating
from models.reminding.circle import Circle

CLOCK = Actor(None, "clock")
_AT_ONCE = 500
"""So many papers are dealt in one transaction, or a few more: a rater's are dealt together."""
_RATERS_AT_ONCE = 15
"""So many raters are told of them."""


@dataclass(frozen=True)
class New:
    """A paper to be dealt."""

    rater_id: int
    subject_id: int
    turn: int


@dataclass
class Dealt:
    """What a group was dealt: by subject who rates it in its present turn, and with them who ever stepped back."""

    turns: dict[int, int]
    all: defaultdict[int, set[int]]
    active: defaultdict[int, set[int]]

    def turn(self, subject_id: int) -> int:
        return self.turns.get(subject_id, 1)


def rounds_to_deal(session: Session, now: datetime) -> list[Rating]:
    """Open rounds with papers to be dealt, or that nobody has looked at since they opened."""
    query = select(Rating).where(col(Rating.opens_at) <= now, col(Rating.closes_at) > now)
    found = session.exec(query.order_by(col(Rating.opens_at), col(Rating.id)))
    return [one for one in found if one.dealt_at is None or next_to_deal(session, one, now)]


def next_opening(session: Session, now: datetime) -> datetime | None:
    """When the next round opens."""
    query = select(sa.func.min(col(Rating.opens_at))).where(col(Rating.opens_at) > now)
    found: datetime | None = session.exec(query).one()
    return found


def deal(session: Session, now: datetime, rating_id: int) -> list[int]:
    """Deals some of a round's papers and returns who got them; nobody once all are dealt."""
    locked = select(Rating).where(Rating.id == rating_id).with_for_update()
    rating = session.exec(locked.execution_options(populate_existing=True)).one()
    first = next_to_deal(session, rating, now)
    if first is not None:
        group, papers = first
        dealt = _some(group, papers)
        write_papers(session, now, rating, group, dealt)
        return list(dict.fromkeys(one.rater_id for one in dealt))
    if rating.dealt_at is None:
        rating.dealt_at = now
        session.add(rating)
        count = session.exec(select(sa.func.count()).where(Paper.rating_id == rating_id)).one()
        record(session, now, CLOCK, "rating.deal", f"rating:{rating_id}", papers=count)
        session.flush()
    return []


def next_to_deal(session: Session, rating: Rating, now: datetime) -> tuple[Group, list[New]] | None:
    """The first group of the round that lacks papers, with all that it lacks."""
    subjects = rated_in(session, rating)
    for group in groups_of(session, rating.cycle_id, rating.code):
        if papers := _lacking(session, rating, group, subjects, now):
            return group, papers
    return None


def write_papers(
    session: Session, now: datetime, rating: Rating, group: Group, papers: Sequence[New]
) -> None:
    """Writes papers down, open."""
    rows: list[dict[str, Any]] = [
        {
            "rating_id": rating.id,
            "group_id": group.id,
            "subject_id": one.subject_id,
            "rater_id": one.rater_id,
            "respondent": "",
            "turn": one.turn,
            "state": PaperState.OPEN,
            "answers": {},
            "comment": "",
            "dealt_at": now,
            "reason": "",
            "revision": 0,
        }
        for one in papers
    ]
    if rows:
        session.connection().execute(sa.insert(Paper), rows)


def dealt_so_far(session: Session, rating: Rating, group: Group) -> Dealt:
    """The group's papers, as far as they say who is to be dealt more."""
    columns = (Paper.subject_id, Paper.turn, Paper.rater_id, Paper.state, Paper.group_id)
    query = sa.select(*map(col, columns)).where(
        col(Paper.rating_id) == rating.id, col(Paper.rater_id).is_not(None)
    )
    rows = session.execute(query).all()
    turns: dict[int, int] = {}
    for subject, turn, *_ in rows:
        turns[subject] = max(turn, turns.get(subject, 1))
    found = Dealt(turns, defaultdict(set), defaultdict(set))
    for subject, turn, rater, state, group_id in rows:
        if group_id != group.id:
            continue
        if state is PaperState.RECUSED:
            found.all[subject].add(rater)
        elif turn == turns[subject]:
            found.all[subject].add(rater)
            found.active[subject].add(rater)
    return found


def _lacking(
    session: Session, rating: Rating, group: Group, subjects: Sequence[Rated], now: datetime
) -> list[New]:
    if group.kind is GroupKind.SURVEY:
        return []
    dealt = dealt_so_far(session, rating, group)
    if group.kind is GroupKind.LEADS:
        pairs = _to_leads(session, subjects, dealt, now)
    else:
        judges = judges_of(session, group, local_day(now))
        pairs = _to_all(judges, subjects, dealt)
        if group.each is not None:
            pairs = _sampled(rating, group, judges, subjects, dealt, {*pairs})
    return [New(rater, subject, dealt.turn(subject)) for rater, subject in pairs]


def _to_leads(
    session: Session, subjects: Sequence[Rated], dealt: Dealt, now: datetime
) -> list[tuple[int, int]]:
    """The nearest who lead, of subjects that nobody has a paper of who is still here."""
    circle = Circle.on(session, local_day(now))
    return [
        (lead, one.id)
        for one in subjects
        if not dealt.active[one.id] & circle.here
        for lead in circle.nearest(Role.TEAM_LEAD, one.department_id, {one.person_id, *dealt.all[one.id]})
    ]


def _to_all(judges: Sequence[Judge], subjects: Sequence[Rated], dealt: Dealt) -> list[tuple[int, int]]:
    """Everybody rates everything they may."""
    return [
        (judge.id, one.id)
        for judge in judges
        for one in subjects
        if judge.id not in dealt.all[one.id] and not is_barred(judge, one)
    ]


def _sampled(
    rating: Rating,
    group: Group,
    judges: Sequence[Judge],
    subjects: Sequence[Rated],
    dealt: Dealt,
    free: set[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Each rater gets as many as the plan says, of what is free; papers they had and stepped back from count. A subject
    that comes when all have theirs is dealt to those with fewest, until it is rated as often as the others."""
    order = _order(rating, group, judges, subjects)
    loads = Counter(rater for raters in dealt.all.values() for rater in raters)
    may: dict[int, list[int]] = {judge.id: [] for judge in judges}
    for rater, subject in free:
        may[rater].append(subject)
    shares = {rater: min(group.each or 0, loads[rater] + len(own)) for rater, own in may.items()}
    out = Deal(may, dealt.active, order)
    out.out({rater: share - loads[rater] for rater, share in shares.items()})
    papers = {*out.new}
    if any(dealt.all.values()):
        usual = sum(shares.values()) // max(len(subjects), 1)
        for subject in (one.id for one in subjects if not dealt.all[one.id]):
            papers |= _topped_up(subject, usual, may, papers, loads, order)
    return sorted(papers, key=lambda pair: (pair[0], order(*pair)))


def _topped_up(
    subject: int,
    usual: int,
    may: Mapping[int, Sequence[int]],
    papers: set[tuple[int, int]],
    before: Counter[int],
    order: Order,
) -> set[tuple[int, int]]:
    """What a subject still lacks to be rated as often as is usual."""
    loads = before + Counter(rater for rater, _ in papers)
    ready = [rater for rater, own in may.items() if subject in own and (rater, subject) not in papers]
    lacks = max(0, usual - sum(other == subject for _, other in papers))
    least = sorted(ready, key=lambda rater: (loads[rater], order(rater, subject)))[:lacks]
    return {(rater, subject) for rater in least}


def _order(rating: Rating, group: Group, judges: Sequence[Judge], subjects: Sequence[Rated]) -> Order:
    """A rank that looks like chance and is the same wherever the plan is the same: it goes by codes."""
    raters = {judge.id: judge.code for judge in judges}
    rated = {one.id: one.code for one in subjects}
    known: dict[tuple[int, int], str] = {}

    def order(rater: int, subject: int) -> str:
        key = rater, subject
        if key not in known:
            text = f"{rating.code}/{group.code}/{raters.get(rater, rater)}/{rated.get(subject, subject)}"
            known[key] = hashlib.sha256(text.encode()).hexdigest()
        return known[key]

    return order


def _some(group: Group, papers: Sequence[New]) -> list[New]:
    """As many as one transaction takes; what was dealt out evenly is dealt at once, since it hangs together."""
    if group.each is not None:
        return list(papers)
    piles: defaultdict[int, list[New]] = defaultdict(list)
    for one in papers:
        piles[one.rater_id].append(one)
    some: list[New] = []
    for pile in piles.values():
        some += pile
        if len(some) >= _AT_ONCE or len({one.rater_id for one in some}) >= _RATERS_AT_ONCE:
            break
    return some
