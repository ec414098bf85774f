"""The pieces of every part for every subject: what each source has given, now or as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from sqlmodel import Session, select

from models.plan import Period
from models.rating.reading import rating_scores
from models.rating.table import Rating
from models.scheme.given import adjusted, deductions, is_taken, owner_values, percent_given
from models.scheme.reached import Reached, mileage, reached
from models.scheme.rules import YEAR, Piece, Score
from models.scheme.shares import read_shares
from models.scheme.table import Combine, Part, Source, Subject
from models.scheme.tree import covered, places_in
from models.scores.line import DepartmentLine
from models.scores.reading import View
from models.scoring.achievement import EXACT

Pieces = dict[int, dict[str, list[Piece]]]
"""By id of the subject and code of the part, in order of time."""
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Gathering:
    """What is asked for. `totals_of`: subjects and scores of another scheme in a period, or the year (None)."""

    session: Session
    view: View
    parts: Sequence[Part]
    subjects: Sequence[Subject]
    totals_of: Callable[[str, Period | None], Sequence[tuple[Subject, Score]]]


def periods_of_part(view: View, part: Part) -> list[Period | None]:
    """The periods whose pieces the part needs in the view; None stands for the year."""
    if part.combine is Combine.YEAR:
        return [] if view.period else [None]
    if part.combine is Combine.SHARES and view.period is None:
        shares = read_shares(part.shares)
        return [period for period in view.periods if period.code in shares]
    return list(view.periods)


def gather(asked: Gathering) -> Pieces:
    """All pieces. A part that has none in this view has no entry."""
    departments = places_in(asked.session, asked.view)
    found: Pieces = {one.id or 0: defaultdict(list) for one in asked.subjects}
    for part in asked.parts:
        for subject_id, piece in _BY_SOURCE[part.source](asked, part, departments):
            found[subject_id][part.code].append(piece)
    return found


_Found = Sequence[tuple[int, Piece]]
_Places = Mapping[int, DepartmentLine]


def _indicators(asked: Gathering, part: Part, places: _Places) -> _Found:
    found = []
    for period in periods_of_part(asked.view, part):
        totals = reached(asked.session, asked.view, period)
        for subject in asked.subjects:
            sum_ = Reached.over(totals, covered(places, subject.department_id, below=part.below))
            found.append((subject.id or 0, Piece(_code(period), sum_.percent(), sum_.is_missing)))
    return found


def _ratings(asked: Gathering, part: Part, _places: _Places) -> _Found:
    query = select(Rating).where(Rating.cycle_id == asked.view.cycle.id, Rating.code == part.basis)
    rounds = {one.period_id: one.id or 0 for one in asked.session.exec(query)}
    scores = rating_scores(asked.session, list(rounds.values()), asked.view.as_of)
    found = []
    for period in periods_of_part(asked.view, part):
        round_id = rounds.get(period.id if period else None)
        for subject in asked.subjects if round_id is not None else ():
            score = scores.get((round_id or 0, subject.id or 0))
            missing = score is not None and score.is_missing
            percent = score.percent if score is not None else None
            # What is still to be rated counts 0; a subject that nobody has to rate is left out.
            piece = Piece(_code(period), _NOTHING if percent is None and missing else percent, missing)
            found.append((subject.id or 0, piece))
    return found


def _owners(asked: Gathering, part: Part, _places: _Places) -> _Found:
    values = owner_values(asked.session, asked.subjects, part.code, asked.view.as_of)
    found = []
    for period in periods_of_part(asked.view, part):
        on = period.ends_on if period else asked.view.cycle.ends_on
        for subject in asked.subjects:
            given = values.get((subject.id or 0, period.id if period else None))
            if given is not None and not is_taken(part, given):
                given = None
            percent = _NOTHING if given is None else percent_given(part, given, on)
            found.append((subject.id or 0, Piece(_code(period), percent, given is None)))
    return found


def _schemes(asked: Gathering, part: Part, places: _Places) -> _Found:
    found = []
    for period in periods_of_part(asked.view, part):
        totals = asked.totals_of(part.basis, period)
        for subject in asked.subjects:
            theirs = [score for other, score in totals if belongs(other, subject, places, below=part.below)]
            with localcontext(EXACT):
                percent = sum((one.total for one in theirs), _NOTHING) / len(theirs) if theirs else None
            is_missing = any(one.is_missing for one in theirs)
            found.append((subject.id or 0, Piece(_code(period), percent, is_missing)))
    return found


def belongs(other: Subject, subject: Subject, places: _Places, *, below: bool) -> bool:
    """Whether the other scheme's subject is this one; or is a department below it, or somebody in it or below."""
    if below:
        is_itself = other.department_id == subject.department_id
        is_within = places[other.department_id].path.startswith(places[subject.department_id].path)
        return is_within and (other.person_id is not None or not is_itself)
    if other.person_id is not None or subject.person_id is None:
        return other.code == subject.code
    return other.department_id == subject.department_id


def _adjustments(asked: Gathering, part: Part, _places: _Places) -> _Found:
    period = asked.view.period
    given = adjusted(
        asked.session, asked.subjects, part.code, period.id if period else None, asked.view.as_of
    )
    return [(key, Piece(_code(period), points)) for key, points in given.items()]


def _consultation(asked: Gathering, part: Part, places: _Places) -> _Found:
    if asked.view.period is not None:
        return []
    taken = deductions(asked.session, asked.view.cycle.id or 0, asked.view.as_of)
    found = []
    for subject in asked.subjects:
        own = covered(places, subject.department_id, below=part.below)
        theirs = [one.points for one, _ in taken if one.department_id in own]
        found.append((subject.id or 0, Piece(YEAR, sum(theirs, _NOTHING))))
    return found


def _mileage(asked: Gathering, part: Part, places: _Places) -> _Found:
    totals = mileage(asked.session, asked.view, part.basis)
    if totals is None:
        return []
    code = _code(asked.view.period)
    found = []
    for subject in asked.subjects:
        sum_ = Reached.over(totals, covered(places, subject.department_id, below=part.below))
        found.append((subject.id or 0, Piece(code, sum_.points, sum_.is_missing)))
    return found


def _code(period: Period | None) -> str:
    return period.code if period else YEAR


_BY_SOURCE: Mapping[Source, Callable[[Gathering, Part, _Places], _Found]] = {
    Source.INDICATORS: _indicators,
    Source.RATING: _ratings,
    Source.OWNER: _owners,
    Source.SCHEME: _schemes,
    Source.BONUS: _adjustments,
    Source.DEDUCTION: _adjustments,
    Source.CONSULTATION: _consultation,
    Source.MILEAGE: _mileage,
}
