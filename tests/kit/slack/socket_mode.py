"""Socket Mode: addresses that open a WebSocket once, and envelopes that want an acknowledgement in time."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import WSMsgType, web
from aiohttp.web_request import BaseRequest

from tests.kit.slack.delivery import Ack, Delivery
from tests.kit.slack.workspace import Body, Workspace

MOST_SOCKETS = 10
Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass
class Socket:
    """One connection of the app."""

    link: web.WebSocketResponse
    request: BaseRequest
    outstanding: dict[str, asyncio.Future[Body]] = field(default_factory=dict)
    is_leaving: bool = False
    """Nothing more is sent to it."""


@dataclass
class SocketMode:
    """The sockets that are open, oldest first; an envelope goes to one of them, in turn."""

    workspace: Workspace
    ack_timeout: float = 3.0
    ping_every: float = 10.0
    sockets: list[Socket] = field(default_factory=list)
    envelopes: list[Body] = field(default_factory=list)
    """Everything that was sent, each with `socket`, the number of the connection it went to."""
    on_open: Callable[[], None] = lambda: None
    opened: int = 0
    _tickets: set[str] = field(default_factory=set)
    _turn: Any = field(default_factory=itertools.count)

    def open(self) -> Body:
        """apps.connections.open"""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        address = self.workspace.url.replace("http", "ws", 1)
        return {"url": f"{address}/link/?ticket={ticket}&app_id={self.workspace.app_id}"}

    async def connect(self, request: BaseRequest) -> web.StreamResponse:
        """A WebSocket for as long as it lives."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.discard(ticket)
        link = web.WebSocketResponse(heartbeat=self.ping_every)
        await link.prepare(request)
        if len(self.sockets) >= MOST_SOCKETS:
            await link.send_json(self._farewell("too_many_websockets"))
            await link.close()
            return link
        socket = Socket(link, request)
        self.sockets.append(socket)
        self.opened += 1
        try:
            await link.send_json(self._hello())
            self.on_open()
            async for message in link:
                if message.type == WSMsgType.TEXT:
                    self._take(socket, message.data)
        except ConnectionError:
            pass  # the app is gone
        finally:
            self.sockets.remove(socket)
            for future in socket.outstanding.values():
                if not future.done():
                    future.set_exception(ConnectionResetError())
        return link

    async def attempt(self, delivery: Delivery) -> Ack:
        """Sends an envelope to one of the sockets and waits for its acknowledgement."""
        began, sockets = time.monotonic(), [one for one in self.sockets if not one.is_leaving]
        if not sockets:
            return Ack(delivery, delivery.attempt, 0, None, 0.0, "connection_failed")
        socket = sockets[next(self._turn) % len(sockets)]
        envelope_id = str(uuid.uuid4())
        socket.outstanding[envelope_id] = asyncio.get_running_loop().create_future()
        status, body, reason = 0, None, ""
        try:
            async with asyncio.timeout(self.ack_timeout):
                await socket.link.send_str(self._envelope(delivery, envelope_id, socket))
                answer = await socket.outstanding[envelope_id]
            status, body = 200, answer.get("payload")
        except TimeoutError:
            reason = "timeout"
        except ConnectionError:
            reason = "connection_failed"
        finally:
            socket.outstanding.pop(envelope_id, None)
        return Ack(delivery, delivery.attempt, status, body, time.monotonic() - began, reason)

    async def disconnect(self, reason: Reason, *, closes: bool | None = None) -> None:
        """Tells every socket to go; `refresh_requested` and `link_disabled` close it too unless told otherwise."""
        for socket in list(self.sockets):
            socket.is_leaving = reason != "warning"
            await socket.link.send_json(self._farewell(reason))
            if reason != "warning" if closes is None else closes:
                await socket.link.close()

    def cut(self) -> None:
        """Breaks every connection off without a word."""
        for socket in self.sockets:
            if socket.request.transport is not None:
                socket.request.transport.abort()

    def _take(self, socket: Socket, text: str) -> None:
        try:
            answer = json.loads(text)
            envelope_id = str(answer["envelope_id"])
        except (ValueError, KeyError, TypeError):
            self.workspace.complaints.append(f"over Socket Mode came {text[:200]!r}")
            return
        future = socket.outstanding.pop(envelope_id, None)
        if future is not None and not future.done():
            future.set_result(answer)

    def _envelope(self, delivery: Delivery, envelope_id: str, socket: Socket) -> str:
        envelope: Body = {
            "envelope_id": envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        self.envelopes.append(envelope | {"socket": self.sockets.index(socket)})
        return json.dumps(envelope, ensure_ascii=False)

    def _hello(self) -> Body:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.workspace.app_id},
        }

    def _farewell(self, reason: Reason) -> Body:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
