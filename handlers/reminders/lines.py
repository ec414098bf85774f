"""How duties of each topic are told: a line of words, and the button that does them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Span
from handlers.wording import deadline, period_in_full
from models.clock import local_day
from models.plan import Indicator
from models.reminding.duty import Duty
from models.submission import open_file
from models.submission.lists import queue
from models.words import Phrase, say


@dataclass(frozen=True)
class Item:
    """One thing to do, as it is told; `late` and `due` sort and colour it."""

    name: Phrase
    detail: Line
    does: Phrase
    """What the button says that does it."""
    to: Go
    is_late: bool


Tell = Callable[[Talk, Sequence[Duty]], list[Item]]
"""From duties of one topic to items: several duties may be one thing to do."""


def items_of(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """Everything there is to do, what is most urgent first."""
    topics: dict[str, list[Duty]] = {}
    for duty in duties:
        topics.setdefault(duty.topic, []).append(duty)
    return [item for topic, own in topics.items() for item in _TELL[topic](talk, own)]


def line_of(item: Item) -> tuple[Span, ...]:
    """The detail of an item as part of a line."""
    return item.detail if isinstance(item.detail, tuple) else (item.detail,)


def _reports(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    named = select(Indicator).where(col(Indicator.id).in_({duty.key[0] for duty in duties}))
    indicators = {one.id: one for one in talk.session.exec(named)}
    return [
        Item(
            say("{indicator}", indicator=indicators[duty.key[0]].name),
            deadline(talk, duty.due_at),
            say("실적 보고"),
            Go("report_actual.open", {"indicator": duty.key[0], "period": duty.key[1]}),
            duty.due_at < talk.now,
        )
        for duty in duties
    ]


def _returned(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    opened = [open_file(talk.session, duty.key[0]) for duty in duties]
    return [
        Item(
            say("{indicator} (반려됨)", indicator=one.indicator.name),
            deadline(talk, duty.due_at),
            say("고쳐서 다시 보고"),
            Go("report_actual.open", {"indicator": one.indicator.id, "period": one.period.id}),
            duty.due_at < talk.now,
        )
        for one, duty in zip(opened, duties, strict=True)
    ]


def _deciding(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """One item a period: how many reports wait for this person, and for how long the oldest has."""
    items = []
    for period_id, due_at in {duty.key[0]: duty.due_at for duty in duties}.items():
        waiting = queue(talk.session, talk.doer, None, period_id)
        if not waiting:
            continue
        since = min(one.submission.submitted_at or talk.now for one in waiting)
        period = period_in_full(talk.session, waiting[0].period)
        days = (talk.today - local_day(since)).days
        age = say("가장 오래된 보고는 {days}일째 대기", days=days) if days else say("오늘 제출된 보고")
        items.append(
            Item(
                say("{period} 검토할 보고 {count}건", period=period, count=len(waiting)),
                (deadline(talk, due_at), " · ", age),
                say("검토 대기함"),
                Go("review.queue", {"period": period_id}),
                due_at < talk.now,
            )
        )
    return items


_TELL: dict[str, Tell] = {
    "report": _reports,
    "return": _returned,
    "confirmation": _deciding,
    "review": _deciding,
}
