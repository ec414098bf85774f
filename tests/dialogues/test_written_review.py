"""A written review: papers, views, notes and tasks, as conversations between officers and consultants."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from handlers.dialogue.answers import FilledAtOnce
from models.audit import AuditRow
from models.consultation.booking import Booking, BookingState
from models.consultation.programme import Slot
from models.consultation.review import Paper, ReviewTask, View
from models.messaging.conversation import Conversation
from models.organization import Person
from models.plan import Indicator
from tests.dialogues.city import (
    ADMINISTRATOR,
    BUREAU_LEAD,
    CARER,
    CIVIL,
    DEPUTY,
    EVALUATOR,
    LEAD,
    SAFETY,
    SECOND,
)
from tests.dialogues.reviewing import (
    CONSULTANT,
    ELSEWHERE,
    GOOD,
    INDICATORS,
    OTHER_CONSULTANT,
    finds_all_good,
    hands_in,
    has_review,
    is_asked,
    judges,
    notes_all,
    views_all,
)
from tests.kit import files
from tests.kit.conversation import Speaker, Town


@pytest.fixture(autouse=True)
def review(town: Town) -> None:
    """The city has a written review."""
    has_review(town)


@pytest.fixture
def consultant(town: Town) -> Speaker:
    return town.person(CONSULTANT)


def test_from_the_paper_to_the_last_answer(town: Town, officer: Speaker, consultant: Speaker) -> None:
    lead = town.person(LEAD)
    officer.sees("컨설팅·교육 (서면검토 자료) 미제출")
    officer.says("컨설팅")
    officer.sees("서면검토 자료 (성과지표 컨설팅) 미제출")
    officer.presses("서면검토 자료")
    officer.sees("총무과 서면검토 자료", "제출 기한: 7. 17.(수) 18:00까지 · 근무일 7일 남음", "[자료 작성]")
    officer.presses("자료 작성")
    officer.says("목표치를 봐 주십시오.")
    officer.attaches(files.hwp(), "지표정의서.hwp")
    officer.presses("다음")
    officer.sees("제출 전", "설명: 목표치를 봐 주십시오.", "지표정의서.hwp", "[제출하기]", "[고치기]")
    consultant.does_not_see("총무과")
    officer.presses("제출하기")
    officer.sees("총무과 서면검토 자료를 제출했습니다.", "기한 안에 제출했습니다.", "[제출한 자료 보기]")

    consultant.sees(
        "검토하실 서면검토 자료가 도착했습니다.", "제출: 김주무 · 7. 8.(월) 09:00", "지표정의서.hwp"
    )
    consultant.presses("의견 쓰기")
    consultant.sees("총무과 서면검토 의견", "지표 3개 가운데 0개를 썼습니다.", "민원처리율 () 작성 전")
    consultant.presses("민원처리율")
    consultant.sees(
        "총무과 · 지표 1/3",
        "목표 95 % · 가중치 40점",
        "산식: 처리 건수 ÷ 접수 건수 × 100",
        "과거 실적: 2017년 91.2 % · 2018년 93.75 %",
        "연계 [now]",
    )
    judges(consultant, "적정", "보완", "적정", "적정", text="분모를 접수 건수로 바꾸어 주세요.")
    consultant.sees("민원처리율 의견을 저장했습니다.", "지표 3개 가운데 2개가 남았습니다.", "[다음 지표로]")
    for name in INDICATORS[1:]:
        consultant.presses("다음 지표로")
        consultant.sees(name)
        judges(consultant)
    consultant.sees("지표 3개를 모두 썼습니다.")
    officer.does_not_see("산식 보완", "분모를")
    consultant.presses("지표 목록")
    consultant.sees("민원처리율 (산식 보완) 고칠 점 1건", "민원 처리기간 () 적정", "[의견 보내기]")
    consultant.presses("의견 보내기")
    consultant.sees("총무과에 의견을 보냈습니다.")

    for reader in (officer, lead):
        reader.sees(
            "총무과 서면검토 의견",
            "고칠 점 1건",
            "컨설턴트: 한연구",
            "연계 적정 · 산식 보완 · 목표치 적합성 적정 · 도전성 적정\n분모를 접수 건수로 바꾸어 주세요.",
            "청렴교육 이수율\n연계 적정 · 산식 적정 · 목표치 적합성 적정 · 도전성 적정",
        )
    assert officer.card("총무과 서면검토 자료")["badge"]["label"] == "의견 도착"

    notes_all(consultant)
    consultant.sees("총무과 면담 결과", "[결과 보내기]")
    consultant.presses("결과 보내기")
    consultant.sees("적지 않으시면 8. 19.(월) 18:00까지입니다.")
    consultant.presses("이 기한으로")
    consultant.sees("총무과에 면담 결과를 보냈습니다.", "고칠 점 1건을 담당자에게 전달했습니다.")
    officer.sees("컨설팅 결과 고칠 점이 1건 있습니다.", "• 민원처리율 — 산식", "기한: 8. 19.(월) 18:00까지")
    lead.sees("부서에 컨설팅 결과가 도착했습니다. 고칠 점이 1건 있습니다.")

    officer.presses("고칠 점 보기")
    officer.sees("답변 전 1건", "민원처리율 (산식 · 8. 19.(월) 18:00까지 · 근무일 29일 남음) 답변 전")
    officer.presses("민원처리율")
    officer.sees("항목: 산식 보완", "컨설턴트 의견: 분모를 접수 건수로 바꾸어 주세요.")
    officer.presses("고친 내용 적기")
    officer.says("분모를 접수 건수로 바꾸었습니다.")
    officer.sees("답변을 저장했습니다.", "답변할 고칠 점이 남아 있지 않습니다.")
    consultant.sees("총무과가 고칠 점 1건에 모두 답했습니다.", "[답변 보기]")
    consultant.presses("답변 보기")
    consultant.sees("모두 답변했습니다.", "민원처리율 (산식) 답변함")
    consultant.presses("민원처리율")
    consultant.sees("답변: 분모를 접수 건수로 바꾸었습니다.", "답변자: 김주무", "[다시 열기]")


def test_a_late_paper_is_taken_and_said_to_be_late(town: Town, officer: Speaker, consultant: Speaker) -> None:
    town.passes(days=10)
    officer.says("컨설팅")
    officer.sees("서면검토 자료 (성과지표 컨설팅) 기한 지남")
    officer.presses("서면검토 자료")
    officer.sees("기한이 지났지만 지금도 제출하실 수 있습니다. 늦게 제출한 것으로 표시됩니다.")
    hands_in(officer)
    officer.sees("기한이 지나 늦게 제출한 것으로 표시됩니다.")
    consultant.sees("늦게 제출됨")
    consultant.says("컨설팅")
    consultant.presses("서면검토 의견")
    consultant.sees("총무과 (7. 18.(목) 09:00 제출(기한 지남)) 제출됨")


def test_half_a_paper_is_kept_and_gone_on_with(town: Town, officer: Speaker) -> None:
    officer.says("컨설팅")
    officer.presses("서면검토 자료")
    officer.presses("자료 작성")
    officer.says("쓰다 말았습니다.")
    officer.says("내 지표")
    officer.says("컨설팅")
    officer.sees("서면검토 자료 (성과지표 컨설팅) 제출 전")
    officer.presses("서면검토 자료")
    officer.sees("쓰다 말았습니다.")
    officer.presses("고치기")
    officer.attaches(files.pdf(), "계획서.pdf")
    officer.presses("임시저장")
    officer.sees("임시저장했습니다.", "계획서.pdf")
    officer.presses("고치기")
    officer.presses("고치기: 파일")
    officer.presses("빼기: 계획서.pdf")
    officer.presses("파일 없이 계속")
    officer.does_not_see("계획서.pdf")


def test_looking_at_the_form_begins_no_paper(town: Town, officer: Speaker) -> None:
    officer.says("컨설팅")
    officer.presses("서면검토 자료")
    officer.presses("자료 작성")
    officer.presses("취소")
    officer.sees("미제출", "[자료 작성]")
    officer.presses("자료 작성")
    officer.presses("임시저장")
    with town.database.read() as session:
        assert session.exec(select(Paper)).all() == []


def test_a_paper_is_taken_back_while_nobody_views_it(officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    officer.presses("자료 회수")
    officer.sees("자료를 회수했습니다.", "제출 전", "[제출하기]")
    consultant.sees("부서에서 아직 자료를 제출하지 않았습니다.")
    card = consultant.card("총무과 서면검토 자료")
    assert (card["buttons"], card["files"]) == ([], [])
    officer.presses("제출하기")
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    back = officer.button("자료 회수")
    judges(consultant)
    assert "자료 회수" not in [button["label"] for button in officer.card("총무과 서면검토 자료")["buttons"]]
    officer.presses_again(back)
    officer.sees("한연구 님이 검토를 시작하여 자료를 바꿀 수 없습니다.")


def test_a_view_is_not_begun_on_what_was_taken_back(officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    officer.presses("자료 회수")
    judges(consultant)
    consultant.sees("총무과는 아직 서면검토 자료를 제출하지 않았습니다. 제출되면 알려 드리겠습니다.")
    consultant.presses("취소")
    consultant.sees("총무과는 아직 서면검토 자료를 제출하지 않았습니다.", "[부서 목록]")


def test_what_is_not_good_asks_for_a_text(officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    judges(consultant, *GOOD[1:], "재설정")
    consultant.sees("적정이 아닌 항목이 있으면 무엇을 어떻게 고치면 되는지 의견을 적어 주세요.", "의견 [now]")
    consultant.says("목표를 높여 주세요.")
    consultant.sees("민원처리율 의견을 저장했습니다.")


def test_half_a_view_is_kept_and_gone_on_with(town: Town, officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    consultant.presses("적정")
    consultant.presses("보완")
    consultant.says("컨설팅")
    consultant.presses("서면검토 의견")
    consultant.sees("총무과 (7. 8.(월) 09:00 제출) 제출됨")
    consultant.presses("총무과")
    consultant.sees("민원처리율 (산식 보완) 작성 중")
    consultant.presses("민원처리율")
    consultant.sees("산식 [done] 보완", "목표치 적합성 [now]")
    consultant.presses("임시저장")
    consultant.does_not_see("임시저장했습니다.")


def test_a_form_that_was_only_looked_at_begins_nothing(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    hands_in(officer)
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    consultant.says("메뉴")
    finds_all_good(consultant)
    consultant.presses("보낸 의견 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.presses("민원처리율")
    consultant.says("메뉴")
    with town.database.read() as session:
        assert {view.stage.value for view in session.exec(select(View))} == {"written"}


def test_the_second_of_two_consultants_is_told_who_was_quicker(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    other = town.person(OTHER_CONSULTANT)
    hands_in(officer)
    for person in (consultant, other):
        person.presses("의견 쓰기")
        person.presses("민원처리율")
    other.presses("적정")
    judges(consultant)
    other.presses("적정")
    other.sees("한연구 님이 7. 8.(월) 09:00에 먼저 의견을 썼습니다.", "[쓴 의견 보기]", "[지표 목록]")
    other.presses("쓴 의견 보기")
    other.sees("연계 [done] 적정", "도전성 [done] 적정")
    other.presses("고치기: 도전성")
    other.presses("보완")
    other.says("목표를 높여 주세요.")
    other.sees("민원처리율 의견을 저장했습니다.")


def test_a_view_can_be_filled_in_at_once(town: Town, officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")

    def fills_in(**values: str) -> None:
        with town.database.read() as session:
            here = session.exec(
                select(Conversation).where(Conversation.person_id == consultant.person_id)
            ).one()
        consultant._answers(FilledAtOnce(here.screen_id or 0, values, is_open=True))

    verdicts = {"link": "good", "formula": "mend", "target": "good", "challenge": "good"}
    fills_in(**verdicts, text="")
    assert consultant.outcome is not None and list(consultant.outcome.wrong) == ["text"]
    fills_in(**verdicts, text="분모를 바꾸어 주세요.")
    consultant.sees("민원처리율 의견을 저장했습니다.", "[다음 지표로]")


def test_the_list_of_departments_tells_how_far_each_is(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    hands_in(officer)
    hands_in(town.person(CIVIL))
    views_first = town.person(OTHER_CONSULTANT)
    views_first.says("컨설팅")
    views_first.sees("서면검토 의견 (성과지표 컨설팅) 2건")
    views_first.presses("서면검토 의견")
    views_first.presses("총무과")
    views_first.presses("민원처리율")
    judges(views_first)
    consultant.says("컨설팅")
    consultant.presses("서면검토 의견")
    consultant.sees(
        "미제출 1곳, 의견 기다림 2곳",
        "의견 기한: 7. 24.(수) 18:00까지",
        "총무과 (7. 8.(월) 09:00 제출) 의견 1/3",
        "민원과 (7. 8.(월) 09:00 제출) 제출됨",
        "돌봄과 (제출 기한 7. 17.(수) 18:00) 미제출",
    )
    assert consultant.buttons()[-3:] == ["총무과", "민원과", "돌봄과"]
    consultant.presses("돌봄과")
    consultant.sees("돌봄과는 아직 서면검토 자료를 제출하지 않았습니다.")


def test_a_department_that_was_at_its_meeting_waits_for_its_notes(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    hands_in(officer)
    finds_all_good(consultant)
    consultant.says("컨설팅")
    consultant.sees("서면검토 의견 (성과지표 컨설팅) \n")
    _was_at_the_meeting(town, officer)
    consultant.says("컨설팅")
    consultant.sees("서면검토 의견 (성과지표 컨설팅) 1건")
    consultant.presses("서면검토 의견")
    consultant.sees("총무과 (결과 기한 8. 2.(금) 18:00) 면담 결과 쓰기 전")
    consultant.presses("총무과")
    consultant.sees("총무과 면담 결과", "민원처리율 () 작성 전")
    evaluator = town.person(EVALUATOR)
    evaluator.says("컨설팅")
    evaluator.sees("서면검토 의견 (성과지표 컨설팅) \n")
    evaluator.presses("서면검토 의견")
    evaluator.sees("총무과 (7. 8.(월) 09:00 제출) 의견 보냄")


def _was_at_the_meeting(town: Town, officer: Speaker) -> None:
    at = town.now()
    with town.database.write() as session:
        slot = Slot(programme_id=1, code="S1", starts_at=at, ends_at=at)
        session.add(slot)
        session.flush()
        session.add(
            Booking(
                programme_id=1,
                slot_id=slot.id or 0,
                department_id=3,
                person_id=officer.person_id,
                uid="S1",
                state=BookingState.ATTENDED,
                booked_at=at,
                changed_at=at,
            )
        )


def test_the_evaluation_office_and_administrators_look_on(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    hands_in(officer)
    for code in (EVALUATOR, ADMINISTRATOR):
        person = town.person(code)
        person.says("컨설팅")
        person.presses("서면검토 의견")
        person.presses("총무과")
        person.sees("총무과 서면검토 자료", "목표치를 봐 주십시오.")
        person.does_not_see("[의견 쓰기]", "[자료 회수]")
    views_all(consultant)
    consultant.presses("의견 보내기")
    person.says("컨설팅")
    person.presses("서면검토 의견")
    person.presses("총무과")
    person.sees("총무과 서면검토 의견", "산식 보완")
    person.does_not_see("[면담 결과 쓰기]")


def test_who_is_no_part_of_it_sees_nothing(town: Town, officer: Speaker) -> None:
    hands_in(officer)
    elsewhere, civil, safety = town.person(ELSEWHERE), town.person(CIVIL), town.person(SAFETY)
    elsewhere.does_not_see("총무과")
    elsewhere.says("컨설팅")
    elsewhere.presses("서면검토 의견")
    assert elsewhere.buttons() == ["처음으로", "돌봄과"]
    safety.does_not_see("서면검토")
    civil.says("컨설팅")
    civil.presses("서면검토 자료")
    civil.sees("민원과 서면검토 자료")
    for step in ("paper", "sent", "department", "notes", "tasks"):
        for person in (elsewhere, civil):
            _goes(person, step)
            person.sees("이 컨설팅을 볼 권한이 없습니다." if step != "notes" else "컨설턴트만")
    _goes(officer, "notes")
    officer.sees("총무과의 컨설턴트만 의견을 쓸 수 있습니다.")


def _goes(person: Speaker, step: str, **data: int) -> None:
    """As if a button led there that they should not have."""
    with person.town.database.write() as session:
        here = session.exec(select(Conversation).where(Conversation.person_id == person.person_id)).one()
        here.step, here.screen_id = f"written_review.{step}", None
        here.data = {"programme": 1, "department": 3, "stage": "written"} | data
        session.add(here)
    person.presses_again("gone.0")


def test_nothing_is_read_before_all_of_it_was_sent(officer: Speaker, consultant: Speaker) -> None:
    hands_in(officer)
    views_all(consultant)
    _goes(officer, "sent")
    officer.sees("컨설턴트가 아직 보낸 의견이 없습니다. 의견이 오면 알려 드리겠습니다.")
    _goes(officer, "department")
    officer.sees("총무과의 컨설턴트만 의견을 쓸 수 있습니다.")


def test_nobody_else_gets_at_a_task(town: Town) -> None:
    officer, consultant = is_asked(town)
    civil, lead = town.person(CIVIL), town.person(LEAD)
    task = {"task": 1, "revision": 1}
    _goes(civil, "views")
    civil.sees("서면검토 현황은 컨설턴트와 평가부서가 보는 화면입니다.")
    _goes(civil, "task", **task)
    civil.sees("이 항목을 볼 권한이 없습니다.")
    _goes(lead, "answer", **task)
    lead.sees("민원처리율은 담당자만 답할 수 있습니다.")
    _goes(officer, "reopen", **task)
    officer.sees("총무과의 컨설턴트만 다시 열 수 있습니다.")
    _goes(consultant, "reopen", **task)
    consultant.sees("그사이 내용이 바뀌었습니다.", "[내용 보기]")


def test_the_consultant_is_told_once_the_last_task_is_answered(town: Town) -> None:
    officer, consultant = is_asked(town)
    consultant.presses("보낸 결과 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.presses("민원처리율")
    consultant.presses("고치기: 도전성")
    consultant.presses("보완")
    officer.presses("고칠 점 보기")
    officer.presses("민원처리율")
    officer.presses("고친 내용 적기")
    officer.says("고쳤습니다.")
    officer.sees("답변할 고칠 점이 1건 남았습니다.")
    consultant.does_not_see("모두 답했습니다.")
    officer.presses("다음 고칠 점")
    officer.presses("고친 내용 적기")
    officer.says("이것도 고쳤습니다.")
    consultant.sees("총무과가 고칠 점 2건에 모두 답했습니다.")


def test_a_deputy_hands_in_and_answers(town: Town) -> None:
    deputy, consultant = town.person(DEPUTY), town.person(CONSULTANT)
    hands_in(deputy)
    consultant.sees("제출: 송대결")
    views_all(consultant)
    consultant.presses("의견 보내기")
    deputy.sees("총무과 서면검토 의견")
    notes_all(consultant)
    consultant.presses("결과 보내기")
    consultant.says("7. 31.")
    deputy.sees("컨설팅 결과 고칠 점이 1건 있습니다.", "기한: 7. 31.(수) 18:00까지")
    deputy.presses("고칠 점 보기")
    deputy.presses("민원처리율")
    deputy.presses("고친 내용 적기")
    deputy.says("고쳤습니다.")
    consultant.sees("모두 답했습니다.")


def test_who_left_is_told_nothing_and_does_nothing(town: Town, officer: Speaker, consultant: Speaker) -> None:
    second = town.person(SECOND)
    hands_in(officer)
    views_all(consultant)
    with town.database.write() as session:
        person = session.exec(select(Person).where(Person.code == SECOND)).one()
        person.left_on = date(2019, 7, 8)
    consultant.presses("의견 보내기")
    officer.sees("총무과 서면검토 의견")
    second.does_not_see("총무과 서면검토 의견")
    second.presses("컨설팅·교육")
    second.does_not_see("총무과 서면검토 자료")


def test_who_has_several_departments_chooses_one(town: Town) -> None:
    bureau_lead = town.person(BUREAU_LEAD)
    bureau_lead.says("컨설팅")
    bureau_lead.presses("서면검토 자료")
    bureau_lead.sees("어느 부서의 자료를 볼까요?", "총무과 () 미제출", "민원과 () 미제출")
    bureau_lead.presses("민원과")
    bureau_lead.sees("민원과 서면검토 자료", "[자료 작성]")


def test_an_answer_can_be_opened_again_with_a_reason(town: Town) -> None:
    officer, consultant = is_asked(town)
    officer.presses("고칠 점 보기")
    officer.presses("민원처리율")
    officer.presses("고친 내용 적기")
    officer.says("고쳤습니다.")
    consultant.presses("답변 보기")
    consultant.presses("민원처리율")
    consultant.presses("다시 열기")
    consultant.sees("답변: 고쳤습니다.")
    consultant.says("산식이 그대로입니다.")
    consultant.sees("다시 열었습니다. 담당자에게 전달했습니다.")
    officer.sees(
        "컨설턴트가 답변을 다시 요청했습니다.", "다시 연 사유: 산식이 그대로입니다.", "[고친 내용 적기]"
    )
    officer.presses("고친 내용 적기")
    officer.sees("다시 연 사유: 산식이 그대로입니다.")
    officer.says("이번에는 고쳤습니다.")
    consultant.sees("총무과가 고칠 점 1건에 모두 답했습니다.")


def test_of_two_who_answer_the_second_is_told_who_was_quicker(town: Town) -> None:
    officer, _ = is_asked(town)
    second = town.person(SECOND)
    for person in (officer, second):
        person.says("컨설팅")
        person.presses("컨설팅 결과 고칠 점")
        person.presses("민원처리율")
        person.presses("고친 내용 적기")
    second.says("부담당자가 고쳤습니다.")
    officer.says("담당자가 고쳤습니다.")
    officer.sees("이서기 님이 7. 8.(월) 09:00에 먼저 답했습니다.", "[내용 보기]")
    with town.database.read() as session:
        assert session.exec(select(ReviewTask)).one().answer == "부담당자가 고쳤습니다."


def test_a_corrected_note_tells_what_is_new_and_what_is_not_needed(town: Town) -> None:
    officer, consultant = is_asked(town)
    officer.presses("고칠 점 보기")
    officer.presses("민원처리율")
    consultant.presses("보낸 결과 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.sees("부서에 보낸 결과입니다. 고치면 부서에 바로 전달됩니다.")
    consultant.presses("민원처리율")
    consultant.presses("고치기: 산식")
    consultant.presses("적정")
    consultant.sees("고친 결과를 담당자에게 전달했습니다.")
    officer.sees("민원처리율의 면담 결과가 고쳐졌습니다.", "고칠 점 1건은 이제 하지 않으셔도 됩니다.")
    assert officer.card("민원처리율")["badge"]["label"] == "필요 없음"
    consultant.presses("지표 목록")
    consultant.presses("민원 처리기간")
    consultant.presses("고치기: 도전성")
    consultant.presses("보완")
    consultant.sees("의견 [now]")
    consultant.says("목표를 낮춰 잡았습니다.")
    officer.sees("민원 처리기간의 면담 결과가 고쳐졌습니다.", "새로 고칠 점이 1건 있습니다.")


def test_a_note_that_was_only_looked_at_is_not_sent_again(town: Town) -> None:
    officer, consultant = is_asked(town)
    officer.says("메뉴")
    consultant.presses("보낸 결과 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.presses("민원처리율")
    consultant.presses("그대로 두고 계속")
    consultant.sees("바뀐 것이 없어 그대로 두었습니다.")
    officer.does_not_see("고쳐졌습니다.")


def test_where_all_is_good_there_is_nothing_to_mend(
    town: Town, officer: Speaker, consultant: Speaker
) -> None:
    hands_in(officer)
    finds_all_good(consultant)
    consultant.presses("보낸 의견 보기")
    consultant.presses("면담 결과 쓰기")
    for name in INDICATORS:
        consultant.presses(name)
        consultant.presses("건너뛰기")
        consultant.presses("지표 목록")
    consultant.presses("결과 보내기")
    consultant.presses("이 기한으로")
    consultant.sees("고칠 점이 없습니다.")
    officer.sees("컨설팅 결과가 도착했습니다. 고칠 점이 없습니다.", "[면담 결과 보기]")


def test_an_indicator_that_changed_hands_takes_its_tasks_along(town: Town) -> None:
    officer, _ = is_asked(town)
    with town.database.write() as session:
        indicator = session.exec(select(Indicator).where(Indicator.code == "GA-01")).one()
        carer = session.exec(select(Person.id).where(Person.code == CARER)).one()
        indicator.officer_id, indicator.deputy_officer_id = carer, None
    officer.presses("고칠 점 보기")
    officer.sees("컨설팅 결과 고칠 점이 없습니다.")
    person = town.person(CARER)
    person.says("컨설팅")
    person.presses("컨설팅 결과 고칠 점")
    person.presses("민원처리율")
    person.does_not_see("[면담 결과 보기]")
    person.presses("고친 내용 적기")
    person.says("고쳤습니다.")
    person.sees("답변을 저장했습니다.")


def test_what_was_done_is_audited(town: Town) -> None:
    officer, _ = is_asked(town)
    officer.presses("고칠 점 보기")
    officer.presses("민원처리율")
    officer.presses("고친 내용 적기")
    officer.says("고쳤습니다.")
    with town.database.read() as session:
        actions = [row.action for row in session.exec(select(AuditRow).order_by(AuditRow.id))]  # type: ignore[arg-type]
    assert actions[-11:] == [
        "paper.save", "paper.hand_in", *["view.written"] * 3, "views.send", *["view.note"] * 3, "notes.send",
        "task.answer",
    ]  # fmt: skip
