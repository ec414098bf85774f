"""How a person acts on each messenger while bots come and go: nothing but what a patient person would do.

What a messenger promises to bring again is waited for. A press in Slack, which is not brought again, is made again by
whoever sees nothing come of it, and so is a press in Telegram that only asked whether one is sure.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from time import monotonic
from typing import Any, Protocol

from tests.contract.talker import File
from tests.kit.slack import SlackServer
from tests.kit.slack.people import Person as SlackPerson
from tests.kit.slack.reading import Pressable, Seen
from tests.kit.telegram.people import Person as TelegramPerson

PATIENCE = 90.0
"""Seconds, over many lives: who waits for longer has been forgotten."""
_LOOKED_AT = 16
_FIELDS, _KEEPS = ("실적", "증빙자료", "설명"), "그대로 두고 계속"
_A_GLANCE = 0.02
_AGAIN_AFTER = 0.4


@dataclass
class Presses:
    """Buttons of one label, known by the token of the screen they stood on."""

    tried: set[str] = field(default_factory=set)


class Hands(Protocol):
    """One person on one messenger."""

    code: str
    presses_of: dict[str, Presses]

    @abstractmethod
    async def says(self, text: str, seen: str, file: File | None = None) -> None:
        """Types words, or sends a file with them, and waits until something new has `seen` in it."""

    @abstractmethod
    async def sends_album(self, files: list[File], text: str, seen: str) -> None:
        """Sends several files at once, and waits until something new has `seen` in it."""

    @abstractmethod
    async def presses(self, label: str, seen: str, *, sure: bool = False) -> None:
        """Presses a button of that label that was not pressed before, and waits until `seen` is there; `sure`: says
        yes where that is asked."""

    @abstractmethod
    async def fills(self, opens: str, answers: Mapping[str, str | list[File]], seen: str) -> None:
        """Answers what is asked, in a window that the button `opens` opens where there is one."""

    @abstractmethod
    def reads(self) -> str:
        """The chat as it stands."""

    def _presses(self, label: str) -> Presses:
        return self.presses_of.setdefault(label, Presses())

    def _used(self) -> set[str]:
        return {token for presses in self.presses_of.values() for token in presses.tried}


async def _until(holds: Callable[[], bool], within: float) -> bool:
    try:
        async with asyncio.timeout(within):
            while not holds():
                await asyncio.sleep(_A_GLANCE)
    except TimeoutError:
        return False
    return True


async def _surely(hands: Hands, holds: Callable[[], bool], wanted: str) -> None:
    assert await _until(holds, PATIENCE), f"{hands.code} never saw {wanted!r}:\n{hands.reads()[-2500:]}"


def token_of(value: str) -> str:
    """The screen's token in a button's value, whatever stands around it."""
    return value.lstrip("?!").partition(".")[0]


@dataclass
class TelegramHands(Hands):
    """In a private chat with the bot."""

    code: str
    person: TelegramPerson
    presses_of: dict[str, Presses] = field(default_factory=dict)
    _before: dict[int, str] = field(default_factory=dict)

    async def says(self, text: str, seen: str, file: File | None = None) -> None:
        self._before = self._shown()
        if file is None:
            await self.person.says(text)
        else:
            await self.person.sends_file(file.content, file.name, text)
        await _surely(self, lambda: self._is_new(seen), seen)

    async def sends_album(self, files: list[File], text: str, seen: str) -> None:
        self._before = self._shown()
        await self.person.sends_album([(file.content, file.name) for file in files], text)
        await _surely(self, lambda: self._is_new(seen), seen)

    async def presses(self, label: str, seen: str, *, sure: bool = False) -> None:
        await _surely(self, lambda: self._button(label) is not None, f"[{label}]")
        while sure and self._button(f"네, {label}") is None:
            message, data = self._button(label) or (0, "")
            await self.person.presses_data(message, data)
            await _until(lambda: self._button(f"네, {label}") is not None, _AGAIN_AFTER)
        message, data = self._button(f"네, {label}" if sure else label) or (0, "")
        self._before = self._shown()
        self._presses(label).tried.add(token_of(data))
        await self.person.presses_data(message, data)
        await _surely(self, lambda: self._is_new(seen), seen)

    async def fills(self, opens: str, answers: Mapping[str, str | list[File]], seen: str) -> None:
        # What was answered before is asked again, and left as it is.
        for label, following in pairwise(_FIELDS):
            if any(f"▶ {label}" in text for text in self._shown().values()):
                await self.presses(_KEEPS, f"▶ {following}")
        note = answers[_FIELDS[-1]]
        assert isinstance(note, str)
        await self.says(note, seen)

    def reads(self) -> str:
        return "\n".join(self._shown().values())

    def _button(self, label: str) -> tuple[int, str] | None:
        """The newest button of that label on a screen where nothing was pressed."""
        used = self._used()
        for message in self._lately():
            for button in message.buttons():
                data = button["callback_data"]
                if button["text"] == label and token_of(data) not in used:
                    return message.message_id, data
        return None

    def _is_new(self, words: str) -> bool:
        return any(words in text and self._before.get(key) != text for key, text in self._shown().items())

    def _shown(self) -> dict[int, str]:
        return {one.message_id: f"{one.text}\n{one.labels}" for one in reversed(list(self._lately()))}

    def _lately(self) -> Iterable[Any]:
        newest = reversed(list(self.person.chat.messages.values())[-_LOOKED_AT:])
        return [one for one in newest if not one.is_deleted and self.person.state.is_mine(one)]


@dataclass
class SlackHands(Hands):
    """In a direct message with the bot."""

    code: str
    server: SlackServer
    person: SlackPerson
    presses_of: dict[str, Presses] = field(default_factory=dict)
    _before: dict[str, str] = field(default_factory=dict)

    async def says(self, text: str, seen: str, file: File | None = None) -> None:
        self._before = self._shown()
        if file is None:
            await self.person.says(text)
        else:
            await self.person.sends_file(file.content, file.name, text)
        await _surely(self, lambda: self._is_new(seen), seen)

    async def sends_album(self, files: list[File], text: str, seen: str) -> None:
        self._before = self._shown()
        await self.person.sends_files([(file.content, file.name) for file in files], text)
        await _surely(self, lambda: self._is_new(seen), seen)

    async def presses(self, label: str, seen: str, *, sure: bool = False) -> None:
        over, presses = self._used(), self._presses(label)
        await _surely(self, lambda: self._button(label, over) is not None, f"[{label}]")
        self._before = self._shown()
        deadline = monotonic() + PATIENCE
        while not self._is_new(seen):
            assert monotonic() < deadline, f"{self.code} never saw {seen!r}:\n{self.reads()[-2500:]}"
            await self._is_connected()
            if (button := self._button(label, over)) is not None:
                presses.tried.add(token_of(button.element["value"]))
                await self.person.presses(button)
            await _until(lambda: self._is_new(seen), _AGAIN_AFTER)

    async def fills(self, opens: str, answers: Mapping[str, str | list[File]], seen: str) -> None:
        deadline = monotonic() + PATIENCE
        while not self._is_new(seen):
            assert monotonic() < deadline, f"{self.code} never saw {seen!r}:\n{self.reads()[-2500:]}"
            if self.person.modal is None and (button := self._button(opens, set())) is not None:
                await self._is_connected()
                await self.person.presses(button)
                await _until(lambda: self.person.modal is not None, _AGAIN_AFTER)
            if self.person.modal is not None:
                await self._submits(answers)
            await _until(lambda: self._is_new(seen), _AGAIN_AFTER)

    async def _submits(self, answers: Mapping[str, str | list[File]]) -> None:
        """Sends the window off; one that is not taken is closed and opened anew."""
        modal = self.person.modal
        assert modal is not None
        given: dict[str, Any] = {}
        for one in modal.fields:
            answer = next((found for label, found in answers.items() if one.label.startswith(label)), None)
            if isinstance(answer, str):
                given[one.block_id] = answer
            elif answer is not None and one.element["type"] == "file_input":
                given[one.block_id] = [(file.content, file.name) for file in answer]
        await self._is_connected()
        done = await self.person.submits(given)
        if not done.closed and self.person.modal is not None:
            await self.person.closes_modal()

    def reads(self) -> str:
        return "\n".join(self._shown().values())

    async def _is_connected(self) -> None:
        assert await _until(lambda: bool(self.server.sockets.sockets), PATIENCE), "no bot listens"

    def _button(self, label: str, over: set[str]) -> Pressable | None:
        """The newest button of that label, on a screen that is not over."""
        for message in reversed(self._lately()):
            for one in message.pressables:
                if one.label == label and token_of(str(one.element.get("value"))) not in over:
                    return one
        return None

    def _is_new(self, words: str) -> bool:
        return any(words in text and self._before.get(key) != text for key, text in self._shown().items())

    def _shown(self) -> dict[str, str]:
        return {one.ts: one.text for one in self._lately()}

    def _lately(self) -> list[Seen]:
        raw = islice(reversed(self.person.direct.messages.values()), _LOOKED_AT)
        ours = [one for one in raw if one["user"] == self.person.workspace.bot_user_id]
        return [self.person._seen(one) for one in reversed(ours)]
