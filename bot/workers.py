"""Threads for the database: its code is synchronous, and the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from models.store import Database

T = TypeVar("T")
_TRIES = 4
# PostgreSQL's serialization_failure and deadlock_detected.
_OVERTAKEN = ("40001", "40P01")


class Workers:
    """Runs functions in transactions: one writer thread on SQLite, a small pool on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._writers = ThreadPoolExecutor(1 if database.is_sqlite else 4, "writer")
        self._readers = ThreadPoolExecutor(2, "reader")

    async def write(self, work: Callable[..., T], *args: Any) -> T:
        """`work(session, *args)` in a transaction of its own, committed when this returns.

        Of two that wait for each other PostgreSQL ends one, whose work is done again. A connection lost at COMMIT
        leaves open whether it was committed: work is done again there too, so it has to know by a key what it
        did already (a turn by the inbox, a delivery by its state).
        """
        return await self._in(self._writers, self._write, work, args)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """`work(session, *args)` on one snapshot."""
        return await self._in(self._readers, self._read, work, args)

    async def block(self, work: Callable[..., T], *args: Any) -> T:
        """Work that blocks and needs no session of ours."""
        return await asyncio.to_thread(work, *args)

    def close(self) -> None:
        """Waits for what is running, then closes the database."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.database.close()

    async def _in(self, pool: ThreadPoolExecutor, how: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, how, *args)

    def _write(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        for _ in range(_TRIES - 1):
            try:
                return self._transaction(work, args)
            except DBAPIError as error:
                ended_by_the_server = getattr(error.orig, "sqlstate", None) in _OVERTAKEN
                if not error.connection_invalidated and not ended_by_the_server:
                    raise
        return self._transaction(work, args)

    def _transaction(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self.database.write() as session:
            return work(session, *args)

    def _read(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self.database.read() as session:
            return work(session, *args)
