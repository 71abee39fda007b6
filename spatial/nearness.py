"""How far any spot on the streets is from a facility, and from those whom none serves.

Two fields, each one search over the whole city, tell of thousands of openings which can help at
all: one that joins a spot A to a spot B over L metres helps only where A is farther from a
facility than L + B is, and gains people only where the way from an unserved home to A, over the
opening, and on from B is within reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from spatial.field import doorsteps
from spatial.reach import stretch_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.network import Network
    from spatial.population import Homes
    from spatial.reach import Stretches, WalkGraph
    from spatial.ties import Ties


@dataclass(frozen=True)
class Nearness:
    """Two fields over the rows of a graph: the nearest facility, the nearest unserved home.

    Attributes
    ----------
    stretches
        The streets, cut at the entrances.
    reach_m
        How far people walk.
    metres
        (r,) from a facility to each row of `spatial.reach.WalkGraph`; inf where none leads.
    unserved_m
        (r,) from each row to the nearest unserved home, its leg included; inf beyond reach.
    outward, inward
        (stops,) the rows that stand for walking out of a compound, and into it, at each stop;
        the stop itself on streets one may pass.
    """

    stretches: Stretches
    reach_m: float
    metres: NDArray[np.float64]
    unserved_m: NDArray[np.float64]
    outward: NDArray[np.int64]
    inward: NDArray[np.int64]

    @property
    def network(self) -> Network:
        """The streets."""
        return self.stretches.network

    def gaining_m(self, ties: Ties) -> NDArray[np.float64]:
        """(k,) metres from spots to the nearest facility, for those who come from outside."""
        return self._facility_m(ties, self.inward)

    def giving_m(self, ties: Ties) -> NDArray[np.float64]:
        """(k,) metres to the nearest facility that can be walked to from beyond each spot.

        On streets that one may not pass only a facility of the same compound counts.
        """
        return self._facility_m(ties, self.outward)

    def wanting_m(self, ties: Ties) -> NDArray[np.float64]:
        """(k,) at least so many metres from each spot to the nearest unserved home (a bound)."""
        return self._unserved_m(ties, self.inward)

    def wanting_beyond_m(self, ties: Ties) -> NDArray[np.float64]:
        """The same, homes outside the compound counted: for a new entrance inside it."""
        return self._unserved_m(ties, self.outward)

    def _facility_m(self, ties: Ties, layer: NDArray[np.int64]) -> NDArray[np.float64]:
        tail, head, into_m, left_m = self._ends(ties, layer)
        metres: NDArray[np.float64] = np.minimum(
            self.metres[tail] + into_m, self.metres[head] + left_m
        )
        return metres

    def _unserved_m(self, ties: Ties, layer: NDArray[np.int64]) -> NDArray[np.float64]:
        """A home on the very stretch is nearer than by its ends, but never by more than that."""
        tail, head, into_m, left_m = self._ends(ties, layer)
        bound = np.maximum(self.unserved_m[tail] - into_m, self.unserved_m[head] - left_m)
        return np.maximum(bound, 0.0)

    def _ends(
        self, ties: Ties, layer: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Rows at both ends of the stretch of each spot, and how far they are."""
        cut = self.stretches
        stretch, into_m = stretch_at(cut, ties.edge, ties.along_m)
        passing = cut.through[stretch]
        tail, head = cut.tail[stretch], cut.head[stretch]
        return (
            np.where(passing, tail, layer[tail]),
            np.where(passing, head, layer[head]),
            into_m,
            cut.length_m[stretch] - into_m,
        )


def nearness(coverage: Coverage, homes: Homes) -> Nearness:
    """Search once from all entrances of a standard, and once from all homes it leaves unserved."""
    stretches, reach_m = coverage.stretches, coverage.reach_m
    graph = stretches.graph()
    stop = np.arange(graph.stops)
    outward, inward = stop.copy(), stop.copy()
    outward[graph.inner] = graph.inner_row - len(graph.inner)
    inward[graph.inner] = graph.inner_row
    rows = coverage.door_rows + graph.stops
    metres = np.full(graph.matrix.shape[0], np.inf)
    if len(rows):
        metres = dijkstra(graph.matrix, indices=rows, min_only=True)
    unserved = homes.ties.tied & ~coverage.served & (homes.weight > 0)
    return Nearness(
        stretches=stretches,
        reach_m=reach_m,
        metres=metres,
        unserved_m=_towards(stretches, graph, homes.ties[unserved], reach_m),
        outward=outward,
        inward=inward,
    )


def _towards(
    stretches: Stretches, graph: WalkGraph, ties: Ties, reach_m: float
) -> NDArray[np.float64]:
    """Metres from every row to the nearest of some homes; inf beyond any that matters.

    One row more leads to all homes, over the arcs of the graph turned round.
    """
    steps = doorsteps(stretches, graph, ties)
    size = graph.matrix.shape[0]
    real = np.isfinite(steps.metres)
    if not real.any():
        return np.full(size, np.inf)
    back = graph.matrix.T.tocsr()
    matrix = csr_matrix(
        (
            np.concatenate([back.data, steps.metres[real]]),
            np.concatenate([back.indices, steps.row[real]]),
            np.concatenate([back.indptr, [back.nnz + int(real.sum())]]),
        ),
        shape=(size + 1, size + 1),
    )
    limit_m = reach_m + float(stretches.length_m.max(initial=0.0))
    metres: NDArray[np.float64] = dijkstra(matrix, indices=size, limit=limit_m)[:size]
    return metres
