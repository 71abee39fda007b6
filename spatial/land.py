"""The share of land served: the official straight-line figure, or any other area, over land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from spatial.crs import require_metric
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

QUAD_SEGS = 100
"""Straight pieces in a quarter of a circle.

A disc of n = 4 x 100 sides lacks 1 - sin(2π/n)/(2π/n) = 0.004 % of its area. Round a corner that
turns by just under one and a half steps the arc is drawn in one piece, and lacks 2.25 times that:
0.009 % at worst, and at most 3.5 cm of 500 m (rule 10 allows 0.05 % of area).
"""
SLIVER_M2 = 0.01
"""Patches smaller than this are left by rounding where two outlines meet; they count as covered."""


@dataclass(frozen=True)
class LandShare:
    """How much of some land is served.

    Attributes
    ----------
    area_m2, covered_m2
        The land, overlaps counted once, and what of it is served.
    share
        ``covered_m2 / area_m2``; exactly 1 if and only if no patch is uncovered.
    land
        The land itself: disjoint polygons.
    uncovered
        Its unserved patches, the largest first: patch (1, 2, ...), area_m2, geometry.
    """

    area_m2: float
    covered_m2: float
    share: float
    land: gpd.GeoDataFrame
    uncovered: gpd.GeoDataFrame


def radius_share(
    facilities: NDArray[np.object_],
    land: gpd.GeoDataFrame,
    reach_m: float,
    *,
    boundary: BaseGeometry | None = None,
) -> LandShare:
    """Measure the share of land within a straight line of the facilities (服务半径覆盖率).

    The distance counts from a point, or from the edge of a polygon. Circles are joined, then cut
    to the land, then divided by it, so that overlaps count once; facilities beyond the boundary
    serve what lies inside.

    Parameters
    ----------
    facilities
        Points and polygons in the land's CRS; none serve nothing.
    land
        Polygons in a metric CRS: residential land for parks, built-up land for stops.
    reach_m
        The radius, metres.
    boundary
        Land outside it does not count; by default all of it does.

    Raises
    ------
    InputError
        If the land's CRS is not metric, or there is no land.

    Notes
    -----
    GB/T 51346-2019, A.0.3, and the 公交都市 indicator of stop coverage: union, clip, divide.

    Examples
    --------
    >>> land = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 100)], crs="EPSG:4548")
    >>> radius_share(np.array([shapely.box(0, 0, 100, 100)]), land, 300).share
    0.4
    """
    return radius_share_of([(facilities, reach_m)], land, boundary=boundary)


def radius_share_of(
    classes: Sequence[tuple[NDArray[np.object_], float]],
    land: gpd.GeoDataFrame,
    *,
    boundary: BaseGeometry | None = None,
) -> LandShare:
    """Measure the share of land served by any of several classes, each with a reach of its own.

    Small parks at 300 m and large ones at 500 m, for instance. See `radius_share`.
    """
    return land_share(land, radius_area(classes), boundary=boundary)


def radius_area(classes: Sequence[tuple[NDArray[np.object_], float]]) -> BaseGeometry:
    """Join all that lies within a straight line of facilities, given as (geometries, reach_m).

    Examples
    --------
    >>> area = radius_area([(np.array([shapely.Point(0, 0)]), 500.0)]).area
    >>> bool(abs(area / (np.pi * 500**2) - 1) < 1e-4)
    True
    """
    discs = [
        shapely.buffer(geometry, reach_m, quad_segs=QUAD_SEGS) for geometry, reach_m in classes
    ]
    return shapely.disjoint_subset_union_all(np.concatenate([np.empty(0, dtype=object), *discs]))


def land_share(
    land: gpd.GeoDataFrame, served: BaseGeometry, *, boundary: BaseGeometry | None = None
) -> LandShare:
    """Measure the share of land inside an area: of circles, or served on foot.

    Parameters
    ----------
    land
        Polygons in a metric CRS; they may overlap.
    served
        `radius_area`, or `spatial.surface.area_served`, in the same CRS.
    boundary
        Land outside it does not count.

    Raises
    ------
    InputError
        If the land's CRS is not metric, or there is no land.
    """
    whole = joined_land(land, boundary=boundary)
    area_m2 = float(whole.geometry.area.sum())
    ground = shapely.multipolygons(whole.geometry.to_numpy())
    uncovered = _patches(shapely.difference(ground, served), land)
    missing = float(uncovered["area_m2"].sum())
    covered_m2 = max(area_m2 - missing, 0.0)
    return LandShare(area_m2, covered_m2, covered_m2 / area_m2, whole, uncovered)


def joined_land(
    land: gpd.GeoDataFrame, *, boundary: BaseGeometry | None = None
) -> gpd.GeoDataFrame:
    """Give land as disjoint polygons: overlaps joined, cut to the boundary.

    Raises
    ------
    InputError
        If the land's CRS is not metric, or no land is left.
    """
    require_metric(land.crs)
    whole = shapely.disjoint_subset_union_all(shapely.make_valid(land.geometry.to_numpy()))
    if boundary is not None:
        whole = shapely.intersection(whole, boundary)
    parts = _polygons(whole)
    if not len(parts):
        wrong = "holds no land" if boundary is None else "holds no land inside the boundary"
        raise InputError(wrong, "check that both cover the same place, and their CRS", layer="land")
    return gpd.GeoDataFrame(geometry=parts, crs=land.crs)


def by_zone(found: LandShare, zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give area_m2, covered_m2 and share for each of the zones, under their index.

    `zones` are polygons in the CRS of the land; where two overlap both count the land they share.
    The share of a zone without land is NaN: it is neither served nor unserved.

    Raises
    ------
    InputError
        If the zones are in another CRS than the land.
    """
    if zones.crs != found.land.crs:
        wrong, remedy = "is in another CRS than the land", "give both in one CRS"
        raise InputError(wrong, remedy, layer="zones")
    shapes = zones.geometry.to_numpy()
    area_m2 = _area_in(shapes, found.land.geometry.to_numpy())
    missing = _area_in(shapes, found.uncovered.geometry.to_numpy())
    covered_m2 = np.maximum(area_m2 - missing, 0.0)
    share = np.divide(covered_m2, area_m2, where=area_m2 > 0, out=np.full(len(zones), np.nan))
    columns = {"area_m2": area_m2, "covered_m2": covered_m2, "share": share}
    return pd.DataFrame(columns, index=zones.index)


def _area_in(zones: NDArray[np.object_], parts: NDArray[np.object_]) -> NDArray[np.float64]:
    """How much of the disjoint parts lies in each zone, square metres."""
    tree = shapely.STRtree(parts)
    zone, part = tree.query(zones, predicate="intersects")
    inside_zone, inside = tree.query(zones, predicate="covers")
    cut = ~np.isin(zone * len(parts) + part, inside_zone * len(parts) + inside)
    pieces = shapely.intersection(zones[zone[cut]], parts[part[cut]])
    area_m2 = np.concatenate([shapely.area(parts[inside]), shapely.area(pieces)])
    held_by = np.concatenate([inside_zone, zone[cut]])
    return np.bincount(held_by, area_m2, minlength=len(zones)).astype(np.float64)


def _patches(shape: BaseGeometry, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The polygons of a shape that are more than a sliver: by falling area, then by place."""
    parts = _polygons(shape)
    area_m2 = shapely.area(parts)
    keep = area_m2 >= SLIVER_M2
    parts, area_m2 = parts[keep], area_m2[keep]
    west, south, _, _ = shapely.bounds(parts).reshape(-1, 4).T
    order = np.lexsort((south, west, -area_m2))
    columns = {"patch": np.arange(1, len(order) + 1), "area_m2": area_m2[order]}
    return gpd.GeoDataFrame(columns, geometry=parts[order], crs=land.crs)


def _polygons(shape: BaseGeometry) -> NDArray[np.object_]:
    """The polygons in a geometry of any kind."""
    parts = shapely.get_parts(shapely.get_parts(np.array([shape], dtype=object)))
    return parts[shapely.area(parts) > 0]
