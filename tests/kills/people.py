"""What people do, over and over, while bots come and go, and what they remember of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.contract.talker import File
from tests.dialogues.city import DISTRICTS
from tests.kills.hands import Hands, SlackHands, TelegramHands
from tests.kills.town import Town
from tests.kit import files
from tests.kit.slack import SlackServer

LANGUAGES = {"English": "Hello", "한국어": "안녕하세요"}
SUBMITS, TAKES_BACK = "제출하기", "제출 회수"
_OPENS = "입력창 열기"


@dataclass
class Someone:
    """A person of the city, and what they did."""

    hands: Hands
    person_id: int
    address: str
    rounds: int = 0
    words: int = 0
    """Those that are answered by one message each; of who hands in reports they are not counted."""
    sent: dict[str, bytes] = field(default_factory=dict)
    """Files by their names."""


def someone(town: Town, code: str) -> Someone:
    """The person of that code, linked."""
    person_id, address = town.link(code)
    hands: Hands
    if isinstance(town.service, SlackServer):
        hands = SlackHands(code, town.service, town.service.person(f"U{code}", code))
    else:
        hands = TelegramHands(code, town.service.person(int(address), code))
    return Someone(hands, person_id, address)


async def arrives(one: Someone) -> None:
    """Says the first word."""
    await one.hands.says("메뉴", "안녕하세요")


async def wavers(one: Someone, stop: asyncio.Event) -> None:
    """Changes their language, there and back, until it is time to stop; once at least."""
    while not stop.is_set() or not one.rounds:
        for label, greeting in LANGUAGES.items():
            one.words += 1
            await one.hands.says("language", "English")
            await one.hands.presses(label, greeting)
        one.rounds += 1


async def reports(one: Someone, stop: asyncio.Event) -> None:
    """Hands in a report with files, and takes it back, until it is time to stop or of each indicator once: a second
    time its form would be filled in, and its card say already what is waited for."""
    while (not stop.is_set() and one.rounds < len(DISTRICTS)) or not one.rounds:
        number = one.rounds + 1
        indicator = f"{DISTRICTS[number % len(DISTRICTS)]}동 방문 돌봄"
        await one.hands.says(f"{indicator} {number}", "설명", _file(one, f"{number}"))
        answers: dict[str, str | list[File]] = {"설명": f"{number}번째 보고"}
        if isinstance(one.hands, SlackHands):
            answers["증빙자료"] = [_file(one, f"{number} 뒤")]
        await one.hands.fills(_OPENS, answers, SUBMITS)
        await _hands_in(one)


async def hands_in_an_album(one: Someone, stop: asyncio.Event) -> None:
    """Hands in a report with three files at once, and takes it back."""
    while not stop.is_set() or not one.rounds:
        album = [_file(one, f"{one.rounds}-{number}") for number in range(3)]
        await one.hands.sends_album(album, f"{DISTRICTS[0]}동 방문 돌봄 {one.rounds}", album[-1].name)
        await one.hands.fills(_OPENS, {"설명": "세 파일"}, SUBMITS)
        await _hands_in(one)


async def _hands_in(one: Someone) -> None:
    await one.hands.presses(SUBMITS, "제출했습니다")
    await one.hands.presses("제출 내용 보기", TAKES_BACK)
    await one.hands.presses(TAKES_BACK, "회수됨", sure=True)
    one.rounds += 1


def _file(one: Someone, name: str) -> File:
    """A file like no other."""
    made = File(files.pdf(extra=[f"<< /Number ({name}) >>".encode()]), f"처리대장 {name}.pdf")
    one.sent[made.name] = made.content
    return made
