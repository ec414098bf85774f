"""Draws a neutral screen as a message of Slack's: blocks, and a text for where blocks are not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock, HeaderBlock, SectionBlock

from bot.slack.buttons import FORM, Buttons, rows
from bot.slack.fitting import fallback, fit
from bot.slack.limits import CONTEXT, FIELD, FIELDS, HEADER, SECTION
from bot.slack.text import Spans, cut, passages, plain, read_out, text_object
from models.words import Translator, say, translator
from models.words.translate import LOCALES

Body = dict[str, Any]
_SIGNS = {"neutral": "▫️", "waiting": "⏳", "good": "✅", "warning": "⚠️", "bad": "⛔"}
"""One sign a tone."""
_KEPT_BUTTONS = (say("임시저장"), say("취소"))
"""What a form that is filled in at once can be left by; its other buttons ask field by field."""
# Longer than that, a fact is no column of a table any more.
_NARROW = 200


@dataclass(frozen=True)
class Drawn:
    """A message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: list[dict[str, Any]]


def draw(body: Body, live: bool, locale: str, token: str) -> Drawn:
    """The screen as it stands; without buttons where it is over. `token` is the screen's own."""
    translate = translator(locale)
    drawing = _Drawing(Buttons(translate), live, translate, token)
    blocks = _KINDS[body["kind"]](drawing, body)
    return Drawn(fallback(blocks), fit(blocks, translate))


@dataclass
class _Drawing:
    buttons: Buttons
    live: bool
    translate: Translator
    token: str

    def rows(self, *buttons: ButtonElement) -> list[Block]:
        return [*rows(buttons)] if self.live else []

    def after(self, body: Body) -> list[Block]:
        """The files and buttons under a screen, which outlive what was asked above them."""
        return [
            *self.rows(*self.buttons.files(body.get("files", []))),
            *self.rows(*self.buttons.drawn(body["buttons"])),
        ]


def header(title: str) -> list[Block]:
    """A title; one that is too long for it is told in full below."""
    blocks: list[Block] = [HeaderBlock(text=plain(title, HEADER))]
    return [*blocks, *sections([[{"t": title}]])] if len(title) > HEADER else blocks


def sections(lines: Sequence[Spans]) -> list[Block]:
    """A text of any length."""
    return [SectionBlock(text=passage) for passage in passages(lines, SECTION)]


def hint(words: str) -> list[Block]:
    """Something said in passing."""
    return [ContextBlock(elements=[text_object([[{"t": words}]], CONTEXT)])] if words.strip() else []


def choices(drawn: Sequence[Body], buttons: Buttons, *, live: bool = True) -> list[Block]:
    """The lines of a menu with a button each; where there is nothing to say but their labels, a row of buttons."""
    if live and not any(read_out(one["detail"]).strip() or one["badge"] for one in drawn):
        return [*rows([buttons.button(one["label"], one["token"]) for one in drawn])]
    blocks: list[Block] = []
    for one in drawn:
        button = buttons.button(one["label"], one["token"]) if live else None
        text = text_object(_choice(one), SECTION)
        blocks.append(SectionBlock(text=text, accessory=button) if button else SectionBlock(text=text))
    return blocks


def _choice(one: Body) -> list[Spans]:
    name: Spans = [{"b": cut(one["label"], SECTION // 3)}]
    if one["badge"]:
        name.append({"t": f"  {_badge(one['badge'])}"})
    told = [name]
    if read_out(one["detail"]).strip():
        told.append(one["detail"])
    return told


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
        *(hint(_badge(body["badge"])) if body["badge"] else []),
        *_facts(body["facts"]),
        *sections(body["text"]),
        *drawing.after(body),
    ]


def _facts(facts: Sequence[tuple[str, Spans]]) -> list[Block]:
    blocks: list[Block] = []
    narrow: list[list[Spans]] = []
    for label, value in facts:
        told: list[Spans] = [[{"b": label}], value]
        if len(read_out(value)) <= _NARROW:
            narrow.append(told)
            continue
        blocks += [*_columns(narrow), *sections(told)]
        narrow = []
    return [*blocks, *_columns(narrow)]


def _columns(facts: list[list[Spans]]) -> list[Block]:
    return [
        SectionBlock(fields=[text_object(fact, FIELD) for fact in facts[start : start + FIELDS]])
        for start in range(0, len(facts), FIELDS)
    ]


def _menu(drawing: _Drawing, body: Body) -> list[Block]:
    to, button = drawing.translate, drawing.buttons.button
    blocks = [*sections(body["text"]), *choices(body["choices"], drawing.buttons, live=drawing.live)]
    search = body.get("search", {})
    if drawing.live:
        blocks += hint(search.get("hint", ""))
    turns = [
        button(to(words), body[name])
        for name, words in (("previous", say("이전 쪽")), ("next", say("다음 쪽")))
        if name in body
    ]
    if "clear" in search:
        turns.append(button(to(say("검색 지우기")), search["clear"]))
    if "page" in body:
        page, pages = body["page"]
        blocks += hint(to(say("{pages}쪽 가운데 {page}쪽", page=page, pages=pages)))
    return [*blocks, *drawing.rows(*turns), *drawing.rows(*drawing.buttons.drawn(body["buttons"]))]


def _form(drawing: _Drawing, body: Body) -> list[Block]:
    """A form to be opened, with what was entered so far; one that is over shows what was answered."""
    to, fields = drawing.translate, body["fields"]
    entered: list[Spans] = [[{"b": one["label"]}, {"t": f": {_entered(one, to)}"}] for one in fields]
    blocks = [*header(body["title"]), *sections(body["text"]), *sections(entered)]
    if not drawing.live:
        return blocks
    for one in fields:
        if one.get("error"):
            blocks += sections([[{"t": f"{_SIGNS['warning']} {one['label']}: {one['error']}"}]])
    if any(one["kind"] == "files" for one in fields):
        blocks += hint(to(say("파일은 이 대화에 바로 올리셔도 됩니다.")))
    return [*blocks, *drawing.rows(*_ways(drawing, body))]


def _entered(one: Body, to: Translator) -> str:
    """What a field holds; who skipped it on purpose has answered it too."""
    is_there = one["state"] == "done" or one["raw"] or one.get("files")
    return str(one["value"] or "-") if is_there else to(say("미입력"))


def _ways(drawing: _Drawing, body: Body) -> list[ButtonElement]:
    label = drawing.translate(say("입력창 열기"))
    opens = drawing.buttons.button(label, f"{drawing.token}.{FORM}", "primary", action_id=FORM)
    # In whichever language the form was drawn.
    wanted = {translator(locale)(words) for locale in LOCALES for words in _KEPT_BUTTONS}
    return [opens, *drawing.buttons.drawn([one for one in body["buttons"] if one["label"] in wanted])]


_KINDS = {"notice": _notice, "card": _card, "menu": _menu, "form": _form}
