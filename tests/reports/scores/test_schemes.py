"""The sheets of schemes: LibreOffice comes to every mean, per cent, point, total, rank and grade by itself."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session, select

from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, ProgrammeKind
from models.rating.table import Criterion, Entry, Group, GroupKind, Paper, PaperState, Rating
from models.scheme.result import result_of
from models.scheme.table import Adjustment, AdjustmentState, Combine, OwnerValue, Source, Subject
from models.scoring import Kind
from reports.scores import export_scores
from tests.kit.city import JULY, City, small_city
from tests.kit.libreoffice import all_recalculated
from tests.kit.schemes import PEOPLE, add_scheme, at_work, subject_id

Row = dict[str, Any]
PARTS: list[Row] = [
    {"code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 20, "below": True},
    {"code": "HALF", "name": "반기 달성도", "source": Source.INDICATORS, "points": 10, "combine": Combine.LAST},
    {
        "code": "QUAL", "name": "정성평가", "source": Source.RATING, "points": 25, "basis": "Q",
        "combine": Combine.SHARES, "shares": "H1:40; H2:60",
    },
    {"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 15, "owner": "CIV"},
    {
        "code": "STEP", "name": "조기집행", "source": Source.OWNER, "points": 20, "owner": "CIV",
        "combine": Combine.MEAN, "kind": Kind.STEPS, "steps": "0:20; 50:60.05; 80:80.25; 90:100",
    },
    {"code": "PERS", "name": "개인", "source": Source.SCHEME, "points": 6, "basis": "PERS", "below": True},
    {
        "code": "MEAN", "name": "개인 반기", "source": Source.SCHEME, "points": 4, "basis": "PERS", "below": True,
        "combine": Combine.MEAN,
    },
    {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 1, "tie_order": 2},
    {"code": "MINUS", "name": "감점", "source": Source.DEDUCTION, "points": None},
    {"code": "NONE", "name": "미참여", "source": Source.CONSULTATION, "points": 2, "below": True},
    {"code": "MILE", "name": "마일리지", "source": Source.MILEAGE, "points": 3, "tie_order": 1},
]  # fmt: skip
SUBJECTS = [
    {"place": code, "grouping": "과" if code in ("GEN", "CIV", "CARE") else "기관"}
    for code in ("GEN", "CIV", "CARE", "ADM", "WEL", "FAC")
]
GRADES = [
    {"name": "S", "share": Decimal(20), "least": Decimal(20)}, {"name": "A", "share": Decimal(50)}, {"name": "B"},
]  # fmt: skip
NOT_FOR_ALL = [*GRADES[:2], {"name": "B", "least": Decimal(10)}]
"""Who misses the last one has no grade."""
OWN = [
    {"code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 60, "combine": Combine.MEAN},
    {"code": "COMM", "name": "소통", "source": Source.OWNER, "points": 40, "owner": "CIV"},
]
CHECKS = ("조각검산", "항목검산", "체계검산", "평가원점수", "평가집계")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Nothing in it is changed once it is there."""
    made = small_city(tmp_path_factory.mktemp("city"))
    for code, first, second in (
        ("G1", "91.25", 88),
        ("G2", 9, 7),
        ("C3", 900, 1100),
        ("W2", 25, 22),
        ("F1", 30, 95),
    ):
        made.report(code, "H1", first)
        made.report(code, "H2", second)
    made.report("C1", "H1", None, not_applicable=True)
    people = [{"person": one} for one in ("officer", "civil", "carer", "lead", "evaluator", "administrator")]
    add_scheme(made.database, OWN, people, **PEOPLE | {"ties_go_up": False}, grades=NOT_FOR_ALL)
    add_scheme(made.database, PARTS, SUBJECTS, grades=GRADES, prizes=[{"name": "최우수", "count": 1}])
    with made.database.write() as session:
        _give(session, made)
        _rate(session, made)
        _adjust(session, made)
    return made


def _give(session: Session, city: City) -> None:
    """Halves of all kinds, one corrected, one that does not apply, two that are missing."""
    giver, chance = at_work(session, "civil", JULY).person_id, random.Random(3)

    def add(scheme: str, code: str, part: str, period: str | None, value: str | None) -> None:
        session.add(
            OwnerValue(
                subject_id=subject_id(session, code, scheme), part=part,
                period_id=city.periods[period] if period else None, value=None if value is None else Decimal(value),
                not_applicable=value is None, given_by_id=giver, given_at=JULY, note="=1+1",
                file_name="소통.xlsx", file_sha256="ab" * 32,
            )
        )  # fmt: skip

    for code in ("GEN", "CIV", "ADM", "WEL", "FAC"):
        add("INST", code, "COMM", None, f"{chance.randint(0, 1500) / 100:.2f}")
        for period in ("H1", "H2"):
            add("INST", code, "STEP", period, str(chance.randint(0, 100)))
    add("INST", "GEN", "COMM", None, "7.35")
    add("INST", "WEL", "COMM", None, None)
    add("INST", "FAC", "STEP", "H1", None)
    for person, value in (("officer", "33.33"), ("civil", "12.5"), ("carer", "12.5")):
        add("PERS", person, "COMM", None, value)


def _rate(session: Session, city: City) -> None:
    """Two rounds by a committee of five, of which the best and the last are left out, and by the own bureau."""
    criteria = [("A", "중요도", "40", "탁월:100; 우수:90; 보통:80; 미흡:70"), ("B", "난이도", "60", "1~10")]
    for position, (code, name, weight, scale) in enumerate(criteria):
        session.add(
            Criterion(
                cycle_id=city.cycle_id, rating="Q", code=code, name=name, weight=Decimal(weight), scale=scale,
                position=position,
            )
        )  # fmt: skip
    groups = [
        Group(
            cycle_id=city.cycle_id, rating="Q", code="EXP", name="전문가", share=Decimal(60), trim=1, fewest=2
        ),
        Group(
            cycle_id=city.cycle_id,
            rating="Q",
            code="OWN",
            name="자체",
            share=Decimal(40),
            kind=GroupKind.SURVEY,
        ),
    ]
    session.add_all(groups)
    session.flush()
    chance, subjects = random.Random(5), select(Subject).where(Subject.scheme == "INST")
    rated = [one.id or 0 for one in session.exec(subjects)]
    for period in ("H1", "H2"):
        one = Rating(
            cycle_id=city.cycle_id, code="Q", name="정성평가", period_id=city.periods[period], scheme="INST",
            opens_at=JULY, closes_at=JULY, dealt_at=JULY,
        )  # fmt: skip
        session.add(one)
        session.flush()
        # The last of the subjects is rated by nobody in the first half, and by too few experts in the second.
        for at, subject in enumerate(rated if period == "H2" else rated[:-1]):
            for rater, person in enumerate(("rater", "evaluator", "lead", "consultant", "administrator")):
                if at < len(rated) - 1 or rater == 0:
                    recused = rater == 4 and at == 1
                    _paper(session, one, groups[0], subject, city.people[person], chance, recused=recused)
            for respondent in range(3):
                _paper(session, one, groups[1], subject, None, chance, respondent=f"R{respondent}")


def _paper(
    session: Session, one: Rating, group: Group, subject: int, rater: int | None, chance: random.Random,
    *, recused: bool = False, respondent: str = "",
) -> None:  # fmt: skip
    paper = Paper(
        rating_id=one.id or 0, group_id=group.id or 0, subject_id=subject, rater_id=rater, respondent=respondent,
        state=PaperState.RECUSED if recused else PaperState.SUBMITTED, dealt_at=JULY,
        recused_at=JULY if recused else None, reason="이해충돌" if recused else "",
    )  # fmt: skip
    session.add(paper)
    session.flush()
    answers = {"A": chance.choice(["탁월", "우수", "보통", "미흡"]), "B": str(chance.randint(1, 10))}
    session.add(
        Entry(paper_id=paper.id or 0, number=1, answers=answers, submitted_by_id=rater, submitted_at=JULY)
    )


def _adjust(session: Session, city: City) -> None:
    by = city.people["evaluator"]

    def add(code: str, part: str, points: str, state: AdjustmentState, period: str | None = None) -> None:
        session.add(
            Adjustment(
                subject_id=subject_id(session, code), part=part, points=Decimal(points), state=state, reason="수상",
                period_id=city.periods[period] if period else None, proposed_by_id=by, proposed_at=JULY,
                decided_by_id=by if state is not AdjustmentState.PROPOSED else None, decided_at=JULY, decision="확인",
            )
        )  # fmt: skip

    add("GEN", "PLUS", "0.85", AdjustmentState.CONFIRMED)
    add("GEN", "PLUS", "0.5", AdjustmentState.CONFIRMED, "H1")
    add("CIV", "PLUS", "0.335", AdjustmentState.CONFIRMED)
    add("CIV", "PLUS", "0.5", AdjustmentState.PROPOSED)
    add("CARE", "MINUS", "1.005", AdjustmentState.CONFIRMED, "H1")
    programme = Programme(cycle_id=city.cycle_id, code="C1", name="컨설팅", kind=ProgrammeKind.CONSULTATION)
    session.add(programme)
    session.flush()
    for place, state in (("GEN", DeductionState.CONFIRMED), ("CIV", DeductionState.WITHDRAWN)):
        session.add(
            Deduction(
                programme_id=programme.id or 0, department_id=city.departments[place], points=Decimal("0.75"),
                state=state, proposed_at=JULY, decided_at=JULY,
            )
        )  # fmt: skip


def export(city: City, target: Path, period: str | None) -> None:
    with city.database.read() as session:
        export_scores(session, target, city.cycle_id, city.periods[period] if period else None, JULY)


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(values_only=True))
    heading = heading_of(sheet)
    titles = [str(title) for title in rows[heading - 1]]
    return [dict(zip(titles, row, strict=True)) for row in rows[heading:]]


def heading_of(sheet: Worksheet) -> int:
    """The row of the titles, the first that is full."""
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    return next(at for at, row in rows if sum(cell is not None for cell in row) > 5)


def sheet_of(workbook: Workbook, name: str) -> Worksheet:
    found = workbook[name]
    assert isinstance(found, Worksheet)
    return found


def differences(workbook: Workbook) -> tuple[float, int]:
    """The sum on top of 체계검산, and how many differences it is the sum of; all of them 0."""
    count = 0
    for sheet in workbook:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "e"], sheet.title
    for name in CHECKS:
        for row in table(sheet_of(workbook, name)) if name in workbook.sheetnames else ():
            off = {
                title: value for title, value in row.items() if title.endswith("차이") and value is not None
            }
            assert all(value == 0 for value in off.values()), (name, row)
            count += len(off)
    total = sheet_of(workbook, "체계검산")["F2"].value
    assert isinstance(total, int | float)
    return total, count


@pytest.mark.libreoffice
def test_libreoffice_comes_to_every_figure_by_itself_and_sees_what_was_tampered_with(
    city: City, tmp_path: Path
) -> None:
    export(city, tmp_path / "year.xlsx", None)
    export(city, tmp_path / "half.xlsx", "H1")
    tamper(tmp_path / "year.xlsx", tmp_path / "tampered.xlsx")
    year, half, tampered = all_recalculated(
        *(tmp_path / f"{name}.xlsx" for name in ("year", "half", "tampered"))
    )
    for workbook, period, least in ((year, None, 300), (half, "H1", 150)):
        total, count = differences(workbook)
        assert total == 0
        assert count > least
        recorded = {row["코드"]: row for row in table(sheet_of(workbook, "평가결과 INST"))}
        with city.database.read() as session:
            key = city.periods[period] if period else None
            subjects = result_of(session, city.cycle_id, "INST", key).subjects
        for one in subjects:
            row = recorded[one.subject.code]
            assert (Decimal(str(row["총점"])), row["순위"]) == (one.score.total, one.place.rank)
            assert row["등급"] == (one.place.grade or None)
    off = sheet_of(tampered, "체계검산")["F2"].value
    assert isinstance(off, int | float) and off > 0
    assert any(row["총점 차이"] for row in table(sheet_of(tampered, "체계검산")))


def tamper(source: Path, target: Path) -> None:
    """One answer on one paper is made worth nothing."""
    workbook = load_workbook(source)
    page = sheet_of(workbook, "평가원점수")
    heading = heading_of(page)
    percent = next(cell for cell in page[heading] if cell.value == "비율 2")
    page.cell(row=heading + 1, column=percent.column or 0).value = 0
    workbook.save(target)


@pytest.fixture(scope="module")
def workbook(city: City, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    target = tmp_path_factory.mktemp("workbook") / "scores.xlsx"
    export(city, target, None)
    return load_workbook(target)


def test_the_sheets_tell_who_gave_what_from_which_file(workbook: Workbook) -> None:
    rows = table(sheet_of(workbook, "소관항목"))
    corrected = [row for row in rows if (row["코드"], row["항목"]) == ("GEN", "소통")]
    assert [(row["값"], row["반영"]) for row in corrected][-1] == (7.35, "예")
    assert corrected[0]["반영"] is None
    assert (corrected[0]["준 사람"], corrected[0]["파일명"]) == ("이민원", "소통.xlsx")
    assert corrected[0]["SHA-256"] == "ab" * 32
    assert corrected[0]["비고"] == "=1+1"
    given = table(sheet_of(workbook, "가감점"))
    assert [(row["종류"], row["상태"], row["반영"]) for row in given][-3:] == [
        ("감점", "확정", "예"), ("컨설팅감점", "확정", "예"), ("컨설팅감점", "철회", None)
    ]  # fmt: skip


def test_items_that_do_not_tell_subjects_apart_are_marked(workbook: Workbook) -> None:
    rows = table(sheet_of(workbook, "소관항목 분포"))
    assert [(row["체계"], row["항목"], row["기간"]) for row in rows] == [
        ("INST", "소통", "연간"), ("INST", "조기집행", "상반기"), ("INST", "조기집행", "하반기"),
        ("PERS", "소통", "연간"),
    ]  # fmt: skip
    (persons,) = [row for row in rows if row["체계"] == "PERS"]
    assert (persons["대상"], persons["값을 받은 대상"], persons["서로 다른 값 수"]) == (6, 3, 2)
    assert (persons["가장 많은 값"], persons["그 대상 수"], persons["비율(%)"]) == (12.5, 2, 66.7)
    assert [row["구별"] for row in rows] == [None, None, None, "어려움"]


def test_papers_are_told_with_their_raters_and_groups_with_what_was_left_out(workbook: Workbook) -> None:
    papers = table(sheet_of(workbook, "평가원점수"))
    assert {row["상태"] for row in papers} == {"반영", "회피"}
    assert papers[0]["위원·응답번호"] == "윤위원"
    assert str(papers[0]["항목 1"]).startswith("중요도: ")
    sums = table(sheet_of(workbook, "평가집계"))
    experts = [row for row in sums if row["평가단"] == "전문가"]
    assert {(row["절사"], row["제외(절사)"]) for row in experts} == {(1, 2), (1, 0)}
    assert {row["기간"] for row in sums} == {"상반기", "하반기"}


def test_the_scheme_stands_there_as_data(workbook: Workbook) -> None:
    rows = table(sheet_of(workbook, "배점표"))
    (step,) = [row for row in rows if row["코드"] == "STEP"]
    assert (step["원천"], step["배점"], step["결합"], step["소관부서"], step["배점방식"]) == (
        "소관", 20, "평균", "민원과", "단계형"
    )  # fmt: skip
    assert [row["이름"] for row in rows if row["구분"] == "등급"] == ["S", "A", "B"] * 2
    assert [(row["이름"], row["인원"]) for row in rows if row["구분"] == "포상"] == [("최우수", 1)]


def test_the_first_column_of_each_sheet_can_be_seen_for_the_title_stands_there(workbook: Workbook) -> None:
    for name in workbook.sheetnames:
        assert not sheet_of(workbook, name).column_dimensions["A"].hidden, name


def test_the_result_is_drawn(workbook: Workbook) -> None:
    for name in ("평가결과 INST", "평가결과 PERS"):
        assert len(sheet_of(workbook, name)._charts) == 1  # type: ignore[attr-defined]


def test_without_a_scheme_there_are_no_such_sheets(tmp_path: Path) -> None:
    export(small_city(tmp_path), tmp_path / "scores.xlsx", None)
    names = load_workbook(tmp_path / "scores.xlsx").sheetnames
    assert not {*CHECKS, "배점표", "소관항목", "가감점", "평가결과"} & set(names)


def test_the_same_data_give_the_same_bytes(city: City, tmp_path: Path) -> None:
    for name in ("one.xlsx", "other.xlsx"):
        export(city, tmp_path / name, None)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
