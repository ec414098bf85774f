"""The same as in reporting, without the chat: the verbs that the dialogues call, by the same people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from models.clock import SEOUL
from models.doer import Doer
from models.evidence.table import receive
from models.evidence.vault import Kept
from models.organization import Role
from models.plan import Cycle, Indicator, Period
from models.submission import Entry, ReasonCode, Return, approve, confirm, return_, save, submit
from tests.cities.answers import Row
from tests.cities.place import Place
from tests.kit import files

NOT_APPLICABLE = "해당없음"


def report_one(place: Place, report: Row, indicator: Row, asks_lead: bool) -> None:
    """One report from its draft to the evaluator's decision; some come back once on the way."""
    with place.town.vault.receiving() as incoming:
        incoming.write(files.pdf())
        kept = incoming.keep(f"{indicator['코드']} 증빙.pdf")
    officer = indicator["담당자"] or place.who(Role.OFFICER, indicator["부서"])
    lead, evaluator = (place.who(role, indicator["부서"]) for role in (Role.TEAM_LEAD, Role.EVALUATOR))
    with place.town.database.write() as session:
        key = _hands_in(session, place.doer(session, officer), report, kept)
        revision = _confirmed(session, place.doer(session, lead), key) if asks_lead else 2
        if report.get("반려"):
            decider = place.doer(session, evaluator)
            why = Return(ReasonCode.EVIDENCE, "근거 공문을 붙여 주세요.", _due(place))
            return_(session, decider, key, revision, why)
            key = _hands_in(session, place.doer(session, officer), report, kept)
            revision = _confirmed(session, place.doer(session, lead), key) if asks_lead else 2
        _approves(session, place.doer(session, evaluator), key, revision, report)
