"""Training, meetings and consultation: people sign up in chat, who runs them notes who came and who did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from models.clock import SEOUL
from models.consultation.free import when
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.organization import Department, Person
from models.plan import Cycle
from models.words import Translator, translator
from tests.cities.answers import Row, rows
from tests.cities.filling import chooses
from tests.cities.place import Place

CAME = "예"


@dataclass(frozen=True)
class Appointment:
    """A slot as menus show it; `runs` is the number of who notes the attendance, "" for any administrator."""

    programme: str
    title: str
    when: str
    place: str
    is_for_departments: bool
    runs: str


def all_sign_up(
    place: Place, cycle: str, programme: str, in_chat: Callable[[str], bool] = lambda _: True
) -> int:
    """Everybody who is in 출석.csv takes their seat; how many that are. The calendar files are not made. Departments
    for whose code `in_chat` says no are left to attending_by_verbs."""
    expected = [row for row in rows_of(place.name, cycle, programme) if in_chat(row["부서"])]
    slots = appointments(place, cycle, programme)
    for row in expected:
        one, person = slots[row["일정"]], place.person(row["사람"])
        person.says("교육")
        chooses(person, one.programme)
        if one.is_for_departments and one.when not in person.buttons():
            _for_department(place, row["부서"], person.buttons(), row["사람"])
        day = one.when.rpartition(" ")[0]
        if day in person.buttons():
            chooses(person, day)
        # A consultation has slots side by side; they are told apart by their place.
        chooses(person, one.when, one.place if one.is_for_departments else "")
        person.presses("예약하기")
        person.sees("예약됨")
    place.leaves_errands()
    return len(expected)


def attendance(
    place: Place,
    cycle: str,
    programme: str,
    administrator: str,
    in_chat: Callable[[str], bool] = lambda _: True,
) -> int:
    """Who runs each slot of a day that is over notes who came; how many did not."""
    slots = appointments(place, cycle, programme)
    by_slot: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(place.name, cycle, programme):
        if in_chat(row["부서"]):
            by_slot[row["일정"]].append(row)
    for code, expected in by_slot.items():
        if slots[code].is_for_departments:
            _notes_one(place, slots[code], expected[0], administrator)
        else:
            _notes_hall(place, slots[code], expected, administrator)
    return sum(row["출석"] != CAME for own in by_slot.values() for row in own)


def rows_of(city: str, cycle: str, programme: str) -> list[Row]:
    """The rows of a programme."""
    found = rows(city, "actuals/출석")
    return [row for row in found if (row["성과주기"], row["프로그램"]) == (cycle, programme)]


def appointments(place: Place, cycle: str, programme: str) -> dict[str, Appointment]:
    """The slots of a programme by their code."""
    with place.town.database.read() as session:
        query = select(Slot, Programme).join(Programme, col(Programme.id) == col(Slot.programme_id))
        query = query.join(Cycle, col(Cycle.id) == col(Programme.cycle_id))
        found = session.exec(query.where(Cycle.code == cycle, Programme.code == programme)).all()
        numbers = {one.id: one.code for one in session.exec(select(Person))}
        told = translator("ko").at(place.town.now())
        return {slot.code: _appointment(slot, of, told, numbers) for slot, of in found}


def _appointment(slot: Slot, of: Programme, told: Translator, numbers: dict[int | None, str]) -> Appointment:
    assert slot.starts_at.astimezone(SEOUL) < slot.ends_at
    is_for_departments = of.kind is ProgrammeKind.CONSULTATION
    return Appointment(
        of.name, f"{of.name} · {slot.title}" if slot.title else of.name, told(when(slot)), slot.place,
        is_for_departments, numbers.get(slot.consultant_id or slot.office_id, ""),
    )  # fmt: skip


def _for_department(place: Place, code: str, offered: Sequence[str], number: str) -> None:
    """Who works for several departments says first for which."""
    with place.town.database.read() as session:
        name = session.exec(select(Department.name).where(Department.code == code)).one()
    if name in offered:
        place.person(number).presses(name)


def _notes_one(place: Place, slot: Appointment, row: Row, administrator: str) -> None:
    """A consultation: one press."""
    who = place.person(slot.runs or administrator)
    who.says("출석")
    chooses(who, slot.title, slot.when)
    who.presses("참석" if row["출석"] == CAME else "불참")


def _notes_hall(place: Place, slot: Appointment, expected: Sequence[Row], administrator: str) -> None:
    """A hall: everybody at once, then by name who stayed away."""
    who = place.person(slot.runs or administrator)
    who.says("출석")
    chooses(who, slot.title, slot.when)
    who.presses("모두 참석")
    absent = [row for row in expected if row["출석"] != CAME]
    for row in absent:
        with place.town.database.read() as session:
            person = session.exec(select(Person).where(Person.code == row["사람"])).one()
            home = session.get_one(Department, person.department_id).name
        chooses(who, person.name, home)
    who.sees(f"참석 {len(expected) - len(absent)}명 · 불참 {len(absent)}명 · 미기록 0명")
