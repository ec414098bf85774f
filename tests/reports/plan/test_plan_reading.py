"""Reading a plan: both forms say the same, and a hostile or broken file is refused in words."""

from __future__ import annotations

import random
import struct
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from models.words import translator
from reports.plan import PlanRejected, RawPlan, check_plan, read_plan
from reports.plan.folder import MOST_BYTES, MOST_ROWS
from reports.plan.workbook import MOST_ENTRIES, MOST_UNPACKED
from tests.kit.plans import small_plan, write_csv, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def refused(source: Path) -> str:
    """What is said of a file that cannot be read: one problem, about the file as a whole."""
    with pytest.raises(PlanRejected) as caught:
        read_plan(source)
    (problem,) = caught.value.problems
    assert problem.cell == ""
    return translator("ko")(problem.phrase)


def repack(source: Path, target: Path, replaced: dict[str, bytes]) -> Path:
    """The workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return target


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_xlsx(small_plan(), tmp_path / "plan.xlsx")


def sheet_with(source: Path, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(source) as packed:
        content = packed.read(SHEET)
    assert old in content
    return content.replace(old, new, 1)


def test_a_workbook_and_a_folder_say_the_same(tmp_path: Path, workbook: Path) -> None:
    from_workbook = check_plan(read_plan(workbook))
    assert check_plan(read_plan(write_csv(small_plan(), tmp_path / "csv"))) == from_workbook
    assert len(from_workbook.indicators) == 7


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_is_read_in_every_encoding_that_excel_saves(tmp_path: Path, encoding: str) -> None:
    sheets = small_plan()
    assert read_plan(write_csv(sheets, tmp_path / "csv", encoding)) == read_plan(
        write_csv(sheets, tmp_path / "plain")
    )


def test_csv_names_taken_apart_by_macos_are_known(tmp_path: Path) -> None:
    folder = write_csv(small_plan(), tmp_path / "csv")
    for file in list(folder.iterdir()):
        file.rename(folder / unicodedata.normalize("NFD", file.name))
    assert len(check_plan(read_plan(folder)).departments) == 6


def test_the_guide_and_other_files_are_passed_over(tmp_path: Path) -> None:
    sheets = small_plan() | {"안내": [["무엇이든"]]}
    assert "안내" not in read_plan(write_xlsx(sheets, tmp_path / "plan.xlsx")).sheets
    folder = write_csv(sheets, tmp_path / "csv")
    (folder / "README.md").write_text("x")
    assert "안내" not in read_plan(folder).sheets
    assert check_plan(read_plan(folder))


def test_cells_keep_their_address_where_rows_and_columns_before_them_are_empty(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "휴일"
    page["C4"] = "x"
    book.save(tmp_path / "plan.xlsx")
    grid = read_plan(tmp_path / "plan.xlsx").sheets["휴일"]
    assert grid[3][2] == "x"


def test_two_sheets_that_differ_in_a_space_are_not_one(tmp_path: Path) -> None:
    sheets = small_plan()
    sheets["조직 "] = [["코드"], ["X"]]
    raw = read_plan(write_xlsx(sheets, tmp_path / "plan.xlsx"))
    assert len(raw.sheets["조직"]) == 7
    assert raw.sheets["조직 "] == []


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "찾을 수 없습니다" in refused(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40, b"<html>login</html>", b"\0" * 999]
)
def test_garbage_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.xlsx").write_bytes(content)
    assert "엑셀 파일(.xlsx)로 읽지 못했습니다" in refused(tmp_path / "plan.xlsx")


def test_an_encrypted_or_old_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "암호" in refused(tmp_path / "plan.xlsx")


def test_a_workbook_over_the_size_limit_is_refused(tmp_path: Path, workbook: Path) -> None:
    with workbook.open("ab") as file:
        file.truncate(MOST_BYTES + 1)
    assert "너무 큽니다" in refused(workbook)


def test_a_workbook_with_macros_is_refused(tmp_path: Path, workbook: Path) -> None:
    source = repack(workbook, tmp_path / "a.xlsx", {"xl/vbaProject.bin": b"x"})
    assert "매크로" in refused(source)
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    source = repack(workbook, tmp_path / "b.xlsx", {"[Content_Types].xml": types})
    assert "매크로" in refused(source)


def test_a_zip_bomb_is_refused(tmp_path: Path, workbook: Path) -> None:
    bomb = b"<worksheet>" + b" " * (50 * 1024 * 1024)
    assert "지나치게 커지는" in refused(repack(workbook, tmp_path / "a.xlsx", {SHEET: bomb}))


def test_many_dense_parts_are_refused_together(tmp_path: Path, workbook: Path) -> None:
    part = random.Random(7).randbytes(5_000) * 3_600  # 18 MB, which is packed about 100 times smaller
    parts = {f"xl/extra{number}.xml": part for number in range(MOST_UNPACKED // len(part) + 1)}
    source = tmp_path / "a.xlsx"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert source.stat().st_size < MOST_BYTES
    assert "지나치게 커지는" in refused(source)


def test_a_zip_that_lies_about_its_sizes_gains_nothing(tmp_path: Path, workbook: Path) -> None:
    source = repack(workbook, tmp_path / "a.xlsx", {SHEET: b"<worksheet>" + b" " * (80 * 1024 * 1024)})
    content = bytearray(source.read_bytes())
    honest = struct.pack("<I", 80 * 1024 * 1024 + 11)
    assert content.count(honest) >= 1
    source.write_bytes(content.replace(honest, struct.pack("<I", 1000)))
    assert refused(source)


def test_too_many_entries_or_one_name_twice_is_refused(tmp_path: Path, workbook: Path) -> None:
    many = {f"xl/media/{number}.png": b"" for number in range(MOST_ENTRIES)}
    assert "읽지 못했습니다" in refused(repack(workbook, tmp_path / "a.xlsx", many))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(workbook, "a") as packed:
        packed.writestr(SHEET, b"<worksheet/>")
    assert "읽지 못했습니다" in refused(workbook)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_as_no_workbook_is_gets_refused(
    tmp_path: Path, workbook: Path, method: int
) -> None:
    source = tmp_path / "a.xlsx"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(source, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "읽지 못했습니다" in refused(source)


def test_a_zip_with_a_password_is_refused(tmp_path: Path, workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 1)
    workbook.write_bytes(content)
    assert "읽지 못했습니다" in refused(workbook)


@pytest.mark.parametrize("far", [b"XFD1048576", b"DA1", b"A50000", b"ZZ7", b"xfd1"])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(
    tmp_path: Path, workbook: Path, far: bytes
) -> None:
    for quote in (b'"', b"'"):
        cell = b"<c r = " + quote + far + quote + b"><v>1</v></c></row>"
        content = sheet_with(workbook, b"</row>", cell)
        source = repack(workbook, tmp_path / "a.xlsx", {SHEET: content})
        assert "멀리 떨어진 칸" in refused(source)


def test_an_empty_cell_far_out_is_none_of_the_plan(tmp_path: Path, workbook: Path) -> None:
    content = sheet_with(workbook, b"</row>", b'<c r="XFD1048576" s="1"/></row>')
    assert read_plan(repack(workbook, tmp_path / "a.xlsx", {SHEET: content})) == read_plan(workbook)


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (0.95, "0%", "백분율"),
        (0.955, "0.00%", "백분율"),
        (0.95, '[>=1]0"점";0.0%', "백분율"),
        ("=50+45", "General", "수식의 결과"),
        ("#N/A", "General", "‘#N/A’ 오류"),
    ],
)
def test_a_cell_that_would_be_taken_for_another_value_than_it_shows_is_named(
    tmp_path: Path, workbook: Path, value: object, number_format: str, said: str
) -> None:
    book = load_workbook(workbook)
    cell = book["목표"]["D2"]
    cell.value, cell.number_format = value, number_format
    book.save(workbook)
    with pytest.raises(PlanRejected) as caught:
        read_plan(workbook)
    ((sheet, at, phrase),) = [(one.sheet, one.cell, one.phrase) for one in caught.value.problems]
    assert (sheet, at) == ("목표", "D2")
    assert said in translator("ko")(phrase)


def test_what_shows_its_value_is_taken_whatever_the_format(tmp_path: Path, workbook: Path) -> None:
    """Text, a sign of per cent that stands for itself, no value at all, formulas with what came of them."""
    book = load_workbook(workbook)
    page = book["휴일"]
    page["A9"], page["A10"], page["A11"] = "95%", 95, None
    page["A9"].number_format, page["A10"].number_format = "0%", '0.0"%"'
    page["A11"].number_format = "0%"
    book.save(workbook)
    number = 1 + load_workbook(workbook).sheetnames.index("휴일")
    part = f"xl/worksheets/sheet{number}.xml"
    with zipfile.ZipFile(workbook) as packed:
        content = packed.read(part)
    formulas = b'<row r="12"><c r="A12"><f>1+1</f><v>2</v></c><c r="B12" t="str"><f>""</f><v></v></c></row></sheetData>'
    source = repack(workbook, tmp_path / "a.xlsx", {part: content.replace(b"</sheetData>", formulas)})
    grid = read_plan(source).sheets["휴일"]
    assert [row[0] for row in grid[8:12]] == ["95%", 95, "", 2]


def test_a_sheet_full_of_brackets_that_never_close_is_read_once(tmp_path: Path, workbook: Path) -> None:
    content = b"<worksheet><f>" + b'<c t="e" <v <c' * 70_000
    before = time.process_time()
    with pytest.raises(PlanRejected):
        read_plan(repack(workbook, tmp_path / "a.xlsx", {SHEET: content}))
    assert time.process_time() - before < 5


def test_a_csv_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = write_csv(small_plan(), tmp_path / "csv")
    (folder / "조직.csv").write_text('코드,이름\n"HB,한빛시\n')
    (folder / "휴일.csv").write_bytes(b"\xff\xff\xff")
    (folder / "목표.csv").write_text("\n" * (MOST_ROWS + 1))
    with (folder / "지표.csv").open("ab") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(PlanRejected) as caught:
        read_plan(folder)
    said = {problem.sheet: translator("ko")(problem.phrase) for problem in caught.value.problems}
    assert "따옴표" in said["조직"]
    assert "CSV UTF-8" in said["휴일"]
    assert "50,000행" in said["목표"]
    assert "너무 큽니다" in said["지표"]


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_bring_the_reader_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    source = tmp_path_factory.mktemp("garbage") / "plan.xlsx"
    source.write_bytes(b"PK\x03\x04" + content)
    assert refused(source)


@given(st.randoms(use_true_random=False), st.binary(min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_damage_inside_a_workbook_brings_the_reader_down(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    source = write_xlsx({"휴일": small_plan()["휴일"]}, folder / "plan.xlsx")
    with zipfile.ZipFile(source) as packed:
        name = chance.choice(packed.namelist())
        content = bytearray(packed.read(name))
    at = chance.randrange(len(content))
    content[at : at + chance.randrange(4)] = noise
    try:
        assert isinstance(read_plan(repack(source, folder / "a.xlsx", {name: bytes(content)})), RawPlan)
    except PlanRejected as rejected:
        assert rejected.problems


def test_sheets_and_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    sheets = small_plan()
    shuffled = {name: sheets[name] for name in reversed(sheets)}
    for rows in shuffled.values():
        for row in rows:
            row.reverse()
    first = check_plan(read_plan(write_xlsx(small_plan(), tmp_path / "a.xlsx")))
    assert check_plan(read_plan(write_xlsx(shuffled, tmp_path / "b.xlsx"))) == first
