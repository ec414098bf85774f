"""The way of a plan: to the consultant, to the evaluation office, confirmed or returned, adjusted afterwards."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from models.audit import record
from models.doer import Doer
from models.organization import Role
from models.planning.again import evaluate_again
from models.planning.applying import put_indicator
from models.planning.drafts import drafts_of, findings_of, total_weight
from models.planning.file import PlanFile, change_plan, open_plan, right_to_draft
from models.planning.holding import moved_since_confirmed
from models.planning.lint import Severity
from models.planning.table import PlanState
from models.planning.versions import record_versions
from models.reason import given_reason
from models.rights import Holding
from models.words import Refusal

_WHOLE = Decimal(100)
_WITH_OTHERS = (PlanState.CONSULTATION, PlanState.REVIEW)


def ask_consultant(
    session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int
) -> PlanFile:
    """Hands the draft to the consultant."""
    opened, holding = _drafting(session, doer, cycle_id, department_id)
    return _go(session, doer, holding, opened, revision, (PlanState.DRAFT,), PlanState.CONSULTATION)


def hand_in(session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int) -> PlanFile:
    """The team lead hands the plan in to the evaluation office, when nothing is plainly wrong with it."""
    opened = open_plan(session, cycle_id, department_id)
    holding = doer.standing.right(Role.TEAM_LEAD, opened.department.path)
    if holding is None:
        raise Refusal(
            "{department}의 팀장만 검토를 요청할 수 있습니다. 팀장에게 제출을 요청해 주세요.",
            department=opened.department.name,
        )
    must_be_sound(session, opened)
    allowed = (PlanState.DRAFT, PlanState.CONSULTATION)
    return _go(session, doer, holding, opened, revision, allowed, PlanState.REVIEW)


def take_back(session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int) -> PlanFile:
    """Takes the plan back from the consultant or the evaluation office, to work on it."""
    opened, holding = _drafting(session, doer, cycle_id, department_id)
    return _go(session, doer, holding, opened, revision, _WITH_OTHERS, PlanState.DRAFT, "")


def confirm(session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int) -> PlanFile:
    """From here on it counts. Of a plan that was confirmed before, the subjects are rated once more."""
    opened, holding = _deciding(session, doer, cycle_id, department_id)
    must_be_sound(session, opened)
    reason, is_adjusted = (opened.plan.reason if opened.plan else ""), opened.was_confirmed
    drafts = {draft.code: draft for draft in drafts_of(session, opened)}
    again = _go(
        session, doer, holding, opened, revision, (PlanState.REVIEW,), PlanState.CONFIRMED, reason,
        confirmed_by_id=doer.person_id, confirmed_at=doer.now, proposed={},
    )  # fmt: skip
    actor = doer.actor(holding)
    ids = [
        put_indicator(session, doer.now, actor, opened, drafts[code].indicator_id, drafts[code].plan)
        for code in opened.proposed
        if code in drafts
    ]
    record_versions(
        session, doer.now, ids, person_id=doer.person_id, channel=doer.channel, reason=reason,
        effective_on=max(doer.today, opened.cycle.starts_on),
    )  # fmt: skip
    if is_adjusted:
        evaluate_again(session, doer.now, cycle_id, [department_id], reason)
    return again


def return_plan(
    session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int, reason: str
) -> PlanFile:
    """Sends the plan back to the department with a reason."""
    opened, holding = _deciding(session, doer, cycle_id, department_id)
    return _go(
        session, doer, holding, opened, revision, (PlanState.REVIEW,), PlanState.DRAFT, given_reason(reason)
    )


def adjust(
    session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int, reason: str
) -> PlanFile:
    """Opens a confirmed plan once more (조정 신청); what was confirmed counts until the changes are."""
    opened, holding = _drafting(session, doer, cycle_id, department_id)
    return _go(
        session,
        doer,
        holding,
        opened,
        revision,
        (PlanState.CONFIRMED,),
        PlanState.DRAFT,
        given_reason(reason),
    )


def give_up(session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int) -> PlanFile:
    """Forgets an adjustment: the plan is as it was confirmed."""
    opened, holding = _drafting(session, doer, cycle_id, department_id)
    if not opened.was_confirmed:
        raise Refusal("아직 확정된 적이 없는 계획입니다. 검토를 요청해 주세요.")
    if moved_since_confirmed(session, opened):
        raise Refusal("지표가 이관되어 다시 확정해야 하는 계획입니다. 검토를 요청해 주세요.")
    return _go(
        session, doer, holding, opened, revision, (PlanState.DRAFT,), PlanState.CONFIRMED, "", proposed={}
    )


def must_be_sound(session: Session, opened: PlanFile) -> None:
    """Refuses a plan in which something is plainly wrong, naming the first of it."""
    drafts = drafts_of(session, opened)
    if all(draft.is_ended for draft in drafts):
        raise Refusal("지표가 없습니다. 먼저 지표를 추가해 주세요.")
    total = total_weight(drafts)
    if total != _WHOLE and not opened.cycle.counts_mileage:
        raise Refusal("가중치 합이 {total}입니다. 100이 되게 고친 뒤 다시 시도해 주세요.", total=total)
    names = {draft.code: draft.plan["name"] for draft in drafts}
    for code, findings in findings_of(session, opened.cycle, drafts).items():
        for finding in findings:
            if finding.severity is Severity.WRONG:
                told = {"indicator": names[code], "said": finding.said, "to_do": finding.to_do}
                raise Refusal("{indicator}: {said} {to_do}", **told)


def may_confirm(doer: Doer, opened: PlanFile) -> bool:
    """Whether this person's decision on the plan is awaited now."""
    try:
        _right_to_decide(doer, opened)
    except Refusal:
        return False
    return opened.state is PlanState.REVIEW


def _drafting(session: Session, doer: Doer, cycle_id: int, department_id: int) -> tuple[PlanFile, Holding]:
    opened = open_plan(session, cycle_id, department_id)
    holding = right_to_draft(doer.standing, opened.department)
    if holding is None:
        raise Refusal(
            "{department}의 담당자와 팀장만 계획을 작성할 수 있습니다.", department=opened.department.name
        )
    return opened, holding


def _deciding(session: Session, doer: Doer, cycle_id: int, department_id: int) -> tuple[PlanFile, Holding]:
    opened = open_plan(session, cycle_id, department_id)
    return opened, _right_to_decide(doer, opened)


def _right_to_decide(doer: Doer, opened: PlanFile) -> Holding:
    """An evaluator's right that is not theirs who handed the plan in, nor theirs in whose name it was."""
    rights = doer.standing.rights(Role.EVALUATOR, opened.department.path)
    if not rights:
        raise Refusal("평가자만 계획을 확정하거나 반려할 수 있습니다.")
    authors = {opened.plan.changed_by_id if opened.plan else None, opened.handed_in_for} - {None}
    for holding in rights:
        if not authors & {doer.person_id, holding.acting_for_id}:
            return holding
    raise Refusal("본인이 제출한 계획은 본인이 결정할 수 없습니다. 다른 평가자에게 요청해 주세요.")


def _go(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: PlanFile,
    revision: int,
    allowed: tuple[PlanState, ...],
    to: PlanState,
    reason: str | None = None,
    **values: object,
) -> PlanFile:
    if reason is not None:
        values["reason"] = reason
    again = change_plan(session, doer, opened, revision, allowed, to, **values)
    record(
        session, doer.now, doer.actor(holding), f"plan.{to.value}", opened.subject,
        before=opened.state.value, reason=reason or None,
    )  # fmt: skip
    return again
