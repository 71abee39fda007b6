"""Outlines of places: mended, measured, and which lies inside which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    import numpy.typing as npt

AREA = 2
"""The dimension of a geometry that has an inside, as `shapely.get_dimensions` counts."""


def areas_m2(lonlat: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """Measure outlines given in longitude and latitude, true at any latitude; points have 0.

    The map used (EPSG:6933, cylindrical, on the ellipsoid) keeps areas, not shapes.

    Examples
    --------
    A quarter of a degree in each direction, at the equator and at Helsinki:

    >>> at = [shapely.box(0, 0, 0.25, 0.25), shapely.box(0, 60, 0.25, 60.25)]
    >>> (areas_m2(np.array(at)) / 1e6).round(1).tolist()
    [769.3, 387.1]
    """
    return gpd.GeoSeries(lonlat, crs=4326).to_crs(6933).area.to_numpy()


def mended(
    geometry: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_]]:
    """Repair outlines that cross themselves, and tell which these were.

    What the repair leaves over besides areas is dropped; an outline that encloses nothing becomes
    an empty polygon. Points and lines stay as they are.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    >>> whole, broken = mended(np.array([bow_tie, shapely.Point(0, 0)]))
    >>> whole[0].area, broken.tolist()
    (0.5, [True, False])
    """
    broken = (shapely.get_dimensions(geometry) == AREA) & ~shapely.is_valid(geometry)
    whole = geometry.copy()
    parts, of = shapely.get_parts(shapely.make_valid(geometry[broken]), return_index=True)
    flat = shapely.get_dimensions(parts) == AREA
    rows = np.flatnonzero(broken)
    for position, row in enumerate(rows):
        whole[row] = shapely.union_all(parts[flat & (of == position)])
        if whole[row].is_empty:
            whole[row] = shapely.Polygon()
    return whole, broken


def inside(
    geometry: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Give pairs of rows (inner, outer): the inner lies in the outer, borders included.

    Of two equal outlines the later row is the inner one.

    Examples
    --------
    >>> spot, block, house = shapely.Point(1, 1), shapely.box(0, 0, 4, 4), shapely.box(1, 1, 2, 2)
    >>> inner, outer = inside(np.array([spot, block, house, block]))
    >>> sorted(zip(inner.tolist(), outer.tolist()))
    [(0, 1), (0, 2), (0, 3), (2, 1), (2, 3), (3, 1)]
    """
    outlines = np.flatnonzero(shapely.get_dimensions(geometry) == AREA)
    tree = shapely.STRtree(geometry[outlines])
    inner, found = tree.query(geometry, predicate="covered_by")
    outer = outlines[found]
    size = shapely.area(geometry)
    below = (size[inner] < size[outer]) | ((size[inner] == size[outer]) & (inner > outer))
    return inner[below], outer[below]
