"""The picture of an early warning: past years, this year's actuals, what they will come to, and the target."""

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
from matplotlib.ticker import FuncFormatter, MaxNLocator

WIDTH, HEIGHT = 960, 540
"""In pixels: readable in a chat on a telephone, and light."""
_DOTS = 145
"""A unit of length: an inch, by which matplotlib counts."""
_FONTS = Path(__file__).parent / "fonts"
# Okabe and Ito's colours, which people who see colours differently can tell apart; marks differ in shape as well.
_ACTUAL, _PROJECTED, _PAST, _TARGET = "#0072B2", "#D55E00", "#7A8794", "#1F2933"
_GRID, _PAPER = "#E4E8EC", "#FFFFFF"
_ROOM = 0.14
"""Above and below what is shown, in its height."""
_MOST_TICKS = 6
_LONGEST_TITLE = 40

Named = Sequence[tuple[str, Decimal]]


@dataclass(frozen=True)
class TrendWords:
    """What the picture says, in its reader's language."""

    past: str
    actual: str
    projected: str
    end: str
    """The end of the year, for which it is projected."""
    target: str


@dataclass(frozen=True)
class Trend:
    """What the picture shows; everything in the indicator's `unit`.

    past: years with what they came to. actuals: every period, None where it is still to come. `target` and
    `projected` are of the whole year. low, high: the range of the projection; one of them where it is open.
    """

    title: str
    unit: str
    past: Named
    actuals: Sequence[tuple[str, Decimal | None]]
    projected: Decimal
    low: Decimal | None
    high: Decimal | None
    target: Decimal
    words: TrendWords


def trend(shown: Trend) -> bytes:
    """The picture as PNG, the same bytes for the same data on the same machine."""
    figure = _figure(shown)
    FigureCanvasAgg(figure)
    written = BytesIO()
    # Without the library's name, which tells its version.
    figure.savefig(written, format="png", dpi=_DOTS, metadata={"Software": None})
    return written.getvalue()


def number(value: Decimal | float) -> str:
    """`1,234.5`, with the sign of arithmetic where it is below 0 and no zeros at its end."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _figure(shown: Trend) -> Figure:
    figure = Figure(figsize=(WIDTH / _DOTS, HEIGHT / _DOTS), dpi=_DOTS, facecolor=_PAPER)
    axes = figure.add_subplot()
    last = len(shown.past) + len(shown.actuals)
    _draw_past(axes, shown)
    _draw_target(axes, shown)
    _draw_year(axes, shown, last)
    _lay_out(axes, shown, last)
    _write_title(figure, shown)
    return figure


def _draw_past(axes: Axes, shown: Trend) -> None:
    if not shown.past:
        return
    values = [_length(value) for _, value in shown.past]
    places = range(len(values))
    axes.plot(places, values, color=_PAST, linewidth=1.4, marker="o", markersize=5, label=shown.words.past)
    axes.axvline(len(values) - 0.5, color=_GRID, linewidth=1.2)


def _draw_target(axes: Axes, shown: Trend) -> None:
    level = _length(shown.target)
    axes.axhline(level, color=_TARGET, linewidth=1.3, linestyle=(0, (6, 3)))
    said = f"{shown.words.target} {number(shown.target)}"
    is_below = shown.target >= shown.projected
    axes.annotate(
        said,
        (-0.45, level),
        xytext=(2, 5 if is_below else -5),
        textcoords="offset points",
        va="bottom" if is_below else "top",
        color=_TARGET,
        fontproperties=_font(9.5, bold=True),
    )


def _draw_year(axes: Axes, shown: Trend, last: int) -> None:
    """This year's actuals as they came, and from the last one on where they lead."""
    first = len(shown.past)
    known = [(first + at, value) for at, (_, value) in enumerate(shown.actuals) if value is not None]
    places, values = [place for place, _ in known], [_length(value) for _, value in known]
    axes.plot(
        places, values, color=_ACTUAL, linewidth=2.4, marker="o", markersize=7, label=shown.words.actual
    )
    end = _length(shown.projected)
    axes.plot([places[-1], last], [values[-1], end], color=_PROJECTED, linewidth=1.8, linestyle=(0, (2, 2)))
    low = end if shown.low is None else _length(shown.low)
    high = end if shown.high is None else _length(shown.high)
    if low != high:
        axes.vlines(last, low, high, color=_PROJECTED, linewidth=9, alpha=0.28)
    axes.plot(
        [last],
        [end],
        color=_PROJECTED,
        linestyle="none",
        marker="D",
        markersize=9,
        label=shown.words.projected,
    )
    before = values[-2] if len(values) > 1 else values[-1]
    _label(axes, places[-1], values[-1], before, number(known[-1][1]), _ACTUAL)
    _label(axes, last, end, values[-1], number(shown.projected), _PROJECTED)


def _label(axes: Axes, place: int, value: float, before: float, said: str, colour: str) -> None:
    """The figure of a point, on the side that its line does not come from."""
    is_falling = value < before
    axes.annotate(
        said,
        (place, value),
        xytext=(-9, -9 if is_falling else 9),
        textcoords="offset points",
        ha="right",
        va="top" if is_falling else "bottom",
        color=colour,
        fontproperties=_font(10.5, bold=True),
        bbox={"facecolor": _PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1.0},
    )


def _lay_out(axes: Axes, shown: Trend, last: int) -> None:
    """Names below, figures at the side, room around."""
    names = [name for name, _ in (*shown.past, *shown.actuals)]
    axes.set_xticks(range(last + 1), [*names, shown.words.end])
    axes.set_xlim(-0.5, last + 0.5)
    levels = [shown.target, shown.projected, shown.low, shown.high, *(value for _, value in shown.past)]
    drawn = [_length(one) for one in (*levels, *(value for _, value in shown.actuals)) if one is not None]
    room = (max(drawn) - min(drawn)) * _ROOM or abs(drawn[0]) * _ROOM or 1.0
    axes.set_ylim(min(drawn) - room, max(drawn) + room)
    axes.yaxis.set_major_locator(MaxNLocator(_MOST_TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.grid(axis="y", color=_GRID, linewidth=0.9)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_PAST)
    longest = max(len(number(tick)) for tick in axes.get_yticks())
    left = 0.035 + 0.0105 * longest
    axes.set_position((left, 0.105, 0.975 - left, 0.655))
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    # Twelve months beside five years stand close.
    font = _font(9.5 if last <= 12 else 8)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
    axes.get_xticklabels()[-1].set_color(_PROJECTED)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles,
        labels,
        prop=_font(9.5),
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=len(handles),
        frameon=False,
        borderaxespad=0.2,
    )


def _write_title(figure: Figure, shown: Trend) -> None:
    title = (
        shown.title
        if len(shown.title) <= _LONGEST_TITLE
        else f"{shown.title[: _LONGEST_TITLE - 1].rstrip()}…"
    )
    figure.text(0.025, 0.915, title, color=_TARGET, fontproperties=_font(14, bold=True))
    if shown.unit:
        figure.text(0.025, 0.835, f"({shown.unit})", color=_PAST, fontproperties=_font(9.5))


def _font(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(
        fname=_FONTS / ("Pretendard-SemiBold.otf" if bold else "Pretendard-Regular.otf"), size=size
    )


def _length(value: Decimal) -> float:
    """Where a value stands on the paper: the only place where a figure may be inexact, and none is reckoned with."""
    return float(value)
