"""What is found in a file, looked into here and not in a child so that many can be."""

from io import BytesIO

import pytest

from models.evidence.inspection.faults import Fault, Reason
from models.evidence.inspection.kind import promised_kind
from models.evidence.inspection.look import look
from tests.kit import files, hostile
from tests.kit.compound import compound_file

SPACES = b" " * 70_000
PRINTER = "word/printerSettings/printerSettings1.bin"
CARRIER = compound_file({"\x01Ole10Native": b"\0\0\0\0\2\0a.exe\0"})


def part_of_type(type_: str) -> str:
    return f'<Override PartName="/xl/part" ContentType="application/{type_}"/>'


def briefly(value: object) -> str | None:
    # Nothing of the bytes themselves: some hold the time they were made at, and names of tests must not change.
    return "file" if isinstance(value, bytes) else None


def fault_of(name: str, data: bytes) -> Fault | None:
    try:
        look(BytesIO(data), promised_kind(name))
    except Fault as fault:
        return fault
    return None


def reason_of(name: str, data: bytes) -> Reason | None:
    fault = fault_of(name, data)
    return fault and fault.reason


@pytest.mark.parametrize("name", files.every_kind())
def test_a_file_in_order_of_every_kind_is_taken(name):
    assert reason_of(name, files.every_kind()[name]) is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"", Reason.EMPTY),
        ("a.pdf", hostile.encrypted_pdf(), Reason.ENCRYPTED),
        ("a.xlsx", hostile.encrypted_xlsx(), Reason.ENCRYPTED),
        ("a.hwp", hostile.encrypted_hwp(), Reason.ENCRYPTED),
        ("a.hwpx", hostile.encrypted_hwpx(), Reason.ENCRYPTED),
        ("a.zip", hostile.encrypted_zip(), Reason.ENCRYPTED),
        ("a.hwp", files.hwp(files.HWP_PACKED | 16), Reason.RIGHTS_MANAGED),
        ("a.docx", hostile.rights_managed(), Reason.RIGHTS_MANAGED),
        ("a.xlsx", hostile.macro_xlsx(), Reason.MACRO),
        ("a.xlsx", hostile.xlsx_with_macro_sheet(), Reason.MACRO),
        ("a.xlsx", files.xlsx(types=part_of_type("vnd.ms-office.vbaProject")), Reason.MACRO),
        ("a.xlsx", files.xlsx(types=part_of_type("vnd.ms-office.activeX+xml")), Reason.MACRO),
        ("a.docx", hostile.macro_docx(), Reason.MACRO),
        ("a.hwp", hostile.hwp_with_script_flag(), Reason.MACRO),
        ("a.hwp", hostile.hwp_with_script(), Reason.MACRO),
        ("a.hwpx", hostile.hwpx_with_script(), Reason.MACRO),
        ("a.hwp", hostile.hwp_with_object({"VBA/dir": b"1"}), Reason.MACRO),
        ("a.hwp", hostile.hwp_with_object({"\x01Ole10Native": b"\0\0\0\0\2\0a.exe\0"}), Reason.EMBEDDED),
        ("a.hwp", hostile.hwp_with_object({"Package": hostile.macro_xlsx()}), Reason.MACRO),
        ("a.hwpx", files.hwpx({"BinData/ole1.ole": b"\0\0\0\0" + CARRIER}), Reason.EMBEDDED),
        ("a.docx", hostile.docx_with_object(), Reason.EMBEDDED),
        ("a.pptx", hostile.pptx_with_chart_workbook(hostile.macro_xlsx()), Reason.MACRO),
        ("a.pptx", hostile.pptx_with_chart_workbook(files.zip_of({"a.exe": b"MZ"})), Reason.EMBEDDED),
        ("a.pdf", hostile.pdf_with_script(), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_with_disguised_script(), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_that_launches(), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b"<< /S /JavaScript >>"), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b"<<>>", b"[/ASCII85Decode /FlateDecode]"), Reason.OPAQUE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b"<<>>", b"/FlateDecode /P <</Predictor 12>>"), Reason.OPAQUE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b" " * 40 * hostile.MIB), Reason.BOMB),
        ("a.pdf", hostile.pdf_with_packed(b"/S /JavaScript", type_=b"/N 1 /First 4"), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b"/S /JavaScript", type_=b"/Type /Obj#53tm"), Reason.ACTIVE_PDF),
        ("a.pdf", hostile.pdf_with_packed(b"<<>>", type_=b"/Type /ObjStm" + SPACES), Reason.OPAQUE_PDF),
        ("a.pdf", hostile.pdf_with_stream(b"<</Type/ObjStm/Filter/FlateDecode>>", b"?"), Reason.OPAQUE_PDF),
        ("a.pdf", hostile.pdf_with_attachment(), Reason.EMBEDDED),
        ("a.pdf", files.pdf(catalog="/AF << /EF << /F 5 0 R >> >>"), Reason.EMBEDDED),
        ("a.pdf", files.pdf(catalog="/X << /Subtype /FileAttachment >>"), Reason.EMBEDDED),
        ("a.pdf", files.pdf(catalog="/X << /Subtype /RichMedia >>"), Reason.EMBEDDED),
        ("a.pdf", files.pdf(catalog="/X << /Type /EmbeddedFile >>"), Reason.EMBEDDED),
        ("a.docx", hostile.entity_bomb(), Reason.ENTITY),
        ("a.docx", hostile.entity_bomb("utf-16"), Reason.ENTITY),
        ("a.docx", files.docx({"word/styles.xml": b" " * (256 * 1024 - 4) + b"<!DOCTYPE x>"}), Reason.ENTITY),
        ("a.docx", files.docx({PRINTER: b'<!DOCTYPE x [<!ENTITY a "b">]>'}), Reason.ENTITY),
        ("a.hwpx", files.hwpx({"Contents/section0.xml": b"<!DOCTYPE x><x/>"}), Reason.ENTITY),
        ("a.docx", hostile.entity_bomb_in_types(), Reason.ENTITY),
        ("a.xlsx", hostile.zip_bomb(), Reason.BOMB),
        ("a.hwp", hostile.hwp_bomb(), Reason.BOMB),
        ("a.zip", hostile.bomb_that_lies_about_its_size(), Reason.BOMB),
        ("a.zip", hostile.many_entries(), Reason.BOMB),
        ("a.xlsx", hostile.nested_office_bomb(), Reason.BOMB),
        ("a.zip", hostile.nested_bomb(), Reason.ZIP_IN_ZIP),
        ("a.zip", hostile.encrypted_zip(without=hostile.LOCAL), Reason.ENCRYPTED),
        ("a.zip", hostile.encrypted_zip(without=hostile.LIST), Reason.ENCRYPTED),
        ("a.zip", hostile.zip_with_a_very_large_text(), Reason.BOMB),
        ("a.zip", hostile.overlapping_bomb(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_that_reaches_into_its_list(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_with_filled_folder(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_with_other_local_method(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.hidden_before(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_with_twins(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_with_other_local_name(), Reason.INCONSISTENT_ZIP),
        ("a.zip", hostile.zip_with_path("../a.txt"), Reason.UNSAFE_PATH),
        ("a.zip", hostile.zip_with_path("업무\\..\\..\\a.txt"), Reason.UNSAFE_PATH),
        ("a.zip", hostile.zip_with_path("/etc/a.txt"), Reason.UNSAFE_PATH),
        ("a.zip", hostile.zip_with_path("C:a.txt"), Reason.UNSAFE_PATH),
        ("a.zip", hostile.zip_with_path("a\n.txt"), Reason.UNSAFE_PATH),
        ("a.zip", hostile.zip_with_link(), Reason.LINK),
        ("a.zip", hostile.oddly_packed_zip(), Reason.ODD_COMPRESSION),
        ("a.zip", hostile.empty_zip(), Reason.EMPTY_ZIP),
        ("a.zip", files.zip_of({"폴더/": b""}), Reason.EMPTY_ZIP),
        ("a.zip", hostile.zip_with_broken_entry(), Reason.DAMAGED),
        ("a.png", hostile.huge_png(), Reason.HUGE_PICTURE),
        ("a.jpg", files.jpg(40_000, 10), Reason.HUGE_PICTURE),
        ("a.jpg", files.jpg(20_000, 20_000), Reason.HUGE_PICTURE),
        ("a.png", files.png(0, 0), Reason.DAMAGED),
        ("a.png", files.png().replace(b"IDAT", b"IDAX"), Reason.DAMAGED),
        ("a.png", files.png()[:8] + files.png()[33:], Reason.DAMAGED),
        ("a.jpg", files.jpg()[:-2], Reason.DAMAGED),
        ("a.jpg", files.jpg().replace(b"\xff\xc0", b"\xff\xe1"), Reason.DAMAGED),
        ("a.jpg", files.jpg().replace(b"\xff\xdb", b"\xfe\xdb"), Reason.DAMAGED),
        ("a.hwp", hostile.hwp_with_broken_chain(), Reason.DAMAGED),
        ("a.hwp", files.hwp(more={"BodyText/Section1": files.deflated(b"1" * 500)[:-1]}), Reason.DAMAGED),
        ("a.docx", files.docx().replace(b"_rels/.rels", b"_rels/.relx"), Reason.DAMAGED),
        ("a.pdf", b"%PDF-1.7\n" + files.pdf()[-40:], Reason.DAMAGED),
        ("a.txt", b"a\0b", Reason.NOT_TEXT),
        ("a.csv", "지표".encode("utf-16"), Reason.NOT_TEXT),
        ("a.txt", b"\xff\xfe\xfd", Reason.NOT_TEXT),
        ("a.pdf", b"\x80\0\1", Reason.UNRECOGNISED),
        ("a.hwp", compound_file({"Contents": b"1"}), Reason.UNRECOGNISED),
        ("a.xlsx", hostile.old_xls(), Reason.OLD_FORMAT),
        ("a.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5", Reason.OLD_FORMAT),
    ],
    ids=briefly,
)  # fmt: skip
def test_a_file_out_of_order_is_refused_for_its_own_reason(name, data, reason):
    assert reason_of(name, data) is reason


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", files.docx(), "docx"),
        ("a.xlsx", files.docx(), "docx"),
        ("a.docx", files.zip_evidence(), "zip"),
        ("a.hwpx", files.zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), "zip"),
        ("a.zip", files.xlsx(), "xlsx"),
        ("a.hwpx", files.hwp(), "hwp"),
        ("a.hwp", files.hwpx(), "hwpx"),
        ("a.hwp", hostile.old_xls(), "xls"),
        ("a.png", files.jpg(), "jpg"),
        ("a.txt", files.pdf(), "pdf"),
        ("a.csv", files.png(), "png"),
        ("a.jpg", files.txt(), "txt"),
        ("a.pdf", hostile.program(), "exe"),
        ("a.docx", hostile.mislabelled_template(), "zip"),
    ],
    ids=briefly,
)
def test_a_false_extension_is_refused_naming_both_kinds(name, data, found):
    fault = fault_of(name, data)
    assert fault and fault.reason is Reason.FALSE_EXTENSION
    assert fault.values == {"named": promised_kind(name), "found": found}


@pytest.mark.parametrize(
    "name", ["보고서.pdf", "보고서.hwp", "보고서.hwpx", "집계.xlsx", "현장.jpg", "화면.png", "증빙.zip"]
)
@pytest.mark.parametrize("tenths", [3, 6, 9])
def test_a_file_that_was_cut_off_is_damaged(name, tenths):
    data = files.every_kind()[name]
    assert reason_of(name, data[: len(data) * tenths // 10]) is Reason.DAMAGED


def test_a_document_without_its_main_part_is_damaged():
    assert reason_of("a.hwp", compound_file({"FileHeader": files.hwp()[512:]})) is not None
    bare = files.zip_of([("mimetype", b"application/hwp+zip"), ("version.xml", b"<v/>")])
    assert reason_of("a.hwpx", bare) is Reason.DAMAGED
    types = files.docx().replace(b"word/document.xml", b"word/documens.xml")
    assert reason_of("a.docx", types) is Reason.DAMAGED


def test_what_is_wrong_inside_a_zip_is_said_of_that_file():
    fault = fault_of("a.zip", files.zip_of({"가.pdf": files.pdf(), "나/다.xlsx": hostile.macro_xlsx()}))
    assert fault and (fault.reason, fault.entry) == (Reason.MACRO, "나/다.xlsx")


def test_a_zip_holds_only_kinds_that_are_taken_alone():
    fault = fault_of("a.zip", files.zip_of({"setup.exe": hostile.program()}))
    assert fault and (fault.reason, fault.entry) == (Reason.UNKNOWN_EXTENSION, "setup.exe")
    assert reason_of("a.zip", files.zip_of({"a.txt": b""})) is Reason.EMPTY


def test_names_in_a_zip_from_korean_windows_are_read_as_cp949():
    placeholder = "x" * len("실적.exe".encode("cp949"))
    data = files.zip_of({placeholder: b"MZ"}).replace(placeholder.encode(), "실적.exe".encode("cp949"))
    fault = fault_of("a.zip", data)
    assert fault and fault.entry == "실적.exe"


def test_charts_drawings_and_idle_scripts_are_no_reason_to_refuse():
    assert reason_of("a.pptx", hostile.pptx_with_chart_workbook(files.xlsx())) is None
    assert reason_of("a.hwp", hostile.hwp_with_object({"Contents": b"chart"})) is None
    assert reason_of("a.hwp", hostile.hwp_with_object({"\x01Ole10Native": b"\0\0\0\0BM"})) is None
    assert reason_of("a.hwp", hostile.hwp_with_object({"Package": files.xlsx()})) is None
    assert reason_of("a.hwp", files.hwp(script="function OnDocument_Open()\r\n{\r\n}\r\n")) is None
    assert reason_of("a.pdf", hostile.pdf_with_packed(b"<< /Type /Outlines >>")) is None
    assert reason_of("a.hwpx", files.hwpx({"Preview/PrvText.txt": b"<!DOCTYPE html>"})) is None
    assert reason_of("a.docx", files.docx({PRINTER: b'<!DOCTYPE plist PUBLIC "-//Apple//DTD">'})) is None


def test_a_distribution_document_is_taken():
    data = files.hwp(files.HWP_PACKED | 4, more={"ViewText/Section0": b"\x11" * 300})
    assert reason_of("배포용.hwp", data) is None
