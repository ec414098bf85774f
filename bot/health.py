"""Whether the bot works, for those who watch over it."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlmodel import Session, select

from bot.web.house import House
from models.audit import AuditHead
from models.messaging.outbox import count_by_state
from models.reminding.figures import LATELY, figures_of

_ANSWERS_WITHIN = 5.0


async def readiness(house: House) -> list[str]:
    """What keeps the bot from working right now; empty when nothing does."""
    faults: list[str] = []
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN):
            await house.workers.read(_ask)
    except Exception as error:
        faults.append(f"the database does not answer: {type(error).__name__}")
    faults += house.ticker.faults()
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
    tick = Gauge("bogobot_tick_age_seconds", "Seconds since it was last done", ["part"], registry=registry)
    for part, age in house.ticker.ages().items():
        tick.labels(part).set(age)
    await _count_reminders(house, registry)
    return generate_latest(registry)


async def _count_reminders(house: House, registry: CollectorRegistry) -> None:
    figures = await house.workers.read(figures_of, house.clock.now())
    says = f"Reminders that wait, and that found no way in {LATELY.days} days"
    reminders = Gauge("bogobot_reminders", says, ["state"], registry=registry)
    reminders.labels("todo").set(figures.waiting)
    reminders.labels("nowhere").set(figures.nowhere)
    digests = Gauge("bogobot_digests", "Digests of today by kind", ["kind"], registry=registry)
    for kind, count in figures.digests.items():
        digests.labels(kind.value).set(count)
    waits = Gauge(
        "bogobot_reminder_wait_seconds",
        "For how long the oldest reminder that is due waits",
        registry=registry,
    )
    waits.set(figures.oldest_waits.total_seconds())


def _ask(session: Session) -> None:
    # A table of ours: SQLite would make an empty file where there is none, and answer from that.
    session.exec(select(AuditHead)).first()
