"""Rows written by statements of their own: the session knows them, and has nothing left to write of them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col, select

from models.organization import Person
from models.store import Database
from models.store.at_once import change, insert, insert_row


def names(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {person.code: person.name for person in session.exec(select(Person))}


def test_a_row_that_was_inserted_is_as_if_it_had_been_read(any_database: Database) -> None:
    with any_database.write() as session:
        person = insert_row(session, Person, code="1001", name="가")
        assert person.id is not None and not session.new and not session.dirty
        assert session.get(Person, person.id) is person
        person.name = "나"
    assert names(any_database) == {"1001": "나"}


def test_what_is_changed_is_written_at_once_and_nothing_else(any_database: Database) -> None:
    with any_database.write() as session:
        person = insert_row(session, Person, code="1001", name="가")
        key = insert(session, Person, code="1002", name="다")
        change(session, person, name="나")
        assert person.name == "나" and not session.dirty and key != person.id
        written = sa.select(col(Person.name)).where(col(Person.id) == person.id)
        assert session.connection().execute(written).scalar_one() == "나"
    assert names(any_database) == {"1001": "나", "1002": "다"}


def test_what_was_written_at_once_is_undone_with_everything_else(any_database: Database) -> None:
    with any_database.write() as session:
        change(session, insert_row(session, Person, code="1001", name="가"), name="나")
        session.rollback()
    assert names(any_database) == {}
