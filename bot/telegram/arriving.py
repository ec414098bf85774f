"""Takes what had to wait: files that are fetched first, albums whose parts came one by one, and what failed before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog
from sqlmodel import Session

from bot.parts import Parts
from bot.telegram.direct import Direct
from bot.telegram.files import Fetched, Files
from bot.telegram.read import Message
from bot.telegram.talking import Talking, Waited
from handlers.dialogue.screens import Button, Notice, Tone
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.messaging.account import Messenger, find_linked
from models.messaging.arrival import Arrival, done
from models.words import say

log = structlog.get_logger()
_GIVEN_UP = say(
    "보관했던 내용을 끝내 처리하지 못했습니다. 다시 보내 보시고, 계속되면 관리자에게 알려 주세요."
)


class Arriving:
    """Takes bundles of kept messages, each as one answer."""

    def __init__(self, parts: Parts, talking: Talking, files: Files, direct: Direct) -> None:
        self._parts = parts
        self._talking = talking
        self._files = files
        self._direct = direct

    async def take(self, bundle: Sequence[Arrival]) -> None:
        """Takes a bundle in the order its messages were written in, whatever order they came in."""
        messages = sorted(
            (Message.of_payload(arrival.payload) for arrival in bundle),
            key=lambda message: message.message_id,
        )
        words = "\n".join(message.text for message in messages if message.text)
        first = replace(messages[0], text=words)
        if self._parts.book.is_discreet:
            await self._parts.workers.write(done, bundle)
            return
        # Its messages' own keys are in the inbox since they were kept.
        key = f"k{first.name}"
        if any(message.file for message in messages):
            async with self._direct.typing(first.address):
                fetched = await self._files.fetch(messages)
                is_taken = await self._talking.take(first, key, Waited(bundle, fetched))
        else:
            is_taken = await self._talking.take(first, key, Waited(bundle, Fetched()))
        if not is_taken:
            await self._parts.workers.write(done, bundle)

    async def give_up(self, bundle: Sequence[Arrival]) -> None:
        """Tells the person that what they sent could not be taken after all."""
        try:
            await self._parts.workers.write(self._tell, bundle[0].address)
            self._parts.deliveries.wake({Messenger.TELEGRAM})
        except Exception:
            log.exception("arrival.not_told", messenger=Messenger.TELEGRAM.value)

    def _tell(self, session: Session, address: str) -> None:
        now, home = self._parts.clock.now(), self._parts.book.front_door.home
        found = find_linked(session, now, Messenger.TELEGRAM, address)
        if found is not None:
            account, person = found
            notice = Notice(lines(_GIVEN_UP), buttons=[Button(say("처음으로"), home)], tone=Tone.BAD)
            post(Talk(session, now, person, account), home, notice, {})
