"""A plan as it passes through the import: cells as they came, then typed lines, then a checked plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from models.consultation.programme import ProgrammeKind, SlotState
from models.organization import DepartmentKind, Role
from models.reminding.rule import Audience, DeadlineKind, Rule
from models.scoring import Kind, Rollup
from reports.plan.line import Line
from reports.plan.lines_of_schemes import (
    CriterionLine,
    GradeLine,
    PartLine,
    PrizeLine,
    RaterLine,
    RatingLine,
    SchemeLine,
    SubjectLine,
)

Cell = str | float | bool | date | datetime | time | timedelta
"""What a workbook or a CSV file holds in one place; an empty cell is "". """

Grid = list[list[Cell]]
"""Rows of cells; the first row holds the headings, so that row 1 of the file is at index 0."""

WHOLE_CITY = "전체"
"""Written instead of a department's code where a role holds for the whole city."""

QUIET_HOURS = "야간보류"
"""Written instead of a kind of deadline in the row that says when nobody is written to."""


@dataclass(frozen=True)
class RawPlan:
    """A plan as it was brought in, by name of sheet; nothing in it is checked."""

    sheets: Mapping[str, Grid] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DepartmentLine(Line):
    code: str
    name: str
    kind: DepartmentKind
    parent: str
    supervisor: str
    starts_on: date | None
    ends_on: date | None
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class PersonLine(Line):
    """A person with roles in one place; starts_on and ends_on are of the roles."""

    code: str
    name: str
    title: str
    department: str
    roles: tuple[Role, ...]
    place: str
    """Where the roles hold: a department's code, WHOLE_CITY, or "" for the person's own department."""
    stands_in_for: str
    starts_on: date | None
    ends_on: date | None
    email: str
    locale: str
    left_on: date | None

    def holdings(self) -> list[tuple[Role, str, str]]:
        """Each role with the department it holds in ("" for the whole city) and the person stood in for."""
        place = "" if self.place == WHOLE_CITY else self.place or self.department
        return [(role, place, self.stands_in_for if role is Role.DEPUTY else "") for role in self.roles]


@dataclass(frozen=True, kw_only=True)
class PeriodLine(Line):
    cycle: str
    cycle_name: str
    code: str
    name: str
    starts_on: date
    ends_on: date
    report_due: datetime
    confirmation_due: datetime | None
    review_due: datetime
    objection_due: datetime | None
    asks_confirmation: bool
    counts_mileage: bool
    asks_plan_confirmation: bool


@dataclass(frozen=True, kw_only=True)
class IndicatorLine(Line):
    cycle: str
    code: str
    name: str
    department: str
    officer: str
    deputy_officer: str
    perspective: str
    strategic_goal: str
    performance_goal: str
    main_project: str
    unit: str
    formula: str
    evidence_hint: str
    evidence_required: bool
    weight: Decimal
    scored: bool
    kind: Kind
    rollup: Rollup
    report_periods: str
    baseline: Decimal | None
    low: Decimal | None
    high: Decimal | None
    loss_per_unit: Decimal | None
    steps: str
    floor: Decimal
    cap: Decimal
    digits: int
    ends_on: date | None
    past_actuals: Mapping[int, Decimal] = field(default_factory=dict)
    """By year."""


@dataclass(frozen=True, kw_only=True)
class TargetLine(Line):
    """The target of an indicator for a period, or for the whole cycle where period is ""."""

    cycle: str
    indicator: str
    period: str
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class ProgrammeLine(Line):
    cycle: str
    code: str
    name: str
    kind: ProgrammeKind
    written_due: datetime | None
    views_due: datetime | None
    booking_opens: datetime | None
    booking_due: datetime | None
    notes_due: datetime | None
    cut_off_hours: int
    offer_hours: int
    absence_points: Decimal | None
    objection_days: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class SlotLine(Line):
    """A slot of a consultation, or a session of training or of a meeting.

    state is None where the file leaves it as it is; a slot that is new is open then.
    """

    cycle: str
    programme: str
    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    seats: int
    consultant: str
    office: str
    state: SlotState | None


@dataclass(frozen=True, kw_only=True)
class ReminderLine(Line):
    """A reminder; or, where it has no kind, the quiet hours: from `at` until `until` of the next day."""

    kind: DeadlineKind | None
    audience: Audience | None
    days: int | None
    at: time | None
    minutes: int | None
    repeated: bool
    anytime: bool
    until: time | None

    def rule(self) -> Rule:
        """When to remind; of a line that has a kind."""
        return Rule(
            days=self.days or 0,
            at=Rule.at if self.at is None else self.at,
            minutes=self.minutes,
            repeated=self.repeated,
            anytime=self.anytime,
        )


@dataclass(frozen=True, kw_only=True)
class SpecialDayLine(Line):
    day: date
    name: str
    working: bool


class OfCycle(Protocol):
    """A line that belongs to a cycle."""

    @property
    def cycle(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The lines of every sheet; once check_plan returned it, fit to be applied."""

    departments: list[DepartmentLine]
    people: list[PersonLine]
    periods: list[PeriodLine]
    indicators: list[IndicatorLine]
    targets: list[TargetLine]
    programmes: list[ProgrammeLine]
    slots: list[SlotLine]
    schemes: list[SchemeLine]
    parts: list[PartLine]
    grades: list[GradeLine]
    prizes: list[PrizeLine]
    subjects: list[SubjectLine]
    ratings: list[RatingLine]
    criteria: list[CriterionLine]
    raters: list[RaterLine]
    reminders: list[ReminderLine]
    special_days: list[SpecialDayLine]

    def cycles(self) -> set[str]:
        """The codes of all cycles the plan is about."""
        named: list[OfCycle] = [
            *self.periods,
            *self.indicators,
            *self.targets,
            *self.programmes,
            *self.slots,
            *self.schemes,
            *self.parts,
            *self.grades,
            *self.prizes,
            *self.subjects,
            *self.ratings,
            *self.criteria,
            *self.raters,
        ]
        return {line.cycle for line in named}
