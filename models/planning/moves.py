"""Indicators go from one department to another on a day, as after a reorganisation; their history goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.audit import Actor, record
from models.clock import local_day
from models.doer import Doer
from models.organization import Department, Person, Role, is_here
from models.plan import Cycle, Indicator
from models.planning.again import evaluate_again
from models.planning.table import DepartmentPlan, IndicatorMove, PlanState
from models.planning.versions import record_versions
from models.reason import given_reason
from models.rights import Holding
from models.scheme.table import Subject
from models.store import changed_one
from models.words import Refusal

CLOCK = Actor(None, "clock")
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Handover:
    """Indicators that go from one department to another. off_balance: of both those whose indicators do not weigh 100
    any more, with what they weigh; subjects: who is to be evaluated once more. Empty as long as the day is to come.
    """

    moves: Sequence[IndicatorMove]
    from_id: int
    to_id: int
    cycle: Cycle
    off_balance: Sequence[tuple[Department, Decimal]] = ()
    subjects: Sequence[Subject] = ()

    @property
    def is_done(self) -> bool:
        return all(move.applied_at is not None for move in self.moves)


def move_indicators(
    session: Session,
    doer: Doer,
    indicator_ids: Sequence[int],
    to_department_id: int,
    on_day: date,
    officer_id: int | None,
    reason: str,
) -> list[Handover]:
    """Orders that indicators belong to another department from `on_day` on; a day that has come is applied at once.

    officer_id: who reports them from then on; None for any officer of the department. Everything still to be reported
    goes with the indicator, points of what ended before stay. One Handover a department that they come from.
    """
    holding = _right_to_move(session, doer, to_department_id)
    reason = given_reason(reason)
    to = session.get_one(Department, to_department_id)
    query = select(Indicator).where(col(Indicator.id).in_(indicator_ids)).order_by(col(Indicator.position))
    indicators = session.exec(query.with_for_update()).all()
    if not indicators or len(indicators) != len(set(indicator_ids)):
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    _must_be_here(session, officer_id, on_day)
    moves: list[IndicatorMove] = []
    for indicator in indicators:
        _right_to_move(session, doer, indicator.department_id)
        _must_fit(session, indicator, to, on_day)
        move = IndicatorMove(
            indicator_id=indicator.id or 0, from_department_id=indicator.department_id,
            to_department_id=to_department_id, officer_id=officer_id, on_day=on_day, reason=reason,
            ordered_by_id=doer.person_id, ordered_at=doer.now,
        )  # fmt: skip
        session.add(move)
        moves.append(move)
        detail = {"to": to.code, "on": on_day.isoformat(), "reason": reason}
        record(session, doer.now, doer.actor(holding), "plan.move", f"indicator:{indicator.id}", **detail)
    session.flush()
    if on_day <= doer.today:
        return _apply(session, doer.now, doer.actor(holding), moves)
    return [_handover(session, group) for group in _by_departments(session, moves)]


def cancel_move(session: Session, doer: Doer, move_id: int) -> dict[str, int | str | None]:
    """Forgets a move whose day has not come; what it was, by ids."""
    move = session.get(IndicatorMove, move_id)
    if move is None:
        raise Refusal("이미 취소된 이관입니다. 목록에서 확인해 주세요.")
    holding = _right_to_move(session, doer, move.from_department_id)
    gone = session.execute(
        sa.delete(IndicatorMove)
        .where(col(IndicatorMove.id) == move_id, col(IndicatorMove.applied_at).is_(None))
        .returning(col(IndicatorMove.id))
        .execution_options(synchronize_session=False)
    ).first()
    if not gone:
        raise Refusal("이미 이관된 지표입니다. 되돌리려면 다시 이관해 주세요.")
    was: dict[str, int | str | None] = {
        "indicator": move.indicator_id,
        "source": move.from_department_id,
        "to": move.to_department_id,
        "officer": move.officer_id,
        "day": move.on_day.isoformat(),
    }
    session.expunge(move)
    record(session, doer.now, doer.actor(holding), "plan.move_cancel", f"indicator:{was['indicator']}")
    return was


def planned_moves(session: Session) -> list[IndicatorMove]:
    """Those whose day is to come, by day."""
    query = select(IndicatorMove).where(col(IndicatorMove.applied_at).is_(None))
    return list(session.exec(query.order_by(col(IndicatorMove.on_day), col(IndicatorMove.id))))


def moves_wait(session: Session, now: datetime) -> bool:
    """Whether there are moves whose day has come."""
    return session.exec(_due(local_day(now)).limit(1)).first() is not None


def apply_moves(session: Session, now: datetime) -> list[Handover]:
    """Hands over the indicators whose day has come."""
    return _apply(session, now, CLOCK, session.exec(_due(local_day(now))).all())


def _due(today: date) -> SelectOfScalar[IndicatorMove]:
    due = select(IndicatorMove).where(
        col(IndicatorMove.applied_at).is_(None), col(IndicatorMove.on_day) <= today
    )
    return due.order_by(col(IndicatorMove.on_day), col(IndicatorMove.id))


def _apply(session: Session, now: datetime, actor: Actor, moves: Sequence[IndicatorMove]) -> list[Handover]:
    taken = [move for move in moves if _take(session, now, move)]
    for move in taken:
        indicator = session.get_one(Indicator, move.indicator_id)
        before = session.get_one(Department, move.from_department_id).code
        indicator.department_id = move.to_department_id
        indicator.officer_id, indicator.deputy_officer_id = move.officer_id, None
        session.add(indicator)
        after = session.get_one(Department, move.to_department_id).code
        sides = {"field": "department", "before": before, "after": after}
        record(session, now, actor, "plan.change", f"indicator:{indicator.id}", **sides)
    session.flush()
    for move in taken:
        record_versions(
            session, now, [move.indicator_id], person_id=move.ordered_by_id, channel=actor.channel,
            reason=move.reason, effective_on=move.on_day,
        )  # fmt: skip
    return [
        _applied(session, now, actor, _handover(session, group)) for group in _by_departments(session, taken)
    ]


def _take(session: Session, now: datetime, move: IndicatorMove) -> bool:
    """Whether this transaction is the one that hands it over."""
    taken = changed_one(
        session,
        sa.update(IndicatorMove)
        .where(col(IndicatorMove.id) == move.id, col(IndicatorMove.applied_at).is_(None))
        .values(applied_at=now),
    )
    session.refresh(move)
    return taken


def _by_departments(session: Session, moves: Sequence[IndicatorMove]) -> list[list[IndicatorMove]]:
    """The moves by where they come from, where they go to, and their cycle."""
    groups: dict[tuple[int, int, int], list[IndicatorMove]] = {}
    for move in moves:
        cycle_id = session.get_one(Indicator, move.indicator_id).cycle_id
        key = (move.from_department_id, move.to_department_id, cycle_id)
        groups.setdefault(key, []).append(move)
    return list(groups.values())


def _handover(session: Session, moves: Sequence[IndicatorMove]) -> Handover:
    indicator = session.get_one(Indicator, moves[0].indicator_id)
    cycle = session.get_one(Cycle, indicator.cycle_id)
    return Handover(moves, moves[0].from_department_id, moves[0].to_department_id, cycle)


def _applied(session: Session, now: datetime, actor: Actor, done: Handover) -> Handover:
    """What follows: both plans are to be confirmed once more, weights put right, subjects evaluated again."""
    places = (done.from_id, done.to_id)
    reason = done.moves[0].reason
    cycle_id = done.cycle.id or 0
    codes = {session.get_one(Indicator, move.indicator_id).code for move in done.moves}
    if done.cycle.asks_plan_confirmation:
        for place in places:
            _to_be_adjusted(session, now, actor, cycle_id, place, reason, codes)
    subjects = evaluate_again(session, now, cycle_id, places, reason)
    off_balance = [] if done.cycle.counts_mileage else _off_balance(session, cycle_id, places)
    return Handover(done.moves, done.from_id, done.to_id, done.cycle, off_balance, subjects)


def _to_be_adjusted(
    session: Session, now: datetime, actor: Actor, cycle_id: int, place: int, reason: str, codes: set[str]
) -> None:
    """Back to a draft, whoever has it in hand; what was proposed for an indicator that went is forgotten."""
    query = select(DepartmentPlan).where(
        DepartmentPlan.cycle_id == cycle_id, DepartmentPlan.department_id == place
    )
    plan = session.exec(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if plan is None:
        return
    before = plan.state
    plan.state, plan.reason, plan.revision = PlanState.DRAFT, reason, plan.revision + 1
    plan.changed_at, plan.changed_by_id = now, actor.person_id
    plan.proposed = {code: one for code, one in plan.proposed.items() if code not in codes}
    session.add(plan)
    session.flush()
    subject = f"plan:{cycle_id}:{place}"
    record(session, now, actor, "plan.draft", subject, before=before.value, reason=reason)


def _off_balance(session: Session, cycle_id: int, places: Sequence[int]) -> list[tuple[Department, Decimal]]:
    """Those of the departments whose scored indicators do not weigh 100."""
    query = sa.select(col(Indicator.department_id), col(Indicator.weight)).where(
        col(Indicator.cycle_id) == cycle_id, col(Indicator.department_id).in_(places),
        col(Indicator.scored), col(Indicator.ends_on).is_(None),
    )  # fmt: skip
    sums = dict.fromkeys(places, Decimal(0))
    for place, weight in session.execute(query):
        sums[place] += weight
    return [(session.get_one(Department, place), total) for place, total in sums.items() if total != _WHOLE]


def _right_to_move(session: Session, doer: Doer, department_id: int) -> Holding:
    department = session.get(Department, department_id)
    if department is None:
        raise Refusal("찾으시는 부서가 없습니다. 목록에서 다시 선택해 주세요.")
    holding = doer.standing.right(Role.ADMINISTRATOR) or doer.standing.right(Role.EVALUATOR, department.path)
    if holding is None:
        raise Refusal("관리자와 평가자만 지표를 이관할 수 있습니다. 필요하면 관리자에게 요청해 주세요.")
    return holding


def _must_be_here(session: Session, officer_id: int | None, on_day: date) -> None:
    if officer_id is None:
        return
    found = session.exec(select(Person.id).where(Person.id == officer_id, is_here(on_day))).first()
    if found is None:
        raise Refusal("그날에 근무하지 않는 담당자입니다. 다른 담당자를 선택해 주세요.")


def _must_fit(session: Session, indicator: Indicator, to: Department, on_day: date) -> None:
    """Refuses what cannot be: to where it is, before its cycle, before a move that is ordered already."""
    cycle = session.get_one(Cycle, indicator.cycle_id)
    if indicator.department_id == to.id:
        raise Refusal(
            "{indicator:은/는} 이미 {department}의 지표입니다.", indicator=indicator.name, department=to.name
        )
    if to.ends_on is not None and to.ends_on <= on_day:
        raise Refusal(
            "{department:은/는} 그날 없는 부서입니다. 다른 부서를 선택해 주세요.", department=to.name
        )
    if not cycle.starts_on < on_day <= cycle.ends_on:
        raise Refusal(
            "이관일은 {first} 뒤, {last} 이전이어야 합니다. 날짜를 확인해 주세요.",
            first=cycle.starts_on,
            last=cycle.ends_on,
        )
    query = select(IndicatorMove).where(IndicatorMove.indicator_id == indicator.id)
    last = session.exec(query.order_by(col(IndicatorMove.on_day).desc())).first()
    if last is not None and (last.applied_at is None or last.on_day >= on_day):
        raise Refusal(
            "{indicator:은/는} {day}에 {department:으로/로} 이관하도록 이미 정해져 있습니다.",
            indicator=indicator.name,
            day=last.on_day,
            department=session.get_one(Department, last.to_department_id).name,
        )
