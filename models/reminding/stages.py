"""Which reminder of a deadline is due: pure reckoning with working days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.clock import SEOUL, local_day
from models.reminding.hours import Hours
from models.reminding.rule import Rule
from models.working_days import WorkingDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stage:
    """One moment in the life of a deadline: `-3`, `+0`, `+2` in working days, `14:00-30m` before what begins at 14:00.

    The hour is in the name of the latter because what is moved within a day has such a moment anew.
    """

    at: datetime
    name: str
    anytime: bool = False


def stage_now(
    rules: Sequence[Rule], due_at: datetime, hours: Hours, now: datetime, since: datetime | None = None
) -> Stage | None:
    """The last stage that has been reached; None before the first.

    `since`: when the deadline came to be. What lay before that was said with it.
    """
    reached = [stage for rule in rules for stage in _stages(rule, due_at, hours, now) if stage.at <= now]
    last = max(reached, default=None)
    return last if last is not None and (since is None or last.at > since) else None


def next_stage_at(rules: Sequence[Rule], due_at: datetime, hours: Hours, now: datetime) -> datetime | None:
    """When the next stage comes; None after the last."""
    ahead = [stage.at for rule in rules for stage in _stages(rule, due_at, hours, now) if stage.at > now]
    return min(ahead, default=None)


def offset(day: date, due: date, days: WorkingDays) -> int:
    """How many working days a working `day` is after `due`, negative before: days.add(due, offset) is `day`."""
    first, last = min(day, due), max(day, due)
    between = sum(days.is_working(first + _DAY * ahead) for ahead in range(1, (last - first).days))
    return 0 if day == due else (between + 1 if day > due else -(between + 1))


def _stages(rule: Rule, due_at: datetime, hours: Hours, now: datetime) -> Iterator[Stage]:
    """The stages of a rule; of a repeated one its first, and those of the working days around now."""
    if rule.minutes is not None:
        name = f"{due_at.astimezone(SEOUL):%H:%M}-{rule.minutes}m"
        yield _fitted(rule, due_at - timedelta(minutes=rule.minutes), name, due_at, hours)
        return
    due = local_day(due_at)
    first = hours.days.add(due, rule.days)
    yield _on(rule, first, rule.days, due_at, hours)
    if rule.repeated:
        today = local_day(now)
        # Two days back: what falls into the night comes only on the next working day, and until then the one before
        # it holds.
        for day in (*(hours.days.add(today, back) for back in (-2, -1)), today, hours.days.add(today, 1)):
            if day > first and hours.days.is_working(day):
                yield _on(rule, day, offset(day, due, hours.days), due_at, hours)


def _on(rule: Rule, day: date, days: int, due_at: datetime, hours: Hours) -> Stage:
    return _fitted(rule, datetime.combine(day, rule.at, SEOUL), f"{days:+d}", due_at, hours)


def _fitted(rule: Rule, at: datetime, name: str, due_at: datetime, hours: Hours) -> Stage:
    return Stage(at if rule.anytime else hours.fit(at, due_at), name, rule.anytime)
