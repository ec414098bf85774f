"""A modal as a person has it before them: its fields, what was filled in, and what Slack itself refuses to send."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from tests.kit.slack.blocks import elements_of
from tests.kit.slack.delivery import Ack
from tests.kit.slack.elements import WRITTEN_IN, all_options
from tests.kit.slack.reading import Names, Pressable, seen
from tests.kit.slack.workspace import Body

HELD = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "file_input": "files",
    **dict.fromkeys(WRITTEN_IN, "value"),
}
"""Where an element's state keeps what it holds."""
TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."
Typed = dict[tuple[str, str, str], Body]
"""What a person filled in, by view, block and action."""


@dataclass(frozen=True)
class Submission:
    """What became of pressing submit."""

    errors: dict[str, str]
    """What is said beside fields, by their labels; Slack's own words where `ack` is None."""
    closed: bool
    """Whether no modal is open any more."""
    trouble: str
    """What Slack shows where the app did not answer, or answered nonsense."""
    ack: Ack | None


class Refused(Exception):
    """Slack's own window says no, and nothing is sent."""


@dataclass(frozen=True)
class Field:
    """One input of a modal."""

    label: str
    block_id: str
    element: Body
    state: Body
    is_optional: bool
    hint: str
    error: str

    @property
    def value(self) -> Any:
        """What it holds: text, an option's label or labels, names of files, or None."""
        held = self.state[HELD[self.element["type"]]]
        if isinstance(held, list):
            return [one["name"] if "name" in one else one["text"]["text"] for one in held]
        return held["text"]["text"] if isinstance(held, dict) else held

    @property
    def options(self) -> list[str]:
        """Labels of what can be chosen."""
        return [one["text"]["text"] for one in all_options(self.element)]


@dataclass(frozen=True)
class Modal:
    """The view on top."""

    title: str
    text: str
    fields: tuple[Field, ...]
    buttons: list[str]
    submit: str
    close: str
    view: Body

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.fields]

    @property
    def values(self) -> dict[str, Any]:
        """What every field holds, by its label."""
        return {one.label: one.value for one in self.fields}

    @property
    def errors(self) -> dict[str, str]:
        """What is said beside fields, by their labels."""
        return {one.label: one.error for one in self.fields if one.error}

    def field(self, name: str) -> Field:
        """The field of that label or block_id."""
        for one in self.fields:
            if name in (one.label, one.block_id):
                return one
        raise AssertionError(f"no field {name!r}; there are {self.labels}")


def modal(view: Body, names: Names, typed: Typed, errors: dict[str, str]) -> Modal:
    """The view as it stands before a person."""
    state = state_of(view["blocks"], view["id"], typed)
    fields = []
    for block in view["blocks"]:
        if block["type"] == "input":
            element, block_id = block["element"], block["block_id"]
            held, hint = state[block_id][element["action_id"]], block.get("hint", {}).get("text", "")
            optional, error = block.get("optional", False), errors.get(block_id, "")
            fields.append(Field(block["label"]["text"], block_id, element, held, optional, hint, error))
    title, read = view["title"]["text"], seen(view, names)
    submit, close = ((view[name] or {"text": ""})["text"] for name in ("submit", "close"))
    return Modal(title, read.text, tuple(fields), read.buttons, submit, close, view)


def state_of(blocks: list[Body], view_id: str, typed: Typed) -> Body:
    """What everything that can be filled in holds, by block and action."""
    values: Body = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in HELD:
                key = view_id, block["block_id"], element["action_id"]
                held = typed.get(key) or _initial(element)
                values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def filled(element: Body, value: Any, upload: Callable[[Any], Body]) -> Body:
    """The state of an element with the value in it; raises Refused where Slack's window would not take it."""
    kind = element["type"]
    if kind in WRITTEN_IN:
        held: Any = _written(element, "" if value is None else str(value)) or None
    elif HELD[kind] == "selected_option":
        held = _option(element, value)
    elif HELD[kind] == "selected_options":
        held = [_option(element, one) for one in value]
    elif kind == "file_input":
        held = [upload(one) for one in value]
        _check_files(element, held)
    else:
        held = value
    return {"type": kind, HELD[kind]: held}


def missing(field: Field) -> bool:
    """Whether it is required and holds nothing."""
    return not field.is_optional and not field.state[HELD[field.element["type"]]]


def chosen_state(pressable: Pressable) -> Body | None:
    """What a menu that was pressed holds from then on."""
    kind = pressable.element["type"]
    if pressable.option is None or kind not in HELD:
        return None
    several = HELD[kind] == "selected_options"
    return {"type": kind, HELD[kind]: [pressable.option] if several else pressable.option}


def _initial(element: Body) -> Body:
    held = HELD[element["type"]]
    empty: list[Body] | None = [] if held in ("selected_options", "selected_users", "files") else None
    first = {"value": "initial_value", "files": "none"}.get(held, held.replace("selected", "initial"))
    return {"type": element["type"], held: element.get(first, empty)}


def _option(element: Body, wanted: Any) -> Body | None:
    if wanted is None:
        return None
    for option in all_options(element):
        if wanted in (option["text"]["text"], option["value"]):
            return option
    labels = [one["text"]["text"] for one in all_options(element)]
    raise AssertionError(f"no option {wanted!r}; there are {labels}")


def _written(element: Body, text: str) -> str:
    if text and len(text) < element.get("min_length", 0):
        raise Refused(f"Must be at least {element['min_length']} characters.")
    if len(text) > element.get("max_length", 3000):
        raise Refused(f"Must be at most {element.get('max_length', 3000)} characters.")
    if text and element["type"] == "number_input":
        _check_number(element, text)
    if text and element["type"] == "email_text_input" and "@" not in text:
        raise Refused("Enter a valid email.")
    return text


def _check_number(element: Body, text: str) -> None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, text):
        raise Refused("Enter a valid number.")
    if "min_value" in element and Decimal(text) < Decimal(element["min_value"]):
        raise Refused(f"Must be at least {element['min_value']}.")
    if "max_value" in element and Decimal(text) > Decimal(element["max_value"]):
        raise Refused(f"Must be at most {element['max_value']}.")


def _check_files(element: Body, files: list[Body]) -> None:
    if len(files) > element.get("max_files", 10):
        raise Refused(f"You can upload at most {element.get('max_files', 10)} files.")
    for file in files:
        extension = PurePosixPath(file["name"]).suffix.removeprefix(".").lower()
        if extension not in element.get("filetypes", [extension]):
            raise Refused(f"{file['name']} is not a supported file type.")
