"""What others do with a report: a team lead confirms it, an evaluator approves or returns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from models.audit import record
from models.doer import Doer
from models.organization import Role
from models.rights import Holding
from models.scoring import check_actual
from models.submission.change import change_state, overtaken, plain
from models.submission.file import SubmissionFile, must_be_open, open_file, open_to_change
from models.submission.table import UNDECIDED, Decision, DecisionKind, ReasonCode, State
from models.words import Refusal


@dataclass(frozen=True)
class Return:
    """Why a report goes back, and until when it is expected again."""

    code: ReasonCode
    text: str
    new_due: datetime


def confirm(session: Session, doer: Doer, submission_id: int, revision: int) -> SubmissionFile:
    """The team lead stands by the report, where the cycle asks for that."""
    opened = open_to_change(session, submission_id)
    holding = _right_to_confirm(doer, opened)
    change_state(session, opened, (State.SUBMITTED,), State.CONFIRMED, revision)
    return _decided(session, doer, holding, opened, DecisionKind.CONFIRM)


def approve(
    session: Session,
    doer: Doer,
    submission_id: int,
    revision: int,
    recognised: Decimal | None = None,
    reason: str = "",
) -> SubmissionFile:
    """Recognises the reported value, or another one with a reason; from here on it scores."""
    opened = open_to_change(session, submission_id)
    holding = _right_to_review(doer, opened)
    version = opened.version
    differs = recognised is not None and recognised != version.value
    if differs and not reason.strip():
        raise Refusal("보고한 실적과 다른 값을 인정하려면 사유를 적어 주세요.")
    counts = version.value if recognised is None else recognised
    if counts is not None:
        check_actual(opened.indicator.kind, counts)
    change_state(
        session,
        opened,
        (_reviewable(opened),),
        State.APPROVED,
        revision,
        recognised=counts,
        recognised_not_applicable=version.not_applicable and recognised is None,
    )
    return _decided(session, doer, holding, opened, DecisionKind.APPROVE, reason=reason, recognised=counts)


def return_(session: Session, doer: Doer, submission_id: int, revision: int, why: Return) -> SubmissionFile:
    """Sends the report back with a reason and a new deadline."""
    opened = open_to_change(session, submission_id)
    holding = _right_to_decide(doer, opened)
    if not why.text.strip():
        raise Refusal("무엇을 고쳐야 하는지 반려 사유를 적어 주세요.")
    if why.new_due <= doer.now:
        raise Refusal("새 기한은 지금보다 뒤여야 합니다. 다른 날짜를 적어 주세요.")
    change_state(
        session,
        opened,
        (State.SUBMITTED, State.CONFIRMED),
        State.RETURNED,
        revision,
        due_at=why.new_due,
        submitted_at=None,
    )
    return _decided(
        session,
        doer,
        holding,
        opened,
        DecisionKind.RETURN,
        reason_code=why.code,
        reason=why.text,
        new_due=why.new_due,
    )


def may_decide(doer: Doer, opened: SubmissionFile) -> bool:
    """Whether this person's decision on the report is awaited now."""
    try:
        _right_to_decide(doer, opened)
    except Refusal:
        return False
    return opened.submission.state in UNDECIDED


def must_be_as_seen(session: Session, doer: Doer, opened: SubmissionFile, revision: int) -> None:
    """Refuses whoever would decide on what was seen at `revision` and is not so any more, and says what came
    between."""
    if opened.submission.revision != revision:
        raise overtaken(session, opened)
    _right_to_decide(doer, opened)


def _right_to_decide(doer: Doer, opened: SubmissionFile) -> Holding:
    """The right to what comes next: the team lead's word where it is asked for, else the evaluator's."""
    if opened.submission.state is State.SUBMITTED and opened.cycle.asks_confirmation:
        return _right_to_confirm(doer, opened)
    return _right_to_review(doer, opened)


def _reviewable(opened: SubmissionFile) -> State:
    return State.CONFIRMED if opened.cycle.asks_confirmation else State.SUBMITTED


def _right_to_confirm(doer: Doer, opened: SubmissionFile) -> Holding:
    rights = doer.standing.rights(Role.TEAM_LEAD, opened.department.path)
    if not rights:
        raise Refusal("{department}의 팀장만 확인할 수 있습니다.", department=opened.department.name)
    holding = _not_ones_own(doer, rights, opened)
    must_be_open(opened.period)
    return holding


def _right_to_review(doer: Doer, opened: SubmissionFile) -> Holding:
    rights = doer.standing.rights(Role.EVALUATOR, opened.department.path)
    if not rights:
        raise Refusal("평가자만 승인하거나 반려할 수 있습니다.")
    holding = _not_ones_own(doer, rights, opened)
    must_be_open(opened.period)
    if opened.cycle.asks_confirmation and opened.submission.state is State.SUBMITTED:
        raise Refusal("팀장 확인을 기다리는 보고입니다. 확인 후에 결정해 주세요.")
    return holding


def _not_ones_own(doer: Doer, rights: list[Holding], opened: SubmissionFile) -> Holding:
    """The first right that is not the author's own: a deputy of two may use that of the one who reported nothing."""
    for holding in rights:
        if not opened.authors & {doer.person_id, holding.acting_for_id}:
            return holding
    raise Refusal("본인이 보고한 실적은 본인이 결정할 수 없습니다. 다른 평가자나 팀장에게 요청해 주세요.")


def _decided(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: SubmissionFile,
    kind: DecisionKind,
    *,
    reason_code: ReasonCode | None = None,
    reason: str = "",
    recognised: Decimal | None = None,
    new_due: datetime | None = None,
) -> SubmissionFile:
    session.add(
        Decision(
            submission_id=opened.id,
            version_id=opened.version_id,
            kind=kind,
            reason_code=reason_code,
            reason=reason.strip(),
            recognised=recognised,
            new_due=new_due,
            decided_by_id=doer.person_id,
            decided_for_id=holding.acting_for_id,
            decided_at=doer.now,
        )
    )
    record(
        session,
        doer.now,
        doer.actor(holding),
        f"report.{kind.value}",
        opened.subject,
        version=opened.version.number,
        recognised=plain(recognised),
        reason=reason.strip() or None,
    )
    session.flush()
    return open_file(session, opened.id)
