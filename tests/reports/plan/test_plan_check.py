"""Checking a plan: everything wrong is named by sheet and cell, all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.organization import Department
from models.plan import Period, PeriodState
from models.store import Database
from reports.plan import PlanRejected, import_plan
from tests.kit.plans import Sheets, contents, full_plan, put, small_plan, write_csv, write_xlsx
from tests.reports.plan.checking import CLERK, NOW, Change, problems, said

PLANTED: list[tuple[str, str, object, str]] = [
    ("조직", "C3", "국", "시, 실국, 과, 팀, 기관"),
    ("조직", "E7", "TR-9", "‘조직’ 시트에 코드 TR-9가 없습니다"),
    ("조직", "A8", "TR-1", "4행에 이미 있습니다"),
    ("사람", "B2", "", "‘이름’ 칸이 비어 있습니다"),
    ("사람", "D3", "XX", "‘조직’ 시트에 코드 XX가 없습니다"),
    ("사람", "C5", "과장", "4행과 다릅니다"),
    ("사람", "J6", "hb.go.kr", "이메일 주소가 아닙니다"),
    ("사람", "G8", "1001", "역할이 대결일 때만"),
    ("기간", "F2", date(2018, 6, 30), "종료일이 시작일보다 빠릅니다"),
    ("기간", "I3", date(2020, 1, 9), "검토기한이 보고기한보다 빠릅니다"),
    ("기간", "K3", "아마도", "예, 아니오"),
    ("지표", "C2", "가" * 201, "200자까지 적을 수 있는데 201자입니다"),
    ("지표", "O5", "많이", "수를 읽지 못했습니다"),
    ("지표", "E6", "7777", "‘사람’ 시트에 코드 7777이 없습니다"),
    ("지표", "W6", "0:100; 1-80", "1-80"),
    ("지표", "Q7", "상향식", "상향, 하향A"),
    ("지표", "O8", 99.5, "시설공단(FC)의 2019 평가 지표 가중치 합이 99.5입니다"),
    ("목표", "B3", "TR-999", "‘지표’ 시트에 코드 TR-999가 없습니다"),
    ("목표", "D4", 0, "목표가 0이면"),
    ("목표", "C5", "Q1", "‘기간’ 시트에 코드 Q1이 없습니다"),
    ("목표", "D6", "0.00001", "소수점 아래는 4자리까지"),
    ("휴일", "A2", "2019-10-32", "달력에 없는"),
    ("휴일", "B3", "민원\x07의 날", "U+0007"),
]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_over_twenty_planted_errors_are_all_named_at_once_and_nothing_is_written(
    database: Database, tmp_path: Path, write: Callable[[Sheets, Path], Path]
) -> None:
    sheets = small_plan()
    sheets["조직"].append(["", "둘째 교통과", "과"])
    for name, cell, value, _ in PLANTED:
        put(sheets, name, cell, value)
    if write is write_xlsx:
        put(sheets, "휴일", "B3", "민원\u200b의 날")  # openpyxl itself refuses to write \x07
    source = write(sheets, tmp_path / "plan.xlsx")
    with pytest.raises(PlanRejected) as caught, database.write() as session:
        import_plan(session, NOW, CLERK, source)
    found = said(caught.value)
    assert list(found) == [(name, cell) for name, cell, *_ in PLANTED]
    for name, cell, _, words in PLANTED:
        if (name, cell) != ("휴일", "B3") or write is write_csv:
            assert words in found[name, cell]
    with database.read() as session:
        assert not any(contents(session).values())


def test_a_sound_plan_has_no_problems(tmp_path: Path) -> None:
    assert problems(small_plan(), tmp_path) == {}
    assert problems(full_plan(), tmp_path) == {}


def test_an_indicator_that_is_not_scored_weighs_nothing(tmp_path: Path) -> None:
    sheets = small_plan()
    put(sheets, "지표", "O5", 25)
    assert problems(sheets, tmp_path) == {}


def test_sheets_and_columns_that_are_missing_or_unknown_are_named(tmp_path: Path) -> None:
    sheets = small_plan()
    del sheets["목표"], sheets["휴일"]
    sheets["지표들"] = [["코드"]]
    put(sheets, "조직", "B1", "")
    put(sheets, "사람", "L1", "퇴직일자")
    put(sheets, "기간", "B1", "코드")
    found = problems(sheets, tmp_path)
    assert "‘목표’ 시트가 없습니다" in found["목표", "A1"]
    assert "모르는 시트입니다" in found["지표들", "A1"]
    assert "‘이름’ 열이 없습니다" in found["조직", "A1"]
    assert "머리글이 없습니다" in found["조직", "B2"]
    assert "모르는 열입니다: 퇴직일자" in found["사람", "L1"]
    assert "같은 열이 또 있습니다" in found["기간", "C1"]
    assert ("휴일", "A1") not in found, "a city may have no days of its own"


def test_an_empty_file_is_told_where_to_begin(tmp_path: Path) -> None:
    sheets = {name: rows[:1] for name, rows in small_plan().items()}
    assert set(problems(sheets, tmp_path)) == {("조직", "A2"), ("사람", "A2"), ("기간", "A2")}


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ([("조직", "D2", "TR-1")], ("조직", "D2"), "HB → TR-1 → TR → HB"),
        ([("조직", "D5", "TR-2")], ("조직", "D5"), "TR-2 → TR-2"),
        ([("조직", "E4", "TR-1")], ("조직", "E4"), "자기 자신을 감독"),
        ([("조직", "A6", "P/L"), ("사람", "D6", "P/L"), ("사람", "D7", "P/L")], ("조직", "A6"), "/ 를 쓸 수"),
        ([("조직", "G5", "2018-06-30")], ("조직", "G5"), "종료일이 시작일보다"),
        ([("사람", "G5", "")], ("사람", "G5"), "대결대상을 적어"),
        ([("사람", "G5", "2001")], ("사람", "G5"), "자기 자신을 대결"),
        ([("사람", "G5", "4444")], ("사람", "G5"), "코드 4444가 없습니다"),
        ([("사람", "E2", ""), ("사람", "F2", "TR-2")], ("사람", "E2"), "역할을 적어"),
        ([("사람", "F2", "시전체")], ("사람", "F2"), "코드 시전체가 없습니다"),
        ([("사람", "E5", "팀장"), ("사람", "G5", "")], ("사람", "E5"), "4행에 이미"),
        ([("사람", "L4", "2019-12-31")], ("사람", "L5"), "4행과 다릅니다"),
        ([("기간", "C3", "H1")], ("기간", "C3"), "2행에 이미"),
        ([("기간", "B3", "19년")], ("기간", "B3"), "2행과 다릅니다"),
        ([("기간", "K3", "")], ("기간", "K3"), "2행과 다릅니다"),
        ([("기간", "E3", "2019-06-30")], ("기간", "E3"), "‘상반기’ 기간과 날짜가 겹칩니다"),
        ([("기간", "G2", "2018-12-31")], ("기간", "G2"), "시작일보다 빠릅니다"),
        ([("기간", "H2", "2019-07-12 17:59")], ("기간", "H2"), "확인기한이 보고기한보다"),
        ([("기간", "J2", "2019-07-25")], ("기간", "J2"), "이의신청기한이 검토기한보다"),
        ([("지표", "A2", "2018")], ("지표", "A2"), "‘기간’ 시트에 코드 2018이 없습니다"),
        ([("지표", "B3", "TR-001")], ("지표", "B3"), "2행에 이미"),
        ([("지표", "D3", "TR-3")], ("지표", "D3"), "코드 TR-3이 없습니다"),
        ([("지표", "O5", -1)], ("지표", "O5"), "0에서 100 사이"),
        ([("지표", "O3", 31)], ("지표", "O2"), "교통정책과(TR-1)의 2019 평가 지표 가중치 합이 101입니다"),
        ([("지표", "P5", "예"), ("지표", "O5", 1)], ("지표", "O2"), "합이 101"),
        ([("지표", "AA3", "2019-07-01")], ("지표", "O2"), "합이 70"),
        ([("지표", "AC1", "2019실적")], ("지표", "AC2"), "앞선 해의 실적만"),
        ([("지표", "S7", "")], ("지표", "Q7"), "기준값이 있어야"),
        ([("지표", "Z2", 7)], ("지표", "Q2"), "소수 자릿수"),
        ([("지표", "Z2", 1.5)], ("지표", "Z2"), "소수점 없는 수"),
        ([("지표", "X2", 130)], ("지표", "Q2"), "‘최고’ 120보다 큽니다"),
        ([("지표", "Q5", "상향")], ("지표", "B5"), "‘목표’ 시트에 이 지표의 목표가 없습니다"),
        (
            [("목표", "D7", 1), ("지표", "Q8", "상향"), ("목표", "C7", "H1")],
            ("지표", "B8"),
            "목표가 없습니다",
        ),
        ([("목표", "C2", "H1")], ("목표", "C3"), "2행에 이미"),
        ([("목표", "D6", "3000억")], ("목표", "D6"), "기준값과 목표가"),
        ([("목표", "D3", -1)], ("목표", "D3"), "목표가 △1이면"),
        ([("목표", "D2", "")], ("목표", "D2"), "목표를 적어"),
        ([("휴일", "A3", "2019-10-25")], ("휴일", "A3"), "2행에 이미"),
    ],
)
def test_what_is_wrong_is_said_in_its_cell(
    tmp_path: Path, changes: list[Change], cell: tuple[str, str], words: str
) -> None:
    sheets = small_plan()
    for change in changes:
        put(sheets, *change)
    assert words in problems(sheets, tmp_path)[cell]


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("기간", "E2", "봄"),
        ("지표", "O2", "마흔"),
        ("지표", "D6", "TR-5"),
        ("지표", "Q3", "낮게"),
        ("지표", "P2", "글쎄"),
        ("목표", "D4", "열"),
    ],
)
def test_a_cell_that_cannot_be_read_brings_no_complaints_about_what_rests_on_it(
    tmp_path: Path, name: str, cell: str, value: object
) -> None:
    sheets = small_plan()
    put(sheets, name, cell, value)
    assert set(problems(sheets, tmp_path)) == {(name, cell)}


@pytest.mark.parametrize(
    ("cell", "value", "named"), [("S7", "", {("지표", "Q7")}), ("S7", 1, set()), ("Z2", 5, {("지표", "Q2")})]
)
def test_what_is_wrong_with_a_rule_is_not_said_again_of_its_targets(
    tmp_path: Path, cell: str, value: object, named: set[tuple[str, str]]
) -> None:
    sheets = small_plan()
    put(sheets, "지표", cell, value)
    assert set(problems(sheets, tmp_path)) == named


def test_a_period_may_overlap_one_that_is_not_the_next(tmp_path: Path) -> None:
    sheets = small_plan()
    sheets["기간"].append(["2019", "2019년 성과관리", "Y", "한 해", "2018-12-31", "2019-12-31"])
    sheets["기간"][-1] += ["2020-01-10", "", "2020-01-31", "", "예"]
    found = problems(sheets, tmp_path)
    assert set(found) == {("기간", "E2"), ("기간", "E3")}
    assert all("‘한 해’ 기간과" in words for words in found.values())


def test_codes_may_not_be_longer_together_than_a_path(tmp_path: Path) -> None:
    sheets = small_plan()
    above = "HB"
    for number in range(11):
        code = f"{number:02}-{'x' * 37}"
        sheets["조직"].append([code, "깊은 과", "과", above])
        above = code
    assert set(problems(sheets, tmp_path)) == {("조직", "A17"), ("조직", "A18")}


def test_what_the_database_holds_already_may_be_referred_to(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(small_plan(), tmp_path / "first"))
    more = {name: rows[:1] for name, rows in small_plan().items()}
    more["지표"].append(["2019", "FC-002", "점검률", "FC", "5001", *[""] * 9, 0, "아니오", "상향"])
    more["목표"].append(["2019", "FC-002", "H2", 90])
    more["목표"].append(["2019", "FC-002", "", 90])
    with database.read() as session:
        assert problems(more, tmp_path, session) == {}
    assert ("지표", "A2") in problems(more, tmp_path)


def test_weights_are_summed_with_the_indicators_that_stand_already(
    database: Database, tmp_path: Path
) -> None:
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(small_plan(), tmp_path / "first"))
    sheets = small_plan()
    del sheets["지표"][2:]
    put(sheets, "지표", "O2", 41)
    with database.read() as session:
        assert "합이 101입니다" in problems(sheets, tmp_path, session)["지표", "O2"]


def test_a_stored_target_must_suit_a_rule_that_is_changed(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(sheets, tmp_path / "first"))
    del sheets["목표"][1:]
    put(sheets, "지표", "S7", "3902억")
    with database.read() as session:
        assert "기준값과 목표가" in problems(sheets, tmp_path, session)["지표", "Q7"]


def test_a_stored_period_gives_way_to_its_line_even_if_that_is_unread(
    database: Database, tmp_path: Path
) -> None:
    sheets = small_plan()
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(sheets, tmp_path / "first"))
    put(sheets, "기간", "F2", "봄의 끝")
    put(sheets, "기간", "E3", "2019-06-01")
    with database.read() as session:
        assert set(problems(sheets, tmp_path, session)) == {("기간", "F2")}


def test_a_new_target_must_suit_an_indicator_that_stands_already(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(sheets, tmp_path / "first"))
    del sheets["지표"][1:]
    put(sheets, "목표", "D2", 0)
    with database.read() as session:
        assert set(problems(sheets, tmp_path, session)) == {("목표", "D2")}


def test_a_stored_department_may_not_come_under_its_own_division(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(sheets, tmp_path / "first"))
    sheets["조직"] = [sheets["조직"][0], ["TR", "교통국", "실국", "TR-1"]]
    with database.read() as session:
        assert "TR → TR-1 → TR" in problems(sheets, tmp_path, session)["조직", "D2"]


@pytest.fixture
def closed(database: Database, tmp_path: Path) -> Database:
    """The small city after its first half was closed."""
    with database.write() as session:
        import_plan(session, NOW, CLERK, write_csv(small_plan(), tmp_path / "first"))
        session.exec(select(Period).where(Period.code == "H1")).one().state = PeriodState.CLOSED
    return database


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (("기간", "F2", "2019-06-29"), ("기간", "F2")),
        (("기간", "G2", "2019-07-12 17:00"), ("기간", "G2")),
        (("기간", "J2", ""), ("기간", "J2")),
        (("목표", "D3", 95), ("목표", "D3")),
        (("목표", "C7", "H1"), ("목표", "D7")),
    ],
)
def test_dates_and_targets_of_a_closed_period_may_not_change(
    closed: Database, tmp_path: Path, change: Change, cell: tuple[str, str]
) -> None:
    sheets = small_plan()
    put(sheets, *change)
    with closed.read() as session:
        assert "먼저 마감을 해제" in problems(sheets, tmp_path, session)[cell]


def test_a_closed_period_does_not_keep_the_rest_of_the_plan_from_changing(
    closed: Database, tmp_path: Path
) -> None:
    sheets = small_plan()
    put(sheets, "기간", "G3", "2020-01-11")
    put(sheets, "목표", "D4", 9)
    with closed.read() as session:
        assert problems(sheets, tmp_path, session) == {}


def test_a_city_under_way_may_leave_sheets_empty(closed: Database, tmp_path: Path) -> None:
    sheets = {name: rows[:1] for name, rows in small_plan().items()}
    with closed.write() as session:
        assert import_plan(session, NOW, CLERK, write_csv(sheets, tmp_path / "empty")).nothing
        assert len(session.exec(select(Department)).all()) == 6
        assert [row.action for row in session.exec(select(AuditRow))] == ["plan.import"] * 2
