"""The form in which one subject is given its value."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import SKIPPED, ChoiceField, NumberField, Option, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.owner_items.listing import own_item
from handlers.owner_items.words import go_to, number_shown, rule_of, title_of, unit_of
from handlers.wording import name_of
from models.scheme.finding import find_subject, must_be_open, name_of_subject
from models.scheme.owning import check_value, give_value, values_of
from models.scheme.table import OwnerValue, Part
from models.scoring import Kind
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Asks for the value, filled in with the one it has."""
    item = own_item(talk, data)
    must_be_open(talk.session, item.scheme.cycle_id, item.period_id)
    subject = find_subject(talk.session, data["subject"])
    before = values_of(talk.session, item).get(data["subject"])
    told: list[Line] = [title_of(talk.session, item), rule_of(item.part)]
    if before is not None:
        value, by = number_shown(item.part, before.value), name_of(talk.session, before.given_by_id)
        told.append(say("지금 값: {value} ({name} · {at})", value=value, name=by, at=before.given_at))
    return Form(
        title=name_of_subject(talk.session, subject),
        text=lines(*told),
        fields=[_value(item.part, before), _note(before)],
        cancel=go_to(item),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Gives the value, and goes back to those that have none yet."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    item = own_item(talk, data)
    entered = answer.values["value"]
    value = None if entered in (None, SKIPPED) else Decimal(entered)
    given = give_value(talk.session, talk.doer, item, data["subject"], value, answer.values["note"])
    name = name_of_subject(talk.session, find_subject(talk.session, data["subject"]))
    if given is None:
        talk.toast(say("{name}의 값은 그대로입니다.", name=name))
    else:
        talk.toast(
            say("{name}: {value:을/를} 저장했습니다.", name=name, value=number_shown(item.part, value))
        )
    return go_to(item)


def _value(part: Part, before: OwnerValue | None) -> NumberField | ChoiceField:
    initial = "" if before is None or before.value is None else f"{before.value:f}"
    label, skip = say("값"), say("해당 없음")
    if part.kind is Kind.YES_NO:
        options = [Option("1", say("달성")), Option("0", say("미달성"))]
        return ChoiceField("value", label, say("달성했습니까?"), options, skip=skip, initial=initial)
    hint = say("숫자로 적어 주세요. 예: 1.5. 이 대상에 해당하지 않으면 '해당 없음'을 선택해 주세요.")
    check = partial(check_value, part)
    return NumberField("value", label, hint, unit_of(part), check, skip=skip, initial=initial)


def _note(before: OwnerValue | None) -> TextField:
    return TextField(
        "note",
        say("비고"),
        say("근거나 특이사항을 적어 주세요. 없으면 적지 않으셔도 됩니다."),
        longest=500,
        required=False,
        skip=say("건너뛰기"),
        initial=before.note if before is not None else "",
    )
