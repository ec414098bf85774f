"""Who is told a result, and the errand that draws each reader's picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.results.words import IN_OFFICE, title_of
from models.evidence.table import receive
from models.messaging.errand import ask
from models.organization import Person
from models.reminding.circle import Circle
from models.scheme.announced import Line, announced
from models.scheme.announcing import changed_lines, whom_to_tell
from models.scheme.finding import find_subject
from models.scheme.result import schemes_of
from models.scheme.table import Announcement, SubjectKind
from models.words import Phrase, Translator, say, translator


def tell(talk: Talk, made: Announcement) -> None:
    """Everybody whose result says something new gets theirs, the evaluation office all of it."""
    circle = Circle.on(talk.session, talk.today)
    for line in changed_lines(talk.session, made):
        subject = find_subject(talk.session, line.subject_id)
        for person_id in whom_to_tell(talk.session, subject, circle):
            about = {"announcement": made.id or 0, "subject": line.subject_id}
            ask(talk.session, talk.now, person_id, "result_told", **about)
            talk.has_errand = True
    office = [one for role in IN_OFFICE for one in circle.holders.get((role, "/"), ())]
    for person_id in circle.receivers(office):
        talk.tell(person_id, Go("results.full", {"announcement": made.id}))


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Draws one reader's picture, and brings it with their result."""
    with workshop.database.read() as session:
        made = session.get_one(Announcement, data["announcement"])
        translate = translator(session.get_one(Person, data["person"]).locale)
        lines = announced(made)
        own = next(line for line in lines if line.subject_id == data["subject"])
        picture = _draw(session, made, lines, own, translate)
        name = translate(_title(session, made))
    target = workshop.folder / "picture.png"
    target.write_bytes(picture)
    kept = workshop.keep(target, f"{name}.png")

    def finish(talk: Talk) -> Go:
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        about = {"announcement": data["announcement"], "subject": data["subject"]}
        return Go("results.told", {**about, "parcel": parcel.id})

    return finish


def _draw(session: Session, made: Announcement, lines: list[Line], own: Line, translate: Translator) -> bytes:
    """Departments of the group with one's own marked; a person sees their own parts and nothing of others."""
    # Imported here: matplotlib takes a second to load.
    from reports.charts.ranking import Bar, Ranking, ranking

    if kind_of(session, made) is SubjectKind.PERSON:
        bars = [Bar(part.name, part.points) for part in own.parts]
        note = say("항목별 점수 · 총점 {total}점", total=f"{own.total:f}")
    else:
        group = [line for line in lines if line.grouping == own.grouping]
        bars = [Bar(line.name, line.total, line.subject_id == own.subject_id) for line in group]
        note = say("{name} {rank}위 · {among}곳", name=own.name, rank=own.rank, among=own.among)
    return ranking(Ranking(translate(_title(session, made)), translate(note), bars))


def kind_of(session: Session, made: Announcement) -> SubjectKind:
    return schemes_of(session, made.cycle_id, made.scheme)[-1].subject_kind


def _title(session: Session, made: Announcement) -> Phrase:
    name = schemes_of(session, made.cycle_id, made.scheme)[-1].name
    return title_of(session, made.cycle_id, made.period_id, name)
