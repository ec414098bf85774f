"""People in Slack."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.talker import Answer, File, LeftOut, Pick, Talker, until
from tests.kit.slack import SlackServer
from tests.kit.slack.modal import Submission
from tests.kit.slack.people import Person

_OPENS = "입력창 열기"


class OnSlack(Talker):
    """Somebody in their direct message with the bot."""

    def __init__(self, server: SlackServer, person: Person) -> None:
        self.person = person
        self._server = server
        self._before: dict[str, str] = {}
        self._ephemerals = 0

    async def says(self, text: str) -> None:
        self._looks_away()
        await self.person.says(text)

    async def sends(self, file: File, text: str = "") -> None:
        self._looks_away()
        await self.person.sends_file(file.content, file.name, text)

    async def presses(self, label: str) -> None:
        if self.person.modal is not None:
            await self.person.closes_modal()

        await until(lambda: self._found(label) != "", lambda: f"no button {label!r}:\n{self.reads()}")
        button = self._found(label)
        self._looks_away()
        await self.person.presses(button)

    async def fills(self, answers: Mapping[str, Answer]) -> None:
        done = await self._submits(answers)
        assert done.closed, (done.errors, done.trouble)

    async def is_refused(self, answers: Mapping[str, Answer], *words: str) -> None:
        done = await self._submits(answers)
        assert not done.closed and len(done.errors) == len(answers), done
        for word in words:
            assert any(word in error for error in done.errors.values()), done.errors

    async def _submits(self, answers: Mapping[str, Answer]) -> Submission:
        # A form that a press led to opens by itself, one that words led to is opened.
        await self._server.quiet()
        if self.person.modal is None:
            await self.presses(_OPENS)
        await until(lambda: self.person.modal is not None, lambda: f"no modal:\n{self.reads()}")
        modal = self.person.modal
        assert modal is not None
        given = {
            # A field says its unit beside its name.
            next(one for one in modal.labels if one.startswith(label)): _raw(answer)
            for label, answer in answers.items()
            if not isinstance(answer, LeftOut)
        }
        self._looks_away()
        return await self.person.submits(given)

    async def takes(self, name: str) -> bytes:
        if self.person.modal is not None:
            await self.person.closes_modal()
        # Some come by themselves, and have no button.
        await until(
            lambda: self._has(name) or self._found(name) != "", lambda: f"no {name!r}:\n{self.reads()}"
        )
        if not self._has(name):
            await self.presses(name)
        await until(lambda: self._has(name), lambda: f"no file {name!r}:\n{self.reads()}")
        return self.person.takes(name)

    def news(self) -> str:
        fresh = [
            _read(message)
            for message in self.person.messages
            if self._before.get(message.ts) != _read(message)
        ]
        modal = self.person.modal
        opened = [modal.title, modal.text] if modal is not None else []
        return "\n".join([*fresh, *(one.text for one in self.person.ephemerals[self._ephemerals :]), *opened])

    def reads(self) -> str:
        return "\n".join(_read(message) for message in self.person.messages)

    def _found(self, label: str) -> str:
        """The name of the button that is called so, or else of one that has this in its name."""
        names = self.person.names()
        return next((one for one in [*(one for one in names if one == label), *names] if label in one), "")

    def _has(self, name: str) -> bool:
        return any(name in message.files for message in self.person.messages)

    def _looks_away(self) -> None:
        self._before = {message.ts: _read(message) for message in self.person.messages}
        self._ephemerals = len(self.person.ephemerals)


def _raw(answer: str | list[File] | Pick) -> str | list[tuple[bytes, str]]:
    match answer:
        case str():
            return answer
        case Pick(label):
            return label
    return [(file.content, file.name) for file in answer]


def _read(message: object) -> str:
    text, buttons = (getattr(message, part) for part in ("text", "buttons"))
    return "\n".join([text, *(f"[{button}]" for button in buttons)])
