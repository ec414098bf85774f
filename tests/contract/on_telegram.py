"""People in Telegram."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.talker import Answer, File, LeftOut, Pick, Talker, until
from tests.kit.telegram.people import Person


class OnTelegram(Talker):
    """Somebody in their private chat with the bot."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._before: dict[int, str] = {}
        self._toasts = 0

    async def says(self, text: str) -> None:
        self._looks_away()
        await self.person.says(text)

    async def sends(self, file: File, text: str = "") -> None:
        self._looks_away()
        await self.person.sends_file(file.content, file.name, text)

    async def presses(self, label: str) -> None:
        button = await self._button(label)
        self._looks_away()
        await self.person.presses(button)
        await self._confirms()

    async def fills(self, answers: Mapping[str, Answer]) -> None:
        for answer in answers.values():
            match answer:
                case LeftOut(button) | Pick(button):
                    await self.presses(button)
                case str():
                    await self.says(answer)
                    await self.person.settles()
                case _:
                    for file in answer:
                        await self.sends(file)
                    await self.presses("다음")

    async def is_refused(self, answers: Mapping[str, Answer], *words: str) -> None:
        await self.fills(answers)
        await self.sees(*words)

    async def takes(self, name: str) -> bytes:
        if not any(message.name == name for message in self.person.messages):
            await self.presses(name)
        await until(
            lambda: any(message.name == name for message in self.person.messages),
            lambda: f"no file {name!r}:\n{self.reads()}",
        )
        return self.person.takes(name)

    def news(self) -> str:
        shown = {message.message_id: _read(message) for message in self.person.messages}
        fresh = [text for key, text in shown.items() if self._before.get(key) != text]
        return "\n".join([*fresh, *self.person.toasts[self._toasts :]])

    def reads(self) -> str:
        return self.person.reads()

    def _looks_away(self) -> None:
        self._before = {message.message_id: _read(message) for message in self.person.messages}
        self._toasts = len(self.person.toasts)

    async def _button(self, label: str) -> str:
        """The newest button that says so, perhaps among signs and states."""

        def found() -> str | None:
            for message in reversed(self.person.messages):
                labels = [button["text"] for button in message.buttons()]
                for one in [*(one for one in labels if one == label), *labels]:
                    if label in one:
                        return one
            return None

        await until(lambda: found() is not None, lambda: f"no button {label!r}:\n{self.reads()}")
        return str(found())

    async def _confirms(self) -> None:
        """Says yes where the buttons have become a question."""
        await self.person.settles()
        for message in self.person.messages:
            for button in message.buttons():
                if button["text"].startswith("네, "):
                    await self.person.presses(button["text"])
                    return


def _read(message: object) -> str:
    text, name, labels = (getattr(message, part) for part in ("text", "name", "labels"))
    return "\n".join([text, name or "", *(" ".join(f"[{label}]" for label in row) for row in labels)])
