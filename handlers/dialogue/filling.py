"""Forms asked field by field: what was entered so far, and what an answer to the open field does.

Raw answers are kept, and read again by the same `field.read` when the form is complete, so that a form filled in
at once (a modal) and one filled in field by field come to the same values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.dialogue.drawing import Drawing
from handlers.dialogue.fields import (
    SKIPPED,
    ChoiceField,
    DateField,
    Field,
    FilesField,
    NumberField,
    Option,
    TextField,
)
from handlers.dialogue.screens import Button, Form, Press, Style
from handlers.dialogue.text import spoken
from models.evidence.vault import CAP
from models.words import Phrase, Refusal, say

CHOOSE, SKIP, BACK, EDIT, REMOVE, NEXT, KEEP, CANCEL = (
    "_choose", "_skip", "_back", "_edit", "_remove", "_next", "_keep", "_cancel"
)  # fmt: skip

Raw = str | list[dict[str, Any]]


@dataclass(frozen=True)
class Filling:
    """A form on its way: the raw answers, the field that is open ("" when none is left), and what was wrong."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    at: str = ""
    error: str = ""

    @classmethod
    def of(cls, form: Form, view: Mapping[str, Any]) -> Filling:
        """The filling kept in a conversation; for a fresh form, one that opens its first unanswered field."""
        if "values" in view:
            return cls(view["values"], view["at"], view["error"])
        known: dict[str, Raw] = {one.name: _raw_initial(one) for one in form.fields if _is_known(one)}
        fresh = cls(known).go_on(form)
        # Where everything was there before, the first field is open, to be changed or left as it is.
        return fresh if fresh.at else fresh.opened(form.fields[0].name)

    def view(self) -> dict[str, Any]:
        return {"values": dict(self.values), "at": self.at, "error": self.error}

    def go_on(self, form: Form) -> Filling:
        """On to the first field that has no answer yet."""
        left = [one.name for one in form.fields if one.name not in self.values]
        return replace(self, at=left[0] if left else "", error="")

    def answered(self, form: Form, name: str, raw: Raw) -> Filling:
        """With an answer to a field; raises Refusal when it cannot be read."""
        field_of(form, name).read(raw)  # type: ignore[arg-type]
        return replace(self, values={**self.values, name: raw}).go_on(form)

    def opened(self, name: str) -> Filling:
        """Back at a field, its answer still there to be changed."""
        return replace(self, at=name, error="")

    def wrong(self, error: str) -> Filling:
        return replace(self, error=error)

    def with_files(self, name: str, files: Sequence[dict[str, Any]]) -> Filling:
        """With more files in a field of files; the field stays open for others."""
        here = list(self.files(name))
        known = {file["id"] for file in here}
        here += [file for file in files if file["id"] not in known]
        return replace(self, values={**self.values, name: here}, at=self.at or name, error="")

    def without_file(self, name: str, file_id: str) -> Filling:
        left = [file for file in self.files(name) if file["id"] != file_id]
        return replace(self, values={**self.values, name: left}, at=name, error="")

    def files(self, name: str) -> list[dict[str, Any]]:
        raw = self.values.get(name, [])
        return raw if isinstance(raw, list) else []


def field_of(form: Form, name: str) -> Field:
    return next(one for one in form.fields if one.name == name)


def read_all(form: Form, values: Mapping[str, Raw]) -> tuple[dict[str, Any], dict[str, Phrase]]:
    """Every field read, and for those that cannot be, what is wrong."""
    read: dict[str, Any] = {}
    wrong: dict[str, Phrase] = {}
    for one in form.fields:
        raw = values.get(one.name, [] if isinstance(one, FilesField) else SKIPPED)
        try:
            read[one.name] = one.read(raw)  # type: ignore[arg-type]
        except Refusal as refusal:
            wrong[one.name] = refusal.phrase
    return read, wrong


def read_answered(form: Form, values: Mapping[str, Raw]) -> dict[str, Any]:
    """The fields that were answered or left out on purpose and can be read: what a half-filled form is worth
    keeping."""
    read, wrong = read_all(form, values)
    return {name: value for name, value in read.items() if name in values and name not in wrong}


def draw_form(form: Form, drawing: Drawing, filling: Filling) -> dict[str, Any]:
    """The form as plain data: answered fields with their values, one open field, the others still to come."""
    return {
        "kind": "form",
        "title": drawing.translate.value(form.title),
        "text": spoken(form.text, drawing.translate),
        "fields": [_draw_field(one, drawing, filling) for one in form.fields],
        "buttons": drawing.buttons(_buttons(form, filling)),
    }


def _draw_field(one: Field, drawing: Drawing, filling: Filling) -> dict[str, Any]:
    is_now = one.name == filling.at
    answered = one.name in filling.values
    raw = filling.values.get(one.name, SKIPPED)
    drawn: dict[str, Any] = {
        "name": one.name,
        "kind": one.kind,
        "label": drawing.translate(one.label),
        "hint": drawing.translate(one.hint),
        "required": one.required,
        "may_be_empty": one.skip is not None,
        "skip": one.skip and drawing.translate(one.skip),
        "state": "now" if is_now else "done" if answered else "later",
        "value": _shown(one, raw, drawing),
        "raw": raw if isinstance(raw, str) else "",
    }
    if is_now and filling.error:
        drawn["error"] = filling.error
    elif is_now and not answered and (fault := _fault_of_initial(one)):
        drawn["error"] = drawing.translate(fault)
    if answered and not is_now:
        drawn["edit"] = drawing.act(Press(EDIT, {"field": one.name}))
    return drawn | _details(one, drawing, filling, is_now)


def _details(one: Field, drawing: Drawing, filling: Filling, is_now: bool) -> dict[str, Any]:
    match one:
        case NumberField():
            return {"unit": one.unit}
        case TextField():
            return {"longest": one.longest}
        case ChoiceField():
            return {"options": [_option(one, option, drawing, is_now) for option in one.options]}
        case FilesField():
            files = [
                file
                | (
                    {"remove": drawing.act(Press(REMOVE, {"field": one.name, "file": file["id"]}))}
                    if is_now
                    else {}
                )
                for file in filling.files(one.name)
            ]
            return {
                "files": files,
                "most": one.most,
                "cap": CAP,
                "accept": [f".{kind}" for kind in one.kinds],
            }
        case DateField():
            return {"earliest": one.earliest.isoformat()}


def _option(one: ChoiceField, option: Option, drawing: Drawing, is_now: bool) -> dict[str, Any]:
    """An option of a choice: a button while the field is open, told anyway for a form that is shown whole."""
    drawn = {"label": drawing.translate(option.label), "value": option.value}
    if is_now:
        drawn["token"] = drawing.act(Press(CHOOSE, {"field": one.name, "value": option.value}))
    return drawn


def _shown(one: Field, raw: Raw, drawing: Drawing) -> str:
    if isinstance(raw, list):
        return ", ".join(file["name"] for file in raw) or drawing.translate(say("없음"))
    if isinstance(one, ChoiceField):
        labels = {option.value: drawing.translate(option.label) for option in one.options}
        return labels.get(raw, raw) or drawing.translate(_left_out(one))
    if isinstance(one, NumberField) and raw:
        try:
            value = one.read(raw)
        except Refusal:
            return raw  # as it was written, to be mended
        return f"{drawing.translate.value(value)} {one.unit}".strip() if value is not None else ""
    return raw or drawing.translate(_left_out(one))


def _left_out(one: Field) -> Phrase:
    """What an empty answer means: of a text or files it is none; of a value its own words for it say more."""
    return say("없음") if one.skip is None or isinstance(one, TextField | FilesField) else one.skip


def _buttons(form: Form, filling: Filling) -> list[Button]:
    """What can be done beside answering: go on, skip, go back, keep for later, cancel."""
    buttons: list[Button] = []
    names = [one.name for one in form.fields]
    now = field_of(form, filling.at) if filling.at else None
    if isinstance(now, FilesField) and filling.files(now.name):
        buttons.append(Button(say("다음"), Press(NEXT), Style.PRIMARY))
    elif now is not None and filling.values.get(now.name):
        buttons.append(Button(say("그대로 두고 계속"), Press(NEXT), Style.PRIMARY))
    if now is not None and now.skip is not None and not filling.files(now.name):
        buttons.append(Button(now.skip, Press(SKIP)))
    if now is not None and names.index(now.name) > 0:
        buttons.append(Button(say("이전"), Press(BACK)))
    if form.keep:
        buttons.append(Button(say("임시저장"), Press(KEEP)))
    if form.cancel is not None:
        buttons.append(Button(say("취소"), Press(CANCEL)))
    return buttons


def _is_known(one: Field) -> bool:
    return bool(one.initial) and _fault_of_initial(one) is None


def _fault_of_initial(one: Field) -> Phrase | None:
    """Why what the field was to begin with cannot be its answer: a quick line may say what cannot be."""
    if not one.initial:
        return None
    try:
        one.read(_raw_initial(one))  # type: ignore[arg-type]
    except Refusal as refusal:
        return refusal.phrase
    return None


def _raw_initial(one: Field) -> Raw:
    return [dict(file) for file in one.initial] if isinstance(one, FilesField) else one.initial
