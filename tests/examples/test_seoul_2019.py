"""The example of Seoul 2019: made by its script, of the true scale, and fit to be imported."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models.clock import local_day
from models.consultation.programme import ProgrammeKind
from models.reminding.rule import DEFAULTS, Audience, DeadlineKind, Rule, with_defaults
from models.scoring import Kind, Rollup
from models.working_days import WorkingDays
from reports.plan import check_plan, read_plan
from reports.plan.lines import Plan, SlotLine

EXAMPLES = Path(__file__).parents[2] / "examples"
SEOUL = EXAMPLES / "seoul-2019"

FEWEST_OF_A_KIND = 12
MOST_DEPARTMENTS_WITH_ONE_NAME = 5
OWNERS_OF_ITEMS = {
    "기획조정실",
    "평가협업담당관",
    "시민소통담당관",
    "정보공개정책과",
    "여성정책담당관",
    "감사담당관",
    "예산담당관",
    "인사과",
}

DEMO_BEGINS = datetime(2019, 7, 8, 0, tzinfo=UTC)
"""09:00 in the city."""

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (SEOUL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan as the importer reads it: read, checked, nothing refused."""
    return check_plan(read_plan(SEOUL))


@pytest.fixture(scope="module")
def departments() -> dict[str, Row]:
    return {row["코드"]: row for row in rows("조직.csv")}


@pytest.fixture(scope="module")
def indicators() -> list[Row]:
    return rows("지표.csv")


def make(folder: Path) -> dict[str, bytes]:
    script = EXAMPLES / "make_seoul_2019.py"
    subprocess.run([sys.executable, "-B", str(script), str(folder)], check=True)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")}


def test_the_files_are_what_the_script_makes_byte_for_byte(tmp_path: Path) -> None:
    made = make(tmp_path)
    stored = {str(path.relative_to(SEOUL)): path.read_bytes() for path in SEOUL.rglob("*.csv")}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_the_importer_takes_the_plan_and_leaves_the_actuals_alone(plan: Plan) -> None:
    assert "실적" not in read_plan(SEOUL).sheets
    assert len(plan.indicators) == 697


def test_it_has_the_scale_of_seoul(departments: dict[str, Row], indicators: list[Row]) -> None:
    kinds = Counter(row["구분"] for row in departments.values())
    assert (kinds["시"], kinds["실국"], kinds["과"]) == (1, 44, 204)
    assert len(indicators) == 697
    assert len({row["부서"] for row in indicators}) == 248
    assert len({(row["부서"], row["주요사업"]) for row in indicators if row["주요사업"]}) == 450


def test_every_division_has_a_bureau_and_every_owner_of_an_item_is_there(departments: dict[str, Row]) -> None:
    divisions = [row for row in departments.values() if row["구분"] == "과"]
    assert {departments[row["상위조직"]]["구분"] for row in divisions} == {"실국"}
    assert {row["이름"] for row in departments.values()} >= OWNERS_OF_ITEMS


def test_scored_weights_of_each_department_sum_to_100(indicators: list[Row]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in indicators:
        if row["평가반영"] == "예":
            assert Decimal(row["가중치"]) > 0
            sums[row["부서"]] += Decimal(row["가중치"])
    assert len(sums) == 248
    assert set(sums.values()) == {Decimal(100)}


def test_every_kind_and_every_roll_up_is_used_and_a_few_indicators_are_not_scored(plan: Plan) -> None:
    kinds = Counter(line.kind for line in plan.indicators)
    assert all(kinds[kind] >= FEWEST_OF_A_KIND for kind in Kind)
    assert {line.rollup for line in plan.indicators} == set(Rollup)
    assert 3 <= sum(not line.scored for line in plan.indicators) <= 20


def test_bureaus_have_strategic_goals_and_divisions_goals_and_projects(
    departments: dict[str, Row], indicators: list[Row]
) -> None:
    goals = {
        (row["부서"], row["전략목표"])
        for row in indicators
        if departments[row["부서"]]["구분"] == "실국" and not row["성과목표"] and not row["주요사업"]
    }
    for row in indicators:
        division = departments[row["부서"]]["구분"] == "과"
        bureau = departments[row["부서"]]["상위조직"] if division else row["부서"]
        assert (bureau, row["전략목표"]) in goals
        assert bool(row["성과목표"]) == bool(row["주요사업"]) == division


def test_a_strategic_goal_is_seen_from_one_perspective(
    departments: dict[str, Row], indicators: list[Row]
) -> None:
    seen = defaultdict(set)
    for row in indicators:
        department = departments[row["부서"]]
        bureau = department["상위조직"] if department["구분"] == "과" else row["부서"]
        seen[bureau, row["전략목표"]].add(row["관점"])
    assert all(len(perspectives) == 1 for perspectives in seen.values())
    assert len({row["관점"] for row in indicators}) == 4


def test_past_years_are_there_and_only_milestones_and_new_measures_lack_them(plan: Plan) -> None:
    complete = [line for line in plan.indicators if set(line.past_actuals) == {2015, 2016, 2017, 2018}]
    assert len(complete) > 600
    assert all(not line.past_actuals for line in plan.indicators if line.kind is Kind.MILESTONE)
    for line in plan.indicators:
        years = sorted(line.past_actuals)
        assert years == list(range(2019 - len(years), 2019)), f"{line.name}에 빈 해가 있습니다"


@pytest.mark.parametrize(
    ("kind", "better"), [(Kind.HIGHER, 1), (Kind.LOWER_RATIO, -1), (Kind.LOWER_MIRROR, -1)]
)
def test_targets_ask_for_more_than_last_year(plan: Plan, kind: Kind, better: int) -> None:
    targets = {line.indicator: line.value for line in plan.targets if not line.period}
    for line in plan.indicators:
        if line.kind is kind and 2018 in line.past_actuals:
            target = targets[line.code]
            assert target is not None
            assert (target - line.past_actuals[2018]) * better > 0, line.name


def test_targets_of_the_halves_add_up_to_that_of_the_year(plan: Plan) -> None:
    targets = {(line.indicator, line.period): line.value for line in plan.targets}
    added = [line for line in plan.indicators if line.rollup is Rollup.SUM]
    assert len(added) > 200
    for line in added:
        year, first, second = (targets[line.code, period] for period in ("", "H1", "H2"))
        assert year is not None and first is not None and second is not None
        assert year == first + second


def test_every_department_has_an_officer_and_somebody_to_confirm(indicators: list[Row]) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows("사람.csv"):
        for role in row["역할"].split(";"):
            holders[role].add(row["관할"] or row["소속"])
    scored = {row["부서"] for row in indicators}
    assert scored <= holders["담당자"]
    assert scored <= holders["팀장"]
    assert all(row["담당자"] for row in indicators)
    assert sum(bool(row["부담당자"]) for row in indicators) > 20


def test_every_role_is_held_and_some_people_hold_several() -> None:
    people = rows("사람.csv")
    whole_city = Counter(
        role
        for row in people
        if row["관할"] == "전체" and not row["퇴직일"]
        for role in row["역할"].split(";")
    )
    assert whole_city["평가자"] >= 4
    assert whole_city["관리자"] == 2
    assert whole_city["컨설턴트"] >= 3
    assert whole_city["평가위원"] >= 3
    deputies = [row for row in people if row["역할"] == "대결"]
    assert len(deputies) >= 3
    assert all(row["대결대상"] and row["시작일"] and row["종료일"] for row in deputies)
    own_roles = Counter(row["번호"] for row in people if row["역할"] != "대결")
    assert any(count > 1 for count in own_roles.values())
    assert any(";" in row["역할"] for row in people)


def test_names_of_people_are_varied_and_their_mail_goes_nowhere() -> None:
    people = rows("사람.csv")
    names = {row["번호"]: row["이름"] for row in people}
    assert len(set(names.values())) == len(names)
    assert len({name[0] for name in names.values()}) > 20
    assert all(row["이메일"].endswith("@seoul.example") for row in people)


def test_the_people_the_demo_relies_on_are_there() -> None:
    people = {row["번호"]: row for row in rows("사람.csv")}
    found = {number: (people[number]["이름"], people[number]["역할"]) for number in ("S-0001", "S-0002")}
    assert found == {"S-0001": ("김평가", "평가자"), "S-0002": ("박검증", "평가자")}
    assert (people["S-0003"]["이름"], people["S-0003"]["역할"]) == ("이관리", "관리자")
    assert {people[number]["관할"] for number in ("S-0001", "S-0002", "S-0003")} == {"전체"}
    assert (people["S-0101"]["이름"], people["S-0101"]["역할"]) == ("정주무", "담당자")
    assert (people["S-0102"]["이름"], people["S-0102"]["역할"]) == ("최팀장", "팀장")


def test_the_civil_service_division_is_as_the_demo_tells_it(
    departments: dict[str, Row], indicators: list[Row]
) -> None:
    division = next(row for row in departments.values() if row["이름"] == "시민봉사담당관")
    assert departments[division["상위조직"]]["이름"] == "행정국"
    mine = [row for row in indicators if row["담당자"] == "S-0101"]
    in_division = [row for row in mine if row["부서"] == division["코드"]]
    assert len(in_division) >= 4
    assert {"상향", "하향A", "무사고"} <= {row["배점방식"] for row in in_division}
    assert "합계" in {row["집계방식"] for row in in_division if row["배점방식"] == "상향"}
    rate = next(row for row in in_division if row["지표명"] == "민원처리율")
    shown = [rate[name] for name in ("단위", "배점방식", "집계방식", "가중치", "최고")]
    assert shown == ["%", "상향", "평균", "12", "100"]
    targets = [row["목표치"] for row in rows("목표.csv") if row["지표코드"] == rate["코드"]]
    assert targets == ["95"]
    elsewhere = [row["지표명"] for row in mine if row["부서"] != division["코드"]]
    assert elsewhere == ["민원만족도"]


def test_indicator_names_are_real_ones(indicators: list[Row]) -> None:
    names = Counter(row["지표명"] for row in indicators)
    assert max(names.values()) <= MOST_DEPARTMENTS_WITH_ONE_NAME
    assert len(names) > 680
    assert not [name for name in names if re.search(r"(지표|사업|과제) ?\d+$|시험용|TODO|{|}", name)]
    assert all(row["산식"] and row["증빙자료"] for row in indicators)
    assert len({row["단위"] for row in indicators}) > 20


def test_each_half_of_each_indicator_has_an_actual_and_not_all_reach_their_target(plan: Plan) -> None:
    actuals = {(row["지표코드"], row["기간"]): Decimal(row["실적"]) for row in rows("actuals/실적.csv")}
    codes = {line.code for line in plan.indicators}
    assert actuals.keys() == {(code, half) for code in codes for half in ("H1", "H2")}
    targets = {line.indicator: line.value for line in plan.targets if not line.period}
    higher = [
        line.code for line in plan.indicators if line.kind is Kind.HIGHER and line.rollup is Rollup.LAST
    ]
    reached = [actuals[code, "H2"] >= (targets[code] or 0) for code in higher]
    assert len(reached) / 5 < sum(reached) < len(reached) * 9 / 10
    yes_no = [line.code for line in plan.indicators if line.kind is Kind.YES_NO]
    assert {actuals[code, half] for code in yes_no for half in ("H1", "H2")} <= {Decimal(0), Decimal(1)}


def slots_of(plan: Plan, programme: str) -> list[SlotLine]:
    return [line for line in plan.slots if line.programme == programme]


@pytest.mark.parametrize(("programme", "consultants"), [("SPRING", 4), ("ADJUST", 2)])
def test_every_department_with_indicators_finds_a_consultation(
    plan: Plan, programme: str, consultants: int
) -> None:
    slots = slots_of(plan, programme)
    assert len(slots) >= len({line.department for line in plan.indicators}) == 248
    assert len({line.consultant for line in slots}) == consultants
    days = WorkingDays(extra_off={line.day: line.name for line in plan.special_days if not line.working})
    assert all(days.is_working(local_day(line.starts_at)) for line in slots)
    assert {line.ends_at - line.starts_at for line in slots} == {timedelta(minutes=40)}
    assert all(line.office and line.place for line in slots)


def test_a_consultation_begins_with_a_written_review_and_ends_with_notes(plan: Plan) -> None:
    for line in plan.programmes:
        if line.kind is ProgrammeKind.CONSULTATION:
            slots = slots_of(plan, line.code)
            first, last = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
            assert line.written_due and line.views_due and line.booking_due and line.notes_due
            assert line.written_due < line.views_due < first < last < line.notes_due
            assert line.booking_due < first - timedelta(hours=line.cut_off_hours)
            assert line.absence_points


def test_the_demo_begins_before_a_written_review_is_due_and_slots_can_be_booked(plan: Plan) -> None:
    (adjustment,) = (line for line in plan.programmes if line.code == "ADJUST")
    assert adjustment.written_due and adjustment.views_due and adjustment.booking_opens
    assert DEMO_BEGINS < adjustment.written_due < DEMO_BEGINS + timedelta(days=14)
    assert DEMO_BEGINS < adjustment.booking_opens < adjustment.views_due
    over = slots_of(plan, "SPRING")
    assert all(line.ends_at < DEMO_BEGINS for line in over)


def test_training_is_held_twice_and_the_circle_meets_in_autumn(plan: Plan) -> None:
    training = slots_of(plan, "GUIDE")
    assert len(training) == 2
    assert sum(line.seats for line in training) > 248
    meetings = {line.code for line in plan.programmes if line.kind is ProgrammeKind.MEETING}
    held = [line for line in plan.slots if line.programme in meetings]
    assert len(held) == 3
    assert {9, 10, 11} == {local_day(line.starts_at).month for line in held}


def test_reminders_are_the_usual_ones_and_the_ladder_that_lateness_climbs(plan: Plan) -> None:
    given = [
        (line.kind, line.audience, line.rule()) for line in plan.reminders if line.kind and line.audience
    ]
    rules = with_defaults(given)
    assert {kind for kind, *_ in given} == set(DeadlineKind)
    more: dict[tuple[DeadlineKind, Audience], list[Rule]] = {}
    for kind, audiences in rules.items():
        for audience, theirs in audiences.items():
            if list(theirs) != list(DEFAULTS[kind].get(audience, ())):
                more[kind, audience] = list(theirs)
        assert DEFAULTS[kind].keys() <= audiences.keys()
    second, head = [Rule(days=-1, repeated=True)], [Rule(days=3)]
    assert more == {
        (DeadlineKind.REPORT, Audience.DEPUTY): second,
        (DeadlineKind.REPORT, Audience.HEAD): head,
        (DeadlineKind.RETURN, Audience.DEPUTY): second,
        (DeadlineKind.RETURN, Audience.HEAD): head,
        (DeadlineKind.CONFIRMATION, Audience.HEAD): head,
    }
    (quiet,) = (line for line in plan.reminders if line.kind is None)
    assert (quiet.at, quiet.until) == (time(20), time(8))


def test_45_institutions_and_the_204_heads_of_divisions_are_ranked(departments: dict[str, Row]) -> None:
    subjects = rows("평가대상.csv")
    institutions = [row["코드"] for row in subjects if row["체계"] == "INST"]
    bureaus = [code for code, row in departments.items() if row["구분"] == "실국"]
    assert len(institutions) == 45
    assert set(institutions) - set(bureaus) == {"I01"}
    heads = {(row["번호"], row["소속"]) for row in rows("사람.csv") if row["역할"] == "팀장"}
    persons = [(row["코드"], row["부서"]) for row in subjects if row["체계"] == "PERS"]
    assert len(set(persons)) == 204
    assert set(persons) <= heads
    assert {departments[place]["구분"] for _, place in persons} == {"과"}


def test_the_parts_of_both_schemes_are_those_of_the_source(plan: Plan, departments: dict[str, Row]) -> None:
    parts = rows("배점.csv")
    points = {(row["체계"], row["코드"]): Decimal(row["배점"]) for row in parts}
    shares = ("PRIOR", "ACHV", "QUAL", "RATER")
    assert [points["INST", code] for code in shares] == [20, 20, 25, 10]
    assert [points["PERS", code] for code in shares] == [20, 20, 40, 15]
    assert points["PERS", "OVERTIME"] + points["PERS", "LEAVE"] == 5
    items = [row for row in parts if (row["체계"], row["원천"]) == ("INST", "소관")]
    assert len(items) == 9
    assert sum(Decimal(row["배점"]) for row in items) == 25
    assert {departments[row["소관부서"]]["이름"] for row in items} == OWNERS_OF_ITEMS - {"기획조정실"}
    groups = {(row["평가"], row["코드"]): row["몫"] for row in rows("평가단.csv")}
    assert [groups["P-QUAL", code] for code in ("OWN", "PLAN", "EXPERT")] == ["20", "10", "10"]


def test_where_the_source_contradicts_itself_is_told() -> None:
    notes = {row["코드"]: row["비고"] for row in rows("평가체계.csv")}
    assert all(words in notes["INST"] for words in ("44개", "45개", "10+10", "25를 따르고", "Ⅱ장"))
    assert all("평균으로 합니다" in note for note in notes.values())


def test_raters_and_owners_answer_for_every_subject() -> None:
    papers = rows("actuals/평가.csv")
    assert len(papers) == len({tuple(row.values())[:6] for row in papers}) == 2681
    assert sum(bool(row["회피"]) for row in papers) == 1
    given = Counter(row["항목"] for row in rows("actuals/소관.csv"))
    assert sorted(given.values()) == [45] * 9 + [204] * 2
    integrity = Counter(row["값"] for row in rows("actuals/소관.csv") if row["항목"] == "INTEG")
    assert integrity.most_common(1)[0][1] > 45 * 3 / 4


def test_two_departments_stay_away_in_spring_and_one_deduction_is_confirmed(indicators: list[Row]) -> None:
    expected = rows("actuals/출석.csv")
    assert {row["부서"] for row in expected} == {row["부서"] for row in indicators}
    assert len({row["일정"] for row in expected}) == len(expected) == 248
    away = [row["부서"] for row in expected if row["출석"] == "아니오"]
    deducted = rows("actuals/가감점.csv")
    assert [(row["대상"], row["결과"]) for row in deducted] == list(zip(away, ("확정", "취소"), strict=True))
    assert {row["점수"] for row in deducted} == {"0.5"}


def test_an_indicator_without_weight_moves_to_another_bureau_in_august(
    departments: dict[str, Row], indicators: list[Row]
) -> None:
    (move,) = rows("actuals/이관.csv")
    (moved,) = (row for row in indicators if row["코드"] == move["지표코드"])
    assert (moved["평가반영"], moved["가중치"], move["이관일"]) == ("아니오", "0", "2019-08-05")
    assert departments[moved["부서"]]["상위조직"] != departments[move["부서"]]["상위조직"]
    officers = {(row["번호"], row["소속"]) for row in rows("사람.csv") if row["역할"] == "담당자"}
    assert (move["담당자"], move["부서"]) in officers


def test_a_few_reports_come_back_and_another_value_is_recognised_once_with_the_reason() -> None:
    reports = rows("actuals/실적.csv")
    assert len(reports) == 1394
    assert sum(row["반려"] == "예" for row in reports) == 2
    (other,) = (row for row in reports if row["인정실적"])
    assert other["사유"] and other["인정실적"] != other["실적"]


def test_the_readme_names_every_file() -> None:
    text = (SEOUL / "README.md").read_text(encoding="utf-8")
    names = [path.relative_to(SEOUL).as_posix() for path in SEOUL.rglob("*.csv")]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_data_says_that_it_is_made_up() -> None:
    text = (SEOUL / "README.md").read_text(encoding="utf-8")
    assert "이 자료는 시연용으로 만든 가상의 자료입니다" in text
