"""Points tied to the nearest spot on a street, and how far off it they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.network import on_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.network import Network

EQUAL_M = 1e-6
"""Spots whose distances differ by less than this are equally near."""
ONE_SPOT_M = 0.1
"""Equally near spots closer together than this are one place on one street."""


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


def tie(network: Network, points: NDArray[np.float64], *, limit_m: float = np.inf) -> Ties:
    """Tie (k, 2) points, metres, to the nearest spot on any edge of the network (rule 1).

    Of equally near spots the one with the smallest x, then y, is taken, so that neither the order
    of rows nor a split edge changes the answer. Points farther than `limit_m` stay untied (rule 4).
    """
    k = len(points)
    edge, along_m, leg_m = np.full(k, -1), np.zeros(k), np.full(k, np.nan)
    if k:
        which, candidate = _near_edges(network, points)
        along, leg, spot = _projected(network, candidate, points[which])
        best = _nearest_spots(which, candidate, leg, spot)
        best = best[leg[best] <= limit_m]
        row = which[best]
        edge[row], along_m[row], leg_m[row] = candidate[best], along[best], on_step(leg[best])
    return Ties(edge, along_m, leg_m)


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
    part = np.einsum("ij,ij->i", points - start, run) / np.einsum("ij,ij->i", run, run)
    part = np.clip(part, 0.0, 1.0)
    spot = start + run * part[:, None]
    length = network.length_m[edge]
    along = np.clip(on_step(part * length), 0.0, length)
    return along, np.hypot(*(points - spot).T), spot
