"""Ratings in chat: ten subjects without losing one's place, handed in at once; the office's view; a survey."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.messaging.account import Account
from models.organization import Role, RoleHeld
from models.rating.again import rate_again
from models.rating.reading import rating_scores
from models.rating.table import PaperState, Rating
from models.scores.live import live_rows
from models.words import Refusal
from tests.dialogues import city
from tests.dialogues.rating import EXPERTS, begins, citizens
from tests.dialogues.story import hands_in
from tests.kit.conversation import Speaker, Town, shown
from tests.kit.rated import Round, person_of


@pytest.fixture
def made(town: Town) -> Round:
    return begins(town)


@pytest.fixture
def rater(town: Town, made: Round) -> Speaker:
    return town.person("E0")


def rates(rater: Speaker, label: str, number: str, comment: str = "의견 없음") -> None:
    """Fills in the form of the subject that is shown."""
    rater.presses("평가하기")
    rater.presses(label)
    rater.says(number)
    if comment == "의견 없음":
        rater.presses(comment)
    else:
        rater.says(comment)


def test_who_is_to_rate_is_told_when_the_round_opens(town: Town) -> None:
    begins(town)
    rater = town.person("E0")
    assert any("평가를 부탁드립니다: 정성평가 · 상반기" in line for line in _all(rater))
    assert any("대상 10건" in line and "7. 19.(금) 18:00까지" in line for line in _all(rater))
    rater.sees("평가 (제출할 평가 10건)")


def _all(person: Speaker) -> list[str]:
    return [shown(body) for body in person.screens()]


def test_ten_subjects_one_after_the_other_and_all_handed_in_at_once(made: Round, rater: Speaker) -> None:
    rater.says("평가")
    rater.sees("정성평가 · 상반기", "답함 0/10 · 제출 0/10")
    rater.presses("정성평가 · 상반기")
    rater.sees("총무과", "미작성")
    rater.presses("이어서 평가: 총무과")
    rater.sees("순서: 1/10번째", "성과지표 3건", "민원처리율 — 목표 95 %", "주요사업 1건", "원스톱 민원창구")
    rates(rater, "탁월", "90", "민원창구를 잘 바꾸었습니다.")
    rater.sees("총무과를 저장했습니다. (1/10)", "민원과", "순서: 2/10번째")
    for number in range(2, 11):
        rates(rater, "우수", str(60 + number))
        assert f"({number}/10)" in rater.toasts()
    rater.sees(
        "정성평가 · 상반기 답 확인", "답함 10/10 · 제출 0/10", "항목: 중요도 · 난이도", "총무과 (탁월 · 90)"
    )
    assert made.papers(state=PaperState.SUBMITTED) == []

    rater.presses("10건 제출하기")

    rater.sees("평가 10건을 제출했습니다.", "배정된 평가를 모두 제출하셨습니다.")
    assert len(made.papers(state=PaperState.SUBMITTED)) == 10
    with made.database.read() as session:
        score = rating_scores(session, [made.id])[made.id, made.subjects["GA"]]
    # 60 % of 100 and 40 % of 90
    assert (score.percent, score.groups[0].counted, score.groups[0].expected) == (96, 1, 4)


def test_cards_of_papers_handed_in_at_once_are_redrawn_from_what_is_read_at_once(
    rater: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("이어서 평가: 총무과")
    for number in range(10):
        rates(rater, "우수", str(60 + number))
    read: list[int] = []

    def reads(*given: Any) -> Any:
        read.append(len(given[-1]))
        return live_rows(*given)

    monkeypatch.setattr("handlers.ratings.facts.live_rows", reads)
    rater.presses("10건 제출하기")
    # All ten departments, and those below the ones that have no indicator of their own.
    assert read[0] == 10 and len(read) <= 2
    assert "제출함" in shown(rater.card("총무과")) and "민원처리율" in shown(rater.card("총무과"))


def test_the_place_is_kept_whatever_comes_between(
    town: Town, made: Round, rater: Speaker, officer: Speaker
) -> None:
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("이어서 평가: 총무과")
    rates(rater, "탁월", "90")
    rater.presses("평가하기")
    rater.presses("보통")
    # In the middle of the second subject a notice comes, and they look at something else.
    town.time_goes_on(days=8)
    rater.says("메뉴")
    rater.sees("평가 (제출할 평가 10건)")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.sees(
        "총무과 (탁월 · 90) 제출 전", "민원과 (보통 · -) 작성 중 1/2", "답한 평가는 제출해야 반영됩니다."
    )
    rater.presses("이어서 평가: 민원과")
    rater.sees("내 답: 보통 · -")
    rater.presses("평가하기")
    rater.says("77")
    rater.presses("의견 없음")
    rater.sees("민원과를 저장했습니다. (2/10)", "돌봄과", "순서: 3/10번째")


def test_what_was_handed_in_is_corrected_and_counts_until_then(made: Round, rater: Speaker) -> None:
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("총무과")
    rates(rater, "탁월", "90")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("답 확인하고 제출 (1건)")
    rater.sees("아직 답하지 않은 대상이 9건 있습니다.")
    rater.presses("1건 제출하기")
    rater.sees("평가 1건을 제출했습니다.", "남은 평가가 9건 있습니다.")
    rater.presses("대상 목록")
    rater.presses("총무과")
    rater.sees("제출함", "내 답: 탁월 · 90")
    rater.presses("답 고치기")
    rater.presses("고치기: 난이도")
    rater.says("101")
    rater.sees("0에서 100 사이의 정수로 적어 주세요.")
    rater.says("５０점")
    rater.presses("의견 없음")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.sees("총무과 (탁월 · 50) 고치는 중")
    rater.presses("총무과")
    rater.sees("고치는 중입니다. 다시 제출할 때까지는 앞서 제출한 답이 반영됩니다.")
    [paper] = made.papers(subject_id=made.subjects["GA"], rater_id=rater.person_id)
    assert paper.state is PaperState.OPEN
    with made.database.read() as session:
        assert rating_scores(session, [made.id])[made.id, made.subjects["GA"]].percent == 96


def test_stepping_back_leads_on_and_the_subject_is_not_asked_again(made: Round, rater: Speaker) -> None:
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("이어서 평가: 총무과")
    rater.presses("회피")
    rater.says("배우자가 총무과에 근무합니다.")
    rater.sees("총무과를 회피했습니다.", "민원과", "순서: 1/9번째")
    rater.presses("대상 목록")
    rater.sees("답함 0/9")
    rater.presses("다음 쪽")
    rater.sees("총무과 () 회피함")
    rater.presses("총무과")
    rater.sees("회피 사유: 배우자가 총무과에 근무합니다.")
    rater.does_not_see("성과지표")
    assert "평가하기" not in rater.buttons() and "회피" not in rater.buttons()


def test_facts_have_what_was_recognised_and_no_files(town: Town, made: Round, officer: Speaker) -> None:
    lead, evaluator = town.person(city.LEAD), town.person(city.EVALUATOR)
    hands_in(officer)
    rater = town.person("E0")
    paper = made.papers(subject_id=made.subjects["GA"], rater_id=rater.person_id)[0]
    rater.is_shown("ratings.subject", paper=paper.id or 0)
    rater.does_not_see("97.3", "인정")
    lead.presses("확인")
    evaluator.presses("승인")
    rater.is_shown("ratings.subject", paper=paper.id or 0)
    rater.sees("민원처리율 — 목표 95 % · 인정 97.3 % · 40/40점")
    rater.does_not_see("처리대장.pdf")
    assert not any(body.get("files") for body in rater.screens())


def test_nobody_else_sees_a_paper_or_rates_for_somebody(town: Town, made: Round, officer: Speaker) -> None:
    with town.database.write() as session:
        absent = person_of(session, "E0").id
        stands_in = person_of(session, city.OFFICER).id or 0
        session.add(RoleHeld(person_id=stands_in, role=Role.DEPUTY, stands_in_for_id=absent))
    paper = made.papers(rater_id=absent)[0].id or 0
    for step in ("subject", "form", "recuse"):
        with pytest.raises(Refusal, match="위원 본인만"):
            officer.is_shown(f"ratings.{step}", paper=paper)
    officer.says("평가")
    officer.sees("배정된 평가가 없습니다.")
    for step in ("rounds", "progress", "spread"):
        with pytest.raises(Refusal, match="관리자만"):
            officer.is_shown(f"ratings.{step}", rating=made.id)


def test_raters_are_reminded_until_they_are_done_and_the_office_when_it_is_too_late(
    town: Town, made: Round, rater: Speaker, administrator: Speaker
) -> None:
    other = town.person("E1")
    for subject in made.subjects:
        made.rates("E1", subject, town.now(), IMP="우수", DIF="70")
    town.time_goes_on(days=8)
    rater.sees("• 정성평가 · 상반기 — 7. 19.(금) 18:00까지", "답함 0/10 · 제출 0/10", "[평가 시작]")
    # Nobody rates in another's place.
    assert "대결자 지정" not in rater.buttons()
    other.does_not_see("정성평가")
    rater.presses("평가 시작")
    rater.sees("이어서 평가: 총무과")
    town.time_goes_on(days=6)
    administrator.sees("제출하지 않은 평가위원 3명")
    administrator.presses("평가 진행 현황")
    administrator.sees("정성평가 · 상반기")
    rater.does_not_see("• 정성평가 · 상반기 —")


def test_the_office_sees_who_is_missing_and_asks_once_a_day(
    town: Town, made: Round, rater: Speaker, administrator: Speaker
) -> None:
    for subject in made.subjects:
        made.rates("E1", subject, town.now(), IMP="우수", DIF="70")
    made.rates("E0", "GA", town.now(), IMP="우수", DIF="70")
    administrator.says("메뉴")
    administrator.presses("평가")
    administrator.sees("정성평가 · 상반기", "제출 11/40")
    administrator.presses("정성평가 · 상반기")
    administrator.sees(
        "전문가(몫 60) — 제출 11/40, 미제출 위원 3명", "한위원 (제출 1/10 · 전문가)", "석위원 (제출 0/10"
    )
    administrator.does_not_see("두위원")
    administrator.presses("한위원")
    administrator.sees("위원 1명에게 제출을 요청했습니다.", "오늘 독려함")
    rater.sees("강관리 님이 평가 제출을 요청하셨습니다.", "답함 1/10 · 제출 1/10", "[이어서 평가]")
    administrator.presses("한위원")
    administrator.sees("오늘은 이미 독려하셨습니다.")
    administrator.presses("모두 독려 (3명)")
    administrator.sees("위원 2명에게 제출을 요청했습니다.")
    administrator.presses("모두 독려 (3명)")
    administrator.sees("독려할 위원이 없습니다.")


def test_who_asks_all_to_hurry_is_told_whom_nothing_reaches(town: Town, administrator: Speaker) -> None:
    made = begins(town)
    with made.database.write() as session:
        for code in EXPERTS[1:]:
            held = select(Account).where(Account.person_id == person_of(session, code).id)
            session.exec(held).one().unreachable_since = town.now()
    administrator.is_shown("ratings.progress", rating=made.id)
    administrator.presses("모두 독려 (4명)")
    administrator.sees("위원 1명에게 제출을 요청했습니다.", "메신저가 없어 위원 3명에게는 보내지 못했습니다.")
    administrator.presses("모두 독려 (4명)")
    administrator.sees("메신저가 없어 위원 3명에게는 보내지 못했습니다.")
    administrator.does_not_see("독려할 위원이 없습니다.")


def test_the_spread_says_who_is_far_off_and_who_tells_nobody_apart(
    town: Town, made: Round, administrator: Speaker
) -> None:
    for rater, number in zip(EXPERTS, (90, 88, 86, 10), strict=True):
        made.rates(rater, "GA", town.now(), IMP="우수" if number > 50 else "미흡", DIF=str(number))
    for subject in ("CI", "CA", "SF"):
        made.rates("E0", subject, town.now(), IMP="보통", DIF="80")
    administrator.is_shown("ratings.progress", rating=made.id)
    administrator.presses("위원 간 편차")
    administrator.sees(
        # 90, 89.2, 88.4, 40
        "총무과 (위원 4명 · 최저 40 · 최고 90 · 평균 76.9 · 표준편차 21.3) 큰 차이",
        "‘큰 차이’는 다른 위원들의 평균에서 20점 이상",
    )
    administrator.does_not_see("같은 점수를 준 위원")
    for subject in ("CI", "CA", "SF"):
        made.rates("E1", subject, town.now(), IMP="우수", DIF="88")
    administrator.presses("총무과")
    administrator.sees("넉위원 — 40 · 큰 차이", "한위원 — 90")
    administrator.presses("위원 간 편차")
    administrator.sees("모든 대상에 같은 점수를 준 위원: 두위원.")
    administrator.presses("그림으로 보기")
    administrator.sees("그림을 그리고 있습니다.")
    town.do_errands()
    administrator.sees("점 하나가 위원 한 사람입니다.")
    picture = administrator.screens()[-1]["picture"]
    assert picture["name"] == "정성평가 · 상반기 편차.png" and picture["size"] > 10_000


def test_a_survey_is_filled_into_the_template_and_brought_in(town: Town, administrator: Speaker) -> None:
    made = begins(town, citizens())
    administrator.is_shown("ratings.progress", rating=made.id)
    administrator.sees("시민 설문(몫 40) — 설문 응답 0건")
    administrator.presses("시민 설문 결과 올리기")
    administrator.presses("설문 서식 받기")
    town.do_errands()
    book = load_workbook(BytesIO(administrator.takes("설문 서식.xlsx")))
    for row in (["GA", "1", "탁월", "100"], ["GA", "2", "보통 ", "５０점"], ["XX", "3", "보통", "500"]):
        book["설문"].append(row)
    administrator.presses("설문 결과 올리기")
    administrator.attaches(_saved(book), "설문.xlsx")
    administrator.presses("다음")
    town.do_errands()
    administrator.sees("설문.xlsx를 등록하지 않았습니다. 고칠 곳이 2건 있습니다.", "설문 A4", "설문 D4")
    book["설문"].delete_rows(4)
    administrator.presses("고쳐서 다시 올리기")
    administrator.attaches(_saved(book), "설문.xlsx")
    administrator.presses("다음")
    town.do_errands()
    administrator.sees("설문.xlsx를 등록했습니다.", "새 응답 2건")
    administrator.says("평가")
    administrator.presses("평가 진행 현황")
    administrator.presses("정성평가 · 상반기")
    administrator.sees("설문 응답 2건")
    administrator.presses("시민 설문 결과 올리기")
    administrator.presses("설문 결과 올리기")
    administrator.attaches("대상,응답번호,IMP,DIF\nGA,1,탁월,100\nCI,1,미흡,0\n".encode(), "설문.csv")
    administrator.presses("다음")
    town.do_errands()
    administrator.sees("새 응답 1건", "이미 등록되어 있어 건너뛴 응답 1건")
    with town.database.read() as session:
        score = rating_scores(session, [made.id])[made.id, made.subjects["GA"]]
    # (60 × 100 + 40 × 100) ÷ 100 = 100 and (60 × 80 + 40 × 50) ÷ 100 = 68
    assert (score.percent, score.groups[1].counted) == (84, 2)


def _saved(book: object) -> bytes:
    target = BytesIO()
    book.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def test_what_is_to_be_rated_again_is_told_at_once(town: Town) -> None:
    made = begins(town, rates_changes=True)
    rater = town.person("E0")
    made.rates("E0", "CI", town.now(), IMP="우수", DIF="70")
    with town.database.write() as session:
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    town.do_errands()
    rater.sees("평가를 부탁드립니다: 정성평가 · 상반기", "성과계획이 바뀌어 다시 평가할 대상 1건")
    rater.presses("평가 시작")
    rater.presses("민원과")
    rater.sees("성과계획이 바뀌어 다시 평가합니다.", "미작성")


def test_a_nudge_that_was_overtaken_is_not_sent(town: Town, made: Round, administrator: Speaker) -> None:
    rater = town.person("E0")
    for subject in [*made.subjects][1:]:
        made.rates("E0", subject, town.now(), IMP="우수", DIF="70")
    administrator.is_shown("ratings.progress", rating=made.id)
    press = administrator.button("한위원")
    with town.nothing_delivered():
        administrator.presses_again(press)
        made.rates("E0", "GA", town.now(), IMP="우수", DIF="70")
    town.deliver()
    rater.does_not_see("제출을 요청하셨습니다.")


def test_after_its_end_a_round_can_be_read_and_not_answered(town: Town, made: Round, rater: Speaker) -> None:
    made.rates("E0", "GA", town.now(), IMP="우수", DIF="70")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("민원과")
    press = rater.button("평가하기")
    town.passes(days=11, hours=9)
    rater.presses_again(press)
    rater.sees("7. 19.(금) 18:00에 마감된 평가입니다.")
    rater.says("평가")
    rater.sees("정성평가 · 상반기 (답함 1/10 · 제출 1/10 · 7. 19.(금) 18:00에 마감됨) 미제출 9건")
    rater.presses("정성평가 · 상반기")
    assert not any("이어서" in label for label in rater.buttons())
    rater.presses("총무과")
    rater.sees("내 답: 우수 · 70")
    assert rater.buttons() == ["대상 목록"]


def test_no_screen_of_a_city_without_ratings_changes(town: Town, administrator: Speaker) -> None:
    administrator.says("메뉴")
    assert "평가" not in administrator.buttons()
    administrator.says("평가")
    administrator.presses("평가 진행 현황")
    administrator.sees("등록된 평가가 없습니다.")


def _closes_at(made: Round, at: datetime) -> None:
    """The plan comes in again with another deadline."""
    with made.database.write() as session:
        session.get_one(Rating, made.id).closes_at = at


def test_what_was_being_written_when_the_round_closes_is_told_and_kept(
    town: Town, made: Round, rater: Speaker
) -> None:
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("이어서 평가: 총무과")
    rater.presses("평가하기")
    rater.presses("탁월")
    town.passes(days=11, hours=9)
    rater.says("90")
    rater.sees("7. 19.(금) 18:00에 마감된 평가입니다.", "적으신 답은 임시저장됩니다.", "난이도 [done] 90 점")
    rater.says("평가")
    assert "마감된 평가입니다." in rater.toasts()
    rater.presses("정성평가 · 상반기")
    rater.sees("임시저장한 답은 반영되지 않습니다. 관리자가 마감을 연장하면", "총무과 (탁월 · 90) 제출 전")
    assert made.papers(state=PaperState.SUBMITTED) == []

    _closes_at(made, town.now() + timedelta(days=1))
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.does_not_see("임시저장한 답은 반영되지 않습니다.")
    rater.presses("답 확인하고 제출 (1건)")
    rater.presses("1건 제출하기")
    assert len(made.papers(state=PaperState.SUBMITTED)) == 1


def test_a_form_that_is_finished_after_the_round_has_closed_is_kept_and_hands_nothing_in(
    town: Town, made: Round, rater: Speaker
) -> None:
    made.rates("E0", "GA", town.now(), IMP="우수", DIF="70")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("민원과")
    press = rater.button("평가하기")
    rater.presses("평가하기")
    rater.presses("보통")
    rater.says("50")
    town.passes(days=11, hours=9)
    rater.says("늦었습니다.")
    assert "적으신 답은 임시저장됩니다." in rater.toasts()
    rater.sees("민원과 (보통 · 50) 제출 전")
    assert len(made.papers(state=PaperState.SUBMITTED)) == 1
    # Nobody opens a form anew after that.
    rater.presses_again(press)
    rater.sees("마감된 평가입니다.")
    rater.does_not_see("중요도 [now]")


def test_what_was_being_written_when_the_plan_changed_stays_with_the_paper_it_was_about(town: Town) -> None:
    made = begins(town, rates_changes=True)
    rater = town.person("E0")
    made.rates("E1", "CI", town.now(), IMP="우수", DIF="70")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("민원과")
    rater.presses("평가하기")
    rater.presses("보통")
    with town.database.write() as session:
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    rater.says("77")
    rater.sees("민원과의 성과계획이 바뀌어 새로 평가합니다.", "적으신 답은 임시저장됩니다.")
    rater.presses("의견 없음")
    rater.sees("성과계획이 바뀌어 새로 평가합니다.", "민원과 () 미작성")
    [before] = made.papers(subject_id=made.subjects["CI"], rater_id=rater.person_id, turn=1)
    assert before.answers == {"IMP": "보통", "DIF": "77"}


def test_who_missed_the_end_is_told_of_what_is_to_be_rated_again_and_finds_it(town: Town) -> None:
    made = begins(town, rates_changes=True)
    rater = town.person("E0")
    made.rates("E0", "CI", town.now(), IMP="우수", DIF="70")
    town.time_goes_on(days=15)
    with town.database.write() as session:
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    town.do_errands()
    rater.sees("평가를 부탁드립니다: 정성평가 · 상반기", "8. 3.(토)")
    rater.says("메뉴")
    rater.sees("평가 (제출할 평가 1건)")
    rater.presses("평가")
    rater.sees("1건 남음")
    rater.presses("정성평가 · 상반기")
    rater.presses("이어서 평가: 민원과")
    rater.sees("민원과", "제출 기한: 8. 3.(토) 18:01까지")
    rates(rater, "우수", "70")
    rater.presses("1건 제출하기")
    rater.sees("평가 1건을 제출했습니다.")
    rater.does_not_see("남은 평가", "모두 제출하셨습니다.")
    assert [one.turn for one in made.papers(state=PaperState.SUBMITTED)] == [1, 2]
    rater.says("평가")
    rater.sees("미제출 9건")


def test_who_missed_the_end_is_reminded_of_what_is_to_be_rated_again(town: Town) -> None:
    made = begins(town, rates_changes=True)
    rater = town.person("E0")
    made.rates("E0", "CI", town.now(), IMP="우수", DIF="70")
    town.time_goes_on(days=4)
    with town.database.write() as session:
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    rater.says("평가")
    rater.sees("답함 0/10 · 제출 0/10 · 7. 19.(금) 18:00까지")
    town.time_goes_on(days=10)
    rater.sees("• 정성평가 · 상반기 — 7. 23.(화) 18:01까지 · 근무일 1일 남음 · 답함 0/10 · 제출 0/10")
