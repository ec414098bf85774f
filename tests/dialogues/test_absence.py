"""Absence: who is away registers it in chat, and who stands in hears and does what is to be done meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from models.leave import Leave
from models.organization import Person, Role, RoleHeld
from models.words import Refusal
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker, Town, shown

_DIGEST = "챙기실 일이 "


@pytest.fixture(autouse=True)
def nobody_stands_in_yet(town: Town) -> None:
    """The deputies of the plan are taken out: here they are named in chat."""
    with town.database.write() as session:
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))


def _registers(person: Speaker, first: str, last: str, deputy: str = "대결자 없이 등록") -> None:
    person.says("부재")
    person.presses("부재 등록")
    person.says(first)
    person.says(last)
    person.presses(deputy)


def _digests(person: Speaker) -> list[str]:
    texts = (shown(body) for body in person.screens() if body["kind"] == "notice")
    return [text for text in texts if text.startswith(_DIGEST)]


def _days_with_a_digest(town: Town, days: int, *people: Speaker) -> list[list[int]]:
    """On which days of July each got one, at 09:01."""
    found: list[list[int]] = [[] for _ in people]
    for _ in range(days):
        before = [len(_digests(person)) for person in people]
        town.time_goes_on(days=1)
        for mine, person, count in zip(found, people, before, strict=True):
            mine += [town.now().day] * (len(_digests(person)) - count)
    return found


def _leaves(town: Town) -> list[tuple[date, date, bool]]:
    with town.database.read() as session:
        rows = session.exec(select(Leave).order_by(col(Leave.id)))
        return [(row.starts_on, row.ends_on, row.is_cancelled) for row in rows]


def test_who_registers_an_absence_has_deputy_and_team_lead_told(
    officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    _registers(officer, "7. 9.", "7. 11.", "이서기")
    officer.sees("부재를 등록했습니다.", "예정", "기간: 7. 9.(화) ~ 7. 11.(목)", "대결자: 이서기")
    second.sees("김주무 님의 대결자로 지정되셨습니다.", "기간: 7. 9.(화) ~ 7. 11.(목)")
    lead.sees("김주무 님이 자리를 비웁니다.", "대결자: 이서기", "[대결자 지정]")


def test_the_deputy_is_reminded_instead_and_after_the_return_the_officer_again(
    town: Town, officer: Speaker, second: Speaker
) -> None:
    _registers(officer, "7. 9.", "7. 11.", "이서기")
    town.time_goes_on(minutes=1)
    [mine, theirs] = _days_with_a_digest(town, 5, officer, second)
    assert (mine, theirs) == ([12], [9, 10, 11])
    assert "종이 없는 보고 — 7. 12.(금) 18:00까지 · 근무일 1일 남음 · 김주무 님 대결" in _digests(second)[-1]
    # Of what is the deputy's own by the plan it is not said.
    assert "민원처리율 — 7. 15.(월) 18:00까지 · 근무일 3일 남음\n" in _digests(second)[1]
    assert "민원 처리기간 — 7. 15.(월) 18:00까지 · 근무일 3일 남음 · 김주무 님 대결\n" in _digests(second)[1]
    assert "대결" not in _digests(officer)[-1].replace("[대결자 지정]", "")


def test_the_deputy_reports_and_is_shown_as_deputy(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    _registers(officer, "7. 9.", "7. 11.", "이서기")
    town.passes(days=1)
    hands_in(second, "민원 처리기간 7")
    lead.says("대기함")
    lead.presses("민원 처리기간")
    lead.sees("이서기(김주무 대결)")


def test_with_nobody_standing_in_notices_wait_for_the_return(town: Town, officer: Speaker) -> None:
    _registers(officer, "7. 9.", "7. 10.")
    town.time_goes_on(minutes=1)
    [days] = _days_with_a_digest(town, 4, officer)
    assert days == [11, 12]
    assert "챙기실 일이 3건 있습니다." in _digests(officer)[-2]


def test_but_they_do_not_wait_past_their_deadline(town: Town, officer: Speaker) -> None:
    _registers(officer, "7. 9.", "7. 12.")
    town.time_goes_on(minutes=1)
    [days] = _days_with_a_digest(town, 7, officer)
    assert days == [9, 11, 12, 15]
    first, *_, last = _digests(officer)[-4:]
    assert "종이 없는 보고" in first and "민원처리율" not in first
    assert "민원처리율" in last


def test_who_comes_back_early_is_reminded_from_that_day_on(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    _registers(officer, "7. 8.", "7. 19.", "이서기")
    town.time_goes_on(days=1, minutes=1)
    officer.says("부재")
    officer.presses("7. 8.(월) ~ 7. 19.(금)")
    officer.presses("오늘부터 복귀")
    officer.sees("오늘부터 복귀하신 것으로 등록했습니다.")
    second.sees("이서기 님의 김주무 님 대결이 끝났습니다.")
    lead.sees("김주무 님이 복귀했습니다.")
    assert _leaves(town) == [(date(2019, 7, 8), date(2019, 7, 8), False)]
    [mine, theirs] = _days_with_a_digest(town, 3, officer, second)
    assert (mine, theirs) == ([10, 11, 12], [])


def test_an_absence_to_come_can_be_cancelled(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    _registers(officer, "7. 10.", "7. 11.", "이서기")
    officer.presses("부재 취소")
    officer.sees("부재를 취소했습니다.", "등록된 부재가 없습니다.")
    second.sees("이서기 님의 김주무 님 대결이 취소되었습니다.")
    lead.sees("김주무 님의 부재가 취소되었습니다.")
    town.time_goes_on(minutes=1)
    [_, theirs] = _days_with_a_digest(town, 4, officer, second)
    assert theirs == []


def test_days_that_cannot_be_taken_are_refused_with_a_sentence(officer: Speaker) -> None:
    _registers(officer, "7. 9.", "7. 11.")
    officer.says("휴가")
    officer.presses("부재 등록")
    officer.says("7. 11.")
    officer.says("7. 12.")
    officer.sees("7. 9.(화)부터 7. 11.(목)까지 이미 부재로 등록되어 있습니다.")
    officer.says("취소")
    officer.presses("부재 등록")
    officer.says("7. 20.")
    officer.says("7. 19.")
    officer.sees("마지막 날이 첫날보다 빠릅니다.")


def test_only_who_is_there_on_all_of_those_days_can_stand_in(
    town: Town, officer: Speaker, second: Speaker
) -> None:
    _registers(second, "7. 10.", "7. 10.")
    with town.database.write() as session:
        leaving = col(Person.name) == "송대결"
        session.execute(sa.update(Person).where(leaving).values(left_on=date(2019, 7, 11)))
    officer.says("부재")
    officer.presses("부재 등록")
    officer.says("7. 10.")
    officer.says("7. 11.")
    assert officer.buttons() == ["대결자 없이 등록", "부재 목록", "최팀장"]


def test_who_goes_away_meanwhile_cannot_be_chosen_any_more(officer: Speaker, second: Speaker) -> None:
    officer.says("부재")
    officer.presses("부재 등록")
    officer.says("7. 10.")
    officer.says("7. 11.")
    chosen = officer.button("이서기")
    _registers(second, "7. 11.", "7. 11.")
    officer.presses_again(chosen)
    officer.sees("이서기 님은 그 기간에 대결할 수 없습니다. 다른 사람을 선택해 주세요.")
    officer.says("부재")
    officer.sees("등록된 부재가 없습니다.")


def test_another_deputy_takes_the_place_of_the_first(
    town: Town, officer: Speaker, second: Speaker, deputy: Speaker
) -> None:
    _registers(officer, "7. 8.", "7. 11.", "이서기")
    officer.presses("대결자 지정")
    officer.presses("송대결")
    officer.sees("김주무 님의 대결자로 송대결 님을 지정했습니다.", "대결자: 송대결")
    town.time_goes_on(minutes=1)
    assert (len(_digests(second)), len(_digests(deputy))) == (0, 1)


def test_a_team_lead_names_a_deputy_for_who_could_not(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    lead.says("대결")
    lead.presses("부서원의 대결자 지정")
    lead.presses("김주무")
    lead.says("7. 12.")
    lead.presses("이서기")
    lead.sees("김주무 님의 대결자로 이서기 님을 지정했습니다.", "기간: 7. 8.(월) ~ 7. 12.(금)")
    second.sees("김주무 님의 대결자로 지정되셨습니다.")
    officer.sees("김주무 님의 대결자로 이서기 님을 지정했습니다.")
    town.time_goes_on(minutes=1)
    assert "김주무 님 대결" in _digests(second)[-1]


def test_for_whom_is_away_the_lead_is_not_asked_until_when(officer: Speaker, lead: Speaker) -> None:
    _registers(officer, "7. 10.", "7. 16.")
    lead.sees("대결자: 대결자 없음")
    lead.presses("대결자 지정")
    lead.sees("기간: 7. 10.(수) ~ 7. 16.(화)")
    lead.presses("이서기")
    officer.says("부재")
    officer.sees("7. 10.(수) ~ 7. 16.(화) (대결자 이서기) 예정")


def test_who_leads_nobody_names_deputies_for_nobody_else(officer: Speaker, second: Speaker) -> None:
    officer.says("대결")
    officer.does_not_see("부서원의 대결자 지정")
    with pytest.raises(Refusal, match="본인이나 소속 부서의 팀장"):
        officer.is_shown("absence.deputy", person=second.person_id)


def test_the_digest_leads_to_it(town: Town, officer: Speaker) -> None:
    town.time_goes_on(minutes=1)
    officer.presses("대결자 지정")
    officer.sees("부재 · 대결", "부재 등록")


def test_who_stands_in_sees_for_whom(town: Town, officer: Speaker, second: Speaker) -> None:
    _registers(officer, "7. 8.", "7. 9.", "이서기")
    second.says("부재")
    second.sees("지금 김주무 님을 대결하고 있습니다.")
    town.passes(days=2)
    second.says("부재")
    second.does_not_see("대결하고 있습니다.")


def test_evaluators_are_told_how_long_their_queue_has_waited(
    town: Town, officer: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer, "종이 없는 보고 45")
    town.time_goes_on(days=9, minutes=1)
    evaluator.sees("2019년 혁신과제 상반기 검토할 보고 1건")
    evaluator.sees("가장 오래된 보고는 근무일 7일째 대기, 5일 넘게 기다린 보고 1건")
