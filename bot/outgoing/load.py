"""What a remote messenger is given to send, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from models.messaging.account import Messenger
from models.messaging.outbox import Operation
from models.words import Phrase


@dataclass(frozen=True)
class FileOut:
    """A file its reader may have, as rights stood when it was claimed; `size` in bytes. `is_picture`: it is the picture
    of its screen, to be seen and not only kept."""

    path: Path
    name: str
    size: int
    is_picture: bool = False


@dataclass(frozen=True)
class Load:
    """One row of the outbox with everything needed to send it."""

    outbox_id: int
    account_id: int
    address: str
    """The messenger's own id of the reader."""
    operation: Operation
    screen_id: int
    token: str
    body: dict[str, Any]
    """The screen as plain data (handlers.dialogue.draw); for a ring nothing, see `ring`."""
    live: bool
    """Whether its buttons work; one that is over is drawn without them."""
    locale: str
    urgent: bool
    made_at: datetime | None = None
    """When it was put into the outbox: an id is given again after a restore, this instant is not."""
    message: str | None = None
    """The messenger's id of the message that shows the screen already."""
    thread: str | None = None
    """The first message about the same subject in this chat, where there was one before."""
    file: FileOut | None = None
    ring: Phrase | None = None
    """What may be said where nothing of the city's may be read."""
    tries: int = 0
    """How often the answer to it was lost already, so that it may have arrived."""


class Sender(Protocol):
    """How one messenger sends. Keeps to the messenger's limits before it calls, whatever it calls."""

    messenger: Messenger

    async def ready(self) -> None:
        """Returns when sending makes sense: not while the messenger asked for a pause."""

    async def send(self, load: Load) -> str | None:
        """Sends it and returns the messenger's id of the message that shows the screen from now on (None where
        that stays as it is). Raises one of the faults below, and nothing else."""


class Later(Exception):
    """Certainly not sent: the messenger could not be reached, or asked for a pause that `ready` waits for."""


class Lost(Exception):
    """The answer was lost: it may have been sent, or not."""


class Never(Exception):
    """The messenger will not take it, however often it is sent. The words say why, without content."""


class Unreachable(Exception):
    """The reader has blocked the bot or is gone from the messenger."""


class Moved(Exception):
    """The chat has another id now, which is the only argument."""
