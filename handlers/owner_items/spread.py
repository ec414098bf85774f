"""The picture of how the values of an item spread: how many subjects got which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from sqlmodel import Session

from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.owner_items.listing import own_item
from handlers.owner_items.words import go_to, item_of, number_shown, place_of, title_of, warning
from handlers.wording import parcel_shown
from models.evidence.table import Parcel, receive
from models.evidence.vault import Kept
from models.organization import Person
from models.scheme.items import alike
from models.scheme.owning import Item, values_of
from models.words import Translator, say, translator

_MOST = 12
"""Of more different values than this, ranges are drawn."""


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Draws the values there are."""
    with workshop.database.read() as session:
        item = item_of(session, data)
        translate = translator(session.get_one(Person, data["person"]).locale)
        picture = draw(session, item, [one.value for one in values_of(session, item).values()], translate)
    kept = keep(workshop, picture, translate)

    def finish(talk: Talk) -> Go:
        own_item(talk, data)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        return Go("owner_items.spread", {**place_of(item), "parcel": parcel.id})

    return finish


def keep(workshop: Workshop, picture: bytes, translate: Translator) -> Kept:
    """The picture as a file to be taken away."""
    target = workshop.folder / "spread.png"
    target.write_bytes(picture)
    return workshop.keep(target, f"{translate(say('분포'))}.png")


def draw(session: Session, item: Item, values: Sequence[Decimal | None], translate: Translator) -> bytes:
    """How many subjects got which value, the commonest marked, as PNG."""
    # Imported here: matplotlib takes a second to load.
    from reports.charts.ranking import Bar, Ranking, ranking

    known = [value for value in values if value is not None]
    commonest = alike(known)
    if len(set(known)) <= _MOST:
        counts = Counter(known)
        bars = [
            Bar(
                translate(number_shown(item.part, value)),
                Decimal(counts[value]),
                commonest is not None and value == commonest.value,
            )
            for value in sorted(counts, reverse=True)
        ]
    else:
        bars = [Bar(name, Decimal(count)) for name, count in ranges(known)]
    note = say("값마다 대상이 몇 건인지 · 모두 {count}건", count=len(known))
    return ranking(Ranking(translate(title_of(session, item)), translate(note), bars))


def ranges(values: Sequence[Decimal]) -> list[tuple[str, int]]:
    """Ten equal ranges from the least to the greatest value, the highest first, with how many lie in each."""
    least, most = min(values), max(values)
    width = (most - least) / 10
    counts = Counter(
        min(int(((value - least) / width).to_integral_value(ROUND_FLOOR)), 9) for value in values
    )
    bounds = [(least + width * at, least + width * (at + 1)) for at in range(10)]
    return [
        (f"{low.normalize():f}~{high.normalize():f}", counts[at])
        for at, (low, high) in reversed(list(enumerate(bounds)))
    ]


def show(talk: Talk, data: Data) -> Screen:
    """The picture, with the warning where there is reason for one."""
    item = own_item(talk, data)
    told: list[Line] = [Bold(title_of(talk.session, item))]
    alarming = warning(item.part, (one.value for one in values_of(talk.session, item).values()))
    return Notice(
        lines(*told, *(alarming or [say("값이 고르게 퍼져 있는지 확인해 주세요.")])),
        tone=Tone.WARNING if alarming else Tone.NEUTRAL,
        buttons=[Button(say("항목으로"), go_to(item))],
        picture=parcel_shown(talk.session.get_one(Parcel, data["parcel"])),
    )
