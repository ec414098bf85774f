"""A team lead's board: who is missing what, what hangs on it, and how an officer is nudged."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from models.audit import AuditRow
from models.leave import Leave
from models.messaging.account import Account
from models.organization import Person, Role, RoleHeld
from models.plan import Indicator
from models.special_days import SpecialDay
from models.store import Database
from tests.dialogues.city import LEAD, OFFICER
from tests.dialogues.story import fills_in, hands_in, returns
from tests.kit.conversation import Body, Speaker, Town, shown

_TITLE = "부서에서 챙기실 보고"


def _boards(lead: Speaker) -> list[Body]:
    return [one for one in lead.screens() if one["kind"] == "card" and one["title"].startswith(_TITLE)]


def _board(lead: Speaker) -> str:
    """The newest board as it stands now."""
    return shown(_boards(lead)[-1])


def _reads(person: Speaker) -> str:
    """Everything in the chat."""
    return "\n".join(shown(body) for body in person.screens())


def _until_thursday(town: Town) -> None:
    """The day before the first deadline, when the first board comes."""
    town.time_goes_on(days=3, minutes=1)


def _is_away(town: Town, person: Speaker, until: date) -> None:
    with town.database.write() as session:
        session.add(Leave(person_id=person.person_id, starts_on=date(2019, 7, 8), ends_on=until))


def _hands_over(town: Town, code: str, person: Speaker) -> None:
    with town.database.write() as session:
        which = col(Indicator.code) == code
        session.execute(sa.update(Indicator).where(which).values(officer_id=person.person_id))


def _nobody_stands_in(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))


def test_a_lead_gets_one_board_on_each_working_day_from_the_day_before_a_deadline_on(
    town: Town, lead: Speaker
) -> None:
    with town.database.write() as session:
        session.add(SpecialDay(day=date(2019, 7, 17), name="제헌절 휴무"))
    days = []
    town.time_goes_on(minutes=1)
    for day in range(8, 23):
        before = len(_boards(lead))
        for hours in (9.5, 14.5):
            town.time_goes_on(hours=hours)
        days += [day + 1] * (len(_boards(lead)) - before)
    assert days == [11, 12, 15, 16, 18, 19, 22, 23]


def test_when_all_is_handed_in_there_is_no_board(town: Town, officer: Speaker, lead: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    _until_thursday(town)
    assert _boards(lead) == []


def test_a_board_whose_reports_came_in_before_it_left_is_not_sent(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    submit = fills_in(officer, "종이 없는 보고 45")
    with town.nothing_delivered():
        _until_thursday(town)
        officer.presses_again(submit)
    town.deliver()
    assert _boards(lead) == []


def test_the_board_says_who_is_missing_what_until_when_and_how_many_points_hang_on_it(
    town: Town, lead: Speaker
) -> None:
    town.time_goes_on(days=8, minutes=1)
    board = _board(lead)
    assert "기한 지남 4건" in board
    assert "총무과 · 2019년 성과관리 상반기: 보고 3건 · 늦은 3건 · 100점이 걸려 있습니다." in board
    assert "김주무\n• 종이 없는 보고 — 7. 12.(금) 18:00까지 · 근무일 2일 지남\n" in board
    assert "최팀장\n• 청렴교육 이수율 — 7. 15.(월) 18:00까지 · 근무일 1일 지남\n" in board
    assert "[독려: 최팀장]" not in board


def test_what_is_not_scored_counts_nothing(town: Town, lead: Speaker) -> None:
    with town.database.write() as session:
        trial = col(Indicator.code).in_(["IN-01", "GA-02"])
        session.execute(sa.update(Indicator).where(trial).values(scored=False))
    town.time_goes_on(days=4, minutes=1)
    board = _board(lead)
    assert "총무과 · 2019년 혁신과제 상반기: 보고 1건\n" in board
    assert "총무과 · 2019년 성과관리 상반기: 보고 3건 · 70점이 걸려 있습니다." in board


def test_what_does_not_apply_hands_its_weight_to_the_rest(
    town: Town, officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    """60 of 100 weigh 100 once the other 40 are out."""
    officer.says("민원처리율")
    officer.presses("실적 보고")
    officer.presses("해당 없음")
    officer.presses("파일 없이 계속")
    officer.says("올해는 접수가 없습니다.")
    officer.presses("제출하기")
    lead.presses("확인")
    evaluator.presses("승인")
    town.time_goes_on(days=4, minutes=1)
    assert "총무과 · 2019년 성과관리 상반기: 보고 2건 · 100점이 걸려 있습니다." in _board(lead)


def test_a_returned_report_is_on_the_board_as_such(town: Town, officer: Speaker, lead: Speaker) -> None:
    hands_in(officer)
    returns(lead, due="7. 19.")
    town.time_goes_on(days=10, minutes=1)
    assert "• 민원처리율 (반려됨) — 7. 19.(금) 18:00까지 · 근무일 1일 남음" in _board(lead)


def test_a_head_sees_departments_first(town: Town, bureau_lead: Speaker) -> None:
    """민원과 has no team lead of its own, so the bureau's is the nearest."""
    town.time_goes_on(days=4, minutes=1)
    board = _board(bureau_lead)
    assert "민원과 · 2019년 성과관리 상반기: 보고 2건 · 100점이 걸려 있습니다." in board
    assert "[독려: 박민원]" in board


def test_a_nudge_reaches_the_officer_and_the_deputy_with_buttons_that_report(
    town: Town, officer: Speaker, deputy: Speaker, lead: Speaker
) -> None:
    _until_thursday(town)
    lead.presses("독려: 김주무")
    lead.sees("김주무 님에게 보고 1건을 챙겨 달라고 알렸습니다.")
    assert "독려함 7. 11.(목) 09:01" in _board(lead)
    assert "[독려: 김주무]" not in _board(lead)
    assert "최팀장 님이 아래 보고의 제출을 요청하셨습니다." in _reads(deputy)
    officer.sees("최팀장 님이 아래 보고의 제출을 요청하셨습니다.", "• 종이 없는 보고 — 7. 12.(금) 18:00까지")
    officer.presses("실적 보고")
    officer.sees("종이 없는 보고")
    with town.database.read() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.action == "reminder.nudge")).all()
    assert [row.person_id for row in rows] == [lead.person_id]


def test_an_officer_is_nudged_once_a_day_and_again_on_the_next(any_town: Town) -> None:
    town, officer, lead = any_town, any_town.person(OFFICER), any_town.person(LEAD)
    _until_thursday(town)
    button = lead.button("독려: 김주무")
    lead.presses_again(button)
    lead.presses_again(button)
    lead.sees("오늘은 이미 독려하셨습니다. 내일 다시 하실 수 있습니다.")
    assert _reads(officer).count("제출을 요청하셨습니다.") == 1
    town.time_goes_on(days=1)
    lead.presses("독려: 김주무")
    assert _reads(officer).count("제출을 요청하셨습니다.") == 2


def test_a_nudge_says_nothing_once_it_is_done(town: Town, officer: Speaker, lead: Speaker) -> None:
    submit = fills_in(officer, "종이 없는 보고 45")
    _until_thursday(town)
    with town.nothing_delivered():
        lead.presses("독려: 김주무")
        officer.presses_again(submit)
    town.deliver()
    assert "제출을 요청하셨습니다." not in _reads(officer)


def test_a_nudge_says_nothing_of_what_is_somebody_else_s_by_now(
    town: Town, officer: Speaker, second: Speaker, lead: Speaker
) -> None:
    _until_thursday(town)
    with town.nothing_delivered():
        lead.presses("독려: 김주무")
        _hands_over(town, "IN-01", second)
    town.deliver()
    assert "제출을 요청하셨습니다." not in _reads(officer)


def test_what_others_have_to_do_is_not_in_the_list_of_one_s_own(town: Town, lead: Speaker) -> None:
    town.time_goes_on(days=4, minutes=1)
    lead.is_shown("reminders.list")
    lead.sees("챙기실 일 1건", "청렴교육 이수율")
    assert "종이 없는 보고" not in shown(lead.screens()[-1])


def test_nobody_is_nudged_about_what_is_done(town: Town, officer: Speaker, lead: Speaker) -> None:
    _until_thursday(town)
    hands_in(officer, "종이 없는 보고 45")
    lead.presses("독려: 김주무")
    lead.sees(
        "김주무 님이 챙길 보고가 그사이 모두 처리되었습니다.", "이 현황에 있던 보고가 모두 처리되었습니다."
    )


def test_nobody_is_nudged_at_night(town: Town, officer: Speaker, lead: Speaker) -> None:
    _until_thursday(town)
    town.passes(hours=12)
    lead.presses("독려: 김주무")
    lead.sees("7. 12.(금) 08:00부터 독려하실 수 있습니다.")


def test_who_leads_no_more_nudges_no_more(town: Town, lead: Speaker) -> None:
    _until_thursday(town)
    with town.database.write() as session:
        office = (col(RoleHeld.person_id) == lead.person_id, col(RoleHeld.role) == Role.TEAM_LEAD)
        session.execute(sa.delete(RoleHeld).where(*office))
    lead.presses("독려: 김주무")
    lead.sees("처리되었습니다.")
    lead.does_not_see("알렸습니다.")


def test_who_is_on_no_messenger_cannot_be_nudged(town: Town, officer: Speaker, lead: Speaker) -> None:
    _nobody_stands_in(town.database)
    _until_thursday(town)
    with town.database.write() as session:
        session.execute(
            sa.update(Account).where(col(Account.person_id) == officer.person_id).values(address=None)
        )
    lead.presses("독려: 김주무")
    lead.sees("김주무 님은 연결된 메신저가 없습니다.")


def test_for_who_is_away_with_nobody_standing_in_a_deputy_can_be_named(
    town: Town, officer: Speaker, lead: Speaker
) -> None:
    _nobody_stands_in(town.database)
    _until_thursday(town)
    stale = lead.button("독려: 김주무")
    _is_away(town, officer, date(2019, 7, 15))
    lead.presses_again(stale)
    lead.sees("김주무 님은 부재 중입니다. 대결자를 지정해 주세요.")
    town.time_goes_on(days=1)
    assert "김주무 · 부재 중 ~7. 15.(월)" in _board(lead)
    lead.presses("대결자 지정: 김주무")
    lead.sees("김주무 님의 대결자를 선택해 주세요.", "기간: 7. 12.(금) ~ 7. 15.(월)", "이서기")


def test_who_has_left_is_marked_and_cannot_be_nudged(town: Town, lead: Speaker) -> None:
    with town.database.write() as session:
        gone = col(Person.code) == OFFICER
        session.execute(sa.update(Person).where(gone).values(left_on=date(2019, 7, 10)))
    _until_thursday(town)
    assert "김주무 · 퇴직 — 담당자 변경은 관리자에게 요청해 주세요." in _board(lead)
    assert "[독려: 김주무]" not in _board(lead)


def test_what_was_handed_over_is_under_its_new_officer(town: Town, second: Speaker, lead: Speaker) -> None:
    _hands_over(town, "IN-01", second)
    _until_thursday(town)
    assert "이서기\n• 종이 없는 보고" in _board(lead)
    lead.presses("독려: 이서기")
    second.sees("최팀장 님이 아래 보고의 제출을 요청하셨습니다.")


def test_the_deputy_of_an_absent_lead_gets_the_board_and_is_told_whose_it_is(
    town: Town, lead: Speaker, second: Speaker
) -> None:
    with town.database.write() as session:
        session.add(RoleHeld(person_id=second.person_id, role=Role.DEPUTY, stands_in_for_id=lead.person_id))
    _is_away(town, lead, date(2019, 7, 12))
    _until_thursday(town)
    assert _boards(lead) == []
    assert "최팀장 님을 대신해 받으시는 현황입니다." in _board(second)
    town.person(OFFICER)
    second.presses("독려: 김주무")
    second.sees("김주무 님에게 보고 1건을 챙겨 달라고 알렸습니다.")


def test_long_boards_are_cut(town: Town, lead: Speaker) -> None:
    """Twelve officers with one report each."""
    with town.database.write() as session:
        place = session.exec(select(Person).where(Person.code == LEAD)).one().department_id
        pattern = session.exec(select(Indicator).where(Indicator.code == "IN-01")).one()
        for number in range(12):
            officer = Person(code=f"X{number}", name=f"담당{number:02}", department_id=place)
            session.add(officer)
            session.flush()
            values = pattern.model_dump(exclude={"id", "code", "name", "officer_id"})
            one = Indicator(code=f"X-{number}", name=f"일{number}", officer_id=officer.id, **values)
            session.add(one)
    _until_thursday(town)
    assert "외 3명의 보고는 부서 현황에 있습니다." in _board(lead)
    assert _board(lead).count("• 일") == 9
