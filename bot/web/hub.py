"""Who is connected: what is delivered to an account goes to every window it has open."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

Event = dict[str, Any]
_MOST_UNREAD = 500


class Connection:
    """One open window, with what it has not read yet."""

    def __init__(self, account_id: int) -> None:
        self.account_id = account_id
        self.events: asyncio.Queue[Event | None] = asyncio.Queue(_MOST_UNREAD)

    def give(self, event: Event) -> None:
        """Queues an event; a window that reads nothing any more is closed and will come back for its history."""
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            while not self.events.empty():
                self.events.get_nowait()
            self.events.put_nowait(None)


class Hub:
    """Every open window by its account."""

    def __init__(self) -> None:
        self._open: defaultdict[int, set[Connection]] = defaultdict(set)

    def join(self, account_id: int) -> Connection:
        connection = Connection(account_id)
        self._open[account_id].add(connection)
        return connection

    def leave(self, connection: Connection) -> None:
        self._open[connection.account_id].discard(connection)
        if not self._open[connection.account_id]:
            del self._open[connection.account_id]

    def give(self, account_id: int, event: Event) -> None:
        """To every window of the account."""
        for connection in list(self._open.get(account_id, ())):
            connection.give(event)

    def give_all(self, event: Event) -> None:
        """To everybody."""
        for account_id in list(self._open):
            self.give(account_id, event)

    def close(self) -> None:
        """Closes every window: the process is ending."""
        for connections in list(self._open.values()):
            for connection in list(connections):
                connection.events.put_nowait(None)

    def __len__(self) -> int:
        return sum(len(connections) for connections in self._open.values())
