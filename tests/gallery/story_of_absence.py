"""A lead's board with a nudge, an administrator's view of the city, absences and who stands in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from models.messaging.outbox import Outbox, Sending
from models.organization import Role, RoleHeld
from tests.dialogues import city
from tests.dialogues.story import hands_in
from tests.gallery.recorder import RecordedTown


def tell(town: RecordedTown) -> None:
    """Two weeks in which little is handed in."""
    with town.database.write() as session:
        session.execute(sa.delete(RoleHeld).where(col(RoleHeld.role) == Role.DEPUTY))
    _registers(town)
    _names_for_another(town)
    _boards(town)


def _registers(town: RecordedTown) -> None:
    officer, second, lead = (town.person(code) for code in (city.OFFICER, city.SECOND, city.LEAD))
    officer.says("부재")
    officer.presses("부재 등록")
    officer.says("7. 20.")
    officer.says("7. 19.")
    officer.says("취소")
    officer.presses("부재 등록")
    officer.says("7. 11.")
    officer.says("7. 16.")
    officer.presses("이서기")
    officer.presses("대결자 지정")
    officer.presses("송대결")
    officer.says("부재")
    second.says("메뉴")
    lead.presses("대결자 지정")
    lead.presses("이서기")
    officer.says("부재")
    officer.presses("7. 11.(목) ~ 7. 16.(화)")
    officer.presses("부재 취소")
    lone = town.person(city.SAFETY)
    lone.says("휴가")
    lone.presses("부재 등록")
    lone.says("7. 8.")
    lone.says("7. 9.")
    lone.presses("대결자 없이 등록")
    town.time_goes_on(days=1)
    lone.says("부재")
    lone.presses("7. 8.(월) ~ 7. 9.(화)")
    lone.presses("오늘부터 복귀")


def _names_for_another(town: RecordedTown) -> None:
    lead, second = town.person(city.LEAD), town.person(city.SECOND)
    lead.says("대결")
    lead.presses("부서원의 대결자 지정")
    lead.presses("김주무")
    lead.says("7. 12.")
    lead.presses("이서기")
    second.says("부재")
    second.is_shown("absence.people")


def _boards(town: RecordedTown) -> None:
    lead, officer = town.person(city.LEAD), town.person(city.OFFICER)
    bureau_lead, administrator = town.person(city.BUREAU_LEAD), town.person(city.ADMINISTRATOR)
    town.time_goes_on(days=2, minutes=1)
    button = lead.button("독려: 김주무")
    lead.presses_again(button)
    lead.presses_again(button)
    officer.presses("실적 보고")
    town.time_goes_on(days=1)
    officer.presses("모두 보기")
    town.time_goes_on(days=3)
    bureau_lead.presses("부서 현황")
    with town.database.write() as session:
        dead = {"state": Sending.DEAD, "fault": "Bad Request: chat not found", "made_at": town.now()}
        mine = col(Outbox.account_id) == officer.account_id
        session.execute(sa.update(Outbox).where(mine).values(**dead))
    hands_in(officer, "종이 없는 보고 45")
    town.time_goes_on(days=1)
    administrator.presses("전체 진행")
    lead.presses("대결자 지정")
