"""What an update says: which of the things that the bot understands, told by whom, and nothing else of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, replace
from typing import Any

import telegram
from telegram import ChatMember
from telegram.constants import ChatType

_LONGEST_ID = 64
_GONE = (ChatMember.BANNED, ChatMember.LEFT)
# As codes are made, and as they are misread: with a zero, with a hyphen in the middle.
_CODE = re.compile("[0-9A-Z]{10}")
# What stands behind our buttons (bot.telegram.keyboard); anything else is a button whose screen is over.
_DATA = re.compile(r"[?!]?[\w.-]{1,64}", re.ASCII)
_NO_BUTTON = "-"
_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>\S.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Attached:
    """A file of a message, known to Telegram by its id; `size` in bytes, 0 where that is not said.

    A photo has no name of its own; `name` is then the moment it was sent, in seconds since 1970.
    """

    id: str
    name: str
    size: int
    is_photo: bool = False


@dataclass(frozen=True)
class Message:
    """Words of a person in their private chat, a file, or both."""

    address: str
    message_id: int
    text: str
    file: Attached | None = None
    album: str = ""
    sent_at: int = 0
    """Seconds since 1970."""

    @property
    def name(self) -> str:
        """What tells it from every other in its chat: another bot, whose token took the place of ours, counts its
        messages from the beginning."""
        return f"{self.message_id}.{self.sent_at}"

    @property
    def key(self) -> str:
        """Of the inbox."""
        return f"m{self.name}"

    def as_payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_payload(cls, payload: dict[str, Any]) -> Message:
        file = payload["file"]
        return cls(**payload | {"file": Attached(**file) if file else None})


@dataclass(frozen=True)
class NotTaken:
    """What the bot cannot take from a person: a sticker, a voice; or an edit of what was taken already."""

    address: str
    key: str
    is_edit: bool = False


@dataclass(frozen=True)
class Press:
    """A pressed button. `address` is empty where it was pressed by somebody whom it was not shown to, `message_id` 0
    where it is not told which message it is under."""

    address: str
    query_id: str
    message_id: int
    data: str

    @property
    def key(self) -> str:
        """Of the inbox."""
        return f"q{_short(self.query_id)}.{self.data}"


@dataclass(frozen=True)
class Membership:
    """A person blocked the bot, or let it write again."""

    address: str
    key: str
    is_member: bool


@dataclass(frozen=True)
class Elsewhere:
    """Something happened in a group or a channel. `is_known`: it was there already, under another id."""

    chat: str
    is_known: bool = False


Said = Message | NotTaken | Press | Membership | Elsewhere


def read(update: telegram.Update) -> Said | None:
    """What the update says; None where it is nothing to the bot."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message)
    if message.chat.id != message.from_user.id:
        return None
    address = str(message.chat.id)
    if update.message is None:
        edited = int(message.edit_date.timestamp()) if message.edit_date else 0
        return NotTaken(address, f"e{message.message_id}.{edited}", is_edit=True)
    return _message(address, message)


def start_code(text: str) -> str | None:
    """What stands behind `/start`, or nothing; None where that is not what was said."""
    found = _START.fullmatch(text.strip())
    return (found["code"] or "").strip() if found else None


def could_be_code(text: str) -> bool:
    """Whether somebody may have meant a link code."""
    return _CODE.fullmatch("".join(text.upper().split()).replace("-", "")) is not None


def _message(address: str, message: telegram.Message) -> Message | NotTaken | None:
    sent_at = int(message.date.timestamp())
    said = Message(
        address, message.message_id, "", album=_short(message.media_group_id or ""), sent_at=sent_at
    )
    words = _clean(message.text or message.caption or "")
    # An animation says that it is a document as well, for programs older than it.
    if message.document is not None and message.animation is None:
        document = message.document
        file = Attached(document.file_id, _clean(document.file_name or ""), document.file_size or 0)
        return replace(said, text=words, file=file)
    if message.photo:
        photo = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        file = Attached(photo.file_id, str(sent_at), photo.file_size or 0, is_photo=True)
        return replace(said, text=words, file=file)
    if message.text is not None:
        return replace(said, text=words)
    # What is neither is Telegram's own note of what happened, such as a pinned message.
    is_content = message.effective_attachment is not None or message.checklist is not None
    return NotTaken(address, said.key) if is_content else None


def _press(query: telegram.CallbackQuery) -> Press:
    shown, data = query.message, query.data or ""
    data = data if _DATA.fullmatch(data) else _NO_BUTTON
    is_forwarded = isinstance(shown, telegram.Message) and shown.forward_origin is not None
    presser = query.from_user
    if is_forwarded or presser.is_bot or query.inline_message_id is not None:
        return Press("", query.id, 0, data)
    if shown is None:
        # Telegram may leave it out. What the button stands for is its reader's alone, wherever it is pressed.
        return Press(str(presser.id), query.id, 0, data)
    if shown.chat.id != presser.id:
        return Press("", query.id, 0, data)
    return Press(str(shown.chat.id), query.id, shown.message_id, data)


def _membership(update_id: int, change: telegram.ChatMemberUpdated) -> Membership | Elsewhere | None:
    is_member = change.new_chat_member.status not in _GONE
    if change.chat.type != ChatType.PRIVATE:
        return Elsewhere(str(change.chat.id)) if is_member else None
    if change.chat.id != change.from_user.id:
        return None
    # Ids of updates may begin anew, and within a second somebody may change their mind twice.
    key = f"c{update_id}.{int(change.date.timestamp())}"
    return Membership(str(change.chat.id), key, is_member)


def _elsewhere(message: telegram.Message) -> Elsewhere:
    if message.migrate_to_chat_id is not None:
        return Elsewhere(str(message.migrate_to_chat_id), is_known=True)
    return Elsewhere(str(message.chat.id), is_known=message.migrate_from_chat_id is not None)


def _short(key: str) -> str:
    """An id of Telegram's, whose length nobody promises, as one that can be written down."""
    return key if len(key) <= _LONGEST_ID else hashlib.sha256(key.encode()).hexdigest()


def _clean(text: str) -> str:
    """Without what no database takes as text."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
