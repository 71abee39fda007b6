"""Old Excel workbooks (.xls), through xlrd."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Final

import xlrd

from layers.records import unreadable
from layers.tables.grid import Block, Grid
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from layers.tables.grid import Row

_FAULTS: Final = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, IndexError),
    *(KeyError, ValueError, TypeError, AttributeError, OSError, EOFError, OverflowError),
    *(UnicodeDecodeError, NotImplementedError, ZeroDivisionError, RecursionError, MemoryError),
)


class XlsBook:
    """An old workbook: its sheets by name.

    Raises
    ------
    InputError
        If it cannot be read, or is locked with a password.
    """

    def __init__(self, path: Path) -> None:
        """Read the workbook whole: it has 65,536 rows at most."""
        try:
            self._book = xlrd.open_workbook(
                str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True
            )  # formats tell which cells are merged
            self.names = self._book.sheet_names()
            self.hidden = {sheet.name for sheet in self._book.sheets() if sheet.visibility}
        except _FAULTS as error:
            if "encrypted" in str(error):
                wrong = "is locked with a password"
                raise InputError(wrong, "save it without one") from None
            raise unreadable(error) from None

    def grid(self, name: str, most: int | None = None) -> Grid:
        """Give the cells of a sheet, or of its first rows."""
        sheet = self._book.sheet_by_name(name)
        rows: list[Row] = [
            self._row(sheet.row(number)) for number in range(min(sheet.nrows, most or 1 << 20))
        ]
        merged = [
            Block(top, left, bottom - 1, right - 1)
            for top, bottom, left, right in sheet.merged_cells
        ]
        grid = Grid(rows, merged=merged)
        grid.say_hidden(sum(bool(info.hidden) for info in sheet.rowinfo_map.values()))
        return grid

    def _row(self, cells: list[xlrd.sheet.Cell]) -> list[object]:
        return [self._value(cell) for cell in cells]

    def _value(self, cell: xlrd.sheet.Cell) -> object:
        """Give what a cell holds: text, a number, a date, true or false, or an error as text."""
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._date(cell.value)
        return cell.value

    def _date(self, days: float) -> object:
        """Give the date that a number of days means; the number itself if there is none."""
        try:
            return xlrd.xldate_as_datetime(days, self._book.datemode)
        except (ValueError, OverflowError):
            return days
