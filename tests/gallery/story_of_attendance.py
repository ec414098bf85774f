"""Who came and who did not: attendance, the deductions that follow, objections, and what the clock says of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from models.organization import Role
from tests.dialogues import city, consulting
from tests.gallery.recorder import RecordedTown
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker

_OTHER = "9002"


def tell(town: RecordedTown) -> None:
    """A consultation three departments were to come to, and a session in a hall."""
    consulting.consultation(town, absence_points=Decimal(2))
    consulting.session_of(town)
    add_person(town.database, _OTHER, "배관리", Role.ADMINISTRATOR)
    officer, consultant = town.person(city.OFFICER), town.person(consulting.CONSULTANT)
    administrator = town.person(city.ADMINISTRATOR)
    _before(town, officer, consultant)
    _a_hall(town, consultant)
    _a_consultation(town, consultant, administrator)
    _deductions(town, officer, administrator)


def _before(town: RecordedTown, officer: Speaker, consultant: Speaker) -> None:
    """Booked, and reminded of the working day before."""
    for person in (officer, town.person(city.SECOND), town.person(city.CIVIL)):
        person.says("교육")
        person.presses("성과관리 교육")
        person.presses("7. 15.(월) 09:00~11:00")
        person.presses("예약하기")
    officer.says("컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.presses("7. 15.(월) 14:00~14:40")
    officer.presses("예약하기")
    consultant.says("컨설팅")
    consultant.presses("출석 기록")
    consultant.is_shown("attendance.slot", slot=1)
    town.time_goes_on(days=4)
    consultant.presses(next(label for label in consultant.buttons() if label.startswith("일정 보기")))


def _a_hall(town: RecordedTown, consultant: Speaker) -> None:
    town.passes(days=3)
    consultant.says("컨설팅")
    consultant.presses("출석 기록")
    consultant.presses("성과관리 교육 · 1차")
    consultant.presses("모두 참석")
    consultant.presses("이서기")


def _a_consultation(town: RecordedTown, consultant: Speaker, administrator: Speaker) -> None:
    """Noted wrongly at first: what is proposed by it falls away again."""
    town.clock.move(consulting.AFTERNOON + timedelta(minutes=10) - town.now())
    consultant.says("컨설팅")
    consultant.presses("출석 기록")
    consultant.presses("성과지표 컨설팅")
    consultant.presses("불참")
    consultant.presses("바로잡기")
    consultant.presses("참석")
    consultant.presses("바로잡기")
    consultant.presses("불참")
    consultant.presses("출석 목록")
    administrator.presses("감점 확정")
    administrator.presses("취소")


def _deductions(town: RecordedTown, officer: Speaker, administrator: Speaker) -> None:
    """Confirmed while another would drop it, objected to, withdrawn; the others never booked."""
    other, lead = town.person(_OTHER), town.person(city.LEAD)
    other.is_shown("deductions.card", deduction=1)
    other.presses("감점하지 않음")
    administrator.presses("감점 확정")
    administrator.says("사전 통보 없이 불참하였습니다.")
    other.says("국정감사 수감 중이었습니다.")
    officer.presses("이의신청")
    officer.says("같은 시간에 재난상황실 비상소집이 있었습니다.")
    other.is_shown("deductions.card", deduction=1)
    other.presses("감점 철회")
    other.says("비상소집 명단을 확인하였습니다.")
    town.time_goes_on(hours=2, minutes=10)
    administrator.presses("감점 제안 보기")
    administrator.presses("민원과")
    administrator.presses("감점하지 않음")
    administrator.says("신설 부서입니다.")
    administrator.presses("다음 감점 보기")
    lead.says("컨설팅")
    lead.presses("미참여 감점")
