"""People in the web messenger."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.talker import Answer, File, LeftOut, Pick, Talker
from tests.kit.window import Window


class OnWeb(Talker):
    """Somebody with a window open."""

    def __init__(self, window: Window) -> None:
        self._window = window

    async def says(self, text: str) -> None:
        await self._window.says(text)

    async def sends(self, file: File, text: str = "") -> None:
        await self._window.says(text, await self._window.uploads(file.content, file.name))

    async def presses(self, label: str) -> None:
        await self._window.presses(label)

    async def fills(self, answers: Mapping[str, Answer]) -> None:
        for answer in answers.values():
            match answer:
                case LeftOut(button) | Pick(button):
                    await self.presses(button)
                case str():
                    await self.says(answer)
                case _:
                    for file in answer:
                        await self.sends(file)
                    await self.presses("다음")

    async def is_refused(self, answers: Mapping[str, Answer], *words: str) -> None:
        await self.fills(answers)
        await self.sees(*words)

    async def takes(self, name: str) -> bytes:
        response = await self._window.takes(name)
        assert response.status_code == 200, response.text
        return response.content

    def news(self) -> str:
        return self._window.told()

    def reads(self) -> str:
        return "\n".join(str(body) for body in self._window.bodies())
