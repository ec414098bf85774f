"""People of a Slack team, who talk with the bot as they would in its window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.kit.slack import payloads
from tests.kit.slack.delivery import Ack, Deliveries
from tests.kit.slack.files import KeptFile, file_object, file_stub, keep_file
from tests.kit.slack.modal import (
    REQUIRED,
    TROUBLE,
    Modal,
    Refused,
    Submission,
    Typed,
    chosen_state,
    filled,
    missing,
    modal,
    state_of,
)
from tests.kit.slack.reading import Names, Pressable, Seen, pressables, seen
from tests.kit.slack.responses import say
from tests.kit.slack.views import respond
from tests.kit.slack.workspace import ApiError, Body, Conversation, Workspace

Upload = tuple[bytes, str] | KeptFile
"""Content and name, or a file that was uploaded before."""


@dataclass
class Person:
    """Somebody of the team, or a stranger to it."""

    workspace: Workspace
    deliveries: Deliveries
    id: str
    needs_file_info: bool = False
    """Whether their files reach the app as mere ids, which it has to ask files.info about."""
    typed: Typed = field(default_factory=dict)
    _errors: dict[str, str] = field(default_factory=dict)
    _errors_of: str = ""

    @property
    def user(self) -> Body:
        """The user object, as it stands."""
        return self.workspace.users[self.id]

    @property
    def direct(self) -> Conversation:
        """Their direct message with the bot."""
        return self.workspace.direct_message(self.id)

    async def says(self, text: str, *, thread_ts: str | None = None) -> Seen:
        """Types words to the bot; returns them once the app took them, or did not."""
        return await self._sends(text, [], thread_ts)

    async def sends_file(self, content: bytes, name: str, text: str = "") -> Seen:
        """Sends one file, with words or without."""
        return await self._sends(text, [(content, name)], None)

    async def sends_files(self, files: Sequence[Upload], text: str = "") -> Seen:
        """Sends several files in one message."""
        return await self._sends(text, files, None)

    async def mentions(self, channel: str, text: str) -> Seen:
        """Calls the bot by its name in a channel."""
        conversation = self.workspace.conversation(channel)
        words = payloads.typed_message(self.workspace, self.user, f"@{self.workspace.bot_name} {text}")
        words["text"] = f"<@{self.workspace.bot_user_id}> {payloads.escaped(text)}"
        message = self.workspace.add_message(conversation, words)
        await self._happens(payloads.app_mention(conversation, message))
        return self._seen(message)

    async def opens_home(self, tab: str = "home") -> Ack:
        """Looks at the home tab, or the one named `messages`."""
        return await self._happens(payloads.app_home_opened(self.workspace, self.id, tab))

    async def becomes(self, **flags: Any) -> Ack:
        """The account changes, such as `becomes(is_restricted=True)` or `becomes(deleted=True)`."""
        self.workspace.users[self.id] = self.user | flags
        return await self._happens(payloads.user_change(self.workspace, self.user))

    async def types_command(self, command: str, text: str = "", *, channel: str | None = None) -> str:
        """Types a slash command; returns what the acknowledgement said, or the failure that Slack shows."""
        conversation = self.workspace.conversation(channel) if channel else self.direct
        payload = payloads.slash_command(self.workspace, self.user, conversation, command, text)
        ack = await self.deliveries.deliver("slash_commands", payload)
        if not ack.ok:
            error = "operation_timeout" if "timeout" in ack.reason else "dispatch_failed"
            return f'{command} failed with the error "{error}"'
        if not ack.body:
            return ""
        said = ack.body if isinstance(ack.body, dict) else {"text": ack.body}
        try:
            return self._seen(say(self.workspace, conversation, self.id, said, command)).text
        except ApiError as error:
            self.workspace.complaints.append(f"{command} was answered with {said!r}: {error.error}")
            return f'{command} failed with the error "dispatch_failed"'

    async def uses_shortcut(self, callback_id: str, message: Seen) -> Ack:
        """Uses a shortcut on a message."""
        raw = self.direct.messages.get(message.ts, message.raw)
        payload = payloads.message_action(self.workspace, self.user, callback_id, self.direct, raw)
        return await self.deliveries.deliver("interactive", payload)

    @property
    def messages(self) -> list[Seen]:
        """The bot's messages to this person as they stand, oldest first."""
        return [one for one in self._all() if one.raw["user"] == self.workspace.bot_user_id]

    @property
    def said(self) -> list[Seen]:
        """What this person said, oldest first."""
        return [one for one in self._all() if one.raw["user"] == self.id]

    @property
    def ephemerals(self) -> list[Seen]:
        """What was shown to this person alone, in any conversation."""
        shown = [one for place in self.workspace.conversations.values() for one in place.ephemerals]
        return [self._seen(one) for one in shown if one["to"] == self.id]

    @property
    def home(self) -> Seen | None:
        """The home tab, where the bot has published one."""
        view = self.workspace.homes.get(self.id)
        return None if view is None else self._seen(view)

    @property
    def modal(self) -> Modal | None:
        """The modal on top."""
        view = self._top()
        if view is None:
            return None
        errors = self._errors if self._errors_of == view["hash"] else {}
        return modal(view, self._names(), self.typed, errors)

    def buttons(self) -> list[str]:
        """Labels of all that can be pressed: in the modal where one is open, or everywhere else."""
        return [one.label for place in self._places() for one in pressables(place)]

    def names(self) -> list[str]:
        """What is read aloud for all that can be pressed: a label that was cut is whole here."""
        return [one.name for place in self._places() for one in pressables(place)]

    def button(self, label: str) -> Pressable:
        """The newest thing of that label or name, to be looked at, or pressed later."""
        for place in self._places():
            found = [one for one in pressables(place) if label in (one.label, one.name)]
            if found:
                return found[-1]
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    async def presses(self, label: str | Pressable, *, confirm: bool = True) -> Ack | None:
        """Presses the newest button or option of that label, or one found before and perhaps gone by now.

        None where its dialog was answered with no.
        """
        pressable = self.button(label) if isinstance(label, str) else label
        if not confirm:
            assert pressable.confirm is not None, f"{label!r} asks nothing"
            return None
        place, state = pressable.place, chosen_state(pressable)
        block_id, element = pressable.block_id, pressable.element
        if state is not None:
            self.typed[str(place.get("id") or place["ts"]), block_id, element["action_id"]] = state
        ts = self.workspace.next_ts()
        action = payloads.pressed(element, block_id, ts, pressable.option)
        view_id = place["id"] if place.get("type") == "modal" else ""
        payload = payloads.interaction(self.workspace, "block_actions", self.user, view_id)
        return await self.deliveries.deliver(
            "interactive", payload | self._where(place) | {"actions": [action]}
        )

    def fills(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Fills fields of the modal in, by label or block_id; what Slack's window says against it, by label."""
        shown, against = self.modal, {}
        assert shown is not None, "no modal is open"
        for name, value in values.items():
            one = shown.field(name)
            try:
                state = filled(one.element, value, self._upload)
            except Refused as refused:
                against[one.label] = str(refused)
                continue
            self.typed[shown.view["id"], one.block_id, one.element["action_id"]] = state
        return against

    async def submits(self, values: Mapping[str, Any] | None = None) -> Submission:
        """Fills the modal in and sends it off; files are lists of (content, name)."""
        against = self.fills(values or {})
        shown, view = self.modal, self._top()
        assert shown is not None, "no modal is open"
        assert view is not None, "no modal is open"
        assert shown.submit, f"{shown.title!r} has nothing to submit"
        against |= {one.label: REQUIRED for one in shown.fields if missing(one) and one.label not in against}
        if against:
            return Submission(against, False, "", None)
        values_by_block = state_of(view["blocks"], view["id"], self.typed)
        payload = payloads.interaction(self.workspace, "view_submission", self.user, view["id"])
        payload |= {"view": payloads.in_view(view, values_by_block)["view"], "response_urls": []}
        return self._after(shown, view, await self.deliveries.deliver("interactive", payload))

    async def closes_modal(self) -> Ack | None:
        """Closes the modal on top, or all of them where it says so; the app hears of it where it asked to."""
        stack = self.workspace.modals.get(self.id, [])
        assert stack, "no modal is open"
        view, clears = stack[-1], stack[-1]["clear_on_close"]
        values = state_of(view["blocks"], view["id"], self.typed)
        del stack[0 if clears else -1 :]
        if not view["notify_on_close"]:
            return None
        payload = payloads.interaction(self.workspace, "view_closed", self.user)
        del payload["trigger_id"]
        payload |= {"view": payloads.in_view(view, values)["view"], "is_cleared": clears}
        return await self.deliveries.deliver("interactive", payload)

    def uploads(self, content: bytes, name: str) -> KeptFile:
        """A file of this person's that stands nowhere yet."""
        return keep_file(self.workspace, self.id, content, name)

    def takes(self, name: str) -> bytes:
        """Takes the newest file of that name that was shared with this person."""
        shared = [one for seen in self.messages for one in seen.raw.get("files", []) if one["name"] == name]
        assert shared, f"no file {name!r}; there are {[one.files for one in self.messages if one.files]}"
        content = self.workspace.files[shared[-1]["id"]].content
        assert isinstance(content, bytes)
        return content

    async def _sends(self, text: str, uploads: Sequence[Upload], thread_ts: str | None) -> Seen:
        message = payloads.typed_message(self.workspace, self.user, text)
        if thread_ts:
            message["thread_ts"] = thread_ts
        if uploads:
            more = {"files": [self._upload(one) for one in uploads], "upload": False, "display_as_bot": False}
            message |= more | {"subtype": "file_share"}
        message = self.workspace.add_message(self.direct, message)
        event = payloads.message_event(self.direct, message)
        if uploads and self.needs_file_info:
            kept = [self.workspace.files[one["id"]] for one in message["files"]]
            event["files"] = [file_stub(one) for one in kept]
        await self._happens(event)
        return self._seen(message)

    async def _happens(self, event: Body) -> Ack:
        envelope = payloads.event_callback(self.workspace, event)
        envelope["is_ext_shared_channel"] = self.user["team_id"] != self.workspace.team_id
        return await self.deliveries.deliver("events_api", envelope)

    def _upload(self, upload: Any) -> Body:
        file = upload if isinstance(upload, KeptFile) else self.uploads(*upload)
        return file_object(self.workspace, file)

    def _after(self, shown: Modal, view: Body, ack: Ack) -> Submission:
        trouble, errors = ("" if ack.ok else TROUBLE), {}
        if ack.ok:
            try:
                errors = respond(self.workspace, self.id, ack.body)
            except ApiError as error:
                trouble = TROUBLE
                said = [error.error, *error.messages]
                self.workspace.complaints.append(f"view_submission was answered with {ack.body!r}: {said}")
        self._errors, self._errors_of = errors, view["hash"]
        labels = {shown.field(block_id).label: text for block_id, text in errors.items()}
        return Submission(labels, self._top() is None, trouble, ack)

    def _where(self, place: Body) -> Body:
        """What an interaction says about the message or view it happened in."""
        if "hash" in place:
            return payloads.in_view(place, state_of(place["blocks"], place["id"], self.typed))
        conversations = self.workspace.conversations.values()
        found = [one for one in conversations if place["ts"] in one.messages or place in one.ephemerals]
        where = payloads.in_message(self.workspace, (found or [self.direct])[0], place, self.id)
        return where | {"state": {"values": state_of(place.get("blocks", []), place["ts"], self.typed)}}

    def _places(self) -> list[Body]:
        """Where something can be pressed: the modal alone where one is open, or else all the rest, newest first."""
        top = self._top()
        if top is not None:
            return [top]
        shown = [*self._all(), *self.ephemerals, *([self.home] if self.home else [])]
        return sorted(
            (one.raw for one in shown), key=lambda raw: str(raw.get("drawn_at") or raw["ts"]), reverse=True
        )

    def _top(self) -> Body | None:
        stack = self.workspace.modals.get(self.id)
        return stack[-1] if stack else None

    def _all(self) -> list[Seen]:
        return [self._seen(one) for one in self.direct.messages.values()]

    def _seen(self, raw: Body) -> Seen:
        return seen(raw, self._names())

    def _names(self) -> Names:
        people = {user_id: str(user["real_name"]) for user_id, user in self.workspace.users.items()}
        return people | {one.id: one.name for one in self.workspace.conversations.values()}
