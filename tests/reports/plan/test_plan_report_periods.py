"""The column 보고기간: read, checked with the targets, written, told."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.plan import Indicator
from models.planning.table import IndicatorVersion
from models.store import Database
from reports.plan.problems import letters
from tests.kit.plans import put, small_plan
from tests.reports.plan.checking import bring, problems, told

LATER_ONLY = "이 기간에는 보고하지 않는 지표입니다. ‘지표’ 시트의 보고기간을 확인해 주세요."


def test_it_is_written_one_way_told_and_kept_with_the_version(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    bring(database, sheets, tmp_path)
    put(sheets, "지표", "AD2", " H1 ;H2；H1")
    assert told(bring(database, sheets, tmp_path)) == ["지표 TR-001: 보고기간 없음 → H1; H2"]
    assert told(bring(database, sheets, tmp_path)) == []
    with database.read() as session:
        indicator = session.exec(select(Indicator).where(Indicator.code == "TR-001")).one()
        assert indicator.report_periods == "H1; H2"
        of_it = select(IndicatorVersion).where(IndicatorVersion.indicator_id == indicator.id)
        versions = session.exec(of_it.order_by(IndicatorVersion.number)).all()  # type: ignore[arg-type]
        assert [one.plan["report_periods"] for one in versions] == ["", "H1; H2"]
        audited = session.exec(select(AuditRow).where(AuditRow.action == "plan.change")).all()
        assert [row.detail for row in audited] == [
            {"field": "report_periods", "period": None, "before": "", "after": "H1; H2"}
        ]


def test_a_plan_without_the_column_leaves_all_periods(database: Database, tmp_path: Path) -> None:
    sheets = small_plan()
    sheets["지표"] = [row[:29] for row in sheets["지표"]]
    bring(database, sheets, tmp_path)
    with database.read() as session:
        assert set(session.exec(select(Indicator.report_periods))) == {""}


@pytest.mark.parametrize(
    ("cell", "codes", "at", "words"),
    [
        ("AD2", "H1; Q3", ("지표", "AD2"), "‘기간’ 시트에 코드 Q3이 없습니다. 코드를 확인해 주세요."),
        ("AD3", "H2", ("목표", "C5"), LATER_ONLY),
    ],
)
def test_codes_must_be_there_and_targets_stand_for_what_is_reported(
    tmp_path: Path, cell: str, codes: str, at: tuple[str, str], words: str
) -> None:
    sheets = small_plan()
    put(sheets, "지표", cell, codes)
    assert problems(sheets, tmp_path) == {at: words}


def test_a_target_that_comes_later_is_held_against_what_the_city_has(
    database: Database, tmp_path: Path
) -> None:
    sheets = small_plan()
    put(sheets, "지표", "AD4", "H2")
    bring(database, sheets, tmp_path)
    sheets["지표"] = [row for row in sheets["지표"] if row[1] != "TR-003"]
    sheets["목표"].append(["2019", "TR-003", "H1", 40])
    with database.read() as session:
        found = problems(sheets, tmp_path, session)
    assert found == {("목표", "C8"): LATER_ONLY}


@pytest.mark.parametrize(
    ("kind", "steps", "rollup", "said"),
    [
        ("여부", "", "합계", "‘여부’의 합계나 평균은"),
        ("여부", "", "평균", "‘여부’의 합계나 평균은"),
        ("마일스톤", "2019-12-31:100", "합계", "‘마일스톤’의 누적 비율은"),
    ],
)
def test_what_cannot_be_rolled_up_is_refused_where_there_is_more_than_one_period(
    tmp_path: Path, kind: str, steps: str, rollup: str, said: str
) -> None:
    sheets = small_plan()
    heads = [str(head) for head in sheets["지표"][0]]
    row = next(row for row in sheets["지표"][1:] if row[heads.index("배점방식")] == "여부")
    at = sheets["지표"].index(row) + 1
    for head, value in (("배점방식", kind), ("단계표", steps), ("집계방식", rollup)):
        row[heads.index(head)] = value
    found = problems(sheets, tmp_path)
    assert list(found) == [("지표", f"{letters(heads.index('집계방식'))}{at}")]
    assert all(said in words for words in found.values())
    row[heads.index("보고기간")] = "H2"
    assert problems(sheets, tmp_path) == {}
