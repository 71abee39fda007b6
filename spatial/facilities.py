"""Facilities that count for a standard: pieces of one park joined, then judged by size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from spatial.crs import require_metric

if TYPE_CHECKING:
    from spatial.standards import ServiceStandard


@dataclass(frozen=True)
class Counted:
    """The facilities that count for one standard, and how many did not.

    Attributes
    ----------
    places
        facility, name, category and geometry, rows from 0.
    wrong_size
        Facilities outside the standard's size class.
    """

    places: gpd.GeoDataFrame
    wrong_size: int


def counted(places: gpd.GeoDataFrame, standard: ServiceStandard) -> Counted:
    """Take the facilities of a standard's category and size from (dissolved) places.

    The size class is half-open, [from, below), in square metres; points have no size and count
    only where the class begins at 0.
    """
    require_metric(places.crs)
    of_category = places[places["category"] == standard.category]
    area = of_category.geometry.area
    low, high = standard.area_m2
    fits = (area >= low) & (area < high)
    return Counted(of_category[fits].reset_index(drop=True), int((~fits).sum()))


def dissolved(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join polygons that touch and share category and name (rule 5); the rest stays as it is.

    The joined facility keeps the id of the piece whose id sorts first. Pieces without a name
    are never joined: nothing says they belong together.
    """
    places = places.reset_index(drop=True)
    geometry = places.geometry.to_numpy()
    named = places["name"].notna() & (shapely.get_dimensions(geometry) == 2)  # noqa: PLR2004  areas
    rows = np.flatnonzero(named)
    one, other = shapely.STRtree(geometry[rows]).query(geometry[rows], predicate="intersects")
    one, other = rows[one], rows[other]
    name, category = places["name"].to_numpy(), places["category"].to_numpy()
    same = (one < other) & (name[one] == name[other]) & (category[one] == category[other])
    one, other = one[same], other[same]
    joined = coo_matrix((np.ones(len(one)), (one, other)), shape=(len(places), len(places)))
    group = connected_components(joined, directed=False)[1]
    pieces = np.bincount(group)[group] > 1
    if not pieces.any():
        return places
    ordered = places[pieces].assign(group=group[pieces]).sort_values("facility")
    merged = ordered.dissolve("group", aggfunc="first", method="unary")[places.columns]
    both = gpd.GeoDataFrame(
        gpd.pd.concat([places[~pieces], merged]), geometry="geometry", crs=places.crs
    )
    return both.sort_values("facility").reset_index(drop=True)
