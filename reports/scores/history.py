"""The sheet 이력: what was done with the reports and the periods, as the audit has it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import AuditRow
from models.organization import Department
from models.plan import Indicator, Period
from models.scores import View
from models.submission import Submission
from reports.excel import Book
from reports.scores import indicators
from reports.scores.as_of import AsOf
from reports.scores.behind import Behind
from reports.scores.indicators import Back
from reports.scores.labels import ACTIONS, scope_name
from reports.table import Cell, Column, Look, Table

NAME = "이력"

_COLUMNS = [
    Column("감사번호", 9, Look.CENTRED),
    Column("일시", 18, Look.MOMENT),
    Column("처리자", 11, Look.CENTRED),
    Column("대결(본래 담당)", 13, Look.CENTRED),
    Column("처리", 11, Look.CENTRED),
    Column("기간", 9, Look.CENTRED),
    Column("부서", 18),
    Column(indicators.CODE, 11, Look.CENTRED),
    Column("지표명", 30),
    Column("차수", 6, Look.CENTRED),
    Column("값", 14, Look.NUMBER),
    Column("사유", 40),
    Column("경로", 10, Look.CENTRED),
    Column(indicators.NAME, 8, Look.LINK),
]
_DRAFT = "report.save"
_AT_ONCE = 1000


def history_sheet(session: Session, book: Book, view: View, known: AsOf, back: Back) -> Behind:
    """Writes what was done in the view's periods, but for drafts."""
    table = Table(NAME, f"{scope_name(view)} 처리 이력", _lines(known), _COLUMNS)
    history = Behind(book.sheet(table), back)
    for indicator_id, code, *row in session.execute(_query(view)):
        history.add(indicator_id, code, _cells(row, code, view.names))
    return history


def _lines(known: AsOf) -> list[list[Cell]]:
    return [
        ["감사번호는 감사 기록의 번호입니다."],
        [f"감사 기록 {known.length:,}건 · 지문 {known.hash or '없음'}"],
        [
            "그 뒤에 감사 기록이 고쳐지거나 지워지지 않았는지는 이 건수와 지문으로 확인합니다: "
            "bogobot audit verify --against 건수:지문"
        ],
    ]


def _cells(row: Any, code: str | None, names: Mapping[int, str]) -> list[Cell]:
    number, at, person, absent, action, channel, detail, period, department, name = row
    value = detail.get("recognised") or detail.get("value")
    return [
        number,
        at,
        names.get(person),
        names.get(absent),
        ACTIONS.get(action, action),
        period,
        department,
        code,
        name,
        detail.get("version"),
        None if value is None else Decimal(value),
        detail.get("reason"),
        channel,
    ]


def _query(view: View) -> Any:
    of_report = sa.literal("submission:") + sa.cast(col(Submission.id), sa.String)
    of_period = sa.literal("period:") + sa.cast(col(Period.id), sa.String)
    periods = [period.id for period in view.periods]
    common: tuple[Any, ...] = (
        col(AuditRow.id).label("number"), col(AuditRow.at), col(AuditRow.person_id),
        col(AuditRow.acting_for_id), col(AuditRow.action), col(AuditRow.channel), col(AuditRow.detail),
        col(Period.name).label("period"),
    )  # fmt: skip
    nothing = sa.cast(sa.null(), sa.String)
    reports = (
        sa.select(col(Indicator.id), col(Indicator.code), *common, col(Department.name), col(Indicator.name))
        .select_from(Submission)
        .join(AuditRow, col(AuditRow.subject) == of_report)
        .join(Period, col(Period.id) == col(Submission.period_id))
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .where(col(Period.id).in_(periods), col(AuditRow.action) != _DRAFT)
    )
    closings = (
        sa.select(sa.cast(sa.null(), sa.Integer), nothing, *common, nothing, nothing)
        .select_from(Period)
        .join(AuditRow, col(AuditRow.subject) == of_period)
        .where(col(Period.id).in_(periods))
    )
    both = sa.union_all(reports, closings).order_by(sa.text("number"))
    return both.execution_options(yield_per=_AT_ONCE)
