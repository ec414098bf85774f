"""What a draft says into the indicator's row and its targets: from here on it counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor, record
from models.plan import Indicator, Period, PeriodState, Target
from models.planning.file import PlanFile
from models.planning.versions import PLANNED, columns_of, plain, plans_now
from models.words import Refusal

_SCORING = (*PLANNED[PLANNED.index("weight") :], "department_id")
"""Columns on which points depend: their changes are in the audit one by one."""


def put_indicator(
    session: Session,
    now: datetime,
    actor: Actor,
    opened: PlanFile,
    indicator_id: int | None,
    plan: Mapping[str, Any],
) -> int:
    """Writes all that the plan says of an indicator, a new one where there is no id yet; its id."""
    columns = columns_of(dict(plan))
    if indicator_id is None:
        position = sa.select(sa.func.max(col(Indicator.position))).where(
            col(Indicator.cycle_id) == opened.cycle_id
        )
        last = session.execute(position).scalar() or 0
        indicator = Indicator(cycle_id=opened.cycle_id, position=last + 1, **columns)
        session.add(indicator)
        session.flush()
        assert indicator.id is not None
        _record(session, now, actor, indicator.id, "indicator", None, plan["code"])
    else:
        indicator = session.get_one(Indicator, indicator_id)
        for name, value in columns.items():
            before = getattr(indicator, name)
            if before != value and name in _SCORING:
                _record(session, now, actor, indicator_id, name.removesuffix("_id"), before, value)
            setattr(indicator, name, value)
        session.add(indicator)
        session.flush()
    assert indicator.id is not None
    _put_targets(session, now, actor, indicator.id, plan["targets"])
    return indicator.id


def must_leave_closed(session: Session, opened: PlanFile, indicator_id: int | None, plan: Any) -> None:
    """Refuses to change the target of a period that is closed."""
    now: Mapping[str, Any] = {}
    if indicator_id is not None:
        now = next(one for _, _, one in plans_now(session, [indicator_id]))["targets"]
    closed = select(Period).where(Period.cycle_id == opened.cycle_id, Period.state == PeriodState.CLOSED)
    for period in session.exec(closed):
        key = str(period.id)
        if plan["targets"].get(key) != now.get(key):
            raise Refusal(
                "{period:은/는} 마감되어 목표를 바꿀 수 없습니다. 그 기간의 목표는 그대로 두어 주세요.",
                period=period.name,
            )


def _put_targets(
    session: Session, now: datetime, actor: Actor, indicator_id: int, targets: Mapping[str, str | None]
) -> None:
    stored = {
        "" if one.period_id is None else str(one.period_id): one
        for one in session.exec(select(Target).where(Target.indicator_id == indicator_id))
    }
    for key in stored.keys() | targets.keys():
        row, text = stored.get(key), targets.get(key)
        value = None if text is None else Decimal(text)
        before = row.value if row else None
        if key not in targets:
            session.delete(row)
        elif row is None:
            period_id = int(key) if key else None
            session.add(Target(indicator_id=indicator_id, period_id=period_id, value=value))
        else:
            row.value = value
            session.add(row)
        if before != value:
            _record(session, now, actor, indicator_id, "target", before, value, key)
    session.flush()


def _record(
    session: Session,
    now: datetime,
    actor: Actor,
    indicator_id: int,
    field: str,
    before: Any,
    after: Any,
    period: str = "",
) -> None:
    sides = {"before": _told(before), "after": _told(after)}
    subject = f"indicator:{indicator_id}"
    record(session, now, actor, "plan.change", subject, field=field, period=period or None, **sides)


def _told(value: Any) -> str | int | None:
    kept = plain(value)
    return int(kept) if isinstance(kept, bool) else kept
