"""Gaps (覆盖盲区): unserved homes grouped into places small enough for one remedy, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from spatial.reach import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.network import Network
    from spatial.population import Homes

CELL_M = 50.0
NEIGHBOURS_M = 100.0
"""Unserved homes in square cells whose centres are at most this far apart belong together."""
_ROUND_M = 40.0


def gap_of_home(homes: Homes, coverage: Coverage) -> NDArray[np.int64]:
    """Number the gap each home belongs to, from 1, most people first; 0 for the served.

    Homes about `NEIGHBOURS_M` apart belong together; a group wider than twice the standard's
    reach is halved across its longer side until no part is wider. Groups without people are no
    gaps.
    """
    row = np.flatnonzero(~coverage.served)
    group = _groups(homes.xy[row], 2.0 * coverage.standard.reach_m)
    people = np.bincount(group, weights=homes.weight[row])
    order = np.lexsort((-np.bincount(group), -people))
    number = np.empty(len(people), dtype=np.int64)
    number[order] = np.arange(1, len(people) + 1)
    gap = np.zeros(len(homes.xy), dtype=np.int64)
    gap[row] = np.where(people > 0, number, 0)[group]
    return gap


def gaps(
    network: Network,
    homes: Homes,
    coverage: Coverage,
    gap: NDArray[np.int64],
    reason: NDArray[np.object_],
) -> gpd.GeoDataFrame:
    """Describe each gap: the homes a standard leaves unserved, unconnected ones included.

    Parameters
    ----------
    network, homes, coverage
        What was measured.
    gap, reason
        (h,) the gap each home belongs to (`gap_of_home`), and why it is unserved
        (`spatial.reasons`).

    Returns
    -------
    GeoDataFrame
        Polygons around the homes, in the network's CRS, most people first: gap (`gap_of_home`),
        people, homes, name (the street most homes stand on), reason (why most people there are
        unserved, all detours counted together), reasons (all, with people: ``too_far 12, island
        3``), and of the homes with that reason walk_m and straight_m (medians to the nearest
        facility; NaN where it cannot be reached) and facility (the row walked to most often, or
        `NONE`).
    """
    row = np.flatnonzero(gap)
    table = pd.DataFrame(
        {
            "gap": gap[row],
            "people": homes.weight[row],
            "walk_m": coverage.walk_m[row],
            "straight_m": coverage.straight_m[row],
            "facility": coverage.facility[row],
            "name": _street_names(network, homes, row),
            "reason": reason[row],
        }
    )
    by_gap = table.groupby("gap")
    found = by_gap[["people"]].sum()
    found["homes"] = by_gap.size()
    found["name"] = by_gap["name"].agg(_most_common)
    found["reason"] = _main_reason(table)
    found["reasons"] = _all_reasons(table)
    telling = table[table["reason"] == table["gap"].map(found["reason"])].groupby("gap")
    found["walk_m"] = telling["walk_m"].median()
    found["straight_m"] = telling["straight_m"].median()
    found["facility"] = telling["facility"].agg(_most_common).fillna(NONE).astype(np.int64)
    outlines = _outlines(homes.xy[row], gap[row] - 1)
    return gpd.GeoDataFrame(found.reset_index(), geometry=outlines, crs=network.crs)


def _groups(xy: NDArray[np.float64], widest_m: float) -> NDArray[np.int64]:
    """Label (k, 2) points: near ones together, no group wider than `widest_m`."""
    if not len(xy):
        return np.empty(0, dtype=np.int64)
    cells, cell_of = np.unique(np.floor(xy / CELL_M), axis=0, return_inverse=True)
    pairs = cKDTree(cells * CELL_M).query_pairs(NEIGHBOURS_M, output_type="ndarray")
    near = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(cells), len(cells)))
    label = connected_components(near, directed=False)[1].astype(np.int64)
    group: NDArray[np.int64] = label[cell_of.reshape(-1)]
    while True:
        low, high = _bounds(xy, group)
        wide = (high - low).max(axis=1) > widest_m
        if not wide.any():
            return group
        axis = (high - low).argmax(axis=1)
        every = np.arange(len(axis))
        middle = ((low + high) / 2)[every, axis]
        beyond = wide[group] & (xy[np.arange(len(xy)), axis[group]] > middle[group])
        pair = np.stack([group, beyond], axis=1)
        group = np.unique(pair, axis=0, return_inverse=True)[1].reshape(-1)


def _bounds(
    xy: NDArray[np.float64], group: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(groups, 2) lowest and highest coordinates of each group."""
    by_group = pd.DataFrame(xy).groupby(group)
    return by_group.min().to_numpy(), by_group.max().to_numpy()


def _street_names(network: Network, homes: Homes, row: NDArray[np.int64]) -> NDArray[np.object_]:
    """The street each home is tied to, or None."""
    edge = homes.ties.edge[row]
    name = network.name[edge]
    name[edge == NONE] = None
    return name


def _main_reason(table: pd.DataFrame) -> pd.Series:
    """The reason of most people in each group; of equals the first by name.

    All detours count together before one of them is named: a group cut off by a railway here and
    a wall there is cut off, even if more people each are merely too far away.
    """
    kind = table["reason"].where(~table["reason"].str.startswith("detour"), "detour")
    by_kind = table["people"].groupby([table["gap"], kind]).transform("sum")
    by_reason = table["people"].groupby([table["gap"], table["reason"]]).transform("sum")
    ranked = table.assign(by_kind=by_kind, kind=kind, by_reason=by_reason).sort_values(
        ["gap", "by_kind", "kind", "by_reason", "reason"],
        ascending=[True, False, True, False, True],
    )
    return ranked.drop_duplicates("gap").set_index("gap")["reason"]


def _all_reasons(table: pd.DataFrame) -> pd.Series:
    """Every reason in each group with its people, most first."""
    people = table.groupby(["gap", "reason"])["people"].sum().reset_index()
    people = people.sort_values(["gap", "people", "reason"], ascending=[True, False, True])
    text = people["reason"] + " " + people["people"].map("{:g}".format)
    return text.groupby(people["gap"]).agg(", ".join)


def _most_common(values: pd.Series) -> object:
    """The commonest value (the smallest of equals), or None."""
    known = values[values.notna() & (values != NONE)]
    return known.mode().iloc[0] if len(known) else None


def _outlines(xy: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.object_]:
    """A rounded outline around the points of each group, labels in order."""
    order = np.argsort(group, kind="stable")
    clusters = shapely.multipoints(xy[order], indices=group[order]) if len(xy) else []
    hulls = shapely.concave_hull(np.asarray(clusters, dtype=object), ratio=0.3)
    return np.asarray(shapely.buffer(hulls, _ROUND_M, quad_segs=4), dtype=object)
