"""What arrives over the WebSocket: each message is one turn, acknowledged after its commit."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session, col, select
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.turn import Incoming, Outcome, take_turn
from bot.web.draw import draw_line
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
_TOO_FAST = say("너무 빠르게 보내고 있습니다. 잠시 뒤 다시 보내 주세요.")
_TOO_LONG = say("한 번에 {count}자까지 보낼 수 있습니다. 나누어 보내 주세요.", count=LONGEST_TEXT)
_NOT_UNDERSTOOD = say("보낸 내용을 읽을 수 없습니다. 화면을 새로 고친 뒤 다시 보내 주세요.")
_FAILED = say("처리하지 못했습니다. 입력하신 내용은 그대로 있으니 잠시 뒤 다시 보내 주세요.")
_LOGGED_OUT = say("로그인이 끝났습니다. 다시 로그인해 주세요.")


async def serve_chat(socket: WebSocket, house: House) -> None:
    """One window, from its hello until it is closed."""
    await socket.accept()
    try:
        hello = json.loads(await asyncio.wait_for(socket.receive_text(), _HELLO_WITHIN))
    except (TimeoutError, ValueError, WebSocketDisconnect, KeyError):
        with contextlib.suppress(RuntimeError):
            await socket.close(4400)
        return
    value = str(hello.get("session") or "") if house.is_demo else ""
    value = value or session_value(socket, house) or ""
    logged_in = await house.workers.read(house.sessions.who, value)
    if logged_in is None:
        text = translator(house.locale)(_LOGGED_OUT)
        await socket.send_json({"op": "bye", "reason": "expired", "text": text})
        await socket.close(4401)
        return
    connection = house.hub.join(logged_in.account_id)
    writer = asyncio.create_task(_write(socket, connection))
    try:
        window = _Window(house, connection, logged_in, value)
        await window.welcome()
        while True:
            await window.take(await socket.receive_text())
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        house.hub.leave(connection)
        writer.cancel()


async def _write(socket: WebSocket, connection: Connection) -> None:
    """Sends what the window is given; None closes it."""
    while (event := await connection.events.get()) is not None:
        await socket.send_json(event)
    with contextlib.suppress(RuntimeError):
        await socket.close(1012)


class _Window:
    """One open window of a person."""

    def __init__(self, house: House, connection: Connection, logged_in: LoggedIn, value: str) -> None:
        self._house = house
        self._connection = connection
        self._account_id = logged_in.account_id
        self._person_id = logged_in.person_id
        self._translate: Translator = translator(logged_in.locale)
        self._value = value

    async def welcome(self) -> None:
        """Who this is, the history, and a first screen for who never had one."""
        house, now = self._house, self._house.clock.now()
        event = await house.workers.read(welcome, now, self._account_id, house.links, house.vault.cap)
        self._connection.give(event)
        if await house.workers.read(needs_first_screen, self._account_id):
            await self._turn("arrived", Arrived())

    async def take(self, raw: str) -> None:
        """One message of the window."""
        try:
            message = json.loads(raw)
            operation, key = message["op"], str(message.get("id", ""))[:80]
        except (ValueError, TypeError, KeyError, AttributeError):
            self._refuse("", _NOT_UNDERSTOOD)
            return
        if operation == "ping":
            self._connection.give({"op": "pong"})
        elif operation == "more":
            await self._more(message.get("before"))
        elif operation in ("say", "press"):
            await self._answer(key, message)
        else:
            self._refuse(key, _NOT_UNDERSTOOD)

    async def _answer(self, key: str, message: dict[str, Any]) -> None:
        if not self._house.messages.allow(str(self._account_id)):
            self._refuse(key, _TOO_FAST)
            return
        if await self._house.workers.write(self._house.sessions.seen, self._value) is None:
            text = self._translate(_LOGGED_OUT)
            self._connection.give({"op": "bye", "reason": "expired", "text": text})
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
                kept.append(_keep_line(session, account, key, answer, now))

        incoming = Incoming(Messenger.WEB, str(self._person_id), key, answer, keep)
        try:
            outcome: Outcome = await house.workers.write(take_turn, now, house.book, incoming)
        except Exception:
            log.exception("turn.failed")
            self._refuse(key, _FAILED)
            return
        self._translate = translator(outcome.locale)
        for line in kept:
            drawn = draw_line(line, outcome.locale, house.links)
            house.hub.give(self._account_id, {"op": "line", "line": drawn})
        if key != "arrived":
            self._connection.give({"op": "ack", "id": key})
        for toast in outcome.toasts:
            text = self._translate(toast.phrase)
            self._connection.give({"op": "toast", "text": text, "tone": toast.tone.value})
        house.delivery.wake()
        house.errands.wake()

    async def _more(self, before: object) -> None:
        if not isinstance(before, int) or isinstance(before, bool):
            return
        house = self._house
        found: Event = await house.workers.read(
            history, self._account_id, self._translate.locale, house.links, before, HISTORY
        )
        self._connection.give({"op": "lines"} | found)

    def _refuse(self, key: str, phrase: Phrase) -> None:
        self._connection.give({"op": "refused", "id": key, "text": self._translate(phrase)})


def _read_answer(message: dict[str, Any]) -> FromMessenger | None:
    if message["op"] == "press":
        token = message.get("token")
        return PressedToken(token[:80]) if isinstance(token, str) else None
    text, files = message.get("text", ""), message.get("files", [])
    if not isinstance(text, str) or not isinstance(files, list) or len(files) > MOST_FILES:
        return None
    # A lone surrogate is no text and could not be stored.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return Said(text.replace("\x00", ""), [str(file)[:64] for file in files])


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
