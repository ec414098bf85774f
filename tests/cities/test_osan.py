"""Osan 2023: 230 people trained, a written review, one day of coaching, two halves, 40 departments graded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from models.clock import SEOUL
from models.store import Database
from tests.cities import (
    adjusting,
    appealing,
    attending,
    attending_by_verbs,
    closing,
    owning,
    rating,
    rating_by_verbs,
    reporting,
    reviewing,
)
from tests.cities.comparing import as_told, expected, standings, standings_in
from tests.cities.place import Place

OFFICE, OTHER = "O-0003", "O-0004"
"""The two administrators of 기획예산담당관."""
CONSULTANTS = ["O-0011", "O-0012", "O-0013", "O-0014", "O-0015", "O-0016"]
IN_CHAT = ("O-0002", "O-0014")
"""Raters who answer in chat, one of either group; each steps back from a department."""
YEAR = ("2023", "DEPT")


def test_the_year_of_osan(database: Database, tmp_path: Path) -> None:
    """To save time not everything is said in chat: every second department signs up for the training, in either half a
    quarter of them report, and two of nine raters answer. The rest is done by the verbs, by the same people."""
    place = Place.begin("osan-2023", database, tmp_path, datetime(2023, 1, 2, 9, tzinfo=SEOUL))
    everybody_is_trained(place)
    indicators_are_reviewed_in_writing(place)
    a_day_of_coaching(place)
    raters_look_at_the_indicators(place)
    before = {place.town.now(): standings(place, *YEAR)}
    the_first_half(place)
    before[place.town.now()] = standings(place, *YEAR)
    assert standings(place, *YEAR, period="H1") == expected(place.name, *YEAR, period="H1")
    the_second_half(place)
    before[place.town.now()] = standings(place, *YEAR)
    one_appeals_and_the_result_is_out(place)

    result = standings(place, *YEAR)
    assert result == expected(place.name, *YEAR)
    assert standings(place, *YEAR, period="H2") == expected(place.name, *YEAR, period="H2")
    workbook = closing.takes_workbook(place, OFFICE, "2023")
    assert standings_in(workbook, place.name, *YEAR) == as_told(result)
    assert [was == result for was in before.values()] == [False, False, True]
    for instant, was in before.items():
        assert standings(place, *YEAR, as_of=instant) == was


def everybody_is_trained(place: Place) -> None:
    """11 January: two sessions of one hall; three who signed up stay away."""
    place.at(2023, 1, 5)
    assert attending.all_sign_up(place, "2023", "TRAIN", in_chat=_is_even) == 117
    others = [row for row in attending.rows_of(place.name, "2023", "TRAIN") if not _is_even(row["부서"])]
    attending_by_verbs.sign_up(place, others)
    place.at(2023, 1, 11, 18)
    assert attending.attendance(place, "2023", "TRAIN", OFFICE) == 3


def indicators_are_reviewed_in_writing(place: Place) -> None:
    """Forty departments, two of them in chat."""
    place.at(2023, 1, 20)
    assert reviewing.all_hand_in(place, "COACH", in_chat=2) == 40
    place.at(2023, 2, 3)
    assert reviewing.all_are_viewed(place, "COACH", CONSULTANTS, in_chat=2) == 154


def a_day_of_coaching(place: Place) -> None:
    """15 February: 39 departments book, two of them do not come, one has not booked at all."""
    place.at(2023, 2, 7)
    assert attending.all_sign_up(place, "2023", "COACH") == 39
    place.at(2023, 2, 15, 18)
    assert attending.attendance(place, "2023", "COACH", OFFICE) == 2
    place.at(2023, 2, 17)
    place.town.time_goes_on()
    assert adjusting.all_decide_absences(place, *YEAR, OFFICE) == 3


def raters_look_at_the_indicators(place: Place) -> None:
    """Six researchers and three of the office, who do not rate their own department."""
    place.at(2023, 3, 3)
    assert rating.all_rate(place, "2023", "QUAL", by_field=0, in_chat=IN_CHAT.__contains__) == 77
    assert rating_by_verbs.all_rate(place, "2023", "QUAL") == 278


def the_first_half(place: Place) -> None:
    """July: reports, points of open information, two bonuses; closed."""
    place.at(2023, 7, 11)
    assert reporting.all_report(place, "H1", "2023", in_chat=_quarter(0)) == 154
    place.at(2023, 7, 28)
    assert owning.all_give(place, *YEAR, "H1") == 40
    assert adjusting.all_adjust(place, *YEAR, OFFICE, OTHER, "H1") == 2
    place.at(2023, 7, 31, 18)
    closing.closes(place, OFFICE, "2023", "H1")


def the_second_half(place: Place) -> None:
    """January of the next year: reports, all items of the year, bonus and deduction; closed."""
    place.at(2024, 1, 9)
    assert reporting.all_report(place, "H2", "2023", in_chat=_quarter(1)) == 154
    place.at(2024, 1, 29)
    assert owning.all_give(place, *YEAR, "H2") == 40
    assert owning.all_give(place, *YEAR) == 80
    assert adjusting.all_adjust(place, *YEAR, OFFICE, OTHER, "H2") == 2
    assert adjusting.all_adjust(place, *YEAR, OFFICE, OTHER) == 3
    place.at(2024, 1, 31, 18)
    closing.closes(place, OFFICE, "2023", "H2")


def one_appeals_and_the_result_is_out(place: Place) -> None:
    """February: what was not recognised stays so; the result is told to forty departments."""
    report, indicator = next(
        one for one in reporting.reports(place.name, "H2", "2023") if one[0]["지표코드"] == "D07-4"
    )
    place.at(2024, 2, 2)
    appealing.appeals(place, report, indicator, "영치한 33건은 하반기에 다시 체납한 차량입니다.")
    place.at(2024, 2, 6)
    appealing.dismisses(place, "O-0002", indicator, "이미 납부한 건은 실적이 아닙니다.")
    place.at(2024, 2, 13)
    closing.announces(place, OFFICE, *YEAR)


def _is_even(department: str) -> bool:
    return int(department[1:]) % 2 == 0


def _quarter(which: int) -> Callable[[str], bool]:
    """A quarter of the departments."""
    return lambda code: int(code[1:]) % 4 == which
