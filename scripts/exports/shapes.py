"""Shapes as formats want them: kinds apart, degrees, points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from scripts.exports.task import Loss

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

DEGREES = "EPSG:4326"
DECIMALS = 7
_KINDS = {
    "point": (0,),
    "line": (1, 2, 5),
    "area": (3, 6),
    "multipoint": (4,),
}
"""By the name of a kind: shapely's numbers of geometry types."""
_COLLECTION = 7


def without_empty_shapes(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a table in which a shape without a spot is no shape: some formats know none such."""
    shapes = table.geometry.to_numpy()
    return table.set_geometry(np.where(shapely.is_empty(shapes), None, shapes), crs=table.crs)


def has_shape(table: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """(rows,) whether there is a shape."""
    return ~shapely.is_missing(table.geometry.to_numpy())


def only_points(table: gpd.GeoDataFrame) -> bool:
    """Tell whether every shape that is there is a single point."""
    return bool(np.isin(shapely.get_type_id(table.geometry.to_numpy()), (-1, 0)).all())


def by_kind(table: gpd.GeoDataFrame) -> tuple[dict[str, gpd.GeoDataFrame], list[Loss]]:
    """Part a table by the kind of its shapes; rows without a shape go with the largest part.

    Collections are taken apart.
    """
    mixed = shapely.get_type_id(table.geometry.to_numpy()) == _COLLECTION
    apart = [Loss("taken_apart", int(mixed.sum()))] if mixed.any() else []
    while mixed.any():
        pieces = table[mixed].explode(index_parts=False)
        table = pd.concat([table[~mixed], pieces]).sort_index(kind="stable")
        mixed = shapely.get_type_id(table.geometry.to_numpy()) == _COLLECTION
    number = shapely.get_type_id(table.geometry.to_numpy())
    rows = {kind: np.isin(number, types) for kind, types in _KINDS.items()}
    rows = {kind: which for kind, which in rows.items() if which.any()} or {"point": number < 0}
    largest = max(rows, key=lambda kind: int(rows[kind].sum()))
    rows[largest] = rows[largest] | (number < 0)
    return {kind: table[which] for kind, which in rows.items()}, apart


def in_degrees(table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Loss]]:
    """Give a table in longitude and latitude of WGS 84, and that its coordinates are rounded."""
    return table.to_crs(DEGREES), [Loss("rounded", int(has_shape(table).sum()))]


def points_on(table: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], list[Loss]]:
    """Give longitude and latitude of a point on each shape, (rows, 2); NaN where there is none."""
    points = table.geometry.to_numpy()
    other = ~np.isin(shapely.get_type_id(points), (-1, 0))
    on_shape = np.where(other, shapely.point_on_surface(points), points)
    moved = table[[]].set_geometry(on_shape, crs=table.crs).to_crs(DEGREES).geometry
    xy = np.column_stack([moved.x, moved.y]).round(DECIMALS)
    return xy, [Loss("as_points", int(other.sum()))] if other.any() else []
