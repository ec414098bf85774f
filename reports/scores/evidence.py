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
from reports.scores import indicators
from reports.scores.behind import Behind
from reports.scores.indicators import Back
from reports.scores.labels import scope_name
from reports.table import Column, Look, Table

NAME = "증빙목록"

_COLUMNS = [
    Column("연번", 6, Look.CENTRED),
    Column("부서", 18),
    Column(indicators.CODE, 11, Look.CENTRED),
    Column("지표명", 30),
    Column("기간", 9, Look.CENTRED),
    Column("차수", 6, Look.CENTRED),
    Column("파일명", 36),
    Column("크기(바이트)", 13, Look.COUNT),
    Column("올린 사람", 11, Look.CENTRED),
    Column("올린 일시", 18, Look.MOMENT),
    Column("SHA-256", 62, Look.FIXED_WIDTH),
    Column(indicators.NAME, 8, Look.LINK),
]
_AT_ONCE = 1000


def evidence_sheet(session: Session, book: Book, view: View, back: Back) -> Behind:
    """Writes the files handed in for the view's periods, replaced versions included."""
    lines = [["차수는 몇 번째로 제출한 보고인지를 뜻합니다."]]
    evidence = Behind(book.sheet(Table(NAME, f"{scope_name(view)} 증빙목록", lines, _COLUMNS)), back)
    for count, row in enumerate(session.execute(_query(view)), start=1):
        indicator_id, department, code, *more, uploaded_by, uploaded_at, sha256 = row
        by = view.names.get(uploaded_by)
        evidence.add(indicator_id, code, [count, department, code, *more, by, uploaded_at, sha256])
    return evidence


def _query(view: View) -> Any:
    return (
        sa.select(
            col(Indicator.id), col(Department.name), col(Indicator.code), col(Indicator.name), col(Period.name),
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
