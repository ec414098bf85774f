"""A round of ratings in 한빛시: ten departments, experts from outside, the planning office, citizens."""

from __future__ import annotations

from sqlmodel import Session, select

from models.organization import Department
from models.plan import Cycle, MainProject
from models.rating.table import GroupKind
from models.store import Database
from tests.kit.conversation import Town
from tests.kit.rated import Asks, Of, Round, add_department, add_expert, add_round

EXPERTS = ("E0", "E1", "E2", "E3")
TEN = ("GA", "CI", "CA", "SF", "PL", "AD", "WE", "N7", "N8", "N9")
ASKS = (
    Asks("IMP", "중요도", weight="60", question="주요사업이 시정에 얼마나 중요합니까?"),
    Asks("DIF", "난이도", "0~100", "40", question="이루기에 얼마나 어렵습니까?"),
)


def begins(town: Town, *more: Of, **about: object) -> Round:
    """The round is in the plan and has opened: 한위원 and three others are to rate ten departments."""
    with town.database.write() as session:
        for number in (7, 8, 9):
            add_department(session, f"N{number}", f"{number}과", "WE")
        for code, name in zip(EXPERTS, ("한위원", "두위원", "석위원", "넉위원"), strict=True):
            add_expert(session, code, name)
        _project(session)
    made = in_plan(town.database, *more, **about)
    for code in EXPERTS:
        town.person(code)
    town.time_goes_on(minutes=1)
    return made


def in_plan(database: Database, *more: Of, **about: object) -> Round:
    """The round as the plan has it."""
    groups = [Of("EX", "전문가", "60", EXPERTS), *more]
    return add_round(database, TEN, groups, ASKS, period="H1", **about)  # type: ignore[arg-type]


def citizens() -> Of:
    """A survey."""
    return Of("CIT", "시민 설문", "40", kind=GroupKind.SURVEY)


def _project(session: Session) -> None:
    cycle = session.exec(select(Cycle.id).where(Cycle.code == "2019")).one() or 0
    place = session.exec(select(Department.id).where(Department.code == "GA")).one() or 0
    session.add(MainProject(cycle_id=cycle, name="원스톱 민원창구", department_id=place))
