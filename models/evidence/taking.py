"""Taking a file away: who may have which, asked each time, and noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from models.appeal.table import Appeal, AppealEvidence
from models.audit import record
from models.consultation.papers import may_read, may_write
from models.consultation.review import Paper, PaperFile, PaperState
from models.doer import Doer
from models.evidence.table import EvidenceFile, Parcel
from models.organization import Department
from models.plan import Indicator
from models.rights import may_report, may_see
from models.submission.table import Submission, SubmissionVersion

Taken = AppealEvidence | EvidenceFile | PaperFile | Parcel


def take_file(session: Session, now: datetime, doer: Doer, reference: str, address: str = "") -> Taken | None:
    """The file of that reference, if the doer may have it now; the taking is audited.

    `address` is where they ask from, where that is known.
    """
    kind, _, key = reference.partition(":")
    find = _KINDS.get(kind)
    file = None if find is None else find(session, doer, key)
    if file is not None:
        record(session, now, doer.actor(), "file.take", reference, sha256=file.sha256, address=address)
    return file


def _parcel(session: Session, doer: Doer, key: str) -> Parcel | None:
    parcel = session.get(Parcel, key)
    return parcel if parcel is not None and parcel.owner_id == doer.person_id else None


def _evidence(session: Session, doer: Doer, key: str) -> EvidenceFile | None:
    file = session.get(EvidenceFile, int(key)) if key.isdecimal() else None
    if file is None:
        return None
    version = session.get_one(SubmissionVersion, file.version_id)
    submission = session.get_one(Submission, version.submission_id)
    indicator = session.get_one(Indicator, submission.indicator_id)
    department = session.get_one(Department, indicator.department_id)
    # A draft is its officers' alone until it is handed in.
    may = may_report if version.submitted_at is None else may_see
    return file if may(doer.standing, indicator, department.path) else None


def _paper(session: Session, doer: Doer, key: str) -> PaperFile | None:
    file = session.get(PaperFile, int(key)) if key.isdecimal() else None
    if file is None:
        return None
    paper = session.get_one(Paper, file.paper_id)
    department = session.get_one(Department, paper.department_id)
    # As with evidence, a draft is its department's alone.
    may = may_write if paper.state is PaperState.DRAFT else may_read
    return file if may(doer.standing, department.path) else None


def _appeal(session: Session, doer: Doer, key: str) -> AppealEvidence | None:
    file = session.get(AppealEvidence, int(key)) if key.isdecimal() else None
    if file is None:
        return None
    appeal = session.get_one(Appeal, file.appeal_id)
    indicator = session.get_one(Indicator, appeal.indicator_id)
    department = session.get_one(Department, appeal.department_id)
    return file if may_see(doer.standing, indicator, department.path) else None


_KINDS: Mapping[str, Callable[[Session, Doer, str], Taken | None]] = {
    "parcel": _parcel,
    "evidence": _evidence,
    "paper": _paper,
    "appeal": _appeal,
}
