"""Gates: a messenger's limit is never learnt by running into it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic

# While answers come without end, one turn in five is a notice's: it may wait, but not for ever.
_URGENT_IN_A_ROW = 4


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
        self._urgent: OrderedDict[asyncio.Future[float], None] = OrderedDict()
        self._others: OrderedDict[asyncio.Future[float], None] = OrderedDict()
        self._urgent_in_a_row = 0
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, *, urgent: bool = False) -> None:
        """Waits for its turn."""
        if self._is_free() and self.wait() <= 0:
            self._pass()
            return
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        waiting = self._urgent if urgent else self._others
        waiting[turn] = None
        self._set_timer()
        try:
            await turn
        except asyncio.CancelledError:
            waiting.pop(turn, None)
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise

    def hold(self, seconds: float) -> None:
        """Closes the gate for everybody: the messenger asked for it."""
        self._held_until = max(self._held_until, self._now() + seconds)

    def wait(self) -> float:
        """Seconds until the next may pass."""
        now = self._now()
        while self._passed and self._passed[0] + self._seconds < now:
            self._passed.popleft()
        if len(self._passed) < self._most:
            return max(self._held_until - now, 0.0)
        # Never nothing while it is full, or what is lost in the last digit would let one too many through.
        return max(self._passed[0] + self._seconds - now, self._held_until - now, 1e-6)

    @property
    def held_for(self) -> float:
        """Seconds the messenger still wants to hear nothing."""
        return max(self._held_until - self._now(), 0.0)

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits and nothing that passed counts any more."""
        return self._is_free() and self.wait() <= 0 and not self._passed

    def _is_free(self) -> bool:
        return not self._urgent and not self._others

    def _pass(self) -> float:
        self._passed.append(self._now())
        return self._passed[-1]

    def _give_back(self, passed_at: float) -> None:
        """Whose turn had come and who did not live to see it leaves it to the next."""
        if passed_at in self._passed:
            self._passed.remove(passed_at)
        if self._timer is not None:
            self._timer.cancel()
        self._let_through()

    def _set_timer(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.wait(), self._let_through)

    def _let_through(self) -> None:
        self._timer = None
        while not self._is_free() and self.wait() <= 0:
            turn = self._next()
            if not turn.done():
                turn.set_result(self._pass())
        if not self._is_free():
            self._set_timer()

    def _next(self) -> asyncio.Future[float]:
        urgent_now = bool(self._urgent) and (self._urgent_in_a_row < _URGENT_IN_A_ROW or not self._others)
        # Only those count that a notice had to wait for.
        self._urgent_in_a_row = self._urgent_in_a_row + 1 if urgent_now and self._others else 0
        return (self._urgent if urgent_now else self._others).popitem(last=False)[0]


class Gates:
    """One gate for each key, such as a chat; those that say nothing any more are forgotten."""

    _MOST_KEPT = 5_000

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._of_each = (most, seconds, now)
        self._gates: dict[str, Gate] = {}
        self._look_at = self._MOST_KEPT

    def __getitem__(self, key: str) -> Gate:
        if key not in self._gates:
            if len(self._gates) >= self._look_at:
                self._gates = {name: gate for name, gate in self._gates.items() if not gate.is_idle}
                # Where all of them are busy, not looked through again for each that comes.
                self._look_at = max(self._MOST_KEPT, 2 * len(self._gates))
            self._gates[key] = Gate(*self._of_each)
        return self._gates[key]
