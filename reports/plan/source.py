"""A plan from where it lies: a workbook or a folder."""

from __future__ import annotations

from pathlib import Path

from models.words import say
from reports.plan.folder import read_folder
from reports.plan.lines import RawPlan
from reports.plan.problems import PlanRejected, Problem
from reports.plan.workbook import read_workbook


def read_plan(source: Path) -> RawPlan:
    """What an .xlsx file or a folder of CSV files holds, unchecked.

    Raises PlanRejected where it cannot be read at all.
    """
    if not source.exists():
        phrase = say("파일이나 폴더를 찾을 수 없습니다. 경로를 확인해 주세요.")
        raise PlanRejected([Problem(source.name, "", phrase)])
    return read_folder(source) if source.is_dir() else read_workbook(source)
