"""What every answer carries, and what is not there to be found."""

import asyncio
import json

from bot.web.page_words import PAGE_WORDS
from bot.web.server import _HEADERS
from models.words import translator
from tests.kit.served import Served


async def test_every_answer_has_the_security_headers(served: Served) -> None:
    pages = ("/", "/enter/X", "/static/chat.js", "/healthz", "/readyz", "/metrics", "/files/x", "/nothing")
    for page in pages:
        answer = await served.client.get(page)
        assert {name: answer.headers.get(name) for name in _HEADERS} == _HEADERS, page
        assert "server" not in answer.headers


async def test_scripts_styles_and_pages_come_from_here_alone(served: Served) -> None:
    policy = _HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    for page in ("/", "/enter/X"):
        text = (await served.client.get(page)).text
        for forbidden in (" style=", " onclick=", "<script>", "<style>", "http://", "https://"):
            assert forbidden not in text, (page, forbidden)


async def test_a_code_in_an_address_is_not_written_into_the_page(served: Served) -> None:
    for code in ("SECRETCODE", "%3Cscript%3Ealert(1)", "%ff%fe", "%00"):
        page = await served.client.get(f"/enter/{code}")
        assert page.status_code == 200
        assert "SECRETCODE" not in page.text and "alert(1)" not in page.text


async def raw_get(served: Served, target: str) -> tuple[int, bytes]:
    """The path goes out as it is, which clients usually prevent."""
    host, port = served.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    return int(answer.split()[1]), answer


async def test_nothing_outside_the_static_folder_is_served(served: Served) -> None:
    assert (await raw_get(served, "/static/chat.js"))[0] == 200
    for path in (
        "../server.py", "%2e%2e/server.py", "..%2fserver.py", "..%5cserver.py", "draw/../../server.py",
        "%2e%2e%2f%2e%2e%2fserver.py", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "..;/server.py",
        "%00", "chat.js%00.py", "....//server.py", "", ".", "draw",
    ):  # fmt: skip
        status, answer = await raw_get(served, f"/static/{path}")
        assert status in (404, 405), path
        assert b"Starlette" not in answer and b"root:" not in answer, path


async def test_the_demos_doors_are_not_there(served: Served) -> None:
    assert (await served.client.get("/demo/state")).status_code == 404
    assert (await served.client.post("/demo/clock", json={"days": 1})).status_code == 404
    assert "시연" not in (await served.client.get("/")).text.partition("<body")[2]


async def test_a_method_that_is_not_meant_is_refused(served: Served) -> None:
    for method, path in (
        ("GET", "/login"),
        ("GET", "/logout"),
        ("GET", "/files"),
        ("POST", "/"),
        ("PUT", "/files"),
    ):
        assert (await served.client.request(method, path)).status_code == 405, (method, path)


async def test_pages_are_in_the_citys_language(served: Served) -> None:
    served.house.locale = "en"
    page = await served.client.get("/")
    assert '<html lang="en"' in page.text
    assert translator("en")(PAGE_WORDS["login.title"]) in page.text


async def test_the_page_gets_its_words_as_data(served: Served) -> None:
    page = await served.client.get("/", headers=served.cookies("officer"))
    start = page.text.index('data-words="') + len('data-words="')
    words = page.text[start : page.text.index('"', start)].replace("&quot;", '"').replace("&#x27;", "'")
    assert (
        json.loads(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))["brand"] == "보고봇"
    )
