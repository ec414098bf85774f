"""Seoul 2019: 45 institutions, 204 heads of divisions, two schemes, 1,394 reports, 2,687 papers.

What of it goes through the chat is told in seoul_year.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
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
from tests.cities import closing
from tests.cities.answers import rows
from tests.cities.comparing import Standing, as_told, expected, standings, standings_in
from tests.cities.place import Place
from tests.cities.seoul_year import (
    BOTH,
    OFFICE,
    YEAR,
    autumn_and_second_half,
    february,
    spring,
    summer,
    transfer,
)
from tests.kit import files
from tests.kit.conversation import Speaker
from tests.kit.databases import sqlite_copy
from tests.kit.libreoffice import recalculated
from tests.reports.scores.test_recalculation import differences
from tests.reports.scores.test_schemes import differences as scheme_differences

Said = dict[tuple[str, str], dict[str, Standing]]
"""By scheme and period."""


@dataclass(frozen=True)
class Played:
    """The city after its year; `said` is what its results were at some instants of it."""

    place: Place
    now: Said
    said: dict[datetime, Said]
    workbook: Path


@pytest.fixture
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
        yield Played(place, everything(place), said, workbook_of(place, folder))


def looked_into(path: Path, name: str) -> Inspected:
    """Files are looked into right here, as in the dialogue tests."""
    kind = kind_by_name(name)
    with path.open("rb") as file:
        look(file, kind)
    return Inspected(kind, path.stat().st_size)


def everything(place: Place, as_of: datetime | None = None) -> Said:
    """Both results, of the year and of the halves."""
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


def table_of(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their titles, which are the first row that is full."""
    cells = list(workbook[name].iter_rows(values_only=True))
    at = next(at for at, row in enumerate(cells) if sum(cell is not None for cell in row) > 5)
    return [dict(zip(map(str, cells[at]), row, strict=True)) for row in cells[at + 1 :]]


def lead_of(department: str) -> str:
    found = [row for row in rows("seoul-2019", "사람") if row["소속"] == department]
    return next(row["번호"] for row in found if row["역할"] == "팀장")


def test_the_year_of_seoul(played: Played) -> None:
    """One test, so that the year is played once wherever tests are shared out."""
    every_figure_is_that_of_the_table(played)
    what_was_said_is_still_found(played)
    the_workbook_has_the_same_results(played)
    the_workbook_has_the_figures_of_the_city(played)
    people_read_their_own_result_and_nobody_elses(played)
    if shutil.which("soffice"):
        libreoffice_comes_to_every_figure(played)


def every_figure_is_that_of_the_table(played: Played) -> None:
    now = played.now
    for (scheme, period), found in now.items():
        assert len(found) == (45 if scheme == "INST" else 204)
        assert found == expected(played.place.name, "2019", scheme, period), (scheme, period)
    # The deduction cost it the first place; the institution without indicators has its points elsewhere.
    taken_off = {code: now["INST", ""][code].points["CONS"] for code in ("B04", "B09")}
    assert taken_off == {"B04": Decimal("-0.50"), "B09": Decimal(0)}
    assert "ACHV" not in now["INST", ""]["I01"].points


def what_was_said_is_still_found(played: Played) -> None:
    for instant, was in played.said.items():
        assert was != played.now
        assert everything(played.place, as_of=instant) == was


def the_workbook_has_the_same_results(played: Played) -> None:
    workbook = load_workbook(played.workbook, read_only=True, data_only=True)
    for scheme in BOTH:
        told = as_told(expected(played.place.name, *scheme))
        assert standings_in(workbook, played.place.name, *scheme) == told


def the_workbook_has_the_figures_of_the_city(played: Played) -> None:
    workbook = load_workbook(played.workbook, read_only=True, data_only=True)
    indicators, departments = table_of(workbook, "지표별"), table_of(workbook, "종합")
    assert len([row for row in indicators if row["지표코드"]]) == 697
    projects = {
        (row["부서"], row["주요사업"])
        for row in indicators
        if row["주요사업"] and row["지표코드"] != transfer()["지표코드"]
    }
    assert len(projects) == 450
    assert len({row["부서코드"] for row in departments if row["부서코드"]}) == 248
    assert len({row["실국"] for row in departments if row["실국"]}) == 44
    (moved,) = (row for row in indicators if row["지표코드"] == transfer()["지표코드"])
    assert (moved["실국"], moved["부서"], moved["상태"]) == ("문화본부", "디자인정책과", "승인")
    points = defaultdict(list)
    for row in table_of(workbook, "배점표"):
        if row["구분"] == "항목":
            points[row["체계"], row["원천"]].append(Decimal(str(row["배점"])))
    assert points["INST", "평가"] + points["INST", "지표"] == [20, 25, 10, 20]
    assert (len(points["INST", "소관"]), sum(points["INST", "소관"])) == (9, 25)
    assert points["PERS", "평가"] + points["PERS", "지표"] == [20, 40, 15, 20]
    assert sum(points["PERS", "소관"]) == 5
    own, office, experts = (
        {row["몫"] for row in table_of(workbook, "평가집계") if (row["평가"], row["평가단"]) == one}
        for one in (
            ("개인 정성평가", "소속 실국"),
            ("개인 정성평가", "기획담당관"),
            ("개인 정성평가", "전문가"),
        )
    )
    assert (own, office, experts) == ({20}, {10}, {10})
    lengths = {name: len(table_of(workbook, name)) for name in ("증빙목록", "소관항목", "평가원점수")}
    # Two reports were returned, and came with their file once more; six papers were written once more.
    assert lengths == {"증빙목록": 1394 + 2, "소관항목": 9 * 45 + 2 * 204, "평가원점수": 2681 + 6}
    note = next(
        str(row[0]) for row in workbook["평가결과 INST"].iter_rows(values_only=True) if "비고:" in str(row[0])
    )
    assert all(words in note for words in ("44개", "45개", "10+10", "Ⅴ장"))


def people_read_their_own_result_and_nobody_elses(played: Played) -> None:
    place = played.place
    found, names = played.now["PERS", ""], {row["번호"]: row["이름"] for row in rows(place.name, "사람")}
    number = lead_of("D0402")
    head, mine = place.person(number), found[number]
    reads_only(head, [f"{YEAR} 개인평가(4급 이상) · {names[number]}"])
    head.sees(
        f"{names[number]}: {mine.total}점 · {mine.rank}위(전체 204) · {mine.grade}등급", "• 달성도평가:"
    )
    head.does_not_see(*(names[other] for other in found if other != number))
    chief = place.person(lead_of("B04"))
    reads_only(chief, [f"{YEAR} 기관평가 · 청년청"])
    ours = played.now["INST", ""]["B04"]
    chief.sees(
        f"청년청: {ours.total}점 · {ours.rank}위(전체 45) · S등급 · 우수기관", "컨설팅 미참여 감점: △0.5점"
    )
    chief.does_not_see("기후환경본부", "대변인")
    place.person(OFFICE).says("평가결과")
    assert f"{YEAR} 개인평가(4급 이상)" in place.person(OFFICE).buttons()


def reads_only(person: Speaker, titles: list[str]) -> None:
    """Opens the only result there is to be read."""
    person.says("평가결과")
    assert [one for one in person.buttons() if one.startswith(YEAR)] == titles
    person.presses(titles[0])


def libreoffice_comes_to_every_figure(played: Played) -> None:
    workbook = recalculated(played.workbook)
    (total, count), (scheme_total, scheme_count) = differences(workbook), scheme_differences(workbook)
    assert (total, scheme_total) == (0, 0)
    assert count > 2 * 689
    assert scheme_count > 2687 + 3 * (45 * 14 + 204 * 6)
