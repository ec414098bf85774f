"""Chats and the messages in them, as they stand now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from tests.kit.telegram.files import StoredFile
from tests.kit.telegram.markup import Keyboard
from tests.kit.telegram.refusals import Json, bad_request, forbidden


class Kind(Enum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class BotIs(Enum):
    """What the bot is in a chat."""

    UNKNOWN = "unknown"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"
    """Of a private chat: blocked."""


@dataclass
class User:
    """Somebody with an account."""

    user_id: int
    first_name: str
    is_bot: bool = False
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    def as_json(self) -> Json:
        shown: Json = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name}
        more = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return shown | {name: value for name, value in more.items() if value}


@dataclass(eq=False)
class Message:
    """One message. `text` is what is read, the caption of a file included, without any tags."""

    chat: Chat = field(repr=False)
    message_id: int
    date: float
    sender: User
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: Keyboard = field(default_factory=list)
    file: StoredFile | None = None
    is_photo: bool = False
    more: Json = field(default_factory=dict)
    """Other fields, as the Bot API writes them."""
    edited: float | None = None
    is_deleted: bool = False

    @property
    def is_edited(self) -> bool:
        return self.edited is not None

    @property
    def labels(self) -> list[list[str]]:
        """What the buttons say, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def name(self) -> str | None:
        """Of its document."""
        return self.file.name if self.file and not self.is_photo else None

    @property
    def content(self) -> bytes | None:
        """Of its document or picture."""
        return self.file.content if self.file else None

    def buttons(self) -> Iterator[Json]:
        for row in self.keyboard:
            yield from row

    def as_json(self) -> Json:
        shown: Json = {
            "message_id": self.message_id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date),
        }
        if self.file is not None:
            shown |= (
                {"photo": self.file.as_photo()} if self.is_photo else {"document": self.file.as_document()}
            )
        words, places = ("text", "entities") if self.file is None else ("caption", "caption_entities")
        shown |= {words: self.text} if self.text else {}
        shown |= {places: self.entities} if self.entities else {}
        shown |= {"edit_date": int(self.edited)} if self.edited is not None else {}
        shown |= {"reply_markup": {"inline_keyboard": self.keyboard}} if self.keyboard else {}
        return shown | self.more


@dataclass(eq=False)
class Chat:
    """A private chat or a group, and what the bot is in it."""

    chat_id: int
    kind: Kind
    title: str = ""
    user: User | None = None
    """Of a private chat, the person in it."""
    bot_is: BotIs = BotIs.UNKNOWN
    is_deactivated: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    actions: list[str] = field(default_factory=list)
    """What the bot was seen doing, such as typing."""

    def as_json(self) -> Json:
        shown: Json = {"id": self.chat_id, "type": self.kind.value}
        if self.user is None:
            return shown | {"title": self.title}
        more = {name: self.user.as_json().get(name) for name in ("first_name", "last_name", "username")}
        return shown | {name: value for name, value in more.items() if value}

    def check_writable(self) -> None:
        """Whether the bot may write here.

        Raises:
            Refused: it may not, and why.
        """
        if self.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to
            )
        if self.kind is Kind.PRIVATE:
            if self.is_deactivated:
                raise forbidden("user is deactivated")
            if self.bot_is is BotIs.KICKED:
                raise forbidden("bot was blocked by the user")
        elif self.bot_is is BotIs.KICKED:
            raise forbidden(f"bot was kicked from the {self.kind.value} chat")
        elif self.bot_is is not BotIs.MEMBER:
            raise forbidden(f"bot is not a member of the {self.kind.value} chat")

    def shown(self) -> list[Message]:
        """The messages that are not deleted, oldest first."""
        return [message for message in self.messages.values() if not message.is_deleted]


@dataclass
class Chats:
    """All chats of Telegram that concern the bot."""

    _by_id: dict[int, Chat] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def add(self, chat: Chat) -> Chat:
        return self._by_id.setdefault(chat.chat_id, chat)

    def of(self, chat_id: object) -> Chat:
        """The chat of an identifier, which the bot has to have met: it cannot write first.

        Raises:
            Refused: it has not.
        """
        try:
            chat = self._by_id.get(int(str(chat_id)))
        except ValueError:
            chat = None
        if chat is None or chat.bot_is is BotIs.UNKNOWN:
            raise bad_request("chat not found")
        return chat

    def next_message_id(self) -> int:
        return next(self._numbers)

    def message(self, chat_id: object, message_id: int, purpose: str) -> Message:
        """A message that the bot may write to the chat of.

        Raises:
            Refused: it may not, or there is no such message.
        """
        chat = self.of(chat_id)
        chat.check_writable()
        message = chat.messages.get(message_id)
        if message is None or message.is_deleted:
            raise bad_request(f"{purpose} not found")
        return message
