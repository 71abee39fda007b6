"""Coverage by zone: district, neighbourhood or sub-district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from spatial.circle import Circle
    from spatial.coverage import Coverage
    from spatial.population import Homes
    from spatial.standards import Standard
    from spatial.union import Union

NOWHERE = -1
"""Stands for "in no zone"."""


def zone_of(zones: gpd.GeoDataFrame, xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the zone, a row of `zones`, that each of (h, 2) points lies in, or `NOWHERE`.

    A point on a border, or where zones overlap, belongs to the first.

    Examples
    --------
    >>> two = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> zone_of(two, np.array([[0.5, 0.5], [1.0, 0.5], [3.0, 0.5]])).tolist()
    [0, 0, -1]
    """
    point, zone = shapely.STRtree(zones.geometry.to_numpy()).query(
        shapely.points(xy), predicate="intersects"
    )
    found = np.full(len(xy), len(zones))
    np.minimum.at(found, point, zone)
    return np.where(found == len(zones), NOWHERE, found)


def by_zone(
    zones: gpd.GeoDataFrame,
    homes: Homes,
    coverages: Sequence[Coverage | Union],
    circles: Sequence[Circle] = (),
) -> gpd.GeoDataFrame:
    """Measure every zone: the figures of all homes in it.

    Returns
    -------
    GeoDataFrame
        The zones with homes (how many), people, and for each standard its id with _served,
        _share, _low, _high, _straight_share (NaN where nobody lives) and _target_met (of the
        figure the standard asks for; None without a target). Homes in no zone are in no row.
    """
    zone = zone_of(zones, homes.xy)
    inside = zone != NOWHERE
    rows = zone[inside]

    def total(part: NDArray[np.bool_] | NDArray[np.float64]) -> NDArray[np.float64]:
        weight = (homes.weight * part)[inside]
        return np.bincount(rows, weights=weight, minlength=len(zones)).astype(np.float64)

    people = total(np.ones(len(homes.xy), dtype=bool))
    columns: dict[str, object] = {
        "zone": zones["name"].to_numpy(dtype=object),
        "homes": np.bincount(rows, minlength=len(zones)),
        "people": people,
    }
    for one in coverages:
        columns |= _figures(one, people, total)
    for circle in circles:
        with np.errstate(invalid="ignore"):
            key, met = circle.standard.id, circle.met / max(len(circle.must_have), 1)
            columns[f"{key}_complete_share"] = total(circle.complete) / people
            columns[f"{key}_mean_share_met"] = total(met) / people
    return gpd.GeoDataFrame(
        pd.DataFrame(columns), geometry=zones.geometry.to_numpy(), crs=zones.crs
    )


def _figures(
    one: Coverage | Union,
    people: NDArray[np.float64],
    total: Callable[[NDArray[np.bool_]], NDArray[np.float64]],
) -> dict[str, object]:
    """The columns of one standard."""
    key = one.standard.id
    with np.errstate(invalid="ignore"):
        parts = {
            "_share": total(one.served) / people,
            "_low": total(one.low_served) / people,
            "_high": total(one.high_served) / people,
            "_straight_share": total(one.straight_served) / people,
        }
    asked = parts["_straight_share" if one.standard.geometry == "radius" else "_share"]
    met = verdicts(one.standard, asked)
    figures: dict[str, object] = {f"{key}_served": total(one.served), f"{key}_target_met": met}
    return figures | {f"{key}{name}": values for name, values in parts.items()}


def verdicts(standard: Standard, shares: NDArray[np.float64]) -> list[bool | None]:
    """Whether each share meets the standard's target; None without a target or a share."""
    return [None if np.isnan(share) else standard.meets(float(share)) for share in shares]
