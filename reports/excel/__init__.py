"""Tables as .xlsx files made for officials. The one place in the house that writes with openpyxl."""

from reports.excel.bars import Bars
from reports.excel.book import Book, Sheet

__all__ = ["Bars", "Book", "Sheet"]
