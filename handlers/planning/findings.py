"""What is found about the indicators of the whole city, department by department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.planning.place import PLANS, counted_findings
from handlers.wording import HOME
from models.clock import local_day
from models.organization import Department, Role
from models.plan import Cycle
from models.planning.drafts import findings_of_cycle
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The departments about whose indicators something is found; first the choice of a cycle, where there are more."""
    if not (talk.standing.has(Role.ADMINISTRATOR) or talk.standing.has(Role.EVALUATOR)):
        raise Refusal("관리자와 평가자만 볼 수 있습니다. 필요하면 관리자에게 문의해 주세요.")
    cycles = _cycles(talk.session, talk.today)
    if "cycle" not in data and len(cycles) > 1:
        choices = [Choice(one.name, Go("plan.findings", {"cycle": one.id})) for one in cycles]
        return Menu(lines(Bold(say("점검할 성과주기를 선택해 주세요."))), choices, buttons=[PLANS])
    if not cycles:
        return Notice(lines(say("진행 중인 성과주기가 없습니다.")), buttons=[HOME])
    cycle = next((one for one in cycles if one.id == data.get("cycle")), cycles[0])
    found = findings_of_cycle(talk.session, cycle)
    title = Bold(say("지표 점검: {cycle}", cycle=cycle.name))
    if not found:
        told = lines(title, say("점검에서 찾은 것이 없습니다."))
        return Notice(told, buttons=[PLANS], tone=Tone.GOOD)
    departments = select(Department).where(col(Department.id).in_(found))
    choices = []
    for one in talk.session.exec(departments.order_by(col(Department.position), col(Department.id))):
        own = {draft.code: findings for draft, findings in found[one.id or 0]}
        to = Go("plan.card", {"cycle": cycle.id, "department": one.id})
        choices.append(Choice(one.name, to, counted_findings(own) or ""))
    all_of_them = {draft.code: findings for rows in found.values() for draft, findings in rows}
    return Menu(lines(title, counted_findings(all_of_them) or ""), choices, buttons=[PLANS])


def summary_of_findings(session: Session, now: datetime) -> list[Phrase]:
    """One line a cycle that is not over and about whose indicators something is found."""
    told = []
    for cycle in _cycles(session, local_day(now)):
        found = findings_of_cycle(session, cycle)
        counted = counted_findings({draft.code: own for rows in found.values() for draft, own in rows})
        if counted is not None:
            told.append(say("지표 점검 {cycle}: {findings}", cycle=cycle.name, findings=counted))
    return told


def _cycles(session: Session, today: date) -> Sequence[Cycle]:
    """Those that are not over."""
    query = select(Cycle).where(col(Cycle.ends_on) >= today).order_by(col(Cycle.starts_on), col(Cycle.id))
    return session.exec(query).all()
