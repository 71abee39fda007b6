"""Sheets of a workbook: rows in; what a sheet cannot hold is left out, counted and said."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from scripts.writing.cells import MOST_ROWS, fill, sheet_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

Row = list[Any]
_WIDEST = 60

_NOTES = ("说明", "Notes")
_LEFT_OUT = {
    "cut_texts": (
        "过长而截断的文字数（以 […] 结尾，全文见 results.gpkg）",
        "Texts too long for a cell, cut: they end in […]; results.gpkg holds them whole",
    ),
    "rows": (
        "超出工作表行数而未写入的行数（全部见 results.gpkg）",
        "Rows more than a sheet holds, left out; results.gpkg holds them all",
    ),
}
"""(Chinese, English) of what a workbook cannot hold."""


class Book:
    """A workbook that says at its end what it could not hold.

    Parameters
    ----------
    language
        That of the notes: ``zh`` or ``en``.
    rows_only
        Whether sheets take whole rows, in their order, and forget them: for very many.
    """

    def __init__(self, language: str, *, rows_only: bool = False) -> None:
        self.pages = Workbook(write_only=rows_only)
        if not rows_only:
            self.pages.remove(self.pages.active)
        self.place = 0 if language == "zh" else 1
        self.lost: Counter[str] = Counter()

    def save(self, file: BinaryIO | Path) -> None:
        """Write it, with a sheet of notes if there is anything to note."""
        lost, self.lost = +self.lost, Counter()
        if lost:
            rows = [[_LEFT_OUT[what][self.place], times] for what, times in lost.items()]
            sheet(self, _NOTES[self.place], rows)
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:  # openpyxl's own is not closed on failure
            ExcelWriter(self.pages, archive).save()


def empty_book(words: Mapping[str, tuple[str, str]], language: str) -> tuple[Book, dict[str, str]]:
    """A workbook without sheets, and headings in the language it is to be in."""
    book = Book(language)
    return book, {key: pair[book.place] for key, pair in words.items()}


def known(value: float) -> float | None:
    """None for NaN."""
    return None if value != value else value  # noqa: PLR0124  only NaN differs from itself


class Share(float):
    """A number that is shown as per cent."""

    __slots__ = ()


def share(value: float | None) -> Share | None:
    """A share to be shown as per cent; None stays empty."""
    return None if value is None else Share(value)


def sheet(book: Book, title: str, rows: Iterable[Row]) -> None:
    """Add a sheet: first row bold and frozen, columns as wide as what they hold."""
    page = book.pages.create_sheet(sheet_title(title, book.pages.sheetnames))
    left = iter(rows)
    for number, row in enumerate(islice(left, MOST_ROWS), start=1):
        for column, value in enumerate(row, start=1):
            book.lost["cut_texts"] += _fill(page, number, column, value)
    book.lost["rows"] += sum(1 for _ in left)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    _fit_columns(page)


def _fill(sheet: Worksheet, row: int, column: int, value: object) -> bool:
    """Write one value, a number as it is shown; tell whether a text was cut."""
    cell = sheet.cell(row, column)
    cut = fill(cell, value)
    if isinstance(value, Share):
        cell.number_format = "0.0%"
    elif isinstance(value, float):
        cell.number_format = "0.0" if value % 1 else "0"
    return cut


def _fit_columns(sheet: Worksheet) -> None:
    for number, column in enumerate(sheet.iter_cols(), start=1):
        widths = [_width(cell.value) for cell in column]
        sheet.column_dimensions[get_column_letter(number)].width = min(max(widths) + 2, _WIDEST)


def _width(value: object) -> float:
    """Characters a value takes; a Chinese one takes two."""
    text = "" if value is None else str(value)
    if isinstance(value, float):
        return 8
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)  # noqa: PLR2004  CJK begins
