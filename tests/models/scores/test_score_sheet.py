"""Score sheets of a small city, with every figure worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from models.plan import Indicator, Target
from models.scores import ScoreRow, ScoreSheet, score_sheet
from models.scoring import Kind, Rollup
from models.submission import ReasonCode, State, Submission
from models.words import Refusal
from tests.kit.city import H1_DUE, City, small_city


@pytest.fixture
def city(tmp_path, any_database) -> City:
    return small_city(tmp_path, any_database)


def sheet_of(city: City, period: str | None = "H1") -> ScoreSheet:
    with city.database.read() as session:
        return score_sheet(session, city.cycle_id, city.periods[period] if period else None)


def row_of(city: City, code: str, period: str | None = "H1") -> ScoreRow:
    return next(row for row in sheet_of(city, period).rows if row.plan.code == code)


def points_of(sheet: ScoreSheet) -> dict[str, Decimal]:
    return {total.department.code: total.points for total in sheet.departments}


# reported, before floor and cap, after them, points
H1_BY_HAND = {
    "G1": ("97.3", "102.4", "100", "40"),  # 97.3 / 95 = 102.42 %
    "G2": ("10", "80", "80", "24"),  # 8 / 10
    "G3": ("1", "100", "100", "30"),
    "C1": ("2.5", "116.7", "116.7", "46.68"),  # 2 - 2.5 / 3 = 116.67 %, cap 120
    "C2": ("8", "57.1", "57.1", "17.13"),  # (8 - 12) / (5 - 12) = 57.14 %
    "W1": ("2", "80", "80", "32"),  # one step reached
    "W2": ("26", "75", "75", "22.5"),  # two degrees outside at 12.5 each
    "W3": ("85", "80", "80", "24"),
    "F1": ("20", "66.7", "66.7", "40.02"),  # 20 of the 30 % due by the end of March
    "F2": ("3701", "60", "60", "24"),  # 20 + 80 x 201 / 402
}


def test_every_kind_is_scored_as_worked_out_by_hand(city):
    for code, (value, *_) in H1_BY_HAND.items():
        city.report(code, "H1", value)
    rows = {row.plan.code: row.figures for row in sheet_of(city).rows}
    for code, (value, before, after, earned) in H1_BY_HAND.items():
        figures = rows[code]
        assert figures.reported == figures.recognised == Decimal(value), code
        assert (figures.computed, figures.achievement) == (Decimal(before), Decimal(after)), code
        assert figures.points == Decimal(earned), code
    assert points_of(sheet_of(city)) == {
        "GEN": Decimal(94), "CIV": Decimal("63.81"), "CARE": Decimal("78.5"), "FAC": Decimal("64.02")
    }  # fmt: skip


def test_only_what_was_approved_scores(city):
    city.report("G1", "H1", 95, State.SUBMITTED)
    city.report("G2", "H1", 8, State.RETURNED)
    city.report("C1", "H1", 3, State.DRAFT)
    for code, reported in (("G1", Decimal(95)), ("G2", Decimal(8)), ("G3", None), ("C1", None)):
        figures = row_of(city, code).figures
        assert (figures.reported, figures.recognised, figures.points) == (reported, None, None), code
    general = next(one for one in sheet_of(city).departments if one.department.code == "GEN")
    assert (general.scored, general.approved, general.waiting, general.missing) == (3, 0, 1, 2)
    assert general.points == 0


def test_the_recognised_value_counts_and_not_the_reported_one(city):
    city.report("G1", "H1", 95, recognised=76, reason="중복 건수를 뺐습니다.")
    row = row_of(city, "G1")
    assert (row.figures.reported, row.figures.recognised, row.figures.points) == (95, 76, 32)
    assert row.standing.reason == "중복 건수를 뺐습니다."


def test_a_value_recognised_once_no_longer_counts_when_the_report_is_open_again(city):
    submission = city.report("G1", "H1", 95)
    city.change(Submission, submission, state=State.RETURNED)
    assert row_of(city, "G1").figures.points is None
    assert row_of(city, "G1", None).figures.values == (None, None)


def test_a_value_beside_not_applicable_does_not_count(city):
    city.report("G1", "H1", 95, not_applicable=True)
    figures = row_of(city, "G1").figures
    assert (figures.recognised, figures.points, figures.weight) == (None, None, 0)


def test_it_is_told_who_reported_and_decided_and_for_whom(city):
    city.report("G1", "H1", 95, submitted_by="deputy", submitted_for="officer",
                decided_by="stand_in", decided_for="evaluator")  # fmt: skip
    city.report("G2", "H1", 9, State.RETURNED, reason="산식", reason_code=ReasonCode.CALCULATION)
    standing = row_of(city, "G1").standing
    assert (standing.submitted_by, standing.submitted_for) == ("송대결", "김담당")
    assert (standing.decided_by, standing.decided_for) == ("문대행", "정평가")
    assert standing.submitted_at == H1_DUE - timedelta(days=5)
    assert standing.decided_at == H1_DUE - timedelta(days=3)
    assert row_of(city, "G2").standing.reason_code is ReasonCode.CALCULATION


def test_the_weight_of_what_is_not_applicable_is_shared_out_within_its_department(city):
    city.report("W1", "H1", None, not_applicable=True)  # 40 of 100, beside 30 and 30
    city.report("W2", "H1", 22)
    rows = {row.plan.code: row.figures for row in sheet_of(city).rows}
    assert [rows[code].weight for code in ("W1", "W2", "W3")] == [0, 50, 50]
    assert [rows[code].planned_weight for code in ("W1", "W2", "W3")] == [40, 30, 30]
    assert (rows["W1"].points, rows["W2"].points) == (None, 50)
    assert rows["G1"].weight == 40
    care = next(one for one in sheet_of(city).departments if one.department.code == "CARE")
    assert (care.approved, care.not_applicable, care.weight) == (2, 1, 100)


def test_not_applicable_that_nobody_approved_shares_nothing_out(city):
    city.report("W1", "H1", None, State.SUBMITTED, not_applicable=True)
    assert row_of(city, "W2").figures.weight == 30


def test_equal_points_share_a_rank_and_the_next_is_skipped(city):
    for code, value in (("G1", 95), ("W1", 0), ("C1", 3), ("F1", 30)):  # 40, 40, 40, 60
        city.report(code, "H1", value)
    ranks = [(one.rank, one.department.code) for one in sheet_of(city).departments]
    assert ranks == [(1, "FAC"), (2, "GEN"), (2, "CIV"), (2, "CARE")]
    city.report("G2", "H1", 8)
    city.report("C2", "H1", 5)
    ranks = [(one.rank, one.department.code) for one in sheet_of(city).departments]
    assert ranks == [(1, "GEN"), (1, "CIV"), (3, "FAC"), (4, "CARE")]


def test_a_department_in_which_nothing_is_applicable_has_no_rank(city):
    city.report("F1", "H1", None, not_applicable=True)
    city.report("F2", "H1", None, not_applicable=True)
    last = sheet_of(city).departments[-1]
    assert (last.department.code, last.rank, last.weight) == ("FAC", None, 0)


def test_a_sum_without_a_target_of_the_period_is_not_scored_by_itself(city):
    city.report("C3", "H1", 900)
    figures = row_of(city, "C3").figures
    assert (figures.recognised, figures.achievement, figures.points) == (900, None, None)
    assert figures.fault is not None
    assert row_of(city, "C3", None).figures.achievement == Decimal("39.1")  # 900 of the year's 2300
    city.set_target("C3", "H1", 1000)
    assert row_of(city, "C3").figures.points == 27


def test_the_target_of_the_period_goes_before_that_of_the_cycle(city):
    city.set_target("G1", "H1", 80)
    city.report("G1", "H1", 76)
    city.report("G1", "H2", 76)
    assert [row_of(city, "G1", period).figures.target for period in ("H1", "H2", None)] == [80, 95, 95]
    assert [row_of(city, "G1", period).figures.achievement for period in ("H1", "H2", None)] == [95, 80, 80]


@pytest.mark.parametrize(
    ("rollup", "rolled_up", "achieved"),
    [
        (Rollup.SUM, "130", "130"),
        (Rollup.MEAN, "65", "65"),
        (Rollup.LAST, "70", "70"),
        (Rollup.MAX, "70", "70"),
    ],
)
def test_the_year_is_rolled_up_from_what_was_recognised(city, rollup, rolled_up, achieved):
    city.add_indicator("X", "처리", "GEN", 0, Kind.HIGHER, target=100, rollup=rollup, cap=150)
    city.report("X", "H1", 55, recognised=60)
    city.report("X", "H2", 70)
    figures = row_of(city, "X", None).figures
    assert (figures.values, figures.recognised) == ((60, 70), Decimal(rolled_up))
    assert figures.achievement == Decimal(achieved)


def test_a_mean_that_does_not_come_out_even_can_still_be_kept(city):
    city.change(Indicator, city.indicators["G2"], rollup=Rollup.MEAN)
    city.report("G2", "H1", "8.0001")
    city.report("G2", "H2", "8.0002")
    assert row_of(city, "G2", None).figures.recognised == Decimal("8.0002")  # 8.00015, half up


def test_a_period_that_was_not_applicable_leaves_the_year(city):
    city.report("G1", "H1", None, not_applicable=True)
    city.report("G1", "H2", 95)
    figures = row_of(city, "G1", None).figures
    assert (figures.values, figures.recognised, figures.points) == ((None, 95), 95, 40)
    assert not figures.not_applicable


def test_only_what_was_not_applicable_in_all_periods_is_shared_out_for_the_year(city):
    city.report("G1", "H1", None, not_applicable=True)
    assert row_of(city, "G1", None).figures.weight == 40
    city.report("G1", "H2", None, not_applicable=True)
    assert row_of(city, "G1", None).figures.not_applicable
    assert [row_of(city, code, None).figures.weight for code in ("G1", "G2", "G3")] == [0, 50, 50]


def test_the_state_of_the_year_is_that_of_its_least_advanced_period(city):
    city.report("G1", "H1", 95)
    assert row_of(city, "G1", None).standing.state is None
    city.report("G1", "H2", 95, State.SUBMITTED)
    assert row_of(city, "G1", None).standing.state is State.SUBMITTED
    assert row_of(city, "G1", None).figures.points == 40


def test_an_indicator_on_trial_has_an_achievement_and_no_points(city):
    city.report("W4", "H1", 77)
    figures = row_of(city, "W4").figures
    assert (figures.computed, figures.achievement) == (110, 100)
    assert (figures.weight, figures.points) == (None, None)
    care = next(one for one in sheet_of(city).departments if one.department.code == "CARE")
    assert (care.indicators, care.scored, care.approved) == (4, 3, 0)


def test_an_indicator_counts_for_the_periods_that_end_before_it_does(city):
    city.change(Indicator, city.indicators["G3"], ends_on=date(2019, 7, 1))
    assert "G3" in [row.plan.code for row in sheet_of(city).rows]
    for period in ("H2", None):
        assert "G3" not in [row.plan.code for row in sheet_of(city, period).rows]


def test_a_rule_that_cannot_be_reckoned_says_why_and_stops_nobody(city):
    with city.database.write() as session:
        session.execute(sa.delete(Target).where(Target.indicator_id == city.indicators["G1"]))
    city.report("G1", "H1", 95)
    city.report("G3", "H1", "0.5")  # neither yes nor no
    for code in ("G1", "G3"):
        figures = row_of(city, code).figures
        assert figures.achievement is None
        assert figures.fault is not None


def test_the_plan_around_an_indicator_is_told(city):
    plan = row_of(city, "G1").plan
    assert (plan.perspective, plan.strategic_goal) == ("시민", "믿음 주는 행정")
    assert (plan.performance_goal, plan.main_project) == ("빠른 민원 처리", "민원 24시간")
    assert row_of(city, "C1").plan.main_project is None
    department = row_of(city, "G1").department
    assert (department.path, department.bureau) == ("/CITY/ADM/GEN/", "행정국")
    assert row_of(city, "F1").department.bureau == "시설공단"


def test_the_cycle_is_summed_up(city):
    city.report("G1", "H1", 95)
    city.report("F1", "H1", 30, State.CONFIRMED)
    total = sheet_of(city).total
    assert (total.departments, total.indicators, total.scored) == (4, 12, 11)
    assert (total.approved, total.waiting, total.missing) == (1, 1, 9)
    assert total.mean == 10


def test_what_does_not_exist_is_refused(city):
    with city.database.read() as session:
        with pytest.raises(Refusal):
            score_sheet(session, 99, None)
        with pytest.raises(Refusal):
            score_sheet(session, city.cycle_id, 99)


def queries_for(city: City) -> int:
    count = 0

    def on_execute(*_: object) -> None:
        nonlocal count
        count += 1

    sa.event.listen(city.database.engine, "before_cursor_execute", on_execute)
    sheet_of(city, None)
    sa.event.remove(city.database.engine, "before_cursor_execute", on_execute)
    return count


def test_a_longer_plan_asks_the_database_no_more_often(city):
    before = queries_for(city)
    for number in range(40):
        city.add_indicator(f"N{number}", "새 지표", "GEN", 1, Kind.HIGHER, target=1)
        city.report(f"N{number}", "H1", 1)
    assert queries_for(city) == before
