"""Events, interactions and commands over HTTP: signed as Slack signs them, and forged in every way a stranger might."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from tests.kit.slack.delivery import Ack, Delivery
from tests.kit.slack.workspace import Body, Workspace

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
Headers = dict[str, str]
Forgery = Literal[
    "wrong_signature", "other_secret", "no_signature", "empty_signature", "malformed_signature", "non_ascii_signature",
    "other_version", "no_timestamp", "empty_timestamp", "malformed_timestamp", "non_ascii_timestamp",
    "stale", "future", "other_body",
]  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A request as it was sent."""

    body: bytes
    headers: Headers


@dataclass
class HttpEvents:
    """Posts to the app's request URL."""

    workspace: Workspace
    request_url: str = ""
    ack_timeout: float = 3.0
    sent: list[Sent] = field(default_factory=list)
    _client: aiohttp.ClientSession | None = None

    async def attempt(self, delivery: Delivery) -> Ack:
        """Signs and posts one delivery."""
        headers = {}
        if delivery.attempt:
            headers = {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": delivery.reason}
        body, kind = _encoded(delivery)
        return await self._post(delivery, body, self.signed(body, kind) | headers)

    def signed(self, body: bytes, kind: str = JSON, stamp: int | None = None) -> Headers:
        """The headers of a genuine request; `stamp` is its time in seconds, now where none is given."""
        stamp = int(time.time()) if stamp is None else stamp
        secret = self.workspace.signing_secret
        return {"Content-Type": kind, STAMP: str(stamp), SIGNATURE: signature(secret, str(stamp), body)}

    async def verifies_url(self) -> bool:
        """Whether the app answers the challenge that a new request URL is given."""
        challenge = secrets.token_urlsafe(32)
        token = self.workspace.verification_token
        ack = await self.posts({"token": token, "challenge": challenge, "type": "url_verification"})
        answer = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
        return ack.status == 200 and answer == challenge

    async def posts(self, payload: Body) -> Ack:
        """Posts any JSON, well signed and outside the order of deliveries."""
        body = _json(payload)
        return await self._post(Delivery("events_api", payload), body, self.signed(body))

    async def forges(self, forgery: Forgery, payload: Body, kind: str = JSON) -> Ack:
        """Posts a request that a stranger might have made; `kind` FORM puts it into `payload=`."""
        body = _json(payload) if kind == JSON else urlencode({"payload": _json(payload).decode()}).encode()
        headers = self.signed(body, kind)
        FORGERIES[forgery](self, headers, body)
        if forgery == "other_body":
            body = body + b" "
        return await self._post(Delivery("events_api", payload), body, headers)

    async def replays(self, sent: Sent | None = None) -> Ack:
        """Posts a request again to the letter, the last one where none is given."""
        again = sent or self.sent[-1]
        return await self._post(Delivery("events_api", {}), again.body, again.headers)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def _post(self, delivery: Delivery, body: bytes, headers: Headers) -> Ack:
        headers = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"} | headers
        self.sent.append(Sent(body, headers))
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        began, status, answer, reason, no_retry = time.monotonic(), 0, None, "", False
        try:
            async with (
                asyncio.timeout(self.ack_timeout),
                self._client.post(
                    self.request_url, data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                status, answer = response.status, _read(response, await response.read())
                reason = "" if response.ok else "http_error"
                no_retry = response.headers.get("X-Slack-No-Retry") == "1"
        except TimeoutError:
            reason = "http_timeout"
        except aiohttp.ClientError:
            reason = "connection_failed"
        seconds = time.monotonic() - began
        return Ack(delivery, delivery.attempt, status, answer, seconds, reason, no_retry)


def signature(secret: str, stamp: str, body: bytes) -> str:
    """The v0 signature (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    signed = b"v0:" + stamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _encoded(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return _json(delivery.payload), JSON
    if delivery.kind == "interactive":
        return urlencode({"payload": _json(delivery.payload).decode()}).encode(), FORM
    return urlencode(delivery.payload).encode(), FORM


def _json(payload: Body) -> bytes:
    return json.dumps(payload, separators=(",", ":")).encode()


def _read(response: aiohttp.ClientResponse, content: bytes) -> Any:
    text = content.decode("utf-8", "replace")
    if response.content_type == JSON and text:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text or None


Forge = Callable[[HttpEvents, Headers, bytes], None]


def _puts(header: str, value: str) -> Forge:
    def forge(events: HttpEvents, headers: Headers, body: bytes) -> None:
        headers[header] = value

    return forge


def _drops(header: str) -> Forge:
    def forge(events: HttpEvents, headers: Headers, body: bytes) -> None:
        del headers[header]

    return forge


def _signs_at(seconds: int) -> Forge:
    def forge(events: HttpEvents, headers: Headers, body: bytes) -> None:
        headers |= events.signed(body, headers["Content-Type"], int(time.time()) + seconds)

    return forge


def _signs_with(secret: str, version: str = "v0") -> Forge:
    def forge(events: HttpEvents, headers: Headers, body: bytes) -> None:
        made = signature(secret or events.workspace.signing_secret, headers[STAMP], body)
        headers[SIGNATURE] = made.replace("v0", version)

    return forge


def _nothing(events: HttpEvents, headers: Headers, body: bytes) -> None:
    pass


FORGERIES: dict[Forgery, Forge] = {
    "wrong_signature": _puts(SIGNATURE, "v0=" + "0" * 64),
    "other_secret": _signs_with("another app's secret"),
    "no_signature": _drops(SIGNATURE),
    "empty_signature": _puts(SIGNATURE, ""),
    "malformed_signature": _puts(SIGNATURE, "v0"),
    "non_ascii_signature": _puts(SIGNATURE, "v0=서명"),
    "other_version": _signs_with("", "v1"),
    "no_timestamp": _drops(STAMP),
    "empty_timestamp": _puts(STAMP, ""),
    "malformed_timestamp": _puts(STAMP, "yesterday"),
    "non_ascii_timestamp": _puts(STAMP, "１７００００００００"),
    "stale": _signs_at(-301),
    "future": _signs_at(+3600),
    "other_body": _nothing,
}
