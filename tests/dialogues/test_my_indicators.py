"""An officer's own indicators: what is due and until when, what came back, what was approved, and its history."""

from __future__ import annotations

from tests.dialogues.city import DEPUTY, OFFICER
from tests.dialogues.story import hands_in, returns
from tests.kit.conversation import Speaker, Town


def test_the_list_shows_what_is_due_with_the_working_days_left_and_the_most_urgent_first(
    officer: Speaker,
) -> None:
    officer.says("내 지표")
    officer.sees(
        "\n보고할 지표 3건\n",
        "종이 없는 보고 (상반기 · 7. 12.(금) 18:00까지 · 근무일 4일 남음) 미제출",
        "민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 근무일 5일 남음) 미제출",
    )
    assert officer.buttons()[:2] == ["처음으로", "종이 없는 보고"]


def test_weekends_are_no_working_days(town: Town, officer: Speaker) -> None:
    town.passes(days=4)
    officer.says("내 지표")
    officer.sees("민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 근무일 1일 남음)")


def test_the_last_day_and_the_day_after_are_said_in_words(town: Town, officer: Speaker) -> None:
    town.passes(days=7)
    officer.says("내 지표")
    officer.sees("민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 오늘 마감) 미제출", "기한 지남 1건")
    town.passes(hours=9, minutes=1)
    officer.says("내 지표")
    officer.sees("민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 기한 지남) 기한 지남", "기한 지남 3건")


def test_a_report_that_was_handed_in_waits_and_one_that_came_back_has_its_new_deadline(
    officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    officer.presses("내 지표")
    officer.sees("민원처리율 (상반기 · 검토를 기다리는 중) 제출됨", "보고할 지표 2건, 검토 중 1건\n")
    returns(lead, due="7. 19.")
    officer.says("내 지표")
    officer.sees(
        "보고할 지표 3건(반려 1건)\n", "민원처리율 (상반기 · 7. 19.(금) 18:00까지 · 근무일 9일 남음) 반려됨"
    )


def test_an_approved_report_shows_the_value_that_was_recognised(officer: Speaker, evaluator: Speaker) -> None:
    hands_in(officer, "종이 없는 보고 45")
    evaluator.presses("승인")
    officer.says("내 지표")
    officer.sees("종이 없는 보고 (상반기 · 인정 실적 45 %) 승인됨", "보고할 지표 2건", "승인 1건")
    assert officer.buttons()[-1] == "종이 없는 보고"


def test_the_second_officer_sees_the_shared_indicator_only(second: Speaker) -> None:
    second.says("내 지표")
    second.sees("보고할 지표 1건", "민원처리율")
    second.does_not_see("민원 처리기간", "종이 없는 보고")


def test_a_deputy_sees_the_indicators_of_who_is_away_until_the_last_day(town: Town, deputy: Speaker) -> None:
    town.passes(days=4)
    deputy.says("내 지표")
    deputy.sees("민원처리율", "민원 처리기간", "종이 없는 보고")
    town.passes(days=1)
    deputy.says("내 지표")
    deputy.sees("지금 보고할 지표가 없습니다.")


def test_who_has_no_indicator_is_told_when_there_will_be_one(administrator: Speaker) -> None:
    administrator.says("내 지표")
    administrator.sees("지금 보고할 지표가 없습니다.", "기간이 열리면 이곳에 표시됩니다.", "[처음으로]")


def test_an_indicator_opened_shows_what_the_plan_asks_and_past_years(officer: Speaker) -> None:
    officer.says("민원처리율")
    officer.sees(
        "부서: 총무과",
        "대상 기간: 2019년 성과관리 상반기",
        "목표: 95 %",
        "가중치: 40점",
        "산식: 처리 건수 ÷ 접수 건수 × 100",
        "필요한 증빙: 처리대장",
        "과거 실적: 2017년 91.2 % · 2018년 93.75 %",
        "[실적 보고]",
        "[내 지표]",
    )


def test_the_history_tells_every_version_and_who_did_what(
    town: Town, officer: Speaker, lead: Speaker, evaluator: Speaker
) -> None:
    hands_in(officer)
    returns(lead, "6월 통계를 붙여 주세요.")
    town.passes(days=1)
    officer.presses("고쳐서 다시 보고")
    officer.presses("고치기: 실적")
    officer.says("96.5")
    officer.says("6월분을 더했습니다.")
    officer.presses("제출하기")
    lead.presses("확인")
    evaluator.presses("승인")
    officer.presses("지표 보기")
    officer.presses("이력 보기")
    officer.sees(
        "과거 실적: 2017년 91.2 % · 2018년 93.75 %",
        "1차: 97.3 % — 김주무, 7. 8.(월) 09:00 제출",
        "→ 반려됨 · 최팀장 · 7. 8.(월) 09:00 · 증빙 부족: 6월 통계를 붙여 주세요.",
        "2차: 96.5 % — 김주무, 7. 9.(화) 09:00 제출",
        "설명: 6월분을 더했습니다.",
        "→ 팀장 확인됨 · 최팀장",
        "→ 승인됨 · 정평가 · 7. 9.(화) 09:00 · 인정 실적 96.5 %",
        "처리대장.pdf",
        "[지표로]",
    )


def test_a_state_warns_three_working_days_before_the_deadline_and_not_before(
    town: Town, officer: Speaker
) -> None:
    def badges() -> dict[str, str]:
        officer.says("내 지표")
        return {one["label"]: one["badge"]["tone"] for one in officer.screens()[-1]["choices"]}

    def home() -> str:
        officer.says("메뉴")
        return str(officer.screens()[-1]["choices"][0]["badge"]["tone"])

    assert set(badges().values()) == {"neutral"} and home() == "neutral"
    town.passes(days=1)  # Tuesday 9 July: the innovation tasks are due on Friday
    assert (badges()["종이 없는 보고"], badges()["민원처리율"]) == ("warning", "neutral")
    assert home() == "warning"
    town.passes(days=4)
    assert (badges()["종이 없는 보고"], badges()["민원처리율"]) == ("bad", "warning")


def test_the_history_tells_its_versions_apart_and_stays_as_things_stand(
    officer: Speaker, lead: Speaker
) -> None:
    hands_in(officer)
    returns(lead)
    officer.presses("고쳐서 다시 보고")
    officer.says("보완했습니다.")
    officer.presses("제출하기")
    lead.presses("이력 보기")
    history = lead.card("민원처리율 이력")
    said = ["".join(span.get("t", "") for span in line) for line in history["text"]]
    second = next(place for place, line in enumerate(said) if line.startswith("2차"))
    assert said[second - 1] == "" and said[0] != ""
    lead.presses("확인")
    assert "팀장 확인됨" in str(lead.card("민원처리율 이력")["text"])


def test_the_history_shows_whom_a_deputy_stood_in_for(town: Town, deputy: Speaker, officer: Speaker) -> None:
    hands_in(deputy)
    officer.says("민원처리율")
    officer.presses("이력 보기")
    officer.sees("1차: 97.3 % — 송대결(김주무 대결), 7. 8.(월) 09:00 제출")


def test_a_history_does_not_open_for_who_lost_the_right(town: Town) -> None:
    deputy = town.person(DEPUTY)
    hands_in(deputy)
    deputy.presses("제출 내용 보기")
    town.passes(days=5)
    deputy.presses("이력 보기")
    deputy.sees("이 지표의 이력을 볼 권한이 없습니다.", "[처음으로]")


def test_the_second_half_is_asked_for_a_month_before_it_ends_even_while_the_first_is_open(town: Town) -> None:
    officer = town.person(OFFICER)
    town.passes(days=144)  # 29 November
    officer.says("내 지표")
    officer.does_not_see("하반기")
    town.passes(days=1)
    officer.says("내 지표")
    officer.sees(
        "민원처리율 (하반기 · 2020. 1. 10.(금) 18:00까지",
        "민원처리율 (상반기 · 7. 15.(월) 18:00까지 · 기한 지남)",
    )
