"""`bogobot explain`, as an administrator types it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.explain_command import explain_lines
from models.audit import Actor
from models.store import Database
from models.words import Refusal, translator
from reports.plan import import_plan

GWANGJU = Path(__file__).parents[2] / "examples" / "gwangju-2019"
NOTHING = {"cycle": "", "period": "", "scheme": "", "as_of": ""}
IMPORTED = datetime(2019, 1, 7, tzinfo=UTC)


@pytest.fixture
def gwangju(database: Database) -> Database:
    with database.write() as session:
        import_plan(session, IMPORTED, Actor(None, "test"), GWANGJU)
    return database


def explained(database: Database, code: str, **asked: str) -> list[str]:
    with database.read() as session:
        return list(
            explain_lines(session, translator("ko").at(IMPORTED), IMPORTED.date(), code, NOTHING | asked)
        )


def test_a_subject_is_walked_from_its_total_to_every_indicator(gwangju: Database) -> None:
    lines = explained(gwangju, "G01")
    assert lines[0] == "도시철도공사 · 공공기관 성과평가 · 2019년 공공기관 성과관리"
    assert sum(line.startswith("    ") and "도시철도공사" in line for line in lines) == 4
    assert any("60 × 0 ÷ 100 = 0점" in line for line in lines)


def test_an_indicator_is_explained_by_its_code(gwangju: Database) -> None:
    lines = explained(gwangju, "G01-1", period="Y")
    assert lines[0].startswith("열차 운행 사고 발생 건수")
    assert "  승인된 실적이 없어 0점입니다. 가중치 25" in lines


def test_as_of_a_day_before_the_plan_there_is_nothing_to_explain(gwangju: Database) -> None:
    with pytest.raises(Refusal, match="그때의 계획에 없습니다"):
        explained(gwangju, "G01-1", as_of="2019-01-06")


@pytest.mark.parametrize(
    ("code", "asked", "said"),
    [
        ("G99", {}, "G99"),
        ("G01", {"scheme": "PERS"}, "PERS"),
        ("G01", {"as_of": "어제"}, "2019-07-31"),
        ("G01", {"as_of": "2019-01-08"}, "아직 오지 않았습니다"),
        ("G01", {"cycle": "2031"}, "2031"),
        ("G01", {"period": "H7"}, "H7"),
    ],
)
def test_what_cannot_be_found_is_named(
    gwangju: Database, code: str, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        explained(gwangju, code, **asked)
