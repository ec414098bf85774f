"""Items of owner departments: who gives which value when, all or nothing, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session, select

from models.audit import AuditRow
from models.organization import Person, Role
from models.period import close
from models.plan import Period
from models.scheme.items import items_at_hand
from models.scheme.owning import Given, Item, give_value, give_values, newest_of, open_item, values_of
from models.scheme.table import OwnerValue, Source
from models.scoring import Kind
from models.store import Database
from models.words import Refusal
from tests.dialogues import city
from tests.kit.consultation import add_person
from tests.kit.schemes import (
    PARTS,
    PEOPLE,
    add_scheme,
    at_work,
    cycle_id,
    institutions,
    new_version,
    period_id,
    subject_id,
)  # fmt: skip

COMM, BUDGET = "COMM", "BUDGET"


@pytest.fixture
def owned(hanbit: Database) -> Database:
    institutions(hanbit)
    return hanbit


def item(session: Session, part: str = COMM, period: str | None = None, scheme: str = "INST") -> Item:
    key = period_id(session, period) if period else None
    return open_item(session, cycle_id(session), scheme, part, key)


def gives(database: Database, person: str, value: Decimal | None, to: str = "GA", **where: str) -> None:
    with database.write() as session:
        doer = at_work(session, person, city.MONDAY)
        give_value(session, doer, item(session, **where), subject_id(session, to), value)


def closes(database: Database, *periods: str) -> None:
    with database.write() as session:
        doer = at_work(session, city.ADMINISTRATOR, city.MONDAY)
        for code in periods:
            one = session.get_one(Period, period_id(session, code))
            close(session, doer, one.id or 0, one.revision)


def counting(database: Database, **where: str) -> dict[int, Decimal | None]:
    with database.read() as session:
        return {key: one.value for key, one in values_of(session, item(session, **where)).items()}


def test_an_officer_of_the_owner_gives_a_value_and_a_correction_is_the_next_row(any_hanbit: Database) -> None:
    institutions(owned := any_hanbit)
    gives(owned, city.CIVIL, Decimal("7.5"))
    gives(owned, city.CIVIL, Decimal(8))
    with owned.read() as session:
        rows = list(session.exec(select(OwnerValue)))
        assert [row.value for row in rows] == [Decimal("7.5"), Decimal(8)]
        assert values_of(session, item(session))[subject_id(session, "GA")].id == rows[1].id
        audited = session.exec(select(AuditRow).where(AuditRow.action == "owner.give")).all()
    assert [(row.detail["code"], row.detail["value"]) for row in audited] == [("GA", "7.5"), ("GA", "8")]


def test_the_same_value_again_writes_nothing(owned: Database) -> None:
    gives(owned, city.CIVIL, None)
    gives(owned, city.CIVIL, None)
    with owned.read() as session:
        (row,) = session.exec(select(OwnerValue)).all()
    assert row.not_applicable and row.value is None


@pytest.mark.parametrize("person", [city.OFFICER, city.EVALUATOR, city.ADMINISTRATOR])
def test_nobody_else_touches_it(owned: Database, person: str) -> None:
    with pytest.raises(Refusal, match="민원과의 담당자와 팀장만"):
        gives(owned, person, Decimal(1))


def test_who_stands_in_for_the_owner_s_officer_is_named_with_them(owned: Database) -> None:
    gives(owned, city.STAND_IN, Decimal(20), part=BUDGET, period="H1")
    with owned.read() as session:
        (row,) = session.exec(select(OwnerValue)).all()
        assert row.given_for_id == at_work(session, city.EVALUATOR, city.MONDAY).person_id


@pytest.mark.parametrize("value", ["-0.01", "10.01"])
def test_points_lie_between_none_and_those_of_the_part(owned: Database, value: str) -> None:
    with pytest.raises(Refusal, match="0점에서 10점 사이"):
        gives(owned, city.CIVIL, Decimal(value))


def test_a_part_with_a_rule_takes_what_the_rule_takes(hanbit: Database) -> None:
    part = {
        "code": "YN",
        "name": "인증",
        "source": Source.OWNER,
        "points": 5,
        "owner": "CI",
        "kind": Kind.YES_NO,
    }
    institutions(hanbit)
    new_version(hanbit, date(2019, 7, 1), [part])
    gives(hanbit, city.CIVIL, Decimal(1), part="YN")
    with pytest.raises(Refusal, match="달성했으면 1"):
        gives(hanbit, city.CIVIL, Decimal(2), part="YN")


def test_a_closed_period_takes_nothing_and_the_year_nothing_once_all_are_closed(owned: Database) -> None:
    closes(owned, "H1")
    with pytest.raises(Refusal, match="마감된 기간"):
        gives(owned, city.EVALUATOR, Decimal(20), part=BUDGET, period="H1")
    gives(owned, city.EVALUATOR, Decimal(20), part=BUDGET, period="H2")
    gives(owned, city.CIVIL, Decimal(1))
    closes(owned, "H2")
    with pytest.raises(Refusal, match="마감된 기간"):
        gives(owned, city.CIVIL, Decimal(2))


@pytest.mark.parametrize(("part", "period"), [(COMM, "H1"), (BUDGET, None), ("ACH", None), ("PLUS", None)])
def test_only_an_owner_s_part_in_its_own_periods_is_an_item(
    owned: Database, part: str, period: str | None
) -> None:
    with owned.read() as session, pytest.raises(Refusal):
        item(session, part, period)


def test_the_newest_version_says_whose_item_it_is(owned: Database) -> None:
    new_version(owned, date(2019, 7, 1), [dict(PARTS[1]) | {"owner": "PL"}])
    with pytest.raises(Refusal, match="기획예산과의 담당자와 팀장만"):
        gives(owned, city.CIVIL, Decimal(1))
    gives(owned, city.EVALUATOR, Decimal(1))


@pytest.fixture
def personal(hanbit: Database) -> Database:
    """돌봄과's officer and lead rate persons, themselves among them."""
    add_person(hanbit, "7001", "마돌봄", Role.OFFICER, "CA")
    part = {"code": COMM, "name": "소통", "source": Source.OWNER, "points": 100, "owner": "CA"}
    add_scheme(hanbit, [part], [{"person": city.CARER, "place": "CA"}], **PEOPLE)
    return hanbit


def gives_to_a_person(database: Database, person: str) -> None:
    with database.write() as session:
        doer = at_work(session, person, city.MONDAY)
        about = item(session, scheme="PERS")
        give_value(session, doer, about, subject_id(session, city.CARER, "PERS"), Decimal(90))


def test_nobody_gives_a_value_to_themselves_nor_to_whom_they_stand_in_for(personal: Database) -> None:
    with personal.write() as session:
        carer = at_work(session, city.CARER, city.MONDAY).person_id
    add_deputy(personal, "7002", carer)
    for person in (city.CARER, "7002"):
        with pytest.raises(Refusal, match="본인의 점수는 줄 수 없습니다"):
            gives_to_a_person(personal, person)
    gives_to_a_person(personal, "7001")


def add_deputy(database: Database, code: str, for_id: int) -> None:
    from models.organization import RoleHeld

    with database.write() as session:
        person = Person(code=code, name="대행")
        session.add(person)
        session.flush()
        session.add(RoleHeld(person_id=person.id or 0, role=Role.DEPUTY, stands_in_for_id=for_id))


def test_a_workbook_is_taken_whole_or_not_at_all(owned: Database) -> None:
    with pytest.raises(Refusal), owned.write() as session:
        doer = at_work(session, city.CIVIL, city.MONDAY)
        values = [Given(subject_id(session, "GA"), Decimal(9)), Given(subject_id(session, "CA"), Decimal(99))]
        give_values(session, doer, item(session), values)
    assert counting(owned) == {}


def test_what_came_since_the_person_looked_is_not_overwritten(owned: Database) -> None:
    with owned.read() as session:
        seen = newest_of(values_of(session, item(session)).values())
    gives(owned, city.CIVIL, Decimal(3))
    with owned.write() as session:
        doer = at_work(session, city.CIVIL, city.MONDAY)
        with pytest.raises(Refusal, match=r"박민원 님이 .* 먼저 값을"):
            give_values(session, doer, item(session), [Given(subject_id(session, "GA"), Decimal(9))], seen)


def test_of_another_scheme_no_subject_is_taken(personal: Database) -> None:
    institutions(personal)
    with personal.write() as session:
        doer = at_work(session, city.CIVIL, city.MONDAY)
        with pytest.raises(Refusal, match="평가대상이 아닙니다"):
            give_value(session, doer, item(session), subject_id(session, city.CARER, "PERS"), Decimal(1))


def test_an_item_is_at_hand_once_its_period_has_begun_and_until_a_year_after_its_cycle(
    owned: Database,
) -> None:
    def at_hand(day: date) -> list[tuple[str, str]]:
        with owned.read() as session:
            found = items_at_hand(session, day)
            return [(one.item.part.code, one.period.code if one.period else "") for one in found]

    assert at_hand(date(2019, 6, 30)) == [(BUDGET, "H1"), (COMM, "")]
    assert at_hand(date(2020, 12, 30)) == [(BUDGET, "H1"), (COMM, ""), (BUDGET, "H2")]
    assert at_hand(date(2021, 1, 1)) == []
