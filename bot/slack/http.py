"""Slack over HTTP: every request is checked, taken to its end, and only then answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.slack.signature import is_genuine
from models.clock import Clock

log = structlog.get_logger()
PATH = "/slack/events"
LARGEST_BODY = 1_000_000
"""Bytes; Slack's own payloads are far below."""
_SMALL = 1_000
_FORM = "application/x-www-form-urlencoded"
_STAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
RETRIES = "x-slack-retry-num"


class HttpEvents:
    """Answers what Slack posts: events, clicks, submissions and commands all come to one address."""

    def __init__(self, app: AsyncApp, secret: str, machine: Clock, is_ready: Callable[[], bool]) -> None:
        self._app = app
        self._secret = secret
        self._machine = machine
        self._is_ready = is_ready

    async def answer(self, request: Request) -> Response:
        """401 for what Slack did not sign, 5xx for what was not committed: that Slack brings again."""
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        stamps, signatures = request.headers.getlist(_STAMP), request.headers.getlist(_SIGNATURE)
        kind = request.headers.get("content-type", "")
        if not is_genuine(self._secret, self._machine.now(), stamps, signatures, body):
            return Response(status_code=200 if _is_ssl_check(kind, body) else 401)
        payload = _payload(kind, body)
        if payload is None:
            return Response(status_code=400)
        if not self._is_ready() and payload.get("type") != "url_verification":
            return Response(status_code=503)
        return await self._dispatch(payload, request)

    async def _dispatch(self, payload: dict[str, Any], request: Request) -> Response:
        headers = {name: request.headers[name] for name in (RETRIES,) if name in request.headers}
        # As over a socket, with the payload as it is: Bolt's own reading of forms loses a command in whose words
        # "payload" occurs.
        try:
            given = AsyncBoltRequest(mode="socket_mode", body=payload, headers=dict(headers))
            # What fails while it is taken is answered by the app itself.
            answer = await self._app.async_dispatch(given)
        except Exception:
            log.exception("slack.not_understood")
            return Response(status_code=400)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())


async def _read(request: Request) -> bytes | None:
    """The body; None as soon as it is too large."""
    announced = request.headers.get("content-length", "0")
    if announced.isascii() and announced.isdecimal() and int(announced) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _is_ssl_check(kind: str, body: bytes) -> bool:
    """Whether Slack only looks at our certificate, which it does not say it signs."""
    payload = _payload(kind, body) if len(body) < _SMALL else None
    return payload is not None and payload.get("ssl_check") == "1"


def _payload(kind: str, body: bytes) -> dict[str, Any] | None:
    """What the body says: JSON, a form, or JSON in a form; None where it is none of these."""
    try:
        text = body.decode()
        if kind.partition(";")[0].strip().lower() == _FORM:
            form = dict(parse_qsl(text, keep_blank_values=True))
            read = json.loads(form["payload"]) if "payload" in form else form
        else:
            read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
