"""The command `bogobot`."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.database_commands import audit, db
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsError, load_settings
from bot.slack_commands import slack

app = typer.Typer(
    help="보고봇: performance management of a Korean local government, in chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(db, name="db")
app.add_typer(audit, name="audit")
app.add_typer(slack, name="slack")


def main() -> None:
    """Runs a command; what is wrong with the settings is said in one sentence."""
    try:
        app()
    except SettingsError as error:
        print(f"bogobot: {error}", file=sys.stderr)  # noqa: T201 - the command line's own voice
        raise SystemExit(2) from None
    except Exception as error:
        if (fault := _database_fault(error)) is None:
            raise
        print(f"bogobot: {fault}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None


def _database_fault(error: Exception) -> str | None:
    """A sentence for a database that cannot be used; None where the error is about something else."""
    # Imported here: by now it is loaded, if the error is one of its.
    from sqlalchemy.exc import DBAPIError

    if not isinstance(error, DBAPIError):
        return None
    reason = str(error.orig).strip().splitlines()[0]
    return f"The database cannot be used: {reason}. Run: bogobot doctor"


@app.command()
def demo(
    city: Annotated[
        str, typer.Option(help="Which example to load; the beginning of its name is enough: gwangju.")
    ] = "seoul-2019",
    fresh: Annotated[bool, typer.Option(help="Throw the demo's data away and begin anew.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Loads an example city and opens its people's chats side by side, with a clock that can be moved."""
    from bot.demo import find_city, prepare_demo, scene_of
    from bot.serve import serve as run

    set_up_logs()
    given, city = load_settings(), find_city(city)
    # The demo has data of its own, and listens for this machine alone: it logs everybody in.
    settings = Settings(
        data_dir=given.data_dir / "demo" / city, host="127.0.0.1", port=given.port, locale=given.locale
    )
    prepared = prepare_demo(settings, city, fresh=fresh)

    def opened(address: str) -> None:
        typer.echo(f"보고봇 demo: {address}")
        if browser:
            webbrowser.open(address)

    run(
        settings,
        prepared.clock,
        scene=scene_of(city),
        on_clock_moved=prepared.save,
        on_listening=opened,
    )


@app.command()
def serve() -> None:
    """Runs the bot on the city's own data."""
    from bot.serve import serve as run
    from models.clock import SystemClock

    set_up_logs()
    settings = _city()
    run(settings, SystemClock(), on_listening=lambda address: typer.echo(f"보고봇: {address}"))


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="A plan workbook (.xlsx) or a folder of CSV files.")],
) -> None:
    """Imports a plan: all of it, or nothing and a list of what to mend."""
    from handlers.admin.import_plan import summary_of
    from handlers.planning.findings import summary_of_findings
    from models.audit import Actor
    from models.clock import SystemClock
    from models.store import Database
    from models.words import translator
    from reports.plan import PlanRejected, import_plan

    settings = _city()
    translate = translator(settings.locale)
    database = Database(settings.database)
    try:
        with database.write() as session:
            changes = import_plan(session, SystemClock().now(), Actor(None, "command"), source)
            findings = [] if changes.nothing else summary_of_findings(session, SystemClock().now())
    except PlanRejected as rejected:
        for problem in rejected.problems:
            typer.echo(f"{problem.sheet} {problem.cell}: {translate(problem.phrase)}", err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()
    for line in [*summary_of(changes), *findings, *changes.lines]:
        typer.echo(translate(line))


@app.command()
def template(target: Annotated[Path, typer.Argument(help="Where to write the empty workbook.")]) -> None:
    """Writes an empty plan workbook with drop-downs and notes."""
    from reports.plan import write_template

    with _writing(target):
        write_template(target)
    typer.echo(str(target))


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="Where to write the score workbook.")],
    cycle: Annotated[str, typer.Option(help="The cycle's code; the latest where not given.")] = "",
    period: Annotated[str, typer.Option(help="The period's code; the whole cycle where not given.")] = "",
) -> None:
    """Writes the score workbook, the same that the chat gives."""
    from models.clock import SystemClock
    from models.plan import find_cycle, find_period
    from models.store import Database
    from models.words import Refusal, translator
    from reports.scores import export_scores

    settings = _city()
    database = Database(settings.database)
    try:
        with database.read() as session:
            found = find_cycle(session, cycle)
            part = find_period(session, found, period) if period else None
            assert found.id is not None
            with _writing(target):
                made = export_scores(
                    session, target, found.id, part.id if part else None, SystemClock().now()
                )
    except Refusal as refusal:
        typer.echo(translator(settings.locale)(refusal.phrase), err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()
    typer.echo(f"{made.path} ({made.rows})")


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="The code of an indicator, a department, or a person.")],
    cycle: Annotated[str, typer.Option(help="The cycle's code; the latest where not given.")] = "",
    period: Annotated[str, typer.Option(help="The period's code; the whole cycle where not given.")] = "",
    scheme: Annotated[str, typer.Option(help="The scheme's code; all that rank it where not given.")] = "",
    as_of: Annotated[str, typer.Option(help="A past day: as things stood at its end, 2019-07-31.")] = "",
) -> None:
    """Walks from a total to each point: formula, target, value, version, weight, file, who decided when."""
    from bot.explain_command import explain_lines
    from models.clock import SystemClock, local_day
    from models.store import Database
    from models.words import Refusal, translator

    settings = _city()
    now = SystemClock().now()
    translate = translator(settings.locale).at(now)
    database = Database(settings.database)
    asked = {"cycle": cycle, "period": period, "scheme": scheme, "as_of": as_of}
    try:
        with database.read() as session:
            for line in explain_lines(session, translate, local_day(now), code, asked):
                typer.echo(line)
    except Refusal as refusal:
        typer.echo(translate(refusal.phrase), err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()


@app.command()
def link(person: Annotated[str, typer.Argument(help="The person's code in the plan.")]) -> None:
    """Makes a one-time code and link with which a person logs in, for the first administrator above all."""
    from sqlmodel import select

    from models.audit import Actor
    from models.clock import SystemClock
    from models.messaging.account import make_code
    from models.organization import Person
    from models.store import Database

    settings = _city()
    database = Database(settings.database)
    with database.write() as session:
        found = session.exec(select(Person).where(Person.code == person)).one_or_none()
        if found is None or found.id is None:
            raise SettingsError(f"Nobody has the code {person!r}. The codes are in the plan's sheet 사람.")
        code = make_code(session, SystemClock().now(), Actor(None, "command"), found.id)
    database.close()
    typer.echo(f"{code}\n{settings.address}/enter/{code}")


@app.command()
def doctor() -> None:
    """Checks every setting and says what to mend."""
    from bot.doctor import examine

    findings = list(examine(load_settings()))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.well else 'MEND'}  {finding.text}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """A file that cannot be written is said in one sentence."""
    try:
        yield
    except OSError as error:
        typer.echo(f"{target} cannot be written: {error.strerror or error}", err=True)
        raise typer.Exit(1) from None


def _city() -> Settings:
    """The settings of a city whose database is as this version needs it."""
    from models.store import Database
    from models.store.schema import current_revision, is_current, upgrade

    settings = load_settings()
    settings.make_data_dir()
    database = Database(settings.database)
    try:
        if current_revision(database) is None:
            upgrade(database)
        elif not is_current(database):
            raise SettingsError(
                "The database is of another version. Back it up with `bogobot db backup`, "
                "then run `bogobot db upgrade`."
            )
    finally:
        database.close()
    return settings
