"""Papers as in rating, without the chat: the verbs that the dialogues call, done by the same raters."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from models.organization import Person
from models.rating.answering import save, submit
from models.rating.table import Group, Paper, PaperState
from models.scheme.table import Subject
from tests.cities.place import Place
from tests.cities.rating import Answers, answers_of, round_key


def all_rate(place: Place, cycle: str, rating: str, period: str = "", answers: Answers | None = None) -> int:
    """Every rater of an open round, a transaction each; how many papers were handed in. `answers`: others than those
    of the file."""
    place.town.time_goes_on()
    answers = answers or answers_of(place.name, cycle, rating, period)
    with place.town.database.read() as session:
        papers = _open_papers(session, round_key(session, cycle, rating, period))
    for number, own in papers.items():
        with place.town.database.write() as session:
            doer = place.doer(session, number)
            for key, group, subject in own:
                opened = save(session, doer, key, _answered(answers, group, number, subject))
                submit(session, doer, key, opened.paper.revision)
    return sum(map(len, papers.values()))


def _open_papers(session: Session, rating: int) -> dict[str, list[tuple[int, str, str]]]:
    """By the rater's number the papers they were dealt, with group and subject by their codes."""
    query = (
        select(Person.code, Paper.id, Group.code, Subject.code)
        .join(Paper, col(Paper.rater_id) == col(Person.id))
        .join(Group, col(Group.id) == col(Paper.group_id))
        .join(Subject, col(Subject.id) == col(Paper.subject_id))
        .where(Paper.rating_id == rating, Paper.state == PaperState.OPEN)
        .order_by(col(Paper.id))
    )
    found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for number, key, group, subject in session.exec(query):
        found[number].append((key or 0, group, subject))
    return found


def _answered(answers: Answers, group: str, number: str, subject: str) -> dict[str, str]:
    """Where the file does not say who, whoever is dealt the paper answers so."""
    row = answers.get((group, number, subject)) or answers[group, "", subject]
    about = ("성과주기", "평가", "기간", "평가단", "위원", "대상", "회피")
    assert not row["회피"]
    return {code: answer for code, answer in row.items() if answer and code not in about}
