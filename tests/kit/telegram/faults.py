"""What goes wrong on the way to Telegram and back, switched on by tests for the next calls of a method."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum

ANY = "*"
"""Any method but getUpdates."""


class Kind(Enum):
    STATUS = "status"
    DROP = "drop"
    GARBAGE = "garbage"
    SLOW = "slow"
    TOO_MANY = "too many"
    HOLD = "hold"


@dataclass
class Fault:
    """One call that goes wrong. Where it is accepted, Telegram does as it was told before it goes wrong."""

    kind: Kind
    is_accepted: bool = False
    status: int = 500
    seconds: float = 0.0
    held: Held | None = None


class Held:
    """Calls that hang: a test waits until one has come, and lets it go on when it likes."""

    def __init__(self) -> None:
        self._came = asyncio.Event()
        self._released = asyncio.Event()

    async def comes(self, within: float = 10.0) -> None:
        """Waits until a call hangs.

        Raises:
            TimeoutError: none came.
        """
        async with asyncio.timeout(within):
            await self._came.wait()

    def release(self) -> None:
        """The call is answered as if nothing had been."""
        self._released.set()

    async def hang(self) -> None:
        self._came.set()
        await self._released.wait()


@dataclass
class Faults:
    """Faults to come, by method; `ANY` goes for every method but getUpdates."""

    met: list[tuple[str, Fault]] = field(default_factory=list)
    """What went wrong already."""
    _to_come: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def answers_with(self, method: str, status: int, times: int = 1, *, accepted: bool = False) -> None:
        """500 or 502 instead of an answer."""
        self._add(method, Fault(Kind.STATUS, accepted, status=status), times)

    def drops(self, method: str, times: int = 1, *, accepted: bool) -> None:
        """The connection breaks: before the call was read, or after it was accepted and before the answer."""
        self._add(method, Fault(Kind.DROP, accepted), times)

    def talks_garbage(self, method: str, times: int = 1, *, accepted: bool = False) -> None:
        """200 with something that is no JSON."""
        self._add(method, Fault(Kind.GARBAGE, accepted, status=200), times)

    def is_slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call is accepted at once, and its answer takes so many seconds."""
        self._add(method, Fault(Kind.SLOW, True, seconds=seconds), times)

    def says_too_many(self, method: str, retry_after: int, times: int = 1) -> None:
        """429 with the seconds to wait."""
        self._add(method, Fault(Kind.TOO_MANY, seconds=retry_after), times)

    def holds(self, method: str, *, accepted: bool) -> Held:
        """The next call hangs, before or after it was accepted, until the test lets it go."""
        held = Held()
        self._add(method, Fault(Kind.HOLD, accepted, held=held), 1)
        return held

    def take(self, method: str) -> Fault | None:
        """What goes wrong with this call."""
        for name in (method, ANY):
            if self._to_come and self._to_come.get(name) and not (name == ANY and method == "getUpdates"):
                fault = self._to_come[name].popleft()
                self.met.append((method, fault))
                return fault
        return None

    def _add(self, method: str, fault: Fault, times: int) -> None:
        self._to_come[method].extend([fault] * times)
