"""How duties of owner departments are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.owner_items.words import place_of, title_of
from handlers.reminders.item import Item, Tell
from handlers.wording import deadline
from models.reminding.duty import Duty
from models.reminding.of_owner_items import key_of_item
from models.scheme.items import items_at_hand
from models.words import say


def _owner_items(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    found = {key_of_item(one): one for one in items_at_hand(talk.session, talk.today)}
    items = []
    for duty in duties:
        one = found[duty.key]
        left = say("{count}건 미입력", count=one.subjects - one.given)
        items.append(
            Item(
                say("소관 항목 {title}", title=title_of(talk.session, one.item)),
                (deadline(talk, duty.due_at), " · ", left),
                say("값 입력"),
                Go("owner_items.item", place_of(one.item)),
                duty.due_at,
                duty.due_at < talk.now,
            )
        )
    return items


TELL_OF_OWNER_ITEMS: Mapping[str, Tell] = MappingProxyType({"owner_item": _owner_items})
