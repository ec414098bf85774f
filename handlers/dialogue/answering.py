"""What an answer does to a form that is open: the rules of asking field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.dialogue import filling as f
from handlers.dialogue.fields import SKIPPED, ChoiceField, FilesField
from handlers.dialogue.filling import Filling
from handlers.dialogue.screens import Form
from models.words import Phrase, Refusal, Translator


def said(form: Form, filling: Filling, text: str, files: Sequence[dict[str, Any]], to: Translator) -> Filling:
    """An answer in words, in files, or both; what cannot be read stays beside the field as an error."""
    if files:
        filling = _take_files(form, filling, files)
    if not text.strip():
        return filling
    open_field = f.field_of(form, filling.at) if filling.at else None
    if open_field is not None and open_field.skip is not None and _is_said(text, open_field.skip, to):
        return pressed(form, filling, f.SKIP, {}, to)
    try:
        if open_field is None or isinstance(open_field, FilesField):
            raise Refusal("지금은 파일을 기다리고 있습니다. 파일을 올리거나 아래 버튼을 눌러 주세요.")
        raw = _value_of(open_field, text, to) if isinstance(open_field, ChoiceField) else text
        return filling.answered(form, open_field.name, raw)
    except Refusal as refusal:
        return filling.wrong(to(refusal.phrase))


def pressed(form: Form, filling: Filling, action: str, args: Mapping[str, Any], to: Translator) -> Filling:
    """A press on one of the form's own buttons that stay within the form."""
    try:
        match action:
            case f.CHOOSE:
                return filling.answered(form, args["field"], args["value"])
            case f.SKIP:
                field = f.field_of(form, filling.at)
                return filling.answered(form, filling.at, [] if isinstance(field, FilesField) else SKIPPED)
            case f.NEXT:
                return filling.answered(form, filling.at, filling.values.get(filling.at, []))
            case f.EDIT:
                return filling.opened(args["field"])
            case f.REMOVE:
                return filling.without_file(args["field"], args["file"])
            case f.BACK:
                names = [one.name for one in form.fields]
                return filling.opened(names[max(0, names.index(filling.at) - 1)])
    except Refusal as refusal:
        return filling.wrong(to(refusal.phrase))
    raise ValueError(f"no form has a button {action}")


def _take_files(form: Form, filling: Filling, files: Sequence[dict[str, Any]]) -> Filling:
    field = next((one for one in form.fields if isinstance(one, FilesField)), None)
    if field is None:
        raise Refusal("이 단계에서는 파일을 받지 않습니다. 먼저 이 입력을 마쳐 주세요.")
    with_files = filling.with_files(field.name, files)
    field.read(with_files.files(field.name))
    return with_files


def _value_of(field: ChoiceField, text: str, to: Translator) -> str:
    """The option whose label, in the person's own language, was typed out."""
    return next((one.value for one in field.options if _is_said(text, one.label, to)), text)


def _is_said(text: str, label: Phrase, to: Translator) -> bool:
    return text.strip().casefold() == to(label).casefold()
