"""What a rater is shown of a subject: what was planned and what was recognised of it, in figures.

Evidence files stay with those who report and decide: what they say has been put into the recognised value by an
evaluator who has seen them, they may hold personal data, and a rater may come from outside the house. Nor is shown
what others have rated, or a value that nobody has recognised yet.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line
from handlers.wording import target_shown, value_of
from models.organization import Department
from models.plan import Indicator, MainProject, Period
from models.rating.papers import PaperFile
from models.scheme.table import Part, Scheme, Source
from models.scores import FrozenScore, ScoreRow, open_view
from models.scores.frozen import frozen_counts, frozen_rows
from models.scores.line import department_lines
from models.scores.live import live_rows
from models.store.kept import kept
from models.submission import Submission
from models.words import Phrase, say

_READ_FROM = (Department, FrozenScore, Indicator, Period, Submission)
_MOST = 20
_MOST_PROJECTS = 10


def facts_of(talk: Talk, opened: PaperFile) -> list[Line]:
    """The subject's indicators in the round's period, and its main projects: those of its own department; with those
    below it where the scheme counts these, or where it has none of its own."""
    below = _counts_below(talk, opened)
    places = _below(talk, opened) if below else [opened.subject.department_id]
    rows = _rows(talk, opened, places)
    if not rows and not below:
        places = _below(talk, opened)
        rows = _rows(talk, opened, places)
    told: list[Line] = []
    if rows:
        told += [Bold(say("성과지표 {count}건", count=len(rows))), *map(_indicator, rows[:_MOST])]
    if len(rows) > _MOST:
        told.append(say("외 {count}건", count=len(rows) - _MOST))
    return [*told, *_projects(talk, opened, places)]


def read_ahead(talk: Talk, papers: Sequence[PaperFile]) -> None:
    """Reads at once what the cards of these papers of one round, all redrawn in this turn, are going to say."""
    if not papers:
        return
    below = _counts_below(talk, papers[0])
    own = [one.subject.department_id for one in papers]
    if not below:
        _rows(talk, papers[0], own)
    bare = [one for one in papers if below or not _rows(talk, one, [one.subject.department_id])]
    _rows(talk, papers[0], [place for one in bare for place in _below(talk, one)])


def _indicator(row: ScoreRow) -> Line:
    """`• 민원처리율 — 목표 95 % · 인정 97.3 % · 12/12점`."""
    plan, figures = row.plan, row.figures
    told: list[Phrase | str] = [say("• {indicator}", indicator=plan.name)]
    if figures.target is not None:
        told += [" — ", say("목표 {target}", target=_value(figures.target, row, is_target=True))]
    if figures.recognised is not None or figures.not_applicable:
        told += [" · ", say("인정 {value}", value=_value(figures.recognised, row))]
    if figures.points is not None:
        told += [" · ", say("{points}/{weight}점", points=figures.points, weight=figures.weight or 0)]
    return tuple(told)


def _value(value: object, row: ScoreRow, *, is_target: bool = False) -> Phrase:
    shown = target_shown if is_target else value_of
    # The names that are read are those of the indicator.
    return shown(value, row.plan) if is_target else value_of(value, row.plan, row.figures.not_applicable)  # type: ignore[arg-type]


def _rows(talk: Talk, opened: PaperFile, places: Sequence[int]) -> list[ScoreRow]:
    cycle_id, period_id = opened.rating.cycle_id, opened.rating.period_id
    known: dict[int, Sequence[ScoreRow]] = kept(
        talk.session, ("rated", cycle_id, period_id), _READ_FROM, dict
    )
    if lacking := [one for one in places if one not in known]:
        view = open_view(talk.session, cycle_id, period_id)
        rows_of = frozen_rows if frozen_counts(talk.session, view) else live_rows
        rows = rows_of(talk.session, view, department_lines(talk.session), lacking)
        known |= {one: rows.get(one, ()) for one in lacking}
    return [row for place in places for row in known[place]]


def _counts_below(talk: Talk, opened: PaperFile) -> bool:
    query = (
        select(Part.id)
        .join(Scheme, col(Scheme.id) == col(Part.scheme_id))
        .where(Scheme.cycle_id == opened.rating.cycle_id, Scheme.code == opened.rating.scheme)
        .where(Part.source == Source.INDICATORS, col(Part.below))
    )
    return talk.session.exec(query).first() is not None


def _below(talk: Talk, opened: PaperFile) -> list[int]:
    """The subject's department and everything below it."""
    path = talk.session.get_one(Department, opened.subject.department_id).path
    query = sa.select(col(Department.id)).where(col(Department.path).startswith(path, autoescape=True))
    keys = talk.session.execute(query.order_by(col(Department.path))).scalars()
    return [key for key in keys if key is not None]


def _projects(talk: Talk, opened: PaperFile, places: Sequence[int]) -> list[Line]:
    query = select(MainProject.name).where(
        MainProject.cycle_id == opened.rating.cycle_id, col(MainProject.department_id).in_(places)
    )
    names = list(talk.session.exec(query.order_by(col(MainProject.id))))
    if not names:
        return []
    told: list[Line] = ["", Bold(say("주요사업 {count}건", count=len(names)))]
    told += [say("• {name}", name=name) for name in names[:_MOST_PROJECTS]]
    if len(names) > _MOST_PROJECTS:
        told.append(say("외 {count}건", count=len(names) - _MOST_PROJECTS))
    return told
