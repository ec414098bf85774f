"""Papers dealt: to whom, how evenly, once, and again for who comes later."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.book import BOOK
from models.audit import AuditRow
from models.doer import Doer
from models.organization import Person, Role, RoleHeld
from models.plan import Cycle
from models.rating.dealing import rounds_to_deal
from models.rating.evenly import Deal
from models.rating.people import Judge, Rated, is_barred
from models.rating.recusing import step_back
from models.rating.table import GroupKind, PaperState, Rater, Rating
from models.store import Database
from models.words import Refusal
from scheduler.due import run_due
from tests.kit.databases import sqlite_copy
from tests.kit.rated import OPENS, Of, Round, add_expert, add_round, add_subject, person_of, small_city

LATER = OPENS + timedelta(hours=2)
TWELVE = [f"E{number}" for number in range(12)]


def deals(made: Round, now: datetime = OPENS) -> None:
    run_due(made.database, BOOK, now)


def test_everybody_rates_everything_once_the_round_opens(database: Database) -> None:
    made = add_round(database, small_city(database), [Of("EX", "전문가", raters=TWELVE)])
    deals(made, OPENS - timedelta(minutes=1))
    assert made.papers() == []

    deals(made)
    deals(made, LATER)

    assert len(made.papers(state=PaperState.OPEN)) == 120
    with database.read() as session:
        assert session.get_one(Rating, made.id).dealt_at == OPENS
        assert rounds_to_deal(session, LATER) == []
        [row] = session.exec(select(AuditRow).where(AuditRow.action == "rating.deal"))
        assert row.detail == {"papers": 120}


def test_a_round_that_is_over_is_not_dealt(database: Database) -> None:
    made = add_round(database, small_city(database), [Of("EX", "전문가", raters=TWELVE)])
    deals(made, OPENS + timedelta(days=30))
    assert made.papers() == []


def test_nobody_rates_themselves_nor_their_own_house(database: Database) -> None:
    small_city(database, 4, 0)
    with database.write() as session:
        for code, place in (("P0", "D0"), ("P1", "D1"), ("PB", "B0"), ("PX", None)):
            add_expert(session, code, code, place)
    raters = ["P0", "P1", "PB", "PX"]
    made = add_round(database, ["D0", "D1", "D2", "B0", "B1", "P0"], [Of("EX", "전문가", raters=raters)])
    deals(made)
    # D0 and D2 are divisions of B0, D1 and D3 of B1.
    assert made.raters_of("D0") == {"P1", "PX"}
    assert made.raters_of("D1") == {"P0", "PB", "PX"}
    assert made.raters_of("D2") == {"P0", "P1", "PX"}
    assert made.raters_of("B0") == {"P1", "PX"}
    assert made.raters_of("B1") == {"P0", "PB", "PX"}
    # The people in it as well.
    assert made.raters_of("P0") == {"P1", "PX"}


def test_who_belongs_to_no_department_has_a_conflict_with_themselves_alone() -> None:
    outside = Judge(1, "PX", "")
    assert is_barred(outside, Rated(1, "PX", "위원", 1, 7, "/CITY/D0/"))
    assert not is_barred(outside, Rated(2, "P0", "다른 사람", 2, 7, "/CITY/D0/"))


def test_who_leads_rates_the_nearest_and_never_themselves(database: Database) -> None:
    small_city(database, 4, 0)
    with database.write() as session:
        for code, place in (("LB", "B0"), ("L0", "D0"), ("O2", "D2")):
            person = add_expert(session, code, code, place)
            if code != "O2":
                holder = person_of(session, code)
                session.add(
                    RoleHeld(person_id=person, role=Role.TEAM_LEAD, department_id=holder.department_id)
                )
    made = add_round(database, ["D0", "D2", "D1", "L0", "O2"], [Of("OWN", "소속", kind=GroupKind.LEADS)])
    deals(made)
    assert made.raters_of("D0") == {"L0"}
    assert made.raters_of("D2") == {"LB"}
    assert made.raters_of("D1") == set()
    assert made.raters_of("L0") == {"LB"}
    assert made.raters_of("O2") == {"LB"}


@pytest.mark.parametrize(("subjects", "each", "counts"), [(10, 5, {6}), (10, 4, {4, 5}), (13, 1, {0, 1})])
def test_each_subject_is_rated_equally_often(
    database: Database, subjects: int, each: int, counts: set[int]
) -> None:
    codes = small_city(database, subjects)
    made = add_round(database, codes, [Of("EX", "전문가", raters=TWELVE, each=each)])
    deals(made)
    deals(made, LATER)
    papers = made.papers()
    assert set(Counter(one.rater_id for one in papers).values()) == {each}
    assert {len(made.raters_of(code)) for code in codes} == counts


def test_the_same_plan_is_dealt_the_same_way(database: Database, migrated_file: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with sqlite_copy(migrated_file, tmp_path / "other") as other:
        with other.write() as session:
            add_expert(session, "X", "먼저 온 사람")
        dealt = []
        for one in (database, other):
            codes = small_city(one)
            made = add_round(one, codes, [Of("EX", "전문가", raters=TWELVE, each=4)])
            deals(made)
            dealt.append({code: made.raters_of(code) for code in codes})
    assert dealt[0] == dealt[1]


def test_who_may_rate_anything_makes_room_for_who_may_not() -> None:
    deal = Deal({0: [1, 2, 3], 1: [1, 2], 2: [1]}, {}, lambda _, subject: subject)
    deal.out(dict.fromkeys(range(3), 1))
    assert deal.new == {(0, 3), (1, 2), (2, 1)}


def test_dealing_stays_even_where_conflicts_stand_in_the_way() -> None:
    # Three raters may rate anything, three only the first two subjects.
    may = {rater: [1, 2] if rater < 3 else [1, 2, 3, 4] for rater in range(6)}
    deal = Deal(may, {}, lambda rater, subject: (rater * 7 + subject * 3) % 5)
    deal.out(dict.fromkeys(may, 2))
    counts = Counter(subject for _, subject in deal.new)
    assert counts == {1: 3, 2: 3, 3: 3, 4: 3}
    assert all(subject in may[rater] for rater, subject in deal.new)


def test_who_comes_later_is_dealt_in(database: Database) -> None:
    codes = small_city(database)
    full = add_round(database, codes, [Of("EX", "전문가", raters=TWELVE[:3])], code="R1")
    some = add_round(database, codes, [Of("EX", "전문가", raters=TWELVE[:6], each=5)], code="R2")
    deals(full)
    before = {one.id for one in some.papers()}
    with database.write() as session:
        for made in (full, some):
            newcomer = person_of(session, "E11").id or 0
            session.add(Rater(group_id=made.groups["EX"], person_id=newcomer))
        cycle = session.exec(select(Cycle.id)).one() or 0
        subject = add_subject(session, cycle, "S1", "B1", 99)
    full.subjects["B1"] = some.subjects["B1"] = subject
    deals(full, LATER)
    deals(full, LATER)
    assert full.raters_of("B1") == {"E0", "E1", "E2", "E11"}
    assert len(full.papers()) == 3 * 10 + 10 + 4
    # Thirty papers for ten subjects were three each; the newcomer's five and the new subject's three are added.
    assert before < {one.id for one in some.papers()}
    assert {len(some.raters_of(code)) for code in [*codes, "B1"]} <= {3, 4}
    assert len(some.papers(rater_id=person_of_(database, "E11"))) in (5, 6)


def person_of_(database: Database, code: str) -> int:
    with database.read() as session:
        return person_of(session, code).id or 0


def backs_out(made: Round, rater: str, subject: str, reason: str = "가족이 근무합니다.") -> int | None:
    with made.database.write() as session:
        person = person_of(session, rater).id or 0
        [paper] = made.papers(rater_id=person, subject_id=made.subjects[subject])
        doer = Doer.at_work(session, person, LATER, "test")
        return step_back(session, doer, paper.id or 0, paper.revision, reason)[1]


def test_who_steps_back_is_replaced_by_the_one_with_fewest_papers(database: Database) -> None:
    codes = small_city(database)
    made = add_round(database, codes, [Of("EX", "전문가", raters=TWELVE, each=5)])
    deals(made)
    rater = sorted(made.raters_of("D0"))[0]
    idle = sorted(set(TWELVE) - made.raters_of("D0") - {rater})[0]
    given_up = next(code for code in codes if idle in made.raters_of(code))
    backs_out(made, idle, given_up)

    successor = backs_out(made, rater, "D0")

    assert successor == person_of_(database, idle)
    assert idle in made.raters_of("D0") and rater not in made.raters_of("D0")
    assert len(made.raters_of("D0")) == 6
    papers = len(made.papers())
    deals(made, LATER)
    assert len(made.papers()) == papers


def test_where_everybody_rates_everything_nobody_takes_over(database: Database) -> None:
    made = add_round(database, small_city(database), [Of("EX", "전문가", raters=TWELVE)])
    deals(made)
    assert backs_out(made, "E3", "D1") is None
    deals(made, LATER)
    assert made.raters_of("D1") == {*TWELVE} - {"E3"}


def test_stepping_back_wants_a_reason_and_is_for_good(database: Database) -> None:
    made = add_round(database, small_city(database), [Of("EX", "전문가", raters=TWELVE)])
    deals(made)
    with pytest.raises(Refusal, match="사유"):
        backs_out(made, "E3", "D1", " ")
    backs_out(made, "E3", "D1")
    with pytest.raises(Refusal, match="평가 배정에서 제외되었습니다"):
        made.rates("E3", "D1", LATER, IMP="탁월")


def test_the_papers_of_who_has_left_are_taken_over(database: Database) -> None:
    codes = small_city(database)
    made = add_round(database, codes, [Of("EX", "전문가", raters=TWELVE, each=5)])
    deals(made)
    theirs = [code for code in codes if "E0" in made.raters_of(code)]
    made.rates("E0", theirs[0], LATER, IMP="탁월")
    with database.write() as session:
        person = session.exec(select(Person).where(Person.code == "E0")).one()
        person.left_on = LATER.date()
        session.add(person)
    deals(made, LATER)
    assert [code for code in codes if "E0" in made.raters_of(code)] == theirs[:1]
    assert {len(made.raters_of(code)) for code in codes} == {6}
