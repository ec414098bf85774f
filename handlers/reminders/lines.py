"""How duties of each topic are told: a line of words, and the button that does them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from handlers.dialogue.screens import Button, Go, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Span
from handlers.reminders.item import Item, Tell
from handlers.reminders.lines_of_appeals import TELL_OF_APPEALS
from handlers.reminders.lines_of_consultation import TELL_OF_CONSULTATION
from handlers.reminders.lines_of_owner_items import TELL_OF_OWNER_ITEMS
from handlers.reminders.lines_of_ratings import TELL_OF_RATINGS
from handlers.wording import deadline, name_of, period_in_full
from models.clock import local_day
from models.plan import Indicator
from models.reminding.duty import Duty
from models.reminding.rule import Audience
from models.submission import SubmissionFile, open_file
from models.submission.lists import queue
from models.words import Phrase, say

_MOST_BUTTONS = 3
_REPORTING = (Audience.OFFICER, Audience.DEPUTY)
_DECIDING = (Audience.TEAM_LEAD, Audience.EVALUATOR)
_LONG = 5
"""Working days after which a report has waited long for its decision."""


def items_of(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    """Everything there is to do, what is most urgent first."""
    topics: dict[str, list[Duty]] = {}
    for duty in duties:
        topics.setdefault(duty.topic, []).append(duty)
    items = [item for topic, own in topics.items() for item in _TELL[topic](talk, own)]
    return sorted(items, key=lambda item: item.due_at)


def line_of(item: Item) -> tuple[Span, ...]:
    """The detail of an item as part of a line."""
    return item.detail if isinstance(item.detail, tuple) else (item.detail,)


def buttons_of(items: Sequence[Item]) -> list[Button]:
    """What to do next: the one thing itself, or the first of several and the list of all."""
    if len(items) == 1:
        return [Button(items[0].does, items[0].to, Style.PRIMARY)]
    first = [Button(say("{does}: {name}", does=item.does, name=item.name), item.to) for item in items]
    return [*first[:_MOST_BUTTONS], Button(say("모두 보기"), Go("reminders.list"), Style.PRIMARY)]


def instead_of(talk: Talk, people: Iterable[int | None]) -> Phrase | None:
    """For whom of these the reader acts today (대결); None where it is the reader's own."""
    theirs = {one for one in people if one is not None}
    if talk.person_id in theirs:
        return None
    absent = sorted(talk.standing.stood_in_for() & theirs)
    return name_of(talk.session, absent[0]) if absent else None


def _instead(talk: Talk, duties: Iterable[Duty], *whose: Audience) -> tuple[Span, ...]:
    """Whose duty it is, as the end of a line, where the reader only stands in."""
    absent = instead_of(talk, (one for duty in duties for kind in whose for one in duty.people(kind)))
    return (" · ", say("{absent} 님 대결", absent=absent)) if absent else ()


def _reports(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    named = select(Indicator).where(col(Indicator.id).in_({duty.key[0] for duty in duties}))
    indicators = {one.id: one for one in talk.session.exec(named)}
    return [
        Item(
            say("{indicator}", indicator=indicators[duty.key[0]].name),
            (deadline(talk, duty.due_at), *_instead(talk, [duty], *_REPORTING)),
            say("실적 보고"),
            Go("report_actual.entry", {"indicator": duty.key[0], "period": duty.key[1]}),
            duty.due_at,
            duty.due_at < talk.now,
        )
        for duty in duties
    ]


def _returned(talk: Talk, duties: Sequence[Duty]) -> list[Item]:
    opened = [open_file(talk.session, duty.key[0]) for duty in duties]
    return [
        Item(
            say("{indicator} (반려됨)", indicator=one.indicator.name),
            (deadline(talk, duty.due_at), *_instead(talk, [duty], *_REPORTING)),
            say("고쳐서 다시 보고"),
            Go("report_actual.entry", {"indicator": one.indicator.id, "period": one.period.id}),
            duty.due_at,
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
        period = period_in_full(talk.session, waiting[0].period)
        own = [duty for duty in duties if duty.key[0] == period_id]
        items.append(
            Item(
                say("{period} 검토할 보고 {count}건", period=period, count=len(waiting)),
                (deadline(talk, due_at), " · ", _age(talk, waiting), *_instead(talk, own, *_DECIDING)),
                say("검토 대기함"),
                Go("review.queue", {"period": period_id}),
                due_at,
                due_at < talk.now,
            )
        )
    return items


def _age(talk: Talk, waiting: Sequence[SubmissionFile]) -> Phrase:
    """How long the oldest of what waits has waited, and how many have waited long."""
    since = (local_day(one.submission.submitted_at or talk.now) for one in waiting)
    ages = [talk.working_days.between(day, talk.today) for day in since]
    oldest, many = max(ages), sum(age > _LONG for age in ages)
    if many:
        return say(
            "가장 오래된 보고는 근무일 {days}일째 대기, {most}일 넘게 기다린 보고 {count}건",
            days=oldest,
            most=_LONG,
            count=many,
        )
    return (
        say("가장 오래된 보고는 근무일 {days}일째 대기", days=oldest) if oldest else say("오늘 제출된 보고")
    )


_TELL: dict[str, Tell] = {
    "report": _reports,
    "return": _returned,
    "confirmation": _deciding,
    "review": _deciding,
    **TELL_OF_CONSULTATION,
    **TELL_OF_OWNER_ITEMS,
    **TELL_OF_RATINGS,
    **TELL_OF_APPEALS,
}
