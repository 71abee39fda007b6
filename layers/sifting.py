"""Shapes that a layer cannot use, left out or repaired, and counted."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.mending import (
    LINE,
    POINT,
    POLYGON,
    fill_outlines,
    leave_empty_parts,
    mend_polygons,
    take_main_parts,
    take_vertices_once,
)
from layers.records import crs_name
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.records import Records, Shapes

__all__ = ["LINE", "POINT", "POLYGON", "sift"]

_KINDS: Final = MappingProxyType({POINT: "points", LINE: "lines", POLYGON: "polygons"})
_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])  # the bounds of the Earth, x y x y
_HALF_ROUND: Final = 2.1e7  # metres to the other side of the Earth, and a little
_FARTHEST: Final = 1e9  # no CRS has coordinates as large
_NOT_HERE: Final = 1e5  # 0, 0 so far, in metres, from the other places of a layer is none of them
_NEAR_DATE_LINE: Final = 170.0  # degrees


def sift(records: Records, allowed: Sequence[int], layer: str) -> None:
    """Keep the records whose shape the layer can use, mended where it is drawn wrong."""
    shapes = records.shapes
    records.drop(shapely.is_missing(shapes) | shapely.is_empty(shapes), "no geometry")
    coordinates, owner = shapely.get_coordinates(records.shapes, return_index=True)
    lost = owner[~np.isfinite(coordinates).all(axis=1)]
    records.drop(np.isin(np.arange(len(records.shapes)), lost), "coordinates are not finite")
    records.shapes = shapely.force_2d(records.shapes)
    if LINE not in allowed and POLYGON in allowed:
        fill_outlines(records)
    _keep_dimensions(records, allowed, layer)
    if records.crs.is_geographic:
        _keep_on_earth(records)
        _refuse_both_sides(records)
    else:
        _keep_near(records)
    lines = shapely.get_dimensions(records.shapes) == LINE
    records.drop(lines & (shapely.length(records.shapes) == 0), "line without length")
    leave_empty_parts(records)
    take_vertices_once(records)
    mend_polygons(records)


def _keep_dimensions(records: Records, allowed: Sequence[int], layer: str) -> None:
    """Drop points where polygons are needed, and the like."""
    dimension = shapely.get_dimensions(records.shapes)
    fits = np.isin(dimension, allowed)
    needed = " or ".join(_KINDS[number] for number in allowed)
    if len(fits) and not fits.any():  # most likely another layer, or the wrong file
        kinds = " and ".join(_KINDS[number] for number in np.unique(dimension))
        wrong = f"holds only {kinds}, but {layer} must be {needed}"
        raise InputError(wrong, f"give {needed}")
    take_main_parts(records)
    for number in np.unique(dimension[~fits]):
        here = shapely.get_dimensions(records.shapes) == number
        records.drop(here, f"{_KINDS[number]} where {needed} are needed")


def _keep_on_earth(records: Records) -> None:
    """Drop records outside the degrees there are; refuse a layer of them."""
    bounds = shapely.bounds(records.shapes)
    outside = (np.abs(bounds) > _DEGREES).any(axis=1)
    if 2 * outside.sum() > len(outside):
        x, y = bounds[outside][0, :2]
        where = f"coordinates such as {x:.8g}, {y:.8g} are no degrees"
        if (np.abs(bounds) <= _DEGREES[[1, 0, 3, 2]]).all():
            wrong = f"{where} unless longitude and latitude are swapped"
            raise InputError(wrong, "x is the longitude, y the latitude")
        wrong = f"{where}, but its CRS is {crs_name(records.crs)}"
        raise InputError(wrong, "say crs = ... with the CRS in metres that they are in")
    records.drop(outside, "coordinates beyond 180 or 90 degrees", tell=True)
    zero = shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    records.drop(zero, "coordinates are 0, 0", tell=True)


def _refuse_both_sides(records: Records) -> None:
    """Refuse a layer cut by the 180th meridian: degrees leap there, and no middle is right."""
    west, _, east, _ = shapely.bounds(records.shapes).T
    beyond, before = west < -_NEAR_DATE_LINE, east > _NEAR_DATE_LINE
    if beyond.any() and before.any() and 2 * (beyond | before).sum() > len(west):
        wrong = "lies on both sides of the 180th meridian"
        raise InputError(wrong, "save it in a CRS in metres of the place")


def _keep_near(records: Records) -> None:
    """Drop records in metres that lie where no other place of the layer can."""
    middle = _middles(records.shapes)
    beyond = ~np.isfinite(middle[:, 0])
    if 2 * beyond.sum() > len(beyond):
        x, y = shapely.bounds(records.shapes[beyond])[0, :2]
        wrong = f"coordinates such as {x:.8g}, {y:.8g} are no metres"
        raise InputError(wrong, "save it anew, or say crs = ... with the CRS that they are in")
    records.drop(beyond, "coordinates beyond the Earth", tell=True)
    if not len(records.shapes):
        return
    middle = _middles(records.shapes)
    apart = np.hypot(*(middle - np.median(middle, axis=0)).T)
    zero = (apart > _NOT_HERE) & shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    records.drop(zero, "coordinates are 0, 0", tell=True)
    records.drop(apart[~zero] > _HALF_ROUND, "coordinates beyond the Earth", tell=True)


def _middles(shapes: Shapes) -> NDArray[np.float64]:
    """The (n, 2) middles of the boxes around shapes; infinite where a corner lies too far."""
    box = shapely.bounds(shapes)
    far = (np.abs(box) > _FARTHEST).any(axis=1)
    middle: NDArray[np.float64] = np.where(far[:, None], np.inf, (box[:, :2] + box[:, 2:]) / 2)
    return middle
