"""Nobody is reminded of an indicator in a period in which it is not reported."""

from __future__ import annotations

from collections.abc import Sequence

from models.clock import local_day
from models.plan import Indicator
from models.reminding.circle import Circle
from models.reminding.of_reports import CONFIRMATIONS, REPORTS, RETURNED, REVIEWS
from models.submission import State
from tests.reminding.hall import DUE, Hall, seoul

D3 = seoul("2019-07-10 09:00")
_OF_REPORTS = (REPORTS, RETURNED, CONFIRMATIONS, REVIEWS)


def subjects(hall: Hall, keys: Sequence[tuple[int, ...]] | None = None) -> list[str]:
    with hall.database.read() as session:
        circle = Circle.on(session, local_day(D3))
        return [duty.subject for one in _OF_REPORTS for duty in one.duties(session, circle, D3, keys)]


def test_only_what_is_reported_is_due_and_told(any_hall: Hall) -> None:
    hall = any_hall
    hall.changes(Indicator, hall.indicators["A1"], report_periods="H2")
    hall.changes(Indicator, hall.indicators["A2"], report_periods="H1; H2")
    due = [f"report:{hall.indicators[code]}.{hall.period}" for code in ("A2", "B1", "E1")]
    assert subjects(hall) == due
    key = hall.indicators["A1"], hall.period
    with hall.database.read() as session:
        assert REPORTS.duties(session, Circle.on(session, local_day(D3)), D3, [key]) == []
    hall.runs(D3)
    assert hall.told("a") == ["report:officer:-3 A2"]


def test_what_was_written_and_is_not_reported_any_more_is_not_said(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.changes(Indicator, hall.indicators["A1"], report_periods="H2")
    hall.delivers(D3)
    words = str(hall.messages("a"))
    assert "A2" in words and "A1" not in words


def test_reports_that_the_plan_leaves_out_are_not_mended_nor_decided(any_hall: Hall) -> None:
    hall = any_hall
    hall.returns("A1", D3, DUE)
    hall.hands_in("B1", D3)
    before = subjects(hall)
    assert any(one.startswith("return:") for one in before)
    assert any(one.startswith("review:") for one in before)
    for code in ("A1", "B1"):
        hall.changes(Indicator, hall.indicators[code], report_periods="H2")
    assert {one.partition(":")[0] for one in subjects(hall)} == {"report"}
    hall.reports("B1", State.DRAFT)
    assert len(subjects(hall)) == 2
