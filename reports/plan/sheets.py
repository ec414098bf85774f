"""A raw plan into typed lines: every heading and every cell is looked at, each by itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from models.words import Refusal, say
from reports.plan.cells import is_blank, read_cell
from reports.plan.column import Column, Reads, Sheet
from reports.plan.columns import (
    DEPARTMENTS,
    INDICATORS,
    PAST_ACTUAL,
    PEOPLE,
    PERIODS,
    SHEETS,
    SPECIAL_DAYS,
    TARGETS,
)
from reports.plan.columns_of_consultation import PROGRAMMES, SLOTS
from reports.plan.columns_of_ratings import CRITERIA, RATERS, RATINGS
from reports.plan.columns_of_reminders import REMINDERS
from reports.plan.columns_of_schemes import GRADES, PARTS, PRIZES, SCHEMES, SUBJECTS
from reports.plan.line import Line
from reports.plan.lines import (
    Cell,
    DepartmentLine,
    Grid,
    IndicatorLine,
    PeriodLine,
    PersonLine,
    Plan,
    ProgrammeLine,
    RawPlan,
    ReminderLine,
    SlotLine,
    SpecialDayLine,
    TargetLine,
)
from reports.plan.lines_of_schemes import (
    CriterionLine,
    GradeLine,
    PartLine,
    PrizeLine,
    RaterLine,
    RatingLine,
    SchemeLine,
    SubjectLine,
)
from reports.plan.problems import Findings

AnyLine = TypeVar("AnyLine", bound=Line)


def read_lines(raw: RawPlan, findings: Findings) -> Plan:
    """All lines of a plan, those with unreadable cells too; what could not be read is in the findings."""
    for name in raw.sheets.keys() - {sheet.name for sheet in SHEETS}:
        known = ", ".join(sheet.name for sheet in SHEETS)
        findings.at_cell(name, 1, 0, say("모르는 시트입니다. 쓸 수 있는 시트는 {known}입니다.", known=known))
    return Plan(
        departments=_read_sheet(DEPARTMENTS, DepartmentLine, raw, findings),
        people=_read_sheet(PEOPLE, PersonLine, raw, findings),
        periods=_read_sheet(PERIODS, PeriodLine, raw, findings),
        indicators=_read_sheet(INDICATORS, IndicatorLine, raw, findings),
        targets=_read_sheet(TARGETS, TargetLine, raw, findings),
        programmes=_read_sheet(PROGRAMMES, ProgrammeLine, raw, findings),
        slots=_read_sheet(SLOTS, SlotLine, raw, findings),
        schemes=_read_sheet(SCHEMES, SchemeLine, raw, findings),
        parts=_read_sheet(PARTS, PartLine, raw, findings),
        grades=_read_sheet(GRADES, GradeLine, raw, findings),
        prizes=_read_sheet(PRIZES, PrizeLine, raw, findings),
        subjects=_read_sheet(SUBJECTS, SubjectLine, raw, findings),
        ratings=_read_sheet(RATINGS, RatingLine, raw, findings),
        criteria=_read_sheet(CRITERIA, CriterionLine, raw, findings),
        raters=_read_sheet(RATERS, RaterLine, raw, findings),
        reminders=_read_sheet(REMINDERS, ReminderLine, raw, findings),
        special_days=_read_sheet(SPECIAL_DAYS, SpecialDayLine, raw, findings),
    )


def _read_sheet(sheet: Sheet, line: type[AnyLine], raw: RawPlan, findings: Findings) -> list[AnyLine]:
    grid = raw.sheets.get(sheet.name)
    if grid is None:
        findings.place(sheet, {})
        if sheet.required:
            phrase = say("‘{sheet}’ 시트가 없습니다. 서식에서 옮겨 와 주세요.", sheet=sheet.name)
            findings.at_cell(sheet.name, 1, 0, phrase)
        return []
    columns = _read_headings(sheet, grid, findings)
    absent = {column.field: column for column in sheet.columns if column not in columns.values()}
    blanks = {field: column.blank for field, column in absent.items()}
    unread = frozenset(field for field, column in absent.items() if column.required)
    return [
        _read_line(sheet, line, (number, cells), columns, (blanks, unread), findings)
        for number, cells in enumerate(grid[1:], start=2)
        if not all(map(is_blank, cells))
    ]


def _read_headings(sheet: Sheet, grid: Grid, findings: Findings) -> dict[int, Column]:
    """The column of each index; a year's past actuals have a column made for them."""
    known = {column.name: column for column in sheet.columns}
    columns: dict[int, Column] = {}
    for index, cell in enumerate(grid[0] if grid else []):
        heading = "".join(str(cell).split())
        year = PAST_ACTUAL.fullmatch(heading) if sheet.past_actuals else None
        column = Column(heading, heading, "", Reads.NUMBER, blank=None) if year else known.get(heading)
        if column in columns.values():
            findings.at_cell(sheet.name, 1, index, say("같은 열이 또 있습니다. 하나만 남겨 주세요."))
        elif column:
            columns[index] = column
        elif heading:
            phrase = say("모르는 열입니다: {heading}. 서식의 머리글로 고쳐 주세요.", heading=heading[:40])
            findings.at_cell(sheet.name, 1, index, phrase)
        else:
            _refuse_cells_without_heading(sheet, grid, index, findings)
    for column in sheet.columns:
        if column.required and column not in columns.values():
            phrase = say("‘{column}’ 열이 없습니다. 머리글에 더해 주세요.", column=column.name)
            findings.at_cell(sheet.name, 1, 0, phrase)
    findings.place(sheet, {column.field: index for index, column in columns.items()})
    return columns


def _refuse_cells_without_heading(sheet: Sheet, grid: Grid, index: int, findings: Findings) -> None:
    for number, cells in enumerate(grid[1:], start=2):
        if index < len(cells) and not is_blank(cells[index]):
            phrase = say("이 열에는 머리글이 없습니다. 머리글을 적거나 열을 비워 주세요.")
            findings.at_cell(sheet.name, number, index, phrase)
            return


def _read_line(
    sheet: Sheet,
    line: type[AnyLine],
    row: tuple[int, list[Cell]],
    columns: Mapping[int, Column],
    absent: tuple[Mapping[str, Any], frozenset[str]],
    findings: Findings,
) -> AnyLine:
    """One line; fields without a column are as if left empty."""
    number, cells = row
    blanks, unread = absent
    values = dict(blanks)
    past_actuals: dict[int, Decimal] = {}
    for index, column in columns.items():
        try:
            value = read_cell(column, cells[index] if index < len(cells) else "")
        except Refusal as refusal:
            findings.at_cell(sheet.name, number, index, refusal.phrase)
            unread, value = unread | {column.field}, column.blank
        if year := PAST_ACTUAL.fullmatch(column.field):
            if value is not None:
                past_actuals[int(year[1])] = value
        else:
            values[column.field] = value
    if sheet.past_actuals:
        values["past_actuals"] = past_actuals
    return line(number=number, unread=unread, **values)
