"""The plan workbook: read from a file, checked cell by cell, applied to the database, and its empty form."""

from pathlib import Path

from reports.plan.apply import apply_plan, import_plan
from reports.plan.changes import Changes, TableChanges
from reports.plan.check import check_plan
from reports.plan.lines import Plan, RawPlan
from reports.plan.problems import PlanRejected, Problem
from reports.plan.source import read_plan

__all__ = [
    "Changes",
    "Plan",
    "PlanRejected",
    "Problem",
    "RawPlan",
    "TableChanges",
    "apply_plan",
    "check_plan",
    "import_plan",
    "read_plan",
    "write_template",
]


def write_template(target: Path) -> None:
    """Writes the empty plan workbook; filled in, it can be imported."""
    # Importing openpyxl takes longer than reading a plan, which does without.
    from reports.plan import template

    template.write(target)
