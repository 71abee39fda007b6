"""What is wrong with zones: overlaps, gaps that hold homes, counts that do not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from spatial.condition.fault import Fault, touching

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from spatial.population import Homes

OVERLAP: Final = 0.01
"""Of the smaller zone: less is the inaccuracy of drawing."""
_LEAST_M2: Final = 1.0
AMISS: Final = 0.1
"""Of the people counted in a zone: homes that hold fewer or more by so much do not add up."""


def overlapping(zones: gpd.GeoDataFrame, homes: Homes) -> list[Fault]:
    """Find zones that overlap: homes there count for one of them only."""
    shapes, name = zones.geometry.to_numpy(), zones["name"].fillna("?").to_numpy(dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    both = shapely.intersection(shapes[one], shapes[other])
    size = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    much = (shapely.area(both) > OVERLAP * size) & (shapely.area(both) > _LEAST_M2)
    if not much.any():
        return []
    one, other, both = one[much], other[much], both[much]
    order = np.argsort(-shapely.area(both), kind="stable")
    names = (name[one] + " / " + name[other])[order]
    inside = shapely.STRtree(shapely.points(homes.xy)).query(both, predicate="intersects")[1]
    people = float(homes.weight[np.unique(inside)].sum())
    return [
        Fault(
            "zones_overlap",
            "zones",
            touching(people, homes) if people else "mind",
            len(both),
            people,
            both[order],
            names,
        )
    ]


def leaving_out(zones: gpd.GeoDataFrame, homes: Homes) -> list[Fault]:
    """Find homes that lie in no zone: no zone's figure tells of them."""
    points = shapely.points(homes.xy)
    held = shapely.STRtree(zones.geometry.to_numpy()).query(points, predicate="intersects")[0]
    row = np.setdiff1d(np.arange(len(points)), held)
    if not len(row):
        return []
    row = row[np.argsort(-homes.weight[row], kind="stable")]
    people = float(homes.weight[row].sum())
    names = np.where(homes.name[row] == None, homes.id[row], homes.name[row])  # noqa: E711
    return [
        Fault(
            "zones_gaps",
            "zones",
            touching(people, homes),
            len(row),
            people,
            points[row],
            names,
            homes.weight[row],
        )
    ]


def amiss(
    areas: NDArray[np.object_],
    given: NDArray[np.float64],
    names: NDArray[np.object_],
    homes: Homes,
) -> list[Fault]:
    """Find zones whose own count of people differs from that of the homes in them.

    Parameters
    ----------
    areas, given, names
        (z,) outlines, people as counted for the zone, and names.
    """
    points = shapely.points(homes.xy)
    home, zone = shapely.STRtree(areas).query(points, predicate="intersects")
    home, first = np.unique(home, return_index=True)
    held = np.bincount(zone[first], homes.weight[home], len(areas))
    wrong = np.abs(held - given) > AMISS * np.maximum(given, 1.0)
    row = np.flatnonzero(wrong)
    if homes.unit == "homes" or not len(row):
        return []
    row = row[np.argsort(-np.abs(held - given)[row], kind="stable")]
    people = float(np.abs(held - given)[row].sum())
    values = {"given": float(given.sum()), "held": float(held.sum())}
    return [
        Fault(
            "zones_people",
            "zones",
            touching(people, homes),
            len(row),
            people,
            areas[row],
            names[row],
            np.abs(held - given)[row],
            values,
        )
    ]
