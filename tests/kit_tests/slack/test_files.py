"""Files that go up and come down."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.kit.slack import Person, SlackServer
from tests.kit.slack.files import Downloads
from tests.kit_tests.slack.refusing import refused
from tests.kit_tests.slack.serving import serving


async def fetched(server: SlackServer, url: str, token: str | None) -> tuple[str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        assert response.status == 200
        return response.content_type, await response.read()


async def test_the_library_uploads_a_file_to_a_person(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    await client.files_upload_v2(
        channel=officer.direct.id, content=b"PK\x03\x04", filename="점수.xlsx", initial_comment="점수표입니다"
    )
    assert officer.takes("점수.xlsx") == b"PK\x03\x04"
    assert officer.messages[-1].files == ["점수.xlsx"] and "점수표입니다" in officer.messages[-1].text
    assert not server.complaints and not server.refusals
    file_id = officer.messages[-1].raw["files"][0]["id"]
    assert (await client.files_info(file=file_id))["file"]["size"] == 4
    await client.files_delete(file=file_id)
    assert (
        officer.messages[-1].files == []
        and await refused(client.files_info(file=file_id)) == "file_not_found"
    )


async def test_uploads_that_go_wrong(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    ticket = await client.files_getUploadURLExternal(filename="점수.xlsx", length=4)
    files = [{"id": ticket["file_id"]}]
    early = client.files_completeUploadExternal(files=files, channel_id=officer.direct.id)
    assert await refused(early) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        async with session.post(ticket["upload_url"], data=b"12345") as response:
            assert response.status == 400
        headers = {"Authorization": f"Bearer {server.bot_token}"}
        async with session.post(ticket["upload_url"], data=b"1234", headers=headers) as response:
            assert response.status == 200
    assert [one.split()[0] for one in server.complaints] == ["5", "a"], "the size, and the token"
    wrong = client.files_completeUploadExternal(files=files, channel_id=officer.id)
    assert await refused(wrong) == "invalid_channel", "a person's id is no channel here"
    await client.files_completeUploadExternal(files=files)
    assert not officer.messages, "without a channel it stays private"
    again = client.files_completeUploadExternal(files=files)
    assert await refused(again) == "file_not_found"


async def test_a_large_file_goes_up(server: SlackServer, client: AsyncWebClient, officer: Person) -> None:
    content = b"0" * 3_000_000
    await client.files_upload_v2(channel=officer.direct.id, content=content, filename="큰 파일.pdf")
    assert officer.takes("큰 파일.pdf") == content


async def test_a_persons_file_comes_down_for_the_bots_token_alone(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    async with serving(server) as bot:
        said = await officer.sends_file(b"%PDF-1.7", "증빙 1.pdf", "여기 있습니다")
    event = bot.events[0]
    assert (
        event["subtype"] == "file_share" and event["text"] == "여기 있습니다" and said.files == ["증빙 1.pdf"]
    )
    file = event["files"][0]
    assert await refused(client.files_delete(file=file["id"])) == "cant_delete_file"
    for url in (file["url_private"], file["url_private_download"]):
        assert await fetched(server, url, server.bot_token) == ("application/octet-stream", b"%PDF-1.7")
        for token in (None, "xoxb-other"):
            kind, page = await fetched(server, url, token)
            assert kind == "text/html" and b"Sign in" in page
    server.scopes.remove("files:read")
    assert (await fetched(server, file["url_private"], server.bot_token))[0] == "text/html"


WAYS: list[tuple[Downloads, Any]] = [
    ("login_page", ("text/html", None)),
    ("wrong_size", ("application/octet-stream", b"%PDF")),
    ("redirect", ("application/octet-stream", b"from another host")),
]


@pytest.mark.parametrize(("way", "expected"), WAYS)
async def test_downloads_that_go_wrong(
    server: SlackServer, officer: Person, way: Downloads, expected: Any
) -> None:
    async with serving(server) as bot:
        await officer.sends_file(b"%PDF-1.7", "증빙.pdf")
    server.downloads = way
    kind, content = await fetched(server, bot.events[0]["files"][0]["url_private"], server.bot_token)
    assert kind == expected[0] and expected[1] in (None, content)
    assert server.given_away == [], "the client kept the token to itself"


async def test_a_token_that_follows_to_another_host_is_noted(server: SlackServer, officer: Person) -> None:
    async with serving(server) as bot:
        await officer.sends_file(b"%PDF-1.7", "증빙.pdf")
    server.downloads = "redirect"
    headers = {"Authorization": f"Bearer {server.bot_token}"}
    url = bot.events[0]["files"][0]["url_private"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            target = response.headers["Location"]
        async with session.get(target, headers=headers):
            assert server.given_away == [server.bot_token]


async def test_files_may_come_as_mere_ids(
    server: SlackServer, client: AsyncWebClient, officer: Person
) -> None:
    officer.needs_file_info = True
    async with serving(server) as bot:
        await officer.sends_files([(b"1", "하나.txt"), (b"2", "둘.txt")])
    stubs = bot.events[0]["files"]
    assert [one["file_access"] for one in stubs] == ["check_file_info"] * 2 and "url_private" not in stubs[0]
    full = (await client.files_info(file=stubs[1]["id"]))["file"]
    assert full["name"] == "둘.txt" and full["file_access"] == "visible"
