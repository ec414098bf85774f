"""One window of the web messenger without a browser: it speaks the page's protocol, and waits instead of sleeping.

async with served.window("officer") as officer:
    await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
    await officer.attaches(files.pdf(), "증빙.pdf")
    await officer.presses("다음")
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.kit.conversation import shown

Event = dict[str, Any]
WAITS = 10.0
COOKIE = "bogobot"


class Window:
    """A window of whoever the session belongs to; open it with `async with`."""

    def __init__(
        self, url: str, session: str, *, origin: str | None = None, token: str | None = None
    ) -> None:
        self.url = url
        self.session = session
        self.events: list[Event] = []
        self._headers = {"Cookie": f"{COOKIE}={session}"} if session else {}
        self._origin = origin
        self._token = token
        self._news = asyncio.Condition()
        self._seen = 0
        self._is_closed = False

    async def __aenter__(self) -> Window:
        await self.connects()
        await self.gets("welcome")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.closes()

    async def connects(self, hello: str | bytes | None = "usual") -> None:
        """Opens the socket and says hello, or what is given in its place."""
        address = self.url.replace("http", "ws", 1) + "/ws"
        origin: Any = self._origin
        self.socket: ClientConnection = await connect(
            address, additional_headers=self._headers, origin=origin, max_size=None, compression=None
        )
        self._is_closed = False
        self._listening = asyncio.create_task(self._listen())
        if hello == "usual":
            hello = json.dumps({"op": "hello", "session": self._token})
        if hello is not None:
            await self.socket.send(hello)

    async def closes(self) -> None:
        await self.socket.close()
        await self._listening

    def hangs_up(self) -> None:
        """Breaks the line off without a word."""
        self.socket.transport.abort()

    async def sends(self, message: object) -> None:
        """Sends a message, text as it is; the server may close the window before it is through."""
        with suppress(ConnectionClosed):
            await self.socket.send(message if isinstance(message, str) else _json(message))

    async def says(self, text: str, *parcels: str) -> None:
        """Types words, and waits until they were taken."""
        self._seen = len(self.events)
        answer = await self.tries({"op": "say", "text": text, "files": list(parcels)})
        assert answer["op"] == "ack", answer

    async def presses(self, label: str) -> None:
        """Presses the newest button of that label that still works, once it is there."""
        token = await self.token(label)
        self._seen = len(self.events)
        answer = await self.tries({"op": "press", "token": token})
        assert answer["op"] == "ack", answer

    async def token(self, label: str) -> str:
        """What the newest living button of that label stands for, once it is there."""
        await self._until(lambda: self._button(label) is not None, lambda: f"no {label!r}: {self.told()}")
        return str(self._button(label))

    async def tries(self, message: Event, key: str | None = None) -> Event:
        """Sends a say or press under a key of its own and returns what became of it: ack, refused or bye."""
        key = key or str(uuid.uuid4())
        mark = len(self.events)
        await self.sends(message | {"id": key})

        def answers(event: Event) -> bool:
            return event["op"] == "bye" or (event["op"] in ("ack", "refused") and event["id"] == key)

        return await self._first(answers, mark)

    async def attaches(self, content: bytes, name: str) -> None:
        """Uploads a file and sends it without words."""
        await self.says("", await self.uploads(content, name))

    async def uploads(self, content: bytes, name: str) -> str:
        """Uploads a file and returns its parcel."""
        async with httpx.AsyncClient(verify=False) as client:
            answer = await client.post(
                f"{self.url}/files", content=content, headers=self._headers | {"X-File-Name": quote(name)}
            )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    async def takes(self, name: str) -> httpx.Response:
        """Takes the newest file of that name away."""
        async with httpx.AsyncClient(verify=False) as client:
            return await client.get(self.url + await self.link(name), headers=self._headers)

    async def link(self, name: str) -> str:
        """The address of the newest file of that name, once it is there."""
        await self._until(lambda: self._link(name) is not None, lambda: f"no file {name!r}: {self.told()}")
        return str(self._link(name))

    async def sees(self, *words: str) -> None:
        """What was shown since the last answer has these words in it, or will have them in a moment."""
        for word in words:
            await self._until(lambda: word in self.told(), lambda: f"{word!r} is not in:\n{self.told()}")  # noqa: B023

    async def gets(self, operation: str) -> Event:
        """The first event of that kind since the last answer, once it is there."""
        return await self._first(lambda event: event["op"] == operation, self._seen)

    async def ends(self) -> int | None:
        """Waits until the server closes the window; its close code."""
        async with asyncio.timeout(WAITS):
            await self._listening
        return self.socket.close_code

    def told(self) -> str:
        """Everything shown since the last answer, as somebody would read it out."""
        return "\n".join(_told(event) for event in self.events[self._seen :])

    def lines(self) -> list[Event]:
        """The lines of the chat as they stand, oldest first."""
        lines: dict[int, Event] = {}
        for event in self.events:
            for line in event.get("lines", []):
                lines[line["id"]] = line
            if event["op"] == "line":
                lines[event["line"]["id"]] = event["line"]
            if event["op"] == "gone":
                lines.pop(event["id"], None)
        return [lines[key] for key in sorted(lines)]

    def bodies(self) -> list[Event]:
        """The bot's screens, oldest first."""
        return [line["body"] for line in self.lines() if line["who"] == "bot"]

    def said(self) -> list[str]:
        """What the person said, oldest first."""
        return [line["body"]["text"] for line in self.lines() if line["who"] == "me"]

    async def settles(self) -> None:
        """Everything that was asked before is answered."""
        mark = len(self.events)
        await self.sends({"op": "ping"})
        await self._first(lambda event: event["op"] == "pong", mark)

    def _button(self, label: str) -> str | None:
        for body in reversed(self.bodies()):
            for one in _pressables(body) if body["live"] else []:
                if one["label"] == label:
                    return str(one["token"])
        return None

    def _link(self, name: str) -> str | None:
        files = [file for body in self.bodies() for file in body.get("files", []) if file["name"] == name]
        return files[-1]["href"] if files else None

    async def _first(self, fits: Callable[[Event], bool], mark: int) -> Event:
        def found() -> list[Event]:
            return [event for event in self.events[mark:] if fits(event)]

        await self._until(lambda: bool(found()), lambda: f"it never came: {self.events[mark:]}")
        return found()[0]

    async def _until(self, holds: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        try:
            async with asyncio.timeout(WAITS), self._news:
                await self._news.wait_for(lambda: holds() or self._is_closed)
        except TimeoutError:
            raise AssertionError(otherwise()) from None
        if not holds():
            raise ConnectionError(f"the window was closed ({self.socket.close_code}); {otherwise()}")

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):
            async for message in self.socket:
                async with self._news:
                    self.events.append(json.loads(message))
                    self._news.notify_all()
        self._is_closed = True
        async with self._news:
            self._news.notify_all()


def _json(message: object) -> str:
    """As a browser writes it: what is no text, such as half of a pair, is escaped, and nothing else."""
    text = json.dumps(message, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()


def _pressables(part: Any) -> Iterator[Event]:
    """Everything in a screen that has a label and can be pressed."""
    if isinstance(part, dict) and "label" in part and "token" in part:
        yield part
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in parts:
        yield from _pressables(one)


def _told(event: Event) -> str:
    lines = [event["line"]] if event["op"] == "line" else event.get("lines", [])
    told = [str(line["body"]["text"]) if line["who"] == "me" else shown(line["body"]) for line in lines]
    return "\n".join([*told, str(event.get("text", ""))])
