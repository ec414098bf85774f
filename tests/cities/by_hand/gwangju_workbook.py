"""Gwangju's result as a spreadsheet that a person can open: every figure is a formula over copies of the CSV files.

It fits what Gwangju has: one period, groups that leave out none or one paper at either end, one owner's item, one
prize. Nothing is worked out here; a spreadsheet program does that.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.cities.by_hand.book import Book
from tests.cities.by_hand.files import Row, Year
from tests.cities.by_hand.kinds import steps
from tests.cities.by_hand.sheets_of_formulas import INDICATORS, MEANS, RESULT, papers_of

COPIES = {
    "기간": "기간", "평가체계": "평가체계", "배점": "배점", "등급": "등급", "포상": "포상", "평가대상": "평가대상",
    "조직": "조직", "지표": "지표", "목표": "목표", "평가항목": "평가항목", "실적": "actuals/실적",
    "평가지": "actuals/평가", "소관": "actuals/소관", "가감점": "actuals/가감점",
}  # fmt: skip
"""Title of a sheet, and the file it is a copy of."""
HELP = (
    "광주광역시 2019년 공공기관 성과평가를 표 계산만으로 다시 셈한 것입니다. 보고봇이 만든 숫자는 하나도 없습니다.",
    "결과: 기관마다 항목 점수, 총점, 순위, 등급, 포상. 지표점수, 평가지점수, 평가단평균이 그 근거입니다.",
    "나머지 시트는 examples/gwangju-2019의 파일을 옮긴 것입니다. 단계표와 척도는 한 줄에 하나씩 나누어 적었습니다.",
    "셈하는 법은 docs/schemes.md와 GLOSSARY.md에 있습니다. python -m tests.cities.by_hand 로 다시 만듭니다.",
)


def gwangju_workbook(year: Year) -> Book:
    """The workbook, not yet calculated."""
    book = Book()
    sheet = book.workbook.worksheets[0]
    sheet.title = "안내"
    for line in HELP:
        sheet.append([line])
    for title, name in COPIES.items():
        book.copy(title, year.rows(name))
    book.copy("단계표", _steps(year))
    book.copy("척도", _scales(year))
    book.copy("단", _groups(year))
    book.reckon("지표점수", INDICATORS, len(year.rows("지표")))
    book.reckon("평가지점수", papers_of(year), len(year.rows("actuals/평가")))
    book.reckon("평가단평균", MEANS, len(year.rows("평가대상")) * len(_groups(year)))
    book.reckon("결과", RESULT, len(year.rows("평가대상")))
    for title in ("평가단평균", "평가지점수", "지표점수", "결과"):
        book.workbook.move_sheet(title, 1 - book.workbook.sheetnames.index(title))
    book.workbook.active = 1
    return book


def write(book: Book, path: Path) -> None:
    """Whoever opens it has it calculated."""
    book.workbook.calculation.fullCalcOnLoad = True
    book.workbook.save(path)


def is_kept(book: Book, path: Path) -> bool:
    """Whether the file has the same cells; its bytes also say when it was written."""
    return path.exists() and cells_of(load_workbook(path)) == cells_of(book.workbook)


def cells_of(workbook: Workbook) -> dict[str, list[list[str]]]:
    """Sheet by sheet and row by row, as text."""
    return {
        sheet.title: [[_text(cell) for cell in row] for row in sheet.values] for sheet in workbook.worksheets
    }


def _text(cell: object) -> str:
    """A file tells neither 61 from 61.0 nor a day from its midnight."""
    if isinstance(cell, int | float):
        return str(float(cell))
    return "" if cell is None else str(cell).removesuffix(" 00:00:00")


def _steps(year: Year) -> list[Row]:
    """단계표 with a row a step."""
    return [
        {"지표코드": row["코드"], "기준": bound, "달성률": str(per_cent)}
        for row in year.rows("지표")
        for bound, per_cent in steps(row["단계표"])
    ]


def _scales(year: Year) -> list[Row]:
    """척도 with a row a label, or the least and the most of a range."""
    found = []
    for row in year.rows("평가항목"):
        if "~" in row["척도"]:
            least, _, most = row["척도"].partition("~")
            found.append({"항목": row["코드"], "답": "", "달성률": "", "최소": least, "최대": most})
            continue
        for label, per_cent in steps(row["척도"]):
            found.append({"항목": row["코드"], "답": label, "달성률": str(per_cent), "최소": "", "최대": ""})
    return found


def _groups(year: Year) -> list[Row]:
    """평가단 with a row a group, not a rater."""
    groups = {row["코드"]: row for row in year.rows("평가단")}
    return [
        {
            key: row[key] or blank
            for key, blank in (("코드", ""), ("몫", ""), ("절사", "0"), ("최소평가수", "1"))
        }
        for row in groups.values()
    ]
