"""Where an explanation stands, as the data of a step, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.explaining import Place
from models.organization import Department, Role
from models.plan import Cycle, Indicator, Period
from models.planning.holding import holders
from models.rights import may_report
from models.rights import may_see as may_see_reports
from models.scheme.table import Subject
from models.words import Phrase, Refusal

Below = tuple[Place, Phrase]

_OF_EVALUATION = (Role.EVALUATOR, Role.ADMINISTRATOR)
_OF_DEPARTMENT = (Role.OFFICER, Role.TEAM_LEAD)


def place_of(data: Data) -> Place:
    """The place that a step's data name. Refusal where they name none."""
    nowhere = Refusal("설명할 점수를 찾을 수 없습니다. '메뉴'를 입력해 처음부터 다시 선택해 주세요.")
    try:
        as_of = datetime.fromisoformat(data["as_of"]) if data.get("as_of") else None
        place = Place(
            cycle_id=data["cycle"],
            period_id=data.get("period"),
            scheme=data.get("scheme", ""),
            subject_id=data.get("subject"),
            part=data.get("part", ""),
            indicator_id=data.get("indicator"),
            as_of=as_of,
            sheet_cycle_id=data.get("sheet_cycle"),
            sheet_period_id=data.get("sheet_period"),
        )
    except (KeyError, TypeError, ValueError):
        raise nowhere from None
    if as_of is not None and as_of.tzinfo is None:
        raise nowhere
    return place


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
        "sheet_cycle": place.sheet_cycle_id,
        "sheet_period": place.sheet_period_id,
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
    try:
        place = place_of(data)
    except Refusal:
        return False
    return _sees(talk, place)


def seen_below(talk: Talk, place: Place, below: Sequence[Below]) -> list[Below]:
    """What the person may go on to: another subject's total, or of a person's an indicator, is not for everybody."""
    subject = talk.session.get(Subject, place.subject_id) if place.subject_id is not None else None
    is_departments = subject is not None and subject.person_id is None
    # Held while each is looked at, so that it is not read by itself.
    held = _read_at_once(talk.session, [one for one, _ in below])
    seen = [
        (one, label)
        for one, label in below
        if (is_departments and one.subject_id == place.subject_id) or _sees(talk, one)
    ]
    del held
    return seen


def sees_files(talk: Talk, place: Place) -> bool:
    """Whether the person may see the evidence of the place's indicator."""
    indicator = talk.session.get(Indicator, place.indicator_id)
    if indicator is None:
        return False
    return may_see_reports(talk.standing, indicator, _path(talk, indicator.department_id))


def _sees(talk: Talk, place: Place) -> bool:
    if place.indicator_id is not None:
        return _sees_indicator(talk, place)
    subject = talk.session.get(Subject, place.subject_id or 0)
    return subject is not None and _sees_subject(talk, subject)


def _sees_subject(talk: Talk, subject: Subject) -> bool:
    path = _path(talk, subject.department_id)
    if any(talk.standing.right(role, path) for role in _OF_EVALUATION):
        return True
    if subject.person_id is not None:
        return subject.person_id == talk.person_id
    return any(talk.standing.right(role, path) for role in _OF_DEPARTMENT)


def _sees_indicator(talk: Talk, place: Place) -> bool:
    indicator = talk.session.get(Indicator, place.indicator_id)
    if indicator is None:
        return False
    path = _path(talk, indicator.department_id)
    if may_report(talk.standing, indicator, path):
        return True
    if any(talk.standing.right(role, path) for role in (*_OF_EVALUATION, *_OF_DEPARTMENT)):
        return True
    subject = talk.session.get(Subject, place.subject_id) if place.subject_id is not None else None
    if subject is None or subject.person_id is not None or not _sees_subject(talk, subject):
        return False
    # A department sees what counts for it, be it that the indicator has gone to another one since.
    cycle_id, period_id = place.sheet
    sheet = talk.session.get(Cycle, cycle_id) if period_id is None else talk.session.get(Period, period_id)
    if sheet is None:
        return False
    held_by = holders(talk.session, [place.indicator_id or 0], sheet.ends_on)
    own = _path(talk, subject.department_id)
    return any(_path(talk, department).startswith(own) for department in held_by)


def _read_at_once(session: Session, places: Sequence[Place]) -> list[object]:
    indicators = select(Indicator).where(col(Indicator.id).in_({one.indicator_id for one in places}))
    subjects = select(Subject).where(col(Subject.id).in_({one.subject_id for one in places}))
    return [*session.exec(indicators), *session.exec(subjects), *session.exec(select(Department))]


def _path(talk: Talk, department_id: int) -> str:
    return talk.session.get_one(Department, department_id).path
