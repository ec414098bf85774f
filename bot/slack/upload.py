"""Hands a file over: its bytes go to an address of their own, without the token, and then into a conversation."""

from __future__ import annotations

from typing import Any

import aiohttp

from bot.outgoing.load import FileOut, Lost, Never
from bot.slack.calling import Calls

ASKS = "files.getUploadURLExternal"
COMPLETES = "files.completeUploadExternal"
_LASTS = aiohttp.ClientTimeout(total=300, sock_connect=10)


async def hand_over(
    calls: Calls, session: aiohttp.ClientSession, file: FileOut, channel: str, urgent: bool
) -> None:
    """Puts the file into the conversation. Raises Later, Lost, Never or Refused; nothing is seen of it before the
    last call."""
    wanted = {"filename": file.name, "length": file.size}
    place = await calls.call(ASKS, wanted, urgent=urgent)
    await _put(calls, session, file, str(place["upload_url"]))
    files = [{"id": place["file_id"], "title": file.name}]
    await calls.call(COMPLETES, {"files": files, "channel_id": channel}, urgent=urgent)


def is_file(message: dict[str, Any], file: FileOut) -> bool:
    """Whether a message brought this file."""
    return any(
        one.get("name") == file.name and one.get("size") == file.size for one in message.get("files", [])
    )


async def _put(calls: Calls, session: aiohttp.ClientSession, file: FileOut, address: str) -> None:
    try:
        with file.path.open("rb") as content:
            kind = {"Content-Type": "application/octet-stream"}
            async with session.post(
                address, data=content, headers=kind, timeout=_LASTS, allow_redirects=False
            ) as answer:
                status, retry_after = answer.status, answer.headers.get("Retry-After")
    except FileNotFoundError:
        raise Never("the file is not in the vault") from None
    except Exception as error:
        raise calls.trouble(error) from None
    if status == 429:
        raise calls.pause(ASKS, retry_after)
    if status >= 500:
        raise Lost(f"upload {status}")
    if status != 200:
        raise Never(f"upload {status}")
