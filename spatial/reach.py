"""Walking distances from every home to the nearest entrance, and the streets within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.entrances import Entrances
    from spatial.network import Network
    from spatial.ties import Ties

NONE = -1
"""Stands for "no entrance" in arrays of row numbers."""


@dataclass(frozen=True)
class Stretches:
    """A network cut at its entrances: each edge as stretches between stops, in order.

    A stop is a node of the network or a spot where entrances are tied; so a walk always runs from
    stop to stop, and home and entrance on one edge are measured along it directly (rule 1).

    Attributes
    ----------
    network
        The network that was cut; n nodes, m edges.
    edge, start_m, length_m
        (s,) the edge of each stretch, how far along it the stretch begins, and its length.
    tail, head
        (s,) int64, the stops at its ends, the tail nearer to the edge's u-end.
    stop_of_entrance
        (k,) int64, the stop each entrance is tied to.
    leg_m
        (k,) float64, from that stop to the entrance.
    """

    network: Network
    edge: NDArray[np.int64]
    start_m: NDArray[np.float64]
    length_m: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    stop_of_entrance: NDArray[np.int64]
    leg_m: NDArray[np.float64]

    @property
    def stops(self) -> int:
        """How many stops: the nodes, then the spots of entrances."""
        return len(self.network.xy) + len(self.stop_of_entrance)

    def graph(self) -> csr_matrix:
        """Stops joined both ways; entrance k is row ``stops + k``, with one way to its stop.

        Walks start at entrances, so no walk leads through one.
        """
        door = self.stops + np.arange(len(self.leg_m))
        row = np.concatenate([self.tail, self.head, door])
        column = np.concatenate([self.head, self.tail, self.stop_of_entrance])
        metres = np.concatenate([self.length_m, self.length_m, self.leg_m])
        order = np.lexsort((column, row))
        size = self.stops + len(self.leg_m)
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=size))])
        return csr_matrix((metres[order], column[order], start), shape=(size, size))


@dataclass(frozen=True)
class Walks:
    """The nearest of some entrances from every stop.

    Attributes
    ----------
    stop_m
        (stops,) float64, walking metres to the nearest entrance; inf where none is reached.
    stop_entrance
        (stops,) int64, which entrance that is, or `NONE`.
    """

    stop_m: NDArray[np.float64]
    stop_entrance: NDArray[np.int64]


def cut(network: Network, doors: Entrances) -> Stretches:
    """Cut the edges of a network at the spots where entrances are tied."""
    m, n, k = len(network.u), len(network.xy), len(doors)
    every_edge = np.arange(m)
    edge = np.concatenate([every_edge, doors.ties.edge, every_edge])
    along = np.concatenate([np.zeros(m), doors.ties.along_m, network.length_m])
    stop = np.concatenate([network.u, n + np.arange(k), network.v])
    rank = np.repeat([0, 1, 2], [m, k, m])  # u-end first, v-end last, even where a spot is an end
    order = np.lexsort((stop, rank, along, edge))
    edge, along, stop = edge[order], along[order], stop[order]
    same = edge[1:] == edge[:-1]
    return Stretches(
        network=network,
        edge=edge[:-1][same],
        start_m=along[:-1][same],
        length_m=np.diff(along)[same],
        tail=stop[:-1][same],
        head=stop[1:][same],
        stop_of_entrance=n + np.arange(k),
        leg_m=doors.ties.leg_m,
    )


def walks_to(
    stretches: Stretches, graph: csr_matrix, which: NDArray[np.int64], *, limit_m: float = np.inf
) -> Walks:
    """Walk from every stop to the nearest of the entrances `which` (row numbers).

    Multi-source shortest paths (Dijkstra), legs of the entrances included; exact, as all lengths
    are multiples of `spatial.network.STEP_M`. `limit_m` is inclusive.
    """
    stops = stretches.stops
    if not len(which):
        return Walks(np.full(stops, np.inf), np.full(stops, NONE))
    metres, _, source = dijkstra(
        graph,
        indices=stops + which,
        min_only=True,
        return_predecessors=True,
        limit=limit_m,
    )
    entrance = np.where(np.isfinite(metres), source.astype(np.int64) - stops, NONE)
    return Walks(metres[:stops], entrance[:stops])


def walks_from(
    stretches: Stretches, walks: Walks, homes: Ties
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Walking metres from each of h tied points, own leg included, and the entrance reached.

    Untied points and points that reach nothing get NaN and `NONE`.
    """
    metres, entrance = np.full(len(homes.edge), np.nan), np.full(len(homes.edge), NONE)
    row = np.flatnonzero(homes.tied)
    stretch, into_m = _stretch_at(stretches, homes.edge[row], homes.along_m[row])
    tail, head = stretches.tail[stretch], stretches.head[stretch]
    by_tail = walks.stop_m[tail] + into_m
    by_head = walks.stop_m[head] + (stretches.length_m[stretch] - into_m)
    tail_door, head_door = walks.stop_entrance[tail], walks.stop_entrance[head]
    tail_wins = (by_tail < by_head) | ((by_tail == by_head) & (tail_door <= head_door))
    total = homes.leg_m[row] + np.minimum(by_tail, by_head)
    reached = np.isfinite(total)
    metres[row[reached]] = total[reached]
    entrance[row[reached]] = np.where(tail_wins, tail_door, head_door)[reached]
    return metres, entrance


def _stretch_at(
    stretches: Stretches, edge: NDArray[np.int64], along_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The stretch that holds each spot on an edge, and how far into it the spot lies."""
    base = np.concatenate([[0.0], np.cumsum(stretches.network.length_m + 1.0)])
    position = base[stretches.edge] + stretches.start_m
    stretch = np.searchsorted(position, base[edge] + along_m, side="right") - 1
    return stretch, along_m - stretches.start_m[stretch]


def streets_within(stretches: Stretches, walks: Walks, reach_m: float) -> NDArray[np.object_]:
    """Parts of streets from which an entrance is at most `reach_m` away, as LineStrings.

    Every part lies on one edge; the row order is that of the edges.
    """
    left_tail = np.maximum(reach_m - walks.stop_m[stretches.tail], 0.0)
    left_head = np.maximum(reach_m - walks.stop_m[stretches.head], 0.0)
    length = stretches.length_m
    whole = left_tail + left_head >= length
    from_tail = np.where(whole, length, left_tail)
    from_head = np.where(whole, 0.0, left_head)
    row = np.arange(len(length))
    row = np.concatenate([row, row])
    begin = np.concatenate([np.zeros(len(length)), length - from_head])
    end = np.concatenate([from_tail, length])
    real = end > begin
    row, begin, end = row[real], begin[real], end[real]
    order = np.lexsort((begin, row))
    row, begin, end = row[order], begin[order], end[order]
    edge, start = stretches.edge[row], stretches.start_m[row]
    ends = [stretches.network.points_along(edge, start + along) for along in (begin, end)]
    return np.asarray(shapely.linestrings(np.stack(ends, axis=1)), dtype=object)
