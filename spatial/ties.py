"""Points tied to the nearest spot on a street, and how far off it they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.barriers import NO_BARRIERS, UNCROSSED
from spatial.network import on_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.network import Network

EQUAL_M = 1e-6
"""Spots whose distances differ by less than this are equally near."""
ONE_SPOT_M = 0.1
"""Equally near spots closer together than this are one place on one street."""
_FIRST_LOOK_M, _FARTHEST_LOOK_M = 25.0, 1600.0
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Ties:
    """Where k points are tied to a network.

    Attributes
    ----------
    edge
        (k,) int64, the edge, or -1 where no edge lies within the limit.
    along_m
        (k,) float64, from the edge's u-end to the spot.
    leg_m
        (k,) float64, straight from the point to the spot; NaN where untied.
    """

    edge: NDArray[np.int64]
    along_m: NDArray[np.float64]
    leg_m: NDArray[np.float64]

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Whether each point has a street within the limit."""
        return self.edge >= 0

    def __getitem__(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Ties:
        """Take some of the ties."""
        return Ties(self.edge[rows], self.along_m[rows], self.leg_m[rows])


def tie(
    network: Network,
    points: NDArray[np.float64],
    *,
    limit_m: float = np.inf,
    barriers: Barriers = NO_BARRIERS,
) -> Ties:
    """Tie (k, 2) points, metres, to the nearest spot on any edge of the network (rules 1, 4).

    Of equally near spots the one with the smallest x, then y, is taken, so that neither the order
    of rows nor a split edge changes the answer. A point whose leg crosses a barrier takes the
    nearest street whose leg does not. Points that find none within `limit_m` stay untied.
    """
    k = len(points)
    ties = Ties(np.full(k, -1), np.zeros(k), np.full(k, np.nan))
    if k:
        _take(ties, network, points, *_near_edges(network, points), limit_m)
        _around_barriers(ties, network, points, limit_m, barriers)
    return ties


def _take(
    ties: Ties,
    network: Network,
    points: NDArray[np.float64],
    which: NDArray[np.int64],
    edge: NDArray[np.int64],
    limit_m: float,
) -> None:
    """Write the nearest of the candidate pairs (point, edge) into new ties."""
    if not len(which):
        return
    along, leg, spot = _projected(network, edge, points[which])
    best = _nearest_spots(which, edge, leg, spot)
    best = best[leg[best] <= limit_m]
    row = which[best]
    ties.edge[row], ties.along_m[row], ties.leg_m[row] = edge[best], along[best], on_step(leg[best])


def _around_barriers(
    ties: Ties,
    network: Network,
    points: NDArray[np.float64],
    limit_m: float,
    barriers: Barriers,
) -> None:
    """Tie the points whose leg crosses a barrier to the next street, looking ever farther."""
    row = np.flatnonzero(ties.tied)
    row = row[crossed_by_leg(network, points[row], ties[row], barriers) != UNCROSSED]
    if not len(row):
        return
    ties.edge[row], ties.along_m[row], ties.leg_m[row] = -1, 0.0, np.nan
    tree = shapely.STRtree(network.lines)
    radius_m = min(_FIRST_LOOK_M, limit_m)
    while len(row):
        for part in np.array_split(row, len(row) // _AT_ONCE + 1):
            point, edge = tree.query(
                shapely.points(points[part]), predicate="dwithin", distance=radius_m
            )
            which = part[point]
            spot = _projected(network, edge, points[which])[2]
            free = barriers.crossed(points[which], spot) == UNCROSSED
            _take(ties, network, points, which[free], edge[free], radius_m)
        if radius_m >= min(limit_m, _FARTHEST_LOOK_M):
            return
        row = row[~ties.tied[row]]
        radius_m = min(2 * radius_m, limit_m)


def crossed_by_leg(
    network: Network, points: NDArray[np.float64], ties: Ties, barriers: Barriers
) -> NDArray[np.int64]:
    """Which kind of barrier the leg of each tied point crosses, or `spatial.barriers.UNCROSSED`."""
    return barriers.crossed(points, network.points_along(ties.edge, ties.along_m))


def tie_to(network: Network, edge: NDArray[np.int64], points: NDArray[np.float64]) -> Ties:
    """Tie (k, 2) points, metres, to the nearest spot on an edge that is known for each."""
    along_m, leg_m, _ = _projected(network, edge, points)
    return Ties(edge, along_m, on_step(leg_m))


def _nearest_spots(
    which: NDArray[np.int64],
    edge: NDArray[np.int64],
    leg_m: NDArray[np.float64],
    spot: NDArray[np.float64],
) -> NDArray[np.int64]:
    """The row of the nearest spot for each point: of equal ones the first by x, then y.

    Around that spot, where a street was cut in two, the truly nearest piece is taken: far from
    its foot a leg grows so slowly that "equally near" pieces may lie centimetres apart.
    """
    least = np.full(which.max() + 1, np.inf)
    np.minimum.at(least, which, leg_m)
    equal = np.flatnonzero(leg_m <= least[which] + EQUAL_M)
    x, y = np.round(spot[equal] / EQUAL_M).T
    equal = equal[np.lexsort((y, x, which[equal]))]
    first = equal[np.unique(which[equal], return_index=True)[1]]
    chosen = np.empty((len(least), 2))
    chosen[which[first]] = spot[first]
    there = equal[np.hypot(*(spot[equal] - chosen[which[equal]]).T) <= ONE_SPOT_M]
    there = there[np.lexsort((edge[there], leg_m[there], which[there]))]
    return there[np.unique(which[there], return_index=True)[1]]


def _near_edges(
    network: Network, points: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (point, edge) with every edge that may be the nearest one of its point."""
    tree = shapely.STRtree(network.lines)
    order = sorted_by_place(points)
    spots = shapely.points(points[order])
    nearest = tree.query_nearest(spots, return_distance=True, all_matches=False)
    distance = np.empty(len(points))
    distance[nearest[0][0]] = nearest[1]
    which, edge = tree.query(spots, predicate="dwithin", distance=distance + EQUAL_M)
    return order[which], edge


def sorted_by_place(points: NDArray[np.float64], cell_m: float = 200.0) -> NDArray[np.int64]:
    """Order (k, 2) points by square cells, so that a tree is asked about neighbours in turn."""
    column, row = np.floor(points / cell_m).T
    return np.lexsort((column, row))


def _projected(
    network: Network, edge: NDArray[np.int64], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Nearest spot on its edge for each point: metres along, leg in metres, coordinates."""
    start = network.xy[network.u[edge]]
    run = network.xy[network.v[edge]] - start
    square = np.einsum("ij,ij->i", run, run)
    part = np.einsum("ij,ij->i", points - start, run) / np.where(square > 0, square, 1.0)
    part = np.clip(part, 0.0, 1.0)
    spot = start + run * part[:, None]
    length = network.length_m[edge]
    along = np.clip(on_step(part * length), 0.0, length)
    return along, np.hypot(*(points - spot).T), spot
