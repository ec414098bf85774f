"""Updates that are fetched."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from tests.kit.telegram import Person, TelegramServer


def texts(updates: tuple[Update, ...]) -> list[str]:
    return [update.message.text or "" for update in updates if update.message]


async def test_updates_come_again_until_a_higher_offset_confirms_them(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    for text in ("하나", "둘", "셋"):
        await person.says(text)
    first = await bot.get_updates(limit=2)
    assert texts(first) == ["하나", "둘"]
    assert texts(await bot.get_updates()) == ["하나", "둘", "셋"]
    assert texts(await bot.get_updates(offset=first[-1].update_id)) == ["둘", "셋"]
    assert texts(await bot.get_updates(offset=-1)) == ["셋"]
    assert not await bot.get_updates(offset=first[-1].update_id + 2)
    assert server.updates.unsettled == 0


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, person: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    while not poll.done():
        await asyncio.sleep(0.01)
        await person.says("안녕")
    assert texts(poll.result())[0] == "안녕"


async def test_a_second_poll_ends_the_first_with_a_conflict(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.count("getUpdates") == 1 and server.updates.is_polled)
    async with Bot(server.token, base_url=f"{server.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=10))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await first
        await person.says("안녕")
        assert texts(await second) == ["안녕"]


async def test_a_poller_that_was_killed_leaves_no_conflict_behind(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"GET /bot{server.token}/getUpdates?timeout=50 HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    await server.until(lambda: server.updates.is_polled)
    writer.transport.abort()
    await server.until(lambda: not server.updates.is_polled)
    assert not server.refusals


async def test_only_allowed_kinds_come(bot: Bot, person: Person, server: TelegramServer) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await person.says("안녕")
    assert not await bot.get_updates()
    await bot.get_updates(allowed_updates=[])
    server.updates.push({"chat_member": {}}, 7)
    assert server.updates.unsettled == 0
    await person.says("안녕")
    assert texts(await bot.get_updates()) == ["안녕"]


async def test_updates_nobody_fetched_are_dropped_after_a_day(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await person.says("안녕")
    server.passes(hours=25)
    await person.says("안녕하세요")
    assert texts(await bot.get_updates()) == ["안녕하세요"]


async def test_an_update_can_come_twice_even_when_confirmed(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    server.updates.deliver_twice()
    await person.says("하나")
    await person.says("둘")
    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[-1].update_id + 1)
    assert (texts(first), texts(again)) == (["하나", "둘"], ["하나"])
    assert again[0].update_id == first[0].update_id
    assert not await bot.get_updates(offset=first[-1].update_id + 1)


async def test_updates_can_come_last_first(bot: Bot, person: Person, server: TelegramServer) -> None:
    server.updates.deliver_backwards(3)
    for text in ("하나", "둘"):
        await person.says(text)
    assert not await bot.get_updates()
    assert server.updates.unsettled == 2
    await person.says("셋")
    await person.says("넷")
    assert texts(await bot.get_updates()) == ["셋", "둘", "하나", "넷"]


async def test_identifiers_can_start_again_below_the_last_offset(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    await person.says("하나")
    [last] = await bot.get_updates()
    assert not await bot.get_updates(offset=last.update_id + 1)
    server.updates.restart_ids()
    await person.says("둘")
    [new] = await bot.get_updates(offset=last.update_id + 1)
    assert new.update_id < last.update_id
    assert not await bot.get_updates(offset=new.update_id + 1)


async def test_polling_and_a_webhook_exclude_each_other(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.updates.is_polled)
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    await person.says("안녕")
    assert texts(await bot.get_updates()) == ["안녕"]


async def test_a_press_spins_until_it_is_answered(bot: Bot, person: Person, server: TelegramServer) -> None:
    await bot.send_message(7, "목록", api_kwargs=keyboard("확인", "data"))
    query_id = await person.presses("확인")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (query_id, "data")
    assert update.callback_query.from_user.language_code == "ko"
    assert person.waiting_queries == [query_id]
    await update.callback_query.answer("제출했습니다", show_alert=True)
    assert person.waiting_queries == []
    assert person.toasts == ["제출했습니다"]
    assert person.answers[0]["show_alert"] is True


async def test_answers_that_are_late_unknown_doubled_or_too_long_are_refused(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    words = "Query is too old and response timeout expired or query id is invalid"
    sent = await bot.send_message(7, "목록")
    late, quick = [await person.presses_data(sent.message_id, "a") for _ in range(2)]
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(quick, "가" * 201)
    await bot.answer_callback_query(quick, "가" * 200)
    for query_id in (quick, "999"):
        with pytest.raises(BadRequest, match=words):
            await bot.answer_callback_query(query_id)
    with pytest.raises(BadRequest, match="Url_invalid"):
        await bot.answer_callback_query(late, url="https://city.kr")
    server.passes(seconds=16)
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query(late)


async def test_the_button_of_a_deleted_message_still_works(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(7, "목록")
    await sent.delete()
    await person.presses_data(sent.message_id, "a")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


def keyboard(text: str, data: str) -> dict[str, object]:
    return {"reply_markup": {"inline_keyboard": [[{"text": text, "callback_data": data}]]}}
