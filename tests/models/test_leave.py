"""Absences and who stands in, as rules: who may register, name and end what, and what the audit says of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.absence import candidates, come_back, deputies_between, leads_to_tell, name_deputy, register
from models.audit import AuditRow
from models.clock import local_day
from models.doer import Doer
from models.leave import Leave
from models.organization import Department, DepartmentKind, Person, Role, RoleHeld
from models.reminding.circle import Circle
from models.rights import standing_of
from models.store import Database
from models.words import Refusal
from tests.kit.city import JULY, City, small_city

Verb = Callable[[Session, Doer], Any]
TODAY = local_day(JULY)
"""Monday 15 July 2019."""
WEDNESDAY, FRIDAY = TODAY + timedelta(days=2), TODAY + timedelta(days=4)


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """한빛시 on either database, with colleagues in 총무과 and nobody standing in for anybody."""
    found = small_city(tmp_path, any_database)
    with found.database.write() as session:
        for held in session.exec(select(RoleHeld).where(RoleHeld.role == Role.DEPUTY)):
            session.delete(held)
        for code in ("second", "third"):
            person = Person(code=code, name=code, department_id=found.departments["GEN"])
            session.add(person)
            session.flush()
            found.people[code] = person.id or 0
    return found


def _do(city: City, person: str, verb: Verb, days: int = 0) -> Any:
    with city.database.write() as session:
        return verb(session, city.at_work(session, person, JULY + timedelta(days=days)))


def _registers(city: City, person: str, first: date, last: date, deputy: str = "", days: int = 0) -> int:
    key = city.people.get(deputy)

    def verb(session: Session, doer: Doer) -> int:
        return register(session, doer, first, last, key)[0].id or 0

    done: int = _do(city, person, verb, days)
    return done


def _names(city: City, doer: str, person: str, deputy: str) -> None:
    ids = city.people
    _do(city, doer, lambda s, d: name_deputy(s, d, ids[person], ids[deputy], WEDNESDAY, FRIDAY))


def _deputies(city: City, person: str, first: date, last: date) -> list[str]:
    codes = {key: code for code, key in city.people.items()}
    with city.database.read() as session:
        held = deputies_between(session, city.people[person], first, last)
        return [codes[one.person_id] for one in held]


def test_a_deputy_has_the_rights_on_those_days_and_on_no_other(city: City) -> None:
    _registers(city, "officer", WEDNESDAY, FRIDAY, "second")
    with city.database.read() as session:
        days = [
            day
            for day in range(14, 24)
            if standing_of(session, city.people["second"], date(2019, 7, day)).stood_in_for()
        ]
    assert days == [17, 18, 19]


def test_the_office_of_an_administrator_is_not_handed_on(city: City) -> None:
    city.change(Person, city.people["second"], department_id=city.departments["CITY"])
    _registers(city, "administrator", TODAY, FRIDAY, "second")
    with city.database.read() as session:
        assert not standing_of(session, city.people["second"], TODAY).has(Role.ADMINISTRATOR)


def test_everything_is_in_the_audit(city: City) -> None:
    leave = _registers(city, "officer", WEDNESDAY, FRIDAY, "second")
    _names(city, "lead", "officer", "third")
    _do(city, "officer", lambda s, d: come_back(s, d, leave))
    with city.database.read() as session:
        query = select(AuditRow).where(col(AuditRow.action).startswith("absence."))
        rows = session.exec(query.order_by(col(AuditRow.id))).all()
    codes = {key: code for code, key in city.people.items()}
    assert [(codes[row.person_id or 0], row.action) for row in rows] == [
        ("officer", "absence.register"),
        ("officer", "absence.deputy"),
        ("lead", "absence.deputy"),
        ("officer", "absence.end"),
    ]
    assert rows[2].subject == f"person:{city.people['officer']}"


def test_a_lead_names_deputies_below_and_nowhere_else(city: City) -> None:
    _names(city, "lead", "officer", "second")
    assert _deputies(city, "officer", FRIDAY, FRIDAY) == ["second"]
    for doer, person in (
        ("lead", "carer"),
        ("second", "officer"),
        ("officer", "lead"),
        ("lead", "evaluator"),
    ):
        with pytest.raises(Refusal, match="본인이나 소속 부서의 팀장"):
            _names(city, doer, person, "third")


def test_another_department_does_not_stand_in(city: City) -> None:
    with pytest.raises(Refusal, match="대결할 수 없습니다"):
        _registers(city, "officer", WEDNESDAY, FRIDAY, "carer")
    with pytest.raises(Refusal, match="대결할 수 없습니다"):
        _registers(city, "officer", WEDNESDAY, FRIDAY, "officer")


def test_who_leads_a_bureau_is_stood_in_for_from_below(city: City) -> None:
    with city.database.read() as session:
        found = {one.code for one in candidates(session, city.people["lead"], WEDNESDAY, FRIDAY)}
    assert found == {"officer", "second", "third", "deputy", "civil"}


def test_an_absence_that_touches_another_is_refused(city: City) -> None:
    _registers(city, "officer", WEDNESDAY, FRIDAY)
    for first, last in ((TODAY, WEDNESDAY), (FRIDAY, FRIDAY), (TODAY, FRIDAY + timedelta(days=9))):
        with pytest.raises(Refusal, match="이미 부재로"):
            _registers(city, "officer", first, last)
    _registers(city, "officer", TODAY, WEDNESDAY - timedelta(days=1))
    _registers(city, "second", WEDNESDAY, FRIDAY)


def test_days_past_are_refused(city: City) -> None:
    with pytest.raises(Refusal, match="지난 날의 부재"):
        _registers(city, "officer", TODAY - timedelta(days=1), FRIDAY)


def test_coming_back_ends_the_absence_and_the_deputy_s_rights_with_yesterday(city: City) -> None:
    leave = _registers(city, "officer", TODAY, FRIDAY, "second")
    _do(city, "officer", lambda s, d: come_back(s, d, leave), days=2)
    with city.database.read() as session:
        assert session.get_one(Leave, leave).ends_on == TODAY + timedelta(days=1)
    assert _deputies(city, "officer", TODAY, WEDNESDAY - timedelta(days=1)) == ["second"]
    assert _deputies(city, "officer", WEDNESDAY, FRIDAY) == []


def test_who_was_named_for_other_days_stays(city: City) -> None:
    first = _registers(city, "officer", TODAY, TODAY, "second")
    _registers(city, "officer", WEDNESDAY, FRIDAY, "second")
    _do(city, "officer", lambda s, d: come_back(s, d, first))
    assert _deputies(city, "officer", TODAY, TODAY) == []
    assert _deputies(city, "officer", WEDNESDAY, FRIDAY) == ["second"]


def test_who_was_named_for_longer_stays(city: City) -> None:
    _names(city, "lead", "officer", "second")
    leave = _registers(city, "officer", FRIDAY, FRIDAY)
    _do(city, "officer", lambda s, d: come_back(s, d, leave))
    assert _deputies(city, "officer", FRIDAY, FRIDAY) == ["second"]


def test_who_was_named_for_longer_stands_in_again_after_another(city: City) -> None:
    _names(city, "lead", "officer", "second")
    thursday, third = WEDNESDAY + timedelta(days=1), city.people["third"]
    _do(city, "lead", lambda s, d: name_deputy(s, d, city.people["officer"], third, thursday, thursday))
    days = (WEDNESDAY, thursday, FRIDAY)
    assert [_deputies(city, "officer", day, day) for day in days] == [["second"], ["third"], ["second"]]


def test_days_of_a_cancelled_absence_are_free(city: City) -> None:
    leave = _registers(city, "officer", WEDNESDAY, FRIDAY)
    _do(city, "officer", lambda s, d: come_back(s, d, leave))
    _registers(city, "officer", WEDNESDAY, FRIDAY)


def test_the_plan_s_own_deputy_stays(city: City) -> None:
    with city.database.write() as session:
        session.add(
            RoleHeld(
                person_id=city.people["third"],
                role=Role.DEPUTY,
                department_id=city.departments["GEN"],
                stands_in_for_id=city.people["officer"],
            )
        )
    leave = _registers(city, "officer", TODAY, FRIDAY, "second")
    _do(city, "officer", lambda s, d: come_back(s, d, leave))
    assert _deputies(city, "officer", TODAY, FRIDAY) == ["third"]


def test_an_absence_is_ended_once_and_by_nobody_else(city: City) -> None:
    leave = _registers(city, "officer", WEDNESDAY, FRIDAY)
    with pytest.raises(Refusal, match="본인의 부재"):
        _do(city, "lead", lambda s, d: come_back(s, d, leave))
    _do(city, "officer", lambda s, d: come_back(s, d, leave))
    with pytest.raises(Refusal, match="이미 끝났거나 취소된"):
        _do(city, "officer", lambda s, d: come_back(s, d, leave))


def test_who_leads_is_told_and_for_a_lead_who_leads_above(city: City) -> None:
    with city.database.write() as session:
        top = session.exec(select(Department).where(Department.kind == DepartmentKind.CITY)).one()
        mayor = Person(code="mayor", name="시장", department_id=top.id)
        session.add(mayor)
        session.flush()
        session.add(RoleHeld(person_id=mayor.id or 0, role=Role.TEAM_LEAD, department_id=top.id))
        session.flush()
        circle = Circle.on(session, TODAY)
        assert leads_to_tell(session, circle, city.people["officer"]) == (city.people["lead"],)
        assert leads_to_tell(session, circle, city.people["lead"]) == (mayor.id,)
        assert leads_to_tell(session, circle, mayor.id or 0) == ()


def test_of_two_presses_at_once_one_ends_it(city: City) -> None:
    leave = _registers(city, "officer", WEDNESDAY, FRIDAY)
    both = Barrier(2)

    def press(_number: int) -> bool:
        both.wait()
        try:
            _do(city, "officer", lambda s, d: come_back(s, d, leave))
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [False, True]
