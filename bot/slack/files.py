"""Files that people send: fetched with our token, from Slack's hosts alone, and checked for being what they claim."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.outgoing.load import Later, Lost
from bot.parts import Parts
from bot.slack.calling import Calls, Refused
from bot.slack.hosts import Hosts
from bot.slack.pacing import Pacing
from bot.slack.read import file_of
from models.evidence.kinds import kind_by_name
from models.evidence.vault import Kept, too_large
from models.words import Phrase, Refusal, say

_DOWNLOAD = "download"
"""What its pauses go by: no method of the Web API."""
_CHUNK = 256 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30)
_HIDDEN = (
    "file_not_found",
    "file_deleted",
    "access_denied",
    "not_visible",
    "not_in_channel",
    "channel_not_found",
)
_GONE = (401, 403, 404, 410)
_OUT_OF_REACH = say("보고봇이 볼 수 없는 파일입니다. 보고봇과의 대화에 직접 올려 주세요.")
_ELSEWHERE = say("Slack에 올린 파일이 아닙니다. 내려받아 보고봇과의 대화에 직접 올려 주세요.")
_BROKEN = say("파일을 온전히 받지 못했습니다. 다시 올려 주세요.")


class FetchingFailed(Exception):
    """It may work in a moment. The words name the kind of fault and nothing else."""


class Files:
    """Fetches files into the vault."""

    def __init__(
        self, client: AsyncWebClient, calls: Calls, pacing: Pacing, hosts: Hosts, parts: Parts
    ) -> None:
        self._client = client
        self._calls = calls
        self._pacing = pacing
        self._hosts = hosts
        self._parts = parts

    async def fetch(self, file: dict[str, Any]) -> Kept:
        """The file, safely kept. Refusal where it cannot be taken, FetchingFailed where it may be tried again."""
        url = _address(file)
        if file.get("file_access") == "check_file_info" or not url:
            file = await self._look_up(str(file.get("id", "")))
            url = _address(file)
        if file.get("mode") in ("tombstone", "hidden_by_limit"):
            raise _refused(_OUT_OF_REACH)
        if file.get("mode") == "external" or not self._hosts.are_slacks(url):
            raise _refused(_ELSEWHERE)
        cap, size = self._parts.vault.cap, file.get("size")
        if isinstance(size, int) and size > cap:
            raise too_large(cap)
        kind_by_name(str(file["name"]))
        try:
            return await self._download(url, str(file["name"]), size if isinstance(size, int) else None)
        except (aiohttp.ClientError, TimeoutError) as error:
            # Their words hold the address and our token.
            raise FetchingFailed(type(error).__name__) from None

    async def _look_up(self, file_id: str) -> dict[str, Any]:
        """What Slack says about a file of which only the id came."""
        try:
            answer = await self._calls.call("files.info", {"file": file_id})
        except Refused as refused:
            if str(refused) in _HIDDEN:
                raise _refused(_OUT_OF_REACH) from None
            raise FetchingFailed(str(refused)) from None
        except (Later, Lost) as error:
            raise FetchingFailed(type(error).__name__) from None
        return file_of(answer["file"])

    async def _download(self, url: str, name: str, size: int | None) -> Kept:
        assert self._client.session is not None
        await self._pacing.enter(_DOWNLOAD)
        headers = {"Authorization": f"Bearer {self._client.token}"}
        # A redirect would take the token along to wherever it leads.
        async with self._client.session.get(
            url, headers=headers, allow_redirects=False, timeout=_TIMEOUT, proxy=self._client.proxy
        ) as answer:
            if answer.status in _GONE or answer.status in range(300, 400):
                raise _refused(_OUT_OF_REACH)
            if answer.status == 429:
                self._calls.pause(_DOWNLOAD, answer.headers.get("Retry-After"))
            if answer.status != 200:
                raise FetchingFailed(f"status {answer.status}")
            if answer.content_type == "text/html":
                raise _refused(_OUT_OF_REACH)  # the login page
            return await self._keep(answer, name, size)

    async def _keep(self, answer: aiohttp.ClientResponse, name: str, size: int | None) -> Kept:
        block, came = self._parts.workers.block, 0
        with self._parts.vault.receiving() as incoming:
            async for chunk in answer.content.iter_chunked(_CHUNK):
                came += len(chunk)
                await block(incoming.write, chunk)
            if size is not None and came != size:
                raise _refused(_BROKEN)
            kept: Kept = await block(incoming.keep, name)
            return kept


def _address(file: dict[str, Any]) -> str:
    return str(file.get("url_private_download") or file.get("url_private") or "")


def _refused(phrase: Phrase) -> Refusal:
    return Refusal(phrase.text)
