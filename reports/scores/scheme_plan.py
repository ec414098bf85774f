"""The sheet 배점표: every version of every scheme as data, with what the source says two things about."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.scheme.result import parts_of, schemes_of
from models.scheme.table import Grade, Part, Prize, Scheme
from models.scores import View
from reports.excel import Book, Sheet
from reports.scores.labels import KINDS, scope_name
from reports.scores.scheme_labels import COMBINES, SOURCES, Numbers, owner_name
from reports.table import Cell, Column, Look, Table

NAME = "배점표"
NUMBER, POINTS = "번호", "배점"

_COLUMNS = [
    Column(NUMBER, 6, Look.CENTRED),
    Column("체계", 12, Look.CENTRED),
    Column("체계명", 20),
    Column("적용일", 13, Look.DAY),
    Column("구분", 8, Look.CENTRED),
    Column("코드", 12, Look.CENTRED),
    Column("이름", 26),
    Column("원천", 11, Look.CENTRED),
    Column(POINTS, 9, Look.POINTS),
    Column("범위", 7, Look.CENTRED),
    Column("결합", 7, Look.CENTRED),
    Column("기간비중", 16),
    Column("근거", 12, Look.CENTRED),
    Column("소관부서", 18),
    Column("배점방식", 9, Look.CENTRED),
    Column("목표치", 10, Look.NUMBER, folded=True),
    Column("기준값", 10, Look.NUMBER, folded=True),
    Column("하한값", 10, Look.NUMBER, folded=True),
    Column("상한값", 10, Look.NUMBER, folded=True),
    Column("감점률", 9, Look.NUMBER, folded=True),
    Column("단계표", 20, folded=True),
    Column("동점순위", 8, Look.CENTRED),
    Column("기준점수", 9, Look.NUMBER),
    Column("비율(%)", 8, Look.NUMBER),
    Column("인원", 7, Look.CENTRED),
    Column("비고", 50),
]


def plan_sheet(session: Session, book: Book, view: View, numbers: Numbers) -> Sheet:
    """Writes the sheet; a part is known by `numbers.of("part", id)`."""
    told = "구분이 ‘체계’인 줄의 비고는 원문이 두 가지로 적은 곳과 이 체계가 따른 쪽입니다."
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 배점표", [[told]], _COLUMNS))
    assert view.cycle.id is not None
    for scheme in schemes_of(session, view.cycle.id):
        sheet.add(
            _row(scheme, numbers.of("scheme", scheme.id), "체계", scheme.code, scheme.name, note=scheme.note)
        )
        for part in parts_of(session, scheme):
            owner = owner_name(session, part)
            sheet.add(_part(scheme, part, owner, numbers.of("part", part.id)))
        for grade in session.exec(
            select(Grade).where(Grade.scheme_id == scheme.id).order_by(col(Grade.position))
        ):
            key = numbers.of("grade", grade.id)
            sheet.add(_row(scheme, key, "등급", "", grade.name, least=grade.least, share=grade.share))
        for prize in session.exec(
            select(Prize).where(Prize.scheme_id == scheme.id).order_by(col(Prize.position))
        ):
            key = numbers.of("prize", prize.id)
            sheet.add(
                _row(scheme, key, "포상", prize.grouping, prize.name, least=prize.least, count=prize.count)
            )
    return sheet


def _row(
    scheme: Scheme, number: int, kind: str, code: str, name: str, *, least: Cell = None, share: Cell = None,
    count: Cell = None, note: str = "",
) -> list[Cell]:  # fmt: skip
    before: list[Cell] = [number, scheme.code, scheme.name, scheme.valid_from, kind, code or None, name]
    empty: list[Cell] = [None] * (len(_COLUMNS) - len(before) - 4)
    return [*before, *empty, least, share, count, note or None]


def _part(scheme: Scheme, part: Part, owner: str | None, number: int) -> list[Cell]:
    return [
        number, scheme.code, scheme.name, scheme.valid_from, "항목", part.code, part.name, SOURCES[part.source],
        part.points, "하위" if part.below else "직접", COMBINES[part.combine], part.shares or None,
        part.basis or None, owner, KINDS[part.kind] if part.kind else None, part.target, part.baseline, part.low,
        part.high, part.loss_per_unit, part.steps or None, part.tie_order, None, None, None, part.note or None,
    ]  # fmt: skip
