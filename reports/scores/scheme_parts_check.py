"""The sheet 항목검산: weight, per cent and points of every part of every subject once more, from 조각검산."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.rules import PartScore
from models.scheme.table import BASE, Combine, Part, Source
from models.scores import View
from models.scoring.achievement import rounded
from models.store.columns import SCALE
from reports.excel import Book, Sheet
from reports.scores import scheme_pieces as pieces
from reports.scores import scheme_plan, scheme_results
from reports.scores.formulas import NUDGE, points_formula
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import (
    COMBINES,
    EXACT,
    SOURCES,
    Numbers,
    column,
    difference,
    looked_up,
    part_titles,
)
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

NAME = "항목검산"
SUBJECT, TIE, POINTS = "대상 키", "동점 순서", "재계산 점수"
OFF = ("배점 차이", "비율 차이", "점수 차이")
_TAKEN_OFF = (Source.DEDUCTION, Source.CONSULTATION)
_COLUMNS = [
    Column("체계", 12, Look.CENTRED),
    Column("키", 6, Look.CENTRED, folded=True),
    Column(SUBJECT, 6, Look.CENTRED, folded=True),
    Column("배점표 키", 6, Look.CENTRED, folded=True),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column("항목", 22),
    Column("원천", 11, Look.CENTRED),
    Column("결합", 7, Look.CENTRED),
    Column("순서", 6, Look.CENTRED, folded=True),
    Column(TIE, 6, Look.CENTRED, folded=True),
    Column("배점", 9, Look.NUMBER),
    Column("기본", 6, Look.CENTRED, folded=True),
    Column("해당", 6, Look.CENTRED),
    Column("배점 자리", 6, Look.CENTRED, folded=True),
    Column("나눈 배점", 11, Look.NUMBER, folded=True),
    Column("내림", 9, Look.NUMBER, folded=True),
    Column("나머지", 11, Look.NUMBER, folded=True),
    Column("기록 배점", 9, Look.NUMBER),
    Column("재계산 배점", 9, Look.NUMBER),
    Column("배점 차이", 8, Look.NUMBER),
    Column("기록 비율", 10, Look.NUMBER),
    Column("재계산 비율", 10, Look.NUMBER),
    Column("비율 차이", 8, Look.NUMBER),
    Column("기록 점수", 9, Look.NUMBER),
    Column(POINTS, 9, Look.NUMBER),
    Column("점수 차이", 8, Look.NUMBER),
]


def part_sheet(
    book: Book,
    view: View,
    results: Sequence[SchemeResult],
    numbers: Numbers,
    sheets: Mapping[str, Sheet],
    plan: Sheet,
    piece_sheet: Sheet,
) -> Sheet:
    """Writes the sheet. `sheets`: 평가결과 by scheme; `plan`: 배점표; `piece_sheet`: 조각검산."""
    told = "해당하지 않는 항목의 배점은 다른 항목에 비례해 나눕니다(소수 둘째 자리, 나머지가 큰 것부터)."
    marks = [Highlight(title, Compare.IS_NOT, 0, Tone.BAD) for title in OFF]
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 평가체계 항목 검산", [[told]], _COLUMNS, marks))
    rows = sum(len(result.parts) * len(result.subjects) for result in results)
    for result in results:
        for one in result.subjects:
            for at, part in enumerate(result.parts):
                checked = _Checked(view, result, one, part, one.score.parts[at], at, sheet, rows)
                sheet.add(checked.cells(numbers, sheets[result.scheme.code], plan, piece_sheet))
    return sheet


class _Checked:
    """One row of the sheet, about to be written."""

    def __init__(
        self,
        view: View,
        result: SchemeResult,
        one: SubjectResult,
        part: Part,
        score: PartScore,
        position: int,
        sheet: Sheet,
        rows: int,
    ) -> None:
        self.view, self.result, self.one, self.part, self.score = view, result, one, part, score
        self.position, self.sheet, self.rows = position, sheet, rows
        self.is_base = part.source in BASE

    def cells(self, numbers: Numbers, recorded: Sheet, plan: Sheet, piece_sheet: Sheet) -> list[Cell]:
        part, score, here = self.part, self.score, self._here
        applies = int(score.percent is not None) if self.is_base else None
        points = Formula(looked_up(plan, scheme_plan.POINTS, scheme_plan.NUMBER, here("배점표 키")))
        key = numbers.of("reckoned", self.one.subject.id, part.code)
        title = part_titles(self.result.parts)[part.code]
        shown = score.counts
        was = looked_up(recorded, title, scheme_results.NUMBER, here(SUBJECT))
        return [
            self.result.scheme.code, key, numbers.of("subject", self.one.subject.id), numbers.of("part", part.id),
            self.one.subject.code, self.one.name, part.name, SOURCES[part.source], COMBINES[part.combine],
            self.position, _tie(self.result, part), points if part.points is not None else None,
            int(self.is_base), applies,
            *self._weight(), *self._percent(piece_sheet),
            Formula(was) if shown else None,
            Formula(self._points(piece_sheet)) if shown else None,
            Formula(difference(here("기록 점수"), here(POINTS))) if shown else None,
        ]  # fmt: skip

    def _here(self, title: str) -> str:
        return f"{self.sheet.letters[title]}{self.sheet.next_row}"

    def _all(self, title: str) -> str:
        return column(self.sheet, title, self.rows)

    def _weight(self) -> list[Cell]:
        """Its points, or its share once those of parts that do not apply are shared out (largest remainder)."""
        if not self.is_base:
            return [None] * 7
        here, every, own = self._here, self._all, f"{self._all(SUBJECT)},{self._here(SUBJECT)}"
        off = Formula(difference(here("기록 배점"), here("재계산 배점")))
        base = [one for one in self.one.score.parts if one.part.source in BASE]
        if all(one.percent is not None for one in base):
            return [None, None, None, None, self.score.weight, Formula(here("배점")), off]
        digits = max([2, *(_decimals(one.part.points or Decimal(0)) for one in base)])
        whole, rest = (
            f"SUMIFS({every('배점')},{own},{every('기본')},1{more})" for more in ("", f",{every('해당')},1")
        )
        exact = f"IF(AND({here('해당')}=1,{rest}>0),{here('배점')}*{whole}/MAX({rest},{NUDGE}),0)"
        cut = f"ROUNDDOWN({here('나눈 배점')}+{NUDGE},{here('배점 자리')})"
        left = f"ROUND(({whole}-SUMIFS({every('내림')},{own},{every('기본')},1))*10^{here('배점 자리')},0)"
        before = (
            f"SUMPRODUCT(({every(SUBJECT)}={here(SUBJECT)})*({every('기본')}=1)*"
            f"(({every('나머지')}>{here('나머지')})+({every('나머지')}={here('나머지')})*({every('순서')}<{here('순서')})))"
        )
        again = f"{here('내림')}+IF(AND({rest}>0,{before}<{left}),10^-{here('배점 자리')},0)"
        return [
            digits, Formula(exact), Formula(cut), Formula(f"ROUND({here('나눈 배점')}-{here('내림')},9)"),
            self.score.weight, Formula(again), off,
        ]  # fmt: skip

    def _percent(self, piece_sheet: Sheet) -> list[Cell]:
        """The pieces combined, recorded and once more."""
        if not self.is_base or self.score.percent is None:
            return [None, None, None]
        off = Formula(difference(self._here("기록 비율"), self._here("재계산 비율")))
        return [rounded(self.score.percent, EXACT), Formula(self._combined(piece_sheet)), off]

    def _combined(self, sheet: Sheet) -> str:
        keys, percents = column(sheet, pieces.PART), column(sheet, pieces.AGAIN)
        asked = f"{keys},{self._here('키')},{column(sheet, pieces.APPLIES)},1"
        one_piece = self.view.period is not None or self.part.combine in (Combine.YEAR, Combine.SUM)
        if one_piece:
            return f"SUMIFS({percents},{asked})"
        match self.part.combine:
            case Combine.MEAN:
                return f"SUMIFS({percents},{asked})/COUNTIFS({asked})"
            case Combine.LAST:
                orders = column(sheet, pieces.ORDER)
                applying = f"({keys}={self._here('키')})*({column(sheet, pieces.APPLIES)}=1)"
                return f"SUMIFS({percents},{asked},{orders},SUMPRODUCT(MAX({applying}*{orders})))"
            case _:
                shares, shared = (column(sheet, one) for one in (pieces.SHARE_OF_PERIOD, pieces.SHARED_AGAIN))
                return f"SUMIFS({shared},{asked})/SUMIFS({shares},{asked})"

    def _points(self, sheet: Sheet) -> str:
        if self.is_base:
            if self.score.percent is None:
                return "0"
            digits = self.result.scheme.digits
            return points_formula(self._here("재계산 배점"), self._here("재계산 비율"), digits)
        given = f"SUMIFS({column(sheet, pieces.AGAIN)},{column(sheet, pieces.PART)},{self._here('키')})"
        counted = given if self.part.points is None else f"MIN({given},{self._here('배점')})"
        sign = "-" if self.part.source in _TAKEN_OFF else ""
        # As it was given, which is with four decimals at most: only the noise of floats is rounded off.
        return f"{sign}ROUND({counted},{SCALE})"


def _tie(result: SchemeResult, part: Part) -> int | None:
    """Which of the parts that tell equals apart it is, from 1 on."""
    asked = sorted(
        (one for one in result.parts if one.tie_order is not None), key=lambda one: one.tie_order or 0
    )
    codes = [one.code for one in asked]
    return codes.index(part.code) + 1 if part.code in codes else None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
