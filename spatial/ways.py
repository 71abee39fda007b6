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
    from spatial.network import Network
    from spatial.population import Homes


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
    ends = first_ends(coverage.stretches, coverage.walks, homes.ties[home])
    doors = coverage.stretches.network.points_along(
        coverage.stretches.door_edge, coverage.stretches.door_along_m
    )
    doors[coverage.door_rows] = coverage.doors.xy
    ways[walking] = lines_walked(
        coverage.stretches.network,
        homes.some(home, homes.ties[home]),
        graph.rows_at(ends.stop, ends.through),
        previous,
        graph.row_xy(coverage.stretches, doors),
    )
    return ways


def lines_walked(
    network: Network,
    homes: Homes,
    first_row: NDArray[np.int64],
    previous: NDArray[np.integer],
    row_xy: NDArray[np.float64],
) -> NDArray[np.object_]:
    """Draw the walk of each of k homes along the rows of a searched graph.

    Parameters
    ----------
    network, homes
        The streets, and k homes that are tied to them.
    first_row
        (k,) the row each walks to first.
    previous
        (r,) the row that each is reached from; negative at facilities.
    row_xy
        (r, 2) where the rows lie, metres.
    """
    spots = network.points_along(homes.ties.edge, homes.ties.along_m)
    order, rows = _followed(first_row, previous)
    each = np.arange(len(first_row))
    xy = np.concatenate([homes.xy, spots, row_xy[rows]])
    way = np.concatenate([each, each, order])
    step = np.argsort(way, kind="stable")
    return np.asarray(shapely.linestrings(xy[step], indices=way[step]), dtype=object)


def _followed(
    at: NDArray[np.int64], previous: NDArray[np.integer]
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
