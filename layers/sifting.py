"""Shapes that a layer cannot use, left out or repaired, and counted."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.records import crs_name
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.records import Records, Shapes

POINT, LINE, POLYGON = 0, 1, 2  # dimensions of shapes
_KINDS: Final = MappingProxyType({POINT: "points", LINE: "lines", POLYGON: "polygons"})
_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])  # the bounds of the Earth, x y x y


def sift(records: Records, allowed: Sequence[int], layer: str) -> None:
    """Keep the records whose shape the layer can use."""
    shapes = records.shapes
    records.drop(shapely.is_missing(shapes) | shapely.is_empty(shapes), "no geometry")
    coordinates, owner = shapely.get_coordinates(records.shapes, return_index=True)
    lost = owner[~np.isfinite(coordinates).all(axis=1)]
    records.drop(np.isin(np.arange(len(records.shapes)), lost), "coordinates are not finite")
    records.shapes = shapely.force_2d(records.shapes)
    _keep_dimensions(records, allowed, layer)
    if records.crs.is_geographic:
        _keep_on_earth(records)
    _repair_polygons(records)
    lines = shapely.get_dimensions(records.shapes) == LINE
    records.drop(lines & (shapely.length(records.shapes) == 0), "line without length")
    _leave_empty_parts(records)


def _keep_dimensions(records: Records, allowed: Sequence[int], layer: str) -> None:
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


def _keep_on_earth(records: Records) -> None:
    """Drop records outside the degrees there are; refuse a layer of them."""
    bounds = shapely.bounds(records.shapes)
    outside = (np.abs(bounds) > _DEGREES).any(axis=1)
    if 2 * outside.sum() > len(outside):
        x, y = bounds[outside][0, :2]
        where = f"coordinates such as {x:g}, {y:g} are no degrees"
        if (np.abs(bounds) <= _DEGREES[[1, 0, 3, 2]]).all():
            wrong = f"{where} unless longitude and latitude are swapped"
            raise InputError(wrong, "x is the longitude, y the latitude")
        wrong = f"{where}, but its CRS is {crs_name(records.crs)}"
        raise InputError(wrong, "say crs = ... with the CRS in metres that they are in")
    records.drop(outside, "coordinates beyond 180 or 90 degrees", tell=True)
    zero = shapely.equals_exact(records.shapes, shapely.Point(0, 0))
    records.drop(zero, "coordinates are 0, 0", tell=True)


def _repair_polygons(records: Records) -> None:
    """Repair polygons that cross themselves; drop those without area."""
    polygons = shapely.get_dimensions(records.shapes) == POLYGON
    broken = polygons & ~shapely.is_valid(records.shapes)
    if broken.any():
        # "structure" takes rings as shells and holes, as drawn, and gives polygons only.
        records.shapes[broken] = shapely.make_valid(
            records.shapes[broken], method="structure", keep_collapsed=False
        )
    flat = polygons & ~(shapely.area(records.shapes) > 0)
    records.repair(broken & ~flat, "invalid polygon repaired")
    records.drop(flat, "polygon without area")


def _leave_empty_parts(records: Records) -> None:
    """Leave the parts of lines out that have no length."""
    many = np.flatnonzero(
        shapely.get_type_id(records.shapes) == shapely.GeometryType.MULTILINESTRING
    )
    parts, owner = shapely.get_parts(records.shapes[many], return_index=True)
    short = shapely.length(parts) == 0
    changed = np.unique(owner[short])
    if len(changed):
        keep = ~short & np.isin(owner, changed)
        group = np.searchsorted(changed, owner[keep])
        records.shapes[many[changed]] = shapely.multilinestrings(parts[keep], indices=group)
    mask = np.zeros(len(records.shapes), dtype=bool)
    mask[many[changed]] = True
    records.repair(mask, "part without length left out")
