"""The same streets told otherwise: a law checked on every run (rule 14).

Order of rows, direction of lines and split edges must change nothing. So every edge is split in
two, turned round and put in the opposite order, and some homes are measured again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from spatial.coverage import measure
from spatial.network import network_from_streets, on_step
from spatial.ties import tie

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.coverage import Coverage
    from spatial.network import Network
    from spatial.population import Homes

SAMPLE = 500
"""How many homes are measured again, spread evenly over all."""


def retold(network: Network) -> Network:
    """Give the same network from other words: edges split, turned round, in opposite order.

    What a street says of itself is told anew; what this run's walker or scenario made of it (an
    edge closed, a slope longer to walk than the map shows) goes over from the edge to its halves.
    """
    m, n = len(network.u), len(network.xy)
    start, end = network.xy[network.u], network.xy[network.v]
    pieces = np.stack([end, (start + end) / 2, start], axis=1)
    refs = np.stack([network.v, n + np.arange(m), network.u], axis=1)
    refs_of = np.empty(m, dtype=object)
    refs_of[:] = list(refs)
    table = {
        "name": np.arange(m),  # for the moment: which edge each half is a half of
        "bridge": ~network.on_ground,
        "tunnel": np.zeros(m, dtype=bool),
        "private": ~network.through,
        "steps": network.steps,
        "refs": refs_of,
    }
    streets = gpd.GeoDataFrame(table, geometry=shapely.linestrings(pieces), crs=network.crs)
    halves = network_from_streets(streets.iloc[::-1].reset_index(drop=True))
    edge = halves.name.astype(np.int64)
    longer = (network.length_m / network.ground_m)[edge]
    return replace(
        halves,
        name=network.name[edge],
        closed=network.closed[edge],
        length_m=on_step(halves.length_m * longer),
    )


def same_when_retold(
    homes: Homes,
    one: Coverage,
    *,
    gates: NDArray[np.float64] | None,
    barriers: Barriers,
    leg_limit_m: float,
    exact_m: float,
) -> bool:
    """Whether some homes walk as far as before when the streets are told otherwise."""
    network = retold(one.stretches.network)
    rows = np.unique(np.linspace(0, len(homes.xy) - 1, SAMPLE).astype(np.int64))
    ties = tie(network, homes.xy[rows], limit_m=leg_limit_m, barriers=barriers)
    again = measure(
        network,
        homes.some(rows, ties),
        [(one.standard, one.facilities)],
        gates=gates,
        barriers=barriers,
        leg_limit_m=leg_limit_m,
    )[0]
    return bool(np.allclose(again.walk_m, one.walk_m[rows], rtol=0, atol=exact_m, equal_nan=True))
