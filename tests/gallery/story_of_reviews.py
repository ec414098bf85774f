"""A written review: the paper, the views, the notes, and what comes of them."""

from __future__ import annotations

from tests.dialogues import city
from tests.dialogues.reviewing import (
    CONSULTANT,
    OTHER_CONSULTANT,
    hands_in,
    has_review,
    judges,
    notes_all,
)
from tests.gallery.homes import see_home
from tests.gallery.recorder import RecordedTown


def tell(town: RecordedTown) -> None:
    """Until the views arrive, then what follows the meeting."""
    has_review(town)
    _in_writing(town)
    _after_the_meeting(town)


def _in_writing(town: RecordedTown) -> None:
    officer, consultant = town.person(city.OFFICER), town.person(CONSULTANT)
    other, civil = town.person(OTHER_CONSULTANT), town.person(city.CIVIL)
    see_home(town, officer)
    officer.says("컨설팅")
    officer.presses("서면검토 자료")
    officer.presses("자료 작성")
    officer.presses("임시저장")
    hands_in(officer)
    officer.presses("제출한 자료 보기")
    officer.presses("자료 회수")
    officer.presses("고치기")
    officer.presses("그대로 두고 계속")
    officer.presses("제출하기")
    bureau_lead = town.person(city.BUREAU_LEAD)
    bureau_lead.says("컨설팅")
    bureau_lead.presses("서면검토 자료")
    consultant.says("컨설팅")
    see_home(town, consultant)
    consultant.presses("서면검토 의견")
    consultant.presses("돌봄과")
    consultant.presses("부서 목록")
    consultant.presses("총무과")
    consultant.presses("제출 자료 보기")
    other.presses("의견 쓰기")
    other.presses("청렴교육 이수율")
    consultant.presses("의견 쓰기")
    consultant.presses("청렴교육 이수율")
    judges(consultant, "적정", "적정", "적정", "재설정", text="목표를 높여 주세요.")
    other.presses("적정")
    other.presses("쓴 의견 보기")
    consultant.presses("다음 지표로")
    judges(consultant, "적정", "보완", "적정", "적정", text="분모를 접수 건수로 바꾸어 주세요.")
    consultant.presses("다음 지표로")
    consultant.presses("적정")
    consultant.presses("임시저장")
    consultant.presses("민원 처리기간")
    judges(consultant, "적정", "적정", "적정")
    consultant.presses("지표 목록")
    consultant.presses("의견 보내기")
    town.passes(days=10)
    civil.says("컨설팅")
    civil.presses("서면검토 자료")
    hands_in(civil)
    evaluator = town.person(city.EVALUATOR)
    evaluator.says("컨설팅")
    evaluator.presses("서면검토 의견")
    evaluator.presses("총무과")


def _after_the_meeting(town: RecordedTown) -> None:
    officer, lead, consultant = (town.person(code) for code in (city.OFFICER, city.LEAD, CONSULTANT))
    officer.says("메뉴")
    lead.says("메뉴")
    consultant.says("컨설팅")
    consultant.presses("서면검토 의견")
    consultant.presses("총무과")
    notes_all(consultant)
    consultant.presses("결과 보내기")
    consultant.presses("이 기한으로")
    officer.presses("고칠 점 보기")
    officer.presses("민원처리율")
    officer.presses("고친 내용 적기")
    officer.says("분모를 접수 건수로 바꾸었습니다.")
    officer.presses("고칠 점 목록")
    lead.presses("고칠 점 보기")
    lead.presses("청렴교육 이수율")
    lead.presses("고친 내용 적기")
    lead.says("목표를 95로 높였습니다.")
    consultant.presses("답변 보기")
    consultant.presses("민원처리율")
    consultant.presses("다시 열기")
    consultant.says("예시 값도 다시 계산해 주세요.")
    officer.presses("고친 내용 적기")
    consultant.presses("면담 결과 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.presses("청렴교육 이수율")
    consultant.presses("그대로 두고 계속")
    consultant.presses("민원처리율")
    consultant.presses("고치기: 산식")
    consultant.presses("적정")
    officer.says("예시 값을 고쳤습니다.")
    officer.says("메뉴")
