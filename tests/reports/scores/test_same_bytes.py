"""The same data give the same workbook, byte by byte: on whatever day, on whatever database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.audit import Actor, AuditRow, record, verify
from models.organization import DepartmentKind
from models.period import close
from models.plan import Cycle
from models.scoring import Kind
from models.seals import read_given
from models.store import Database
from models.submission import State
from reports.scores import export_scores
from tests.kit.city import JULY, City, small_city

MUCH_LATER = JULY + timedelta(days=200, hours=3)
Export = Callable[..., bytes]


def lived_in(folder: Path, database: Database) -> City:
    """A city that has reported, closed its first half, and begun with the second."""
    city = small_city(folder, database)
    city.report("G1", "H1", "97.3", evidence=["실적.pdf", "@붙임.pdf"])
    city.report("G2", "H1", 10, submitted_by="deputy", submitted_for="officer")
    city.report("W1", "H1", None, not_applicable=True)
    with city.database.write() as session:
        close(session, city.at_work(session, "administrator", JULY), city.periods["H1"], 0)
    city.report("C1", "H2", 9, State.RETURNED, reason="다시")
    return city


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Makes a city's workbook and gives its bytes."""

    def made(city: City, period: str | None = None, now: datetime = JULY) -> bytes:
        with city.database.read() as session:
            key = city.periods[period] if period else None
            export_scores(session, tmp_path / "scores.xlsx", city.cycle_id, key, now)
        return (tmp_path / "scores.xlsx").read_bytes()

    return made


@pytest.fixture
def city(tmp_path: Path, any_database: Database) -> City:
    return lived_in(tmp_path, any_database)


def happens(city: City, action: str, subject: str) -> None:
    with city.database.write() as session:
        record(session, MUCH_LATER, Actor(city.people["officer"], "web"), action, subject)


@pytest.mark.parametrize("period", ["H1", None])
def test_an_export_half_a_year_later_is_the_same_file(city: City, export: Export, period: str | None) -> None:
    first = export(city, period)
    for action in ("scores.export", "account.login", "reminder.nudge", "file.take"):
        happens(city, action, f"cycle:{city.cycle_id}")
    assert export(city, period, MUCH_LATER) == first


def test_whatever_could_have_moved_a_figure_is_told(city: City, export: Export) -> None:
    first = export(city)
    happens(city, "plan.import", "plan")
    assert export(city) != first


def test_what_is_done_for_another_period_leaves_a_closed_one_as_it_was(city: City, export: Export) -> None:
    half, year = export(city, "H1"), export(city)
    submission = city.report("G1", "H2", 90)
    happens(city, "report.save", f"submission:{submission}")
    happens(city, "period.close", f"period:{city.periods['H2']}")
    assert export(city, "H1") == half
    assert export(city) != year


@pytest.mark.postgres
def test_both_databases_give_the_same_file(
    tmp_path: Path, database: Database, postgres_database: Database, export: Export
) -> None:
    ours, theirs = lived_in(tmp_path, database), lived_in(tmp_path, postgres_database)
    for city in (ours, theirs):
        for number in range(5):  # so many departments make an indicator a common one
            city.add_department(f"X{number}", f"{number}과", DepartmentKind.DIVISION, "ADM")
            for name in ("청렴도", "Welfare", "친절도"):
                code = f"{name}{number}"
                city.add_indicator(code, name, f"X{number}", 50, Kind.HIGHER, target=90)
                city.report(code, "H2", 81)
    for period in ("H1", "H2", None):
        assert export(ours, period) == export(theirs, period), period


@pytest.mark.postgres
def test_an_imported_plan_gives_the_same_file_on_both_databases(
    tmp_path: Path, hanbit: Database, postgres_hanbit: Database
) -> None:
    made = []
    for database in (hanbit, postgres_hanbit):
        target = tmp_path / f"{len(made)}.xlsx"
        with database.read() as session:
            cycle = session.exec(select(Cycle.id).order_by(Cycle.code)).first()
            assert cycle is not None
            export_scores(session, target, cycle, None, datetime.now(UTC))
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_workbook_says_how_long_the_audit_was_in_words_that_can_be_checked(
    city: City, export: Export, tmp_path: Path
) -> None:
    export(city)
    line = load_workbook(tmp_path / "scores.xlsx", read_only=True)["이력"]["A3"].value
    assert isinstance(line, str)
    length, _, hash_ = line.removeprefix("감사 기록 ").partition("건 · 지문 ")
    given = read_given(f"{length}:{hash_}")
    assert given is not None
    happens(city, "scores.export", "cycle:1")
    with city.database.read() as session:
        assert verify(session, [given]) == []
        last = session.exec(select(AuditRow).where(AuditRow.action == "report.return")).one()
        assert (given.length, given.hash) == (last.id, last.hash)


def test_a_city_that_has_done_nothing_yet_has_a_workbook(tmp_path: Path, export: Export) -> None:
    city = small_city(tmp_path)
    assert export(city) == export(city, now=MUCH_LATER)
    book = load_workbook(tmp_path / "scores.xlsx")
    assert book["종합"]["A4"].value == "기준: 2019. 1. 1.(화) 00:00 현재 · 보고봇"
    assert book["이력"]["A3"].value == "감사 기록 0건 · 지문 없음"
