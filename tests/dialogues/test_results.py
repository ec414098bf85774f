"""Results in chat: looked at, announced, told to whose they are with a picture, and told again where they changed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from models.messaging.errand import Errand
from models.plan import Period
from models.rating.again import rate_again
from models.rating.answering import save
from models.scheme.owning import give_value, open_item
from models.scheme.table import Source
from models.words import Refusal
from reports.charts.ranking import Bar, Ranking
from tests.dialogues import appealing, city
from tests.kit import files
from tests.kit.conversation import Speaker, Town
from tests.kit.rated import Of, add_round
from tests.kit.schemes import PEOPLE, add_scheme, at_work, cycle_id, institutions, period_id, subject_id

YEAR = "2019년 성과관리 연간 기관평가"
DUE = datetime(2019, 7, 19, 9, tzinfo=UTC)
"""Friday, 18:00 in Seoul."""


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Ranking]:
    """What was to be drawn; how it looks is tested in tests/reports/test_ranking.py."""
    shown: list[Ranking] = []

    def draws(picture: Ranking) -> bytes:
        shown.append(picture)
        return files.png()

    monkeypatch.setattr("reports.charts.ranking.ranking", draws)
    return shown


@pytest.fixture
def rated(town: Town) -> Town:
    institutions(town.database, note="3쪽은 20점, 7쪽은 25점: 표를 따름")
    gives(town, "GA", "9")
    gives(town, "CI", "7")
    with town.database.write() as session:
        last = session.get_one(Period, period_id(session, "H2"))
        last.objection_due = DUE
        session.add(last)
    return town


def gives(town: Town, subject: str, value: str) -> None:
    with town.database.write() as session:
        item = open_item(session, cycle_id(session), "INST", "COMM", None)
        doer = at_work(session, city.CIVIL, town.now())
        give_value(session, doer, item, subject_id(session, subject), Decimal(value))


def opens(person: Speaker, title: str = YEAR) -> None:
    person.says("평가결과")
    person.presses(title)


def announces(person: Speaker, title: str = YEAR) -> None:
    opens(person, title)
    person.presses("결과 게시")
    person.presses("게시")
    person.town.do_errands()


def test_the_office_sees_ranks_grades_prizes_and_what_is_missing(rated: Town, evaluator: Speaker) -> None:
    opens(evaluator)
    evaluator.sees(
        "⚠ 값이 빠진 대상 3곳은 빠진 값을 0점으로 계산했습니다.", "비고: 3쪽은 20점, 7쪽은 25점: 표를 따름",
        "1위 총무과 (9.00점 · S등급 · 최우수) 빠진 값 있음", "2위 민원과 (7.00점 · A등급 · 우수)",
        "3위 돌봄과 (0.00점 · B등급)",
    )  # fmt: skip
    assert "결과 게시" not in evaluator.buttons()
    evaluator.presses("빠진 값 보기")
    evaluator.sees(
        "달성도 · 승인되지 않은 실적이 있음",
        "소통 · 소관부서 민원과",
        "1곳: 돌봄과",
        "조기집행 · 소관부서 기획예산과",
    )
    evaluator.presses("결과로")
    evaluator.presses("1위 총무과")
    evaluator.sees("• 소통: 9.00 / 10점", "• 달성도: 0.00 / 70점 (빠진 값 있음)", "[왜 이 점수인가요?]")


def test_prizes_that_equals_share_are_to_be_decided(rated: Town, administrator: Speaker) -> None:
    gives(rated, "CI", "9")
    opens(administrator)
    administrator.sees("⚠ 최우수: 동점인 총무과, 민원과 가운데 누구에게 줄지 정해야 합니다.")
    administrator.presses("결과 게시")
    administrator.sees("⚠ 최우수: 동점인 총무과, 민원과")


def test_leads_and_officers_are_told_their_own_with_a_picture_and_the_office_everything(
    rated: Town, administrator: Speaker, evaluator: Speaker, officer: Speaker, lead: Speaker, carer: Speaker,
    safety: Speaker, drawn: list[Ranking],
) -> None:  # fmt: skip
    opens(administrator)
    administrator.presses("결과 게시")
    administrator.sees(
        "평가대상 3곳의 팀장과 담당자에게 알립니다.",
        "이의신청: 7. 19.(금) 18:00까지",
        "⚠ 빠진 값이 있습니다.",
        "⚠ 마감하지 않은 기간: 상반기, 하반기. 마감해야 이의신청을 받을 수 있습니다.",
    )
    administrator.presses("게시")
    administrator.sees("결과를 게시했습니다. 대상 3곳의 결과를 보냅니다.")
    rated.do_errands()
    for person in (officer, lead):
        person.sees(
            YEAR, "총무과: 9.00점 · 1위(전체 3) · S등급 · 최우수", "• 소통: 9.00 / 10점",
            "이의신청: 7. 19.(금) 18:00까지 · 근무일 9일 남음", "[왜 이 점수인가요?]", "[이의신청]",
        )  # fmt: skip
        assert person.screens()[-1]["picture"]["name"] == f"{YEAR}.png"
        person.does_not_see("민원과")
    own = next(shown for shown in drawn if shown.note.startswith("총무과"))
    assert (own.title, own.note) == (YEAR, "총무과 1위 · 3곳")
    assert own.bars == [
        Bar("총무과", Decimal("9.00"), is_own=True), Bar("민원과", Decimal("7.00")), Bar("돌봄과", Decimal("0.00")),
    ]  # fmt: skip
    carer.sees("돌봄과: 0.00점 · 3위(전체 3) · B등급")
    safety.does_not_see("기관평가")
    evaluator.sees(f"{YEAR} 결과 게시", "1위 총무과", "2위 민원과", "3위 돌봄과")
    evaluator.presses("지금 결과 보기")
    evaluator.sees("7. 8.(월) 09:00에 게시했습니다.")


def test_the_way_to_why_leads_to_the_explanation(
    rated: Town, administrator: Speaker, officer: Speaker
) -> None:
    announces(administrator)
    officer.presses("왜 이 점수인가요?")
    officer.sees("총무과", "9")


def test_announced_again_only_who_changed_is_told_and_what_it_was(
    rated: Town, administrator: Speaker, officer: Speaker, civil: Speaker, evaluator: Speaker
) -> None:
    announces(administrator)
    gives(rated, "CI", "8")
    for person in (officer, civil):
        person.says("메뉴")
    announces(administrator)
    officer.does_not_see("기관평가")
    civil.sees(
        "민원과: 8.00점 · 2위(전체 3)", "지난 게시에서 달라졌습니다. 지난 게시: 7.00점 · 2위(전체 3) · A등급 · 우수",
        "• 소통: 7.00 → 8.00",
    )  # fmt: skip
    evaluator.sees("지난 게시와 달라진 대상: 민원과")


def test_what_was_announced_stays_as_it_was_told(
    rated: Town, administrator: Speaker, officer: Speaker
) -> None:
    announces(administrator)
    gives(rated, "GA", "1")
    officer.says("평가결과")
    officer.presses(f"{YEAR} · 총무과")
    officer.sees("총무과: 9.00점 · 1위(전체 3)")


def test_a_result_that_moved_while_it_was_looked_at_is_not_announced(
    rated: Town, administrator: Speaker
) -> None:
    opens(administrator)
    administrator.presses("결과 게시")
    gives(rated, "CI", "8")
    administrator.presses("게시")
    administrator.sees("그사이 결과가 바뀌었습니다. 새 결과를 확인하고 다시 게시해 주세요.")
    opens(administrator)
    press = administrator.button("결과 게시")
    gives(rated, "CI", "9")
    administrator.presses_again(press)
    administrator.sees("그사이 결과가 바뀌었습니다. 새 결과를 확인해 주세요.")


def test_after_the_window_no_appeal_is_offered(rated: Town, administrator: Speaker, officer: Speaker) -> None:
    rated.passes(days=12)
    announces(administrator)
    officer.sees("이의신청 기간이 7. 19.(금) 18:00에 끝났습니다.")
    assert "이의신청" not in officer.buttons()


@pytest.mark.parametrize("step", ["scheme", "missing", "subject"])
def test_nobody_else_sees_the_whole(rated: Town, officer: Speaker, step: str) -> None:
    with pytest.raises(Refusal, match="관리자와 평가자만"):
        officer.is_shown(f"results.{step}", cycle=1, scheme="INST", period=None, subject=1)


def test_another_department_s_result_is_nobody_s_to_read(
    rated: Town, administrator: Speaker, officer: Speaker
) -> None:
    announces(administrator)
    with pytest.raises(Refusal, match="이 결과를 볼 권한이 없습니다"):
        officer.is_shown("results.told", announcement=1, subject=2)
    officer.says("평가결과")
    officer.does_not_see("민원과", "돌봄과")


def test_a_rank_says_within_which_group_and_what_does_not_apply_is_left_out(
    town: Town, administrator: Speaker, officer: Speaker
) -> None:
    part = {"source": Source.OWNER, "owner": "CI"}
    parts = [
        {"code": "COMM", "name": "소통", "points": 70, **part},
        {"code": "CARE", "name": "돌봄", "points": 30, **part},
    ]
    groups = [{"place": "GA", "grouping": "본청"}, {"place": "CI", "grouping": "사업소"}]
    add_scheme(town.database, parts, groups)
    gives(town, "GA", "63")
    with town.database.write() as session:
        item = open_item(session, cycle_id(session), "INST", "CARE", None)
        give_value(
            session, at_work(session, city.CIVIL, town.now()), item, subject_id(session, "GA"), None, "없음"
        )
    announces(administrator)
    town.do_errands()
    officer.sees("총무과: 90.00점 · 1위(본청 1)", "• 소통: 90.00 / 100점")
    officer.does_not_see("0.00 / 0점")
    officer.presses("결과 목록")
    officer.sees(f"{YEAR} · 총무과")
    administrator.says("평가결과")
    administrator.does_not_see("상반기")
    administrator.presses(YEAR)
    administrator.sees("1위 총무과 (본청 · 90.00점)", "1위 민원과 (사업소 · 0.00점)")


def test_a_month_is_announced_as_well_as_the_year(
    rated: Town, administrator: Speaker, officer: Speaker
) -> None:
    announces(administrator, "2019년 성과관리 상반기 기관평가")
    officer.sees("2019년 성과관리 상반기 기관평가", "총무과: 0.00점 · 1위(전체 3)")


@pytest.fixture
def personal(town: Town) -> Town:
    parts = [{"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 100, "owner": "CI"}]
    add_scheme(town.database, parts, [{"person": city.OFFICER}, {"person": city.LEAD}], **PEOPLE)
    return town


def test_in_a_scheme_for_persons_everybody_learns_their_own_and_no_other_s(
    personal: Town, administrator: Speaker, officer: Speaker, lead: Speaker, second: Speaker, deputy: Speaker,
    drawn: list[Ranking],
) -> None:  # fmt: skip
    title = "2019년 성과관리 연간 개인평가"
    opens(administrator, title)
    administrator.presses("결과 게시")
    administrator.sees("평가대상 2명에게 본인의 결과만 알립니다.")
    administrator.presses("게시")
    with personal.database.read() as session:
        asked = [one.person_id for one in session.exec(select(Errand).where(Errand.kind == "result_told"))]
    assert sorted(asked) == sorted((officer.person_id, lead.person_id))
    personal.do_errands()
    officer.sees("김주무: 0.00점 · 1위(전체 2)")
    officer.does_not_see("최팀장")
    lead.sees("최팀장: 0.00점")
    lead.does_not_see("김주무: ", "김주무 ")
    for person in (second, deputy):
        person.does_not_see("개인평가")
    told = [(shown.note, [bar.name for bar in shown.bars]) for shown in drawn]
    assert told == [("항목별 점수 · 총점 0.00점", ["소통"])] * 2
    lead.says("평가결과")
    lead.does_not_see("김주무")


def test_the_first_screen_leads_to_what_there_is_for_each(
    rated: Town, administrator: Speaker, officer: Speaker, safety: Speaker
) -> None:
    administrator.says("메뉴")
    administrator.sees("평가 결과 (순위·등급·빠진 값, 결과 게시)", "가점 · 감점")
    officer.says("메뉴")
    officer.does_not_see("평가 결과")
    announces(administrator)
    for person in (officer, safety):
        person.says("메뉴")
    officer.sees("평가 결과 (게시된 우리 결과)")
    safety.does_not_see("평가 결과")


def test_who_announces_is_told_of_appeals_that_are_not_decided_yet(rated: Town) -> None:
    officer, administrator = rated.person(city.OFFICER), rated.person(city.ADMINISTRATOR)
    appealing.announced(rated, officer)
    waits = "⚠ 심의 중인 이의신청 1건의 결정에 따라 결과가 달라질 수 있습니다."
    opens(administrator)
    administrator.presses("결과 게시")
    administrator.sees("⚠ 마감하지 않은 기간: 하반기.")
    administrator.does_not_see(waits)
    appealing.files(officer, files.pdf())
    opens(administrator)
    administrator.presses("결과 게시")
    administrator.sees(waits)


def test_raters_are_named_with_what_they_still_have_to_hand_in_and_nothing_else(town: Town) -> None:
    part = {"code": "QUAL", "name": "정성평가", "source": Source.RATING, "points": 100, "basis": "R1"}
    add_scheme(town.database, [part], [{"place": "GA"}, {"place": "CI"}])
    made = add_round(
        town.database, ["GA", "CI"], [Of("EX", "위원", raters=[city.SAFETY, city.CARER], fewest=2)],
        scheme="INST", rates_changes=True,
    )  # fmt: skip
    town.time_goes_on(minutes=1)
    for rater, subject in ((city.SAFETY, "GA"), (city.SAFETY, "CI")):
        made.rates(rater, subject, town.now(), IMP="우수")
    evaluator = town.person(city.EVALUATOR)
    opens(evaluator)
    evaluator.presses("빠진 값 보기")
    evaluator.sees("정성평가 · 평가표를 내지 않은 위원: 나돌봄 2")
    with town.database.write() as session:
        # One paper is being corrected, and what was handed in counts; the other subject is rated anew.
        doer = at_work(session, city.SAFETY, town.now())
        [corrected] = made.papers(rater_id=doer.person_id, subject_id=made.subjects["GA"])
        save(session, doer, corrected.id or 0, {"IMP": "미흡"})
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    opens(evaluator)
    evaluator.presses("빠진 값 보기")
    evaluator.sees("평가표를 내지 않은 위원: 나돌봄 2, 오안전 1")


def test_persons_are_counted_as_persons(personal: Town, administrator: Speaker, civil: Speaker) -> None:
    opens(administrator, "2019년 성과관리 연간 개인평가")
    administrator.presses("빠진 값 보기")
    administrator.sees("2명: 김주무, 최팀장")
    civil.says("소관항목")
    civil.presses("2019년 성과관리 연간 · 소통")
    civil.sees("대상 2건 가운데 0건에 값이 있습니다.")
