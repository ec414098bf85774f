"""Bucheon 2006: twelve months, each closed and its result posted; the committee twice, 3,000 citizens once, 3 prizes.

Through the chat go: sign-up to the first of each kind of meeting, to training and to the committee, and everybody's
attendance; all 37 reports of March, and of the other months those of three divisions and a bureau, with their
innovation tasks and social indicators; what is returned; the papers of two members of the committee, among them all
who step back; the survey; values of owners; bonus and deduction; closing, posting and being told; early warnings at the
end of each quarter. Everything else is done by the same people with the verbs.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from sqlmodel import col, select

from models.clock import SEOUL
from models.forecast.table import Projection
from models.organization import Role
from models.plan import Indicator
from models.scores import score_sheet
from models.store import Database
from tests.cities import (
    adjusting,
    attending,
    attending_by_verbs,
    closing,
    department_points,
    owning,
    rating,
    rating_by_verbs,
    reporting,
    reporting_in_bulk,
    surveying,
)
from tests.cities.answers import Row, rows
from tests.cities.comparing import as_told, expected, standings, standings_in, where
from tests.cities.naming import title_of_result
from tests.cities.place import Place
from tests.kit.conversation import Body, shown

OFFICE, EVALUATOR = "BC-0003", "BC-0001"
"""The administrator and an evaluator of 혁신평가과."""
BSC, BUREAU = ("2006", "BSC"), ("2006", "BUREAU")
IN_CHAT = ("B03", "D0203", "D0301", "D0601")
QUARTERS = ("M03", "M06", "M09", "M12")
AWAY, DEPUTY = "BC-0321", "BC-0322"
SIGNED_UP_IN_CHAT = ("WS", "TR-1", "PM-1", "PC-1", "AC-1", "AC-2")
MARKET_OFFICER = "BC-0309"
MEMBERS = {"M06": ["BC-0017"], "M12": ["BC-0013", "BC-0017"]}
"""Of the committee, those who answer in chat; they step back from one division each."""


def test_the_year_of_bucheon(database: Database, tmp_path: Path) -> None:
    place = Place.begin("bucheon-2006", database, tmp_path, datetime(2006, 1, 2, 9, tzinfo=SEOUL))
    the_first_quarter(place)
    the_second_quarter(place)
    before = {place.town.now(): standings(place, *BSC)}
    the_third_quarter(place)
    before[place.town.now()] = standings(place, *BSC)
    the_last_quarter(place)
    the_year_is_over(place)

    workbook = closing.takes_workbook(place, OFFICE, "2006")
    for one in (BSC, BUREAU):
        result = standings(place, *one)
        assert result == expected(place.name, *one)
        assert standings_in(workbook, place.name, *one) == as_told(result)
    for code in months():
        assert standings(place, *BSC, period=code) == expected(place.name, *BSC, period=code)
    for instant, was in before.items():
        assert standings(place, *BSC, as_of=instant) == was


def the_first_quarter(place: Place) -> None:
    """A workshop in January, training in March; at its end the first analysis and the first progress meeting."""
    at(place, date(2006, 1, 10))
    assert signs_up(place, "WS") == 24
    held(place, "WS", date(2006, 1, 19), absent=2)
    month(place, "M01", date(2006, 2, 2), date(2006, 2, 14), reports=28)
    at(place, date(2006, 3, 3))
    assert signs_up(place, "TR-1") == 24
    month(place, "M02", date(2006, 3, 3), date(2006, 3, 14), reports=28)
    held(place, "TR-1", date(2006, 3, 16), absent=5)
    month(place, "M03", date(2006, 4, 4), date(2006, 4, 12), reports=37, meeting="PM-1")
    quarter(place, "M03")
    held(place, "PM-1", date(2006, 4, 14), absent=3)


def the_second_quarter(place: Place) -> None:
    """A deputy reports for an officer who is away in May; the committee meets and rates; half the tasks are due."""
    month(place, "M04", date(2006, 5, 4), date(2006, 5, 15), reports=28, meeting="PC-1")
    held(place, "PC-1", date(2006, 5, 19), absent=0)
    at(place, date(2006, 6, 5))
    assert adjusting.all_adjust(place, *BSC, EVALUATOR, OFFICE, "M05") == 1
    month(place, "M05", date(2006, 6, 5), date(2006, 6, 12), reports=28)
    at(place, date(2006, 6, 20))
    assert signs_up(place, "AC-1") == 12
    held(place, "AC-1", date(2006, 7, 3), absent=1)
    at(place, date(2006, 7, 4))
    assert report(place, "2006-INNO", "H1") == 66
    the_committee_rates(place, "M06", papers=287)
    month(place, "M06", date(2006, 7, 4), date(2006, 7, 12), reports=37, meeting="PM-2")
    quarter(place, "M06")
    held(place, "PM-2", date(2006, 7, 14), absent=0)
    at(place, date(2006, 7, 21))
    closing.closes(place, OFFICE, "2006-INNO", "H1")


def the_third_quarter(place: Place) -> None:
    """From July on a new version of the scheme holds; training and the second workshop of the circle in September."""
    month(place, "M07", date(2006, 8, 3), date(2006, 8, 14), reports=28)
    month(place, "M08", date(2006, 9, 4), date(2006, 9, 11), reports=28, meeting="TR-2")
    held(place, "TR-2", date(2006, 9, 14), absent=0)
    at(place, date(2006, 9, 18))
    assert signs_up(place, "PC-2") == 10
    held(place, "PC-2", date(2006, 9, 22), absent=1)
    at(place, date(2006, 10, 9))
    assert adjusting.all_adjust(place, *BSC, EVALUATOR, OFFICE, "M09") == 1
    month(place, "M09", date(2006, 10, 9), date(2006, 10, 11), reports=37, meeting="PM-3")
    quarter(place, "M09")
    held(place, "PM-3", date(2006, 10, 13), absent=1)


def the_last_quarter(place: Place) -> None:
    """The survey in November; in January the committee's second round, what owners give, and all that is left of the
    year. Of a year whose last month is closed nothing can be given any more."""
    month(place, "M10", date(2006, 11, 2), date(2006, 11, 14), reports=28)
    at(place, date(2006, 11, 30))
    place.town.time_goes_on()
    assert surveying.hands_in(place, OFFICE, "2006", "CITIZENS") == 3000
    month(place, "M11", date(2006, 12, 4), date(2006, 12, 12), reports=28)
    at(place, date(2006, 12, 20))
    assert signs_up(place, "AC-2") == 12
    at(place, date(2007, 1, 4))
    assert report(place, "2006-INNO", "H2") == 124
    held(place, "AC-2", date(2007, 1, 8), absent=2)
    at(place, date(2007, 1, 9))
    the_committee_rates(place, "M12", papers=286)
    assert owning.all_give(place, *BSC) == 72
    assert adjusting.all_adjust(place, *BSC, EVALUATOR, OFFICE) == 7
    month(place, "M12", date(2007, 1, 9), date(2007, 1, 10), reports=52, meeting="PM-4")
    quarter(place, "M12")
    held(place, "PM-4", date(2007, 1, 12), absent=1)
    at(place, date(2007, 1, 23))
    closing.closes(place, OFFICE, "2006-INNO", "H2")


def the_year_is_over(place: Place) -> None:
    """Social indicators are written anew; the year's results are out, with three prizes."""
    at(place, date(2007, 2, 5))
    assert report(place, "2006-SOCIAL", "Y") == 160
    at(place, date(2007, 2, 27))
    closing.closes(place, OFFICE, "2006-SOCIAL", "Y")
    closing.announces(place, OFFICE, *BSC)
    closing.announces(place, OFFICE, *BUREAU)
    for period in ("", "H1", "H2"):
        found = department_points.points(place, "2006-INNO", period)
        assert found == department_points.expected(place.name, "2006-INNO", period)
    assert social_indicators(place) == {
        one["지표코드"]: Decimal(one["실적"]) for one, _ in reporting.reports(place.name, "Y", "2006-SOCIAL")
    }
    given = {code: one.prize for code, one in standings(place, *BSC).items() if one.prize}
    assert given == {"D0204": "우수", "D0404": "장려", "D0401": "장려"}


def month(place: Place, code: str, reported: date, closed: date, *, reports: int, meeting: str = "") -> None:
    """Reports against the schedule of steps; then the month is closed and its result posted and told. At the end of a
    quarter those are warned who will likely miss the year's target."""
    at(place, reported)
    if meeting:
        signs_up(place, meeting)
    assert report(place, "2006", code) == reports
    if code in QUARTERS:
        place.town.time_goes_on()
        place.town.do_errands()
    if code == "M03":
        those_behind_are_warned(place)
    at(place, closed)
    closing.closes(place, OFFICE, "2006", code)
    closing.announces(place, OFFICE, *BSC, code)
    told = picture_of(place, MARKET_OFFICER)
    assert told["picture"]["name"] == f"{title_of_result(place.name, *BSC, code)}.png"
    assert standings(place, *BSC, period=code) == expected(place.name, *BSC, period=code)


def quarter(place: Place, code: str) -> None:
    """The analysis of a quarter: the workbook of its last month, with charts; the picture everybody has by then."""
    workbook = closing.takes_workbook(place, OFFICE, "2006", code)
    assert standings_in(workbook, place.name, *BSC) == as_told(expected(place.name, *BSC, period=code))
    office = place.person(OFFICE)
    book = office.takes(office.screens()[-1]["files"][0]["name"])
    assert any(name.startswith("xl/charts/chart") for name in zipfile.ZipFile(BytesIO(book)).namelist())


def those_behind_are_warned(place: Place) -> None:
    """Early warning: of the schedules of steps nobody is warned who is not behind, and five are who will not catch up
    all year. The picture is drawn."""
    steps = {
        one["지표코드"]: Decimal(one["실적"]) - Decimal(targets()[one["지표코드"], "M03"])
        for one, indicator in reporting.reports(place.name, "M03", "2006")
        if indicator["지표명"].endswith("공정률")
    }
    with place.town.database.read() as session:
        query = select(Indicator.code).join(Projection, col(Projection.indicator_id) == col(Indicator.id))
        warned = set(session.exec(query.where(Projection.is_warning)))
    behind = {code for code, ahead in steps.items() if ahead < 0}
    assert warned & steps.keys() <= behind
    assert {"D0104-1", "D0201-1", "D0402-1", "D0403-1", "D0501-1"} <= warned
    told = picture_of(place, place.who(Role.TEAM_LEAD, "D0201"))
    assert "조기 경보" in shown(told)
    assert told["picture"]["size"] > 5_000


def picture_of(place: Place, number: str) -> Body:
    """The newest screen of a person that came with a picture."""
    return next(one for one in reversed(place.person(number).screens()) if one.get("picture"))


def the_committee_rates(place: Place, period: str, papers: int) -> None:
    in_chat = MEMBERS[period].__contains__
    answered = rating.all_rate(place, "2006", "ADVICE", period, by_field=0, in_chat=in_chat)
    assert answered + rating_by_verbs.all_rate(place, "2006", "ADVICE", period) == papers


def signs_up(place: Place, programme: str) -> int:
    """Everybody takes a seat; how many that are."""
    if programme in SIGNED_UP_IN_CHAT:
        return attending.all_sign_up(place, "2006", programme)
    everybody = attending.rows_of(place.name, "2006", programme)
    attending_by_verbs.sign_up(place, everybody)
    return len(everybody)


def held(place: Place, programme: str, day: date, absent: int) -> None:
    """In the evening of the last day it is noted who came."""
    at(place, day, 18)
    assert attending.attendance(place, "2006", programme, OFFICE) == absent


def report(place: Place, cycle: str, period: str) -> int:
    """All reports of a period; how many that were."""
    given = reporting.reports(place.name, period, cycle)
    in_bulk = []
    for one, indicator in given:
        if period == "M03" or indicator["부서"] in IN_CHAT or one["반려"]:
            reporting.report_one(place, one, {**indicator, "담당자": officer_on_duty(indicator, period)})
        else:
            in_bulk.append((one, indicator))
    reporting_in_bulk.report(place, in_bulk, asks_lead=cycle == "2006")
    return len(given)


def officer_on_duty(indicator: Row, period: str) -> str:
    """In the first days of May, when April is reported, the officer of one division is away."""
    return DEPUTY if (indicator["담당자"], period) == (AWAY, "M04") else indicator["담당자"]


def social_indicators(place: Place) -> Mapping[str, Decimal | None]:
    """What they are this year."""
    with place.town.database.read() as session:
        sheet = score_sheet(session, *where(session, "2006-SOCIAL", "Y"))
        return {row.plan.code: row.figures.recognised for row in sheet.rows}


def at(place: Place, day: date, hour: int = 10) -> None:
    """It is that day; if it is so already, the hour stays what it is."""
    if place.town.now().astimezone(SEOUL).date() < day or hour != 10:
        place.at(day.year, day.month, day.day, hour)


def targets() -> Mapping[tuple[str, str], str]:
    """By indicator and period."""
    return {(row["지표코드"], row["기간"]): row["목표치"] for row in rows("bucheon-2006", "목표")}


def months() -> list[str]:
    return [row["코드"] for row in rows("bucheon-2006", "기간") if row["성과주기"] == "2006"]
