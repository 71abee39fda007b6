"""The streets with openings and sites built: everything measured anew, and the ways walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from spatial.entrances import Entrances
from spatial.field import doorsteps
from spatial.reach import Shortcuts, cut
from spatial.ways import lines_walked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.network import Network
    from spatial.openings import Openings
    from spatial.population import Homes


@dataclass(frozen=True)
class Built:
    """One search over a whole city in which some openings and sites stand.

    Attributes
    ----------
    network, homes
        The streets there were, and the h homes.
    walk_m
        (h,) metres each walks to the nearest facility; inf where none can be reached.
    first_row
        (h,) the row of the graph each home walks to first; -1 for those that walk nowhere.
    previous
        (r,) the row that each row of the graph is reached from, facilities first; negative where
        there is none.
    row_xy
        (r, 2) where each row lies, metres.
    """

    network: Network
    homes: Homes
    walk_m: NDArray[np.float64]
    first_row: NDArray[np.int64]
    previous: NDArray[np.int64]
    row_xy: NDArray[np.float64]

    def ways(self, home: NDArray[np.int64]) -> NDArray[np.object_]:
        """Draw the walks of k homes: LineStrings from the home's door; None for no walk at all."""
        ways = np.full(len(home), None, dtype=object)
        walking = np.flatnonzero(self.first_row[home] >= 0)
        if len(walking):
            some = home[walking]
            homes = self.homes.some(some, self.homes.ties[some])
            first = self.first_row[some]
            ways[walking] = lines_walked(self.network, homes, first, self.previous, self.row_xy)
        return ways


def built(
    coverage: Coverage,
    homes: Homes,
    openings: Openings | None = None,
    doors: Entrances | None = None,
    inside: NDArray[np.int64] | None = None,
) -> Built:
    """Measure a standard again with all of some openings and sites built.

    Nothing is taken over from what was found before but the streets, the entrances and where
    homes are tied: the slow and sure way to check `spatial.links`.

    Parameters
    ----------
    coverage, homes
        The standard as measured without them.
    openings
        What is opened, if anything.
    doors
        Where the sites are entered.
    inside
        Rows of the homes that stand inside a site.
    """
    network = coverage.stretches.network
    entered = [coverage.doors, *([] if doors is None else [doors])]
    ends, built_m = [], np.empty(0)
    if openings is not None:
        link = openings[~openings.leads_in]
        entered.append(openings.entrances)
        ends = [Entrances.at_spots(network, ties) for ties in (link.a, link.b)]
        built_m = link.built_m
    every = Entrances.together([*entered, *ends])
    stretches = cut(network, every)
    opened = sum(len(part) for part in entered)
    row_a, row_b = stretches.stop_of_entrance[opened:].reshape(2, -1)
    graph = stretches.graph(Shortcuts(row_a, row_b, built_m))
    metres = np.full(graph.matrix.shape[0], np.inf)
    previous = np.full(graph.matrix.shape[0], -1)
    if opened:
        metres, previous, _ = dijkstra(
            graph.matrix,
            indices=graph.stops + np.arange(opened),
            min_only=True,
            return_predecessors=True,
        )
    steps = doorsteps(stretches, graph, homes.ties)
    by_way = metres[steps.row] + steps.metres
    walk_m = by_way.min(axis=1, initial=np.inf)
    at_home = coverage.walk_m == 0
    at_home[np.empty(0, dtype=np.int64) if inside is None else inside] = True
    walking = np.isfinite(walk_m) & ~at_home
    first = np.take_along_axis(steps.row, by_way.argmin(axis=1)[:, None], axis=1)[:, 0]
    return Built(
        network=network,
        homes=homes,
        walk_m=np.where(at_home, 0.0, walk_m),
        first_row=np.where(walking, first, -1),
        previous=previous.astype(np.int64),
        row_xy=graph.row_xy(stretches, every.xy),
    )
