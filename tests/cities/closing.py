"""The end of a period: closed by an administrator, its result announced and told, the workbook taken away."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook, load_workbook

from tests.cities.filling import chooses
from tests.cities.naming import title_of_result, title_of_year
from tests.cities.place import Place


def closes(place: Place, administrator: str, cycle: str, period: str) -> None:
    """No report, decision or value touches it from now on."""
    person = place.person(administrator)
    person.says("관리")
    person.presses("기간 마감")
    chooses(person, title_of_year(place.name, cycle, period))
    person.presses("마감하기")
    person.sees("마감했습니다.")


def announces(place: Place, administrator: str, cycle: str, scheme: str, period: str = "") -> None:
    """Makes a result known; everybody whose it is gets theirs."""
    person = place.person(administrator)
    person.says("평가결과")
    chooses(person, title_of_result(place.name, cycle, scheme, period))
    person.presses("결과 게시")
    person.presses("게시")
    person.sees("결과를 게시했습니다.")
    place.town.do_errands()


def takes_workbook(place: Place, administrator: str, cycle: str, period: str = "") -> Workbook:
    """The score workbook, as an official would open it."""
    person = place.person(administrator)
    person.says("관리")
    person.presses("성과표 내려받기")
    chooses(person, title_of_year(place.name, cycle, period))
    place.town.do_errands()
    name = person.screens()[-1]["files"][0]["name"]
    return load_workbook(BytesIO(person.takes(name)), read_only=True, data_only=True)
