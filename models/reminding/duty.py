"""A duty: something somebody has to do until an instant, or to be present at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.reminding.circle import Circle
from models.reminding.rule import Audience, DeadlineKind

People = Callable[[Audience], Iterable[int | None]]


@dataclass(frozen=True)
class Duty:
    """`topic` and `key` say what it is about and make its subject; `people` whose it is, by audience.

    due_at: until when; of something to come to, when it begins. since: when the deadline was set, where that was
    said to its people anyway. is_personal: nobody can do it for its officer, so nobody else is told to.
    """

    kind: DeadlineKind
    topic: str
    key: tuple[int, ...]
    due_at: datetime
    people: People
    since: datetime | None = None
    is_personal: bool = False

    def receivers(self, circle: Circle, audience: Audience) -> tuple[int, ...]:
        """Whom to write to of this audience: whose it is and who stands in for them, as Circle.receivers says."""
        people = self.people(audience)
        if self.is_personal and audience is Audience.OFFICER:
            return tuple(one for one in people if one in circle.here)
        return circle.receivers(people)

    @property
    def subject(self) -> str:
        return f"{self.topic}:{'.'.join(map(str, self.key))}"


@dataclass(frozen=True)
class Source:
    """Where duties of one topic come from.

    `duties(session, circle, now, keys)` gives all that are not done at `now`; of `keys` only those, where given.
    It is asked when reminders are written, and again for each when it leaves: what it no longer gives is not said.
    """

    topic: str
    duties: Callable[[Session, Circle, datetime, Collection[tuple[int, ...]] | None], list[Duty]]


def key_of(subject: str) -> tuple[int, ...]:
    """The key of a subject."""
    return tuple(int(part) for part in subject.partition(":")[2].split("."))


_MANY = 1000
"""A database takes only so many values in one statement: of more keys than this, everything is asked for."""


def _few(keys: set[tuple[int, ...]]) -> set[tuple[int, ...]] | None:
    return keys if len(keys) <= _MANY else None


def still_given(
    sources: Iterable[Source], session: Session, circle: Circle, now: datetime, subjects: Iterable[str]
) -> dict[str, Duty]:
    """Of these subjects those that the sources still give, as they are now."""
    keys: dict[str, set[tuple[int, ...]]] = {}
    for subject in subjects:
        keys.setdefault(subject.partition(":")[0], set()).add(key_of(subject))
    found = (
        duty
        for source in sources
        if source.topic in keys
        for duty in source.duties(session, circle, now, _few(keys[source.topic]))
        if duty.key in keys[source.topic]
    )
    return {duty.subject: duty for duty in found}
