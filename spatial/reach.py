"""Walking distances from every home to the nearest entrance, and the streets within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    stop_of_entrance, door_edge
        (k,) int64, the stop each entrance is tied to, and the edge it lies on.
    door_along_m
        (k,) float64, how far along that edge.
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
    door_edge: NDArray[np.int64]
    door_along_m: NDArray[np.float64]
    leg_m: NDArray[np.float64]

    @property
    def stops(self) -> int:
        """How many stops: the nodes, then the spots of entrances."""
        return len(self.network.xy) + len(self.stop_of_entrance)

    @property
    def through(self) -> NDArray[np.bool_]:
        """(s,) False where one may walk in and out but not pass (rule 6)."""
        return self.network.through[self.edge]

    @property
    def closed(self) -> NDArray[np.bool_]:
        """(s,) True where nobody walks; a stretch of no length stops nobody."""
        return self.network.closed[self.edge] & (self.length_m > 0)

    def graph(self, shortcuts: Shortcuts | None = None) -> WalkGraph:
        """Lay out the stops for a search from entrances to homes, as streets are now.

        Shortcuts join stops of the open streets, both ways.
        """
        arcs = self.arcs()
        there = np.isfinite(arcs.metres)
        parts = [(arcs.row[there], arcs.column[there], arcs.metres[there])]
        if shortcuts is not None:
            parts += _both_ways(shortcuts.one, shortcuts.other, shortcuts.length_m)
        row, column, metres = (np.concatenate(part) for part in zip(*parts, strict=True))
        matrix = sparse_rows(row, column, metres, arcs.rows)[0]
        return WalkGraph(matrix, self.stops, arcs.inner, arcs.inner_row)

    def arcs(self) -> Arcs:
        """List the arcs of every stretch, those that are shut now (inf) included.

        A walk leads out of a gated compound, along open streets, and into another: three layers
        of stops, joined one way. Only stops on streets one may not pass stand in all three.
        """
        private, closed = ~self.through, self.closed
        stretch = np.arange(len(self.edge))
        inner = np.unique(np.concatenate([self.tail[private], self.head[private]]))
        stops, doors, p = self.stops, len(self.leg_m), len(inner)
        layer = np.zeros(stops, dtype=np.int64)
        layer[inner] = np.arange(p)
        out_of, into = stops + doors + layer, stops + doors + p + layer
        door_private = ~self.network.through[self.door_edge]
        spot = self.stop_of_entrance
        door_to = np.where(door_private, out_of[spot], spot)
        along = np.where(closed, np.inf, self.length_m)
        on_open, within = np.where(private, np.inf, along), along[private]
        tail, head, none = self.tail[private], self.head[private], np.full(1, NONE)
        parts = [
            *_both_ways(self.tail, self.head, on_open, stretch),
            *_both_ways(out_of[tail], out_of[head], within, stretch[private]),
            *_both_ways(into[tail], into[head], within, stretch[private]),
            (out_of[inner], inner, np.zeros(p), np.repeat(none, p)),
            (inner, into[inner], np.zeros(p), np.repeat(none, p)),
            (stops + np.arange(doors), door_to, self.leg_m, np.repeat(none, doors)),
        ]
        row, column, metres, of = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Arcs(row, column, metres, of, stops + doors + 2 * p, inner, into[inner])


@dataclass(frozen=True)
class Arcs:
    """Every way from stop to stop, to be walked in one direction.

    Attributes
    ----------
    row, column, metres
        (a,) where each arc leads from and to, and how far that is: inf where it is shut.
    stretch
        (a,) int64, the stretch it runs along, or `NONE`. Those between the first ``2 s`` (s
        stretches, one way, then the other) run along the open street.
    rows
        How many rows: stops, entrances, and two more for each inner stop.
    inner, inner_row
        As in `WalkGraph`.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    metres: NDArray[np.float64]
    stretch: NDArray[np.int64]
    rows: int
    inner: NDArray[np.int64]
    inner_row: NDArray[np.int64]


@dataclass(frozen=True)
class Shortcuts:
    """Ways that are not there, between stops: for the upper bound (rule 7)."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    length_m: NDArray[np.float64]


@dataclass(frozen=True)
class WalkGraph:
    """Stops and entrances as rows of a sparse matrix of metres.

    Attributes
    ----------
    matrix
        Row ``r`` leads to its columns; rows below `stops` are the stops, then the entrances.
    stops
        How many stops.
    inner, inner_row
        Stops on streets one may not pass, and the rows that stand for ending a walk there.
    """

    matrix: csr_matrix
    stops: int
    inner: NDArray[np.int64]
    inner_row: NDArray[np.int64]

    def rows_at(self, stop: NDArray[np.int64], through: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The rows at which walks to some stops end, on streets that one may or may not pass."""
        inner_row = np.arange(self.stops)
        inner_row[self.inner] = self.inner_row
        return np.where(through, stop, inner_row[stop])

    def row_xy(self, stretches: Stretches, doors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where every row lies, metres: stops, (k, 2) doors, and the layers of compounds."""
        network = stretches.network
        spots = network.points_along(stretches.door_edge, stretches.door_along_m)
        stops = np.concatenate([network.xy, spots])
        return np.concatenate([stops, doors, stops[self.inner], stops[self.inner]])


def _both_ways(one: Any, other: Any, *rest: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # noqa: ANN401  arrays
    """Arcs from one end to the other, and back."""
    return (one, other, *rest), (other, one, *rest)


def sparse_rows(
    row: NDArray[np.int64], column: NDArray[np.int64], metres: NDArray[np.float64], size: int
) -> tuple[csr_matrix, NDArray[np.int64]]:
    """Sparse rows that keep arcs of no length and of inf; and which arc stands at each place."""
    order = np.lexsort((column, row))
    first = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=size))])
    return csr_matrix((metres[order], column[order], first), shape=(size, size)), order


@dataclass(frozen=True)
class Walks:
    """The nearest of some entrances from every stop.

    Attributes
    ----------
    stop_m
        (stops,) float64, metres from the open street at each stop; inf where none is reached.
    stop_entrance
        (stops,) int64, which entrance that is, or `NONE`.
    inner_m, inner_entrance
        The same from the streets at each stop that one may not pass.
    """

    stop_m: NDArray[np.float64]
    stop_entrance: NDArray[np.int64]
    inner_m: NDArray[np.float64]
    inner_entrance: NDArray[np.int64]

    def at(
        self, stop: NDArray[np.int64], through: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Metres and entrance from stops, on streets that one may or may not pass."""
        metres = np.where(through, self.stop_m[stop], self.inner_m[stop])
        return metres, np.where(through, self.stop_entrance[stop], self.inner_entrance[stop])


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
        door_edge=doors.ties.edge,
        door_along_m=doors.ties.along_m,
        leg_m=doors.ties.leg_m,
    )


def walks_to(graph: WalkGraph, which: NDArray[np.int64]) -> Walks:
    """Walk from every stop to the nearest of the entrances `which` (row numbers).

    Multi-source shortest paths (Dijkstra), legs of the entrances included; exact, as all lengths
    are multiples of `spatial.network.STEP_M`.
    """
    stops = graph.stops
    if not len(which):
        far, none = np.full(stops, np.inf), np.full(stops, NONE)
        return Walks(far, none, far, none)
    metres, _, source = dijkstra(
        graph.matrix,
        indices=stops + which,
        min_only=True,
        return_predecessors=True,
    )
    entrance = np.where(np.isfinite(metres), source.astype(np.int64) - stops, NONE)
    inner_m, inner_entrance = np.full(stops, np.inf), np.full(stops, NONE)
    inner_m[graph.inner] = metres[graph.inner_row]
    inner_entrance[graph.inner] = entrance[graph.inner_row]
    return Walks(metres[:stops], entrance[:stops], inner_m, inner_entrance)


def walks_from(
    stretches: Stretches, walks: Walks, homes: Ties
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Walking metres from each of h tied points, own leg included, and the entrance reached.

    Untied points and points that reach nothing get NaN and `NONE`.
    """
    metres, entrance = np.full(len(homes.edge), np.nan), np.full(len(homes.edge), NONE)
    row = np.flatnonzero(homes.tied)
    ends = first_ends(stretches, walks, homes[row])
    reached = np.isfinite(ends.metres)
    metres[row[reached]] = (homes.leg_m[row] + ends.metres)[reached]
    entrance[row[reached]] = ends.entrance[reached]
    return metres, entrance


@dataclass(frozen=True)
class FirstEnds:
    """The end of its stretch towards which each of k tied points walks first.

    Attributes
    ----------
    stop, through
        (k,) the stop there, and whether the stretch is one that may be passed.
    metres, entrance
        (k,) from the spot on the street to the entrance, and which entrance that is.
    """

    stop: NDArray[np.int64]
    through: NDArray[np.bool_]
    metres: NDArray[np.float64]
    entrance: NDArray[np.int64]


def first_ends(stretches: Stretches, walks: Walks, ties: Ties) -> FirstEnds:
    """Choose for each tied point the shorter way; of equal ones that to the lower entrance."""
    stretch, into_m = stretch_at(stretches, ties.edge, ties.along_m)
    through = stretches.through[stretch]
    tail, head = stretches.tail[stretch], stretches.head[stretch]
    tail_m, tail_door = walks.at(tail, through)
    head_m, head_door = walks.at(head, through)
    left_m = stretches.length_m[stretch] - into_m
    closed = stretches.closed[stretch]
    by_tail = np.where(closed & (into_m > 0), np.inf, tail_m + into_m)
    by_head = np.where(closed & (left_m > 0), np.inf, head_m + left_m)
    to_tail = (by_tail < by_head) | ((by_tail == by_head) & (tail_door <= head_door))
    return FirstEnds(
        stop=np.where(to_tail, tail, head),
        through=through,
        metres=np.where(to_tail, by_tail, by_head),
        entrance=np.where(to_tail, tail_door, head_door),
    )


def stretch_at(
    stretches: Stretches, edge: NDArray[np.int64], along_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The stretch that holds each spot on an edge, and how far into it the spot lies."""
    base = np.concatenate([[0.0], np.cumsum(stretches.network.length_m + 1.0)])
    position = base[stretches.edge] + stretches.start_m
    stretch = np.searchsorted(position, base[edge] + along_m, side="right") - 1
    return stretch, along_m - stretches.start_m[stretch]


def left_at_ends(
    stretches: Stretches, walks: Walks, reach_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of a reach is left at the tail and the head of each stretch; none where closed."""
    through, closed = stretches.through, stretches.closed
    tail_m = np.where(closed, np.inf, walks.at(stretches.tail, through)[0])
    head_m = np.where(closed, np.inf, walks.at(stretches.head, through)[0])
    return np.maximum(reach_m - tail_m, 0.0), np.maximum(reach_m - head_m, 0.0)


def streets_within(stretches: Stretches, walks: Walks, reach_m: float) -> NDArray[np.object_]:
    """Parts of streets from which an entrance is at most `reach_m` away, as LineStrings.

    Every part lies on one edge; the row order is that of the edges.
    """
    left_tail, left_head = left_at_ends(stretches, walks, reach_m)
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
