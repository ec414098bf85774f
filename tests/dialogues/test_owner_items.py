"""Items of owner departments in chat: one by one, or in one workbook that says first what it will change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import select

from models.organization import Role
from models.period import close
from models.plan import Period
from models.scheme.table import OwnerValue, Source
from models.words import Refusal
from tests.dialogues import city
from tests.kit import files
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker, Town
from tests.kit.schemes import PEOPLE, SUBJECTS, add_scheme, at_work, institutions, period_id

COMM, BUDGET = "2019년 성과관리 연간 · 소통", "2019년 성과관리 상반기 · 조기집행"
BOOK = "2019년 성과관리 연간 · 소통 20190708.xlsx"


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """How they look is tested in tests/reports/test_ranking.py."""
    monkeypatch.setattr("reports.charts.ranking.ranking", lambda _: files.png())


@pytest.fixture
def owner(town: Town) -> Speaker:
    """박민원 of 민원과, which owns 소통."""
    institutions(town.database)
    return town.person(city.CIVIL)


def opens(person: Speaker, title: str = COMM) -> None:
    person.says("소관항목")
    person.presses(title)


def choices(person: Speaker) -> list[str]:
    return [choice["label"] for choice in person.screens()[-1]["choices"]]


def takes_away(person: Speaker) -> Workbook:
    opens(person)
    person.presses("엑셀로 받기")
    person.town.do_errands()
    return load_workbook(BytesIO(person.takes(BOOK)))


def page_of(workbook: Workbook) -> Worksheet:
    page = workbook["소관항목"]
    assert isinstance(page, Worksheet)
    return page


def hands_in(person: Speaker, workbook: Workbook, name: str = "소통 점수.xlsx") -> None:
    written = BytesIO()
    workbook.save(written)
    opens(person)
    person.presses("엑셀 올리기")
    person.attaches(written.getvalue(), name)
    person.presses("다음")
    person.town.do_errands()


def filled(person: Speaker, *values: object) -> Workbook:
    """The workbook with these values from the first row on."""
    workbook = takes_away(person)
    for row, value in enumerate(values, start=2):
        page_of(workbook)[f"D{row}"] = value
    return workbook


def values(town: Town) -> list[tuple[Decimal | None, str]]:
    with town.database.read() as session:
        return [
            (one.value, one.file_name) for one in session.exec(select(OwnerValue).order_by(OwnerValue.id))
        ]  # type: ignore[arg-type]


def test_one_by_one_those_without_a_value_stand_first(town: Town, owner: Speaker) -> None:
    opens(owner)
    owner.sees(
        "0점에서 10점까지 줍니다.", "대상 3건 가운데 0건에 값이 있습니다.", "총무과 (아직 없음) 미입력"
    )
    owner.presses("총무과")
    owner.says("7.5")
    owner.says("우수사례 2건")
    owner.sees("총무과: 7.5점을 저장했습니다.", "대상 3건 가운데 1건에 값이 있습니다.", "총무과 (7.5점)")
    assert choices(owner) == ["민원과", "돌봄과", "총무과"]
    owner.presses("총무과")
    owner.sees("지금 값: 7.5점 (박민원 · 7. 8.(월) 09:00)")
    assert values(town) == [(Decimal("7.5"), "")]


def test_what_cannot_be_a_value_is_said_beside_the_field(town: Town, owner: Speaker) -> None:
    opens(owner)
    owner.presses("총무과")
    owner.says("10.5")
    owner.sees("0점에서 10점 사이로 적어 주세요.")
    owner.presses("해당 없음")
    owner.presses("건너뛰기")
    owner.sees("총무과: 해당 없음을 저장했습니다.")
    owner.presses("돌봄과")
    owner.says("１０점")
    owner.presses("건너뛰기")
    owner.sees("돌봄과: 10점")


def test_the_list_shows_only_one_s_own_items_with_how_far_they_are(
    town: Town, owner: Speaker, officer: Speaker, evaluator: Speaker
) -> None:
    owner.says("소관항목")
    owner.sees(f"{COMM} (0/3")
    owner.does_not_see("조기집행")
    evaluator.says("소관항목")
    evaluator.sees(f"{BUDGET} (0/3 · 7. 15.(월) 18:00까지")
    evaluator.does_not_see("소통")
    officer.says("소관항목")
    officer.sees("지금 값을 줄 소관 항목이 없습니다.")
    with pytest.raises(Refusal, match="민원과의 담당자와 팀장만"):
        officer.is_shown("owner_items.item", **ABOUT)


ABOUT: dict[str, object] = {"cycle": 1, "scheme": "INST", "part": "COMM", "period": None}


def test_the_workbook_lists_every_subject_with_what_it_has(owner: Speaker) -> None:
    opens(owner)
    owner.presses("민원과")
    owner.says("3")
    owner.presses("건너뛰기")
    workbook = takes_away(owner)
    rows = list(page_of(workbook).iter_rows(values_only=True))
    assert rows == [
        ("코드", "대상", "구분", "값", "비고"), ("GA", "총무과", None, None, None),
        ("CI", "민원과", None, 3, None), ("CA", "돌봄과", None, None, None),
    ]  # fmt: skip
    (offered,) = page_of(workbook).data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref), offered.showErrorMessage) == ('"해당없음"', "D2:D4", False)


def test_a_workbook_says_what_it_changes_and_changes_it_when_that_is_wanted(
    town: Town, owner: Speaker
) -> None:
    opens(owner)
    owner.presses("총무과")
    owner.says("7")
    owner.presses("건너뛰기")
    hands_in(owner, filled(owner, "8.5", 3, "해당없음"))
    owner.sees(
        "달라지는 대상 3건 (새 값 2, 바뀐 값 1)", "• 총무과: 7점 → 8.5점", "• 민원과: 3점", "• 돌봄과: 해당 없음",
        "[반영]",
    )  # fmt: skip
    assert owner.screens()[-1]["picture"]["name"] == "분포.png"
    assert len(values(town)) == 1
    owner.presses("반영")
    town.do_errands()
    owner.sees(f"{COMM}: 대상 3건의 값을 반영했습니다.")
    name = "소통 점수.xlsx"
    assert values(town)[1:] == [(Decimal("8.5"), name), (Decimal(3), name), (None, name)]
    with town.database.read() as session:
        hashes = {one.file_sha256 for one in session.exec(select(OwnerValue))}
    assert {len(one) for one in hashes} == {0, 64}


def test_an_empty_cell_leaves_what_there_is(town: Town, owner: Speaker) -> None:
    hands_in(owner, filled(owner, 1, None, None))
    owner.sees("달라지는 대상 1건 (새 값 1)")
    owner.presses("반영")
    town.do_errands()
    hands_in(owner, filled(owner, None, None, None))
    owner.sees("지금 값과 달라지는 것이 없습니다.")
    assert values(town) == [(Decimal(1), "소통 점수.xlsx")]


def test_every_cell_that_is_wrong_is_named_and_nothing_is_changed(town: Town, owner: Speaker) -> None:
    workbook = filled(owner, 12, "좋음", 5)
    page_of(workbook)["A4"] = "XX"
    page_of(workbook).append(["GA", "총무과", None, 4, None])
    hands_in(owner, workbook)
    owner.sees("고칠 곳이 4건 있습니다.", "소관항목 D2", "0점에서 10점 사이로", "소관항목 D3", "소관항목 A4",
               "이 평가의 대상이 아닙니다", "소관항목 A5", "2행에 같은 대상이 있습니다.")  # fmt: skip
    workbook = filled(owner, "12점", 3, 5)
    hands_in(owner, workbook)
    owner.sees("소관항목 D2", "0점에서 10점 사이로")
    assert values(town) == []
    assert "고쳐서 다시 올리기" in owner.buttons()


def test_a_cell_that_shows_another_value_than_it_holds_is_named_with_all_the_others(
    town: Town, owner: Speaker
) -> None:
    workbook = filled(owner, 12, "=5+3", 0.95)
    page = page_of(workbook)
    page["A4"], page["D4"].number_format = "XX", "0%"
    # What stands in columns of their own is nobody's business.
    page["G2"], page["H2"] = "=D2*2", 0.5
    page["H2"].number_format = "0%"
    hands_in(owner, workbook)
    owner.sees("고칠 곳이 4건 있습니다.", "소관항목 D2", "소관항목 D3", "수식의 결과가 파일에 없습니다.",
               "소관항목 A4", "소관항목 D4", "백분율 서식인 칸입니다.")  # fmt: skip
    assert values(town) == []


def test_a_row_of_formulas_that_nobody_has_worked_out_is_not_passed_over(town: Town, owner: Speaker) -> None:
    workbook = filled(owner, 1)
    page_of(workbook).append(['="CA"', None, None, "=3", None])
    hands_in(owner, workbook)
    owner.sees("고칠 곳이 2건 있습니다.", "소관항목 A5", "소관항목 D5")


def test_a_note_that_is_too_long_is_named_too(town: Town, owner: Speaker) -> None:
    workbook = filled(owner, 1)
    page_of(workbook)["E2"] = "가" * 501
    hands_in(owner, workbook)
    owner.sees("소관항목 E2", "비고는 500자까지")


def test_nobody_gives_themselves_a_value_by_workbook(town: Town, carer: Speaker) -> None:
    part = {"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 10, "owner": "CA"}
    add_scheme(town.database, [part], [{"person": city.CARER}, {"person": city.OFFICER}], **PEOPLE)
    hands_in(carer, filled(carer, 10, 5))
    carer.sees("소관항목 D2", "본인의 점수는 줄 수 없습니다.")
    carer.does_not_see("D3")
    hands_in(carer, filled(carer, None, 5))
    carer.sees("• 김주무: 5점", "[반영]")


def test_another_item_s_workbook_is_not_taken(town: Town, owner: Speaker) -> None:
    workbook = filled(owner, 1, 1, 1)
    workbook["안내"]["B1"] = "2019/INST/BUDGET/H1"
    hands_in(owner, workbook)
    owner.sees("다른 항목의 엑셀입니다.")


def test_what_another_gave_meanwhile_is_not_overwritten(town: Town, owner: Speaker) -> None:
    add_person(town.database, "7001", "마민원", Role.OFFICER, "CI")
    hands_in(owner, filled(owner, 1, 1, 2))
    other = town.person("7001")
    opens(other)
    other.presses("총무과")
    other.says("9")
    other.presses("건너뛰기")
    owner.presses("반영")
    town.do_errands()
    owner.sees("마민원 님이 7. 8.(월) 09:00에 먼저 값을 바꿨습니다.")
    assert values(town) == [(Decimal(9), "")]


def test_more_than_half_alike_is_warned_of_before_it_is_applied_and_after(town: Town, owner: Speaker) -> None:
    hands_in(owner, filled(owner, 2, 2, 1))
    told = "값을 받은 대상 3건 가운데 2건(67%)이 2점으로 같습니다."
    owner.sees(told, "[반영]")
    owner.presses("반영")
    town.do_errands()
    opens(owner)
    owner.sees(told)
    owner.presses("분포 보기")
    town.do_errands()
    owner.sees(told)
    assert owner.screens()[-1]["picture"]["name"] == "분포.png"


def test_once_it_is_closed_it_can_only_be_read(town: Town, owner: Speaker) -> None:
    owner.says("소관항목")
    with town.database.write() as session:
        doer = at_work(session, city.ADMINISTRATOR, city.MONDAY)
        for code in ("H1", "H2"):
            one = session.get_one(Period, period_id(session, code))
            close(session, doer, one.id or 0, one.revision)
    owner.presses(COMM)
    owner.sees("마감되어 값을 바꿀 수 없습니다.")
    assert "엑셀 올리기" not in owner.buttons()
    owner.presses("총무과")
    owner.sees("마감된 기간이라 바꿀 수 없습니다.")


def test_the_owner_is_reminded_until_everybody_has_a_value(town: Town, evaluator: Speaker) -> None:
    institutions(town.database)
    town.clock.move(timedelta(days=1))
    town.time_goes_on(hours=1)
    evaluator.sees(f"소관 항목 {BUDGET}", "3건 미입력", "[값 입력: 소관 항목")
    for number in range(len(SUBJECTS)):
        opens(evaluator, BUDGET)
        evaluator.presses(choices(evaluator)[0])
        evaluator.says(str(number))
        evaluator.presses("건너뛰기")
    town.time_goes_on(days=1)
    evaluator.does_not_see("건 미입력")


def test_an_administrator_sees_what_the_owner_has_still_to_give_and_gives_nothing(
    town: Town, owner: Speaker, administrator: Speaker
) -> None:
    opens(owner)
    owner.presses("총무과")
    owner.says("5")
    owner.presses("건너뛰기")
    administrator.is_shown("owner_items.item", **ABOUT)
    administrator.sees("소관부서: 민원과", "대상 3건 가운데 1건에 값이 있습니다.", "• 민원과", "• 돌봄과")
    administrator.does_not_see("• 총무과")
    assert administrator.buttons() == ["처음으로"]


def test_the_first_screen_leads_there_and_says_how_many_wait(owner: Speaker, officer: Speaker) -> None:
    owner.says("메뉴")
    owner.sees("소관 항목 (우리 부서가 점수를 주는 항목) 1건")
    officer.says("메뉴")
    officer.does_not_see("소관 항목", "가점 · 감점", "평가 결과")
