"""The web application: pages, the chat's WebSocket, files, and what machines ask."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.health import metrics_text, readiness
from bot.web import demo, files, login, uploading
from bot.web.house import House, house_of, is_foreign
from bot.web.intake import serve_chat

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # A page and its scripts are asked about at each visit, so that an update never mixes old ones with new.
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def web_app(house: House) -> Starlette:
    """The application over a house whose parts are running."""
    routes: list[BaseRoute] = [
        Route("/", login.home),
        Route("/login", login.log_in, methods=["POST"]),
        Route("/logout", login.log_out, methods=["POST"]),
        Route("/enter/{code}", login.enter, methods=["GET", "POST"]),
        WebSocketRoute("/ws", _chat),
        Route("/files", files.upload, methods=["POST"]),
        Route("/files/{link}", files.download),
        Route("/upload/{key}", uploading.show),
        Route("/upload/{key}", uploading.take, methods=["POST"]),
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", _metrics),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]
    for channel in house.channels:
        routes += channel.routes
    if house.is_demo:
        routes += demo.ROUTES
    app = Starlette(routes=routes, middleware=[Middleware(_SecurityHeaders)])
    app.state.house = house
    return app


async def _chat(socket: WebSocket) -> None:
    house = house_of(socket)
    if is_foreign(socket, house):
        await socket.close(4403)
        return
    await serve_chat(socket, house)


async def _healthz(request: Request) -> Response:
    return JSONResponse({"ok": True, "tick_age_seconds": round(house_of(request).ticker.age(), 1)})


async def _readyz(request: Request) -> Response:
    faults = await readiness(house_of(request))
    return JSONResponse({"ready": not faults, "faults": faults}, 503 if faults else 200)


async def _metrics(request: Request) -> Response:
    text = await metrics_text(house_of(request))
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


class _SecurityHeaders:
    """Puts the headers on every answer that does not have one of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                have = {name for name, _ in message["headers"]}
                message["headers"] += [
                    (name.lower().encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.lower().encode() not in have
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
