"""Calls of Slack's Web API, in their turn, and what each way to fail means for what was to be done."""

from __future__ import annotations

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.outgoing.load import Later, Lost
from bot.slack.pacing import Pacing

log = structlog.get_logger()

# These only read, and take no JSON.
_READS = ("conversations.history", "files.getUploadURLExternal", "files.info", "users.info")
_PERHAPS_DONE = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_LIMITED = {"ratelimited", "rate_limited"}
_NOT_LET_IN = {
    "account_inactive", "invalid_auth", "not_allowed_token_type", "not_authed", "org_login_required",
    "team_access_not_granted", "token_expired", "token_revoked",
}  # fmt: skip
_NOT_GRANTED = {"missing_scope", "no_permission"}
_UNTIL_MENDED = 30.0
"""Seconds between tries while an administrator has something to mend."""
_LONGEST_PAUSE = 30.0
_PATIENCE = 1.0
"""Seconds of a pause that are waited for in place."""
_RETRY_AFTER = 30.0
"""Seconds where Slack asks for a pause and does not say how long."""


class Refused(Exception):
    """Slack says no, and will say so again. The only argument is its code."""


class Calls:
    """Calls in their turn. Raises Later, Lost or Refused, and nothing else."""

    def __init__(self, client: AsyncWebClient, pacing: Pacing) -> None:
        self._client = client
        self._pacing = pacing
        self._failures = 0
        self.fault = ""
        """The code with which Slack keeps the bot out, until it lets it in again."""

    async def call(
        self, method: str, arguments: dict[str, Any], *, channel: str = "", urgent: bool = False
    ) -> dict[str, Any]:
        """One call. `channel` is given for a message, of which a channel takes one a second."""
        if self._pacing.held_for(method) > _PATIENCE:
            raise Later
        await self._pacing.enter(method, channel, urgent=urgent)
        try:
            if method in _READS:
                response = await self._client.api_call(method, http_verb="GET", params=arguments)
            else:
                response = await self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise self._meaning(method, error.response) from None
        except Exception as error:
            raise self.trouble(error) from None
        finally:
            if channel:
                self._pacing.arrived(channel)
        self._failures, self.fault = 0, ""
        return dict(response.data) if isinstance(response.data, dict) else {}

    def trouble(self, error: Exception) -> Exception:
        """What an error of the connection means. Everybody waits, longer each time, where Slack is not reached."""
        kind = type(error).__name__
        if not isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return Lost(kind)
        self._failures += 1
        self._pacing.hold_all(min(0.5 * 2 ** min(self._failures, 10), _LONGEST_PAUSE))
        log.warning("slack.unreached", kind=kind)
        return Later()

    def pause(self, method: str, retry_after: str | None) -> Exception:
        """Slack asked for a pause of so many seconds: nobody calls the method meanwhile."""
        try:
            seconds = max(float(retry_after or _RETRY_AFTER), 1.0)
        except ValueError:
            seconds = _RETRY_AFTER
        log.warning("slack.limited", method=method, seconds=seconds)
        self._pacing.hold(method, seconds)
        return Later()

    def _meaning(self, method: str, response: Any) -> Exception:
        # What was no JSON comes as aiohttp's own answer.
        status = getattr(response, "status_code", None) or getattr(response, "status", 0)
        data = response.data if isinstance(response, AsyncSlackResponse) else None
        code = str(data.get("error") or "") if isinstance(data, dict) else ""
        if status == 429 or code in _LIMITED:
            return self.pause(method, response.headers.get("Retry-After"))
        if not isinstance(response, AsyncSlackResponse) or not isinstance(data, dict):
            return Lost("the answer was no JSON")
        if response.status_code >= 500 or not code or code in _PERHAPS_DONE:
            return Lost(code or f"status {response.status_code}")
        if code in _NOT_LET_IN:
            self.fault = code
            log.error("slack.not_let_in", code=code)
            self._pacing.hold_all(_UNTIL_MENDED)
            return Later()
        if code in _NOT_GRANTED:
            log.error("slack.not_granted", method=method, code=code)
            self._pacing.hold(method, _UNTIL_MENDED)
            return Later()
        return Refused(code)
