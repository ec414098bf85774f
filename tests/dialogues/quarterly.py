"""한빛시 as it would be if it reported every quarter: four periods, the same people and indicators, no evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from sqlmodel import Session, select

from models.audit import Actor
from models.clock import MovableClock
from models.doer import Doer
from models.organization import Person
from models.plan import Indicator, Period
from models.store import Database
from models.submission import Entry, find, open_file, save, submit, withdraw
from reports.plan import import_plan
from tests.dialogues import city
from tests.kit.plans import Sheets, sheet, write_csv


class Town(Protocol):
    """A city of dialogues, or of the contract."""

    database: Database
    clock: MovableClock


_QUARTERS = (
    ("Q1", "1분기", date(2019, 1, 1), date(2019, 3, 31), date(2019, 7, 31)),
    ("Q2", "2분기", date(2019, 4, 1), date(2019, 6, 30), date(2019, 7, 31)),
    ("Q3", "3분기", date(2019, 7, 1), date(2019, 9, 30), date(2019, 10, 15)),
    ("Q4", "4분기", date(2019, 10, 1), date(2019, 12, 31), date(2020, 1, 10)),
)


def plan() -> Sheets:
    """민원처리율 (GA-01) has three past years; 보증 공급액 (CI-01) is a sum and has none."""
    sheets = city.plan()
    rows = [
        {
            "성과주기": "2019", "성과주기명": "2019년 성과관리", "코드": code, "이름": name, "시작일": first,
            "종료일": last, "보고기한": due, "검토기한": date(2020, 2, 28), "팀장확인": "예",
        }
        for code, name, first, last, due in _QUARTERS
    ]  # fmt: skip
    halves = [row for row in sheets["기간"][1:] if row[0] == "IN"]
    sheets["기간"] = [*sheet("기간", rows), *halves]
    headings, *indicators = sheets["지표"]
    place = {str(heading): number for number, heading in enumerate(headings)}
    sheets["지표"] = [[*headings, "2016실적"]]
    for row in indicators:
        row[place["증빙필수"]] = "아니오"
        if row[place["코드"]] == "CI-01":
            row[place["집계방식"]] = "합계"
        sheets["지표"].append([*row, 90.1 if row[place["코드"]] == "GA-01" else ""])
    return sheets


def settle(database: Database, folder: Path) -> None:
    """The plan is imported into an empty database, on Monday 8 July 2019."""
    with database.write() as session:
        import_plan(session, city.MONDAY, Actor(None, "test"), write_csv(plan(), folder / "plan"))


def reports(town: Town, code: str, indicator: str, period: str, value: str | None) -> None:
    """The person of that code hands in the actual; None where it does not apply."""
    with town.database.write() as session:
        doer, place = _doer(session, town, code), _place(session, indicator, period)
        number = None if value is None else Decimal(value)
        entry = Entry(number, not_applicable=value is None, note="분기 실적입니다.")
        opened = save(session, doer, *place, entry)
        submit(session, doer, opened.id, opened.submission.revision)


def withdraws(town: Town, code: str, indicator: str, period: str) -> None:
    """The person takes the report back."""
    with town.database.write() as session:
        submission_id = find(session, *_place(session, indicator, period))
        opened = open_file(session, submission_id or 0)
        withdraw(session, _doer(session, town, code), opened.id, opened.submission.revision)


def _doer(session: Session, town: Town, code: str) -> Doer:
    person = session.exec(select(Person.id).where(Person.code == code)).one()
    return Doer.at_work(session, person or 0, town.clock.now(), "web")


def _place(session: Session, indicator: str, period: str) -> tuple[int, int]:
    found = session.exec(select(Indicator).where(Indicator.code == indicator)).one()
    where = Period.cycle_id == found.cycle_id, Period.code == period
    return found.id or 0, session.exec(select(Period.id).where(*where)).one() or 0
