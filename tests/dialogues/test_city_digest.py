"""The administrators' digest: what is late, where, and what could not be delivered."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from models.leave import Leave
from models.messaging.account import Account, web_account
from models.messaging.outbox import ELSEWHERE, NOTHING_LEFT, Outbox, Sending
from models.organization import Person, Role, RoleHeld, is_here
from models.plan import Period, PeriodState
from models.special_days import SpecialDay
from tests.dialogues.city import OFFICER
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker, Town, shown

_LATE, _NOBODY = "기한이 지난 일이 ", "알림을 받지 못하는 직원이 있습니다."


@pytest.fixture
def everybody(town: Town) -> None:
    """Everybody can be reached on the web messenger."""
    with town.database.write() as session:
        for person in session.exec(select(Person).where(is_here(date(2019, 7, 8)))):
            web_account(session, town.now(), person.id or 0)


def _digests(person: Speaker) -> list[str]:
    texts = [shown(body) for body in person.screens() if body["kind"] == "notice"]
    return [text for text in texts if text.startswith((_LATE, _NOBODY))]


def _days_with_a_digest(town: Town, person: Speaker, days: int) -> list[int]:
    """On which days of July one came, at 09:01."""
    town.time_goes_on(minutes=1)
    found = []
    for _ in range(days):
        before = len(_digests(person))
        town.time_goes_on(days=1)
        found += [town.now().day] * (len(_digests(person)) - before)
    return found


def _fails(town: Town, person: Speaker, *faults: str) -> None:
    """So many of the messages to the person were given up."""
    with town.database.write() as session:
        rows = session.exec(select(Outbox).where(Outbox.account_id == person.account_id)).all()
        assert len(rows) >= len(faults)
        for row, fault in zip(rows, faults, strict=False):
            row.state, row.fault, row.made_at = Sending.DEAD, fault, town.now()


def test_once_a_working_day_while_something_is_late(
    town: Town, everybody: None, administrator: Speaker
) -> None:
    with town.database.write() as session:
        session.add(SpecialDay(day=date(2019, 7, 17), name="제헌절 휴무"))
    assert _days_with_a_digest(town, administrator, 12) == [15, 16, 18, 19]


def test_it_names_departments_with_most_late_reports_first(
    town: Town, everybody: None, administrator: Speaker
) -> None:
    hands_in(town.person(OFFICER))
    town.time_goes_on(days=8, minutes=1)
    administrator.sees(
        "기한이 지난 일이 30건 있습니다.\n실적 보고 30건\n"
        "• 돌봄과 — 늦은 보고 20건, 미제출 20건 / 지표 20건\n"
        "• 안전과 — 늦은 보고 4건, 미제출 4건 / 지표 4건\n"
        "• 총무과 — 늦은 보고 3건, 미제출 3건 / 지표 4건\n",
        "[전체 진행]",
    )
    administrator.does_not_see("[연결 코드 만들기]", "전달되지 못한")
    administrator.presses("전체 진행")
    administrator.sees("전체 진행 · ")


def test_what_waits_too_long_for_a_decision_is_late_too(
    town: Town, everybody: None, administrator: Speaker
) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    hands_in(town.person(OFFICER))
    with town.database.write() as session:
        early = {"review_due": town.now(), "confirmation_due": town.now()}
        session.execute(sa.update(Period).values(**early))
    town.time_goes_on(days=1, minutes=1)
    administrator.sees("기한이 지난 일이 2건 있습니다.")
    administrator.sees("팀장 확인이 밀린 부서 1곳, 평가자 검토가 밀린 부서 1곳")


def test_people_on_no_messenger_are_named_on_the_next_working_day_after_each_try(
    town: Town, everybody: None, administrator: Speaker, officer: Speaker
) -> None:
    """Reminders of the two plans come on the 8th, 9th, 10th, 11th and 12th; nothing is late before the 13th."""
    with town.database.write() as session:
        session.execute(sa.update(Account).where(col(Account.id) == officer.account_id).values(address=None))
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))
    assert _days_with_a_digest(town, administrator, 4) == [9, 10, 11, 12]
    assert (
        "연결된 메신저가 없어 알림을 받지 못한 직원 1명\n김주무\n[연결 코드 만들기]"
        in _digests(administrator)[-1]
    )
    administrator.presses("연결 코드 만들기")
    administrator.sees("누구의 연결 코드를 만들까요?")


def test_who_has_come_since_or_has_nothing_left_to_do_is_not_named(
    town: Town, everybody: None, administrator: Speaker, officer: Speaker, civil: Speaker
) -> None:
    with town.database.write() as session:
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))
        lost = col(Account.id).in_([officer.account_id, civil.account_id])
        session.execute(sa.update(Account).where(lost).values(address=None))
    town.time_goes_on(minutes=1)
    town.time_goes_on(hours=9)
    with town.database.write() as session:
        session.execute(
            sa.update(Account)
            .where(col(Account.id) == officer.account_id)
            .values(address=str(officer.person_id))
        )
        session.execute(
            sa.update(Person).where(col(Person.id) == civil.person_id).values(left_on=date(2019, 7, 9))
        )
    town.time_goes_on(hours=15)
    assert _digests(administrator) == []


def test_where_nothing_is_left_to_do_nobody_is_named(
    town: Town, everybody: None, administrator: Speaker, officer: Speaker
) -> None:
    with town.database.write() as session:
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))
        session.execute(sa.update(Account).where(col(Account.id) == officer.account_id).values(address=None))
    town.time_goes_on(minutes=1)
    with town.database.write() as session:
        session.execute(sa.update(Period).values(state=PeriodState.CLOSED))
    town.time_goes_on(days=1)
    assert _digests(administrator) == []


def test_failures_are_counted_but_not_what_was_told_otherwise_or_needed_no_telling(
    town: Town, everybody: None, administrator: Speaker, officer: Speaker
) -> None:
    officer.says("내 지표")
    town.time_goes_on(days=7, minutes=1)
    _fails(town, officer, "chat not found", NOTHING_LEFT, ELSEWHERE)
    town.time_goes_on(days=1)
    administrator.sees("지난 근무일부터 전달되지 못한 알림 1건", "[알림 발송 상태]")
    administrator.presses("알림 발송 상태")
    administrator.sees("실패 1건", "chat not found")
    administrator.does_not_see(NOTHING_LEFT, ELSEWHERE)


def test_an_administrator_s_deputy_gets_no_view_of_the_city(
    town: Town, everybody: None, administrator: Speaker, evaluator: Speaker
) -> None:
    with town.database.write() as session:
        absent = administrator.person_id
        session.add(RoleHeld(role=Role.DEPUTY, person_id=evaluator.person_id, stands_in_for_id=absent))
        session.add(Leave(person_id=absent, starts_on=date(2019, 7, 8), ends_on=date(2019, 7, 16)))
    assert _days_with_a_digest(town, evaluator, 9) == []
    assert len(_digests(administrator)) == 1
