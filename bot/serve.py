"""Runs the web server over a house."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable

import uvicorn

from bot.app import running
from bot.demo import Scene
from bot.settings import Settings, SettingsError
from bot.web.house import House
from bot.web.limits import LARGEST_FRAME
from models.clock import Clock, SystemClock


def serve(
    settings: Settings,
    clock: Clock,
    *,
    scene: Scene | None = None,
    on_clock_moved: Callable[[], None] = lambda: None,
    on_listening: Callable[[str], None] = lambda address: None,
) -> None:
    """Serves until it is told to stop; `on_listening` gets the address once people can come."""
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    address = settings.public_url or f"http://{settings.host}:{port}"

    async def run() -> None:
        async with running(
            settings, clock, SystemClock(), scene=scene, on_clock_moved=on_clock_moved
        ) as house:
            server = web_server(house)
            on_listening(address)
            # Uvicorn raises the signal that ended it once more, and what the block closes must still be closed.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: None)
            await server.serve(sockets=[listener])

    asyncio.run(run())


def web_server(house: House) -> uvicorn.Server:
    """The web server of a house, ready to serve."""
    # Imported here so that other commands start without a web application.
    from bot.web.server import web_app

    return uvicorn.Server(
        uvicorn.Config(
            web_app(house),
            log_config=None,
            access_log=False,
            ws_max_size=LARGEST_FRAME,
            timeout_graceful_shutdown=3,
            server_header=False,
        )
    )


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket, or a sentence that says why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"{host}:{port} cannot be listened on ({error.strerror}). "
            "Set BOGOBOT_PORT to another port or stop what uses it."
        ) from None
    listener.listen(512)
    return listener
