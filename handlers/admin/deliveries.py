"""How the bot's messages fare: sent, waiting, unknown, dead, on each messenger."""

from __future__ import annotations

from handlers.admin.home import ADMIN
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from models.messaging.account import Messenger
from models.messaging.outbox import Sending, count_by_state
from models.period import administering
from models.words import say

_NAMES = {Messenger.WEB: say("웹 메신저"), Messenger.TELEGRAM: say("텔레그램"), Messenger.SLACK: say("슬랙")}


def show(talk: Talk, _data: Data) -> Screen:
    """One line a messenger that is in use."""
    administering(talk.doer)
    counts = count_by_state(talk.session)
    told: list[Line] = [Bold(say("알림 발송 상태"))]
    for messenger in dict.fromkeys(messenger for messenger, _ in counts):
        told.append(
            say(
                "{messenger}: 보냄 {sent}건, 대기 {waiting}건, 확인 불가 {unknown}건, 실패 {dead}건",
                messenger=_NAMES[messenger],
                sent=counts.get((messenger, Sending.SENT), 0),
                waiting=counts.get((messenger, Sending.TODO), 0)
                + counts.get((messenger, Sending.SENDING), 0),
                unknown=counts.get((messenger, Sending.UNKNOWN), 0),
                dead=counts.get((messenger, Sending.DEAD), 0),
            )
        )
    return Notice(lines(*told), buttons=[ADMIN])
