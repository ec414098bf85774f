"""Calendar files: what stands in them, and that others can read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar

from models.consultation.appointment import Appointment, Attendant
from reports.calendar import calendar_file

NOW = datetime(2019, 7, 8, 0, 0, tzinfo=UTC)
STARTS = datetime(2019, 7, 15, 5, 0, tzinfo=UTC)
LONG = "부서별 성과지표의 연계성, 산식, 목표치의 적합성과 도전성을 살펴보는 1:1 컨설팅; 자료 지참\n역슬래시 \\ 끝"
ASKED = Appointment(
    uid="a1@bogobot",
    sequence=3,
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=40),
    summary="성과지표 컨설팅, 총무과",
    description=LONG,
    place="별관 3층; 소회의실",
    link="https://meet.hanbit.go.kr/a?b=1,2",
    organizer=Attendant("한연구", "han@expert.example.kr", is_chair=True),
    attendants=[Attendant('김 "주무", 총무과', "kim@hanbit.go.kr"), Attendant("정평가")],
)


def event_in(file: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    return event


def test_what_is_read_back_is_what_was_said() -> None:
    calendar = icalendar.Calendar.from_ical(calendar_file(ASKED, NOW))
    event = event_in(calendar_file(ASKED, NOW))

    assert (calendar["METHOD"], calendar["VERSION"], calendar["PRODID"]) == (
        "REQUEST",
        "2.0",
        "-//Bogobot//Bogobot 1//KO",
    )
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("a1@bogobot", 3, "CONFIRMED")
    assert event["DTSTART"].dt == STARTS and event["DTEND"].dt == STARTS + timedelta(minutes=40)
    assert event["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert event["DTSTAMP"].dt == NOW
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (ASKED.summary, LONG)
    assert (event["LOCATION"], event["URL"]) == (ASKED.place, ASKED.link)


def test_the_local_time_stands_in_the_file_with_its_zone() -> None:
    text = calendar_file(ASKED, NOW).decode()

    assert "DTSTART;TZID=Asia/Seoul:20190715T140000\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Seoul\r\n" in text and "TZOFFSETTO:+0900\r\n" in text
    assert "DTSTAMP:20190708T000000Z\r\n" in text


def test_lines_are_folded_between_letters_and_end_as_the_standard_says() -> None:
    file = calendar_file(ASKED, NOW)

    lines = file.split(b"\r\n")
    assert lines[-1] == b"" and max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines)
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert any(line.startswith(b" ") for line in lines)


def test_signs_that_mean_something_are_escaped() -> None:
    text = calendar_file(ASKED, NOW).decode().replace("\r\n ", "")

    assert "SUMMARY:성과지표 컨설팅\\, 총무과\r\n" in text
    assert "LOCATION:별관 3층\\; 소회의실\r\n" in text
    assert "자료 지참\\n역슬래시 \\\\ 끝\r\n" in text


def test_people_with_addresses_are_named_with_their_part() -> None:
    event = event_in(calendar_file(ASKED, NOW))

    organizer, attendee = event["ORGANIZER"], event["ATTENDEE"]
    assert (organizer, organizer.params["CN"]) == ("mailto:han@expert.example.kr", "한연구")
    assert (attendee, attendee.params["CN"]) == ("mailto:kim@hanbit.go.kr", ASKED.attendants[0].name)
    assert attendee.params["ROLE"] == "REQ-PARTICIPANT"


def test_without_an_organizers_address_nobody_is_asked_to_answer() -> None:
    event = event_in(calendar_file(replace(ASKED, organizer=Attendant("한연구")), NOW))

    assert "ORGANIZER" not in event and "ATTENDEE" not in event


def test_an_alarm_rings_half_an_hour_before() -> None:
    [alarm] = event_in(calendar_file(ASKED, NOW)).walk("VALARM")

    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-30))


def test_a_cancellation_takes_the_same_event_out() -> None:
    file = calendar_file(replace(ASKED, sequence=4, is_cancelled=True), NOW)

    assert icalendar.Calendar.from_ical(file)["METHOD"] == "CANCEL"
    event = event_in(file)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("a1@bogobot", 4, "CANCELLED")
    assert event.walk("VALARM") == []


def test_the_same_appointment_makes_the_same_bytes_but_for_the_stamp() -> None:
    later = NOW + timedelta(days=1)

    assert calendar_file(ASKED, NOW) == calendar_file(ASKED, NOW)
    stamped = calendar_file(ASKED, later).replace(b"20190709T000000Z", b"20190708T000000Z")
    assert stamped == calendar_file(ASKED, NOW)


def test_an_address_cannot_begin_a_line_of_its_own() -> None:
    file = calendar_file(replace(ASKED, link="https://a.kr\r\nATTENDEE:mailto:x@y.kr"), NOW)

    assert b"\r\nATTENDEE:mailto:x@y.kr" not in file
    assert event_in(file)["URL"].startswith("https://a.kr")
