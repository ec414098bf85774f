"""Files of messages: fetched from Telegram into the vault, and handed in with the words they came with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import telegram
from sqlmodel import Session
from telegram.error import BadRequest

from bot.outgoing.load import Load
from bot.parts import Parts
from bot.telegram.limits import LARGEST_DOWNLOAD
from bot.telegram.read import Attached, Message
from handlers.dialogue.screens import Notice, Tone
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Link, lines
from models.clock import SEOUL
from models.evidence.table import receive
from models.evidence.vault import MIB, Kept, too_large
from models.messaging.account import Account, Messenger, find_linked
from models.messaging.upload_link import LINK_LASTS, make_upload_link
from models.words import Phrase, Refusal, say

_TOO_BIG = "file is too big"
_PHOTO = say("텔레그램은 사진을 압축합니다. 원본을 남기시려면 '파일'로 다시 보내 주세요.")


@dataclass
class Fetched:
    """What became of the files of a bundle."""

    kept: list[Kept] = field(default_factory=list)
    told: list[Phrase] = field(default_factory=list)
    """Why some of them were not taken, and what else is to be known of them."""
    large: list[str] = field(default_factory=list)
    """Names of those that Telegram does not hand to bots and the web messenger takes."""


class Files:
    """Fetches files from Telegram."""

    def __init__(self, bot: telegram.Bot, parts: Parts) -> None:
        self._bot = bot
        self._parts = parts

    async def fetch(self, messages: Iterable[Message]) -> Fetched:
        """The files of the messages, in order. What is wrong with one of them keeps no other from being taken;
        a fault that may pass is raised."""
        fetched = Fetched()
        for message in messages:
            if message.file is not None:
                await self._fetch(message.file, file_name(message), fetched)
        if any(message.file and message.file.is_photo for message in messages):
            fetched.told.append(_PHOTO)
        return fetched

    async def _fetch(self, file: Attached, name: str, fetched: Fetched) -> None:
        try:
            if file.size > self._parts.vault.cap:
                raise too_large(self._parts.vault.cap)
            content = None if file.size > LARGEST_DOWNLOAD else await self._download(file.id)
            if content is None:
                fetched.large.append(name)
                return
            with self._parts.vault.receiving() as incoming:
                await self._parts.workers.block(incoming.write, content)
                fetched.kept.append(await self._parts.workers.block(incoming.keep, name))
        except Refusal as refusal:
            named = say("{name}: {reason}", name=name, reason=refusal.phrase)
            fetched.told.append(named if name else refusal.phrase)

    async def _download(self, file_id: str) -> bytes | None:
        """The content; None where Telegram says that it is too large for a bot."""
        try:
            file = await self._bot.get_file(file_id)
        except BadRequest as error:
            if _TOO_BIG in error.message.lower():
                return None
            raise
        return bytes(await file.download_as_bytearray())


def file_name(message: Message) -> str:
    """What the file of a message is called; a photo, which has no name, by the time it was sent."""
    assert message.file is not None
    if not message.file.is_photo:
        return message.file.name
    sent_at = datetime.fromtimestamp(int(message.file.name), UTC).astimezone(SEOUL)
    return f"{sent_at:%Y-%m-%d %H%M%S} {message.message_id}.jpg"


def hand_in(
    session: Session, now: datetime, parts: Parts, address: str, fetched: Fetched
) -> tuple[list[Load], list[str]]:
    """Notes what was fetched as its sender's: what there is to say of it, and the parcels. Nothing for who is not
    linked."""
    found = find_linked(session, now, Messenger.TELEGRAM, address)
    if found is None:
        return [], []
    account, person = found
    account.unreachable_since = None
    talk = Talk(session, now, person, account, claimant=parts.claiming.claimant.name)
    parcels = [receive(session, now, talk.person_id, kept).id for kept in fetched.kept]
    told: list[Line] = [*fetched.told, *_ways_for(session, now, parts.address, account, fetched.large)]
    if told:
        # At the first screen, which everybody may see; it does not move them from where they stand.
        post(talk, parts.book.front_door.home, Notice(lines(*told), tone=Tone.WARNING), {})
    return parts.claiming.own(talk), parcels


def _ways_for(
    session: Session, now: datetime, web: str, account: Account, names: Sequence[str]
) -> Iterable[Line]:
    """For each file that is too large for Telegram, where else it can be handed in."""
    assert account.id is not None
    for name in names:
        yield say(
            "{name:은/는} {most}MB가 넘어 텔레그램으로 받을 수 없습니다. 아래 주소에서 {minutes}분 안에 올려 주세요.",
            name=name,
            most=LARGEST_DOWNLOAD // MIB,
            minutes=int(LINK_LASTS.total_seconds()) // 60,
        )
        address = f"{web}/upload/{make_upload_link(session, now, account.id)}"
        yield Link(address, address)
