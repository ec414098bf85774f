"""The sheet 이의신청 of the score workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.clock import SEOUL
from models.store import Database
from reports.scores import export_scores
from tests.kit.city import JULY, City, small_city
from tests.models.test_appeal import accepting, dismissing, do, filing, set_closed, settled, withdrawing
from tests.reports.scores.test_score_workbook import table

AT = JULY.astimezone(SEOUL).replace(tzinfo=None)


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    made = settled(small_city(tmp_path, database))
    set_closed(made, "H1", True)
    return made


def exported(city: City, target: Path, period: str | None = "H1") -> Workbook:
    with city.database.read() as session:
        export_scores(session, target, city.cycle_id, city.periods[period] if period else None, JULY)
    return load_workbook(target)


def test_without_an_appeal_there_is_no_such_sheet(city: City, tmp_path: Path) -> None:
    assert "이의신청" not in exported(city, tmp_path / "scores.xlsx").sheetnames


def test_it_says_who_appealed_why_what_was_decided_and_the_points_before_and_after(
    city: City, tmp_path: Path
) -> None:
    do(city, "officer", filing(city, "G2"))
    do(city, "officer", withdrawing())
    do(city, "deputy", filing(city, "G1", reason="=처리대장", asked="95", files=2))
    do(city, "carer", filing(city, "W3"))
    do(city, "officer", filing(city, "G3"))
    do(city, "other", accepting("95", appeal=2))
    do(city, "other", dismissing(appeal=3))
    rows = table(exported(city, tmp_path / "scores.xlsx")["이의신청"])
    assert [(row["지표코드"], row["결과"]) for row in rows] == [
        ("G1", "인용"), ("G2", "취하"), ("G3", "심의 중"), ("W3", "기각"),
    ]  # fmt: skip
    assert rows[0] == {
        "연번": 1, "부서": "총무과", "지표코드": "G1", "지표명": "민원처리율", "기간": "상반기",
        "신청자": "송대결 (대결: 김담당)", "신청일시": AT, "신청 사유": "=처리대장",
        "새 증빙": "증빙 a.pdf\n증빙 b.pdf", "새 증빙 SHA-256": f"{'a' * 64}\n{'b' * 64}",
        "당시 목표치": 95, "당시 인정 실적": 90, "당시 달성률": 94.7, "당시 가중치": 40, "요청한 실적": 95,
        "결과": "인용", "결정자": "한평가", "결정일시": AT,
        "결정 사유": "처리대장을 확인했습니다.", "새 인정 실적": 95, "당시 점수": 37.88, "결정 후 점수": 40,
    }  # fmt: skip
    assert [row["결정 후 점수"] for row in rows[1:]] == [None, None, 24]
    assert [row["결정자"] for row in rows[1:]] == ["김담당", None, "한평가"]


def test_the_year_s_workbook_has_it_too_and_another_period_s_not(city: City, tmp_path: Path) -> None:
    do(city, "officer", filing(city))
    assert "이의신청" in exported(city, tmp_path / "year.xlsx", None).sheetnames
    assert "이의신청" not in exported(city, tmp_path / "later.xlsx", "H2").sheetnames


def test_what_was_recognised_on_appeal_is_in_the_history_and_checks_out(city: City, tmp_path: Path) -> None:
    do(city, "officer", filing(city))
    do(city, "other", accepting(None))
    book = exported(city, tmp_path / "scores.xlsx")
    history = [row for row in table(book["이력"]) if row["처리"] == "이의신청 인용"]
    assert [(row["처리자"], row["지표코드"], row["사유"]) for row in history] == [
        ("한평가", "G1", "처리대장을 확인했습니다.")
    ]
    scores = {row["지표코드"]: row for row in table(book["지표별"]) if row["지표코드"] in ("G1", "G2")}
    assert (scores["G1"]["인정 실적"], scores["G2"]["점수"]) == ("해당 없음", 40)
    assert table(book["이의신청"])[0]["새 인정 실적"] == "해당 없음"
