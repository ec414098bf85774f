"""A report as in reporting, without the chat: the verbs that the dialogues call, done by the same people."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, col, select

from models.doer import Doer
from models.evidence.table import Parcel, receive
from models.organization import Role
from models.plan import Cycle, Indicator, Period
from models.submission import Entry, SubmissionFile, approve, confirm, save, submit
from tests.cities.answers import Row
from tests.cities.place import Place
from tests.kit import files

NOT_APPLICABLE = "해당없음"


def report_one(place: Place, report: Row, indicator: Row, *, asks_lead: bool) -> None:
    """From the officer's draft to the evaluator's decision."""
    officer = indicator["담당자"] or place.who(Role.OFFICER, indicator["부서"])
    lead, evaluator = (place.who(role, indicator["부서"]) for role in (Role.TEAM_LEAD, Role.EVALUATOR))
    with place.town.vault.receiving() as incoming:
        incoming.write(files.pdf())
        kept = incoming.keep(f"{indicator['코드']} 증빙.pdf")
    with place.town.database.write() as session:
        doer = place.doer(session, officer)
        opened = hand_in(session, doer, report, receive(session, doer.now, doer.person_id, kept))
        if asks_lead:
            opened = confirm(session, place.doer(session, lead), opened.id, opened.submission.revision)
        recognised = Decimal(report["인정실적"]) if report["인정실적"] else None
        revision = opened.submission.revision
        approve(session, place.doer(session, evaluator), opened.id, revision, recognised, report["사유"])


def hand_in(session: Session, doer: Doer, report: Row, evidence: Parcel) -> SubmissionFile:
    """The officer's part: saved with its file, and submitted."""
    is_none = report["실적"] == NOT_APPLICABLE
    value, note = (None, report["사유"] or "해당하지 않습니다.") if is_none else (Decimal(report["실적"]), "")
    entry = Entry(value, not_applicable=is_none, note=note, added=[evidence])
    opened = save(session, doer, *_where(session, report), entry)
    return submit(session, doer, opened.id, opened.submission.revision)


def _where(session: Session, report: Row) -> tuple[int, int]:
    """The indicator and the period."""
    cycle = session.exec(select(Cycle.id).where(Cycle.code == report["성과주기"])).one()
    indicator = select(Indicator.id).where(Indicator.cycle_id == cycle, Indicator.code == report["지표코드"])
    period = select(Period.id).where(col(Period.cycle_id) == cycle, Period.code == report["기간"])
    return session.exec(indicator).one() or 0, session.exec(period).one() or 0
