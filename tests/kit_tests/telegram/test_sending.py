"""Messages, their keyboards, and edits."""

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from tests.kit.telegram import Person, TelegramServer


def keyboard(**button: object) -> InlineKeyboardMarkup:
    given = {"text": "확인", **button}
    return InlineKeyboardMarkup([[InlineKeyboardButton(**given)]])  # type: ignore[arg-type]


async def refused(bot: Bot, words: str, text: str = "안녕", **more: object) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.send_message(7, text, **more)  # type: ignore[arg-type]


async def test_a_message_reaches_the_person(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(
        7, "<b>민원처리율</b> 97.3", parse_mode=ParseMode.HTML, reply_markup=keyboard(callback_data="a")
    )
    [message] = person.messages
    assert message.text == "민원처리율 97.3"
    assert message.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert message.labels == [["확인"]]
    assert message.message_id == sent.message_id
    assert not message.is_edited
    assert sent.parse_entities() == {sent.entities[0]: "민원처리율"}


async def test_nobody_is_written_to_first(bot: Bot, server: TelegramServer) -> None:
    server.person(8)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(8, "안녕")


async def test_who_blocked_the_bot_gets_nothing_until_they_let_it_in_again(
    bot: Bot, person: Person, server: TelegramServer
) -> None:
    sent = await bot.send_message(7, "안녕")
    await person.blocks_the_bot()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(7, "안녕")
    with pytest.raises(Forbidden, match="blocked"):
        await sent.edit_text("잘 가요")
    await person.unblocks_the_bot()
    await bot.send_message(7, "다시 만나요")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


async def test_who_is_gone_gets_nothing(bot: Bot, person: Person) -> None:
    await person.deactivates()
    with pytest.raises(Forbidden, match="Forbidden: user is deactivated"):
        await bot.send_message(7, "안녕")


async def test_text_has_4096_characters_without_its_tags(bot: Bot, person: Person) -> None:
    await bot.send_message(7, "<b>" + "가" * 4096 + "</b>", parse_mode=ParseMode.HTML)
    await bot.send_message(7, "😀" * 4096)
    await refused(bot, "Message is too long", "가" * 4097)
    await refused(bot, "Text is too long", "<b>가</b>" * 3300, parse_mode=ParseMode.HTML)


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"callback_data": "가" * 22}, "Button_data_invalid"),
        ({"callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "a"}, "Inline keyboard button text must be non-empty"),
        (
            {"url": "http://localhost:8080/a"},
            "Inline keyboard button url 'http://localhost:8080/a' is invalid",
        ),
        ({"url": "ftp://city.kr"}, "Unsupported URL protocol"),
        ({"url": "https://city.kr:0/"}, "Wrong port number"),
        ({"url": "https://a b.kr"}, "Disallowed character in URL host"),
        ({"url": "https:///a"}, "URL host is empty"),
        ({"callback_data": "a", "url": "https://city.kr"}, "only one of"),
    ],
)
async def test_a_bad_button_is_refused(
    bot: Bot, person: Person, button: dict[str, object], words: str
) -> None:
    given = {"text": "확인", **button}
    markup = {"inline_keyboard": [[given]]}
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.send_message(7, "안녕", api_kwargs={"reply_markup": markup})


async def test_buttons_at_their_limits_are_taken(bot: Bot, person: Person) -> None:
    await bot.send_message(7, "안녕", reply_markup=keyboard(callback_data="가" * 21 + "a"))
    for url in ("http://127.0.0.1:8080/a", "https://city.kr", "tg://resolve?domain=city", "t.me/city"):
        await bot.send_message(7, "안녕", reply_markup=keyboard(url=url))
    assert person.link("확인") == "t.me/city"


@pytest.mark.parametrize(("rows", "width", "data"), [(13, 8, "a"), (1, 9, "a"), (25, 4, "a" * 64)])
async def test_a_keyboard_that_is_too_large_is_refused(
    bot: Bot, person: Person, rows: int, width: int, data: str
) -> None:
    button = InlineKeyboardButton("가" * 5, callback_data=data)
    markup = InlineKeyboardMarkup([[button] * width] * rows)
    await refused(bot, "Reply markup is too long", reply_markup=markup)


async def test_edits_show(bot: Bot, person: Person) -> None:
    sent = await bot.send_message(7, "목록", reply_markup=keyboard(callback_data="a"))
    assert person.buttons() == ["확인"]
    edited = await sent.edit_text("다 됐어요")
    [message] = person.messages
    assert (message.text, message.is_edited, message.labels) == ("다 됐어요", True, [])
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    await sent.edit_reply_markup(keyboard(callback_data="b"))
    assert person.buttons() == ["확인"]


async def test_edits_that_change_nothing_or_have_nothing_to_change_are_refused(
    bot: Bot, person: Person
) -> None:
    sent = await bot.send_message(7, "목록", reply_markup=keyboard(callback_data="a"))
    said = await person.says("안녕")
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("목록", reply_markup=keyboard(callback_data="a"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(keyboard(callback_data="a"))
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("목록", 7, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("목록", 7, said.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await sent.edit_caption("목록")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await sent.edit_text("가" * 4097)
    document = await bot.send_document(7, b"%PDF", filename="증빙.pdf")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await document.edit_text("목록")


async def test_messages_are_deleted_within_48_hours(bot: Bot, person: Person, server: TelegramServer) -> None:
    old, new = await bot.send_message(7, "하나"), await bot.send_message(7, "둘")
    await new.delete()
    assert [message.text for message in person.messages] == ["하나"]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await new.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await new.edit_text("셋")
    server.passes(hours=48, seconds=1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()
    assert person.messages


async def test_replies_need_their_message(bot: Bot, person: Person) -> None:
    said = await person.says("안녕")
    sent = await bot.send_message(7, "네", reply_to_message_id=said.message_id)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "안녕"
    await refused(bot, "Message to be replied not found", reply_to_message_id=999)


async def test_chat_actions_are_seen(bot: Bot, client: httpx.AsyncClient, person: Person) -> None:
    await bot.send_chat_action(7, "typing")
    assert person.actions == ["typing"]
    answer = await client.post("sendChatAction", json={"chat_id": 7, "action": "thinking"})
    assert answer.json()["description"] == "Bad Request: wrong parameter action in request"
