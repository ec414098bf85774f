"""Whom to tell of an appeal: who decides on it, and whose score it is."""

from __future__ import annotations

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.appeal.reading import AppealFile, barred_from_deciding
from models.organization import Role
from models.reminding.circle import Circle
from models.reminding.of_appeals import deciders


def tell_deciders(talk: Talk, opened: AppealFile) -> None:
    """Puts it before the evaluators who may decide; where there is none, before administrators, who can name one."""
    circle = Circle.on(talk.session, talk.today)
    barred = barred_from_deciding(talk.session, opened)
    people = [one for one in circle.receivers(deciders(talk.session, circle, opened)) if one not in barred]
    for person_id in people or circle.everywhere(Role.ADMINISTRATOR):
        talk.tell(person_id, Go("appeals.card", {"appeal": opened.id}))


def tell_department(talk: Talk, opened: AppealFile) -> None:
    """Tells who filed it, the indicator's officers and the department's team lead what became of it."""
    circle = Circle.on(talk.session, talk.today)
    appeal, indicator = opened.appeal, opened.indicator
    theirs = (appeal.filed_by_id, appeal.filed_for_id, indicator.officer_id, indicator.deputy_officer_id)
    for person_id in circle.receivers((*theirs, *circle.nearest(Role.TEAM_LEAD, appeal.department_id))):
        talk.tell(person_id, Go("appeals.card", {"appeal": opened.id}))
