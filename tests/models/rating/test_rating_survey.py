"""A citizens' survey read from a workbook: every cell checked, all or nothing, nothing counted twice."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event
from sqlmodel import Session, select

from handlers.book import BOOK
from models.audit import AuditRow
from models.doer import Doer
from models.organization import Role, RoleHeld
from models.rating.people import rated_in
from models.rating.reading import rating_scores
from models.rating.said import criteria_of
from models.rating.survey import Answered, Imported, add_survey, known_answers
from models.rating.table import GroupKind, Paper, Rating
from models.store import Database
from models.words import Refusal
from reports.plan import PlanRejected
from reports.survey import Asked, Survey, check_grid, read_grid, write_template
from scheduler.due import run_due
from tests.kit.rated import CLOSES, OPENS, Asks, Of, Round, add_round, person_of, small_city

LATER = OPENS + timedelta(hours=2)
ASKS = [
    Asks("SAT", "만족도", "매우만족:100; 만족:75; 보통:50; 불만:25; 매우불만:0", "50"),
    Asks("REC", "추천", "1~10", "50"),
]
HEADING = ["대상", "응답번호", "SAT", "REC"]
TWELVE = [f"E{number}" for number in range(12)]


@pytest.fixture
def surveyed(database: Database) -> Round:
    """Ten departments, half by citizens, half by twelve experts; E0 is in the evaluation office."""
    groups = [Of("CIT", "시민", "50", kind=GroupKind.SURVEY, fewest=2), Of("EX", "전문가", "50", TWELVE)]
    made = add_round(database, small_city(database), groups, ASKS)
    with database.write() as session:
        session.add(RoleHeld(person_id=person_of(session, "E0").id or 0, role=Role.ADMINISTRATOR))
    return made


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements a session sends meanwhile."""
    sent: list[str] = []
    engine = session.get_bind().engine

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def survey_of(session: Session, made: Round) -> Survey:
    rating = session.get_one(Rating, made.id)
    criteria = criteria_of(session, rating.cycle_id, rating.code)
    subjects = {one.code: (one.id, one.name) for one in rated_in(session, rating)}
    return Survey(rating.name, subjects, [Asked(one.code, one.name, one.scale) for one in criteria])


def workbook(target: Path, rows: list[list[object]], heading: list[str] = HEADING) -> Path:
    book = Workbook(write_only=True)
    page = book.create_sheet("설문")
    for row in [heading, *rows]:
        page.append(row)
    book.save(target)
    return target


def reads(made: Round, source: Path) -> list[Answered]:
    with made.database.read() as session:
        known = known_answers(session, made.id, made.groups["CIT"])
        return check_grid(read_grid(source), survey_of(session, made), known)


def brings_in(made: Round, source: Path) -> Imported:
    given = reads(made, source)
    with made.database.write() as session:
        doer = Doer.at_work(session, person_of(session, "E0").id or 0, LATER, "test")
        return add_survey(session, doer, made.id, made.groups["CIT"], given, source.name, "0" * 64)


def wrong(made: Round, source: Path) -> dict[str, str]:
    with pytest.raises(PlanRejected) as caught:
        reads(made, source)
    return {one.cell: one.phrase.text for one in caught.value.problems}


def test_three_thousand_citizens_are_read_counted_and_scored_quickly(surveyed: Round, tmp_path: Path) -> None:
    labels = ["매우만족", "만족", "보통", "불만", "매우불만"]
    rows: list[list[object]] = [
        [f"D{at % 10}", f"{at:05}", labels[at // 10 % 5], at // 10 % 10 + 1] for at in range(3000)
    ]
    source = workbook(tmp_path / "survey.xlsx", rows)
    run_due(surveyed.database, BOOK, OPENS)

    assert brings_in(surveyed, source) == Imported(3000, 0)
    assert brings_in(surveyed, source) == Imported(0, 3000)

    assert len(surveyed.papers(rater_id=None)) == 3000
    with surveyed.database.read() as session:
        with counted(session) as statements:
            scores = rating_scores(session, [surveyed.id])
        [first, *_] = session.exec(select(AuditRow).where(AuditRow.action == "rating.survey"))
    score = scores[surveyed.id, surveyed.subjects["D0"]]
    # 300 answers a department, each label and each number equally often: (50 × 50 + 50 × 50) ÷ 100
    assert score.groups[0].counted == 300 and score.groups[0].percent == 50
    assert (score.percent, score.is_missing) == (Decimal(50), True)
    assert (first.detail["answers"], first.detail["file"]) == (3000, "survey.xlsx")
    assert len(statements) <= 6


def test_a_csv_file_says_the_same(surveyed: Round, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    with (tmp_path / "csv" / "설문.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADING, ["D0", "1", "만족", "10"], [], ["D0", "2", "보통", "1"]])
    assert brings_in(surveyed, tmp_path / "csv") == Imported(2, 0)
    with surveyed.database.read() as session:
        score = rating_scores(session, [surveyed.id])[surveyed.id, surveyed.subjects["D0"]]
        # (50 × 75 + 50 × 100) ÷ 100 = 87.5 and (50 × 50 + 50 × 0) ÷ 100 = 25
        assert score.percent == Decimal("56.25")
        # What nobody was asked about is missing.
        other = rating_scores(session, [surveyed.id])[surveyed.id, surveyed.subjects["D1"]]
        assert (other.percent, other.is_missing) == (None, True)


def test_every_wrong_cell_is_named_and_nothing_is_kept(surveyed: Round, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["D0", "1", "만족", 10],
        ["D99", "2", "만족", 10],
        ["D1", "", "만족", 10],
        ["D1", "3", "좋음", 11],
        ["D1", "4", "만족", ""],
        ["D0", "1", "만족", 10],
        ["D1", "5", "만족", 2.5],
        ["D1", "=1+1", "=HYPERLINK(1)", "NaN"],
    ]
    found = wrong(surveyed, workbook(tmp_path / "survey.xlsx", rows))
    assert set(found) == {"A3", "B4", "C5", "D5", "D6", "B7", "D8", "B9", "C9", "D9"}
    assert "대상이 아닙니다" in found["A3"] and "비어 있습니다" in found["B4"]
    assert "척도에 없는 답" in found["C5"] and "정수" in found["D5"]
    assert "행에 같은 응답" in found["B7"]
    assert surveyed.papers() == []


def test_the_same_number_with_other_answers_is_an_error(surveyed: Round, tmp_path: Path) -> None:
    brings_in(surveyed, workbook(tmp_path / "first.xlsx", [["D0", "1", "만족", 10], ["D1", "1", "보통", 1]]))
    again = workbook(tmp_path / "again.xlsx", [["D0", "1", "만족", 9], ["D0", "2", "만족", 9]])
    assert set(wrong(surveyed, again)) == {"D2"}
    with surveyed.database.write() as session:
        doer = Doer.at_work(session, person_of(session, "E0").id or 0, LATER, "test")
        given = [Answered(surveyed.subjects["D0"], "1", {"SAT": "만족", "REC": "9"})]
        with pytest.raises(Refusal, match="앞서 등록한 답과 다릅니다"):
            add_survey(session, doer, surveyed.id, surveyed.groups["CIT"], given, "x", "")


@pytest.mark.parametrize(
    ("heading", "cell"), [(["대상", "응답번호", "SAT"], "A1"), ([*HEADING, "REC"], "A1"), (["가"], "A1")]
)
def test_columns_that_are_missing_or_there_twice(
    surveyed: Round, tmp_path: Path, heading: list[str], cell: str
) -> None:
    found = wrong(surveyed, workbook(tmp_path / "survey.xlsx", [["D0", "1", "만족", 1, 1]], heading))
    assert set(found) == {cell}


def test_a_workbook_without_answers_or_without_the_sheet(surveyed: Round, tmp_path: Path) -> None:
    assert set(wrong(surveyed, workbook(tmp_path / "empty.xlsx", []))) == {"A2"}
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    assert "시트가 없습니다" in wrong(surveyed, tmp_path / "other.xlsx")[""]


def test_the_template_filled_in_can_be_read(surveyed: Round, tmp_path: Path) -> None:
    target = tmp_path / "template.xlsx"
    with surveyed.database.read() as session:
        write_template(target, survey_of(session, surveyed))
    book = load_workbook(target)
    assert [cell.value for cell in book["설문"][1]] == HEADING
    assert [cell.value for cell in book["대상"][2]] == ["D0", "D0과"]
    book["설문"].append(["D3", "0007", "매우만족", "10"])
    book.save(target)
    [one] = reads(surveyed, target)
    assert (one.respondent, one.answers) == ("0007", {"SAT": "매우만족", "REC": "10"})


def test_only_an_administrator_brings_it_in_and_only_while_the_round_is_open(surveyed: Round) -> None:
    given = [Answered(surveyed.subjects["D0"], "1", {"SAT": "만족", "REC": "9"})]
    for rater, now, said in (
        ("E1", LATER, "관리자만"),
        ("E0", CLOSES, "마감된"),
        ("E0", OPENS - timedelta(1), "시작하지"),
    ):
        with surveyed.database.write() as session, pytest.raises(Refusal, match=said):
            doer = Doer.at_work(session, person_of(session, rater).id or 0, now, "test")
            add_survey(session, doer, surveyed.id, surveyed.groups["CIT"], given, "x", "")
    with surveyed.database.read() as session:
        assert session.exec(select(Paper)).all() == []
