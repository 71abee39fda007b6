"""CSV and Excel: rows with their places as numbers, or as text."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from openpyxl.cell import WriteOnlyCell

from scripts.exports.shapes import DECIMALS, has_shape, in_degrees, only_points, points_on
from scripts.exports.table import CODECS, guarded
from scripts.exports.task import Loss, lost_by
from scripts.exports.text import changed, dates_as_text, empty_texts, fitting, without_control
from scripts.writing.cells import MOST_ROWS as SHEET_ROWS
from scripts.writing.cells import cell_text, fill, plain_text, sheet_title
from scripts.writing.sheets import Book
from scripts.writing.write import save

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from scripts.exports.task import Task

MOST_ROWS = SHEET_ROWS - 1
"""But for the headings."""


def write_csv(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as CSV: points with lon and lat, other shapes as WKT in degrees."""
    losses = []
    for task in tasks:
        table, lost = _with_places(task, wkt=True)
        lost += without_control(table)
        lost += changed(table, guarded, "guarded")
        if task.encoding != "utf-8":
            lost += changed(table, lambda text: fitting(text, "gbk"), "unwritable")
        table.to_csv(
            folder / f"{task.name}.csv",
            index=False,
            encoding=CODECS[task.encoding],
            errors="replace",
            lineterminator="\r\n",
        )
        losses += lost_by(task.name, lost)
    return losses


def write_xlsx(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as sheets of one workbook, and a sheet that says what every column is."""
    book, losses = Book("en", rows_only=True), list[Loss]()
    fields = book.pages.create_sheet("fields")
    fields.append(["layer", "column", "zh", "en"])
    for task in tasks:
        table, lost = _with_places(task, wkt=False)
        lost += changed(table, plain_text, "control")
        lost += changed(table, lambda text: cell_text(text)[0], "cut_texts")
        if len(table) > MOST_ROWS:
            lost.append(Loss("rows", len(table) - MOST_ROWS))
        title = sheet_title(task.name, book.pages.sheetnames)
        _sheet(book.pages.create_sheet(title), table.iloc[:MOST_ROWS])
        for column in table.columns:
            row = [task.name, column, task.meaning(column, "zh"), task.meaning(column, "en")]
            fields.append([_cell(fields, text) for text in row])
        losses += lost_by(task.name, lost)
    save(book, folder / "results.xlsx")
    return losses


def _with_places(task: Task, *, wkt: bool) -> tuple[pd.DataFrame, list[Loss]]:
    """Give the columns of a layer with its places after them."""
    plain = pd.DataFrame(task.table.drop(columns="geometry"))
    losses = [*dates_as_text(plain), *empty_texts(plain)]
    if wkt and not only_points(task.table):
        table, rounded = in_degrees(task.table)
        text = shapely.to_wkt(table.geometry.to_numpy(), rounding_precision=DECIMALS)
        return plain.assign(wkt=text), [*losses, *rounded]
    xy, as_points = points_on(task.table)
    rounded = [Loss("rounded", int(has_shape(task.table).sum()))]
    return plain.assign(lon=xy[:, 0], lat=xy[:, 1]), [*losses, *rounded, *as_points]


def _sheet(page: Worksheet, table: pd.DataFrame) -> None:
    """Fill a sheet: headings, then rows; nothing where there is nothing."""
    page.append([_cell(page, str(column)) for column in table.columns])
    rows = table.astype(object).where(table.notna(), None)
    for row in rows.itertuples(index=False):
        page.append([_cell(page, value) for value in row])


def _cell(page: Worksheet, value: Any) -> Any:  # noqa: ANN401 - whatever a layer holds
    """Make a cell that holds a value as it is."""
    if value is None or (isinstance(value, float) and isfinite(value)):
        return value  # most there are; openpyxl takes them as they are
    cell = WriteOnlyCell(page, value=None)
    fill(cell, value)
    return cell
