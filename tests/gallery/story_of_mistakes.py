"""What is not understood, refused, late, or told to the wrong person."""

from __future__ import annotations

from tests.dialogues import city
from tests.dialogues.story import closes, hands_in
from tests.gallery.recorder import RecordedTown
from tests.kit import files


def tell(town: RecordedTown) -> None:
    """Mistakes of officers, then of who decides."""
    _of_an_officer(town)
    _of_who_decides(town)


def _of_an_officer(town: RecordedTown) -> None:
    officer, administrator = town.person(city.OFFICER), town.person(city.ADMINISTRATOR)
    officer.says("도움말")
    officer.presses("처음으로")
    officer.says("오늘 점심 뭐예요?")
    administrator.says("오늘 점심 뭐예요?")
    officer.says("언어")
    officer.presses("처음으로")
    officer.says("관리")
    officer.says("민원 8", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("민원 처리기간")
    officer.presses("취소")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.presses("처음으로")
    administrator.attaches(files.pdf(), "계획.pdf")
    town.person(city.SAFETY).says("공사장 안전사고 △3")
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    officer.says("여덟")
    officer.presses("해당 없음")
    officer.says("여기 있습니다")
    officer.presses("파일 없이 계속")
    officer.presses("건너뛰기")
    officer.presses("나중에")
    officer.says("민원처리율 973", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    officer.presses("제출 내용 보기")
    town.person(city.CIVIL).says("상담 가구 2300")


def _of_who_decides(town: RecordedTown) -> None:
    officer, evaluator = town.person(city.OFFICER), town.person(city.EVALUATOR)
    other = town.person(city.OTHER_EVALUATOR)
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("마흔")
    evaluator.presses("취소")
    evaluator.presses("반려")
    evaluator.says("아무거나")
    evaluator.presses("기타")
    evaluator.says("분모를 확인해 주세요. " * 80)
    evaluator.says("분모를 확인해 주세요.")
    evaluator.says("내일")
    evaluator.presses("고치기: 반려 사유")
    evaluator.presses("산식·계산 오류")
    evaluator.presses("고치기: 보완할 내용")
    other.presses("승인")
    evaluator.says("분모는 접수 건수입니다.")
    evaluator.presses("보고 보기")
    approve = _approve_of_another(town)
    closes(town.person(city.ADMINISTRATOR), "2019년 혁신과제 상반기")
    evaluator.presses_again(approve)
    evaluator.is_shown("review.card", submission=4)


def _approve_of_another(town: RecordedTown) -> str:
    """The button that approves a report which will be in a period that is closed."""
    safety, evaluator = town.person(city.SAFETY), town.person(city.EVALUATOR)
    hands_in(safety, "공사장 안전사고 0")
    return evaluator.button("승인")
