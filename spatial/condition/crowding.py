"""Whether people and homes fit: counts without homes, cut cells, homes too small for so many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from spatial.condition.fault import Fault, Severity
from spatial.population import home_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

MUCH: Final = 0.05
"""Of the people counted: less is the rounding of grids."""
LEAST_M2: Final = 4.0
"""Floor for each person: with less, the homes cannot be all there are."""


def shared_counts(report: Mapping[str, float | int | str | None]) -> list[Fault]:
    """Tell where counted people found no home, or were cut by the boundary.

    Parameters
    ----------
    report
        `spatial.sharing.Sharing.report`, with ``cut``.
    """
    inside = float(report["shared"] or 0) + float(report["at_centres"] or 0)
    found = []
    for kind, people, count in (
        ("people_no_home", report["at_centres"], report["centres"]),
        ("people_cut", report["cut"], 0),
    ):
        if people and float(people) > 0:
            severity: Severity = "mind" if float(people) > MUCH * inside else "note"
            values = {"all": inside}
            number = int(count or 1)
            found.append(Fault(kind, "population", severity, number, float(people), values=values))
    empty = int(report["homes_without_people"] or 0)
    if empty:
        found.append(Fault("homes_uncounted", "population", "note", empty, 0.0))
    return found


def too_crowded(places: gpd.GeoDataFrame) -> list[Fault]:
    """Find homes with more people than their floors could hold, or say that all are so.

    Points have no floors: nothing is said of them. Levels that are not known count 1, so homes
    are only doubted where several are known, or where the sum of all does not fit.
    """
    shapes = places.geometry.to_numpy()
    weight = np.nan_to_num(places["weight"].to_numpy(dtype=np.float64))
    levels = places["levels"].to_numpy(dtype=np.float64)
    floor = shapely.area(shapes) * np.where(levels > 0, levels, 1.0)
    row = np.flatnonzero((levels > 0) & (floor > 0) & (weight * LEAST_M2 > floor))
    if not len(row):
        return []
    row = row[np.argsort(-weight[row], kind="stable")]
    names = places["name"].where(places["name"].notna(), places["home"]).to_numpy(dtype=object)
    people = float(weight[row].sum())
    return [
        Fault(
            "crowded",
            "homes",
            "mind",
            len(row),
            people,
            home_points(shapes)[row],
            names[row],
            weight[row],
            {"least": LEAST_M2},
        )
    ]
