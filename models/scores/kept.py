"""What kept scores hash to, noted in the audit whenever they are kept: one that is changed past the bot is found."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit import Actor, record
from models.plan import Indicator, Period
from models.scores.frozen import FrozenScore, plain_figures


def record_kept(session: Session, now: datetime, actor: Actor, period: Period) -> None:
    """Notes the scores that are kept of the period now, and those of its cycle where they are kept too."""
    for subject in (of_period(period.id or 0), of_cycle(period.cycle_id)):
        if sha256 := hash_of_kept(session, subject):
            record(session, now, actor, "scores.keep", subject, sha256=sha256)


def of_period(period_id: int) -> str:
    return f"scores:period.{period_id}"


def of_cycle(cycle_id: int) -> str:
    return f"scores:cycle.{cycle_id}"


def hash_of_kept(session: Session, subject: str) -> str:
    """SHA-256 over the figures and rules of everything that is kept there; "" where nothing is."""
    where, _, key = subject.removeprefix("scores:").partition(".")
    if where == "period":
        here: sa.ColumnElement[bool] = col(FrozenScore.period_id) == int(key)
    else:
        theirs = sa.select(col(Indicator.id)).where(col(Indicator.cycle_id) == int(key))
        here = col(FrozenScore.period_id).is_(None) & col(FrozenScore.indicator_id).in_(theirs)
    query = sa.select(FrozenScore.__table__).where(here).order_by(col(FrozenScore.indicator_id))  # type: ignore[attr-defined]
    digest, is_empty = hashlib.sha256(), True
    for one in session.execute(query):
        line = [one.indicator_id, one.department_id, plain_figures(one), one.rule]  # type: ignore[arg-type]
        digest.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
        is_empty = False
    return "" if is_empty else digest.hexdigest()
