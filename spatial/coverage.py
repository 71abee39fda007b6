"""Whom a standard serves: on foot along the streets, and by straight line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.entrances import Entrances, entrances
from spatial.network import on_step
from spatial.reach import NONE, Stretches, Walks, cut, streets_within, walks_from, walks_to
from spatial.ties import sorted_by_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spatial.facilities import Counted
    from spatial.network import Network
    from spatial.population import Homes
    from spatial.standards import ServiceStandard


@dataclass(frozen=True)
class Coverage:
    """One standard measured in one place, for h homes.

    Attributes
    ----------
    standard
        What was measured.
    facilities
        The facilities that count, with what was left out for its size.
    doors
        Their entrances.
    walk_m, straight_m
        (h,) float64: metres to the nearest facility on foot and by straight line; NaN where
        none can be reached. 0 inside a park.
    facility, entrance
        (h,) int64: the facility walked to and its entrance (rows of `facilities` and `doors`),
        or `spatial.reach.NONE`. A home inside a park has a facility and no entrance.
    served, straight_served
        (h,) bool: within reach. An unconnected home is never served on foot.
    reached
        LineStrings: the parts of streets within reach.
    """

    standard: ServiceStandard
    facilities: Counted
    doors: Entrances
    walk_m: NDArray[np.float64]
    straight_m: NDArray[np.float64]
    facility: NDArray[np.int64]
    entrance: NDArray[np.int64]
    reached: NDArray[np.object_]

    @property
    def served(self) -> NDArray[np.bool_]:
        """Whether each home is within reach on foot."""
        return self.walk_m <= self.standard.reach_m

    @property
    def straight_served(self) -> NDArray[np.bool_]:
        """Whether each home is within reach by straight line (服务半径)."""
        return self.straight_m <= self.standard.reach_m


def measure(
    network: Network,
    homes: Homes,
    demands: Sequence[tuple[ServiceStandard, Counted]],
    *,
    gates: NDArray[np.float64] | None = None,
    leg_limit_m: float = 100.0,
) -> list[Coverage]:
    """Measure standards, each with the facilities that count for it (rules 1, 2, 4, 5, 10).

    Parameters
    ----------
    network, homes
        Streets, and homes tied to them, in one metric CRS.
    demands
        Pairs of a standard and its facilities.
    gates
        (g, 2) given gates of parks and green, metres.
    leg_limit_m
        The longest leg from a facility to its street, metres.
    """
    doors = [
        _doors_of(network, standard, counted, gates, leg_limit_m) for standard, counted in demands
    ]
    every = np.cumsum([0] + [len(some) for some in doors])
    stretches = cut(network, Entrances.together(doors))
    graph = stretches.graph()
    found = []
    for (standard, counted), some, first in zip(demands, doors, every[:-1], strict=True):
        walks = walks_to(stretches, graph, first + np.arange(len(some)))
        found.append(_covered(standard, counted, some, homes, stretches, walks, first))
    return found


def _doors_of(
    network: Network,
    standard: ServiceStandard,
    counted: Counted,
    gates: NDArray[np.float64] | None,
    leg_limit_m: float,
) -> Entrances:
    """Parks and green have gates and a short fallback; other grounds the usual leg."""
    if standard.category in ("park", "green"):
        return entrances(network, counted.places, gates=gates, leg_limit_m=leg_limit_m)
    return entrances(network, counted.places, leg_limit_m=leg_limit_m, fallback_m=leg_limit_m)


def _covered(
    standard: ServiceStandard,
    counted: Counted,
    doors: Entrances,
    homes: Homes,
    stretches: Stretches,
    walks: Walks,
    first: int,
) -> Coverage:
    walk_m, door = walks_from(stretches, walks, homes.ties)
    entrance = np.where(door == NONE, NONE, door - first)
    facility = np.where(door == NONE, NONE, doors.facility[entrance]) if len(doors) else entrance
    geometry = counted.places.geometry.to_numpy()
    home, place = _inside(homes.xy, geometry)
    at_home = homes.ties.tied[home]
    home, place = home[at_home], place[at_home]
    walk_m[home], facility[home], entrance[home] = 0.0, place, NONE
    return Coverage(
        standard=standard,
        facilities=counted,
        doors=doors,
        walk_m=walk_m,
        straight_m=straight_line_m(homes.xy, geometry),
        facility=facility,
        entrance=entrance,
        reached=streets_within(stretches, walks, standard.reach_m),
    )


def _inside(
    xy: NDArray[np.float64], geometry: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Homes that stand inside a polygon, and the first such polygon."""
    areas = np.flatnonzero(shapely.get_dimensions(geometry) == 2)  # noqa: PLR2004  areas
    home, place = shapely.STRtree(geometry[areas]).query(shapely.points(xy), predicate="intersects")
    order = np.lexsort((place, home))
    first = order[np.unique(home[order], return_index=True)[1]]
    return home[first], areas[place[first]]


def straight_line_m(xy: NDArray[np.float64], geometry: NDArray[np.object_]) -> NDArray[np.float64]:
    """Straight metres from (h, 2) points to the nearest geometry, 0 inside; NaN if there is none.

    From a polygon this is the distance to its edge (服务半径 from the park's boundary, rule 10).
    """
    metres = np.full(len(xy), np.nan)
    if len(geometry) and len(xy):
        order = sorted_by_place(xy)
        near = shapely.STRtree(geometry).query_nearest(
            shapely.points(xy[order]), return_distance=True, all_matches=False
        )
        metres[order[near[0][0]]] = on_step(near[1])
    return metres
