"""One message with everything a person is reminded of now; drawn as things stand when it leaves."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.reminders.lines import Item, items_of, line_of
from models.clock import SEOUL
from models.reminding.circle import Circle
from models.reminding.gathering import reminders_in, still_due
from models.reminding.snooze import latest_snooze, snooze
from models.reminding.table import Digest
from models.words import Refusal, say

_MOST_TOLD = 10
_MOST_BUTTONS = 3
_HOUR = timedelta(hours=1)
_MORNING = time(9, 0)


def show(talk: Talk, data: Data) -> Screen:
    """What is still to be done of what the digest gathered; Refusal where nothing is."""
    items = _items(talk, data["digest"])
    if not items:
        raise Refusal("알려 드릴 일이 모두 처리되었습니다.")
    late = sum(item.is_late for item in items)
    title = say("챙기실 일이 {count}건 있습니다.", count=len(items))
    if late:
        title = say(
            "챙기실 일이 {count}건 있습니다. {late}건은 기한이 지났습니다.", count=len(items), late=late
        )
    told: list[Line] = [Bold(title)]
    told += [(say("• {name}", name=item.name), " — ", *line_of(item)) for item in items[:_MOST_TOLD]]
    if len(items) > _MOST_TOLD:
        told.append(say("외 {count}건", count=len(items) - _MOST_TOLD))
    return Notice(
        lines(*told),
        buttons=[*_doing(items), *_snoozing(talk, data["digest"])],
        tone=Tone.WARNING if late else Tone.NEUTRAL,
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Puts it off: what is still to be done comes back then."""
    if not isinstance(answer, Pressed) or answer.action != "snooze":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    until = _in_an_hour(talk) if answer.args["until"] == "hour" else _tomorrow(talk)
    snooze(talk.session, talk.now, talk.person_id, data["digest"], until)
    talk.toast(say("{at}에 다시 알려 드리겠습니다.", at=until))
    return Go("account.home")


def may_leave(talk: Talk, data: Data) -> bool:
    """It is its reader's, and there is something left to say."""
    digest = talk.session.get(Digest, data["digest"])
    return digest is not None and digest.person_id == talk.person_id


def _items(talk: Talk, digest_id: int) -> list[Item]:
    circle = Circle.on(talk.session, talk.today)
    duties = still_due(talk.session, circle, talk.now, reminders_in(talk.session, digest_id))
    return items_of(talk, duties)


def _doing(items: list[Item]) -> list[Button]:
    """What to do next: the one thing itself, or the first of several and the list of all."""
    if len(items) == 1:
        return [Button(items[0].does, items[0].to, Style.PRIMARY)]
    first = [Button(say("{does}: {name}", does=item.does, name=item.name), item.to) for item in items]
    return [
        *first[:_MOST_BUTTONS],
        Button(say("모두 보기"), Go("reminders.list"), Style.PRIMARY),
    ]


def _snoozing(talk: Talk, digest_id: int) -> list[Button]:
    """Only what does not pass a deadline is offered."""
    latest = latest_snooze(talk.session, talk.now, digest_id)
    buttons = []
    if _in_an_hour(talk) < latest:
        buttons.append(Button(say("1시간 뒤"), Press("snooze", {"until": "hour"})))
    if _tomorrow(talk) < latest:
        buttons.append(Button(say("내일 9시"), Press("snooze", {"until": "morning"})))
    return buttons


def _in_an_hour(talk: Talk) -> datetime:
    return talk.now + _HOUR


def _tomorrow(talk: Talk) -> datetime:
    return datetime.combine(talk.today + timedelta(days=1), _MORNING, SEOUL)
