"""What was done in a demo's city before it begins: periods that were reported, confirmed and approved.

The answers are those of the example's `actuals/실적.csv`; they are given by the people whose task it was, through the
verbs that the chat uses.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session, select

from models.clock import local_day
from models.doer import Doer
from models.evidence.table import receive
from models.evidence.vault import Kept, Vault
from models.organization import Department, Role, people_with
from models.plan import Cycle, Indicator, Period
from models.submission import Entry, approve, confirm, open_file, save, submit

_ACTUALS = Path("actuals") / "실적.csv"
_NOT_APPLICABLE = "해당없음"
_WHY_NOT = "이 기간에는 해당하지 않습니다."
_BEFORE_DUE = timedelta(days=1)
_A_STEP = timedelta(hours=2)


@dataclass
class _Report:
    """A row of the actuals, with whom it concerns."""

    row: dict[str, str]
    indicator: Indicator
    department: Department
    cycle: Cycle
    id: int = 0


def report_all(session: Session, vault: Vault, example: Path, periods: Sequence[str]) -> None:
    """Everything the example has for the periods of these codes, each period a day before it was due."""
    if not periods:
        return
    with (example / _ACTUALS).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["기간"] in periods]
    with vault.receiving() as incoming:
        incoming.write("시연용 증빙자료\n".encode())
        evidence = incoming.keep("시연용 증빙.txt")
    of_period = {
        period: [_report(session, row) for row in rows if row["기간"] == period] for period in periods
    }
    for code, reports in of_period.items():
        for cycle_id in {one.indicator.cycle_id for one in reports}:
            period = session.exec(
                select(Period).where(Period.cycle_id == cycle_id, Period.code == code)
            ).one()
            own = [one for one in reports if one.indicator.cycle_id == cycle_id]
            _go_through(session, own, period, evidence)


def _report(session: Session, row: dict[str, str]) -> _Report:
    cycle = session.exec(select(Cycle).where(Cycle.code == row["성과주기"])).one()
    of_cycle = select(Indicator).where(Indicator.cycle_id == cycle.id, Indicator.code == row["지표코드"])
    indicator = session.exec(of_cycle).one()
    return _Report(row, indicator, session.get_one(Department, indicator.department_id), cycle)


def _go_through(session: Session, reports: Sequence[_Report], period: Period, evidence: Kept) -> None:
    """One step after the other for all of them, as the audit would have it."""
    at = period.report_due - _BEFORE_DUE
    for one in reports:
        officer = one.indicator.officer_id or _somebody(session, Role.OFFICER, one, at)
        doer = Doer.at_work(session, officer, at, "demo")
        parcel = receive(session, at, officer, evidence)
        value = one.row["실적"]
        entry = (
            Entry(None, True, _WHY_NOT) if value == _NOT_APPLICABLE else Entry(Decimal(value), added=[parcel])
        )
        saved = save(session, doer, one.indicator.id or 0, period.id or 0, entry)
        one.id = submit(session, doer, saved.id, saved.submission.revision).id
    for one in reports if reports[0].cycle.asks_confirmation else ():
        lead = Doer.at_work(session, _somebody(session, Role.TEAM_LEAD, one, at), at + _A_STEP, "demo")
        confirm(session, lead, one.id, open_file(session, one.id).submission.revision)
    for one in reports:
        evaluator = Doer.at_work(
            session, _somebody(session, Role.EVALUATOR, one, at), at + 2 * _A_STEP, "demo"
        )
        other = one.row.get("인정실적")
        recognised, why = (Decimal(other), one.row["사유"]) if other else (None, "")
        approve(session, evaluator, one.id, open_file(session, one.id).submission.revision, recognised, why)


def _somebody(session: Session, role: Role, report: _Report, at: datetime) -> int:
    return people_with(session, role, report.department, local_day(at))[0].id or 0
