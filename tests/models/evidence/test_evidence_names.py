"""File names are data: cleaned of paths and of what cannot be seen."""

import unicodedata

import pytest

from models.evidence.kinds import FileKind, kind_by_name
from models.evidence.names import clean_name, extension
from models.words import Refusal


def test_a_name_from_a_mac_is_composed():
    assert clean_name(unicodedata.normalize("NFD", "민원처리율 증빙.pdf")) == "민원처리율 증빙.pdf"


@pytest.mark.parametrize(
    "raw", ["../../etc/보고서.pdf", "C:\\업무\\보고서.pdf", "a/b\\보고서.pdf", "보고서.pdf. "]
)
def test_no_part_of_a_path_is_left(raw):
    assert clean_name(raw) == "보고서.pdf"


def test_signs_that_cannot_be_seen_or_turn_the_reading_direction_are_left_out():
    assert clean_name("보고\u202efdp\u2066.\u200bex\0e\n\ud800") == "보고fdp.exe"


def test_a_long_name_is_cut_and_keeps_its_extension():
    cut = clean_name("가" * 300 + ".hwpx")
    assert len(cut) == 120
    assert cut.endswith("가.hwpx")


def test_a_long_name_without_a_usable_extension_is_cut_too():
    assert clean_name("a." + "나" * 300) == "a." + "나" * 118
    assert clean_name("다" * 300) == "다" * 120


@pytest.mark.parametrize("raw", ["", " ", "..", "업무/", "\u200b"])
def test_a_name_of_nothing_is_refused(raw):
    with pytest.raises(Refusal, match="파일 이름이 비어 있습니다"):
        clean_name(raw)


@pytest.mark.parametrize(("name", "ending"), [("a.tar.GZ", "gz"), ("없음", ""), (".pdf", ""), ("끝.", "")])
def test_the_extension_follows_the_last_dot(name, ending):
    assert extension(name) == ending


def test_the_name_promises_a_kind():
    assert kind_by_name("보고서.HWP") is FileKind.HWP
    assert kind_by_name("현장.JPEG") is FileKind.JPG


def test_an_unknown_extension_is_refused_with_the_kinds_that_are_taken():
    with pytest.raises(Refusal) as refused:
        kind_by_name("실행.exe")
    assert refused.value.phrase.values == {
        "kinds": "pdf, hwp, hwpx, xlsx, docx, pptx, jpg, png, zip, txt, csv",
    }


@pytest.mark.parametrize(
    ("name", "said", "instead"),
    [("집계.xls", "옛 형식", "xlsx"), ("문서.doc", "옛 형식", "docx"), ("집계.xlsm", "매크로 형식", "xlsx")],
)
def test_an_old_or_macro_format_is_refused_with_what_to_save_it_as(name, said, instead):
    with pytest.raises(Refusal, match=said) as refused:
        kind_by_name(name)
    assert refused.value.phrase.values["new"] == instead
