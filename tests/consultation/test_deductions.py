"""Deductions for not taking part: proposed, decided on by somebody else's administrator, objected to, settled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.book import BOOK
from models.audit import AuditRow
from models.consultation.attendance import mark
from models.consultation.booking import Booking, BookingState
from models.consultation.deducting import confirm, drop, may_decide, object_to
from models.consultation.deducting import settle as settle_objection
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.deduction_file import (
    DeductionFile,
    deductions_seen_by,
    open_deduction,
)
from models.consultation.programme import Programme, ProgrammeKind, Slot, SlotState
from models.doer import Doer
from models.organization import Department, DepartmentKind, Person, Role, RoleHeld
from models.plan import Indicator
from models.scheme.given import deductions
from models.special_days import SpecialDay
from models.store import Database
from models.words import Refusal
from scheduler.absences import AT_ONCE, propose_absences
from tests.consultation.held import AFTER, POINTS, Held, another_administrator, books, held
from tests.consultation.place import MONDAY, NOW, Place, settle

Verb = Callable[[Session, Doer], Any]
State = DeductionState
CONFIRMED, OBJECTED = State.CONFIRMED, State.OBJECTED


@pytest.fixture
def one_place(database: Database) -> Place:
    """The city on SQLite alone."""
    return settle(database)


def proposed(place: Place) -> tuple[Held, int]:
    """A consultation to which the first department did not come; its deduction."""
    consultation = held(place)
    found = place.does("한연구", consultation.marking(0, came=False)).proposed
    assert found is not None
    place.now = AFTER
    return consultation, found


def confirming(found: int, revision: int = 0) -> Verb:
    return lambda session, doer: confirm(session, doer, found, revision, "통보 없이 불참")


def dropping(found: int, reason: str = "국정감사와 겹침") -> Verb:
    return lambda session, doer: drop(session, doer, found, 0, reason)


def objecting(found: int, revision: int = 1, text: str = "같은 시간에 긴급회의가 있었습니다.") -> Verb:
    return lambda session, doer: object_to(session, doer, found, revision, text)


def settling(found: int, *, upheld: bool, revision: int = 2) -> Verb:
    return lambda session, doer: settle_objection(
        session, doer, found, revision, "회의록 확인", upheld=upheld
    )


def deducted(session: Session, department_id: int, cycle_id: int) -> Decimal:
    """What schemes take off the department."""
    theirs = (one for one, _ in deductions(session, cycle_id, None) if one.department_id == department_id)
    return sum((one.points for one in theirs), Decimal(0))


def points(place: Place, number: int = 0) -> Decimal:
    with place.database.read() as session:
        return deducted(session, place.departments[number], place.cycle_id)


def opened(place: Place, found: int) -> DeductionFile:
    with place.database.write() as session:
        return open_deduction(session, found)


def clock_works(place: Place) -> list[int]:
    """Everything the clock proposes now; the departments, by number."""
    with place.database.write() as session:
        while propose_absences(session, BOOK, place.now):
            pass
    with place.database.read() as session:
        never = session.exec(select(Deduction.department_id).order_by(Deduction.id)).all()  # type: ignore[arg-type]
    return [place.departments.index(one) for one in never]


def test_a_proposal_takes_nothing_off_until_it_is_confirmed(one_place: Place) -> None:
    _, found = proposed(one_place)
    assert points(one_place) == 0
    one_place.does("강관리", confirming(found))
    assert points(one_place) == POINTS and points(one_place, 1) == 0


def test_the_department_may_object_until_six_in_the_evening_a_week_later(one_place: Place) -> None:
    _, found = proposed(one_place)
    confirmed = one_place.does("강관리", confirming(found)).deduction
    assert confirmed.objection_due == datetime(2019, 7, 22, 9, 0, tzinfo=UTC)
    assert (confirmed.decided_by_id, confirmed.decided_at) == (one_place.people["강관리"], AFTER)


def test_the_last_day_to_object_is_never_a_day_off(one_place: Place) -> None:
    _, found = proposed(one_place)
    with one_place.database.write() as session:
        session.add(SpecialDay(day=date(2019, 7, 22), name="개청기념일"))
    confirmed = one_place.does("강관리", confirming(found)).deduction
    assert confirmed.objection_due == datetime(2019, 7, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["한연구", "정평가", "담당0", "최팀장"])
def test_only_an_administrator_decides(one_place: Place, who: str) -> None:
    _, found = proposed(one_place)
    for verb in (confirming(found), dropping(found)):
        assert one_place.refused(who, verb).startswith("관리자만 할 수 있는 일입니다.")


def test_a_decision_wants_a_reason(one_place: Place) -> None:
    _, found = proposed(one_place)
    assert one_place.refused("강관리", dropping(found, " ")) == "사유를 적어 주세요."


@pytest.mark.parametrize("belongs", ["person", "lead", "above"])
def test_no_administrator_decides_on_their_own_department(one_place: Place, belongs: str) -> None:
    _, found = proposed(one_place)
    person, home = one_place.people["강관리"], one_place.departments[0]
    if belongs == "person":
        one_place.change(Person, person, department_id=home)
    else:
        with one_place.database.read() as session:
            above = session.get_one(Department, home).parent_id
        where = home if belongs == "lead" else above
        one_place.add(RoleHeld(person_id=person, role=Role.TEAM_LEAD, department_id=where))
    told = one_place.refused("강관리", confirming(found))
    assert told == "본인이 속한 부서의 감점은 결정할 수 없습니다. 다른 관리자에게 요청해 주세요."
    one_place.does(another_administrator(one_place), confirming(found))


def test_what_is_dropped_takes_nothing_off_and_is_not_proposed_again(one_place: Place) -> None:
    consultation, found = proposed(one_place)
    one_place.does("강관리", dropping(found))
    assert points(one_place) == 0
    told = one_place.refused("한연구", consultation.marking(0, came=True))
    assert "감점이 이미 결정되어" in told
    assert 0 in clock_works(one_place) and opened(one_place, found).deduction.state is State.DROPPED


@pytest.mark.parametrize("who", ["담당0", "최팀장"])
def test_the_department_objects_and_the_points_stay_off_meanwhile(one_place: Place, who: str) -> None:
    _, found = proposed(one_place)
    one_place.does("강관리", confirming(found))
    one_place.does(who, objecting(found))
    one = opened(one_place, found).deduction
    assert (one.state, one.objected_by_id, one.objection) == (
        OBJECTED,
        one_place.people[who],
        "같은 시간에 긴급회의가 있었습니다.",
    )
    assert points(one_place) == POINTS


def test_others_do_not_object_for_it(one_place: Place) -> None:
    _, found = proposed(one_place)
    one_place.does("강관리", confirming(found))
    for who in ("담당1", "강관리", "한연구"):
        assert (
            one_place.refused(who, objecting(found)) == "0번과의 담당자와 팀장만 이의를 신청할 수 있습니다."
        )


def test_an_objection_is_taken_until_the_last_moment_and_not_after(one_place: Place) -> None:
    _, found = proposed(one_place)
    due = one_place.does("강관리", confirming(found)).deduction.objection_due
    one_place.now = due + timedelta(seconds=1)
    assert one_place.refused("담당0", objecting(found)) == (
        "이의신청 기한이 7. 22.(월) 18:00에 끝났습니다. 관리자에게 문의해 주세요."
    )
    one_place.now = due
    one_place.does("담당0", objecting(found))


def test_a_department_objects_once(one_place: Place) -> None:
    _, found = proposed(one_place)
    one_place.does("강관리", confirming(found))
    one_place.does("담당0", objecting(found))
    assert "담당0 님이 7. 15.(월) 17:00에 먼저 이의를 신청했습니다." in one_place.refused(
        "최팀장", objecting(found)
    )
    one_place.does(another_administrator(one_place), settling(found, upheld=True))
    assert "먼저 감점을 유지하기로 했습니다." in one_place.refused("최팀장", objecting(found, 3))


@pytest.mark.parametrize(("upheld", "left"), [(True, POINTS), (False, Decimal(0))])
def test_another_administrator_settles_the_objection(one_place: Place, upheld: bool, left: Decimal) -> None:
    _, found = proposed(one_place)
    other = another_administrator(one_place)
    one_place.does("강관리", confirming(found))
    one_place.does("담당0", objecting(found))
    told = one_place.refused("강관리", settling(found, upheld=upheld))
    assert told.startswith("본인이 확정한 감점의 이의신청은 다른 관리자가 결정합니다.")
    settled = one_place.does(other, settling(found, upheld=upheld)).deduction
    assert settled.state is (State.UPHELD if upheld else State.WITHDRAWN)
    assert (settled.settled_by_id, settled.settlement) == (one_place.people[other], "회의록 확인")
    assert points(one_place) == left


def test_whose_decision_is_awaited_is_known(one_place: Place) -> None:
    _, found = proposed(one_place)
    other = another_administrator(one_place)

    def awaited() -> list[str]:
        def is_awaited(session: Session, doer: Doer) -> bool:
            return may_decide(session, doer, open_deduction(session, found))

        return [who for who in ("강관리", other, "담당0") if one_place.does(who, is_awaited)]

    assert awaited() == ["강관리", other]
    one_place.does("강관리", confirming(found))
    assert awaited() == []
    one_place.does("담당0", objecting(found))
    assert awaited() == [other]


def test_a_department_sees_what_was_confirmed_and_nothing_before(one_place: Place) -> None:
    _, found = proposed(one_place)

    def seen(who: str) -> int:
        return one_place.does(who, lambda session, doer: len(deductions_seen_by(session, doer)))

    assert [seen(who) for who in ("강관리", "담당0", "최팀장", "담당1", "한연구")] == [1, 0, 0, 0, 0]
    one_place.does("강관리", confirming(found))
    assert [seen(who) for who in ("강관리", "담당0", "최팀장", "담당1", "한연구")] == [1, 1, 1, 0, 0]


def test_every_decision_is_in_the_audit(one_place: Place) -> None:
    _, found = proposed(one_place)
    other = another_administrator(one_place)
    one_place.does("강관리", confirming(found))
    one_place.does("담당0", objecting(found))
    one_place.does(other, settling(found, upheld=False))
    with one_place.database.read() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.subject == f"deduction:{found}")).all()
    assert [row.action for row in rows] == [
        "deduction.propose", "deduction.confirmed", "deduction.object", "deduction.withdrawn"
    ]  # fmt: skip
    assert rows[1].detail == {"reason": "통보 없이 불참", "points": "2"}


def test_of_two_administrators_who_decide_at_once_one_does_and_the_other_is_told(place: Place) -> None:
    _, found = proposed(place)
    other, start = another_administrator(place), Barrier(2, timeout=30)

    def decide(who: str) -> str:
        start.wait()
        try:
            place.does(who, confirming(found) if who == other else dropping(found))
        except Refusal as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(decide, ("강관리", other)))
    assert told.count("done") == 1
    loser = next(one for one in told if one != "done")
    assert ("배관리 님이" in loser and "먼저 감점을 확정했습니다." in loser) or (
        "강관리 님이" in loser and "먼저 감점하지 않기로 했습니다." in loser
    )


def test_objecting_and_settling_what_was_seen_before_is_refused(one_place: Place) -> None:
    _, found = proposed(one_place)
    one_place.does("강관리", confirming(found))
    assert "먼저 감점을 확정했습니다." in one_place.refused(another_administrator(one_place), dropping(found))


def test_the_points_of_several_programmes_add_up_within_their_cycle(one_place: Place) -> None:
    consultation, found = proposed(one_place)
    one_place.does("강관리", confirming(found))
    second = one_place.programme(absence_points=Decimal("0.5"))
    booking = books(one_place, second, one_place.slot(second), 0)
    other = one_place.does("한연구", lambda session, doer: mark(session, doer, booking, 0, came=False))
    one_place.does("강관리", confirming(other.proposed or 0))
    assert points(one_place) == Decimal("2.5")
    with one_place.database.read() as session:
        assert deducted(session, one_place.departments[0], one_place.cycle_id + 1) == 0
    assert consultation.programme != second


def test_who_never_booked_is_proposed_when_the_last_slot_is_over(place: Place) -> None:
    consultation = held(place)
    place.now = MONDAY + timedelta(hours=1, minutes=39)
    assert clock_works(place) == []
    place.now = MONDAY + timedelta(hours=1, minutes=40)
    assert clock_works(place) == [2]
    found = consultation.deduction(2)
    assert (found.state, found.points, found.booking_id) == (State.PROPOSED, POINTS, None)
    assert clock_works(place) == [2]


def test_nobody_is_proposed_while_booking_goes_on_or_at_night(one_place: Place) -> None:
    consultation = held(one_place, booking_due=AFTER + timedelta(hours=1))
    one_place.now = AFTER
    assert clock_works(one_place) == []
    one_place.change(Programme, consultation.programme, booking_due=NOW)
    one_place.now = AFTER + timedelta(hours=4)  # nine in the evening
    assert clock_works(one_place) == []
    one_place.now = AFTER + timedelta(hours=16)
    assert clock_works(one_place) == [2]


@pytest.mark.parametrize(
    "change",
    [{"absence_points": None}, {"absence_points": Decimal(0)}, {"kind": ProgrammeKind.MEETING}],
    ids=["no points", "zero points", "a meeting"],
)
def test_where_not_coming_costs_nothing_nobody_is_proposed(
    one_place: Place, change: dict[str, object]
) -> None:
    consultation = held(one_place)
    one_place.change(Programme, consultation.programme, **change)
    one_place.now = AFTER
    assert clock_works(one_place) == []


def test_a_consultation_nobody_booked_here_was_held_without_our_help(one_place: Place) -> None:
    held(one_place, booked=0)
    one_place.now = AFTER
    assert clock_works(one_place) == []


def test_a_slot_that_was_called_off_is_not_waited_for(one_place: Place) -> None:
    consultation = held(one_place, booked=1)
    one_place.change(Slot, consultation.slots[1], state=SlotState.CANCELLED)
    one_place.now = MONDAY + timedelta(minutes=45)
    assert clock_works(one_place) == [1, 2]


def test_who_gave_up_their_booking_is_proposed_with_it(one_place: Place) -> None:
    consultation = held(one_place)
    given_up = consultation.bookings[1]
    one_place.change(Booking, given_up, state=BookingState.CANCELLED, seat=None, holder=None)
    one_place.now = AFTER
    assert clock_works(one_place) == [1, 2]
    assert consultation.deduction(1).booking_id == given_up


def test_only_departments_with_indicators_that_still_stand_are_proposed(one_place: Place) -> None:
    held(one_place)
    one_place.change(Department, one_place.departments[2], ends_on=date(2019, 7, 1))
    one_place.now = AFTER
    assert clock_works(one_place) == []
    one_place.change(Department, one_place.departments[2], ends_on=None, kind=DepartmentKind.CITY)
    assert clock_works(one_place) == []
    one_place.change(Department, one_place.departments[2], kind=DepartmentKind.DIVISION)
    one_place.change(Indicator, 3, ends_on=date(2019, 7, 1))
    assert clock_works(one_place) == []
    one_place.change(Indicator, 3, ends_on=None)
    assert clock_works(one_place) == [2]


def test_many_are_proposed_in_several_transactions(database: Database) -> None:
    place = settle(database, departments=AT_ONCE + 5)
    consultation = held(place)
    for number in range(3, AT_ONCE + 5):
        of = {"cycle_id": place.cycle_id, "department_id": place.departments[number]}
        with database.write() as session:
            like = session.exec(select(Indicator)).first()
            assert like is not None
            values = like.model_dump(exclude={"id", "code"}) | of
            session.add(Indicator(code=f"M{number}", **values))
    place.now = AFTER
    with database.write() as session:
        assert propose_absences(session, BOOK, place.now)
    assert len(consultation.deductions()) == AT_ONCE
    assert len(clock_works(place)) == AT_ONCE + 3


def test_who_comes_after_all_frees_the_department_of_what_was_proposed(one_place: Place) -> None:
    consultation = held(one_place)
    one_place.now = AFTER
    clock_works(one_place)
    late = one_place.slot(consultation.programme, hours=9)
    booking = books(one_place, consultation.programme, late, 2)
    one_place.now = MONDAY + timedelta(hours=9, minutes=5)
    marked = one_place.does("한연구", lambda session, doer: mark(session, doer, booking, 0, came=True))
    assert marked.fallen == consultation.deduction(2).id
    assert consultation.deduction(2).state is State.DROPPED


def test_what_an_administrator_has_dropped_is_not_proposed_again_for_another_booking(
    one_place: Place,
) -> None:
    consultation = held(one_place)
    one_place.now = AFTER
    clock_works(one_place)
    found = consultation.deduction(2).id or 0
    one_place.does("강관리", dropping(found))
    late = one_place.slot(consultation.programme, hours=9)
    booking = books(one_place, consultation.programme, late, 2)
    one_place.now = MONDAY + timedelta(hours=9, minutes=5)
    marked = one_place.does("한연구", lambda session, doer: mark(session, doer, booking, 0, came=False))
    assert marked.proposed is None and consultation.deduction(2).state is State.DROPPED


def test_a_press_on_a_proposal_that_fell_away_and_came_again_is_refused(one_place: Place) -> None:
    consultation, found = proposed(one_place)
    for came in (True, False):
        one_place.does("한연구", consultation.marking(0, came=came))
    assert "그사이 내용이 바뀌었습니다." in one_place.refused("강관리", confirming(found))
    one_place.does("강관리", confirming(found, 2))


def test_an_office_over_the_whole_city_is_no_department_of_one_s_own(one_place: Place) -> None:
    _, found = proposed(one_place)
    one_place.add(RoleHeld(person_id=one_place.people["강관리"], role=Role.TEAM_LEAD))
    one_place.does("강관리", confirming(found))
