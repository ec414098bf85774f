"""The sheet 평가원점수: every paper as it was handed in, and its score once more from its own cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.organization import Person
from models.rating.reading import form_of
from models.rating.said import criteria_of
from models.rating.scale import read_scale
from models.rating.scores import written_out
from models.rating.table import Criterion, Entry, Group, Paper, PaperState, Rating
from models.scores import View
from models.scoring.achievement import rounded
from models.words import Refusal
from reports.excel import Book, Sheet
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import EXACT, Numbers, difference, period_named
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

KEY, SCORE, OFF = "키", "재계산 점수", "점수 차이"
_BEFORE = [
    Column("평가", 20),
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("기간", 9, Look.CENTRED),
    Column("평가단", 16),
    Column("위원·응답번호", 14, Look.CENTRED),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column("차수", 6, Look.CENTRED),
    Column("제출", 6, Look.CENTRED),
    Column("제출일시", 17, Look.MOMENT),
    Column("상태", 12, Look.CENTRED),
]
_AFTER = [
    Column("기록 점수", 10, Look.POINTS),
    Column(SCORE, 10, Look.POINTS),
    Column(OFF, 8, Look.NUMBER),
    Column("의견·회피 사유", 40),
]
Names = Mapping[int, tuple[str, str]]
"""Code and name of each subject by its id."""


@dataclass(frozen=True)
class _Handed:
    """A paper with its last entry, if it has one."""

    paper: Paper
    entry: Entry | None
    group: Group
    rater: str


class Papers:
    """The sheet, written whole. `scores`: what counts of each pile, by its key `numbers.of("pile", round, group,
    subject)`."""

    def __init__(
        self,
        session: Session,
        book: Book,
        view: View,
        rounds: Sequence[Rating],
        names: Names,
        numbers: Numbers,
    ) -> None:
        self._view, self._names, self._numbers = view, names, numbers
        self.scores: defaultdict[int, list[Decimal]] = defaultdict(list)
        criteria = {one.id: criteria_of(session, one.cycle_id, one.code) for one in rounds}
        self.sheet = _paper_sheet(book, view, max(map(len, criteria.values()), default=0))
        for one in rounds:
            self._add_round(one, criteria[one.id], _handed(session, one))

    def _add_round(self, one: Rating, criteria: Sequence[Criterion], handed: Sequence[_Handed]) -> None:
        form = form_of(criteria)
        turns: defaultdict[tuple[int, int], int] = defaultdict(int)
        for row in handed:
            pile = (row.paper.group_id, row.paper.subject_id)
            turns[pile] = max(turns[pile], row.paper.turn)
        for row in handed:
            is_recused = row.paper.state is PaperState.RECUSED
            # One that is still open is not told of.
            if row.paper.subject_id not in self._names or (row.entry is None and not is_recused):
                continue
            score = written_out(form.score(row.entry.answers)) if row.entry is not None else None
            is_last = row.paper.turn == turns[row.paper.group_id, row.paper.subject_id]
            self._add(one, criteria, row, score, is_recused=is_recused, is_last=is_last)

    def _add(
        self,
        one: Rating,
        criteria: Sequence[Criterion],
        row: _Handed,
        score: Decimal | None,
        *,
        is_recused: bool,
        is_last: bool,
    ) -> None:
        counts = score is not None and is_last and not is_recused
        key = self._numbers.of("pile", one.id, row.group.id, row.paper.subject_id) if counts else None
        if key is not None and score is not None:
            self.scores[key].append(score)
        state = "반영" if counts else "회피" if is_recused else "이전 평가" if not is_last else "양식이 바뀜"
        before: list[Cell] = [
            one.name, key, period_named(self._view, one.period_id), row.group.name, row.rater,
            *self._names[row.paper.subject_id], row.paper.turn, row.entry.number if row.entry else None,
            row.entry.submitted_at if row.entry else row.paper.recused_at, state,
        ]  # fmt: skip
        answered = [cell for criterion in criteria for cell in _answer(criterion, row.entry)]
        room = len(self.sheet.table.columns) - len(_BEFORE) - len(_AFTER) - len(answered)
        said = row.paper.reason if is_recused else row.entry.comment if row.entry else ""
        scores = _scores(self.sheet, len(criteria), score)
        self.sheet.add([*before, *answered, *([None] * room), *scores, said or None])


def _handed(session: Session, one: Rating) -> list[_Handed]:
    of_round = sa.select(col(Paper.id)).where(col(Paper.rating_id) == one.id)
    newest = (
        sa.select(col(Entry.paper_id).label("paper_id"), sa.func.max(col(Entry.number)).label("number"))
        .where(col(Entry.paper_id).in_(of_round))
        .group_by(col(Entry.paper_id))
        .subquery()
    )
    query = (
        sa.select(Paper, Entry, Group, col(Person.name))
        .join(Group, col(Group.id) == col(Paper.group_id))
        .join(Person, col(Person.id) == col(Paper.rater_id), isouter=True)
        .join(newest, newest.c.paper_id == col(Paper.id), isouter=True)
        .join(
            Entry,
            (col(Entry.paper_id) == col(Paper.id)) & (col(Entry.number) == newest.c.number),
            isouter=True,
        )
        .where(col(Paper.rating_id) == one.id)
        .order_by(col(Paper.subject_id), col(Group.position), col(Group.id), col(Paper.turn), col(Paper.id))
    )
    rows = session.execute(query)
    return [_Handed(paper, entry, group, name or paper.respondent) for paper, entry, group, name in rows]


def _paper_sheet(book: Book, view: View, most: int) -> Sheet:
    criteria = []
    for at in range(1, most + 1):
        criteria += [
            Column(f"항목 {at}", 18),
            Column(f"비율 {at}", 8, Look.PERCENT),
            Column(f"배점 {at}", 8, Look.NUMBER, folded=True),
        ]
    lines: list[list[Cell]] = [
        ["위원이 낸 평가표입니다. 상태가 ‘반영’인 것만 평균에 들어갑니다. 관리자만 볼 수 있는 자료입니다."]
    ]
    marks = [
        Highlight("상태", Compare.IS, "회피", Tone.QUIET),
        Highlight(OFF, Compare.IS_NOT, 0, Tone.BAD),
    ]
    table = Table(
        "평가원점수", f"{scope_name(view)} 평가원점수", lines, [*_BEFORE, *criteria, *_AFTER], marks
    )
    return book.sheet(table)


def _answer(criterion: Criterion, entry: Entry | None) -> list[Cell]:
    """What was answered, what it is worth in per cent, and the criterion's weight."""
    answer = entry.answers.get(criterion.code) if entry is not None else None
    if answer is None:
        return [None, None, None]
    try:
        percent = rounded(read_scale(criterion.scale).percent_of(answer), EXACT)
    except Refusal:
        return [f"{criterion.name}: {answer}", None, None]
    return [f"{criterion.name}: {answer}", percent, criterion.weight]


def _scores(sheet: Sheet, count: int, score: Decimal | None) -> list[Cell]:
    """Recorded, worked out anew from the row's own cells, and the difference."""
    if score is None:
        return [None, None, None]
    at, letters = sheet.next_row, sheet.letters
    percents, weights = (
        [f"{letters[f'{title} {number}']}{at}" for number in range(1, count + 1)]
        for title in ("비율", "배점")
    )
    earned = "+".join(f"{percent}*{weight}" for percent, weight in zip(percents, weights, strict=True))
    again = Formula(f"({earned})/({'+'.join(weights)})")
    off = Formula(difference(f"{letters['기록 점수']}{at}", f"{letters[SCORE]}{at}"))
    return [rounded(score, EXACT), again, off]
