"""Whom a standard serves: on foot along the streets, and by straight line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.barriers import NO_BARRIERS
from spatial.entrances import EntranceRule, Entrances, anywhere, entrances
from spatial.islands import gaps_between
from spatial.network import on_step
from spatial.reach import NONE, Shortcuts, cut, streets_within, walks_from, walks_to
from spatial.ties import sorted_by_place
from spatial.walker import USUAL, as_usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.facilities import Counted
    from spatial.network import Network
    from spatial.population import Homes
    from spatial.reach import Stretches, WalkGraph, Walks
    from spatial.standards import ServiceStandard
    from spatial.walker import Walker


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
    reach_m
        How far the walker gets on foot; the standard's own reach is the radius.
    low_m, high_m
        (h,) float64: walks by given and crossing entrances alone; and if a park could be entered
        anywhere along a street and short gaps between islands were closed (rule 7).
    usual_m
        (h,) float64: what a usual walker walks, on the flat and over stairs.
    entered_anywhere
        (h,) bool: whether a home would be served if parks could be entered anywhere.
    facility, entrance
        (h,) int64: the facility walked to and its entrance (rows of `facilities` and `doors`),
        or `spatial.reach.NONE`. A home inside a park has a facility and no entrance.
    served, straight_served
        (h,) bool: within reach. An unconnected home is never served on foot.
    reached
        LineStrings: the parts of streets within reach.
    stretches, walks
        The network cut at all entrances, and the walks from it to this standard's.
    door_rows
        (doors,) int64, which of all entrances these are.
    """

    standard: ServiceStandard
    facilities: Counted
    doors: Entrances
    reach_m: float
    walk_m: NDArray[np.float64]
    low_m: NDArray[np.float64]
    high_m: NDArray[np.float64]
    usual_m: NDArray[np.float64]
    entered_anywhere: NDArray[np.bool_]
    straight_m: NDArray[np.float64]
    facility: NDArray[np.int64]
    entrance: NDArray[np.int64]
    reached: NDArray[np.object_]
    stretches: Stretches
    walks: Walks
    door_rows: NDArray[np.int64]

    @property
    def served(self) -> NDArray[np.bool_]:
        """Whether each home is within reach on foot."""
        return self.walk_m <= self.reach_m

    @property
    def usual_served(self) -> NDArray[np.bool_]:
        """Whether each home would be within reach of a usual walker."""
        return self.usual_m <= self.standard.reach_m

    @property
    def low_served(self) -> NDArray[np.bool_]:
        """Whether each home is served at least: the lower bound."""
        return self.low_m <= self.reach_m

    @property
    def high_served(self) -> NDArray[np.bool_]:
        """Whether each home may be served at most: the upper bound."""
        return self.high_m <= self.reach_m

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
    barriers: Barriers = NO_BARRIERS,
    leg_limit_m: float = 100.0,
    walker: Walker = USUAL,
) -> list[Coverage]:
    """Measure standards, each with the facilities that count for it (rules 1, 2, 4 to 7, 10).

    Parameters
    ----------
    network, homes
        Streets as the walker finds them (`spatial.walker.Walker.on`), and homes tied to them, in
        one metric CRS.
    demands
        Pairs of a standard and its facilities.
    gates
        (g, 2) given gates of parks and green, metres.
    barriers
        What no leg crosses.
    leg_limit_m
        The longest leg from a facility to its street, metres.
    walker
        Who walks.
    """
    doors = [
        entrances(
            network,
            counted.places,
            entrance_rule(standard, leg_limit_m),
            gates=gates if entered_as_green(standard) else None,
            barriers=barriers,
        )
        for standard, counted in demands
    ]
    return measure_through(network, homes, demands, doors, walker=walker)


def measure_through(
    network: Network,
    homes: Homes,
    demands: Sequence[tuple[ServiceStandard, Counted]],
    doors: Sequence[Entrances],
    *,
    walker: Walker = USUAL,
) -> list[Coverage]:
    """Measure standards whose facilities are entered by known entrances; else as `measure`."""
    wide = [
        anywhere(network, counted.places) if entered_as_green(standard) else Entrances.together([])
        for standard, counted in demands
    ]
    ways = _ways(network, doors, wide)
    return [
        _covered(standard, counted, some, homes, ways, number, walker)
        for number, ((standard, counted), some) in enumerate(zip(demands, doors, strict=True))
    ]


def entrance_rule(standard: ServiceStandard, leg_limit_m: float) -> EntranceRule:
    """Parks and green are entered from streets near by; other grounds from the nearest street."""
    if entered_as_green(standard):
        return EntranceRule(leg_limit_m)
    return EntranceRule(leg_limit_m, street_side_m=0.0, fallback_m=leg_limit_m)


def entered_as_green(standard: ServiceStandard) -> bool:
    """Whether a standard's facilities are entered as parks are (rule 5)."""
    return standard.category in ("park", "green")


@dataclass(frozen=True)
class _Ways:
    """The network cut at all entrances, to be searched as it is, and with what might be.

    Attributes
    ----------
    stretches
        The cut network.
    graph, generous
        To be searched; the latter with gaps between islands closed.
    doors, wide
        For each standard the rows of its entrances, and of those it may have besides.
    """

    stretches: Stretches
    graph: WalkGraph
    generous: WalkGraph
    doors: Sequence[NDArray[np.int64]]
    wide: Sequence[NDArray[np.int64]]


def _ways(network: Network, doors: Sequence[Entrances], wide: Sequence[Entrances]) -> _Ways:
    """Cut the network once for everything."""
    near = gaps_between(network)
    spots = Entrances.at_spots(network, near.spots)
    parts = [*doors, *wide, spots]
    stretches = cut(network, Entrances.together(parts))
    last = np.cumsum([len(part) for part in parts])
    rows = [np.arange(end - len(part), end) for part, end in zip(parts, last, strict=True)]
    bridges = Shortcuts(near.node, stretches.stop_of_entrance[rows[-1]], near.spots.leg_m)
    graph, n = stretches.graph(), len(doors)
    generous = stretches.graph(bridges) if len(near.node) else graph
    return _Ways(stretches, graph, generous, rows[:n], rows[n:-1])


def _covered(
    standard: ServiceStandard,
    counted: Counted,
    doors: Entrances,
    homes: Homes,
    ways: _Ways,
    number: int,
    walker: Walker,
) -> Coverage:
    own = ways.doors[number]
    walks = walks_to(ways.graph, own)
    walk_m, door = walks_from(ways.stretches, walks, homes.ties)
    bounds = _bounds(doors, walk_m, homes, ways, number)
    usual_m = walk_m.copy() if walker.usual else _usual_m(ways.stretches, own, homes)
    reach_m = walker.reach_m(standard.reach_m)
    entrance = np.where(door == NONE, NONE, door - (own[0] if len(own) else 0))
    facility = np.where(door == NONE, NONE, doors.facility[entrance]) if len(doors) else entrance
    geometry = counted.places.geometry.to_numpy()
    home, place = _inside(homes.xy, geometry)
    at_home = homes.ties.tied[home]
    home, place = home[at_home], place[at_home]
    facility[home], entrance[home] = place, NONE
    for metres in (walk_m, usual_m, bounds.low_m, bounds.anywhere_m, bounds.high_m):
        metres[home] = 0.0
    return Coverage(
        standard=standard,
        facilities=counted,
        doors=doors,
        reach_m=reach_m,
        walk_m=walk_m,
        low_m=bounds.low_m,
        high_m=bounds.high_m,
        usual_m=usual_m,
        entered_anywhere=bounds.anywhere_m <= reach_m,
        straight_m=straight_line_m(homes.xy, geometry),
        facility=facility,
        entrance=entrance,
        reached=streets_within(ways.stretches, walks, reach_m),
        stretches=ways.stretches,
        walks=walks,
        door_rows=own,
    )


def _usual_m(stretches: Stretches, doors: NDArray[np.int64], homes: Homes) -> NDArray[np.float64]:
    """Walks of a usual walker to the same entrances, metres."""
    usual, ties = as_usual(stretches, homes.ties)
    return walks_from(usual, walks_to(usual.graph(), doors), ties)[0]


@dataclass(frozen=True)
class _Bounds:
    """Walks of h homes, metres: by real ways in alone, entering anywhere, and over gaps too."""

    low_m: NDArray[np.float64]
    anywhere_m: NDArray[np.float64]
    high_m: NDArray[np.float64]


def _bounds(
    doors: Entrances, walk_m: NDArray[np.float64], homes: Homes, ways: _Ways, number: int
) -> _Bounds:
    """Walk once more for each bound that may differ from the walk itself."""
    own, wide = ways.doors[number], ways.wide[number]
    real = np.isin(doors.kind, ("given", "crossing"))
    every = np.concatenate([own, wide])

    def metres(graph: WalkGraph, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        return walks_from(ways.stretches, walks_to(graph, rows), homes.ties)[0]

    low_m = walk_m.copy() if real.all() else metres(ways.graph, own[real])
    anywhere_m = metres(ways.graph, every) if len(wide) else walk_m.copy()
    one_network = ways.generous is ways.graph
    high_m = anywhere_m.copy() if one_network else metres(ways.generous, every)
    return _Bounds(low_m, anywhere_m, high_m)


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
