"""An appeal against a result: filed in chat with new evidence, decided by another evaluator than the first."""

from __future__ import annotations

from models.organization import Role
from tests.cities.answers import Row
from tests.cities.filling import chooses
from tests.cities.place import Place
from tests.kit import files


def appeals(place: Place, report: Row, indicator: Row, why: str) -> None:
    """The officer asks for what was reported, which was not recognised."""
    officer = place.person(indicator["담당자"] or place.who(Role.OFFICER, indicator["부서"]))
    officer.says("이의신청")
    officer.presses("평가 결과에서 신청")
    chooses(officer, indicator["지표명"])
    officer.presses("이의신청")
    officer.says(why)
    officer.says(report["실적"])
    officer.attaches(files.pdf(), "추가 증빙.pdf")
    officer.presses("다음")
    officer.sees("이의신청을 접수했습니다.")


def dismisses(place: Place, evaluator: str, indicator: Row, why: str) -> None:
    """An evaluator who has not decided yet turns it down; the result stays."""
    person = place.person(evaluator)
    person.says("이의신청")
    chooses(person, indicator["지표명"])
    person.presses("기각")
    person.says(why)
    person.sees("기각하고 담당자와 팀장에게 알렸습니다.")
