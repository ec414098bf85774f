"""Somebody who uses the bot at random: what they may do on any messenger, and what they leave behind."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.dialogues.city import CARER, CIVIL, OFFICER, SAFETY, SECOND
from tests.kit import files, hostile

PLACES = {OFFICER: "GA", SECOND: "GA", CIVIL: "CI", CARER: "CA", SAFETY: "SF"}
"""Officers whose drafts are told apart by a mark in what they type, by their department."""
COMMANDS = (
    "메뉴", "내 지표", "지표", "부서현황", "대기함", "관리", "언어", "도움말", "취소", "건너뛰기", "다음", "menu",
    "queue", "help", "?", "처음으로", "검토 대기함",
)  # fmt: skip
QUICK = (
    "민원처리율 97.3", "민원처리율 abc", "민원 처리기간 △3.2", "보증 공급액 3902억", "상담 가구 2,300",
    "가람동 방문 돌봄 12", "종이 없는 보고 ３.２", "열린회의 개최 1만 2천", "소화기 보급 1e400", "민원처리율 NaN",
    "없는 지표 12", "재난센터 착공 40", "공사장 안전사고 0", "청렴교육 이수율 999999", "안전 인증 여",
)  # fmt: skip
VALUES = ("97.3", "1,234.5", "-3", "△3.2", "1_000", "많이", "", "1만 2천", "100", "0", "7.15.", "2019-07-20")
NOISE = (
    "<b>굵게</b> & <script>", "*별* _밑_ ~취~ `코드`", "=1+1", "\u202e거꾸로\u200b", "가" * 3000, "👩‍👩‍👧‍👦" * 50,
    "<!channel>", "<@U0BOGOBOT>", "a\n\n\n\n\nb", "%s {name} {0}", "ABCDEFGH23", "/start", "/nothing",
    "\x00\x07", "   ", "--",
)  # fmt: skip
_FILES = 0.25
_HOSTILE: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("암호.pdf", hostile.encrypted_pdf), ("스크립트.pdf", hostile.pdf_with_script),
    ("암호.xlsx", hostile.encrypted_xlsx), ("옛.xls", hostile.old_xls), ("매크로.docx", hostile.macro_docx),
    ("쌍둥이.zip", hostile.zip_with_twins),
    ("빈.zip", hostile.empty_zip), ("프로그램.pdf", hostile.program), ("큰.png", hostile.huge_png),
    ("DRM.hwp", hostile.rights_managed), ("빈.txt", bytes), ("이름없음", files.pdf), ("../../밖.pdf", files.pdf),
    ("가" * 200 + ".pdf", files.pdf), ("<b>.pdf", files.pdf),
)  # fmt: skip


@dataclass
class Someone:
    """One person on one messenger. Each has chances of their own, so that a seed tells what they try."""

    code: str
    random: Random
    was: set[str] = field(default_factory=set)
    """Everybody this account was ever linked to."""
    did: list[str] = field(default_factory=list)
    acts: int = 0

    def __post_init__(self) -> None:
        self.was.add(self.code)

    @property
    def mark(self) -> str:
        """Words that only those may read who may read their drafts."""
        return f"비밀초안{PLACES.get(self.code, 'XX')}"

    async def acts_once(self) -> None:
        """Does something, whatever it is."""
        name, act = self.random.choice(self.ways())
        self.did.append(name)
        self.acts += 1
        await act()

    async def wanders(self, steps: int) -> None:
        """Says a word and follows the buttons, with a moment to look between."""
        self.did.append("wanders")
        self.acts += 1 + steps
        await self.types(self.random.choice((*COMMANDS, *QUICK)))
        for _ in range(steps):
            await asyncio.sleep(self.random.uniform(0.02, 0.25))
            if self.random.random() < _FILES:
                await self.answers()
            else:
                await self.presses_newest()

    async def answers(self) -> None:
        """Answers whatever is asked with something that may fit."""
        one = self.random.random()
        if one < 0.5:
            await self.types(self.random.choice(VALUES))
        elif one < 0.7:
            await self.types(f"{self.mark} {self.random.randrange(1000)}")
        else:
            await self.gives([self.a_file()], "")

    def words(self) -> str:
        """Anything a person might type."""
        return self.random.choice(self.random.choice((COMMANDS, QUICK, VALUES[:-7], NOISE)))

    def a_file(self) -> tuple[bytes, str]:
        """A file of any kind, in order or hostile."""
        if self.random.random() < 0.6:
            name = self.random.choice(list(_every_kind()))
            return _every_kind()[name], name
        name, make = self.random.choice(_HOSTILE)
        return _made(make), name

    @abstractmethod
    def ways(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        """What can be done here, by name; what is there twice is done twice as often."""

    @abstractmethod
    async def types(self, text: str) -> None:
        """Types words to the bot."""

    @abstractmethod
    async def gives(self, given: list[tuple[bytes, str]], words: str) -> None:
        """Sends files, with words or without."""

    @abstractmethod
    async def presses_newest(self) -> None:
        """Presses any button of the newest message that has some."""

    @abstractmethod
    def reads(self) -> str:
        """Everything that was shown here and still is."""


@cache
def _every_kind() -> dict[str, bytes]:
    return files.every_kind()


@cache
def _made(make: Callable[[], bytes]) -> bytes:
    return make()
