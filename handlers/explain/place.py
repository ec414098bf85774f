"""Where an explanation stands, as the data of a step, and who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.explaining import Place
from models.organization import Department, Role
from models.plan import Indicator, Period
from models.rights import may_report
from models.scheme.table import Subject
from models.words import Refusal

_OF_EVALUATION = (Role.EVALUATOR, Role.ADMINISTRATOR)
_OF_DEPARTMENT = (Role.OFFICER, Role.TEAM_LEAD)


def place_of(data: Data) -> Place:
    """The place that a step's data name."""
    as_of = data.get("as_of")
    return Place(
        cycle_id=data["cycle"],
        period_id=data.get("period"),
        scheme=data.get("scheme", ""),
        subject_id=data.get("subject"),
        part=data.get("part", ""),
        indicator_id=data.get("indicator"),
        as_of=datetime.fromisoformat(as_of) if as_of else None,
    )


def go_to(place: Place) -> Go:
    """The step that explains a place."""
    data: dict[str, Any] = {
        "cycle": place.cycle_id,
        "period": place.period_id,
        "scheme": place.scheme,
        "subject": place.subject_id,
        "part": place.part,
        "indicator": place.indicator_id,
        "as_of": place.as_of.isoformat() if place.as_of else None,
    }
    name = "indicator" if place.indicator_id is not None else "part" if place.part else "total"
    return Go(f"explain.{name}", {key: value for key, value in data.items() if value not in (None, "")})


def indicator_explained(indicator: Indicator, period: Period) -> Go:
    """The explanation of an indicator's points in a period."""
    return go_to(Place(indicator.cycle_id, period.id, indicator_id=indicator.id))


def must_see(talk: Talk, place: Place) -> None:
    """Refuses whoever the score is not for."""
    if not _sees(talk, place):
        raise Refusal("이 점수의 근거를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")


def may_see(talk: Talk, data: Data) -> bool:
    """The evaluation office sees everything, a department its own, a person theirs and nobody else's."""
    return _sees(talk, place_of(data))


def _sees(talk: Talk, place: Place) -> bool:
    subject = talk.session.get(Subject, place.subject_id) if place.subject_id is not None else None
    if place.indicator_id is not None and _sees_indicator(talk, place.indicator_id):
        return True
    if subject is None:
        return False
    path = talk.session.get_one(Department, subject.department_id).path
    if any(talk.standing.right(role, path) for role in _OF_EVALUATION):
        return True
    if subject.person_id is not None:
        return subject.person_id == talk.person_id and place.indicator_id is None
    if place.indicator_id is not None:
        # A department sees what counts for it: its own indicators and those below it.
        own = talk.session.get_one(Indicator, place.indicator_id).department_id
        if not talk.session.get_one(Department, own).path.startswith(path):
            return False
    return any(talk.standing.right(role, path) for role in _OF_DEPARTMENT)


def _sees_indicator(talk: Talk, indicator_id: int) -> bool:
    indicator = talk.session.get_one(Indicator, indicator_id)
    path = talk.session.get_one(Department, indicator.department_id).path
    if may_report(talk.standing, indicator, path):
        return True
    return any(talk.standing.right(role, path) for role in (*_OF_EVALUATION, *_OF_DEPARTMENT))
