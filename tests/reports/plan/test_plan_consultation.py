"""The sheets 컨설팅 and 일정: programmes, and when and where they take place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models.consultation.booking import Booking
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.consultation.seats import one_at_a_time
from models.organization import Person, Role, RoleHeld
from models.plan import Cycle
from models.store import Database
from reports.plan import PlanRejected, TableChanges
from tests.kit.plans import Sheets, full_plan, put, sheet, small_plan
from tests.reports.plan.checking import NOW, Change, bring, problems, told

SLOTS = "일정"
AUGUST_5 = datetime(2019, 8, 5, 0, 30, tzinfo=UTC)
"""09:30 in Seoul."""


@pytest.fixture
def city(database: Database, tmp_path: Path) -> Database:
    bring(database, full_plan(), tmp_path)
    return database


def slot_of(session: Session, code: str) -> Slot:
    return session.exec(select(Slot).where(Slot.code == code)).one()


def book(session: Session, slot: Slot, *seats: int) -> None:
    """Seats taken in a slot, each by a person of their own."""
    people = session.exec(select(Person)).all()
    assert slot.id is not None
    for seat, person in zip(seats, people, strict=False):
        session.add(
            Booking(
                programme_id=slot.programme_id,
                slot_id=slot.id,
                seat=seat,
                holder=f"person:{person.id}",
                person_id=person.id or 0,
                uid=f"{slot.code}-{seat}",
                booked_at=NOW,
                changed_at=NOW,
            )
        )


@pytest.fixture
def booked(city: Database) -> Database:
    """The city after the slot 0805-1 was booked, and seats 1 and 40 of the training."""
    with city.write() as session:
        book(session, slot_of(session, "0805-1"), 1)
        book(session, slot_of(session, "1"), 1, 40)
    return city


def test_programmes_and_slots_are_as_the_sheets_say(city: Database) -> None:
    with city.read() as session:
        adjustment, training, _ = session.exec(select(Programme).order_by(Programme.id)).all()  # type: ignore[arg-type]
        assert (adjustment.kind, training.kind) == (ProgrammeKind.CONSULTATION, ProgrammeKind.TRAINING)
        assert adjustment.written_due == datetime(2019, 7, 19, 9, tzinfo=UTC), "the end of office hours"
        assert adjustment.booking_opens == datetime(2019, 7, 22, 0, tzinfo=UTC), "their beginning"
        assert adjustment.booking_due == datetime(2019, 8, 2, 3, tzinfo=UTC)
        hours = adjustment.cut_off_hours, adjustment.offer_hours, training.cut_off_hours, training.offer_hours
        assert hours == (48, 4, 24, 2)
        assert (adjustment.absence_points, adjustment.objection_days) == (Decimal("0.5"), 7)
        assert training.absence_points is None
        slot = slot_of(session, "0805-1")
        assert (slot.starts_at, slot.ends_at.minute, slot.seats) == (AUGUST_5, 10, 1)
        assert slot.programme_id == adjustment.id
        assert session.get_one(Person, slot.consultant_id).code == "7001"
        assert session.get_one(Person, slot.office_id).code == "3001"
        session_ = slot_of(session, "1")
        assert (session_.title, session_.place, session_.seats) == ("1차 교육", "대강당", 150)
        assert (session_.consultant_id, session_.state, session_.revision) == (None, SlotState.OPEN, 0)


@pytest.mark.parametrize(
    ("name", "cell", "value", "line"),
    [
        ("컨설팅", "C2", "조정 컨설팅", "컨설팅 2019 ADJ: 이름 계획 조정 컨설팅 → 조정 컨설팅"),
        ("컨설팅", "G2", "", "컨설팅 2019 ADJ: 신청시작 2019-07-22 09:00 → 없음"),
        ("컨설팅", "J2", 24, "컨설팅 2019 ADJ: 변경마감시간 48 → 24"),
        ("컨설팅", "L2", 0, "컨설팅 2019 ADJ: 미참여감점 0.5 → 없음"),
        ("컨설팅", "M2", 14, "컨설팅 2019 ADJ: 이의신청일수 7 → 14"),
        ("컨설팅", "D4", "교육", "컨설팅 2019 BSC: 구분 회의 → 교육"),
        ("일정", "F2", "2019-08-05 10:20", "일정 2019 ADJ 0805-1: 종료 2019-08-05 10:10 → 2019-08-05 10:20"),
        ("일정", "J3", "7001", "일정 2019 ADJ 0806-1: 컨설턴트 7002 → 7001"),
        ("일정", "L4", "취소", "일정 2019 EDU 1: 상태 예정 → 취소"),
    ],
)
def test_one_change_is_one_line(
    city: Database, tmp_path: Path, name: str, cell: str, value: object, line: str
) -> None:
    sheets = full_plan()
    put(sheets, name, cell, value)
    assert told(bring(city, sheets, tmp_path)) == [line]
    assert bring(city, sheets, tmp_path).nothing


def test_a_changed_slot_is_a_newer_one_for_calendars_and_others_are_not(
    booked: Database, tmp_path: Path
) -> None:
    sheets = full_plan()
    put(sheets, SLOTS, "D4", "첫 교육")
    bring(booked, sheets, tmp_path)
    with booked.read() as session:
        revisions = {slot.code: slot.revision for slot in session.exec(select(Slot))}
        assert revisions == {"0805-1": 0, "0806-1": 0, "1": 1}
        bookings = session.exec(select(Booking))
        assert {(one.uid, one.revision) for one in bookings} == {("0805-1-1", 0), ("1-1", 1), ("1-40", 1)}


def test_a_part_of_a_plan_may_add_slots_to_a_programme_that_stands(city: Database, tmp_path: Path) -> None:
    more = {name: rows[:1] for name, rows in small_plan().items()}
    more[SLOTS] = full_plan()[SLOTS][:2]
    put(more, SLOTS, "C2", "0805-2")
    put(more, SLOTS, "E2", "2019-08-05 10:10")
    put(more, SLOTS, "F2", "2019-08-05 10:50")
    changes = bring(city, more, tmp_path)
    assert changes.tables["slot"] == TableChanges(added=1, absent=3)
    assert changes.tables["programme"] == TableChanges(absent=3)


def test_a_slot_made_in_chat_stays_as_it_is(city: Database, tmp_path: Path) -> None:
    with city.write() as session:
        values = slot_of(session, "0805-1").model_dump(exclude={"id"})
        hours = {"starts_at": AUGUST_5.replace(hour=2), "ends_at": AUGUST_5.replace(hour=3)}
        session.add(Slot(**{**values, **hours, "code": "chat-1"}))
    changes = bring(city, full_plan(), tmp_path)
    assert changes.nothing
    assert changes.tables["slot"].absent == 1


def test_what_was_cancelled_in_chat_is_opened_again_only_by_a_file_that_says_so(
    city: Database, tmp_path: Path
) -> None:
    with city.write() as session:
        for code in ("0805-1", "0806-1"):
            slot_of(session, code).state = SlotState.CANCELLED
    assert told(bring(city, full_plan(), tmp_path)) == ["일정 2019 ADJ 0806-1: 상태 취소 → 예정"]
    with city.read() as session:
        assert slot_of(session, "0805-1").state is SlotState.CANCELLED


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ([("컨설팅", "A3", "2018")], ("컨설팅", "A3"), "‘기간’ 시트에 코드 2018이 없습니다"),
        ([("컨설팅", "B4", "EDU")], ("컨설팅", "B4"), "3행에 이미"),
        ([("컨설팅", "D3", "강연")], ("컨설팅", "D3"), "컨설팅, 교육, 회의"),
        ([("컨설팅", "F2", "2019-07-18")], ("컨설팅", "F2"), "서면검토기한이 서면제출기한보다 빠릅니다"),
        ([("컨설팅", "H2", "2019-07-21")], ("컨설팅", "H2"), "신청기한이 신청시작보다 빠릅니다"),
        ([("컨설팅", "I2", "2019-08-01")], ("컨설팅", "I2"), "기록기한이 신청기한보다 빠릅니다"),
        ([("컨설팅", "E2", "")], ("컨설팅", "E2"), "함께 적거나 비워"),
        ([("컨설팅", "F2", "")], ("컨설팅", "F2"), "함께 적거나 비워"),
        ([("컨설팅", "E3", "2019-07-19")], ("컨설팅", "E3"), "‘서면제출기한’ 칸은 구분이 컨설팅일 때만"),
        ([("컨설팅", "F4", "2019-07-19")], ("컨설팅", "F4"), "‘서면검토기한’ 칸은"),
        ([("컨설팅", "I3", "2019-07-19")], ("컨설팅", "I3"), "‘기록기한’ 칸은"),
        ([("컨설팅", "L3", 0)], ("컨설팅", "L3"), "‘미참여감점’ 칸은"),
        ([("컨설팅", "M4", 7)], ("컨설팅", "M4"), "‘이의신청일수’ 칸은"),
        ([("컨설팅", "L2", -1)], ("컨설팅", "L2"), "0에서 100 사이의 수"),
        ([("컨설팅", "J2", 721)], ("컨설팅", "J2"), "0에서 720 사이의 수"),
        ([("컨설팅", "K2", 0)], ("컨설팅", "K2"), "1에서 720 사이의 수"),
        ([("컨설팅", "M2", 0)], ("컨설팅", "M2"), "1에서 365 사이의 수"),
        ([("일정", "A2", "2018")], ("일정", "A2"), "‘기간’ 시트에 코드 2018이 없습니다"),
        ([("일정", "B4", "EDUC")], ("일정", "B4"), "‘컨설팅’ 시트에 코드 EDUC가 없습니다"),
        ([("일정", "C3", "0805-1")], ("일정", "C3"), "2행에 이미"),
        ([("일정", "C3", "chat-7")], ("일정", "C3"), "채팅에서 만든 일정의 것입니다"),
        ([("일정", "E2", "2019-08-05")], ("일정", "E2"), "시각도 적어 주세요"),
        ([("일정", "F2", "2019-08-05 09:30")], ("일정", "F2"), "종료가 시작보다 늦어야"),
        ([("일정", "F2", "2019-08-06 09:00")], ("일정", "F2"), "시작한 날에 끝나야"),
        ([("일정", "H3", "meet.example/adj")], ("일정", "H3"), "https://로 시작하는"),
        ([("일정", "H3", "ftp://meet.example")], ("일정", "H3"), "https://로 시작하는"),
        ([("일정", "H3", "https://meet.example/a b")], ("일정", "H3"), "https://로 시작하는"),
        ([("일정", "I2", 2)], ("일정", "I2"), "정원을 1로"),
        ([("일정", "I4", 0)], ("일정", "I4"), "1에서 10,000 사이의 수"),
        ([("일정", "J2", "")], ("일정", "J2"), "컨설턴트가 있어야 합니다"),
        ([("일정", "J2", "7777")], ("일정", "J2"), "‘사람’ 시트에 코드 7777이 없습니다"),
        ([("일정", "J4", "1001")], ("일정", "J4"), "1001은 컨설턴트가 아닙니다"),
        ([("일정", "J2", "7002")], ("일정", "J2"), "7002는 이날 컨설턴트가 아닙니다"),
        ([("사람", "I9", "2019-08-04")], ("일정", "J2"), "7001은 이날 컨설턴트가 아닙니다"),
        ([("일정", "K2", "7777")], ("일정", "K2"), "코드 7777이 없습니다"),
        ([("일정", "K2", "7001")], ("일정", "K2"), "컨설턴트와 다른 사람"),
        ([("일정", "L2", "연기")], ("일정", "L2"), "예정, 취소"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_its_cell(
    tmp_path: Path, changes: list[Change], cell: tuple[str, str], words: str
) -> None:
    sheets = full_plan()
    for change in changes:
        put(sheets, *change)
    assert words in problems(sheets, tmp_path)[cell]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *(("컨설팅", cell) for cell in ("B3", "D2", "D3", "E2", "F2", "G2", "H2", "L2", "M2")),
        *(("일정", cell) for cell in ("E2", "F2", "I2", "J2", "K2", "L2")),
        ("사람", "E9"),
        ("사람", "H10"),
    ],
)
def test_a_cell_that_cannot_be_read_brings_no_complaints_about_what_rests_on_it(
    tmp_path: Path, name: str, cell: str
) -> None:
    sheets = full_plan()
    put(sheets, name, cell, "보이지\u200b않는")
    if (name, cell) == ("컨설팅", "B3"):
        del sheets[SLOTS][3]
    assert set(problems(sheets, tmp_path)) == {(name, cell)}


def test_training_with_a_written_review_is_told_only_that_it_has_none(tmp_path: Path) -> None:
    sheets = full_plan()
    put(sheets, "컨설팅", "E3", "2019-07-19")
    assert set(problems(sheets, tmp_path)) == {("컨설팅", "E3")}


def at_once(sheets: Sheets, second: str = "7001") -> Sheets:
    """A second slot that begins before the first one ends."""
    put(sheets, SLOTS, "E3", "2019-08-05 10:00")
    put(sheets, SLOTS, "F3", "2019-08-05 10:40")
    put(sheets, SLOTS, "J3", second)
    return sheets


def test_a_consultant_is_not_in_two_slots_at_once(tmp_path: Path) -> None:
    found = problems(at_once(full_plan()), tmp_path)
    assert set(found) == {(SLOTS, "J3")}
    assert "8. 5.(월) 09:30에 시작하는 일정 0805-1과 시간이 겹칩니다" in found[SLOTS, "J3"]


def test_neither_is_who_comes_for_the_evaluation_office(tmp_path: Path) -> None:
    sheets = full_plan()
    put(sheets, "사람", "H10", "")
    at_once(sheets, "7002")
    put(sheets, SLOTS, "K3", "3001")
    assert set(problems(sheets, tmp_path)) == {(SLOTS, "K3")}


@pytest.mark.parametrize(("cell", "value"), [("E3", "2019-08-05 10:10"), ("L3", "취소"), ("L2", "취소")])
def test_slots_that_only_touch_and_cancelled_ones_do_not_overlap(
    tmp_path: Path, cell: str, value: str
) -> None:
    sheets = at_once(full_plan())
    put(sheets, SLOTS, cell, value)
    assert problems(sheets, tmp_path) == {}


def test_neither_does_one_that_was_cancelled_in_chat(city: Database, tmp_path: Path) -> None:
    with city.write() as session:
        slot_of(session, "0805-1").state = SlotState.CANCELLED
    with city.read() as session:
        assert problems(at_once(full_plan()), tmp_path, session) == {}
        assert problems(only_slot("2019-08-05 09:00", "2019-08-05 10:00"), tmp_path, session) == {}


def test_what_is_wrong_with_a_slot_itself_is_said_once(tmp_path: Path) -> None:
    sheets = at_once(full_plan())
    put(sheets, SLOTS, "K3", "7001")
    assert set(problems(sheets, tmp_path)) == {(SLOTS, "J3"), (SLOTS, "K3")}
    sheets = at_once(full_plan())
    put(sheets, SLOTS, "F3", "2019-08-05 09:00")
    assert set(problems(sheets, tmp_path)) == {(SLOTS, "F3")}


def test_a_long_slot_overlaps_all_that_lie_within_it(tmp_path: Path) -> None:
    sheets = full_plan()
    put(sheets, SLOTS, "F2", "2019-08-05 18:00")
    for number, hour in ((5, 11), (6, 13)):
        sheets[SLOTS].append(
            ["2019", "ADJ", f"x{hour}", "", f"2019-08-05 {hour}:00", f"2019-08-05 {hour}:40"]
        )
        put(sheets, SLOTS, f"J{number}", "7001")
    assert set(problems(sheets, tmp_path)) == {(SLOTS, "J5"), (SLOTS, "J6")}


def only_slot(starts: str, ends: str) -> Sheets:
    """A file that knows of one slot of 7001 and of nothing else."""
    sheets = {name: rows[:1] for name, rows in small_plan().items()}
    row = {
        "성과주기": "2019",
        "프로그램": "ADJ",
        "코드": "x",
        "시작": starts,
        "종료": ends,
        "컨설턴트": "7001",
    }
    return sheets | {SLOTS: sheet(SLOTS, [row])}


def test_slots_of_the_file_may_not_overlap_those_that_stand(city: Database, tmp_path: Path) -> None:
    with city.read() as session:
        found = problems(only_slot("2019-08-05 09:00", "2019-08-05 18:00"), tmp_path, session)
        assert set(found) == {(SLOTS, "J2")}
        assert problems(only_slot("2019-08-05 09:00", "2019-08-05 09:30"), tmp_path, session) == {}


def test_a_cell_is_complained_of_once_however_many_slots_it_overlaps(city: Database, tmp_path: Path) -> None:
    with city.write() as session:
        slot = slot_of(session, "0806-1")
        slot.starts_at, slot.ends_at = AUGUST_5.replace(hour=2), AUGUST_5.replace(hour=3)
        slot.consultant_id = slot_of(session, "0805-1").consultant_id
    with city.read() as session:
        found = problems(only_slot("2019-08-05 09:00", "2019-08-05 18:00"), tmp_path, session)
        assert set(found) == {(SLOTS, "J2")}


def test_nor_those_of_another_cycle(city: Database, tmp_path: Path) -> None:
    with city.write() as session:
        cycle = session.exec(select(Cycle)).one()
        later = cycle.model_copy(update={"id": None, "code": "2020"})
        session.add(later := Cycle(**later.model_dump()))
        session.flush()
        programme = Programme(cycle_id=later.id or 0, code="Y", name="이듬해", kind=ProgrammeKind.MEETING)
        session.add(programme)
        session.flush()
        slot = slot_of(session, "0805-1")
        slot.programme_id = programme.id or 0
    with city.read() as session:
        found = problems(only_slot("2019-08-05 09:00", "2019-08-05 10:00"), tmp_path, session)
        assert set(found) == {(SLOTS, "J2")}
    with city.write() as session:
        slot_of(session, "0805-1").state = SlotState.CANCELLED
    with city.read() as session:
        assert problems(only_slot("2019-08-05 09:00", "2019-08-05 10:00"), tmp_path, session) == {}


def test_a_slot_that_the_file_moves_leaves_its_old_time_free(city: Database, tmp_path: Path) -> None:
    sheets = at_once(full_plan())
    put(sheets, SLOTS, "E2", "2019-08-05 14:00")
    put(sheets, SLOTS, "F2", "2019-08-05 14:40")
    with city.read() as session:
        assert problems(sheets, tmp_path, session) == {}


def test_while_a_code_is_unread_no_stored_slot_is_held_against_the_file(
    city: Database, tmp_path: Path
) -> None:
    sheets = full_plan()
    put(sheets, SLOTS, "C2", "보이지\u200b않는")
    with city.read() as session:
        assert set(problems(sheets, tmp_path, session)) == {(SLOTS, "C2")}


def test_roles_given_before_count_for_who_is_not_in_the_file(city: Database, tmp_path: Path) -> None:
    with city.write() as session:
        person = session.exec(select(Person).where(Person.code == "7001")).one()
        session.exec(select(RoleHeld).where(RoleHeld.person_id == person.id)).one().role = Role.RATER
    with city.read() as session:
        found = problems(only_slot("2019-08-05 11:00", "2019-08-05 12:00"), tmp_path, session)
        assert "7001은 컨설턴트가 아닙니다" in found[SLOTS, "J2"]


def test_roles_of_who_is_in_the_file_are_those_of_the_file(city: Database, tmp_path: Path) -> None:
    sheets = full_plan()
    put(sheets, "사람", "E9", "평가위원")
    with city.read() as session:
        assert set(problems(sheets, tmp_path, session)) == {(SLOTS, "J2")}


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("E2", "2019-08-05 09:40", "‘8. 5.(월) 09:30’ 그대로 두고"),
        ("F2", "2019-08-05 10:00", "채팅에서 바꿔 주세요"),
        ("G2", "별관", "‘본관 회의실’ 그대로"),
        ("H2", "https://meet.example", "‘빈칸’ 그대로"),
        ("J4", "7001", "‘빈칸’ 그대로 두고, 바꾸려면 채팅에서 취소한 뒤"),
        ("K2", "", "‘3001’ 그대로"),
        ("L2", "취소", "채팅에서 취소해 주세요"),
        ("L4", "취소", "채팅에서 취소해 주세요"),
        ("I4", 39, "40번째 자리까지"),
    ],
)
def test_what_was_booked_is_changed_in_chat_where_people_are_told(
    booked: Database, tmp_path: Path, cell: str, value: object, words: str
) -> None:
    sheets = full_plan()
    put(sheets, SLOTS, cell, value)
    with booked.read() as session:
        found = problems(sheets, tmp_path, session)
        assert set(found) == {(SLOTS, cell)}
        assert words in found[SLOTS, cell]


@pytest.mark.parametrize("cell", ["E2", "F2", "G2", "I4", "L2"])
def test_nor_is_a_booked_slot_complained_of_while_a_cell_is_unread(
    booked: Database, tmp_path: Path, cell: str
) -> None:
    sheets = full_plan()
    put(sheets, SLOTS, cell, "보이지\u200b않는")
    with booked.read() as session:
        assert set(problems(sheets, tmp_path, session)) == {(SLOTS, cell)}


def test_the_rest_of_a_booked_slot_and_others_may_change(booked: Database, tmp_path: Path) -> None:
    sheets = full_plan()
    for cell, value in (("D2", "첫 컨설팅"), ("I4", 40), ("L3", "취소"), ("E3", "2019-08-06 09:00")):
        put(sheets, SLOTS, cell, value)
    with booked.read() as session:
        assert problems(sheets, tmp_path, session) == {}


@pytest.mark.postgres
def test_an_import_waits_for_who_is_just_booking(postgres_database: Database, tmp_path: Path) -> None:
    bring(postgres_database, full_plan(), tmp_path)
    sheets = full_plan()
    put(sheets, SLOTS, "E2", "2019-08-05 09:20")
    with ThreadPoolExecutor(1) as elsewhere:
        with postgres_database.write() as session:
            one_at_a_time(session)
            book(session, slot_of(session, "0805-1"), 1)
            session.flush()
            importing = elsewhere.submit(bring, postgres_database, sheets, tmp_path)
            assert not wait([importing], timeout=0.5).done
        with pytest.raises(PlanRejected):
            importing.result()


def test_a_seat_that_was_given_up_holds_nothing(booked: Database, tmp_path: Path) -> None:
    with booked.write() as session:
        for booking in session.exec(select(Booking)):
            booking.seat = booking.holder = None
    sheets = full_plan()
    put(sheets, SLOTS, "E2", "2019-08-05 09:00")
    put(sheets, SLOTS, "L4", "취소")
    put(sheets, "컨설팅", "D3", "회의")
    assert len(told(bring(booked, sheets, tmp_path))) == 3


def test_what_is_cancelled_already_may_be_called_so(booked: Database, tmp_path: Path) -> None:
    with booked.write() as session:
        slot_of(session, "0805-1").state = SlotState.CANCELLED
    sheets = full_plan()
    put(sheets, SLOTS, "L2", "취소")
    assert bring(booked, sheets, tmp_path).nothing


def test_a_programme_that_is_booked_stays_what_it_is(booked: Database, tmp_path: Path) -> None:
    sheets = full_plan()
    put(sheets, "컨설팅", "D3", "회의")
    put(sheets, "컨설팅", "D4", "교육")
    with booked.read() as session:
        found = problems(sheets, tmp_path, session)
        assert set(found) == {("컨설팅", "D3")}
        assert "이미 신청을 받은 프로그램" in found["컨설팅", "D3"]
