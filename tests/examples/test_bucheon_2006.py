"""The example of Bucheon 2006: made by its script, of the true scale, fit to be imported, with its hard cases."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.asking import is_asked
from models.clock import local_day
from models.consultation.programme import ProgrammeKind
from models.scoring import Kind, Rollup
from models.working_days import WorkingDays
from reports.plan import check_plan, read_plan
from reports.plan.lines import Plan
from tests.cities.by_hand.files import NOT_APPLICABLE, Year
from tests.cities.by_hand.indicators import points_of
from tests.cities.by_hand.results import parts, piece, result
from tests.cities.by_hand.standing import prizes, ranks

EXAMPLES = Path(__file__).parents[2] / "examples"
BUCHEON = EXAMPLES / "bucheon-2006"
MONTHS = [f"M{month:02}" for month in range(1, 13)]
SINCE_JULY = "2006-07-01"
OWN = {"M03", "M06", "M09", "M12"}

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (BUCHEON / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan as the importer reads it: read, checked, nothing refused."""
    return check_plan(read_plan(BUCHEON))


@pytest.fixture(scope="module")
def year() -> Year:
    return Year(BUCHEON)


def in_cycle(name: str, cycle: str) -> list[Row]:
    return [row for row in rows(name) if row["성과주기"] == cycle]


def test_the_files_are_what_the_script_makes_byte_for_byte(tmp_path: Path) -> None:
    script = EXAMPLES / "make_bucheon_2006.py"
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    stored = {str(path.relative_to(BUCHEON)): path.read_bytes() for path in BUCHEON.rglob("*.csv")}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_it_has_the_scale_of_bucheon(plan: Plan) -> None:
    kinds = Counter(row["관점"] for row in in_cycle("지표", "2006-INNO"))
    assert kinds == {"혁신과제": 148, "공통과제": 21}
    social = in_cycle("지표", "2006-SOCIAL")
    assert len(social) == 160
    assert len({row["전략목표"] for row in social}) == 13
    assert len({row["관점"] for row in social}) == 6
    assert [line.code for line in plan.periods if line.cycle == "2006"] == MONTHS
    assert len(rows("actuals/설문")) == 3000
    assert 20 <= sum(row["구분"] == "과" for row in rows("조직")) <= 30


def test_the_year_is_not_more_than_a_test_can_play() -> None:
    assert 650 < len(rows("actuals/실적")) < 750


def test_social_indicators_are_not_scored_and_owned_by_divisions_with_three_years_before(plan: Plan) -> None:
    social = [line for line in plan.indicators if line.cycle == "2006-SOCIAL"]
    assert not any(line.scored for line in social)
    assert all(line.officer for line in social)
    assert {tuple(sorted(line.past_actuals)) for line in social} == {(2003, 2004, 2005)}


def test_weights_sum_to_100_but_for_mileage_points() -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows("지표"):
        if row["평가반영"] == "예":
            sums[row["성과주기"], row["부서"]] += Decimal(row["가중치"])
    of_year = {total for (cycle, _), total in sums.items() if cycle == "2006"}
    mileage = [total for (cycle, _), total in sums.items() if cycle == "2006-INNO"]
    assert of_year == {Decimal(100)}
    assert len(mileage) == 24
    assert max(mileage) < 10
    assert {row["성과주기"]: row["마일리지"] for row in rows("기간")} == {
        "2006": "아니오", "2006-INNO": "예", "2006-SOCIAL": "아니오",
    }  # fmt: skip


def test_every_division_reports_a_schedule_of_steps_every_month() -> None:
    targets: dict[str, dict[str, str]] = defaultdict(dict)
    for row in in_cycle("목표", "2006"):
        targets[row["지표코드"]][row["기간"]] = row["목표치"]
    reported: dict[str, list[str]] = defaultdict(list)
    for row in in_cycle("actuals/실적", "2006"):
        reported[row["지표코드"]].append(row["기간"])
    schedules = [row for row in in_cycle("지표", "2006") if row["지표명"].endswith("공정률")]
    assert len({row["부서"] for row in schedules}) == 24
    for row in schedules:
        planned = [int(targets[row["코드"]][month]) for month in MONTHS]
        assert planned[0] > 0
        assert planned == sorted(planned)
        assert planned[-1] == 100
        assert reported[row["코드"]] == MONTHS


def test_what_has_targets_of_single_periods_is_reported_in_these_alone(plan: Plan) -> None:
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    for target in plan.targets:
        if target.period:
            own[target.cycle, target.indicator].add(target.period)
    reported: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("actuals/실적"):
        reported[row["성과주기"], row["지표코드"]].add(row["기간"])
    periods: dict[str, set[str]] = defaultdict(set)
    for line in plan.periods:
        periods[line.cycle].add(line.code)
    for indicator in plan.indicators:
        key = indicator.cycle, indicator.code
        assert reported[key] == (own[key] or periods[indicator.cycle]), indicator.name
        asked = {code for code in periods[indicator.cycle] if is_asked(indicator.report_periods, code)}
        assert asked == reported[key], indicator.name
    of_bureaus = [reported["2006", row["코드"]] for row in in_cycle("지표", "2006") if len(row["부서"]) == 3]
    assert len(of_bureaus) == 24
    assert sum(months == OWN for months in of_bureaus) == 9
    assert sum(months == {"M12"} for months in of_bureaus) == 15
    assert sum(bool(line.report_periods) for line in plan.indicators) == 24 + 148


def test_a_bureau_has_points_of_the_months_it_reports_in_alone(year: Year) -> None:
    weights = [points_of(year, "2006", ["B01"], month)[1] for month in MONTHS]
    assert {month for month, weight in zip(MONTHS, weights, strict=True) if weight} <= OWN
    assert weights[-1] == 100
    assert points_of(year, "2006", ["B01"], "")[1] == 100


def test_all_kinds_and_roll_ups_but_the_highest_are_used_in_the_year(plan: Plan) -> None:
    lines = [line for line in plan.indicators if line.cycle == "2006"]
    assert {line.kind for line in lines} == set(Kind)
    assert {line.rollup for line in lines} == {Rollup.SUM, Rollup.MEAN, Rollup.LAST}
    assert any(line.cap > 100 for line in lines)
    zero = {line.indicator for line in plan.targets if line.value == 0}
    assert {line.kind for line in lines if line.code in zero} == {Kind.ZERO, Kind.FROM_BASELINE}


def test_meetings_workshops_and_training_are_held_as_often_as_in_bucheon(plan: Plan) -> None:
    held = Counter(line.code.partition("-")[0] for line in plan.programmes)
    assert held == {"PM": 4, "AC": 2, "PC": 2, "WS": 1, "TR": 2}
    training = {line.code for line in plan.programmes if line.kind is ProgrammeKind.TRAINING}
    assert training == {"TR-1", "TR-2"}
    days = WorkingDays(extra_off={line.day: line.name for line in plan.special_days if not line.working})
    assert all(days.is_working(local_day(line.starts_at)) for line in plan.slots)
    assert {local_day(line.starts_at).month for line in plan.slots if line.programme == "WS"} == {1}
    seats = {(line.programme, line.code): line.seats for line in plan.slots}
    booked = Counter((row["프로그램"], row["일정"]) for row in rows("actuals/출석"))
    assert booked.keys() == seats.keys()
    assert all(booked[key] <= seats[key] for key in booked)


def test_everything_is_due_on_working_days(plan: Plan) -> None:
    days = WorkingDays(extra_off={line.day: line.name for line in plan.special_days if not line.working})
    for line in plan.periods:
        due = (line.report_due, line.confirmation_due, line.review_due, line.objection_due)
        assert all(days.is_working(local_day(at)) for at in due if at), line.name


def test_twelve_of_the_committee_rate_every_division_twice_and_some_step_back() -> None:
    members = {row["위원"] for row in rows("평가단") if row["평가"] == "ADVICE"}
    assert len(members) == 12
    papers = rows("actuals/평가")
    divisions = {row["코드"] for row in rows("평가대상") if row["체계"] == "BSC"}
    expected = {(period, rater, one) for period in ("M06", "M12") for rater in members for one in divisions}
    assert {(row["기간"], row["위원"], row["대상"]) for row in papers} == expected
    assert len(papers) == len(expected)
    recused = [row for row in papers if row["회피"]]
    assert len(recused) == 3
    assert not any(row[code] for row in recused for code in ("PLAN", "RUN", "EFFECT"))
    assert {row["절사"] for row in rows("평가단") if row["평가"] == "ADVICE"} == {"1"}


def test_each_division_is_asked_about_by_as_many_citizens() -> None:
    answers = rows("actuals/설문")
    assert set(Counter(row["대상"] for row in answers).values()) == {125}
    assert len({row["응답번호"] for row in answers}) == 3000


def test_owner_departments_give_every_division_a_value_but_do_not_mark_themselves() -> None:
    values = {(row["항목"], row["대상"]): row["값"] for row in rows("actuals/소관")}
    owners = {row["코드"]: row["소관부서"] for row in rows("배점") if row["원천"] == "소관"}
    assert len(values) == len(owners) * 24
    assert values["META", owners["META"]] == NOT_APPLICABLE
    full = sum(values["CLEAN", division] == "5" for part, division in values if part == "CLEAN")
    assert full > 24 / 2, "such a part tells nobody apart"


def test_bonuses_and_deductions_are_confirmed_or_dropped() -> None:
    given = rows("actuals/가감점")
    assert {(row["항목"], row["결과"]) for row in given} == {
        (part, came) for part in ("BONUS", "MINUS") for came in ("확정", "취소")
    }
    confirmed: dict[str, Decimal] = defaultdict(Decimal)
    for row in given:
        if (row["항목"], row["결과"]) == ("BONUS", "확정"):
            confirmed[row["대상"]] += Decimal(row["점수"])
    assert max(confirmed.values()) > 3, "more than can be had"


def test_a_month_in_which_nothing_applies_is_left_out_of_the_mean(year: Year) -> None:
    assert points_of(year, "2006", ["D0603"], "M01")[1] == 0
    steps = next(part for part in parts(year, "2006", "BSC") if part["코드"] == "STEP")
    (greens,) = year.of("평가대상", 체계="BSC", 코드="D0603")
    months = [piece(year, steps, greens, month) for month in MONTHS]
    applying = [piece for piece in months if piece is not None]
    assert len(applying) == 10
    assert piece(year, steps, greens) == sum(applying, Fraction(0)) / 10


def test_the_last_prize_goes_to_one_of_two_with_the_same_total(year: Year) -> None:
    ranked = result(year, "2006", "BSC")
    third, fourth = ranked[2:4]
    assert list(ranks(ranked).items())[2:4] == [("D0401", 3), ("D0303", 4)]
    assert third.total == fourth.total == Fraction("96.33")
    assert (third.points["STEP"], fourth.points["STEP"]) == (Fraction("46.65"), Fraction("44.85"))
    offered = [row for row in rows("포상") if row["적용일"] == SINCE_JULY]
    assert prizes(ranked, offered).given == {"D0204": "우수", "D0404": "장려", "D0401": "장려"}


def test_points_of_what_does_not_apply_are_shared_out(year: Year) -> None:
    evaluation = next(one for one in result(year, "2006", "BSC") if one.subject == "D0102")
    assert (evaluation.points["META"], evaluation.points["BUDGET"]) == (None, None)
    assert evaluation.points["CLEAN"] == Fraction("5.88"), "5 × 100 ÷ 85"


def test_each_version_of_the_scheme_has_a_hundred_points_and_july_has_one_part_more(year: Year) -> None:
    before, after = parts(year, "2006", "BSC", "M06"), parts(year, "2006", "BSC")
    assert {part["적용일"] for part in before} == {"2006-01-01"}
    assert {part["코드"] for part in after if part["적용일"] == SINCE_JULY} > {"CLEAN"}
    for since in ("2006-01-01", SINCE_JULY):
        base = [row for row in rows("배점") if (row["체계"], row["적용일"]) == ("BSC", since)]
        points = [Decimal(row["배점"]) for row in base if row["원천"] in ("지표", "평가", "소관")]
        assert sum(points) == 100


def test_a_bureau_goes_by_its_indicators_and_by_its_divisions(year: Year) -> None:
    first = result(year, "2006", "BUREAU")[0]
    assert first.subject == "B03"
    divisions = [one.total for one in result(year, "2006", "BSC") if one.subject.startswith("D03")]
    assert first.points["DIV"] == round(Fraction(40, 100) * sum(divisions) / 4, 2)


def test_the_data_says_that_it_is_made_up() -> None:
    text = (BUCHEON / "README.md").read_text(encoding="utf-8")
    assert "이 자료는 시연용으로 만든 가상의 자료입니다" in text
    assert all(row["이메일"].endswith("@bucheon.example") for row in rows("사람"))
    names = {row["번호"]: row["이름"] for row in rows("사람")}
    assert len(set(names.values())) == len(names)
