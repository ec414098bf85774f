"""The migrations build what the models say, there and back, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from models.store import Database
from models.store.schema import (
    MIGRATIONS,
    current_revision,
    head_revision,
    is_current,
    migrating,
    upgrade,
)
from models.tables import METADATA


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any tables."""
    if request.param == "postgres":
        with request.getfixturevalue("postgres_server").copy("template0") as copy:
            yield copy
    else:
        database = Database(f"sqlite:///{tmp_path / 'bare.sqlite'}")
        yield database
        database.close()


def shape(database: Database) -> dict[str, Any]:
    """Everything the database says of its tables: columns, keys, checks and indexes, by name."""
    inspector = sa.inspect(database.engine)
    asked: dict[str, Any] = {
        "columns": inspector.get_columns,
        "primary key": inspector.get_pk_constraint,
        "foreign keys": inspector.get_foreign_keys,
        "unique": inspector.get_unique_constraints,
        "checks": inspector.get_check_constraints,
        "indexes": inspector.get_indexes,
    }
    shape: dict[str, Any] = {}
    for table in inspector.get_table_names():
        if table != "alembic_version":
            columns = [
                (one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)
            ]
            keys = {name: sorted(map(_written, _listed(ask(table)))) for name, ask in asked.items()}
            shape[table] = {"columns": sorted(columns), **keys}
    return shape


def _written(found: dict[str, Any]) -> str:
    """As text, also the condition of a partial index, which is an object of its own each time."""
    options = {name: str(value) for name, value in found.get("dialect_options", {}).items()}
    return str(found | {"dialect_options": options})


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def test_autogenerate_finds_nothing_to_do(any_database):
    with any_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_the_migrations_build_the_very_tables_of_the_models(bare_database):
    # Autogenerate overlooks checks and the names of keys.
    METADATA.create_all(bare_database.engine)
    of_the_models = shape(bare_database)
    METADATA.drop_all(bare_database.engine)
    upgrade(bare_database)
    assert shape(bare_database) == of_the_models


def test_every_step_goes_up_down_and_up_again(bare_database):
    def step(run: Any, to: str) -> None:
        with migrating(bare_database) as config:
            run(config, to)

    for _ in sorted((MIGRATIONS / "versions").glob("[0-9]*.py")):
        step(command.upgrade, "+1")
        risen = shape(bare_database)
        step(command.downgrade, "-1")
        step(command.upgrade, "+1")
        assert shape(bare_database) == risen
    assert is_current(bare_database)
    step(command.downgrade, "base")
    assert shape(bare_database) == {}
    step(command.upgrade, "head")
    assert shape(bare_database) == risen


def test_a_database_knows_where_it_stands(bare_database):
    assert current_revision(bare_database) is None and not is_current(bare_database)
    upgrade(bare_database)
    assert current_revision(bare_database) == head_revision() and is_current(bare_database)


def test_upgrading_what_is_current_changes_nothing(any_database):
    before = shape(any_database)
    upgrade(any_database)
    assert shape(any_database) == before


def test_processes_that_start_at_once_upgrade_one_after_the_other(bare_database):
    faults = []

    def start() -> None:
        mine = Database(bare_database.url)
        try:
            upgrade(mine)
        except Exception as fault:
            faults.append(fault)
        mine.close()

    threads = [Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and is_current(bare_database)


def test_a_migration_that_fails_leaves_nothing_behind(bare_database):
    with pytest.raises(ZeroDivisionError), migrating(bare_database) as config:
        command.upgrade(config, "head")
        raise ZeroDivisionError
    assert current_revision(bare_database) is None and shape(bare_database) == {}


def test_a_migration_that_would_break_a_key_is_undone(database):
    with pytest.raises(RuntimeError, match="point nowhere"), migrating(database) as config:
        config.attributes["connection"].exec_driver_sql(
            "INSERT INTO audit (id, at, person_id, channel, action, subject, detail, previous, hash)"
            " VALUES (1, '2019-07-15', 99, '', '', '', '{}', '', '')"
        )
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar() == 0


def test_keys_are_checked_again_after_a_migration(database):
    upgrade(database)
    with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO target (indicator_id) VALUES (99)")
