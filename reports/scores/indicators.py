"""The sheet 지표별: one row an indicator."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Department
from models.plan import Indicator
from models.scores import ScoreRow, View
from reports.excel import Book, Sheet
from reports.scores.labels import KINDS, NOT_APPLICABLE, STATES, korean, scope_name, signed, why
from reports.scores.links import Lookup, RowNumbers
from reports.table import Beside, Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

NAME = "지표별"
NUMBER = "연번"
CODE = "지표코드"
ACHIEVEMENT = "달성률"
POINTS = "점수"
LINKS = ("검산", "이력", "증빙")
"""Where the points come from: the row's own on each of these sheets."""

_COLUMNS = [
    Column(NUMBER, 6, Look.CENTRED),
    Column("실국", 16, folded=True),
    Column("부서", 16),
    Column("관점", 10, folded=True),
    Column("전략목표", 24, folded=True),
    Column("성과목표", 24, folded=True),
    Column("주요사업", 24, folded=True),
    Column(CODE, 9, Look.CENTRED),
    Column("지표명", 28),
    Column("산식", 40, folded=True),
    Column("단위", 6, Look.CENTRED),
    Column("배점방식", 9, Look.CENTRED),
    Column("목표치", 12, Look.NUMBER),
    Column("보고 실적", 12, Look.NUMBER),
    Column("인정 실적", 12, Look.NUMBER),
    Column("산출 달성률", 9, Look.PERCENT),
    Column(ACHIEVEMENT, 9, Look.PERCENT),
    Column("상한", 8, Look.PERCENT, folded=True),
    Column("계획 가중치", 9, Look.POINTS, folded=True),
    Column("가중치", 9, Look.POINTS),
    Column(POINTS, 9, Look.POINTS),
    *(Column(title, 6, Look.LINK) for title in LINKS),
    Column("상태", 10, Look.CENTRED),
    Column("담당자", 10, Look.CENTRED, folded=True),
    Column("제출자", 16, Look.CENTRED, folded=True),
    Column("제출일시", 17, Look.MOMENT, folded=True),
    Column("결정자", 12, Look.CENTRED),
    Column("결정일시", 17, Look.MOMENT),
    Column("사유·비고", 30),
]
_HIGHLIGHTS = [
    Highlight("상태", Compare.IS, "승인", Tone.GOOD),
    Highlight("상태", Compare.IS, "제출", Tone.WAITING),
    Highlight("상태", Compare.IS, "팀장 확인", Tone.WAITING),
    Highlight("상태", Compare.IS, "반려", Tone.BAD),
    Highlight("상태", Compare.IS, "미보고", Tone.BAD),
    Highlight("상태", Compare.IS, "작성 중", Tone.QUIET),
    Highlight("상태", Compare.IS, "회수", Tone.QUIET),
    Highlight(ACHIEVEMENT, Compare.IS, Beside("상한"), Tone.GOOD),
    Highlight(ACHIEVEMENT, Compare.BELOW, 100, Tone.WAITING),
]


def indicator_sheet(book: Book, view: View) -> Sheet:
    """The sheet with its heading; `indicator_cells` makes its rows."""
    return book.sheet(
        Table(
            name=NAME,
            title=f"{scope_name(view)} 지표별 점수",
            lines=[
                ["열 위의 [+]나 왼쪽 위의 [2]를 누르면 접힌 열(목표 체계, 산식, 제출 내역)이 펼쳐집니다."]
            ],
            columns=_COLUMNS,
            highlights=_HIGHLIGHTS,
        )
    )


class Back:
    """Leads from rows of other sheets to the indicators' rows on this one, before these are written."""

    def __init__(self, session: Session, view: View, sheet: Sheet) -> None:
        self._lookup = Lookup(sheet, CODE)
        self._rows = RowNumbers()
        # As they stand in the plan; a link whose row turns out to be another one looks for it.
        ids = (
            sa.select(col(Indicator.id))
            .join(Department, col(Department.id) == col(Indicator.department_id))
            .where(col(Indicator.cycle_id) == view.cycle.id, view.counts())
            .order_by(
                col(Department.position), col(Department.id), col(Indicator.position), col(Indicator.id)
            )
        )
        for row, key in enumerate(session.execute(ids).scalars(), start=sheet.first_row):
            self._rows.note(key, row)

    def link(self, indicator_id: int, cell: str, code: str) -> Formula:
        """For the row of another sheet in whose `cell` the indicator's code stands."""
        return self._lookup.link_if_there(NAME, self._rows.get(indicator_id), cell, code)


def indicator_cells(number: int, row: ScoreRow, links: Sequence[Cell]) -> list[Cell]:
    """The cells of one indicator, in the order of the columns; `links` are those of LINKS."""
    plan, figures, standing = row.plan, row.figures, row.standing
    return [
        number,
        row.department.bureau,
        row.department.name,
        plan.perspective,
        plan.strategic_goal,
        plan.performance_goal,
        plan.main_project,
        plan.code,
        plan.name,
        plan.formula or None,
        plan.unit or None,
        KINDS[plan.kind],
        figures.target,
        figures.reported,
        NOT_APPLICABLE if figures.not_applicable else figures.recognised,
        figures.computed,
        figures.achievement,
        plan.cap,
        figures.planned_weight,
        figures.weight,
        figures.points,
        *links,
        STATES[standing.state],
        plan.officer,
        signed(standing.submitted_by, standing.submitted_for) or None,
        standing.submitted_at,
        signed(standing.decided_by, standing.decided_for) or None,
        standing.decided_at,
        _remark(row) or None,
    ]


def _remark(row: ScoreRow) -> str:
    """The reason of the decision, and why there are no points where one would look for them."""
    parts = [why(row.standing)]
    if not row.plan.scored:
        parts.append("평가에 반영하지 않는 지표입니다.")
    if row.figures.fault:
        parts.append(korean(row.figures.fault))
    return " ".join(filter(None, parts))
