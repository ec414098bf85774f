"""The transport under python-telegram-bot: one aiohttp session, and faults that say whether a call may have arrived.

Addresses hold the token, and errors of HTTP libraries quote addresses: what is raised here names only their kind.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

_CONNECT_WITHIN = 10.0
_ANSWER_WITHIN = 15.0
_FILE_WITHIN = 300.0
# Less than the server's, so that a connection it has just closed is seldom written to.
_KEPT_ALIVE = 15.0
_WAIT_UNTOLD = 5.0
_REFUSED = re.compile(rb'\s*\{\s*"ok"\s*:\s*false\b')
_NO_METHOD = b"method not found"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):
    """Certainly not sent: the service could not be reached."""


class AnswerLost(NetworkError):
    """It may have been done or not: the answer did not come, or was none."""


class TooManyRequests(TelegramError):
    """Not done: the service wants to hear nothing for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class Transport(BaseRequest):
    """Opened by its first call, in the loop that makes it. Tries nothing twice and follows no redirect, which could
    carry the token elsewhere."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take; a long poll may take longer by as long as it polls."""
        return _ANSWER_WITHIN

    async def initialize(self) -> None:
        """Nothing is opened before there is a call to make."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer.

        Raises:
            NotSent, AnswerLost, TooManyRequests, BadRequest (it was too large).
        """
        has_file = request_data is None or request_data.contains_files
        answer_within = read_timeout if isinstance(read_timeout, int | float) else _ANSWER_WITHIN
        # All of it together: an answer is one small piece, between whose parts no time need be taken.
        timeout = aiohttp.ClientTimeout(
            total=_FILE_WITHIN if has_file else answer_within, connect=_CONNECT_WITHIN
        )
        try:
            status, body = await self._exchange(url, method, request_data, timeout)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise AnswerLost(type(error).__name__) from None
        if status == 200 and _REFUSED.match(body):
            # The error's own number stands in the answer, too; not every server says it by its status.
            status = _error_code(body)
        if status == 429:
            raise TooManyRequests(_seconds_to_wait(body))
        if status == 404 and _NO_METHOD in body:
            # The library would take it for a token that is none.
            raise BadRequest("method not found")
        if status == 413:
            raise BadRequest("request entity too large")
        if status >= 500:
            raise AnswerLost(f"status {status}")
        return status, body

    async def _exchange(
        self, url: str, method: str, request_data: RequestData | None, timeout: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=_KEPT_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        data = None if request_data is None else _body(request_data)
        headers = _FORM if isinstance(data, bytes) else None
        async with self._session.request(
            method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            return response.status, await response.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object. The library's own would log what it cannot read."""
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise AnswerLost("no JSON") from None
        if not isinstance(parsed, dict) or not parsed.keys() & {"result", "description"}:
            raise AnswerLost("no answer of the Bot API")
        return parsed


def _body(request_data: RequestData) -> bytes | aiohttp.FormData:
    if not request_data.contains_files:
        return urlencode(request_data.json_parameters).encode()
    # Names of files as they are, as browsers send them: percent signs would be read as part of the name.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form


def _error_code(body: bytes) -> int:
    with suppress(ValueError, TypeError, KeyError):
        return int(json.loads(body)["error_code"])
    return 500


def _seconds_to_wait(body: bytes) -> float:
    with suppress(ValueError, TypeError, KeyError):
        return float(json.loads(body)["parameters"]["retry_after"])
    return _WAIT_UNTOLD
