"""A screen as somebody sees it in Slack: the message and, of a form, its modal, from what the bot really sends."""

from __future__ import annotations

import json
from html import escape, unescape

from bot.slack.draw import Drawn, draw
from bot.slack.modal import modal
from tests.gallery.blocks import Block, confirms, html_of
from tests.gallery.recorder import TOKEN, Seen
from tests.kit.slack.blocks import BUDGET, check_message, check_view, size_in_message

_HEARD = 100
"""Characters of a notification that somebody sees."""
_LONGEST_TEXT = 4_000
_LARGEST_VIEW = 250_000


def drawn(seen: Seen) -> Drawn:
    return draw(seen.body, seen.live, seen.locale, TOKEN)


def view(seen: Seen) -> Block | None:
    """The modal in which a form is filled in."""
    return modal(1, seen.body, seen.locale) if seen.live and seen.body["kind"] == "form" else None


def look(seen: Seen) -> str:
    """The HTML of the column."""
    message = drawn(seen)
    blocks = message.blocks
    asked = "".join(_question(one) for one in confirms(blocks))
    form = view(seen)
    heard = escape(unescape(message.text).replace("\n", " ")[:_HEARD])
    shown = f'<div class="sl">{html_of(blocks)}</div><p class="aside">알림 글: {heard}</p>{asked}'
    if "picture" in seen.body:
        shown += f'<p class="aside">이어지는 사진: {escape(seen.body["picture"]["name"])}</p>'
    return shown + (look_of_modal(form) if form else "")


def look_of_modal(form: Block) -> str:
    """A modal with its title and its two buttons."""
    close, submit = form["close"]["text"], form["submit"]["text"]
    return (
        f'<p class="aside">입력창</p><div class="sl-modal"><h5>{form["title"]["text"]}<i>✕</i></h5>'
        f'<div class="sl-in">{html_of(form["blocks"])}</div>'
        f'<footer><span class="sl-button">{close}</span>'
        f'<span class="sl-button primary">{submit}</span></footer></div>'
    )


def look_of_home(home: Block) -> str:
    """The App Home."""
    return f'<div class="sl sl-home">{html_of(home["blocks"])}</div>'


def faults(seen: Seen) -> list[str]:
    """What Slack would refuse of it."""
    message, form = drawn(seen), view(seen)
    told = check_message(message.blocks)
    if size_in_message(message.blocks) > BUDGET:
        told.append("msg_blocks_too_long")
    if not 0 < len(message.text) <= _LONGEST_TEXT:
        told.append(f"a fallback text of {len(message.text)} characters")
    return told + (faults_of_view(form) if form else [])


def faults_of_view(shown: Block) -> list[str]:
    """What Slack would refuse of a modal or an App Home."""
    told = check_view(shown, shown["type"])
    size = len(json.dumps(shown, ensure_ascii=False).encode())
    return told + (["view_too_large"] if size > _LARGEST_VIEW else [])


def _question(one: Block) -> str:
    ok = f'<span class="sl-button {one.get("style", "primary")}">{one["confirm"]["text"]}</span>'
    return (
        f'<p class="aside">누르면 묻는 말</p><div class="sl-modal"><h5>{one["title"]["text"]}</h5>'
        f'<div class="sl-in">{one["text"]["text"]}</div>'
        f'<footer><span class="sl-button">{one["deny"]["text"]}</span>{ok}</footer></div>'
    )
