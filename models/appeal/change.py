"""Changing the state of an appeal so that of several people at once exactly one does."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col

from models.appeal.reading import AppealFile, open_appeal
from models.appeal.table import Appeal, AppealState
from models.organization import Person
from models.store import changed_one
from models.words import Refusal


def change_appeal(
    session: Session, opened: AppealFile, revision: int, to: AppealState, **values: object
) -> None:
    """Sets the state where the appeal is still undecided and as it was seen; else says what came between."""
    changed = changed_one(
        session,
        sa.update(Appeal)
        .where(col(Appeal.id) == opened.id, col(Appeal.revision) == revision)
        .where(col(Appeal.state) == AppealState.FILED)
        .values(state=to, revision=revision + 1, **values),
    )
    if not changed:
        raise overtaken(session, open_appeal(session, opened.id))


def overtaken(session: Session, opened: AppealFile) -> Refusal:
    """What came between a press and its effect: who was quicker, and what they did."""
    one = opened.appeal
    if one.state is AppealState.WITHDRAWN and one.withdrawn_by_id and one.withdrawn_at:
        name = session.get_one(Person, one.withdrawn_by_id).name
        return Refusal("{name} 님이 {at}에 이의신청을 취하했습니다.", name=name, at=one.withdrawn_at)
    if one.decided_by_id is None or one.decided_at is None:
        return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    name = session.get_one(Person, one.decided_by_id).name
    if one.state is AppealState.ACCEPTED:
        return Refusal("{name} 님이 {at}에 먼저 이의신청을 받아들였습니다.", name=name, at=one.decided_at)
    return Refusal("{name} 님이 {at}에 먼저 이의신청을 기각했습니다.", name=name, at=one.decided_at)
