"""A consultant makes slots: from one day through another, between two times, so long each."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from handlers.consultation.telling import tell_offers
from handlers.consultation.words import HOME, cannot
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import ChoiceField, DateField, NumberField, Option, TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from models.clock import local_day
from models.consultation.programme import Programme
from models.consultation.reading import part_in
from models.consultation.slots import Hours, Where, make_slots
from models.organization import Person, Role
from models.reminding.circle import Circle
from models.words import Refusal, say

_ONE = r"(\d{1,2})(?::(\d{2})|시(?:\s*(\d{1,2})분)?)"
_TIME = re.compile(_ONE)
_SPAN = re.compile(rf"{_ONE}\s*[~\-–]\s*{_ONE}")
_MOST_DAYS = 31


def show(talk: Talk, data: Data) -> Screen:
    """What there is to say about the slots."""
    programme = _programme(talk, data)
    tomorrow = talk.working_days.add(talk.today, 1)
    return Form(
        title=say("일정 만들기: {programme}", programme=programme.name),
        text=lines(say("적으신 기간의 근무일마다 같은 시간표로 만듭니다.")),
        fields=[
            DateField("first", say("첫날"), say("예: {day}", day=tomorrow.isoformat()), earliest=talk.today),
            DateField(
                "last",
                say("마지막 날"),
                say("하루만 여시면 '하루만'을 눌러 주세요."),
                earliest=talk.today,
                required=False,
                skip=say("하루만"),
            ),
            TextField("hours", say("시간"), say("시작과 끝을 적어 주세요. 예: 09:00~12:00"), longest=20),
            NumberField("length", say("한 번의 길이"), say("한 번에 몇 분씩 진행합니까? 예: 40"), unit="분"),
            NumberField("break", say("쉬는 시간"), say("사이에 몇 분을 쉴까요? 없으면 0"), unit="분"),
            TextField(
                "place", say("장소"), say("예: 별관 3층 소회의실"), 120, required=False, skip=say("장소 없음")
            ),
            TextField(
                "link",
                say("접속 주소"),
                say("온라인으로 하시면 주소를 붙여 주세요."),
                300,
                required=False,
                skip=say("온라인 아님"),
            ),
            *_office(talk),
        ],
        cancel=Go("consultation.schedule", {"programme": programme.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Makes them all, or says why one cannot be."""
    if not isinstance(answer, Filled):
        raise cannot()
    values = answer.values
    first = local_day(values["first"])
    last = local_day(values["last"]) if values["last"] else first
    start, end = read_span(values["hours"])
    hours = Hours(start, end, _minutes(values["length"]), _minutes(values["break"]))
    office = int(values["office"]) if values.get("office") else None
    where = Where(values["place"], values["link"], office)
    days = _working_days(talk, first, last)
    made = make_slots(talk.session, talk.doer, data["programme"], days, hours, where)
    tell_offers(talk)
    return Go("consultation.made", {"programme": data["programme"], "count": len(made), "days": len(days)})


def show_made(talk: Talk, data: Data) -> Screen:
    """How many there are now."""
    programme = talk.session.get_one(Programme, data["programme"])
    told = say("{days}일에 걸쳐 일정 {count}개를 만들었습니다.", days=data["days"], count=data["count"])
    schedule = Go("consultation.schedule", {"programme": programme.id})
    return Notice(
        lines(Bold(programme.name), told, say("부서에서 바로 예약할 수 있습니다.")),
        buttons=[Button(say("맡은 일정"), schedule, Style.PRIMARY), HOME],
        tone=Tone.GOOD,
    )


def read_span(text: str) -> tuple[time, time]:
    """Two times written as `09:00~12:00` or `9시~11시 50분`."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Refusal("시간을 알아볼 수 없습니다. 09:00~12:00처럼 적어 주세요.")
    return _time(found[1], found[2] or found[3]), _time(found[4], found[5] or found[6])


def read_time(text: str) -> time:
    """One time written as `14:00` or `14시`."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Refusal("시각을 알아볼 수 없습니다. 14:00처럼 적어 주세요.")
    return _time(found[1], found[2] or found[3])


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise Refusal("없는 시각입니다. 09:00처럼 적어 주세요.") from None


def _minutes(value: object) -> int:
    minutes = int(str(value)) if str(value).isdigit() else None
    if minutes is None:
        raise Refusal("분은 0 이상의 정수로 적어 주세요. 예: 40")
    return minutes


def _working_days(talk: Talk, first: date, last: date) -> list[date]:
    """The working days of the span; its first day even where it is none, so that it is refused by name."""
    if last < first or (last - first).days >= _MOST_DAYS:
        raise Refusal("마지막 날은 첫날부터 {days}일 안이어야 합니다. 날짜를 확인해 주세요.", days=_MOST_DAYS)
    later = [first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1)]
    return [first, *(day for day in later if talk.working_days.is_working(day))]


def _programme(talk: Talk, data: Data) -> Programme:
    part = part_in(talk.session, talk.doer, data["programme"])
    if not talk.standing.has(Role.CONSULTANT):
        raise Refusal("컨설턴트만 일정을 만들 수 있습니다. 역할이 필요하면 관리자에게 문의해 주세요.")
    return part.programme


def _office(talk: Talk) -> list[ChoiceField]:
    """Who could take part for the evaluation office."""
    people = Circle.on(talk.session, talk.today).everywhere(Role.EVALUATOR)
    names = [(one, talk.session.get_one(Person, one).name) for one in people if one != talk.person_id]
    if not names:
        return []
    options = [Option(str(key), say("{name}", name=name)) for key, name in names]
    hint = say("함께 참석할 평가 부서 담당자를 골라 주세요.")
    return [
        ChoiceField("office", say("평가 부서"), hint, options, required=False, skip=say("평가 부서 없이"))
    ]
