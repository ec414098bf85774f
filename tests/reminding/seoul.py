"""Ten years of Seoul: two bureaus of its plan of 2019, year after year, their deadlines on the awkward days there are,
and people who report, confirm and decide by a seeded rule."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor
from models.clock import SEOUL
from models.messaging.account import web_account
from models.organization import Department, Person
from models.plan import Cycle, Indicator, Period, PeriodState
from models.special_days import SpecialDay
from models.store import Database
from models.submission import State, Submission
from models.working_days import WorkingDays
from reports.plan import import_plan

PLAN = Path(__file__).parents[2] / "examples" / "seoul-2019"
YEARS = range(2019, 2029)
_AFTERNOON = time(14)
_DAY = timedelta(days=1)
SHEETS = ("조직", "사람", "기간", "지표", "목표", "휴일")
BUREAUS = ("B03", "B10")

DUES = {
    (2019, "H2"): "2020-02-29",  # a leap day on a Saturday
    (2020, "H1"): "2020-08-17",  # a 임시공휴일
    (2020, "H2"): "2021-02-12",  # 설날
    (2021, "H1"): "2021-09-21",  # 추석
    (2021, "H2"): "2022-01-02",  # a Sunday after the year's end
    (2022, "H2"): "2023-01-24",  # the substitute of 설날
    (2023, "H1"): "2023-10-02",  # a 임시공휴일 between 추석 and 개천절
    (2023, "H2"): "2024-02-29",  # a leap day at work
    (2024, "H1"): "2024-10-01",
    (2024, "H2"): "2024-12-31",
    (2025, "H1"): "2025-10-08",  # the substitute of 추석
    (2027, "H2"): "2028-01-03",
}
"""Deadlines of reports that are not on the 15th; all at 18:00."""
DECLARED = {
    datetime(2022, 7, 6, 11, tzinfo=SEOUL): date(2022, 7, 12),
    datetime(2026, 7, 3, 10, tzinfo=SEOUL): date(2026, 7, 9),
    datetime(2028, 7, 7, 10, tzinfo=SEOUL): date(2028, 7, 13),
}
"""Holidays declared six days ahead, and when."""
_AT_WORK = WorkingDays(dict.fromkeys(DECLARED.values(), "임시공휴일"))


@dataclass(frozen=True)
class Event:
    """What happens by itself: a report changes its state, a period closes, a holiday is declared."""

    at: datetime
    period: int
    indicator: int | None = None
    state: State | None = None
    day_off: date | None = None

    def happens(self, session: Session) -> None:
        if self.day_off is not None:
            session.add(SpecialDay(day=self.day_off, name="임시공휴일"))
        elif self.indicator is None:
            session.get_one(Period, self.period).state = PeriodState.CLOSED
        else:
            of = (Submission.indicator_id == self.indicator, Submission.period_id == self.period)
            found = session.exec(select(Submission).where(*of)).one_or_none()
            found = found or Submission(indicator_id=self.indicator, period_id=self.period)
            found.state = self.state or State.DRAFT
            found.submitted_at = found.submitted_at or self.at
            session.add(found)
        session.flush()


def settle(database: Database, folder: Path) -> None:
    """The plan of every year, from the first day on; people can be reached on the web. Reminders are the defaults."""
    began = datetime(2019, 1, 2, 9, tzinfo=SEOUL)
    folder.mkdir()
    for name in SHEETS:
        shutil.copy(PLAN / f"{name}.csv", folder)
    with database.write() as session:
        import_plan(session, began, Actor(None, "test"), folder)
    with database.write() as session:
        bureaus = tuple(session.exec(select(Department.path).where(col(Department.code).in_(BUREAUS))))
        swept = [
            key
            for key, path in session.exec(select(Department.id, Department.path))
            if path.startswith(bureaus)
        ]
        others = sa.update(Indicator).where(col(Indicator.department_id).not_in(swept))
        session.execute(others.values(ends_on=date(2019, 1, 1)))
        for person in session.exec(select(Person.id)):
            web_account(session, began, person or 0)
        first = session.exec(select(Cycle)).one()
        for year in YEARS:
            _copy(session, first, year)


def _copy(session: Session, first: Cycle, year: int) -> None:
    """The cycle of that year, with the periods and the indicators of the first."""
    cycle = first
    periods = list(session.exec(select(Period).where(Period.cycle_id == first.id)))
    if year > first.starts_on.year:
        cycle = Cycle(**first.model_dump(exclude={"id", "code"}), code=str(year))
        cycle.starts_on, cycle.ends_on = _moved(cycle.starts_on, year), _moved(cycle.ends_on, year)
        session.add(cycle)
        session.flush()
        indicators = select(Indicator).where(Indicator.cycle_id == first.id, col(Indicator.ends_on).is_(None))
        for one in session.exec(indicators).all():
            session.add(Indicator(**one.model_dump(exclude={"id", "cycle_id"}), cycle_id=cycle.id))
        periods = [Period(**one.model_dump(exclude={"id", "cycle_id"}), cycle_id=cycle.id) for one in periods]
    for period in periods:
        _set_dates(period, year)
        session.add(period)
    session.flush()


def _set_dates(period: Period, year: int) -> None:
    period.starts_on, period.ends_on = _moved(period.starts_on, year), _moved(period.ends_on, year)
    plain = date(year, 7, 15) if period.code == "H1" else date(year + 1, 1, 15)
    due = date.fromisoformat(DUES.get((year, period.code), plain.isoformat()))
    evening = time(18)
    period.report_due = datetime.combine(due, evening, SEOUL)
    period.confirmation_due = datetime.combine(due + 3 * _DAY, evening, SEOUL)
    period.review_due = datetime.combine(due + 8 * _DAY, evening, SEOUL)


def _moved(day: date, year: int) -> date:
    return day.replace(year=year)


def events(database: Database) -> list[Event]:
    """Everything that happens in ten years, in order; at 14:00, so that many things are one moment."""
    dice = random.Random(20190715)
    found = [Event(at, 0, day_off=day) for at, day in DECLARED.items()]
    with database.read() as session:
        rows = session.exec(select(Period, Indicator).where(Period.cycle_id == Indicator.cycle_id))
        rows = rows.all()
    for period, indicator in rows:
        if indicator.ends_on is None:
            found += _life(dice, period, indicator.id or 0)
    for period in {period.id: period for period, _ in rows}.values():
        found.append(Event(period.review_due + 3 * _DAY, period.id or 0))
    return sorted(found, key=lambda event: (event.at, event.period, event.indicator or 0))


def _life(dice: random.Random, period: Period, indicator: int) -> Iterator[Event]:
    """A report is handed in before its deadline or after it, confirmed, decided; one in twenty never is."""
    key, morning = period.id or 0, datetime.combine(period.report_due.astimezone(SEOUL).date(), time(), SEOUL)
    if dice.random() < 0.05:
        return
    day = morning + _DAY * dice.choice((-9, -5, -4, -2, -1, 0, 0, 1, 3))
    for state, waits in ((State.SUBMITTED, 0), (State.CONFIRMED, (1, 2, 4)), (State.APPROVED, (1, 4, 7))):
        day += _DAY * (dice.choice(waits) if isinstance(waits, tuple) else waits)
        at_work = _AT_WORK.next_working(day.date())
        yield Event(datetime.combine(at_work, _AFTERNOON, SEOUL), key, indicator, state)
