"""Changing the state of a submission so that of several people at once exactly one does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Person
from models.store import changed_one
from models.submission.file import SubmissionFile, decisions_on
from models.submission.table import Decision, DecisionKind, State, Submission
from models.words import Refusal


def change_state(
    session: Session,
    opened: SubmissionFile,
    allowed: Sequence[State],
    to: State,
    revision: int,
    **values: object,
) -> None:
    """Sets the state where state and revision are still those that were seen; else says what came between."""
    changed = changed_one(
        session,
        sa.update(Submission)
        .where(
            col(Submission.id) == opened.id,
            col(Submission.revision) == revision,
            col(Submission.state).in_(allowed),
        )
        .values(state=to, revision=revision + 1, **values),
    )
    if not changed:
        raise overtaken(session, opened)
    session.refresh(opened.submission)


def overtaken(session: Session, opened: SubmissionFile) -> Refusal:
    """Names who was quicker, so that nobody wonders what became of their press."""
    state = opened.submission.state
    decisions = decisions_on(session, opened.id)
    if decisions and state in (State.APPROVED, State.RETURNED, State.CONFIRMED):
        return _decided_before(session, decisions[-1])
    if state is State.WITHDRAWN:
        return Refusal("담당자가 제출을 회수했습니다. 다시 제출되면 알려 드리겠습니다.")
    return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")


def _decided_before(session: Session, last: Decision) -> Refusal:
    name, at = session.get_one(Person, last.decided_by_id).name, last.decided_at
    match last.kind:
        case DecisionKind.CONFIRM:
            return Refusal("{name} 님이 {at}에 먼저 확인했습니다.", name=name, at=at)
        case DecisionKind.APPROVE:
            return Refusal("{name} 님이 {at}에 먼저 승인했습니다.", name=name, at=at)
        case DecisionKind.RETURN:
            return Refusal("{name} 님이 {at}에 먼저 반려했습니다.", name=name, at=at)


def plain(value: Decimal | None) -> str | None:
    """A value as the audit keeps it: plain digits, no exponent."""
    return None if value is None else format(value, "f")
