"""Hanam 2022: forty teams travel in August, report their cases, share and judge them; prizes and the year-end report."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from models.clock import SEOUL
from models.store import Database
from tests.cities import adjusting, attending, closing, owning, rating, reporting
from tests.cities.answers import rows
from tests.cities.comparing import expected, standings, standings_in
from tests.cities.place import Place

OFFICE, EVALUATOR = "HN-0003", "HN-0001"
"""The administrator and an evaluator of 정책혁신담당관."""
TEAM, DEPT, ACTIVE = ("2022", "TEAM"), ("2022", "DEPT"), ("2022", "ACTIVE")


def traveller(team: str) -> str:
    """A member who reports for nothing but their team."""
    held = [row for row in rows("hanam-2022", "사람") if row["역할"] == "담당자"]
    alone = [row["번호"] for row in held if row["관할"] == team]
    return next(number for number in alone if sum(row["번호"] == number for row in held) == 1)

_T = [time.process_time()]
def t(what):
    n = time.process_time(); print(f"{what}: {n-_T[0]:.2f}", flush=True); _T[0] = n

def test_the_year_of_hanam(database: Database, tmp_path: Path) -> None:
    t("")
    place = Place.begin("hanam-2022", database, tmp_path, datetime(2022, 7, 1, 9, tzinfo=SEOUL))
    t("begin")
    place.at(2022, 7, 5)
    print(attending.all_sign_up(place, "2022", "PREP"))
    t("sign")
    place.at(2022, 7, 21, 18)
    print(attending.attendance(place, "2022", "PREP", OFFICE))
    t("attend")
    place.at(2022, 9, 13)
    for report, indicator in reporting.reports(place.name, "AUG", "2022"):
        reporting.report_one(place, report, {**indicator, "담당자": traveller(indicator["부서"])})
    t("reports")
    place.at(2022, 9, 20)
    print(attending.all_sign_up(place, "2022", "PANEL"))
    t("sign")
    place.at(2022, 9, 30, 18)
    print(attending.attendance(place, "2022", "PANEL", OFFICE))
    closing.closes(place, OFFICE, "2022", "AUG")
    t("close")
    place.at(2022, 10, 5)
    print(rating.all_rate(place, "2022", "CASE"))
    t("case")
    place.at(2022, 10, 6)
    print(attending.all_sign_up(place, "2022", "SHARE"))
    t("sign")
    place.at(2022, 10, 20, 18)
    print(attending.attendance(place, "2022", "SHARE", OFFICE))
    t("attend")
    place.at(2022, 10, 25)
    print(owning.all_give(place, *TEAM))
    print(owning.all_give(place, *DEPT))
    t("own")
    print(adjusting.all_adjust(place, *TEAM, EVALUATOR, OFFICE))
    t("adjust")
    place.at(2022, 11, 8)
    print(rating.all_rate(place, "2022", "ACTIVE"))
    t("active")
    place.at(2022, 11, 21)
    for one in (TEAM, DEPT, ACTIVE):
        closing.announces(place, OFFICE, *one)
    t("announce")
    place.at(2023, 1, 5)
    print(reporting.all_report(place, "Y", "2022-END"))
    t("reports")
    closing.closes(place, OFFICE, "2022-END", "Y")
    for one in (TEAM, DEPT, ACTIVE):
        result = standings(place, *one)
        want = expected(place.name, *one)
        assert result == want
    t("compare")
    workbook = closing.takes_workbook(place, OFFICE, "2022")
    for one in (TEAM, DEPT, ACTIVE):
        assert standings_in(workbook, place.name, *one) == standings(place, *one)
    t("workbook")
