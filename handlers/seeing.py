"""What of a report its reader sees: a draft is its officers' alone until it is handed in."""

from __future__ import annotations

from dataclasses import replace

from handlers.dialogue.talk import Talk
from models.rights import may_report
from models.submission import SubmissionFile, versions_of


def as_seen(talk: Talk, opened: SubmissionFile) -> SubmissionFile | None:
    """The report at the latest version this person may see; None where nothing was handed in yet.

    Whether they may see the indicator at all is asked before.
    """
    if opened.version.submitted_at is not None or _is_theirs(talk, opened):
        return opened
    handed_in = [one for one in versions_of(talk.session, opened.id) if one.submitted_at is not None]
    return replace(opened, version=handed_in[-1]) if handed_in else None


def _is_theirs(talk: Talk, opened: SubmissionFile) -> bool:
    return may_report(talk.standing, opened.indicator, opened.department.path) is not None
