"""What people do in a conversation, whichever messenger they do it on.

    await officer.says("민원처리율 97.3")
    await officer.fills({"증빙자료": [pdf("처리대장.pdf")], "설명": LEAVES_OUT})
    await officer.presses("제출하기")
    await officer.sees("민원처리율을 제출했습니다.")

Nothing sleeps: whatever is awaited waits until it is there, and fails when it never comes.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tests.kit import files

WAITS = 10.0
_LOOKS_EVERY = 0.01


@dataclass(frozen=True)
class File:
    content: bytes
    name: str


@dataclass(frozen=True)
class LeftOut:
    """A field that is left empty; `button` is what says so where fields are asked one by one."""

    button: str


@dataclass(frozen=True)
class Pick:
    """One of the options of a choice."""

    label: str


NO_NOTE = LeftOut("건너뛰기")
NO_FILES = LeftOut("파일 없이 계속")

Answer = str | list[File] | LeftOut | Pick


def pdf(name: str) -> File:
    return File(files.pdf(), name)


class Talker(Protocol):
    """One person on one messenger."""

    @abstractmethod
    async def says(self, text: str) -> None:
        """Types words."""

    @abstractmethod
    async def sends(self, file: File, text: str = "") -> None:
        """Sends a file, with words or without."""

    @abstractmethod
    async def presses(self, label: str) -> None:
        """Presses the newest button of that label, once it is there; confirms where that is asked."""

    @abstractmethod
    async def fills(self, answers: Mapping[str, Answer]) -> None:
        """Fills in the form that is open, fields by their labels in the form's order."""

    @abstractmethod
    async def is_refused(self, answers: Mapping[str, Answer], *words: str) -> None:
        """Fills in what cannot be read: the form stays, and says so in these words."""

    @abstractmethod
    async def takes(self, name: str) -> bytes:
        """Takes the newest file of that name, asking for it where it has to be asked for."""

    @abstractmethod
    def news(self) -> str:
        """What was written or changed since this person's last act, read out."""

    @abstractmethod
    def reads(self) -> str:
        """The whole chat as it stands, read out."""

    async def sees(self, *words: str) -> None:
        """What is new has these words in it, or will have them in a moment."""
        for word in words:
            await until(lambda: word in self.news(), lambda: f"{word!r} is not in:\n{self.news()}")  # noqa: B023

    def does_not_see(self, *words: str) -> None:
        """None of these words is anywhere in the chat. Ask after something was seen that came later."""
        for word in words:
            assert word not in self.reads(), f"{word!r} is in:\n{self.reads()}"


async def until(holds: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Waits until something holds."""
    try:
        async with asyncio.timeout(WAITS):
            while not holds():
                await asyncio.sleep(_LOOKS_EVERY)
    except TimeoutError:
        raise AssertionError(otherwise()) from None
