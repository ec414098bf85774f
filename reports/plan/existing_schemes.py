"""What the database holds of schemes and ratings, by the codes that a workbook names things by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from models.plan import Period
from models.rating.table import Criterion, Group, Paper, PaperState, Rater, Rating
from models.scheme.table import Adjustment, Grade, OwnerValue, Part, Prize, Scheme, Subject
from reports.plan.rows import Row, codes_by_id, read_rows

Pair = tuple[str, str]
Triple = tuple[str, str, str]
Version = tuple[str, str, date]
"""A version of a scheme by cycle, scheme, and the day from which it is in force."""


@dataclass(frozen=True)
class ExistingSchemes:
    """Rows of the cycles asked for, by their natural keys, and what was built on them."""

    versions: Mapping[Version, Row] = field(default_factory=dict)
    parts: Mapping[tuple[Version, str], Row] = field(default_factory=dict)
    grades: Mapping[tuple[Version, str], Row] = field(default_factory=dict)
    prizes: Mapping[tuple[Version, str, str], Row] = field(default_factory=dict)
    """By version, name, grouping."""
    subjects: Mapping[Triple, Row] = field(default_factory=dict)
    """By cycle, scheme, code; so for the rest: by cycle, rating, code."""
    ratings: Mapping[Triple, Row] = field(default_factory=dict)
    """By cycle, code, period; "" for the whole cycle."""
    criteria: Mapping[Triple, Row] = field(default_factory=dict)
    groups: Mapping[Triple, Row] = field(default_factory=dict)
    raters: Mapping[tuple[Triple, str], Row] = field(default_factory=dict)
    """By group and person."""
    used_subjects: frozenset[int] = frozenset()
    """Ids of the subjects that have papers, values of an owner, bonuses or deductions."""
    dealt_groups: frozenset[int] = frozenset()
    """Ids of the groups whose raters have papers."""
    dealt_ratings: frozenset[Pair] = frozenset()
    answered_ratings: frozenset[Pair] = frozenset()
    """Ratings, by cycle and code, of which papers were dealt, and of which one was answered."""


def read_schemes(
    session: Session, cycle: Mapping[int, str], person: Mapping[int | None, str]
) -> ExistingSchemes:
    """Schemes and ratings of these cycles, which are given by id; `person`: the number of each id."""

    def rows(model: Any) -> list[Row]:
        return read_rows(session, model, col(model.cycle_id).in_(cycle)) if cycle else []

    versions = {(cycle[row["cycle_id"]], row["code"], row["valid_from"]): row for row in rows(Scheme)}
    ratings = _ratings(session, cycle, rows(Rating))
    groups = {(cycle[row["cycle_id"]], row["rating"], row["code"]): row for row in rows(Group)}
    group = codes_by_id(groups)
    return ExistingSchemes(
        versions=versions,
        **_of_versions(session, versions),
        subjects={(cycle[row["cycle_id"]], row["scheme"], row["code"]): row for row in rows(Subject)},
        ratings=ratings,
        criteria={(cycle[row["cycle_id"]], row["rating"], row["code"]): row for row in rows(Criterion)},
        groups=groups,
        raters={
            (group[row["group_id"]], person[row["person_id"]]): row
            for row in _below(session, Rater, Rater.group_id, groups)
        },
        **_use(session, cycle, ratings),
    )


def _below(session: Session, model: type[SQLModel], parent: Any, parents: Mapping[Any, Row]) -> list[Row]:
    """The rows of a model that hang on these."""
    if not parents:
        return []
    return read_rows(session, model, col(parent).in_([row["id"] for row in parents.values()]))


def _of_versions(session: Session, versions: Mapping[Version, Row]) -> dict[str, Any]:
    version = codes_by_id(versions)
    parts = _below(session, Part, Part.scheme_id, versions)
    grades = _below(session, Grade, Grade.scheme_id, versions)
    prizes = _below(session, Prize, Prize.scheme_id, versions)
    return {
        "parts": {(version[row["scheme_id"]], row["code"]): row for row in parts},
        "grades": {(version[row["scheme_id"]], row["name"]): row for row in grades},
        "prizes": {(version[row["scheme_id"]], row["name"], row["grouping"]): row for row in prizes},
    }


def _ratings(session: Session, cycle: Mapping[int, str], rows: list[Row]) -> dict[Triple, Row]:
    if not rows:
        return {}
    periods = read_rows(session, Period, col(Period.cycle_id).in_(cycle))
    period = {None: "", **{row["id"]: row["code"] for row in periods}}
    return {(cycle[row["cycle_id"]], row["code"], period[row["period_id"]]): row for row in rows}


def _use(session: Session, cycle: Mapping[int, str], ratings: Mapping[Triple, Row]) -> dict[str, Any]:
    """What papers, values and adjustments stand on."""
    if not cycle:
        return {}
    theirs = sa.select(col(Subject.id)).where(col(Subject.cycle_id).in_(cycle))
    used = sa.union(
        *(
            sa.select(col(model.subject_id)).where(col(model.subject_id).in_(theirs))
            for model in (Paper, OwnerValue, Adjustment)
        )
    )
    answered = (col(Paper.state) == PaperState.SUBMITTED) | col(Paper.saved_at).is_not(None)
    papers = sa.select(
        col(Paper.rating_id), col(Paper.group_id), sa.func.max(sa.case((answered, 1), else_=0))
    )
    dealt = session.execute(
        papers.where(col(Paper.subject_id).in_(theirs)).group_by(col(Paper.rating_id), col(Paper.group_id))
    ).all()
    rating = {row["id"]: key[:2] for key, row in ratings.items()}
    return {
        "used_subjects": frozenset(session.scalars(used)),
        "dealt_groups": frozenset(group for _, group, _ in dealt),
        "dealt_ratings": frozenset(rating[round_] for round_, *_ in dealt),
        "answered_ratings": frozenset(rating[round_] for round_, _, any_ in dealt if any_),
    }
