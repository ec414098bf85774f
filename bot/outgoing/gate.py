"""Gates: a messenger's limit is never learnt by running into it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable
from time import monotonic

_URGENT, _NOT_URGENT = 0, 1


class Gate:
    """Lets at most `most` through in any `seconds`, those first for whom somebody waits.

    A messenger counts when a call arrives, which is later than it is let through here and not always by the same
    delay: give `seconds` a little more than the messenger's.
    """

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._passed: deque[float] = deque()
        self._held_until = float("-inf")
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, *, urgent: bool = False) -> None:
        """Waits for its turn."""
        if not self._waiting and self.wait() <= 0:
            self._passed.append(self._now())
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (_URGENT if urgent else _NOT_URGENT, next(self._order), turn))
        self._set_timer()
        await turn

    def hold(self, seconds: float) -> None:
        """Closes the gate for everybody: the messenger asked for it."""
        self._held_until = max(self._held_until, self._now() + seconds)

    def wait(self) -> float:
        """Seconds until the next may pass."""
        now = self._now()
        while self._passed and self._passed[0] <= now - self._seconds:
            self._passed.popleft()
        full_for = self._passed[0] + self._seconds - now if len(self._passed) >= self._most else 0.0
        return max(full_for, self._held_until - now, 0.0)

    @property
    def held_for(self) -> float:
        """Seconds the messenger still wants to hear nothing."""
        return max(self._held_until - self._now(), 0.0)

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits and nothing that passed counts any more."""
        return not self._waiting and self.wait() <= 0 and not self._passed

    def _set_timer(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.wait(), self._let_through)

    def _let_through(self) -> None:
        self._timer = None
        while self._waiting and self.wait() <= 0:
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():
                self._passed.append(self._now())
                turn.set_result(None)
        if self._waiting:
            self._set_timer()


class Gates:
    """One gate for each key, such as a chat; those that say nothing any more are forgotten."""

    _MOST_KEPT = 5_000

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._of_each = (most, seconds, now)
        self._gates: dict[str, Gate] = {}

    def __getitem__(self, key: str) -> Gate:
        if key not in self._gates:
            if len(self._gates) >= self._MOST_KEPT:
                self._gates = {name: gate for name, gate in self._gates.items() if not gate.is_idle}
            self._gates[key] = Gate(*self._of_each)
        return self._gates[key]
