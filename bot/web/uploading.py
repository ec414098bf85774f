"""The page behind a one-time link, where a file too large for somebody's messenger comes into their conversation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.turn import Incoming, Outcome, take_turn
from bot.web.files import TOO_FAST, refused, take_in
from bot.web.house import House, house_of, is_foreign
from bot.web.page import page
from handlers.dialogue.answers import Said
from handlers.dialogue.book import Book
from models.clock import local_day
from models.evidence.kinds import FileKind
from models.evidence.table import receive
from models.evidence.vault import MIB, Kept
from models.messaging.account import Account, Messenger
from models.messaging.upload_link import find_upload_link, use_upload_link
from models.organization import Person, is_here
from models.words import Phrase, Refusal, say, translator

_GONE = say(
    "이미 쓰였거나 기한이 지난 주소입니다. 메신저 대화에 파일이 왔는지 확인하고, "
    "오지 않았으면 대화에 파일을 다시 보내 새 주소를 받아 주세요."
)
_TOO_OFTEN = say("시도가 너무 많습니다. 1분 뒤 다시 해 주세요.")
_ELSEWHERE = say("이 화면에서 보낸 요청이 아닙니다. 받은 주소를 다시 열어 올려 주세요.")


@dataclass(frozen=True)
class _Guest:
    """Whose conversation a link leads into."""

    account_id: int
    person_id: int
    messenger: Messenger
    address: str
    locale: str
    until: datetime


async def show(request: Request) -> Response:
    """Says what may be handed in and until when. Opening it uses nothing up: programs open links to preview them."""
    house = house_of(request)
    guest = await _guest(request, house)
    if isinstance(guest, Phrase):
        return _no_page(house, guest)
    translate = translator(guest.locale)
    return page(
        "hand_in",
        guest.locale,
        size=translate(say("{cap}MB까지", cap=house.vault.cap // MIB)),
        kinds=", ".join(FileKind),
        until=translate(say("{at}까지", at=guest.until)),
        cap=str(house.vault.cap),
        accept=",".join(f".{kind}" for kind in FileKind),
    )


async def take(request: Request) -> Response:
    """Takes the one file in. What is refused leaves the link as it was."""
    house = house_of(request)
    if is_foreign(request, house):
        return refused(house.locale, _ELSEWHERE, 403)
    guest = await _guest(request, house)
    if isinstance(guest, Phrase):
        return refused(house.locale, guest, _status(guest))
    if not house.uploads.allow(str(guest.account_id)):
        return refused(guest.locale, TOO_FAST, 429)
    kept = await take_in(request, house, guest.locale)
    if isinstance(kept, Response):
        return kept
    key = request.path_params["key"]
    try:
        outcome: Outcome = await house.workers.write(_hand_in, house.clock.now(), house.book, key, kept)
    except Refusal as refusal:
        return refused(guest.locale, refusal.phrase, 404)
    house.delivery.wake(outcome.waiting)
    if outcome.has_errand:
        house.errands.wake()
    return JSONResponse({"name": kept.name, "size": kept.size})


def _hand_in(session: Session, now: datetime, book: Book, key: str, kept: Kept) -> Outcome:
    """Uses the link up, and the file arrives as if it had been sent in the chat: all of it, or nothing."""
    guest = _find(session, now, book, key)
    if guest is None or not use_upload_link(session, now, key):
        raise Refusal(_GONE.text)
    parcel = receive(session, now, guest.person_id, kept)
    inbox_key = f"upload:{hashlib.sha256(key.encode()).hexdigest()}"
    outcome = take_turn(
        session, now, book, Incoming(guest.messenger, guest.address, inbox_key, Said("", [parcel.id]))
    )
    assert outcome.known and not outcome.repeated
    return outcome


async def _guest(request: Request, house: House) -> _Guest | Phrase:
    """Whose link it is, or why it leads nowhere."""
    address = request.client.host if request.client else ""
    if not house.logins.allow(address):
        return _TOO_OFTEN
    now, key = house.clock.now(), request.path_params["key"]
    guest: _Guest | None = await house.workers.read(_find, now, house.book, key)
    if guest is None:
        return _GONE
    # A whole office may come from one address: only keys that are wrong are counted.
    house.logins.give_back(address)
    return guest


def _find(session: Session, now: datetime, book: Book, key: str) -> _Guest | None:
    """Whose link it is, while it may be used by somebody who is still here, on an account that is still theirs."""
    link = find_upload_link(session, now, key)
    # Where the city's words may not leave the house, no conversation goes on outside it.
    if link is None or book.is_discreet:
        return None
    account = session.get_one(Account, link.account_id)
    here = select(Person).where(Person.id == account.person_id, is_here(local_day(now)))
    person = session.exec(here).one_or_none()
    if person is None or account.address is None:
        return None
    return _Guest(
        link.account_id, account.person_id, account.messenger, account.address, person.locale, link.expires_at
    )


def _no_page(house: House, phrase: Phrase) -> Response:
    translate = translator(house.locale)
    title = translate(say("파일을 올릴 수 없습니다"))
    return page("message", house.locale, _status(phrase), title=title, text=translate(phrase))


def _status(phrase: Phrase) -> int:
    return 429 if phrase is _TOO_OFTEN else 404
