"""The results worked out from the files alone: kept as tables and as a spreadsheet, and right at their edges."""

from __future__ import annotations

import ast
import csv
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cities.by_hand.arithmetic import half_up, share_out
from tests.cities.by_hand.files import YEAR, Row, Year
from tests.cities.by_hand.gwangju_workbook import cells_of, gwangju_workbook, is_kept, write
from tests.cities.by_hand.indicators import points_of
from tests.cities.by_hand.kinds import achievement
from tests.cities.by_hand.pieces import on_top
from tests.cities.by_hand.ratings import rated
from tests.cities.by_hand.results import Sum, piece, result
from tests.cities.by_hand.standing import grades, prizes, ranks
from tests.cities.by_hand.tables import EXPECTED, of_scheme, tables, year_of
from tests.kit.libreoffice import recalculated

HERE = Path(__file__).parent / "by_hand"
KINDS = {
    "higher": "상향", "lower_ratio": "하향A", "lower_mirror": "하향B", "from_baseline": "기준대비", "zero": "무사고",
    "range": "목표범위", "steps": "단계형", "milestone": "마일스톤", "yes_no": "여부", "graded_target": "목표부여",
}  # fmt: skip


@pytest.fixture
def year() -> Year:
    """A cycle of two half-years with a bureau B, its divisions D1 and D2, and a person of D1; nothing else."""
    halves = (("H1", "2019-01-01", "2019-06-30"), ("H2", "2019-07-01", "2019-12-31"))
    tree = (("B", ""), ("D1", "B"), ("D2", "B"))
    return Year(
        Path("nowhere"),
        {
            "기간": [{"성과주기": "Y", "코드": code, "시작일": a, "종료일": b} for code, a, b in halves],
            "조직": [{"코드": code, "이름": code, "상위조직": above} for code, above in tree],
            "사람": [{"번호": "P", "이름": "김하나", "소속": "D1"}],
        },
    )


def part(source: str, **cells: str) -> Row:
    """A row of 배점."""
    blank = dict.fromkeys(("배점", "범위", "결합", "기간비중", "근거", "배점방식", "동점순위", "적용일"), "")
    return blank | {"성과주기": "Y", "체계": "S", "코드": "X", "원천": source} | cells


def subject(code: str, department: str = "", group: str = "") -> Row:
    return {"성과주기": "Y", "체계": "S", "코드": code, "부서": department, "구분": group}


def indicator(code: str, department: str, weight: str, **cells: str) -> Row:
    blank = dict.fromkeys(("기준값", "하한값", "상한값", "감점률", "단계표", "최저", "최고", "소수자리"), "")
    own = {"성과주기": "Y", "코드": code, "부서": department, "가중치": weight, "평가반영": "예"}
    return blank | own | {"배점방식": "여부", "집계방식": "최종"} | cells


def report(code: str, period: str, value: str, recognised: str = "") -> Row:
    return {"성과주기": "Y", "지표코드": code, "기간": period, "실적": value, "인정실적": recognised}


def both(points: int, weight: int) -> tuple[Fraction, Fraction]:
    return Fraction(points), Fraction(weight)


def standing(code: str, total: str, *ties: str, group: str = "") -> Sum:
    return Sum(code, group, {}, Fraction(total), tuple(map(Fraction, ties)))


# What is kept


def test_the_tables_are_what_the_files_come_to_byte_for_byte() -> None:
    made = dict(tables())
    kept = {path.name: path.read_bytes() for path in EXPECTED.glob("*.csv")}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == [], "python -m tests.cities.by_hand"


def test_the_spreadsheet_is_what_its_script_makes_and_holds_formulas_alone() -> None:
    book = gwangju_workbook(year_of("gwangju-2019"))
    assert is_kept(book, EXPECTED / "gwangju.xlsx"), "python -m tests.cities.by_hand"
    cells = cells_of(book.workbook)
    for title in ("결과", "지표점수", "평가지점수", "평가단평균"):
        assert all(cell.startswith("=") for row in cells[title][1:] for cell in row), title


@pytest.mark.libreoffice
def test_the_spreadsheet_comes_to_the_same_as_the_table_to_the_last_digit(tmp_path: Path) -> None:
    year = year_of("gwangju-2019")
    write(gwangju_workbook(year), tmp_path / "gwangju.xlsx")
    workbook = recalculated(tmp_path / "gwangju.xlsx")
    head, *rows = [list(row) for row in workbook["결과"].values]
    worked_out = [dict(zip(head, row, strict=True)) for row in rows]
    table_head, *table = of_scheme(year, "2019", "INST")
    assert len(worked_out) == len(table) == 24
    for theirs, row in zip(worked_out, table, strict=True):
        ours = dict(zip(table_head, row, strict=True))
        for name in table_head[1:]:
            assert _shown(theirs[name], name) == ours[name], (ours["코드"], name)


def test_what_was_worked_with_a_pencil_is_in_the_tables() -> None:
    text = (EXPECTED / "README.md").read_text(encoding="utf-8")
    worked = [line.strip() for line in text.splitlines() if line.startswith("    ,")]
    kept = {line for path in EXPECTED.glob("*.csv") for line in path.read_text(encoding="utf-8").splitlines()}
    assert len(worked) == 5
    assert [line for line in worked if line not in kept] == []


def _shown(value: object, name: str) -> str:
    if isinstance(value, int | float) and name != "순위":
        return f"{value:.2f}"
    return "" if value is None else str(value)


def test_nothing_of_the_program_is_imported() -> None:
    allowed = {*sys.stdlib_module_names, "openpyxl"}
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in allowed or name.startswith("tests.cities.by_hand."), (
                    path.name
                )


# Formulas at their edges


def _worked_examples() -> list[Row]:
    path = Path(__file__).parents[1] / "models" / "scoring" / "worked_examples.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _worked_examples(), ids=lambda row: f"{row['kind']}: {row['working']}")
def test_an_achievement_is_as_worked_with_a_pencil(row: Row) -> None:
    rule = {
        "배점방식": KINDS[row["kind"]], "기준값": row["baseline"], "하한값": row["low"], "상한값": row["high"],
        "감점률": row["loss"], "단계표": row["table"], "최저": row["floor"], "최고": row["cap"],
        "소수자리": row["digits"],
    }  # fmt: skip
    assert achievement(rule, row["target"], Fraction(row["actual"]), row["on"]) == Fraction(
        row["achievement"]
    )


def test_a_half_is_rounded_away_from_zero() -> None:
    assert [half_up(Fraction(text), 1) for text in ("0.25", "-0.25", "0.2499")] == [
        Fraction("0.3"), Fraction("-0.3"), Fraction("0.2"),
    ]  # fmt: skip


def test_weights_are_shared_out_in_hundredths_and_their_sum_stays() -> None:
    thirds = {code: Fraction(25) for code in "abcd"}
    assert share_out(thirds, {"b"}) == {
        "a": Fraction("33.34"), "b": 0, "c": Fraction("33.33"), "d": Fraction("33.33"),
    }  # fmt: skip
    unequal = {"a": Fraction(25), "b": Fraction(60), "c": Fraction(15)}
    assert share_out(unequal, {"c"}) == {"a": Fraction("29.41"), "b": Fraction("70.59"), "c": 0}
    assert share_out(thirds, set()) == thirds
    assert set(share_out(thirds, set("abcd")).values()) == {0}


def test_what_was_not_reported_and_a_sum_without_a_target_of_the_period_count_0(year: Year) -> None:
    year.files["지표"] = [
        indicator("A", "D1", "40"),
        indicator("B", "D1", "60", 배점방식="상향", 집계방식="합계"),
        indicator("C", "D2", "100", 배점방식="상향"),
    ]
    year.files["목표"] = [
        {"성과주기": "Y", "지표코드": code, "기간": "", "목표치": "10"} for code in ("B", "C")
    ]
    year.files["actuals/실적"] = [report("B", "H1", "8"), report("C", "H1", "4", "5")]
    assert points_of(year, "Y", ["D1"], "H1") == both(0, 100)
    assert points_of(year, "Y", ["D1"], YEAR) == both(48, 100), (
        "60 × 80 % of the year's target, and A not reported"
    )
    assert points_of(year, "Y", ["D2"], "H1") == both(50, 100), (
        "what was recognised counts, by the year's target"
    )


def test_an_indicator_is_in_the_sheets_of_its_own_periods_and_of_the_year(year: Year) -> None:
    year.files["지표"] = [indicator("A", "D1", "30"), indicator("B", "D1", "70", 보고기간="H2")]
    year.files["actuals/실적"] = [report("A", "H1", "1"), report("A", "H2", "0"), report("B", "H2", "1")]
    found = [points_of(year, "Y", ["D1"], period) for period in ("H1", "H2", YEAR)]
    assert found == [both(30, 30), both(70, 100), both(70, 100)]


def test_all_indicators_below_are_one_sum(year: Year) -> None:
    year.files["지표"] = [indicator("A", "D1", "30"), indicator("B", "D2", "90")]
    year.files["actuals/실적"] = [report("A", "H1", "1"), report("B", "H1", "0")]
    assert piece(year, part("지표", 범위="하위"), subject("B")) == 25
    assert piece(year, part("지표"), subject("B")) is None
    assert piece(year, part("지표"), subject("P")) == 100, "the department the person belongs to"


def test_papers_of_nobody_in_particular_count_and_those_of_who_stepped_back_do_not(year: Year) -> None:
    year.files["평가항목"] = [
        {"성과주기": "Y", "평가": "R", "코드": "Q", "배점": "1", "척도": "우수:90; 보통:80; 미흡:40"}
    ]
    group = {"성과주기": "Y", "평가": "R", "방식": "지정", "위원": ""}
    year.files["평가단"] = [
        group | {"코드": "G", "몫": "60", "절사": "1", "최소평가수": ""},
        group | {"코드": "F", "몫": "40", "절사": "", "최소평가수": "2"},
    ]

    def paper(of: str, answer: str, recused: str = "") -> Row:
        about = {"성과주기": "Y", "평가": "R", "기간": "", "대상": "D1", "위원": ""}
        return about | {"평가단": of, "Q": answer, "회피": recused}

    year.files["actuals/평가"] = [paper("G", "우수"), paper("G", "미흡"), paper("G", "", "친척입니다.")]
    year.files["actuals/평가"] += [paper("F", "우수")]
    assert rated(year, "Y", "R", "D1", "") == 65, "two papers, none left out; F has too few"
    year.files["actuals/평가"][2] = paper("G", "보통")
    assert rated(Year(year.folder, year.files), "Y", "R", "D1", "") == 80
    year.files["actuals/평가"] = [paper("F", "우수")]
    assert rated(Year(year.folder, year.files), "Y", "R", "D1", "") == 0
    assert rated(year, "Y", "R", "D2", "") is None


def test_what_is_taken_off_is_confirmed_and_consultation_counts_in_the_year_alone(year: Year) -> None:
    about = {"성과주기": "Y", "체계": "S", "항목": "X"}
    given = (
        ("B", "H1", "2", "확정"),
        ("B", "", "1", "확정"),
        ("B", "", "9", "취소"),
        ("D2", "", "0.5", "확정"),
    )
    year.files["actuals/가감점"] = [
        about | {"대상": whom, "기간": period, "점수": points, "결과": how}
        for whom, period, points, how in given
    ]
    bureau = subject("B")
    assert on_top(year, part("가점", 배점="2.5"), bureau, YEAR) == 2.5
    assert on_top(year, part("감점"), bureau, YEAR) == -3
    assert on_top(year, part("감점"), bureau, "H1") == -2
    assert on_top(year, part("컨설팅감점", 범위="하위"), bureau, YEAR) == -3.5
    assert on_top(year, part("컨설팅감점", 범위="하위"), bureau, "H1") == 0


@pytest.mark.parametrize(
    ("how", "shares", "of_year"),
    [("평균", "", 60), ("합계", "", 120), ("최종", "", 80), ("비중", "H1:25; H2:75", 70)],
)
def test_the_pieces_of_periods_are_combined(year: Year, how: str, shares: str, of_year: int) -> None:
    row = part("소관", 배점="5", 결합=how, 기간비중=shares)
    about = {"성과주기": "Y", "체계": "S", "항목": "X", "대상": "D1"}
    year.files["actuals/소관"] = [about | {"기간": "H1", "값": "2"}, about | {"기간": "H2", "값": "4"}]
    assert piece(year, row, subject("D1")) == of_year
    year.files["actuals/소관"][0]["값"] = "해당없음"
    assert piece(year, row, subject("D1")) == 80


def test_a_total_is_never_below_0_and_the_version_of_the_last_day_holds(year: Year) -> None:
    year.files["평가대상"] = [subject("D1")]
    versions = ("", "2019-07-01")
    year.files["평가체계"] = [
        {"성과주기": "Y", "코드": "S", "적용일": day, "소수자리": digits}
        for day, digits in zip(versions, ("1", ""), strict=True)
    ]
    owned = [part("소관", 배점="100", 결합="평균", 적용일=day) for day in versions]
    lost = part("감점", 코드="L", 적용일="2019-07-01")
    year.files["배점"] = [*owned, lost]
    about = {"성과주기": "Y", "체계": "S", "대상": "D1"}
    year.files["actuals/소관"] = [about | {"항목": "X", "기간": half, "값": "1.25"} for half in ("H1", "H2")]
    year.files["actuals/가감점"] = [about | {"항목": "L", "기간": "", "점수": "2", "결과": "확정"}]
    assert result(year, "Y", "S", "H1")[0].points == {"X": Fraction("1.3")}
    assert result(year, "Y", "S")[0].points == {"X": Fraction("1.25"), "L": -2}
    assert result(year, "Y", "S")[0].total == 0


def test_equals_share_a_rank_within_their_group(year: Year) -> None:
    ranked = [
        standing("a", "9", "5"),
        standing("b", "9", "4"),
        standing("c", "9", "4"),
        standing("d", "1", "9"),
    ]
    assert list(ranks(ranked).values()) == [1, 2, 2, 4]
    assert ranks([*ranked, standing("e", "5", "0", group="동")])["e"] == 1


def test_grades_go_by_cut_off_and_by_quota_and_ties_up_or_down() -> None:
    offered = [
        {"이름": name, "기준점수": least, "비율": share}
        for name, least, share in (("S", "90", "25"), ("A", "", "25"), ("B", "", ""))
    ]
    ranked = [standing("a", "95"), standing("b", "93"), standing("c", "93"), standing("d", "50")]
    assert list(grades(ranked, offered, lower=False).values()) == ["S", "A", "A", "B"]
    assert list(grades(ranked, offered, lower=True).values()) == ["S", "B", "B", "B"]
    assert grades([standing("a", "89.99")], offered, lower=False) == {"a": "A"}, "half of one is rounded up"


def test_a_prize_that_would_part_equals_waits_and_so_do_those_after_it() -> None:
    def offered(*lines: tuple[str, str, str]) -> list[Row]:
        return [
            {"이름": name, "인원": count, "기준점수": "50", "구분": group} for name, count, group in lines
        ]

    ranked = [standing("a", "95"), standing("b", "93"), standing("c", "93"), standing("d", "60", group="동")]
    ranked[3:3] = [standing("f", "70")]
    ranked += [standing("e", "49")]
    all_ = offered(("1등", "1", ""), ("2등", "2", ""), ("동상", "1", "동"), ("나머지", "5", ""))
    assert prizes(ranked, all_) == ({"a": "1등", "b": "2등", "c": "2등", "d": "동상", "f": "나머지"}, {})
    waiting = offered(("1등", "2", ""), ("동상", "1", "동"))
    assert prizes(ranked, waiting) == ({"a": "1등"}, {"b": "1등", "c": "1등"})


@pytest.mark.parametrize(("ties", "given"), [("", ["S", "S"]), ("아랫등급", ["A", "A"])])
def test_the_scheme_says_which_grade_equals_get(year: Year, ties: str, given: list[str]) -> None:
    about = {"성과주기": "Y", "체계": "S", "적용일": ""}
    year.files["평가체계"] = [{"성과주기": "Y", "코드": "S", "적용일": "", "소수자리": "", "동점처리": ties}]
    year.files["배점"] = [part("가점")]
    year.files["등급"] = [about | {"이름": name, "기준점수": "", "비율": "50"} for name in ("S", "A")]
    year.files["평가대상"] = [subject("D1"), subject("D2")]
    head, *rows = of_scheme(year, "Y", "S")
    assert [row[head.index("등급")] for row in rows] == given
