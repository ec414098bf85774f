"""What an officer does with a draft: adds an indicator, changes one, takes one out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from models.audit import record
from models.doer import Doer
from models.plan import Indicator
from models.planning.applying import must_leave_closed, put_indicator
from models.planning.drafts import Draft, drafts_of
from models.planning.file import PlanFile, change_plan, open_plan, right_to_draft
from models.planning.table import PlanState
from models.planning.versions import plain, record_versions
from models.rights import Holding
from models.scoring import Kind, Rollup, read_stages, read_steps
from models.words import Refusal

Values = Mapping[str, Any]
"""Columns of an indicator as they are read, and `targets` by period's id, "" for the whole cycle."""

NEW: dict[str, Any] = {
    "name": "", "officer_id": None, "deputy_officer_id": None, "perspective_id": None,
    "strategic_goal_id": None, "performance_goal_id": None, "main_project_id": None, "unit": "", "formula": "",
    "evidence_hint": "", "evidence_required": True, "weight": "0", "scored": True, "kind": Kind.HIGHER.value,
    "rollup": Rollup.LAST.value, "report_periods": "", "baseline": None, "low": None, "high": None,
    "loss_per_unit": None, "steps": "", "floor": "0", "cap": "100", "digits": 1, "ends_on": None, "targets": {},
}  # fmt: skip
"""What a new indicator begins with."""


def find_draft(session: Session, opened: PlanFile, code: str) -> Draft:
    """The indicator of that code. Refusal where the plan has it no longer."""
    found = next((one for one in drafts_of(session, opened) if one.code == code), None)
    if found is None:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    return found


def write_indicator(
    session: Session,
    doer: Doer,
    cycle_id: int,
    department_id: int,
    revision: int,
    code: str | None,
    values: Values,
) -> Draft:
    """Changes the indicator of that code, or adds one where none is named, under a code that is given to it.

    `revision` is that of the plan that was seen. What has never been confirmed is written into its row; what counts
    already stays as it is until the plan is confirmed again.
    """
    opened = open_plan(session, cycle_id, department_id)
    holding = _right(doer, opened)
    must_be_drafted(opened)
    plan = {name: _plain(value) for name, value in values.items()}
    _must_be_readable(plan)
    if code is None:
        first = {"code": _free_code(session, opened), "department_id": department_id}
        officer = doer.person_id if holding.acting_for_id is None else holding.acting_for_id
        draft = Draft("", None, {**NEW, **first, "officer_id": officer}, None)
    else:
        draft = find_draft(session, opened, code)
    wanted = {**draft.plan, **plan}
    must_leave_closed(session, opened, draft.indicator_id, wanted)
    return _put(session, doer, holding, opened, revision, draft, wanted)


def end_indicator(
    session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int, code: str
) -> Draft | None:
    """Takes an indicator out of the plan from today on, one that never counted from the beginning; a new one that is
    only proposed is forgotten, which gives None. Indicators are ended, never removed."""
    opened = open_plan(session, cycle_id, department_id)
    holding = _right(doer, opened)
    must_be_drafted(opened)
    draft = find_draft(session, opened, code)
    if draft.indicator_id is None:
        rest = {key: one for key, one in opened.proposed.items() if key != code}
        _change(session, doer, holding, opened, revision, code, rest)
        return None
    day = opened.cycle.starts_on if draft.is_new else max(doer.today, opened.cycle.starts_on + timedelta(1))
    wanted = {**draft.plan, "ends_on": day.isoformat()}
    return _put(session, doer, holding, opened, revision, draft, wanted)


def keep_indicator(
    session: Session, doer: Doer, cycle_id: int, department_id: int, revision: int, code: str
) -> Draft:
    """Takes an ended indicator back in."""
    opened = open_plan(session, cycle_id, department_id)
    holding = _right(doer, opened)
    must_be_drafted(opened)
    draft = find_draft(session, opened, code)
    return _put(session, doer, holding, opened, revision, draft, {**draft.plan, "ends_on": None})


def _put(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: PlanFile,
    revision: int,
    draft: Draft,
    wanted: Mapping[str, Any],
) -> Draft:
    code = wanted["code"]
    proposed = {key: one for key, one in opened.proposed.items() if key != code}
    is_direct = draft.before is None and (draft.indicator_id is not None or not opened.was_confirmed)
    if not is_direct:
        before = draft.before or {}
        differing = {name: value for name, value in wanted.items() if before.get(name, ...) != value}
        if differing:
            proposed[code] = differing
    again = _change(session, doer, holding, opened, revision, code, proposed)
    if is_direct:
        actor = doer.actor(holding)
        key = put_indicator(session, doer.now, actor, opened, draft.indicator_id, wanted)
        record_versions(session, doer.now, [key], person_id=doer.person_id, channel=doer.channel)
    return find_draft(session, again, code)


def _change(
    session: Session,
    doer: Doer,
    holding: Holding,
    opened: PlanFile,
    revision: int,
    code: str,
    proposed: dict[str, Any],
) -> PlanFile:
    draft = (PlanState.DRAFT,)
    again = change_plan(session, doer, opened, revision, draft, PlanState.DRAFT, proposed=proposed)
    record(session, doer.now, doer.actor(holding), "plan.draft", opened.subject, indicator=code)
    return again


def _right(doer: Doer, opened: PlanFile) -> Holding:
    holding = right_to_draft(doer.standing, opened.department)
    if holding is None:
        raise Refusal(
            "{department}의 담당자와 팀장만 계획을 작성할 수 있습니다.", department=opened.department.name
        )
    return holding


def must_be_drafted(opened: PlanFile) -> None:
    """Refuses to draft what is with somebody else, saying how to get it back."""
    if not opened.cycle.asks_plan_confirmation:
        raise Refusal(
            "{cycle:은/는} 계획을 파일로 등록하는 성과주기입니다. 바꿀 것이 있으면 관리자에게 알려 주세요.",
            cycle=opened.cycle.name,
        )
    match opened.state:
        case PlanState.CONSULTATION:
            raise Refusal("컨설팅 중인 계획입니다. 고치려면 먼저 계획을 회수해 주세요.")
        case PlanState.REVIEW:
            raise Refusal("검토 중인 계획입니다. 고치려면 먼저 계획을 회수해 주세요.")
        case PlanState.CONFIRMED:
            raise Refusal("확정된 계획입니다. 고치려면 먼저 조정을 신청해 주세요.")


def _must_be_readable(plan: Mapping[str, Any]) -> None:
    """Refuses a table that the scoring could not read."""
    if "steps" in plan:
        (read_stages if plan.get("kind") == Kind.MILESTONE else read_steps)(plan["steps"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return plain(value)


def _free_code(session: Session, opened: PlanFile) -> str:
    """The department's code and the next number that is free in the cycle, drafts of others included."""
    taken = set(session.exec(select(Indicator.code).where(Indicator.cycle_id == opened.cycle_id)))
    taken |= opened.proposed.keys()
    number = 1
    while (code := f"{opened.department.code}-{number:02}") in taken:
        number += 1
    return code
