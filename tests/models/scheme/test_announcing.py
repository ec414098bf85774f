"""Announcing a result: what was told stays as it was, and the next announcement knows what changed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.plan import Period
from models.reminding.circle import Circle
from models.scheme.adjusting import confirm, propose
from models.scheme.announced import announced, fingerprint, lines_of
from models.scheme.announcing import (
    announce,
    announcements_for,
    anything_announced,
    appeal_until,
    changed_lines,
    may_see_result,
    told_before,
    whom_to_tell,
)  # fmt: skip
from models.scheme.owning import give_value, open_item
from models.scheme.result import result_of
from models.scheme.table import Announcement, Source, Subject
from models.store import Database
from models.words import Refusal
from tests.dialogues import city
from tests.kit.schemes import (
    PEOPLE,
    add_scheme,
    at_work,
    cycle_id,
    department_id,
    institutions,
    period_id,
    subject_id,
)


@pytest.fixture
def rated(hanbit: Database) -> Database:
    institutions(hanbit)
    gives(hanbit, "GA", "9")
    gives(hanbit, "CI", "7")
    return hanbit


def gives(database: Database, subject: str, value: str) -> None:
    with database.write() as session:
        doer = at_work(session, city.CIVIL, city.MONDAY)
        item = open_item(session, cycle_id(session), "INST", "COMM", None)
        give_value(session, doer, item, subject_id(session, subject), Decimal(value))


def looks(database: Database, scheme: str = "INST") -> str:
    with database.read() as session:
        return fingerprint(lines_of(result_of(session, cycle_id(session), scheme, None)))


def announces(
    database: Database, seen: str | None = None, person: str = city.ADMINISTRATOR, scheme: str = "INST"
) -> int:
    seen = seen or looks(database, scheme)
    with database.write() as session:
        doer = at_work(session, person, city.MONDAY)
        return announce(session, doer, cycle_id(session), scheme, None, seen).id or 0


def test_the_lines_are_kept_as_they_were_and_audited(rated: Database) -> None:
    one = announces(rated)
    gives(rated, "CI", "10")
    with rated.read() as session:
        lines = announced(session.get_one(Announcement, one))
        audited = session.exec(select(AuditRow).where(AuditRow.action == "result.announce")).one()
    assert [(line.code, line.rank, line.total) for line in lines] == [
        ("GA", 1, Decimal("9.00")), ("CI", 2, Decimal("7.00")), ("CA", 3, Decimal("0.00")),
    ]  # fmt: skip
    assert [(line.grade, line.prize) for line in lines] == [("S", "최우수"), ("A", "우수"), ("B", "")]
    assert (audited.detail["sha256"], audited.subject) == (fingerprint(lines), f"announcement:{one}")


def test_only_what_was_looked_at_is_announced(rated: Database) -> None:
    seen = looks(rated)
    gives(rated, "CA", "1")
    with pytest.raises(Refusal, match="그사이 결과가 바뀌었습니다"):
        announces(rated, seen)


def test_the_same_result_is_not_announced_twice_in_a_row(rated: Database) -> None:
    announces(rated)
    with pytest.raises(Refusal, match="게시한 결과와 같습니다"):
        announces(rated)


def test_the_next_one_tells_what_changed_from_the_one_before(any_hanbit: Database) -> None:
    institutions(rated := any_hanbit)
    gives(rated, "GA", "9")
    gives(rated, "CI", "7")
    announces(rated)
    gives(rated, "CI", "8")
    second = announces(rated)
    with rated.read() as session:
        one = session.get_one(Announcement, second)
        assert [line.code for line in changed_lines(session, one)] == ["CI"]
        assert told_before(session, one)[subject_id(session, "CI")].total == 7


def test_the_first_one_is_new_to_everybody(rated: Database) -> None:
    with rated.read() as session:
        assert not anything_announced(session, at_work(session, city.LEAD, city.MONDAY).today)
    first = announces(rated)
    with rated.read() as session:
        assert len(changed_lines(session, session.get_one(Announcement, first))) == 3
        assert anything_announced(session, at_work(session, city.LEAD, city.MONDAY).today)


@pytest.mark.parametrize("person", [city.EVALUATOR, city.LEAD])
def test_only_administrators_announce(rated: Database, person: str) -> None:
    with pytest.raises(Refusal, match="관리자만"):
        announces(rated, person=person)


def test_a_department_s_result_is_its_leads_and_officers(rated: Database) -> None:
    announces(rated)
    assert told(rated, "GA") == {city.OFFICER, city.SECOND, city.LEAD, city.DEPUTY}
    with rated.read() as session:
        seen = {
            code: [
                subject.code for _, subject in announcements_for(session, at_work(session, code, city.MONDAY))
            ]
            for code in (city.OFFICER, city.LEAD, city.BUREAU_LEAD, city.SAFETY, city.EVALUATOR)
        }
    assert seen == {
        city.OFFICER: ["GA"], city.LEAD: ["GA"], city.BUREAU_LEAD: ["GA", "CI"], city.SAFETY: [],
        city.EVALUATOR: [],
    }  # fmt: skip


def test_who_came_into_the_scheme_later_has_no_result_in_what_was_announced_before(rated: Database) -> None:
    announces(rated)
    with rated.write() as session:
        one = session.get_one(Subject, subject_id(session, "GA")).model_dump(exclude={"id"})
        place = department_id(session, "SF")
        session.add(Subject(**{**one, "code": "SF", "department_id": place}))
    with rated.read() as session:
        doer = at_work(session, city.SAFETY, city.MONDAY)
        subject = session.get_one(Subject, subject_id(session, "SF"))
        assert may_see_result(session, doer, subject)
        assert announcements_for(session, doer) == []


def told(database: Database, subject: str, scheme: str = "INST") -> set[str]:
    from models.organization import Person

    with database.read() as session:
        one = session.get_one(Subject, subject_id(session, subject, scheme))
        circle = Circle.on(session, at_work(session, city.LEAD, city.MONDAY).today)
        return {session.get_one(Person, key).code for key in whom_to_tell(session, one, circle)}


def test_a_person_s_result_is_theirs_alone(hanbit: Database) -> None:
    parts = [
        {"code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 100},
        {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 2},
    ]
    add_scheme(hanbit, parts, [{"person": city.OFFICER}, {"person": city.LEAD}], **PEOPLE)
    with hanbit.write() as session:
        evaluator, other = (
            at_work(session, one, city.MONDAY) for one in (city.EVALUATOR, city.OTHER_EVALUATOR)
        )
        about = (subject_id(session, city.OFFICER, "PERS"), "PLUS", None, Decimal(1), "표창")
        confirm(session, other, propose(session, evaluator, *about).id, 0, "확인")
    announces(hanbit, scheme="PERS")
    assert told(hanbit, city.OFFICER, "PERS") == {city.OFFICER}
    with hanbit.read() as session:
        seen = {
            code: [
                subject.code for _, subject in announcements_for(session, at_work(session, code, city.MONDAY))
            ]
            for code in (city.OFFICER, city.LEAD, city.DEPUTY, city.BUREAU_LEAD)
        }
    assert seen == {
        city.OFFICER: [city.OFFICER],
        city.LEAD: [city.LEAD],
        city.DEPUTY: [],
        city.BUREAU_LEAD: [],
    }


def test_until_when_one_may_appeal_is_what_the_last_period_says(rated: Database) -> None:
    with rated.write() as session:
        last = session.get_one(Period, period_id(session, "H2"))
        last.objection_due = last.review_due
        session.add(last)
    with rated.read() as session:
        due = session.get_one(Period, period_id(session, "H2")).review_due
        assert appeal_until(session, cycle_id(session), None) == due
        assert appeal_until(session, cycle_id(session), period_id(session, "H1")) is None
