"""What an update says, read without a service or a database."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.telegram.read import Attached, Elsewhere, Membership, Message, NotTaken, Press, read

ME = {"id": 5, "is_bot": False, "first_name": "가"}
PRIVATE = {"id": 5, "type": "private", "first_name": "가"}
GROUP = {"id": -7, "type": "group", "title": "팀"}
SENT_AT = 1_563_166_800
DOCUMENT = {"file_id": "f", "file_unique_id": "u", "file_name": "증빙.pdf", "file_size": 12}


def said(**content: Any) -> Any:
    """What a message of that content says."""
    message = {"message_id": 12, "date": SENT_AT, "chat": PRIVATE, "from": ME} | content
    return read(Update.de_json({"update_id": 1, "message": message}, None))


def pressed(chat: dict[str, Any] = PRIVATE, **query: Any) -> Any:
    message = {"message_id": 12, "date": 0, "chat": chat}
    body = {"id": "q", "from": ME, "chat_instance": "1", "data": "a.0", "message": message} | query
    return read(Update.de_json({"update_id": 1, "callback_query": body}, None))


def test_words_are_a_message_under_the_key_of_its_id_and_its_moment() -> None:
    message = said(text="민원처리율 97.3")
    assert message == Message("5", 12, "민원처리율 97.3", sent_at=SENT_AT)
    assert message.key == "m12.1563166800"
    # Another bot counts its messages from the beginning.
    assert said(text="민원처리율 97.3", date=SENT_AT + 60).key != message.key


def test_presses_are_told_apart_by_what_was_pressed_too() -> None:
    assert pressed().key == pressed().key
    assert pressed().key != pressed(data="b.0").key


def test_a_file_comes_with_its_words_and_its_album() -> None:
    message = said(document=DOCUMENT, caption="상반기", media_group_id="9")
    assert message == Message("5", 12, "상반기", Attached("f", "증빙.pdf", 12), "9", SENT_AT)
    assert Message.of_payload(message.as_payload()) == message


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": side, "height": side} for name, side in PHOTO_SIZES
    ]
    assert said(photo=sizes).file == Attached("large", "1563166800", 0, is_photo=True)


PHOTO_SIZES = [("small", 90), ("large", 1280), ("middle", 320)]


def test_what_no_database_takes_is_left_out() -> None:
    assert said(text="가\x00나\ud800").text == "가나?"
    assert said(document=DOCUMENT | {"file_name": "\x00증\udfff.pdf"}).file.name == "증?.pdf"


@pytest.mark.parametrize(
    "content", [{"from": ME | {"is_bot": True}}, {"from": ME | {"id": 6}}, {"from": None}]
)
def test_only_the_person_whose_chat_it_is_speaks_there(content: dict[str, Any]) -> None:
    assert said(text="가", **content) is None


def test_an_animation_is_no_document() -> None:
    film = {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 1}
    assert said(animation=film, document=DOCUMENT) == NotTaken("5", "m12.1563166800")


def test_notes_of_telegrams_own_say_nothing() -> None:
    assert said(pinned_message={"message_id": 1, "date": 0, "chat": PRIVATE}) is None


def test_of_a_group_only_that_it_is_one_is_read() -> None:
    assert said(chat=GROUP, text="민원처리율 97.3") == Elsewhere("-7")
    assert said(chat=GROUP, document=DOCUMENT) == Elsewhere("-7")
    assert said(chat=GROUP, **{"from": ME | {"is_bot": True}}, text="가") is None


def test_a_group_under_a_new_id_is_known_already() -> None:
    assert said(chat=GROUP, migrate_to_chat_id=-1007) == Elsewhere("-1007", is_known=True)
    assert said(chat=GROUP | {"id": -1007}, migrate_from_chat_id=-7) == Elsewhere("-1007", is_known=True)


def test_a_press_is_its_chats_owners_or_nobodys() -> None:
    assert pressed() == Press("5", "q", 12, "a.0")
    forwarded = {"type": "hidden_user", "date": 1, "sender_user_name": "?"}
    shown = {"message_id": 12, "date": 1, "chat": PRIVATE, "forward_origin": forwarded}
    for press in (
        pressed(GROUP),
        pressed(PRIVATE | {"id": 6}),
        pressed(message=shown),
        pressed(message=None, inline_message_id="1"),
        pressed(**{"from": ME | {"is_bot": True}}),
    ):
        assert press.address == ""


def test_an_id_of_any_length_can_be_written_down() -> None:
    longest = pressed(id="1" * 5_000, data="?" + "x" * 63)
    assert pressed(id="1" * 64).key == "q" + "1" * 64 + ".a.0"
    assert len(longest.key) <= 130 and longest.key != pressed(id="2" * 5_000, data="?" + "x" * 63).key
    assert len(said(document=DOCUMENT, media_group_id="9" * 5_000).album) == 64


@pytest.mark.parametrize("data", [None, "", "한글", "\x00", "a b", "?", "!", "x" * 65, "??a.0"])
def test_what_no_button_of_ours_says_is_no_button(data: str | None) -> None:
    assert pressed(data=data).data == "-"


@pytest.mark.parametrize("data", ["aB_-3.12", "?aB_-3.12", "!aB_-3"])
def test_what_our_buttons_say_is_taken_as_it_is(data: str) -> None:
    assert pressed(data=data).data == data


@pytest.mark.parametrize(
    ("status", "is_member"), [("kicked", False), ("left", False), ("member", True), ("administrator", True)]
)
def test_membership_tells_who_can_be_written_to(status: str, is_member: bool) -> None:
    found = changed(PRIVATE, status)
    assert found == Membership("5", "c1.3", is_member)
    assert changed(GROUP, status) == (Elsewhere("-7") if is_member else None)


def changed(chat: dict[str, Any], status: str) -> Any:
    bot = {"user": ME | {"is_bot": True}, "status": status, "until_date": 0, "can_be_edited": False}
    rights = (
        "is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members"
        " can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    bot |= dict.fromkeys(rights.split(), False)
    change = {"chat": chat, "from": ME, "date": 3, "old_chat_member": bot, "new_chat_member": bot}
    return read(Update.de_json({"update_id": 1, "my_chat_member": change}, None))
