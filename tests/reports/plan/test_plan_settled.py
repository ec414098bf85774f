"""Schemes and ratings imported again: what goes, what stays, and what a result or an answer rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from models.audit import AuditRow
from models.organization import Person
from models.plan import Period, PeriodState
from models.rating.table import Entry, Group, Paper, PaperState, Rater, Rating
from models.scheme.table import Adjustment, Grade, OwnerValue, Part, Subject
from models.store import Database
from reports.plan import TableChanges
from tests.kit.databases import sqlite_copy
from tests.kit.plans import Sheets, full_plan
from tests.reports.plan.checking import NOW, bring, problems, told
from tests.reports.plan.test_plan_schemes import Written, cell, write


def close(session: Session, *codes: str) -> None:
    for period in session.exec(select(Period).where(Period.code.in_(codes))):  # type: ignore[attr-defined]
        period.state = PeriodState.CLOSED


def deal(session: Session, rating: str, group: str, answered: bool = False, turn: int = 1) -> None:
    """One paper of the rating's first round about TR-1, for the first rater of the group, if it names any."""
    panel = session.exec(select(Group).where(Group.code == group)).one()
    rater = session.exec(select(Rater).where(Rater.group_id == panel.id).order_by(Rater.id)).first()  # type: ignore[arg-type]
    subject = session.exec(select(Subject).where(Subject.code == "TR-1")).one()
    round_ = session.exec(select(Rating).where(Rating.code == rating)).first()
    assert round_ and round_.id and panel.id and subject.id
    session.add(
        Paper(
            rating_id=round_.id,
            group_id=panel.id,
            subject_id=subject.id,
            rater_id=rater.person_id if rater else None,
            turn=turn,
            state=PaperState.SUBMITTED if answered else PaperState.OPEN,
            dealt_at=NOW,
        )
    )


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> Database:
    bring(any_database, full_plan(), tmp_path)
    return any_database


@pytest.fixture(scope="module")
def town_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same city, imported once; to copy, not to use."""
    folder = tmp_path_factory.mktemp("town")
    with sqlite_copy(migrated_file, folder) as database:
        bring(database, full_plan(), folder)
    return folder / "bogobot.sqlite"


@pytest.fixture
def town(town_file: Path, tmp_path: Path) -> Iterator[Database]:
    with sqlite_copy(town_file, tmp_path) as copy:
        yield copy


def without(sheets: Sheets, *rows: tuple[str, int]) -> Sheets:
    """Without these rows, of which the lower ones are given first."""
    for name, row in rows:
        del sheets[name][row - 1]
    return sheets


def test_what_a_version_or_a_rating_no_longer_names_goes_and_is_told(city: Database, tmp_path: Path) -> None:
    gone = [
        ("배점", 10),
        ("등급", 4),
        ("포상", 3),
        ("평가대상", 4),
        ("평가항목", 3),
        ("평가단", 6),
        ("평가단", 4),
    ]
    sheets = write(without(full_plan(), *gone), ("평가단", 2, "절사", ""), ("평가단", 3, "절사", ""))
    changes = bring(city, sheets, tmp_path)
    assert told(changes) == [
        "배점 2019 INST 2019-01-01 MILE: 삭제",
        "등급 2019 INST 2019-01-01 B: 삭제",
        "포상 2019 INST 2019-01-01 우수 사업부서: 삭제",
        "평가대상 2019 INST FC: 삭제",
        "평가항목 2019 PRE DIF: 삭제",
        "평가단 2019 PRE EXP 3001: 삭제",
        "평가단 2019 PRE EXP: 절사 1 → 0",
        "평가단 2019 QUAL POLL: 삭제",
    ]
    assert changes.tables["scheme_part"] == TableChanges(unchanged=11, removed=1)
    assert changes.tables["rater"] == TableChanges(unchanged=2, removed=1)
    with city.read() as session:
        audited = [row for row in session.exec(select(AuditRow)) if row.action == "plan.change"]
        assert len(audited) == len(told(changes)) - 1, (
            "each but the rater, who is counted in the import's row"
        )
        assert len(session.exec(select(Part)).all()) == 11
    assert bring(city, sheets, tmp_path).nothing


def test_changes_are_told_by_the_headings_of_the_sheets(town: Database, tmp_path: Path) -> None:
    sheets = write(
        full_plan(),
        ("평가체계", 4, "동점처리", ""),
        ("배점", 2, "결합", "평균"),
        ("배점", 2, "기간비중", ""),
        ("배점", 5, "소관부서", "TR"),
        ("등급", 2, "비율", 25),
        ("평가대상", 6, "부서", "TR-2"),
        ("평가", 2, "마감", "2019-07-20"),
        ("평가항목", 2, "배점", 50),
        ("평가단", 6, "최소평가수", 20),
    )
    assert told(bring(town, sheets, tmp_path)) == [
        "평가체계 2019 PERS 2019-01-01: 동점처리 아랫등급 → 윗등급",
        "배점 2019 INST 2019-01-01 KPI: 결합 비중 → 평균",
        "배점 2019 INST 2019-01-01 KPI: 기간비중 H1:40; H2:60 → 없음",
        "배점 2019 INST 2019-01-01 OPEN: 소관부서 PL → TR",
        "등급 2019 INST 2019-01-01 S: 비율 20 → 25",
        "평가대상 2019 PERS 3001: 부서 TR-1 → TR-2",
        "평가 2019 PRE: 마감 2019-07-19 18:00 → 2019-07-20 18:00",
        "평가항목 2019 PRE IMP: 배점 60 → 50",
        "평가단 2019 QUAL POLL: 최소평가수 30 → 20",
    ]


def test_a_file_that_does_not_speak_of_schemes_or_ratings_leaves_them_alone(
    town: Database, tmp_path: Path
) -> None:
    sheets = full_plan()
    for name in ("평가체계", "배점", "등급", "포상", "평가대상"):
        del sheets[name][1:]
    for name in ("평가", "평가항목", "평가단"):
        del sheets[name]
    assert bring(town, sheets, tmp_path).nothing


def test_sheets_without_rows_say_nothing_of_the_versions_that_are_named(
    town: Database, tmp_path: Path
) -> None:
    sheets = full_plan()
    for name in ("배점", "등급", "포상", "평가대상", "평가항목", "평가단"):
        del sheets[name][1:]
    assert bring(town, sheets, tmp_path).nothing


def test_a_version_that_is_named_without_grades_has_none_where_the_sheet_speaks_of_others(
    town: Database, tmp_path: Path
) -> None:
    sheets = full_plan()
    for row in sheets["등급"][1:]:
        row[1:3] = ["PERS", ""]
    bring(town, sheets, tmp_path)
    with town.read() as session:
        assert {grade.scheme_id for grade in session.exec(select(Grade))} == {3}


def test_who_is_taken_out_of_a_group_keeps_what_was_handed_in_and_steps_back_from_the_rest(
    city: Database, tmp_path: Path
) -> None:
    with city.write() as session:
        for turn, answered in ((1, True), (2, False), (3, False)):
            deal(session, "PRE", "EXP", answered, turn)
        corrected = session.exec(select(Paper).where(Paper.turn == 3)).one()
        session.add(Entry(paper_id=corrected.id or 0, answers={}, submitted_at=NOW))
    sheets = without(full_plan(), ("평가단", 4))
    sheets = write(sheets, *(("평가단", row, "절사", "") for row in (2, 3)))
    changes = bring(city, sheets, tmp_path)
    assert "평가단 2019 PRE EXP 3001: 삭제" in told(changes)
    with city.read() as session:
        papers = session.exec(select(Paper).order_by(col(Paper.id))).all()
        assert [paper.state for paper in papers] == [
            PaperState.SUBMITTED,
            PaperState.RECUSED,
            PaperState.SUBMITTED,
        ], "what was open to be corrected counts as it was handed in"
        assert [paper.revision for paper in papers] == [0, 1, 1]
        assert (papers[1].reason, papers[1].recused_at) == ("평가단에서 빠짐", NOW)
        assert len(session.exec(select(Rater)).all()) == 2


def test_who_was_taken_out_by_mistake_goes_on_where_they_stopped_while_the_round_is_open(
    city: Database, tmp_path: Path
) -> None:
    """Both rounds are rated by the same people; one of them is over by now."""
    with city.write() as session:
        deal(session, "PRE", "EXP")
        paper = session.exec(select(Paper)).one()
        paper.answers = {"IMP": "탁월"}
        over = Paper(**paper.model_dump(exclude={"id", "rating_id"}), rating_id=_over(session))
        session.add(over)
    sheets = without(full_plan(), ("평가단", 4))
    sheets = write(sheets, *(("평가단", row, "절사", "") for row in (2, 3)))
    bring(city, sheets, tmp_path)
    bring(city, write(full_plan(), *(("평가단", row, "절사", "") for row in (2, 3, 4))), tmp_path)
    with city.read() as session:
        papers = session.exec(select(Paper).order_by(col(Paper.id))).all()
        assert [(one.state, one.reason) for one in papers] == [
            (PaperState.OPEN, ""), (PaperState.RECUSED, "평가단에서 빠짐"),
        ]  # fmt: skip
        assert (papers[0].answers, papers[0].recused_at, papers[0].revision) == ({"IMP": "탁월"}, None, 2)


def _over(session: Session) -> int:
    """A round of the same rating that has ended."""
    round_ = session.exec(select(Rating).where(Rating.code == "PRE")).first()
    assert round_ is not None
    half = session.exec(select(Period.id).where(Period.cycle_id == round_.cycle_id)).first()
    about = {"period_id": half, "closes_at": NOW - timedelta(days=1)}
    ended = Rating(**round_.model_dump(exclude={"id"}) | about)
    session.add(ended)
    session.flush()
    return ended.id or 0


def found_after(
    database: Database, folder: Path, changes: list[Written], gone: list[tuple[str, int]]
) -> dict[tuple[str, str], str]:
    with database.read() as session:
        return problems(without(write(full_plan(), *changes), *gone), folder, session)


@pytest.mark.parametrize(
    ("changes", "gone", "place", "words"),
    [
        ([("평가체계", 2, "소수자리", 3)], [], ("평가체계", 2, "소수자리"), "적용일이 다른 판을"),
        ([("평가체계", 2, "동점처리", "아랫등급")], [], ("평가체계", 2, "동점처리"), "적용일이 다른 판을"),
        ([("평가체계", 3, "적용일", "2019-06-30")], [], ("평가체계", 3, "적용일"), "결과가 바뀝니다"),
        ([("배점", 2, "동점순위", 3)], [], ("배점", 2, "동점순위"), "적용일이 다른 판을"),
        ([("배점", 2, "범위", "")], [], ("배점", 2, "범위"), "적용일이 다른 판을"),
        ([("배점", 5, "소관부서", "TR")], [], ("배점", 5, "소관부서"), "적용일이 다른 판을"),
        ([("배점", 10, "코드", "MILE2")], [], ("배점", 10, "코드"), "적용일이 다른 판을"),
        ([], [("배점", 10)], ("배점", 2, "코드"), "MILE 줄이 빠졌습니다"),
        ([("등급", 3, "비율", 40)], [], ("등급", 3, "비율"), "적용일이 다른 판을"),
        ([], [("등급", 4)], ("등급", 2, "이름"), "B 줄이 빠졌습니다"),
        ([("등급", row, "체계", "PERS") for row in (2, 3, 4)], [], ("평가체계", 2, "코드"), "‘등급’ 시트에"),
        ([("포상", 2, "인원", 2)], [], ("포상", 2, "인원"), "적용일이 다른 판을"),
        ([], [("포상", 3)], ("포상", 2, "이름"), "우수 사업부서 줄이"),
        ([("평가대상", 4, "구분", "기관")], [], ("평가대상", 4, "구분"), "먼저 마감을 해제"),
        ([("평가대상", 6, "부서", "TR-2")], [], ("평가대상", 6, "부서"), "먼저 마감을 해제"),
        ([], [("평가대상", 4)], ("평가대상", 2, "코드"), "대상 FC가 빠졌습니다"),
        ([("평가", 3, "마감", "2019-08-10")], [], ("평가", 3, "마감"), "일정은 바꿀 수 없습니다"),
        ([("평가", 2, "기간", "H1")], [], ("평가", 2, "기간"), "더할 수 없습니다"),
        ([("평가항목", 4, "배점", 2)], [], ("평가항목", 4, "배점"), "먼저 마감을 해제"),
        ([("평가항목", 4, "척도", "1~5")], [], ("평가항목", 4, "척도"), "코드가 다른 평가를"),
        ([("평가항목", 3, "평가", "QUAL")], [], ("평가항목", 3, "코드"), "코드가 다른 평가를"),
        ([("평가항목", 4, "코드", "RES2")], [], ("평가항목", 4, "코드"), "코드가 다른 평가를"),
        ([("평가단", 5, "몫", 60)], [], ("평가단", 5, "몫"), "먼저 마감을 해제"),
        ([("평가단", 6, "절사", 2)], [], ("평가단", 6, "절사"), "먼저 마감을 해제"),
        ([("평가단", 6, "최소평가수", 2)], [], ("평가단", 6, "최소평가수"), "먼저 마감을 해제"),
        ([("평가단", 5, "코드", "OWN2")], [], ("평가단", 5, "코드"), "먼저 마감을 해제"),
        ([], [("평가단", 6)], ("평가단", 5, "코드"), "먼저 마감을 해제"),
    ],
)
def test_what_the_result_of_a_closed_period_went_by_is_not_changed_silently(
    town: Database,
    tmp_path: Path,
    changes: list[Written],
    gone: list[tuple[str, int]],
    place: tuple[str, int, str],
    words: str,
) -> None:
    with town.write() as session:
        close(session, "H1")
    found = found_after(town, tmp_path, changes, gone)
    name, row, heading = place
    assert words in found.get((name, cell(name, row, heading)), ""), found
    with town.write() as session:
        session.exec(select(Period).where(Period.code == "H1")).one().state = PeriodState.OPEN
    found = found_after(town, tmp_path, changes, gone)
    assert words not in found.get((name, cell(name, row, heading)), ""), "once it is open again it may"


@pytest.mark.parametrize(
    "changes",
    [
        [("평가체계", 2, "이름", "기관 평가"), ("평가체계", 2, "비고", "")],
        [("배점", 2, "이름", "달성도"), ("배점", 2, "비고", "고침")],
        [("배점", 11, "범위", "하위")],  # the version of the half that is still open
        [("평가체계", 4, "코드", "PERS")],
        [("평가항목", 2, "배점", 61)],  # of the rating of the whole cycle
        [("사람", 4, "소속", "TR-2"), ("사람", 5, "소속", "TR-2")],  # a subject keeps the department of then
    ],
)
def test_what_no_closed_figure_rests_on_may_change(
    town: Database, tmp_path: Path, changes: list[Written]
) -> None:
    with town.write() as session:
        close(session, "H1")
    assert found_after(town, tmp_path, changes, []) == {}


def test_the_rating_of_the_whole_cycle_is_over_once_all_its_periods_are_closed(
    town: Database, tmp_path: Path
) -> None:
    changes: list[Written] = [("평가항목", 2, "배점", 61), ("평가", 2, "마감", "2019-07-20")]
    with town.write() as session:
        close(session, "H1", "H2")
    assert set(found_after(town, tmp_path, changes, [])) == {
        ("평가항목", cell("평가항목", 2, "배점")),
        ("평가", cell("평가", 2, "마감")),
    }


def test_grades_that_a_closed_period_went_by_keep_their_order(town: Database, tmp_path: Path) -> None:
    prizes = full_plan()["포상"]
    with town.write() as session:
        close(session, "H1")
    with town.read() as session:
        sheets = full_plan() | {"포상": [prizes[0], prizes[2], prizes[1]]}
        found = problems(sheets, tmp_path, session)
    assert "차례를 되돌려" in found["포상", cell("포상", 2, "이름")]


@pytest.mark.parametrize(
    ("group", "answered", "changes", "gone", "place", "words"),
    [
        ("EXP", False, [("평가", 2, "체계", "PERS")], [], ("평가", 2, "체계"), "이미 시작한 평가"),
        ("EXP", True, [("평가항목", 3, "척도", "0~10")], [], ("평가항목", 3, "척도"), "이미 답한 사람이"),
        ("EXP", True, [("평가항목", 3, "코드", "DIFF")], [], ("평가항목", 3, "코드"), "이미 답한 사람이"),
        ("EXP", True, [], [("평가항목", 3)], ("평가항목", 2, "코드"), "이미 답한 사람이"),
        ("OWN", False, [], [("평가단", 5)], ("평가단", 5, "코드"), "이미 평가를 맡긴"),
        ("OWN", False, [("평가단", 5, "방식", "설문")], [], ("평가단", 5, "방식"), "이미 평가를 맡긴"),
        ("EXP", False, [], [("평가대상", 2)], ("평가대상", 2, "코드"), "TR-1은 이미 평가받고"),
    ],
)
def test_what_papers_rest_on_stays(
    town: Database,
    tmp_path: Path,
    group: str,
    answered: bool,
    changes: list[Written],
    gone: list[tuple[str, int]],
    place: tuple[str, int, str],
    words: str,
) -> None:
    name, row, heading = place
    assert words not in found_after(town, tmp_path, changes, gone).get((name, cell(name, row, heading)), "")
    with town.write() as session:
        deal(session, "PRE" if group == "EXP" else "QUAL", group, answered)
    found = found_after(town, tmp_path, changes, gone)
    assert words in found.get((name, cell(name, row, heading)), ""), found


def test_a_form_may_change_until_somebody_has_answered_and_weights_until_the_end(
    town: Database, tmp_path: Path
) -> None:
    with town.write() as session:
        deal(session, "PRE", "EXP")
    assert found_after(town, tmp_path, [("평가항목", 3, "척도", "0~10")], [("평가항목", 2)]) == {}
    with town.write() as session:
        session.exec(select(Paper)).one().saved_at = NOW
    assert found_after(town, tmp_path, [], [("평가항목", 2)]) != {}, "a draft is an answer too"
    assert found_after(town, tmp_path, [("평가항목", 3, "배점", 50)], []) == {}


@pytest.mark.parametrize("given", ["value", "adjustment"])
def test_a_subject_that_was_given_anything_stays(town: Database, tmp_path: Path, given: str) -> None:
    with town.write() as session:
        subject = session.exec(select(Subject).where(Subject.code == "TR-2")).one().id or 0
        session.add(
            OwnerValue(subject_id=subject, part="OPEN", given_by_id=1, given_at=NOW)
            if given == "value"
            else Adjustment(
                subject_id=subject,
                part="BONUS",
                points=Decimal(1),
                reason="수상",
                proposed_by_id=1,
                proposed_at=NOW,
            )
        )
    found = found_after(town, tmp_path, [], [("평가대상", 3)])
    assert "TR-2는 이미 평가받고" in found["평가대상", cell("평가대상", 2, "코드")]


def test_whom_a_scheme_ranks_is_settled_when_it_is_registered(town: Database, tmp_path: Path) -> None:
    changes: list[Written] = [("평가체계", 4, "대상", "부서")]
    changes += [("평가대상", 5, "코드", "TR-1"), ("평가대상", 6, "코드", "TR-2"), ("평가대상", 6, "부서", "")]
    found = found_after(town, tmp_path, changes, [])
    assert set(found) == {("평가체계", cell("평가체계", 4, "대상"))}


def test_a_person_who_belongs_nowhere_needs_a_department_to_answer_for(
    town: Database, tmp_path: Path
) -> None:
    sheets = {name: rows[:1] for name, rows in full_plan().items()}
    sheets["평가대상"] = full_plan()["평가대상"]
    with town.write() as session:
        session.exec(select(Person).where(Person.code == "2001")).one().department_id = None
    with town.read() as session:
        found = problems(sheets, tmp_path, session)
    assert set(found) == {("평가대상", cell("평가대상", 5, "부서"))}
