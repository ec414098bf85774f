"""A part of owners that names none: each subject's value is given by the department that supervises it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from models.clock import local_day
from models.scheme.items import items_at_hand, own_items
from models.scheme.missing import missing_of
from models.scheme.owning import Item, give_value, open_item, subjects_of_item, values_of
from models.scheme.result import result_of
from models.store import Database
from models.words import Refusal
from reports.plan import PlanRejected, check_plan, read_plan
from tests.dialogues import city
from tests.kit.schemes import at_work, cycle_id, department_id, subject_id, supervised_institutions

EXAMPLE = Path(__file__).parents[3] / "examples" / "gwangju-2019"


@pytest.fixture
def supervised(any_hanbit: Database) -> Database:
    """총무과 and 돌봄과 are supervised by 민원과, 안전과 by 돌봄과."""
    supervised_institutions(any_hanbit)
    return any_hanbit


def gives(database: Database, person: str, to: str, value: int, owner: str) -> None:
    with database.write() as session:
        key = department_id(session, owner)
        item = open_item(session, cycle_id(session), "INST", "SUP", None, key)
        give_value(
            session, at_work(session, person, city.MONDAY), item, subject_id(session, to), Decimal(value)
        )


def test_each_supervisor_gives_those_it_supervises_and_nobody_else(supervised: Database) -> None:
    gives(supervised, city.CIVIL, "GA", 80, "CI")
    gives(supervised, city.CARER, "SF", 60, "CA")
    with pytest.raises(Refusal, match="감독하는 곳이 아니어서"):
        gives(supervised, city.CIVIL, "SF", 90, "CI")
    with pytest.raises(Refusal, match="돌봄과의 담당자와 팀장만"):
        gives(supervised, city.CIVIL, "SF", 90, "CA")
    # A department that supervises nobody is no owner, whatever a step's data say.
    with pytest.raises(Refusal, match="감독하는 곳이 아니어서"):
        gives(supervised, city.OFFICER, "GA", 90, "GA")
    with supervised.read() as session:
        result = result_of(session, cycle_id(session), "INST", None)
        assert {one.subject.code: one.score.total for one in result.subjects} == {"GA": 80, "SF": 60, "CA": 0}
        (missing,) = missing_of(session, result)
        assert (missing.subjects, missing.owner) == (("돌봄과",), "민원과")


def test_the_item_is_one_for_each_supervisor_with_its_own_progress(supervised: Database) -> None:
    gives(supervised, city.CIVIL, "GA", 80, "CI")
    with supervised.read() as session:
        found = {one.item.owner.code: one for one in items_at_hand(session, local_day(city.MONDAY))}
        assert {code: (one.given, one.subjects) for code, one in found.items()} == {
            "CI": (1, 2),
            "CA": (0, 1),
        }
        (own,) = own_items(session, at_work(session, city.CARER, city.MONDAY))
        assert own.item.owner.code == "CA"
        assert [one.code for one in subjects_of_item(session, own.item)] == ["SF"]
        assert values_of(session, own.item) == {}
        assert len(values_of(session, found["CI"].item)) == 1


def test_without_knowing_whose_there_is_no_item(supervised: Database) -> None:
    with supervised.read() as session, pytest.raises(Refusal, match="소관부서가 값을 주는 항목이 아닙니다"):
        item: Item = open_item(session, cycle_id(session), "INST", "SUP", None)
        assert item is None


def test_a_plan_may_leave_the_owner_out_where_every_subject_is_supervised(tmp_path: Path) -> None:
    copied = tmp_path / "gwangju"
    shutil.copytree(EXAMPLE, copied, ignore=shutil.ignore_patterns("actuals"))
    parts = copied / "배점.csv"
    text = parts.read_text("utf-8")
    parts.write_text(re.sub("(SUP,감독부서 평가,소관,15,,,,,)D0101,", r"\1,", text), "utf-8")
    assert parts.read_text("utf-8") != text
    (part,) = [one for one in check_plan(read_plan(copied)).parts if one.code == "SUP"]
    assert part.owner == ""
    departments = copied / "조직.csv"
    departments.write_text(
        re.sub("(?m)^(G24,.*,GWANGJU,)[^,]+", r"\1", departments.read_text("utf-8")), "utf-8"
    )
    with pytest.raises(PlanRejected) as rejected:
        check_plan(read_plan(copied))
    assert [one.cell for one in rejected.value.problems] == ["L4"]
