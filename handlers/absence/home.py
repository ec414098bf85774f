"""One's own absences: what is registered, and registering another with who stands in."""

from __future__ import annotations

from handlers.absence.days import as_data, as_days
from handlers.absence.told import deputies_shown, tell_of_deputy, tell_of_leave
from handlers.dialogue.answers import Answer, Filled, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField
from handlers.dialogue.screens import (
    Badge,
    Button,
    Card,
    Choice,
    Form,
    Go,
    Menu,
    Notice,
    Press,
    Screen,
    Style,
    Tone,
)
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, name_of
from models.absence import candidates, check_days, come_back, leaves_of, register
from models.clock import local_day
from models.leave import Leave
from models.organization import Role
from models.words import Phrase, Refusal, say

BACK = Button(say("부재 목록"), Go("absence.home"))


def show(talk: Talk, _data: Data) -> Screen:
    """What is registered, for whom the person stands in, and what can be done."""
    leaves = leaves_of(talk.session, talk.person_id, talk.today)
    told: list[Line] = [Bold(say("부재 · 대결"))]
    if not leaves:
        told.append(say("등록된 부재가 없습니다. 부재를 등록하시면 그동안 알림이 대결자에게 갑니다."))
    for absent in sorted(talk.standing.stood_in_for()):
        told.append(say("지금 {name} 님을 대결하고 있습니다.", name=name_of(talk.session, absent)))
    choices = [_choice(talk, leave) for leave in leaves]
    choices.append(
        Choice(say("부재 등록"), Go("absence.register"), say("휴가, 출장, 교육과 그동안의 대결자"))
    )
    if talk.standing.has(Role.TEAM_LEAD):
        detail = say("자리를 비운 부서원의 일을 맡길 사람")
        choices.append(Choice(say("부서원의 대결자 지정"), Go("absence.people"), detail))
    return Menu(lines(*told), choices, buttons=[HOME])


def show_register(talk: Talk, _data: Data) -> Screen:
    """Asks for the first day and the last."""
    day = talk.today.isoformat()
    return Form(
        title=say("부재 등록"),
        text=lines(say("부재 중에는 알림을 보내지 않습니다. 복귀 전에 기한이 지나는 일만 알려 드립니다.")),
        fields=[
            DateField("from", say("첫날"), say("자리를 비우는 첫날입니다. 예: {day}", day=day), talk.today),
            DateField(
                "until",
                say("마지막 날"),
                say("하루면 첫날과 같은 날을 적어 주세요. 예: {day}", day=day),
                talk.today,
            ),
        ],
        cancel=Go("absence.home"),
    )


def take_register(talk: Talk, _data: Data, answer: Answer) -> Go:
    """On to who stands in, if those days can be taken."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    days = local_day(answer.values["from"]), local_day(answer.values["until"])
    check_days(talk.session, talk.doer, *days)
    return Go("absence.choose", as_data(*days))


def show_choose(talk: Talk, data: Data) -> Screen:
    """Everybody who may stand in on those days."""
    starts, ends = as_days(data)
    choices = [
        Choice(one.name, Press("register", {"deputy": one.id}), one.title)
        for one in candidates(talk.session, talk.person_id, starts, ends)
    ]
    told = say("{start}부터 {end}까지의 대결자를 선택해 주세요.", start=starts, end=ends)
    if not choices:
        told = say("{start}부터 {end}까지 대결할 수 있는 부서원이 없습니다.", start=starts, end=ends)
    alone = Button(say("대결자 없이 등록"), Press("register", {"deputy": None}))
    return Menu(lines(told), choices, buttons=[alone, BACK])


def take_choose(talk: Talk, data: Data, answer: Answer) -> Go:
    """Registers it and tells whoever leads the person, and who stands in."""
    if not isinstance(answer, Pressed) or answer.action != "register":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    leave, held = register(talk.session, talk.doer, *as_days(data), answer.args["deputy"])
    if held is not None:
        tell_of_deputy(talk, held)
    tell_of_leave(talk, leave)
    talk.toast(say("부재를 등록했습니다."))
    return Go("absence.leave", {"leave": leave.id})


def show_leave(talk: Talk, data: Data) -> Screen:
    """One absence with what can still be done about it."""
    leave = talk.session.get_one(Leave, data["leave"])
    if leave.is_cancelled or leave.ends_on < talk.today:
        return Notice(lines(say("끝났거나 취소된 부재입니다.")), buttons=[BACK, HOME])
    ending = Button(say("부재 취소"), Press("end"), Style.DANGER, confirm=say("이 부재를 취소할까요?"))
    if leave.starts_on < talk.today:
        ending = Button(say("오늘부터 복귀"), Press("end"), Style.PRIMARY)
    naming = Go("absence.deputy", {"person": leave.person_id, **_from_today(talk, leave)})
    return Card(
        title=say("부재"),
        subject=f"leave:{leave.id}",
        badge=_badge(talk, leave),
        facts=[
            (say("기간"), say("{start} ~ {end}", start=leave.starts_on, end=leave.ends_on)),
            (say("대결자"), deputies_shown(talk, leave.person_id, leave.starts_on, leave.ends_on)),
        ],
        buttons=[Button(say("대결자 지정"), naming), ending, BACK],
    )


def take_leave(talk: Talk, data: Data, answer: Answer) -> Go:
    """Ends or cancels it, and tells the same people."""
    if not isinstance(answer, Pressed) or answer.action != "end":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    leave, over = come_back(talk.session, talk.doer, data["leave"])
    for held in over:
        tell_of_deputy(talk, held)
    tell_of_leave(talk, leave)
    talk.changed(f"leave:{leave.id}")
    talk.toast(_ended(leave))
    return Go("absence.home")


def may_leave(talk: Talk, data: Data) -> bool:
    """It is its reader's own."""
    return talk.session.get_one(Leave, data["leave"]).person_id == talk.person_id


def _choice(talk: Talk, leave: Leave) -> Choice:
    return Choice(
        say("{start} ~ {end}", start=leave.starts_on, end=leave.ends_on),
        Go("absence.leave", {"leave": leave.id}),
        (say("대결자"), " ", deputies_shown(talk, leave.person_id, leave.starts_on, leave.ends_on)),
        _badge(talk, leave),
    )


def _badge(talk: Talk, leave: Leave) -> Badge:
    if leave.starts_on <= talk.today:
        return Badge(say("부재 중"), Tone.WAITING)
    return Badge(say("예정"), Tone.NEUTRAL)


def _from_today(talk: Talk, leave: Leave) -> dict[str, str]:
    return as_data(max(talk.today, leave.starts_on), leave.ends_on)


def _ended(leave: Leave) -> Phrase:
    if leave.is_cancelled:
        return say("부재를 취소했습니다.")
    return say("오늘부터 복귀하신 것으로 등록했습니다.")
