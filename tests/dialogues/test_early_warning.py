"""Early warning: who is told in time that a year's target is likely missed, what they are told, and when nobody is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from models.clock import MovableClock
from models.evidence.table import Parcel
from models.evidence.vault import Vault
from models.forecast.projecting import reports_to_project
from models.forecast.table import Projection
from models.messaging.errand import Errand
from models.plan import Indicator, Period, PeriodState
from models.store import Database
from models.submission import State, Submission
from reports import charts
from scheduler import forecasting
from tests.dialogues import city, quarterly
from tests.dialogues.quarterly import reports, withdraws
from tests.kit import files
from tests.kit.conversation import Body, Speaker, Town

RATE, SUPPLY = "GA-01", "CI-01"


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Town:
    """한빛시 with quarters, Monday 8 July 2019."""
    return settle(database, tmp_path)


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real pictures take a while: they are drawn in tests/reports, tests/contract and the gallery."""
    monkeypatch.setattr(charts, "trend", lambda _shown: files.png())


def settle(database: Database, tmp_path: Path) -> Town:
    quarterly.settle(database, tmp_path)
    return Town(database, Vault(tmp_path / "evidence"), MovableClock(city.MONDAY, ticking=False))


def goes_on(town: Town) -> None:
    town.time_goes_on(minutes=5)
    town.do_errands()


def warnings(speaker: Speaker) -> list[Body]:
    """Every warning in the chat."""
    return [body for body in speaker.screens() if "picture" in body]


def falls_short(town: Town) -> None:
    reports(town, city.OFFICER, RATE, "Q1", "91.2")
    reports(town, city.OFFICER, RATE, "Q2", "90.8")


def test_officers_and_team_lead_are_told_and_nobody_else(town: Town) -> None:
    told = [town.person(code) for code in (city.OFFICER, city.SECOND, city.DEPUTY, city.LEAD)]
    untold = [town.person(code) for code in (city.CIVIL, city.BUREAU_LEAD, city.EVALUATOR)]
    falls_short(town)
    goes_on(town)
    assert [len(warnings(one)) for one in told] == [1] * 4
    assert [len(warnings(one)) for one in untold] == [0] * 3
    for reader in told:
        picture = warnings(reader)[0]["picture"]
        assert picture["name"] == "민원처리율 연말 전망.png"
        with town.database.read() as session:
            parcel = session.get_one(Parcel, picture["reference"].removeprefix("parcel:"))
        assert parcel.owner_id == reader.person_id
        assert town.vault.path(parcel.sha256).read_bytes().startswith(b"\x89PNG")
    lead = told[-1]
    lead.presses("부서 현황")
    lead.sees("부서 현황 · ")


def test_it_says_what_is_expected_and_how_that_was_found(town: Town, officer: Speaker) -> None:
    falls_short(town)
    goes_on(town)
    officer.sees(
        "조기 경보: 민원처리율",
        "목표: 95 % 이상",
        "지금까지: 1분기 91.2 % · 2분기 90.8 %",
        "올해 예상: 90.8 % (범위 90.08 %~91.52 %)",
        "가장 최근 실적이 연말까지 이어진다고 보았습니다.",
        "과거 연도별 증감을",
        "남은 2개 기간",
    )
    officer.presses("지표 보기")
    officer.sees("2019년 성과관리 2분기", "90.8 %")


def test_a_sum_grows_as_on_average_so_far(town: Town) -> None:
    civil = town.person(city.CIVIL)
    reports(town, city.CIVIL, SUPPLY, "Q1", "800")
    reports(town, city.CIVIL, SUPPLY, "Q2", "700")
    goes_on(town)
    civil.sees("올해 예상: 3,000 억원", "지금까지의 평균만큼 쌓인다고")
    civil.does_not_see("범위")


def on_track(town: Town) -> None:
    reports(town, city.OFFICER, RATE, "Q1", "95.4")
    reports(town, city.OFFICER, RATE, "Q2", "96.1")


def one_quarter_without_past_years(town: Town) -> None:
    reports(town, city.CIVIL, SUPPLY, "Q1", "100")


def a_first_value_that_may_be_a_running_total(town: Town) -> None:
    reports(town, city.OFFICER, RATE, "Q1", "24")


def a_half_year(town: Town) -> None:
    reports(town, city.OFFICER, "IN-01", "H1", "2")


def taken_back_before_anybody_looked(town: Town) -> None:
    falls_short(town)
    withdraws(town, city.OFFICER, RATE, "Q2")
    withdraws(town, city.OFFICER, RATE, "Q1")


@pytest.mark.parametrize(
    "happens",
    [
        on_track,
        one_quarter_without_past_years,
        a_first_value_that_may_be_a_running_total,
        a_half_year,
        taken_back_before_anybody_looked,
    ],
)
def test_it_is_silent(town: Town, officer: Speaker, happens: Callable[[Town], None]) -> None:
    lead, civil = town.person(city.LEAD), town.person(city.CIVIL)
    happens(town)
    goes_on(town)
    assert [warnings(one) for one in (officer, lead, civil)] == [[], [], []]
    assert errands(town) == []


def test_each_report_is_projected_once(
    any_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecasting, "AT_ONCE", 2)
    town = settle(any_database, tmp_path)
    falls_short(town)
    reports(town, city.CIVIL, SUPPLY, "Q1", "800")
    goes_on(town)
    goes_on(town)
    with town.database.read() as session:
        made = session.exec(select(Projection)).all()
        assert reports_to_project(session, town.now(), 10) == []
    assert len(made) == 3
    assert sorted(one.value is None for one in made) == [False, False, True]


def test_what_is_old_or_closed_is_no_news(town: Town) -> None:
    falls_short(town)
    with town.database.write() as session:
        session.execute(update(Period).values(state=PeriodState.CLOSED))
    goes_on(town)
    with town.database.write() as session:
        session.execute(update(Period).values(state=PeriodState.OPEN))
    town.passes(days=15)
    goes_on(town)
    with town.database.read() as session:
        assert session.exec(select(Projection)).all() == []


def test_what_is_handed_in_at_night_is_told_in_the_morning(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    town.passes(hours=13)
    falls_short(town)
    goes_on(town)
    assert warnings(officer) == [] and warnings(lead) == []
    town.passes(hours=10)
    goes_on(town)
    assert len(warnings(officer)) == len(warnings(lead)) == 1


def test_the_same_again_is_not_repeated_but_what_is_worse_is(town: Town, officer: Speaker) -> None:
    falls_short(town)
    goes_on(town)
    reports(town, city.OFFICER, RATE, "Q3", "90.5")
    goes_on(town)
    assert len(warnings(officer)) == 1
    withdraws(town, city.OFFICER, RATE, "Q3")
    reports(town, city.OFFICER, RATE, "Q3", "85")
    goes_on(town)
    assert len(warnings(officer)) == 2
    officer.sees("올해 예상: 81.9 %", "변해 온 만큼")


def test_after_the_target_was_within_reach_again_it_is_told_anew(town: Town, officer: Speaker) -> None:
    falls_short(town)
    goes_on(town)
    for value in ("97", "90.5"):
        reports(town, city.OFFICER, RATE, "Q3", value)
        goes_on(town)
        withdraws(town, city.OFFICER, RATE, "Q3")
    assert len(warnings(officer)) == 2


@pytest.mark.parametrize("first", ["91.2", "90.8"])
def test_what_was_taken_back_meanwhile_is_not_told_but_its_next_version_is(
    town: Town, officer: Speaker, first: str
) -> None:
    # Where both are the same, the year comes to the same without the second.
    reports(town, city.OFFICER, RATE, "Q1", first)
    reports(town, city.OFFICER, RATE, "Q2", "90.8")
    town.time_goes_on(minutes=5)
    withdraws(town, city.OFFICER, RATE, "Q2")
    town.do_errands()
    assert warnings(officer) == []
    reports(town, city.OFFICER, RATE, "Q2", "90.8")
    goes_on(town)
    assert len(warnings(officer)) == 1


@pytest.mark.parametrize("value", [96, 85])
def test_another_value_recognised_meanwhile_counts(town: Town, officer: Speaker, value: int) -> None:
    """The target is within reach, or it is missed by more than the picture says."""
    falls_short(town)
    town.time_goes_on(minutes=5)
    with town.database.write() as session:
        approved = {"state": State.APPROVED, "recognised": Decimal(value)}
        session.execute(update(Submission).values(**approved))
    town.do_errands()
    assert warnings(officer) == []


def test_who_may_not_see_the_indicator_any_more_is_not_told(town: Town, officer: Speaker) -> None:
    second = town.person(city.SECOND)
    falls_short(town)
    town.time_goes_on(minutes=5)
    with town.database.write() as session:
        session.execute(update(Indicator).where(col(Indicator.code) == RATE).values(officer_id=None))
    town.do_errands()
    assert len(warnings(second)) == 1
    assert warnings(officer) == []


def errands(town: Town) -> list[Errand]:
    with town.database.read() as session:
        return list(session.exec(select(Errand).where(Errand.kind == "early_warning")))
