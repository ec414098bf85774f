"""A plan as a folder of CSV files: UTF-8, with or without a mark, or CP949 as Excel saves them."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

from models.words import say
from reports.plan.columns import GUIDE
from reports.plan.lines import Grid, RawPlan
from reports.plan.problems import PlanRejected, Problem

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 104


def read_folder(folder: Path) -> RawPlan:
    """The CSV files of a folder by name; other files are passed over. Raises PlanRejected."""
    sheets: dict[str, Grid] = {}
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()):
        # macOS takes Korean file names apart.
        name = unicodedata.normalize("NFC", file.stem).strip()
        if file.suffix.lower() != ".csv" or name == GUIDE:
            continue
        try:
            sheets[name] = _read_file(file, name)
        except PlanRejected as rejected:
            problems += rejected.problems
    if problems:
        raise PlanRejected(problems)
    return RawPlan(sheets)


def check_size(sheet: str, grid: Grid) -> Grid:
    """The same grid, unless it is larger than any plan."""
    if len(grid) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for cells in grid):
        phrase = say(
            "{rows}행, {columns}열까지 읽을 수 있습니다. 빈 줄과 열을 지우거나 나누어 주세요.",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )
        raise PlanRejected([Problem(sheet, "", phrase)])
    return grid


def _read_file(file: Path, name: str) -> Grid:
    if file.stat().st_size > MOST_BYTES:
        phrase = say("파일이 너무 큽니다. {most}MB까지 읽을 수 있습니다.", most=MOST_BYTES // 1024**2)
        raise PlanRejected([Problem(name, "", phrase)])
    reader = csv.reader(io.StringIO(_decoded(file.read_bytes(), name), newline=""), strict=True)
    try:
        return check_size(name, [list(cells) for cells in reader])
    except csv.Error:
        phrase = say("{line}번째 줄을 읽지 못했습니다. 따옴표를 확인해 주세요.", line=reader.line_num)
        raise PlanRejected([Problem(name, "", phrase)]) from None


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    phrase = say("글자를 읽지 못했습니다. ‘CSV UTF-8’ 형식으로 다시 저장해 주세요.")
    raise PlanRejected([Problem(name, "", phrase)])
