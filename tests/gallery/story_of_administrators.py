"""The administrator's work: progress, import, export, periods, codes, deliveries, who cannot be reached."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlmodel import col, select, update

from bot.outgoing.settling import mark_unreachable
from handlers.book import BOOK
from models.messaging.account import Account
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.outbox import Outbox, Sending
from models.organization import Role, RoleHeld
from tests.dialogues import city
from tests.dialogues.story import closes, hands_in
from tests.gallery.homes import see_home
from tests.gallery.recorder import RecordedTown
from tests.kit import files
from tests.kit.conversation import Speaker
from tests.kit.plans import Sheets, put, write_xlsx
from tests.kit.remote import Phone


def tell(town: RecordedTown) -> None:
    """Everything an administrator does, in one long morning."""
    administrator = town.person(city.ADMINISTRATOR)
    officer, evaluator = town.person(city.OFFICER), town.person(city.EVALUATOR)
    see_home(town, administrator)
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("승인")
    administrator.presses("관리")
    _looks_at_progress(town, administrator)
    _imports(town, administrator)
    _exports(town, administrator)
    _closes_and_reopens(administrator)
    _hands_out_codes(administrator)
    _looks_at_deliveries(town, administrator, officer)
    _loses_the_office(town, administrator)


def _looks_at_progress(town: RecordedTown, administrator: Speaker) -> None:
    administrator.presses("전체 진행")
    administrator.presses("2019년 성과관리 상반기 보기")
    administrator.presses("총무과")
    administrator.presses("민원처리율")
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.presses("총무과")
    administrator.presses("종이 없는 보고")
    town.passes(days=5)
    administrator.says("관리")
    administrator.presses("전체 진행")


def _imports(town: RecordedTown, administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("계획 서식 내려받기")
    town.do_errands()
    administrator.presses("성과관리계획 등록")
    administrator.attaches(files.pdf(), "계획.pdf")
    administrator.says("여기 있습니다")
    administrator.presses("취소")
    plan = city.plan()
    put(plan, "지표", "O3", "서른")
    put(plan, "사람", "D3", "없는과")
    _brings(town, administrator, plan)
    administrator.presses("고쳐서 다시 올리기")
    for row in range(2, 30):
        put(plan, "지표", f"O{row}", "많이")
        put(plan, "지표", f"D{row}", f"없는과{row}")
    _brings(town, administrator, plan)
    plan = city.plan()
    put(plan, "지표", "C2", "민원 처리율(개정)")
    _brings(town, administrator, plan)
    _brings(town, administrator, plan)


def _brings(town: RecordedTown, administrator: Speaker, plan: Sheets) -> None:
    administrator.says("관리")
    administrator.presses("성과관리계획 등록")
    with tempfile.TemporaryDirectory() as folder:
        content = write_xlsx(plan, Path(folder) / "plan.xlsx").read_bytes()
    administrator.attaches(content, "2019 계획.xlsx")
    administrator.presses("다음")
    town.do_errands()


def _exports(town: RecordedTown, administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("성과표 내려받기")
    administrator.presses("2019년 혁신과제 상반기")
    town.do_errands()
    administrator.presses("관리로")


def _closes_and_reopens(administrator: Speaker) -> None:
    closes(administrator, "2019년 성과관리 상반기")
    administrator.presses("2019년 성과관리 상반기")
    administrator.presses("마감 해제")
    administrator.says("총무과 실적 정정")


def _hands_out_codes(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("연결 코드")
    administrator.presses("다음 쪽")
    administrator.says("직원")
    administrator.presses("다음 쪽")
    administrator.says("세종대왕")
    administrator.presses("검색 지우기")
    administrator.says("박민원")
    administrator.presses("박민원")


def _looks_at_deliveries(town: RecordedTown, administrator: Speaker, officer: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("알림 발송 상태")
    phone = Phone.of(officer)
    phone.says("메뉴")
    _fails(town, phone)
    with town.doing("메신저에서 차단됨"):
        town.deliver()
    administrator.presses("연결 코드 만들기")
    administrator.says("관리")
    administrator.presses("알림 발송 상태")
    phone.unreachable(is_so=False)
    administrator.is_shown("admin.unreachable", account=phone.account_id)


def _fails(town: RecordedTown, phone: Phone) -> None:
    """What is sent to the telephone is not taken there, and nothing else reaches its owner."""
    with town.database.write() as session:
        for account in session.exec(select(Account).where(Account.id != phone.account_id)):
            if account.person_id == session.get_one(Account, phone.account_id).person_id:
                account.address = None
        dead = {"state": Sending.DEAD, "fault": "Bad Request: chat not found"}
        mine = col(Outbox.account_id) == phone.account_id
        session.execute(update(Outbox).where(mine).values(**dead))
        failed = Arrival(messenger=phone.messenger, address=phone.address, payload={}, ready_at=town.now())
        failed.state = ArrivalState.FAILED
        session.add(failed)
        mark_unreachable(session, town.now(), BOOK, phone.account_id)


def _loses_the_office(town: RecordedTown, administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 혁신과제 상반기")
    with town.database.write() as session:
        office = (
            col(RoleHeld.person_id) == administrator.person_id,
            col(RoleHeld.role) == Role.ADMINISTRATOR,
        )
        session.execute(update(RoleHeld).where(*office).values(role=Role.OFFICER))
    administrator.presses("마감하기")
