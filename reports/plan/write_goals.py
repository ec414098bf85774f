"""What stands above the indicators into the database: perspectives, goals and projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import SQLModel

from models.organization import DepartmentKind
from models.plan import MainProject, PerformanceGoal, Perspective, StrategicGoal
from reports.plan.existing import Existing
from reports.plan.lines import IndicatorLine, Plan
from reports.plan.rows import Row
from reports.plan.writing import Writing

GoalIds = Mapping[tuple[str, str, str], int]
"""By cycle, department, name."""


@dataclass(frozen=True)
class Goals:
    """Ids of all that stands above the indicators of a plan."""

    bureaus: Mapping[str, str]
    """The department whose strategic goals a department serves."""
    perspectives: Mapping[tuple[str, str], int]
    strategic: GoalIds
    performance: GoalIds
    projects: GoalIds

    def above(self, line: IndicatorLine) -> dict[str, int | None]:
        """The columns of an indicator that refer to them."""
        bureau = self.bureaus[line.department]
        return {
            "perspective_id": self.perspectives.get((line.cycle, line.perspective)),
            "strategic_goal_id": self.strategic.get((line.cycle, bureau, line.strategic_goal)),
            "performance_goal_id": self.performance.get((line.cycle, line.department, line.performance_goal)),
            "main_project_id": self.projects.get((line.cycle, line.department, line.main_project)),
        }


def write_goals(
    writing: Writing, plan: Plan, cycles: Mapping[str, int], departments: Mapping[str, int]
) -> Goals:
    """Level by level. Where two indicators set one goal under different ones, the first in the file holds."""
    bureaus = _bureaus(writing.existing, plan)
    perspectives, _ = writing.bring(
        Perspective,
        writing.existing.perspectives,
        {
            (line.cycle, line.perspective): {"cycle_id": cycles[line.cycle], "name": line.perspective}
            for line in plan.indicators
            if line.perspective
        },
    )

    def level(
        model: type[SQLModel],
        stored: Mapping[tuple[str, str, str], Row],
        key: Callable[[IndicatorLine], tuple[str, str, str]],
        above: Callable[[IndicatorLine], dict[str, int | None]],
    ) -> GoalIds:
        wanted: dict[tuple[str, str, str], Row] = {}
        for line in plan.indicators:
            cycle, department, name = key(line)
            columns = {"cycle_id": cycles[cycle], "department_id": departments[department], "name": name}
            if name:
                wanted.setdefault((cycle, department, name), {**columns, **above(line)})
        ids, _ = writing.bring(model, stored, wanted)
        return ids

    strategic = level(
        StrategicGoal,
        writing.existing.strategic_goals,
        lambda line: (line.cycle, bureaus[line.department], line.strategic_goal),
        lambda line: {"perspective_id": perspectives.get((line.cycle, line.perspective))},
    )
    performance = level(
        PerformanceGoal,
        writing.existing.performance_goals,
        lambda line: (line.cycle, line.department, line.performance_goal),
        lambda line: {
            "strategic_goal_id": strategic.get((line.cycle, bureaus[line.department], line.strategic_goal))
        },
    )
    projects = level(
        MainProject,
        writing.existing.main_projects,
        lambda line: (line.cycle, line.department, line.main_project),
        lambda line: {
            "performance_goal_id": performance.get((line.cycle, line.department, line.performance_goal))
        },
    )
    return Goals(bureaus, perspectives, strategic, performance, projects)


def _bureaus(existing: Existing, plan: Plan) -> dict[str, str]:
    """For each department the nearest bureau at or above it; itself where there is none."""
    parents = existing.parents() | {line.code: line.parent for line in plan.departments}
    kinds = {code: row["kind"] for code, row in existing.departments.items()}
    kinds |= {line.code: line.kind for line in plan.departments}
    bureaus = {}
    for code in parents:
        above = code
        while above and kinds[above] is not DepartmentKind.BUREAU:
            above = parents[above]
        bureaus[code] = above or code
    return bureaus
