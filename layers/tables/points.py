"""Where the rows of a table lie: its columns of coordinates, what they count, and the points."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from pyproj import CRS

from layers.coordinates import advice
from layers.meaning import (
    candidates,
    column,
    foreign_datum,
    listed,
    normalised,
    required_column,
    spoken_datum,
)
from layers.numerals import comma_is_point, numbers, of_two_readings
from layers.records import crs_name, declared_crs
from layers.tables.angles import degrees as read_degrees
from layers.tables.pairs import are_shapes, own_codes, pairs
from spatial.errors import InputError, UnplacedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from layers.records import LayerOptions

# Degrees go before metres: their CRS is known.
_PLACES: Final = (("lon", "lat"), ("x", "y"))
_MOST_LAT: Final = 90.0
_MOST_LON: Final = 180.0
_SEEN: Final = 1000  # cells looked at to tell what a column holds
_LON_FIRST: Final = ("经纬", "lonlat", "lnglat", "经度纬度")
_LAT_FIRST: Final = ("纬经", "latlon", "latlng", "latlong", "纬度经度")
_EXPORTS: Final[Mapping[str, tuple[frozenset[str], str]]] = MappingProxyType(
    {
        "AMap": (frozenset({"adcode", "typecode"}), "gcj02"),
        "Baidu Maps": (frozenset({"uid", "streetid", "detail"}), "bd09"),
    }
)
"""Headings by which the exports of map services are known, and the datum that these use."""
_WGS84, _CGCS2000 = "EPSG:4326", "EPSG:4490"
_SHIFTED: Final = ("gcj02", "bd09")


@dataclass
class Located:
    """Where the rows of a table lie.

    Attributes
    ----------
    x, y
        The columns of coordinates; the same where one holds both.
    xy
        Coordinates, (rows, 2); NaN where they are not known.
    crs
        What they count.
    comma
        Whether a comma is the decimal mark.
    taken
        What was taken for what.
    """

    x: str
    y: str
    xy: NDArray[np.float64]
    crs: CRS
    comma: bool = False
    taken: dict[str, str] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The columns, for a message."""
        return self.x if self.x == self.y else f"{self.x} or {self.y}"


def locate(table: pd.DataFrame, options: LayerOptions) -> Located:
    """Find and read the coordinates of a table.

    Raises
    ------
    InputError
        If it has none, there is a choice that only the planner can make, or nothing says what
        they count.
    """
    headings = list(table.columns)
    _refuse_one_option(options)
    x, y, in_degrees = _columns(table, options)
    if x == y:
        xy, in_degrees, comma = *_both(table[x], x), False
        options = _with_own_crs(table[x], options)
    else:
        comma = _decimal_comma(table[x], table[y], in_degrees=in_degrees)
        read = [read_degrees(table[name], axis, comma=comma) for axis, name in enumerate((x, y))]
        xy = np.column_stack(read).astype(np.float64)
    _refuse_exports(headings, x, y, options)
    crs = _crs(options, x, y, xy, in_degrees=in_degrees)
    known = np.isfinite(xy).all(axis=1)
    xy[~known] = np.nan
    located = Located(x, y, xy, crs, comma, {"x": x, "y": y, "crs": crs_name(crs)})
    if comma:
        located.taken["decimal mark"] = "comma"
    return located


def _refuse_one_option(options: LayerOptions) -> None:
    if (options.x is None) != (options.y is None):
        wrong = "has only one of the options x and y"
        raise InputError(wrong, "name both columns")


def _columns(table: pd.DataFrame, options: LayerOptions) -> tuple[str, str, bool]:
    """Find the columns of x and y, and whether their headings say that they are degrees."""
    headings = list(table.columns)
    if options.x is not None:
        return _said(headings, options)
    places = _PLACES if not _in_metres(options) else _PLACES[::-1]
    datum = normalised(options.datum or "wgs84")
    for pair in places:
        own = [heading for heading in headings if spoken_datum(heading) == datum]
        other = [heading for heading in headings if spoken_datum(heading) in (None, datum)]
        for some in (own, other, headings):
            if all(candidates(some, meaning) for meaning in pair):
                x, y = (column(some, meaning) for meaning in pair)
                if x is not None and y is not None and x != y:
                    _refuse_other_datum(x, datum, options)
                    return x, y, pair == _PLACES[0]
    both = _spot_column(table)
    if both is not None:
        return both, both, False
    _refuse_shapes(table)
    wrong = "has no heading with columns for longitude and latitude, or x and y"
    raise InputError(wrong, f"name them with x = ... and y = ...; it has {listed(headings)}")


def _refuse_shapes(table: pd.DataFrame) -> None:
    """Refuse shapes that are written in cells: a table is read as one of points."""
    for place, heading in enumerate(table.columns):
        cells = table.iloc[:, place].dropna().astype(object).iloc[:_SEEN]
        told = [cell for cell in cells if isinstance(cell, str) and are_shapes(cell)]
        if heading and told and 2 * len(told) > len(cells):
            wrong = f"column {heading!r} holds shapes as text (WKT or WKB) other than points"
            raise InputError(wrong, "save them as GeoPackage or GeoJSON")


def _said(headings: Sequence[str], options: LayerOptions) -> tuple[str, str, bool]:
    """Give the columns of x and y that the planner names."""
    across = required_column(headings, "x", options.x)
    up = required_column(headings, "y", options.y)
    if candidates([across], "lat") and candidates([up], "lon"):
        wrong = f"x is {across!r} and y is {up!r}"
        raise InputError(wrong, "swap them: x is the longitude, y the latitude")
    return across, up, bool(candidates([across], "lon") and candidates([up], "lat"))


def _in_metres(options: LayerOptions) -> bool:
    """Say whether the planner says that coordinates are in metres."""
    crs = declared_crs(options) if options.crs is not None else None
    return crs is not None and crs.is_projected


def _refuse_other_datum(x: str, datum: str, options: LayerOptions) -> None:
    """Refuse columns that speak of another datum than the planner."""
    spoken = spoken_datum(x)
    if options.datum is not None and spoken not in (None, datum) and datum in _SHIFTED:
        wrong = f"column {x!r} speaks of {spoken}, but datum says {datum}"
        raise InputError(wrong, "correct datum, or name the columns with x = ... and y = ...")


def _spot_column(table: pd.DataFrame) -> str | None:
    """Find the column that holds both coordinates."""
    headed = candidates(list(table.columns), "spot")
    found = [name for name in headed if _holds_pairs(table, name)]
    plain = [name for name in found if spoken_datum(name) == "wgs84"]
    found = plain if len(plain) == 1 else found
    if not found:
        words = [name for name in table.columns if name and name not in headed]
        found = [name for name in words if _holds_pairs(table, name, "point")]
    if len(found) > 1:
        wrong = f"has several columns for the longitude and latitude: {listed(found)}"
        raise InputError(wrong, f"say which, for instance x = {found[0]!r}, y = {found[0]!r}")
    return found[0] if found else None


def _holds_pairs(table: pd.DataFrame, name: str, begin: str = "") -> bool:
    """Say whether most cells of a column hold two coordinates."""
    cells = table[name]
    if isinstance(cells, pd.DataFrame):
        return False
    cells = cells.dropna().astype(object)
    cells = cells[[isinstance(cell, str) and bool(cell.strip()) for cell in cells]].iloc[:_SEEN]
    if not len(cells):
        return False
    if begin and not cells.str.strip().str.lower().str.startswith(begin).any():
        return False
    return 2 * int(pairs(cells)["first"].notna().sum()) >= len(cells)


def _both(cells: pd.Series, heading: str) -> tuple[NDArray[np.float64], bool]:
    """Read a column of both coordinates, and say whether they are degrees for sure."""
    found = pairs(cells)
    xy = found[["first", "second"]].to_numpy(dtype=np.float64, copy=True)
    told = found["told"].to_numpy(dtype=bool)
    known = np.isfinite(xy).all(axis=1)
    size = np.abs(xy[known & ~told])
    text = normalised(heading)
    in_degrees = bool(known.any() and (np.abs(xy[known]).max(axis=1) <= _MOST_LON).mean() > 1 / 2)
    if not len(size) or not in_degrees:
        return xy, in_degrees
    lon_first = _lon_first(size, text)
    if lon_first is None:
        wrong = f"column {heading!r} does not say which of its two numbers is the longitude"
        raise InputError(wrong, "head it lonlat or latlon, or give each a column of its own")
    if not lon_first:
        xy[~told] = xy[~told][:, ::-1]
    return xy, in_degrees


def _with_own_crs(cells: pd.Series, options: LayerOptions) -> LayerOptions:
    """Take the CRS that points name themselves, as PostGIS writes it: ``SRID=4548;POINT(...)``."""
    if options.crs is not None or options.datum is not None:
        return options
    codes = [code for code in own_codes(cells) if code != "0"]
    if len(codes) > 1:
        wrong = f"holds points in several CRS: {', '.join(f'EPSG:{code}' for code in codes)}"
        raise InputError(wrong, "save them in one")
    return replace(options, crs=f"EPSG:{codes[0]}") if codes else options


def _lon_first(size: NDArray[np.float64], heading: str) -> bool | None:
    """Say whether the first of two numbers is the longitude, by their size or the heading."""
    beyond = ((size > _MOST_LAT) & (size <= _MOST_LON)).mean(axis=0)
    if max(beyond) > 1 / 2:
        return bool(beyond[0] > beyond[1])
    if any(word in heading for word in _LON_FIRST):
        return True
    return False if any(word in heading for word in _LAT_FIRST) else None


def _decimal_comma(x: pd.Series, y: pd.Series, *, in_degrees: bool) -> bool:
    """Say whether the decimal mark of coordinates is a comma; one answer for both columns."""
    for cells in (x, y):
        if pd.api.types.is_numeric_dtype(cells.dtype):
            continue
        if comma_is_point(cells, numbers(cells, comma=False)):
            return True
        if in_degrees and of_two_readings(cells) is not None:
            return True  # no degrees are a thousand
    return False


def _refuse_exports(headings: Sequence[str], x: str, y: str, options: LayerOptions) -> None:
    """Refuse the export of a map service whose coordinates are shifted, unless told."""
    if options.datum is not None or spoken_datum(x) or spoken_datum(y):
        return
    plain = {normalised(heading) for heading in headings}
    for who, (signs, datum) in _EXPORTS.items():
        if signs <= plain:
            wrong = f"seems to be an export of {who}, whose coordinates are {datum}"
            raise InputError(wrong, f'say datum = "{datum}", or datum = "wgs84" if converted')


def _crs(
    options: LayerOptions, x: str, y: str, xy: NDArray[np.float64], *, in_degrees: bool
) -> CRS:
    """Find the CRS of a table of points; never a guess."""
    shifted = foreign_datum(x) or foreign_datum(y)
    if shifted and options.datum is None:
        wrong = f"columns {x!r} and {y!r} speak of {shifted}"
        raise InputError(wrong, f'say datum = "{shifted}", or datum = "wgs84" if converted')
    crs = declared_crs(options)
    if crs is None and not in_degrees:
        wrong = f"has no CRS: nothing says what {x!r} and {y!r} count"
        raise UnplacedError(wrong, advice(xy), xy[np.isfinite(xy).all(axis=1)], (x, y))
    if crs is not None and crs.is_projected and in_degrees:
        wrong = f"columns {x!r} and {y!r} hold degrees, but crs {crs_name(crs)} is in metres"
        raise InputError(wrong, "take crs out, or name other columns with x = ... and y = ...")
    spoken = spoken_datum(x) if spoken_datum(x) == spoken_datum(y) else None
    return crs or CRS(_CGCS2000 if spoken == "cgcs2000" else _WGS84)
