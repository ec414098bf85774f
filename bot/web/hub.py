"""Who is connected: what is delivered to an account goes to every window it has open."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]
_MOST_UNREAD = 500


class Connection:
    """One open window, with what it has not read yet."""

    def __init__(self, account_id: int, session: str, locale: str) -> None:
        self.account_id = account_id
        self.session = session
        """The signed session it was opened with; it does not outlive it."""
        self.locale = locale
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._over = False

    def give(self, event: Event) -> None:
        """Queues an event; a window that reads nothing any more is closed and will come back for its history."""
        if self._over:
            return
        if self.events.qsize() >= _MOST_UNREAD:
            self.end()
            return
        self.events.put_nowait(event)

    def end(self, last: Event | None = None) -> None:
        """Has the window closed once it has read what it was given, and perhaps a last word."""
        if self._over:
            return
        self._over = True
        if last is not None:
            self.events.put_nowait(last)
        self.events.put_nowait(None)


class Hub:
    """Every open window by its account, the oldest first."""

    def __init__(self) -> None:
        self._open: defaultdict[int, list[Connection]] = defaultdict(list)

    def join(self, connection: Connection) -> None:
        self._open[connection.account_id].append(connection)

    def leave(self, connection: Connection) -> None:
        self._open[connection.account_id].remove(connection)
        if not self._open[connection.account_id]:
            del self._open[connection.account_id]

    def of(self, account_id: int) -> list[Connection]:
        """The windows of one account."""
        return list(self._open.get(account_id, ()))

    def give(self, account_id: int, event: Event) -> None:
        """To every window of the account."""
        for connection in self.of(account_id):
            connection.give(event)

    def give_all(self, event: Event) -> None:
        """To everybody."""
        for connection in self:
            connection.give(event)

    def close(self) -> None:
        """Closes every window: the process is ending."""
        for connection in self:
            connection.end()

    def __iter__(self) -> Iterator[Connection]:
        return iter([one for connections in self._open.values() for one in connections])

    def __len__(self) -> int:
        return sum(len(connections) for connections in self._open.values())
