"""What differs from one city's demo to the next is in its example."""

from __future__ import annotations

import csv
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from bot import demo
from bot.demo import SCENE, find_city, prepare_demo, scene_of
from bot.settings import Settings, SettingsError
from models.audit import AuditRow, verify
from models.clock import local_day
from models.organization import Role
from models.store import Database
from models.submission import State, Submission
from tests.kit.plans import small_plan, write_csv

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CITIES = sorted(path.parent.name for path in EXAMPLES.glob(f"*/{SCENE}"))
ROLES = {
    Role.OFFICER: "담당자",
    Role.TEAM_LEAD: "팀장",
    Role.EVALUATOR: "평가자",
    Role.ADMINISTRATOR: "관리자",
    Role.CONSULTANT: "컨설턴트",
    Role.RATER: "평가위원",
}
SMALL = """
begins = 2019-07-15T09:00:00+09:00
imported = 2019-01-02T09:00:00+09:00
reported = ["H1"]
words = "민원처리율 97.3"
[[cast]]
person = "1001"
role = "officer"
"""
ACTUALS = """\
성과주기,지표코드,기간,실적,인정실적,사유,반려
2019,TR-001,H1,97.3,97.1,반올림이 잘못되었습니다.,
2019,TR-001,H2,98.0,,,
2019,TR-002,H1,해당없음,,,
"""


def rows(city: str, sheet: str) -> list[dict[str, str]]:
    with (EXAMPLES / city / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def holds(row: dict[str, str], role: Role, day: date) -> bool:
    begins, ends = (date.fromisoformat(row[name]) if row[name] else None for name in ("시작일", "종료일"))
    in_force = (begins is None or begins <= day) and (ends is None or day <= ends)
    return in_force and ROLES[role] in row["역할"].split(";")


@pytest.mark.parametrize("city", CITIES)
def test_everybody_of_the_cast_is_in_the_plan_with_that_role(city: str) -> None:
    scene = scene_of(city)
    people, day = rows(city, "사람"), local_day(scene.begins)
    assert list(scene.cast.values())[:4] == [
        Role.OFFICER, Role.TEAM_LEAD, Role.EVALUATOR, Role.ADMINISTRATOR,
    ]  # fmt: skip
    for code, role in scene.cast.items():
        assert any(row["번호"] == code and holds(row, role, day) for row in people), (code, role)


@pytest.mark.parametrize("city", CITIES)
def test_what_the_first_may_type_is_an_indicator_of_the_city_or_a_command(city: str) -> None:
    name, _, value = scene_of(city).words.rpartition(" ")
    if name:
        assert name in {row["지표명"] for row in rows(city, "지표")}
        Decimal(value)


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of examples with one small city, whose first half was reported before its demo begins."""
    folder = tmp_path / "examples"
    folder.mkdir()
    write_csv(small_plan(), folder / "hanbit-2019")
    (folder / "hanbit-2019" / SCENE).write_text(SMALL)
    (folder / "hanbit-2019" / "actuals").mkdir()
    (folder / "hanbit-2019" / "actuals" / "실적.csv").write_text(ACTUALS)
    monkeypatch.setattr(demo, "_EXAMPLES", folder)
    return folder


def test_the_beginning_of_a_name_is_enough_where_there_is_no_other(examples: Path) -> None:
    assert find_city("hanbit") == find_city("hanbit-2019") == "hanbit-2019"
    for name in ("atlantis", "han", "hanbit-", ""):
        with pytest.raises(SettingsError, match=r"There is no example .*\. There are: hanbit-2019\."):
            find_city(name)
    (examples / "hanbit-2020").mkdir()
    (examples / "hanbit-2020" / SCENE).write_text(SMALL)
    with pytest.raises(SettingsError, match=r"several examples of 'hanbit': hanbit-2019, hanbit-2020\."):
        find_city("hanbit")
    assert find_city("hanbit-2019") == "hanbit-2019"


@pytest.mark.parametrize(
    "change",
    [("2019-07-15T09:00:00+09:00", "2019-07-15T09:00:00"), ("officer", "king"), ("words", "word"), ("begins", "[")],
)  # fmt: skip
def test_a_scene_that_cannot_be_read_is_named(examples: Path, change: tuple[str, str]) -> None:
    (examples / "hanbit-2019" / SCENE).write_text(SMALL.replace(*change, 1))
    with pytest.raises(SettingsError, match=r"시연\.toml cannot be read"):
        scene_of("hanbit-2019")


def test_somebody_whom_the_plan_does_not_know_is_named(examples: Path, tmp_path: Path) -> None:
    (examples / "hanbit-2019" / SCENE).write_text(SMALL.replace("1001", "1999"))
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    with pytest.raises(SettingsError, match="names 1999, whom the plan does not know"):
        prepare_demo(settings, "hanbit-2019", fresh=True)


def test_what_was_done_before_it_begins_was_done_by_those_whose_task_it_was(
    examples: Path, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    prepare_demo(settings, "hanbit-2019", fresh=True)
    database = Database(settings.database)
    with database.read() as session:
        reports = session.exec(select(Submission).order_by(Submission.id)).all()
        assert [(one.state, one.recognised, one.recognised_not_applicable) for one in reports] == [
            (State.APPROVED, Decimal("97.1"), False), (State.APPROVED, None, True),
        ]  # fmt: skip
        done = session.exec(select(AuditRow).order_by(AuditRow.id)).all()
        assert [row.action for row in done if row.subject == "submission:1"] == [
            "report.save", "report.submit", "report.confirm", "report.approve",
        ]  # fmt: skip
        assert [row.at for row in done] == sorted(row.at for row in done)
        assert done[0].at == datetime(2019, 1, 2, tzinfo=UTC)
        assert verify(session) == []
    database.close()


def test_make_hands_the_city_on() -> None:
    said = subprocess.run(
        ["make", "--dry-run", "demo", "CITY=gwangju"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 'bogobot demo --city "gwangju"' in said.stdout
