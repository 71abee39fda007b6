"""Made-up towns whose answers can be worked out by hand; for tests, examples and docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from spatial.barriers import barriers_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from spatial.barriers import Barriers

CRS = "EPSG:4548"
ORIGIN = (500_000.0, 3_900_000.0)
"""Where (0, 0) of every made-up town lies in `CRS`, metres: a town near Jining."""


def streets(lines: Sequence[Sequence[tuple[float, float]]], **columns: object) -> gpd.GeoDataFrame:
    """Give a streets layer from lists of (x, y), metres from the town's origin.

    `columns` replaces name, bridge, tunnel, private, steps or refs: one value for all lines, or
    a list.
    """
    flags = dict.fromkeys(("bridge", "tunnel", "private", "steps"), False)
    table: dict[str, object] = {"name": None, **flags, "refs": None, **columns}
    geometry = [shapely.LineString(np.add(line, ORIGIN)) for line in lines]
    frame = gpd.GeoDataFrame(geometry=geometry, crs=CRS)
    for key, value in table.items():
        frame[key] = value if isinstance(value, list) else [value] * len(lines)
    return frame


def grid(columns: int, rows: int, block_m: float) -> gpd.GeoDataFrame:
    """Give the streets of a chessboard town, its south-west corner at the origin.

    Examples
    --------
    >>> float(grid(2, 3, 100.0).length.sum())
    1700.0
    """
    x, y = np.arange(columns + 1) * block_m, np.arange(rows + 1) * block_m
    along = [[(float(a), float(b)) for a in x] for b in y]
    across = [[(float(a), float(b)) for b in y] for a in x]
    return streets(along + across)


def homes(
    xy: Sequence[tuple[float, float]], weights: Sequence[float] | None = None
) -> gpd.GeoDataFrame:
    """Give a homes layer from (x, y), metres from the town's origin."""
    points = shapely.points(np.add(np.reshape(xy, (-1, 2)), ORIGIN))
    table = {
        "home": [str(row + 1) for row in range(len(points))],
        "name": [None] * len(points),
        "weight": np.full(len(points), np.nan) if weights is None else np.array(weights, float),
        "levels": np.full(len(points), np.nan),
    }
    return gpd.GeoDataFrame(table, geometry=points, crs=CRS)


def facilities(
    shapes: Sequence[BaseGeometry | tuple[float, float]],
    category: str,
    names: Sequence[str | None] | None = None,
) -> gpd.GeoDataFrame:
    """Give a layer of facilities from (x, y) or shapes, metres from the town's origin."""
    geometry = [shape if hasattr(shape, "geom_type") else shapely.Point(shape) for shape in shapes]
    moved = [shapely.transform(shape, lambda xy: xy + ORIGIN) for shape in geometry]
    table = {
        "facility": [f"{category}{row + 1}" for row in range(len(moved))],
        "name": list(names) if names is not None else [None] * len(moved),
        "category": [category] * len(moved),
    }
    return gpd.GeoDataFrame(table, geometry=moved, crs=CRS)


def barriers(shapes: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> Barriers:
    """Give barriers from a kind and the (x, y) of a line; closed lines of water are areas."""
    lines = [shapely.LineString(np.add(line, ORIGIN)) for _, line in shapes]
    solid = [
        shapely.Polygon(line) if kind == "water" and line.is_closed else line
        for (kind, _), line in zip(shapes, lines, strict=True)
    ]
    layer = gpd.GeoDataFrame({"kind": [kind for kind, _ in shapes]}, geometry=solid, crs=CRS)
    return barriers_from(layer)
