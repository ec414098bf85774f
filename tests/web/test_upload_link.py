"""One-time upload links: a file too large for somebody's chat lands in the conversation in which they asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from bot.turn import Incoming, take_turn
from bot.web.files import take_in
from bot.web.house import House
from bot.web.limits import Buckets
from handlers.book import BOOK
from handlers.dialogue.answers import Said
from models.clock import local_day
from models.evidence.table import Parcel
from models.evidence.vault import MIB, Kept
from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.outbox import Outbox, Sending
from models.messaging.upload_link import LINK_LASTS, UploadLink, make_upload_link
from models.organization import Person
from models.words import say, translator
from tests.kit import files, hostile
from tests.kit.served import Served

CHAT = "4711"
GONE = "이미 쓰였거나 기한이 지난 주소입니다"


@pytest.fixture
def account(served: Served) -> int:
    """김담당's on Telegram, in the midst of the form of 민원처리율."""
    now, person = served.clock.now(), served.city.people["officer"]

    def link(session: Session) -> int:
        linked = Account(
            person_id=person, messenger=Messenger.TELEGRAM, address=CHAT, linked_at=now, last_used_at=now
        )
        session.add(linked)
        session.flush()
        incoming = Incoming(Messenger.TELEGRAM, CHAT, "m1", Said("민원처리율 97.3"))
        assert take_turn(session, now, BOOK, incoming).known
        return linked.id or 0

    return served.write(link)


@pytest.fixture
def key(served: Served, account: int) -> str:
    return new_key(served, account)


def new_key(served: Served, account: int) -> str:
    return served.write(lambda session: make_upload_link(session, served.clock.now(), account))


async def hand_in(served: Served, key: str, content: Any, name: str, **headers: str) -> httpx.Response:
    named = {"X-File-Name": quote(name), **headers}
    return await served.client.post(f"/upload/{key}", content=content, headers=named)


def attached(served: Served) -> str:
    """The files in the form the officer stands before, by name."""
    [conversation] = served.rows(Conversation)
    [screen] = served.rows(DrawnScreen, DrawnScreen.id == conversation.screen_id)
    return str(next(field["value"] for field in screen.drawn["fields"] if field["kind"] == "files"))


def is_unused(served: Served) -> bool:
    [link] = served.rows(UploadLink)
    return link.used_at is None and not served.rows(Parcel)


async def test_opening_it_says_what_may_be_handed_in_and_uses_nothing_up(served: Served, key: str) -> None:
    for method in ("GET", "HEAD", "GET"):
        page = await served.client.request(method, f"/upload/{key}")
        assert page.status_code == 200
    for told in ("50MB까지", "pdf", "hwpx", "7. 15.(월) 15:00까지", 'type="file"'):
        assert told in page.text, told
    assert is_unused(served)


async def test_it_tells_whoever_finds_it_nothing_about_anybody(served: Served, key: str) -> None:
    page = (await served.client.get(f"/upload/{key}")).text
    # Among the words every page has is the demo's hint, which names an indicator.
    shown = page.partition("<head>")[2]
    for secret in ("김담당", "총무과", "민원처리율", "97.3", CHAT, key):
        assert secret not in shown, secret
    assert " style=" not in page and "<script>" not in page


async def test_the_file_lands_in_the_conversation_without_a_login(served: Served, key: str) -> None:
    content = files.pdf()
    answer = await hand_in(served, key, content, "큰 처리대장.pdf")
    assert (answer.status_code, answer.json()) == (200, {"name": "큰 처리대장.pdf", "size": len(content)})
    assert attached(served) == "큰 처리대장.pdf"
    waiting = served.rows(Outbox, Outbox.messenger == Messenger.TELEGRAM, Outbox.state == Sending.TODO)
    assert len(waiting) >= 2 and not served.rows(Outbox, Outbox.messenger == Messenger.WEB)
    [parcel] = served.rows(Parcel)
    assert parcel.owner_id == served.city.people["officer"]


async def test_what_waits_because_of_it_is_woken(
    served: Served, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    served.house.delivery.add(Messenger.TELEGRAM, lambda: woken.append("telegram"))
    await hand_in(served, key, files.pdf(), "a.pdf")
    assert "telegram" in woken  # by the tick too, it may be


async def test_a_used_link_is_gone_and_says_what_to_do(served: Served, key: str) -> None:
    assert (await hand_in(served, key, files.pdf(), "하나.pdf")).status_code == 200
    again = await hand_in(served, key, files.png(), "둘.png")
    assert again.status_code == 404 and GONE in again.json()["error"]
    page = await served.client.get(f"/upload/{key}")
    assert page.status_code == 404 and GONE in page.text
    assert attached(served) == "하나.pdf"


async def test_an_old_link_is_gone(served: Served, key: str) -> None:
    served.clock.move(LINK_LASTS - timedelta(seconds=1))
    assert (await served.client.get(f"/upload/{key}")).status_code == 200
    served.clock.move(timedelta(seconds=1))
    assert (await served.client.get(f"/upload/{key}")).status_code == 404
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 404
    assert is_unused(served)


async def test_a_wrong_link_leads_nowhere(served: Served, account: int) -> None:
    for wrong in ("x", "%00", "%ff%fe", "가나다", "A" * 5000, "%F0%9F%98%80"):
        assert (await served.client.get(f"/upload/{wrong}")).status_code == 404, wrong
    answer = await hand_in(served, "x", files.pdf(), "a.pdf")
    assert answer.status_code == 404 and not served.rows(Parcel)


async def test_a_file_that_is_refused_leaves_the_link_as_it_was(served: Served, key: str) -> None:
    for content, name, status in (
        (hostile.macro_xlsx(), "매크로.xlsx", 415),
        (files.pdf(), "그림.png", 415),
        (files.pdf(), "a.exe", 415),
        (b"", "빈 파일.pdf", 415),
    ):
        answer = await hand_in(served, key, content, name)
        assert answer.status_code == status and answer.json()["error"], name
        assert is_unused(served)
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 200


async def test_a_file_over_the_cap_is_refused_whether_its_size_is_said_or_not(
    served: Served, key: str
) -> None:
    served.house.vault.cap = MIB

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"a" * (MIB // 16)

    for content in (b"a" * (MIB + 1), pieces()):
        answer = await hand_in(served, key, content, "a.txt")
        assert answer.status_code == 413 and "1MB" in answer.json()["error"]
    assert is_unused(served) and not served.kept_files()
    assert "1MB까지" in (await served.client.get(f"/upload/{key}")).text


async def test_sent_twice_at_once_it_is_taken_once(served: Served, key: str) -> None:
    both = [hand_in(served, key, files.png(width=width), f"{width}.png") for width in (1, 2)]
    answers = await asyncio.gather(*both)
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert len(served.rows(Parcel)) == 1
    assert len(served.rows(Inbox, col(Inbox.key).startswith(f"telegram:{CHAT}:upload:"))) == 1


async def test_a_turn_that_fails_leaves_the_link_as_it_was(
    served: Served, key: str, monkeypatch: pytest.MonkeyPatch, mishaps: Any, caplog: Any
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault in the code")

    with monkeypatch.context() as broken:
        broken.setattr("bot.turn.advance", fail)
        assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 500
    mishaps.clear()
    caplog.clear()
    assert is_unused(served)
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 200


async def test_who_has_left_hands_in_nothing(served: Served, key: str) -> None:
    today = local_day(served.clock.now())
    served.city.change(Person, served.city.people["officer"], left_on=today)
    assert (await served.client.get(f"/upload/{key}")).status_code == 404
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 404
    assert is_unused(served)


async def test_who_leaves_while_the_file_is_looked_into_hands_in_nothing(
    served: Served, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(request: Request, house: House, locale: str) -> Kept | Response:
        kept = await take_in(request, house, locale)
        served.city.change(Person, served.city.people["officer"], left_on=local_day(served.clock.now()))
        return kept

    monkeypatch.setattr("bot.web.uploading.take_in", slowly)
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 404
    assert is_unused(served)


async def test_an_account_that_was_taken_off_hands_in_nothing(served: Served, key: str, account: int) -> None:
    served.city.change(Account, account, address=None)
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 404
    assert is_unused(served)


async def test_where_words_may_not_leave_the_house_no_file_comes_in(served: Served, key: str) -> None:
    served.house.book = BOOK.discreet()
    assert (await served.client.get(f"/upload/{key}")).status_code == 404
    assert (await hand_in(served, key, files.pdf(), "a.pdf")).status_code == 404
    assert is_unused(served)


async def test_a_page_of_another_site_hands_in_nothing(served: Served, key: str) -> None:
    for origin in ("https://elsewhere.example", "null"):
        answer = await hand_in(served, key, files.pdf(), "a.pdf", Origin=origin)
        assert answer.status_code == 403, origin
    assert is_unused(served)
    assert (await hand_in(served, key, files.pdf(), "a.pdf", Origin=served.url)).status_code == 200


async def test_who_guesses_links_is_stopped_and_who_has_one_is_not_counted(
    served: Served, account: int, key: str
) -> None:
    served.house.logins = Buckets(per_second=0, burst=3)
    for _ in range(5):
        assert (await served.client.get(f"/upload/{key}")).status_code == 200
    tried = [(await served.client.get(f"/upload/{number}")).status_code for number in range(4)]
    assert tried == [404, 404, 404, 429]
    stopped = await hand_in(served, key, files.pdf(), "a.pdf")
    assert stopped.status_code == 429 and "1분 뒤" in stopped.json()["error"]
    assert is_unused(served)


async def test_who_uploads_too_fast_is_told_to_wait(served: Served, key: str) -> None:
    served.house.uploads = Buckets(per_second=0, burst=1)
    assert (await hand_in(served, key, files.pdf(), "a.exe")).status_code == 415
    answer = await hand_in(served, key, files.pdf(), "a.pdf")
    assert answer.status_code == 429 and "너무 빠르게" in answer.json()["error"]


async def test_it_speaks_the_persons_language(served: Served, key: str) -> None:
    served.city.change(Person, served.city.people["officer"], locale="en")
    page = await served.client.get(f"/upload/{key}")
    assert '<html lang="en"' in page.text
    assert translator("en")(say("파일 올리기")) in page.text


async def test_whoever_is_logged_in_where_it_is_opened_the_file_is_its_owners(
    served: Served, key: str
) -> None:
    answer = await served.client.post(
        f"/upload/{key}",
        content=files.pdf(),
        headers={"X-File-Name": "a.pdf", **served.cookies("civil")},
    )
    assert answer.status_code == 200
    with served.database.read() as session:
        owners = session.exec(select(Parcel.owner_id)).all()
    assert owners == [served.city.people["officer"]]
