"""How duties of appeals are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.reminders.item import Item, Tell
from handlers.wording import deadline
from models.appeal.deciding import may_decide
from models.appeal.reading import open_appeal
from models.reminding.duty import Duty
from models.words import say


def _appeals(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """For who decides; who only looks after it is led to the same card, to look."""
    items = []
    for duty in duties:
        opened = open_appeal(talk.session, duty.key[0])
        does = say("결정하기") if may_decide(talk.session, talk.doer, opened) else say("이의신청 보기")
        name = say(
            "{indicator} 이의신청 · {department}",
            indicator=opened.indicator.name,
            department=opened.department.name,
        )
        to = Go("appeals.card", {"appeal": opened.id})
        items.append(Item(name, deadline(talk, duty.due_at), does, to, duty.due_at, duty.due_at < talk.now))
    return items


TELL_OF_APPEALS: Mapping[str, Tell] = MappingProxyType({"appeal": _appeals})
