"""Draws a screen for Telegram: a title in bold, states with a coloured sign, facts line by line, buttons below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.outgoing.load import Load
from bot.telegram.keyboard import SIGNS, keyboard, numbers_choices
from bot.telegram.text import Line, Run, bold, from_spans, line, link, parts, says_something
from models.words import say, translator

Body = dict[str, Any]
_NOTHING = "…"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Drawn:
    """A screen as Telegram takes it: HTML in one part or more, and the buttons under the last."""

    parts: list[str]
    keyboard: InlineKeyboardMarkup | None


def draw(body: Body, live: bool, locale: str) -> Drawn:
    """The screen of a load; one that is over has no buttons, and asks for nothing any more."""
    match body["kind"]:
        case "card":
            lines = _card(body)
        case "menu":
            lines = _menu(body, live, locale)
        case "form":
            lines = _form(body, live, locale)
        case _:
            lines = _notice(body)
    return Drawn(parts(_spaced(lines)) or [_NOTHING], keyboard(body, live))


def ring(load: Load, address: str) -> str:
    """That there is something to read on the web messenger, and where; nothing of what."""
    said = load.ring or say("확인하실 소식이 있습니다.")
    return "\n".join(parts([line(translator(load.locale)(said)), line(*link("", address))]))


def _notice(body: Body) -> Iterator[Line]:
    sign = f"{SIGNS[body['tone']]} " if body["tone"] != "neutral" else ""
    for place, spans in enumerate(body["text"]):
        yield line(sign if place == 0 else "", *from_spans(spans))


def _card(body: Body) -> Iterator[Line]:
    yield line(bold(body["title"]))
    if body["badge"]:
        yield line(_badge(body["badge"]))
    for spans in body.get("prompt", []):
        yield line(*from_spans(spans))
    yield line()
    for label, value in body["facts"]:
        yield line(bold(label), " ", *from_spans(value), is_quoted=True)
    yield line()
    yield from _text(body)


def _menu(body: Body, live: bool, locale: str) -> Iterator[Line]:
    yield from _text(body)
    if numbers_choices(body):
        yield line()
        for number, choice in enumerate(body["choices"], 1):
            state = f" {_badge(choice['badge'])}" if choice["badge"] else ""
            yield line(bold(f"{number}. {choice['label']}"), state)
            if says_something(choice["detail"]):
                yield line(*from_spans(choice["detail"]))
    if "page" in body:
        yield line()
        yield line(translator(locale)(say("{page}/{pages}쪽", page=body["page"][0], pages=body["page"][1])))
    if live and "search" in body:
        yield line()
        yield line("🔎 ", Run(body["search"]["hint"], "i"))


def _form(body: Body, live: bool, locale: str) -> Iterator[Line]:
    yield line(bold(body["title"]))
    yield from _text(body)
    if live and body.get("error"):
        yield line(f"{SIGNS['bad']} ", bold(body["error"]))
    yield line()
    if not live:
        for one in body["fields"]:
            yield from _entered(one)
        return
    for one in body["fields"]:
        if one["state"] == "done":
            yield from _entered(one, "✓ ")
    count = len(body["fields"])
    for place, one in enumerate(body["fields"], 1):
        if one["state"] == "now":
            yield line()
            yield from _open(one, f" ({place}/{count})" if count > 1 else "", locale)
            yield line()
    later = [one["label"] for one in body["fields"] if one["state"] == "later"]
    if later:
        yield line(translator(locale)(say("다음 순서: {fields}", fields=", ".join(later))))


def _entered(one: Body, sign: str = "") -> Iterator[Line]:
    """A field with its answer; nothing of one that was never answered."""
    if one["raw"] or one.get("files") or one["state"] == "done":
        yield line(f"{sign}{one['label']}: ", one["value"], is_quoted=True)


def _open(one: Body, place: str, locale: str) -> Iterator[Line]:
    """The field that is asked for: its name, what was wrong, what is there already, and how to answer."""
    translate = translator(locale)
    yield line("▶ ", bold(one["label"]), place)
    if "error" in one:
        yield line(f"{SIGNS['bad']} ", bold(one["error"]))
    if one["raw"]:
        yield line(translate(say("지금 값: {value}", value=one["value"])))
    if one["hint"]:
        yield line(one["hint"])
    if one["kind"] == "files":
        yield from _files(one, locale)


def _files(one: Body, locale: str) -> Iterator[Line]:
    """How many files came and which, or which may come."""
    translate = translator(locale)
    if one["files"]:
        yield line(
            translate(say("받은 파일 {count}개 (최대 {most}개)", count=len(one["files"]), most=one["most"]))
        )
        for file in one["files"]:
            yield line(f"📎 {file['name']} ({_size(file['size'])})", is_quoted=True)
    else:
        kinds = ", ".join(kind.removeprefix(".") for kind in one["accept"])
        size = one["cap"] // _MEGABYTE
        yield line(Run(translate(say("형식: {kinds} · 한 개에 {size}MB까지", kinds=kinds, size=size)), "i"))


def _text(body: Body) -> Iterator[Line]:
    for spans in body["text"]:
        yield line(*from_spans(spans))


def _badge(badge: Body) -> str:
    return f"{SIGNS[badge['tone']]} {badge['label']}"


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024))} KB" if size < _MEGABYTE else f"{size / _MEGABYTE:.1f} MB"


def _spaced(lines: Iterable[Line]) -> Iterator[Line]:
    """No empty line at either end, nor two of them together."""
    is_due = has_begun = False
    for one in lines:
        if not one.runs:
            is_due = has_begun
            continue
        if is_due:
            yield line()
        yield one
        is_due, has_begun = False, True
