"""Hanam 2022: forty teams travel in August, report their cases, share and judge them; prizes and the year-end report.

Through the chat go: every sign-up and attendance, every report of the teams with its evidence from the member's line to
the evaluator's decision, the papers of all heads and of whoever steps back, the papers on
officials, values of owners, bonus and deduction, closing, announcing. The other papers of the panel, and what
divisions report at the end of the year but for two of them, are done by the same people with the verbs.
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from models.audit import Actor
from models.clock import SEOUL
from models.store import Database
from models.words import translator
from reports.plan import PlanRejected, import_plan
from tests.cities import (
    adjusting,
    attending,
    closing,
    department_points,
    owning,
    rating,
    rating_by_verbs,
    reporting,
)
from tests.cities.answers import EXAMPLES, Row, rows
from tests.cities.comparing import as_told, expected, standings, standings_in
from tests.cities.place import Place

OFFICE, EVALUATOR = "HN-0003", "HN-0001"
"""The administrator and an evaluator of 정책혁신담당관."""
TEAM, DEPT, ACTIVE = ("2022", "TEAM"), ("2022", "DEPT"), ("2022", "ACTIVE")
ALL = (TEAM, DEPT, ACTIVE)
BEGINS = datetime(2022, 7, 1, 9, tzinfo=SEOUL)


def test_a_team_of_five_is_refused(database: Database, tmp_path: Path) -> None:
    plan = tmp_path / "hanam"
    shutil.copytree(EXAMPLES / "hanam-2022", plan)
    people = rows("hanam-2022", "사람")
    fifth = {**next(one for one in people if one["관할"] == "D0101-1"), "번호": "HN-9001", "이름": "오번째"}
    fifth["이메일"] = "hn9001@hanam.example"
    with (plan / "사람.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows([*people, fifth])
    with pytest.raises(PlanRejected) as caught, database.write() as session:
        import_plan(session, BEGINS, Actor(None, "test"), plan)
    (problem,) = caught.value.problems
    assert "정원은 4명인데 5명이" in translator("ko")(problem.phrase)


def test_the_year_of_hanam(database: Database, tmp_path: Path) -> None:
    place = Place.begin("hanam-2022", database, tmp_path, BEGINS)
    teams_are_prepared_and_travel(place)
    cases_are_reported(place)
    the_panel_rates(place)
    cases_are_shared_and_adopted(place)
    before = {place.town.now(): {one: standings(place, *one) for one in ALL}}
    active_officials_are_rated(place)
    before[place.town.now()] = {one: standings(place, *one) for one in ALL}
    results_are_out(place)
    the_year_ends_with_a_report(place)

    workbook = closing.takes_workbook(place, OFFICE, "2022")
    for one in ALL:
        result = standings(place, *one)
        assert result == expected(place.name, *one)
        assert standings_in(workbook, place.name, *one) == as_told(result)
    for instant, was in before.items():
        assert {one: standings(place, *one, as_of=instant) for one in ALL} == was


def teams_are_prepared_and_travel(place: Place) -> None:
    """July: one of every team is told how. August: where the trip goes stands in the plan, and beside the report."""
    place.at(2022, 7, 5)
    assert attending.all_sign_up(place, "2022", "PREP") == 40
    place.at(2022, 7, 21, 18)
    assert attending.attendance(place, "2022", "PREP", OFFICE) == 1
    place.at(2022, 8, 4)
    away = place.person(member_of("D0101-1"))
    away.says("내지표")
    away.sees("우수사례 보고서 제출", "8월 벤치마킹")


def cases_are_reported(place: Place) -> None:
    """September: a member of every team hands in the case with its evidence; three come back once."""
    place.at(2022, 9, 13)
    given = reporting.reports(place.name, "AUG", "2022")
    for report, indicator in given:
        reporting.report_one(place, report, {**indicator, "담당자": member_of(indicator["부서"])})
    assert len(given) == 80
    assert [report["지표코드"] for report, _ in given if report["반려"]] == [
        "D0103-2-1", "D0302-1-1", "D0402-2-1",
    ]  # fmt: skip
    place.at(2022, 9, 20)
    assert attending.all_sign_up(place, "2022", "PANEL") == 7
    place.at(2022, 9, 30, 18)
    assert attending.attendance(place, "2022", "PANEL", OFFICE) == 0


def the_panel_rates(place: Place) -> None:
    """October: four from within, three experts and the head of each division; two step back from one case each."""
    place.at(2022, 10, 5)
    by_verbs = ("HN-0011", "HN-0013", "HN-0202", "HN-0206", "HN-0210")
    answered = rating.all_rate(place, "2022", "CASE", by_field=0, in_chat=lambda who: who not in by_verbs)
    assert answered + rating_by_verbs.all_rate(place, "2022", "CASE") == 310


def cases_are_shared_and_adopted(place: Place) -> None:
    """Everybody who travelled takes a seat on one of two days; what is adopted is the planning office's to say."""
    place.at(2022, 10, 6)
    assert attending.all_sign_up(place, "2022", "SHARE") == 142
    place.at(2022, 10, 20, 18)
    assert attending.attendance(place, "2022", "SHARE", OFFICE) == 10
    place.at(2022, 10, 25)
    assert owning.all_give(place, *TEAM) == 40
    assert owning.all_give(place, *DEPT) == 40
    assert adjusting.all_adjust(place, *TEAM, EVALUATOR, OFFICE) == 7


def active_officials_are_rated(place: Place) -> None:
    """November: twelve who were put forward, by their heads and by the office."""
    place.at(2022, 11, 8)
    assert rating.all_rate(place, "2022", "ACTIVE", by_field=1) == 34


def results_are_out(place: Place) -> None:
    """Prizes; whom to honour last of the officials has to be decided by somebody."""
    place.at(2022, 11, 21)
    closing.closes(place, OFFICE, "2022", "AUG")
    closing.announces(place, OFFICE, *TEAM)
    closing.announces(place, OFFICE, *DEPT)
    closing.announces(place, OFFICE, *ACTIVE)
    assert prizes(place, TEAM) == {"최우수팀": 1, "우수팀": 2, "장려팀": 3}
    assert list(prizes(place, DEPT).values()) == [1, 2, 3]
    assert prizes(place, ACTIVE)["적극 참여 공무원 표창"] == 3


def the_year_ends_with_a_report(place: Place) -> None:
    """January of the next year: what became of the cases, and the report that gathers them."""
    place.at(2023, 1, 5)
    in_chat = ("D0101", "D0102")
    assert reporting.all_report(place, "Y", "2022-END", in_chat=in_chat.__contains__) == 21
    place.at(2023, 1, 27, 18)
    closing.closes(place, OFFICE, "2022-END", "Y")
    assert department_points.points(place, "2022-END") == department_points.expected(place.name, "2022-END")
    assert len(department_points.expected(place.name, "2022-END")) == 20


def prizes(place: Place, scheme: tuple[str, str]) -> Counter[str]:
    """How often each prize is given, best first."""
    ranked = sorted(standings(place, *scheme).values(), key=lambda one: one.rank)
    return Counter(one.prize for one in ranked if one.prize)


def member_of(team: str) -> str:
    """Somebody of the team who reports for nothing else."""
    held: list[Row] = [row for row in rows("hanam-2022", "사람") if row["역할"] == "담당자"]
    often = Counter(row["번호"] for row in held)
    return next(row["번호"] for row in held if row["관할"] == team and often[row["번호"]] == 1)
