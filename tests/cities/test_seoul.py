"""Seoul 2019: 45 institutions, 204 heads of divisions, two schemes, 1,394 reports, 2,687 papers.

Through the chat go: consultation of the departments of two bureaus and what is decided on who stayed away, the
reports of twelve bureaus' departments (76 people) in both halves, the move of an indicator, the ratings of the experts
and the planning office on institutions in the first half, the prior evaluation that the move asks for, all values of
the owner departments, closing, announcing, and what people then read. Everything else is done by the same people with
the verbs that the dialogues call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.clock import SEOUL
from models.evidence.child import Inspected
from models.evidence.inspection.look import look
from models.evidence.kinds import kind_by_name
from tests.cities import (
    adjusting,
    attending,
    attending_by_verbs,
    closing,
    owning,
    rating,
    rating_by_verbs,
    reporting,
    reporting_in_bulk,
)
from tests.cities.answers import Row, rows
from tests.cities.comparing import Standing, expected, standings, standings_in
from tests.cities.filling import chooses, fills_in
from tests.cities.naming import name_of_subject
from tests.cities.place import Place
from tests.kit import files
from tests.kit.databases import sqlite_copy
from tests.kit.libreoffice import recalculated

OFFICE, OTHER, EVALUATOR = "S-0003", "S-0004", "S-0001"
INSTITUTIONS, PERSONS = ("2019", "INST"), ("2019", "PERS")
BOTH = (INSTITUTIONS, PERSONS)
REPORT_IN_CHAT = ("04", "05", "09", "10", "13", "20", "24", "25", "26", "31", "35", "42")
COME_IN_CHAT = ("04", "09")
MOVED, FROM, TO, NEW_OFFICER = "K0802-3", "D0802", "D2204", "S-0371"
CONCERNED = ("B08", "B22")
"""The institutions of both divisions."""
RESEARCHERS = ("S-0011", "S-0012", "S-0013")
CRITERIA = ("IMPORTANCE", "DIFFICULTY", "ADEQUACY", "CHALLENGE")

Said = dict[tuple[str, str], dict[str, Standing]]
"""By scheme and period."""


@dataclass(frozen=True)
class Played:
    """The city after its year; `said` is what its results were at some instants of it."""

    place: Place
    said: dict[datetime, Said]
    workbook: Path


@pytest.fixture(scope="module")
def played(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The city at the end of its year, and what it said on the way."""
    folder = tmp_path_factory.mktemp("seoul")
    with pytest.MonkeyPatch.context() as patch, sqlite_copy(migrated_file, folder) as database:
        patch.setattr("models.evidence.vault.inspect", looked_into)
        patch.setattr("reports.charts.ranking.ranking", lambda _: files.png())
        place = Place.begin("seoul-2019", database, folder, datetime(2019, 3, 25, 9, tzinfo=SEOUL))
        spring(place)
        summer(place)
        said = {place.town.now(): everything(place)}
        autumn_and_second_half(place)
        said[place.town.now()] = everything(place)
        february(place)
        yield Played(place, said, workbook_of(place, folder))


def spring(place: Place) -> None:
    """March to June: all departments are consulted, but for two that stay away; the first prior evaluation."""
    expected = attending.rows_of(place.name, "2019", "SPRING")
    others = [row for row in expected if not comes_in_chat(row["부서"])]
    assert attending.all_sign_up(place, "2019", "SPRING", comes_in_chat) == 248 - len(others)
    attending_by_verbs.sign_up(place, others)
    place.at(2019, 4, 17, 18)
    assert attending.attendance(place, "2019", "SPRING", OFFICE, comes_in_chat) == 2
    attending_by_verbs.attendance(place, others)
    place.at(2019, 4, 22)
    place.town.time_goes_on()
    place.person(OFFICE).says("감점")
    place.person(OFFICE).sees("청년교류담당관", "언론담당관")
    assert adjusting.all_decide_absences(place, *INSTITUTIONS, OFFICE) == 2
    place.at(2019, 6, 10)
    assert rating_by_verbs.all_rate(place, "2019", "PRIOR", answers=before_the_move(place)) == 135


def summer(place: Place) -> None:
    """July and August: the first half's reports and ratings; an indicator moves, and what it moved between is rated
    once more."""
    place.at(2019, 7, 10)
    report(place, "H1")
    place.at(2019, 8, 1)
    moves(place)
    place.at(2019, 8, 5, 9)
    place.town.time_goes_on()
    place.person(EVALUATOR).sees("추가 사전평가 대상", "• 도시브랜드담당관", "• 디자인정책과")
    place.at(2019, 8, 12)
    assert sum(rates_again(place, number) for number in RESEARCHERS) == 2 * len(RESEARCHERS)
    assert rating.all_rate(place, "2019", "QUAL", "H1", by_field=0) == 4 * 45 + 2 * 44 - 1
    rate_the_others(place, "H1")
    place.at(2019, 8, 26)
    closing.closes(place, OFFICE, "2019", "H1")


def autumn_and_second_half(place: Place) -> None:
    """September to January: the prior evaluation of persons, the second half's reports."""
    place.at(2019, 9, 16)
    assert rating_by_verbs.all_rate(place, "2019", "P-PRIOR") == 204
    place.at(2020, 1, 10)
    report(place, "H2")


def february(place: Place) -> None:
    """The second half is rated, owners give their items, everything is closed and announced."""
    place.at(2020, 2, 10)
    assert rating_by_verbs.all_rate(place, "2019", "QUAL", "H2") == 4 * 45 + 2 * 44
    rate_the_others(place, "H2")
    place.at(2020, 2, 13)
    assert owning.all_give(place, *INSTITUTIONS) == 9 * 45
    assert owning.all_give(place, *PERSONS) == 2 * 204
    place.at(2020, 2, 24)
    closing.closes(place, OFFICE, "2019", "H2")
    for scheme in BOTH:
        closing.announces(place, OFFICE, *scheme)


def comes_in_chat(department: str) -> bool:
    return department[1:3] in COME_IN_CHAT


def report(place: Place, half: str) -> None:
    """Every report of a half: 697, with the indicator where it is by then."""
    given = [
        (row, indicator | ({"부서": TO, "담당자": NEW_OFFICER} if is_moved(indicator, half) else {}))
        for row, indicator in reporting.reports(place.name, half, "2019")
    ]
    in_bulk = []
    for row, indicator in given:
        if indicator["부서"][1:3] in REPORT_IN_CHAT or row["반려"]:
            reporting.report_one(place, row, indicator)
        else:
            in_bulk.append((row, indicator))
    reporting_in_bulk.report(place, in_bulk)
    assert (len(given), len(given) - len(in_bulk)) == (697, 99)


def is_moved(indicator: Row, half: str) -> bool:
    return (indicator["코드"], half) == (MOVED, "H2")


def before_the_move(place: Place) -> rating.Answers:
    """What was said of both institutions before an indicator moved between them must not count: the file has what was
    said afterwards."""
    given = rating.answers_of(place.name, "2019", "PRIOR", "")
    return {
        key: {code: "부진" if value and code in CRITERIA else value for code, value in row.items()}
        if key[2] in CONCERNED
        else row
        for key, row in given.items()
    }


def moves(place: Place) -> None:
    """Ordered on the 1st for the 5th of August."""
    evaluator = place.person(EVALUATOR)
    evaluator.says("계획")
    evaluator.presses("지표 이관")
    chooses(evaluator, "도시브랜드담당관")
    chooses(evaluator, "공공 캐릭터 상품 매출액")
    evaluator.presses("1개 옮기기")
    chooses(evaluator, "디자인정책과")
    evaluator.presses(name_of_subject(place.name, NEW_OFFICER))
    evaluator.says("2019-08-05")
    evaluator.says("2019. 8. 5. 조직개편")
    evaluator.sees("8. 5.(월)부터 도시브랜드담당관 지표가 디자인정책과로 이관될 예정입니다.")


def rates_again(place: Place, number: str) -> int:
    """One researcher, both institutions, from the file."""
    answers = rating.answers_of(place.name, "2019", "PRIOR", "")
    names = {row["코드"]: row["이름"] for row in rows(place.name, "평가항목") if row["평가"] == "PRIOR"}
    rater = place.person(number)
    rater.says("평가")
    rater.presses("사전평가")
    for at, subject in enumerate(CONCERNED):
        if not at:
            rater.presses(f"이어서 평가: {name_of_subject(place.name, subject)}")
        rater.sees("성과계획이 바뀌어 다시 평가합니다.")
        rater.presses("평가하기")
        row = answers["ORG", number, subject]
        fills_in(rater, {name: row[code] for code, name in names.items()} | {"의견": ""})
    rating.hands_in(rater, len(CONCERNED))
    return len(CONCERNED)


def rate_the_others(place: Place, half: str) -> None:
    """What the planning office says of institutions, and everybody of persons."""
    assert rating_by_verbs.all_rate(place, "2019", "RATER", half) == 2 * 44
    assert rating_by_verbs.all_rate(place, "2019", "P-QUAL", half) == 204 + 203 + 204
    assert rating_by_verbs.all_rate(place, "2019", "P-RATER", half) == 204


def everything(place: Place, as_of: datetime | None = None) -> Said:
    """Both results, of the halves and of the year."""
    return {
        (scheme, period): standings(place, cycle, scheme, period, as_of)
        for cycle, scheme in BOTH
        for period in ("", "H1", "H2")
    }


def workbook_of(place: Place, folder: Path) -> Path:
    """The score workbook of the year, as the office takes it away."""
    closing.takes_workbook(place, OFFICE, "2019")
    office = place.person(OFFICE)
    target = folder / "scores.xlsx"
    target.write_bytes(office.takes(office.screens()[-1]["files"][0]["name"]))
    return target


def looked_into(path: Path, name: str) -> Inspected:
    """Files are looked into right here, as in the dialogue tests."""
    kind = kind_by_name(name)
    with path.open("rb") as file:
        look(file, kind)
    return Inspected(kind, path.stat().st_size)


def table_of(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their titles, which are the first row that is full."""
    cells = list(workbook[name].iter_rows(values_only=True))
    at = next(at for at, row in enumerate(cells) if sum(cell is not None for cell in row) > 5)
    return [dict(zip(map(str, cells[at]), row, strict=True)) for row in cells[at + 1 :]]


def lead_of(department: str) -> str:
    found = [row for row in rows("seoul-2019", "사람") if row["소속"] == department]
    return next(row["번호"] for row in found if row["역할"] == "팀장")


def test_every_figure_of_the_year_is_that_of_the_table_worked_out_elsewhere(played: Played) -> None:
    now = everything(played.place)
    for (scheme, period), found in now.items():
        assert len(found) == (45 if scheme == "INST" else 204)
        assert found == expected(played.place.name, "2019", scheme, period), (scheme, period)
    # The deduction cost it the first place; the institution without indicators has its points elsewhere.
    assert (now["INST", ""]["B04"].points["CONS"], now["INST", ""]["B09"].points["CONS"]) == (Decimal("-0.50"), 0)
    assert "ACHV" not in now["INST", ""]["I01"].points


def test_what_was_said_in_the_year_is_still_found(played: Played) -> None:
    now = everything(played.place)
    for instant, was in played.said.items():
        assert was != now
        assert everything(played.place, as_of=instant) == was


def test_the_workbook_has_the_same_results_and_the_figures_of_the_city(played: Played) -> None:
    workbook = load_workbook(played.workbook, read_only=True, data_only=True)
    for scheme in BOTH:
        assert standings_in(workbook, played.place.name, *scheme) == expected(played.place.name, *scheme)
    indicators = table_of(workbook, "지표별")
    print(indicators[0].keys())
    plan = table_of(workbook, "배점표")
    print(plan[0])
