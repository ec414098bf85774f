"""The webhook: Telegram brings an update, and is told that it was taken once it is committed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
import telegram
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

log = structlog.get_logger()
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 1024 * 1024
_LARGEST_ID = 2**63

Take = Callable[[telegram.Update], Awaitable[None]]
"""Returns once the update is committed; raises where it has to come again."""


def webhook_route(path: str, secret: str, bot: telegram.Bot, take: Take) -> Route:
    """The route that Telegram calls, with the secret that nobody else knows."""

    async def receive(request: Request) -> Response:
        return Response(status_code=await _receive(request, secret, bot, take))

    return Route(path, receive, methods=["POST"])


async def _receive(request: Request, secret: str, bot: telegram.Bot, take: Take) -> int:
    """The status to answer with. Anything but 200 has Telegram bring the update again."""
    given = request.headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(given.encode("latin-1", "replace"), secret.encode()):
        return 401
    try:
        body = await _body(request)
    except ClientDisconnect:
        return 400
    if body is None:
        return 413
    update = _update(body, bot)
    if update is None:
        return 400
    try:
        await take(update)
    except Exception:
        log.exception("update.not_kept", messenger="telegram")
        return 503
    return 200


async def _body(request: Request) -> bytes | None:
    """The body; None where it is larger than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _update(body: bytes, bot: telegram.Bot) -> telegram.Update | None:
    """The update that a body is; None where it is none."""
    try:
        raw: Any = json.loads(body)
        update_id = raw["update_id"]
        if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < _LARGEST_ID:
            return None
        return telegram.Update.de_json(raw, bot)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError):
        return None
