"""From an actual to points: the rule of an indicator is data, every step is a pure function."""

from models.scoring.achievement import achievement, check_actual, rounded, unbounded
from models.scoring.arithmetic import Arithmetic, explain
from models.scoring.check import check_rollup, check_rule
from models.scoring.points import points, share_out
from models.scoring.rollup import Rollup, roll_up
from models.scoring.rule import Kind, Rule, Stage, Step, planned_percent, step_for
from models.scoring.table import read_stages, read_steps, write_stages, write_steps

__all__ = [
    "Arithmetic",
    "Kind",
    "Rollup",
    "Rule",
    "Stage",
    "Step",
    "achievement",
    "check_actual",
    "check_rollup",
    "check_rule",
    "explain",
    "planned_percent",
    "points",
    "read_stages",
    "read_steps",
    "roll_up",
    "rounded",
    "share_out",
    "step_for",
    "unbounded",
    "write_stages",
    "write_steps",
]
