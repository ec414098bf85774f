"""The sheets 평가원점수 and 평가집계: every paper as it was handed in, and what each group of raters came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.organization import Person
from models.rating.reading import criteria_of, form_of, rating_scores
from models.rating.scale import read_scale
from models.rating.scores import Form, written_out
from models.rating.table import Criterion, Entry, Group, Paper, PaperState, Rating
from models.scheme.result import SchemeResult
from models.scores import View
from models.scoring.achievement import rounded
from models.words import Refusal
from reports.excel import Book, Sheet
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import Numbers, column, difference, period_named
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

KEY, SCORE, SHARE, SHARED = "키", "재계산 점수", "반영 몫", "몫×평균"
MEAN, MEAN_OFF, SCORE_OFF = "재계산 평균", "평균 차이", "점수 차이"
_EXACT = 12
_PAPERS = "평가원점수"
_BEFORE = [
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("평가", 20),
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
    Column(SCORE_OFF, 8, Look.NUMBER),
    Column("의견·회피 사유", 40),
]
_SUMS = [
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("평가단 키", 6, Look.CENTRED, folded=True),
    Column("평가", 20),
    Column("기간", 9, Look.CENTRED),
    Column("코드", 12, Look.CENTRED),
    Column("대상", 22),
    Column("평가단", 16),
    Column("몫", 8, Look.NUMBER),
    Column("절사", 6, Look.CENTRED),
    Column("최소평가수", 7, Look.CENTRED),
    Column("예정", 7, Look.COUNT),
    Column("반영 평가수", 7, Look.COUNT),
    Column("제외(절사)", 7, Look.COUNT),
    Column("최저", 9, Look.POINTS),
    Column("최고", 9, Look.POINTS),
    Column("폭", 9, Look.POINTS),
    Column("기록 평균", 10, Look.POINTS),
    Column(MEAN, 10, Look.POINTS),
    Column(MEAN_OFF, 8, Look.NUMBER),
    Column(SHARE, 8, Look.NUMBER, folded=True),
    Column(SHARED, 10, Look.NUMBER, folded=True),
]


@dataclass(frozen=True)
class RatingSheets:
    """The sheets, and the rounds they tell of by code and period (None: the whole cycle)."""

    papers: Sheet
    sums: Sheet
    rounds: Mapping[tuple[str, int | None], Rating]


class _Asked:
    """The criteria of a round, and the form they make."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self.criteria = criteria
        self.form: Form = form_of(criteria)


@dataclass(frozen=True)
class _Handed:
    """A paper with its last entry, if it has one."""

    paper: Paper
    entry: Entry | None
    group: Group
    rater: str


def rating_sheets(
    session: Session, book: Book, view: View, results: Sequence[SchemeResult], numbers: Numbers
) -> RatingSheets | None:
    """Writes both; None where nothing is rated. A group's papers about a subject share the key
    `numbers.of("pile", round, group, subject)`, a subject's groups the key `numbers.of("rated", round, subject)`."""
    rounds = _rounds(session, view, results)
    if not rounds:
        return None
    names = {
        one.subject.id or 0: (one.subject.code, one.name) for result in results for one in result.subjects
    }
    criteria = {one.id or 0: criteria_of(session, one.cycle_id, one.code) for one in rounds}
    papers = _paper_sheet(book, view, max((len(own) for own in criteria.values()), default=0))
    piles: defaultdict[int, list[Decimal]] = defaultdict(list)
    for one in rounds:
        handed, asked = _handed(session, one), _Asked(criteria[one.id or 0])
        turns: defaultdict[tuple[int, int], int] = defaultdict(int)
        for row in handed:
            pile = (row.paper.group_id, row.paper.subject_id)
            turns[pile] = max(turns[pile], row.paper.turn)
        for row in handed:
            if row.paper.subject_id not in names:
                continue
            is_last = row.paper.turn == turns[row.paper.group_id, row.paper.subject_id]
            _add_paper(papers, view, one, row, names, asked, numbers, piles, is_last=is_last)
    sums = _sum_sheet(session, book, view, rounds, names, numbers, papers, piles)
    return RatingSheets(papers, sums, {(one.code, one.period_id): one for one in rounds})


def _rounds(session: Session, view: View, results: Sequence[SchemeResult]) -> list[Rating]:
    """The rounds that parts of the schemes go by, of the view's periods."""
    codes = {part.basis for result in results for part in result.parts if part.basis}
    query = select(Rating).where(Rating.cycle_id == view.cycle.id, col(Rating.code).in_(codes))
    if view.period is not None:
        query = query.where(Rating.period_id == view.period.id)
    return list(session.exec(query.order_by(col(Rating.code), col(Rating.id))))


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
        Highlight(SCORE_OFF, Compare.IS_NOT, 0, Tone.BAD),
    ]
    table = Table(_PAPERS, f"{scope_name(view)} 평가원점수", lines, [*_BEFORE, *criteria, *_AFTER], marks)
    return book.sheet(table)


def _add_paper(
    sheet: Sheet,
    view: View,
    one: Rating,
    row: _Handed,
    names: Mapping[int, tuple[str, str]],
    asked: _Asked,
    numbers: Numbers,
    piles: defaultdict[int, list[Decimal]],
    *,
    is_last: bool,
) -> None:
    """One paper that was handed in or that its rater stepped back from; one still open is not told of."""
    recused = row.paper.state is PaperState.RECUSED
    if row.entry is None and not recused:
        return
    score = written_out(asked.form.score(row.entry.answers)) if row.entry is not None else None
    counts = score is not None and is_last and not recused
    key = numbers.of("pile", one.id, row.group.id, row.paper.subject_id) if counts else None
    if key is not None and score is not None:
        piles[key].append(score)
    code, name = names[row.paper.subject_id]
    before: list[Cell] = [
        key, one.name, period_named(view, one.period_id), row.group.name, row.rater, code, name, row.paper.turn,
        row.entry.number if row.entry else None, row.entry.submitted_at if row.entry else row.paper.recused_at,
        "반영" if counts else "회피" if recused else "이전 평가" if not is_last else "양식이 바뀜",
    ]  # fmt: skip
    answered = [cell for criterion in asked.criteria for cell in _answer(criterion, row.entry)]
    room = len(sheet.table.columns) - len(_BEFORE) - len(_AFTER) - len(answered)
    said = row.paper.reason if recused else row.entry.comment if row.entry else ""
    sheet.add(
        [*before, *answered, *([None] * room), *_scores(sheet, len(asked.criteria), score), said or None]
    )


def _answer(criterion: Criterion, entry: Entry | None) -> list[Cell]:
    """What was answered, what it is worth in per cent, and the criterion's weight."""
    answer = entry.answers.get(criterion.code) if entry is not None else None
    if answer is None:
        return [None, None, None]
    try:
        percent = rounded(read_scale(criterion.scale).percent_of(answer), _EXACT)
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
    return [rounded(score, _EXACT), again, off]


def _sum_sheet(
    session: Session,
    book: Book,
    view: View,
    rounds: Sequence[Rating],
    names: Mapping[int, tuple[str, str]],
    numbers: Numbers,
    papers: Sheet,
    piles: Mapping[int, list[Decimal]],
) -> Sheet:
    told = (
        "평균은 가장 높은 것과 낮은 것을 ‘절사’만큼 빼고 셈합니다. 최소평가수보다 적으면 반영하지 않습니다."
    )
    marks = [Highlight(MEAN_OFF, Compare.IS_NOT, 0, Tone.BAD)]
    sheet = book.sheet(Table("평가집계", f"{scope_name(view)} 평가집계", [[told]], _SUMS, marks))
    scores = rating_scores(session, [one.id or 0 for one in rounds], view.as_of)
    for one in rounds:
        query = select(Group).where(Group.cycle_id == one.cycle_id, Group.rating == one.code)
        groups = {group.code: group for group in session.exec(query)}
        for (round_id, subject_id), score in scores.items():
            if round_id != one.id or subject_id not in names:
                continue
            for given in score.groups:
                group = groups[given.code]
                pile = numbers.of("pile", one.id, group.id, subject_id)
                known = sorted(piles.get(pile, ()))
                at, letters = sheet.next_row, sheet.letters
                mean = None if given.percent is None else rounded(given.percent, _EXACT)
                again = _mean(papers, f"{letters['평가단 키']}{at}", given.trimmed // 2) if known else None
                counts = f"{letters['반영 평가수']}{at}>={max(group.fewest, 1)}"
                sheet.add(
                    [
                        numbers.of("rated", one.id, subject_id), pile, one.name, period_named(view, one.period_id),
                        *names[subject_id], group.name, group.share, group.trim, group.fewest, given.expected,
                        Formula(f"COUNTIFS({column(papers, KEY)},{letters['평가단 키']}{at})"), given.trimmed,
                        *(_shown(known)), mean, Formula(again) if again and mean is not None else None,
                        Formula(difference(f"{letters['기록 평균']}{at}", f"{letters[MEAN]}{at}"))
                        if mean is not None else None,
                        Formula(f"IF({counts},{letters['몫']}{at},0)"),
                        Formula(f"{letters[SHARE]}{at}*N({letters[MEAN]}{at})"),
                    ]
                )  # fmt: skip
    return sheet


def _shown(known: Sequence[Decimal]) -> list[Cell]:
    """The least, the greatest, and how far they lie apart."""
    if not known:
        return [None, None, None]
    least, most = known[0], known[-1]
    return [rounded(least, 4), rounded(most, 4), rounded(most - least, 4)]


def _mean(papers: Sheet, key: str, cut: int) -> str:
    """The mean of the scores with that key without the `cut` highest and lowest. SUMPRODUCT makes LARGE and SMALL
    see only those, in LibreOffice and in Excel before it had dynamic arrays: scores are at least 0."""
    keys, scores = column(papers, KEY), column(papers, SCORE)
    whole = f"SUMIFS({scores},{keys},{key})"
    off = [f"(SUMPRODUCT(LARGE(({keys}={key})*({scores}+1),{at}))-1)" for at in range(1, cut + 1)]
    off += [f"SUMPRODUCT(SMALL(({keys}<>{key})*1000000+{scores},{at}))" for at in range(1, cut + 1)]
    return f"({'-'.join([whole, *off])})/(COUNTIFS({keys},{key})-{2 * cut})"
