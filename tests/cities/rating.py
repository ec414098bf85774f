"""The papers of a round: every rater goes through their subjects in chat, steps back where they have to, and hands
in what they answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.organization import Person
from models.plan import Cycle, Period
from models.rating.papers import PaperFile, round_of
from models.rating.table import Paper, Rating
from models.scheme.table import Subject
from tests.cities.answers import Row, rows
from tests.cities.filling import answers_each, fills_in
from tests.cities.place import Place
from tests.kit.conversation import Speaker

Answers = Mapping[tuple[str, str, str], Row]
"""What is answered, by group, rater's number ("" for whoever is dealt the paper) and the subject's code."""


@dataclass(frozen=True)
class Dealt:
    """A paper that a rater was dealt: its group and subject by their codes, and the name the card has."""

    group: str
    subject: str
    name: str


def all_rate(
    place: Place,
    cycle: str,
    rating: str,
    period: str = "",
    by_field: int = 2,
    in_chat: Callable[[str], bool] = lambda _: True,
) -> int:
    """Every rater of an open round; how many papers were handed in. The first `by_field` of them answer field by
    field, the others with a whole form at once, as Slack has it. Raters for whose number `in_chat` says no are left to
    rating_by_verbs."""
    place.town.time_goes_on()
    answers = answers_of(place.name, cycle, rating, period)
    with place.town.database.read() as session:
        key = round_key(session, cycle, rating, period)
        query = select(Person.code).join(Paper, col(Paper.rater_id) == col(Person.id))
        raters = sorted(filter(in_chat, set(session.exec(query.where(Paper.rating_id == key)))))
    return sum(_rates(place, number, key, answers, modal=at >= by_field) for at, number in enumerate(raters))


def answers_of(city: str, cycle: str, rating: str, period: str) -> Answers:
    """The rows of the round."""
    return {
        (row["평가단"], row["위원"], row["대상"]): row
        for row in rows(city, "actuals/평가")
        if (row["성과주기"], row["평가"], row["기간"]) == (cycle, rating, period)
    }


def _rates(place: Place, number: str, rating: int, answers: Answers, *, modal: bool) -> int:
    """One rater, from the list of rounds to the press that hands in; how many papers that were."""
    rater = place.person(number)
    with place.town.database.read() as session:
        round_ = round_of(session, rater.person_id, rating)
        papers = [_dealt(session, one) for one in round_.papers]
        criteria = {one.code: one.name for one in round_.criteria}
        title = _title(session, round_.rating)
    rater.says("평가")
    rater.presses(title)
    rater.presses(f"이어서 평가: {papers[0].name}")
    done = 0
    for paper in papers:
        row = answers.get((paper.group, number, paper.subject)) or answers[paper.group, "", paper.subject]
        assert rater.screens()[-1]["title"] == paper.name
        if row["회피"]:
            rater.presses("회피")
            rater.says(row["회피"])
            continue
        rater.presses("평가하기")
        answered = {name: row[code] for code, name in criteria.items()} | {"의견": ""}
        (fills_in if modal else answers_each)(rater, answered)
        done += 1
    hands_in(rater, done)
    return done


def hands_in(rater: Speaker, count: int) -> None:
    """What was answered; after the last answer it is shown once more."""
    again = f"답 확인하고 제출 ({count}건)"
    if again in rater.buttons():
        rater.presses(again)
    rater.presses(f"{count}건 제출하기")
    rater.sees(f"평가 {count}건을 제출했습니다.")


def round_key(session: Session, cycle: str, rating: str, period: str) -> int:
    """The id of a round, by codes; the period is "" for one of the whole cycle."""
    query = select(Rating.id, Period.code).join(Cycle, col(Cycle.id) == col(Rating.cycle_id))
    query = query.join(Period, col(Period.id) == col(Rating.period_id), isouter=True)
    found = session.exec(query.where(Cycle.code == cycle, Rating.code == rating))
    return next(key or 0 for key, code in found if (code or "") == period)


def _dealt(session: Session, paper: PaperFile) -> Dealt:
    subject = session.get_one(Subject, paper.paper.subject_id)
    return Dealt(paper.group.code, subject.code, paper.name)


def _title(session: Session, rating: Rating) -> str:
    """As the menu of rounds has it."""
    if rating.period_id is None:
        return rating.name
    return f"{rating.name} · {session.get_one(Period, rating.period_id).name}"
