"""The sheets 평가체계, 배점, 등급, 포상 and 평가대상: what they make, and what is said of what is wrong in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from sqlmodel import select

from handlers.admin.import_plan import summary_of
from models.organization import Department, DepartmentKind, Person
from models.plan import Cycle
from models.scheme.shares import read_shares
from models.scheme.table import Combine, Grade, Part, Prize, Scheme, Source, Subject, SubjectKind
from models.scoring import Kind
from models.store import Database
from models.words import Refusal, translator
from tests.kit.plans import HEADINGS, Sheets, full_plan, put, small_plan
from tests.reports.plan.checking import bring, problems

Written = tuple[str, int, str, object]
"""A sheet, a row, a heading, and what is written there."""


def cell(name: str, row: int, heading: str) -> str:
    return f"{get_column_letter(HEADINGS[name].split().index(heading) + 1)}{row}"


def write(sheets: Sheets, *changes: Written) -> Sheets:
    for name, row, heading, value in changes:
        put(sheets, name, cell(name, row, heading), value)
    return sheets


def test_versions_parts_grades_prizes_and_subjects_are_as_the_sheets_say(
    database: Database, tmp_path: Path
) -> None:
    bring(database, full_plan(), tmp_path)
    with database.read() as session:
        first, second, persons = session.exec(select(Scheme).order_by(Scheme.id)).all()  # type: ignore[arg-type]
        assert (first.valid_from, second.valid_from) == (date(2019, 1, 1), date(2019, 7, 1))
        assert (first.subject_kind, first.digits, first.ties_go_up) == (SubjectKind.DEPARTMENT, 2, True)
        assert (persons.subject_kind, persons.digits, persons.ties_go_up) == (SubjectKind.PERSON, 3, False)
        parts: dict[object, Part] = {(part.scheme_id, part.code): part for part in session.exec(select(Part))}
        assert len(parts) == 12
        kpi = parts[first.id, "KPI"]
        assert (kpi.source, kpi.points, kpi.below) == (Source.INDICATORS, Decimal(40), True)
        assert (kpi.combine, kpi.shares, kpi.tie_order) == (Combine.SHARES, "H1:40; H2:60", 1)
        owned, plain = parts[first.id, "TIME"], parts[first.id, "OPEN"]
        owner = session.get_one(Department, owned.owner_id)
        assert (owner.code, owned.kind) == ("PL", Kind.LOWER_RATIO)
        assert [owned.target, owned.floor, owned.cap, owned.digits] == [30, 0, 110, 2]
        assert [plain.kind, plain.cap, plain.digits] == [None, 100, 1]
        assert parts[first.id, "MINUS"].points is None
        grades = session.exec(select(Grade).order_by(Grade.position)).all()  # type: ignore[arg-type]
        assert [(one.name, one.least, one.share) for one in grades] == [
            ("S", 90, 20),
            ("A", 80, 50),
            ("B", None, None),
        ]
        prizes = session.exec(select(Prize).order_by(Prize.position)).all()  # type: ignore[arg-type]
        assert [(one.name, one.count, one.grouping) for one in prizes] == [
            ("최우수", 1, ""),
            ("우수", 1, "사업부서"),
        ]
        places = {row.code: (row.department_id, row.person_id) for row in session.exec(select(Subject))}
        department = {row.code: row.id for row in session.exec(select(Department))}
        person = {row.code: row.id for row in session.exec(select(Person))}
        assert places["TR-1"] == (department["TR-1"], None)
        assert places["2001"] == (department["TR-1"], person["2001"]), "the department they belong to"
        assert places["3001"] == (department["TR-1"], person["3001"]), "not the one they belong to"


def test_a_note_on_what_the_source_says_two_things_about_is_told(database: Database, tmp_path: Path) -> None:
    note = "본문은 10+10, 표는 25라고 합니다. 표를 따랐습니다."
    for changes in (bring(database, full_plan(), tmp_path), bring(database, full_plan(), tmp_path)):
        *tables, last = [translator("ko")(line) for line in summary_of(changes)]
        assert last == f"2019 기관평가(2019-01-01부터) 비고: {note}"
        assert not any(line[0].isascii() for line in tables), "every table has a Korean name"


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ([("평가체계", 4, "성과주기", "2018")], ("평가체계", 4, "성과주기"), "코드 2018이 없습니다"),
        ([("평가체계", 3, "적용일", "2019-01-01")], ("평가체계", 3, "코드"), "2행에 이미"),
        ([("평가체계", 3, "적용일", "2020-01-01")], ("평가체계", 3, "적용일"), "끝난 뒤의 날"),
        ([("평가체계", 3, "대상", "개인")], ("평가체계", 3, "대상"), "2행과 다릅니다"),
        ([("평가체계", 3, "적용일", "2019-08-01")], ("평가체계", 3, "코드"), "‘배점’ 시트에"),
        ([("평가체계", 4, "코드", "GONG")], ("평가체계", 4, "코드"), "‘배점’, ‘평가대상’ 시트에"),
        ([("평가대상", row, "체계", "INST") for row in (5, 6)], ("평가체계", 4, "코드"), "‘평가대상’ 시트에"),
        ([("배점", 2, "성과주기", "2018")], ("배점", 2, "성과주기"), "코드 2018이 없습니다"),
        ([("배점", 2, "체계", "INSTT")], ("배점", 2, "체계"), "코드 INSTT가 없습니다"),
        ([("배점", 11, "적용일", "2019-08-01")], ("배점", 11, "적용일"), "적용일이 2019-08-01인 INST가"),
        ([("배점", 3, "코드", "KPI")], ("배점", 3, "코드"), "2행에 이미"),
        ([("배점", 3, "동점순위", 1)], ("배점", 3, "동점순위"), "2행에 이미"),
        ([("배점", 5, "배점", 6)], ("배점", 2, "배점"), "합이 101입니다"),
        ([("배점", 11, "원천", "가점")], ("배점", 11, "배점"), "합이 0입니다"),
        ([("배점", 5, "배점", "")], ("배점", 5, "배점"), "배점을 적어"),
        ([("배점", 7, "배점", 0)], ("배점", 7, "배점"), "0보다 크게"),
        (
            [("배점", 5, "범위", "하위")],
            ("배점", 5, "범위"),
            "원천이 지표, 다른평가, 컨설팅감점, 마일리지일 때만",
        ),
        ([("배점", 7, "결합", "합계")], ("배점", 7, "결합"), "원천이 지표, 평가, 소관, 다른평가일 때만"),
        ([("배점", 7, "기간비중", "H1:1")], ("배점", 7, "기간비중"), "원천이 지표, 평가"),
        ([("배점", 2, "근거", "PRE")], ("배점", 2, "근거"), "원천이 평가, 다른평가, 마일리지일 때만"),
        ([("배점", 3, "소관부서", "PL")], ("배점", 3, "소관부서"), "원천이 소관일 때만"),
        ([("배점", 3, "최저", 0)], ("배점", 3, "최저"), "원천이 소관일 때만"),
        ([("배점", 5, "목표치", 1)], ("배점", 5, "목표치"), "배점방식이 있을 때만"),
        ([("배점", 5, "최고", 100)], ("배점", 5, "최고"), "배점방식이 있을 때만"),
        ([("배점", 2, "기간비중", "")], ("배점", 2, "기간비중"), "‘기간비중’을 적어"),
        ([("배점", 2, "기간비중", ";")], ("배점", 2, "기간비중"), "‘기간비중’을 적어"),
        ([("배점", 2, "결합", "평균")], ("배점", 2, "기간비중"), "결합이 비중일 때만"),
        ([("배점", 2, "기간비중", "H1:40; H3:60")], ("배점", 2, "기간비중"), "코드 H3이 없습니다"),
        ([("배점", 2, "기간비중", "H1:0; H2:60")], ("배점", 2, "기간비중"), "H1:0"),
        ([("배점", 3, "근거", "")], ("배점", 3, "근거"), "어느 평가인지"),
        ([("배점", 3, "근거", "POST")], ("배점", 3, "근거"), "‘평가’ 시트에 코드 POST가 없습니다"),
        ([("배점", 3, "결합", "평균")], ("배점", 3, "결합"), "기간의 회차가 없습니다"),
        ([("배점", 4, "결합", "")], ("배점", 4, "결합"), "성과주기 전체의 회차가 없습니다"),
        (
            [("배점", 4, "결합", "비중"), ("배점", 4, "기간비중", "H1:1; H2:1"), ("평가", 4, "기간", "")],
            ("배점", 4, "기간비중"),
            "기간 H2의 회차가 없습니다",
        ),
        (
            [("배점", 12, "원천", "평가"), ("배점", 12, "근거", "PRE")],
            ("배점", 12, "근거"),
            "다른 체계의 대상을",
        ),
        ([("배점", 13, "근거", "")], ("배점", 13, "근거"), "어느 체계인지"),
        ([("배점", 13, "근거", "INSTT")], ("배점", 13, "근거"), "코드 INSTT가 없습니다"),
        ([("배점", 13, "근거", "PERS")], ("배점", 13, "근거"), "PERS → PERS"),
        (
            [("배점", 11, "원천", "다른평가"), ("배점", 11, "근거", "PERS")],
            ("배점", 11, "근거"),
            "INST → PERS → INST",
        ),
        ([("배점", 10, "근거", "2018")], ("배점", 10, "근거"), "코드 2018이 없습니다"),
        ([("배점", 5, "소관부서", "")], ("배점", 5, "소관부서"), "감독부서를 ‘조직’ 시트에"),
        ([("배점", 5, "소관부서", "PLL")], ("배점", 5, "소관부서"), "코드 PLL이 없습니다"),
        ([("배점", 6, "목표치", 0)], ("배점", 6, "목표치"), "목표가 0이면 비율로"),
        ([("배점", 6, "배점방식", "기준대비")], ("배점", 6, "배점방식"), "기준값이 있어야"),
        ([("배점", 6, "배점방식", "단계형"), ("배점", 6, "단계표", "a")], ("배점", 6, "단계표"), "읽지 못한"),
        ([("등급", 2, "체계", "INSTT")], ("등급", 2, "체계"), "코드 INSTT가 없습니다"),
        ([("등급", 3, "이름", "S")], ("등급", 3, "이름"), "2행에 이미"),
        ([("등급", 2, "비율", 0)], ("등급", 2, "비율"), "0보다 크게"),
        ([("등급", 3, "비율", 81)], ("등급", 3, "비율"), "합이 101"),
        ([("등급", 3, "기준점수", 91)], ("등급", 3, "기준점수"), "90보다 낮아야"),
        ([("등급", 2, "비율", ""), ("등급", 3, "기준점수", 90)], ("등급", 3, "기준점수"), "90보다 낮아야"),
        ([("등급", 3, "비율", ""), ("등급", 3, "기준점수", "")], ("등급", 3, "이름"), "맨 아래로"),
        ([("포상", 2, "인원", 0)], ("포상", 2, "인원"), "1에서"),
        ([("포상", 3, "구분", "지원부서")], ("포상", 3, "구분"), "구분이 지원부서와 같은 대상이"),
        ([("포상", 3, "이름", "최우수"), ("포상", 3, "구분", "")], ("포상", 3, "이름"), "2행에 이미"),
        ([("평가대상", 3, "코드", "TR-1")], ("평가대상", 3, "코드"), "2행에 이미"),
        ([("평가대상", 2, "코드", "2001")], ("평가대상", 2, "코드"), "‘조직’ 시트에 코드 2001이"),
        ([("평가대상", 5, "코드", "TR-1")], ("평가대상", 5, "코드"), "‘사람’ 시트에 코드 TR-1이"),
        ([("평가대상", 2, "부서", "TR-2")], ("평가대상", 2, "부서"), "대상이 개인일 때만"),
        ([("평가대상", 6, "부서", "TR-9")], ("평가대상", 6, "부서"), "코드 TR-9가 없습니다"),
        ([("평가대상", 6, "체계", "PER")], ("평가대상", 6, "체계"), "코드 PER이 없습니다"),
        ([("평가대상", 6, "성과주기", "2018")], ("평가대상", 6, "성과주기"), "코드 2018이 없습니다"),
        ([("기간", 3, "마일리지", "예")], ("기간", 3, "마일리지"), "2행과 다릅니다"),
        ([("기간", 3, "계획확정", "예")], ("기간", 3, "계획확정"), "2행과 다릅니다"),
        ([("조직", 4, "정원", 0)], ("조직", 4, "정원"), "1에서"),
        ([("조직", 4, "정원", 1)], ("사람", 4, "관할"), "정원은 1명인데 2명이"),
    ],
)
def test_what_is_wrong_is_said_in_its_cell(
    tmp_path: Path, changes: list[Written], place: tuple[str, int, str], words: str
) -> None:
    found = problems(write(full_plan(), *changes), tmp_path)
    name, row, heading = place
    assert words in found.get((name, cell(name, row, heading)), ""), found


@pytest.mark.parametrize(
    "written",
    [
        ("평가체계", 3, "적용일", "칠월"),
        ("평가체계", 2, "대상", "과"),
        ("평가체계", 2, "소수자리", 5),
        ("배점", 2, "원천", "실적"),
        ("배점", 2, "배점", "마흔"),
        ("배점", 11, "적용일", "칠월"),
        ("배점", 3, "결합", "모아서"),
        ("배점", 6, "배점방식", "낮게"),
        ("배점", 6, "목표치", "서른"),
        ("배점", 3, "동점순위", "둘째"),
        ("등급", 2, "기준점수", "구십"),
        ("등급", 3, "비율", "반"),
        ("포상", 2, "인원", "하나"),
        ("평가", 2, "시작", "봄"),
        ("조직", 4, "정원", "여럿"),
        ("기간", 2, "시작일", "봄"),
        ("사람", 2, "시작일", "봄"),
        ("사람", 4, "소속", ""),
    ],
)
def test_a_cell_that_cannot_be_read_brings_no_complaints_about_what_rests_on_it(
    tmp_path: Path, written: Written
) -> None:
    name, row, heading, _ = written
    assert set(problems(write(full_plan(), written), tmp_path)) == {(name, cell(name, row, heading))}


@pytest.mark.parametrize(
    "changes",
    [
        [("등급", 3, "기준점수", 90)],  # a share above leaves some of the same total
        [("등급", 4, "기준점수", 70)],  # nobody has to get the rest
        [("배점", 2, "기간비중", "H2：1")],
        [("배점", 8, "배점", 5)],
        [("배점", 10, "근거", "")],
        [("배점", 6, heading, "") for heading in ("배점방식", "목표치", "최고", "달성률자리")],
        [("조직", 4, "정원", 2), ("조직", 4, "구분", "팀")],
    ],
)
def test_what_may_be_is_not_refused(tmp_path: Path, changes: list[Written]) -> None:
    assert problems(write(full_plan(), *changes), tmp_path) == {}


def test_who_follows_another_in_a_team_takes_no_seat_more(tmp_path: Path) -> None:
    before = [("조직", 5, "정원", 1), ("사람", 3, "종료일", "2019-06-30")]
    after = [("사람", 2, "소속", "TR-2"), ("사람", 2, "시작일", "2019-07-01")]
    assert problems(write(small_plan(), *before, *after), tmp_path) == {}
    one_day_both = ("사람", 2, "시작일", "2019-06-30")
    found = problems(write(small_plan(), *before, *after, one_day_both), tmp_path)
    assert set(found) == {("사람", cell("사람", 3, "관할"))}


def test_who_stands_counts_with_those_of_the_file(database: Database, tmp_path: Path) -> None:
    bring(database, small_plan(), tmp_path)
    sheets = {name: rows[:1] for name, rows in small_plan().items()}
    sheets["조직"] = write(small_plan(), ("조직", 5, "정원", 1))["조직"]
    with database.read() as session:
        assert problems(sheets, tmp_path, session) == {}
        sheets["사람"] = small_plan()["사람"][:2]
        sheets = write(sheets, ("사람", 2, "관할", "TR-2"))
        assert set(problems(sheets, tmp_path, session)) == {("사람", cell("사람", 2, "관할"))}
        sheets["사람"] = small_plan()["사람"][:1]
        sheets = write(sheets, ("조직", 4, "정원", 1))
        assert set(problems(sheets, tmp_path, session)) == {("조직", cell("조직", 4, "정원"))}


def test_a_team_is_a_division_and_capacity_and_the_ways_of_a_cycle_are_kept(
    database: Database, tmp_path: Path
) -> None:
    ways = [("기간", row, way, "예") for row in (2, 3) for way in ("마일리지", "계획확정")]
    sheets = write(small_plan(), ("조직", 4, "구분", "팀"), ("조직", 4, "정원", 4), *ways)
    bring(database, sheets, tmp_path)
    with database.read() as session:
        team = session.exec(select(Department).where(Department.code == "TR-1")).one()
        assert (team.kind, team.capacity) == (DepartmentKind.DIVISION, 4)
        cycle = session.exec(select(Cycle)).one()
        assert (cycle.counts_mileage, cycle.asks_plan_confirmation) == (True, True)


def test_weights_that_are_mileage_need_no_sum(tmp_path: Path) -> None:
    mileage = [("기간", row, "마일리지", "예") for row in (2, 3)]
    sheets = write(small_plan(), *mileage, ("지표", 2, "가중치", 250))
    assert problems(sheets, tmp_path) == {}
    found = problems(write(sheets, ("지표", 2, "가중치", -1)), tmp_path)
    assert set(found) == {("지표", cell("지표", 2, "가중치"))}


def test_shares_are_read_from_one_cell() -> None:
    assert read_shares("H1:40; H2 : 60.5") == {"H1": Decimal(40), "H2": Decimal("60.5")}
    assert read_shares("") == {}
    for text in ("H1", "H1:0", ":40", "H1:40; H1:60", "H1=40"):
        with pytest.raises(Refusal):
            read_shares(text)
