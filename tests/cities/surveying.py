"""A survey of citizens: its answers come as a workbook that an administrator hands in."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cities.answers import Row, rows
from tests.cities.filling import chooses
from tests.cities.naming import title_of_rating
from tests.cities.place import Place


def hands_in(place: Place, administrator: str, cycle: str, rating: str, period: str = "") -> int:
    """Takes the template away, fills in every answer, hands it in; how many answers that were."""
    person = place.person(administrator)
    answers = answers_of(place.name, cycle, rating, period)
    _opens(place, administrator, cycle, rating, period)
    person.presses("설문 서식 받기")
    place.town.do_errands()
    name = person.screens()[-1]["files"][0]["name"]
    workbook = load_workbook(BytesIO(person.takes(name)))
    _fills_in(workbook, answers)
    written = BytesIO()
    workbook.save(written)
    person.presses("설문 결과 올리기")
    person.attaches(written.getvalue(), "설문 결과.xlsx")
    person.presses("다음")
    place.town.do_errands()
    person.sees(f"새 응답 {len(answers):,}건")
    return len(answers)


def answers_of(city: str, cycle: str, rating: str, period: str) -> list[Row]:
    """The answers to one round."""
    about = (cycle, rating, period)
    found = rows(city, "actuals/설문")
    return [row for row in found if (row["성과주기"], row["평가"], row["기간"]) == about]


def _opens(place: Place, administrator: str, cycle: str, rating: str, period: str) -> None:
    person = place.person(administrator)
    groups = rows(place.name, "평가단")
    of_rating = [row for row in groups if (row["성과주기"], row["평가"]) == (cycle, rating)]
    group = next(row["이름"] for row in of_rating if row["방식"] == "설문")
    person.says("평가")
    person.presses("평가 진행 현황")
    chooses(person, title_of_rating(place.name, cycle, rating, period))
    person.presses(f"{group} 결과 올리기")


def _fills_in(workbook: Workbook, answers: list[Row]) -> None:
    page = workbook["설문"]
    assert isinstance(page, Worksheet)
    heads = [str(cell.value) for cell in page[1]]
    for row in answers:
        page.append([row[head] for head in heads])
