"""A form as one modal with every field, and what comes back when it is submitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.slack import limits
from bot.slack.draw import header, sections, warning
from bot.slack.text import Block, cut, cut_name, plain
from handlers.dialogue.fields import DateField
from models.words import Phrase, Refusal, Translator, say, translator

FORM = "form"
"""The callback_id of a form's modal."""
_FIELD, _KEPT, _HELD = "field:", "kept:", "held"
"""How the blocks of a field's input and of files that are there already begin, and the action_id in each."""
_NOTHING = "_nothing"
"""The option of a choice that takes an answer back."""
_WRITES_MUCH = 200
_RADIO_MOST = 6


@dataclass(frozen=True)
class Submission:
    """A modal that was submitted: words by field, for fields of files the ids of those kept, and Slack's file
    objects that came with it."""

    screen_id: int
    values: dict[str, str | list[str]]
    uploads: dict[str, list[dict[str, Any]]]


def modal(screen_id: int, drawn: dict[str, Any], locale: str) -> dict[str, Any]:
    """The view for views.open."""
    to = translator(locale)
    title = drawn["title"]
    blocks: list[Block] = warning(drawn["error"]) if drawn.get("error") else []
    blocks += header(title) if len(title) > limits.MODAL_TITLE else []
    blocks += sections(drawn["text"])
    for one in drawn["fields"]:
        blocks += _blocks(one, to)
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": str(screen_id),
        "title": plain(title, limits.MODAL_TITLE),
        "submit": plain(to(say("입력 완료")), limits.MODAL_BUTTON),
        "close": plain(to(say("닫기")), limits.MODAL_BUTTON),
        "blocks": blocks[: limits.VIEW_BLOCKS],
    }


def read_submission(view: dict[str, Any]) -> Submission:
    """What was filled in, from the view of a view_submission."""
    values: dict[str, str | list[str]] = {}
    kept: dict[str, list[str]] = {}
    uploads: dict[str, list[dict[str, Any]]] = {}
    given = view["state"]["values"]
    # By the inputs of the view: what was left empty need not be among the values.
    for block in (block for block in view["blocks"] if block["type"] == "input"):
        block_id, is_files = block["block_id"], block["element"]["type"] == "file_input"
        state = (given.get(block_id) or {}).get(_HELD) or {}
        if block_id.startswith(_KEPT):
            name = block_id.removeprefix(_KEPT).partition(":")[2]
            chosen = state.get("selected_options") or []
            kept.setdefault(name, []).extend(str(option["value"]) for option in chosen)
        elif is_files:
            name = block_id.removeprefix(_FIELD)
            kept.setdefault(name, [])
            uploads[name] = list(state.get("files") or [])
        else:
            values[block_id.removeprefix(_FIELD)] = _answer(state)
    return Submission(int(view["private_metadata"]), {**values, **kept}, uploads)


def errors(view: dict[str, Any], wrong: Mapping[str, Phrase], translate: Translator) -> dict[str, str]:
    """`errors` of a response_action: what is wrong beside the input it is about. `view` is the submitted one."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    told: dict[str, str] = {}
    for name, phrase in wrong.items():
        block_id = f"{_FIELD}{name}"
        place = block_id if block_id in inputs else inputs[0]
        said = " ".join(part for part in (told.get(place), translate(phrase)) if part)
        told[place] = cut(said, limits.FIELD_ERROR)
    return told


def _answer(state: Mapping[str, Any]) -> str:
    if "selected_option" in state:
        value = str((state["selected_option"] or {}).get("value") or "")
        return "" if value == _NOTHING else value
    return str(state.get("selected_date") or state.get("value") or "")


def _blocks(one: dict[str, Any], to: Translator) -> Iterator[Block]:
    """A field: what was wrong with it, the files it holds already, and its input."""
    if one.get("error"):
        yield from warning(f"{one['label']}: {one['error']}")
    if one["kind"] == "files":
        yield from _kept(one, to)
    label = f"{one['label']} ({one['unit']})" if one.get("unit") else one["label"]
    yield {
        "type": "input",
        "block_id": f"{_FIELD}{one['name']}",
        "label": plain(label, limits.LABEL),
        "hint": plain(_hint(one, to), limits.HINT),
        # Where files are there already, none has to be added.
        "optional": one["may_be_empty"] or bool(one.get("files")),
        "element": {"action_id": _HELD} | _INPUTS[one["kind"]](one, to),
    }


def _hint(one: dict[str, Any], to: Translator) -> str:
    told = [one["hint"]]
    if one["kind"] == "files":
        size = limits.FILE_BYTES // 1_000_000
        told.append(
            to(
                say(
                    "이 창에는 파일마다 {size} MB까지 올릴 수 있습니다. 더 큰 파일은 이 창을 닫고 대화에 올려 주세요.",
                    size=size,
                )
            )
        )
    if one.get("skip") and one["required"] and one["kind"] != "choice" and not one.get("files"):
        # Slack calls it optional, which is the whole truth only where it is not needed in the end.
        told.append(to(say("비워 두시면 {skip:으로/로} 처리합니다.", skip=f"'{one['skip']}'")))
    return " ".join(part for part in told if part)


def _kept(one: dict[str, Any], to: Translator) -> Iterator[Block]:
    """The files that are there already, all ticked: who takes a tick away takes the file out."""
    files = one["files"]
    for start in range(0, len(files), limits.CHECKBOXES):
        options = [
            _option(cut_name(file["name"], limits.OPTION), str(file["id"]))
            for file in files[start : start + limits.CHECKBOXES]
        ]
        ticked = {"type": "checkboxes", "action_id": _HELD, "options": options, "initial_options": options}
        yield {
            "type": "input",
            "block_id": f"{_KEPT}{start}:{one['name']}",
            "label": plain(to(say("{label}: 올린 파일", label=one["label"])), limits.LABEL),
            "hint": plain(to(say("빼실 파일은 선택을 풀어 주세요.")), limits.HINT),
            "optional": True,
            "element": ticked,
        }


def _number(one: dict[str, Any], to: Translator) -> Block:
    return {"type": "plain_text_input", **_initial("initial_value", cut(one["raw"], limits.TYPED))}


def _text(one: dict[str, Any], to: Translator) -> Block:
    longest = min(one["longest"], limits.TYPED)
    return {
        "type": "plain_text_input",
        "multiline": longest >= _WRITES_MUCH,
        "max_length": longest,
        **_initial("initial_value", cut(one["raw"], longest)),
    }


def _choice(one: dict[str, Any], to: Translator) -> Block:
    options = [_option(option["label"], option["value"]) for option in one["options"]]
    chosen = next((option for option in options if option["value"] == one["raw"]), None)
    if one["may_be_empty"]:
        options.append(_option(one.get("skip") or to(say("선택 안 함")), _NOTHING))
    first = _initial("initial_option", chosen)
    if len(options) <= _RADIO_MOST:
        return {"type": "radio_buttons", "options": options, **first}
    placeholder = plain(to(say("선택해 주세요")), limits.PLACEHOLDER)
    listed: Block = {"type": "static_select", "placeholder": placeholder, **first}
    if len(options) <= limits.OPTIONS:
        return listed | {"options": options}
    groups = [options[start : start + limits.OPTIONS] for start in range(0, len(options), limits.OPTIONS)]
    named = [
        {"label": plain(f"{place * limits.OPTIONS + 1}-", limits.OPTION), "options": group}
        for place, group in enumerate(groups)
    ]
    return listed | {"option_groups": named}


def _option(label: str, value: str) -> Block:
    return {"text": plain(label, limits.OPTION), "value": value}


def _initial(name: str, value: object) -> Block:
    """What an input holds at first; Slack takes nothing that is empty."""
    return {name: value} if value else {}


def _date(one: dict[str, Any], to: Translator) -> Block:
    return {"type": "datepicker", **_initial("initial_date", _day(one))}


def _day(one: dict[str, Any]) -> str | None:
    """The day that was entered, however it was written."""
    nothing = Phrase("")
    field = DateField(one["name"], nothing, nothing, date.fromisoformat(one["earliest"]), skip=nothing)
    try:
        until = field.read(one["raw"])
    except Refusal:
        return None
    return until.date().isoformat() if until else None


def _files(one: dict[str, Any], to: Translator) -> Block:
    return {
        "type": "file_input",
        "filetypes": [kind.removeprefix(".") for kind in one["accept"]],
        "max_files": min(one["most"], limits.FILES),
    }


_INPUTS = {"number": _number, "text": _text, "choice": _choice, "date": _date, "files": _files}
