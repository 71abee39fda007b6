"""Whether coordinates can be what their file says they are: refused, or left out and counted.

If most records cannot, the file or the plan says the wrong thing, and the planner is asked. If few
cannot, these are slips, and they are left out. Where a layer lies among the others is asked
later (`scripts.locating.misplacement`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import CRS

from layers.coordinates import (
    PARTS,
    advice,
    are_degrees,
    are_in_china,
    columns_of,
    some_coordinates,
    swapping,
    typical,
)
from layers.records import crs_name
from spatial.crs import degrees_of, horizontal, inside_area_of_use, near_area_of_use
from spatial.errors import InputError, UnplacedError
from spatial.gauss import (
    epsg_with_zone,
    epsg_without_zone,
    is_zoned,
    looks_plain,
    middle_easting_m,
    zone_in,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.records import Records

    Floats = NDArray[np.float64]

_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])  # the bounds of the Earth, x y x y
_DEGREE_M: Final = 111_320.0
_FARTHEST: Final = 1e9  # no CRS has coordinates as large
_NEAR_DATE_LINE: Final = 170.0  # degrees
_HALF_ROUND_M: Final = 2.1e7  # to the other side of the Earth, and a little
_ARCTIC: Final = 72.0  # degrees north; no town lies beyond but on Svalbard
_SOUTH_WEST: Final = 26.0  # no place of China that far west lies farther south
_WIDEST: Final = 10.0  # degrees, of a layer of a place
_STRAY_M: Final = 100_000.0
_TIMES: Final = 20.0
_MANY: Final = 0.75  # of the records lie closer to the middle than a stray
_FEW: Final = 0.2  # of the records: more are no slips
_WEB_MERCATOR: Final = CRS.from_epsg(3857)


def keep_placed(records: Records) -> None:
    """Keep the records whose coordinates can be what the file says.

    Raises
    ------
    InputError
        If those of most records cannot.
    """
    if not len(records.shapes):
        return
    if records.crs.is_geographic:
        _keep_on_earth(records)
        _refuse_both_sides(records)
    else:
        _keep_metres(records)


def _keep_on_earth(records: Records) -> None:
    """Drop records outside the degrees there are; refuse a layer of them."""
    bounds = shapely.bounds(records.shapes)
    outside = (np.abs(bounds) > _DEGREES).any(axis=1)
    if 2 * outside.sum() > len(outside):
        _refuse_degrees(records, bounds, outside)
    records.drop(outside, "coordinates beyond 180 or 90 degrees", tell=True)
    _refuse_arctic(records, *typical(bounds[~outside][:, :2]))
    zero = shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    records.drop(zero, "coordinates are 0, 0", tell=True)


def _refuse_degrees(records: Records, bounds: Floats, outside: NDArray[np.bool_]) -> None:
    """Say what most coordinates are, if no degrees."""
    x, y = bounds[outside][0, :2]
    where = f"coordinates such as {x:.8g}, {y:.8g} are no degrees"
    swapped = (np.abs(bounds) <= _DEGREES[[1, 0, 3, 2]]).all(axis=1)
    if 2 * int(swapped.sum()) > len(bounds):
        wrong = f"{where} unless longitude and latitude are swapped"
        raise InputError(wrong, swapping(columns_of(records.taken)))
    wrong = f"{where}, but its CRS is {crs_name(records.crs)}"
    xy = bounds[outside][:, :2]
    remedy = advice(xy, "say crs = ... with the CRS in metres that they are in")
    raise _unplaced(records, wrong, remedy)


def _refuse_arctic(records: Records, lon: float, lat: float) -> None:
    """Refuse degrees of western China that are swapped: where they lie nobody lives."""
    if lat > _ARCTIC and lon > _SOUTH_WEST and are_in_china(lon, lat):
        wrong = (
            f"coordinates such as {lon:.8g}, {lat:.8g} lie in the Arctic, but in China once swapped"
        )
        raise InputError(wrong, swapping(columns_of(records.taken)))


def _unplaced(records: Records, wrong: str, remedy: str) -> UnplacedError:
    """Give an error with some of the coordinates, which the other layers may explain."""
    xy = some_coordinates(records.shapes)
    return UnplacedError(wrong, remedy, xy, columns_of(records.taken))


def _refuse_both_sides(records: Records) -> None:
    """Refuse a layer cut by the 180th meridian: degrees leap there, and no middle is right."""
    west, _, east, _ = shapely.bounds(records.shapes).T
    beyond, before = west < -_NEAR_DATE_LINE, east > _NEAR_DATE_LINE
    if beyond.any() and before.any() and 2 * (beyond | before).sum() > len(west):
        wrong = "lies on both sides of the 180th meridian"
        raise InputError(wrong, "save it in a CRS in metres of the place")


def _keep_metres(records: Records) -> None:
    """Drop records with coordinates larger than any; refuse a layer that is in no such metres."""
    bounds = shapely.bounds(records.shapes)
    beyond = (np.abs(bounds) > _FARTHEST).any(axis=1)
    middle = typical((bounds[:, :2] + bounds[:, 2:]) / 2)
    _refuse_metres(records, *middle)
    if is_zoned(horizontal(records.crs)):
        _refuse_several_zones(bounds[~beyond][:, 0])
    if 2 * beyond.sum() > len(beyond):
        x, y = bounds[beyond][0, :2]
        wrong = f"coordinates such as {x:.8g}, {y:.8g} are no metres"
        remedy = advice(bounds[beyond][:, :2], "save it anew, or say crs = ... with their CRS")
        raise InputError(wrong, remedy)
    records.drop(beyond, "coordinates beyond the Earth", tell=True)
    zero = shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    if max(map(abs, middle)) > _STRAY_M:
        records.drop(zero, "coordinates are 0, 0", tell=True)


def _refuse_metres(records: Records, x: float, y: float) -> None:
    """Refuse coordinates that cannot be metres of their CRS, but can be something else."""
    crs, name = horizontal(records.crs), crs_name(records.crs)
    if _may_be_degrees(records, crs, x, y):
        wrong = f"coordinates such as {x:.8g}, {y:.8g} are degrees, but its CRS {name} is in metres"
        remedy = 'say crs = "EPSG:4326", or "EPSG:4490" if CGCS2000'
        raise _unplaced(records, wrong, remedy)
    if inside_area_of_use(crs, x, y):
        return
    if inside_area_of_use(crs, y, x):
        across = records.taken.get("x")
        wrong = f"{across!r} seems to point north, as a surveyor's X does"
        if across is None:
            wrong = f"its x seems to point north, as a surveyor's X does: {x:.8g}, {y:.8g}"
        raise InputError(wrong, swapping(columns_of(records.taken)))
    if _would_lie_there(crs, x, y):
        wrong = f"coordinates such as {x:.8g}, {y:.8g} lie far from where its CRS {name} is used"
        shown = some_coordinates(records.shapes)
        remedy = advice(shown, "say crs = ... with the CRS that they are in")
        raise _unplaced(records, wrong, remedy)
    _refuse_zone(records, crs, x, y)


def _may_be_degrees(records: Records, crs: CRS, x: float, y: float) -> bool:
    """Whether coordinates in metres are degrees of where their CRS is used, in some order.

    A layer that is wider than that is none: a small drawing from the corner of a grid.
    """
    if not are_degrees(x, y):
        return False
    width = float(np.ptp(some_coordinates(records.shapes), axis=0).max())
    area = crs.area_of_use
    if area is None:
        middle = middle_easting_m(crs)
        from_afar = middle is not None and middle > _STRAY_M
        return from_afar and width < _WIDEST and are_in_china(x, y)
    fits = near_area_of_use(crs, x, y) or near_area_of_use(crs, y, x)
    return fits and width < max(_WIDEST, area.east - area.west)


def _would_lie_there(crs: CRS, x: float, y: float) -> bool:
    """Whether coordinates lie where their CRS is used if they are of another unit or projection."""
    for factor in (1e3, 1e-3):
        if inside_area_of_use(crs, factor * x, factor * y):
            return True
    lon, lat = degrees_of(_WEB_MERCATOR, x, y)
    tried = ((lon, lat), *((x / parts, y / parts) for parts in PARTS))
    return any(near_area_of_use(crs, *spot) for spot in tried)


def _refuse_zone(records: Records, crs: CRS, x: float, y: float) -> None:
    """Refuse eastings with another number of a zone before them than their CRS has, or none."""
    middle = middle_easting_m(crs)
    if middle is None:
        return
    name, own = crs_name(records.crs), zone_in(middle) if is_zoned(crs) else None
    for east, north in ((x, y), (y, x)):
        zone = zone_in(east)
        if zone == own or not looks_plain(east % 1e6, north):
            continue
        if zone is None:
            wrong = f"eastings such as {east:.8g} lack the number of the zone of its CRS {name}"
        else:
            wrong = f"eastings such as {east:.8g} begin with zone {zone}, unlike its CRS {name}"
        code = epsg_without_zone(own or 0) if zone is None else epsg_with_zone(zone)
        remedy = f'say crs = "EPSG:{code}" if they are CGCS2000'
        if east == y:
            swap = swapping(columns_of(records.taken))
            remedy = f'say crs = "EPSG:{code}" if they are CGCS2000, and {swap}'
        raise _unplaced(records, wrong, remedy)


def _refuse_several_zones(eastings: Floats) -> None:
    """Refuse eastings that have one of several zones before them: each counts from elsewhere."""
    number, count = np.unique(eastings // 1e6, return_counts=True)
    many = number[count > _FEW * len(eastings)]
    zones = [int(one) for one in many if zone_in(one * 1e6) is not None]
    if len(zones) > 1:
        wrong = f"eastings begin with several zones, {' and '.join(map(str, zones))}"
        raise InputError(wrong, "save each zone as a layer of its own, or all in degrees")


def leave_strays(records: Records) -> None:
    """Drop the few records that lie far from all others: a digit is wrong, or x and y swapped.

    Far is more than 100 km, and twenty times as far from the middle as three quarters of all.
    """
    if not len(records.shapes):
        return
    metre = _DEGREE_M if records.crs.is_geographic else 1.0
    box = shapely.bounds(records.shapes)
    middle = (box[:, :2] + box[:, 2:]) / 2
    centre = np.median(middle, axis=0)
    away = np.hypot(*(middle - centre).T) * metre
    stray = away > max(_STRAY_M, _TIMES * float(np.quantile(away, _MANY, method="lower")))
    if not 0 < stray.mean() <= _FEW:
        return
    back = np.hypot(*(middle[:, ::-1] - centre).T) * metre
    swapped = stray & (back < _STRAY_M)
    degrees = stray & (metre == 1.0) & (np.abs(box) <= _DEGREES[0]).all(axis=1)
    records.drop(swapped, "x and y are swapped", tell=True)
    degrees, stray, away = degrees[~swapped], stray[~swapped], away[~swapped]
    records.drop(degrees, "degrees in a layer of metres", tell=True)
    stray, away = stray[~degrees], away[~degrees]
    records.drop(away > _HALF_ROUND_M, "coordinates beyond the Earth", tell=True)
    records.drop(stray[away <= _HALF_ROUND_M], "lies far from all others", tell=True)
