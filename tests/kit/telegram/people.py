"""People of Telegram, as a test plays them.

person = server.person(first_name="은주")
await person.says("/start")
await person.sees("내 지표")
await person.presses("내 지표")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.kit.telegram.chats import BotIs, Chat, Kind, Message, User
from tests.kit.telegram.places import Place
from tests.kit.telegram.refusals import Json
from tests.kit.telegram.state import Query, scope_key


@dataclass(eq=False)
class Person(Place):
    """Somebody in their private chat; the bot may write there once they have said something."""

    user: User

    @property
    def user_id(self) -> int:
        return self.user.user_id

    async def says(self, text: str, *, reply_to: int | None = None) -> Message:
        """Types words, perhaps in reply to a message."""
        self._opens()
        return self._tell(self._write(self.user, text, **self._reply(reply_to)))

    async def sends(self, **content: Any) -> Message:
        """Sends anything else, as the Bot API would show it: `sends(location={...})`."""
        self._opens()
        return self._tell(self._write(self.user, **content))

    async def sends_file(self, content: bytes, name: str, caption: str = "") -> Message:
        """Sends a document."""
        self._opens()
        return self._tell(self._write(self.user, caption, self.state.files.keep(content, name)))

    async def sends_photo(self, content: bytes, caption: str = "") -> Message:
        """Sends a picture as a picture, which has no name."""
        self._opens()
        stored = self.state.files.keep(content, "photo.jpg", "photos")
        return self._tell(self._write(self.user, caption, stored, is_photo=True))

    async def sends_album(
        self, files: Sequence[tuple[bytes, str]], caption: str = "", order: Sequence[int] | None = None
    ) -> list[Message]:
        """Sends documents as one album; `order` is the order their updates come in. The first has the caption."""
        self._opens()
        group = str(self.state.next_number())
        kept = [self.state.files.keep(content, name) for content, name in files]
        captions = [caption, *[""] * (len(files) - 1)]
        messages = [
            self._write(self.user, words, stored, media_group_id=group)
            for words, stored in zip(captions, kept, strict=True)
        ]
        for place in range(len(files)) if order is None else order:
            self._tell(messages[place])
        return messages

    async def presses(self, label: str) -> str:
        """Presses the newest button of that label; the identifier of the press."""
        self._opens()
        return self._press(self.user, label)

    async def presses_data(self, message_id: int, data: str) -> str:
        """Presses what a button of that message stands for, or stood for once."""
        self._opens()
        return self._press_data(self.user, self.chat.messages[message_id], data)

    @property
    def answers(self) -> list[Json]:
        """What the bot answered to presses: the parameters of its calls."""
        return [query.answer for query in self._queries() if query.answer is not None]

    @property
    def toasts(self) -> list[str]:
        """The words of those answers that have any."""
        return [answer["text"] for answer in self.answers if answer.get("text")]

    @property
    def waiting_queries(self) -> list[str]:
        """Presses whose button still spins."""
        return [query.query_id for query in self._queries() if query.answer is None]

    def reads(self) -> str:
        """The chat as it stands, and all passing words."""
        return "\n".join([super().reads(), *self.toasts])

    def commands(self) -> dict[str, str]:
        """The commands this person is offered in their chat, and what is said of each."""
        scopes: list[Json] = [
            {"type": "chat", "chat_id": self.chat.chat_id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
        for scope in scopes:
            for language in (self.user.language_code, ""):
                found = self.state.commands.get((scope_key(scope), language))
                if found:
                    return {one["command"]: one["description"] for one in found}
        return {}

    async def blocks_the_bot(self) -> None:
        self._opens()
        self._bot_becomes(self.user, BotIs.KICKED)

    async def unblocks_the_bot(self) -> None:
        self._bot_becomes(self.user, BotIs.MEMBER)

    async def deactivates(self) -> None:
        """Deletes their account; the bot is not told."""
        self.chat.is_deactivated = True

    def _queries(self) -> list[Query]:
        return [query for query in self.state.queries.values() if query.user is self.user]

    def _opens(self) -> None:
        assert not self.chat.is_deactivated, "nobody is there any more"
        assert self.chat.bot_is is not BotIs.KICKED, "who blocked the bot says nothing to it"
        self.chat.bot_is = BotIs.MEMBER


@dataclass(eq=False)
class Group(Place):
    """A group, which the bot is not in until somebody adds it."""

    async def adds_the_bot(self, person: Person) -> None:
        self._bot_becomes(person.user, BotIs.MEMBER)
        self._tell(self._write(person.user, new_chat_members=[self.state.bot.as_json()]))

    async def removes_the_bot(self, person: Person) -> None:
        self._bot_becomes(person.user, BotIs.KICKED)

    async def says(self, person: Person, text: str, *, reply_to: int | None = None) -> Message:
        """Somebody types words. In privacy mode the bot is told of commands and of replies to it, and nothing else."""
        message = self._write(person.user, text, **self._reply(reply_to))
        is_to_bot = reply_to is not None and self.state.is_mine(self.chat.messages[reply_to])
        if self.chat.bot_is is BotIs.MEMBER and (
            not self.state.privacy_mode or is_to_bot or self._is_command(text)
        ):
            self._tell(message)
        return message

    async def presses(self, person: Person, label: str) -> str:
        """Somebody presses the newest button of that label; the identifier of the press."""
        return self._press(person.user, label)

    async def becomes_a_supergroup(self, person: Person) -> None:
        """Somebody upgrades the group: it has another identifier from now on."""
        assert self.chat.kind is Kind.GROUP
        old = self.chat
        new = Chat(-1_000_000_000_000 + old.chat_id, Kind.SUPERGROUP, old.title, bot_is=old.bot_is)
        self.state.chats.add(new)
        old.migrated_to = new.chat_id
        self._tell(self._write(person.user, migrate_to_chat_id=new.chat_id))
        self.chat = new
        self._tell(self._write(person.user, migrate_from_chat_id=old.chat_id))

    def _is_command(self, text: str) -> bool:
        addressee = text.split(maxsplit=1)[0].partition("@")[2] if text.startswith("/") else None
        return addressee in ("", self.state.bot.username)
