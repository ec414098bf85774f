"""What could not be taken in the moment it came: kept, its files fetched, and then taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from bot.arrivals import Arrivals
from bot.parts import Parts
from bot.slack.direct import Direct
from bot.slack.files import Files
from bot.slack.read import Someone
from bot.slack.turns import Turns
from bot.turn import Incoming, Outcome, take_turn
from handlers.dialogue.answers import FilledAtOnce, FromMessenger, PressedToken, Said
from handlers.dialogue.screens import Notice, Tone
from handlers.dialogue.sending import post
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from models.evidence.table import receive
from models.evidence.vault import Kept
from models.messaging.account import Account, Messenger, find_linked
from models.messaging.arrival import Arrival, done, keep
from models.organization import Person
from models.words import Phrase, Refusal, say, translator

_GIVEN_UP = say("보내신 내용을 처리하지 못했습니다. 다시 보내 주시고, 계속되면 관리자에게 알려 주세요.")
_TEXT = ""
"""The field of files that came with words, and belong to none."""
Fetched = dict[str, list[Kept]]


class Waiting:
    """Keeps what people on Slack sent until it can be taken, in the order it came."""

    def __init__(self, parts: Parts, turns: Turns, files: Files, direct: Direct) -> None:
        self._parts = parts
        self._turns = turns
        self._files = files
        self._direct = direct
        self.arrivals = Arrivals(parts, Messenger.SLACK, self._take, self._give_up)

    def is_behind(self, who: Someone) -> bool:
        """Whether something of theirs waits, before which nothing else is to be taken."""
        return self.arrivals.is_waiting(who.address)

    async def keep(
        self, who: Someone, answer: FromMessenger, files: Mapping[str, Sequence[dict[str, Any]]] | None = None
    ) -> None:
        """Writes an answer down with the files that came with it, by field; committed when this returns."""
        payload = {"key": who.key, "user": who.user, "channel": who.channel, "files": files or {}}
        await self._parts.workers.write(self._keep, who, payload | _written(answer))
        self.arrivals.wake(who.address)

    def _keep(self, session: Session, who: Someone, payload: dict[str, Any]) -> None:
        now, ready_at = self._parts.clock.now(), self._parts.machine.now()
        keep(session, now, who.key, Messenger.SLACK, who.address, payload, ready_at=ready_at)

    async def _take(self, bundle: Sequence[Arrival]) -> None:
        if self._parts.book.is_discreet:
            # It came before the city became discreet: nothing is taken outside the house any more.
            await self._parts.workers.write(done, bundle)
            return
        for arrival in bundle:
            fetched, refused = await self._fetch(arrival.payload["files"])
            outcome = await self._parts.workers.write(self._taken, arrival, fetched, refused)
            if outcome is None:
                continue
            self._turns.send(outcome)
            if refused:
                self._parts.deliveries.wake([Messenger.SLACK])
            translate = translator(outcome.locale)
            for toast in outcome.toasts:
                payload = arrival.payload
                who = Someone(payload["user"], arrival.address, payload["key"], payload["channel"])
                self._direct.tell(who, translate(toast.phrase))

    async def _fetch(self, files: Mapping[str, list[dict[str, Any]]]) -> tuple[Fetched, list[Phrase]]:
        """The files that are in order, by field, and what is to be said of the others."""
        fetched: Fetched = {}
        refused = []
        for name, given in files.items():
            fetched[name] = []
            for file in given:
                try:
                    fetched[name].append(await self._files.fetch(file))
                except Refusal as refusal:
                    refused.append(_about(file, refusal))
        return fetched, refused

    def _taken(
        self, session: Session, arrival: Arrival, fetched: Fetched, refused: list[Phrase]
    ) -> Outcome | None:
        """One transaction: the files received, the answer taken, what is wrong with others told."""
        found = self._who(session, arrival.address)
        if not done(session, [arrival]) or found is None:
            return None
        account, person = found
        now = self._parts.clock.now()
        parcels = {
            name: [receive(session, now, account.person_id, kept).id for kept in files]
            for name, files in fetched.items()
        }
        answer = _read(arrival.payload, parcels)
        key = arrival.payload["key"] + ".taken"
        incoming = Incoming(Messenger.SLACK, arrival.address, key, answer)
        outcome = Outcome(known=True, locale=person.locale)
        if not (isinstance(answer, Said) and not answer.text.strip() and not answer.files):
            outcome = take_turn(session, now, self._parts.book, incoming, self._parts.claiming)
        self._tell(Talk(session, now, person, account), refused)
        return outcome

    def _who(self, session: Session, address: str) -> tuple[Account, Person] | None:
        return find_linked(session, self._parts.clock.now(), Messenger.SLACK, address)

    def _tell(self, talk: Talk, told: Sequence[Phrase]) -> None:
        """A notice below everything else that moves nobody from where they stand."""
        if told:
            home = self._parts.book.front_door.home
            post(talk, home, Notice(lines(*told), tone=Tone.WARNING), {})

    async def _give_up(self, bundle: Sequence[Arrival]) -> None:
        await self._parts.workers.write(self._apologise, bundle[0].address)
        self._parts.deliveries.wake([Messenger.SLACK])

    def _apologise(self, session: Session, address: str) -> None:
        if (found := self._who(session, address)) is not None:
            account, person = found
            self._tell(Talk(session, self._parts.clock.now(), person, account), [_GIVEN_UP])


def _written(answer: FromMessenger) -> dict[str, Any]:
    match answer:
        case Said():
            return {"said": answer.text}
        case PressedToken():
            return {"pressed": answer.token}
        case FilledAtOnce():
            return {"screen": answer.screen_id, "values": dict(answer.values)}
    raise TypeError(type(answer).__name__)


def _read(payload: dict[str, Any], parcels: dict[str, list[str]]) -> FromMessenger:
    """The answer that was written down, with the files that came with it."""
    if "said" in payload:
        return Said(payload["said"], parcels.get(_TEXT, []))
    if "pressed" in payload:
        return PressedToken(payload["pressed"])
    values = dict(payload["values"])
    for name, ids in parcels.items():
        values[name] = [*values.get(name, []), *ids]
    # The modal is closed by now: what is wrong is asked field by field.
    return FilledAtOnce(payload["screen"], values, is_open=False)


def _about(file: Mapping[str, Any], refusal: Refusal) -> Phrase:
    name = str(file.get("name") or "?")
    return say("'{name}' 파일은 받지 못했습니다. {reason}", name=name, reason=refusal.phrase)
