"""Slots: made, booked, moved, cancelled, waited for; training and meetings."""

from __future__ import annotations

from models.consultation.programme import ProgrammeKind
from tests.dialogues import city, consulting
from tests.gallery.homes import see_home
from tests.gallery.recorder import RecordedTown
from tests.kit.conversation import Speaker

_FIRST, _SECOND = "7. 15.(월) 14:00~14:40", "7. 15.(월) 14:50~15:30"
_CONSULTING = "성과지표 컨설팅"


def tell(town: RecordedTown) -> None:
    """One consultation with three slots, then a training session and a meeting."""
    town.person(city.OFFICER).says("컨설팅")
    consulting.consultation(town)
    _made_and_booked(town)
    _waited_for(town)
    _changed(town)
    _sessions(town)


def _made_and_booked(town: RecordedTown) -> None:
    consultant, officer = town.person(consulting.CONSULTANT), town.person(city.OFFICER)
    see_home(town, consultant)
    consultant.says("일정")
    consultant.presses(_CONSULTING)
    consultant.presses("일정 만들기")
    consultant.says("7. 16.")
    consultant.presses("하루만")
    for words in ("오전", "40", "10"):
        consultant.says(words)
    consultant.presses("장소 없음")
    consultant.says("https://meet.hanbit.go.kr/2")
    consultant.presses("정평가")
    consultant.presses("고치기: 시간")
    consultant.says("9시~9시 50분")
    consultant.presses("맡은 일정")
    see_home(town, officer)
    officer.presses("컨설팅·교육")
    officer.presses(_CONSULTING)
    officer.presses("7. 15.(월)")
    officer.presses("다른 날 보기")
    officer.presses("7. 15.(월)")
    officer.presses(_FIRST)
    officer.presses("예약하기")
    town.do_errands()
    officer.presses("일정 보기")
    officer.presses("일정 파일 받기")
    officer.says("컨설팅")
    officer.presses("내 예약")
    officer.presses(_CONSULTING)
    officer.presses("다른 시간 보기")
    officer.presses("7. 15.(월)")
    officer.presses(_SECOND)
    officer.presses("이 시간으로 변경")
    town.do_errands()
    bureau_lead = town.person(city.BUREAU_LEAD)
    bureau_lead.says("컨설팅")
    bureau_lead.presses(_CONSULTING)
    bureau_lead.presses("민원과")


def _waited_for(town: RecordedTown) -> None:
    carer, safety, civil = (town.person(code) for code in (city.CARER, city.SAFETY, city.CIVIL))
    officer, consultant = town.person(city.OFFICER), town.person(consulting.CONSULTANT)
    _books(carer, _FIRST)
    safety.says("컨설팅")
    safety.presses(_CONSULTING)
    safety.presses("7. 15.(월)")
    safety.presses("7. 15.(월) 15:40~16:20")
    safety.presses("예약하기")
    consultant.says("컨설팅")
    consultant.presses(_CONSULTING)
    consultant.presses("7. 16.(화) 09:00~09:40")
    consultant.presses("일정 취소")
    consultant.says("출장")
    civil.says("컨설팅")
    civil.presses(_CONSULTING)
    civil.presses("대기 신청")
    evaluator = town.person(city.EVALUATOR)
    evaluator.says("컨설팅")
    evaluator.presses(_CONSULTING)
    evaluator.presses("마감된 시간도 보기")
    evaluator.presses(_FIRST)
    evaluator.presses("이 시간 대기 신청")
    officer.says("내 예약")
    officer.presses(_CONSULTING)
    officer.presses("예약 취소")
    late = civil.button("수락")
    town.time_goes_on(hours=5)
    civil.presses_again(late)
    civil.presses("다른 시간 보기")
    civil.presses(_SECOND)
    civil.presses("예약하기")
    evaluator.says("컨설팅")
    evaluator.presses("내 대기")
    carer.says("내 예약")
    carer.presses(_CONSULTING)
    carer.presses("예약 취소")
    evaluator.presses("사양")
    officer.says("컨설팅")
    officer.presses(_CONSULTING)
    officer.presses("예약하기") if "예약하기" in officer.buttons() else officer.presses(_FIRST)
    officer.presses("예약하기")


def _changed(town: RecordedTown) -> None:
    officer, consultant = town.person(city.OFFICER), town.person(consulting.CONSULTANT)
    town.do_errands()
    consultant.says("컨설팅")
    consultant.presses(_CONSULTING)
    consultant.presses(_FIRST)
    consultant.presses("일정 변경")
    consultant.presses("고치기: 장소")
    consultant.says("본관 2층")
    consultant.presses("온라인 아님")
    town.do_errands()
    consultant.presses("일정 보기")
    consultant.presses("예약만 취소")
    consultant.says("자료가 아직 오지 않았습니다.")
    town.do_errands()
    officer.presses("일정 보기")


def _sessions(town: RecordedTown) -> None:
    officer, second = town.person(city.OFFICER), town.person(city.SECOND)
    consultant = town.person(consulting.CONSULTANT)
    consulting.session_of(town, seats=1)
    consulting.session_of(town, ProgrammeKind.MEETING)
    for person in (officer, second):
        person.says("교육")
        person.presses("성과관리 교육")
        person.presses("대기 신청" if person is second else "7. 15.(월) 09:00~11:00")
        if person is officer:
            person.presses("예약하기")
    second.says("컨설팅")
    second.presses("내 대기")
    second.presses("성과관리 교육")
    second.says("교육")
    second.presses("성과관리 교육")
    second.presses("대기 신청")
    officer.says("내 예약")
    officer.presses("1차")
    officer.presses("예약 취소")
    second.presses("수락")
    second.presses("예약 보기")
    consultant.says("교육")
    consultant.presses("진척 점검 회의")
    consultant.presses("예약하기")
    consultant.presses("맡은 일정")
    consultant.presses("1차")
    consultant.presses("진행자용 일정 파일")
    town.do_errands()
    town.person(city.ADMINISTRATOR).says("일정")


def _books(person: Speaker, when: str) -> None:
    person.says("컨설팅")
    person.presses(_CONSULTING)
    person.presses("7. 15.(월)")
    person.presses(when)
    person.presses("예약하기")
