"""What is wrong with homes: without a street, without people, with too many, given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from spatial.barriers import KINDS
from spatial.condition.fault import Fault, Severity, touching
from spatial.condition.likeness import alike
from spatial.population import home_points

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from spatial.population import Homes

    Rows = NDArray[np.int64]

GIANT: Final = 20_000.0
"""No home holds more people; a whole quarter may."""
OUTLIER: Final = 50.0
"""A home with so many times the people of the middle one was mistyped, or is something else."""
_LARGE: Final = 500.0
"""Fewer people than this are no giant, whatever the others hold."""
TALL: Final = 100.0
"""A home of more floors is rarer than a mistyped one."""
_NONE: Final = 0.1
"""Of all homes: if more hold nobody, the numbers are incomplete."""
_FAR: Final = 0.5
"""Of all homes: if more lie outside, the boundary or the homes belong to another place."""
SAME_NAME_M: Final = 30.0
SAME_PLACE_M: Final = 1.0


def unconnected(homes: Homes) -> list[Fault]:
    """Find homes that no street could be found for (rule 4), by what keeps them from it."""
    lost = ~homes.ties.tied
    found = _of_homes("far_homes", homes, np.flatnonzero(lost & (homes.blocked_by == None)))  # noqa: E711
    for kind in KINDS:
        row = np.flatnonzero(lost & (homes.blocked_by == kind))
        found += _of_homes(f"blocked_{kind}", homes, row)
    return found


def giants(homes: Homes, *, given: bool) -> list[Fault]:
    """Find homes with more people than a home can have, or than its neighbours.

    `given` tells whether somebody wrote the numbers down: those that were shared out by size may
    well lie far apart.
    """
    if homes.unit == "homes":
        return []
    some = homes.weight[homes.weight > 0]
    usual = float(np.median(some)) if len(some) else 0.0
    least = min(GIANT, max(OUTLIER * usual, _LARGE)) if given else GIANT
    row = np.flatnonzero(homes.weight > least)
    return _of_homes(
        "giants", homes, row, values={"most": float(homes.weight.max(initial=0.0)), "usual": usual}
    )


def cut_off_by_water(homes: Homes, water: NDArray[np.object_]) -> list[Fault]:
    """Find homes that stand in water."""
    points = shapely.points(homes.xy)
    inside = shapely.STRtree(water).query(points, predicate="within")[0]
    return _of_homes("homes_in_water", homes, np.unique(inside))


def _of_homes(
    kind: str,
    homes: Homes,
    row: Rows,
    severity: Severity | None = None,
    values: dict[str, float] | None = None,
) -> list[Fault]:
    """Tell of some homes, those with most people first."""
    if not len(row):
        return []
    row = row[np.argsort(-homes.weight[row], kind="stable")]
    people = float(homes.weight[row].sum())
    names = np.where(pd.isna(homes.name[row]), homes.id[row], homes.name[row])
    return [
        Fault(
            kind,
            "homes",
            severity or touching(people, homes),
            len(row),
            people,
            shapely.points(homes.xy[row]),
            names.astype(object),
            homes.weight[row],
            values or {},
        )
    ]


def outside(places: gpd.GeoDataFrame, area: BaseGeometry) -> list[Fault]:
    """Find homes outside the study area: they count nowhere (rule 8)."""
    points = home_points(places.geometry.to_numpy())
    shapely.prepare(area)
    out = ~shapely.intersects(area, points)
    severity: Severity = "mind" if out.mean() > _FAR else "note"
    return _of_table("homes_outside", places, points, out, severity)


def floors(places: gpd.GeoDataFrame) -> list[Fault]:
    """Find homes of more floors than there can be."""
    points = home_points(places.geometry.to_numpy())
    levels = places["levels"].to_numpy(dtype=np.float64)
    return _of_table("tall", places, points, levels > TALL, "mind")


def numbers(places: gpd.GeoDataFrame) -> list[Fault]:
    """Find homes whose number of people is missing or nought; or say that all are."""
    points = home_points(places.geometry.to_numpy())
    weight = places["weight"].to_numpy(dtype=np.float64)
    missing = np.isnan(weight)
    if missing.all():
        return [Fault("one_each", "homes", "note", len(places))]
    found = []
    for kind, which in (("no_people", missing), ("zero_people", weight == 0)):
        severity: Severity = "mind" if which.mean() > _NONE else "note"
        found += _of_table(kind, places, points, which, severity)
    return found


def twice(places: gpd.GeoDataFrame) -> list[Fault]:
    """Find homes given twice: of one name and number of people near each other, or at one place.

    Points of one name may stand `SAME_NAME_M` apart; all others must be at one place and of one
    size. What is counted is what is too much; its people count twice.
    """
    geometry = places.geometry.to_numpy()
    points = home_points(geometry)
    size = np.round(shapely.area(geometry), 1)
    people = places["weight"].fillna(-1.0).round(3)
    named = places["name"].notna().to_numpy() & (size == 0)
    label = pd.MultiIndex.from_arrays([places["name"].fillna(""), people, size])
    code = pd.factorize(label)[0]
    more = alike(shapely.get_coordinates(points), code, SAME_PLACE_M)
    row = np.flatnonzero(named & ~more)
    near = alike(shapely.get_coordinates(points[row]), code[row], SAME_NAME_M)
    more[row[near]] = True
    return _of_table("same_homes", places, points, more, "mind")


def _of_table(
    kind: str,
    places: gpd.GeoDataFrame,
    points: NDArray[np.object_],
    which: NDArray[np.bool_],
    severity: Severity,
) -> list[Fault]:
    """Tell of some rows of a layer of homes, those with most people first."""
    row = np.flatnonzero(which)
    if not len(row):
        return []
    given = places["weight"].to_numpy(dtype=np.float64)
    weight = np.ones(len(given)) if np.isnan(given).all() else np.nan_to_num(given)
    row = row[np.argsort(-weight[row], kind="stable")]
    names = places["name"].where(places["name"].notna(), places["home"]).to_numpy(dtype=object)
    people = float(weight[row].sum())
    return [Fault(kind, "homes", severity, len(row), people, points[row], names[row], weight[row])]
