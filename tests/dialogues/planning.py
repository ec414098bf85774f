"""A cycle of 한빛시 whose plans are confirmed in chat."""

from __future__ import annotations

from sqlmodel import select

from models.organization import Department, Role
from models.plan import Cycle, Indicator, Period, periods_of
from models.scores import score_sheet
from tests.dialogues import city
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker, Town

CONSULTANT = "7001"


def asks_for_plans(town: Town) -> None:
    """From now on the performance plan of 2019 is confirmed before anything of it is reported."""
    add_person(town.database, CONSULTANT, "남컨설", Role.CONSULTANT)
    with town.database.write() as session:
        cycle = session.exec(select(Cycle).where(Cycle.code == "2019")).one()
        cycle.asks_plan_confirmation = True
        session.add(cycle)


def opens(person: Speaker, department: str = "총무과") -> None:
    """Looks at the plan of a department."""
    person.says("계획")
    person.presses(department)


def confirmed(town: Town, *departments: str) -> None:
    """Handed in and confirmed, one after the other."""
    evaluator = town.person(city.EVALUATOR)
    for name in departments:
        lead = town.person(city.LEAD if name == "총무과" else city.BUREAU_LEAD)
        opens(lead, name)
        lead.presses("검토 요청")
        opens(evaluator, name)
        evaluator.presses("확정")


def adds(officer: Speaker, name: str, formula: str, target: str, weight: str) -> None:
    """Adds an indicator where more is better, counted in pieces."""
    officer.presses("지표 추가")
    officer.presses("상향")
    for word in (name, formula, "건", target):
        officer.says(word)
    officer.presses("건너뛰기")
    officer.says(weight)
    officer.presses("건너뛰기")


def changes(officer: Speaker, indicator: str, **fields: str) -> None:
    """Changes fields of an indicator, by their labels, from the list of indicators."""
    officer.presses(indicator)
    officer.presses("고치기")
    for label, value in fields.items():
        if (again := f"고치기: {label}") in officer.buttons():
            officer.presses(again)
        officer.says(value)
    while "건너뛰기" in officer.buttons():
        officer.presses("건너뛰기")


def points(town: Town, period: str = "") -> dict[str, str]:
    """The points of each department in the period, or in the whole year; only of those that score anything."""
    with town.database.read() as session:
        cycle = session.exec(select(Cycle).where(Cycle.code == "2019")).one()
        periods: dict[str, Period] = {one.code: one for one in periods_of(session, cycle.id or 0)}
        sheet = score_sheet(session, cycle.id or 0, periods[period].id if period else None)
        return {one.department.name: f"{one.points:f}" for one in sheet.departments if one.points}


def row_of(town: Town, code: str) -> tuple[str, Indicator]:
    """The department and the row of an indicator."""
    with town.database.read() as session:
        indicator = session.exec(select(Indicator).where(Indicator.code == code)).one()
        return session.get_one(Department, indicator.department_id).name, indicator
