"""Streets one can walk, as arrays: straight edges between nodes, walked both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from spatial.crs import require_metric
from spatial.errors import InputError
from spatial.joining import NO_JOINS
from spatial.junctions import junctions

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from pyproj import CRS

    from spatial.joining import Joins

NOBODY: Final = -1
"""Stands for the line of an edge that nobody drew."""
STEP_M = 2.0**-20
"""Every length is a multiple of this (about 1 µm).

Sums of such numbers are exact in float64 up to 8·10⁹ m, so a distance does not depend on the
order in which it was added up, and a walk of exactly 500 m is 500.0.
"""


_NO_STREET = InputError(
    "holds no street of any length", "check that it covers the study area", layer="streets"
)


def on_step(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round lengths to `STEP_M`, any shape.

    Examples
    --------
    >>> float(on_step(np.array([0.1 + 0.2]))[0]) == float(on_step(np.array([0.3]))[0])
    True
    """
    return np.round(np.asarray(metres, dtype=np.float64) / STEP_M) * STEP_M


@dataclass(frozen=True)
class Network:
    """Streets one can walk: n nodes, m straight edges, no edge twice, no edge of no length.

    The arrays are in an order that depends on the coordinates alone, so neither the order of rows
    nor the direction of lines changes any result.

    Attributes
    ----------
    crs
        A CRS in metres.
    xy
        (n, 2) float64, metres, multiples of `STEP_M`: so a page can carry them without loss.
    u, v
        (m,) int64, the nodes at the ends of each edge, ``u < v``.
    length_m
        (m,) float64, multiples of `STEP_M`: metres on the ground, or where slopes count
        (`spatial.walker`) the flat metres that are as far to walk, never fewer.
    on_ground
        (m,) bool, False on bridges and in tunnels.
    through
        (m,) bool, False where one may walk in and out but not pass.
    closed
        (m,) bool, True where nobody walks though the street is there: points may be tied to it.
    steps
        (m,) bool, True on stairs.
    name
        (m,) object, the street's name or None.
    island
        (n,) int64, the connected part each node belongs to; 0 is the longest.
    joins
        Which places were joined though the streets were drawn apart.
    """

    crs: CRS
    xy: NDArray[np.float64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    length_m: NDArray[np.float64]
    on_ground: NDArray[np.bool_]
    through: NDArray[np.bool_]
    closed: NDArray[np.bool_]
    steps: NDArray[np.bool_]
    name: NDArray[np.object_]
    island: NDArray[np.int64]
    joins: Joins = NO_JOINS

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """The (m,) edges as shapely LineStrings, from u to v."""
        return shapely.linestrings(np.stack([self.xy[self.u], self.xy[self.v]], axis=1))

    def some(self, edge: NDArray[np.int64]) -> Network:
        """The network of some of the edges, with all nodes."""
        return replace(
            self,
            u=self.u[edge],
            v=self.v[edge],
            length_m=self.length_m[edge],
            on_ground=self.on_ground[edge],
            through=self.through[edge],
            closed=self.closed[edge],
            steps=self.steps[edge],
            name=self.name[edge],
        )

    @property
    def ground_m(self) -> NDArray[np.float64]:
        """The (m,) lengths of the edges on the map, metres: multiples of `STEP_M`."""
        return ground_lengths_m(self.xy[self.u], self.xy[self.v])

    def points_along(
        self, edge: NDArray[np.int64], along_m: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Coordinates, (k, 2) in metres, of spots `along_m` from the u-end of their edge.

        `along_m` counts as `length_m` does, evenly along an edge.
        """
        start, end = self.xy[self.u[edge]], self.xy[self.v[edge]]
        part: NDArray[np.float64] = along_m / self.length_m[edge]
        spots: NDArray[np.float64] = start + (end - start) * part[:, None]
        return spots

    def island_lengths_m(self) -> NDArray[np.float64]:
        """Length of street on the ground in each connected part, longest first."""
        return np.bincount(self.island[self.u], weights=self.ground_m).astype(np.float64)


def ground_lengths_m(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Straight metres between (m, 2) places, on `STEP_M` and never nothing.

    Examples
    --------
    >>> ground_lengths_m(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]])).tolist()
    [5.0]
    """
    return np.maximum(on_step(np.hypot(*(start - end).T)), STEP_M)


def network_from_streets(
    streets: gpd.GeoDataFrame,
    *,
    tolerance_m: float = 0.5,
    join_crossings: bool = False,
    open_gates: bool = False,
) -> Network:
    """Build the network of a `streets` layer.

    Parameters
    ----------
    streets
        LineStrings in a metric CRS, with the columns name, bridge, tunnel, private, steps and
        refs.
        Lines with ``refs`` meet where these ids are equal, and nowhere else.
    tolerance_m
        Lines without ``refs`` meet where ends or vertices lie within this distance, in metres, and
        where an end lies within it of the middle of a street on the ground, which gets a vertex
        there. Nothing moves farther. Vertices within a bridge or tunnel meet nothing; only its
        ends do. At 0 only what is drawn at one place meets.
    join_crossings
        Whether lines without ``refs`` also meet where they cross without a vertex
        (bridges and tunnels never do).
    open_gates
        Whether streets inside gated compounds (column private) may be walked through; else one
        may walk in and out, but not pass (rule 6).

    Raises
    ------
    InputError
        If the CRS is not metric, or no street has a length.
    """
    require_metric(streets.crs)
    if streets.empty:
        raise _NO_STREET
    vertices = junctions(streets, tolerance_m=tolerance_m, join_crossings=join_crossings)
    xy, node = _numbered_nodes(on_step(vertices.xy), vertices.place)
    same_line = vertices.line[1:] == vertices.line[:-1]
    ends = np.stack([node[:-1], node[1:]], axis=1)[same_line]
    edges = _distinct_edges(
        np.concatenate([ends, node[vertices.links]]),
        np.concatenate([vertices.line[:-1][same_line], np.full(len(vertices.links), NOBODY)]),
        streets,
    )
    if not len(edges):
        raise _NO_STREET
    xy, u, v = _only_used(xy, edges["u"].to_numpy(), edges["v"].to_numpy())
    length_m = ground_lengths_m(xy[u], xy[v])
    return Network(
        crs=streets.crs,
        xy=xy,
        u=u,
        v=v,
        length_m=length_m,
        on_ground=edges["on_ground"].to_numpy(),
        through=open_gates | edges["through"].to_numpy(),
        closed=np.zeros(len(u), dtype=bool),
        steps=edges["steps"].to_numpy(),
        name=edges["name"].to_numpy(dtype=object),
        island=islands(len(xy), u, v, length_m),
        joins=vertices.joins,
    )


def _numbered_nodes(
    xy: NDArray[np.float64], place: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Number the places by their coordinates; gives the nodes' xy and each vertex's node."""
    vertex = np.full(int(place.max(initial=-1)) + 1, -1)
    vertex[place[::-1]] = np.arange(len(place))[::-1]
    used = np.flatnonzero(vertex >= 0)
    at = xy[vertex[used]]
    order = np.lexsort(at.T[::-1])
    number = np.empty(len(vertex), dtype=np.int64)
    number[used[order]] = np.arange(len(order))
    return at[order], number[place]


def _distinct_edges(
    ends: NDArray[np.int64], line: NDArray[np.int64], streets: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Edges u < v, each once, in order: u, v, on_ground, through, steps, name.

    Where several lines share an edge one walks on the best of them, whichever comes first in the
    file: on the ground if one lies there, through if one may pass, without stairs if one has none.
    The first name in the order of letters names it.
    """
    u, v = ends.min(axis=1), ends.max(axis=1)
    order = np.lexsort((v, u))
    order = order[u[order] != v[order]]
    u, v, line = u[order], v[order], line[order]
    first = np.flatnonzero((np.diff(u, prepend=-1) != 0) | (np.diff(v, prepend=-1) != 0))
    off_ground = streets["bridge"].to_numpy(bool) | streets["tunnel"].to_numpy(bool)
    flags = {"on_ground": ~off_ground, "through": ~streets["private"].to_numpy(bool)}
    flags["level"] = ~streets["steps"].to_numpy(bool)
    edges = pd.DataFrame({"u": u[first], "v": v[first]})
    for flag, of_line in flags.items():
        of_piece = np.append(of_line, True)[line]  # the last is a link, which nobody drew
        edges[flag] = np.logical_or.reduceat(of_piece, first) if len(first) else of_piece
    edges["steps"] = ~edges.pop("level")
    edges["name"] = _names(np.append(streets["name"].to_numpy(dtype=object), [None]), line, first)
    return edges


def _names(
    of_line: NDArray[np.object_], line: NDArray[np.int64], first: NDArray[np.int64]
) -> NDArray[np.object_]:
    """The name of each edge, whose lines stand from `first` on; of several the first by letter."""
    name = of_line[line[first]]
    count = np.diff(first, append=len(line))
    shared = np.flatnonzero(count > 1)
    if len(shared):
        within = np.repeat(count > 1, count)
        edge = np.repeat(np.arange(len(first)), count)[within]
        names = pd.Series(of_line[line[within]], dtype=object)
        least = names.dropna().groupby(edge[names.notna()]).min()
        name[shared] = None
        name[least.index.to_numpy()] = least.to_numpy(dtype=object)
    return name


def _only_used(
    xy: NDArray[np.float64], u: NDArray[np.int64], v: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """The nodes that an edge ends at, numbered anew, and the edges."""
    used = np.zeros(len(xy), dtype=bool)
    used[u] = used[v] = True
    if used.all():
        return xy, u, v
    number = np.cumsum(used) - 1
    return xy[used], number[u], number[v]


def islands(
    n: int, u: NDArray[np.int64], v: NDArray[np.int64], length_m: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Label connected parts by falling length; equal lengths by their first node."""
    joined = coo_matrix((np.ones(len(u)), (u, v)), shape=(n, n))
    count, label = connected_components(joined, directed=False)
    length = np.bincount(label[u], weights=length_m, minlength=count)
    first_node = np.full(count, n)
    np.minimum.at(first_node, label, np.arange(n))
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((first_node, -length))] = np.arange(count)
    return rank[label]
