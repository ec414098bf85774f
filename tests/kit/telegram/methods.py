"""The methods of the Bot API that are played here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.kit.telegram.chats import BotIs, Kind
from tests.kit.telegram.editing import (
    answer_callback_query,
    delete_message,
    delete_messages,
    edit_message_caption,
    edit_message_reply_markup,
    edit_message_text,
)
from tests.kit.telegram.refusals import Json, bad_request
from tests.kit.telegram.sending import (
    Call,
    send_chat_action,
    send_document,
    send_media_group,
    send_message,
    send_photo,
)
from tests.kit.telegram.state import State, scope_key

COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"([a-z]{2})?")
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
MOST_COMMANDS = 100
ABOUT_A_CHAT = {"chat", "chat_administrators", "chat_member"}
LONGEST_POLL = 50
PROFILE = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}
"""What setMy… and getMy… are about: their field, and how long it may be."""


def get_me(state: State, call: Call) -> Json:
    return state.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": False,
    }


async def get_updates(state: State, call: Call) -> list[Json]:
    _allow(state, call)
    limit = min(max(call.parameters.get("limit", 100), 1), 100)
    timeout = min(max(call.parameters.get("timeout", 0), 0), LONGEST_POLL)
    return await state.updates.fetch(call.parameters.get("offset", 0), limit, timeout)


async def set_webhook(state: State, call: Call) -> bool:
    if call.get("url") is None:
        return await delete_webhook(state, call)
    most = min(max(call.parameters.get("max_connections", 40), 1), 100)
    _drop(state, call)
    _allow(state, call)
    await state.webhook.set(call.get("url"), call.parameters.get("secret_token", ""), most)
    return True


async def delete_webhook(state: State, call: Call) -> bool:
    await state.webhook.remove()
    _drop(state, call)
    return True


def get_webhook_info(state: State, call: Call) -> Json:
    return state.webhook.as_json()


def set_my_commands(state: State, call: Call) -> bool:
    scope = _scope(state, call)
    if len(call.get("commands")) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in call.get("commands"):
        name, description = command["command"].strip().removeprefix("/"), command["description"].strip()
        if not name:
            raise bad_request("Command must be non-empty")
        if len(name) > LONGEST_COMMAND:
            raise bad_request(f"Command length must not exceed {LONGEST_COMMAND}")
        if not description:
            raise bad_request("Command description must be non-empty")
        if len(description) > LONGEST_COMMAND_DESCRIPTION:
            raise bad_request(f"Command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}")
        if not COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
    state.commands[scope] = call.get("commands")
    return True


def get_my_commands(state: State, call: Call) -> list[Json]:
    return state.commands.get(_scope(state, call), [])


def delete_my_commands(state: State, call: Call) -> bool:
    state.commands.pop(_scope(state, call), None)
    return True


def get_file(state: State, call: Call) -> Json:
    stored = state.files.known(call.get("file_id"))
    return stored.described() | {"file_path": state.files.address(stored)}


def get_chat(state: State, call: Call) -> Json:
    accepted = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        True,
    )
    chat = state.chats.of(call.get("chat_id"))
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": accepted,
    }


def leave_chat(state: State, call: Call) -> bool:
    chat = state.chats.of(call.get("chat_id"))
    if chat.kind is Kind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    chat.check_writable()
    chat.bot_is = BotIs.LEFT
    return True


def _setter(field: str, longest: int) -> Callable[[State, Call], Any]:
    def set_it(state: State, call: Call) -> bool:
        words = call.parameters.get(field, "")
        if len(words) > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        state.profile[field][_language(call)] = words
        return True

    return set_it


def _getter(field: str) -> Callable[[State, Call], Any]:
    def get_it(state: State, call: Call) -> Json:
        known = state.profile[field]
        return {field: known.get(_language(call)) or known.get("", "")}

    return get_it


def _allow(state: State, call: Call) -> None:
    if call.get("allowed_updates") is not None:
        state.updates.allowed = call.get("allowed_updates")


def _drop(state: State, call: Call) -> None:
    if call.get("drop_pending_updates"):
        state.updates.clear()


def _language(call: Call) -> str:
    language = str(call.parameters.get("language_code", ""))
    if not LANGUAGE.fullmatch(language):
        raise bad_request("Invalid language code specified")
    return language


def _scope(state: State, call: Call) -> tuple[str, str]:
    scope = call.get("scope") or {"type": "default"}
    if scope["type"] in ABOUT_A_CHAT:
        if "chat_id" not in scope:
            raise bad_request("Can't parse BotCommandScope: Can't find field \"chat_id\"")
        scope = scope | {"chat_id": state.chats.of(scope["chat_id"]).chat_id}
    return scope_key(scope), _language(call)


METHODS: dict[str, Callable[[State, Call], Any]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    **{f"setMy{name}": _setter(*field) for name, field in PROFILE.items()},
    **{f"getMy{name}": _getter(field) for name, (field, _) in PROFILE.items()},
}
