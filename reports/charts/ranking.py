"""A result as lying bars, best first, with one's own marked: where a department stands, or what its parts gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from reports.charts.trend import number

WIDTH = 960
"""In pixels; the height goes by the number of bars."""
_DOTS = 145
_BAR, _AROUND = 28, 110
"""The height of a bar with the space to the next, and of what is above and below all of them, in pixels."""
_MOST = 30
"""Of more bars the best, the last and those around one's own are shown."""
_ENDS, _BESIDE = 5, 6
_FONTS = Path(__file__).parent / "fonts"
_OWN, _OTHER, _INK, _QUIET, _PAPER = "#D55E00", "#9DB4C9", "#1F2933", "#7A8794", "#FFFFFF"
_LONGEST_NAME, _LONGEST_TITLE = 18, 44


@dataclass(frozen=True)
class Bar:
    """One bar: what stands before it, its length (at least 0), and whether it is one's own."""

    name: str
    value: Decimal
    is_own: bool = False


@dataclass(frozen=True)
class Ranking:
    """What the picture shows; `note` stands below the title, in smaller letters."""

    title: str
    note: str
    bars: Sequence[Bar]


def ranking(shown: Ranking) -> bytes:
    """The picture as PNG, the same bytes for the same data on the same machine."""
    rows = rows_shown(shown.bars)
    height = _AROUND + _BAR * max(len(rows), 1)
    figure = Figure(figsize=(WIDTH / _DOTS, height / _DOTS), dpi=_DOTS, facecolor=_PAPER)
    axes = figure.add_subplot()
    _draw(axes, rows)
    axes.set_position((0.27, 16 / height, 0.63, 1 - 84 / height))
    title = _cut(shown.title, _LONGEST_TITLE)
    figure.text(0.025, 1 - 34 / height, title, color=_INK, fontproperties=_font(13, bold=True))
    figure.text(0.025, 1 - 58 / height, shown.note, color=_QUIET, fontproperties=_font(9.5))
    FigureCanvasAgg(figure)
    written = BytesIO()
    # Without the library's name, which tells its version.
    figure.savefig(written, format="png", dpi=_DOTS, metadata={"Software": None})
    return written.getvalue()


def rows_shown(bars: Sequence[Bar]) -> list[Bar | None]:
    """The bars to draw, None where some are left out."""
    if len(bars) <= _MOST:
        return list(bars)
    own = [at for at, bar in enumerate(bars) if bar.is_own]
    near = {at for one in own for at in range(one - _BESIDE, one + _BESIDE + 1)}
    rows: list[Bar | None] = []
    for at, bar in enumerate(bars):
        if at < _ENDS or at >= len(bars) - _ENDS or at in near:
            rows.append(bar)
        elif rows[-1] is not None:
            rows.append(None)
    return rows


def _draw(axes: Axes, rows: Sequence[Bar | None]) -> None:
    places = range(len(rows))
    lengths = [0.0 if row is None else float(max(row.value, Decimal(0))) for row in rows]
    colours = [_OWN if row is not None and row.is_own else _OTHER for row in rows]
    axes.barh(places, lengths, height=0.68, color=colours)
    for place, row, length in zip(places, rows, lengths, strict=True):
        if row is not None:
            axes.annotate(
                number(row.value), (length, place), xytext=(4, 0), textcoords="offset points", va="center",
                color=_OWN if row.is_own else _INK, fontproperties=_font(9, bold=row.is_own),
            )  # fmt: skip
    axes.set_yticks(places, ["…" if row is None else _cut(row.name, _LONGEST_NAME) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max(lengths, default=0) or 1)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        is_own = row is not None and row.is_own
        label.set_fontproperties(_font(9, bold=is_own))
        label.set_color(_OWN if is_own else _INK)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _font(size: float, *, bold: bool = False) -> FontProperties:
    name = "Pretendard-SemiBold.otf" if bold else "Pretendard-Regular.otf"
    return FontProperties(fname=_FONTS / name, size=size)
