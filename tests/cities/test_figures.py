"""The public figures of the five cities are in their example files. All of them in one place; points are made up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from tests.cities.by_hand.files import Row, Year
from tests.cities.by_hand.tables import EXPECTED, UNDECIDED, year_of

SEOUL, OSAN, HANAM, GWANGJU, BUCHEON = (
    year_of(city) for city in ("seoul-2019", "osan-2023", "hanam-2022", "gwangju-2019", "bucheon-2006")
)
_DAYS = re.compile(r", (\d+)\. (\d+)\.~(\d+)\. (\d+)\.\)$")


def count(year: Year, name: str, **cells: str) -> int:
    return len(year.of(name, **cells))


def different(year: Year, name: str, *columns: str, **cells: str) -> int:
    """How many different contents these columns have together."""
    return len({tuple(row[column] for column in columns) for row in year.of(name, **cells)})


def base_points(year: Year, scheme: str) -> dict[str, Decimal]:
    rows = [
        row for row in year.of("배점", 체계=scheme) if row["원천"] in ("지표", "평가", "소관", "다른평가")
    ]
    return {row["코드"]: Decimal(row["배점"]) for row in rows}


def prizes_given(table: str) -> Counter[str]:
    """By the prize's name, from a table of the results."""
    lines = (EXPECTED / table).read_text(encoding="utf-8").splitlines()[1:]
    return Counter(prize for line in lines if (prize := line.rpartition(",")[2]))


def first_of(row: Row) -> date:
    return date.fromisoformat(row["시작"][:10])


def bureaus() -> set[str]:
    return {row["코드"] for row in SEOUL.of("조직", 구분="실국")}


# Seoul 2019: 44 bureaus, 697 indicators, 450 projects, 248 departments, 45 institutions; two schemes


def test_seoul_has_44_bureaus_248_departments_697_indicators_450_projects() -> None:
    assert len(bureaus()) == 44
    assert different(SEOUL, "지표", "부서") == 248
    assert count(SEOUL, "지표") == 697
    projects = {(row["부서"], row["주요사업"]) for row in SEOUL.rows("지표") if row["주요사업"]}
    assert len(projects) == 450


def test_seoul_rates_45_institutions_and_the_persons_of_grade_4() -> None:
    institutions = {row["코드"] for row in SEOUL.of("평가대상", 체계="INST")}
    assert len(institutions) == 45
    assert len(institutions & bureaus()) == 44, "the document says 44 and 45"
    assert count(SEOUL, "평가대상", 체계="PERS") == 204
    (scheme,) = SEOUL.of("평가체계", 코드="INST")
    assert all(figure in scheme["비고"] for figure in ("44", "45", "10+10", "25"))


def test_seoul_gives_institutions_20_20_25_10_and_nine_items_of_25() -> None:
    points = base_points(SEOUL, "INST")
    items = {row["코드"] for row in SEOUL.of("배점", 체계="INST", 원천="소관")}
    assert [points[code] for code in ("PRIOR", "ACHV", "QUAL", "RATER")] == [20, 20, 25, 10]
    assert sorted(points[code] for code in items) == [2, 2, 2, 2, 2, 2, 3, 5, 5]
    assert sum(points[code] for code in items) == 25


def test_seoul_gives_persons_20_20_40_15_5_and_the_40_are_20_10_10() -> None:
    assert list(base_points(SEOUL, "PERS").values()) == [20, 20, 40, 15, Decimal("2.5"), Decimal("2.5")]
    groups = {row["코드"]: row["몫"] for row in SEOUL.of("평가단", 평가="P-QUAL")}
    assert groups == {"OWN": "20", "PLAN": "10", "EXPERT": "10"}


def test_seoul_has_an_item_in_which_more_than_half_have_the_same_score() -> None:
    values = Counter(row["값"] for row in SEOUL.of("actuals/소관", 항목="INTEG"))
    assert max(values.values()) > 45 / 2


def test_seoul_keeps_four_past_years() -> None:
    assert [name for name in SEOUL.rows("지표")[0] if name.endswith("실적")] == [
        "2015실적", "2016실적", "2017실적", "2018실적",
    ]  # fmt: skip


# Osan 2023: over 230 people trained on 11 January in two sessions; a written review, then one day of slots


def test_osan_trains_over_230_people_in_two_sessions_on_11_january() -> None:
    sessions = OSAN.of("일정", 프로그램="TRAIN")
    assert [first_of(row) for row in sessions] == [date(2023, 1, 11)] * 2
    came = {row["사람"] for row in OSAN.of("actuals/출석", 프로그램="TRAIN", 출석="예")}
    assert 230 < len(came) <= sum(int(row["정원"]) for row in sessions)


def test_osan_reviews_in_writing_and_coaches_on_one_day() -> None:
    slots = OSAN.of("일정", 프로그램="COACH")
    (coaching,) = OSAN.of("컨설팅", 코드="COACH")
    assert len({first_of(row) for row in slots}) == 1
    assert coaching["서면제출기한"] < coaching["서면검토기한"] < slots[0]["시작"]
    assert different(OSAN, "지표", "부서") == count(OSAN, "평가대상") <= len(slots)


def test_osan_looks_at_link_formula_target_and_challenge() -> None:
    assert [row["코드"] for row in OSAN.rows("평가항목")] == ["LINK", "FORM", "TARGET", "CHALL"]


# Hanam 2022: teams of at most 4, trips of 2 to 3 days in August, prizes for departments, awards for officials


def test_hanam_has_teams_of_at_most_4() -> None:
    teams = HANAM.of("조직", 구분="팀")
    assert {row["정원"] for row in teams} == {"4"}
    members = Counter(row["관할"] for row in HANAM.rows("사람"))
    assert all(1 < members[row["코드"]] <= 4 for row in teams)


def test_hanam_travels_two_or_three_days_in_august() -> None:
    trips = {row["주요사업"] for row in HANAM.of("지표", 성과주기="2022")}
    assert len(trips) == 40
    for trip in trips:
        found = _DAYS.search(trip)
        assert found, trip
        month, day, last_month, last_day = map(int, found.groups())
        assert month == last_month == 8, trip
        assert 2 <= last_day - day + 1 <= 3, trip


def test_hanam_gives_prize_money_to_departments_and_awards_to_officials() -> None:
    assert all("시상금" in row["이름"] for row in HANAM.of("포상", 체계="DEPT"))
    (award,) = HANAM.of("포상", 체계="ACTIVE")
    assert "공무원" in award["이름"]


# Gwangju 2019: 24 institutions, 90 goals, 11 chosen; the goals of every kind


def test_gwangju_has_24_institutions_and_90_goals_and_chooses_11() -> None:
    assert count(GWANGJU, "평가대상") == count(GWANGJU, "조직", 구분="기관") == 24
    assert count(GWANGJU, "지표") == 90
    (prize,) = GWANGJU.rows("포상")
    assert prize["인원"] == "11"
    assert prizes_given("gwangju-INST-2019.csv") == {prize["이름"]: 11}


@pytest.mark.parametrize(
    ("name", "unit", "target"), [("보증", "억원", "3902"), ("컨설팅", "가구", "2300"), ("지연", "건", "0")]
)
def test_gwangju_has_the_goals_that_were_made_public(name: str, unit: str, target: str) -> None:
    targets = {row["지표코드"]: row["목표치"] for row in GWANGJU.rows("목표")}
    found = [row for row in GWANGJU.of("지표", 단위=unit) if name in row["지표명"]]
    assert target in [targets[row["코드"]] for row in found]


def test_gwangju_has_accidents_casualties_a_certificate_and_a_start_of_construction() -> None:
    def kinds(*words: str) -> set[str]:
        return {
            row["배점방식"] for row in GWANGJU.rows("지표") if all(word in row["지표명"] for word in words)
        }

    assert "무사고" in kinds("사고") & kinds("인명피해")
    assert "여부" in kinds("ISO 10002")
    assert "마일스톤" in kinds("착공")


# Bucheon 2006: twelve months, 148 + 21 tasks, 160 social indicators, 12 members, 3,000 citizens, 3 prizes


def test_bucheon_has_148_innovation_tasks_and_21_common_ones() -> None:
    tasks = Counter(row["관점"] for row in BUCHEON.of("지표", 성과주기="2006-INNO"))
    assert tasks == {"혁신과제": 148, "공통과제": 21}


def test_bucheon_has_160_social_indicators_in_13_fields_under_6_themes() -> None:
    assert count(BUCHEON, "지표", 성과주기="2006-SOCIAL") == 160
    assert different(BUCHEON, "지표", "전략목표", 성과주기="2006-SOCIAL") == 13
    assert different(BUCHEON, "지표", "관점", 성과주기="2006-SOCIAL") == 6


def test_bucheon_asks_3000_citizens_once() -> None:
    assert count(BUCHEON, "actuals/설문") == different(BUCHEON, "actuals/설문", "대상", "응답번호") == 3000
    assert count(BUCHEON, "평가", 코드="CITIZENS") == 1


def test_bucheon_has_a_committee_of_12_that_meets_and_rates_twice() -> None:
    assert different(BUCHEON, "평가단", "위원", 평가="ADVICE") == 12
    assert count(BUCHEON, "평가", 코드="ADVICE") == 2
    assert len([row for row in BUCHEON.rows("일정") if row["프로그램"].startswith("AC-")]) == 2


def test_bucheon_evaluates_every_month_and_reports_progress_four_times() -> None:
    assert count(BUCHEON, "기간", 성과주기="2006") == 12
    slots = Counter(row["프로그램"].partition("-")[0] for row in BUCHEON.rows("일정"))
    assert (slots["PM"], slots["WS"], slots["PC"]) == (4, 1, 2), (
        "progress, and workshops in January and of the circle"
    )
    assert different(BUCHEON, "컨설팅", "코드", 구분="교육") == 2
    assert first_of(BUCHEON.of("일정", 프로그램="WS")[0]).month == 1


def test_bucheon_rates_itself_once_and_gives_one_excellent_and_two_encouragements() -> None:
    assert {row["기간"] for row in BUCHEON.of("actuals/소관", 항목="META")} == {""}
    assert prizes_given("bucheon-BSC-2006.csv") == {"우수": 1, "장려": 2}


def test_what_has_to_be_decided_is_marked_in_the_tables() -> None:
    found = {
        path.stem: prize
        for path in EXPECTED.glob("*.csv")
        for prize in prizes_given(path.name)
        if prize.endswith(UNDECIDED)
    }
    assert set(found) == {"osan-DEPT-2023", "hanam-ACTIVE-2022"}
