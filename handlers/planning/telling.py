"""Whom to tell of a plan: who drafts it, who consults, who decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.planning.place import go
from models.organization import Role
from models.planning.file import PlanFile
from models.reminding.circle import Circle
from models.scheme.table import Subject
from models.words import Refusal

News = tuple[int, Go]
"""Whom to tell, and what."""


def tell_department(talk: Talk, plan: PlanFile) -> None:
    """The team lead and the officers of the department."""
    circle = Circle.on(talk.session, talk.today)
    leads = circle.nearest(Role.TEAM_LEAD, plan.department_id)
    _tell(talk, circle, [*leads, *circle.nearest(Role.OFFICER, plan.department_id)], go("card", plan))


def tell_lead(talk: Talk, plan: PlanFile) -> None:
    """The team lead; Refusal where there is none."""
    circle = Circle.on(talk.session, talk.today)
    leads = circle.nearest(Role.TEAM_LEAD, plan.department_id)
    if not leads:
        raise Refusal("알릴 팀장이 없습니다. 관리자에게 알려 주세요.")
    _tell(talk, circle, leads, go("card", plan))


def tell_consultants(talk: Talk, plan: PlanFile) -> None:
    """The consultants of the department; Refusal where there is none."""
    circle = Circle.on(talk.session, talk.today)
    consultants = circle.nearest(Role.CONSULTANT, plan.department_id)
    if not consultants:
        raise Refusal("컨설턴트가 정해지지 않았습니다. 팀장이 바로 검토를 요청할 수 있습니다.")
    _tell(talk, circle, consultants, go("card", plan))


def tell_evaluators(talk: Talk, plan: PlanFile) -> None:
    """Those who decide on the plan: not by who handed it in."""
    circle = Circle.on(talk.session, talk.today)
    author = plan.plan.changed_by_id if plan.plan else None
    _tell(talk, circle, circle.nearest(Role.EVALUATOR, plan.department_id, {author}), go("card", plan))


def news_of_evaluation(
    session: Session, today: date, department_ids: Sequence[int], subjects: Iterable[Subject], reason: str
) -> list[News]:
    """For the evaluation office: an extra prior evaluation (추가 사전평가) of these subjects is due."""
    circle = Circle.on(session, today)
    office = [one for place in department_ids for one in circle.nearest(Role.EVALUATOR, place)]
    data = {
        "departments": list(department_ids), "subjects": [one.id for one in subjects], "reason": reason,
    }  # fmt: skip
    people = circle.receivers([*office, *circle.everywhere(Role.ADMINISTRATOR)])
    return [(person_id, Go("plan.again", data)) for person_id in people]


def _tell(talk: Talk, circle: Circle, people: Iterable[int], screen: Go) -> None:
    for person_id in circle.receivers(people):
        talk.tell(person_id, screen)
