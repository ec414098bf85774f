"""Faults that the next calls of a method meet, before they are accepted or after."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["status", "drop", "slow", "ratelimited", "garbled", "error"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong; `accepted` says whether the call was done all the same."""

    kind: Kind
    accepted: bool = False
    status: int = 200
    seconds: float = 0
    error: str = ""


@dataclass
class Faults:
    """Faults in store, by method: a name of the Web API, or upload, download or response_url."""

    _stored: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def fails(self, method: str, times: int = 1, *, status: int = 503, accepted: bool = False) -> None:
        """Answers with a status of 500 or above."""
        self._store(method, times, Fault("status", accepted, status=status))

    def drops(self, method: str, times: int = 1, *, accepted: bool = False) -> None:
        """Breaks the connection off instead of answering."""
        self._store(method, times, Fault("drop", accepted))

    def is_slow(self, method: str, seconds: float, times: int = 1, *, accepted: bool = True) -> None:
        """Waits before the answer, once the call was done unless `accepted` is False: then before it is."""
        self._store(method, times, Fault("slow", accepted, seconds=seconds))

    def ratelimits(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answers 429 with this Retry-After, in seconds."""
        self._store(method, times, Fault("ratelimited", seconds=retry_after))

    def garbles(self, method: str, times: int = 1, *, accepted: bool = False) -> None:
        """Answers 200 with something that is not JSON."""
        self._store(method, times, Fault("garbled", accepted))

    def refuses(self, method: str, error: str, times: int = 1) -> None:
        """Answers with an error code, such as internal_error."""
        self._store(method, times, Fault("error", error=error))

    def take(self, method: str) -> Fault | None:
        """The fault the call that came just now has to meet."""
        stored = self._stored.get(method)
        return stored.popleft() if stored else None

    def _store(self, method: str, times: int, fault: Fault) -> None:
        self._stored[method].extend([fault] * times)
