"""What arrives over the WebSocket: each message is one turn, acknowledged after its commit."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.turn import Incoming, Outcome, take_turn, was_taken
from bot.web.draw import draw_line
from bot.web.farewell import bye, end_surplus
from bot.web.house import House, session_value
from bot.web.hub import Connection, Event
from bot.web.limits import HISTORY, LONGEST_TEXT, MOST_FILES
from bot.web.sessions import LoggedIn
from bot.web.welcome import history, needs_first_screen, welcome
from handlers.dialogue.answers import Arrived, FromMessenger, PressedToken, Said
from models.evidence.table import Parcel
from models.messaging.account import Account, Messenger
from models.messaging.web import WebLine
from models.words import Phrase, Translator, say, translator

log = structlog.get_logger()
_HELLO_WITHIN = 10.0
# Longer than any network needs: whoever has not read by then holds the line without being there.
_READ_WITHIN = 30.0
_TURN_ENDS_WITHIN = 20.0
_KEY = re.compile(r"[\w.:-]{1,80}", re.ASCII)
_TOKEN = re.compile(r"[\w.-]{1,80}", re.ASCII)
_LARGEST_ID = 2**31 - 1
_TOO_FAST = say("너무 빠르게 보내고 있습니다. 잠시 뒤 다시 보내 주세요.")
_TOO_LONG = say("한 번에 {count}자까지 보낼 수 있습니다. 나누어 보내 주세요.", count=LONGEST_TEXT)
_NOT_UNDERSTOOD = say("보낸 내용을 읽을 수 없습니다. 화면을 새로 고친 뒤 다시 보내 주세요.")
_FAILED = say("처리하지 못했습니다. 입력하신 내용은 그대로 있으니 잠시 뒤 다시 보내 주세요.")


async def serve_chat(socket: WebSocket, house: House) -> None:
    """One window, from its hello until it is closed."""
    await socket.accept()
    # Whoever goes away at any moment ends the window, and nothing else.
    with contextlib.suppress(WebSocketDisconnect):
        hello = await _hello(socket)
        if hello is None:
            await socket.close(4400)
            return
        value = str(hello.get("session") or "") if house.is_demo else ""
        value = value or session_value(socket, house) or ""
        logged_in = await house.workers.read(house.sessions.who, value)
        if logged_in is None:
            await socket.send_json(bye("expired", house.locale))
            await socket.close(4401)
            return
        connection = Connection(logged_in.account_id, value, logged_in.locale)
        house.hub.join(connection)
        try:
            end_surplus(house.hub, logged_in.account_id)
            await _talk(socket, _Window(house, connection, logged_in))
        finally:
            house.hub.leave(connection)


async def _hello(socket: WebSocket) -> dict[str, Any] | None:
    """The first message; None when it does not come or is none."""
    try:
        async with asyncio.timeout(_HELLO_WITHIN):
            hello = json.loads(await socket.receive_text())
    except (TimeoutError, ValueError, KeyError, RecursionError):
        return None
    return hello if isinstance(hello, dict) else None


async def _talk(socket: WebSocket, window: _Window) -> None:
    """Reads and writes until either comes to its end, which ends the other."""
    # What is delivered meanwhile waits in the window's queue, so that nothing comes before the welcome.
    await socket.send_json(await window.welcome())
    reader = asyncio.create_task(_read(socket, window))
    try:
        await _write(socket, window.connection)
    finally:
        # A turn that is under way comes to its end, with all that follows it.
        await asyncio.wait({reader}, timeout=_TURN_ENDS_WITHIN)
        reader.cancel()


async def _read(socket: WebSocket, window: _Window) -> None:
    """Takes what arrives, one message after the other, until the other side is gone."""
    try:
        await window.begin()
        while True:
            await window.take(await socket.receive_text())
    except (WebSocketDisconnect, KeyError, RuntimeError):
        pass  # closed by either side, or bytes where text belongs
    finally:
        window.connection.end()


async def _write(socket: WebSocket, connection: Connection) -> None:
    """Sends what the window is given, then closes it."""
    with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        while (event := await connection.events.get()) is not None:
            async with asyncio.timeout(_READ_WITHIN):
                await socket.send_json(event)
        async with asyncio.timeout(_READ_WITHIN):
            await socket.close(1012)
    connection.end()


class _Window:
    """One open window of a person."""

    def __init__(self, house: House, connection: Connection, logged_in: LoggedIn) -> None:
        self.connection = connection
        self._house = house
        self._account_id = logged_in.account_id
        self._person_id = logged_in.person_id
        self._translate: Translator = translator(logged_in.locale)

    async def welcome(self) -> Event:
        """Who this is, and the history."""
        house = self._house
        now, cap = house.clock.now(), house.vault.cap
        event: Event = await house.workers.read(welcome, now, self._account_id, house.links, cap)
        return event

    async def begin(self) -> None:
        """A first screen for who never had one."""
        try:
            if await self._house.workers.read(needs_first_screen, self._account_id):
                await self._turn("arrived", Arrived())
        except Exception:
            log.exception("turn.failed")

    async def take(self, raw: str) -> None:
        """One message of the window; whatever is wrong with it, the window stays."""
        key = ""
        try:
            message = json.loads(raw)
            operation, key = message["op"], _key(message.get("id"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._refuse(key, _NOT_UNDERSTOOD)
            return
        try:
            if operation == "ping":
                self.connection.give({"op": "pong"})
            elif operation == "more":
                await self._more(message.get("before"))
            elif operation in ("say", "press"):
                await self._answer(key, message)
            else:
                self._refuse(key, _NOT_UNDERSTOOD)
        except Exception as error:
            log.exception("turn.failed")
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                # Nobody knows whether it was committed: the page comes back and sends it again under its id.
                self.connection.end()
            else:
                self._refuse(key, _FAILED)

    async def _answer(self, key: str, message: dict[str, Any]) -> None:
        house = self._house
        if not house.messages.allow(str(self._account_id)):
            # Refused means not taken: what was taken before and only sent again is acknowledged all the same.
            if await house.workers.read(was_taken, Messenger.WEB, str(self._person_id), key):
                self.connection.give({"op": "ack", "id": key})
            else:
                self._refuse(key, _TOO_FAST)
            return
        if await house.workers.write(house.sessions.seen, self.connection.session) is None:
            self._log_out()
            return
        answer = _read_answer(message)
        if answer is None or not key:
            self._refuse(key, _NOT_UNDERSTOOD)
        elif isinstance(answer, Said) and len(answer.text) > LONGEST_TEXT:
            self._refuse(key, _TOO_LONG)
        else:
            await self._turn(key, answer)

    async def _turn(self, key: str, answer: FromMessenger) -> None:
        """One turn: committed, then acknowledged, then delivered."""
        house, now = self._house, self._house.clock.now()
        kept: list[WebLine] = []

        def keep(session: Session, account: Account) -> None:
            if isinstance(answer, Said):
                kept[:] = [_keep_line(session, account, key, answer, now)]

        incoming = Incoming(Messenger.WEB, str(self._person_id), key, answer, keep)
        outcome: Outcome = await house.workers.write(take_turn, now, house.book, incoming)
        if not outcome.known:
            self._log_out()
            return
        spoke, self._translate = self._translate.locale, translator(outcome.locale)
        for line in kept:
            drawn = draw_line(line, outcome.locale, house.links)
            house.hub.give(self._account_id, {"op": "line", "line": drawn})
        if not isinstance(answer, Arrived):
            self.connection.give({"op": "ack", "id": key})
        for toast in outcome.toasts:
            text = self._translate(toast.phrase)
            self.connection.give({"op": "toast", "text": text, "tone": toast.tone.value})
        if outcome.locale != spoke:
            # The page has words of its own, which change with the language.
            self.connection.give(await self.welcome())
        house.delivery.wake(outcome.waiting)
        if outcome.has_errand:
            house.errands.wake()

    async def _more(self, before: object) -> None:
        if not isinstance(before, int) or isinstance(before, bool) or not 0 < before <= _LARGEST_ID:
            return
        house = self._house
        found: Event = await house.workers.read(
            history, self._account_id, self._translate.locale, house.links, before, HISTORY
        )
        self.connection.give({"op": "lines"} | found)

    def _refuse(self, key: str, phrase: Phrase) -> None:
        self.connection.give({"op": "refused", "id": key, "text": self._translate(phrase)})

    def _log_out(self) -> None:
        self.connection.end(bye("expired", self._translate.locale))


def _key(given: object) -> str:
    """The id a message came with; nothing where it is none that could be written down and sent back."""
    return given if isinstance(given, str) and _KEY.fullmatch(given) else ""


def _read_answer(message: dict[str, Any]) -> FromMessenger | None:
    if message["op"] == "press":
        token = message.get("token")
        return PressedToken(token) if isinstance(token, str) and _TOKEN.fullmatch(token) else None
    text, files = message.get("text", ""), message.get("files", [])
    if not isinstance(text, str) or not isinstance(files, list) or len(files) > MOST_FILES:
        return None
    if not all(isinstance(file, str) and _TOKEN.fullmatch(file) for file in files):
        return None
    # A lone surrogate is no text and could not be stored.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return Said(text.replace("\x00", ""), files)


def _keep_line(session: Session, account: Account, key: str, said: Said, now: datetime) -> WebLine:
    assert account.id is not None
    files = _names(session, account.person_id, said.files)
    line = WebLine(account_id=account.id, body={"text": said.text, "files": files, "key": key}, at=now)
    session.add(line)
    session.flush()
    return line


def _names(session: Session, person_id: int, ids: Sequence[str]) -> list[dict[str, Any]]:
    found = session.exec(select(Parcel).where(col(Parcel.id).in_(ids), Parcel.owner_id == person_id))
    return [{"name": parcel.name, "size": parcel.size} for parcel in found]
