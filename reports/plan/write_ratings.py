"""Rounds of ratings, criteria, groups of raters and their people into the database (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from models import plan_records
from models.rating.said import ratings_now
from models.rating.table import Criterion, Entry, Group, GroupKind, Paper, PaperState, Rater, Rating
from reports.plan.auditing import audit_change
from reports.plan.columns_of_ratings import CRITERIA, RATERS, RATINGS
from reports.plan.existing_schemes import Pair, Triple
from reports.plan.lines import Plan
from reports.plan.rows import Row
from reports.plan.values_of_schemes import criterion_values, group_values
from reports.plan.write_schemes import Ids, name_of, write_whole
from reports.plan.writing import Writing

STEPPED_OUT = "평가단에서 빠짐"
"""The reason of papers that were still open when their rater was taken out of the group."""


def write_ratings(
    writing: Writing, plan: Plan, cycles: Ids, periods: Mapping[Pair, int], people: Ids
) -> None:
    """Rounds stay once they are there; of a rating that the file names, criteria and groups are the file's."""
    stored = writing.existing.schemes
    rounds = {
        (line.cycle, line.code, line.period): {
            "cycle_id": cycles[line.cycle],
            "code": line.code,
            "name": line.name,
            "period_id": periods[line.cycle, line.period] if line.period else None,
            "scheme": line.scheme,
            "opens_at": line.opens_at,
            "closes_at": line.closes_at,
            "rates_changes": line.rates_changes,
        }
        for line in plan.ratings
    }
    ids, edits = writing.bring(Rating, stored.ratings, rounds)
    writing.tell(RATINGS, edits, name_of)
    for edit in edits:
        audit_change(writing, f"rating:{ids[edit.key]}", edit)
    criteria: dict[tuple[Pair, str], Row] = {
        ((line.cycle, line.rating), line.code): {
            "cycle_id": cycles[line.cycle],
            **criterion_values(line),
            "position": line.number,
        }
        for line in plan.criteria
    }
    before = {(key[:2], key[2]): row for key, row in stored.criteria.items()}
    owners = {key[0] for key in criteria}
    write_whole(writing, (CRITERIA, Criterion), before, criteria, owners, name_of)
    _write_groups(writing, plan, cycles, people)
    kept = ratings_now(writing.session, cycles.values())
    plan_records.keep(writing.session, writing.now, writing.actor, kept)


def _write_groups(writing: Writing, plan: Plan, cycles: Ids, people: Ids) -> None:
    """Groups by their first line; who is no longer in one goes before the group does."""
    stored = writing.existing.schemes
    groups: dict[tuple[Pair, str], Row] = {}
    for line in plan.raters:
        values = {"cycle_id": cycles[line.cycle], **group_values(line), "position": line.number}
        groups.setdefault(((line.cycle, line.rating), line.code), values)
    owners = {key[0] for key in groups}
    named = {
        (line.cycle, line.rating, line.code, line.person)
        for line in plan.raters
        if line.kind is GroupKind.NAMED
    }
    leaving = [key for key in stored.raters if key[0][:2] in owners and (*key[0], key[1]) not in named]
    _take_out(writing, leaving)
    before = {(key[:2], key[2]): row for key, row in stored.groups.items()}
    ids = write_whole(writing, (RATERS, Group), before, groups, owners, name_of)
    wanted = {
        (key, person): {"group_id": ids[key[:2], key[2]], "person_id": people[person]}
        for *group, person in sorted(named)
        for key in [(group[0], group[1], group[2])]
    }
    staying = {key: row for key, row in stored.raters.items() if key[0][:2] in owners and key not in leaving}
    writing.bring(Rater, staying, wanted)
    for key, row in wanted.items():
        if key not in staying:
            _take_in(writing, row)
    writing.count_removed(Rater, len(leaving))


def _take_in(writing: Writing, rater: Row) -> None:
    """Whoever was taken out before goes on where they stopped, in rounds that are not over."""
    to_come = sa.select(col(Rating.id)).where(col(Rating.closes_at) > writing.now)
    theirs = (Paper.group_id == rater["group_id"], Paper.rater_id == rater["person_id"])
    put_back = sa.update(Paper).where(*theirs, col(Paper.rating_id).in_(to_come))
    put_back = put_back.where(col(Paper.state) == PaperState.RECUSED, col(Paper.reason) == STEPPED_OUT)
    values = {"state": PaperState.OPEN, "reason": "", "recused_at": None, "revision": Paper.revision + 1}
    writing.session.execute(put_back.values(**values))


def _take_out(writing: Writing, leaving: list[tuple[Triple, str]]) -> None:
    """What they handed in counts, as it was last; what they never did is as if they had stepped back."""
    stored = writing.existing.schemes
    for key in leaving:
        row = stored.raters[key]
        writing.tell_removal(RATERS, name_of(key))
        theirs = (Paper.group_id == row["group_id"], Paper.rater_id == row["person_id"])
        open_ones = sa.update(Paper).where(*theirs, col(Paper.state) == PaperState.OPEN)
        open_ones = open_ones.values(revision=Paper.revision + 1)
        corrected = sa.exists().where(col(Entry.paper_id) == col(Paper.id))
        writing.session.execute(open_ones.where(corrected).values(state=PaperState.SUBMITTED))
        values = {"state": PaperState.RECUSED, "reason": STEPPED_OUT, "recused_at": writing.now}
        writing.session.execute(open_ones.where(~corrected).values(**values))
        writing.session.execute(sa.delete(Rater).where(col(Rater.id) == row["id"]))
