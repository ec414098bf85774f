"""Random use of Slack."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.kit.slack import Person, Pressable, SlackServer
from tests.kit.slack.modal import Field
from tests.kit.slack.reading import pressables
from tests.soak.person import COMMANDS, QUICK, VALUES, Someone


@dataclass
class OnSlack(Someone):
    """A person of the team, who remembers every button they ever saw."""

    server: SlackServer = None  # type: ignore[assignment]
    person: Person = None  # type: ignore[assignment]
    channel: str = ""
    others: list[OnSlack] = field(default_factory=list)
    seen: list[Pressable] = field(default_factory=list)

    def ways(self) -> list[Any]:
        if self.person.user.get("is_restricted"):
            return [("becomes a member", self._returns), ("says", self._says)]
        return [
            ("says", self._says), ("answers", self.answers), ("presses", self.presses_newest),
            ("presses", self.presses_newest), ("presses old", self._presses_old), ("twice", self._presses_twice),
            ("odd", self._presses_odd), ("another's", self._presses_anothers), ("files", self._files),
            ("submits", self._submits), ("submits", self._submits), ("closes", self._closes), ("home", self._home),
            ("command", self._command), ("shortcut", self._shortcut), ("mentions", self._mentions),
            ("edits", self._edits), ("language", self._language), ("becomes a guest", self._leaves),
            ("again", self._again),
        ]  # fmt: skip

    async def types(self, text: str) -> None:
        if text:
            self._looks()
            await self.person.says(text)

    async def gives(self, given: list[tuple[bytes, str]], words: str) -> None:
        await self.person.sends_files(given, words)

    async def presses_newest(self) -> None:
        self._looks()
        if self.person.modal is not None:
            await self._submits()
            return
        newest = next((one for one in reversed(self.person.messages) if one.pressables), None)
        if newest is not None:
            await self.person.presses(self.random.choice(newest.pressables))

    def reads(self) -> str:
        shown = [
            *self.person.messages,
            *self.person.ephemerals,
            *([self.person.home] if self.person.home else []),
        ]
        return "\n".join(one.text for one in shown)

    async def _says(self) -> None:
        await self.types(self.words())

    async def _presses_old(self) -> None:
        if self.seen:
            await self.person.presses(self.random.choice(self.seen))

    async def _presses_twice(self) -> None:
        self._looks()
        if self.seen:
            await self.person.presses(self.seen[-1])
            await self.person.presses(self.seen[-1])

    async def _presses_odd(self) -> None:
        if self.seen:
            one = self.random.choice(self.seen)
            value = str(one.element.get("value", "x"))
            odd = self.random.choice(
                (value + "9", value.partition(".")[0] + ".form", "가", "x" * 2000, value + ".1")
            )
            await self.person.presses(
                Pressable(one.label, one.place, one.block_id, one.element | {"value": odd})
            )

    async def _presses_anothers(self) -> None:
        found = [one for other in self.others if other is not self for one in other.seen[-5:]]
        if found and self.seen:
            mine, other = self.seen[-1], self.random.choice(found)
            await self.person.presses(
                Pressable(other.label, mine.place, mine.block_id, other.element, other.option)
            )

    async def _files(self) -> None:
        given = [self.a_file() for _ in range(self.random.randint(1, 4))]
        await self.gives(given, self.words() if self.random.random() < 0.4 else "")

    async def _submits(self) -> None:
        shown = self.person.modal
        if shown is None or not shown.submit:
            return
        # Slack's own window refuses some of it, as it would.
        with suppress(AssertionError):
            await self.person.submits({one.block_id: self._value(one) for one in shown.fields})

    def _value(self, one: Field) -> Any:
        kind = one.element["type"]
        if kind == "file_input":
            return [self.a_file() for _ in range(self.random.randint(0, 3))]
        if one.options:
            return self.random.choice(one.options)
        if kind == "datepicker":
            return self.random.choice(("2019-07-20", "2018-01-01", None))
        return self.random.choice((*VALUES, self.mark, "97.3"))

    async def _closes(self) -> None:
        if self.person.modal is not None:
            await self.person.closes_modal()

    async def _home(self) -> None:
        await self.person.opens_home(self.random.choice(("home", "home", "messages")))

    async def _command(self) -> None:
        channel = self.channel if self.random.random() < 0.3 else None
        text = self.random.choice((*COMMANDS, *QUICK, "", "연결 ABCDE-FGHJK"))
        await self.person.types_command("/bogobot", text, channel=channel)

    async def _shortcut(self) -> None:
        said = [*self.person.said, *self.person.messages]
        if said:
            await self.person.uses_shortcut("evidence", self.random.choice(said))

    async def _mentions(self) -> None:
        await self.person.mentions(self.channel, self.random.choice(QUICK))

    async def _edits(self) -> None:
        if self.person.said:
            raw = self.random.choice(self.person.said).raw
            event = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": raw["ts"]}
            event |= {"message": raw | {"text": "고침"}, "previous_message": raw, "event_ts": raw["ts"]}
            self.server.workspace.announce(event | {"channel": self.person.direct.id, "channel_type": "im"})

    async def _language(self) -> None:
        await self.types("language")

    async def _leaves(self) -> None:
        if self.random.random() < 0.3:
            await self.person.becomes(is_restricted=True)

    async def _returns(self) -> None:
        await self.person.becomes(is_restricted=False)

    async def _again(self) -> None:
        """Slack brings again what it brought before."""
        if self.server.acks:
            one = self.random.choice(self.server.acks[-50:]).delivery
            await self.server.deliveries.deliver(one.kind, one.payload)

    def _looks(self) -> None:
        places = [one.raw for one in self.person.messages[-4:]]
        if self.person.home is not None:
            places.append(self.person.home.raw)
        self.seen = [*self.seen, *(one for place in places for one in pressables(place))][-200:]
