"""Another value recognised (인정 실적) after the result: what an appeal that was accepted makes of a report."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from models.audit import record
from models.doer import Doer
from models.rights import Holding
from models.scoring import check_actual
from models.submission.change import change_state, plain
from models.submission.file import SubmissionFile, open_file, open_to_change
from models.submission.table import HANDED_IN, Decision, DecisionKind, State

REPORTED = (*HANDED_IN, State.RETURNED)
"""Reports whose last version is known to those who decide: what the result of a period says was reported."""


def amend_report(
    session: Session,
    doer: Doer,
    holding: Holding,
    submission_id: int,
    recognised: Decimal | None,
    reason: str,
) -> Decision:
    """Recognises `recognised`, None for not applicable, also where the period is closed. Whether the doer may do so by
    `holding` is asked before."""
    opened = open_to_change(session, submission_id)
    if recognised is not None:
        check_actual(opened.indicator.kind, recognised)
    before = opened.submission.recognised
    change_state(
        session,
        opened,
        REPORTED,
        State.APPROVED,
        opened.submission.revision,
        recognised=recognised,
        recognised_not_applicable=recognised is None,
    )
    decision = _decision(doer, holding, opened, recognised, reason)
    session.add(decision)
    record(
        session, doer.now, doer.actor(holding), "report.amend", opened.subject, version=opened.version.number,
        before=plain(before), recognised=plain(recognised), reason=reason,
    )  # fmt: skip
    session.flush()
    open_file(session, submission_id, afresh=True)
    return decision


def _decision(
    doer: Doer, holding: Holding, opened: SubmissionFile, recognised: Decimal | None, reason: str
) -> Decision:
    return Decision(
        submission_id=opened.id,
        version_id=opened.version_id,
        kind=DecisionKind.APPROVE,
        reason=reason,
        recognised=recognised,
        decided_by_id=doer.person_id,
        decided_for_id=holding.acting_for_id,
        decided_at=doer.now,
    )
