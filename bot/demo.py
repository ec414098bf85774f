"""The demo: a city from its example, its people side by side, a clock that stands in July of the plan's year."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from bot.settings import Settings, SettingsError
from models.audit import Actor
from models.clock import MovableClock, local_day
from models.messaging.account import web_account
from models.organization import Person, Role, RoleHeld, in_force
from models.store import Database

CAST = {
    "S-0101": Role.OFFICER,
    "S-0102": Role.TEAM_LEAD,
    "S-0001": Role.EVALUATOR,
    "S-0003": Role.ADMINISTRATOR,
}
"""Who sits side by side, by their code in the example."""
_EXAMPLES = Path(__file__).parent.parent / "examples"
# 09:00 in Seoul on a Monday in the week before the first half's reports are due.
_BEGINS = datetime(2019, 7, 8, 0, 0, tzinfo=UTC)


@dataclass
class DemoClock:
    """The demo's clock and the file that lets it go on where it stood after a restart."""

    clock: MovableClock
    path: Path

    @classmethod
    def of(cls, data_dir: Path) -> DemoClock:
        path = data_dir / "clock"
        ahead = timedelta(seconds=float(path.read_text())) if path.exists() else _BEGINS - datetime.now(UTC)
        demo = cls(MovableClock(datetime.now(UTC) + ahead), path)
        demo.save()
        return demo

    def save(self) -> None:
        """Notes how far the clock is from the machine's."""
        ahead = self.clock.now() - datetime.now(UTC)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(ahead.total_seconds()))
        fresh.replace(self.path)


def prepare_demo(settings: Settings, city: str, *, fresh: bool) -> DemoClock:
    """Sets up the city's data if it is not there yet; `fresh` begins anew."""
    source = _EXAMPLES / city
    if not source.is_dir():
        known = ", ".join(sorted(path.name for path in _EXAMPLES.glob("*-*") if path.is_dir()))
        raise SettingsError(f"There is no example {city!r}. There are: {known}.")
    if fresh and settings.data_dir.exists():
        shutil.rmtree(settings.data_dir)
    settings.make_data_dir()
    demo = DemoClock.of(settings.data_dir)
    ready = settings.data_dir / "ready"
    if not ready.exists():
        _load(settings, demo.clock, source)
        ready.touch()
    return demo


def cast_of(session: Session, now: datetime) -> list[tuple[Person, Role]]:
    """The people side by side, and a consultant where the city has one."""
    by_code = {one.code: one for one in session.exec(select(Person).where(col(Person.code).in_(CAST)))}
    consultants = select(Person).join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
    consulting = consultants.where(RoleHeld.role == Role.CONSULTANT, in_force(local_day(now)))
    consultant = session.exec(consulting.order_by(col(Person.code))).first()
    cast = [(by_code[code], role) for code, role in CAST.items()]
    return [*cast, (consultant, Role.CONSULTANT)] if consultant is not None else cast


def _load(settings: Settings, clock: MovableClock, source: Path) -> None:
    # Imported here: a demo that was set up before starts without the migrations' library.
    from models.store.schema import upgrade
    from reports.plan import import_plan

    database = Database(settings.database)
    upgrade(database)
    with database.write() as session:
        import_plan(session, clock.now(), Actor(None, "demo"), source)
        # Whoever is on no messenger is not told of anything, and these are told from the first minute on.
        for person, _ in cast_of(session, clock.now()):
            web_account(session, clock.now(), person.id or 0)
    database.close()
