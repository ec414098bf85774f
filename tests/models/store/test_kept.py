from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from models.special_days import SpecialDay, working_days
from models.store import Database

DAY = date(2019, 7, 17)


def of_the_session(session: Session) -> None:
    session.add(SpecialDay(day=DAY, name="제헌절 휴무"))


def by_a_statement(session: Session) -> None:
    session.execute(sa.insert(SpecialDay).values(day=DAY, name="제헌절 휴무", working=False))


def by_a_statement_of_the_table(session: Session) -> None:
    table = SQLModel.metadata.tables["special_day"]
    session.execute(sa.insert(table).values(day=DAY, name="제헌절 휴무", working=False))


@pytest.mark.parametrize("write", [of_the_session, by_a_statement, by_a_statement_of_the_table])
@pytest.mark.parametrize("flushed", [False, True])
def test_what_is_kept_is_read_again_when_its_rows_change(
    database: Database, write: object, flushed: bool
) -> None:
    assert callable(write)
    with database.write() as session:
        assert working_days(session).is_working(DAY)
        write(session)
        if flushed:
            session.flush()
        assert not working_days(session).is_working(DAY)


def test_it_is_read_once_as_long_as_nothing_changes(database: Database) -> None:
    with database.read() as session:
        assert working_days(session) is working_days(session)
    with database.read() as another:
        assert working_days(another).is_working(DAY)
