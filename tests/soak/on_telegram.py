"""Random use of Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.kit import files
from tests.kit.telegram import Group, TelegramServer
from tests.kit.telegram.chats import BotIs
from tests.kit.telegram.people import Person
from tests.soak.person import Someone

Way = tuple[str, Callable[[], Awaitable[None]]]


@dataclass
class OnTelegram(Someone):
    """A person in their private chat, who remembers every button they ever saw."""

    server: TelegramServer = None  # type: ignore[assignment]
    person: Person = None  # type: ignore[assignment]
    group: Group = None  # type: ignore[assignment]
    others: list[OnTelegram] = field(default_factory=list)
    seen: list[tuple[int, str]] = field(default_factory=list)
    """Message and value of each button."""

    def ways(self) -> list[Any]:
        if self.person.chat.bot_is is BotIs.KICKED:
            return [("unblocks", self.person.unblocks_the_bot)]
        ways: list[Way] = [
            ("says", self._says), ("answers", self.answers), ("presses", self.presses_newest),
            ("presses", self.presses_newest), ("presses old", self._presses_old), ("twice", self._presses_twice),
            ("elsewhere", self._presses_elsewhere), ("another's", self._presses_anothers), ("file", self._file),
            ("photo", self._photo), ("album", self._album), ("strange", self._strange), ("edits", self._edits),
            ("language", self._language), ("blocks", self.person.blocks_the_bot), ("group", self._in_group),
            ("replies", self._replies),
        ]  # fmt: skip
        return ways

    async def types(self, text: str) -> None:
        if self.person.chat.bot_is is not BotIs.KICKED and text:
            self._looks()
            await self.person.says(text)

    async def gives(self, given: list[tuple[bytes, str]], words: str) -> None:
        if self.person.chat.bot_is is not BotIs.KICKED:
            for content, name in given:
                await self.person.sends_file(content, name, words[:1000])

    async def presses_newest(self) -> None:
        self._looks()
        newest = next((one for one in reversed(self.person.messages) if one.keyboard), None)
        if newest is not None and self.person.chat.bot_is is not BotIs.KICKED:
            button = self.random.choice(list(newest.buttons()))
            if "callback_data" in button:
                await self.person.presses_data(newest.message_id, button["callback_data"])

    def reads(self) -> str:
        return self.person.reads()

    async def _says(self) -> None:
        await self.types(self.words())

    async def _presses_old(self) -> None:
        if self.seen:
            await self.person.presses_data(*self.random.choice(self.seen))

    async def _presses_twice(self) -> None:
        self._looks()
        if self.seen:
            one = self.seen[-1]
            await self.person.presses_data(*one)
            await self.person.presses_data(*one)

    async def _presses_elsewhere(self) -> None:
        """A button's value, as if it stood on another message, or a value that no button ever had."""
        if self.seen:
            message, _ = self.random.choice(self.seen)
            _, value = self.random.choice(self.seen)
            odd = (
                value,
                value + "9",
                value.partition(".")[0],
                "?" + value,
                "!" + value,
                "-",
                "x" * 64,
                "가.1",
                "",
            )
            await self.person.presses_data(message, self.random.choice(odd))

    async def _presses_anothers(self) -> None:
        values = [value for one in self.others if one is not self for _, value in one.seen[-5:]]
        if values and self.seen:
            await self.person.presses_data(self.seen[-1][0], self.random.choice(values))

    async def _file(self) -> None:
        await self.gives([self.a_file()], self.words() if self.random.random() < 0.3 else "")

    async def _photo(self) -> None:
        await self.person.sends_photo(files.jpg(), self.words()[:1000] if self.random.random() < 0.3 else "")

    async def _album(self) -> None:
        count = self.random.randint(2, 6)
        order = self.random.sample(range(count), count)
        caption = self.words()[:1000] if self.random.random() < 0.4 else ""
        await self.person.sends_album([self.a_file() for _ in range(count)], caption, order)

    async def _strange(self) -> None:
        kinds: list[dict[str, Any]] = [
            {"location": {"latitude": 37.5, "longitude": 127.0}},
            {"contact": {"phone_number": "0212345678", "first_name": "가"}},
            {"dice": {"emoji": "🎲", "value": 3}},
        ]
        await self.person.sends(**self.random.choice(kinds))

    async def _edits(self) -> None:
        said = [one for one in self.person.chat.shown() if one.sender is self.person.user]
        if said:
            edited = self.random.choice(said).as_json() | {"text": self.words() or "고침"}
            self.server.updates.push({"edited_message": edited}, self.person.chat.chat_id)

    async def _language(self) -> None:
        await self.types("/language")

    async def _in_group(self) -> None:
        if self.group.chat.bot_is is not BotIs.MEMBER:
            await self.group.adds_the_bot(self.person)
        await self.group.says(
            self.person, self.random.choice(("/menu", "/mine@bogobot_test_bot", "민원처리율 97.3"))
        )

    async def _replies(self) -> None:
        if self.person.messages:
            newest = self.random.choice(self.person.messages)
            await self.person.says(self.words() or "97", reply_to=newest.message_id)

    def _looks(self) -> None:
        fresh = [
            (message.message_id, button["callback_data"])
            for message in self.person.messages[-6:]
            for button in message.buttons()
            if "callback_data" in button
        ]
        self.seen = [*self.seen, *(one for one in fresh if one not in self.seen)][-300:]
