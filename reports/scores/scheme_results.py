"""The sheet 평가결과: the subjects of a scheme in order of rank, a column a part, with the totals as bars."""

from __future__ import annotations

from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.table import SubjectKind
from models.scores import View
from reports.excel import Bars, Book, Sheet
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import Numbers, part_titles
from reports.table import Cell, Column, Compare, Highlight, Look, Table, Tone

NAME = "평가결과"
NUMBER, TOTAL, RANK, GRADE = "번호", "총점", "순위", "등급"
_DRAWN = 24


def result_sheet(book: Book, view: View, result: SchemeResult, numbers: Numbers, name: str) -> Sheet:
    """Writes the sheet; a subject is known by `numbers.of("subject", id)`."""
    columns = _columns(result)
    lines: list[list[Cell]] = [[_counts(result)]]
    if result.scheme.note:
        lines.append([f"비고: {result.scheme.note}"])
    highlights = [Highlight(RANK, Compare.IS, 1, Tone.GOOD)]
    sheet = book.sheet(
        Table(name, f"{scope_name(view)} {result.scheme.name} 결과", lines, columns, highlights)
    )
    for one in result.subjects:
        sheet.add(_cells(result, one, numbers))
    _draw(sheet, len(result.subjects))
    return sheet


def _columns(result: SchemeResult) -> list[Column]:
    persons = result.scheme.subject_kind is SubjectKind.PERSON
    return [
        Column(RANK, 6, Look.CENTRED),
        Column(NUMBER, 6, Look.CENTRED, folded=True),
        Column("구분", 14),
        Column("코드", 12, Look.CENTRED),
        Column("대상", 24),
        *([Column("부서", 20)] if persons else []),
        *(Column(title, 11, Look.NUMBER) for title in part_titles(result.parts).values()),
        Column(TOTAL, 11, Look.POINTS),
        Column(GRADE, 8, Look.CENTRED),
        Column("포상", 14, Look.CENTRED),
        Column("비고", 40),
    ]


def _cells(result: SchemeResult, one: SubjectResult, numbers: Numbers) -> list[Cell]:
    place = one.place
    points: list[Cell] = [part.points if part.counts else None for part in one.score.parts]
    persons = result.scheme.subject_kind is SubjectKind.PERSON
    return [
        place.rank, numbers.of("subject", one.subject.id), one.subject.grouping or None, one.subject.code,
        one.name, *([one.department_name] if persons else []), *points, one.score.total, place.grade or None,
        place.prize or None, _remark(one) or None,
    ]  # fmt: skip


def _remark(one: SubjectResult) -> str:
    missing = [part.part.name for part in one.score.parts if part.is_missing]
    told = [f"빠진 값을 0점으로 셈함: {', '.join(missing)}"] if missing else []
    without = [part.part.name for part in one.score.parts if part.weight == 0 and part.pieces]
    told += [f"해당 없음: {', '.join(without)}"] if without else []
    told += [f"동점으로 {prize} 결정 필요" for prize in one.place.undecided]
    return " · ".join(told)


def _counts(result: SchemeResult) -> str:
    missing = sum(one.score.is_missing for one in result.subjects)
    return f"평가대상 {len(result.subjects):,} · 빠진 값이 있는 대상 {missing:,} · 적용일 {result.scheme.valid_from}"


def _draw(sheet: Sheet, count: int) -> None:
    """The totals as bars, of very many the first of the table, however it is sorted later."""
    if not count:
        return
    drawn = min(count, _DRAWN)
    title = "총점" if drawn == count else f"총점(표의 처음 {drawn})"
    bars = Bars(
        title, sheet.letters["대상"], sheet.letters[TOTAL], sheet.first_row, sheet.first_row + drawn - 1
    )
    sheet.draw_below(bars)
