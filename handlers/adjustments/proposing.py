"""Proposing a bonus or a deduction: under which part, for whom, how many points and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handlers.adjustments.telling import tell_deciders
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import NumberField, TextField
from handlers.dialogue.screens import Button, Choice, Form, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import period_in_full
from models.plan import Cycle, PeriodState, periods_of
from models.scheme.adjusting import proposable, propose, right_to_propose
from models.scheme.adjustment_file import counted_of
from models.scheme.finding import find_subject, is_closed, name_of_subject, newest_part
from models.scheme.owning import subjects_of
from models.scheme.table import Part, Scheme, Source
from models.words import Phrase, Refusal, say

_LIST = Button(say("가감점 목록"), Go("adjustments.list"))


def show_parts(talk: Talk, _data: Data) -> Screen:
    """Which part, for the year or one of its periods that have begun."""
    choices = [
        Choice(
            say("{period} {scheme} · {part}", period=label, scheme=scheme.name, part=part.name),
            Go("adjustments.subjects", {**_about(scheme, part), "period": period}),
            _most(part),
        )
        for scheme, part in proposable(talk.session, talk.doer)
        for label, period in _periods(talk, scheme.cycle_id)
    ]
    if not choices:
        told = say("지금 가점이나 감점을 제안할 수 있는 평가가 없습니다.")
        return Notice(lines(told), buttons=[_LIST])
    return Menu(lines(Bold(say("어느 항목에 제안할까요?"))), choices, buttons=[_LIST])


def show_subjects(talk: Talk, data: Data) -> Screen:
    """For whom."""
    scheme, part = newest_part(talk.session, data["cycle"], data["scheme"], data["part"])
    choices = []
    for subject in subjects_of(talk.session, scheme.cycle_id, scheme.code):
        if right_to_propose(talk.session, talk.doer, subject, part) is None:
            continue
        confirmed = counted_of(talk.session, subject.id or 0, part.code)
        detail: Line = say("지금까지 확정 {points}점", points=confirmed) if confirmed else ""
        name = name_of_subject(talk.session, subject)
        choices.append(Choice(name, Go("adjustments.propose", {**data, "subject": subject.id}), detail))
    back = Button(say("항목 다시 선택"), Go("adjustments.parts"))
    if not choices:
        return Notice(lines(say("제안할 수 있는 대상이 없습니다.")), buttons=[back])
    title = say("{part}: 누구에게 제안할까요?", part=part.name)
    return Menu(lines(Bold(title)), choices, buttons=[back])


def show(talk: Talk, data: Data) -> Screen:
    """How many points, and why."""
    scheme, part = newest_part(talk.session, data["cycle"], data["scheme"], data["part"])
    subject = find_subject(talk.session, data["subject"])
    if right_to_propose(talk.session, talk.doer, subject, part) is None:
        raise Refusal("관리자, 평가자, 소관부서만 제안할 수 있고, 본인의 가감점은 제안할 수 없습니다.")
    name = name_of_subject(talk.session, subject)
    confirmed = counted_of(talk.session, data["subject"], part.code)
    told: list[Line] = [say("{scheme} · {part}", scheme=scheme.name, part=part.name), _most(part)]
    told.append(say("지금까지 확정 {points}점", points=confirmed))
    if part.points is not None:
        told.append(say("한도를 넘게 확정할 수는 있지만 한도까지만 반영됩니다."))
    is_deduction = part.source is Source.DEDUCTION
    hint = (
        say("뺄 점수를 부호 없이 적어 주세요. 예: 0.5")
        if is_deduction
        else say("더할 점수를 적어 주세요. 예: 0.5")
    )
    reason = say("근거(수상, 지적 사항, 문서번호 등)를 적어 주세요. 대상에게 그대로 통보됩니다.")
    return Form(
        title=say("{kind} 제안: {name}", kind=say("감점") if is_deduction else say("가점"), name=name),
        text=lines(*told),
        fields=[
            NumberField("points", say("점수"), hint, unit="점", check=_above_none),
            TextField("reason", say("사유"), reason),
        ],
        cancel=Go("adjustments.subjects", {key: data[key] for key in ("cycle", "scheme", "part", "period")}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Proposes it, and puts it before those who decide."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    given = answer.values
    opened = propose(
        talk.session,
        talk.doer,
        data["subject"],
        data["part"],
        data["period"],
        given["points"],
        given["reason"],
    )
    tell_deciders(talk, opened)
    return Go("adjustments.done", {"adjustment": opened.id})


def _about(scheme: Scheme, part: Part) -> dict[str, Any]:
    return {"cycle": scheme.cycle_id, "scheme": scheme.code, "part": part.code}


def _periods(talk: Talk, cycle_id: int) -> list[tuple[Phrase, int | None]]:
    """The year and the open periods that have begun."""
    periods = periods_of(talk.session, cycle_id)
    cycle = talk.session.get_one(Cycle, cycle_id)
    found: list[tuple[Phrase, int | None]] = [
        (period_in_full(talk.session, one), one.id)
        for one in periods
        if one.state is PeriodState.OPEN and one.starts_on <= talk.today
    ]
    return found if is_closed(periods, None) else [(say("{cycle} 연간", cycle=cycle.name), None), *found]


def _most(part: Part) -> Phrase:
    return say("한도 없음") if part.points is None else say("최대 {most}점", most=part.points)


def _above_none(points: Decimal) -> None:
    if points <= 0:
        raise Refusal("점수를 0보다 크게 적어 주세요. 감점도 빼는 만큼 적습니다. 예: 0.5")
