"""Ends windows with a word: whoever is logged out, or has too many open, is told and not left listening."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from bot.web.hub import Event, Hub
from bot.web.limits import MOST_WINDOWS
from bot.web.sessions import Sessions
from bot.workers import Workers
from models.words import say, translator

_WORDS = {
    "expired": say("로그인이 끝났습니다. 다시 로그인해 주세요."),
    "replaced": say("다른 창에서 대화를 이어 가고 있어 이 창을 닫았습니다."),
}


def bye(reason: str, locale: str) -> Event:
    """The last word to a window: why it is closed, and that it need not come back by itself."""
    return {"op": "bye", "reason": reason, "text": translator(locale)(_WORDS[reason])}


def end_surplus(hub: Hub, account_id: int) -> None:
    """Closes an account's oldest windows where it has more open than anybody needs."""
    windows = hub.of(account_id)
    for connection in windows[: max(0, len(windows) - MOST_WINDOWS)]:
        connection.end(bye("replaced", connection.locale))


async def end_logged_out(workers: Workers, sessions: Sessions, hub: Hub) -> None:
    """Closes the windows whose login is over, or whose person has left: nothing more is shown in them."""
    windows = list(hub)
    over = await workers.read(_over, sessions, sorted({connection.session for connection in windows}))
    for connection in windows:
        if connection.session in over:
            connection.end(bye("expired", connection.locale))


def _over(session: Session, sessions: Sessions, values: Sequence[str]) -> set[str]:
    return {value for value in values if sessions.who(session, value) is None}
