"""Whether the bot works, for those who watch over it."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlmodel import Session, select

from bot.web.house import House
from models.audit import AuditHead
from models.messaging.outbox import count_by_state

_ANSWERS_WITHIN = 5.0


async def readiness(house: House) -> list[str]:
    """What keeps the bot from working right now; empty when nothing does."""
    faults: list[str] = []
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN):
            await house.workers.read(_ask)
    except Exception as error:
        faults.append(f"the database does not answer: {type(error).__name__}")
    if not house.ticker.is_alive():
        faults.append("the scheduler has stopped ticking")
    for channel in house.channels:
        faults += channel.faults()
    return faults


async def metrics_text(house: House) -> bytes:
    """The figures Prometheus collects."""
    registry = CollectorRegistry()
    outbox = Gauge("bogobot_outbox", "Messages by state", ["messenger", "state"], registry=registry)
    for (messenger, state), count in (await house.workers.read(count_by_state)).items():
        outbox.labels(messenger.value, state.value).set(count)
    Gauge("bogobot_windows", "Open windows of the web messenger", registry=registry).set(len(house.hub))
    tick = Gauge("bogobot_tick_age_seconds", "Seconds since the scheduler ticked", registry=registry)
    tick.set(house.ticker.age())
    return generate_latest(registry)


def _ask(session: Session) -> None:
    # A table of ours: SQLite would make an empty file where there is none, and answer from that.
    session.exec(select(AuditHead)).first()
