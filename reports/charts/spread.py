"""How far raters are apart: a line a subject from the lowest to the highest, a dot a rater, a mark at the mean."""

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

WIDTH = 960
"""In pixels; the height goes by the number of subjects."""
_DOTS = 145
_ROW, _AROUND = 26, 150
"""The height of a subject's line, and of what is above and below all of them, in pixels."""
MOST = 50
"""Of more subjects the first are shown."""
_FONTS = Path(__file__).parent / "fonts"
_RATER, _FAR, _LINE, _INK, _QUIET, _PAPER = "#0072B2", "#D55E00", "#C3CED8", "#1F2933", "#7A8794", "#FFFFFF"
_LONGEST_NAME, _LONGEST_TITLE = 18, 44


@dataclass(frozen=True)
class SpreadRow:
    """A subject: what its raters gave, in %, what of it is far off, and the mean."""

    name: str
    scores: Sequence[Decimal]
    far: Sequence[Decimal]
    mean: Decimal


@dataclass(frozen=True)
class SpreadWords:
    """What the picture says, in its reader's language."""

    rater: str
    far: str
    mean: str


@dataclass(frozen=True)
class SpreadShown:
    """What the picture shows; `note` stands below the title, in smaller letters."""

    title: str
    note: str
    rows: Sequence[SpreadRow]
    words: SpreadWords


def spread(shown: SpreadShown) -> bytes:
    """The picture as PNG, the same bytes for the same data on the same machine."""
    rows = shown.rows[:MOST]
    height = _AROUND + _ROW * max(len(rows), 1)
    figure = Figure(figsize=(WIDTH / _DOTS, height / _DOTS), dpi=_DOTS, facecolor=_PAPER)
    axes = figure.add_subplot()
    _draw(axes, rows, shown.words)
    _lay_out(axes, rows)
    axes.set_position((0.25, 40 / height, 0.715, 1 - _AROUND / height))
    figure.text(
        0.025,
        1 - 36 / height,
        _cut(shown.title, _LONGEST_TITLE),
        color=_INK,
        fontproperties=_font(13, bold=True),
    )
    figure.text(0.025, 1 - 62 / height, shown.note, color=_QUIET, fontproperties=_font(9.5))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, labels, prop=_font(9.5), loc="upper right", bbox_to_anchor=(0.975, 1 - 66 / height),
        ncols=len(handles), frameon=False, borderaxespad=0.0,
    )  # fmt: skip
    FigureCanvasAgg(figure)
    written = BytesIO()
    # Without the library's name, which tells its version.
    figure.savefig(written, format="png", dpi=_DOTS, metadata={"Software": None})
    return written.getvalue()


def _draw(axes: Axes, rows: Sequence[SpreadRow], words: SpreadWords) -> None:
    for place, row in enumerate(rows):
        axes.hlines(
            place, float(min(row.scores)), float(max(row.scores)), color=_LINE, linewidth=3.5, zorder=1
        )
    near = [(one, at) for at, row in enumerate(rows) for one in row.scores if one not in row.far]
    far = [(one, at) for at, row in enumerate(rows) for one in row.far]
    means = [(row.mean, at) for at, row in enumerate(rows)]
    _points(axes, near, words.rater, "o", 5.0, _RATER, 0.55)
    _points(axes, means, words.mean, "|", 13.0, _INK, 1.0)
    if far:
        _points(axes, far, words.far, "D", 6.0, _FAR, 1.0)


def _points(
    axes: Axes,
    points: Sequence[tuple[Decimal, int]],
    label: str,
    mark: str,
    size: float,
    colour: str,
    alpha: float,
) -> None:
    """Marks differ in shape as well, for people who see colours differently."""
    axes.plot(
        [float(value) for value, _ in points], [at for _, at in points], linestyle="none", marker=mark,
        markersize=size, markeredgewidth=2.0 if mark == "|" else 0.0, color=colour, alpha=alpha, label=label,
    )  # fmt: skip


def _lay_out(axes: Axes, rows: Sequence[SpreadRow]) -> None:
    axes.set_yticks(range(len(rows)), [_cut(row.name, _LONGEST_NAME) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(-2, 102)
    axes.set_xticks(range(0, 101, 20))
    axes.grid(axis="x", color=_LINE, linewidth=0.6, alpha=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_QUIET)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_LINE)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(9))
    for label in axes.get_yticklabels():
        label.set_color(_INK)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _font(size: float, *, bold: bool = False) -> FontProperties:
    name = "Pretendard-SemiBold.otf" if bold else "Pretendard-Regular.otf"
    return FontProperties(fname=_FONTS / name, size=size)
