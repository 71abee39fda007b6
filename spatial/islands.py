"""Islands of a network, and the short gaps that part them (rules 7, 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.network import on_step
from spatial.ties import Ties, tie_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.network import Network

BRIDGED_M = 30.0
"""Gaps up to this count as mapping errors in the upper bound."""


@dataclass(frozen=True)
class Gaps:
    """Where islands come near one another: a node here, a spot on a street there.

    Attributes
    ----------
    node
        (k,) int64.
    spots
        (k,) ties to a street of another island; the leg is the gap.
    """

    node: NDArray[np.int64]
    spots: Ties


def gaps_between(network: Network, *, within_m: float = BRIDGED_M) -> Gaps:
    """Find for each node the nearest spot on every other island within some metres."""
    lines = network.lines
    lesser = network.island[network.u] > 0
    nodes = shapely.points(network.xy)
    if not lesser.any():
        return _none()
    edge_of_lesser, node = shapely.STRtree(nodes).query(
        lines[lesser], predicate="dwithin", distance=within_m
    )
    lesser_node = np.flatnonzero(network.island > 0)
    other_node, edge = shapely.STRtree(lines).query(
        nodes[lesser_node], predicate="dwithin", distance=within_m
    )
    node = np.concatenate([node, lesser_node[other_node]])
    edge = np.concatenate([np.flatnonzero(lesser)[edge_of_lesser], edge])
    there = network.island[network.u[edge]]
    apart = network.island[node] != there
    node, edge, there = node[apart], edge[apart], there[apart]
    spots = tie_to(network, edge, network.xy[node])
    order = np.lexsort((edge, spots.leg_m, there, node))
    pair = np.stack([node[order], there[order]], axis=1)
    first = order[np.unique(pair, axis=0, return_index=True)[1]]
    return Gaps(node[first], spots[first])


def _none() -> Gaps:
    empty = np.empty(0, dtype=np.int64)
    return Gaps(empty, Ties(empty, on_step(np.empty(0)), on_step(np.empty(0))))
