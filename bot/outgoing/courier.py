"""The courier: takes one messenger's outbox to its readers, in order within a chat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog
from sqlmodel import Session

from bot.outgoing.claiming import Claiming, recover, release
from bot.outgoing.load import Later, Load, Lost, Moved, Never, Sender, Unreachable
from bot.outgoing.settling import Settled, pause_after, settle
from bot.wakeful import Wakeful
from bot.workers import Workers
from models.clock import Clock
from models.messaging.account import Messenger
from models.messaging.outbox import Operation, Sending

log = structlog.get_logger()
# What is claimed is asked for rights and drawn: as little ahead of its sending as keeps the messenger busy.
_MOST_AHEAD = 40
_REMEMBERED = 2_000


class Courier:
    """One lane an account: what is for one chat is sent one after the other, different chats at once."""

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        machine: Clock,
        claiming: Claiming,
        sender: Sender,
        wake_others: Callable[[Iterable[Messenger]], None],
    ) -> None:
        self.messenger = sender.messenger
        self._workers = workers
        self._clock = clock
        self._machine = machine
        self._claiming = claiming
        self._sender = sender
        self._wake_others = wake_others
        self._lanes: dict[int, deque[Load]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ahead = 0
        self._ends: list[Settled] = []
        self._messages: OrderedDict[int, str] = OrderedDict()
        self._claims = Wakeful(f"delivery.{self.messenger}", self._claim_all)
        self._settles = Wakeful(f"settling.{self.messenger}", self._settle_all)

    def wake(self) -> None:
        """Something may be waiting."""
        self._claims.wake()

    def take(self, loads: Iterable[Load]) -> None:
        """Sends what was claimed in its own turn, now that the turn is committed."""
        for load in loads:
            self._ahead += 1
            lane = self._lanes.setdefault(load.account_id, deque())
            lane.append(load)
            if len(lane) == 1:
                task = asyncio.create_task(self._run(load.account_id, lane))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def run(self) -> None:
        """For ever; what is in the middle when it is cancelled is `sending`, and looked after at the next start."""
        loops = [asyncio.create_task(self._claims.run()), asyncio.create_task(self._settles.run())]
        try:
            await asyncio.gather(*loops)
        finally:
            for task in [*loops, *self._tasks]:
                task.cancel()
            await asyncio.gather(*loops, *self._tasks, return_exceptions=True)
            await self._settle_all()

    async def recover(self) -> None:
        """Takes up what a process that is gone left in the middle."""
        if await self._workers.write(recover, self._claiming.claimant):
            self.wake()

    async def _claim_all(self) -> None:
        while (room := _MOST_AHEAD - self._ahead) > 0:
            await self._sender.ready()
            loads = await self._workers.write(self._claim, room)
            self.take(loads)
            if not loads:
                return

    def _claim(self, session: Session, most: int) -> list[Load]:
        now, machine_now = self._clock.now(), self._machine.now()
        return self._claiming.waiting(session, now, machine_now, self.messenger, most)

    def _write_down(self, session: Session, ends: list[Settled]) -> set[Messenger]:
        return settle(session, self._clock.now(), self._machine.now(), self._claiming.book, ends)

    async def _run(self, account_id: int, lane: deque[Load]) -> None:
        while lane:
            if not await self._send(lane[0]):
                # What comes meanwhile begins a lane of its own.
                del self._lanes[account_id]
                await self._put_back(list(lane))
                break
            lane.popleft()
            self._ahead -= 1
        else:
            del self._lanes[account_id]
        self._claims.wake()

    async def _send(self, load: Load) -> bool:
        """Sends one load; False where it is to be put back."""
        message = self._messages.get(load.screen_id, load.message)
        if load.operation in (Operation.REDRAW, Operation.REMOVE) and message is None:
            # It was never shown, and when it is, it will be as it stands then.
            self._end(Settled(load, Sending.SENT))
            return True
        try:
            shown = await self._sender.send(_at(load, message))
        except Later:
            return False
        except Lost as lost:
            self._end(Settled(load, Sending.UNKNOWN, fault=str(lost)))
        except Never as never:
            log.error("delivery.refused", messenger=self.messenger.value, kind=load.operation.value)
            self._end(Settled(load, Sending.DEAD, fault=str(never)))
        except Unreachable as gone:
            self._end(Settled(load, Sending.DEAD, fault=str(gone), unreachable=True))
        except Moved as moved:
            self._end(Settled(load, Sending.UNKNOWN, fault="moved", moved_to=str(moved.args[0])))
        except Exception as error:
            log.exception("delivery.failed", messenger=self.messenger.value)
            self._end(Settled(load, Sending.DEAD, fault=type(error).__name__))
        else:
            self._remember(load, shown)
            self._end(Settled(load, Sending.SENT, message=shown or message))
        return True

    def _remember(self, load: Load, shown: str | None) -> None:
        """The message of a screen, for what follows in its lane before it is written down."""
        if shown is not None and load.operation is not Operation.FILE:
            self._messages[load.screen_id] = shown
            if len(self._messages) > _REMEMBERED:
                self._messages.popitem(last=False)

    def _end(self, end: Settled) -> None:
        self._ends.append(end)
        self._settles.wake()

    async def _put_back(self, loads: list[Load]) -> None:
        self._ahead -= len(loads)
        await self._workers.write(release, [load.outbox_id for load in loads])

    async def _settle_all(self) -> None:
        while self._ends:
            ends, self._ends = self._ends, []
            try:
                waiting = await self._workers.write(self._write_down, ends)
            except BaseException:
                self._ends = ends + self._ends
                raise
            if waiting:
                self._wake_others(waiting)
            for end in ends:
                if end.state is Sending.UNKNOWN:
                    pause = pause_after(end.load.tries + 1).total_seconds()
                    asyncio.get_running_loop().call_later(pause, self._claims.wake)


def _at(load: Load, message: str | None) -> Load:
    return load if message == load.message else replace(load, message=message)
