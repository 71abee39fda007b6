"""Streets that are not there yet, joined to those that are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from spatial.network import ground_lengths_m, islands, on_step
from spatial.ties import Ties, tie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spatial.network import Network

JOIN_M = 15.0
"""A drawn street is led on from its end to the nearest street this near: hands are not exact."""
STUB_M = 1.0
"""Where a compound's gate is shut, this much of its street is closed."""
SAME_M = 0.5
"""Places along a street, or vertices of drawn streets, this near to one another are one."""


@dataclass(frozen=True)
class Drawn:
    """A street as drawn: its line in the network's CRS, its name, and whether it is a bridge.

    A street joins every street on the ground that it meets; a bridge (or tunnel) only those at
    its ends.
    """

    line: shapely.LineString
    name: str | None = None
    bridge: bool = False


@dataclass(frozen=True)
class Extended:
    """A network with drawn streets added, all of them closed still.

    Attributes
    ----------
    network
        Every old edge keeps its number; where a new street joins it midway it ends there, and
        goes on under a new number. The new streets' edges come last.
    drawn
        (m,) int64, which drawn street each edge belongs to, -1 for those that were there.
    pieces
        Of the old edges that were split, sorted by edge and start: edge (the old number),
        start_m (how far along it the piece begins) and piece (its number now).
    joins
        How many streets each drawn one joins; one that joins none leads nowhere.
    stubs
        (c,) of each edge that was cut at an end, the number of the short piece there.
    """

    network: Network
    drawn: NDArray[np.int64]
    pieces: pd.DataFrame
    joins: NDArray[np.int64]
    stubs: NDArray[np.int64]

    def pieces_of(self, edge: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the numbers that some of the old edges have now, with all their pieces."""
        split = self.pieces["edge"].isin(edge).to_numpy()
        return np.union1d(edge, self.pieces["piece"].to_numpy(np.int64)[split])

    def moved(self, ties: Ties) -> Ties:
        """Give ties to the old network as ties to the same spots of the new one, bit by bit."""
        split = np.flatnonzero(np.isin(ties.edge, self.pieces["edge"]))
        k, p = len(split), len(self.pieces)
        if not k:
            return ties
        edge = np.concatenate([self.pieces["edge"], ties.edge[split]])
        at_m = np.concatenate([self.pieces["start_m"], ties.along_m[split]])
        order = np.lexsort((np.repeat([0, 1], [p, k]), at_m, edge))
        latest = np.maximum.accumulate(np.where(order < p, order, -1))
        row = np.empty(p + k, dtype=np.int64)
        row[order] = latest
        piece = self.pieces.iloc[row[p:]]
        new_edge, new_along_m = ties.edge.copy(), ties.along_m.copy()
        new_edge[split] = piece["piece"].to_numpy()
        new_along_m[split] -= piece["start_m"].to_numpy()
        return Ties(new_edge, new_along_m, ties.leg_m)


def extended(
    network: Network, streets: Sequence[Drawn], mouths: NDArray[np.int64] | None = None
) -> Extended:
    """Add drawn streets to a network, closed: they are opened by `Network.closed`.

    Parameters
    ----------
    network
        The streets there are.
    streets
        The drawn ones, in the network's CRS.
    mouths
        (c, 2) pairs of an edge and one of its nodes: there a stub is cut off, to be closed.

    Examples
    --------
    A lane drawn from one street to beside the next, across a third:

    >>> from layers import sample
    >>> from spatial.network import network_from_streets
    >>> network = network_from_streets(sample.grid(2, 1, 100.0))
    >>> lane = shapely.LineString([sample.ORIGIN, (500_097.0, 3_900_100.0)])
    >>> found = extended(network, [Drawn(lane)])
    >>> found.joins.tolist(), (found.drawn == 0).sum().item()
    ([2], 1)
    """
    open_edges = np.flatnonzero(~network.closed)
    vertices = _vertices(network.some(open_edges), streets)
    vertices["edge"] = np.where(vertices["edge"] >= 0, open_edges[vertices["edge"]], -1)
    mouths = np.empty((0, 2), dtype=np.int64) if mouths is None else mouths
    vertices = pd.concat([vertices, _cuts(network, mouths, len(streets))], ignore_index=True)
    spots = _spots(network, vertices)
    free_node, free_xy = _free(vertices, len(network.xy) + len(spots.xy))
    at_spot = (vertices["edge"] >= 0).to_numpy()
    node = np.where(at_spot, spots.node, free_node)
    xy = np.concatenate([network.xy, spots.xy, free_xy])
    old, pieces = _split(network, spots)
    u, v, drawn = _new_edges(vertices["drawn"].to_numpy(), node, old)
    joins = np.zeros(len(streets) + len(mouths), dtype=np.int64)
    joined = pd.Series(node[at_spot]).groupby(vertices["drawn"].to_numpy()[at_spot]).nunique()
    joins[joined.index] = joined
    return Extended(
        _with(old, xy, u, v, drawn, streets),
        np.concatenate([np.full(len(old.u), -1), drawn]),
        pieces,
        joins[: len(streets)],
        _stubs(network, pieces, mouths),
    )


def _cuts(network: Network, mouths: NDArray[np.int64], first: int) -> pd.DataFrame:
    """Where stubs are cut off, each as a drawing of its own that is only a spot."""
    edge, node = mouths.T
    length_m = network.length_m[edge]
    stub_m = on_step(np.minimum(STUB_M, length_m / 2))
    along_m = np.where(network.u[edge] == node, stub_m, length_m - stub_m)
    x, y = network.points_along(edge, along_m).T
    table = {"drawn": first + np.arange(len(edge)), "x": x, "y": y, "edge": edge}
    return pd.DataFrame(table | {"along_m": along_m})


def _stubs(network: Network, pieces: pd.DataFrame, mouths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The piece of each edge at its mouth: the edge itself where it was too short to cut."""
    last = pieces.groupby("edge")["piece"].last()
    at_u = network.u[mouths[:, 0]] == mouths[:, 1]
    edge = pd.Series(mouths[:, 0])
    return np.where(at_u, edge, edge.map(last).fillna(edge)).astype(np.int64)


def _vertices(network: Network, streets: Sequence[Drawn]) -> pd.DataFrame:
    """Every vertex of the drawn streets in order, those where streets meet included.

    Columns drawn, x, y; edge and along_m where it lies on a street, else edge -1.
    """
    ground = np.flatnonzero(network.on_ground)
    tree = shapely.STRtree(network.lines[ground])
    lines = []
    for street in streets:
        others = [one.line for one in streets if one is not street and not one.bridge]
        lines.append(street.line if street.bridge else _noded(street.line, tree, others))
    xy, drawn = shapely.get_coordinates(lines, return_index=True)
    bridge = np.array([one.bridge for one in streets], dtype=bool)[drawn]
    near = _where_joined(network, xy, drawn, bridge)
    tables = []
    for number in range(len(streets)):
        own = drawn == number
        tables.append(_led_on(network, xy[own], near[own]).assign(drawn=number))
    columns = ["drawn", "x", "y", "edge", "along_m"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else _no_vertices(columns)


def _no_vertices(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: np.empty(0) for name in columns}).astype({"edge": int, "drawn": int})


def _noded(
    line: shapely.LineString, tree: shapely.STRtree, others: Sequence[shapely.LineString]
) -> shapely.LineString:
    """The line with a vertex wherever it crosses a street on the ground or another drawn one."""
    met = tree.geometries[tree.query(line, predicate="intersects")]
    crossed = shapely.intersection(line, np.concatenate([met, np.array(others, dtype=object)]))
    spots = shapely.points(shapely.get_coordinates(crossed))
    own = shapely.points(shapely.get_coordinates(line))
    every = np.concatenate([own, spots])
    at = np.concatenate([_measures(line), shapely.line_locate_point(line, spots)])
    order = np.argsort(at, kind="stable")
    return shapely.LineString(shapely.get_coordinates(every[order]))


def _measures(line: shapely.LineString) -> NDArray[np.float64]:
    """How far along a line each of its vertices stands, metres."""
    xy = shapely.get_coordinates(line)
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])


def _where_joined(
    network: Network,
    xy: NDArray[np.float64],
    drawn: NDArray[np.int64],
    bridge: NDArray[np.bool_],
) -> Ties:
    """The spot at which each vertex joins a street: any at its ends, else one that it lies on."""
    end = (np.diff(drawn, prepend=-1) != 0) | (np.diff(drawn, append=-1) != 0)
    near = tie(network, xy, limit_m=JOIN_M)
    joins = near.tied & (end | ((near.leg_m <= SAME_M) & ~bridge))
    joins &= end | network.on_ground[np.maximum(near.edge, 0)]
    return Ties(np.where(joins, near.edge, -1), near.along_m, near.leg_m)


def _led_on(network: Network, xy: NDArray[np.float64], near: Ties) -> pd.DataFrame:
    """Vertices of one street, led on from its ends to the streets they join."""
    far = near.tied & (near.leg_m > SAME_M)
    own = pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1]})
    own["edge"], own["along_m"] = np.where(far, -1, near.edge), near.along_m
    parts = [own]
    for end, before in ((0, True), (-1, False)):
        if far[end]:
            spot = network.points_along(near.edge[[end]], near.along_m[[end]])
            led = pd.DataFrame(spot, columns=["x", "y"])
            led["edge"], led["along_m"] = near.edge[end], near.along_m[end]
            parts = [led, *parts] if before else [*parts, led]
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _Spots:
    """Nodes on old streets: of every vertex its node (-1 if free), and the new nodes made.

    `edge`, `along_m` and `xy` describe the new nodes, sorted along the edges; numbers follow on
    from the old nodes.
    """

    node: NDArray[np.int64]
    edge: NDArray[np.int64]
    along_m: NDArray[np.float64]
    xy: NDArray[np.float64]


def _spots(network: Network, vertices: pd.DataFrame) -> _Spots:
    """Make nodes where drawn streets join old ones; near a node, or one another, they are one."""
    row = np.flatnonzero(vertices["edge"] >= 0)
    edge = vertices["edge"].to_numpy(np.int64)[row]
    along_m = vertices["along_m"].to_numpy(np.float64)[row]
    left_m = network.length_m[edge] - along_m
    node = np.full(len(vertices), -1)
    node[row] = np.where(along_m <= left_m, network.u[edge], network.v[edge])
    midway = np.flatnonzero(np.minimum(along_m, left_m) > SAME_M)
    midway = midway[np.lexsort((along_m[midway], edge[midway]))]
    edge, along_m = edge[midway], along_m[midway]
    apart = (np.diff(edge, prepend=-1) != 0) | (np.diff(along_m, prepend=-np.inf) > SAME_M)
    node[row[midway]] = len(network.xy) + np.cumsum(apart) - 1
    edge, along_m = edge[apart], along_m[apart]
    return _Spots(node, edge, along_m, network.points_along(edge, along_m))


def _free(vertices: pd.DataFrame, first: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Number the vertices on no street from `first`: near ones are one; and their coordinates."""
    row = np.flatnonzero(vertices["edge"] < 0)
    node = np.full(len(vertices), -1)
    if not len(row):
        return node, np.empty((0, 2))
    xy = vertices[["x", "y"]].to_numpy()[row]
    pairs = cKDTree(xy).query_pairs(SAME_M, output_type="ndarray")
    near = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(xy), len(xy)))
    number = connected_components(near, directed=False)[1]
    node[row] = first + number
    return node, xy[np.unique(number, return_index=True)[1]]


def _split(network: Network, spots: _Spots) -> tuple[Network, pd.DataFrame]:
    """Split old edges at their new nodes: the first piece keeps the number, the rest follow."""
    n, m, k = len(network.xy), len(network.u), len(spots.edge)
    split, first, count = np.unique(spots.edge, return_index=True, return_counts=True)
    last = first + count - 1
    node = n + np.arange(k)
    end, end_m = np.roll(node, -1), np.roll(spots.along_m, -1)
    end[last], end_m[last] = network.v[split], network.length_m[split]
    v, length_m = network.v.copy(), network.length_m.copy()
    v[split], length_m[split] = node[first], spots.along_m[first]
    whole = network.some(np.concatenate([np.arange(m), spots.edge]))
    old = replace(
        whole,
        u=np.concatenate([network.u, node]),
        v=np.concatenate([v, end]),
        length_m=np.concatenate([length_m, end_m - spots.along_m]),
    )
    pieces = pd.DataFrame(
        {
            "edge": np.concatenate([split, spots.edge]),
            "start_m": np.concatenate([np.zeros(len(split)), spots.along_m]),
            "piece": np.concatenate([split, m + np.arange(k)]),
        }
    )
    return old, pieces.sort_values(["edge", "start_m"], ignore_index=True)


def _new_edges(
    drawn: NDArray[np.int64], node: NDArray[np.int64], old: Network
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Edges between the drawn vertices, none twice and none where a street is already."""
    same = (drawn[1:] == drawn[:-1]) & (node[1:] != node[:-1])
    ends = np.sort(np.stack([node[:-1], node[1:]], axis=1)[same], axis=1)
    there = np.sort(np.stack([old.u, old.v], axis=1), axis=1)
    table = pd.DataFrame(np.concatenate([there, ends]), columns=["u", "v"])
    fresh = ~table.duplicated().to_numpy()[len(there) :]
    return ends[fresh, 0], ends[fresh, 1], drawn[:-1][same][fresh]


def _with(
    old: Network,
    xy: NDArray[np.float64],
    u: NDArray[np.int64],
    v: NDArray[np.int64],
    drawn: NDArray[np.int64],
    streets: Sequence[Drawn],
) -> Network:
    """The whole network, the new edges closed."""
    k = len(u)
    length_m = np.concatenate([old.length_m, ground_lengths_m(xy[u], xy[v])])
    bridge = np.array([one.bridge for one in streets], dtype=bool)
    name = np.array([one.name for one in streets], dtype=object)
    u, v = np.concatenate([old.u, u]), np.concatenate([old.v, v])
    return replace(
        old,
        xy=xy,
        u=u,
        v=v,
        length_m=length_m,
        on_ground=np.concatenate([old.on_ground, ~bridge[drawn]]),
        through=np.concatenate([old.through, np.ones(k, dtype=bool)]),
        closed=np.concatenate([old.closed, np.ones(k, dtype=bool)]),
        steps=np.concatenate([old.steps, np.zeros(k, dtype=bool)]),
        name=np.concatenate([old.name, name[drawn]]),
        island=islands(len(xy), u, v, ground_lengths_m(xy[u], xy[v])),
    )
