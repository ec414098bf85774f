"""Reports of actuals: their life from draft to decision."""

from models.submission.decide import Return, approve, confirm, may_decide, must_be_as_seen, return_
from models.submission.file import SubmissionFile, decisions_on, must_be_open, open_file, versions_of
from models.submission.report import Entry, find, missing_parts, save, submit, withdraw
from models.submission.table import (
    Decision,
    DecisionKind,
    ReasonCode,
    State,
    Submission,
    SubmissionVersion,
)

__all__ = [
    "Decision",
    "DecisionKind",
    "Entry",
    "ReasonCode",
    "Return",
    "State",
    "Submission",
    "SubmissionFile",
    "SubmissionVersion",
    "approve",
    "confirm",
    "decisions_on",
    "find",
    "may_decide",
    "missing_parts",
    "must_be_as_seen",
    "must_be_open",
    "open_file",
    "return_",
    "save",
    "submit",
    "versions_of",
    "withdraw",
]
