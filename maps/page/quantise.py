"""Places as small integers: micro-degrees, each vertex told by its step from the one before.

A micro-degree is at most 0.11 m. Steps are short, so a city's buildings fit a page. Every block
has ``xy``, a flat array dx, dy, dx, dy, ... in EPSG:4326, x = longitude; the first step starts at
(0, 0). Lines and areas add ``n``, the vertices of each part, and ``of``, the row it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike

PER_DEGREE = 1_000_000

Block = dict[str, NDArray[np.int32]]


def spots(places: gpd.GeoSeries) -> Block:
    """Encode one point for each place; of a line or polygon, a point on it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> spots(gpd.GeoSeries.from_xy([7.4, 7.400001], [43.7, 43.7], crs=4326))["xy"].tolist()
    [7400000, 43700000, 1, 0]
    """
    points = places.array
    if not (places.geom_type == "Point").all():
        points = places.representative_point().array
    return {"xy": _steps(shapely.get_coordinates(_geographic(points, places)))}


def by_place(places: gpd.GeoSeries) -> NDArray[np.intp]:
    """Give the order in which neighbours in the plane stand near each other in the list (Morton).

    Steps between them are short then, so they take few bytes; and a page finds them fast. Places
    without geometry come last.

    Examples
    --------
    >>> import geopandas as gpd
    >>> by_place(gpd.GeoSeries.from_xy([0, 9, 1, 9], [0, 9, 0, 8])).tolist()
    [0, 2, 3, 1]
    """
    bounds = places.bounds.to_numpy(dtype=float)
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    known = np.isfinite(middle).all(axis=1)
    key = np.full(len(places), np.iinfo(np.uint64).max, dtype=np.uint64)
    if known.any():
        low, high = middle[known].min(axis=0), middle[known].max(axis=0)
        whole = (middle[known] - low) / (np.max(high - low) or 1.0) * (2**20 - 1)
        x, y = (_spread(one) for one in whole.astype(np.uint64).T)
        key[known] = x | (y << np.uint64(1))
    return np.argsort(key, kind="stable")


def _spread(whole: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero between every two of 20 bits."""
    for shift in (16, 8, 4, 2, 1):
        mask = sum(((1 << shift) - 1) << at for at in range(0, 64, 2 * shift))
        whole = (whole | (whole << np.uint64(shift))) & np.uint64(mask)
    return whole


def lines(places: gpd.GeoSeries) -> Block:
    """Encode lines; the pieces of a multi-line keep the row they came from."""
    parts, rows = shapely.get_parts(_geographic(places.array, places), return_index=True)
    long = shapely.get_num_coordinates(parts) > 1
    return _runs(parts[long], rows[long])


def areas(places: gpd.GeoSeries) -> Block:
    """Encode polygons ring by ring, without the closing vertex.

    Outer rings run counter-clockwise and holes clockwise, so that filling by winding number
    leaves the holes open. What is not a polygon is left out.
    """
    shapes, owners = shapely.get_parts(_geographic(places.array, places), return_index=True)
    flat = (shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(shapes)
    shapes, owners = shapely.orient_polygons(shapes[flat]), owners[flat]
    rings, which = shapely.get_rings(shapes, return_index=True)
    return _runs(rings, owners[which], closed=True)


def _geographic(geometries: ArrayLike, places: gpd.GeoSeries) -> NDArray[np.object_]:
    """Bring geometries in the CRS of `places` to longitude and latitude."""
    moved = places.__class__(geometries, crs=places.crs).to_crs(4326)
    return np.asarray(moved.array, dtype=object)


def _runs(parts: ArrayLike, rows: ArrayLike, *, closed: bool = False) -> Block:
    """Encode many runs of vertices; closed ones without their last vertex."""
    counts = shapely.get_num_coordinates(parts)
    coordinates = shapely.get_coordinates(parts)
    if closed:
        keep = np.ones(len(coordinates), dtype=bool)
        keep[np.cumsum(counts) - 1] = False
        coordinates, counts = coordinates[keep], counts - 1
    return {
        "xy": _steps(coordinates),
        "n": counts.astype(np.int32),
        "of": np.asarray(rows, dtype=np.int32),
    }


def _steps(coordinates: NDArray[np.float64]) -> NDArray[np.int32]:
    """Turn (k, 2) degrees into 2k integer steps."""
    whole = np.rint(coordinates * PER_DEGREE).astype(np.int32)
    return np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32)).ravel()
