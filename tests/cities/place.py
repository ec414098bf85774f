"""A city of the examples with its plan imported, and its people by their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import Actor
from models.clock import SEOUL, MovableClock
from models.doer import Doer
from models.evidence.vault import Vault
from models.messaging.account import web_account
from models.messaging.errand import Errand, ErrandState
from models.organization import Department, Person, Role, people_with
from models.store import Database
from reports.plan import import_plan
from tests.cities.answers import EXAMPLES
from tests.kit.city import no_reminders
from tests.kit.conversation import Speaker, Town

_REMEMBERED = 6
"""So many screens back people look in their chats: a year of them would be read anew at every turn."""


@dataclass
class Place:
    """The city at work. Whoever was talked to once is talked to again in the same chat."""

    name: str
    town: Town
    speakers: dict[str, Speaker] = field(default_factory=dict)

    @classmethod
    def begin(cls, name: str, database: Database, folder: Path, begins: datetime) -> Place:
        """Imports the plan of an example; reminders stay silent, for they have tests of their own."""
        with database.write() as session:
            import_plan(session, begins, Actor(None, "test"), EXAMPLES / name)
            session.add_all(no_reminders())
            # Whoever reads English answers as the others do, so that one story is told for all.
            session.execute(sa.update(Person).values(locale="ko"))
        clock = MovableClock(begins, ticking=False)
        return cls(name, Town(database, Vault(folder / "evidence"), clock, remembers=_REMEMBERED))

    def person(self, number: str) -> Speaker:
        """The person of that number, in their chat. They begin with words of their own, not at the first screen."""
        if number not in self.speakers:
            with self.town.database.write() as session:
                person = session.exec(select(Person).where(Person.code == number)).one()
                account = web_account(session, self.town.now(), person.id or 0)
                self.speakers[number] = Speaker(self.town, person.id or 0, account.id or 0)
        return self.speakers[number]

    def at(self, year: int, month: int, day: int, hour: int = 10) -> None:
        """It is that day, in the city's own time."""
        instant = datetime(year, month, day, hour, tzinfo=SEOUL)
        assert instant >= self.town.now(), "time does not run backwards"
        self.town.clock.move(instant - self.town.now())

    def doer(self, session: Session, number: str) -> Doer:
        """A person at work at this moment, for what is not said in a chat."""
        person = session.exec(select(Person).where(Person.code == number)).one()
        return Doer.at_work(session, person.id or 0, self.town.now(), "test")

    def who(self, role: Role, department: str) -> str:
        """The number of somebody who holds the role for a department today."""
        number = self.somebody(role, department)
        assert number is not None, f"nobody is {role} of {department}"
        return number

    def somebody(self, role: Role, department: str) -> str | None:
        """The same; None where there is nobody."""
        with self.town.database.read() as session:
            place = session.exec(select(Department).where(Department.code == department)).one()
            found = people_with(session, role, place, self.town.now().astimezone(SEOUL).date())
            return found[0].code if found else None

    def leaves_errands(self) -> None:
        """What was asked for beside (calendar files of every booking) is not made: it has tests of its own."""
        with self.town.database.write() as session:
            waiting = col(Errand.state) == ErrandState.WAITING
            session.execute(sa.update(Errand).where(waiting).values(state=ErrandState.DONE))
