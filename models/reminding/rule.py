"""What the plan says of reminders: for which deadline, for whom, when. Data of a city; without any, the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import MappingProxyType


class DeadlineKind(StrEnum):
    """What there is a deadline for."""

    REPORT = "report"
    CONFIRMATION = "confirmation"
    REVIEW = "review"
    RETURN = "return"
    """A returned report, to be mended and handed in again."""
    OBJECTION = "objection"
    CONSULTATION = "consultation"
    RATING = "rating"
    EVENT = "event"


class Audience(StrEnum):
    """For whom a reminder is: whose duty it is, or who is told because it was not done."""

    OFFICER = "officer"
    DEPUTY = "deputy"
    """The second officer an indicator names (부담당자). Who stands in for an absent person (대결) is told anyway."""
    TEAM_LEAD = "team_lead"
    HEAD = "head"
    """Who leads what stands above the department (부서장)."""
    EVALUATOR = "evaluator"
    CONSULTANT = "consultant"
    PARTICIPANT = "participant"
    """Everybody who is to come to a slot, a training session or a meeting."""
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of the sheet 알림.

    days: working days after the deadline's day, negative before it; at: the time of that day. Or minutes: so
    many before the instant itself. repeated: on every working day from then on, until it is done. anytime: sent
    even at night and on days off.
    """

    days: int = 0
    at: time = time(9, 0)
    minutes: int | None = None
    repeated: bool = False
    anytime: bool = False


Rules = Mapping[DeadlineKind, Mapping[Audience, Sequence[Rule]]]

_BEFORE = (Rule(days=-7), Rule(days=-3), Rule(days=-1), Rule(days=0))
_OWN = (*_BEFORE, Rule(days=1, repeated=True))
_WHEN_LATE = (Rule(days=1, repeated=True),)
_TO_COME = (Rule(days=-1), Rule(minutes=30, anytime=True))

DEFAULTS: Rules = MappingProxyType(
    {
        DeadlineKind.REPORT: {
            Audience.OFFICER: _OWN,
            Audience.TEAM_LEAD: (Rule(days=-1, repeated=True),),
            Audience.ADMINISTRATOR: _WHEN_LATE,
        },
        DeadlineKind.RETURN: {
            Audience.OFFICER: _OWN,
            Audience.TEAM_LEAD: (Rule(days=-1, repeated=True),),
            Audience.ADMINISTRATOR: _WHEN_LATE,
        },
        DeadlineKind.CONFIRMATION: {Audience.TEAM_LEAD: _OWN, Audience.ADMINISTRATOR: _WHEN_LATE},
        DeadlineKind.REVIEW: {Audience.EVALUATOR: _OWN, Audience.ADMINISTRATOR: _WHEN_LATE},
        DeadlineKind.OBJECTION: {
            Audience.OFFICER: _BEFORE,
            Audience.EVALUATOR: _OWN,
            Audience.ADMINISTRATOR: _WHEN_LATE,
        },
        DeadlineKind.CONSULTATION: {
            Audience.OFFICER: _OWN,
            Audience.CONSULTANT: _OWN,
            Audience.ADMINISTRATOR: _WHEN_LATE,
            Audience.PARTICIPANT: _TO_COME,
        },
        DeadlineKind.RATING: {Audience.OFFICER: _OWN, Audience.ADMINISTRATOR: _WHEN_LATE},
        DeadlineKind.EVENT: {Audience.OFFICER: _BEFORE, Audience.PARTICIPANT: _TO_COME},
    }
)


def with_defaults(given: Iterable[tuple[DeadlineKind, Audience, Rule]]) -> Rules:
    """The rules that hold: a kind the plan names has what the plan says of it and nothing else."""
    own: dict[DeadlineKind, dict[Audience, list[Rule]]] = {}
    for kind, audience, rule in given:
        own.setdefault(kind, {}).setdefault(audience, []).append(rule)
    return {**DEFAULTS, **own}
