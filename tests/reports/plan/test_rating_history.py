"""A form or a panel that is corrected after papers were handed in: the score of a day before is still that day's."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models.rating.reading import rating_scores
from models.rating.table import Entry, Group, Paper, PaperState, Rater, Rating
from models.scheme.table import Subject
from models.store import Database
from tests.kit.plans import full_plan
from tests.reports.plan.checking import NOW, bring
from tests.reports.plan.test_plan_schemes import Written, write

DAY = timedelta(days=1)
ANSWERS = ({"IMP": "탁월", "DIF": "50"}, {"IMP": "보통", "DIF": "90"})


@pytest.fixture
def answered(any_database: Database, tmp_path: Path) -> Database:
    """Two of the three experts handed in what they say of TR-1, a day after the import."""
    bring(any_database, full_plan(), tmp_path)
    with any_database.write() as session:
        subject = session.exec(select(Subject.id).where(Subject.code == "TR-1")).one()
        panel = session.exec(select(Group).where(Group.code == "EXP")).one()
        rating = session.exec(select(Rating).where(Rating.code == "PRE")).one()
        rating.dealt_at = NOW
        raters = session.exec(select(Rater.person_id).where(Rater.group_id == panel.id)).all()
        for rater, answers in zip(raters, ANSWERS, strict=False):
            paper = Paper(
                rating_id=rating.id or 0, group_id=panel.id or 0, subject_id=subject or 0, rater_id=rater,
                state=PaperState.SUBMITTED, dealt_at=NOW,
            )  # fmt: skip
            session.add(paper)
            session.flush()
            session.add(
                Entry(paper_id=paper.id or 0, answers=answers, submitted_by_id=rater, submitted_at=NOW + DAY)
            )
    return any_database


def score(session: Session, as_of: datetime | None = None) -> Decimal | None:
    subject = session.exec(select(Subject.id).where(Subject.code == "TR-1")).one() or 0
    rating = session.exec(select(Rating.id).where(Rating.code == "PRE")).one() or 0
    return rating_scores(session, [rating], as_of)[rating, subject].percent


@pytest.mark.parametrize(
    ("correction", "after"),
    [
        # 60 % of 100 and 40 % of 50 is 80, 60 % of 80 and 40 % of 90 is 84: 82; turned round it is 70 and 86.
        ([("평가항목", 2, "배점", 40), ("평가항목", 3, "배점", 60)], Decimal(78)),
        ([("평가단", row, "최소평가수", 3) for row in (2, 3, 4)], None),
    ],
    ids=["weights", "fewest"],
)
def test_a_score_of_a_day_before_a_correction_is_that_day_s(
    answered: Database, tmp_path: Path, correction: list[Written], after: Decimal | None
) -> None:
    with answered.read() as session:
        assert score(session) == 82
    bring(answered, write(full_plan(), *correction), tmp_path, NOW + 7 * DAY)
    with answered.read() as session:
        assert score(session) == after
        assert score(session, NOW + 6 * DAY) == 82
        assert score(session, NOW + 7 * DAY) == after
