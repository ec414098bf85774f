"""What is read once in a session: many questions of one transaction ask for the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

T = TypeVar("T")
Models = tuple[type[SQLModel], ...]
_KEPT = "kept"


def kept(session: Session, key: Hashable, models: Models, read: Callable[[], T]) -> T:
    """What `read` gives: read once in a session, and again when rows of these models change in it."""
    if _KEPT not in session.info:
        session.info[_KEPT] = {}
        event.listen(session, "after_flush", _forget_when_flushed)
        event.listen(session, "do_orm_execute", _forget_when_told)
    known: dict[Hashable, tuple[Models, Any]] = session.info[_KEPT]
    if key not in known or any(isinstance(row, models) for row in _changing(session)):
        known[key] = models, read()
    found: T = known[key][1]
    return found


def _changing(session: Session) -> Iterable[object]:
    return (*session.new, *session.dirty, *session.deleted)


def _forget_when_flushed(session: Session, _context: Any) -> None:
    _forget(session, {type(row) for row in _changing(session)})


def _forget_when_told(told: ORMExecuteState) -> None:
    """A statement may change rows that the session knows nothing of; one of bare tables, any."""
    if not told.is_select:
        mapper = told.bind_mapper
        _forget(told.session, None if mapper is None else {mapper.class_})


def _forget(session: Any, changed: set[type] | None) -> None:
    known: dict[Hashable, tuple[Models, Any]] = session.info[_KEPT]
    for key in [key for key, (models, _) in known.items() if changed is None or changed & {*models}]:
        del known[key]
