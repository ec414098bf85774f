"""A workbook that was handed in: read and checked, shown with what it would change, applied once that is said."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.owner_items.listing import own_item
from handlers.owner_items.spread import draw, keep
from handlers.owner_items.words import (
    go_to,
    item_of,
    named_subjects,
    number_shown,
    place_of,
    title_of,
    warning,
)
from handlers.owner_items.workbook import about
from handlers.problems import problems_told
from handlers.wording import counted, parcel_shown
from models.doer import Doer
from models.evidence.table import Parcel, receive
from models.organization import Person
from models.scheme.owning import Given, Item, check_value, give_values, may_give_to, newest_of, values_of
from models.words import Phrase, Refusal, say, translator

if TYPE_CHECKING:
    from reports.owner_values import Read
    from reports.plan import PlanRejected, Problem

_SHOWN = 15


@dataclass(frozen=True)
class Change:
    """A subject whose value the workbook changes; None where it had or gets none, or N/A."""

    name: str
    before: Decimal | None
    had_one: bool
    after: Decimal | None


@dataclass(frozen=True)
class Reading:
    """What a workbook says, checked: `seen` is the newest value it was held against."""

    given: list[Given]
    changes: list[Change]
    seen: int
    all_values: list[Decimal | None]
    """Every subject's value once it is applied."""


def work_read(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Reads and checks the workbook, and draws how the values would spread."""
    from reports.plan import PlanRejected

    source = _copied(workshop, data["parcel"])
    with workshop.database.read() as session:
        item = item_of(session, data)
        doer = Doer.at_work(session, data["person"], workshop.clock.now(), "errand")
        parcel = session.get_one(Parcel, data["parcel"])
        try:
            reading = held_against(session, doer, item, _read(session, item, source))
        except PlanRejected as rejected:
            told = _problems(rejected, session.get_one(Person, data["person"]).locale)
            rejected_to = Go("owner_items.rejected", {**place_of(item), "name": parcel.name, **told})
            return lambda _talk: rejected_to
        translate = translator(session.get_one(Person, data["person"]).locale)
        picture = draw(session, item, reading.all_values, translate)
    kept = keep(workshop, picture, translate)

    def finish(talk: Talk) -> Go:
        own_item(talk, data)
        drawn = receive(talk.session, talk.now, talk.person_id, kept)
        found = {
            "file": parcel.id,
            "seen": reading.seen,
            "picture": drawn.id,
            **_summary(talk, item, reading),
        }
        return Go("owner_items.check", {**place_of(item), **found})

    return finish


def held_against(session: Session, doer: Doer, item: Item, read: Read) -> Reading:
    """What the rows say, held against what there is. Raises PlanRejected with everything that is wrong, by cell."""
    from reports.owner_values import SHEET
    from reports.plan import PlanRejected, Problem

    named = named_subjects(session, item)
    by_code = {subject.code: (subject, name) for subject, name in named}
    before = values_of(session, item)
    problems, given, changes = list(read.problems), [], []
    for row in read.rows:
        # Whose code nobody knows is among the problems already; its value is looked at all the same.
        subject, name = by_code.get(row.code, (None, ""))
        last = before.get(subject.id or 0) if subject else None
        if last is not None and (last.value, last.note) == (row.value, row.note):
            continue
        try:
            check_value(item.part, row.value)
            if subject is not None and may_give_to(doer, item, subject) is None:
                raise Refusal("본인의 점수는 줄 수 없습니다. 이 칸을 비워 주세요.")
        except Refusal as refusal:
            problems.append(Problem(SHEET, row.cell, refusal.phrase))
            continue
        if subject is not None:
            given.append(Given(subject.id or 0, row.value, row.note))
            changes.append(Change(name, last.value if last else None, last is not None, row.value))
    if problems:
        raise PlanRejected(sorted(problems, key=_row_of))
    after = {key: one.value for key, one in before.items()} | {one.subject_id: one.value for one in given}
    return Reading(given, changes, newest_of(before.values()), list(after.values()))


def work_apply(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Reads the same workbook again, and gives its values in the transaction that ends the errand."""
    from reports.plan import PlanRejected

    source = _copied(workshop, data["parcel"])
    with workshop.database.read() as session:
        read = _read(session, item_of(session, data), source)

    def finish(talk: Talk) -> Go:
        item = own_item(talk, data)
        parcel = talk.session.get_one(Parcel, data["parcel"])
        try:
            reading = held_against(talk.session, talk.doer, item, read)
        except PlanRejected as rejected:
            told = _problems(rejected, talk.person.locale)
            return Go("owner_items.rejected", {**place_of(item), "name": parcel.name, **told})
        given = give_values(
            talk.session, talk.doer, item, reading.given, data["seen"], parcel.name, parcel.sha256
        )
        return Go("owner_items.applied", {**place_of(item), "count": len(given)})

    return finish


def show_check(talk: Talk, data: Data) -> Screen:
    """What would change, with the picture, and the button that does it."""
    item = own_item(talk, data)
    told: list[Line] = [Bold(title_of(talk.session, item))]
    if not data["all"]:
        told.append(say("지금 값과 달라지는 것이 없습니다."))
        return Notice(lines(*told), buttons=[Button(say("항목으로"), go_to(item))])
    told.append(say("달라지는 대상 {count}건 ({counts})", count=data["all"], counts=_counts(data)))
    told += data["lines"]
    if left := data["all"] - len(data["lines"]):
        told.append(say("외 {count}건", count=left))
    told += [data["warning"]] if data["warning"] else []
    told.append(say("‘반영’을 누르기 전에는 아무것도 바뀌지 않습니다."))
    return Notice(
        lines(*told),
        tone=Tone.WARNING if data["warning"] else Tone.NEUTRAL,
        buttons=[Button(say("반영"), Press("apply"), Style.PRIMARY), Button(say("취소"), go_to(item))],
        picture=parcel_shown(talk.session.get_one(Parcel, data["picture"])),
    )


def take_check(talk: Talk, data: Data, answer: Answer) -> Go:
    """Has the values given."""
    item = own_item(talk, data)
    if not isinstance(answer, Pressed) or answer.action != "apply":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand("owner_items_apply", **place_of(item), parcel=data["file"], seen=data["seen"])
    return Go("owner_items.running", place_of(item))


def show_applied(talk: Talk, data: Data) -> Screen:
    """That it is done."""
    item = own_item(talk, data)
    told = say(
        "{title}: 대상 {count}건의 값을 반영했습니다.",
        title=title_of(talk.session, item),
        count=data["count"],
    )
    buttons = [
        Button(say("항목으로"), go_to(item), Style.PRIMARY),
        Button(say("소관 항목"), Go("owner_items.list")),
    ]
    return Notice(lines(told), tone=Tone.GOOD, buttons=buttons)


def show_rejected(talk: Talk, data: Data) -> Screen:
    """Every cell that is wrong, as far as a chat can show them."""
    item = own_item(talk, data)
    title = say(
        "{name:을/를} 반영하지 않았습니다. 고칠 곳이 {count}건 있습니다.",
        name=data["name"],
        count=data["all"],
    )
    told = problems_told(title, data)
    again = Button(say("고쳐서 다시 올리기"), Go("owner_items.file", place_of(item)), Style.PRIMARY)
    return Notice(lines(*told), tone=Tone.BAD, buttons=[again, Button(say("항목으로"), go_to(item))])


def _row_of(problem: Problem) -> int:
    return int("".join(filter(str.isdigit, problem.cell)))


def _read(session: Session, item: Item, source: Path) -> Read:
    from reports.owner_values import read_values

    codes = [subject.code for subject, _ in named_subjects(session, item)]
    return read_values(source, about(session, item), codes)


def _copied(workshop: Workshop, parcel_id: str) -> Path:
    with workshop.database.read() as session:
        sha256 = session.get_one(Parcel, parcel_id).sha256
    source = workshop.folder / "values.xlsx"
    shutil.copyfile(workshop.vault.path(sha256), source)
    return source


def _summary(talk: Talk, item: Item, reading: Reading) -> dict[str, Any]:
    """What the check says, as plain data in the reader's language."""
    changes = reading.changes
    told = [talk.translate(_change(item, one)) for one in changes[:_SHOWN]]
    alike = [talk.translate(one) for one in warning(item.part, reading.all_values)]
    new = sum(not one.had_one for one in changes)
    return {
        "lines": told, "all": len(changes), "new": new, "changed": len(changes) - new,
        "warning": alike[0] if alike else "",
    }  # fmt: skip


def _change(item: Item, one: Change) -> Phrase:
    after = number_shown(item.part, one.after)
    if not one.had_one:
        return say("• {name}: {after}", name=one.name, after=after)
    before = number_shown(item.part, one.before)
    return say("• {name}: {before} → {after}", name=one.name, before=before, after=after)


def _counts(data: Data) -> Phrase:
    return counted(
        (data["new"], say("새 값 {count}", count=data["new"])),
        (data["changed"], say("바뀐 값 {count}", count=data["changed"])),
    )


def _problems(rejected: PlanRejected, locale: str) -> dict[str, Any]:
    translate = translator(locale)
    problems = rejected.problems
    shown = [[one.sheet, one.cell, translate(one.phrase)] for one in problems[:_SHOWN]]
    return {"problems": shown, "all": len(problems)}
