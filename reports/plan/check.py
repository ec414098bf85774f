"""A raw plan into a checked one: everything that is wrong is found before anything is refused."""

from __future__ import annotations

from sqlmodel import Session

from models.consultation.seats import one_at_a_time
from models.words import say
from reports.plan.check_answered import check_answered
from reports.plan.check_basis import check_circles
from reports.plan.check_capacity import check_capacity
from reports.plan.check_grades import check_grades, check_prizes
from reports.plan.check_indicators import check_indicators
from reports.plan.check_lines import check_unique
from reports.plan.check_organization import check_departments, check_people
from reports.plan.check_overlaps import check_overlaps
from reports.plan.check_parts import check_parts
from reports.plan.check_periods import check_periods
from reports.plan.check_programmes import check_programmes
from reports.plan.check_ratings import check_criteria, check_raters, check_ratings
from reports.plan.check_reminders import check_reminders
from reports.plan.check_report_periods import check_report_periods
from reports.plan.check_schemes import check_schemes, check_subjects
from reports.plan.check_settled import check_settled, check_settled_subjects
from reports.plan.check_slots import check_slots
from reports.plan.check_targets import check_targets
from reports.plan.columns import DEPARTMENTS, PEOPLE, PERIODS, SPECIAL_DAYS
from reports.plan.existing import Existing, read_existing
from reports.plan.known import Known, known_to
from reports.plan.lines import Plan, RawPlan
from reports.plan.problems import Findings
from reports.plan.sheets import read_lines


def check_plan(raw: RawPlan, session: Session | None = None) -> Plan:
    """The plan in typed lines, fit to be applied to the city in the database, or to a new one without.

    Raises PlanRejected with every problem, by sheet and cell.
    """
    findings = Findings()
    plan = read_lines(raw, findings)
    if session and plan.slots:
        one_at_a_time(session)
    existing = read_existing(session, plan.cycles()) if session else Existing()
    _check_not_empty(raw, plan, existing, findings)
    departments = existing.departments.keys() | {line.code for line in plan.departments}
    people = existing.people.keys() | {line.code for line in plan.people}
    cycles = existing.cycles.keys() | {line.cycle for line in plan.periods}
    check_departments(plan.departments, existing, findings)
    check_people(plan.people, departments, existing, findings)
    check_capacity(plan, existing, findings)
    check_periods(plan.periods, existing, findings)
    check_indicators(plan, departments, people, existing, findings)
    check_targets(plan, existing, findings)
    check_report_periods(plan, existing, findings)
    check_programmes(plan, cycles, existing, findings)
    check_slots(plan, cycles, people, existing, findings)
    check_overlaps(plan, existing, findings)
    _check_schemes_and_ratings(
        plan, known_to(plan, existing, cycles, departments, people), existing, findings
    )
    check_reminders(plan.reminders, findings)
    check_unique(SPECIAL_DAYS, plan.special_days, ("day",), findings)
    findings.raise_if_any()
    return plan


def _check_schemes_and_ratings(plan: Plan, known: Known, existing: Existing, findings: Findings) -> None:
    check_schemes(plan, known, existing, findings)
    check_subjects(plan, known, existing, findings)
    parts = check_parts(plan, known, findings)
    check_circles(parts, existing.schemes, findings)
    below = parts, check_grades(plan, known, findings), check_prizes(plan, known, existing, findings)
    check_settled(plan, known, below, existing, findings)
    check_settled_subjects(plan, existing, findings)
    check_ratings(plan, known, existing, findings)
    check_criteria(plan.criteria, known, findings)
    check_raters(plan.raters, known, findings)
    check_answered(plan, existing, findings)


def _check_not_empty(raw: RawPlan, plan: Plan, existing: Existing, findings: Findings) -> None:
    """A new city needs departments, people and periods; indicators may follow later."""
    needed = (
        (DEPARTMENTS, plan.departments, existing.departments),
        (PEOPLE, plan.people, existing.people),
        (PERIODS, plan.periods, existing.cycles),
    )
    for sheet, lines, stored in needed:
        if sheet.name in raw.sheets and not lines and not stored:
            phrase = say("‘{sheet}’ 시트가 비어 있습니다. 한 줄 이상 적어 주세요.", sheet=sheet.name)
            findings.at_cell(sheet.name, 2, 0, phrase)
