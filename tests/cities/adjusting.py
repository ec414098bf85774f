"""Bonus and deduction: proposed by one, confirmed or dropped by another; and what not taking part costs."""

from __future__ import annotations

from tests.cities.answers import Row, rows
from tests.cities.filling import chooses
from tests.cities.naming import name_of_subject, title_of_result
from tests.cities.place import Place

_HOW = {"확정": "확정", "취소": "반영하지 않음"}
_HOW_OF_CONSULTATION = {"확정": "감점 확정", "취소": "감점하지 않음"}
_REASON = {"확정": "근거 자료를 확인하였습니다.", "취소": "확인한 결과 반영하지 않습니다."}


def all_adjust(place: Place, cycle: str, scheme: str, proposer: str, decider: str, period: str = "") -> int:
    """Every bonus and deduction given for a period, or for the year, is proposed and decided; how many that were."""
    parts = {row["코드"]: row for row in rows(place.name, "배점") if row["체계"] == scheme}
    given = [row for row in rows_of(place.name, cycle, scheme, period) if is_adjusted(parts[row["항목"]])]
    result = title_of_result(place.name, cycle, scheme, period)
    for row in given:
        title = f"{result} · {parts[row['항목']]['이름']}"
        proposes(place, proposer, title, row)
        decides(place, decider, row)
    return len(given)


def all_decide_absences(place: Place, cycle: str, scheme: str, decider: str) -> int:
    """Every deduction for not taking part, proposed by itself, is confirmed or dropped; how many that were."""
    parts = {row["코드"]: row for row in rows(place.name, "배점") if row["체계"] == scheme}
    given = [row for row in rows_of(place.name, cycle, scheme, "") if not is_adjusted(parts[row["항목"]])]
    person = place.person(decider)
    for row in given:
        person.says("감점")
        chooses(person, name_of_subject(place.name, row["대상"]))
        person.presses(_HOW_OF_CONSULTATION[row["결과"]])
        person.says(row["사유"])
        person.sees("감점을 확정" if row["결과"] == "확정" else "감점하지 않기로 했습니다.")
    return len(given)


def rows_of(city: str, cycle: str, scheme: str, period: str) -> list[Row]:
    """The rows of a scheme for a period, or of the year."""
    about = (cycle, scheme, period)
    return [
        row for row in rows(city, "actuals/가감점") if (row["성과주기"], row["체계"], row["기간"]) == about
    ]


def is_adjusted(part: Row) -> bool:
    """Whether somebody proposes it; what not taking part costs proposes itself."""
    return part["원천"] != "컨설팅감점"


def proposes(place: Place, number: str, title: str, row: Row) -> None:
    """From the list to the reason."""
    person = place.person(number)
    person.says("가감점")
    person.presses("제안하기")
    chooses(person, title)
    chooses(person, name_of_subject(place.name, row["대상"]))
    person.says(row["점수"])
    person.says(row["사유"])
    person.sees("제안했습니다.")


def decides(place: Place, number: str, row: Row) -> None:
    """The one that waits."""
    person = place.person(number)
    person.says("가감점")
    chooses(person, name_of_subject(place.name, row["대상"]), "")
    person.presses(_HOW[row["결과"]])
    person.says(_REASON[row["결과"]])
    person.sees("확정하고 대상에게 통보했습니다." if row["결과"] == "확정" else "반영하지 않기로 했습니다.")
