"""The sheet 이의신청: who appealed against which score, what was decided, points before and after."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col

from models.appeal.reading import AppealFile, evidence_of_appeal, files_query
from models.appeal.table import Appeal, AppealEvidence, AppealState
from models.organization import Department
from models.plan import Cycle, Indicator, Period
from models.scores import View
from reports.excel import Book
from reports.scores.labels import NOT_APPLICABLE, scope_name, signed
from reports.table import Cell, Column, Compare, Highlight, Look, Table, Tone

NAME = "이의신청"

_STATES = {
    AppealState.FILED: "심의 중",
    AppealState.ACCEPTED: "인용",
    AppealState.DISMISSED: "기각",
    AppealState.WITHDRAWN: "취하",
}
_COLUMNS = [
    Column("연번", 6, Look.CENTRED),
    Column("부서", 16),
    Column("지표코드", 9, Look.CENTRED),
    Column("지표명", 26),
    Column("기간", 9, Look.CENTRED),
    Column("신청자", 14, Look.CENTRED),
    Column("신청일시", 17, Look.MOMENT),
    Column("신청 사유", 34),
    Column("새 증빙", 26),
    Column("새 증빙 SHA-256", 62, Look.FIXED_WIDTH, folded=True),
    Column("당시 목표치", 11, Look.NUMBER, folded=True),
    Column("당시 인정 실적", 11, Look.NUMBER),
    Column("당시 달성률", 9, Look.PERCENT, folded=True),
    Column("당시 가중치", 9, Look.POINTS, folded=True),
    Column("요청한 실적", 11, Look.NUMBER),
    Column("결과", 9, Look.CENTRED),
    Column("결정자", 14, Look.CENTRED),
    Column("결정일시", 17, Look.MOMENT),
    Column("결정 사유", 34),
    Column("새 인정 실적", 11, Look.NUMBER),
    Column("당시 점수", 9, Look.POINTS),
    Column("결정 후 점수", 9, Look.POINTS),
]
_HIGHLIGHTS = [
    Highlight("결과", Compare.IS, "심의 중", Tone.WAITING),
    Highlight("결과", Compare.IS, "인용", Tone.GOOD),
    Highlight("결과", Compare.IS, "기각", Tone.BAD),
    Highlight("결과", Compare.IS, "취하", Tone.QUIET),
]
_LINE = (
    "'당시'는 이의를 신청한 때의 값이고, 결정 후 점수는 마감할 때의 산식과 가중치로 다시 계산한 점수입니다."
)


def appeals_sheet(session: Session, book: Book, view: View) -> None:
    """Writes the appeals against scores of the view's periods, withdrawn ones too; no sheet where there are none."""
    rows = session.execute(_query(view)).all()
    if not rows:
        return
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 이의신청", [[_LINE]], _COLUMNS, _HIGHLIGHTS))
    for number, row in enumerate(rows, start=1):
        opened = AppealFile(*row)
        sheet.add(_cells(number, view, opened, evidence_of_appeal(session, opened.id)))


def _cells(number: int, view: View, opened: AppealFile, files: list[AppealEvidence]) -> list[Cell]:
    one, name = opened.appeal, view.names.get
    left_out = one.snapshot["not_applicable"]
    accepted = one.state is AppealState.ACCEPTED
    decider = signed(name(one.decided_by_id or 0, ""), name(one.decided_for_id or 0, ""))
    return [
        number,
        opened.department.name,
        opened.indicator.code,
        opened.indicator.name,
        opened.period.name,
        signed(name(one.filed_by_id, ""), name(one.filed_for_id or 0, "")),
        one.filed_at,
        one.reason,
        "\n".join(file.name for file in files) or None,
        "\n".join(file.sha256 for file in files) or None,
        opened.before("target"),
        NOT_APPLICABLE if left_out else opened.before("recognised"),
        opened.before("achievement"),
        opened.before("weight"),
        one.asked,
        _STATES[one.state],
        decider or (name(one.withdrawn_by_id or 0) if one.withdrawn_at else None),
        one.decided_at or one.withdrawn_at,
        one.decision_reason or None,
        (NOT_APPLICABLE if one.recognised is None else one.recognised) if accepted else None,
        opened.before("points"),
        opened.after("points") if one.decided_at else None,
    ]


def _query(view: View) -> sa.Select[Appeal, Indicator, Period, Cycle, Department]:
    return (
        files_query()
        .where(col(Appeal.period_id).in_([period.id for period in view.periods]))
        .order_by(
            col(Department.position), col(Department.id), col(Indicator.position), col(Indicator.id),
            col(Period.position), col(Appeal.id),
        )
    )  # fmt: skip
