"""The sheet 증빙목록: every file handed in with a report, known by its SHA-256."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.evidence.table import EvidenceFile
from models.organization import Department
from models.plan import Indicator, Period
from models.scores import View
from models.submission import Submission, SubmissionVersion
from reports.excel import Book
from reports.scores.labels import scope_name
from reports.table import Column, Look, Table

NAME = "증빙목록"

_COLUMNS = [
    Column("연번", 6, Look.CENTRED),
    Column("부서", 18),
    Column("지표코드", 11, Look.CENTRED),
    Column("지표명", 30),
    Column("기간", 9, Look.CENTRED),
    Column("차수", 6, Look.CENTRED),
    Column("파일명", 36),
    Column("크기(바이트)", 13, Look.COUNT),
    Column("올린 사람", 11, Look.CENTRED),
    Column("올린 일시", 18, Look.MOMENT),
    Column("SHA-256", 62, Look.FIXED_WIDTH),
]
_AT_ONCE = 1000


def evidence_sheet(session: Session, book: Book, view: View) -> int:
    """Writes the files handed in for the view's periods, replaced versions included; says how many."""
    sheet = book.sheet(
        Table(
            NAME, f"{scope_name(view)} 증빙목록", [["차수는 몇 번째로 제출한 보고인지를 뜻합니다."]], _COLUMNS
        )
    )
    count = 0
    for count, row in enumerate(session.execute(_query(view)), start=1):
        *before, uploaded_by, uploaded_at, sha256 = row
        sheet.add([count, *before, view.names.get(uploaded_by), uploaded_at, sha256])
    return count


def _query(view: View) -> Any:
    return (
        sa.select(
            col(Department.name), col(Indicator.code), col(Indicator.name), col(Period.name),
            col(SubmissionVersion.number), col(EvidenceFile.name), col(EvidenceFile.size),
            col(EvidenceFile.uploaded_by_id), col(EvidenceFile.uploaded_at), col(EvidenceFile.sha256),
        )
        .join(SubmissionVersion, col(SubmissionVersion.id) == col(EvidenceFile.version_id))
        .join(Submission, col(Submission.id) == col(SubmissionVersion.submission_id))
        .join(Period, col(Period.id) == col(Submission.period_id))
        .join(Indicator, col(Indicator.id) == col(Submission.indicator_id))
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .where(col(Period.id).in_([period.id for period in view.periods]))
        .where(col(SubmissionVersion.submitted_at).is_not(None))
        .order_by(
            col(Department.position), col(Department.id), col(Indicator.position), col(Indicator.id),
            col(Period.position), col(SubmissionVersion.number), col(EvidenceFile.id),
        )
        .execution_options(yield_per=_AT_ONCE)
    )  # fmt: skip
