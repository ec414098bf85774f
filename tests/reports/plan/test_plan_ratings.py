"""The sheets 평가, 평가항목 and 평가단: what they make, and what is said of what is wrong in them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from models.organization import Person
from models.plan import Period
from models.rating.scale import read_scale
from models.rating.table import Criterion, Group, GroupKind, Rater, Rating
from models.store import Database
from models.words import Refusal
from tests.kit.plans import full_plan
from tests.reports.plan.checking import bring, problems
from tests.reports.plan.test_plan_schemes import Written, cell, write


def test_rounds_criteria_and_groups_are_as_the_sheets_say(database: Database, tmp_path: Path) -> None:
    bring(database, full_plan(), tmp_path)
    with database.read() as session:
        periods = {row.id: row.code for row in session.exec(select(Period))}
        rounds = {
            (row.code, periods.get(row.period_id or 0, "")): row for row in session.exec(select(Rating))
        }
        assert set(rounds) == {("PRE", ""), ("QUAL", "H1"), ("QUAL", "H2")}
        prior, first = rounds["PRE", ""], rounds["QUAL", "H1"]
        assert prior.opens_at == datetime(2019, 6, 3, 0, tzinfo=UTC), "the beginning of office hours"
        assert prior.closes_at == datetime(2019, 7, 19, 9, tzinfo=UTC), "their end"
        assert first.closes_at == datetime(2019, 8, 9, 3, tzinfo=UTC)
        assert (prior.scheme, prior.rates_changes, first.rates_changes) == ("INST", True, False)
        criteria = session.exec(select(Criterion).order_by(Criterion.position)).all()  # type: ignore[arg-type]
        assert [f"{one.rating} {one.code} {one.weight}" for one in criteria] == [
            "PRE IMP 60",
            "PRE DIF 40",
            "QUAL RES 1",
        ]
        experts, leads, poll = session.exec(select(Group).order_by(Group.position)).all()  # type: ignore[arg-type]
        assert (experts.kind, experts.trim, experts.fewest, experts.each) == (GroupKind.NAMED, 1, 2, 2)
        assert (leads.kind, leads.trim, leads.fewest, leads.each) == (GroupKind.LEADS, 0, 1, None)
        assert (poll.kind, poll.share, poll.fewest) == (GroupKind.SURVEY, Decimal(50), 30)
        raters = session.exec(select(Person.code).join(Rater).where(Rater.group_id == experts.id))
        assert sorted(raters) == ["3001", "7001", "7002"]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ([("평가", 2, "성과주기", "2018")], ("평가", 2, "성과주기"), "코드 2018이 없습니다"),
        ([("평가", 4, "기간", "H3")], ("평가", 4, "기간"), "코드 H3이 없습니다"),
        ([("평가", 4, "기간", "H1")], ("평가", 4, "기간"), "3행에 이미"),
        ([("평가", 2, "체계", "INSTT")], ("평가", 2, "체계"), "코드 INSTT가 없습니다"),
        ([("평가", 4, "체계", "PERS")], ("평가", 4, "체계"), "3행과 다릅니다"),
        ([("평가", 3, "마감", "2019-07-22 09:00")], ("평가", 3, "마감"), "마감이 시작보다"),
        ([("평가", 2, "코드", "POST")], ("평가", 2, "코드"), "‘평가항목’, ‘평가단’ 시트에"),
        ([("평가", 2, "시작", "")], ("평가", 2, "시작"), "비어 있습니다"),
        ([("평가항목", 2, "성과주기", "2018")], ("평가항목", 2, "성과주기"), "코드 2018이 없습니다"),
        ([("평가항목", 4, "평가", "QUAN")], ("평가항목", 4, "평가"), "코드 QUAN이 없습니다"),
        ([("평가항목", 3, "코드", "IMP")], ("평가항목", 3, "코드"), "2행에 이미"),
        ([("평가항목", 2, "배점", 0)], ("평가항목", 2, "배점"), "0보다 크게"),
        ([("평가항목", 2, "척도", "탁월:100; 우수")], ("평가항목", 2, "척도"), "우수"),
        ([("평가단", 2, "성과주기", "2018")], ("평가단", 2, "성과주기"), "코드 2018이 없습니다"),
        ([("평가단", 5, "평가", "QUAN")], ("평가단", 5, "평가"), "코드 QUAN이 없습니다"),
        ([("평가단", 3, "위원", "7001")], ("평가단", 3, "위원"), "2행에 이미"),
        ([("평가단", 3, "위원", "7009")], ("평가단", 3, "위원"), "코드 7009가 없습니다"),
        ([("평가단", 3, "위원", "")], ("평가단", 3, "위원"), "위원의 번호를 적어"),
        ([("평가단", 5, "위원", "7001")], ("평가단", 5, "위원"), "방식이 지정일 때만"),
        ([("평가단", 6, "평가수", 3)], ("평가단", 6, "평가수"), "방식이 지정일 때만"),
        ([("평가단", 6, "몫", 0)], ("평가단", 6, "몫"), "0보다 크게"),
        ([("평가단", 3, "이름", "위원회")], ("평가단", 3, "이름"), "2행과 다릅니다"),
        ([("평가단", 3, "몫", 50)], ("평가단", 3, "몫"), "2행과 다릅니다"),
        ([("평가단", 3, "절사", "")], ("평가단", 3, "절사"), "2행과 다릅니다"),
        ([("평가단", 3, "최소평가수", "")], ("평가단", 3, "최소평가수"), "2행과 다릅니다"),
        ([("평가단", 3, "평가수", 3)], ("평가단", 3, "평가수"), "2행과 다릅니다"),
        ([("평가단", row, "최소평가수", 4) for row in (2, 3, 4)], ("평가단", 2, "최소평가수"), "3명뿐이라"),
        ([("평가단", row, "절사", 2) for row in (2, 3, 4)], ("평가단", 2, "절사"), "5명 이상"),
    ],
)
def test_what_is_wrong_is_said_in_its_cell(
    tmp_path: Path, changes: list[Written], place: tuple[str, int, str], words: str
) -> None:
    found = problems(write(full_plan(), *changes), tmp_path)
    name, row, heading = place
    assert words in found.get((name, cell(name, row, heading)), ""), found


def test_a_round_may_not_leave_the_scheme_of_the_others_behind(database: Database, tmp_path: Path) -> None:
    bring(database, full_plan(), tmp_path)
    sheets = {name: rows[:1] for name, rows in full_plan().items()}
    sheets["평가"] = write(full_plan(), ("평가", 4, "체계", "PERS"))["평가"]
    del sheets["평가"][1:3]
    with database.read() as session:
        found = problems(sheets, tmp_path, session)
    assert "다른 회차는 INST의 대상을" in found["평가", cell("평가", 2, "체계")]


@pytest.mark.parametrize(
    "written",
    [
        ("평가", 2, "마감", "여름"),
        ("평가", 4, "체계", "INST\u200b"),
        ("평가항목", 2, "배점", "예순"),
        ("평가단", 2, "방식", "추천"),
        ("평가단", 2, "절사", "하나"),
        ("평가단", 3, "위원", "7002\u200b"),
    ],
)
def test_a_cell_that_cannot_be_read_brings_no_complaints_about_what_rests_on_it(
    tmp_path: Path, written: Written
) -> None:
    name, row, heading, _ = written
    assert set(problems(write(full_plan(), written), tmp_path)) == {(name, cell(name, row, heading))}


def test_a_scale_of_labels_gives_each_its_per_cent() -> None:
    scale = read_scale("탁월:100; 아주 우수: 92.5；미흡：0")
    assert (scale.is_number, scale.labels()) == (False, ["탁월", "아주 우수", "미흡"])
    assert [scale.percent_of(label) for label in ("탁월", " 아주  우수 ", "미흡")] == [
        100,
        Decimal("92.5"),
        0,
    ]
    for answer in ("우수", "", "100"):
        with pytest.raises(Refusal):
            scale.percent_of(answer)


def test_a_scale_of_numbers_runs_from_0_to_100_per_cent() -> None:
    whole, ten = read_scale("0~100"), read_scale("1 ～ 10")
    assert (whole.is_number, whole.labels(), whole.least, whole.most) == (True, [], 0, 100)
    assert [whole.percent_of(answer) for answer in ("0", "87", "100")] == [0, 87, 100]
    assert [ten.percent_of(answer) for answer in ("1", "10")] == [0, 100]
    assert ten.percent_of("4") == Decimal("33." + 58 * "3"), "rounded no sooner than after sixty digits"
    for answer in ("0", "11", "4.5", "높음", ""):
        with pytest.raises(Refusal):
            ten.percent_of(answer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "탁월",
        "탁월:100",
        "우수:90; 탁월:100",
        "탁월:100; 우수:100",
        "탁월:100; 탁월:90",
        "탁월:101; 우수:90",
        "탁월:100; 미흡:-1",
        "탁월:100; :90",
        "10~1",
        "5~5",
        "1-10",
        "0~100점",
    ],
)
def test_what_is_no_scale_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_scale(text)
