"""Seoul's example with people in it who answer the bot: what turns.py and commits.py load the machine with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from bot.demo import DemoClock, prepare_demo
from bot.settings import Settings
from handlers.dialogue.answers import FromMessenger, PressedToken, Said
from models.clock import local_day
from models.evidence.table import receive
from models.evidence.vault import Vault
from models.messaging.account import web_account
from models.organization import Person, Role, RoleHeld, in_force, is_here
from models.plan import Indicator
from models.store import Database

# Of ten people eight report, one leads and one evaluates or looks on.
_OFFICERS, _LEADS = 8, 1

Event = dict[str, Any]


@dataclass
class Answerer:
    """Somebody in their chat, who sees what is delivered and always knows what to answer."""

    person_id: int
    account_id: int
    indicators: list[str]
    """Names of those they report; a team lead or evaluator has none and works through the queue."""
    parcel: str
    screens: dict[int, Event] = field(default_factory=dict)
    _story: Iterator[FromMessenger] | None = None

    def see(self, event: Event) -> None:
        """Takes notice of what a window was given."""
        for line in event.get("lines", [event["line"]] if "line" in event else []):
            if line["who"] == "bot":
                self.screens[line["id"]] = line["body"]
        if event["op"] == "gone":
            self.screens.pop(event["id"], None)

    def answer(self) -> FromMessenger:
        """What they say or press next."""
        if self._story is None:
            self._story = self._reports() if self.indicators else self._reviews()
        return next(self._story)

    def _reports(self) -> Iterator[FromMessenger]:
        while True:
            for name in self.indicators:
                yield Said("메뉴")
                yield self._press("내 지표")
                yield self._press(name)
                yield Said(f"{name} 97.3")
                yield Said("", [self.parcel])
                yield self._press("다음")
                yield self._press("건너뛰기")
                yield self._press("제출하기")

    def _reviews(self) -> Iterator[FromMessenger]:
        while True:
            yield Said("대기함")
            yield self._press_first_choice()
            yield self._press("확인", "승인")
            yield self._press("대기함으로")

    def _press(self, *labels: str) -> FromMessenger:
        """Presses the newest of these that still works; where there is none, asks for the menu."""
        for body in self._working():
            for one in [*body.get("buttons", []), *body.get("choices", [])]:
                if one["label"] in labels:
                    return PressedToken(one["token"])
        return Said("메뉴")

    def _press_first_choice(self) -> FromMessenger:
        choices = next((body["choices"] for body in self._working() if body.get("choices")), None)
        return PressedToken(choices[0]["token"]) if choices else Said("메뉴")

    def _working(self) -> Iterator[Event]:
        for key in sorted(self.screens, reverse=True):
            if self.screens[key]["live"]:
                yield self.screens[key]


@dataclass
class Town:
    """The demo's data in a folder, and some of its people."""

    settings: Settings
    clock: DemoClock
    answerers: list[Answerer]


def seoul(data_dir: Path, count: int) -> Town:
    """Seoul as `bogobot demo` sets it up in that folder, and so many people with a file at hand each."""
    settings = Settings(_env_file=None, data_dir=data_dir / "demo" / "seoul-2019")
    clock = prepare_demo(settings, "seoul-2019", fresh=False)
    vault = Vault(settings.evidence_dir)
    with vault.receiving() as incoming:
        incoming.write("월,처리율\n6,97.3\n".encode())
        kept = incoming.keep("증빙.csv")
    database = Database(settings.database)
    with database.write() as session:
        now, answerers = clock.clock.now(), []
        for person_id, indicators in _people(session, local_day(now), count):
            account = web_account(session, now, person_id)
            parcel = receive(session, now, person_id, kept)
            answerers.append(Answerer(person_id, account.id or 0, indicators, parcel.id))
    database.close()
    return Town(settings, clock, answerers)


def _people(session: Session, today: date, count: int) -> list[tuple[int, list[str]]]:
    """Officers, the leads of their departments and evaluators, taking turns."""
    names: dict[int, list[str]] = {}
    departments: set[int] = set()
    reporting = select(Indicator).join(Person, col(Person.id) == col(Indicator.officer_id))
    for one in session.exec(reporting.where(is_here(today)).order_by(col(Indicator.id))):
        if len(names) < count * _OFFICERS // 10 or one.officer_id in names:
            names.setdefault(one.officer_id or 0, []).append(one.name)
            departments.add(one.department_id)
    leads = _holders(session, Role.TEAM_LEAD, today, col(RoleHeld.department_id).in_(departments))
    evaluators, officers = (_holders(session, role, today) for role in (Role.EVALUATOR, Role.OFFICER))
    others = dict.fromkeys([*leads[: count * _LEADS // 10], *evaluators, *officers])
    free = [one for one in others if one not in names]
    deciders = [(one, list[str]()) for one in free[: count - len(names)]]
    mixed = list(names.items())
    step = max(1, len(mixed) // max(1, len(deciders)))
    for place, decider in enumerate(deciders):
        mixed.insert(place * (step + 1), decider)
    return mixed


def _holders(session: Session, role: Role, today: date, *conditions: ColumnElement[bool]) -> list[int]:
    query = select(Person.id).join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
    query = query.where(RoleHeld.role == role, is_here(today), in_force(today), *conditions)
    return [one or 0 for one in session.exec(query.order_by(col(Person.id)).distinct())]
