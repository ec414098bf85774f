"""Closing a period, which freezes it, and reopening it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import record
from models.doer import Doer
from models.organization import Role
from models.plan import Period, PeriodState
from models.rights import Holding
from models.scores import freeze, thaw
from models.scores.kept import record_kept
from models.store import changed_one
from models.words import Refusal


def administering(doer: Doer) -> Holding:
    """The administrator's right, or a refusal."""
    holding = doer.standing.right(Role.ADMINISTRATOR)
    if holding is None:
        raise Refusal("관리자만 할 수 있는 일입니다. 필요하면 관리자에게 문의해 주세요.")
    return holding


def close(session: Session, doer: Doer, period_id: int, revision: int) -> Period:
    """Freezes the period: no report, decision or plan change touches it until it is reopened."""
    period = _set_state(session, doer, period_id, revision, PeriodState.CLOSED, "period.close", "")
    freeze(session, doer.now, period_id)
    record_kept(session, doer.now, doer.actor(), period)
    return period


def reopen(session: Session, doer: Doer, period_id: int, revision: int, reason: str) -> Period:
    """Lifts the freeze; the reason stays in the audit."""
    if not reason.strip():
        raise Refusal("마감을 해제하는 사유를 적어 주세요.")
    period = _set_state(session, doer, period_id, revision, PeriodState.OPEN, "period.reopen", reason.strip())
    thaw(session, period_id)
    return period


def _set_state(
    session: Session, doer: Doer, period_id: int, revision: int, to: PeriodState, action: str, reason: str
) -> Period:
    holding = administering(doer)
    closed_at = doer.now if to is PeriodState.CLOSED else None
    changed = changed_one(
        session,
        sa.update(Period)
        .where(col(Period.id) == period_id, col(Period.revision) == revision, col(Period.state) != to)
        .values(state=to, closed_at=closed_at, revision=revision + 1),
    )
    if not changed:
        raise Refusal("그사이 기간의 상태가 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    period = session.get_one(Period, period_id)
    session.refresh(period)
    detail = {"reason": reason or None, "cycle": period.cycle_id}
    record(session, doer.now, doer.actor(holding), action, f"period:{period_id}", **detail)
    return period
