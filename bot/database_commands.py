"""The commands `bogobot db …` and `bogobot audit verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load_settings

db = typer.Typer(help="Upgrade, back up, restore and check the city's data.", no_args_is_help=True)
audit = typer.Typer(help="The record of who did what.", no_args_is_help=True)


@db.command()
def upgrade() -> None:
    """Brings the database to the schema this version needs; a new database is made."""
    from models.store import Database
    from models.store.schema import current_revision
    from models.store.schema import upgrade as run

    settings = load_settings()
    settings.make_data_dir()
    database = Database(settings.database)
    before = current_revision(database)
    run(database)
    after = current_revision(database)
    database.close()
    typer.echo(f"The database is current ({after})." if before == after else f"{before or 'new'} → {after}")


@db.command()
def backup(target: Annotated[Path, typer.Argument(help="The .tar file to write.")]) -> None:
    """Writes the database and all evidence into one file, while the bot runs on."""
    from bot.database import BackupError
    from bot.database import backup as run
    from models.clock import SystemClock
    from models.evidence.vault import Vault
    from models.store import Database

    settings = load_settings()
    _must_exist(settings)
    database = Database(settings.database)
    try:
        manifest = run(database, Vault(settings.evidence_dir), target, SystemClock().now())
    except BackupError as error:
        raise _failed(error) from None
    finally:
        database.close()
    size = target.stat().st_size / 1024**2
    typer.echo(
        f"{target}: {sum(manifest.rows.values())} rows, {len(manifest.evidence)} files, {size:.1f} MiB"
    )
    if manifest.missing:
        typer.echo(f"{len(manifest.missing)} files are missing or damaged. Run: bogobot db check", err=True)
        raise typer.Exit(1)


@db.command()
def restore(source: Annotated[Path, typer.Argument(help="The .tar file to restore from.")]) -> None:
    """Brings a city back from a backup, into an empty database and folder. The bot must not run."""
    from bot.database import BackupError
    from bot.database import restore as run
    from models.store.schema import head_revision

    settings = load_settings()
    try:
        manifest = run(source, settings.database, settings.evidence_dir)
    except BackupError as error:
        raise _failed(error) from None
    typer.echo(
        f"Restored as it was at {manifest.made_at}: {sum(manifest.rows.values())} rows, "
        f"{len(manifest.evidence)} files"
    )
    if manifest.missing:
        typer.echo(f"{len(manifest.missing)} files were missing when the backup was made.", err=True)
    if manifest.revision != head_revision():
        typer.echo("The backup is of an earlier version. Run: bogobot db upgrade")


@db.command()
def check() -> None:
    """Reads the whole database and all evidence, and names everything that is not in order."""
    from bot.database import check as run
    from models.evidence.vault import Vault
    from models.store import Database

    settings = load_settings()
    _must_exist(settings)
    database = Database(settings.database)
    findings = run(database, Vault(settings.evidence_dir))
    database.close()
    for fault in findings.faults:
        typer.echo(f"MEND  {fault}")
    for orphan in findings.orphans:
        typer.echo(f"note  no row speaks of the file {orphan}")
    if findings.faults:
        raise typer.Exit(1)
    typer.echo(f"ok    database, audit and {findings.checked} files are in order")


@audit.command()
def verify() -> None:
    """Recomputes the chain of the audit and names every row that was changed or removed."""
    from models.audit import verify as run
    from models.store import Database

    settings = load_settings()
    _must_exist(settings)
    database = Database(settings.database)
    with database.read() as session:
        faults = run(session)
    database.close()
    for fault in faults:
        typer.echo(f"MEND  {fault}")
    if faults:
        raise typer.Exit(1)
    typer.echo("ok    the audit is whole")


def _must_exist(settings: Settings) -> None:
    """A SQLite database that is not there would be made by looking at it."""
    from bot.database.dump import sqlite_path

    if settings.database.startswith("sqlite") and not (path := sqlite_path(settings.database)).exists():
        typer.echo(f"There is no database at {path}. See BOGOBOT_DATA_DIR.", err=True)
        raise typer.Exit(1)


def _failed(error: Exception) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(1)
