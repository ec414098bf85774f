"""Bonus and deduction: proposed with a reason, decided by somebody who did not propose it and does not gain by it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.organization import Role
from models.period import close
from models.plan import Period
from models.scheme.adjusting import awaits, confirm, drop, propose, take_back, withdraw
from models.scheme.adjustment_file import AdjustmentFile, adjustments_seen_by, counted_of, open_adjustment
from models.scheme.result import result_of
from models.scheme.table import AdjustmentState, Source
from models.store import Database
from models.words import Refusal
from tests.dialogues import city
from tests.kit.consultation import add_person
from tests.kit.schemes import PEOPLE, add_scheme, at_work, cycle_id, institutions, period_id, subject_id

OTHER = "9002"
Verb = Callable[..., AdjustmentFile]


@pytest.fixture
def adjusted(hanbit: Database) -> Database:
    institutions(hanbit)
    add_person(hanbit, OTHER, "배관리", Role.ADMINISTRATOR)
    return hanbit


def proposes(
    database: Database, person: str = city.EVALUATOR, points: str = "1.5", *, to: str = "GA", part: str = "PLUS",
    period: str | None = None, scheme: str = "INST",
) -> int:  # fmt: skip
    with database.write() as session:
        key = period_id(session, period) if period else None
        doer, subject = at_work(session, person, city.MONDAY), subject_id(session, to, scheme)
        return propose(session, doer, subject, part, key, Decimal(points), "우수사례 경진대회 최우수").id


def decides(
    database: Database, verb: Verb, person: str, adjustment: int, revision: int = 0
) -> AdjustmentState:
    with database.write() as session:
        doer = at_work(session, person, city.MONDAY)
        return verb(session, doer, adjustment, revision, "상장을 확인함").adjustment.state


def points(database: Database, part: str = "PLUS") -> Decimal:
    with database.read() as session:
        result = result_of(session, cycle_id(session), "INST", None)
    (one,) = [one for one in result.subjects if one.subject.code == "GA"]
    return next(score.points for score in one.score.parts if score.part.code == part)


def test_what_is_confirmed_counts_and_what_is_withdrawn_does_not_any_more(any_hanbit: Database) -> None:
    institutions(adjusted := any_hanbit)
    add_person(adjusted, OTHER, "배관리", Role.ADMINISTRATOR)
    one = proposes(adjusted)
    assert points(adjusted) == 0
    assert decides(adjusted, confirm, OTHER, one) is AdjustmentState.CONFIRMED
    assert points(adjusted) == Decimal("1.5")
    assert decides(adjusted, withdraw, OTHER, one, 1) is AdjustmentState.WITHDRAWN
    assert points(adjusted) == 0
    with adjusted.read() as session:
        rows = session.exec(select(AuditRow.action).where(AuditRow.subject == "adjustment:1")).all()
    assert rows == ["adjustment.propose", "adjustment.confirmed", "adjustment.withdrawn"]


def test_more_may_be_confirmed_than_counts(adjusted: Database) -> None:
    for _ in range(2):
        decides(adjusted, confirm, OTHER, proposes(adjusted))
    assert points(adjusted) == 2
    with adjusted.read() as session:
        assert counted_of(session, subject_id(session, "GA"), "PLUS") == 3


def test_a_deduction_is_proposed_as_what_it_takes_off(adjusted: Database) -> None:
    decides(adjusted, confirm, OTHER, proposes(adjusted, part="MINUS"))
    assert points(adjusted, "MINUS") == Decimal("-1.5")
    with pytest.raises(Refusal, match="0보다 크게"):
        proposes(adjusted, points="-1", part="MINUS")


@pytest.mark.parametrize("verb", [confirm, drop])
def test_nobody_decides_on_what_they_proposed_nor_does_their_deputy(adjusted: Database, verb: Verb) -> None:
    one = proposes(adjusted)
    for person in (city.EVALUATOR, city.STAND_IN):
        with pytest.raises(Refusal, match="본인이 제안한"):
            decides(adjusted, verb, person, one)
    decides(adjusted, verb, city.OTHER_EVALUATOR, one)


@pytest.mark.parametrize("verb", [confirm, drop])
def test_nobody_decides_on_what_was_proposed_in_their_name(adjusted: Database, verb: Verb) -> None:
    one = proposes(adjusted, city.STAND_IN)
    with pytest.raises(Refusal, match="본인이 제안한"):
        decides(adjusted, verb, city.EVALUATOR, one)
    decides(adjusted, verb, city.OTHER_EVALUATOR, one)


def test_nobody_decides_on_what_their_own_department_gets(adjusted: Database) -> None:
    add_person(adjusted, "9003", "총관리", Role.ADMINISTRATOR, "GA")
    add_person(adjusted, "9004", "국평가", Role.EVALUATOR, "AD")
    one = proposes(adjusted)
    with pytest.raises(Refusal, match="본인이 속한 부서"):
        make_city_wide(adjusted, "9003")
        decides(adjusted, confirm, "9003", one)
    assert decides(adjusted, confirm, "9004", one) is AdjustmentState.CONFIRMED


def make_city_wide(database: Database, code: str) -> None:
    from models.organization import Person, RoleHeld

    with database.write() as session:
        person = session.exec(select(Person.id).where(Person.code == code)).one()
        session.add(RoleHeld(person_id=person or 0, role=Role.ADMINISTRATOR))


@pytest.mark.parametrize("person", [city.OFFICER, city.LEAD, city.CIVIL])
def test_a_department_neither_proposes_nor_decides(adjusted: Database, person: str) -> None:
    with pytest.raises(Refusal, match="관리자, 평가자, 소관부서만"):
        proposes(adjusted, person)
    with pytest.raises(Refusal, match="관리자나 평가자만"):
        decides(adjusted, confirm, person, proposes(adjusted))


def test_an_owner_proposes_what_its_part_says(hanbit: Database) -> None:
    part = {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 2, "owner": "CI"}
    add_scheme(hanbit, [part], [{"place": "GA"}])
    proposes(hanbit, city.CIVIL)
    with pytest.raises(Refusal):
        proposes(hanbit, city.CARER)


def test_nobody_proposes_their_own(hanbit: Database) -> None:
    part = {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 2}
    add_scheme(hanbit, [part], [{"person": city.EVALUATOR}], **PEOPLE)
    with pytest.raises(Refusal, match="본인의 가감점은"):
        proposes(hanbit, to=city.EVALUATOR, scheme="PERS")
    with pytest.raises(Refusal, match="본인의 가감점은"):
        proposes(hanbit, city.STAND_IN, to=city.EVALUATOR, scheme="PERS")
    proposes(hanbit, city.OTHER_EVALUATOR, to=city.EVALUATOR, scheme="PERS")


def test_of_two_who_decide_the_second_is_told_who_did(adjusted: Database) -> None:
    one = proposes(adjusted)
    decides(adjusted, drop, OTHER, one)
    with pytest.raises(Refusal, match=r"배관리 님이 .*먼저 반영하지 않기로"):
        decides(adjusted, confirm, city.ADMINISTRATOR, one)


def test_what_was_seen_before_it_changed_is_not_decided_on(adjusted: Database) -> None:
    one = proposes(adjusted)
    decides(adjusted, confirm, OTHER, one)
    with pytest.raises(Refusal, match="먼저 확정했습니다"):
        decides(adjusted, withdraw, city.ADMINISTRATOR, one, 0)


def test_only_bonus_and_deduction_are_proposed(adjusted: Database) -> None:
    with pytest.raises(Refusal, match="가점이나 감점 항목이 아닙니다"):
        proposes(adjusted, part="COMM")


def test_only_who_proposed_it_takes_it_back_and_only_before_it_is_decided(adjusted: Database) -> None:
    proposed = proposes(adjusted, city.ADMINISTRATOR)
    with pytest.raises(Refusal, match="제안한 사람만"):
        decides(adjusted, take_back, OTHER, proposed)
    assert decides(adjusted, take_back, city.ADMINISTRATOR, proposed) is AdjustmentState.DROPPED
    with pytest.raises(Refusal, match="먼저 반영하지 않기로"):
        decides(adjusted, confirm, OTHER, proposed)
    confirmed = proposes(adjusted, city.ADMINISTRATOR)
    decides(adjusted, confirm, OTHER, confirmed)
    with pytest.raises(Refusal, match=r"배관리 님이 .*먼저 확정"):
        decides(adjusted, take_back, city.ADMINISTRATOR, confirmed)
    assert points(adjusted) == Decimal("1.5")


def test_what_was_dropped_cannot_be_withdrawn(adjusted: Database) -> None:
    one = proposes(adjusted)
    decides(adjusted, drop, OTHER, one)
    with pytest.raises(Refusal):
        decides(adjusted, withdraw, city.ADMINISTRATOR, one, 1)


def test_in_a_closed_period_nothing_is_proposed_or_decided(adjusted: Database) -> None:
    one = proposes(adjusted, period="H1")
    with adjusted.write() as session:
        doer = at_work(session, city.ADMINISTRATOR, city.MONDAY)
        half = session.get_one(Period, period_id(session, "H1"))
        close(session, doer, half.id or 0, half.revision)
    with pytest.raises(Refusal, match="마감된 기간"):
        decides(adjusted, confirm, OTHER, one)
    with pytest.raises(Refusal, match="마감된 기간"):
        proposes(adjusted, period="H1")


def test_its_department_learns_of_it_once_it_is_confirmed(adjusted: Database) -> None:
    one = proposes(adjusted)
    assert (sees(adjusted, city.OFFICER), sees(adjusted, city.CIVIL)) == ([], [])
    decides(adjusted, confirm, OTHER, one)
    assert (sees(adjusted, city.OFFICER), sees(adjusted, city.LEAD)) == ([one], [one])
    assert sees(adjusted, city.CIVIL) == []
    assert sees(adjusted, city.ADMINISTRATOR) == [one]


def sees(database: Database, person: str) -> list[int]:
    with database.read() as session:
        return [one.id for one in adjustments_seen_by(session, at_work(session, person, city.MONDAY))]


def test_what_is_decided_awaits_nobody(adjusted: Database) -> None:
    one = proposes(adjusted)
    with adjusted.read() as session:
        doers = [at_work(session, code, city.MONDAY) for code in (city.EVALUATOR, OTHER)]
        assert [awaits(session, doer, open_adjustment(session, one)) for doer in doers] == [False, True]
    decides(adjusted, drop, OTHER, one)
    with adjusted.read() as session:
        assert not awaits(session, at_work(session, OTHER, city.MONDAY), open_adjustment(session, one))
