"""The owner's items with how far they have come, and the subjects of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.owner_items.words import (
    item_of,
    named_subjects,
    place_of,
    rule_of,
    title_of,
    value_shown,
    warning,
)
from handlers.wording import HOME, deadline, is_pressing
from models.organization import Role
from models.plan import periods_of
from models.scheme.finding import is_closed
from models.scheme.items import Progress, own_items
from models.scheme.owning import Item, right_to_give, values_of
from models.words import Refusal, say

_ROLES = (Role.OFFICER, Role.TEAM_LEAD)
_MOST_NAMED = 20


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen, for who has items to give values of."""
    if not any(talk.standing.has(role) for role in _ROLES):
        return None
    items = own_items(talk.session, talk.doer)
    if not items:
        return None
    waiting = [one for one in items if not one.is_closed and not one.is_done]
    badge = None
    if waiting:
        pressing = any(is_pressing(talk, one.due_at) for one in waiting)
        badge = Badge(say("{count}건", count=len(waiting)), Tone.WARNING if pressing else Tone.NEUTRAL)
    return Choice(say("소관 항목"), Go("owner_items.list"), say("우리 부서가 점수를 주는 항목"), badge)


def show(talk: Talk, _data: Data) -> Screen:
    """Every item whose values are the person's to give."""
    items = own_items(talk.session, talk.doer)
    if not items:
        return Notice(lines(say("지금 값을 줄 소관 항목이 없습니다.")), buttons=[HOME])
    return Menu(lines(Bold(say("소관 항목"))), [_choice(talk, one) for one in items], buttons=[HOME])


def _choice(talk: Talk, one: Progress) -> Choice:
    detail = say("{given}/{all}", given=one.given, all=one.subjects)
    badge = Badge(say("완료"), Tone.GOOD)
    if one.is_closed:
        badge = Badge(say("마감됨"))
    elif not one.is_done:
        badge = Badge(say("입력 중") if one.given else say("미입력"))
        if is_pressing(talk, one.due_at):
            badge = Badge(badge.label, Tone.WARNING)
    due = (detail, " · ", deadline(talk, one.due_at)) if not (one.is_closed or one.is_done) else detail
    return Choice(title_of(talk.session, one.item), Go("owner_items.item", place_of(one.item)), due, badge)


def show_item(talk: Talk, data: Data) -> Screen:
    """Its subjects, those without a value first; and the ways by workbook."""
    item = item_of(talk.session, data)
    if right_to_give(talk.doer, item) is None and talk.standing.has(Role.ADMINISTRATOR):
        return _missing(talk, item)
    item = own_item(talk, data)
    values = values_of(talk.session, item)
    named = named_subjects(talk.session, item)
    closed = is_closed(periods_of(talk.session, item.scheme.cycle_id), item.period_id)
    told: list[Line] = [Bold(title_of(talk.session, item)), rule_of(item.part)]
    told.append(say("대상 {all}건 가운데 {given}건에 값이 있습니다.", all=len(named), given=len(values)))
    told += warning(item.part, (one.value for one in values.values()))
    if closed:
        told.append(say("마감되어 값을 바꿀 수 없습니다."))
    choices = [
        Choice(
            name,
            Go("owner_items.give", {**place_of(item), "subject": subject.id}),
            value_shown(item.part, values.get(subject.id or 0)),
            None if subject.id in values else Badge(say("미입력"), Tone.WAITING),
        )
        for subject, name in sorted(named, key=lambda one: one[0].id in values)
    ]
    return Menu(lines(*told), choices, buttons=_buttons(item, closed=closed, has_values=bool(values)))


def _missing(talk: Talk, item: Item) -> Screen:
    """For an administrator, who only looks after it: what the owner has still to give."""
    values = values_of(talk.session, item)
    named = named_subjects(talk.session, item)
    missing = [name for subject, name in named if subject.id not in values]
    told: list[Line] = [Bold(title_of(talk.session, item)), say("소관부서: {owner}", owner=item.owner.name)]
    told.append(say("대상 {all}건 가운데 {given}건에 값이 있습니다.", all=len(named), given=len(values)))
    told += [say("• {name}", name=name) for name in missing[:_MOST_NAMED]]
    if (left := len(missing) - _MOST_NAMED) > 0:
        told.append(say("외 {count}건", count=left))
    return Notice(lines(*told), buttons=[HOME], tone=Tone.WARNING if missing else Tone.GOOD)


def _buttons(item: Item, *, closed: bool, has_values: bool) -> list[Button]:
    buttons = [Button(say("엑셀로 받기"), Press("book"))]
    if not closed:
        buttons.append(Button(say("엑셀 올리기"), Go("owner_items.file", place_of(item)), Style.PRIMARY))
    if has_values:
        buttons.append(Button(say("분포 보기"), Press("spread")))
    return [*buttons, Button(say("소관 항목"), Go("owner_items.list"))]


def take_item(talk: Talk, data: Data, answer: Answer) -> Go:
    """Has the workbook made, or the picture drawn."""
    item = own_item(talk, data)
    if not isinstance(answer, Pressed) or answer.action not in ("book", "spread"):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand(f"owner_items_{answer.action}", **place_of(item))
    return Go("owner_items.running", place_of(item))


def own_item(talk: Talk, data: Mapping[str, Any]) -> Item:
    """The item, for who may give its values."""
    item = item_of(talk.session, data)
    if right_to_give(talk.doer, item) is None:
        raise Refusal("{owner}의 담당자와 팀장만 값을 줄 수 있습니다.", owner=item.owner.name)
    return item


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may still give the item's values."""
    return right_to_give(talk.doer, item_of(talk.session, data)) is not None
