"""The way walked from a home to its facility, as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from spatial.reach import NONE, first_ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.population import Homes
    from spatial.reach import WalkGraph


def ways_walked(coverage: Coverage, homes: Homes, rows: NDArray[np.int64]) -> NDArray[np.object_]:
    """Draw the walk of some homes: from the home to its street, along streets, to the entrance.

    Parameters
    ----------
    coverage
        The standard whose facilities are walked to.
    homes
        The homes it was measured for.
    rows
        (k,) which of them.

    Returns
    -------
    array
        (k,) LineStrings, as long as the walk where all is flat, metres; None for homes that reach
        nothing or stand inside their facility.
    """
    ways = np.full(len(rows), None, dtype=object)
    walking = np.flatnonzero(coverage.entrance[rows] != NONE)
    if not len(walking):
        return ways
    home = rows[walking]
    graph = coverage.stretches.graph()
    _, previous, _ = dijkstra(
        graph.matrix,
        indices=graph.stops + coverage.door_rows,
        min_only=True,
        return_predecessors=True,
    )
    at = _first_rows(coverage, homes, graph, home)
    spots = coverage.stretches.network.points_along(homes.ties.edge[home], homes.ties.along_m[home])
    order, stops = _followed(at, previous)
    xy = np.concatenate([homes.xy[home], spots, _row_xy(coverage, graph)[stops]])
    way = np.concatenate([np.arange(len(home)), np.arange(len(home)), order])
    step = np.argsort(way, kind="stable")
    ways[walking] = shapely.linestrings(xy[step], indices=way[step])
    return ways


def _first_rows(
    coverage: Coverage, homes: Homes, graph: WalkGraph, home: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The row of the graph at the end of its street towards which each home walks."""
    ends = first_ends(coverage.stretches, coverage.walks, homes.ties[home])
    inner_row = np.full(graph.stops, NONE)
    inner_row[graph.inner] = graph.inner_row
    return np.where(ends.through, ends.stop, inner_row[ends.stop])


def _followed(
    at: NDArray[np.int64], previous: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Follow all walks at once, step by step: which walk, and the row it passes."""
    way = np.arange(len(at))
    ways, stops = [], []
    while len(way):
        ways.append(way)
        stops.append(at)
        going = previous[at] >= 0
        way, at = way[going], previous[at[going]].astype(np.int64)
    return np.concatenate(ways), np.concatenate(stops)


def _row_xy(coverage: Coverage, graph: WalkGraph) -> NDArray[np.float64]:
    """Coordinates of every row of the graph: stops, doors, and the layers of compounds."""
    stretches = coverage.stretches
    at_doors = stretches.network.points_along(stretches.door_edge, stretches.door_along_m)
    stops = np.concatenate([stretches.network.xy, at_doors])
    doors = at_doors.copy()
    doors[coverage.door_rows] = coverage.doors.xy
    return np.concatenate([stops, doors, stops[graph.inner], stops[graph.inner]])
