"""Changing a row only if it is still as it was seen: of several at once exactly one does."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session


def changed_one(session: Session, change: sa.Update) -> bool:
    """Whether `change`, whose conditions say how the row was seen, found it so. The session is not told what became
    of the row: who has it in hand refreshes it."""
    done = session.execute(change.execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]  # an update's result has it, a Result's type has not
