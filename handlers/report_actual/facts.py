"""An indicator and its report, as one card for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col

from handlers.dialogue.book import Data
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line
from handlers.wording import deadline, target_shown
from models.organization import Department
from models.plan import Cycle, Indicator, Period, rule_of, target_of
from models.rights import may_see
from models.scoring import Arithmetic, check_rule, explain
from models.submission import SubmissionFile, find, open_file
from models.submission.table import HANDED_IN
from models.words import Phrase, Refusal, say


@dataclass(frozen=True)
class Place:
    """An indicator in a period, with the report if one was begun."""

    indicator: Indicator
    department: Department
    period: Period
    cycle: Cycle
    target: Decimal | None
    report: SubmissionFile | None

    @property
    def due_at(self) -> datetime:
        return self.report.due_at if self.report else self.period.report_due


def find_place(talk: Talk, indicator_id: int, period_id: int) -> Place:
    """Reads an indicator with its period; raises Refusal where the plan has them no longer."""
    row = talk.session.execute(_place(), {"indicator": indicator_id, "period": period_id}).one_or_none()
    if row is None:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    indicator, department, period, cycle = row
    submission_id = find(talk.session, indicator_id, period_id)
    report = None if submission_id is None else open_file(talk.session, submission_id)
    target = target_of(talk.session, indicator, period_id)
    return Place(indicator, department, period, cycle, target, report)


def place_of(session: Session, opened: SubmissionFile) -> Place:
    """The place of a report that is open already: only its target is still to be read."""
    target = target_of(session, opened.indicator, opened.submission.period_id)
    return Place(opened.indicator, opened.department, opened.period, opened.cycle, target, opened)


@cache
def _place() -> sa.Select[Indicator, Department, Period, Cycle]:
    """Asked several times in every turn, so it is put together once."""
    return (
        sa.select(Indicator, Department, Period, Cycle)
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .join(Period, col(Period.cycle_id) == col(Indicator.cycle_id))
        .join(Cycle, col(Cycle.id) == col(Indicator.cycle_id))
        .where(col(Indicator.id) == sa.bindparam("indicator"), col(Period.id) == sa.bindparam("period"))
    )


def may_see_report(talk: Talk, data: Data) -> bool:
    """Asked again when a screen about `data["submission"]` leaves for its reader."""
    opened = open_file(talk.session, data["submission"])
    return may_see(talk.standing, opened.indicator, opened.department.path)


def plan_facts(place: Place) -> list[tuple[Phrase, Line]]:
    """What the plan says of the indicator."""
    indicator = place.indicator
    facts: list[tuple[Phrase, Line]] = [
        (say("부서"), place.department.name),
        (say("대상 기간"), say("{cycle} {period}", cycle=place.cycle.name, period=place.period.name)),
        (say("목표"), target_shown(place.target, indicator)),
        (say("가중치"), say("{weight}점", weight=indicator.weight)),
    ]
    if indicator.formula:
        facts.append((say("산식"), indicator.formula))
    if indicator.evidence_hint:
        facts.append((say("필요한 증빙"), indicator.evidence_hint))
    return facts


def due_fact(talk: Talk, place: Place) -> tuple[Phrase, Line]:
    """The deadline, and how long there is to go while the report was not handed in."""
    is_done = place.report is not None and place.report.submission.state in HANDED_IN
    return say("보고 기한"), say("{at}", at=place.due_at) if is_done else deadline(talk, place.due_at)


def arithmetic(place: Place, value: Decimal) -> Arithmetic | None:
    """How the value becomes points in this period; None where the plan has no target to hold it against."""
    rule = rule_of(place.indicator, place.target)
    return None if check_rule(rule) else explain(rule, value, place.indicator.weight, place.period.ends_on)
