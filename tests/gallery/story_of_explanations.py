"""Somebody asks why a score is what it is, down to the indicator, and as of another day."""

from __future__ import annotations

from tests.dialogues import city
from tests.dialogues.story import hands_in
from tests.gallery.recorder import RecordedTown
from tests.kit.schemes import cycle_id, institutions, subject_id


def tell(town: RecordedTown) -> None:
    """A total, a part, an indicator, and the same a day before."""
    town.passes(days=1)
    institutions(town.database, note="3쪽은 20점, 7쪽은 25점: 표를 따름")
    officer, lead, evaluator = (town.person(one) for one in (city.OFFICER, city.LEAD, city.EVALUATOR))
    hands_in(officer)
    lead.presses("확인")
    evaluator.presses("승인")
    with town.database.read() as session:
        subject = subject_id(session, "GA")
        cycle = cycle_id(session)
    evaluator.is_shown("explain.total", cycle=cycle, subject=subject, scheme="INST")
    evaluator.presses(next(one for one in evaluator.buttons() if one.startswith("달성도 ")))
    evaluator.presses(next(one for one in evaluator.buttons() if one.startswith("민원처리율")))
    evaluator.presses("다른 날 기준으로")
    evaluator.says("2019-07-08")
