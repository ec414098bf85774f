"""One message with everything a person is reminded of now; drawn as things stand when it leaves."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Press, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.reminders.lines import buttons_of, items_of, line_of
from models.clock import SEOUL
from models.reminding.duty import Duty
from models.reminding.snooze import latest_snooze, snooze
from models.reminding.table import Digest
from models.words import Refusal, say

_MOST_TOLD = 10
DEPUTY = Button(say("대결자 지정"), Go("absence.home"))
_HOUR = timedelta(hours=1)
_MORNING = time(9, 0)


def tell(talk: Talk, _data: Data, duties: list[Duty]) -> Screen:
    """What is still to be done of what the digest gathered; Refusal where nothing is."""
    items = items_of(talk, duties)
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
        buttons=[*buttons_of(items), *_snoozing(talk, latest_snooze(duties, talk.now)), *_deputy(duties)],
        tone=Tone.WARNING if late else Tone.NEUTRAL,
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Puts it off: what is still to be done comes back then."""
    if not isinstance(answer, Pressed) or answer.action != "snooze":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    until = _in_an_hour(talk) if answer.args["until"] == "hour" else _tomorrow(talk)
    until = snooze(talk.session, talk.now, talk.person_id, data["digest"], until)
    talk.toast(say("{at}에 다시 알려 드리겠습니다.", at=until))
    return Go("account.home")


def may_leave(talk: Talk, data: Data) -> bool:
    """It is its reader's, and there is something left to say."""
    digest = talk.session.get(Digest, data["digest"])
    return digest is not None and digest.person_id == talk.person_id


def _deputy(duties: list[Duty]) -> list[Button]:
    """Not where nobody may do it in the reader's place."""
    return [] if all(one.is_personal for one in duties) else [DEPUTY]


def _snoozing(talk: Talk, latest: datetime) -> list[Button]:
    """Only what does not pass a deadline is offered."""
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
