"""From reports to points: score sheets of a period or a year, frozen ones, and how far reporting has come."""

from models.scores.frozen import FrozenScore, freeze, thaw
from models.scores.line import DepartmentLine, PlanLine
from models.scores.progress import Progress, department_progress
from models.scores.reading import View, open_view
from models.scores.row import (
    CycleTotal,
    DepartmentScores,
    DepartmentTotal,
    Figures,
    ScoreRow,
    ScoreSheet,
    Standing,
)
from models.scores.sheet import department_scores, score_sheet
from models.scores.spread import Spread, Spreads
from models.scores.totals import cycle_total, ranked

__all__ = [
    "CycleTotal",
    "DepartmentLine",
    "DepartmentScores",
    "DepartmentTotal",
    "Figures",
    "FrozenScore",
    "PlanLine",
    "Progress",
    "ScoreRow",
    "ScoreSheet",
    "Spread",
    "Spreads",
    "Standing",
    "View",
    "cycle_total",
    "department_progress",
    "department_scores",
    "freeze",
    "open_view",
    "ranked",
    "score_sheet",
    "thaw",
]
