"""The courier: takes one messenger's outbox to its readers, in order within a chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot.outgoing.claiming import Claiming, recover, release, release_all
from bot.outgoing.lanes import Lane, Lanes
from bot.outgoing.load import Later, Load, Lost, Moved, Never, Sender, Unreachable
from bot.outgoing.settling import Settled, pause_after, settle
from bot.outgoing.waiting import nothing_waits
from bot.wakeful import Wakeful
from bot.workers import Workers
from models.clock import Clock
from models.messaging.account import Messenger
from models.messaging.outbox import Operation, Sending

log = structlog.get_logger()
# For so many accounts something is claimed at once: as few as keep the messenger busy.
_MOST_ACCOUNTS = 40
# So many of them in one transaction, so that nobody's turn waits long for it: a digest is drawn as it is claimed.
_AT_ONCE = 15
# Not for one at a time, while there are many.
_WORTH_A_CLAIM = 10
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 30.0
_GATHERED = 0.01
_GRACE = 1.0
"""Seconds that what is being sent is given to end when the process ends."""


class Courier:
    """Sends what it claims from the outbox and what turns have claimed for it; every end is written down."""

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
        self._lanes = Lanes()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ends: list[Settled] = []
        self._doubtful: set[int] = set()
        self._pause = 0.0
        self._quiet_until = 0.0
        self._is_drained = False
        self._is_over = False
        self._claims = Wakeful(f"delivery.{self.messenger}", self._claim_all)
        self._settles = Wakeful(f"settling.{self.messenger}", self._settle_soon)

    def wake(self) -> None:
        """Something may be waiting."""
        self._claims.wake()
        self._settles.wake()

    def take(self, loads: Iterable[Load]) -> None:
        """Sends what was claimed in its own turn, now that the turn is committed."""
        for load in loads:
            if self._is_over or self._lanes.was_released(load):
                continue
            if self._lanes.is_held(load.account_id):
                # What was said before it waits in the outbox again, and goes first.
                self._put_back([load])
            else:
                self._join(load)

    async def run(self) -> None:
        """For ever; what is in the middle when it is cancelled is `sending`, and looked after at the next start."""
        loops = [asyncio.create_task(self._claims.run()), asyncio.create_task(self._settles.run())]
        try:
            await asyncio.gather(*loops)
        finally:
            await self._end_all(loops)

    async def recover(self) -> None:
        """Takes up what a process that is gone left in the middle, and what this one has lost sight of: a turn that
        was committed and then could not say so. That is known by its being nowhere here twice in a row."""
        claimant = self._claiming.claimant
        lost, mine = await self._workers.write(recover, self._machine.now(), claimant, self.messenger)
        astray = mine - self._lanes.ids() - {end.load.outbox_id for end in self._ends}
        forgotten, self._doubtful = astray & self._doubtful, astray - self._doubtful
        if forgotten:
            self._lanes.released(forgotten)
            await self._workers.write(release, claimant, forgotten)
        if lost or forgotten:
            self.wake()

    async def _claim_all(self) -> None:
        self._is_drained = False
        while (room := _MOST_ACCOUNTS - self._lanes.claimed_accounts()) >= _WORTH_A_CLAIM:
            await self._sender.ready()
            if asyncio.get_running_loop().time() < self._quiet_until:
                return
            held = self._lanes.held_by_nothing({end.load.account_id for end in self._ends})
            loads, self._is_drained = await self._workers.write(self._claim, min(room, _AT_ONCE))
            if not loads:
                # Not while something waits that is held up by an answer which its turn is just handing over.
                self._lanes.let_go(held if self._is_drained else [])
                return
            self._lanes.claimed(loads)
            for load in loads:
                self._join(load)

    def _claim(self, session: Session, most: int) -> tuple[list[Load], bool]:
        """What there is to send now, and whether nothing waits behind it."""
        now, machine_now = self._clock.now(), self._machine.now()
        loads = self._claiming.waiting(session, now, machine_now, self.messenger, most)
        return loads, not loads and nothing_waits(session, self.messenger)

    def _join(self, load: Load) -> None:
        lane = self._lanes.join(load)
        if len(lane.loads) == 1:
            task = asyncio.create_task(self._run(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: Lane) -> None:
        while lane.loads:
            load = lane.loads[0] = self._lanes.as_known(lane.loads[0])
            end = await self._send(load)
            lane.loads.popleft()
            self._lanes.done(load)
            self._end(end)
            if end.state is Sending.TODO or end.unreachable or end.moved_to is not None:
                # They are claimed anew, as things stand then.
                self._put_back(lane.loads)
                lane.loads.clear()
        self._lanes.leave(lane)

    async def _send(self, load: Load) -> Settled:
        if load.operation in (Operation.REDRAW, Operation.REMOVE) and load.message is None:
            # Not shown as far as its turn could see. What shows it may be on its way, drawn as it stood before.
            return Settled(load, Sending.TODO)
        self._lanes.begun(load)
        try:
            shown = await self._sender.send(load)
        except Later:
            self._be_quiet()
            return Settled(load, Sending.TODO)
        except Lost as lost:
            return Settled(load, Sending.UNKNOWN, fault=str(lost))
        except Never as never:
            log.error("delivery.refused", messenger=self.messenger.value, kind=load.operation.value)
            return Settled(load, Sending.DEAD, fault=str(never))
        except Unreachable as gone:
            return Settled(load, Sending.DEAD, fault=str(gone), unreachable=True)
        except Moved as moved:
            return Settled(load, Sending.UNKNOWN, fault="moved", moved_to=str(moved.args[0]))
        except Exception as error:
            log.exception("delivery.failed", messenger=self.messenger.value)
            return Settled(load, Sending.DEAD, fault=type(error).__name__)
        self._pause = 0.0
        self._lanes.shown(load, shown)
        return Settled(load, Sending.SENT, message=shown)

    def _be_quiet(self) -> None:
        """Nothing is claimed for a while, longer each time in a row, or it would come back at once."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._quiet_until:
            self._pause = min(max(2 * self._pause, _FIRST_PAUSE), _LONGEST_PAUSE)
            self._quiet_until = loop.time() + self._pause
            loop.call_later(self._pause, self._claims.wake)

    def _put_back(self, loads: Iterable[Load]) -> None:
        for load in loads:
            self._lanes.done(load)
            self._end(Settled(load, Sending.TODO))

    def _end(self, end: Settled) -> None:
        if end.state is Sending.TODO:
            self._lanes.hold(end.load)
        self._ends.append(end)
        self._settles.wake()

    async def _settle_soon(self) -> None:
        # What one turn had to say, and what others have just said, is written down in one go.
        await asyncio.sleep(_GATHERED)
        await self._settle_all()

    async def _settle_all(self) -> None:
        while ends := self._ends[:]:
            try:
                told = await self._workers.write(self._write_down, ends)
            except (OperationalError, InterfaceError):
                raise  # the database is away
            except Exception:
                log.exception("settling.failed", messenger=self.messenger.value)
                told = await self._settle_singly(ends)
            del self._ends[: len(ends)]
            self._look_after(ends, told)

    async def _settle_singly(self, ends: list[Settled]) -> set[Messenger]:
        """One end that cannot be written down with all that follows from it must not hold back the others."""
        told: set[Messenger] = set()
        for end in ends:
            try:
                told |= await self._workers.write(self._write_down, [end])
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                bare = replace(end, unreachable=False, moved_to=None)
                await self._workers.write(self._write_down, [bare])
        return told

    def _write_down(self, session: Session, ends: list[Settled]) -> set[Messenger]:
        return settle(session, self._clock.now(), self._machine.now(), self._claiming.book, ends)

    def _look_after(self, ends: list[Settled], told: set[Messenger]) -> None:
        if told:
            self._wake_others(told)
        if not self._is_drained or any(end.state is Sending.TODO for end in ends):
            self._claims.wake()
        for pause in {pause_after(end.load.tries + 1) for end in ends if end.state is Sending.UNKNOWN}:
            # A little later than the machine's clock may say.
            asyncio.get_running_loop().call_later(pause.total_seconds() + 0.01, self._claims.wake)

    async def _end_all(self, loops: list[asyncio.Task[None]]) -> None:
        self._is_over = True
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        begun = self._lanes.empty()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._settle_all()
        await self._workers.write(release_all, self._claiming.claimant, self.messenger, begun)
