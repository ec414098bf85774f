"""The reports of whole departments by the verbs that the dialogues call: a transaction a department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session

from models.doer import Doer
from models.evidence.table import receive
from models.evidence.vault import Kept
from models.organization import Role
from models.submission import approve, confirm
from tests.cities.answers import Row
from tests.cities.place import Place
from tests.cities.reporting_by_verbs import hand_in
from tests.kit import files


def report(place: Place, given: Sequence[tuple[Row, Row]], *, asks_lead: bool = True) -> None:
    """Each report, with its indicator: handed in by whoever the plan names, confirmed where the cycle asks the team
    lead, approved."""
    with place.town.vault.receiving() as incoming:
        incoming.write(files.pdf())
        kept = incoming.keep("증빙.pdf")
    by_officer: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for one, indicator in given:
        by_officer[indicator["부서"], indicator["담당자"]].append(one)
    for (department, officer), own in by_officer.items():
        lead, evaluator = (place.who(role, department) for role in (Role.TEAM_LEAD, Role.EVALUATOR))
        with place.town.database.write() as session:
            doers = [place.doer(session, number) for number in (officer, lead, evaluator)]
            for one in own:
                _report_one(session, doers, one, kept, asks_lead=asks_lead)


def _report_one(session: Session, doers: Sequence[Doer], report: Row, kept: Kept, *, asks_lead: bool) -> None:
    officer, lead, evaluator = doers
    opened = hand_in(session, officer, report, receive(session, officer.now, officer.person_id, kept))
    if asks_lead:
        opened = confirm(session, lead, opened.id, opened.submission.revision)
    recognised = Decimal(report["인정실적"]) if report["인정실적"] else None
    approve(session, evaluator, opened.id, opened.submission.revision, recognised, report["사유"])
