"""The sheet 공통지표: whether indicators that many departments share tell them apart."""

from __future__ import annotations

from collections.abc import Iterable

from models.scores import Spread, View
from models.scoring.achievement import rounded
from reports.excel import Book
from reports.scores.labels import scope_name
from reports.table import Column, Compare, Highlight, Look, Table, Tone

NAME = "공통지표"

_TOO_ALIKE = 80
_COLUMNS = [
    Column("공통지표명", 44),
    Column("대상 부서", 11, Look.COUNT),
    Column("평가된 부서", 11, Look.COUNT),
    Column("서로 다른 달성률 수", 13, Look.COUNT),
    Column("가장 많은 달성률", 12, Look.PERCENT),
    Column("그 부서 수", 11, Look.COUNT),
    Column("비율(%)", 11, Look.PERCENT),
]


def common_sheet(book: Book, view: View, spreads: Iterable[Spread]) -> None:
    """Writes the sheet; where nearly all departments reached the same, the share is coloured."""
    line = f"같은 달성률을 받은 부서가 {_TOO_ALIKE}% 이상이면 부서를 구별하지 못하는 지표입니다."
    highlights = [Highlight("비율(%)", Compare.FROM, _TOO_ALIKE, Tone.BAD)]
    sheet = book.sheet(Table(NAME, f"{scope_name(view)} 공통지표 변별력", [[line]], _COLUMNS, highlights))
    for one in spreads:
        share = rounded(one.share, 1)
        sheet.add([one.name, one.departments, one.scored, one.different, one.commonest, one.most, share])
