"""The results of a survey as a workbook or a CSV file: a template to be filled in, and every cell read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.rating.answering import kept_as
from models.rating.scale import Scale, read_scale
from models.rating.survey import Answered, Key
from models.words import Phrase, Refusal, say
from reports.plan.cells import plain_text
from reports.plan.folder import read_folder
from reports.plan.lines import Cell
from reports.plan.problems import PlanRejected, Problem, letters
from reports.plan.workbook import read_sheets

SHEET, SUBJECTS = "설문", "대상"
_SUBJECT, _RESPONDENT = "대상", "응답번호"
_FONT = "맑은 고딕"
_TO_FILL = PatternFill("solid", fgColor="FFF2CC")
_LAST_ROW = 50_000
_LONGEST_NUMBER = 40
_MOST_OFFERED = 250
"""Characters of a list in a cell's validation, which Excel limits to 255."""


Grid = Sequence[Sequence[Cell | Phrase]]
"""Rows of cells; one that would be taken for another value than it shows holds what is wrong with it."""


@dataclass(frozen=True)
class Asked:
    """A criterion of the survey."""

    code: str
    name: str
    scale_text: str
    """As written in the plan."""

    @property
    def scale(self) -> Scale:
        return read_scale(self.scale_text)


@dataclass(frozen=True)
class Survey:
    """What a survey asks about: the ids and names of its subjects by their codes, and its criteria."""

    title: str
    subjects: Mapping[str, tuple[int, str]]
    criteria: Sequence[Asked]

    @property
    def titles(self) -> list[str]:
        """The headings: those of 설문.csv without what the round says itself."""
        return [_SUBJECT, _RESPONDENT, *(one.code for one in self.criteria)]


def write_template(target: Path, survey: Survey) -> None:
    """Writes the empty workbook, with the subjects and their codes on a sheet of its own."""
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = SHEET
    page.append(survey.titles)
    page.freeze_panes = "C2"
    for index, title in enumerate(survey.titles):
        heading, column = page.cell(row=1, column=index + 1), page.column_dimensions[letters(index)]
        heading.font, heading.fill = Font(name=_FONT, bold=True), _TO_FILL
        heading.alignment = Alignment(horizontal="center", vertical="center")
        heading.data_type = "s"
        column.width, column.font = max(12, 2 * len(title) + 4), Font(name=_FONT)
        # A code or a number of digits stays as it was written.
        column.number_format = "@"
    _explain(page, survey)
    names = workbook.create_sheet(SUBJECTS)
    for row in [("코드", "이름"), *((code, name) for code, (_, name) in survey.subjects.items())]:
        names.append(list(row))
    for cells in names.iter_rows():
        for cell in cells:
            cell.font, cell.data_type, cell.number_format = Font(name=_FONT, bold=cell.row == 1), "s", "@"
    names.column_dimensions["A"].width, names.column_dimensions["B"].width = 16, 40
    workbook.save(target)


def read_grid(source: Path) -> Grid:
    """The cells of the sheet 설문 of an .xlsx file, or of a CSV file in a folder of its own. Raises PlanRejected."""
    sheets: Mapping[str, Grid] = (
        read_folder(source).sheets if source.is_dir() else read_sheets(source, (SHEET,))
    )
    if SHEET not in sheets:
        phrase = say("‘{sheet}’ 시트가 없습니다. 받은 서식에 적어 올려 주세요.", sheet=SHEET)
        raise PlanRejected([Problem(SHEET, "", phrase)])
    return sheets[SHEET]


def check_grid(grid: Grid, survey: Survey, known: Mapping[Key, Mapping[str, str]]) -> list[Answered]:
    """Every answer, with those that are `known` already and the same. Raises PlanRejected with all that is wrong."""
    places = _places(grid, survey)
    problems: list[Problem] = []
    given: dict[Key, tuple[int, Answered]] = {}
    for number, cells in enumerate(grid[1:], start=2):
        row = {title: cells[at] if at < len(cells) else "" for title, at in places.items()}
        if all(isinstance(cell, str) and not cell.strip() for cell in row.values()):
            continue
        answered, wrong = _row(row, survey)
        if answered is not None and answered.key in given:
            wrong[_RESPONDENT] = say(
                "{row}행에 같은 응답이 있습니다. 한 행만 남겨 주세요.", row=given[answered.key][0]
            )
        elif answered is not None:
            given[answered.key] = number, answered
            wrong |= _different(answered, known)
        problems += [
            Problem(SHEET, f"{letters(places[title])}{number}", said) for title, said in wrong.items()
        ]
    if not given and not problems:
        problems = [Problem(SHEET, "A2", say("응답이 없습니다. 한 행에 한 응답을 적어 주세요."))]
    if problems:
        raise PlanRejected(problems)
    return [answered for _, answered in given.values()]


def _row(row: Mapping[str, Cell | Phrase], survey: Survey) -> tuple[Answered | None, dict[str, Phrase]]:
    """The answer of a row, None where there is none to speak of, and what is wrong by heading."""
    wrong: dict[str, Phrase] = {}
    texts: dict[str, str] = {}
    for title, cell in row.items():
        if isinstance(cell, Phrase):
            wrong[title] = cell
            continue
        try:
            texts[title] = " ".join(plain_text(cell).split())
            if not texts[title]:
                raise Refusal("‘{column}’ 칸이 비어 있습니다. 적어 주세요.", column=title)
        except Refusal as refusal:
            wrong[title] = refusal.phrase
    subject, respondent = texts.get(_SUBJECT, ""), texts.get(_RESPONDENT, "")
    if subject and subject not in survey.subjects:
        wrong[_SUBJECT] = say("‘{code}’: 이 평가의 대상이 아닙니다. 코드를 확인해 주세요.", code=subject)
    if len(respondent) > _LONGEST_NUMBER:
        wrong[_RESPONDENT] = say("응답번호는 {most}자까지 적을 수 있습니다.", most=_LONGEST_NUMBER)
    answers: dict[str, str] = {}
    for one in survey.criteria:
        try:
            answers[one.code] = kept_as(one.scale_text, texts[one.code]) if texts.get(one.code) else ""
        except Refusal as refusal:
            wrong[one.code] = refusal.phrase
    if wrong:
        return None, wrong
    return Answered(survey.subjects[subject][0], respondent, answers), wrong


def _different(answered: Answered, known: Mapping[Key, Mapping[str, str]]) -> dict[str, Phrase]:
    """What a respondent said otherwise before, by heading."""
    before = known.get(answered.key)
    if before is None:
        return {}
    return {
        code: say(
            "같은 응답번호의 답이 앞서 등록되었고 서로 다릅니다(앞서: {before}). 응답번호를 확인해 주세요.",
            before=before.get(code, "-"),
        )
        for code, answer in answered.answers.items()
        if before.get(code) != answer
    }


def _places(grid: Grid, survey: Survey) -> dict[str, int]:
    """The columns by their headings. PlanRejected where one is missing or there twice."""
    titles = [" ".join(str(cell).split()) for cell in grid[0]] if grid else []
    problems = [
        Problem(SHEET, "A1", say("‘{title}’ 열이 하나 있어야 합니다. 서식의 머리글을 그대로 두세요.", title=title))
        for title in survey.titles
        if titles.count(title) != 1
    ]  # fmt: skip
    if problems:
        raise PlanRejected(problems)
    return {title: titles.index(title) for title in survey.titles}


def _explain(page: Worksheet, survey: Survey) -> None:
    """What may be answered: as a note on the heading, and as a list where it is short enough."""
    notes = [
        "대상의 코드. ‘대상’ 시트에 있습니다.",
        "응답자마다 다른 번호. 다시 올려도 같은 번호는 한 번만 셉니다.",
    ]
    for one in survey.criteria:
        scale = one.scale
        range_ = f"{scale.least}에서 {scale.most} 사이의 정수"
        notes.append(f"{one.name}: {range_ if scale.is_number else ', '.join(scale.labels())}")
    for index, note in enumerate(notes):
        page.cell(row=1, column=index + 1).comment = Comment(note, "보고봇", height=110, width=280)
    for index, one in enumerate(survey.criteria, start=2):
        offered = ",".join(one.scale.labels())
        if offered and len(offered) <= _MOST_OFFERED and '"' not in offered:
            listed = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
            listed.add(f"{letters(index)}2:{letters(index)}{_LAST_ROW}")
            page.add_data_validation(listed)
