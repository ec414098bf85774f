"""Who is told about somebody's work: themselves, who stands in for them, who leads."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, delete, select

from models.leave import Leave
from models.organization import Person, Role, RoleHeld
from models.reminding.circle import Circle
from tests.reminding.hall import Hall

DAY = date(2019, 7, 10)


def receivers(hall: Hall, *people: str, on: date = DAY) -> set[str]:
    names = {key: code for code, key in hall.people.items()}
    with hall.database.read() as session:
        found = Circle.on(session, on).receivers([hall.people[one] for one in people])
    return {names[one] for one in found}


def test_who_stands_in_is_told_as_well_and_alone_while_the_other_is_away(hall: Hall) -> None:
    hall.stands_in("spare", "a", "2019-07-01", "2019-07-31")
    assert receivers(hall, "a") == {"a", "spare"}
    hall.is_away("a", "2019-07-10", "2019-07-10")
    assert receivers(hall, "a") == {"spare"}
    assert receivers(hall, "a", on=date(2019, 7, 11)) == {"a", "spare"}
    assert receivers(hall, "a", on=date(2019, 8, 1)) == {"a"}


def test_who_is_away_with_nobody_to_stand_in_is_told_all_the_same(hall: Hall) -> None:
    hall.is_away("a", "2019-07-08", "2019-07-12")
    assert receivers(hall, "a") == {"a"}
    hall.stands_in("spare", "a")
    hall.is_away("spare", "2019-07-10", "2019-07-11")
    assert receivers(hall, "a") == {"a"}


def test_who_has_left_is_not_told_and_stands_in_for_nobody(hall: Hall) -> None:
    hall.stands_in("spare", "a")
    hall.leaves("spare", DAY)
    assert receivers(hall, "a") == {"a"}
    hall.leaves("a", DAY)
    assert receivers(hall, "a") == set()
    assert receivers(hall, "a", on=date(2019, 7, 9)) == {"a", "spare"}


def test_a_leave_that_was_cancelled_is_none(hall: Hall) -> None:
    hall.stands_in("spare", "a")
    leave = hall.is_away("a", "2019-07-08", "2019-07-12")
    hall.changes(Leave, leave, is_cancelled=True)
    assert receivers(hall, "a") == {"a", "spare"}


def test_the_nearest_who_leads_those_above_and_everybody(hall: Hall) -> None:
    lead, head = hall.people["lead"], hall.people["head"]
    with hall.database.read() as session:
        circle = Circle.on(session, DAY)
    in_d, in_e, in_b = (hall.places[place] for place in "DEB")
    assert circle.nearest(Role.TEAM_LEAD, in_d) == (lead,)
    assert circle.above(Role.TEAM_LEAD, in_d) == (head,)
    assert circle.over(Role.TEAM_LEAD, in_d) == (lead, head)
    # Where nobody leads in the department itself, who leads above it is nearest, and nobody is above.
    assert circle.nearest(Role.TEAM_LEAD, in_e) == (head,) == circle.nearest(Role.TEAM_LEAD, in_b)
    assert circle.above(Role.TEAM_LEAD, in_e) == ()
    assert circle.nearest(Role.EVALUATOR, in_e) == (hall.people["evaluator"],)
    assert circle.everywhere(Role.OFFICER) == tuple(hall.people[one] for one in "abe")


def test_when_a_lead_leaves_the_one_above_is_nearest(hall: Hall) -> None:
    hall.leaves("lead", DAY)
    with hall.database.read() as session:
        assert Circle.on(session, DAY).nearest(Role.TEAM_LEAD, hall.places["D"]) == (hall.people["head"],)


def test_it_is_read_once_and_again_when_somebodys_standing_changes(hall: Hall) -> None:
    with hall.database.write() as session:
        first = Circle.on(session, DAY)
        assert Circle.on(session, DAY) is first
        assert Circle.on(session, date(2019, 7, 11)) is not first

        lead = hall.people["lead"]
        session.add(Leave(person_id=lead, starts_on=DAY, ends_on=DAY))
        assert lead in Circle.on(session, DAY).away  # not even written yet
        session.get_one(Person, lead).left_on = DAY
        session.flush()
        assert lead not in Circle.on(session, DAY).here
        session.execute(delete(RoleHeld).where(col(RoleHeld.person_id) == hall.people["head"]))
        assert Circle.on(session, DAY).nearest(Role.TEAM_LEAD, hall.places["D"]) == ()
        kept = Circle.on(session, DAY)
        session.exec(select(Person)).all()
        assert Circle.on(session, DAY) is kept
