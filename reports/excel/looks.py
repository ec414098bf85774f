"""Fonts, number formats, colours and page set-up: the one place that knows how a workbook looks."""

from __future__ import annotations

from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.excel.cells import Style, clean
from reports.table import Beside, Compare, Look, Table, Tone, column_letters

_FONT = "맑은 고딕"
_LINE = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINK = "0563C1"
_HEADER = PatternFill("solid", start_color="DCE6F1")
_FORMATS = {
    # usual, and for whole numbers
    Look.COUNT: ('#,##0;"△"#,##0;"-"', '#,##0;"△"#,##0;"-"'),
    Look.NUMBER: ('#,##0.0###;"△"#,##0.0###', '#,##0;"△"#,##0'),
    Look.PERCENT: ('#,##0.0##;"△"#,##0.0##', '#,##0.0##;"△"#,##0.0##'),
    Look.POINTS: ("#,##0.00", "#,##0.00"),
    Look.DAY: ("yyyy. m. d.", "yyyy. m. d."),
    Look.MOMENT: ("yyyy. m. d. hh:mm", "yyyy. m. d. hh:mm"),
}
_FONTS = {
    Look.FIXED_WIDTH: Font(name="Consolas", size=8),
    Look.LINK: Font(name=_FONT, size=10, color=_LINK, underline="single"),
}
_CENTRED = (Look.CENTRED, Look.DAY, Look.MOMENT, Look.LINK)
_TONES = {
    Tone.GOOD: ("1E6B3A", "E3F2E6"),
    Tone.WAITING: ("7A5B00", "FFF4CE"),
    Tone.BAD: ("A4262C", "FDE7E9"),
    Tone.QUIET: ("595959", "EDEDED"),
}
_OPERATORS = {Compare.IS: "=", Compare.IS_NOT: "<>", Compare.BELOW: "<", Compare.FROM: ">="}
_A4 = 9


class Looks:
    """The style numbers of a workbook, each made once."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        middle = Alignment(vertical="center")
        heading = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.title = self._style(Font(name=_FONT, size=16, bold=True), middle)
        self.note = self._style(Font(name=_FONT, size=10), middle)
        self.figure = self._style(Font(name=_FONT, size=12, bold=True), middle)
        self.header = self._style(Font(name=_FONT, size=10, bold=True), heading, _GRID, _HEADER)
        self._by_look = {look: self._body(look) for look in Look}

    def of(self, look: Look) -> Style:
        return self._by_look[look]

    def _body(self, look: Look) -> Style:
        return self._style(
            _FONTS.get(look, Font(name=_FONT, size=10)),
            Alignment(
                horizontal="center" if look in _CENTRED else "right" if look in _FORMATS else "left",
                vertical="center",
                indent=1 if look is Look.TEXT else 0,
                wrap_text=look in (Look.TEXT, Look.CENTRED),
                # A number too wide for its column would be told as ####.
                shrink_to_fit=look in _FORMATS,
            ),
            _GRID,
            formats=_FORMATS.get(look, ("General", "General")),
        )

    def _style(
        self,
        font: Font,
        alignment: Alignment,
        border: Border | None = None,
        fill: PatternFill | None = None,
        formats: tuple[str, str] = ("General", "General"),
    ) -> Style:
        def number(number_format: str, quoted: bool = False) -> int:
            cell = WriteOnlyCell(self._worksheet)
            cell.font, cell.alignment, cell.number_format = font, alignment, number_format
            cell.border, cell.fill, cell.quotePrefix = border or Border(), fill or PatternFill(), quoted
            made: int = cell.style_id
            return made

        usual, whole = formats
        return Style(number(usual), number(whole), number(usual, quoted=True))


def lay_out(worksheet: Worksheet, table: Table, first_row: int) -> None:
    """Column widths, frozen heading, and the page: A4 landscape, as wide as the paper, numbered."""
    for index, column in enumerate(table.columns, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        if column.folded:
            dimension.outlineLevel, dimension.hidden = 1, True
            worksheet.column_dimensions.max_outline = 1
    worksheet.freeze_panes = f"A{first_row}"
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page = worksheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", _A4, 1, 0
    worksheet.print_title_rows = f"{first_row - 1}:{first_row - 1}"
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    _footer(worksheet, table)


def highlight(worksheet: Worksheet, table: Table, first_row: int, last_row: int) -> None:
    """The conditional formats of the table's rows."""
    letters = column_letters(table.columns)
    for one in table.highlights:
        ink, paper = _TONES[one.tone]
        letter = letters[one.column]
        cell = f"{letter}{first_row}"
        value = f'"{one.value}"' if isinstance(one.value, str) else str(one.value)
        if isinstance(one.value, Beside):
            value = f"{letters[one.value.column]}{first_row}"
        look = DifferentialStyle(font=Font(color=ink), fill=PatternFill("solid", bgColor=paper))
        formula = f'AND({cell}<>"",{cell}{_OPERATORS[one.compare]}{value})'
        rule = Rule(type="expression", formula=[formula], dxf=look, stopIfTrue=True)
        worksheet.conditional_formatting.add(f"{cell}:{letter}{last_row}", rule)


def _footer(worksheet: Worksheet, table: Table) -> None:
    # In headers and footers & begins a code: && is the sign itself.
    title = clean(table.title).replace("&", "&&").replace("\n", " ")[:200]
    footer = worksheet.oddFooter
    assert footer is not None
    parts = ((footer.left, title), (footer.center, "&P / &N"), (footer.right, table.name.replace("&", "&&")))
    for part, text in parts:
        part.text, part.size, part.font = text, 8, f"{_FONT},Regular"
