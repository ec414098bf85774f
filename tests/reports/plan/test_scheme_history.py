"""A scheme that is corrected by the next import: what was reckoned before is reckoned again as it was then."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from models.organization import Person
from models.plan import Cycle
from models.plan_records import PlanRecord
from models.scheme.result import SchemeResult, result_of
from models.scheme.table import OwnerValue, Subject
from models.store import Database
from reports.plan import Changes
from tests.kit.plan_rows import MORE, ROWS
from tests.kit.plans import Sheets, full_plan, sheet
from tests.reports.plan.checking import NOW, bring

INST = {"성과주기": "2019", "체계": "INST"}
DAY = timedelta(days=1)
VALUES = {"TR-1": "6.5", "TR-2": "12", "FC": "20"}


def plan(*subjects: str, first: int = 20, best: int = 90, award: str = "최우수", digits: int = 2) -> Sheets:
    """Two items of the planning office, 20 and 80 points unless it says otherwise."""
    owned = {"원천": "소관", "소관부서": "PL"}
    version = {"성과주기": "2019", "코드": "INST", "이름": "기관평가", "대상": "부서", "소수자리": digits}
    lines: dict[str, list[dict[str, Any]]] = {
        "평가체계": [version],
        "배점": [
            {**INST, "코드": "OPEN", "이름": "정보공개", "배점": first, **owned},
            {**INST, "코드": "TIME", "이름": "점검", "배점": 100 - first, **owned, "배점방식": "상향", "목표치": 20},
        ],
        "등급": [{**INST, "이름": "S", "기준점수": best}, {**INST, "이름": "A"}],
        "포상": [{**INST, "이름": award, "인원": 1}],
        "평가대상": [{**INST, "코드": code} for code in subjects or VALUES],
        "평가": [],
        "평가항목": [],
        "평가단": [],
    }  # fmt: skip
    return full_plan() | {name: sheet(name, rows) for name, rows in lines.items()}


def shown(session: Session, as_of: datetime | None = None) -> list[tuple[object, ...]]:
    cycle = session.exec(select(Cycle.id)).one()
    result: SchemeResult = result_of(session, cycle or 0, "INST", None, as_of)
    return [
        (one.name, one.score.total, *(part.points for part in one.score.parts), one.place.rank, one.place.grade,
         one.place.prize)
        for one in result.subjects
    ]  # fmt: skip


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> Database:
    """Imported on the first day, its values given on the second."""
    bring(any_database, plan(), tmp_path)
    with any_database.write() as session:
        person = session.exec(select(Person.id)).first()
        for subject in session.exec(select(Subject)).all():
            for part in ("OPEN", "TIME"):
                session.add(
                    OwnerValue(
                        subject_id=subject.id or 0, part=part, value=Decimal(VALUES[subject.code]),
                        given_by_id=person or 0, given_at=NOW + DAY,
                    )
                )  # fmt: skip
    return any_database


def corrects(city: Database, folder: Path, sheets: Sheets, days: int) -> Changes:
    return bring(city, sheets, folder, NOW + days * DAY)


@pytest.mark.parametrize(
    "corrected",
    [
        plan(first=40),
        plan(best=60),
        plan(award="대상"),
        plan("FC", "TR-1", "TR-2", digits=0),
    ],
    ids=["points", "grades", "prizes", "digits"],
)
def test_what_was_shown_before_a_correction_is_shown_of_that_day(
    city: Database, tmp_path: Path, corrected: Sheets
) -> None:
    with city.read() as session:
        before = shown(session)
        # All there is; 12 of 20 points and 12/20 of 80; 6.5 and 6.5/20 of 80.
        assert [row[1] for row in before] == [100, 60, Decimal("32.5")]
    corrects(city, tmp_path, corrected, 7)
    with city.read() as session:
        after = shown(session)
        assert after != before
        assert shown(session, NOW + 6 * DAY) == before
        assert shown(session, NOW + 7 * DAY) == after
        assert not session.new and not session.dirty


def test_of_a_day_before_the_first_import_the_scheme_is_as_it_was_first(
    city: Database, tmp_path: Path
) -> None:
    corrects(city, tmp_path, plan(first=40), 7)
    with city.read() as session:
        rows = shown(session, NOW - DAY)
        # Nobody had given anything yet, but of the points it was already said what could be had.
        assert [row[1] for row in rows] == [0, 0, 0] and {row[5] for row in rows} == {"A"}


def test_only_what_differs_is_kept(city: Database, tmp_path: Path) -> None:
    corrects(city, tmp_path, plan(), 3)
    corrects(city, tmp_path, plan(first=40), 7)
    corrects(city, tmp_path, plan(first=40), 8)
    with city.read() as session:
        kept = session.exec(select(PlanRecord.recorded_at)).all()
        assert kept == [NOW, NOW + 7 * DAY]


def test_a_department_that_joins_was_not_ranked_before(any_database: Database, tmp_path: Path) -> None:
    bring(any_database, plan("TR-1", "FC"), tmp_path)
    corrects(any_database, tmp_path, plan(), 7)
    names = {row["코드"]: row["이름"] for row in [*ROWS["조직"], *MORE.get("조직", ())]}
    with any_database.read() as session:
        assert {row[0] for row in shown(session)} == {names[code] for code in VALUES}
        assert {row[0] for row in shown(session, NOW)} == {names["TR-1"], names["FC"]}
