"""A score sheet as values: rows of indicators, totals of departments, the total of the cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models.plan import Cycle, Period
from models.scores.line import DepartmentLine, PlanLine
from models.scoring import Rule
from models.submission import ReasonCode, State
from models.words import Phrase


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the report of an indicator stands, who handed it in and who decided on it, and when.

    For a whole cycle: the least advanced state of its periods, and what was done last.
    """

    state: State | None = None
    submitted_at: datetime | None = None
    submitted_by: str = ""
    submitted_for: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_for: str = ""
    reason_code: ReasonCode | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one indicator. None is what isn't there: nothing approved gives no points.

    values: what was recognised in each period of the sheet, in order of time (None: N/A, or not approved).
    computed: the achievement in % before floor and cap, achievement: after them.
    weight: planned_weight once the weight of what is not applicable was shared out; None where not scored.
    fault: why there is a recognised value and yet no achievement.
    """

    target: Decimal | None
    values: tuple[Decimal | None, ...]
    reported: Decimal | None
    recognised: Decimal | None
    not_applicable: bool
    computed: Decimal | None
    achievement: Decimal | None
    planned_weight: Decimal
    weight: Decimal | None
    points: Decimal | None
    fault: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One indicator: its place in the plan, its scoring rule, its figures, where its report stands."""

    department: DepartmentLine
    plan: PlanLine
    rule: Rule
    figures: Figures
    standing: Standing


@dataclass(frozen=True, slots=True)
class DepartmentTotal:
    """What a department reached. scored = approved + waiting + missing indicators; weight: what could be had.

    approved: something counts, be it a value or N/A; waiting: handed in, not decided; missing: the rest.
    rank: among all departments, equals share one ("1, 2, 2, 4"); None where nothing is scored.
    """

    department: DepartmentLine
    indicators: int
    scored: int
    approved: int
    waiting: int
    missing: int
    not_applicable: int
    weight: Decimal
    points: Decimal
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class DepartmentScores:
    """A department's rows with their total."""

    rows: tuple[ScoreRow, ...]
    total: DepartmentTotal


@dataclass(frozen=True, slots=True)
class CycleTotal:
    """The sums over all departments; mean: of the points of departments where something is scored."""

    departments: int
    indicators: int
    scored: int
    approved: int
    waiting: int
    missing: int
    not_applicable: int
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The scores of a period, or of the whole cycle where `period` is None; departments in order of rank."""

    cycle: Cycle
    period: Period | None
    rows: tuple[ScoreRow, ...]
    departments: tuple[DepartmentTotal, ...]
    total: CycleTotal
