"""Sheets of a workbook: rows in, text never a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

Row = list[Any]
_LONGEST_TEXT = 32_767
_WIDEST = 60


def empty_book(
    words: Mapping[str, tuple[str, str]], language: str
) -> tuple[Workbook, dict[str, str]]:
    """A workbook without sheets, and headings in the language it is to be in."""
    book = Workbook()
    book.remove(book.active)
    return book, {key: pair[0 if language == "zh" else 1] for key, pair in words.items()}


def known(value: float) -> float | None:
    """None for NaN."""
    return None if value != value else value  # noqa: PLR0124  only NaN differs from itself


class Share(float):
    """A number that is shown as per cent."""

    __slots__ = ()


def share(value: float | None) -> Share | None:
    """A share to be shown as per cent; None stays empty."""
    return None if value is None else Share(value)


def sheet(book: Workbook, title: str, rows: Iterable[Row]) -> None:
    """Add a sheet: first row bold and frozen, columns as wide as what they hold."""
    page = book.create_sheet(title[:31])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _fill(page, number, column, value)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    _fit_columns(page)


def _fill(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Write one value as what it is; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST_TEXT]
        cell.data_type = "s"
    elif isinstance(value, Share):
        cell.value, cell.number_format = float(value), "0.0%"
    elif isinstance(value, float):
        cell.value, cell.number_format = value, "0.0" if value % 1 else "0"
    else:
        cell.value = value


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
