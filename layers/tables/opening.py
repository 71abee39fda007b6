"""A table of points, text or Excel, made into records: heading, cells, coordinates, CRS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.cells import as_text
from layers.meaning import candidates
from layers.numerals import numbers, of_two_readings
from layers.records import Records
from layers.tables import oddrows
from layers.tables.delimited import read_text
from layers.tables.headings import MOST_COLUMNS, find_heading, first_row
from layers.tables.points import locate
from layers.tables.workbook import read_workbook
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from layers.records import LayerOptions
    from layers.tables.grid import Grid
    from layers.tables.oddrows import Mask
    from layers.tables.points import Located

_MORE = "more cells than the heading"
_FEWER = "fewer cells than the heading"
_ENDS_EARLY = "fewer cells than the heading: the last taken as empty"


def open_csv(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a table of points in text, of any separator and encoding that can be told."""
    del layer
    return _from_grid(read_text(path, options), options)


def open_excel(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a sheet of an Excel workbook, new or old, as a table of points."""
    return _from_grid(read_workbook(path, layer, options), options)


def from_points(table: pd.DataFrame, options: LayerOptions) -> Records:
    """Make points of the coordinates of a table that is no spreadsheet."""
    return _records(table, locate(table, options), options)


def _from_grid(grid: Grid, options: LayerOptions) -> Records:
    """Make records of the rows below the heading."""
    if not grid.rows:
        wrong = "is empty"
        raise InputError(wrong, "give a heading with a column for x and one for y, and rows")
    heading = find_heading(grid, options) or first_row(grid)
    above = heading.row + 1
    if sum(map(bool, heading.columns)) > MOST_COLUMNS:
        wrong = f"has {sum(map(bool, heading.columns))} columns, more than {MOST_COLUMNS}"
        raise InputError(wrong, "leave out those that are not needed")
    named = max((place + 1 for place, name in enumerate(heading.columns) if name), default=0)
    width = max(named, len(grid.rows[heading.row]))
    table, count = grid.below(heading.row, width)
    oddrows.spread_merged(table, grid.merged, above)
    table = table.set_axis((heading.columns + [""] * width)[:width], axis=1)
    located = locate(table, options)
    odd = {reason: _mask(rows, above, table) for reason, rows in grid.lost.items()}
    odd |= {
        "empty row": oddrows.empty(table, located),
        "the heading once more": oddrows.headings_again(table, located),
        "a total, no record": oddrows.totals(table, located),
    }
    changed = {}
    if grid.ragged:
        odd[_MORE] = oddrows.slipped(count, width, grid.rows[above:])
        short, whole = oddrows.shorter(count, named, located)
        odd[_FEWER], changed[_ENDS_EARLY] = short & ~whole, short & whole
    changed |= {reason: _mask(rows, above, table) for reason, rows in grid.mended.items()}
    _use_points(table, located, options)
    records = _records(table, located, options, above=above, odd=odd)
    for reason, mask in changed.items():
        records.repair(mask[records.table.index.to_numpy() - 1], reason)
    if heading.joint:
        records.taken["heading"] = f"rows {heading.row} and {above}"
    records.taken |= grid.taken
    return records


def _mask(rows: Sequence[int], above: int, table: pd.DataFrame) -> Mask:
    """Mark the records of some rows."""
    mask = np.zeros(len(table), dtype=bool)
    mask[[row - above for row in rows if row >= above]] = True
    return mask


def _use_points(table: pd.DataFrame, located: Located, options: LayerOptions) -> None:
    """Read the numbers of all columns with a decimal comma where the coordinates have one."""
    if not located.comma:
        return
    headings = list(table.columns)
    people = [options.weight] if options.weight else candidates(headings, "weight")
    for place, heading in enumerate(headings):
        cells = table.iloc[:, place]
        if heading in (located.x, located.y) or not _all_numbers(cells):
            continue
        either = of_two_readings(cells)
        if heading in people and either is not None:
            wrong = f"numbers of {heading!r} such as {either!r} have two readings"
            raise InputError(wrong, "write them without a mark between thousands")
        table.isetitem(place, numbers(cells, comma=True).to_numpy(dtype=object))


def _all_numbers(cells: pd.Series) -> bool:
    """Say whether cells with a comma or point are numbers with a decimal comma, all of them."""
    written = cells[as_text(cells).notna()]
    text = written.astype(str)
    marked = text.str.contains("[,.]", regex=True)
    return bool(marked.any() and numbers(written, comma=True).notna().all())


def _records(
    table: pd.DataFrame,
    located: Located,
    options: LayerOptions,
    *,
    above: int | None = None,
    odd: Mapping[str, Mask] | None = None,
) -> Records:
    """Make records of rows that lie somewhere; leave the others out."""
    known: Mask = np.all(np.isfinite(located.xy), axis=1)
    shapes = np.full(len(table), None, dtype=object)
    shapes[known] = shapely.points(located.xy[known])
    records = Records(options, table, shapes, located.crs, above)
    records.taken |= located.taken
    for reason, bad in {**(odd or {}), **_unplaced(table, located, known)}.items():
        here = bad[records.table.index.to_numpy() - 1]
        records.drop(here, reason, tell=reason != "empty row")
    return records


def _unplaced(table: pd.DataFrame, located: Located, known: Mask) -> dict[str, Mask]:
    """Say why rows lie nowhere."""
    unknown = np.flatnonzero(~known)
    reasons = {
        "no coordinates": np.zeros(len(table), dtype=bool),
        f"{located.what} is a formula without its value": np.zeros(len(table), dtype=bool),
        f"{located.what} is not a number": ~known,
    }
    nothing, formula, _ = reasons.values()
    for heading in dict.fromkeys((located.x, located.y)):
        cells = table[heading].iloc[unknown]
        nothing[unknown] |= as_text(cells).isna().to_numpy(dtype=bool)
        formula[unknown] |= cells.astype(str).str.startswith("=").to_numpy(dtype=bool)
    return reasons
