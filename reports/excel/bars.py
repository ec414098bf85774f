"""A bar chart of some rows of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

_WIDTH = 15
_HEIGHT_A_BAR = 0.55
_HEIGHT_BESIDE = 2.5


@dataclass(frozen=True)
class Bars:
    """Which rows to draw: `labels` and `values` are letters of columns; the first row stands at the top."""

    title: str
    labels: str
    values: str
    first_row: int
    last_row: int
    colour: str = "2F5D8C"


def bar_chart(worksheet: Worksheet, bars: Bars) -> BarChart:
    """Lying bars with their values, from 0, without a legend."""
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth, chart.legend = "bar", 10, 40, None
    chart.title = _title(bars.title)
    chart.add_data(_column(worksheet, bars.values, bars))
    chart.set_categories(_column(worksheet, bars.labels, bars))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=bars.colour)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines = None
    chart.width = _WIDTH
    chart.height = _HEIGHT_BESIDE + _HEIGHT_A_BAR * (bars.last_row - bars.first_row + 1)
    return chart


def _column(worksheet: Worksheet, letter: str, bars: Bars) -> Reference:
    column = column_index_from_string(letter)
    return Reference(worksheet, min_col=column, min_row=bars.first_row, max_row=bars.last_row)


def _title(text: str) -> Title:
    large = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
    return Title(tx=Text(rich=RichText(p=[Paragraph(pPr=large, r=[RegularTextRun(t=text)])])), overlay=False)
