"""What scores were on any past day is reckoned again from the history, to the same figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from models.doer import Doer
from models.period import close, reopen
from models.plan import Indicator, Period, Target
from models.planning.moves import move_indicators
from models.planning.table import IndicatorMove
from models.planning.versions import record_versions
from models.scores import score_sheet
from models.store import Database
from models.submission import Entry, Return, approve, return_, save, submit
from models.submission.table import ReasonCode, Submission
from tests.kit.city import JULY, City, small_city

Figures = dict[str, object]


class Diary:
    """A city whose scores are written down after everything that happens, to be reckoned again later."""

    def __init__(self, city: City) -> None:
        self.city, self.now = city, JULY
        self.pages: list[tuple[datetime, list[Figures]]] = []
        with city.database.write() as session:
            self.plan_changed(session, "처음")

    def plan_changed(self, session: Session, reason: str) -> None:
        session.flush()
        ids = self.city.indicators.values()
        record_versions(session, self.now, ids, person_id=None, channel="test", reason=reason)

    def happens(self, what: Callable[[Session], object]) -> None:
        """Something is done, an hour goes by, and the scores as they are now are written down."""
        self.now += timedelta(hours=1)
        with self.city.database.write() as session:
            what(session)
        self.now += timedelta(minutes=1)
        self.pages.append((self.now, self.scores(None)))

    def scores(self, as_of: datetime | None) -> list[Figures]:
        """Points, weights and figures of every indicator for both halves and the year."""
        with self.city.database.read() as session:
            views = [self.city.periods["H1"], self.city.periods["H2"], None]
            return [
                {
                    row.plan.code: (row.department.code, row.figures, row.standing.decided_at)
                    for row in score_sheet(session, self.city.cycle_id, view, as_of).rows
                }
                for view in views
            ]

    def is_true(self) -> None:
        """Every page, reckoned again from the history, says the same."""
        for instant, written in self.pages:
            assert self.scores(instant) == written

    def doer(self, session: Session, person: str) -> Doer:
        return self.city.at_work(session, person, self.now)


_OFFICER_OF = {"G1": "officer", "G2": "officer", "C3": "civil", "W3": "carer"}


def reported(diary: Diary, code: str, value: int, recognised: int | None = None) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        key, period = diary.city.indicators[code], diary.city.periods["H1"]
        entry = Entry(Decimal(value), note="보고합니다.")
        indicator = session.get_one(Indicator, key)
        indicator.evidence_required = False
        opened = save(session, diary.doer(session, _OFFICER_OF[code]), key, period, entry)
        opened = submit(
            session, diary.doer(session, _OFFICER_OF[code]), opened.id, opened.submission.revision
        )
        evaluator = diary.doer(session, "evaluator")
        given_value = None if recognised is None else Decimal(recognised)
        approve(session, evaluator, opened.id, opened.submission.revision, given_value, "다시 셈함")

    return what


def returned(diary: Diary, code: str, value: int) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        key, period = diary.city.indicators[code], diary.city.periods["H1"]
        session.get_one(Indicator, key).evidence_required = False
        officer = diary.doer(session, _OFFICER_OF[code])
        opened = save(session, officer, key, period, Entry(Decimal(value)))
        opened = submit(session, officer, opened.id, opened.submission.revision)
        why = Return(ReasonCode.OTHER, "다시 보아 주세요.", diary.now + timedelta(days=3))
        return_(session, diary.doer(session, "evaluator"), opened.id, opened.submission.revision, why)

    return what


def planned_anew(diary: Diary, code: str, weight: int, target: int) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        key = diary.city.indicators[code]
        session.get_one(Indicator, key).weight = Decimal(weight)
        stored = session.exec(select(Target).where(Target.indicator_id == key)).first()
        if stored is not None:
            stored.value = Decimal(target)
        diary.plan_changed(session, "바꿈")

    return what


def moved(diary: Diary, code: str, to: str) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        doer = diary.doer(session, "administrator")
        key = diary.city.indicators[code]
        # An indicator moves once a day at most.
        moved_today = session.exec(select(IndicatorMove).where(IndicatorMove.indicator_id == key)).first()
        if not moved_today and session.get_one(Indicator, key).department_id != diary.city.departments[to]:
            place, officer = diary.city.departments[to], diary.city.people[_OFFICER_OF[code]]
            move_indicators(session, doer, [key], place, doer.today, officer, "조직개편")

    return what


def closed(diary: Diary, period: str) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        one = session.get_one(Period, diary.city.periods[period])
        close(session, diary.doer(session, "administrator"), one.id or 0, one.revision)

    return what


def reopened(diary: Diary, period: str) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        one = session.get_one(Period, diary.city.periods[period])
        reopen(session, diary.doer(session, "administrator"), one.id or 0, one.revision, "정정")

    return what


@pytest.fixture
def diary(tmp_path: Path, any_database: Database) -> Diary:
    return Diary(small_city(tmp_path, any_database))


def test_every_day_of_a_year_is_reckoned_again_to_the_same_figures(diary: Diary) -> None:
    diary.happens(returned(diary, "G1", 99))
    diary.happens(reported(diary, "G1", 97, recognised=94))
    diary.happens(reported(diary, "C3", 1200))
    diary.happens(planned_anew(diary, "G1", 50, 98))
    diary.happens(moved(diary, "G1", "CIV"))
    diary.happens(closed(diary, "H1"))
    diary.happens(planned_anew(diary, "C3", 10, 100))
    diary.happens(closed(diary, "H2"))
    diary.happens(planned_anew(diary, "G1", 5, 1))
    diary.happens(reopened(diary, "H1"))
    diary.happens(reported(diary, "W3", 85))
    diary.is_true()
    # And the days differ: weights, departments and points moved on the way.
    assert len({str(page) for _, page in diary.pages}) >= 8


def asked_only(diary: Diary, code: str, periods: str) -> Callable[[Session], None]:
    def what(session: Session) -> None:
        session.get_one(Indicator, diary.city.indicators[code]).report_periods = periods
        diary.plan_changed(session, "보고기간")

    return what


def test_the_periods_in_which_an_indicator_was_reported_are_those_of_the_plan_then(diary: Diary) -> None:
    diary.happens(reported(diary, "G1", 97))
    diary.happens(asked_only(diary, "G1", "H2"))
    diary.happens(closed(diary, "H1"))
    diary.happens(asked_only(diary, "G1", ""))
    diary.happens(asked_only(diary, "G2", "H1"))
    diary.happens(closed(diary, "H2"))
    diary.happens(asked_only(diary, "G2", ""))
    diary.is_true()
    there = [["G1" in view for view in page] for _, page in diary.pages]
    assert there[:3] == [[True, True, True], [False, True, True], [False, True, True]]
    assert ["G2" in view for view in diary.pages[-1][1]] == [True, False, True]


def test_before_the_plan_there_was_nothing(diary: Diary) -> None:
    assert diary.scores(JULY - timedelta(days=1)) == [{}, {}, {}]


_doings = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(sorted(_OFFICER_OF)), st.integers(1, 120)), max_size=8
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(doings=_doings)
def test_whatever_happens_the_past_stays_what_it_was(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[int, str, int]]
) -> None:
    diary = Diary(small_city(tmp_path_factory.mktemp("city")))
    for what, code, number in doings:
        with diary.city.database.read() as session:
            is_closed = session.get_one(Period, diary.city.periods["H1"]).closed_at is not None
            is_begun = session.exec(
                select(Submission.id).where(Submission.indicator_id == diary.city.indicators[code])
            ).first()
        if what == 0 and not is_closed and not is_begun:
            diary.happens(reported(diary, code, number))
        elif what == 1 and not is_closed and not is_begun:
            diary.happens(reported(diary, code, number, recognised=number + 1))
        elif what == 2:
            diary.happens(planned_anew(diary, code, number % 100, number))
        elif what == 3 and not is_closed:
            diary.happens(moved(diary, code, "CIV" if number % 2 else "CARE"))
        elif what == 4:
            diary.happens(reopened(diary, "H1") if is_closed else closed(diary, "H1"))
    diary.is_true()
    diary.city.database.close()
