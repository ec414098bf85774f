"""What a value becomes in a cell of a workbook, above all text that would do harm."""

from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reports.excel.cells import CUT, LONGEST, Style, cell_xml, clean
from reports.table import Column, Formula, column_letters

STYLE = Style(usual=1, whole=2, quoted=3)


def cell(value) -> ElementTree.Element:
    return ElementTree.fromstring(cell_xml("B7", value, STYLE))


def text_of(value: str) -> str | None:
    return cell(value).findtext("is/t")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "-"])
def test_text_like_a_formula_is_text_and_stays_text_when_it_is_edited(text):
    made = cell(text)
    assert (made.get("t"), made.get("s")) == ("inlineStr", "3")
    assert made.find("f") is None
    assert text_of(text) == text


def test_other_text_has_the_usual_style():
    assert cell("민원처리율").get("s") == "1"
    assert text_of("<b> & 'c' \"d\"") == "<b> & 'c' \"d\""
    assert text_of(" 앞뒤 ") == " 앞뒤 "
    assert cell(" 앞뒤 ").find("is/t").attrib == {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}


def test_only_a_formula_is_a_formula():
    assert cell(Formula('A1&"<"')).findtext("f") == 'A1&"<"'


def test_what_a_workbook_cannot_hold_is_replaced():
    assert clean("가\x00나\x0b다\x1f라\uffff") == "가나다라"
    assert clean("가\ud800나") == "가\ufffd나"
    assert clean("한 줄\r\n두 줄\r세 줄") == "한 줄\n두 줄\n세 줄"


@pytest.mark.parametrize("sign", ["가", "😀"])
def test_a_text_too_long_is_cut_with_a_mark(sign):
    for length in (LONGEST + 1, 3 * LONGEST):
        text = clean(sign * length)
        assert len(text.encode("utf-16-le")) // 2 <= LONGEST
        assert text == sign * (len(text) - len(CUT)) + CUT
        assert len(text.encode("utf-16-le")) // 2 >= LONGEST - 2
    assert clean("가" * LONGEST) == "가" * LONGEST


def test_an_escape_of_spreadsheets_in_a_text_is_spelled_out():
    assert text_of("_x0041_.pdf") == "_x005F_x0041_.pdf"
    assert text_of("a_x1.pdf") == "a_x1.pdf"


@pytest.mark.parametrize(
    ("value", "written", "style"),
    [
        (Decimal("97.30"), "97.3", "1"),
        (Decimal("390200000000.0001"), "390200000000.0001", "1"),
        (Decimal("-3.2"), "-3.2", "1"),
        (Decimal("1E+2"), "100", "2"),
        (Decimal("40.00"), "40", "2"),
        (0, "0", "2"),
    ],
)
def test_numbers_are_written_digit_by_digit(value, written, style):
    assert (cell(value).findtext("v"), cell(value).get("s")) == (written, style)


def test_instants_are_written_in_the_time_of_the_city():
    at = datetime(2019, 7, 10, 21, tzinfo=UTC)  # six in the morning in Seoul
    assert cell(at).findtext("v") == "43657.25"
    assert cell(date(2019, 7, 11)).findtext("v") == "43657"


def test_an_empty_cell_keeps_its_lines():
    assert (cell(None).get("s"), list(cell(None))) == ("1", [])


def test_columns_are_lettered_as_spreadsheets_do():
    letters = list(column_letters([Column(str(number), 1) for number in range(800)]).values())
    assert [letters[number] for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
