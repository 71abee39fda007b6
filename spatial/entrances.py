"""Where one enters: points as they are; polygons at gates, crossings, or the nearest street."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from spatial.ties import Ties, tie, tie_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from spatial.network import Network

GATE_M = 30.0
"""A gate belongs to the nearest polygon at most this far away."""
FALLBACK_M = 30.0
"""How far the nearest street may be from a park that no street enters (rule 5)."""
TOUCH_M = 0.05
"""A way this near to a polygon's edge touches it: files round coordinates to a centimetre."""

KINDS = ("given", "crossing", "street side", "fallback")


@dataclass(frozen=True)
class Entrances:
    """The k entrances of some facilities, each tied to a street.

    Attributes
    ----------
    facility
        (k,) int64, the row of the facilities.
    kind
        (k,) object, one of `KINDS`.
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
    *,
    gates: NDArray[np.float64] | None = None,
    leg_limit_m: float = 100.0,
    fallback_m: float = FALLBACK_M,
) -> Entrances:
    """Find where each facility is entered (rule 5).

    A point is entered where it stands. A polygon is entered at its given gates; else where a
    walkable way meets its edge on the ground; else from the nearest street within `fallback_m`.

    Parameters
    ----------
    network
        The streets; `facilities` are in its CRS.
    facilities
        Points, polygons or multipolygons; rows are numbered from 0.
    gates
        (g, 2) points of given gates, metres, or None.
    leg_limit_m
        Points and gates farther than this from any street are not reached, metres.
    fallback_m
        How far the nearest street may be from a polygon without gate or crossing, metres.
    """
    geometry = facilities.geometry.to_numpy()
    is_point = shapely.get_dimensions(geometry) == 0
    points = np.flatnonzero(is_point)
    polygons = np.flatnonzero(~is_point)
    at_points = _tied(network, points, shapely.get_coordinates(geometry[points]), leg_limit_m)
    at_gates = _at_gates(network, geometry, polygons, gates, leg_limit_m)
    polygons = np.setdiff1d(polygons, at_gates.facility)
    crossing = _crossings(network, geometry, polygons)
    polygons = np.setdiff1d(polygons, crossing.facility)
    fallback = _from_nearest_street(network, geometry, polygons, fallback_m)
    return Entrances.together([at_points, at_gates, crossing, fallback]).sorted()


def _tied(
    network: Network,
    facility: NDArray[np.int64],
    xy: NDArray[np.float64],
    leg_limit_m: float,
) -> Entrances:
    """Points as given entrances; those without a street within the limit are left out."""
    found = Entrances(
        facility, _of_kind("given", len(facility)), xy, tie(network, xy, limit_m=leg_limit_m)
    )
    return found[found.ties.tied]


def _at_gates(
    network: Network,
    geometry: NDArray[np.object_],
    polygons: NDArray[np.int64],
    gates: NDArray[np.float64] | None,
    leg_limit_m: float,
) -> Entrances:
    """Gates moved onto the nearest polygon: a walk never ends short of the park it leads to."""
    if gates is None or not len(gates) or not len(polygons):
        return _tied(network, np.empty(0, dtype=np.int64), np.empty((0, 2)), leg_limit_m)
    spots = shapely.points(gates)
    gate, nearest = shapely.STRtree(geometry[polygons]).query_nearest(
        spots, max_distance=GATE_M, all_matches=False
    )
    facility = polygons[nearest]
    onto = shapely.shortest_line(geometry[facility], spots[gate])
    return _tied(network, facility, _ends(onto)[:, 0], leg_limit_m)


def _crossings(
    network: Network, geometry: NDArray[np.object_], polygons: NDArray[np.int64]
) -> Entrances:
    """Where an edge on the ground meets a polygon's boundary; both ends where it runs along it."""
    ground = np.flatnonzero(network.on_ground)
    lines = network.lines[ground]
    boundary = shapely.boundary(geometry[polygons])
    which, line = shapely.STRtree(lines).query(boundary, predicate="dwithin", distance=TOUCH_M)
    met = shapely.intersection(lines[line], boundary[which])
    grazing = shapely.is_empty(met)
    brink = shapely.buffer(boundary[which[grazing]], TOUCH_M, quad_segs=2)
    met[grazing] = shapely.intersection(lines[line[grazing]], brink)
    xy, pair = shapely.get_coordinates(met, return_index=True)
    onto = _ends(shapely.shortest_line(boundary[which[pair]], shapely.points(xy)))[:, 0]
    edge = ground[line[pair]]
    ties = tie_to(network, edge, onto)
    return Entrances(polygons[which[pair]], _of_kind("crossing", len(edge)), onto, ties)


def _from_nearest_street(
    network: Network,
    geometry: NDArray[np.object_],
    polygons: NDArray[np.int64],
    within_m: float,
) -> Entrances:
    """The polygon's point nearest to a street on the ground, if that is near enough."""
    ground = np.flatnonzero(network.on_ground)
    lines = network.lines[ground]
    which, line = shapely.STRtree(lines).query_nearest(
        geometry[polygons], max_distance=within_m, all_matches=True
    )
    first = np.unique(which, return_index=True)[1]
    which, edge = which[first], ground[line[first]]
    doors = _ends(shapely.shortest_line(geometry[polygons[which]], network.lines[edge]))[:, 0]
    ties = tie_to(network, edge, doors)
    return Entrances(polygons[which], _of_kind("fallback", len(edge)), doors, ties)


def _ends(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    """(k, 2, 2) coordinates of two-point lines."""
    return shapely.get_coordinates(lines).reshape(-1, 2, 2)


def _of_kind(kind: str, count: int) -> NDArray[np.object_]:
    return np.full(count, kind, dtype=object)
