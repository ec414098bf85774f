"""The sheet 평가집계: what each group of raters came to for each subject, from the papers of 평가원점수."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from models.rating.reading import rating_scores
from models.rating.said import groups_of
from models.rating.table import Rating
from models.scheme.result import SchemeResult
from models.scores import View
from models.scoring.achievement import rounded
from reports.excel import Book, Sheet
from reports.scores import scheme_papers as papers_of
from reports.scores.labels import scope_name
from reports.scores.scheme_labels import EXACT, Numbers, column, difference, period_named
from reports.scores.scheme_papers import Names, Papers
from reports.table import Cell, Column, Compare, Formula, Highlight, Look, Table, Tone

KEY, SHARE, SHARED = "키", "반영 몫", "몫×평균"
MEAN, MEAN_OFF = "재계산 평균", "평균 차이"
_SUMS = [
    Column("평가", 20),
    Column(KEY, 6, Look.CENTRED, folded=True),
    Column("평가단 키", 6, Look.CENTRED, folded=True),
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
    papers = Papers(session, book, view, rounds, names, numbers)
    sums = _sum_sheet(session, book, view, rounds, names, numbers, papers)
    return RatingSheets(papers.sheet, sums, {(one.code, one.period_id): one for one in rounds})


def _rounds(session: Session, view: View, results: Sequence[SchemeResult]) -> list[Rating]:
    """The rounds that parts of the schemes go by, of the view's periods."""
    codes = {part.basis for result in results for part in result.parts if part.basis}
    query = select(Rating).where(Rating.cycle_id == view.cycle.id, col(Rating.code).in_(codes))
    if view.period is not None:
        query = query.where(Rating.period_id == view.period.id)
    return list(session.exec(query.order_by(col(Rating.code), col(Rating.id))))


def _sum_sheet(
    session: Session,
    book: Book,
    view: View,
    rounds: Sequence[Rating],
    names: Names,
    numbers: Numbers,
    papers: Papers,
) -> Sheet:
    told = (
        "평균은 가장 높은 것과 낮은 것을 ‘절사’만큼 빼고 셈합니다. 최소평가수보다 적으면 반영하지 않습니다."
    )
    marks = [Highlight(MEAN_OFF, Compare.IS_NOT, 0, Tone.BAD)]
    sheet = book.sheet(Table("평가집계", f"{scope_name(view)} 평가집계", [[told]], _SUMS, marks))
    scores = rating_scores(session, [one.id or 0 for one in rounds], view.as_of)
    for one in rounds:
        groups = {group.code: group for group in groups_of(session, one.cycle_id, one.code)}
        for (round_id, subject_id), score in scores.items():
            if round_id != one.id or subject_id not in names:
                continue
            for given in score.groups:
                group = groups[given.code]
                pile = numbers.of("pile", one.id, group.id, subject_id)
                known = sorted(papers.scores.get(pile, ()))
                at, letters = sheet.next_row, sheet.letters
                mean = None if given.percent is None else rounded(given.percent, EXACT)
                again = (
                    _mean(papers.sheet, f"{letters['평가단 키']}{at}", given.trimmed // 2) if known else None
                )
                counts = f"{letters['반영 평가수']}{at}>={max(group.fewest, 1)}"
                sheet.add(
                    [
                        one.name, numbers.of("rated", one.id, subject_id), pile, period_named(view, one.period_id),
                        *names[subject_id], group.name, group.share, group.trim, group.fewest, given.expected,
                        Formula(f"COUNTIFS({column(papers.sheet, papers_of.KEY)},{letters['평가단 키']}{at})"),
                        given.trimmed,
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
    keys, scores = column(papers, papers_of.KEY), column(papers, papers_of.SCORE)
    whole = f"SUMIFS({scores},{keys},{key})"
    off = [f"(SUMPRODUCT(LARGE(({keys}={key})*({scores}+1),{at}))-1)" for at in range(1, cut + 1)]
    off += [f"SUMPRODUCT(SMALL(({keys}<>{key})*1000000+{scores},{at}))" for at in range(1, cut + 1)]
    return f"({'-'.join([whole, *off])})/(COUNTIFS({keys},{key})-{2 * cut})"
