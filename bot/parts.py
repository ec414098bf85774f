"""What every remote messenger is given, and what it gives in return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from starlette.routing import BaseRoute

from bot.outgoing.claiming import Claiming
from bot.wakeful import Wakeful
from bot.workers import Workers
from handlers.dialogue.book import Book
from models.clock import Clock
from models.evidence.vault import Vault
from models.messaging.account import Messenger


@dataclass
class Deliveries:
    """Everything that delivers, by its messenger."""

    _wakes: dict[Messenger, Callable[[], None]] = field(default_factory=dict)

    def add(self, messenger: Messenger, wake: Callable[[], None]) -> None:
        self._wakes[messenger] = wake

    def wake(self, messengers: Iterable[Messenger] | None = None) -> None:
        """Something may be waiting: on these messengers, or anywhere."""
        for messenger in self._wakes if messengers is None else messengers:
            if messenger in self._wakes:
                self._wakes[messenger]()


@dataclass(frozen=True)
class Parts:
    """The parts of a running bot that a remote messenger works with."""

    workers: Workers
    clock: Clock
    """The city's time."""
    machine: Clock
    """The machine's time, by which one waits."""
    book: Book
    vault: Vault
    claiming: Claiming
    deliveries: Deliveries
    errands: Wakeful
    address: str
    """The address people reach the web messenger at, without a slash at its end."""
    locale: str
    """For who is not known yet."""


class Channel(Protocol):
    """A remote messenger that is set up."""

    messenger: Messenger
    routes: Sequence[BaseRoute]
    """What its service calls, on our web server."""

    async def run(self) -> None:
        """Takes what comes and sends what waits, until it is cancelled."""

    async def tick(self) -> None:
        """Looks after what a process that is gone may have left."""

    def faults(self) -> list[str]:
        """What keeps it from working right now, for who watches over the bot."""
