"""The sheets 소관항목 and 가감점: who gave which subject what, when, from which file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from models.consultation.deduction import COUNTS, Deduction, DeductionState
from models.consultation.programme import Programme
from models.organization import Department
from models.scheme.result import SchemeResult
from models.scheme.table import Adjustment, AdjustmentState, OwnerValue, Part, Source
from models.scores import View
from models.scores.line import DepartmentLine
from reports.excel import Book, Sheet
from reports.scores.labels import NOT_APPLICABLE, scope_name, signed
from reports.scores.scheme_labels import SOURCES, Numbers, owner_name, period_named
from reports.table import Cell, Column, Compare, Highlight, Look, Table, Tone

KEY, VALUE, POINTS, PATH = "키", "값", "점수", "경로"
_COUNTED = "반영"
_OWNER_COLUMNS = [
    Column("체계", 12, Look.CENTRED),
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("항목", 22),
    Column("소관부서", 18),
    Column("기간", 9, Look.CENTRED),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column(VALUE, 11, Look.NUMBER),
    Column("해당", 10, Look.CENTRED),
    Column(_COUNTED, 7, Look.CENTRED),
    Column("비고", 30),
    Column("준 사람", 16, Look.CENTRED),
    Column("준 일시", 17, Look.MOMENT),
    Column("파일명", 30),
    Column("SHA-256", 62, Look.FIXED_WIDTH),
]
_ADJUSTMENT_COLUMNS = [
    Column("종류", 11, Look.CENTRED),
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("체계", 12, Look.CENTRED),
    Column("항목", 20),
    Column("기간", 9, Look.CENTRED),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column(PATH, 24, folded=True),
    Column(POINTS, 9, Look.NUMBER),
    Column("상태", 12, Look.CENTRED),
    Column(_COUNTED, 7, Look.CENTRED),
    Column("제안 사유", 34),
    Column("제안자", 12, Look.CENTRED),
    Column("제안일시", 17, Look.MOMENT),
    Column("결정 사유", 34),
    Column("결정자", 12, Look.CENTRED),
    Column("결정일시", 17, Look.MOMENT),
    Column("철회 사유", 30),
]
_STATES = {
    AdjustmentState.PROPOSED: "결정 대기",
    AdjustmentState.CONFIRMED: "확정",
    AdjustmentState.DROPPED: "반영하지 않음",
    AdjustmentState.WITHDRAWN: "철회",
}
_DEDUCTIONS = {
    DeductionState.PROPOSED: "결정 대기",
    DeductionState.CONFIRMED: "확정",
    DeductionState.DROPPED: "반영하지 않음",
    DeductionState.OBJECTED: "이의신청",
    DeductionState.UPHELD: "유지",
    DeductionState.WITHDRAWN: "철회",
}
CONSULTATION_KEY = ("consultation",)
"""By what the deductions for not taking part are known, all of them: who gets them goes by their path."""


def owner_sheet(
    session: Session, book: Book, view: View, results: Sequence[SchemeResult], numbers: Numbers
) -> Sheet | None:
    """Every value that was given, corrected ones too; what counts has the key `numbers.of("value", …)`."""
    if not any(part.source is Source.OWNER for result in results for part in result.parts):
        return None
    told = "고친 값도 모두 남습니다. 반영 ‘예’가 지금 셈에 들어가는 값입니다."
    marks = [Highlight(_COUNTED, Compare.IS, "예", Tone.GOOD)]
    sheet = book.sheet(Table("소관항목", f"{scope_name(view)} 소관항목", [[told]], _OWNER_COLUMNS, marks))
    for result in results:
        subjects = {one.subject.id: one for one in result.subjects}
        for part in (one for one in result.parts if one.source is Source.OWNER):
            rows = given_values(session, view, part, subjects)
            last = {(row.subject_id, row.period_id): row.id for row in rows}
            owner = owner_name(session, part)
            for row in rows:
                one = subjects[row.subject_id]
                counts = last[row.subject_id, row.period_id] == row.id
                key = numbers.of("value", row.subject_id, part.code, row.period_id) if counts else None
                names = (view.names.get(who or 0, "") for who in (row.given_by_id, row.given_for_id))
                sheet.add(
                    [
                        result.scheme.code, key, part.name, owner, period_named(view, row.period_id),
                        one.subject.code, one.name, row.value, NOT_APPLICABLE if row.not_applicable else None,
                        "예" if counts else None, row.note or None, signed(*names), row.given_at,
                        row.file_name or None, row.file_sha256 or None,
                    ]
                )  # fmt: skip
    return sheet


def given_values(
    session: Session, view: View, part: Part, subjects: Collection[int | None]
) -> list[OwnerValue]:
    """Everything the subjects were given of an owner's item in the view's periods, the last one last."""
    query = select(OwnerValue).where(OwnerValue.part == part.code, col(OwnerValue.subject_id).in_(subjects))
    if view.period is not None:
        query = query.where(OwnerValue.period_id == view.period.id)
    return list(session.exec(query.order_by(col(OwnerValue.id))))


def adjustment_sheet(
    session: Session,
    book: Book,
    view: View,
    results: Sequence[SchemeResult],
    numbers: Numbers,
    places: Mapping[int, DepartmentLine],
) -> Sheet | None:
    """Every bonus and deduction; what counts in the view has the key of its subject and part."""
    given = [(result, one) for result in results for one in _adjustments(session, view, result)]
    taken = _deductions(session, view) if view.period is None and _takes_consultation(results) else []
    if not given and not taken:
        return None
    told = "확정된 점수의 합이 항목의 배점을 넘으면 배점까지만 셈에 들어갑니다."
    marks = [Highlight(_COUNTED, Compare.IS, "예", Tone.GOOD)]
    sheet = book.sheet(Table("가감점", f"{scope_name(view)} 가감점", [[told]], _ADJUSTMENT_COLUMNS, marks))
    for result, adjustment in given:
        sheet.add(_adjustment(view, result, adjustment, numbers))
    for deduction, programme, place in taken:
        sheet.add(_deduction(view, deduction, programme, place, places[place.id or 0].path, numbers))
    return sheet


def _takes_consultation(results: Sequence[SchemeResult]) -> bool:
    return any(part.source is Source.CONSULTATION for result in results for part in result.parts)


def _adjustments(session: Session, view: View, result: SchemeResult) -> list[Adjustment]:
    codes = [part.code for part in result.parts if part.source in (Source.BONUS, Source.DEDUCTION)]
    query = select(Adjustment).where(
        col(Adjustment.part).in_(codes),
        col(Adjustment.subject_id).in_([one.subject.id for one in result.subjects]),
    )
    if view.period is not None:
        query = query.where(Adjustment.period_id == view.period.id)
    return list(session.exec(query.order_by(col(Adjustment.id))))


def _deductions(session: Session, view: View) -> list[tuple[Deduction, Programme, Department]]:
    query = (
        select(Deduction, Programme, Department)
        .join(Programme, col(Programme.id) == col(Deduction.programme_id))
        .join(Department, col(Department.id) == col(Deduction.department_id))
        .where(Programme.cycle_id == view.cycle.id)
    )
    return [
        (one, programme, place) for one, programme, place in session.exec(query.order_by(col(Deduction.id)))
    ]


def _adjustment(view: View, result: SchemeResult, one: Adjustment, numbers: Numbers) -> list[Cell]:
    subject = next(row for row in result.subjects if row.subject.id == one.subject_id)
    part = next(row for row in result.parts if row.code == one.part)
    counts = one.state is AdjustmentState.CONFIRMED
    name = view.names.get
    return [
        SOURCES[part.source], numbers.of("adjusted", one.subject_id, one.part) if counts else None,
        result.scheme.code, part.name, period_named(view, one.period_id), subject.subject.code, subject.name, None,
        one.points, _STATES[one.state], "예" if counts else None, one.reason, name(one.proposed_by_id),
        one.proposed_at, one.decision or None, name(one.decided_by_id or 0), one.decided_at,
        one.withdrawal or None,
    ]  # fmt: skip


def _deduction(
    view: View, one: Deduction, programme: Programme, place: Department, path: str, numbers: Numbers
) -> list[Cell]:
    counts = one.state in COUNTS
    name = view.names.get
    return [
        SOURCES[Source.CONSULTATION], numbers.of(*CONSULTATION_KEY) if counts else None, None, programme.name,
        None, place.code, place.name, path, one.points, _DEDUCTIONS[one.state], "예" if counts else None,
        None, None, one.proposed_at, one.reason or None, name(one.decided_by_id or 0), one.decided_at,
        one.settlement or None,
    ]  # fmt: skip
