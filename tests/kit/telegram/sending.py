"""Methods that send: messages, documents, pictures and albums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.kit.telegram.chats import Chat, Message
from tests.kit.telegram.files import LARGEST_PHOTO, LARGEST_UPLOAD, StoredFile, cleaned_name
from tests.kit.telegram.formatting import LONGEST_CAPTION, LONGEST_TEXT, Formatted, formatted, is_empty
from tests.kit.telegram.markup import inline_keyboard
from tests.kit.telegram.refusals import Json, Refused, bad_request
from tests.kit.telegram.schema import Upload
from tests.kit.telegram.state import State

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
ALBUM = range(2, 11)


@dataclass
class Call:
    """A call of the bot."""

    method: str
    parameters: dict[str, Any]
    moment: float
    """On the server's clock that only runs forward, in seconds."""
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.parameters.get(name)


def send_message(state: State, call: Call) -> Json:
    read = read_text(call)
    if len(read.text) > LONGEST_TEXT:
        raise bad_request("Message is too long")
    chat = _open(state, call)
    message = state.new_message(chat, state.bot)
    message.text, message.entities = read.text, read.entities
    return _sent(state, call, message)


def send_document(state: State, call: Call) -> Json:
    caption = read_caption(call.parameters)
    chat = _open(state, call)
    message = state.new_message(chat, state.bot)
    message.text, message.entities = caption.text, caption.entities
    message.file = _file(state, call, call.get("document"), "document")
    return _sent(state, call, message)


def send_photo(state: State, call: Call) -> Json:
    caption = read_caption(call.parameters)
    chat = _open(state, call)
    message = state.new_message(chat, state.bot)
    message.text, message.entities = caption.text, caption.entities
    message.file, message.is_photo = _file(state, call, call.get("photo"), "photo"), True
    return _sent(state, call, message)


def send_media_group(state: State, call: Call) -> list[Json]:
    media = call.get("media")
    if len(media) > ALBUM[-1]:
        raise bad_request("Too many messages to send as an album")
    if len(media) < ALBUM[0]:
        raise bad_request("There are no messages to send")
    if not {one["type"] for one in media} <= {"document"} and not {one["type"] for one in media} <= {"photo"}:
        raise bad_request("Can't use the media of the specified type in the album")
    captions = [read_caption(one) for one in media]
    chat = _open(state, call, len(media))
    files = [_file(state, call, one["media"], one["type"]) for one in media]
    group = str(state.next_number())
    answer = []
    for one, caption, stored in zip(media, captions, files, strict=True):
        message = state.new_message(chat, state.bot)
        message.text, message.entities = caption.text, caption.entities
        message.file, message.is_photo = stored, one["type"] == "photo"
        message.more = {"media_group_id": group}
        answer.append(state.post(message).as_json())
    if state.enforces_limits:
        state.limits.count(chat, len(media))
    return answer


def send_chat_action(state: State, call: Call) -> bool:
    if call.get("action") not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = state.chats.of(call.get("chat_id"))
    chat.check_writable()
    chat.actions.append(call.get("action"))
    state.watch.stir()
    return True


def read_text(call: Call) -> Formatted:
    """The text of a message that is sent or edited.

    Raises:
        Refused: there is none, or it cannot be read.
    """
    if call.get("text") is None:
        raise bad_request("Message text is empty")
    read = formatted(call.get("text"), call.get("parse_mode"), call.get("entities"))
    if is_empty(read.text):
        raise bad_request("Text must be non-empty")
    return read


def read_caption(given: Mapping[str, Any]) -> Formatted:
    """The caption of a file.

    Raises:
        Refused: it is too long, or cannot be read.
    """
    read = formatted(given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities"))
    if len(read.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    return read


def _open(state: State, call: Call, count: int = 1) -> Chat:
    """The chat that is written to, once the bot may write there so much."""
    inline_keyboard(call.get("reply_markup"))
    chat = state.chats.of(call.get("chat_id"))
    chat.check_writable()
    if state.enforces_limits:
        state.limits.check(chat, count)
    return chat


def _sent(state: State, call: Call, message: Message) -> Json:
    message.keyboard = inline_keyboard(call.get("reply_markup"))
    if reply := call.get("reply_parameters"):
        original = message.chat.messages.get(reply["message_id"])
        if original is not None and not original.is_deleted:
            message.more = {"reply_to_message": original.as_json()}
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    if state.enforces_limits:
        state.limits.count(message.chat)
    return state.post(message).as_json()


def _file(state: State, call: Call, given: str | None, kind: str) -> StoredFile:
    """The file of a parameter: uploaded under its name or another, or known by its identifier."""
    if given is not None and given.startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")
    if given is not None and not given.startswith("attach://"):
        return state.files.known(given)
    upload = call.uploads.get(kind if given is None else given.removeprefix("attach://"))
    if upload is None:
        raise bad_request(f"There is no {kind} in the request")
    if not upload.content:
        raise bad_request("File must be non-empty")
    if len(upload.content) > LARGEST_UPLOAD:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo":
        if len(upload.content) > LARGEST_PHOTO:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return state.files.keep(upload.content, upload.name, "photos")
    return state.files.keep(upload.content, cleaned_name(upload.name))
