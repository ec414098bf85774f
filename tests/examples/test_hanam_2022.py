"""The example of Hanam 2022: made by its script, fit to be imported, benchmarking as Hanam does it, with hard cases."""

from __future__ import annotations

import csv
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
from models.working_days import WorkingDays
from reports.plan import check_plan, read_plan
from reports.plan.lines import Plan
from tests.cities.by_hand.files import NOT_APPLICABLE, Year
from tests.cities.by_hand.indicators import points_of
from tests.cities.by_hand.ratings import papers, rated
from tests.cities.by_hand.results import result
from tests.cities.by_hand.standing import prizes, ranks

EXAMPLES = Path(__file__).parents[2] / "examples"
HANAM = EXAMPLES / "hanam-2022"
WORDS = EXAMPLES / "generator_of_hanam" / "words"
HOSTS = {"중앙부처", "지방자치단체", "공공기관", "민간기업"}

Row = dict[str, str]


def rows(name: str, folder: Path = HANAM) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan as the importer reads it: read, checked, nothing refused."""
    return check_plan(read_plan(HANAM))


@pytest.fixture(scope="module")
def year() -> Year:
    return Year(HANAM)


def teams() -> dict[str, str]:
    """Each team with its division."""
    return {row["코드"]: row["상위조직"] for row in rows("조직") if row["구분"] == "팀"}


def test_the_files_are_what_the_script_makes_byte_for_byte(tmp_path: Path) -> None:
    script = EXAMPLES / "make_hanam_2022.py"
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    stored = {str(path.relative_to(HANAM)): path.read_bytes() for path in HANAM.rglob("*.csv")}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_teams_have_at_most_four_people_and_stand_under_a_division(plan: Plan) -> None:
    members = Counter(row["관할"] for row in rows("사람") if row["관할"] in teams())
    assert members.keys() == teams().keys()
    assert len(members) == 40
    assert max(members.values()) == 4
    assert min(members.values()) == 2
    assert {row["정원"] for row in rows("조직") if row["구분"] == "팀"} == {"4"}
    divisions = {row["코드"] for row in rows("조직") if row["구분"] == "과"}
    assert set(teams().values()) == divisions
    assert len(plan.departments) == len(rows("조직"))


def test_trips_of_two_or_three_working_days_in_august(plan: Plan) -> None:
    days = WorkingDays(extra_off={line.day: line.name for line in plan.special_days if not line.working})
    trips = rows("teams", WORDS)
    for trip in trips:
        first, last = date.fromisoformat(trip["시작일"]), date.fromisoformat(trip["종료일"])
        on_the_way = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        assert 2 <= len(on_the_way) <= 3
        assert all(day.month == 8 and days.is_working(day) for day in on_the_way)
    assert {trip["방문처구분"] for trip in trips} == HOSTS
    told = {row["주요사업"] for row in rows("지표")}
    assert all(
        any(text.startswith(f"{trip['주제']}({trip['방문처']}, 8. ") for text in told) for trip in trips
    )


def test_every_team_hands_in_a_report_with_evidence() -> None:
    reports = [row for row in rows("지표") if row["지표명"] == "우수사례 보고서 제출"]
    assert {row["부서"] for row in reports} == teams().keys()
    assert {(row["배점방식"], row["증빙필수"]) for row in reports} == {("여부", "예")}
    handed_in = Counter(row["실적"] for row in rows("actuals/실적") if row["지표코드"].endswith("-1"))
    assert handed_in == {"1": 39, "0": 1}
    assert len(rows("actuals/실적")) == 101


def test_cases_are_shared_in_sessions_with_a_seat_for_everybody_who_travelled(plan: Plan) -> None:
    (sharing,) = (line for line in plan.programmes if line.code == "SHARE")
    assert sharing.kind is ProgrammeKind.MEETING
    sessions = [line for line in plan.slots if line.programme == "SHARE"]
    assert sum(line.seats for line in sessions) > 142
    assert all(local_day(line.starts_at).month == 10 and line.link for line in sessions)
    travelled = {row["번호"] for row in rows("사람") if row["관할"] in teams()}
    assert len(travelled) == 142
    assert {row["사람"] for row in rows("actuals/출석") if row["프로그램"] == "SHARE"} == travelled


def test_the_year_ends_with_what_every_division_made_of_it_and_a_report(plan: Plan) -> None:
    last = [line for line in plan.indicators if line.cycle == "2022-END"]
    divisions = {row["코드"] for row in rows("조직") if row["구분"] == "과"}
    assert {line.department for line in last} == divisions
    assert [line.department for line in last if "결과보고서" in line.name] == ["D0102"]


def test_a_rater_has_no_paper_about_their_own_division_unless_they_lead_it() -> None:
    home = {row["번호"]: row["소속"] for row in rows("사람")}
    division = teams() | {number: home[number] for number in home}
    given = rows("actuals/평가")
    for paper in given:
        own = home[paper["위원"]] == division[paper["대상"]]
        assert own == (paper["평가단"] == "HEADS"), paper
    by_group = Counter((row["평가"], row["평가단"]) for row in given)
    assert by_group == {
        ("CASE", "INSIDE"): 4 * 40 - 4 * 2, ("CASE", "OUTSIDE"): 3 * 40, ("CASE", "HEADS"): 40,
        ("ACTIVE", "HEADS"): 12, ("ACTIVE", "OFFICE"): 2 * 11,
    }  # fmt: skip


def test_with_two_papers_left_none_is_the_highest_to_leave_out(year: Year) -> None:
    dealt = [row for row in rows("actuals/평가") if (row["평가단"], row["대상"]) == ("INSIDE", "D0202-1")]
    assert [bool(row["회피"]) for row in dealt] == [False, False, True]
    scores = papers(year)["2022", "CASE", "", "D0202-1", "INSIDE"]
    outside = papers(year)["2022", "CASE", "", "D0202-1", "OUTSIDE"]
    (head,) = papers(year)["2022", "CASE", "", "D0202-1", "HEADS"]
    by_hand = Fraction(40, 100) * sum(scores) / 2 + Fraction(40, 100) * sum(outside) / 3 + head / 5
    assert rated(year, "2022", "CASE", "D0202-1", "") == by_hand


def test_what_does_not_apply_to_a_team_is_shared_out(year: Year) -> None:
    (team,) = (one for one in result(year, "2022", "TEAM") if one.subject == "D0503-2")
    assert team.points["ADOPT"] is None
    assert team.points["REPORT"] == 40, "30 × 100 ÷ 75"


def test_tasks_found_beyond_the_target_count_up_to_120_per_cent(year: Year) -> None:
    assert {row["최고"] for row in rows("지표") if "발굴 수" in row["지표명"]} == {"120"}
    assert points_of(year, "2022", ["D0301-1"], "AUG")[0] == 108
    assert points_of(year, "2022", ["D0204-2"], "AUG")[0] == 0


def test_the_last_prize_of_a_kind_goes_to_one_of_two_divisions_with_the_same_total(year: Year) -> None:
    ranked = result(year, "2022", "DEPT")
    third, fourth = ranked[2:4]
    assert list(ranks(ranked).items())[2:4] == [("D0103", 3), ("D0304", 4)]
    assert third.total == fourth.total
    assert (third.points["TEAMS"] or 0) > (fourth.points["TEAMS"] or 0)
    given = prizes(ranked, [row for row in rows("포상") if row["체계"] == "DEPT"]).given
    assert given["D0103"].startswith("우수 부서")
    assert given["D0304"].startswith("장려 부서")
    assert len(given) == 6


def test_a_division_has_the_mean_of_its_teams(year: Year) -> None:
    totals = {one.subject: one.total for one in result(year, "2022", "TEAM")}
    (division,) = (one for one in result(year, "2022", "DEPT") if one.subject == "D0103")
    mean = (totals["D0103-1"] + totals["D0103-2"]) / 2
    assert division.points["TEAMS"] == Fraction(round(mean * 70), 100)


def test_whom_to_honour_last_has_to_be_decided(year: Year) -> None:
    ranked = result(year, "2022", "ACTIVE")
    assert list(ranks(ranked).values())[:6] == [1, 2, 3, 4, 4, 6]
    assert len(prizes(ranked, [row for row in rows("포상") if row["체계"] == "ACTIVE"]).given) == 3


def test_owners_do_not_mark_themselves_and_a_bonus_was_dropped() -> None:
    values = {(row["항목"], row["대상"]): row["값"] for row in rows("actuals/소관")}
    owners = {row["코드"]: row["소관부서"] for row in rows("배점") if row["원천"] == "소관"}
    assert values["SHARE", owners["SHARE"]] == values["FOLLOW", owners["FOLLOW"]] == NOT_APPLICABLE
    given = rows("actuals/가감점")
    assert {row["결과"] for row in given} == {"확정", "취소"}
    bonus: dict[str, Decimal] = defaultdict(Decimal)
    for row in given:
        if (row["항목"], row["결과"]) == ("BONUS", "확정"):
            bonus[row["대상"]] += Decimal(row["점수"])
    assert max(bonus.values()) > 3, "more than can be had"


def test_the_data_says_that_it_is_made_up() -> None:
    text = (HANAM / "README.md").read_text(encoding="utf-8")
    assert "이 자료는 시연용으로 만든 가상의 자료입니다" in text
    assert all(row["이메일"].endswith("@hanam.example") for row in rows("사람"))
    names = {row["번호"]: row["이름"] for row in rows("사람")}
    assert len(set(names.values())) == len(names)
