"""Sends what waits for Telegram: screens, changes to them, files, and rings."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.outgoing.gate import Gate, Gates
from bot.outgoing.load import Later, Load, Lost, Never
from bot.telegram.client import Client
from bot.telegram.draw import draw, ring
from bot.telegram.limits import LARGEST_PHOTO, LARGEST_UPLOAD
from bot.telegram.pacer import Pacer
from models.messaging.account import Messenger
from models.messaging.outbox import Operation

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True).to_dict()
_NOT_MODIFIED = "message is not modified"
_GONE = (
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
_ANSWERED_BELOW = ("menu", "form")

Pieces = list[tuple[str, InlineKeyboardMarkup | None]]


class TelegramSender:
    """How Telegram sends (bot.outgoing.load.Sender).

    `address` is that of the web messenger. `is_discreet`: nothing but rings may leave. Nothing is protected against
    being saved or passed on: Telegram's own programs would then not even open a workbook on the desk where it is
    checked, and whoever means to copy it photographs the screen.
    """

    messenger = Messenger.TELEGRAM

    def __init__(self, bot: Client, address: str, is_discreet: bool, overall: Gate, chats: Gates) -> None:
        self._bot = bot
        self._address = address
        self._is_discreet = is_discreet
        self._pacer = Pacer(overall, chats)

    async def ready(self) -> None:
        """Returns when Telegram wants to hear from us."""
        await self._pacer.ready()

    async def send(self, load: Load) -> str | None:
        """Sends a load; the ids of the messages that show its screen, joined by commas."""
        if self._is_discreet and load.operation is not Operation.RING:
            raise Never("only rings may leave the house")
        match load.operation:
            case Operation.POST:
                return await self._post(load, _pieces(load))
            case Operation.REDRAW:
                return await self._redraw(load)
            case Operation.REMOVE:
                await self._remove(load, _ids(load))
            case Operation.FILE:
                await self._send_file(load)
            case Operation.RING:
                await self._post(load, [(ring(load, self._address), None)])
        return None

    async def _post(self, load: Load, pieces: Pieces) -> str:
        sent: list[str] = []
        for piece in pieces:
            try:
                message_id = await self._pacer.call(load, partial(self._message, load, *piece), is_new=True)
            except Later as later:
                if sent:
                    raise Lost(f"only its beginning was sent: {later}") from None
                raise
            sent.append(message_id)
        return ",".join(sent)

    async def _redraw(self, load: Load) -> str | None:
        """Edits every message of the screen; there may be more of them afterwards, or fewer."""
        shown, pieces = _ids(load), _pieces(load)
        for message_id, piece in zip(shown, pieces, strict=False):
            try:
                await self._pacer.call(load, partial(self._edit, load, message_id, *piece))
            except Never as never:
                if _is_gone(str(never)):
                    return await self._show_again(load, pieces)
                if str(never) != _NOT_MODIFIED:
                    raise
        if len(shown) > len(pieces):
            await self._remove(load, shown[len(pieces) :])
        more = await self._post(load, pieces[len(shown) :])
        return ",".join([*map(str, shown[: len(pieces)]), *([more] if more else [])])

    async def _show_again(self, load: Load, pieces: Pieces) -> str | None:
        """Somebody has deleted a message of the screen: it is shown below if it waits for an answer."""
        if not load.live or load.body["kind"] not in _ANSWERED_BELOW:
            return None
        await self._remove(load, _ids(load))
        return await self._post(load, pieces)

    async def _remove(self, load: Load, message_ids: list[int]) -> None:
        """Takes messages away. What is not to be deleted, being older than two days, loses its buttons at least."""
        try:
            await self._pacer.call(load, partial(self._delete, load, message_ids))
        except Never:
            with suppress(Never):
                await self._pacer.call(load, partial(self._strip, load, message_ids[-1]))

    async def _send_file(self, load: Load) -> None:
        file = load.file
        if file is None or file.size > LARGEST_UPLOAD:
            raise Never("the file is larger than Telegram takes" if file else "there is no file")
        try:
            content = file.path.open("rb")
        except OSError:
            raise Never("the file is missing") from None
        with content:
            document = InputFile(content, filename=file.name, read_file_handle=False)
            is_photo = file.is_picture and file.size <= LARGEST_PHOTO
            way = self._photo if is_photo else self._document
            await self._pacer.call(load, partial(way, load, document), is_new=True)

    async def _message(self, load: Load, text: str, keyboard: InlineKeyboardMarkup | None) -> str:
        """Sends a text; the id of its message."""
        sent = await self._bot.call(
            "sendMessage",
            chat_id=int(load.address),
            text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )
        return str(int(sent["message_id"]))

    async def _edit(
        self, load: Load, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """An edit without a keyboard takes the old one away."""
        await self._bot.call(
            "editMessageText",
            text=text,
            chat_id=int(load.address),
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )

    async def _strip(self, load: Load, message_id: int) -> None:
        await self._bot.edit_message_reply_markup(chat_id=int(load.address), message_id=message_id)

    async def _delete(self, load: Load, message_ids: list[int]) -> None:
        if len(message_ids) == 1:
            await self._bot.delete_message(int(load.address), message_ids[0])
        else:
            await self._bot.delete_messages(int(load.address), message_ids)

    async def _document(self, load: Load, document: InputFile) -> None:
        # What its content is was looked at when it came in; Telegram is to show every file as a file.
        await self._bot.send_document(int(load.address), document, disable_content_type_detection=True)

    async def _photo(self, load: Load, photo: InputFile) -> None:
        await self._bot.send_photo(int(load.address), photo)


def _pieces(load: Load) -> Pieces:
    """The texts of a screen, the last with its buttons."""
    drawn = draw(load.body, load.live, load.locale)
    return [*((text, None) for text in drawn.parts[:-1]), (drawn.parts[-1], drawn.keyboard)]


def _is_gone(words: str) -> bool:
    """Whether a message cannot be edited any more; which words say so is not published."""
    return words in _GONE or words.endswith("not found")


def _ids(load: Load) -> list[int]:
    return [int(one) for one in (load.message or "").split(",") if one]
