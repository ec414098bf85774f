"""What falls due is done by the workers of this process, so that nobody's turn waits long for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.parts import Deliveries
from bot.wakeful import Wakeful
from bot.workers import Workers
from handlers.dialogue.book import Book
from models.clock import Clock
from scheduler.due import course

_EARLY = datetime.min.replace(tzinfo=UTC)


@dataclass
class Clockwork:
    """Called at every tick; a tick before anything may be due asks nobody."""

    workers: Workers
    clock: Clock
    book: Book
    deliveries: Deliveries
    errands: Wakeful
    next_at: datetime = _EARLY

    async def __call__(self) -> None:
        now = self.clock.now()
        if now < self.next_at:
            return
        steps, result = course(self.book, now), None
        try:
            while True:
                do = steps.send(result)
                result = await (self.workers.write if do.writes else self.workers.read)(do.function)
        except StopIteration as end:
            self.next_at = end.value
        self.deliveries.wake()
        self.errands.wake()
