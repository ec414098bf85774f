"""Draws lines of the web chat: stored bodies as the page wants them, with links to files that may be taken."""

from __future__ import annotations

from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.web.limits import LINK_LASTS
from models.messaging.web import WebLine
from models.words import translator
from models.words.shown import shown_date


class FileLinks:
    """Addresses of files: signed for one account, good for as long as a session."""

    def __init__(self, signing_key: str) -> None:
        self._signer = URLSafeTimedSerializer(signing_key, salt="file")

    def address(self, account_id: int, reference: str) -> str:
        signed = self._signer.dumps([account_id, reference])
        return f"/files/{signed if isinstance(signed, str) else signed.decode()}"

    def read(self, value: str) -> tuple[int, str] | None:
        """The account and the file a link was made for; None when it is forged or too old."""
        try:
            account_id, reference = self._signer.loads(value, max_age=int(LINK_LASTS.total_seconds()))
        except (BadSignature, ValueError):
            return None
        return int(account_id), str(reference)


def draw_line(line: WebLine, locale: str, links: FileLinks) -> dict[str, Any]:
    """The line as the page gets it."""
    translate = translator(locale)
    local = line.at.astimezone(translate.zone)
    body = dict(line.body)
    if body.get("files"):
        body["files"] = [_linked(file, line.account_id, links) for file in body["files"]]
    if body.get("picture"):
        body["picture"] = _linked(body["picture"], line.account_id, links)
    key = body.pop("key", None)
    return {
        "id": line.id,
        "key": key,
        "who": "bot" if line.screen_id is not None else "me",
        "at": line.at.isoformat(),
        "time": f"{local:%H:%M}",
        "day": shown_date(local.date(), translate.locale),
        "body": body,
    }


def _linked(file: dict[str, Any], account_id: int, links: FileLinks) -> dict[str, Any]:
    if "reference" not in file:
        return file
    return file | {"href": links.address(account_id, file["reference"])}
