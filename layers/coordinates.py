"""What bare coordinates seem to count, told by their size, and what a planner can do about it.

Numbers of these sizes in China are told apart for sure, but not the datum that they refer to: so
this is advice in an error, and nothing is ever read by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from layers.meaning import candidates
from spatial.gauss import epsg_with_zone, looks_plain, zone_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from layers.records import Shapes


class _Range(NamedTuple):
    """The coordinates that places in China have in some unit."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        return self.west <= x <= self.east and self.south <= y <= self.north


_DEGREES: Final = _Range(70.0, 3.0, 136.0, 54.0)
_WEB_MERCATOR: Final = _Range(7.8e6, 3.3e5, 15.15e6, 7.2e6)
_KILOMETRES: Final = _Range(100.0, 300.0, 900.0, 6000.0)
_TOGETHER: Final = _Range(7e5, 3e4, 1.36e6, 5.4e5)  # degrees, minutes and seconds as one number
PARTS: Final = (3600.0, 1e6, 1e7)
"""Into how many parts programs cut a degree: seconds, and the whole numbers of phones."""
_LARGEST_GRID: Final = 2e5
_SIXTY: Final = 60
_SHOWN: Final = 500  # coordinates kept for whoever can tell where they belong

WHICH_CRS: Final = 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"'


def some_coordinates(shapes: Shapes) -> NDArray[np.float64]:
    """Give (n, 2) at most 500 coordinates of shapes, at even intervals.

    Examples
    --------
    >>> some_coordinates(np.array([shapely.box(0, 0, 9, 9)]))[:2].tolist()
    [[9.0, 0.0], [9.0, 9.0]]
    """
    some = shapes[:: 1 + len(shapes) // _SHOWN]
    xy: NDArray[np.float64] = shapely.get_coordinates(some)
    return xy[:: 1 + len(xy) // _SHOWN]


def typical(xy: NDArray[np.float64]) -> tuple[float, float]:
    """Give the medians of (n, 2) coordinates, without those that are not finite."""
    known = xy[np.isfinite(xy).all(axis=1)]
    if not len(known):
        return np.nan, np.nan
    x, y = np.median(known, axis=0)
    return float(x), float(y)


def columns_of(taken: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the headings of x and y of what was taken for what, if each has one of its own."""
    x, y = taken.get("x"), taken.get("y")
    return None if x is None or y is None or x == y else (x, y)


def swapping(columns: tuple[str, str] | None) -> str:
    """Say how coordinates are swapped: columns of a table by the plan, shapes by QGIS.

    Examples
    --------
    >>> swapping(("X", "Y"))
    "swap them: x = 'Y', y = 'X'"
    """
    if columns is None:
        return "swap them with 'Swap X and Y coordinates' in QGIS, and name the file it makes"
    x, y = columns
    if candidates([x], "lon") or candidates([y], "lat"):
        return f"swap the headings {x!r} and {y!r}: x is the longitude, y the latitude"
    return f"swap them: x = {y!r}, y = {x!r}"


def are_degrees(x: float, y: float) -> bool:
    """Say whether coordinates can be degrees, in this order or the other."""
    return max(abs(x), abs(y)) <= 180 and min(abs(x), abs(y)) <= 90  # noqa: PLR2004  the Earth


def are_in_china(x: float, y: float) -> bool:
    """Say whether coordinates can be degrees of a place in China, in some order."""
    return _DEGREES.holds(x, y) or _DEGREES.holds(y, x)


def advice(xy: NDArray[np.float64], otherwise: str = WHICH_CRS) -> str:
    """Say what to do with (n, 2) coordinates of which nothing is known, or nothing right.

    Examples
    --------
    >>> advice(np.array([[39462764.0, 3920713.0]]))
    'say crs = "EPSG:4527" if they are CGCS2000 metres of zone 39'
    >>> advice(np.array([[116583456.0, 35412345.0]]))
    'divide them by 1,000,000, which makes them degrees'
    >>> advice(np.array([[462764.0, 3920713.0]]))
    'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"'
    """
    x, y = typical(xy)
    if np.isnan(x):
        return otherwise
    known = _metres(x, y) or _degrees(x, y, xy) or _no_metres(x, y)
    return otherwise if known is None else known


def _metres(x: float, y: float) -> str | None:
    """Say what to do with metres that tell their zone or their order."""
    for east, north in ((x, y), (y, x)):
        zone = zone_in(east)
        if zone is None or not looks_plain(east % 1e6, north):
            continue
        if east == y:
            return f'swap x and y, and say crs = "EPSG:{epsg_with_zone(zone)}" if CGCS2000'
        code = f'say crs = "EPSG:{epsg_with_zone(zone)}" if they are CGCS2000 metres of zone {zone}'
        if _WEB_MERCATOR.holds(x, y):
            return f'{code}, "EPSG:3857" if they are Web Mercator'
        return code
    if _WEB_MERCATOR.holds(x, y):
        return 'say crs = "EPSG:3857" if they are Web Mercator'
    if looks_plain(y, x):
        return 'swap x and y, the northing being the larger, and say crs, for instance "EPSG:4548"'
    return None


def _degrees(x: float, y: float, xy: NDArray[np.float64]) -> str | None:
    """Say what to do with degrees that are cut into parts, or written as clocks show time."""
    for parts in PARTS:
        if _DEGREES.holds(x / parts, y / parts) and not looks_plain(x, y):
            return f"divide them by {parts:,.0f}, which makes them degrees"
    whole = xy[np.isfinite(xy).all(axis=1)] // 1
    sixties = (whole % 100 < _SIXTY).all() and (whole // 100 % 100 < _SIXTY).all()
    if _TOGETHER.holds(x, y) and sixties:
        return "write degrees as decimal numbers: they seem to hold minutes and seconds"
    return None


def _no_metres(x: float, y: float) -> str | None:
    """Say what to do with lengths in other units, or from the corner of a city's own grid."""
    if _KILOMETRES.holds(x, y) and y > x:
        return "write them in metres, of which they seem to be thousands, and say crs = ..."
    if looks_plain(x / 1000, y / 1000):
        return "write them in metres, of which they seem to be thousandths, and say crs = ..."
    if not are_degrees(x, y) and max(abs(x), abs(y)) < _LARGEST_GRID:
        return (
            "have them converted to CGCS2000, as they seem to be of a city's own grid, then "
            "say crs = ..."
        )
    return None
