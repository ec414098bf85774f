"""The performance plan of a year: cycle, periods, goals, projects, indicators and their targets."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from models.scoring import Kind, Rollup, Rule, read_stages, read_steps
from models.store import decimal_field, enum_field
from models.words import Refusal

ASKED_BEFORE_END = timedelta(days=31)


class PeriodState(StrEnum):
    """A closed period is frozen: nothing in it changes until an administrator reopens it."""

    OPEN = "open"
    CLOSED = "closed"


class Cycle(SQLModel, table=True):
    """One round of performance management, as a rule a year."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    starts_on: date
    ends_on: date
    asks_confirmation: bool = False
    """Whether a team lead confirms a report before an evaluator may decide on it."""
    asks_plan_confirmation: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Whether indicators are drafted and confirmed in chat before they can be reported."""
    counts_mileage: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Whether weights are points that add up (마일리지), and need not sum to 100 in a department."""
    note: str = Field(default="", max_length=500)


class Period(SQLModel, table=True):
    """A part of a cycle for which actuals are reported: a half, a quarter, a month or the whole year."""

    __table_args__ = (sa.UniqueConstraint("cycle_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    position: int = 0
    starts_on: date
    ends_on: date
    report_due: datetime
    confirmation_due: datetime | None = None
    review_due: datetime
    objection_due: datetime | None = None
    state: PeriodState = enum_field(PeriodState, "period_state", default=PeriodState.OPEN)
    closed_at: datetime | None = None
    revision: int = 0


class Perspective(SQLModel, table=True):
    """A perspective (관점) of the balanced scorecard."""

    __table_args__ = (sa.UniqueConstraint("cycle_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    name: str = Field(max_length=120)


class StrategicGoal(SQLModel, table=True):
    """A bureau's strategic goal (전략목표), seen from one perspective."""

    __tablename__ = "strategic_goal"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "department_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    name: str = Field(max_length=200)
    department_id: int = Field(foreign_key="department.id")
    perspective_id: int | None = Field(default=None, foreign_key="perspective.id")


class PerformanceGoal(SQLModel, table=True):
    """A division's performance goal (성과목표), serving a strategic goal of its bureau."""

    __tablename__ = "performance_goal"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "department_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    name: str = Field(max_length=200)
    department_id: int = Field(foreign_key="department.id")
    strategic_goal_id: int | None = Field(default=None, foreign_key="strategic_goal.id")


class MainProject(SQLModel, table=True):
    """A main project (주요사업) that works towards a performance goal."""

    __tablename__ = "main_project"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "department_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id")
    name: str = Field(max_length=200)
    department_id: int = Field(foreign_key="department.id")
    performance_goal_id: int | None = Field(default=None, foreign_key="performance_goal.id")


class Indicator(SQLModel, table=True):
    """An indicator (성과지표): what is measured, by whom, and how its actual becomes points."""

    __table_args__ = (sa.UniqueConstraint("cycle_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=200)
    department_id: int = Field(foreign_key="department.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    deputy_officer_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    perspective_id: int | None = Field(default=None, foreign_key="perspective.id")
    strategic_goal_id: int | None = Field(default=None, foreign_key="strategic_goal.id")
    performance_goal_id: int | None = Field(default=None, foreign_key="performance_goal.id")
    main_project_id: int | None = Field(default=None, foreign_key="main_project.id")
    unit: str = Field(default="", max_length=20)
    formula: str = Field(default="", max_length=500)
    """How the actual is worked out, in the plan's words (산식)."""
    evidence_hint: str = Field(default="", max_length=300)
    """Which evidence the plan asks for (증빙자료)."""
    evidence_required: bool = True
    weight: Decimal = decimal_field()
    scored: bool = True
    """A new indicator may run unscored at first."""
    kind: Kind = enum_field(Kind, "scoring_kind")
    rollup: Rollup = enum_field(Rollup, "rollup", default=Rollup.LAST)
    report_periods: str = Field(
        default="", max_length=500, sa_column_kwargs={"server_default": sa.text("''")}
    )
    """Codes of the periods in which it is reported, `Q1; Q3`; blank: in all. models/asking.py goes by it."""
    baseline: Decimal | None = decimal_field(default=None, nullable=True)
    low: Decimal | None = decimal_field(default=None, nullable=True)
    high: Decimal | None = decimal_field(default=None, nullable=True)
    loss_per_unit: Decimal | None = decimal_field(default=None, nullable=True)
    steps: str = Field(default="", max_length=500)
    """The table of a kind that has one, as written in the plan: `0:100; 1:80`."""
    floor: Decimal = decimal_field(default=Decimal(0))
    cap: Decimal = decimal_field(default=Decimal(100))
    digits: int = 1
    position: int = 0
    ends_on: date | None = None
    """The day from which it is no longer reported: indicators are ended, never removed."""


class Target(SQLModel, table=True):
    """The target (목표치) of an indicator for a period, or for the whole cycle where no period is named."""

    __table_args__ = (
        sa.UniqueConstraint("indicator_id", "period_id"),
        # To a unique constraint no two NULLs are alike.
        sa.Index(
            "uq_target_whole_cycle",
            "indicator_id",
            unique=True,
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="period.id", index=True)
    value: Decimal | None = decimal_field(default=None, nullable=True)


class PastActual(SQLModel, table=True):
    """What an indicator reached in a year before the cycle."""

    __tablename__ = "past_actual"
    __table_args__ = (sa.UniqueConstraint("indicator_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    year: int
    value: Decimal = decimal_field()


def rule_of(indicator: Indicator, target: Decimal | None) -> Rule:
    """The scoring rule of an indicator with the target of the period it is scored for."""
    staged = indicator.kind is Kind.MILESTONE
    return Rule(
        kind=indicator.kind,
        target=target,
        baseline=indicator.baseline,
        low=indicator.low,
        high=indicator.high,
        steps=() if staged else read_steps(indicator.steps),
        stages=read_stages(indicator.steps) if staged else (),
        loss_per_unit=indicator.loss_per_unit,
        floor=indicator.floor,
        cap=indicator.cap,
        digits=indicator.digits,
    )


def target_of(session: Session, indicator: Indicator, period_id: int | None) -> Decimal | None:
    """The target for the period; without one of its own, the target of the whole cycle.

    A sum is held against the year's target only in the year: without a target of its own a period has none.
    """
    targets = session.exec(
        select(Target)
        .where(Target.indicator_id == indicator.id)
        .where(col(Target.period_id).is_(None) | (col(Target.period_id) == period_id))
    )
    by_period = {target.period_id: target.value for target in targets}
    if period_id is not None and indicator.rollup is Rollup.SUM:
        return by_period.get(period_id)
    return by_period.get(period_id, by_period.get(None))


def past_actuals(session: Session, indicator: Indicator) -> list[PastActual]:
    """What the indicator reached in the years before, oldest first."""
    query = select(PastActual).where(PastActual.indicator_id == indicator.id)
    return list(session.exec(query.order_by(col(PastActual.year))))


def periods_of(session: Session, cycle_id: int) -> list[Period]:
    """The periods of a cycle in order of time."""
    return list(
        session.exec(select(Period).where(Period.cycle_id == cycle_id).order_by(col(Period.position)))
    )


def find_cycle(session: Session, code: str) -> Cycle:
    """The cycle of that code; the latest where none is given. Refusal where there is none."""
    query = select(Cycle).order_by(col(Cycle.starts_on).desc())
    found = session.exec(query.where(Cycle.code == code) if code else query).first()
    if found is None and code:
        raise Refusal("성과주기 {code:을/를} 찾을 수 없습니다. 코드를 확인해 주세요.", code=code)
    if found is None:
        raise Refusal("등록된 성과주기가 없습니다. 먼저 성과관리계획을 등록해 주세요.")
    return found


def find_period(session: Session, cycle: Cycle, code: str) -> Period:
    """The period of that code in the cycle. Refusal where there is none."""
    found = session.exec(select(Period).where(Period.cycle_id == cycle.id, Period.code == code)).one_or_none()
    if found is None:
        raise Refusal(
            "{cycle}에 {code} 기간이 없습니다. 기간 코드를 확인해 주세요.", cycle=cycle.name, code=code
        )
    return found


def reported_now(session: Session, today: date) -> list[Period]:
    """Open periods that are over or end within the month: those whose actuals are asked for today."""
    soon = today + ASKED_BEFORE_END
    query = select(Period).where(
        Period.state == PeriodState.OPEN, col(Period.starts_on) <= today, col(Period.ends_on) <= soon
    )
    return list(session.exec(query.order_by(col(Period.report_due), col(Period.id))))
