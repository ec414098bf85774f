"""The score workbook, opened again as a reader would."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from models.organization import DepartmentKind
from models.plan import Cycle, Indicator
from models.scoring import Kind
from models.submission import State
from reports.scores import Exported, export_scores
from tests.kit.city import JULY, City, small_city

OUR_LINK = ("=HYPERLINK(\"#'", "=HYPERLINK(IFERROR(\"#'")
HOSTILE = '=HYPERLINK("http://x","y")'


@pytest.fixture
def city(tmp_path, any_database) -> City:
    made = small_city(tmp_path, any_database)
    made.report("G1", "H1", "97.3", evidence=["실적.pdf", "@붙임.pdf"])
    made.report("G2", "H1", 10, submitted_by="deputy", submitted_for="officer")
    made.report("W1", "H1", None, not_applicable=True)
    made.report("C1", "H1", 9, State.RETURNED, reason=HOSTILE)
    made.report("F1", "H1", 30, State.SUBMITTED)
    return made


def export(city: City, target: Path, period: str | None = "H1") -> Exported:
    key = city.periods[period] if period else None
    with city.database.read() as session:
        return export_scores(session, target, city.cycle_id, key, JULY)


@pytest.fixture
def workbook(city, tmp_path) -> Workbook:
    export(city, tmp_path / "scores.xlsx")
    return load_workbook(tmp_path / "scores.xlsx")


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the heading, by the titles of their columns."""
    heading = int(sheet.freeze_panes[1:]) - 1
    titles = [cell.value for cell in sheet[heading]]
    rows = sheet.iter_rows(min_row=heading + 1, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_it_says_what_it_holds(city, tmp_path):
    made = export(city, tmp_path / "scores.xlsx")
    assert made.path == tmp_path / "scores.xlsx"
    assert made.name == "2019년 성과관리 상반기 점수 20190715.xlsx"
    assert (made.rows, made.departments, made.files, made.history) == (12, 4, 2, 9)


def test_the_sheets_stand_in_the_order_people_read_them(workbook):
    assert workbook.sheetnames == ["종합", "지표별", "증빙목록", "이력", "검산", "단계표", "부서 검산"]
    assert workbook.active.title == "종합"


def test_the_summary_ranks_departments_and_tells_when_it_was_made(workbook):
    sheet = workbook["종합"]
    assert [(row["순위"], row["부서"], row["점수"]) for row in table(sheet)] == [
        (1, "총무과", 64), (2, "민원과", 0), (2, "돌봄과", 0), (2, "시설공단", 0)
    ]  # fmt: skip
    assert sheet["A1"].value == "2019년 성과관리 상반기 점수 종합"
    assert sheet["A2"].value == "기간: 2019. 1. 1.(화) ~ 2019. 6. 30.(일) · 진행 중"
    assert "승인 3, 검토 중 1, 미보고 7, 해당 없음 1" in sheet["A3"].value
    assert sheet["A4"].value == "기준: 2019. 7. 5.(금) 18:00 현재 · 보고봇"
    assert len(sheet._charts) == 1


def test_of_many_departments_the_best_and_the_last_are_drawn(city, tmp_path):
    for number in range(30):
        city.add_department(f"X{number}", f"{number}과", DepartmentKind.DIVISION, "ADM")
        city.add_indicator(f"X{number}", "청렴도", f"X{number}", 100, Kind.HIGHER, target=90)
    export(city, tmp_path / "many.xlsx")
    assert len(load_workbook(tmp_path / "many.xlsx")["종합"]._charts) == 2


def test_every_indicator_is_a_row_with_its_figures(workbook):
    row = table(workbook["지표별"])[0]
    assert (row["지표코드"], row["목표치"], row["인정 실적"], row["산출 달성률"]) == ("G1", 95, 97.3, 102.4)
    assert (row["달성률"], row["가중치"], row["점수"], row["상태"]) == (100, 40, 40, "승인")
    assert (row["결정자"], row["결정일시"]) == ("정평가", datetime.fromisoformat("2019-07-07 18:00"))
    assert (row["관점"], row["실국"], row["주요사업"]) == ("시민", "행정국", "민원 24시간")


def test_deputies_returns_and_what_does_not_apply_are_told(workbook):
    rows = {row["지표코드"]: row for row in table(workbook["지표별"])}
    assert rows["G2"]["제출자"] == "송대결 (대결: 김담당)"
    assert (rows["C1"]["상태"], rows["C1"]["사유·비고"]) == ("반려", f"[기타] {HOSTILE}")
    assert (rows["W1"]["인정 실적"], rows["W1"]["점수"]) == ("해당 없음", None)
    assert rows["W2"]["가중치"] == 50
    assert (rows["F1"]["상태"], rows["W4"]["상태"]) == ("제출", "미보고")


def test_evidence_is_listed_with_its_hash(workbook):
    rows = table(workbook["증빙목록"])
    assert [row["파일명"] for row in rows] == ["실적.pdf", "@붙임.pdf"]
    assert all(len(row["SHA-256"]) == 64 for row in rows)
    assert (rows[0]["기간"], rows[0]["차수"], rows[0]["올린 사람"]) == ("상반기", 1, "김담당")


def test_the_history_tells_who_did_what_for_whom(workbook):
    rows = table(workbook["이력"])
    done = " ".join(str(row["처리"]) for row in rows)
    assert done == "제출 승인 제출 승인 제출 승인 제출 반려 제출"
    assert (rows[2]["처리자"], rows[2]["대결(본래 담당)"]) == ("송대결", "김담당")
    assert (rows[0]["값"], rows[7]["사유"]) == (97.3, HOSTILE)


def test_another_cycle_is_not_in_the_history(city, tmp_path):
    export(city, tmp_path / "h2.xlsx", "H2")
    workbook = load_workbook(tmp_path / "h2.xlsx")
    assert table(workbook["이력"]) == table(workbook["증빙목록"]) == []


def test_no_text_of_the_city_becomes_a_formula(city, tmp_path):
    city.change(Cycle, city.cycle_id, name="=1+1&\x07")
    city.change(Indicator, city.indicators["G1"], name=HOSTILE, unit="+1", formula="-2+3", code="@A1")
    export(city, tmp_path / "hostile.xlsx")
    workbook = load_workbook(tmp_path / "hostile.xlsx")
    for sheet in workbook:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            ours = sheet.title.endswith("검산") or str(cell.value).startswith(OUR_LINK)
            assert cell.data_type != "f" or ours, (sheet.title, cell.coordinate)
    rows = table(workbook["지표별"])
    assert (rows[0]["지표명"], rows[0]["지표코드"], rows[0]["산식"]) == (HOSTILE, "@A1", "-2+3")
    names = [cell for row in workbook["검산"].iter_rows() for cell in row if cell.value == HOSTILE]
    assert [(cell.data_type, cell.quotePrefix) for cell in names] == [("s", True)]


def test_it_is_made_for_officials(workbook):
    for sheet in workbook:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        heading = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${heading}:${heading}"
        assert sheet.auto_filter.ref.startswith(f"A{heading}:")
        assert sheet.oddFooter.center.text == "&P / &N"
        assert {cell.font.name for cell in sheet[heading]} == {"맑은 고딕"}
    detail = workbook["지표별"]
    assert detail.column_dimensions["D"].hidden
    assert detail["P5"].number_format.startswith("#,##0.0##")
    assert detail["AD5"].number_format == "yyyy. m. d. hh:mm"
    assert detail["M5"].alignment.shrink_to_fit, "390,200,000,000 would be told as ####"
    rules = [rule for ranges in detail.conditional_formatting for rule in ranges.rules]
    assert len(rules) == 9


def test_other_programs_read_the_same_rows(workbook, tmp_path):
    read = CalamineWorkbook.from_path(tmp_path / "scores.xlsx")
    assert read.sheet_names == workbook.sheetnames
    rows = read.get_sheet_by_name("지표별").to_python()
    assert rows[4][7:9] == ["G1", "민원처리율"]
    assert len(rows) == workbook["지표별"].max_row


def test_nothing_is_left_open_when_the_export_fails(city, tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("reports.scores.export.summary_sheet", broken)
    with pytest.raises(OSError, match="disk full"):
        export(city, tmp_path / "broken.xlsx")
    assert not (tmp_path / "broken.xlsx").exists()


def test_parts_of_the_package_bear_no_date(city, tmp_path):
    export(city, tmp_path / "scores.xlsx")
    with ZipFile(tmp_path / "scores.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    made = load_workbook(tmp_path / "scores.xlsx").properties
    assert made.created == made.modified == datetime.fromisoformat("2019-07-05 09:00")
