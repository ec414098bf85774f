"""Seoul's whole year of 2019, from the files of its example to the workbook, recomputed by others than ourselves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models.audit import Actor
from models.organization import Person
from models.plan import Cycle, Indicator, Period
from models.store import Database
from models.submission import State, Submission, SubmissionVersion
from reports.plan import import_plan
from reports.scores import export_scores
from tests.kit.libreoffice import recalculated
from tests.reports.scores.test_recalculation import differences

SEOUL = Path(__file__).parents[3] / "examples" / "seoul-2019"
NOW = datetime(2020, 2, 3, 0, 0, tzinfo=UTC)


@pytest.fixture
def seoul(database: Database) -> Iterator[Database]:
    """The city at the end of its year: every actual of the example reported and approved as it was."""
    with database.write() as session:
        import_plan(session, NOW, Actor(None, "test"), SEOUL)
    with database.write() as session:
        _approve_all(session)
    yield database


def _approve_all(session: Session) -> None:
    indicators = {one.code: one for one in session.exec(select(Indicator))}
    periods = {one.code: one for one in session.exec(select(Period))}
    someone = session.exec(select(Person)).first()
    assert someone is not None and someone.id is not None
    with (SEOUL / "actuals" / "실적.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        submission = Submission(
            indicator_id=indicators[row["지표코드"]].id or 0,
            period_id=periods[row["기간"]].id or 0,
            state=State.APPROVED,
            recognised=Decimal(row["실적"]),
        )
        session.add(submission)
        session.flush()
        session.add(
            SubmissionVersion(
                submission_id=submission.id or 0, number=1, value=Decimal(row["실적"]), saved_at=NOW,
                saved_by_id=someone.id, submitted_at=NOW, submitted_by_id=someone.id,
            )
        )  # fmt: skip


@pytest.mark.libreoffice
@pytest.mark.parametrize("part", ["H1", "H2", ""])
def test_libreoffice_comes_to_every_point_of_the_year(seoul: Database, tmp_path: Path, part: str) -> None:
    with seoul.read() as session:
        cycle = session.exec(select(Cycle)).one()
        period = session.exec(select(Period).where(Period.code == part)).one() if part else None
        assert cycle.id is not None
        export_scores(session, tmp_path / "scores.xlsx", cycle.id, period.id if period else None, NOW)
    total, count = differences(recalculated(tmp_path / "scores.xlsx"))
    assert total == 0
    assert count > 697
