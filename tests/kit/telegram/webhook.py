"""Updates posted to a webhook: one after another for a chat, again and again until they are taken."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp

from tests.kit.telegram.refusals import Json, bad_request
from tests.kit.telegram.updates import Update, Updates

SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256
PORTS = {80, 88, 443, 8443}
HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 1.0
"""Seconds between tries; the real server begins with one and doubles."""


@dataclass
class Webhook:
    """Where updates are posted to, if anywhere."""

    updates: Updates
    url: str = ""
    secret: str = ""
    most_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0
    _session: aiohttp.ClientSession | None = None
    _connections: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)
    _lines: defaultdict[int, list[Update]] = field(default_factory=lambda: defaultdict(list))
    _workers: set[asyncio.Task[None]] = field(default_factory=set)

    async def set(self, url: str, secret: str, most_connections: int) -> None:
        """Posts everything that is pending, and what comes, to an address.

        Raises:
            Refused: the address or the secret is not one the server takes.
        """
        check_address(url)
        check_secret(secret)
        await self.remove()
        self.url, self.secret, self.most_connections = url, secret, most_connections
        self.updates.webhook_is_set = True
        self.updates.end_poll("terminated by setWebhook request")
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._connections = asyncio.Semaphore(most_connections)
        self._lines.clear()
        self.updates.on_new = self._line_up
        for update in self.updates.pending.values():
            self._line_up(update)

    async def remove(self) -> None:
        """No longer posts; what is pending can be fetched."""
        self.url, self.secret, self.last_error, self.last_error_date = "", "", "", 0
        self.updates.webhook_is_set = False
        self.updates.on_new = None
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def as_json(self) -> Json:
        """What getWebhookInfo tells."""
        shown: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self.updates.unsettled,
        }
        if self.url:
            shown["max_connections"] = self.most_connections
        if self.last_error:
            shown |= {"last_error_message": self.last_error, "last_error_date": self.last_error_date}
        if self.updates.allowed:
            shown["allowed_updates"] = self.updates.allowed
        return shown

    def _line_up(self, update: Update) -> None:
        line = self._lines[update.subject]
        line.append(update)
        if len(line) == 1:
            worker = asyncio.create_task(self._work_off(line))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work_off(self, line: list[Update]) -> None:
        while line:
            pause = FIRST_PAUSE
            while not await self._post(line[0]):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            line[0].times -= 1
            if line[0].times == 0:
                self.updates.settle(line.pop(0).update_id)

    async def _post(self, update: Update) -> bool:
        assert self._session is not None
        headers = {HEADER: self.secret} if self.secret else {}
        error = "Connection refused"
        async with self._connections:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.post(
                    self.url, json=update.as_json(), headers=headers, ssl=False, allow_redirects=False
                ) as answer:
                    if 200 <= answer.status < 300:
                        return True
                    error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        self.last_error, self.last_error_date = error, int(self.updates.clock.time())
        self.updates.watch.stir()
        return False


def check_address(url: str) -> None:
    """Takes what the real server takes, and plain HTTP on any port of this machine, as a local server does.

    Raises:
        Refused: neither.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    with suppress(ValueError):
        if ip_address(parts.hostname).is_loopback:
            return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def check_secret(secret: str) -> None:
    """A secret has up to 256 of the signs A-Z a-z 0-9 _ -.

    Raises:
        Refused: it has others, or more.
    """
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
