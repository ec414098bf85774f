"""A city that is at work already comes to the next version with all it has, and back."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from models.store import Database
from models.store.schema import is_current, migrating

_JSON = ("data", "view", "drawn", "actions", "former_actions")
NOW = "2019-07-08 00:00:00+00:00"
OF_THE_FIRST_VERSION: dict[str, list[dict[str, Any]]] = {
    "person": [
        {"id": 1, "code": "1001", "name": "김주무", "title": "주무관", "email": "", "locale": "ko"},
        {"id": 2, "code": "2001", "name": "최팀장", "title": "팀장", "email": "", "locale": "en"},
    ],
    "account": [
        {"id": 1, "person_id": 1, "messenger": "web", "address": "1", "linked_at": NOW, "last_used_at": NOW},
        {"id": 2, "person_id": 2, "messenger": "web", "address": "2", "linked_at": NOW, "last_used_at": NOW},
    ],
    "drawn_screen": [
        {
            "id": 7, "token": "t7", "person_id": 1, "account_id": 1, "step": "account.home", "data": "{}",
            "kind": "menu", "drawn": '{"title": "가나다"}', "actions": "[]", "former_actions": "[]", "live": True,
            "drawn_at": NOW, "expires_at": NOW,
        }
    ],
    "conversation": [
        {
            "person_id": 1, "step": "account.home", "data": "{}", "view": "{}", "screen_id": 7,
            "updated_at": NOW,
        }
    ],
    "outbox": [
        {
            "id": number, "account_id": 1, "messenger": "web", "operation": operation, "screen_id": 7,
            "state": state, "made_at": NOW, "fault": fault,
        }
        for number, operation, state, fault in (
            (1, "post", "sent", ""), (2, "redraw", "todo", ""), (3, "remove", "dead", "gone"),
        )
    ],
    "inbox": [{"key": "web:1:a", "received_at": NOW}],
}  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def first(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    """A database of the first version with rows in it."""
    if request.param == "postgres":
        with request.getfixturevalue("postgres_server").copy("template0") as database:
            yield _filled(database)
    else:
        database = Database(f"sqlite:///{tmp_path / 'first.sqlite'}")
        yield _filled(database)
        database.close()


def _filled(database: Database) -> Database:
    _goes(database, command.upgrade, "0001")
    for table, rows in OF_THE_FIRST_VERSION.items():
        for row in rows:
            _run(database, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({_places(row)})", row)
    return database


def _goes(database: Database, run: Any, to: str) -> None:
    with migrating(database) as config:
        run(config, to)


def _places(row: dict[str, Any]) -> str:
    return ", ".join(f"CAST(:{name} AS json)" if name in _JSON else f":{name}" for name in row)


def _run(database: Database, statement: str, values: dict[str, Any] | None = None) -> None:
    if database.is_sqlite:
        for name in _JSON:
            statement = statement.replace(f"CAST(:{name} AS json)", f":{name}")
    with database.engine.begin() as connection:
        connection.execute(sa.text(statement), values or {})


def _everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that has any."""
    tables = sa.MetaData()
    tables.reflect(database.engine)
    found: dict[str, list[dict[str, Any]]] = {}
    with database.engine.connect() as connection:
        for table in tables.sorted_tables:
            rows = connection.execute(sa.select(table).order_by(*table.primary_key)).mappings().all()
            if rows and table.name != "alembic_version":
                found[table.name] = [dict(row) for row in rows]
    return found


def test_nothing_is_lost_on_the_way_to_the_head_and_back(first: Database) -> None:
    before = _everything(first)
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) for table, rows in OF_THE_FIRST_VERSION.items()
    }
    _goes(first, command.upgrade, "head")
    assert is_current(first)
    grown = _everything(first)
    for table, rows in before.items():
        for row, now in zip(rows, grown[table], strict=True):
            assert {name: now[name] for name in row} == row, table
    _goes(first, command.downgrade, "0001")
    assert _everything(first) == before


def test_what_waits_to_be_sent_waits_as_something_others_are_told(first: Database) -> None:
    _goes(first, command.upgrade, "head")
    new = ("reference", "rank", "claimed_by", "tries", "not_before")
    rows = _everything(first)["outbox"]
    assert [[row[name] for name in new] for row in rows] == [["", 1, "", 0, None]] * 3
    assert [row["state"] for row in rows] == ["sent", "todo", "dead"]


def test_what_the_first_version_does_not_know_goes_when_one_goes_back(first: Database) -> None:
    before = _everything(first)
    _goes(first, command.upgrade, "head")
    for number, operation in ((11, "file"), (12, "ring")):
        _run(
            first,
            "INSERT INTO outbox (id, account_id, messenger, operation, screen_id, state, made_at, fault,"
            " reference, rank, claimed_by, tries)"
            f" VALUES ({number}, 1, 'telegram', '{operation}', 7, 'todo', '{NOW}', '', 'evidence:1', 0, '', 0)",
        )
    _run(first, "UPDATE account SET address = NULL WHERE id = 2")
    _run(first, f"INSERT INTO upload_link VALUES ('hash', 1, '{NOW}', NULL)")
    _run(first, "INSERT INTO guesses VALUES ('telegram', '4711', 3, NULL)")
    _goes(first, command.downgrade, "0001")
    after = _everything(first)
    assert after["outbox"] == before["outbox"]
    assert [row["address"] for row in after["account"]] == ["1", "unlinked-2"]
    assert set(after) == set(before)
    _goes(first, command.upgrade, "head")


@pytest.mark.parametrize("operation", ["file", "ring"])
def test_the_database_takes_the_new_operations_only_where_it_knows_them(
    first: Database, operation: str
) -> None:
    change = f"UPDATE outbox SET operation = '{operation}' WHERE id = 1"
    with pytest.raises(sa.exc.IntegrityError):
        _run(first, change)
    _goes(first, command.upgrade, "head")
    _run(first, change)
    with pytest.raises(sa.exc.IntegrityError):
        _run(first, "UPDATE outbox SET operation = 'other' WHERE id = 1")
