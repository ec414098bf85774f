"""Items of owner departments: every subject is given its value, in one workbook or one by one."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.organization import Role
from tests.cities.answers import Row, rows
from tests.cities.filling import chooses
from tests.cities.naming import name_of_subject, title_of_year
from tests.cities.place import Place
from tests.kit.conversation import Speaker

NOT_APPLICABLE = "해당없음"
_CODE, _VALUE = "A", "D"


def all_give(place: Place, cycle: str, scheme: str, period: str = "") -> int:
    """Every owner gives the values of its items of a period, or those of the year; how many values that were. What has
    more than eight subjects comes in a workbook."""
    given = 0
    for part in _parts(place.name, cycle, scheme):
        values = values_of(place.name, cycle, scheme, part["코드"], period)
        if not values:
            continue
        owner = place.person(who_gives(place, part["소관부서"]))
        title = f"{title_of_year(place.name, cycle, period)} · {part['이름']}"
        if len(values) > 8:
            gives_workbook(owner, title, values)
        else:
            gives_each(owner, title, {name_of_subject(place.name, code): one for code, one in values.items()})
        given += len(values)
    return given


def gives_workbook(owner: Speaker, title: str, values: dict[str, str]) -> None:
    """Takes the workbook away, fills it in, hands it in and has it applied."""
    _opens(owner, title)
    owner.presses("엑셀로 받기")
    owner.town.do_errands()
    name = owner.screens()[-1]["files"][0]["name"]
    workbook = load_workbook(BytesIO(owner.takes(name)))
    page = workbook["소관항목"]
    assert isinstance(page, Worksheet)
    for row in range(2, page.max_row + 1):
        value = values[str(page[f"{_CODE}{row}"].value)]
        page[f"{_VALUE}{row}"] = value
    written = BytesIO()
    workbook.save(written)
    _opens(owner, title)
    owner.presses("엑셀 올리기")
    owner.attaches(written.getvalue(), name)
    owner.presses("다음")
    owner.town.do_errands()
    owner.sees(f"달라지는 대상 {len(values)}건")
    owner.presses("반영")
    owner.town.do_errands()
    owner.sees(f"대상 {len(values)}건의 값을 반영했습니다.")


def gives_each(owner: Speaker, title: str, values: dict[str, str]) -> None:
    """One subject after the other, by name."""
    _opens(owner, title)
    for name, value in values.items():
        chooses(owner, name)
        if value == NOT_APPLICABLE:
            owner.presses("해당 없음")
        else:
            owner.says(value)
        owner.presses("건너뛰기")
        owner.sees("저장했습니다.")


def values_of(city: str, cycle: str, scheme: str, part: str, period: str) -> dict[str, str]:
    """The values of an item by the subject's code."""
    about = (cycle, scheme, part, period)
    return {
        row["대상"]: row["값"]
        for row in rows(city, "actuals/소관")
        if (row["성과주기"], row["체계"], row["항목"], row["기간"]) == about
    }


def who_gives(place: Place, department: str) -> str:
    """An officer of the owner department, or its team lead where it has none."""
    for role in (Role.OFFICER, Role.TEAM_LEAD):
        if number := place.somebody(role, department):
            return number
    raise AssertionError(f"nobody gives values for {department}")


def _parts(city: str, cycle: str, scheme: str) -> list[Row]:
    """The owners' items, each once though several versions have it."""
    of_scheme = [row for row in rows(city, "배점") if (row["성과주기"], row["체계"]) == (cycle, scheme)]
    return list({row["코드"]: row for row in of_scheme if row["원천"] == "소관"}.values())


def _opens(owner: Speaker, title: str) -> None:
    owner.says("소관항목")
    chooses(owner, title)
