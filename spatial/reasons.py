"""Why a home is unserved, one reason for each; and the gap to the straight line, split by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from spatial.barriers import KINDS, UNCROSSED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.coverage import Coverage
    from spatial.population import Homes

REASONS = {
    "unconnected": ("未接入路网", "not connected to any street"),
    "stairs": ("只能走台阶到达", "no way without stairs"),
    "data_end": ("太远，但数据边缘外可能有设施", "too far, but the data end near by"),
    "too_far": ("直线距离已超出", "too far even by straight line"),
    "walker": ("常人可达，该步行者走不到", "near enough for a usual walker only"),
    "island": ("道路不连通", "streets that lead to no facility"),
    "entrance": ("近处没有出入口", "no way in near by"),
    "detour_water": ("绕行：水域阻隔", "detour around water"),
    "detour_railway": ("绕行：铁路阻隔", "detour around a railway"),
    "detour_motorway": ("绕行：快速路阻隔", "detour around a motorway"),
    "detour_wall": ("绕行：围墙阻隔", "detour around a wall"),
    "detour_block": ("绕行：街区过大", "detour around a large block"),
}
"""What each reason is called in Chinese and English, in the order in which they are tried.

A home on stairs is told at once, as one without a street is. Too far comes before what only a
nearer facility could suffer from; then comes what only keeps someone slower away, or who takes no
stairs: whom that does not name, a usual walker would not be served from either. A detour is named
for what lies on the straight line to the nearest facility.
"""


def reasons(
    coverage: Coverage, homes: Homes, barriers: Barriers, uncertain: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Give each unserved home its primary reason, one of `REASONS`; None for the served.

    Parameters
    ----------
    coverage, homes
        A standard measured, and the h homes.
    barriers
        What may lie between a home and the facility it sees.
    uncertain
        (h,) unserved homes from which the end of the data lies within reach (rule 8).
    """
    found = np.full(len(homes.xy), None, dtype=object)
    unserved = ~coverage.served
    for reason, holds in (
        ("unconnected", ~homes.ties.tied),
        ("stairs", _on_stairs(coverage, homes)),
        ("data_end", ~coverage.straight_served & uncertain),
        ("too_far", ~coverage.straight_served),
        ("stairs", np.isnan(coverage.walk_m) & ~np.isnan(coverage.usual_m)),
        ("walker", coverage.usual_served),
        ("island", np.isnan(coverage.walk_m)),
        ("entrance", coverage.entered_anywhere),
    ):
        found[unserved & holds & (found == None)] = reason  # noqa: E711  element by element
    left = np.flatnonzero(unserved & (found == None))  # noqa: E711
    found[left] = _detours(coverage, homes.xy[left], barriers)
    return found


def _on_stairs(coverage: Coverage, homes: Homes) -> NDArray[np.bool_]:
    """Whether each home stands on stairs that the walker does not take, and so cannot leave."""
    network = coverage.stretches.network
    shut = network.steps & network.closed
    edge = homes.ties.edge
    return homes.ties.tied & shut[edge] & np.isnan(coverage.walk_m)


def _detours(
    coverage: Coverage, xy: NDArray[np.float64], barriers: Barriers
) -> NDArray[np.object_]:
    """Name what lies on the straight line from each home to the nearest facility."""
    if not len(xy):
        return np.empty(0, dtype=object)
    geometry = coverage.facilities.places.geometry.to_numpy()
    homes = shapely.points(xy)
    nearest = shapely.STRtree(geometry).query_nearest(homes, all_matches=False)[1]
    sight = shapely.get_coordinates(shapely.shortest_line(homes, geometry[nearest]))
    kind = barriers.crossed(*sight.reshape(-1, 2, 2).transpose(1, 0, 2))
    names = np.array([f"detour_{name}" for name in (*KINDS, "block")], dtype=object)
    return names[np.where(kind == UNCROSSED, len(KINDS), kind)]


def people_by_reason(
    homes: Homes, reason: NDArray[np.object_], which: NDArray[np.bool_]
) -> dict[str, float]:
    """Add up the people of some homes by reason, in the order of `REASONS`.

    Over the homes that a straight line serves and a walk does not, this is the difference
    between the two figures, split without rest.
    """
    people = pd.Series(homes.weight[which]).groupby(reason[which]).sum()
    return {name: float(people[name]) for name in REASONS if name in people.index}
