"""What is done at every tick, part by part: deliveries and errands that were left are taken up, what falls due is
done, logins end, old things go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.clockwork import Clockwork
from bot.parts import Channel
from bot.web.farewell import end_logged_out
from bot.web.hub import Hub
from bot.web.sessions import Sessions
from models.clock import Clock
from models.evidence.vault import Vault
from scheduler.housekeeping import UPLOADS_KEPT, seal_audit, tidy
from scheduler.ticking import Part

_LOGINS_EVERY = timedelta(minutes=1)
_TIDY_EVERY = timedelta(hours=1)
_SEALS_EVERY = timedelta(minutes=1)


def parts_of_tick(
    clockwork: Clockwork,
    channels: Sequence[Channel],
    sessions: Sessions,
    hub: Hub,
    vault: Vault,
    machine: Clock,
    seals: Path,
) -> list[Part]:
    """The parts, in the order they are begun."""
    workers = clockwork.workers

    async def take_up() -> None:
        clockwork.deliveries.wake()
        clockwork.errands.wake()

    async def end_logins() -> None:
        await end_logged_out(workers, sessions, hub)

    async def tidy_up() -> None:
        await workers.write(tidy, clockwork.clock.now(), machine.now())

    async def sweep() -> None:
        await workers.block(vault.sweep, machine.now() - UPLOADS_KEPT)

    async def seal() -> None:
        await workers.block(seal_audit, workers.database, seals, machine.now())

    return [
        Part("deliveries", take_up),
        *(Part(channel.messenger.value, channel.tick) for channel in channels),
        Part("reminders", clockwork),
        Part("logins", end_logins, _LOGINS_EVERY),
        Part("tidying", tidy_up, _TIDY_EVERY),
        Part("evidence", sweep, _TIDY_EVERY),
        Part("seals", seal, _SEALS_EVERY),
    ]
