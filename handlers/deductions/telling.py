"""Whom to tell of a deduction: who decides on it, and whose points they are."""

from __future__ import annotations

from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.consultation.deduction_file import DeductionFile
from models.organization import Role
from models.reminding.circle import Circle


def tell_administrators(talk: Talk, deduction_id: int) -> None:
    """Puts it before those who decide on it."""
    circle = Circle.on(talk.session, talk.today)
    for person_id in circle.everywhere(Role.ADMINISTRATOR):
        talk.tell(person_id, Go("deductions.card", {"deduction": deduction_id}))


def tell_department(talk: Talk, opened: DeductionFile) -> None:
    """Tells the department's lead and who booked or, where nobody did, its officers; and who objected."""
    circle = Circle.on(talk.session, talk.today)
    place = opened.deduction.department_id
    officers, leads = circle.over(Role.OFFICER, place), circle.over(Role.TEAM_LEAD, place)
    booked = opened.booking.person_id if opened.booking is not None else None
    named = [one for one in (booked, opened.deduction.objected_by_id) if one in (*officers, *leads)]
    told = [*circle.nearest(Role.TEAM_LEAD, place), *(named or circle.nearest(Role.OFFICER, place))]
    for person_id in circle.receivers(told):
        talk.tell(person_id, Go("deductions.card", {"deduction": opened.id}))
