"""Draws a neutral screen as a message of Slack's: blocks, and a text for where blocks are not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.outgoing.load import Load
from bot.slack.buttons import FORM, Buttons, rows
from bot.slack.fitting import fallback, fit
from bot.slack.limits import BUTTON_SHOWS, CONTEXT, FIELD, FIELDS, HEADER, SECTION
from bot.slack.text import Block, Spans, escape, is_printable, passages, plain, read_out, text_object, width
from models.words import Translator, say, translator
from models.words.translate import LOCALES

Body = dict[str, Any]
_SIGNS = {"neutral": "🔵", "waiting": "⏳", "good": "✅", "warning": "⚠️", "bad": "⛔"}
"""One sign a tone."""
_KEPT_BUTTONS = (say("임시저장"), say("취소"))
"""What a form that is filled in at once can be left by; its other buttons ask field by field."""
# Longer than that, a fact is no line of a table any more.
_NARROW = 120


@dataclass(frozen=True)
class Drawn:
    """A message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: list[Block]


def draw(body: Body, live: bool, locale: str, token: str) -> Drawn:
    """The screen as it stands; without buttons where it is over. `token` is the screen's own."""
    translate = translator(locale)
    drawing = _Drawing(Buttons(translate), live, translate, token)
    blocks = _KINDS[body["kind"]](drawing, body)
    return Drawn(fallback(blocks), fit(blocks, translate))


def ring(load: Load, address: str) -> Drawn:
    """That there is something to read on the web messenger, and where; nothing of what."""
    words = translator(load.locale)(load.ring or say("확인하실 소식이 있습니다."))
    return Drawn(escape(f"{words}\n{address}"), sections([[{"t": words}], [{"t": address, "href": address}]]))


@dataclass
class _Drawing:
    buttons: Buttons
    live: bool
    translate: Translator
    token: str

    def rows(self, *buttons: Block) -> list[Block]:
        return rows(buttons) if self.live else []

    def after(self, body: Body) -> list[Block]:
        """The files and buttons under a screen, which outlive what was asked above them."""
        return [
            *self.rows(*self.buttons.files(body.get("files", []))),
            *self.rows(*self.buttons.drawn(body["buttons"])),
        ]


def header(title: str) -> list[Block]:
    """A title; one that is too long for it is told in full below."""
    blocks: list[Block] = [{"type": "header", "text": plain(title, HEADER)}]
    return [*blocks, *sections([[{"t": title}]])] if len(title) > HEADER else blocks


def sections(lines: Sequence[Spans]) -> list[Block]:
    """A text of any length."""
    return [{"type": "section", "text": passage} for passage in passages(lines, SECTION)]


def small(*lines: Spans) -> list[Block]:
    """Something said in passing, or about what stands right above."""
    told = [line for line in lines if read_out(line).strip()]
    return [{"type": "context", "elements": [text_object(told, CONTEXT)]}] if told else []


def warning(words: str) -> list[Block]:
    """What is wrong."""
    return sections([[{"t": f"{_SIGNS['warning']} {words}"}]])


def choices(drawn: Sequence[Body], buttons: Buttons, *, live: bool = True) -> list[Block]:
    """The lines of a menu: each a button that says its name, and below it what else there is to know. Where there
    is nothing to say but their names, a row of buttons."""
    if live and not any(map(_about, drawn)):
        return rows([buttons.named(one["label"], one["token"]) for one in drawn])
    blocks: list[Block] = []
    for one in drawn:
        if live:
            blocks += [*rows([buttons.named(one["label"], one["token"])]), *small(*_about(one))]
        else:
            blocks += sections([[{"b": one["label"]}], _state(one)])
    return blocks


def _about(one: Body) -> list[Spans]:
    """What stands below the button of a choice; its name too, where a button is too narrow for it."""
    name: Spans = [{"b": one["label"]}]
    told = [name] if width(one["label"]) > BUTTON_SHOWS else []
    return [*told, state] if (state := _state(one)) else told


def _state(one: Body) -> Spans:
    """The badge and the detail of a choice in one line."""
    detail: Spans = one["detail"] if read_out(one["detail"]).strip() else []
    if not one["badge"]:
        return detail
    return [{"t": _badge(one["badge"]) + (" · " if detail else "")}, *detail]


def _badge(badge: Body) -> str:
    return f"{_SIGNS[badge['tone']]} {badge['label']}"


def _notice(drawing: _Drawing, body: Body) -> list[Block]:
    text = body["text"]
    if body["tone"] != "neutral" and text:
        text = [[{"t": _SIGNS[body["tone"]] + " "}, *text[0]], *text[1:]]
    return [*sections(text), *drawing.after(body)]


def _card(drawing: _Drawing, body: Body) -> list[Block]:
    return [
        *header(body["title"]),
        *(small([{"t": _badge(body["badge"])}]) if body["badge"] else []),
        *sections(body.get("prompt", [])),
        *_facts(body["facts"]),
        *sections(body["text"]),
        *drawing.after(body),
    ]


def _facts(facts: Sequence[tuple[str, Spans]]) -> list[Block]:
    """A table of names and values. Each has a text of its own, or a sign in the value would take the bold print
    off the name."""
    blocks: list[Block] = []
    table: list[Block] = []
    for label, value in facts:
        name: Spans = [{"b": label}]
        if len(read_out(value)) <= _NARROW:
            table += [text_object([name], FIELD), text_object([value], FIELD)]
            continue
        blocks += [*_columns(table), *sections([name, value])]
        table = []
    return [*blocks, *_columns(table)]


def _columns(table: list[Block]) -> list[Block]:
    return [
        {"type": "section", "fields": table[start : start + FIELDS]} for start in range(0, len(table), FIELDS)
    ]


def _menu(drawing: _Drawing, body: Body) -> list[Block]:
    to, button = drawing.translate, drawing.buttons.button
    blocks = [*sections(body["text"]), *choices(body["choices"], drawing.buttons, live=drawing.live)]
    search = body.get("search", {})
    turns = [
        button(to(words), body[name])
        for name, words in (("previous", say("이전 쪽")), ("next", say("다음 쪽")))
        if name in body
    ]
    if "clear" in search:
        turns.append(button(to(say("검색 지우기")), search["clear"]))
    ways = [
        *small([{"t": " · ".join(_about_page(drawing, body))}]),
        *drawing.rows(*turns),
        *drawing.rows(*drawing.buttons.drawn(body["buttons"])),
    ]
    # Right below the last choice, they would seem to belong to that one.
    return [*blocks, *([{"type": "divider"}] if ways and any(map(_about, body["choices"])) else []), *ways]


def _about_page(drawing: _Drawing, body: Body) -> Iterator[str]:
    if "page" in body:
        page, pages = body["page"]
        yield drawing.translate(say("{page}/{pages}쪽", page=page, pages=pages))
    if drawing.live and "search" in body:
        yield body["search"]["hint"]


def _form(drawing: _Drawing, body: Body) -> list[Block]:
    """A form to be opened, with what was entered so far; one that is over shows what was answered."""
    to, fields = drawing.translate, body["fields"]
    entered = [line for one in fields for line in _entered(one, to)]
    blocks = [*header(body["title"]), *sections(body["text"]), *sections(entered)]
    if not drawing.live:
        return blocks
    if body.get("error"):
        blocks = [*warning(body["error"]), *blocks]
    for one in fields:
        if one.get("error"):
            blocks += warning(f"{one['label']}: {one['error']}")
    if any(one["kind"] == "files" for one in fields):
        blocks += small([{"t": to(say("파일은 이 대화에 바로 올리셔도 됩니다."))}])
    return [*blocks, *drawing.rows(*_ways(drawing, body))]


def _entered(one: Body, to: Translator) -> list[Spans]:
    """What a field holds; who skipped it on purpose has answered it too."""
    is_there = one["state"] == "done" or one["raw"] or one.get("files")
    value = str(one["value"] or "-") if is_there else to(say("미입력"))
    line: Spans = [{"b": one["label"]}, {"t": f": {value}"}]
    # A sign in the value would take the bold print off the name.
    return [line] if is_printable(line) else [[{"b": one["label"]}, {"t": ":"}], [{"t": value}]]


def _ways(drawing: _Drawing, body: Body) -> list[Block]:
    label = drawing.translate(say("입력창 열기"))
    opens = drawing.buttons.button(label, f"{drawing.token}.{FORM}", "primary", action_id=FORM)
    # In whichever language the form was drawn.
    wanted = {translator(locale)(words) for locale in LOCALES for words in _KEPT_BUTTONS}
    return [opens, *drawing.buttons.drawn([one for one in body["buttons"] if one["label"] in wanted])]


_KINDS = {"notice": _notice, "card": _card, "menu": _menu, "form": _form}
