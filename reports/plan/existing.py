"""What the database holds of a plan, by the codes that a workbook names things by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.consultation.booking import Booking
from models.consultation.programme import Programme, Slot, SlotState
from models.organization import Department, DepartmentTerm, Person, RoleHeld
from models.plan import (
    Cycle,
    Indicator,
    MainProject,
    PastActual,
    PerformanceGoal,
    Period,
    Perspective,
    StrategicGoal,
    Target,
)
from models.reminding.rule import Audience, DeadlineKind
from models.reminding.table import QuietHours, ReminderRule
from models.special_days import SpecialDay
from reports.plan.existing_schemes import ExistingSchemes, read_schemes
from reports.plan.lines import QUIET_HOURS
from reports.plan.rows import Row, codes_by_id, read_rows

Pair = tuple[str, str]
Triple = tuple[str, str, str]
RuleKey = tuple[DeadlineKind, Audience, int, int | None]
"""A reminder by kind, audience, days, minutes."""


@dataclass(frozen=True)
class Existing:
    """Rows by their natural keys. Of what belongs to a cycle only that of the cycles asked for.

    In a key "" means: no department (the whole city), nobody stood in for, no period (the whole cycle).
    """

    departments: Mapping[str, Row] = field(default_factory=dict)
    terms: Mapping[str, Row] = field(default_factory=dict)
    """The open term of each department."""
    people: Mapping[str, Row] = field(default_factory=dict)
    roles: Mapping[tuple[str, str, str, str], Row] = field(default_factory=dict)
    """By person, role, department, person stood in for."""
    cycles: Mapping[str, Row] = field(default_factory=dict)
    periods: Mapping[Pair, Row] = field(default_factory=dict)
    perspectives: Mapping[Pair, Row] = field(default_factory=dict)
    strategic_goals: Mapping[Triple, Row] = field(default_factory=dict)
    """Goals and projects by cycle, department, name."""
    performance_goals: Mapping[Triple, Row] = field(default_factory=dict)
    main_projects: Mapping[Triple, Row] = field(default_factory=dict)
    indicators: Mapping[Pair, Row] = field(default_factory=dict)
    targets: Mapping[Triple, Row] = field(default_factory=dict)
    """By cycle, indicator, period."""
    past_actuals: Mapping[tuple[str, str, int], Row] = field(default_factory=dict)
    programmes: Mapping[Pair, Row] = field(default_factory=dict)
    slots: Mapping[Triple, Row] = field(default_factory=dict)
    """By cycle, programme, code."""
    last_seats: Mapping[int, int] = field(default_factory=dict)
    """The highest seat that is taken, by id of the slot; of no other slots."""
    slots_elsewhere: Sequence[Row] = ()
    """Open slots of all other cycles: the same people sit in them."""
    schemes: ExistingSchemes = field(default_factory=ExistingSchemes)
    reminders: Mapping[RuleKey, Row] = field(default_factory=dict)
    quiet_hours: Mapping[str, Row] = field(default_factory=dict)
    """The one row there is, if any, by QUIET_HOURS."""
    special_days: Mapping[Any, Row] = field(default_factory=dict)

    def parents(self) -> dict[str, str]:
        """The code above each department's, "" at the root."""
        codes = codes_by_id(self.departments)
        return {code: codes[row["parent_id"]] for code, row in self.departments.items()}


def read_existing(session: Session, cycles: set[str]) -> Existing:
    """The organisation, all cycles, and what belongs to the cycles of these codes."""
    departments = {row["code"]: row for row in read_rows(session, Department)}
    people = {row["code"]: row for row in read_rows(session, Person)}
    department, person = codes_by_id(departments), codes_by_id(people)
    every_cycle = {row["code"]: row for row in read_rows(session, Cycle)}
    asked = {row["id"]: code for code, row in every_cycle.items() if code in cycles}
    terms = read_rows(session, DepartmentTerm, col(DepartmentTerm.until_day).is_(None))
    quiet = read_rows(session, QuietHours)
    return Existing(
        departments=departments,
        terms={department[row["department_id"]]: row for row in terms},
        people=people,
        roles={
            (
                person[row["person_id"]],
                row["role"],
                department[row["department_id"]],
                person[row["stands_in_for_id"]],
            ): row
            for row in read_rows(session, RoleHeld)
        },
        cycles=every_cycle,
        reminders={_rule_key(row): row for row in read_rows(session, ReminderRule)},
        quiet_hours={QUIET_HOURS: quiet[0]} if quiet else {},
        special_days={row["day"]: row for row in read_rows(session, SpecialDay)},
        **_of_cycles(session, asked, department),
        **_of_consultation(session, asked),
        schemes=read_schemes(session, asked, person),
    )


def _of_cycles(
    session: Session, cycle: Mapping[int, str], department: Mapping[int | None, str]
) -> dict[str, Any]:
    def rows(model: Any) -> list[Row]:
        return read_rows(session, model, col(model.cycle_id).in_(cycle))

    def goals(model: Any) -> dict[Triple, Row]:
        return {
            (cycle[row["cycle_id"]], department[row["department_id"]], row["name"]): row
            for row in rows(model)
        }

    periods = {(cycle[row["cycle_id"]], row["code"]): row for row in rows(Period)}
    indicators = {(cycle[row["cycle_id"]], row["code"]): row for row in rows(Indicator)}
    indicator = codes_by_id(indicators)
    period = {None: "", **{row["id"]: code for (_, code), row in periods.items()}}
    theirs = sa.select(Indicator.id).where(col(Indicator.cycle_id).in_(cycle))  # type: ignore[call-overload]
    targets = read_rows(session, Target, col(Target.indicator_id).in_(theirs))
    past = read_rows(session, PastActual, col(PastActual.indicator_id).in_(theirs))
    return {
        "periods": periods,
        "perspectives": {(cycle[row["cycle_id"]], row["name"]): row for row in rows(Perspective)},
        "strategic_goals": goals(StrategicGoal),
        "performance_goals": goals(PerformanceGoal),
        "main_projects": goals(MainProject),
        "indicators": indicators,
        "targets": {(*indicator[row["indicator_id"]], period[row["period_id"]]): row for row in targets},
        "past_actuals": {(*indicator[row["indicator_id"]], row["year"]): row for row in past},
    }


def _of_consultation(session: Session, cycle: Mapping[int, str]) -> dict[str, Any]:
    """Programmes and slots of these cycles, which seats are taken, and the slots of all other cycles."""
    programmes = {
        (cycle[row["cycle_id"]], row["code"]): row
        for row in read_rows(session, Programme, col(Programme.cycle_id).in_(cycle))
    }
    programme = codes_by_id(programmes)
    ours = col(Slot.programme_id).in_([row["id"] for row in programmes.values()])
    slots = {(*programme[row["programme_id"]], row["code"]): row for row in read_rows(session, Slot, ours)}
    taken = (
        sa.select(col(Booking.slot_id), sa.func.max(col(Booking.seat)))
        .where(
            col(Booking.seat).is_not(None), col(Booking.slot_id).in_([row["id"] for row in slots.values()])
        )
        .group_by(col(Booking.slot_id))
    )
    return {
        "programmes": programmes,
        "slots": slots,
        "last_seats": {row[0]: row[1] for row in session.execute(taken)},
        "slots_elsewhere": read_rows(session, Slot, ~ours, col(Slot.state) == SlotState.OPEN),
    }


def _rule_key(row: Row) -> RuleKey:
    return row["kind"], row["audience"], row["days"], row["minutes"]
