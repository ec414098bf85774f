"""The example of Gwangju 2019: made by its script, of the true scale, fit to be imported, with its hard cases."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.clock import local_day
from models.consultation.programme import ProgrammeKind
from models.organization import DepartmentKind, Role
from models.scheme.table import BASE
from models.scoring import Kind
from models.working_days import WorkingDays
from reports.plan import check_plan, read_plan
from reports.plan.lines import IndicatorLine, Plan
from tests.cities.by_hand.files import NOT_APPLICABLE, Row, Year
from tests.cities.by_hand.ratings import rated
from tests.cities.by_hand.results import Sum, result
from tests.cities.by_hand.standing import prizes

EXAMPLES = Path(__file__).parents[2] / "examples"
GWANGJU = EXAMPLES / "gwangju-2019"
CHOSEN = 11


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan as the importer reads it: read, checked, nothing refused."""
    return check_plan(read_plan(GWANGJU))


@pytest.fixture(scope="module")
def year() -> Year:
    """The files with the answers of the year, and the result worked out from them alone."""
    return Year(GWANGJU)


def results(year: Year) -> dict[str, Sum]:
    """What each institution came to, best first."""
    return {one.subject: one for one in result(year, "2019", "INST")}


def committee(year: Year) -> list[Row]:
    return year.rows("actuals/평가")


def goal(plan: Plan, word: str) -> tuple[IndicatorLine, Decimal | None]:
    """The only goal with that word in its name, and its target."""
    (line,) = (one for one in plan.indicators if word in one.name)
    return line, next(one.value for one in plan.targets if one.indicator == line.code)


def test_the_files_are_what_the_script_makes_byte_for_byte(tmp_path: Path) -> None:
    script = EXAMPLES / "make_gwangju_2019.py"
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    stored = {str(path.relative_to(GWANGJU)): path.read_bytes() for path in GWANGJU.rglob("*.csv")}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_24_institutions_have_90_goals_and_each_a_supervising_division(plan: Plan) -> None:
    departments = {line.code: line for line in plan.departments}
    institutions = [line for line in plan.departments if line.kind is DepartmentKind.INSTITUTION]
    assert len(institutions) == 24
    assert {departments[line.supervisor].kind for line in institutions} == {DepartmentKind.DIVISION}
    assert len(plan.indicators) == 90
    assert {line.department for line in plan.indicators} == {line.code for line in institutions}


def test_the_goals_known_to_the_public_are_among_them(plan: Plan) -> None:
    for word in ("열차 운행 사고", "열차 지연", "처리시설 인명피해", "건설현장 인명피해"):
        line, target = goal(plan, word)
        assert (line.kind, target) == (Kind.ZERO, Decimal(0))
    assert goal(plan, "ISO 10002")[0].kind is Kind.YES_NO
    guarantees, target = goal(plan, "보증 공급액")
    assert (guarantees.kind, guarantees.unit, target) == (Kind.HIGHER, "억원", Decimal(3902))
    households, target = goal(plan, "컨설팅 가구 수")
    assert (households.kind, households.unit, target) == (Kind.HIGHER, "가구", Decimal(2300))
    begun = [line for line in plan.indicators if line.name.endswith("착공")]
    assert len(begun) == 3
    assert {line.kind for line in begun} == {Kind.MILESTONE}


def test_every_kind_is_used_and_targets_of_zero_by_two_of_them(plan: Plan) -> None:
    assert {line.kind for line in plan.indicators} == set(Kind)
    kinds = {line.code: line.kind for line in plan.indicators}
    assert {kinds[line.indicator] for line in plan.targets if line.value == 0} == {
        Kind.ZERO,
        Kind.FROM_BASELINE,
    }
    assert {line.cap for line in plan.indicators} == {100, 110, 120}


def test_a_target_asks_for_more_than_last_year(plan: Plan) -> None:
    better = {Kind.HIGHER: 1, Kind.LOWER_RATIO: -1, Kind.LOWER_MIRROR: -1, Kind.FROM_BASELINE: -1}
    targets = {line.indicator: line.value for line in plan.targets}
    compared = [line for line in plan.indicators if line.kind in better and line.past_actuals]
    assert len(compared) > 50
    for line in compared:
        target = targets[line.code]
        assert target is not None
        assert (target - line.past_actuals[2018]) * better[line.kind] > 0, line.name


def test_the_year_is_reported_once_at_its_end(plan: Plan) -> None:
    (period,) = plan.periods
    assert (period.starts_on, period.ends_on) == (date(2019, 1, 1), date(2019, 12, 31))
    assert local_day(period.report_due) > period.ends_on


def test_an_institution_has_officers_and_a_head_and_its_supervisor_evaluates_it(plan: Plan) -> None:
    holders: dict[tuple[Role, str], set[str]] = defaultdict(set)
    for person in plan.people:
        for role in person.roles:
            holders[role, person.place or person.department].add(person.code)
    homes = {person.code: person.department for person in plan.people}
    for line in plan.departments:
        if line.kind is DepartmentKind.INSTITUTION:
            assert len(holders[Role.OFFICER, line.code]) >= 2
            assert len(holders[Role.TEAM_LEAD, line.code]) == 1
            assert {homes[code] for code in holders[Role.EVALUATOR, line.code]} == {line.supervisor}
    used = {line.officer for line in plan.indicators}
    assert used >= {code for line in plan.indicators for code in holders[Role.OFFICER, line.department]}


def test_institutions_and_supervisors_meet_to_share_results_and_to_set_next_years_goals(
    plan: Plan, year: Year
) -> None:
    assert {line.kind for line in plan.programmes} == {ProgrammeKind.MEETING}
    days = WorkingDays(extra_off={line.day: line.name for line in plan.special_days if not line.working})
    assert all(days.is_working(local_day(line.starts_at)) for line in plan.slots)
    seats = {(line.programme, line.code): line.seats for line in plan.slots}
    signed_up = Counter((row["프로그램"], row["일정"]) for row in year.rows("actuals/출석"))
    assert signed_up.keys() == seats.keys()
    assert all(count <= seats[slot] for slot, count in signed_up.items())
    (rating,) = plan.ratings
    assert {line.period for line in plan.ratings} == {""}
    shared = min(line.starts_at for line in plan.slots if line.programme == "HEADS")
    assert rating.closes_at + timedelta(days=7) < shared
    together = {row["부서"] for row in year.rows("actuals/출석") if row["프로그램"] == "NEXT"}
    assert together == {line.department for line in plan.indicators} | {
        line.supervisor for line in plan.departments if line.supervisor
    }


def test_the_scheme_ranks_the_institutions_and_chooses_eleven(plan: Plan) -> None:
    assert sum(line.points or 0 for line in plan.parts if line.source in BASE) == 100
    assert {line.code for line in plan.subjects} == {line.department for line in plan.indicators}
    (prize,) = plan.prizes
    assert (prize.count, prize.grouping) == (CHOSEN, "")
    raters = {person.code for person in plan.people if Role.RATER in person.roles}
    assert {line.person for line in plan.raters} == raters


def test_answers_are_there_for_every_goal_rater_and_institution(plan: Plan, year: Year) -> None:
    reported = [(row["지표코드"], row["기간"]) for row in year.rows("actuals/실적")]
    assert sorted(reported) == sorted((line.code, "Y") for line in plan.indicators)
    papers = [(row["위원"], row["대상"]) for row in committee(year)]
    assert len(papers) == len(set(papers))
    assert set(papers) == {(rater.person, one.code) for rater in plan.raters for one in plan.subjects}
    scales = {line.code for line in plan.criteria}
    assert all(bool(row["회피"]) != all(row[code] for code in scales) for row in committee(year))
    owned = [(row["항목"], row["대상"], row["기간"]) for row in year.rows("actuals/소관")]
    assert sorted(owned) == sorted(("SUP", one.code, "") for one in plan.subjects)


def test_some_reports_are_returned_and_recognised_otherwise_and_one_does_not_apply(year: Year) -> None:
    otherwise = [row for row in year.rows("actuals/실적") if row["인정실적"]]
    assert len(otherwise) == 4
    assert all(row["사유"] and row["반려"] == "예" and row["인정실적"] != row["실적"] for row in otherwise)
    (not_applicable,) = (row for row in year.rows("actuals/실적") if row["실적"] == NOT_APPLICABLE)
    assert not_applicable["사유"]
    assert not not_applicable["증빙"]


def test_what_does_not_apply_leaves_its_points_to_the_other_parts(year: Year) -> None:
    (without,) = year.of("actuals/소관", 값=NOT_APPLICABLE)
    points = results(year)[without["대상"]].points
    assert points["SUP"] is None
    assert (points["GOAL"] or 0) > 60


def test_bonus_and_deduction_meet_their_most_and_some_are_dropped(year: Year) -> None:
    found = results(year)
    assert found["G05"].points["BONUS"] == 3
    assert found["G05"].total > 100
    assert found["G22"].points["LOSS"] == -5
    given = Counter((row["항목"], row["결과"]) for row in year.rows("actuals/가감점"))
    assert given["BONUS", "취소"] == given["LOSS", "취소"] == 1
    assert all(row["사유"] for row in year.rows("actuals/가감점"))


def test_raters_step_back_and_the_mean_without_extremes_differs_from_the_plain_one(year: Year) -> None:
    assert len([row for row in committee(year) if row["회피"]]) == 4
    plain = Year(GWANGJU)
    plain.files["평가단"] = [row | {"절사": "0"} for row in year.rows("평가단")]
    trimmed, kept = (rated(one, "2019", "COM", "G21", "") or Fraction(0) for one in (year, plain))
    assert trimmed > kept + 1


def test_the_eleventh_place_is_decided_by_the_order_of_ties(year: Year) -> None:
    ranked = result(year, "2019", "INST")
    before, in_, out, after = ranked[CHOSEN - 2 : CHOSEN + 2]
    assert (in_.subject, out.subject) == ("G15", "G04")
    assert before.total > in_.total == out.total > after.total
    assert (in_.points["GOAL"] or 0) > (out.points["GOAL"] or 0)
    chosen = prizes(ranked, year.rows("포상")).given
    assert list(chosen) == [one.subject for one in ranked[:CHOSEN]]


def test_people_are_made_up_and_their_mail_goes_nowhere(plan: Plan) -> None:
    names = {person.code: person.name for person in plan.people}
    assert len(set(names.values())) == len(names)
    assert all(person.email.endswith("@gwangju.example") for person in plan.people)
    text = (GWANGJU / "README.md").read_text(encoding="utf-8")
    assert "이 자료는 시연용으로 만든 가상의 자료입니다" in text
