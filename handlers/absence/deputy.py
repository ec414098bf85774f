"""Naming who stands in: for oneself, or by a team lead for somebody of their department."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, or_, select

from handlers.absence.days import as_data, as_days
from handlers.absence.told import tell_of_deputy
from handlers.dialogue.answers import Answer, Filled, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField
from handlers.dialogue.screens import Badge, Choice, Form, Go, Menu, Notice, Press, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, name_of
from models.absence import candidates, leaves_of, may_name_deputy, name_deputy
from models.clock import local_day
from models.organization import Department, Person, Role, is_here
from models.reminding.circle import Circle
from models.words import Phrase, Refusal, say


def show_people(talk: Talk, _data: Data) -> Screen:
    """Everybody of the lead's departments, who is away first."""
    paths = [held.path for held in talk.standing.holdings if held.role is Role.TEAM_LEAD]
    if not paths:
        return Notice(lines(say("부서원의 대결자는 팀장이 지정합니다.")), buttons=[HOME])
    circle = Circle.on(talk.session, talk.today)
    under = or_(*(col(Department.path).startswith(path, autoescape=True) for path in paths))
    rows = talk.session.exec(
        select(Person, Department)
        .join(Department, col(Department.id) == col(Person.department_id))
        .where(under, is_here(talk.today), Person.id != talk.person_id)
        .order_by(col(Department.position), col(Person.name), col(Person.id))
    ).all()
    choices = [
        Choice(
            person.name,
            Go("absence.deputy", {"person": person.id}),
            (place.name, *_deputies(talk, circle.deputies.get(person.id or 0, ()))),
            _away(circle.away.get(person.id or 0)),
        )
        for person, place in sorted(rows, key=lambda row: row[0].id not in circle.away)
    ]
    return Menu(lines(Bold(say("누구의 대결자를 지정할까요?"))), choices, buttons=[HOME])


def show(talk: Talk, data: Data) -> Screen:
    """Asks until when, unless the person's absence says so; then for who stands in."""
    may_name_deputy(talk.session, talk.doer, data["person"])
    name = name_of(talk.session, data["person"])
    days = _days(talk, data)
    if days is None:
        until = DateField(
            "until",
            say("마지막 날"),
            say("오늘부터 이날까지 대결합니다. 예: {day}", day=talk.today.isoformat()),
            talk.today,
        )
        return Form(say("{name} 님의 대결자 지정", name=name), (), [until], cancel=Go("absence.home"))
    starts, ends = days
    choices = [
        Choice(one.name, Press("name", {"deputy": one.id, **as_data(starts, ends)}), one.title)
        for one in candidates(talk.session, data["person"], starts, ends)
    ]
    told: list[Line] = [
        Bold(say("{name} 님의 대결자를 선택해 주세요.", name=name)),
        say("기간: {start} ~ {end}", start=starts, end=ends),
    ]
    if not choices:
        told.append(say("그 기간에 대결할 수 있는 부서원이 없습니다."))
    return Menu(lines(*told), choices, buttons=[HOME])


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Names the deputy and tells them, and whom they stand in for."""
    person_id = data["person"]
    if isinstance(answer, Filled):
        days = as_data(talk.today, local_day(answer.values["until"]))
        return Go("absence.deputy", {"person": person_id, **days})
    if not isinstance(answer, Pressed) or answer.action != "name":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    starts, ends = as_days(dict(answer.args))
    held = name_deputy(talk.session, talk.doer, person_id, answer.args["deputy"], starts, ends)
    tell_of_deputy(talk, held)
    for leave in leaves_of(talk.session, person_id, talk.today):
        talk.changed(f"leave:{leave.id}")
    return Go("absence.deputised", {"held": held.id})


def _days(talk: Talk, data: Data) -> tuple[date, date] | None:
    """The days that were chosen, or what is left of an absence that has begun."""
    if "until" in data:
        return as_days(data)
    leaves = leaves_of(talk.session, data["person"], talk.today)
    now = next((one for one in leaves if one.starts_on <= talk.today), None)
    return (talk.today, now.ends_on) if now else None


def _deputies(talk: Talk, people: Iterable[int]) -> list[Phrase | str]:
    named = (say("대결 {name}", name=name_of(talk.session, one)) for one in people)
    return [span for phrase in named for span in (" · ", phrase)]


def _away(until: date | None) -> Badge | None:
    return Badge(say("부재 중 ~{until}", until=until), Tone.WAITING) if until else None
