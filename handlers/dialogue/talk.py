"""What a step gets to work with: the session, the person, and ways to reach others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from handlers.dialogue.screens import Go, Tone
from models.clock import local_day
from models.doer import Doer
from models.messaging.account import Account, Messenger
from models.messaging.conversation import DrawnScreen
from models.messaging.errand import ask
from models.messaging.outbox import Operation
from models.organization import Person
from models.rights import Standing
from models.special_days import working_days
from models.words import Phrase, Translator, translator
from models.working_days import WorkingDays


@dataclass(frozen=True)
class Toast:
    """A passing word, given at once and worthless a minute later."""

    phrase: Phrase
    tone: Tone


@dataclass(frozen=True)
class Outgoing:
    """A message that a turn has put into the outbox."""

    id: int
    account_id: int
    messenger: Messenger
    operation: Operation
    screen: DrawnScreen
    reference: str
    rank: int
    tries: int = 0


@dataclass
class Talk:
    """One person's turn."""

    session: Session
    now: datetime
    person: Person
    account: Account
    is_reader: bool = False
    """Whether the turn is somebody else's, and this person only reads what comes of it."""
    claimant: str = ""
    """The process that sends the person what the turn says to them, where that is the one which takes the turn."""
    toasts: list[Toast] = field(default_factory=list)
    told: list[tuple[int, Go]] = field(default_factory=list)
    changed_subjects: list[str] = field(default_factory=list)
    changed_for_self: list[str] = field(default_factory=list)
    wrong: dict[str, Phrase] = field(default_factory=dict)
    """What is wrong with a form that was filled in at once, by field."""
    outgoing: list[Outgoing] = field(default_factory=list)
    """What this turn put into the outbox, for everybody."""
    has_errand: bool = False
    """Whether this turn asked for an errand."""
    _readers: dict[int | None, Talk] = field(default_factory=dict)

    @cached_property
    def doer(self) -> Doer:
        """The person with the rights of this moment."""
        return Doer.at_work(self.session, self.person_id, self.now, self.account.messenger.value)

    @property
    def person_id(self) -> int:
        assert self.person.id is not None
        return self.person.id

    @property
    def standing(self) -> Standing:
        return self.doer.standing

    @property
    def today(self) -> date:
        return local_day(self.now)

    @cached_property
    def working_days(self) -> WorkingDays:
        """The city's calendar, read once a turn."""
        return working_days(self.session)

    @property
    def translate(self) -> Translator:
        return translator(self.person.locale).at(self.now)

    def toast(self, phrase: Phrase, tone: Tone = Tone.GOOD) -> None:
        """Says a passing word to the person."""
        self.toasts.append(Toast(phrase, tone))

    def tell(self, person_id: int, screen: Go) -> None:
        """Sends another person a screen, in their language and with their rights."""
        if person_id != self.person_id:
            self.told.append((person_id, screen))

    def changed(self, subject: str, *, for_others: bool = True) -> None:
        """Has every copy of the subject's cards redrawn; only this person's own where others need not know."""
        (self.changed_subjects if for_others else self.changed_for_self).append(subject)

    def errand(self, kind: str, **data: str | int | None) -> None:
        """Asks for work too long for a turn; its result is told to the person later."""
        ask(self.session, self.now, self.person_id, kind, **data)
        self.has_errand = True

    def as_seen_by(self, person: Person, account: Account) -> Talk:
        """The same moment for another person; the same talk each time, so that their rights are read once."""
        if account.id == self.account.id:
            return self
        reader = Talk(self.session, self.now, person, account, is_reader=True, outgoing=self.outgoing)
        return self._readers.setdefault(account.id, reader)
