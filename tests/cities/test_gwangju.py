"""Gwangju 2019: 24 institutions, 90 goals, 11 chosen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from models.clock import SEOUL
from models.organization import Role
from models.store import Database
from tests.cities import adjusting, appealing, attending, closing, owning, rating, reporting
from tests.cities.comparing import as_told, expected, standings, standings_in
from tests.cities.place import Place

OFFICE, OTHER = "G-0003", "G-0004"
"""The two administrators of 평가담당관."""
YEAR = ("2019", "INST")


def test_the_year_of_gwangju(database: Database, tmp_path: Path) -> None:
    place = Place.begin("gwangju-2019", database, tmp_path, datetime(2019, 1, 7, 9, tzinfo=SEOUL))
    goals_are_presented_and_looked_at_midway(place)
    the_year_is_reported_and_given_points(place)
    before = {place.town.now(): standings(place, *YEAR)}
    results_of_goals_are_out_and_one_appeals(place)
    before[place.town.now()] = standings(place, *YEAR)
    the_committee_rates_and_eleven_are_chosen(place)
    before[place.town.now()] = standings(place, *YEAR)
    heads_meet_and_next_year_is_set(place)

    result = standings(place, *YEAR)
    assert result == expected(place.name, *YEAR)
    assert sum(one.prize == "성과창출 우수기관" for one in result.values()) == 11
    workbook = closing.takes_workbook(place, OFFICE, "2019")
    assert standings_in(workbook, place.name, *YEAR) == as_told(result)
    assert [was == result for was in before.values()] == [False, False, True]
    for instant, was in before.items():
        assert standings(place, *YEAR, as_of=instant) == was


def goals_are_presented_and_looked_at_midway(place: Place) -> None:
    """January: the plans are reported, to supervisors too. July: halfway."""
    place.at(2019, 1, 10)
    assert attending.all_sign_up(place, "2019", "PLAN") == 40
    place.at(2019, 1, 23, 18)
    assert attending.attendance(place, "2019", "PLAN", OFFICE) == 1
    place.at(2019, 7, 10)
    assert attending.all_sign_up(place, "2019", "MID") == 40
    place.at(2019, 7, 18, 18)
    assert attending.attendance(place, "2019", "MID", OFFICE) == 1


def the_year_is_reported_and_given_points(place: Place) -> None:
    """January of the next year: 90 reports in chat, four of them returned once; then supervisors' points, bonus and
    deduction."""
    place.at(2020, 1, 8)
    assert reporting.all_report(place, "Y", "2019") == 90
    place.at(2020, 1, 30)
    assert owning.all_give(place, *YEAR) == 24
    assert adjusting.all_adjust(place, *YEAR, OFFICE, OTHER) == 10


def results_of_goals_are_out_and_one_appeals(place: Place) -> None:
    """February: the period is closed, and one appeal is turned down."""
    place.at(2020, 1, 31, 18)
    closing.closes(place, OFFICE, "2019", "Y")
    report, indicator = next(
        one for one in reporting.reports(place.name, "Y", "2019") if one[0]["지표코드"] == "G02-3"
    )
    place.at(2020, 2, 4)
    appealing.appeals(place, report, indicator, "45호는 1월에 준공검사를 마쳤습니다.")
    place.at(2020, 2, 6)
    appealing.dismisses(place, "G-0002", indicator, "연말까지 준공한 호수만 실적입니다.")


def the_committee_rates_and_eleven_are_chosen(place: Place) -> None:
    """Seven from outside and three from within, of whom three step back from four institutions."""
    place.at(2020, 2, 7)
    assert rating.all_rate(place, "2019", "COM", by_field=1) == 236
    place.at(2020, 2, 17)
    closing.announces(place, OFFICE, *YEAR)
    last, next_one = (place.person(place.who(Role.TEAM_LEAD, code)) for code in ("G15", "G04"))
    # Equal, and told apart by the points of their goals.
    last.sees("관광재단: 90.27점", "성과창출 우수기관")
    next_one.sees("컨벤션센터: 90.27점")
    next_one.does_not_see("우수기관")


def heads_meet_and_next_year_is_set(place: Place) -> None:
    """The results are shared, and next year's goals set together with the supervisors."""
    place.at(2020, 2, 20)
    assert attending.all_sign_up(place, "2019", "HEADS") == 40
    place.at(2020, 2, 21)
    assert attending.all_sign_up(place, "2019", "NEXT") == 40
    place.at(2020, 2, 27, 18)
    assert attending.attendance(place, "2019", "HEADS", OFFICE) == 0
    place.at(2020, 3, 31, 18)
    assert attending.attendance(place, "2019", "NEXT", OFFICE) == 1
