"""The administrator: progress, importing a plan, the score workbook, closing a period, codes, deliveries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import col, delete, select, update

from models.audit import AuditRow
from models.messaging.account import LinkCode, Messenger, use_code
from models.messaging.outbox import Outbox, Sending
from models.organization import Role, RoleHeld
from models.plan import Indicator, Period, PeriodState
from models.words import Refusal
from tests.dialogues import city
from tests.dialogues.city import CIVIL, OFFICER
from tests.dialogues.story import closes, hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town
from tests.kit.plans import Sheets, put, write_xlsx


def _loses_the_office(town: Town, person: Speaker) -> None:
    with town.database.write() as session:
        session.execute(
            delete(RoleHeld).where(
                col(RoleHeld.person_id) == person.person_id, col(RoleHeld.role) == Role.ADMINISTRATOR
            )
        )


def _brings(person: Speaker, plan: Sheets, folder: Path, name: str = "2019 계획.xlsx") -> None:
    """Uploads the plan and waits for the answer."""
    person.says("관리")
    person.presses("성과관리계획 등록")
    person.attaches(write_xlsx(plan, folder / "plan.xlsx").read_bytes(), name)
    person.presses("다음")
    person.sees(f"{name}를 확인하고 있습니다. 끝나면 결과를 알려 드리겠습니다.", "[관리로]")
    person.town.do_errands()


def _indicators(town: Town) -> dict[str, str]:
    with town.database.read() as session:
        return {one.code: one.name for one in session.exec(select(Indicator))}


def test_who_is_no_administrator_is_refused_and_led_back(officer: Speaker) -> None:
    officer.says("관리")
    officer.sees("관리자만 할 수 있는 일입니다.", "[처음으로]")
    officer.presses("처음으로")
    officer.sees("무엇을 도와드릴까요?")


def test_who_is_no_administrator_any_more_is_refused_wherever_they_stood(
    town: Town, administrator: Speaker
) -> None:
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 성과관리 상반기")
    _loses_the_office(town, administrator)
    administrator.presses("마감하기")
    administrator.sees("관리자만 할 수 있는 일입니다.")
    administrator.sees("관리자만 할 수 있는 일입니다.", "더 이상 볼 수 없는 내용입니다.")
    administrator.does_not_see("[마감하기]")
    administrator.says("관리")
    administrator.sees("관리자만 할 수 있는 일입니다.", "[처음으로]")
    administrator.presses("처음으로")
    administrator.does_not_see("관리 (")


def test_progress_shows_the_city_then_a_department_then_its_indicators(
    town: Town, administrator: Speaker
) -> None:
    officer = town.person(OFFICER)
    hands_in(officer)
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.presses("2019년 성과관리 상반기 보기")
    administrator.sees(
        "전체 진행 · 2019년 성과관리 상반기",
        "7. 15.(월) 18:00까지 · 근무일 5일 남음",
        "지표 25건 중 승인 0건(0 %), 검토 중 1건, 미제출 24건\n",
        "총무과 (승인 0/3 · 미제출 2건)",
        "[2019년 혁신과제 상반기 보기]",
    )
    administrator.presses("총무과")
    administrator.sees("민원처리율 (김주무) 제출됨", "청렴교육 이수율 (최팀장) 미제출")
    administrator.presses("민원처리율")
    administrator.sees("보고한 실적: 97.3 %")
    administrator.does_not_see("[승인]", "[확인]")


def test_progress_names_the_late_and_the_finished(
    town: Town, administrator: Speaker, evaluator: Speaker
) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    evaluator.presses("승인")
    town.passes(days=5)
    administrator.says("관리")
    administrator.presses("전체 진행")
    administrator.sees(
        "지표 6건 중 승인 1건(17 %), 미제출 5건, 기한 지남 5건\n",
        "기획예산과 (승인 0/1 · 미제출 1건) 기한 지남 1건",
        "총무과 (승인 1/1) 완료",
    )


def test_a_plan_is_imported_in_chat_and_again_changes_nothing(
    town: Town, administrator: Speaker, tmp_path: Path
) -> None:
    plan = city.plan()
    put(plan, "지표", "C2", "민원 처리율(개정)")
    _brings(administrator, plan, tmp_path)
    administrator.sees(
        "2019 계획.xlsx를 등록했습니다.", "지표: 변경 1건, 그대로 30건\n", "[전체 진행 보기]", "[처음으로]"
    )
    administrator.sees("지표 GA-01: 지표명 민원처리율 → 민원 처리율(개정)")
    assert _indicators(town)["GA-01"] == "민원 처리율(개정)"
    _brings(administrator, plan, tmp_path)
    administrator.sees("이미 등록된 내용과 같아 바뀐 것이 없습니다.")


def test_a_plan_with_errors_changes_nothing_and_names_every_one_by_sheet_and_cell(
    town: Town, administrator: Speaker, tmp_path: Path
) -> None:
    plan = city.plan()
    put(plan, "지표", "C2", "민원 처리율(개정)")
    put(plan, "지표", "O3", "서른")
    put(plan, "사람", "D3", "없는과")
    before = _indicators(town)
    _brings(administrator, plan, tmp_path)
    administrator.sees("2019 계획.xlsx를 등록하지 않았습니다.", "사람 D3", "지표 O3", "[고쳐서 다시 올리기]")
    assert _indicators(town) == before
    administrator.presses("고쳐서 다시 올리기")
    administrator.sees("계획 엑셀 [now]")


def test_more_errors_than_a_chat_can_show_are_counted(administrator: Speaker, tmp_path: Path) -> None:
    plan = city.plan()
    for row in range(2, 32):
        put(plan, "지표", f"D{row}", f"없는과{row}")
    _brings(administrator, plan, tmp_path)
    administrator.sees("고칠 곳이 30건 있습니다.", "지표 D2 ", "그 밖에 10건")


def test_the_same_error_in_many_cells_is_told_once(administrator: Speaker, tmp_path: Path) -> None:
    plan = city.plan()
    for row in range(2, 12):
        put(plan, "지표", f"O{row}", "많이")
    put(plan, "지표", "D3", "없는과")
    _brings(administrator, plan, tmp_path)
    administrator.sees(
        "고칠 곳이 11건 있습니다.",
        "지표 O2, O3, O4, O5, O6, O7, O8, O9 외 2칸 수를 읽지 못했습니다.",
        "지표 D3 ",
    )
    administrator.does_not_see("그 밖에")


def test_a_plan_that_is_no_workbook_is_asked_for_again(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("성과관리계획 등록")
    assert administrator.screens()[-1]["fields"][0]["accept"] == [".xlsx"]
    administrator.attaches(files.pdf(), "계획.pdf")
    administrator.sees("xlsx 파일만 받습니다. 계획.pdf는 다른 형식입니다.", "계획 엑셀 [now]")
    assert "빼기: 계획.pdf" not in administrator.buttons()
    administrator.says("여기 있습니다")
    administrator.sees("지금은 파일을 기다리고 있습니다. 파일을 올리거나 아래 버튼을 눌러 주세요.")
    administrator.presses("취소")
    administrator.sees("[처음으로]", "연결 코드")


def test_a_workbook_that_is_no_plan_is_rejected_with_the_reason(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("성과관리계획 등록")
    administrator.attaches(files.xlsx(), "집계.xlsx")
    administrator.presses("다음")
    administrator.town.do_errands()
    administrator.sees("집계.xlsx를 등록하지 않았습니다.", "[고쳐서 다시 올리기]")


def test_only_one_plan_is_taken_at_a_time(administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("성과관리계획 등록")
    administrator.attaches(files.xlsx(), "하나.xlsx")
    administrator.attaches(files.xlsx({"docProps/app.xml": b"<a/>"}), "둘.xlsx")
    administrator.sees("파일은 1개까지 첨부할 수 있습니다. 나머지를 빼 주세요.", "계획 엑셀 [now] 하나.xlsx")
    administrator.does_not_see("둘.xlsx")


def test_a_plan_is_not_applied_for_who_lost_the_office_while_it_was_read(
    town: Town, administrator: Speaker, tmp_path: Path
) -> None:
    plan = city.plan()
    put(plan, "지표", "C2", "민원 처리율(개정)")
    administrator.says("관리")
    administrator.presses("성과관리계획 등록")
    administrator.attaches(write_xlsx(plan, tmp_path / "plan.xlsx").read_bytes(), "계획.xlsx")
    administrator.presses("다음")
    _loses_the_office(town, administrator)
    town.do_errands()
    administrator.sees("관리자만 할 수 있는 일입니다.")
    assert _indicators(town)["GA-01"] == "민원처리율"


def test_the_score_workbook_arrives_in_the_chat(
    town: Town, administrator: Speaker, evaluator: Speaker
) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    evaluator.presses("승인")
    administrator.says("관리")
    administrator.presses("성과표 내려받기")
    administrator.sees("2019년 혁신과제 상반기 (진행 중)", "2019년 혁신과제 연간 (모든 기간을 집계)")
    administrator.presses("2019년 혁신과제 상반기")
    administrator.sees("성과표를 만들고 있습니다.", "[관리로]")
    town.do_errands()
    administrator.sees("성과표가 준비되었습니다.", ".xlsx", "[관리로]")
    name = administrator.screens()[-1]["files"][0]["name"]
    book = openpyxl.load_workbook(BytesIO(administrator.takes(name)), read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "종이 없는 보고" in cells
    with town.database.read() as session:
        assert session.exec(select(AuditRow).where(AuditRow.action == "scores.export")).one()


def test_an_empty_plan_workbook_is_had_in_the_chat_and_leads_to_the_import(
    town: Town, administrator: Speaker
) -> None:
    administrator.says("관리")
    administrator.presses("계획 서식 내려받기")
    administrator.sees("서식을 만들고 있습니다.", "[관리로]")
    town.do_errands()
    administrator.sees("서식이 준비되었습니다.", "성과관리계획 서식.xlsx")
    book = openpyxl.load_workbook(BytesIO(administrator.takes("성과관리계획 서식.xlsx")), read_only=True)
    assert {"안내", "조직", "사람", "기간", "지표", "목표", "휴일"} <= set(book.sheetnames)
    administrator.presses("성과관리계획 등록")
    administrator.sees("서식에 맞춰 적은 엑셀(.xlsx) 한 개를 올려 주세요.")


def test_a_period_is_closed_with_a_warning_and_reopened_with_a_reason(
    town: Town, administrator: Speaker, officer: Speaker
) -> None:
    hands_in(officer)
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.sees("2019년 성과관리 상반기 (보고 기한 7. 15.(월) 18:00) 진행 중")
    administrator.presses("2019년 성과관리 상반기")
    administrator.sees(
        "대상 기간: 1. 1.(화) ~ 6. 30.(일)", "검토 기한: 7. 26.(금) 18:00", "미제출: 24건", "검토 중: 1건"
    )
    close = next(one for one in administrator.screens()[-1]["buttons"] if one["label"] == "마감하기")
    assert (
        close["confirm"]
        == "2019년 성과관리 상반기를 마감할까요? 미제출 24건, 검토 중 1건은 점수에 반영되지 않습니다."
    )
    administrator.presses("마감하기")
    administrator.sees(
        "2019년 성과관리 상반기를 마감했습니다.", "2019년 성과관리 상반기 (보고 기한 7. 15.(월) 18:00) 마감됨"
    )
    administrator.presses_again(close["token"])
    administrator.sees("그사이 기간의 상태가 바뀌었습니다.")
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 성과관리 상반기")
    administrator.presses("마감 해제")
    administrator.sees("사유 [now]", "감사 기록에 남습니다.")
    administrator.says("   ")
    administrator.sees("사유 [now]")
    administrator.says("총무과 실적 정정")
    administrator.sees("2019년 성과관리 상반기의 마감을 해제했습니다.", "진행 중")
    officer.says("내 지표")
    officer.sees("민원처리율")
    with town.database.read() as session:
        row = session.exec(select(AuditRow).where(AuditRow.action == "period.reopen")).one()
    assert row.detail["reason"] == "총무과 실적 정정"


def test_a_form_that_reopens_a_period_is_over_once_another_has_reopened_it(
    town: Town, administrator: Speaker
) -> None:
    closes(administrator, "2019년 혁신과제 상반기")
    administrator.presses("2019년 혁신과제 상반기")
    administrator.presses("마감 해제")
    with town.database.write() as session:
        period = select(Period).where(Period.state == PeriodState.CLOSED)
        closed = session.exec(period).one()
        closed.state, closed.revision = PeriodState.OPEN, closed.revision + 1
        session.add(closed)
    administrator.says("총무과 실적 정정")
    administrator.sees("그사이 기간의 상태가 바뀌었습니다.", "[기간 보기]")
    administrator.presses("기간 보기")
    administrator.sees("진행 중", "[마감하기]")


def test_closing_with_nothing_left_asks_without_zeros(
    town: Town, administrator: Speaker, evaluator: Speaker, other_evaluator: Speaker
) -> None:
    with town.database.write() as session:
        session.execute(
            update(Indicator).where(col(Indicator.code) != "IN-01").values(ends_on=date(2018, 12, 31))
        )
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    evaluator.presses("승인")
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 혁신과제 상반기")
    close = next(one for one in administrator.screens()[-1]["buttons"] if one["label"] == "마감하기")
    assert close["confirm"] == "2019년 혁신과제 상반기를 마감할까요?"
    administrator.sees("승인됨: 1건")
    administrator.does_not_see("미제출", "검토 중")


def test_a_code_is_made_for_one_person_and_voids_the_one_before(town: Town, administrator: Speaker) -> None:
    codes: list[str] = []
    for _ in range(2):
        administrator.says("관리")
        administrator.presses("연결 코드")
        administrator.sees("누구의 연결 코드를 만들까요?", "이름의 일부를 입력하면 찾아 드립니다.")
        administrator.says("박민원")
        administrator.sees("'박민원' 검색 결과 1건", "박민원 (민원과 · 1004)")
        administrator.presses("박민원")
        administrator.sees(
            "박민원 님의 연결 코드입니다.", "24시간 동안 한 번만 쓸 수 있습니다.", "[다른 사람]"
        )
        codes.append(administrator.screens()[-1]["text"][1][0]["c"])
    assert all(len(code) == 11 and code[5] == "-" for code in codes)
    with town.database.write() as session, pytest.raises(Refusal):
        use_code(session, town.now(), codes[0])
    civil = town.person(CIVIL)
    with town.database.write() as session:
        assert use_code(session, town.now(), codes[1]) == civil.person_id


def test_people_who_left_get_no_code(town: Town, administrator: Speaker) -> None:
    town.passes(days=2)
    administrator.says("관리")
    administrator.presses("연결 코드")
    administrator.says("윤퇴직")
    administrator.sees("'윤퇴직'에 맞는 항목이 없습니다. 다른 말로 찾아 보세요.")


def test_deliveries_are_counted(town: Town, administrator: Speaker) -> None:
    with town.database.write() as session:
        some = session.exec(select(Outbox)).all()[-1]
        session.execute(update(Outbox).where(col(Outbox.id) == some.id).values(state=Sending.DEAD))
    administrator.says("관리")
    administrator.presses("알림 발송 상태")
    administrator.sees("알림 발송 상태", "웹 메신저: 보냄 ", "건, 실패 1건\n", "[관리로]")
    administrator.does_not_see("대기", "확인 불가")
    assert some.messenger is Messenger.WEB


def test_a_code_does_not_reach_who_lost_the_office_before_it_left(town: Town, administrator: Speaker) -> None:
    administrator.says("관리")
    administrator.presses("연결 코드")
    administrator.says("박민원")
    with town.nothing_delivered():
        administrator.presses("박민원")
    _loses_the_office(town, administrator)
    town.deliver()
    administrator.does_not_see("연결 코드입니다.")
    with town.database.read() as session:
        assert session.exec(select(LinkCode)).one()


def test_closing_says_how_it_stands_on_the_card_too(administrator: Speaker) -> None:
    closes(administrator, "2019년 혁신과제 상반기")
    card = administrator.card("2019년 혁신과제 상반기")
    assert card["badge"]["label"] == "마감됨"
    assert [button["label"] for button in card["buttons"]] == ["마감 해제", "기간 목록"]


def test_who_closes_a_period_after_its_window_for_appeals_is_warned(
    town: Town, administrator: Speaker
) -> None:
    with town.database.write() as session:
        session.execute(update(Period).values(objection_due=datetime(2019, 7, 26, 9, tzinfo=UTC)))
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 성과관리 상반기")
    administrator.sees("이의신청: 7. 26.(금) 18:00까지")
    town.passes(days=30)
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 성과관리 상반기")
    administrator.sees(
        "7. 26.(금) 18:00에 끝났습니다. 이의신청을 받으려면 마감하기 전에 계획의 날짜를 고쳐 주세요."
    )
