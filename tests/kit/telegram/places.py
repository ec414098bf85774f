"""What people see and do in a chat, their own or a group."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.kit.telegram.chats import BotIs, Chat, Message, User
from tests.kit.telegram.files import StoredFile
from tests.kit.telegram.formatting import LONGEST_TEXT, utf16
from tests.kit.telegram.refusals import Json
from tests.kit.telegram.state import Query, State

WAITS = 5.0
"""Seconds."""
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(@\w+)?")


@dataclass(eq=False)
class Place:
    """A chat as those in it see it."""

    state: State = field(repr=False)
    chat: Chat

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote here and has not deleted, oldest first, as it stands."""
        return [message for message in self.chat.shown() if self.state.is_mine(message)]

    @property
    def actions(self) -> list[str]:
        """What the bot was seen doing here, such as `typing`."""
        return self.chat.actions

    def buttons(self) -> list[str]:
        """Labels on the newest message that has any."""
        for message in reversed(self.messages):
            if message.keyboard:
                return [button["text"] for button in message.buttons()]
        return []

    def link(self, label: str) -> str:
        """Where the newest link button of that label leads."""
        return str(self._newest(label, "url")[1])

    def takes(self, name: str) -> bytes:
        """The content of the newest document of that name."""
        for message in reversed(self.messages):
            if message.name == name and message.content is not None:
                return message.content
        raise AssertionError(f"no file {name!r}; there are {[message.name for message in self.messages]}")

    def reads(self) -> str:
        """What the bot wrote here as it stands, with the names of files and the labels of buttons."""
        parts = []
        for message in self.messages:
            parts += [message.text, message.name or ""]
            parts += [" ".join(f"[{label}]" for label in row) for row in message.labels]
        return "\n".join(part for part in parts if part)

    async def sees(self, *words: str, within: float = WAITS) -> None:
        """Waits until all these words are in the chat as it stands.

        Raises:
            AssertionError: they are not there in time.
        """
        for word in words:
            await self.state.watch.until(
                lambda: word in self.reads(),  # noqa: B023
                within,
                lambda: f"{word!r} is not in:\n{self.reads()}",  # noqa: B023
            )

    async def settles(self, within: float = WAITS) -> None:
        """Waits until the bot has taken in everything and is done with it.

        Raises:
            AssertionError: it is not in time.
        """
        await self.state.quiet(within)

    def _write(
        self,
        user: User,
        text: str = "",
        stored: StoredFile | None = None,
        *,
        is_photo: bool = False,
        **more: Any,
    ) -> Message:
        """A message of a person, which is not told to the bot yet."""
        assert len(text) <= LONGEST_TEXT, "the apps of Telegram send longer texts in parts"
        message = self.state.new_message(self.chat, user)
        message.text, message.file, message.is_photo, message.more = text, stored, is_photo, more
        message.entities = [
            {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
            for found in COMMAND.finditer(text)
        ]
        return self.state.post(message)

    def _tell(self, message: Message) -> Message:
        self.state.updates.push({"message": message.as_json()}, self.chat.chat_id)
        return message

    def _reply(self, message_id: int | None) -> Json:
        return {} if message_id is None else {"reply_to_message": self.chat.messages[message_id].as_json()}

    def _press(self, user: User, label: str) -> str:
        message, data = self._newest(label, "callback_data")
        return self._press_data(user, message, data)

    def _press_data(self, user: User, message: Message, data: str) -> str:
        number = str(self.state.next_number())
        self.state.queries[number] = Query(number, user, message, data, self.state.clock.monotonic())
        body: Json = {
            "id": number,
            "from": user.as_json(),
            "chat_instance": str(self.chat.chat_id),
            "data": data,
            "message": message.as_json(),
        }
        if message.is_deleted:
            inaccessible = {"chat": self.chat.as_json(), "message_id": message.message_id, "date": 0}
            body["message"] = inaccessible
        self.state.updates.push({"callback_query": body}, self.chat.chat_id)
        return number

    def _newest(self, label: str, use: str) -> tuple[Message, str]:
        for message in reversed(self.messages):
            for button in message.buttons():
                if button["text"] == label and use in button:
                    return message, button[use]
        raise AssertionError(f"no button {label!r}; there are {self.buttons()} in:\n{self.reads()}")

    def _bot_becomes(self, user: User, new: BotIs) -> None:
        """Somebody blocks, unblocks, adds or removes the bot, which is told."""
        old, self.chat.bot_is = self.chat.bot_is, new
        change: Json = {
            "chat": self.chat.as_json(),
            "from": user.as_json(),
            "date": int(self.state.clock.time()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        self.state.updates.push({"my_chat_member": change}, self.chat.chat_id)

    def _member(self, bot_is: BotIs) -> Json:
        status = BotIs.LEFT if bot_is is BotIs.UNKNOWN else bot_is
        member: Json = {"user": self.state.bot.as_json(), "status": status.value}
        return member | {"until_date": 0} if status is BotIs.KICKED else member
