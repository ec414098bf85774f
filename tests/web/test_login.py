"""Getting in and out: one-time codes, sessions, and pages of other sites."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from itsdangerous import URLSafeSerializer

from bot.web.limits import Buckets
from models.messaging.account import CODE_LASTS, LinkCode
from models.messaging.web import WebSession
from models.organization import Person
from tests.kit.city import City
from tests.kit.served import Served, serving
from tests.kit.window import Window

WRONG = "연결 코드가 맞지 않거나 기한이 지났습니다"
TOO_MANY = "시도가 너무 많습니다"


async def enter(served: Served, code: str) -> httpx.Response:
    """Opens the link and presses its button."""
    await served.client.get(f"/enter/{code}")
    answer = await served.client.post(f"/enter/{code}")
    served.client.cookies.clear()
    return answer


async def type_in(served: Served, form: bytes) -> httpx.Response:
    """Opens the login page and sends its form."""
    await served.client.get("/")
    answer = await served.client.post("/login", content=form)
    served.client.cookies.clear()
    return answer


async def is_logged_in(served: Served, session: str) -> bool:
    page = await served.client.get("/", headers={"Cookie": f"bogobot={session}"})
    assert page.status_code == 200
    return 'id="messenger"' in page.text


async def test_opening_a_one_time_link_uses_nothing_up_and_its_button_does(served: Served) -> None:
    code = served.code("officer")
    for _ in range(3):
        page = await served.client.get(f"/enter/{code}")
        assert (
            page.status_code == 200
            and "시작하기" in page.text
            and "bogobot=" not in page.headers["set-cookie"]
        )
    entered = await enter(served, code)
    assert entered.status_code == 303 and entered.headers["location"] == "/"
    assert await is_logged_in(served, entered.cookies["bogobot"])
    assert [row.person_id for row in served.audited("account.login")] == [served.city.people["officer"]]


async def test_a_used_code_is_refused_and_logs_nobody_in(served: Served) -> None:
    code = served.code("officer")
    await enter(served, code)
    again = await enter(served, code)
    assert again.status_code == 403 and WRONG in again.text
    assert "bogobot=" not in again.headers["set-cookie"]
    assert len(served.rows(WebSession)) == 1


async def test_a_code_may_be_typed_in_small_letters_and_with_spaces(served: Served) -> None:
    code = served.code("officer").lower()
    answer = await type_in(served, f"code=+{code[:5]}+-+{code[5:]}+".encode())
    assert answer.status_code == 303


async def test_a_code_is_over_after_a_day(served: Served) -> None:
    code = served.code("officer")
    served.clock.move(CODE_LASTS)
    assert (await enter(served, code)).status_code == 403


async def test_a_new_code_makes_the_one_before_worthless(served: Served) -> None:
    before, now = served.code("officer"), served.code("officer")
    assert (await enter(served, before)).status_code == 403
    assert (await enter(served, now)).status_code == 303


async def test_who_guesses_codes_is_stopped_and_may_come_again_a_minute_later(served: Served) -> None:
    time = [0.0]
    served.house.logins = Buckets(per_second=10 / 60, burst=10, now=lambda: time[0])
    good = served.code("officer")
    tried = [(await enter(served, f"GUESS{number:05}")).status_code for number in range(12)]
    assert tried == [403] * 10 + [429] * 2
    stopped = await enter(served, good)
    assert stopped.status_code == 429 and TOO_MANY in stopped.text
    time[0] += 60
    assert (await enter(served, good)).status_code == 303


async def test_an_office_behind_one_address_can_log_in_all_at_once(served: Served) -> None:
    for person in [*served.city.people, "officer", "civil"]:
        assert (await enter(served, served.code(person))).status_code == 303


async def test_an_odd_code_is_just_a_wrong_one(served: Served) -> None:
    for code in ("", "%00", "%ff%fe", "가나다", "A" * 5000, "..%2f..", "%F0%9F%98%80"):
        answer = await type_in(served, f"code={code}".encode())
        assert answer.status_code == 403 and WRONG in answer.text, code


async def test_the_cookie_is_for_this_site_and_no_script(served: Served) -> None:
    cookie = (await enter(served, served.code("officer"))).headers["set-cookie"]
    assert re.match(r"bogobot=[\w.-]{40,};", cookie)
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly", "samesite=strict", "path=/", "max-age=43200",
    }  # fmt: skip


@pytest.fixture
async def behind_a_proxy(city: City, tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(city, tmp_path, public_url="https://bot.hanbit.go.kr/") as served:
        yield served


async def test_the_cookie_never_leaves_by_plain_http_where_people_come_by_https(
    behind_a_proxy: Served,
) -> None:
    entered = await enter(behind_a_proxy, behind_a_proxy.code("officer"))
    assert "secure" in entered.headers["set-cookie"].lower().split("; ")


async def test_the_public_address_is_no_other_site(behind_a_proxy: Served) -> None:
    own = "https://bot.hanbit.go.kr"
    async with Window(behind_a_proxy.url, behind_a_proxy.session("officer"), origin=own):
        pass


async def test_another_sites_page_logs_nobody_in_or_out(served: Served) -> None:
    """A browser sends a form of another site without this site's cookies, since they are strict."""
    code, session = served.code("officer"), served.session("civil")
    entered = await served.client.post(f"/enter/{code}")
    assert entered.status_code == 403 and "로그인 화면에서 보낸 요청이 아닙니다" in entered.text
    served.client.cookies.clear()
    assert (await served.client.post("/login", data={"code": code})).status_code == 403
    served.client.cookies.clear()
    left = await served.client.post("/logout")
    assert left.status_code == 303 and "set-cookie" not in left.headers
    assert await is_logged_in(served, session)
    assert (await enter(served, code)).status_code == 303


async def test_a_login_form_without_end_is_answered_before_its_end(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    writer.write(b"1000\r\n" + b"a" * 0x1000 + b"\r\n")
    async with asyncio.timeout(5):
        assert b" 403 " in await reader.readline()
    writer.close()


async def test_logging_out_ends_the_session_and_closes_its_windows_but_no_others(served: Served) -> None:
    own, other = served.session("officer"), served.new_session("officer")
    windows = Window(served.url, own), Window(served.url, own), Window(served.url, other)
    async with windows[0] as first, windows[1] as second, windows[2] as elsewhere:
        left = await served.client.post("/logout", headers={"Cookie": f"bogobot={own}"})
        assert left.status_code == 303 and 'bogobot=""' in left.headers["set-cookie"]
        for window in (first, second):
            assert (await window.gets("bye"))["reason"] == "expired"
            await window.ends()
        await elsewhere.says("도움말")
    assert not await is_logged_in(served, own)
    assert await is_logged_in(served, other)


async def test_a_session_idles_out_after_two_hours_but_not_for_who_is_busy(served: Served) -> None:
    busy, idle = served.new_session("officer"), served.new_session("civil")
    async with Window(served.url, busy) as window:
        for _ in range(3):
            served.machine.move(timedelta(minutes=50))
            await window.says("도움말")
        assert await is_logged_in(served, busy)
        assert not await is_logged_in(served, idle)


async def test_a_session_lasts_twelve_hours_whoever_is_busy(served: Served) -> None:
    async with served.window("officer") as window:
        for _ in range(11):
            served.machine.move(timedelta(hours=1))
            await window.says("도움말")
        served.machine.move(timedelta(hours=1))
        assert (await window.tries({"op": "say", "text": "도움말"}))["op"] == "bye"
        await window.ends()
    assert not await is_logged_in(served, served.session("officer"))


async def test_a_window_left_open_is_closed_when_its_login_ends(served: Served) -> None:
    async with served.window("officer") as window:
        served.machine.move(timedelta(hours=3))
        await served.house.tick()
        assert (await window.gets("bye"))["text"].startswith("로그인이 끝났습니다")
        await window.ends()
    assert len(served.house.hub) == 0


async def test_moving_the_citys_clock_logs_nobody_out(served: Served) -> None:
    async with served.window("officer") as window:
        served.clock.move(timedelta(days=30))
        await served.house.tick()
        await window.says("도움말")


async def test_who_has_left_the_city_is_out_at_once(served: Served) -> None:
    async with served.window("officer") as officer:
        today = served.clock.now().date()
        served.city.change(Person, served.city.people["officer"], left_on=today)
        assert (await officer.tries({"op": "say", "text": "내 지표"}))["op"] == "bye"
    assert not await is_logged_in(served, served.session("officer"))
    assert (await enter(served, served.code("officer"))).status_code == 403


def forged(served: Served) -> dict[str, str]:
    good = served.session("officer")
    key, _, signature = good.partition(".")
    return {
        "none": "",
        "garbage": "….…",
        "unsigned": key,
        "another signature": f"{key}.{signature[::-1]}",
        "another key": f"{key[::-1]}.{signature}",
        "signed by somebody else": str(URLSafeSerializer("x" * 40, salt="session").dumps("1")),
        "signed for a file": served.house.links.address(1, "evidence:1").removeprefix("/files/"),
        "the hash in the database": served.rows(WebSession)[0].key_hash,
        "long": "A" * 8000,
    }


async def test_a_forged_cookie_opens_nothing(served: Served) -> None:
    for how, value in forged(served).items():
        assert not await is_logged_in(served, value.encode("ascii", "ignore").decode()), how
        window = Window(served.url, value.encode("ascii", "ignore").decode())
        await window.connects()
        assert (await window.gets("bye"))["reason"] == "expired", how
        assert await window.ends() == 4401, how
        upload = await served.client.post("/files", headers={"Cookie": "bogobot=x", "X-File-Name": "a.txt"})
        assert upload.status_code == 401, how
    assert len(served.house.hub) == 0


async def test_the_database_keeps_neither_codes_nor_sessions(served: Served) -> None:
    code = served.code("officer")
    session = (await enter(served, code)).cookies["bogobot"]
    key = URLSafeSerializer(served.house.sessions._signer.secret_keys[0], salt="session").loads(session)

    stored = str([row.model_dump() for row in [*served.rows(LinkCode), *served.rows(WebSession)]])
    assert not [secret for secret in (code, session, str(key)) if secret in stored]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "http://localhost"])
async def test_a_socket_opened_by_another_sites_page_is_refused(served: Served, origin: str) -> None:
    with pytest.raises(Exception, match="403"):
        await Window(served.url, served.session("officer"), origin=origin).connects()
    async with Window(served.url, served.session("officer"), origin=served.url):
        pass


async def test_a_bearer_token_means_nothing_outside_the_demo(served: Served) -> None:
    session = served.session("officer")
    bearer = {"Authorization": f"Bearer {session}", "X-File-Name": "a.txt"}
    assert (await served.client.post("/files", content=b"1", headers=bearer)).status_code == 401
    window = Window(served.url, "", token=session)
    await window.connects()
    assert (await window.gets("bye"))["reason"] == "expired"
