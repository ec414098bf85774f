"""A result that somebody objects to: what it says, the appeal, both decisions, and those who come too late."""

from __future__ import annotations

from models.organization import Role
from tests.dialogues import appealing, city
from tests.gallery.recorder import RecordedTown
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker
from tests.kit.files import pdf

_THIRD = "3009"


def tell(town: RecordedTown) -> None:
    """One appeal is withdrawn, one is accepted, one comes after its last day."""
    officer, lead, other = (town.person(one) for one in (city.OFFICER, city.LEAD, city.OTHER_EVALUATOR))
    add_person(town.database, _THIRD, "도평가", Role.EVALUATOR)
    third = town.person(_THIRD)
    appealing.announced(town, officer)
    officer.says("내 지표")
    officer.presses("마감된 기간의 결과")
    officer.says("메뉴")
    _withdrawn(town, officer, other)
    _accepted(officer, lead, other, third)
    town.time_goes_on(days=15)
    lead.says("이의신청")
    lead.presses("평가 결과에서 신청")
    lead.presses("민원 처리기간")
    town.passes(days=7)
    officer.says("이의신청")
    officer.presses("민원처리율")
    officer.is_shown("appeals.file", indicator=1, period=1)
    officer.is_shown("appeals.results")


def _withdrawn(town: RecordedTown, officer: Speaker, other: Speaker) -> None:
    """Somebody is about to dismiss it, and is told that it is gone."""
    appealing.files(officer, pdf())
    officer.presses("이의신청 보기")
    evaluator = town.person(city.EVALUATOR)
    evaluator.says("이의신청")
    evaluator.presses("민원처리율")
    other.presses("기각")
    officer.presses("신청 취하")
    other.says("6월에 처리한 건입니다.")
    officer.presses("이력 보기")
    other.says("이의신청")


def _accepted(officer: Speaker, lead: Speaker, other: Speaker, third: Speaker) -> None:
    """Two at once: one accepts it, the other would have dismissed it."""
    appealing.files(lead, pdf(), asked="97.3")
    other.says("메뉴")
    other.presses("이의신청")
    other.presses("민원처리율")
    other.presses("인용")
    third.says("이의신청")
    third.presses("민원처리율")
    third.presses("기각")
    other.says("5월 처리대장에서 12건을 확인했습니다.")
    third.says("6월에 처리한 건입니다.")
    other.presses("이의신청 목록")
    officer.says("이의신청")
    officer.presses("평가 결과에서 신청")
    officer.presses("민원처리율")
    officer.presses("이의신청 보기")
    officer.presses("이력 보기")
