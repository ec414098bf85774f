"""Typed lines of the sheets 평가체계, 배점, 등급, 포상, 평가대상, 평가, 평가항목 and 평가단."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from models.rating.table import GroupKind
from models.scheme.table import Combine, Source, SubjectKind
from models.scoring import Kind
from reports.plan.line import Line


@dataclass(frozen=True, kw_only=True)
class SchemeLine(Line):
    """A version of a scheme. Here and below, valid_from is None for the cycle's first day."""

    cycle: str
    code: str
    name: str
    valid_from: date | None
    subject_kind: SubjectKind
    digits: int
    ties_go_up: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class PartLine(Line):
    """A part of a version. Columns of the rule are None or "" where the cell is empty."""

    cycle: str
    scheme: str
    valid_from: date | None
    code: str
    name: str
    source: Source
    points: Decimal | None
    below: bool
    combine: Combine
    shares: str
    basis: str
    owner: str
    kind: Kind | None
    target: Decimal | None
    baseline: Decimal | None
    low: Decimal | None
    high: Decimal | None
    loss_per_unit: Decimal | None
    steps: str
    floor: Decimal | None
    cap: Decimal | None
    digits: int | None
    tie_order: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class GradeLine(Line):
    cycle: str
    scheme: str
    valid_from: date | None
    name: str
    least: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, kw_only=True)
class PrizeLine(Line):
    cycle: str
    scheme: str
    valid_from: date | None
    name: str
    count: int
    least: Decimal | None
    grouping: str


@dataclass(frozen=True, kw_only=True)
class SubjectLine(Line):
    """A subject: `code` is a department's code or a person's number, as the scheme says."""

    cycle: str
    scheme: str
    code: str
    department: str
    grouping: str


@dataclass(frozen=True, kw_only=True)
class RatingLine(Line):
    """A round of a rating, for the whole cycle where period is ""."""

    cycle: str
    code: str
    name: str
    period: str
    scheme: str
    opens_at: datetime
    closes_at: datetime
    rates_changes: bool


@dataclass(frozen=True, kw_only=True)
class CriterionLine(Line):
    cycle: str
    rating: str
    code: str
    name: str
    question: str
    weight: Decimal
    scale: str


@dataclass(frozen=True, kw_only=True)
class RaterLine(Line):
    """A group of raters with one of its people, or with none where its kind says who they are."""

    cycle: str
    rating: str
    code: str
    name: str
    share: Decimal
    kind: GroupKind
    trim: int
    fewest: int
    each: int | None
    person: str
