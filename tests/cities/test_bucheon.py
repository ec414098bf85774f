"""Bucheon 2006: twelve months, each closed and its result posted; the committee twice, 3,000 citizens once, 3 prizes.

Through the chat go: every sign-up and attendance, all 37 reports of March, and of the other months those of three
divisions and a bureau, with their innovation tasks and (the 29 of one division) social indicators; what is returned; the papers
of three members of the committee, among them all that step back; the survey; values of owners; bonus and
deduction; closing, posting and being told; early warnings. Everything else is done by the same people with the verbs.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from models.clock import SEOUL
from models.scores import score_sheet
from models.store import Database
from tests.cities import (
    adjusting,
    attending,
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
from tests.cities.place import Place
import time
_T = [time.process_time()]
def t(what):
    n = time.process_time(); print(f"{what}: {n-_T[0]:.2f}", flush=True); _T[0] = n

OFFICE, EVALUATOR = "BC-0003", "BC-0001"
"""The administrator and an evaluator of 혁신평가과."""
BSC, BUREAU = ("2006", "BSC"), ("2006", "BUREAU")
IN_CHAT = ("B03", "D0203", "D0301", "D0601")
QUARTERS = ("M03", "M06", "M09", "M12")
AWAY, DEPUTY = "BC-0321", "BC-0322"
MEMBERS = ("BC-0011", "BC-0013", "BC-0017")
"""Of the committee, those who answer in chat."""


def test_the_year_of_bucheon(database: Database, tmp_path: Path) -> None:
    t("")
    place = Place.begin("bucheon-2006", database, tmp_path, datetime(2006, 1, 2, 9, tzinfo=SEOUL))
    t("begin")
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
    for month in months():
        assert standings(place, *BSC, period=month) == expected(place.name, *BSC, period=month)
    for instant, was in before.items():
        assert standings(place, *BSC, as_of=instant) == was
    t("compare")


def the_first_quarter(place: Place) -> None:
    """A workshop in January, training in March; at its end the first analysis and the first progress meeting."""
    at(place, date(2006, 1, 10))
    assert attending.all_sign_up(place, "2006", "WS") == 24
    held(place, "WS", date(2006, 1, 19), absent=2)
    month(place, "M01", date(2006, 2, 2), date(2006, 2, 14), reports=28)
    at(place, date(2006, 3, 3))
    assert attending.all_sign_up(place, "2006", "TR-1") == 24
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
    assert attending.all_sign_up(place, "2006", "AC-1") == 12
    held(place, "AC-1", date(2006, 7, 3), absent=1)
    at(place, date(2006, 7, 4))
    assert report(place, "2006-INNO", "H1") == 66
    t("inno")
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
    assert attending.all_sign_up(place, "2006", "PC-2") == 10
    held(place, "PC-2", date(2006, 9, 22), absent=1)
    at(place, date(2006, 10, 9))
    assert adjusting.all_adjust(place, *BSC, EVALUATOR, OFFICE, "M09") == 1
    month(place, "M09", date(2006, 10, 9), date(2006, 10, 11), reports=37, meeting="PM-3")
    quarter(place, "M09")
    held(place, "PM-3", date(2006, 10, 13), absent=1)


def the_last_quarter(place: Place) -> None:
    """The survey in November; all that is due for the year in January, with the committee's second round."""
    month(place, "M10", date(2006, 11, 2), date(2006, 11, 14), reports=28)
    at(place, date(2006, 11, 30))
    place.town.time_goes_on()
    assert surveying.hands_in(place, OFFICE, "2006", "CITIZENS") == 3000
    t("survey")
    month(place, "M11", date(2006, 12, 4), date(2006, 12, 12), reports=28)
    at(place, date(2006, 12, 20))
    assert attending.all_sign_up(place, "2006", "AC-2") == 12
    at(place, date(2007, 1, 4))
    assert report(place, "2006-INNO", "H2") == 124
    held(place, "AC-2", date(2007, 1, 8), absent=2)
    at(place, date(2007, 1, 9))
    the_committee_rates(place, "M12", papers=286)
    assert owning.all_give(place, *BSC) == 72
    assert adjusting.all_adjust(place, *BSC, EVALUATOR, OFFICE) == 7
    t("own")
    month(place, "M12", date(2007, 1, 9), date(2007, 1, 10), reports=52, meeting="PM-4")
    quarter(place, "M12")
    held(place, "PM-4", date(2007, 1, 12), absent=1)
    at(place, date(2007, 1, 23))
    closing.closes(place, OFFICE, "2006-INNO", "H2")


def the_year_is_over(place: Place) -> None:
    """Social indicators are written anew, owners give their values, what is proposed is decided; three prizes."""
    at(place, date(2007, 2, 5))
    assert report(place, "2006-SOCIAL", "Y") == 160
    t("social")
    at(place, date(2007, 2, 27))
    closing.closes(place, OFFICE, "2006-SOCIAL", "Y")
    closing.announces(place, OFFICE, *BSC)
    closing.announces(place, OFFICE, *BUREAU)
    t("closes")
    for period in ("", "H1", "H2"):
        found = department_points.points(place, "2006-INNO", period)
        assert found == department_points.expected(place.name, "2006-INNO", period)
    assert social_indicators(place) == {
        one["지표코드"]: Decimal(one["실적"]) for one, _ in reporting.reports(place.name, "Y", "2006-SOCIAL")
    }
    given = {code: one.prize for code, one in standings(place, *BSC).items() if one.prize}
    assert given == {"D0204": "우수", "D0404": "장려", "D0401": "장려"}


def month(
    place: Place, code: str, reported: date, closed: date, *, reports: int, meeting: str = ""
) -> None:
    """Reports against the schedule of steps; then the month is closed and its result posted. Who does not answer in
    chat is told by the picture as well, but that is not looked at."""
    at(place, reported)
    if meeting:
        attending.all_sign_up(place, "2006", meeting)
    t("meeting")
    assert report(place, "2006", code) == reports
    t("reports")
    if code in QUARTERS:
        place.town.time_goes_on()
        place.town.do_errands()
        t("time goes on " + warned(place))
    at(place, closed)
    closing.closes(place, OFFICE, "2006", code)
    t("closes")
    closing.announces(place, OFFICE, *BSC, code)
    t("announces")
    assert standings(place, *BSC, period=code) == expected(place.name, *BSC, period=code)
    t("compare")


def warned(place):
    from models.forecast.table import Projection
    from models.plan import Indicator
    from sqlmodel import select
    with place.town.database.read() as session:
        return str(len(list(session.exec(select(Projection))))) + " ".join(session.get_one(Indicator, one.indicator_id).code for one in session.exec(select(Projection).where(Projection.is_warning)))


def quarter(place: Place, code: str) -> None:
    """The analysis of a quarter: the workbook of its last month, with charts, and the picture everybody was sent."""
    workbook = closing.takes_workbook(place, OFFICE, "2006", code)
    office = place.person(OFFICE)
    name = office.screens()[-1]["files"][0]["name"]
    charts = [one for one in zipfile.ZipFile(BytesIO(office.takes(name))).namelist() if "charts/chart" in one]
    print(workbook.sheetnames, charts)
    t("workbook")
    told = place.person("BC-0309").screens()
    print([one for one in told if one.get("picture")][-1:])


def the_committee_rates(place: Place, period: str, papers: int) -> None:
    answered = rating.all_rate(place, "2006", "ADVICE", period, by_field=0, in_chat=MEMBERS.__contains__)
    t("rates")
    assert answered + rating_by_verbs.all_rate(place, "2006", "ADVICE", period) == papers
    t("rates by verbs")


def held(place: Place, programme: str, day: date, absent: int) -> None:
    """In the evening of the last day it is noted who came."""
    at(place, day, 18)
    assert attending.attendance(place, "2006", programme, OFFICE) == absent
    t("held")


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


def months() -> list[str]:
    return [row["코드"] for row in rows("bucheon-2006", "기간") if row["성과주기"] == "2006"]
