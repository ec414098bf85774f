"""The demo: a city from its example, its people side by side, a clock that can be moved on."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.settings import Settings, SettingsError
from models.audit import Actor
from models.clock import MovableClock
from models.messaging.account import web_account
from models.organization import Person, Role
from models.store import Database

SCENE = "시연.toml"
"""The file of an example that says what its demo begins with. It is no part of the plan, and not imported."""
_EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Scene:
    """What a city's demo begins with.

    cast: who sits side by side, by their code in the plan. words: what the first of them may type first.
    imported: when the plan came. reported: codes of periods that were reported and approved before it begins.
    """

    begins: datetime
    imported: datetime
    cast: Mapping[str, Role]
    words: str
    reported: tuple[str, ...] = ()


@dataclass
class DemoClock:
    """The demo's clock and the file that lets it go on where it stood after a restart."""

    clock: MovableClock
    path: Path

    @classmethod
    def of(cls, data_dir: Path, begins: datetime) -> DemoClock:
        path = data_dir / "clock"
        ahead = timedelta(seconds=float(path.read_text())) if path.exists() else begins - datetime.now(UTC)
        demo = cls(MovableClock(datetime.now(UTC) + ahead), path)
        demo.save()
        return demo

    def save(self) -> None:
        """Notes how far the clock is from the machine's."""
        ahead = self.clock.now() - datetime.now(UTC)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(ahead.total_seconds()))
        fresh.replace(self.path)


def find_city(name: str) -> str:
    """The example's whole name; its beginning is enough where no other begins so (`seoul` for `seoul-2019`)."""
    known = sorted(path.parent.name for path in _EXAMPLES.glob(f"*/{SCENE}"))
    found = [one for one in known if one == name] or [one for one in known if one.startswith(f"{name}-")]
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingsError(f"There are several examples of {name!r}: {', '.join(found)}. Name one of them.")
    raise SettingsError(f"There is no example {name!r}. There are: {', '.join(known)}.")


def scene_of(city: str) -> Scene:
    """What the demo of the example begins with."""
    path = _EXAMPLES / city / SCENE
    try:
        return _read(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def prepare_demo(settings: Settings, city: str, *, fresh: bool) -> DemoClock:
    """Sets up the city's data if it is not there yet; `fresh` begins anew."""
    scene = scene_of(city)
    if fresh and settings.data_dir.exists():
        shutil.rmtree(settings.data_dir)
    settings.make_data_dir()
    demo = DemoClock.of(settings.data_dir, scene.begins)
    ready = settings.data_dir / "ready"
    if not ready.exists():
        _load(settings, demo.clock, _EXAMPLES / city, scene)
        ready.touch()
    return demo


def cast_of(session: Session, scene: Scene) -> list[tuple[Person, Role]]:
    """The people side by side."""
    people = session.exec(select(Person).where(col(Person.code).in_(scene.cast)))
    by_code = {one.code: one for one in people}
    if missing := scene.cast.keys() - by_code.keys():
        raise SettingsError(f"{SCENE} names {', '.join(sorted(missing))}, whom the plan does not know.")
    return [(by_code[code], role) for code, role in scene.cast.items()]


def _read(given: dict[str, Any]) -> Scene:
    begins, imported = given["begins"], given.get("imported", given["begins"])
    for instant in (begins, imported):
        if not isinstance(instant, datetime) or instant.tzinfo is None:
            raise ValueError("begins and imported are instants such as 2019-07-08T09:00:00+09:00")
    cast = {one["person"]: Role(one["role"]) for one in given["cast"]}
    return Scene(begins, imported, cast, given["words"], tuple(given.get("reported", ())))


def _load(settings: Settings, clock: MovableClock, source: Path, scene: Scene) -> None:
    # Imported here: a demo that was set up before starts without the migrations' library.
    from bot.demo_past import report_all
    from models.evidence.vault import Vault
    from models.store.schema import upgrade
    from reports.plan import import_plan

    database = Database(settings.database)
    upgrade(database)
    with database.write() as session:
        import_plan(session, min(scene.imported, clock.now()), Actor(None, "demo"), source)
        report_all(session, Vault(settings.evidence_dir), source, scene.reported)
        # Whoever is on no messenger is not told of anything, and these are told from the first minute on.
        for person, _ in cast_of(session, scene):
            web_account(session, clock.now(), person.id or 0)
    database.close()
