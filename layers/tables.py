"""A table of points, CSV or Excel, opened into records: its heading, cells, coordinates, CRS."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np
import openpyxl
import pandas as pd
import shapely
from openpyxl.utils.exceptions import InvalidFileException
from pyproj import CRS, Transformer

from layers.meaning import (
    as_number,
    as_text,
    candidates,
    column,
    foreign_datum,
    layer_candidates,
    listed,
    normalised,
    required_column,
)
from layers.records import CONVERT, DATUMS, Records, crs_name, declared_crs, only_one, unreadable
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from layers.records import LayerOptions

# Degrees go before metres: their CRS is known.
_PLACES: Final = (("lon", "lat"), ("x", "y"))
_HEADING_WITHIN: Final = 10  # rows; titles and notes stand above a heading, not pages of them
_EXCEL_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, OSError),
    *(ET.ParseError, InvalidFileException, AttributeError),
    RuntimeError,  # of zipfile, for a password or a way of packing that it does not know
)


def open_csv(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a table of points in text: UTF-8, else GB 18030; comma, semicolon or tab."""
    del layer
    text, encoding = _text(path, options.encoding)
    lines = re.sub(r'"[^"]*"', "", text[:100_000]).splitlines()[:_HEADING_WITHIN]
    separator = max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        grid = _grid(reader)
    except csv.Error as error:
        wrong = f"cannot be split into cells ({error})"
        raise InputError(wrong, "close its quotes, or save it anew", row=reader.line_num) from None
    records = _from_grid(grid, options, ragged=True)
    records.taken["encoding"] = encoding
    return records


def _text(path: Path, said: str | None) -> tuple[str, str]:
    """Decode a text file, and say in which encoding."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error) from None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in [said] if said else ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    wrong = f"its text is not in {said or 'utf-8 or gb18030'}"
    raise InputError(wrong, "say encoding = ..., or save it as UTF-8")


def open_excel(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a sheet of an Excel workbook as a table of points."""
    grids = _sheets(path, options.sheet)
    names = [name for name, grid in grids.items() if len(grid)] or list(grids)
    name = only_one(names, layer_candidates(names, layer), "sheet")
    records = _from_grid(grids[name], options, ragged=False)
    records.taken["sheet"] = name
    return records


def _sheets(path: Path, said: str | None) -> dict[str, pd.DataFrame]:
    """Read the cells of the sheet that was named, or of every sheet."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and drop-down lists, which say nothing about the cells.
            warnings.simplefilter("ignore", UserWarning)
            with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
                names = [sheet.title for sheet in book.worksheets]
                grids = {name: _cells(book[name]) for name in names if said in (None, name)}
    except _EXCEL_FAULTS as error:
        raise unreadable(error) from None
    if not grids:
        wrong = f"has no sheet {said!r}"
        raise InputError(wrong, f"its sheets are {listed(names)}")
    return grids


def _cells(sheet: ReadOnlyWorksheet) -> pd.DataFrame:
    """Read the cells of a sheet, row 1 of the sheet first."""
    sheet.reset_dimensions()  # some programs write a wrong extent, which would hide cells
    return _trimmed(_grid(sheet.iter_rows(values_only=True)))


def _grid(rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Lay rows of cells out, short ones filled up with None."""
    return pd.DataFrame(dict(enumerate(itertools.zip_longest(*rows))), dtype=object)


def _trimmed(grid: pd.DataFrame) -> pd.DataFrame:
    """Cut the empty rows below the last one that holds anything."""
    filled = np.flatnonzero(~_blank(grid).all(axis=1))
    return grid.iloc[: filled[-1] + 1 if len(filled) else 0]


def _blank(grid: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which cells hold nothing."""
    cells = pd.Series(grid.to_numpy(dtype=object).ravel(), dtype=object)
    blank = cells.isna() | (cells.astype(str).str.strip() == "")
    return blank.to_numpy(dtype=bool).reshape(grid.shape)


def _from_grid(grid: pd.DataFrame, options: LayerOptions, *, ragged: bool) -> Records:
    """Make records of the rows below the heading; `ragged`: cells can have slipped sideways."""
    grid = _trimmed(grid)
    if not len(grid):
        wrong = "is empty"
        raise InputError(wrong, "give a heading with a column for x and one for y, and rows")
    above = _heading_row(grid, options)
    headings = ["" if cell is None else str(cell).strip() for cell in grid.iloc[above]]
    rows = grid.iloc[above + 1 :].set_axis(headings, axis=1)
    rows = rows.set_axis(pd.RangeIndex(1, len(rows) + 1))
    empty = _blank(rows)
    width = max(place for place, heading in enumerate(headings) if heading) + 1
    slipped = np.any(~empty[:, width:], axis=1) if ragged else None
    nothing = np.all(empty, axis=1)
    return from_points(rows, options, above=above + 1, empty=nothing, slipped=slipped)


def _heading_row(grid: pd.DataFrame, options: LayerOptions) -> int:
    """Find the row that heads the columns: titles may stand above it."""
    filled = np.flatnonzero(~_blank(grid.iloc[: 5 * _HEADING_WITHIN]).all(axis=1))
    for row in filled[:_HEADING_WITHIN]:
        headings = [str(cell) for cell in grid.iloc[row].dropna()]
        if options.x is not None and options.y is not None:
            plain = {normalised(heading) for heading in headings}
            found = {normalised(options.x), normalised(options.y)} <= plain
        else:
            pairs = [[candidates(headings, meaning) for meaning in pair] for pair in _PLACES]
            found = any(x and y and x != y for x, y in pairs)
        if found:
            return int(row)
    return int(filled[0])


def from_points(
    table: pd.DataFrame,
    options: LayerOptions,
    *,
    above: int | None = None,
    empty: NDArray[np.bool_] | None = None,
    slipped: NDArray[np.bool_] | None = None,
) -> Records:
    """Make points of a table's coordinates."""
    x, y, degrees = _coordinate_columns(list(table.columns), options)
    crs = _table_crs(options, x, y, degrees=degrees)
    xy = np.column_stack([as_number(table[x]), as_number(table[y])]).astype(np.float64)
    known: NDArray[np.bool_] = np.all(np.isfinite(xy), axis=1)
    if crs.is_projected and known.any() and _points_north(crs, np.median(xy[known], axis=0)):
        wrong = f"{x!r} seems to point north, as a surveyor's X does"
        raise InputError(wrong, f"swap them: x = {y!r}, y = {x!r}")
    shapes = np.full(len(table), None, dtype=object)
    shapes[known] = shapely.points(xy[known])
    records = Records(options, table, shapes, crs, above)
    records.taken |= {"x": x, "y": y, "crs": crs_name(crs)}
    written = (as_text(table[x]).notna() & as_text(table[y]).notna()).to_numpy(dtype=np.bool_)
    if empty is not None:
        records.drop(empty, "empty row")
    faults = {
        "more cells than the heading": slipped,
        "no coordinates": ~written,
        f"{x} or {y} is not a number": ~known,
    }
    for reason, bad in faults.items():
        if bad is not None:
            records.drop(bad[records.table.index.to_numpy() - 1], reason, tell=True)
    return records


def _coordinate_columns(headings: Sequence[str], options: LayerOptions) -> tuple[str, str, bool]:
    """Find the columns of x and y, and whether their headings say that they are degrees."""
    if (options.x is None) != (options.y is None):
        wrong = "has only one of the options x and y"
        raise InputError(wrong, "name both columns")
    if options.x is not None:
        across = required_column(headings, "x", options.x)
        up = required_column(headings, "y", options.y)
        if candidates([across], "lat") and candidates([up], "lon"):
            wrong = f"x is {across!r} and y is {up!r}"
            raise InputError(wrong, "swap them: x is the longitude, y the latitude")
        return across, up, bool(candidates([across], "lon") and candidates([up], "lat"))
    for pair in _PLACES:
        x, y = (column(headings, meaning) for meaning in pair)
        if x is not None and y is not None and x != y:
            return x, y, pair == _PLACES[0]
    wrong = "has no heading with columns for longitude and latitude, or x and y"
    raise InputError(wrong, f"name them with x = ... and y = ...; it has {listed(headings)}")


def _table_crs(options: LayerOptions, x: str, y: str, *, degrees: bool) -> CRS:
    """Find the CRS of a table of points; never a guess."""
    shifted = foreign_datum(x) or foreign_datum(y)
    if shifted and options.datum is None:
        wrong = f"columns {x!r} and {y!r} speak of {shifted}, which is not supported yet"
        raise InputError(wrong, CONVERT)
    crs = declared_crs(options)
    if crs is None and not degrees:
        wrong = f"has no CRS: nothing says what {x!r} and {y!r} count"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"')
    if crs is not None and crs.is_projected and degrees:
        wrong = f"columns {x!r} and {y!r} hold degrees, but crs {crs_name(crs)} is in metres"
        raise InputError(wrong, "take crs out, or name other columns with x = ... and y = ...")
    return crs or CRS(DATUMS["wgs84"])


def _points_north(crs: CRS, middle: NDArray[np.float64]) -> bool:
    """Say whether coordinates lie where the CRS is made for only when x and y are swapped."""
    area = crs.area_of_use
    if area is None:
        return False
    to_degrees = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    x, y = middle
    (lon, swapped_lon), (lat, swapped_lat) = to_degrees.transform([x, y], [y, x])

    def inside(lon: float, lat: float) -> bool:
        return area.west <= lon <= area.east and area.south <= lat <= area.north

    return inside(swapped_lon, swapped_lat) and not inside(lon, lat)
