"""How people find their way through long menus, and fill in a form field by field or whole, as a modal has it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from handlers.dialogue.answers import FilledAtOnce
from tests.kit.conversation import Body, Speaker

_keys = itertools.count()


def chooses(person: Speaker, label: str, detail: str = "") -> None:
    """Presses the choice of that label in the newest menu, of several the one with `detail` beside it; where it is on
    another page it is searched for, or the page turned."""
    found = _choice(person, label, detail)
    if found is None and "search" in person.screens()[-1]:
        person.says(detail or label)
        found = _choice(person, label, detail)
    while found is None:
        person.presses("다음 쪽")
        found = _choice(person, label, detail)
    person.presses_again(found["token"])


def answers_each(person: Speaker, answers: Mapping[str, str]) -> None:
    """Field by field, in the order of the form, by the fields' labels: a choice is pressed, all else is typed; an
    empty answer is passed over with the field's own word for that."""
    for label, answer in answers.items():
        one = _field(person, label)
        assert one["state"] == "now", f"{label!r} is not asked now: {one}"
        if one.get("options") or not answer:
            person.presses(answer or one["skip"])
        else:
            person.says(answer)


def fills_in(person: Speaker, answers: Mapping[str, str]) -> None:
    """The whole form in one turn, as Slack's modal hands it in; fields not named stay empty."""
    assert person.outcome is not None and person.outcome.form is not None, "no form is open"
    values = {}
    for label, answer in answers.items():
        one = _field(person, label)
        options = {option["label"]: option["value"] for option in one.get("options", ())}
        values[one["name"]] = options.get(answer, answer)
    filled = FilledAtOnce(person.outcome.form.screen_id, values)
    person.outcome = person.answers_with(filled, f"modal-{next(_keys)}")
    assert not person.outcome.wrong, person.outcome.wrong


def _choice(person: Speaker, label: str, detail: str) -> Body | None:
    choices: list[Body] = person.screens()[-1].get("choices", [])
    return next((one for one in choices if one["label"] == label and detail in _told(one)), None)


def _told(choice: Body) -> str:
    spans = choice.get("detail") or []
    return "".join(span.get("t") or span.get("b") or span.get("c") or "" for span in spans)


def _field(person: Speaker, label: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = person.screens()[-1]["fields"]
    return next(one for one in fields if one["label"] == label)
