"""The example of Osan 2023: made by its script, of the true scale, fit to be imported, with its hard cases."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, time
from pathlib import Path

import pytest

from models.clock import SEOUL, local_day
from models.consultation.programme import ProgrammeKind
from models.organization import Role
from models.scheme.table import BASE, Source
from models.scoring import Kind, Rollup
from models.working_days import WorkingDays
from reports.plan import check_plan, read_plan
from reports.plan.lines import Plan
from tests.cities.by_hand.files import NOT_APPLICABLE, Row, Year
from tests.cities.by_hand.results import Sum, result

EXAMPLES = Path(__file__).parents[2] / "examples"
OSAN = EXAMPLES / "osan-2023"
HALVES = ("H1", "H2")
TRAINED = 230


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan as the importer reads it: read, checked, nothing refused."""
    return check_plan(read_plan(OSAN))


@pytest.fixture(scope="module")
def year() -> Year:
    """The files with the answers of the year, and the result worked out from them alone."""
    return Year(OSAN)


def results(year: Year) -> list[Sum]:
    """What each department came to, best first."""
    return list(result(year, "2023", "DEPT"))


def papers(year: Year) -> list[Row]:
    return year.rows("actuals/평가")


def reports(year: Year) -> dict[tuple[str, str], Row]:
    """By code of the indicator and half."""
    return {(row["지표코드"], row["기간"]): row for row in year.rows("actuals/실적")}


def test_the_files_are_what_the_script_makes_byte_for_byte(tmp_path: Path) -> None:
    script = EXAMPLES / "make_osan_2023.py"
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    stored = {str(path.relative_to(OSAN)): path.read_bytes() for path in OSAN.rglob("*.csv")}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_more_than_230_leads_and_officers_are_trained_in_two_sessions_on_11_january(
    plan: Plan, year: Year
) -> None:
    scored = {line.department for line in plan.indicators}
    invited = {
        person.code
        for person in plan.people
        if person.department in scored and {Role.TEAM_LEAD, Role.OFFICER} & set(person.roles)
    }
    assert len(invited) > TRAINED
    (training,) = (line for line in plan.programmes if line.kind is ProgrammeKind.TRAINING)
    sessions = [line for line in plan.slots if line.programme == training.code]
    assert [local_day(line.starts_at) for line in sessions] == [date(2023, 1, 11)] * 2
    signed_up = [row for row in year.rows("actuals/출석") if row["프로그램"] == training.code]
    assert {row["사람"] for row in signed_up} == invited
    assert len(signed_up) == len(invited)
    there = Counter(row["일정"] for row in signed_up)
    assert all(there[line.code] <= line.seats for line in sessions)
    came = Counter(row["출석"] for row in signed_up)
    assert came["예"] > TRAINED
    assert came["아니오"] == 3


def test_every_department_is_reviewed_in_writing_before_the_one_day_of_slots(plan: Plan) -> None:
    (coaching,) = (line for line in plan.programmes if line.kind is ProgrammeKind.CONSULTATION)
    slots = [line for line in plan.slots if line.programme == coaching.code]
    (day,) = {local_day(line.starts_at) for line in slots}
    assert WorkingDays().is_working(day)
    morning = datetime.combine(day, time(), SEOUL)
    assert coaching.written_due and coaching.views_due and coaching.notes_due and coaching.booking_due
    assert coaching.written_due < coaching.views_due < coaching.booking_due < morning < coaching.notes_due
    assert len(slots) >= len({line.department for line in plan.indicators}) == 40
    at_once = Counter(line.starts_at for line in slots)
    assert set(at_once.values()) == {6}
    experts = {person.code for person in plan.people if person.department == "E01"}
    assert {line.consultant for line in slots} == experts


def test_who_does_not_come_to_the_consultation_loses_points_unless_it_is_excused(
    plan: Plan, year: Year
) -> None:
    rows = [row for row in year.rows("actuals/출석") if row["프로그램"] == "COACH"]
    assert len({row["일정"] for row in rows}) == len(rows)
    booked = {row["부서"]: row["출석"] for row in rows}
    never = {line.department for line in plan.indicators} - booked.keys()
    missed = {code for code, came in booked.items() if came == "아니오"}
    assert (never, missed) == ({"D27"}, {"D18", "D25"})
    decided = {row["대상"]: row["결과"] for row in year.rows("actuals/가감점") if row["항목"] == "COACH"}
    assert decided == {"D18": "확정", "D27": "확정", "D25": "취소"}
    assert [line.code for line in plan.parts if line.source is Source.CONSULTATION] == ["COACH"]


def test_a_department_has_people_and_indicators_of_many_kinds(plan: Plan) -> None:
    assert 150 <= len(plan.indicators) <= 160
    assert {line.kind for line in plan.indicators} == set(Kind)
    assert {line.rollup for line in plan.indicators} == set(Rollup)
    holders: dict[Role, set[str]] = defaultdict(set)
    for person in plan.people:
        for role in person.roles:
            holders[role].add(person.place or person.department)
    departments = {line.department for line in plan.indicators}
    assert departments <= holders[Role.OFFICER]
    assert departments <= holders[Role.TEAM_LEAD]


def test_targets_of_the_halves_add_up_to_that_of_the_year(plan: Plan) -> None:
    targets = {(line.indicator, line.period): line.value for line in plan.targets}
    added = [line for line in plan.indicators if (line.code, "H1") in targets and line.rollup is Rollup.SUM]
    assert len(added) > 60
    for line in added:
        year, first, second = (targets[line.code, period] for period in ("", *HALVES))
        assert year is not None and first is not None and second is not None
        assert year == first + second


def test_what_is_measured_once_a_year_does_not_apply_to_the_first_half(plan: Plan, year: Year) -> None:
    codes = {line.code for line in plan.indicators}
    assert reports(year).keys() == {(code, half) for code in codes for half in HALVES}
    yearly = {code for (code, half), row in reports(year).items() if row["실적"] == NOT_APPLICABLE}
    assert 20 < len(yearly) < 40
    for code in yearly:
        first, second = (reports(year)[code, half] for half in HALVES)
        assert first["실적"] == NOT_APPLICABLE and first["사유"]
        assert second["실적"] != NOT_APPLICABLE


def test_the_draft_has_a_target_easier_than_last_year_for_the_review_to_find(plan: Plan) -> None:
    targets = {line.indicator: line.value or 0 for line in plan.targets if not line.period}
    higher = [line for line in plan.indicators if line.kind is Kind.HIGHER]
    easier = [line.code for line in higher if targets[line.code] < line.past_actuals[2022]]
    assert easier == ["D29-3"]


def test_the_scheme_takes_its_parts_from_indicators_raters_and_three_owners(plan: Plan, year: Year) -> None:
    assert sum(line.points or 0 for line in plan.parts if line.source in BASE) == 100
    assert len({line.owner for line in plan.parts if line.source is Source.OWNER}) == 3
    assert {line.code for line in plan.subjects} == {line.department for line in plan.indicators}
    owned = {(part, subject, "") for part in ("EXEC", "INTEG") for subject in (s.code for s in plan.subjects)}
    given = {(row["항목"], row["대상"], row["기간"]) for row in year.rows("actuals/소관")}
    assert given == owned | {("OPEN", s.code, half) for s in plan.subjects for half in HALVES}


def test_more_than_half_of_the_departments_have_the_same_points_for_integrity(year: Year) -> None:
    points = Counter(one.points["INTEG"] for one in results(year))
    assert points.most_common(1)[0][1] > 20


def test_nobody_rates_their_own_department_and_some_step_back(plan: Plan, year: Year) -> None:
    homes = {person.code: person.department for person in plan.people}
    assert all(homes[row["위원"]] != row["대상"] for row in papers(year))
    own = {(rater.person, homes[rater.person]) for rater in plan.raters}
    asked = {(rater.person, subject.code) for rater in plan.raters for subject in plan.subjects} - own
    assert {(row["위원"], row["대상"]) for row in papers(year)} == asked
    assert len([row for row in papers(year) if row["회피"]]) == 2
    assert not [row for row in papers(year) if (row["평가단"], row["대상"]) == ("TEAM", "D03")]


def test_bonus_meets_its_most_and_some_are_dropped(year: Year) -> None:
    assert {one.subject: one.points["BONUS"] for one in results(year)}["D08"] == 3
    dropped = {row["항목"] for row in year.rows("actuals/가감점") if row["결과"] == "취소"}
    assert dropped == {"BONUS", "LOSS", "COACH"}
    assert {row["기간"] for row in year.rows("actuals/가감점")} == {"", *HALVES}


def test_the_two_best_neighbourhoods_have_the_same_total_and_there_is_one_prize(
    plan: Plan, year: Year
) -> None:
    group = {line.code for line in plan.subjects if line.grouping == "동"}
    first, second, third, *_ = (one for one in results(year) if one.subject in group)
    assert {first.subject, second.subject} == {"T03", "T06"}
    assert first.total == second.total > third.total
    assert not [line for line in plan.parts if line.tie_order]
    assert [line.count for line in plan.prizes if line.grouping == "동"] == [1]
    assert not any(line.ties_go_up for line in plan.schemes)


def test_people_are_made_up_and_their_mail_goes_nowhere(plan: Plan) -> None:
    names = {person.code: person.name for person in plan.people}
    assert len(set(names.values())) == len(names)
    assert all(person.email.endswith("@osan.example") for person in plan.people)
    text = (OSAN / "README.md").read_text(encoding="utf-8")
    assert "이 자료는 시연용으로 만든 가상의 자료입니다" in text
