"""The sheet 알림: when there are reminders, for whom, and when nobody is written to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from models.reminding.rule import DEFAULTS, Audience, DeadlineKind, Rule
from models.reminding.table import QuietHours, ReminderRule, hours_of, rules_of
from models.store import Database
from models.words import Refusal
from reports.plan import TableChanges, check_plan, read_plan
from reports.plan.cells import read_cell
from reports.plan.columns_of_reminders import REMINDERS
from reports.plan.lines import Cell
from tests.kit.plans import Sheets, full_plan, put, sheet, small_plan, write_xlsx
from tests.reports.plan.checking import Change, bring, problems, told

AT = next(column for column in REMINDERS.columns if column.name == "시각")


def with_reminders(*rows: Mapping[str, object]) -> Sheets:
    return small_plan() | {"알림": sheet("알림", rows)}


@pytest.fixture
def city(database: Database, tmp_path: Path) -> Database:
    bring(database, full_plan(), tmp_path)
    return database


def test_a_kind_that_the_sheet_names_has_what_the_sheet_says_and_nothing_else(city: Database) -> None:
    with city.read() as session:
        rules = rules_of(session)
    assert rules[DeadlineKind.REPORT] == {
        Audience.OFFICER: [Rule(days=-3), Rule(days=1, at=time(10, 30), repeated=True)],
        Audience.HEAD: [Rule(days=3)],
    }
    assert rules[DeadlineKind.CONSULTATION] == {
        Audience.PARTICIPANT: [Rule(days=-1, at=time(14)), Rule(minutes=30, anytime=True)]
    }
    others = DeadlineKind.REVIEW, DeadlineKind.RETURN, DeadlineKind.EVENT
    assert all(rules[kind] == DEFAULTS[kind] for kind in others)


def test_quiet_hours_are_those_of_the_sheet(city: Database, tmp_path: Path) -> None:
    with city.read() as session:
        hours = hours_of(session)
        assert (hours.quiet_from, hours.quiet_until) == (time(21), time(7, 30))
    changes = bring(city, with_reminders({"종류": "야간보류", "시각": "19:30", "까지": "07:30"}), tmp_path)
    assert "알림 야간보류: 시각 21:00 → 19:30" in told(changes)
    with city.read() as session:
        assert session.exec(select(QuietHours)).one().starts == time(19, 30)


def test_rules_become_exactly_those_of_the_sheet(city: Database, tmp_path: Path) -> None:
    sheets = with_reminders(
        {"종류": "보고", "받는사람": "담당자", "근무일": -3, "시각": "08:30"},
        {"종류": "검토", "받는사람": "평가자", "근무일": 0},
    )
    changes = bring(city, sheets, tmp_path)
    assert changes.tables["reminder_rule"] == TableChanges(added=1, changed=1, removed=4)
    assert changes.tables["quiet_hours"] == TableChanges(removed=1)
    assert told(changes) == [
        "알림 보고 담당자 근무일 -3: 시각 09:00 → 08:30",
        "알림 보고 담당자: 근무일 1 → 없음",
        "알림 보고 부서장: 근무일 3 → 없음",
        "알림 컨설팅 참석자: 근무일 △1 → 없음",
        "알림 컨설팅 참석자: 분전 30 → 없음",
        "알림 야간보류: 시각 21:00 → 없음",
        "알림 야간보류: 까지 07:30 → 없음",
    ]
    with city.read() as session:
        assert len(session.exec(select(ReminderRule)).all()) == 2
        assert rules_of(session)[DeadlineKind.CONSULTATION] == DEFAULTS[DeadlineKind.CONSULTATION]
        assert hours_of(session).quiet_from == time(20)
    assert bring(city, sheets, tmp_path).nothing


def test_a_rule_that_is_only_taken_out_is_a_change_too(city: Database, tmp_path: Path) -> None:
    sheets = full_plan()
    del sheets["알림"][1]
    changes = bring(city, sheets, tmp_path)
    assert not changes.nothing
    assert told(changes) == ["알림 보고 담당자: 근무일 △3 → 없음"]


@pytest.mark.parametrize("given", ["absent", "empty"])
def test_a_plan_without_reminders_leaves_them_alone(city: Database, tmp_path: Path, given: str) -> None:
    sheets = full_plan()
    if given == "absent":
        del sheets["알림"]
    else:
        del sheets["알림"][1:]
    assert bring(city, sheets, tmp_path).nothing
    with city.read() as session:
        assert len(session.exec(select(ReminderRule)).all()) == 5
        assert hours_of(session).quiet_from == time(21)


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ([("알림", "A2", "보고서")], "A2", "‘보고서’: 쓸 수 없는 말입니다. 보고, 확인, 검토, 보완, 이의신청"),
        ([("알림", "B2", "국장")], "B2", "담당자, 부담당자, 팀장, 부서장"),
        ([("알림", "B2", "")], "B2", "‘받는사람’을 적어 주세요"),
        ([("알림", "C2", "")], "C2", "‘근무일’을 적어 주세요"),
        ([("알림", "C2", "1.5")], "C2", "소수점 없는 수"),
        ([("알림", "C2", 300)], "C2", "△250에서 250 사이의 수"),
        ([("알림", "C6", -1)], "E6", "함께 적지 않습니다"),
        ([("알림", "E2", 30), ("알림", "C2", "")], "E2", "컨설팅과 행사에만"),
        ([("알림", "E6", 0)], "E6", "1에서 1,440 사이의 수"),
        ([("알림", "D6", "09:00")], "D6", "시각이 필요 없습니다"),
        ([("알림", "F6", "예")], "F6", "반복하지 않습니다"),
        ([("알림", "H2", "18:00")], "H2", "야간보류에만"),
        ([("알림", "C3", -3)], "C3", "2행에 이미 있습니다"),
        ([("알림", "A7", "컨설팅")], "B7", "‘받는사람’을 적어"),
        ([("알림", "D2", "아침")], "D2", "시각으로 읽지 못했습니다. 09:00처럼"),
        ([("알림", "D2", "24:00")], "D2", "00:00에서 23:59 사이"),
        ([("알림", "D7", "")], "D7", "‘시각’과 ‘까지’를 모두"),
        ([("알림", "H7", "")], "H7", "‘시각’과 ‘까지’를 모두"),
        ([("알림", "D7", "07:30")], "H7", "자정을 넘깁니다"),
        ([("알림", "B7", "담당자")], "B7", "‘시각’과 ‘까지’만 적습니다"),
        ([("알림", "C7", 0)], "C7", "‘시각’과 ‘까지’만 적습니다"),
        ([("알림", "E7", 30)], "E7", "‘시각’과 ‘까지’만 적습니다"),
        ([("알림", "F7", "예")], "F7", "‘시각’과 ‘까지’만 적습니다"),
        ([("알림", "G7", "예")], "G7", "‘시각’과 ‘까지’만 적습니다"),
    ],
)
def test_what_is_wrong_is_said_in_its_cell(
    tmp_path: Path, changes: list[Change], cell: str, words: str
) -> None:
    sheets = full_plan()
    for change in changes:
        put(sheets, *change)
    assert words in problems(sheets, tmp_path)["알림", cell]


def test_the_same_minutes_twice_and_two_quiet_hours_are_refused(tmp_path: Path) -> None:
    to_come = {"종류": "행사", "받는사람": "참석자", "분전": 30}
    quiet = {"종류": "야간보류", "시각": "20:00", "까지": "08:00"}
    found = problems(with_reminders(to_come, to_come, quiet, quiet), tmp_path)
    assert found == {
        ("알림", "E3"): "2행에 이미 있습니다. 하나만 남겨 주세요.",
        ("알림", "A5"): "4행에 이미 있습니다. 하나만 남겨 주세요.",
    }


def test_rows_are_not_the_same_for_what_is_missing_or_unread_in_both(tmp_path: Path) -> None:
    unread = {"종류": "행사", "받는사람": "참석자", "분전": "잠시"}
    found = problems(with_reminders(unread, unread, unread | {"분전": ""}, unread | {"분전": ""}), tmp_path)
    assert set(found) == {("알림", "E2"), ("알림", "E3"), ("알림", "C4"), ("알림", "C5")}
    found = problems(with_reminders(unread | {"근무일": 0, "분전": ""}, unread | {"근무일": 0}), tmp_path)
    assert set(found) == {("알림", "E3")}


@pytest.mark.parametrize("cell", ["A2", "B2", "C2", "D2", "E6", "F2", "D7", "H7"])
def test_a_cell_that_cannot_be_read_brings_no_complaints_about_what_rests_on_it(
    tmp_path: Path, cell: str
) -> None:
    sheets = full_plan()
    put(sheets, "알림", cell, "글쎄")
    assert set(problems(sheets, tmp_path)) == {("알림", cell)}


@pytest.mark.parametrize(
    "cell",
    [
        "9:00",
        "09:00",
        "09:00:00",
        0.375,
        time(9),
        time(8, 59, 59, 999_500),
        datetime(1899, 12, 31, 9),  # noqa: DTZ001
        datetime(1900, 1, 1, 9),  # noqa: DTZ001
        timedelta(hours=9),
    ],
)
def test_a_time_may_stand_in_every_form_that_excel_keeps_one_in(cell: Cell) -> None:
    assert read_cell(AT, cell) == time(9)


@pytest.mark.parametrize(
    "cell", [9.0, -0.5, math.inf, math.nan, True, "9시", "9", "25:00", timedelta(hours=33), datetime(2019, 7, 8, 9)]  # noqa: DTZ001
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: Cell) -> None:
    with pytest.raises(Refusal):
        read_cell(AT, cell)


def test_midnight_is_a_time_and_an_empty_cell_is_nine(tmp_path: Path) -> None:
    assert read_cell(AT, time(0)) == time(0) == read_cell(AT, 0.0)
    sheets = with_reminders(
        {"종류": "보고", "받는사람": "담당자", "근무일": 0, "시각": time(0)},
        {"종류": "보고", "받는사람": "담당자", "근무일": 1},
    )
    plan = check_plan(read_plan(write_xlsx(sheets, tmp_path / "plan.xlsx")))
    assert [line.rule().at for line in plan.reminders] == [time(0), time(9)]


def test_times_typed_into_the_cells_of_excel_are_read(tmp_path: Path) -> None:
    write_xlsx(full_plan(), tmp_path / "plan.xlsx")
    opened: Workbook = load_workbook(tmp_path / "plan.xlsx")
    page = opened["알림"]
    for cell, value, shown in (("D2", 0.4375, "hh:mm"), ("D3", 20 / 24, "General"), ("D7", 0.875, "[h]:mm")):
        page[cell] = value
        page[cell].number_format = shown
    opened.save(tmp_path / "plan.xlsx")
    lines = check_plan(read_plan(tmp_path / "plan.xlsx")).reminders
    assert [lines[index].at for index in (0, 1, 5)] == [time(10, 30), time(20), time(21)]
