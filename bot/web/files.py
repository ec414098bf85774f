"""Files in and out of the web messenger: streamed under the cap, and given only to who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

import structlog
from sqlmodel import Session
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response

from bot.web.house import House, house_of, who
from bot.web.page import page
from models.doer import Doer
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, StoredFile, receive
from models.evidence.taking import take_file
from models.evidence.vault import Incoming, Kept, too_large
from models.messaging.account import Account
from models.words import Phrase, Refusal, say, translator

log = structlog.get_logger()
TOO_FAST = say("파일을 너무 빠르게 올리고 있습니다. 잠시 뒤 다시 올려 주세요.")
_CHUNK = 256 * 1024
_ANYTHING = "application/octet-stream"
_SHOWN = {FileKind.PNG: "image/png"}
"""What may be shown within the chat: what its content is was looked at when it came in."""


async def upload(request: Request) -> Response:
    """Takes a file in; answers with the id under which a message names it."""
    house = house_of(request)
    logged_in = await who(request, house)
    if logged_in is None:
        return refused(house.locale, say("로그인이 끝났습니다. 다시 로그인해 주세요."), 401)
    if not house.uploads.allow(str(logged_in.account_id)):
        return refused(house.locale, TOO_FAST, 429)
    kept = await take_in(request, house, logged_in.locale)
    if isinstance(kept, Response):
        return kept
    now = house.clock.now()
    parcel: Parcel = await house.workers.write(receive, now, logged_in.person_id, kept)
    return JSONResponse({"id": parcel.id, "name": parcel.name, "size": parcel.size})


async def take_in(request: Request, house: House, locale: str) -> Kept | Response:
    """Streams the body into the vault under its cap and inspects it; where it is not taken, the answer says why."""
    name = unquote(request.headers.get("x-file-name", ""), errors="replace")
    if int(request.headers.get("content-length") or 0) > house.vault.cap:
        return refused(locale, too_large(house.vault.cap).phrase, 413)
    try:
        with house.vault.receiving() as incoming:
            try:
                await _stream(request, house, incoming)
            except Refusal as refusal:
                return refused(locale, refusal.phrase, 413)
            kept: Kept = await house.workers.block(incoming.keep, name)
            return kept
    except Refusal as refusal:
        return refused(locale, refusal.phrase, 415)
    except ClientDisconnect:
        return Response(status_code=499)


def refused(locale: str, phrase: Phrase, status: int) -> Response:
    """What the page's script is answered where a file is not taken."""
    return JSONResponse({"error": translator(locale)(phrase)}, status)


async def _stream(request: Request, house: House, incoming: Incoming) -> None:
    """Writes the body to the disk in pieces, off the event loop."""
    piece = bytearray()
    async for chunk in request.stream():
        piece += chunk
        if len(piece) >= _CHUNK:
            await house.workers.block(incoming.write, bytes(piece))
            piece.clear()
    await house.workers.block(incoming.write, bytes(piece))


@dataclass(frozen=True)
class _Given:
    """A file that may be taken now."""

    sha256: str
    name: str
    media_type: str


async def download(request: Request) -> Response:
    """Gives a file to the account its link was made for, if they still may see it, and notes who took it."""
    house = house_of(request)
    found = house.links.read(request.path_params["link"])
    if found is None:
        return _gone(house)
    account_id, reference = found
    logged_in = await who(request, house)
    # In the demo four people share one browser: there the signed link alone says who asks.
    if not house.is_demo and (logged_in is None or logged_in.account_id != account_id):
        return _gone(house)
    address = request.client.host if request.client else ""
    now = house.clock.now()
    given = await house.workers.write(_give, now, account_id, reference, address)
    if given is None:
        return _gone(house)
    try:
        path = await house.workers.block(house.vault.path, given.sha256)
    except Refusal as refusal:
        log.error("file.missing")
        return _message(house, refusal.phrase)
    return FileResponse(
        path,
        media_type=given.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(given.name, safe='')}",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox",
        },
    )


def _give(session: Session, now: datetime, account_id: int, reference: str, address: str) -> _Given | None:
    """The file, if the account's person may have it now; the taking is audited."""
    person_id = session.get_one(Account, account_id).person_id
    doer = Doer.at_work(session, person_id, now, "web")
    file = take_file(session, now, doer, reference, address)
    if file is None:
        return None
    kind = session.get_one(StoredFile, file.sha256).kind
    return _Given(file.sha256, file.name, _SHOWN.get(kind, _ANYTHING))


def _gone(house: House) -> Response:
    """The same answer whether there is no such file or none for this person."""
    return _message(
        house, say("링크가 오래되었거나 볼 권한이 없는 파일입니다. 대화에서 다시 내려받아 주세요.")
    )


def _message(house: House, phrase: Phrase) -> Response:
    translate = translator(house.locale)
    title = translate(say("파일을 열 수 없습니다"))
    return page("message", house.locale, 404, title=title, text=translate(phrase))
