"""The commands `bogobot db …` and `bogobot audit verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load_settings

db = typer.Typer(help="Upgrade, back up, restore and check the city's data.", no_args_is_help=True)
audit = typer.Typer(help="The record of who did what.", no_args_is_help=True)
_WHAT_TO_DO = (
    "The first line above is where it begins; what stands before it is as it was written. Keep a copy of the\n"
    "database as it is now. Then restore the newest backup in which `bogobot audit verify` finds nothing, and\n"
    "compare the two from that row on. If you have restored an older backup since, the seals of what came after it\n"
    "can't hold any more: move the file audit.seals away, and keep it."
)
_WHAT_WAS_CHANGED = (
    "The audit is whole, so what stands above was changed in the database past the bot. Keep a copy of the database\n"
    "as it is now. Find out who could write it since then, and have what the audit says put back."
)


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
    """Writes the database, the seals of its audit and all evidence into one file, while the bot runs on."""
    from bot.database import BackupError
    from bot.database import backup as run
    from models.clock import SystemClock
    from models.evidence.vault import Vault
    from models.seals import SEALS_FILE
    from models.store import Database

    settings = load_settings()
    _must_exist(settings)
    database = Database(settings.database)
    seals = settings.data_dir / SEALS_FILE
    try:
        manifest = run(database, Vault(settings.evidence_dir), seals, target, SystemClock().now())
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
    from models.seals import SEALS_FILE
    from models.store.schema import head_revision

    settings = load_settings()
    try:
        manifest = run(source, settings.database, settings.evidence_dir, settings.data_dir / SEALS_FILE)
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
def verify(
    against: Annotated[
        list[str] | None,
        typer.Option(help="LENGTH:HASH as a score workbook says it on its sheet 이력; may be repeated."),
    ] = None,
) -> None:
    """Recomputes the chain of the audit, holds it against every seal, and the data against what it says; names what
    was changed or removed."""
    from models.audit import last_row
    from models.audit import verify as run
    from models.recorded import differences
    from models.seals import SEALS_FILE, read_given, read_seals
    from models.store import Database

    settings = load_settings()
    _must_exist(settings)
    given = [read_given(text) for text in against or ()]
    if None in given:
        raise typer.BadParameter(
            "write it as the workbook does: 12345:0123456789abcdef (16 to 64 characters of the hash)",
            param_hint="--against",
        )
    seals, unreadable = read_seals(settings.data_dir / SEALS_FILE)
    database = Database(settings.database)
    with database.read() as session:
        faults = run(session, [*seals, *filter(None, given)])
        # Only a record that is whole can say what the data should be.
        changed = [] if faults else differences(session)
        last = last_row(session)
    database.close()
    for fault in faults:
        typer.echo(f"MEND  {fault}")
    if faults:
        typer.echo(_WHAT_TO_DO)
    for difference in changed:
        typer.echo(f"MEND  {difference}")
    if changed:
        typer.echo(_WHAT_WAS_CHANGED)
    for number in unreadable:
        typer.echo(
            f"MEND  line {number} of {SEALS_FILE} cannot be read. Put a copy of the file back; "
            "if the machine failed while it was written, take that line out."
        )
    if faults or changed or unreadable:
        raise typer.Exit(1)
    rows, held = last.id if last else 0, len(seals) + len(given)
    typer.echo(
        f"ok    the audit is whole: {rows:,} rows, held against {held:,} seal{'s' * (held != 1)}; "
        "what was decided is kept as it says"
    )


def _must_exist(settings: Settings) -> None:
    """A SQLite database that is not there would be made by looking at it."""
    from bot.database.dump import sqlite_path

    if settings.database.startswith("sqlite") and not (path := sqlite_path(settings.database)).exists():
        typer.echo(f"There is no database at {path}. See BOGOBOT_DATA_DIR.", err=True)
        raise typer.Exit(1)


def _failed(error: Exception) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(1)
