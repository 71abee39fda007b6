"""Where one enters: points as they are; polygons at gates, crossings, or the nearest street."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from spatial.barriers import NO_BARRIERS, UNCROSSED
from spatial.network import STEP_M
from spatial.ties import Ties, tie, tie_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from spatial.barriers import Barriers
    from spatial.network import Network

STREET_SIDE_M = 15.0
"""A park without gate or crossing is entered from streets this near to its edge (rule 5)."""
STEP_ALONG_M = 10.0
"""Spots along such an edge are at most this far apart."""
GATE_M = 30.0
"""A gate belongs to the nearest polygon at most this far away."""
FALLBACK_M = 30.0
"""How far the nearest street may be from a park that no street enters (rule 5)."""
TOUCH_M = 0.05
"""A way this near to a polygon's edge touches it: files round coordinates to a centimetre."""


@dataclass(frozen=True)
class EntranceRule:
    """How far a street may be from what it leads to, metres.

    Attributes
    ----------
    leg_limit_m
        From a point or a gate.
    street_side_m
        From the edge of a polygon along which streets run; 0 for none.
    fallback_m
        From the edge of a polygon that nothing else leads into.
    """

    leg_limit_m: float = 100.0
    street_side_m: float = STREET_SIDE_M
    fallback_m: float = FALLBACK_M


PARK_RULE = EntranceRule()
"""How parks and green are entered."""


@dataclass(frozen=True)
class Entrances:
    """The k entrances of some facilities, each tied to a street.

    Attributes
    ----------
    facility
        (k,) int64, the row of the facilities.
    kind
        (k,) object: "given", "crossing", "street side" or "fallback" (rule 5).
    xy
        (k, 2) float64, metres: the point where one enters.
    ties
        The street each is reached from; every entrance is tied.
    """

    facility: NDArray[np.int64]
    kind: NDArray[np.object_]
    xy: NDArray[np.float64]
    ties: Ties

    @classmethod
    def together(cls, parts: Sequence[Entrances]) -> Entrances:
        """Put several tables of entrances into one, in their order."""
        none = np.empty(0, dtype=np.int64)
        ties = Ties(
            np.concatenate([none, *(part.ties.edge for part in parts)]),
            np.concatenate([none, *(part.ties.along_m for part in parts)]),
            np.concatenate([none, *(part.ties.leg_m for part in parts)]),
        )
        return cls(
            np.concatenate([none, *(part.facility for part in parts)]),
            np.concatenate([none, *(part.kind for part in parts)]),
            np.concatenate([np.empty((0, 2)), *(part.xy for part in parts)]),
            ties,
        )

    @classmethod
    def at_spots(cls, network: Network, ties: Ties) -> Entrances:
        """Doors of nothing, standing on the streets: spots where the network is to be cut."""
        k = len(ties.edge)
        on_street = replace(ties, leg_m=np.zeros(k))
        xy = network.points_along(ties.edge, ties.along_m)
        return cls(np.full(k, -1), _of_kind("spot", k), xy, on_street)

    def __len__(self) -> int:
        """How many entrances."""
        return len(self.facility)

    def sorted(self) -> Entrances:
        """Put them in the order of facility, then coordinates, each spot once."""
        spots = pd.DataFrame(self.xy, columns=["x", "y"]).assign(facility=self.facility)
        order = spots.sort_values(["facility", "x", "y"], kind="stable").drop_duplicates()
        return self[order.index.to_numpy()]

    def __getitem__(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Entrances:
        """Take some of the entrances."""
        return replace(
            self,
            facility=self.facility[rows],
            kind=self.kind[rows],
            xy=self.xy[rows],
            ties=self.ties[rows],
        )


def entrances(
    network: Network,
    facilities: gpd.GeoDataFrame,
    rule: EntranceRule = PARK_RULE,
    *,
    gates: NDArray[np.float64] | None = None,
    barriers: Barriers = NO_BARRIERS,
) -> Entrances:
    """Find where each facility is entered (rule 5).

    A point is entered where it stands. A polygon is entered at its given gates; else where a
    walkable way meets its edge on the ground; else where a street runs beside it; else from the
    nearest street. No barrier may lie between street and edge.

    Parameters
    ----------
    network
        The streets; `facilities` are in its CRS.
    facilities
        Points, polygons or multipolygons; rows are numbered from 0.
    rule
        How far a street may be from what it leads to.
    gates
        (g, 2) points of given gates, metres, or None.
    barriers
        What no leg crosses.
    """
    geometry = facilities.geometry.to_numpy()
    is_point = shapely.get_dimensions(geometry) == 0
    points = np.flatnonzero(is_point)
    polygons = np.flatnonzero(~is_point)
    xy = shapely.get_coordinates(geometry[points])
    at_points = _tied(network, points, xy, rule.leg_limit_m, barriers)
    at_gates = _at_gates(network, geometry, polygons, gates, rule.leg_limit_m, barriers)
    left = np.setdiff1d(polygons, at_gates.facility)
    crossing = _crossings(network, geometry, left)
    left = np.setdiff1d(left, crossing.facility)
    beside = _beside(network, geometry, left, rule.street_side_m, barriers)
    left = np.setdiff1d(left, beside.facility)
    nearest = _from_nearest_street(network, geometry, left, rule.fallback_m, barriers)
    found = [at_points, at_gates, crossing, beside, nearest]
    return Entrances.together(found).sorted()


def anywhere(
    network: Network, facilities: gpd.GeoDataFrame, *, within_m: float = FALLBACK_M
) -> Entrances:
    """Enter every polygon wherever a street comes within some metres: the upper bound (rule 7).

    From every street on the ground so near, at its nearest spot; and from the nearest street all
    along the polygon's edge. No barrier stops anyone.
    """
    geometry = facilities.geometry.to_numpy()
    polygons = np.flatnonzero(shapely.get_dimensions(geometry) > 0)
    ground, edge_of = _on_the_ground(network)
    which, line = shapely.STRtree(ground.lines).query(
        geometry[polygons], predicate="dwithin", distance=within_m
    )
    onto = _ends(shapely.shortest_line(geometry[polygons[which]], ground.lines[line]))[:, 0]
    facility, edge = polygons[which], edge_of[line]
    from_every = _doors(network, "street side", facility, edge, onto, NO_BARRIERS)
    all_along = _beside(network, geometry, polygons, within_m, NO_BARRIERS)
    return Entrances.together([from_every, all_along])


def _tied(
    network: Network,
    facility: NDArray[np.int64],
    xy: NDArray[np.float64],
    leg_limit_m: float,
    barriers: Barriers,
) -> Entrances:
    """Points as given entrances; those without a street within the limit are left out."""
    ties = tie(network, xy, limit_m=leg_limit_m, barriers=barriers)
    found = Entrances(facility, _of_kind("given", len(facility)), xy, ties)
    return found[found.ties.tied]


def _at_gates(
    network: Network,
    geometry: NDArray[np.object_],
    polygons: NDArray[np.int64],
    gates: NDArray[np.float64] | None,
    leg_limit_m: float,
    barriers: Barriers,
) -> Entrances:
    """Gates moved onto the nearest polygon: a walk never ends short of the park it leads to."""
    if gates is None or not len(gates) or not len(polygons):
        return Entrances.together([])
    spots = shapely.points(gates)
    gate, nearest = shapely.STRtree(geometry[polygons]).query_nearest(
        spots, max_distance=GATE_M, all_matches=False
    )
    facility = polygons[nearest]
    onto = shapely.shortest_line(geometry[facility], spots[gate])
    return _tied(network, facility, _ends(onto)[:, 0], leg_limit_m, barriers)


def _crossings(
    network: Network, geometry: NDArray[np.object_], polygons: NDArray[np.int64]
) -> Entrances:
    """Where an edge on the ground meets a polygon's boundary; both ends where it runs along it."""
    ground = np.flatnonzero(network.on_ground)
    lines = network.lines[ground]
    boundary = shapely.boundary(geometry[polygons])
    which, line = shapely.STRtree(lines).query(boundary, predicate="dwithin", distance=TOUCH_M)
    met = shapely.intersection(lines[line], boundary[which])
    for grazing in np.flatnonzero(shapely.is_empty(met)):
        met[grazing] = _touching(lines[line[grazing]], boundary[which[grazing]])
    xy, pair = shapely.get_coordinates(met, return_index=True)
    onto = _ends(shapely.shortest_line(boundary[which[pair]], shapely.points(xy)))[:, 0]
    edge = ground[line[pair]]
    ties = tie_to(network, edge, onto)
    return Entrances(polygons[which[pair]], _of_kind("crossing", len(edge)), onto, ties)


def _touching(line: shapely.LineString, edge: BaseGeometry) -> BaseGeometry:
    """Where two lines touch without meeting: vertices of either that are near enough to the other.

    The nearest spot of two lines that do not cross is always such a vertex.
    """
    pairs = ((line, edge), (edge, line))
    spots = [shapely.points(shapely.get_coordinates(one)) for one, _ in pairs]
    near = [
        some[shapely.dwithin(some, other, TOUCH_M)]
        for some, (_, other) in zip(spots, pairs, strict=True)
    ]
    return shapely.multipoints(np.concatenate(near))


def _beside(
    network: Network,
    geometry: NDArray[np.object_],
    polygons: NDArray[np.int64],
    within_m: float,
    barriers: Barriers,
) -> Entrances:
    """Spots all along a polygon's edge, and the one nearest to a street, if that is near enough.

    The spots are laid out on the polygon, not on the streets: how these are cut into edges must
    change nothing.
    """
    if not within_m or not len(polygons):
        return Entrances.together([])
    ground, edge_of = _on_the_ground(network)
    if not len(ground.lines):
        return Entrances.together([])
    edges = shapely.segmentize(shapely.boundary(geometry[polygons]), STEP_ALONG_M)
    door, row = shapely.get_coordinates(edges, return_index=True)
    around = shapely.total_bounds(ground.lines) + within_m * np.array([-1, -1, 1, 1])
    within = ((door >= around[:2]) & (door <= around[2:])).all(axis=1)
    door, row = door[within], row[within]  # a large park may lie mostly elsewhere
    nearest, line = shapely.STRtree(ground.lines).query_nearest(
        geometry[polygons], max_distance=within_m, all_matches=False
    )
    onto = _ends(shapely.shortest_line(geometry[polygons[nearest]], ground.lines[line]))[:, 0]
    door, row = np.concatenate([door, onto]), np.concatenate([row, nearest])
    ties = tie(ground, door, limit_m=within_m)
    near = ties.tied
    facility, door, edge = polygons[row[near]], door[near], edge_of[ties.edge[near]]
    return _doors(network, "street side", facility, edge, door, barriers)


def _on_the_ground(network: Network) -> tuple[Network, NDArray[np.int64]]:
    """The network without bridges and tunnels, and which edge of the whole each edge is."""
    edge = np.flatnonzero(network.on_ground)
    return network.some(edge), edge


def _from_nearest_street(
    network: Network,
    geometry: NDArray[np.object_],
    polygons: NDArray[np.int64],
    within_m: float,
    barriers: Barriers,
) -> Entrances:
    """The nearest of the spots on a polygon's edge that have a street."""
    found = _beside(network, geometry, polygons, within_m, barriers)
    order = np.lexsort((*found.xy.T[::-1], found.ties.leg_m, found.facility))
    nearest = found[order[np.unique(found.facility[order], return_index=True)[1]]]
    return replace(nearest, kind=_of_kind("fallback", len(nearest)))


def _doors(
    network: Network,
    kind: str,
    facility: NDArray[np.int64],
    edge: NDArray[np.int64],
    door: NDArray[np.float64],
    barriers: Barriers,
) -> Entrances:
    """Doors on a polygon's edge tied to streets that no barrier parts from its inside."""
    ties = tie_to(network, edge, door)
    spot = network.points_along(ties.edge, ties.along_m)
    leg_m = np.maximum(ties.leg_m, STEP_M)[:, None]
    inside = np.where(ties.leg_m[:, None] > 0, door + (door - spot) / leg_m, door)
    free = barriers.crossed(inside, spot) == UNCROSSED
    return Entrances(facility, _of_kind(kind, len(facility)), door, ties)[free]


def _ends(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    """(k, 2, 2) coordinates of two-point lines."""
    return shapely.get_coordinates(lines).reshape(-1, 2, 2)


def _of_kind(kind: str, count: int) -> NDArray[np.object_]:
    return np.full(count, kind, dtype=object)
