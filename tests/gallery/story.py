"""Conversations that lead through every step and every state of it worth seeing, told to the recorder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from models.audit import Actor
from models.clock import MovableClock
from models.evidence.vault import Vault
from reports.plan import import_plan
from tests.dialogues import city
from tests.dialogues.story import closes, hands_in, returns
from tests.gallery import (
    story_of_absence,
    story_of_administrators,
    story_of_appeals,
    story_of_attendance,
    story_of_early_warning,
    story_of_explanations,
    story_of_mistakes,
    story_of_plans,
    story_of_ratings,
    story_of_reviews,
    story_of_schemes,
    story_of_slots,
)
from tests.gallery.homes import see_home
from tests.gallery.recorder import Record, RecordedTown
from tests.kit import files
from tests.kit.databases import sqlite_copy, sqlite_template
from tests.kit.plans import Sheets, write_csv

Story = Callable[[RecordedTown], None]


def tell_everything() -> Record:
    """Every story, each in a city of its own on Monday 8 July 2019, 09:00."""
    record = Record()
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        for number, (story, plan) in enumerate(_STORIES):
            place = Path(folder) / str(number)
            place.mkdir()
            with sqlite_copy(template, place) as database:
                clock = MovableClock(city.MONDAY, ticking=False)
                town = RecordedTown(database, Vault(place / "evidence"), clock, record=record)
                source = write_csv(plan(), place / "plan")
                with database.write() as session:
                    import_plan(session, town.now(), Actor(None, "test"), source)
                story(town)
    return record


def _a_report(town: RecordedTown) -> None:
    """From the first word to the decision and back, with a return in between."""
    officer, lead = town.person(city.OFFICER), town.person(city.LEAD)
    evaluator, other = town.person(city.EVALUATOR), town.person(city.OTHER_EVALUATOR)
    see_home(town, officer)
    officer.presses("내 지표")
    officer.presses("민원처리율")
    officer.presses("실적 보고")
    officer.says("97.3")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.attaches(files.hwp(), "2019년 상반기 민원처리 현황.hwp")
    officer.presses("다음")
    officer.presses("이전")
    officer.presses("빼기: 2019년 상반기 민원처리 현황.hwp")
    officer.presses("다음")
    officer.says("상반기 누계입니다.")
    officer.presses("제출하기")
    lead.says("메뉴")
    see_home(town, lead)
    lead.presses("검토 대기함")
    lead.presses("민원처리율")
    lead.presses("반려")
    lead.presses("증빙 부족")
    lead.says("6월 통계를 붙여 주세요.")
    lead.says("7. 19.")
    officer.presses("지표 보기")
    officer.presses("고쳐서 다시 보고")
    officer.attaches(files.png(), "6월 통계.png")
    officer.says("96")
    officer.presses("고치기")
    officer.presses("고치기: 설명")
    officer.says("6월 통계를 덧붙였습니다.")
    officer.presses("제출하기")
    officer.presses("제출 내용 보기")
    lead.says("대기함")
    lead.presses("민원처리율")
    lead.presses("확인")
    evaluator.says("대기함")
    evaluator.presses("민원처리율")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("95.8")
    evaluator.says("5월분 12건은 대상이 아닙니다.")
    other.says("대기함")
    officer.presses("지표 보기")
    officer.presses("이력 보기")
    officer.presses("지표로")
    officer.presses("내 지표")


def _decisions(town: RecordedTown) -> None:
    """The queue with several reports, one decision after the other; the board beside it."""
    officer, civil, safety = town.person(city.OFFICER), town.person(city.CIVIL), town.person(city.SAFETY)
    lead, bureau_lead = town.person(city.LEAD), town.person(city.BUREAU_LEAD)
    evaluator = town.person(city.EVALUATOR)
    hands_in(civil, "보증 공급액 3902억")
    town.passes(days=3)
    hands_in(officer, "종이 없는 보고 45")
    hands_in(officer)
    lead.says("부서 현황")
    lead.presses("다른 기간")
    lead.presses("2019년 성과관리 상반기")
    lead.presses("민원 처리기간")
    lead.says("부서 현황")
    lead.presses("다른 기간")
    lead.presses("2019년 성과관리 상반기")
    lead.presses("민원처리율")
    bureau_lead.says("대기함")
    bureau_lead.presses("보증 공급액")
    bureau_lead.presses("확인")
    bureau_lead.presses("다음 보고 보기")
    bureau_lead.presses("확인")
    bureau_lead.presses("대기함으로")
    evaluator.says("대기함")
    see_home(town, evaluator)
    evaluator.presses("부서별로 보기")
    evaluator.presses("총무과")
    evaluator.presses("기간별로 보기")
    evaluator.presses("2019년 혁신과제 상반기")
    evaluator.presses("전체 보기")
    evaluator.presses("종이 없는 보고")
    evaluator.presses("승인")
    evaluator.presses("다음 보고 보기")
    evaluator.presses("이력 보기")
    safety.says("안전 인증")
    safety.presses("실적 보고")
    safety.presses("달성")
    safety.presses("파일 없이 계속")
    safety.says("안전보건 인증을 받았습니다.")
    town.passes(days=8)
    lead.says("부서 현황")
    officer.says("내 지표")
    safety.says("내 지표")
    safety.presses("소화기 보급")


def _long_lists(town: RecordedTown) -> None:
    """Pages, and a form that is kept, gone on with, and withdrawn."""
    carer, officer, lead = town.person(city.CARER), town.person(city.OFFICER), town.person(city.LEAD)
    carer.says("내 지표")
    see_home(town, carer)
    carer.presses("다음 쪽")
    carer.presses("다음 쪽")
    carer.presses("이전 쪽")
    officer.says("민원처리율 97.3")
    officer.presses("임시저장")
    officer.presses("이력 보기")
    officer.says("민원처리율")
    officer.presses("실적 보고")
    officer.attaches(files.pdf(), "처리대장.pdf")
    officer.presses("다음")
    officer.presses("건너뛰기")
    officer.presses("고치기")
    officer.presses("고치기: 실적")
    officer.presses("그대로 두고 계속")
    officer.presses("건너뛰기")
    officer.presses("나중에")
    officer.presses("민원처리율")
    officer.presses("실적 보고")
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    officer.presses("제출 내용 보기")
    officer.presses("제출 회수")
    lead.says("메뉴")
    town.passes(days=7)
    officer.says("민원처리율")


def _deputies(town: RecordedTown) -> None:
    """Who stands in for somebody, what they may not decide, and what may not be seen any more."""
    officer, deputy = town.person(city.OFFICER), town.person(city.DEPUTY)
    lead, evaluator = town.person(city.LEAD), town.person(city.EVALUATOR)
    stand_in = town.person(city.STAND_IN)
    hands_in(deputy)
    lead.presses("확인")
    stand_in.presses("반려")
    stand_in.presses("취소")
    returns(stand_in, "분모를 확인해 주세요.")
    officer.says("내 지표")
    hands_in(evaluator, "열린회의 개최 10")
    evaluator.is_shown("review.card", submission=2)
    deputy.says("민원처리율")
    town.passes(days=5)
    deputy.presses("고쳐서 다시 보고")
    deputy.says("민원처리율 97")


def _in_english(town: RecordedTown) -> None:
    """The same main job in English."""
    officer, evaluator = town.person(city.OFFICER), town.person(city.EVALUATOR)
    for person in (officer, evaluator):
        person.presses("언어 · Language")
        person.presses("English")
    officer.presses("Help")
    officer.says("mine")
    officer.says("종이 없는 보고 45", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("Skip")
    officer.presses("Submit")
    evaluator.presses("Return")
    evaluator.presses("Evidence missing")
    evaluator.says("Please attach June.")
    evaluator.says("7/19")


def _long_names() -> Sheets:
    """The plan, in which a name is as long as officials sometimes make it."""
    plan = city.plan()
    long = "시민이 체감하는 원스톱 통합민원 처리 서비스의 법정처리기한 준수율 및 단축처리율 (다부서 복합민원 포함)"
    for row in plan["지표"]:
        row[:] = [long if cell == "민원처리율" else cell for cell in row]
    return plan


def _with_long_names(town: RecordedTown) -> None:
    """Long words, and some with signs that a messenger could take for its own markup."""
    officer, lead, evaluator = (town.person(code) for code in (city.OFFICER, city.LEAD, city.EVALUATOR))
    officer.says("내 지표")
    note = "상반기 누계이며, 3~5월 접수 12,480건 가운데 12,143건을 기한 안에 처리했습니다. " * 6
    name = "2019년_상반기_원스톱 통합민원 처리대장(부서별·월별 집계표 포함, 최종 수정본).hwp"
    officer.says("시민이 체감하는 97.3", officer.hands_in(files.hwp(), name))
    officer.says(note.strip())
    officer.presses("제출하기")
    lead.says("대기함")
    lead.presses(next(label for label in lead.buttons() if label.startswith("시민이")))
    lead.presses("확인")
    evaluator.presses("다른 값으로 승인")


def _nothing_left(town: RecordedTown) -> None:
    """Empty lists."""
    for code in (city.EVALUATOR, city.LEAD):
        town.person(code).says("대기함")
    administrator = town.person(city.ADMINISTRATOR)
    closes(administrator, "2019년 성과관리 상반기")
    closes(administrator, "2019년 혁신과제 상반기")
    officer = town.person(city.OFFICER)
    officer.says("내 지표")
    officer.says("부서 현황")
    administrator.says("관리")
    administrator.presses("전체 진행")


_STORIES: tuple[tuple[Story, Callable[[], Sheets]], ...] = (
    (_a_report, city.plan),
    (_decisions, city.plan),
    (_long_lists, city.plan),
    (_deputies, city.plan),
    (story_of_mistakes.tell, city.plan),
    (story_of_administrators.tell, city.plan),
    (story_of_absence.tell, city.plan),
    (story_of_early_warning.tell, story_of_early_warning.plan),
    (story_of_reviews.tell, city.plan),
    (story_of_slots.tell, city.plan),
    (story_of_attendance.tell, city.plan),
    (story_of_ratings.tell, city.plan),
    (story_of_plans.tell, story_of_plans.plan),
    (story_of_appeals.tell, city.plan),
    (story_of_explanations.tell, city.plan),
    (story_of_schemes.tell, city.plan),
    (_nothing_left, city.plan),
    (_with_long_names, _long_names),
    (_in_english, city.plan),
)
