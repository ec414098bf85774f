"""A year that will likely miss its target: who is warned, and where the warning leads."""

from __future__ import annotations

from tests.dialogues import city
from tests.dialogues.quarterly import plan, reports
from tests.gallery.recorder import RecordedTown

__all__ = ["plan", "tell"]


def tell(town: RecordedTown) -> None:
    """Two quarters are handed in; the officers and their team lead get the picture and go on from it."""
    officer, lead, civil = (town.person(code) for code in (city.OFFICER, city.LEAD, city.CIVIL))
    for period, rate, supply in (("Q1", "91.2", "800"), ("Q2", "90.8", "700")):
        reports(town, city.OFFICER, "GA-01", period, rate)
        reports(town, city.CIVIL, "CI-01", period, supply)
    with town.doing("분기 실적을 제출함"):
        town.time_goes_on(minutes=5)
        town.do_errands()
    officer.presses("지표 보기")
    lead.presses("부서 현황")
    civil.presses("지표 보기")
