"""The reports of whole departments by the verbs that the dialogues call: a transaction a department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session, select

from models.doer import Doer
from models.evidence.table import receive
from models.evidence.vault import Kept
from models.organization import Role
from models.plan import Indicator, Period
from models.submission import Entry, SubmissionFile, approve, confirm, save, submit
from tests.cities.answers import Row
from tests.cities.place import Place
from tests.kit import files


def report(place: Place, given: Sequence[tuple[Row, Row]]) -> None:
    """Each report, with its indicator: handed in by whoever the plan names, confirmed, approved."""
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
                _report_one(session, doers, one, kept)


def _report_one(session: Session, doers: Sequence[Doer], report: Row, kept: Kept) -> None:
    officer, lead, evaluator = doers
    opened = _hands_in(session, officer, report, kept)
    opened = confirm(session, lead, opened.id, opened.submission.revision)
    recognised = Decimal(report["인정실적"]) if report["인정실적"] else None
    approve(session, evaluator, opened.id, opened.submission.revision, recognised, report["사유"])


def _hands_in(session: Session, doer: Doer, report: Row, kept: Kept) -> SubmissionFile:
    indicator = session.exec(select(Indicator.id).where(Indicator.code == report["지표코드"])).one() or 0
    period = session.exec(select(Period.id).where(Period.code == report["기간"])).one() or 0
    evidence = receive(session, doer.now, doer.person_id, kept)
    opened = save(session, doer, indicator, period, Entry(Decimal(report["실적"]), added=[evidence]))
    return submit(session, doer, opened.id, opened.submission.revision)
