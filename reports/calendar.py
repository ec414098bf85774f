"""Calendar files (.ics, RFC 5545): an appointment to be put into a calendar, changed in it, or taken out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from models.clock import SEOUL
from models.consultation.appointment import Appointment, Attendant

_PRODUCT = "-//Bogobot//Bogobot 1//KO"
_BEFORE = timedelta(minutes=30)


def calendar_file(appointment: Appointment, now: datetime) -> bytes:
    """The file's bytes: the same for the same appointment but for DTSTAMP, which is `now`.

    A cancelled one takes the appointment out of the calendar that holds it (RFC 5546, METHOD:CANCEL).
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "REQUEST")
    calendar.add_component(_zone())
    calendar.add_component(_event(appointment, now))
    return bytes(calendar.to_ical(sorted=False))


def _zone() -> Timezone:
    """Asia/Seoul has been nine hours ahead all year since 1988."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Seoul")
    standard.add("dtstart", datetime(1988, 10, 9, 3))  # noqa: DTZ001 - local time, as the standard wants it
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "KST")
    zone.add_component(standard)
    return zone


def _event(appointment: Appointment, now: datetime) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(SEOUL))
    event.add("dtend", appointment.ends_at.astimezone(SEOUL))
    event.add("summary", appointment.summary)
    for name, words in (
        ("description", appointment.description),
        ("location", appointment.place or appointment.link),
        ("url", "".join(appointment.link.split())),
    ):
        if words:
            event.add(name, words)
    if appointment.organizer is not None and appointment.organizer.email:
        event.add("organizer", _address(appointment.organizer))
        for attendant in appointment.attendants:
            if attendant.email:
                event.add("attendee", _attending(attendant))
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    if not appointment.is_cancelled:
        event.add_component(_alarm(appointment.summary))
    return event


def _address(attendant: Attendant) -> vCalAddress:
    address = vCalAddress(f"mailto:{attendant.email}")
    address.params["CN"] = vText(attendant.name)
    return address


def _attending(attendant: Attendant) -> vCalAddress:
    address = _address(attendant)
    address.params["ROLE"] = vText("CHAIR" if attendant.is_chair else "REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED")
    address.params["RSVP"] = vText("FALSE")
    return address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_BEFORE)
    return alarm
