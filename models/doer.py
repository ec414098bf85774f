"""Who does something and when: the first thing every verb asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.audit import Actor
from models.clock import local_day
from models.rights import Holding, Standing, standing_of


@dataclass(frozen=True)
class Doer:
    """A person at work at one instant, through one messenger, with the rights of that day."""

    person_id: int
    now: datetime
    channel: str
    standing: Standing

    @classmethod
    def at_work(cls, session: Session, person_id: int, now: datetime, channel: str) -> Doer:
        return cls(person_id, now, channel, standing_of(session, person_id, local_day(now)))

    @property
    def today(self) -> date:
        return local_day(self.now)

    def actor(self, holding: Holding | None = None) -> Actor:
        """Whom the audit names: the person, and whom they stood in for if the right was another's."""
        return Actor(self.person_id, self.channel, holding.acting_for_id if holding else None)
