"""What falls due is done by the workers of this process, so that nobody's turn waits long for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.parts import Deliveries
from bot.wakeful import Wakeful
from bot.workers import Workers
from handlers.dialogue.book import Book
from models.clock import Clock
from models.reminding.looking import LOOK_EVERY
from scheduler.due import Do, course

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Clockwork:
    """Called at every tick; a tick before anything may be due asks nobody."""

    workers: Workers
    clock: Clock
    book: Book
    deliveries: Deliveries
    errands: Wakeful
    looked_at: datetime = _LONG_AGO
    next_at: datetime = _LONG_AGO
    """When the next of what was known at the last look is due."""

    async def __call__(self) -> None:
        now = self.clock.now()
        # A clock that was set back is looked at anew.
        if not self.looked_at <= now < min(self.next_at, self.looked_at + LOOK_EVERY):
            await self._look(now)

    async def _look(self, now: datetime) -> None:
        steps = course(self.book, now)
        go_on: Callable[[], Do] = partial(next, steps)
        try:
            while True:
                do = go_on()
                try:
                    given = await (self.workers.write if do.writes else self.workers.read)(do.function)
                    go_on = partial(steps.send, given)
                except Exception as error:
                    go_on = partial(steps.throw, error)
        except StopIteration as end:
            self.looked_at, self.next_at = now, end.value
        finally:
            # What was done before something failed is on its way all the same.
            self.deliveries.wake()
            self.errands.wake()
