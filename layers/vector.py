"""A planner's own file, vector or table of points, read into a layer that keeps its promise.

One way for all: open the file by its suffix, give every record a shape in a known CRS, leave out
or repair what cannot be walked to, then make the layer's columns. Every record that is left out
or changed is counted with its reason; only a fault of the whole file stops the run.

A new format is one entry in `_FORMATS`, a new layer one entry in `_PROMISES`.
"""

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
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import shapely
from openpyxl.utils.exceptions import InvalidFileException
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer

from layers.categories import category_from_words, counts_for
from layers.meaning import (
    MEANINGS,
    as_flag,
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
from layers.schema import COLUMNS, Reading, Tally
from spatial.crs import crs_from_text
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    Shapes = NDArray[np.object_]

_DATUMS: Final = MappingProxyType({"wgs84": "EPSG:4326", "cgcs2000": "EPSG:4490"})
_SHIFTED_DATUMS: Final = frozenset({"gcj02", "bd09"})
# Degrees go before metres: their CRS is known.
_PLACES: Final = (("lon", "lat"), ("x", "y"))
_CONVERT: Final = "convert it to WGS 84 or CGCS2000 first"

_HEADING_WITHIN: Final = 10  # rows; titles and notes stand above a heading, not pages of them
_UNKNOWN_CATEGORIES: Final = 20  # named one by one in the tally; the rest is counted together
_SHORT: Final = 30  # characters of a planner's text shown in a reason
_POINT, _LINE, _POLYGON = 0, 1, 2  # dimensions of shapes
_IN_PARTS: Final = (shapely.GeometryType.MULTIPOINT, shapely.GeometryType.MULTILINESTRING)
_KINDS: Final = MappingProxyType({_POINT: "points", _LINE: "lines", _POLYGON: "polygons"})
_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])  # the bounds of the Earth, x y x y

# pyogrio raises the last for a .prj that is no text.
_VECTOR_FAULTS: Final = (
    *(DataSourceError, DataLayerError, shapely.errors.ShapelyError, UnboundLocalError),
)
_EXCEL_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, OSError),
    *(ET.ParseError, InvalidFileException, AttributeError),
    RuntimeError,  # of zipfile, for a password or a way of packing that it does not know
)


@dataclass(frozen=True)
class LayerOptions:
    """What a planner says about a file where meaning alone does not tell.

    Attributes
    ----------
    layer
        The table inside a GeoPackage.
    sheet
        The sheet of an Excel workbook.
    x, y
        The columns of longitude or easting, and of latitude or northing, in a table of points.
    crs
        The CRS of the coordinates, as `spatial.crs.crs_from_text` reads it. It overrides what
        the file says.
    encoding
        The encoding of the text in a CSV file, a Shapefile or a GeoJSON file.
    name, id, category, weight
        The columns of the name, the identity, the category (facilities) and the number of people
        (homes).
    datum
        ``"wgs84"`` or ``"cgcs2000"``: what degrees refer to. The shifted ``"gcj02"`` and
        ``"bd09"`` are refused, never taken for WGS 84.
    """

    layer: str | None = None
    sheet: str | None = None
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    encoding: str | None = None
    name: str | None = None
    id: str | None = None
    category: str | None = None
    weight: str | None = None
    datum: str | None = None


@dataclass
class _Records:
    """Records on their way from a file to a layer.

    `table` (columns as in the file), `built` (columns of the layer) and `shapes` have a row for
    each record still in use; the index counts the records of the file from 1.
    """

    options: LayerOptions
    table: pd.DataFrame
    shapes: Shapes
    crs: CRS
    above: int | None = None  # rows of a spreadsheet above record 1; None: no spreadsheet
    dropped: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    taken: dict[str, str] = field(default_factory=dict)
    built: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        self.built = pd.DataFrame(index=self.table.index)

    def drop(self, bad: ArrayLike, reason: str, *, tell: bool = False) -> None:
        """Leave records out for a reason; `tell` adds where the first of them stands."""
        mask = np.asarray(bad, dtype=bool)
        if not mask.any():
            return
        if tell:
            reason = f"{reason} (first: {self.place(int(self.table.index[mask][0]))})"
        self.dropped[reason] += int(mask.sum())
        self.table, self.built = self.table[~mask], self.built[~mask]
        self.shapes = self.shapes[~mask]

    def repair(self, changed: ArrayLike, reason: str) -> None:
        """Count records as changed and kept."""
        count = int(np.sum(np.asarray(changed, dtype=bool)))
        if count:
            self.repaired[reason] += count

    def place(self, record: int) -> str:
        """Say where a record stands, as the program that shows the file says it."""
        return f"feature {record}" if self.above is None else f"row {record + self.above}"

    def column(self, meaning: str) -> pd.Series | None:
        """Give the column with a meaning, and remember what was taken for it."""
        said = getattr(self.options, meaning, None)
        headings = list(self.table.columns)
        if said is None:
            used = {self.taken[other] for other in MEANINGS.keys() & self.taken}
            headings = [heading for heading in headings if heading not in used]
        heading = column(headings, meaning, said)
        if heading is None:
            return None
        self.taken[meaning] = heading
        return self.table[heading]


def read_layer(layer: str, path: Path, options: LayerOptions | None = None) -> Reading:
    """Read a layer from a GeoPackage, GeoJSON, Shapefile, or a CSV or Excel table of points.

    Parameters
    ----------
    layer
        A key of `layers.schema.COLUMNS`.
    path
        The file.
    options
        What the planner says about it; columns not named are found by meaning.

    Returns
    -------
    Reading
        Places with the layer's columns, in the CRS of the file: not yet projected. `taken` says
        which column, sheet, encoding and CRS were used. A line of several parts becomes several
        places, but counts as one record.

    Raises
    ------
    InputError
        If the file cannot be read, has no CRS or the wrong one, lacks a column, leaves a choice
        that only the planner can make, or holds records of which none can be used; and if
        streets, homes or boundary are empty. Other layers may be.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "homes.csv")
    ...     lines = ["小区名称,经度,纬度,人口", "古槐苑,116.58,35.41,1200"]
    ...     _ = file.write_text(chr(10).join(lines), "gb18030")
    ...     homes = read_layer("homes", file)
    >>> homes.places["name"].item(), homes.taken["weight"], homes.taken["encoding"]
    ('古槐苑', '人口', 'gb18030')
    """
    options = options or LayerOptions()
    try:
        records = _opened(layer, path, options)
        promise = _PROMISES[layer]
        _sift(records, promise, layer)
        if len(records.table):
            promise.build(records)
        return _reading(records, promise, layer)
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=path, layer=layer, row=error.row) from None


# --- Opening: file -> records with a shape and a CRS ---------------------------------------------


def _opened(layer: str, path: Path, options: LayerOptions) -> _Records:
    """Open a file by its suffix."""
    if path.is_dir():
        wrong = "is a folder"
        raise InputError(wrong, "name the file in it")
    if not path.is_file():
        wrong = "is not there"
        raise InputError(wrong, "check the path; it counts from the folder of the plan")
    form = _FORMATS.get(path.suffix.casefold())
    if form is None:
        wrong = f"is of a kind that is not read ({path.suffix or 'no suffix'})"
        raise InputError(wrong, f"save it as one of {', '.join(_FORMATS)}")
    _check_options(options, path.suffix, form.options | _PROMISES[layer].options)
    return form.open(layer, path, options)


def _check_options(options: LayerOptions, suffix: str, allowed: frozenset[str]) -> None:
    """Refuse options that would be ignored."""
    given = {item.name for item in fields(options) if getattr(options, item.name) is not None}
    idle = sorted(given - allowed - {"x", "y", "crs", "name", "datum"})
    if idle:
        wrong = f"option {idle[0]} says nothing about this layer in a {suffix} file"
        raise InputError(wrong, "take it out")
    datum = normalised(options.datum or "wgs84")
    if datum in _SHIFTED_DATUMS:
        wrong = f"datum {options.datum!r} is not supported yet"
        raise InputError(wrong, _CONVERT)
    if datum not in _DATUMS:
        wrong = f"datum {options.datum!r} is not known"
        raise InputError(wrong, f"write one of {', '.join(_DATUMS)}")
    if options.encoding is not None and _codec(options.encoding) is None:
        wrong = f"encoding {options.encoding!r} is not known"
        raise InputError(wrong, "write for instance utf-8 or gb18030")


def _codec(name: str) -> str | None:
    """Give Python's name of an encoding, or of a code page such as 936."""
    for text in (name, f"cp{''.join(re.findall('[0-9]+', name))}"):
        try:
            return codecs.lookup(text.strip()).name
        except (LookupError, ValueError):  # the latter for a name with a null in it
            continue
    return None


def _open_geopackage(layer: str, path: Path, options: LayerOptions) -> _Records:
    """Open the table of a GeoPackage that holds the layer."""
    with _gdal_faults():
        tables = pyogrio.list_layers(path)
    # QGIS keeps its styles in a table of the file.
    shaped = [name for name, kind in tables if kind is not None]
    names = shaped or [name for name, _ in tables if name != "layer_styles"]
    name = options.layer or _only(names, layer_candidates(names, layer), "layer")
    if name not in names:
        wrong = f"has no layer {name!r}"
        raise InputError(wrong, f"its layers are {listed(names)}")
    try:
        records = _from_vector(*_read_vector(path, layer=name), options)
    except UnicodeDecodeError as error:
        raise _unreadable(error) from None
    if len(names) > 1:
        records.taken["layer"] = name
    return records


def _open_geojson(layer: str, path: Path, options: LayerOptions) -> _Records:
    """Open a GeoJSON file; the standard says UTF-8, not everybody does."""
    del layer
    return _decoded(path, options, ["utf-8", "gb18030"])


def _open_shapefile(layer: str, path: Path, options: LayerOptions) -> _Records:
    """Open a Shapefile; its text is in the encoding of the .cpg, else UTF-8, else GB 18030."""
    del layer
    pages = _companions(path, ".cpg")
    stated = [_codec(page.read_text("ascii", "replace")) for page in pages]
    guesses = dict.fromkeys([*filter(None, stated), "utf-8", "gb18030"])
    records = _decoded(path, options, list(guesses))
    # The .shx holds 100 bytes, then 8 for each shape; GDAL passes shapes without record in silence.
    for index in _companions(path, ".shx")[:1]:
        lost = (index.stat().st_size - 100) // 8 - len(records.table)
        if lost > 0:
            records.dropped["deleted or missing in the .dbf"] += lost
    return records


def _companions(path: Path, suffix: str) -> list[Path]:
    """Give the file beside a Shapefile that has a suffix, in small or capital letters."""
    beside = [path.with_suffix(suffix), path.with_suffix(suffix.upper())]
    return [file for file in beside if file.is_file()]


def _decoded(path: Path, options: LayerOptions, guesses: Sequence[str]) -> _Records:
    """Read a vector file in the encoding that was named, or the first that fits its text."""
    # GDAL knows the names that Python gives, not all that Python takes.
    said = _codec(options.encoding) if options.encoding else None
    encodings = [said] if said else guesses
    for encoding in encodings:
        try:
            read = _read_vector(path, encoding=encoding)
        except UnicodeDecodeError:
            continue
        records = _from_vector(*read, options)
        records.taken["encoding"] = encoding
        return records
    wrong = f"its text is not in {' or '.join(encodings)}"
    raise InputError(wrong, "say encoding = ..., or save it as GeoPackage")


def _read_vector(
    path: Path, *, layer: str | None = None, encoding: str | None = None
) -> tuple[pd.DataFrame, int]:
    """Read a vector file; give also the number of open rings that were closed."""

    def read(way: str) -> pd.DataFrame:
        return pyogrio.read_dataframe(path, layer=layer, encoding=encoding, on_invalid=way)

    with _gdal_faults():
        frame = read("ignore")
        missing = _missing(frame)
        if missing:
            frame = read("fix")
    return frame, missing - _missing(frame)


@contextmanager
def _gdal_faults() -> Iterator[None]:
    """Say what GDAL says of a file that it cannot read."""
    try:
        with warnings.catch_warnings():
            # It warns of faults in single shapes, too: they are looked for and counted afterwards.
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
    except _VECTOR_FAULTS as error:
        raise _unreadable(error) from None


def _missing(frame: pd.DataFrame) -> int:
    return int(frame.geometry.isna().sum()) if isinstance(frame, gpd.GeoDataFrame) else 0


def _unreadable(error: Exception) -> InputError:
    reason = str(error).split(";")[0].strip() or type(error).__name__
    return InputError(f"cannot be read ({reason})", "save it anew from the program that made it")


def _only(names: Sequence[str], fitting: Sequence[str], what: str) -> str:
    """Choose the only table of a file, or the only one whose name fits."""
    for choice in (names, fitting):
        if len(choice) == 1:
            return choice[0]
    wrong = f"holds several {what}s: {listed(names)}" if names else f"holds no {what}"
    raise InputError(wrong, f"say which with {what} = ..." if names else "save it anew")


def _from_vector(frame: pd.DataFrame, closed: int, options: LayerOptions) -> _Records:
    """Make records of features that have shapes, or of rows that have coordinates."""
    frame = frame.set_axis(pd.RangeIndex(1, len(frame) + 1))
    if not isinstance(frame, gpd.GeoDataFrame):
        return _from_points(frame, options)
    if options.x or options.y:
        wrong = "has shapes of its own, so that x and y say nothing"
        raise InputError(wrong, "take them out")
    own = frame.crs
    if own is not None and own.name.casefold().startswith("undefined"):
        own = None  # GeoPackage's way of saying so
    crs = _declared(options) if options.crs or own is None else own
    if crs is None:
        wrong = "has no CRS"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"')
    if not (crs.is_geographic or crs.is_projected):
        wrong = f"its CRS {crs.name!r} does not say where on Earth a place lies"
        raise InputError(wrong, "say crs = ...")
    shapes = frame.geometry.to_numpy()
    records = _Records(options, pd.DataFrame(frame.drop(columns=frame.geometry.name)), shapes, crs)
    other = f" (the file says {_crs_name(own)})" if own is not None and own != crs else ""
    records.taken["crs"] = _crs_name(crs) + other
    records.repair(np.ones(closed, dtype=bool), "open ring closed")
    return records


def _declared(options: LayerOptions) -> CRS | None:
    """Give the CRS that the options declare, if any."""
    if options.crs is not None:
        return crs_from_text(options.crs)
    return CRS(_DATUMS[normalised(options.datum)]) if options.datum else None


def _crs_name(crs: CRS) -> str:
    authority = crs.to_authority()
    return ":".join(authority) if authority else crs.name


# --- Tables of points ----------------------------------------------------------------------------


def _open_csv(layer: str, path: Path, options: LayerOptions) -> _Records:
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
        raise _unreadable(error) from None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in [said] if said else ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    wrong = f"its text is not in {said or 'utf-8 or gb18030'}"
    raise InputError(wrong, "say encoding = ..., or save it as UTF-8")


def _open_excel(layer: str, path: Path, options: LayerOptions) -> _Records:
    """Open a sheet of an Excel workbook as a table of points."""
    grids = _sheets(path, options.sheet)
    names = [name for name, grid in grids.items() if len(grid)] or list(grids)
    name = _only(names, layer_candidates(names, layer), "sheet")
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
        raise _unreadable(error) from None
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


def _from_grid(grid: pd.DataFrame, options: LayerOptions, *, ragged: bool) -> _Records:
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
    return _from_points(rows, options, above=above + 1, empty=nothing, slipped=slipped)


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


def _from_points(
    table: pd.DataFrame,
    options: LayerOptions,
    *,
    above: int | None = None,
    empty: NDArray[np.bool_] | None = None,
    slipped: NDArray[np.bool_] | None = None,
) -> _Records:
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
    records = _Records(options, table, shapes, crs, above)
    records.taken |= {"x": x, "y": y, "crs": _crs_name(crs)}
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
        raise InputError(wrong, _CONVERT)
    crs = _declared(options)
    if crs is None and not degrees:
        wrong = f"has no CRS: nothing says what {x!r} and {y!r} count"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"')
    if crs is not None and crs.is_projected and degrees:
        wrong = f"columns {x!r} and {y!r} hold degrees, but crs {_crs_name(crs)} is in metres"
        raise InputError(wrong, "take crs out, or name other columns with x = ... and y = ...")
    return crs or CRS(_DATUMS["wgs84"])


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


# --- Sifting: what cannot be used is left out or repaired, and counted ----------------------------


def _sift(records: _Records, promise: _Promise, layer: str) -> None:
    """Keep the records whose shape the layer can use."""
    shapes = records.shapes
    records.drop(shapely.is_missing(shapes) | shapely.is_empty(shapes), "no geometry")
    coordinates, owner = shapely.get_coordinates(records.shapes, return_index=True)
    lost = owner[~np.isfinite(coordinates).all(axis=1)]
    records.drop(np.isin(np.arange(len(records.shapes)), lost), "coordinates are not finite")
    records.shapes = shapely.force_2d(records.shapes)
    _keep_dimensions(records, promise.dimensions, layer)
    if records.crs.is_geographic:
        _keep_on_earth(records)
    _repair_polygons(records)
    lines = shapely.get_dimensions(records.shapes) == _LINE
    records.drop(lines & (shapely.length(records.shapes) == 0), "line without length")


def _keep_dimensions(records: _Records, allowed: Sequence[int], layer: str) -> None:
    """Drop points where polygons are needed, and the like."""
    dimension = shapely.get_dimensions(records.shapes)
    fits = np.isin(dimension, allowed)
    needed = " or ".join(_KINDS[number] for number in allowed)
    if len(fits) and not fits.any():  # most likely another layer, or the wrong file
        kinds = " and ".join(_KINDS[number] for number in np.unique(dimension))
        wrong = f"holds only {kinds}, but {layer} must be {needed}"
        raise InputError(wrong, f"give {needed}")
    collected = fits & (
        shapely.get_type_id(records.shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    )
    if collected.any():
        records.shapes[collected] = _largest_parts(records.shapes[collected])
        records.repair(collected, "only the main part of a collection kept")
    for number in np.unique(dimension[~fits]):
        here = shapely.get_dimensions(records.shapes) == number
        records.drop(here, f"{_KINDS[number]} where {needed} are needed")


def _largest_parts(collections: Shapes) -> Shapes:
    """Give the parts of highest dimension of each collection, as one shape of many parts."""
    parts, owner = shapely.get_parts(collections, return_index=True)
    parts, within = shapely.get_parts(parts, return_index=True)
    owner = owner[within]
    result = collections.copy()
    makers = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
    dimension = shapely.get_dimensions(collections)
    for number, maker in enumerate(makers):
        mine = (dimension[owner] == number) & (shapely.get_dimensions(parts) == number)
        owners, group = np.unique(owner[mine], return_inverse=True)
        if len(owners):
            result[owners] = maker(parts[mine], indices=group)
    return result


def _keep_on_earth(records: _Records) -> None:
    """Drop records outside the degrees there are; refuse a layer of them."""
    bounds = shapely.bounds(records.shapes)
    outside = (np.abs(bounds) > _DEGREES).any(axis=1)
    if 2 * outside.sum() > len(outside):
        x, y = bounds[outside][0, :2]
        where = f"coordinates such as {x:g}, {y:g} are no degrees"
        if (np.abs(bounds) <= _DEGREES[[1, 0, 3, 2]]).all():
            wrong = f"{where} unless longitude and latitude are swapped"
            raise InputError(wrong, "x is the longitude, y the latitude")
        wrong = f"{where}, but its CRS is {_crs_name(records.crs)}"
        raise InputError(wrong, "say crs = ... with the CRS in metres that they are in")
    records.drop(outside, "coordinates beyond 180 or 90 degrees", tell=True)
    zero = shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    records.drop(zero, "coordinates are 0, 0", tell=True)


def _repair_polygons(records: _Records) -> None:
    """Repair polygons that cross themselves; drop those without area."""
    polygons = shapely.get_dimensions(records.shapes) == _POLYGON
    broken = polygons & ~shapely.is_valid(records.shapes)
    if broken.any():
        # "structure" takes rings as shells and holes, as drawn, and gives polygons only.
        records.shapes[broken] = shapely.make_valid(
            records.shapes[broken], method="structure", keep_collapsed=False
        )
    flat = polygons & ~(shapely.area(records.shapes) > 0)
    records.repair(broken & ~flat, "invalid polygon repaired")
    records.drop(flat, "polygon without area")


# --- Building: the columns that the layer promises -----------------------------------------------


def _add_name(records: _Records) -> None:
    cells = records.column("name")
    records.built["name"] = None if cells is None else as_text(cells)


def _add_identity(records: _Records, heading: str) -> None:
    """Give each record its id if the file has one for each, else its number in the file.

    A record given twice, the same in id, shape and all columns of the layer, counts once.
    """
    cells = records.column("id")
    number = pd.Series(records.table.index.astype(str), records.table.index, dtype=object)
    if cells is None:
        records.built[heading] = number
        return
    given = as_text(cells)
    whole = records.built.assign(id=given, shape=shapely.to_wkb(records.shapes))
    records.built[heading] = given
    records.drop(whole.duplicated() & given.notna(), "the same record twice")
    given = records.built[heading]
    if given.isna().any() or given.duplicated().any():
        records.taken["id"] = f"row numbers ({records.taken['id']} is not unique)"
        records.built[heading] = number[records.built.index]


def _build_streets(records: _Records) -> None:
    _add_name(records)
    for meaning in ("bridge", "tunnel"):
        cells = records.column(meaning)
        records.built[meaning] = False if cells is None else as_flag(cells)
    records.built["refs"] = _refs(records)


def _refs(records: _Records) -> pd.Series:
    """Give the nodes that each line joins, if all lines are straight and the file has them."""
    nothing = pd.Series(np.full(len(records.table), None), records.table.index, dtype=object)
    if not {"u", "v"} <= set(records.table.columns) or not len(nothing):
        return nothing
    ends = records.table[["u", "v"]]
    number = ends.apply(as_number)
    whole = number.notna() & (number % 1 == 0) & (number.abs() < 2**53)
    straight = shapely.get_num_coordinates(records.shapes) == 2  # noqa: PLR2004 two ends
    if not (whole.all(axis=None) and straight.all()):
        return nothing
    records.taken["refs"] = "u, v"
    return pd.Series(list(number.to_numpy(dtype=np.int64)), records.table.index, dtype=object)


def _build_homes(records: _Records) -> None:
    points = shapely.get_dimensions(records.shapes) == _POINT
    several = points & (shapely.get_num_geometries(records.shapes) > 1)
    records.drop(several, "several points in one home")
    _add_weight(records)
    _add_name(records)
    _add_identity(records, "home")


def _add_weight(records: _Records) -> None:
    """Read the number of people; a home without one stays, and counts nobody."""
    cells = records.column("weight")
    if cells is None:
        records.built["weight"] = np.nan
        return
    records.built["weight"] = as_number(cells)
    written = as_text(cells).notna()
    if not written.any():
        records.taken["weight"] += " (empty)"
        return
    records.repair(~written, "no number of people: counts nobody")
    heading = records.taken["weight"]
    wrong = written & records.built["weight"].isna()
    records.drop(wrong, f"{heading} is not a number", tell=True)
    records.drop(records.built["weight"] < 0, f"{heading} is negative", tell=True)


def _build_facilities(records: _Records) -> None:
    headings = list(records.table.columns)
    heading = required_column(headings, "category", records.options.category)
    records.taken["category"] = heading
    records.built["text"] = as_text(records.table[heading])
    records.drop(records.built["text"].isna(), "no category", tell=True)
    words = records.built["text"].unique()
    meant = {text: category_from_words(text) for text in words}
    records.built["category"] = records.built["text"].map(meant)
    unknown = records.built["text"][records.built["category"].isna()].value_counts()
    for text in unknown.index[:_UNKNOWN_CATEGORIES]:
        short = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
        records.drop(records.built["text"] == text, f"unknown category {short!r}")
    records.drop(records.built["category"].isna(), "unknown category, of other kinds")
    records.built = records.built.drop(columns="text")
    _add_name(records)
    _add_identity(records, "facility")


def _builder_of(category: str) -> Callable[[_Records], None]:
    """Make the builder of a layer whose places are all of one category."""

    def build(records: _Records) -> None:
        records.built["category"] = category
        _add_name(records)
        _add_identity(records, "facility")

    return build


def _reading(records: _Records, promise: _Promise, layer: str) -> Reading:
    """Put places and tally together; refuse a layer of which nothing is left."""
    columns = [*COLUMNS[layer], "geometry"]
    if not len(records.table):
        _refuse_nothing(records, promise)
        nothing = pd.DataFrame(columns=columns[:-1], dtype=object)
        places = gpd.GeoDataFrame(nothing, geometry=[], crs=records.crs)
        return Reading(places, Tally.count(0, dropped=records.dropped), records.taken)
    places = gpd.GeoDataFrame(records.built, geometry=records.shapes, crs=records.crs)
    places = _in_parts(places)
    if layer == "facilities" and records.taken.get("id") != "facility":  # ours say so already
        places = _in_wider_categories(places)
    no_part = shapely.get_dimensions(places.geometry) == _LINE
    no_part &= shapely.length(places.geometry) == 0
    records.repair(no_part, "part without length left out")
    tally = Tally.count(len(records.table), dropped=records.dropped, repaired=records.repaired)
    return Reading(places.loc[~no_part, columns].reset_index(drop=True), tally, records.taken)


def _in_parts(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make several places of lines and points of several parts; polygons stay whole."""
    several = np.isin(shapely.get_type_id(places.geometry), _IN_PARTS)
    if not several.any():
        return places
    parts = pd.concat([places[~several], places[several].explode()]).sort_index(kind="stable")
    return _told_apart(parts, parts.groupby(level=0).cumcount() + 1)


def _in_wider_categories(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add a place for each further category that it counts for: a library is culture, too."""
    every = [*map(counts_for, places["category"])]
    places = places.assign(category=every).reset_index(drop=True).explode("category")
    return _told_apart(places, places["category"])


def _told_apart(places: gpd.GeoDataFrame, mark: pd.Series) -> gpd.GeoDataFrame:
    """Mark the ids of what was made of one place, but for the first; the index tells which."""
    if "facility" not in places:
        return places
    marked = places["facility"] + "/" + mark.astype(str)
    return places.assign(facility=places["facility"].where(~places.index.duplicated(), marked))


def _refuse_nothing(records: _Records, promise: _Promise) -> None:
    """Raise if a layer has no record left, unless it rightly has none."""
    lost = Counter(records.dropped)
    lost.pop("empty row", None)
    if lost:
        reason, count = lost.most_common(1)[0]
        wrong = f"none of its {lost.total()} records can be used ({count}: {reason})"
        raise InputError(wrong, "repair the file, or say which columns hold what")
    if not promise.may_be_empty:
        wrong = "is empty"
        raise InputError(wrong, "give at least one record")


# --- The tables of formats and of layers ---------------------------------------------------------


@dataclass(frozen=True)
class _Format:
    """How a file is opened, and the options that only such a file has."""

    open: Callable[[str, Path, LayerOptions], _Records]
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Promise:
    """What a layer holds: dimensions of its shapes, how its columns are built, its options."""

    dimensions: tuple[int, ...]
    build: Callable[[_Records], None]
    options: frozenset[str] = frozenset()
    may_be_empty: bool = True


_CSV: Final = _Format(_open_csv, frozenset({"encoding"}))
_GEOJSON: Final = _Format(_open_geojson, frozenset({"encoding"}))
_EXCEL: Final = _Format(_open_excel, frozenset({"sheet"}))

_FORMATS: Final[Mapping[str, _Format]] = MappingProxyType(
    {
        ".gpkg": _Format(_open_geopackage, frozenset({"layer"})),
        ".geojson": _GEOJSON,
        ".json": _GEOJSON,
        ".shp": _Format(_open_shapefile, frozenset({"encoding"})),
        ".csv": _CSV,
        ".tsv": _CSV,
        ".xlsx": _EXCEL,
        ".xlsm": _EXCEL,
    }
)

_ID: Final = frozenset({"id"})
_PROMISES: Final[Mapping[str, _Promise]] = MappingProxyType(
    {
        "streets": _Promise((_LINE,), _build_streets, may_be_empty=False),
        "homes": _Promise((_POINT, _POLYGON), _build_homes, _ID | {"weight"}, may_be_empty=False),
        "parks": _Promise((_POLYGON,), _builder_of("park"), _ID),
        "green": _Promise((_POLYGON,), _builder_of("green"), _ID),
        "bus_stops": _Promise((_POINT,), _builder_of("bus_stop"), _ID),
        "facilities": _Promise((_POINT, _POLYGON), _build_facilities, _ID | {"category"}),
        "park_gates": _Promise((_POINT,), _add_name),
        "boundary": _Promise((_POLYGON,), _add_name, may_be_empty=False),
        "water": _Promise((_POLYGON,), _add_name),
    }
)
