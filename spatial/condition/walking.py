"""Short walks along streets: whether two spots are far apart, and who lives near some nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.network import Network
    from spatial.population import Homes

    Ints = NDArray[np.int64]
    Metres = NDArray[np.float64]


def graph_of(network: Network) -> csr_array:
    """Give the streets as a symmetric matrix of metres, (n, n)."""
    n = len(network.xy)
    ends = np.concatenate([network.u, network.v]), np.concatenate([network.v, network.u])
    return csr_array((np.tile(network.length_m, 2), ends), shape=(n, n))


def homes_near(network: Network, homes: Homes, node: Ints, *, within_m: float) -> NDArray[np.bool_]:
    """Tell which homes stand on a street whose end is within a walk of some nodes, (h,) bool."""
    near = np.zeros(len(homes.xy), dtype=bool)
    if len(node) and len(near):
        walk = dijkstra(graph_of(network), indices=np.unique(node), limit=within_m, min_only=True)
        reached = np.isfinite(walk)
        edge = homes.ties.edge
        near = homes.ties.tied & (reached[network.u[edge]] | reached[network.v[edge]])
    return near


def far_apart(
    network: Network, a: tuple[Ints, Metres], b: tuple[Ints, Metres], *, beyond_m: float
) -> NDArray[np.bool_]:
    """Tell for k pairs of spots on edges whether no short walk joins them.

    Parameters
    ----------
    network
        The streets.
    a, b
        (k,) edges, and (k,) metres from their u-ends.
    beyond_m
        A walk longer than this is not short.
    """
    (edge_a, along_a), (edge_b, along_b) = a, b
    ends_a, left_a = _ends(network, edge_a, along_a)
    ends_b, left_b = _ends(network, edge_b, along_b)
    start, source = np.unique(ends_a, return_inverse=True)
    key, walk = walks_within(network, start, beyond_m)
    n = len(network.xy)
    least = np.where(edge_a == edge_b, np.abs(along_a - along_b), np.inf)
    for one in range(2):
        for other in range(2):
            wanted = source.reshape(ends_a.shape)[:, one] * n + ends_b[:, other]
            at = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
            known = (key[at] == wanted) if len(key) else np.zeros(len(wanted), dtype=bool)
            between = np.where(known, walk[at] if len(key) else 0.0, np.inf)
            least = np.minimum(least, left_a[:, one] + between + left_b[:, other])
    return np.asarray(least > beyond_m)


def _ends(network: Network, edge: Ints, along: Metres) -> tuple[Ints, Metres]:
    """Both end nodes of each edge, (k, 2), and the metres to them."""
    ends = np.stack([network.u[edge], network.v[edge]], axis=1)
    return ends, np.stack([along, network.length_m[edge] - along], axis=1)


def walks_within(network: Network, start: Ints, limit_m: float) -> tuple[Ints, Metres]:
    """Walk from each of s nodes as far as a limit.

    Returns
    -------
    key, metres
        (r,) ``row of start * n + node``, sorted, of every node reached; and how far it is.
    """
    n = len(network.xy)
    graph = graph_of(network)
    first, to, step = graph.indptr, graph.indices, graph.data
    key = np.arange(len(start), dtype=np.int64) * n + start
    walk = np.zeros(len(start))
    fresh_key, fresh_walk = key, walk
    while len(fresh_key):
        node = fresh_key % n
        count = first[node + 1] - first[node]
        arc = np.repeat(first[node] - np.cumsum(count) + count, count) + np.arange(count.sum())
        onward = np.repeat(fresh_walk, count) + step[arc]
        ahead = np.repeat(fresh_key - node, count) + to[arc]
        near = onward <= limit_m
        ahead, onward = _least(ahead[near], onward[near])
        at = np.minimum(np.searchsorted(key, ahead), len(key) - 1)
        better = (key[at] != ahead) | (onward < walk[at])
        fresh_key, fresh_walk = ahead[better], onward[better]
        key, walk = _least(np.concatenate([key, fresh_key]), np.concatenate([walk, fresh_walk]))
    return key, walk


def _least(key: Ints, metres: Metres) -> tuple[Ints, Metres]:
    """Each key once, sorted, with its least metres."""
    order = np.lexsort((metres, key))
    key, metres = key[order], metres[order]
    first = np.diff(key, prepend=-1) != 0
    return key[first], metres[first]
