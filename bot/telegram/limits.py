"""Telegram's limits, all in one place, and the gates that keep to them.

https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

from bot.outgoing.gate import Gate, Gates

LONGEST_TEXT = 4096
"""Of a message, in characters without its tags."""
MOST_PARTS = 10
"""Of one screen, whose messages' ids are kept in 120 characters."""
LONGEST_CAPTION = 1024
LONGEST_CALLBACK = 64
"""In bytes."""
LONGEST_ANSWER = 200
"""Of the words that answer a pressed button, in characters."""
MOST_BUTTONS = 100
LONGEST_KEYBOARD = 10_000
"""In bytes of JSON. Nobody publishes it; the server refuses what is a little longer."""
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_UPDATES = 100
LONGEST_POLL = 50
"""In seconds."""

OVERALL, IN_A_CHAT = 30, 1
"""How many messages a second, together and to one chat."""
A_SECOND = 1.01
"""Telegram's, in seconds of ours."""

# 97 % of the allowed rate. A few at a time: thirty at once would keep each other waiting on their way.
_AT_ONCE, _WINDOW = 5, 0.172


def overall_gate() -> Gate:
    """Thirty calls a second, whoever they are for."""
    return Gate(_AT_ONCE, _WINDOW)


def chat_gates() -> Gates:
    """One message a second to each chat."""
    return Gates(IN_A_CHAT, A_SECOND)
