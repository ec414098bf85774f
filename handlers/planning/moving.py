"""Ordering a move: whose indicators, which ones, to which department, to whom, from which day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from handlers.dialogue.answers import Answer, Filled, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField, TextField
from handlers.dialogue.screens import Badge, Button, Choice, Form, Go, Menu, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.planning.moved import tell_of_moves
from handlers.planning.place import PLANS
from models.asking import asked_in
from models.clock import local_day
from models.organization import Department, Person, Role, RoleHeld, in_force, is_here
from models.plan import Cycle, Indicator, Period, PeriodState
from models.planning.moves import Handover, move_indicators
from models.submission.table import HANDED_IN, Submission
from models.words import Phrase, Refusal, say

_BACK = timedelta(days=90)
"""So many days a move may be entered late."""


def show_departments(talk: Talk, _data: Data) -> Screen:
    """The departments that have indicators in cycles that are not over."""
    _must_oversee(talk)
    query = (
        sa.select(Department, Cycle, sa.func.count(col(Indicator.id)))
        .join(Indicator, col(Indicator.department_id) == col(Department.id))
        .join(Cycle, col(Cycle.id) == col(Indicator.cycle_id))
        .where(col(Cycle.ends_on) >= talk.today, col(Indicator.ends_on).is_(None))
        .group_by(col(Department.id), col(Cycle.id))
        .order_by(col(Cycle.starts_on), col(Cycle.id), col(Department.position), col(Department.id))
    )
    choices = [
        Choice(
            department.name,
            Go("plan.move_what", {"cycle": cycle.id, "department": department.id, "chosen": []}),
            say("{cycle} · 지표 {count}개", cycle=cycle.name, count=count),
        )
        for department, cycle, count in talk.session.execute(query)
    ]
    told = lines(Bold(say("지표 이관")), say("어느 부서의 지표를 옮기는지 선택해 주세요."))
    return Menu(told, choices, buttons=[PLANS])


def show_indicators(talk: Talk, data: Data) -> Screen:
    """The indicators of the department; those chosen are marked."""
    _must_oversee(talk)
    chosen = set(data["chosen"])
    indicators = _indicators(talk, data)
    mark = Badge(say("선택됨"), Tone.GOOD)
    choices = [
        Choice(
            one.name,
            Press("toggle", {"indicator": one.id}),
            say("{code} · 가중치 {weight}점", code=one.code, weight=one.weight),
            mark if one.id in chosen else None,
        )
        for one in indicators
    ]
    buttons = [Button(say("모두 선택"), Press("all")), PLANS]
    if chosen:
        onward = Button(say("{count}개 옮기기", count=len(chosen)), Press("go"), Style.PRIMARY)
        buttons.insert(0, onward)
    department = talk.session.get_one(Department, data["department"])
    title = say("{department} 지표 이관", department=department.name)
    return Menu(lines(Bold(title), say("옮길 지표를 선택해 주세요.")), choices, buttons=buttons)


def take_indicators(talk: Talk, data: Data, answer: Answer) -> Go:
    """Marks an indicator or takes the mark off; with what is marked on to the next question."""
    if not isinstance(answer, Pressed):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    chosen = list(data["chosen"])
    match answer.action:
        case "toggle":
            one = answer.args["indicator"]
            chosen = [key for key in chosen if key != one] if one in chosen else [*chosen, one]
        case "all":
            chosen = [one.id for one in _indicators(talk, data)]
        case "go":
            return Go("plan.move_to", dict(data))
    return Go("plan.move_what", {**data, "chosen": chosen})


def show_targets(talk: Talk, data: Data) -> Screen:
    """The departments they may go to."""
    _must_oversee(talk)
    query = select(Department).where(
        Department.id != data["department"],
        col(Department.ends_on).is_(None) | (col(Department.ends_on) > talk.today),
    )
    choices = [
        Choice(one.name, Go("plan.move_officer", {**data, "to": one.id}))
        for one in talk.session.exec(query.order_by(col(Department.position), col(Department.id)))
    ]
    told = lines(Bold(_what(talk, data)), say("어느 부서로 옮기는지 선택해 주세요."))
    return Menu(told, choices, buttons=[PLANS])


def show_officers(talk: Talk, data: Data) -> Screen:
    """Who may report from then on: the officers of the department, or any of them."""
    _must_oversee(talk)
    to = talk.session.get_one(Department, data["to"])
    query = (
        select(Person)
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .where(col(RoleHeld.role) == Role.OFFICER, RoleHeld.department_id == to.id)
        .where(in_force(talk.today), is_here(talk.today))
        .order_by(col(Person.name), col(Person.id))
    )
    choices = [
        Choice(say("{name}", name=one.name), Go("plan.move_when", {**data, "officer": one.id}), one.title)
        for one in talk.session.exec(query)
    ]
    anybody = Choice(
        say("지정하지 않음"), Go("plan.move_when", {**data, "officer": None}), say("부서 담당자 누구나")
    )
    told = lines(
        Bold(_what(talk, data)), say("{department}의 누가 보고하는지 선택해 주세요.", department=to.name)
    )
    return Menu(told, [*choices, anybody], buttons=[PLANS])


def show_form(talk: Talk, data: Data) -> Screen:
    """From which day on, and why."""
    _must_oversee(talk)
    to = talk.session.get_one(Department, data["to"])
    day = say("이날부터 새 부서의 지표입니다. 지난 날을 적으면 바로 옮깁니다. 예: 2019-07-15")
    told = [say("{what} → {department}", what=_what(talk, data), department=to.name)]
    if count := _open_reports(talk, data["chosen"]):
        told.append(
            say(
                "이미 끝난 기간에 아직 보고하지 않은 실적이 {count}건 있습니다. 옮기면 새 부서가 보고합니다.",
                count=count,
            )
        )
    return Form(
        title=say("지표 이관"),
        text=lines(*told),
        fields=[
            DateField("day", say("이관일"), day, earliest=talk.today - _BACK),
            TextField("reason", say("사유"), say("예: 2019. 7. 15. 조직개편"), longest=500),
        ],
        cancel=Go("plan.home"),
    )


def take_form(talk: Talk, data: Data, answer: Answer) -> Go:
    """Orders the move, or does it where the day has come, and tells everybody concerned."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    day = local_day(answer.values["day"])
    done = move_indicators(
        talk.session, talk.doer, data["chosen"], data["to"], day, data["officer"], answer.values["reason"]
    )
    tell_of_moves(talk, done)
    return _seen(done)


def _seen(done: Sequence[Handover]) -> Go:
    return Go("plan.moved", {"moves": [move.id for one in done for move in one.moves]})


def _must_oversee(talk: Talk) -> None:
    if not (talk.standing.has(Role.ADMINISTRATOR) or talk.standing.has(Role.EVALUATOR)):
        raise Refusal("관리자와 평가자만 지표를 이관할 수 있습니다. 필요하면 관리자에게 요청해 주세요.")


def _indicators(talk: Talk, data: Data) -> Sequence[Indicator]:
    query = select(Indicator).where(
        Indicator.cycle_id == data["cycle"],
        Indicator.department_id == data["department"],
        col(Indicator.ends_on).is_(None),
    )
    return talk.session.exec(query.order_by(col(Indicator.position), col(Indicator.id))).all()


def _what(talk: Talk, data: Data) -> Phrase:
    """`민원처리율 외 2개`."""
    first = talk.session.get_one(Indicator, data["chosen"][0]).name
    more = len(data["chosen"]) - 1
    return say("{name} 외 {count}개", name=first, count=more) if more else say("{name}", name=first)


def _open_reports(talk: Talk, chosen: Sequence[int]) -> int:
    """Reports of these indicators, for periods that are over and open, that were not handed in."""
    handed_in = sa.exists().where(
        col(Submission.indicator_id) == col(Indicator.id),
        col(Submission.period_id) == col(Period.id),
        col(Submission.state).in_(HANDED_IN),
    )
    query = (
        sa.select(sa.func.count())
        .select_from(Indicator)
        .join(Period, col(Period.cycle_id) == col(Indicator.cycle_id))
        .where(col(Indicator.id).in_(chosen), col(Period.ends_on) < talk.today)
        .where(col(Period.state) == PeriodState.OPEN, asked_in(col(Period.code)), ~handed_in)
    )
    return int(talk.session.execute(query).scalar_one())
