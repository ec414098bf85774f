"""Consultation, training and meetings in chat: booked, moved, cancelled, waited for."""

from __future__ import annotations

import icalendar
import pytest

from models.consultation.programme import ProgrammeKind
from tests.dialogues import city, consulting
from tests.kit.conversation import Speaker, Town

FIRST, SECOND, THIRD = "7. 15.(월) 14:00~14:40", "7. 15.(월) 14:50~15:30", "7. 15.(월) 15:40~16:20"
FILE = "성과지표 컨설팅 07-15 1400.ics"


@pytest.fixture
def consultant(town: Town) -> Speaker:
    consulting.consultation(town)
    return town.person(consulting.CONSULTANT)


def books(person: Speaker, when: str = FIRST) -> None:
    person.says("컨설팅")
    person.presses("성과지표 컨설팅")
    person.presses(when)
    person.presses("예약하기")


def event_of(person: Speaker, name: str = FILE) -> tuple[str, icalendar.Event]:
    """The method and the event of the newest calendar file of that name."""
    calendar = icalendar.Calendar.from_ical(person.takes(name))
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def test_a_booking_is_made_moved_and_cancelled_in_all_three_calendars(
    town: Town, consultant: Speaker, officer: Speaker, evaluator: Speaker
) -> None:
    officer.says("메뉴")
    officer.presses("컨설팅·교육")
    officer.sees("성과지표 컨설팅 (빈 시간 3개) 컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.sees("총무과", FIRST, "한연구 · 별관 3층")
    officer.presses(FIRST)
    officer.sees("빈 시간", f"일시: {FIRST}", "장소: 별관 3층", "컨설턴트: 한연구", "평가 부서: 정평가")
    officer.presses("예약하기")
    officer.sees("예약됨", "예약: 총무과 김주무", "예약되었습니다. 일정 파일을 곧 보내 드리겠습니다.")
    officer.sees("변경과 취소는 7. 14.(일) 14:00까지 하실 수 있습니다.")

    town.do_errands()

    for person in (officer, consultant, evaluator):
        person.sees(
            "예약되었습니다. 첨부한 일정 파일을 열면", f"성과지표 컨설팅 · {FIRST}", "참석: 총무과 김주무"
        )
        method, event = event_of(person)
        assert (method, event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    officer.says("메뉴")
    officer.sees(f"컨설팅·교육 (다음 일정: {FIRST})")
    uid = event_of(officer)[1]["UID"]

    officer.says("컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.sees("시간을 바꾸시려면 빈 시간을 골라 주세요.", f"내 예약: {FIRST}")
    officer.presses(SECOND)
    officer.presses("이 시간으로 변경")
    officer.sees("예약을 이 시간으로 바꿨습니다.", "예약됨")
    town.do_errands()

    for person in (officer, consultant, evaluator):
        person.sees("예약 시간이 바뀌었습니다.", SECOND)
        method, event = event_of(person, "성과지표 컨설팅 07-15 1450.ics")
        assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", uid, 1)

    officer.presses("일정 보기")
    officer.presses("예약 취소")
    officer.sees("예약을 취소했습니다.", "빈 시간", "[예약하기]")
    town.do_errands()

    consultant.sees("예약이 취소되었습니다. 첨부한 일정 파일을 열면 달력에서 지워집니다.")
    method, event = event_of(consultant, "성과지표 컨설팅 07-15 1450.ics")
    assert (method, event["STATUS"], event["UID"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", uid, 2)


def test_a_colleague_who_asks_for_the_file_gets_the_appointment(
    town: Town, consultant: Speaker, officer: Speaker, lead: Speaker
) -> None:
    books(officer)
    lead.says("내 예약")
    lead.presses("성과지표 컨설팅")
    lead.presses("일정 파일 받기")
    town.do_errands()

    lead.sees("일정 파일입니다. 열면 달력에 저장됩니다.")
    assert event_of(lead)[0] == "REQUEST"


def test_a_card_seen_by_two_is_redrawn_and_who_is_late_is_told(
    town: Town, consultant: Speaker, officer: Speaker, civil: Speaker
) -> None:
    for person in (officer, civil):
        person.says("컨설팅")
        person.presses("성과지표 컨설팅")
        person.presses(FIRST)
    late = civil.button("예약하기")
    officer.presses("예약하기")
    civil.sees("마감", "[이 시간 대기 신청]")

    civil.presses_again(late)

    civil.sees("그 시간은 김주무 님이 먼저 예약했습니다.", f"아직 빈 시간: {SECOND}, {THIRD}")
    civil.does_not_see("예약: 총무과 김주무")


def test_after_the_cut_off_nothing_can_be_pressed_any_more(
    town: Town, consultant: Speaker, officer: Speaker, civil: Speaker
) -> None:
    books(officer)
    cancel = officer.button("예약 취소")
    town.passes(days=6, hours=6)

    officer.presses_again(cancel)
    officer.sees("시작 24시간 전까지만 바꾸거나 취소할 수 있습니다.")
    officer.says("내 예약")
    officer.presses("성과지표 컨설팅")
    assert "예약 취소" not in officer.buttons()
    civil.says("컨설팅")
    civil.presses("성과지표 컨설팅")
    civil.does_not_see(SECOND)


def fills_all(town: Town) -> None:
    """All three slots are booked: by 박민원, 나돌봄 and 오안전."""
    for code, when in ((city.CIVIL, FIRST), (city.CARER, SECOND), (city.SAFETY, THIRD)):
        books(town.person(code), when)


def waits(person: Speaker) -> None:
    person.says("컨설팅")
    person.presses("성과지표 컨설팅")
    person.presses("대기 신청")


def test_who_waits_is_offered_a_seat_and_takes_it(town: Town, consultant: Speaker, officer: Speaker) -> None:
    fills_all(town)
    waits(officer)
    officer.sees("대기를 신청했습니다. 자리가 나면 알려 드리겠습니다.", "총무과 (아무 시간이나) 1번째")
    civil = town.person(city.CIVIL)
    civil.says("내 예약")
    civil.presses("성과지표 컨설팅")
    civil.presses("예약 취소")
    civil.sees("마감")

    officer.sees("기다리시던 자리가 났습니다.", FIRST, "7. 8.(월) 13:00까지 수락하지 않으시면 다음 분에게")
    consultant.says("컨설팅")
    consultant.presses("성과지표 컨설팅")
    consultant.sees(f"{FIRST} (대기자에게 제안한 시간) 수락 대기")
    officer.presses("수락")
    officer.sees("예약되었습니다.", "[예약 보기]")
    town.do_errands()
    assert event_of(officer)[0] == "REQUEST"


def test_nobody_books_a_time_they_have_not_seen(consultant: Speaker, officer: Speaker) -> None:
    officer.says("컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.presses(FIRST)
    book = officer.button("예약하기")
    consultant.says("컨설팅")
    consultant.presses("성과지표 컨설팅")
    consultant.presses(FIRST)
    consultant.presses("일정 변경")
    consultant.presses("고치기: 시작 시각")
    consultant.says("16:40")
    consultant.presses("온라인 아님")
    consultant.sees("일정을 바꿨습니다.")
    officer.presses_again(book)
    officer.sees("그사이 일정이 바뀌었습니다.")
    officer.says("내 예약")
    officer.sees("예약하신 일정이 없습니다.")


def test_an_offer_that_is_not_taken_goes_to_the_next(
    town: Town, consultant: Speaker, officer: Speaker, evaluator: Speaker
) -> None:
    fills_all(town)
    waits(officer)
    waits(evaluator)
    evaluator.sees("기획예산과 (아무 시간이나) 2번째")
    civil = town.person(city.CIVIL)
    civil.says("내 예약")
    civil.presses("성과지표 컨설팅")
    civil.presses("예약 취소")
    late = officer.button("수락")

    town.time_goes_on(hours=4)

    officer.sees("지난 제안", "끝난 제안입니다.")
    evaluator.sees("기다리시던 자리가 났습니다.", "7. 8.(월) 17:00까지")
    officer.presses_again(late)
    officer.sees("수락 기한이 지나 다음 분에게 넘어갔습니다.")
    evaluator.presses("사양")
    evaluator.sees("사양하셨습니다.")
    officer.says("컨설팅")
    officer.sees("빈 시간 1개")


def test_an_offer_made_at_night_is_told_in_the_morning(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    fills_all(town)
    waits(officer)
    town.passes(hours=13)
    civil = town.person(city.CIVIL)
    civil.says("내 예약")
    civil.presses("성과지표 컨설팅")
    civil.presses("예약 취소")
    town.time_goes_on(hours=1)
    officer.does_not_see("기다리시던 자리가 났습니다.")

    town.time_goes_on(hours=9)

    officer.sees("기다리시던 자리가 났습니다.", "7. 9.(화) 12:00까지")


def test_who_waits_gives_the_place_up(town: Town, consultant: Speaker, officer: Speaker) -> None:
    fills_all(town)
    officer.says("컨설팅")
    officer.sees("지금은 예약할 수 있는 시간이 없습니다.")
    waits(officer)
    officer.says("컨설팅")
    officer.sees("빈 시간 없음 · 대기 1명")
    officer.presses("내 대기")
    officer.presses("성과지표 컨설팅 · 총무과")
    officer.sees("대기를 그만두었습니다.", "대기하고 계신 일정이 없습니다.")


def test_a_training_session_of_three_seats(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    consulting.session_of(town)
    for person in (officer, second, lead):
        person.says("교육")
        person.presses("성과관리 교육")
        person.presses("7. 15.(월) 09:00~11:00")
        person.presses("예약하기")
        person.sees("예약됨", "성과관리 교육", "접속 주소: https://meet.hanbit.go.kr/1")
    lead.sees("신청: 3명 / 정원 3명")
    town.do_errands()
    method, event = event_of(lead, "1차 07-15 0900.ics")
    assert (method, event["URL"]) == ("REQUEST", "https://meet.hanbit.go.kr/1")

    fourth = town.person(city.CARER)
    fourth.says("교육")
    fourth.presses("성과관리 교육")
    fourth.presses("대기 신청")
    second.presses("예약 취소")
    fourth.sees("기다리시던 자리가 났습니다.")
    fourth.presses("수락")
    fourth.sees("신청: 3명 / 정원 3명")


def test_of_a_large_hall_only_the_last_seats_are_news_to_others(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.consultation.telling._FEW", 3)
    consulting.session_of(town, seats=4)

    def books_a_seat(person: Speaker) -> str:
        person.says("교육")
        person.presses("성과관리 교육")
        person.presses("7. 15.(월) 09:00~11:00")
        person.presses("예약하기")
        return str(officer.card("1차")["facts"])

    assert "1명 / 정원 4명" in books_a_seat(officer)
    assert "1명 / 정원 4명" in books_a_seat(second)
    second.sees("예약됨", "2명 / 정원 4명")
    assert "3명 / 정원 4명" in books_a_seat(lead)


def test_who_runs_a_session_sees_who_comes_and_gets_its_file(town: Town, officer: Speaker) -> None:
    consulting.session_of(town, ProgrammeKind.MEETING)
    consultant = town.person(consulting.CONSULTANT)
    officer.says("일정")
    officer.presses("진척 점검 회의")
    officer.presses("7. 15.(월) 09:00~11:00")
    officer.presses("예약하기")
    consultant.says("컨설팅")
    consultant.presses("진척 점검 회의")
    consultant.sees("맡으신 일정 1건입니다.", "1명 / 정원 3명")
    consultant.presses("1차")
    consultant.presses("진행자용 일정 파일")
    town.do_errands()
    consultant.sees("일정 파일입니다.")
    assert event_of(consultant, "1차 07-15 0900.ics")[1]["UID"].startswith("slot-")


def test_a_consultant_makes_slots_in_chat_and_clashes_are_refused_by_name(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    consultant.says("컨설팅")
    consultant.presses("성과지표 컨설팅")
    consultant.sees("맡으신 일정 3건입니다.", "빈 시간")
    consultant.presses("일정 만들기")
    for answer in ("7. 16.", "7. 17.", "9시~11시", "40", "10"):
        consultant.says(answer)
    consultant.presses("장소 없음")
    consultant.says("https://meet.hanbit.go.kr/2")
    consultant.presses("정평가")
    consultant.sees("2일에 걸쳐 일정 4개를 만들었습니다.")

    officer.says("컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.sees("7. 15.(월) (빈 시간 3개)", "7. 16.(화) (빈 시간 2개)", "7. 17.(수) (빈 시간 2개)")
    officer.presses("7. 16.(화)")
    officer.sees("7. 16.(화) 09:50~10:30", "한연구 · 온라인")
    officer.presses("다른 날 보기")
    officer.sees("7. 17.(수) (빈 시간 2개)")

    consultant.says("컨설팅")
    consultant.presses("성과지표 컨설팅")
    consultant.presses("일정 만들기")
    consultant.says("7. 15.")
    consultant.presses("하루만")
    for answer in ("아침", "40", "0"):
        consultant.says(answer)
    consultant.says("별관")
    consultant.presses("온라인 아님")
    consultant.presses("평가 부서 없이")
    consultant.sees("시간을 알아볼 수 없습니다. 09:00~12:00처럼 적어 주세요.")
    consultant.presses("고치기: 시간")
    consultant.says("14:30~16:00")
    consultant.presses("평가 부서 없이")
    consultant.sees(f"한연구 님의 다른 일정(성과지표 컨설팅 {FIRST})과 겹칩니다.")


def test_who_runs_a_slot_changes_it_cancels_a_booking_and_takes_it_away(
    town: Town, consultant: Speaker, officer: Speaker, evaluator: Speaker
) -> None:
    books(officer)
    town.do_errands()
    consultant.presses("일정 보기")
    consultant.presses("일정 변경")
    consultant.sees("예약 1건이 있습니다. 모두에게 알립니다.")
    consultant.presses("고치기: 시작 시각")
    consultant.says("16:40")
    consultant.presses("고치기: 장소")
    consultant.says("본관 2층")
    consultant.presses("온라인 아님")
    consultant.sees("일정을 바꿨습니다.", "7. 15.(월) 16:40~17:20")
    town.do_errands()

    for person in (officer, evaluator):
        person.sees("예약하신 일정이 바뀌었습니다.", "7. 15.(월) 16:40~17:20", "본관 2층")
    method, event = event_of(officer, "성과지표 컨설팅 07-15 1640.ics")
    assert (method, event["SEQUENCE"], event["LOCATION"]) == ("REQUEST", 1, "본관 2층")

    consultant.presses("일정 보기")
    consultant.presses("예약만 취소")
    consultant.says("자료 미제출")
    consultant.sees("예약을 취소했습니다. 예약자에게 알립니다.", "빈 시간")
    town.do_errands()

    officer.sees("예약이 취소되었습니다.", "사유: 자료 미제출")

    officer.presses("일정 보기")
    officer.presses("예약하기")
    town.do_errands()
    consultant.presses("일정 보기")
    consultant.presses("일정 취소")
    consultant.says("해외 출장")
    consultant.sees("일정을 취소했습니다.", "취소됨")
    town.do_errands()

    officer.sees("예약이 취소되었습니다.", "사유: 해외 출장")
    assert event_of(officer, "성과지표 컨설팅 07-15 1640.ics")[0] == "CANCEL"


def test_a_moved_booking_leaves_the_calendar_of_who_is_not_part_of_it_any_more(
    town: Town, consultant: Speaker, officer: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    from sqlmodel import select

    from models.consultation.programme import Slot

    with town.database.write() as session:
        session.exec(select(Slot).where(Slot.code == "S1")).one().office_id = other_evaluator.person_id
    books(officer)
    officer.says("컨설팅")
    officer.presses("성과지표 컨설팅")
    officer.presses(SECOND)
    officer.presses("이 시간으로 변경")
    town.do_errands()

    other_evaluator.sees("예약 시간이 바뀌었습니다.")
    evaluator.sees("예약이 취소되었습니다.")
    assert event_of(evaluator)[0] == "CANCEL"


def test_who_has_no_part_is_told_so_and_who_has_several_departments_chooses_first(
    town: Town, bureau_lead: Speaker
) -> None:
    bureau_lead.says("컨설팅")
    bureau_lead.sees("참여하실 컨설팅·교육이 없습니다.")
    bureau_lead.says("메뉴")
    assert "컨설팅·교육" not in bureau_lead.buttons()
    consulting.consultation(town)
    bureau_lead.says("컨설팅")
    bureau_lead.presses("성과지표 컨설팅")
    bureau_lead.sees("어느 부서의 일정을 볼까요?", "행정국", "총무과", "민원과")
    bureau_lead.presses("민원과")
    bureau_lead.presses(FIRST)
    bureau_lead.presses("예약하기")
    bureau_lead.sees("예약: 민원과 정국장")


def test_after_the_cut_off_the_card_says_whom_to_tell(
    town: Town, consultant: Speaker, officer: Speaker
) -> None:
    books(officer)
    town.passes(days=6, hours=6)
    officer.says("내 예약")
    officer.presses("성과지표 컨설팅")
    officer.sees("변경·취소 기한이 지났습니다.", "담당 컨설턴트나 평가 부서에 알려 주세요.")
    officer.does_not_see("하실 수 있습니다", "[예약 취소]")
