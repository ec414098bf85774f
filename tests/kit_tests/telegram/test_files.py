"""Documents, pictures and albums, both ways."""

import httpx
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, NetworkError

from tests.kit.telegram import Person, TelegramServer
from tests.kit.telegram.files import cleaned_name

MEGABYTE = 1024 * 1024


async def test_a_document_of_the_bot_can_be_taken(bot: Bot, person: Person) -> None:
    sent = await bot.send_document(
        7, b"PK", filename="점수표(2026).xlsx", caption="<b>점수표</b>", parse_mode="HTML"
    )
    assert person.takes("점수표(2026).xlsx") == b"PK"
    [message] = person.messages
    assert (message.text, message.name, message.content) == ("점수표", "점수표(2026).xlsx", b"PK")
    assert sent.document is not None
    assert sent.document.file_name == "점수표(2026).xlsx"
    assert sent.caption == "점수표"
    again = await bot.send_document(7, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_documents_of_people_can_be_fetched_for_an_hour(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await person.sends_file(b"%PDF-1.7", "증빙.pdf", "7월분입니다")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "7월분입니다"
    assert (update.message.document.file_name, update.message.document.mime_type) == (
        "증빙.pdf",
        "application/pdf",
    )
    file = await update.message.document.get_file()
    assert await file.download_as_bytearray() == b"%PDF-1.7"
    async with httpx.AsyncClient() as client:
        assert str(file.file_path).startswith(f"{server.url}/file/bot{server.token}/documents/")
        stranger = str(file.file_path).replace(server.token, "1:wrong")
        assert (await client.get(stranger)).status_code == 401
        server.passes(hours=2)
        assert (await client.get(str(file.file_path))).status_code == 404


async def test_pictures_of_people_can_be_fetched(bot: Bot, person: Person) -> None:
    await person.sends_photo(b"\xff\xd8", "현장")
    [update] = await bot.get_updates()
    assert update.message is not None
    file = await update.message.photo[-1].get_file()
    assert await file.download_as_bytearray() == b"\xff\xd8"


async def test_bots_fetch_20_megabytes_and_no_more(bot: Bot, person: Person) -> None:
    for size in (20 * MEGABYTE, 20 * MEGABYTE + 1):
        await person.sends_file(bytes(size), "a.zip")
    small, large = [update.message.document for update in await bot.get_updates() if update.message]
    assert small is not None
    assert large is not None
    await small.get_file()
    with pytest.raises(BadRequest, match="File is too big"):
        await large.get_file()
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.get_file("unknown")


async def test_bots_send_50_megabytes_and_no_more(bot: Bot, person: Person) -> None:
    await bot.send_document(7, bytes(50 * MEGABYTE), filename="a.zip")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(7, bytes(50 * MEGABYTE + 1), filename="a.zip")


async def test_a_document_needs_content_and_a_short_caption(
    bot: Bot, client: httpx.AsyncClient, person: Person
) -> None:
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(7, b"a", caption="가" * 1025)
    await bot.send_document(7, b"a", caption="가" * 1024)
    answer = await client.post("sendDocument", data={"chat_id": 7}, files={"document": ("a.pdf", b"")})
    assert answer.json()["description"] == "Bad Request: file must be non-empty"
    answer = await client.post("sendDocument", data={"chat_id": 7, "document": "attach://a"})
    assert answer.json()["description"] == "Bad Request: there is no document in the request"
    answer = await client.post("sendDocument", data={"chat_id": 7})
    assert answer.json()["description"] == "Bad Request: there is no document in the request"
    answer = await client.post("sendDocument", data={"chat_id": 7, "document": "https://city.kr/a.pdf"})
    assert answer.json()["description"] == "Bad Request: failed to get HTTP URL content"


async def test_names_come_back_as_telegram_keeps_them(client: httpx.AsyncClient, person: Person) -> None:
    assert cleaned_name("가" * 70 + ".xlsx") == "가" * 64 + ".xlsx"
    assert cleaned_name("실적·증빙: 1분기?.pdf") == "실적 증빙  1분기.pdf"
    assert cleaned_name("../a/b.pdf") == "b.pdf"
    await client.post(
        "sendDocument", data={"chat_id": "7"}, files={"document": ("%EB%B3%B4%EA%B3%A0.pdf", b"a")}
    )
    assert person.takes("보고.pdf") == b"a"
    await client.post("sendDocument", data={"chat_id": "7"}, files={"document": ("실적·증빙.pdf", b"b")})
    assert person.takes("실적 증빙.pdf") == b"b"


async def test_an_album_of_the_bot_has_two_to_ten_files_of_one_kind(bot: Bot, person: Person) -> None:
    def documents(count: int) -> list[InputMediaDocument]:
        return [InputMediaDocument(b"a", filename=f"{place}.pdf") for place in range(count)]

    sent = await bot.send_media_group(7, documents(10))
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.name for message in person.messages] == [f"{place}.pdf" for place in range(10)]
    with pytest.raises(BadRequest, match="Too many messages to send as an album"):
        await bot.send_media_group(7, documents(11))
    with pytest.raises(BadRequest, match="There are no messages to send"):
        await bot.send_media_group(7, documents(1))
    with pytest.raises(BadRequest, match="Can't use the media of the specified type in the album"):
        await bot.send_media_group(7, [*documents(1), InputMediaPhoto(b"a")])


async def test_an_album_of_a_person_comes_as_separate_updates_in_any_order(bot: Bot, person: Person) -> None:
    sent = await person.sends_album(
        [(b"a", "1.pdf"), (b"b", "2.pdf"), (b"c", "3.pdf")], "셋", order=[2, 0, 1]
    )
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [message.document.file_name for message in messages if message.document] == [
        "3.pdf",
        "1.pdf",
        "2.pdf",
    ]
    assert [message.caption for message in messages] == [None, "셋", None]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.message_id for message in sent] == sorted(message.message_id for message in messages)


async def test_a_picture_of_the_bot_is_seen(bot: Bot, person: Person) -> None:
    sent = await bot.send_photo(7, b"\x89PNG", caption="추이")
    assert sent.photo[-1].file_size == 4
    assert (person.messages[0].text, person.messages[0].content) == ("추이", b"\x89PNG")
