"""'왜 이 점수인가요?': from a total down to the file and the person behind each point, now and as of a past day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.scheme.owning import give_value, open_item
from tests.dialogues import city
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker, Town
from tests.kit.schemes import at_work, cycle_id, institutions, period_id, subject_id


@pytest.fixture
def rated(town: Town) -> Town:
    """총무과 has one approved report of the first half, and what 민원과 gave it for communication."""
    town.passes(days=1)
    institutions(town.database, note="3쪽은 20점, 7쪽은 25점: 표를 따름")
    officer, lead, evaluator = (town.person(one) for one in (city.OFFICER, city.LEAD, city.EVALUATOR))
    hands_in(officer)
    lead.presses("확인")
    town.passes(hours=1)
    evaluator.presses("승인")
    gives(town, "9")
    return town


def gives(town: Town, value: str) -> None:
    with town.database.write() as session:
        item = open_item(session, cycle_id(session), "INST", "COMM", None)
        give_value(
            session, at_work(session, city.CIVIL, town.now()), item, subject_id(session, "GA"), Decimal(value)
        )


def opens_total(person: Speaker, period: str | None = None) -> None:
    with person.town.database.read() as session:
        data = {"cycle": cycle_id(session), "subject": subject_id(session, "GA")}
        if period is not None:
            data["period"] = period_id(session, period)
    person.is_shown("explain.total", **data, scheme="INST")


def test_the_total_is_walked_down_to_the_file_and_the_people(rated: Town) -> None:
    evaluator = rated.person(city.EVALUATOR)
    opens_total(evaluator)
    evaluator.sees(
        "총무과 · 기관평가 · 2019년 성과관리",
        "1. 1.(화)부터 적용된 배점표",
        "배점표 비고: 3쪽은 20점, 7쪽은 25점: 표를 따름",
        "빠진 값이 있습니다. 빠진 값은 0점으로 계산했습니다.",
    )
    evaluator.presses(next(label for label in evaluator.buttons() if label.startswith("달성도 ")))
    evaluator.sees("연간: 지표", "반올림", "0/")
    evaluator.presses(next(label for label in evaluator.buttons() if label.startswith("민원처리율")))
    evaluator.sees(
        "목표 95 · 실적 97.3 → 달성률 102.4 % → 상한 100",
        "산출식: 97.3 ÷ 95 × 100",
        "지침의 산식: ",
        "상반기 1차 보고: 97.3 — 김주무",
        "증빙: 처리대장.pdf (SHA-256 ",
        "팀장 확인 — 최팀장",
        "승인 — 정평가",
        "인정 97.3",
        "계획 1판, 1. 1.(화)부터 적용 — 계획 파일",
    )
    evaluator.presses("위로")
    evaluator.presses("총점으로")
    evaluator.presses("소통 9/10점")
    evaluator.sees(
        "연간: 90 %",
        "10 × 90 ÷ 100 = 9점(소수 2자리, 반올림)",
        "연간 입력값 9 — 박민원",
        "산출식: 9 ÷ 10 × 100",
    )


def test_a_past_day_is_reckoned_again_from_what_was_known_at_its_end(rated: Town) -> None:
    rated.passes(days=2)
    gives(rated, "4")
    evaluator = rated.person(city.EVALUATOR)
    opens_total(evaluator)
    assert "소통 4/10점" in evaluator.buttons()
    evaluator.presses("다른 날 기준으로")
    evaluator.says("2019-07-09")
    evaluator.sees("7. 9.(화) 23:59 현재의 기록으로 다시 계산한 값입니다.")
    assert "소통 9/10점" in evaluator.buttons()
    evaluator.presses("소통 9/10점")
    evaluator.sees("7. 9.(화) 23:59 현재의 기록으로 다시 계산한 값입니다.")
    evaluator.presses("다른 날 기준으로")
    evaluator.sees("그날까지의 기록으로 다시 계산합니다. 예: 2019-07-11")
    evaluator.says("2019-07-08")
    evaluator.presses("총점으로")
    assert "소통 0/10점" in evaluator.buttons()
    evaluator.presses("다른 날 기준으로")
    evaluator.says("2019-07-12")
    evaluator.sees("7. 11.(목)까지의 날짜를 적어 주세요.")
    evaluator.says("2019-07-11")
    assert "소통 4/10점" in evaluator.buttons()


def test_a_department_sees_its_own_and_nobody_elses(rated: Town) -> None:
    lead = rated.person(city.LEAD)
    opens_total(lead)
    lead.sees("총무과 · 기관평가")
    civil = rated.person(city.CIVIL)
    with pytest.raises(Exception, match="권한이 없습니다"):
        opens_total(civil)


def test_an_officer_asks_why_from_the_indicator_itself(rated: Town) -> None:
    officer = rated.person(city.OFFICER)
    officer.says("민원처리율")
    officer.presses("왜 이 점수인가요?")
    officer.sees("민원처리율 · 총무과 · 상반기", "산출식: 97.3 ÷ 95 × 100", "승인 — 정평가")


def test_nothing_of_a_report_is_told_as_of_a_day_before_it(rated: Town) -> None:
    officer = rated.person(city.OFFICER)
    officer.says("민원처리율")
    officer.presses("왜 이 점수인가요?")
    officer.presses("다른 날 기준으로")
    officer.says("2019-07-08")
    officer.sees("승인된 실적이 없어 0점입니다.", "7. 8.(월) 23:59 현재의 기록으로 다시 계산한 값입니다.")
    officer.does_not_see("처리대장.pdf", "정평가", "97.3")
