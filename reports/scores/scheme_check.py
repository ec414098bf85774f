"""The sheet 체계검산: every total, rank and grade once more, from 항목검산, and the sum of all differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.scheme.result import SchemeResult, SubjectResult
from models.scores import View
from models.store.columns import SCALE
from reports.excel import Book, Sheet
from reports.scores import scheme_parts_check as parts
from reports.scores import scheme_pieces as pieces
from reports.scores import scheme_results
from reports.scores.formulas import NUDGE
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import Numbers, column, difference, looked_up
from reports.scores.scheme_papers import OFF as SCORE_OFF
from reports.scores.scheme_ratings import MEAN_OFF, RatingSheets
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone, column_letters

NAME = "체계검산"
OFF = ("총점 차이", "순위 차이", "등급 차이")
_BEFORE = [
    Column("체계", 12, Look.CENTRED),
    Column(parts.SUBJECT, 6, Look.CENTRED, folded=True),
    Column("구분 키", 6, Look.CENTRED, folded=True),
    Column("구분", 14),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 24),
]
_AFTER = [
    Column("기록 총점", 10, Look.POINTS),
    Column("재계산 총점", 10, Look.POINTS),
    Column("총점 차이", 8, Look.NUMBER),
    Column("기록 순위", 7, Look.CENTRED),
    Column("재계산 순위", 7, Look.CENTRED),
    Column("순위 차이", 8, Look.NUMBER),
    Column("인원", 7, Look.COUNT),
    Column("동점 수", 7, Look.COUNT, folded=True),
    Column("등급 자리", 7, Look.CENTRED, folded=True),
    Column("기록 등급", 8, Look.CENTRED),
    Column("재계산 등급", 8, Look.CENTRED),
    Column("등급 차이", 8, Look.NUMBER),
]


def scheme_check(
    book: Book,
    view: View,
    results: Sequence[SchemeResult],
    numbers: Numbers,
    sheets: Mapping[str, Sheet],
    part_sheet: Sheet,
    piece_sheet: Sheet,
    ratings: RatingSheets | None,
) -> Sheet:
    """Writes the sheet. `sheets`: 평가결과 by scheme."""
    ties = max(sum(part.tie_order is not None for part in result.parts) for result in results)
    columns = [*_BEFORE, *(Column(f"동점 {at}", 9, Look.NUMBER) for at in range(1, ties + 1)), *_AFTER]
    letters = column_letters(columns)
    off = [f"SUM({letters[title]}:{letters[title]})" for title in OFF]
    off += [f"SUM({column(part_sheet, title)})" for title in parts.OFF]
    off.append(f"SUM({column(piece_sheet, pieces.OFF)})")
    if ratings is not None:
        off += [f"SUM({column(ratings.papers, SCORE_OFF)})", f"SUM({column(ratings.sums, MEAN_OFF)})"]
    lines: list[list[Cell]] = [
        ["차이의 합계(0이면 모두 일치)", None, None, None, None, Formula("+".join(off))],
        ["「평가원점수」「평가집계」「조각검산」「항목검산」의 차이까지 모두 더한 값입니다."],
    ]
    marks = [Highlight(title, Compare.IS_NOT, 0, Tone.BAD) for title in OFF]
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 평가체계 검산", lines, columns, marks))
    rows = sum(len(result.subjects) for result in results)
    for result in results:
        for one in result.subjects:
            sheet.add(_cells(result, one, numbers, sheets[result.scheme.code], part_sheet, sheet, ties, rows))
    return sheet


def _cells(
    result: SchemeResult,
    one: SubjectResult,
    numbers: Numbers,
    recorded: Sheet,
    part_sheet: Sheet,
    sheet: Sheet,
    ties: int,
    rows: int,
) -> list[Cell]:
    def here(title: str) -> str:
        return f"{sheet.letters[title]}{sheet.next_row}"

    own = f"{column(part_sheet, parts.SUBJECT)},{here(parts.SUBJECT)}"
    points = column(part_sheet, parts.POINTS)
    key = here(parts.SUBJECT)
    total, rank = (
        Formula(looked_up(recorded, title, scheme_results.NUMBER, key))
        for title in (scheme_results.TOTAL, scheme_results.RANK)
    )
    # Who has no grade has an empty cell there, and an empty cell that is looked up is 0.
    grade = Formula(f'{looked_up(recorded, scheme_results.GRADE, scheme_results.NUMBER, key)}&""')
    group = f"({column(sheet, '구분 키', rows)}={here('구분 키')})"
    compared = ["재계산 총점", *(f"동점 {at}" for at in range(1, ties + 1))]
    pairs = [(column(sheet, title, rows), here(title)) for title in compared]
    told = column(part_sheet, parts.TIE)
    return [
        result.scheme.code, numbers.of("subject", one.subject.id),
        numbers.of("group", result.scheme.code, one.subject.grouping), one.subject.grouping or None,
        one.subject.code, one.name,
        *(Formula(f"SUMIFS({points},{own},{told},{at})") for at in range(1, ties + 1)),
        total, Formula(f"MAX(0,ROUND(SUMIFS({points},{own}),{SCALE}))"),
        Formula(difference(here("기록 총점"), here("재계산 총점"))),
        rank, Formula(f"1+SUMPRODUCT({group}*({_above(pairs)}))"),
        Formula(difference(here("기록 순위"), here("재계산 순위"))),
        Formula(f"SUMPRODUCT({group}*1)"),
        Formula(f"SUMPRODUCT({'*'.join([group, *(f'({every}={mine})' for every, mine in pairs)])})"),
        Formula(here("재계산 순위") + ("" if result.scheme.ties_go_up else f"+{here('동점 수')}-1")),
        *_graded(result, grade, here("재계산 총점"), here("등급 자리"), here("인원")),
        Formula(f'IF({here("기록 등급")}&""={here("재계산 등급")}&"",0,1)') if result.grades else None,
    ]  # fmt: skip


def _above(pairs: Sequence[tuple[str, str]]) -> str:
    """1 for everybody whose total is higher, or whose total is the same and whose next figure is higher."""
    (every, mine), *rest = pairs
    if not rest:
        return f"({every}>{mine})"
    return f"({every}>{mine})+({every}={mine})*({_above(rest)})"


def _graded(result: SchemeResult, recorded: Formula, total: str, place: str, count: str) -> list[Cell]:
    if not result.grades:
        return [None, None]
    cumulated, conditions = Decimal(0), []
    for grade in result.grades:
        cumulated += grade.share or Decimal(0)
        asked = []
        if grade.share is not None:
            asked.append(f"{place}<=ROUND({cumulated:f}*{count}/100+{NUDGE},0)")
        if grade.least is not None:
            asked.append(f"{total}>={grade.least:f}")
        conditions.append((f"AND({','.join(asked or ['TRUE'])})", grade.name.replace('"', '""')))
    again = '""'
    for condition, name in reversed(conditions):
        again = f'IF({condition},"{name}",{again})'
    return [recorded, Formula(again)]
