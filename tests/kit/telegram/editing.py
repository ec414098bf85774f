"""Methods on what was sent: edits, deletions, and answers to pressed buttons."""

from __future__ import annotations

from tests.kit.telegram.chats import Kind, Message
from tests.kit.telegram.formatting import LONGEST_TEXT, Formatted
from tests.kit.telegram.markup import Keyboard, inline_keyboard
from tests.kit.telegram.refusals import Json, bad_request
from tests.kit.telegram.sending import Call, read_caption, read_text
from tests.kit.telegram.state import QUERY_LIVES, State

DELETED_WITHIN = 48 * 3600.0
LONGEST_ANSWER = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(state: State, call: Call) -> Json:
    read, keyboard = read_text(call), inline_keyboard(call.get("reply_markup"))
    message = _editable(state, call)
    if message.file is not None:
        raise bad_request("There is no text in the message to edit")
    if len(read.text) > LONGEST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return _edited(state, message, read, keyboard)


def edit_message_caption(state: State, call: Call) -> Json:
    read, keyboard = read_caption(call.parameters), inline_keyboard(call.get("reply_markup"))
    message = _editable(state, call)
    if message.file is None:
        raise bad_request("There is no caption in the message to edit")
    return _edited(state, message, read, keyboard)


def edit_message_reply_markup(state: State, call: Call) -> Json:
    keyboard = inline_keyboard(call.get("reply_markup"))
    message = _editable(state, call)
    return _edited(state, message, Formatted(message.text, message.entities), keyboard)


def delete_message(state: State, call: Call) -> bool:
    _delete(state, state.chats.message(call.get("chat_id"), call.get("message_id"), "message to delete"))
    return True


def delete_messages(state: State, call: Call) -> bool:
    """Those that are not found are passed over."""
    chat = state.chats.of(call.get("chat_id"))
    chat.check_writable()
    for message_id in call.get("message_ids"):
        message = chat.messages.get(message_id)
        if message is not None and not message.is_deleted:
            _delete(state, message)
    return True


def answer_callback_query(state: State, call: Call) -> bool:
    query = state.queries.get(call.get("callback_query_id"))
    is_over = query is None or state.clock.monotonic() > query.pressed + QUERY_LIVES
    if query is None or is_over or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.parameters.get("text", "")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.get("url") is not None:
        raise bad_request("URL_INVALID")
    query.answer = call.parameters
    state.watch.stir()
    return True


def _editable(state: State, call: Call) -> Message:
    if call.get("inline_message_id") is not None or call.get("chat_id") is None:
        raise bad_request("Message identifier is not specified")
    message_id = call.parameters.get("message_id", 0)
    message = state.chats.message(call.get("chat_id"), message_id, "message to edit")
    if not state.is_mine(message):
        raise bad_request("Message can't be edited")
    return message


def _edited(state: State, message: Message, read: Formatted, keyboard: Keyboard) -> Json:
    """An edit without a keyboard takes the old one away."""
    new = (read.text, read.entities, keyboard)
    if new == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.keyboard = new
    message.edited = state.clock.time()
    state.watch.stir()
    return message.as_json()


def _delete(state: State, message: Message) -> None:
    if not state.is_mine(message) and message.chat.kind is not Kind.PRIVATE:
        raise bad_request("message can't be deleted")
    if state.clock.time() > message.date + DELETED_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    message.is_deleted = True
    state.watch.stir()
