"""Where streets meet: the same place for vertices that are one node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Vertices:
    """The vertices of all lines, one after another.

    Attributes
    ----------
    xy
        (k, 2) float64, metres.
    line
        (k,) int64, the row of the streets layer.
    place
        (k,) int64; vertices that are one node have one place.
    """

    xy: NDArray[np.float64]
    line: NDArray[np.int64]
    place: NDArray[np.int64]


def junctions(
    streets: gpd.GeoDataFrame, *, tolerance_m: float, join_crossings: bool = False
) -> Vertices:
    """Find which vertices of a `streets` layer are one node; see `network_from_streets`."""
    geometry = streets.geometry.to_numpy()
    refs = streets["refs"].to_numpy(dtype=object)
    off_ground = streets["bridge"].to_numpy(bool) | streets["tunnel"].to_numpy(bool)
    with_refs = np.array([ref is not None for ref in refs], dtype=bool)
    if join_crossings:
        crossable = ~with_refs & ~off_ground
        geometry = geometry.copy()
        geometry[crossable] = with_crossings(geometry[crossable])
    xy, line = shapely.get_coordinates(geometry, return_index=True)
    line = line.astype(np.int64)
    known = with_refs[line]
    place = np.empty(len(xy), dtype=np.int64)
    if known.any():
        place[known] = np.unique(np.concatenate(list(refs[with_refs])), return_inverse=True)[1]
    meets_none = ~known & off_ground[line] & ~_is_end(line)
    meets = ~known & ~meets_none
    offset = int(place[known].max(initial=-1)) + 1
    place[meets], xy[meets] = _merged(xy[meets], tolerance_m, offset)
    offset = int(place[meets].max(initial=offset - 1)) + 1
    place[meets_none] = offset + np.arange(meets_none.sum())
    return Vertices(xy, line, place)


def _is_end(line: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each vertex is the first or last of its line."""
    change = line[1:] != line[:-1]
    return np.concatenate([[True], change]) | np.concatenate([change, [True]])


def _merged(
    xy: NDArray[np.float64], tolerance_m: float, offset: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """One place, and the coordinates of its lowest-leftmost vertex, for vertices that coincide."""
    if not len(xy):
        return np.empty(0, dtype=np.int64), xy
    spots, spot_of = np.unique(xy, axis=0, return_inverse=True)
    pairs = cKDTree(spots).query_pairs(tolerance_m, output_type="ndarray")
    near = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(spots), len(spots)))
    label = connected_components(near, directed=False)[1]
    first = pd.Series(np.arange(len(spots))).groupby(label).min().to_numpy()
    spot_of = spot_of.reshape(-1)
    return label[spot_of].astype(np.int64) + offset, spots[first[label[spot_of]]]


def with_crossings(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Lines with a vertex added wherever one meets another between vertices.

    Examples
    --------
    >>> plus = shapely.from_wkt(["LINESTRING (0 5, 10 5)", "LINESTRING (5 0, 5 10)"])
    >>> [line.wkt for line in with_crossings(plus)]
    ['LINESTRING (0 5, 5 5, 10 5)', 'LINESTRING (5 0, 5 5, 5 10)']
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    along = _along(lines, xy, line)
    start = np.flatnonzero(line[1:] == line[:-1])
    pieces = shapely.linestrings(np.stack([xy[start], xy[start + 1]], axis=1))
    one, other = shapely.STRtree(pieces).query(pieces, predicate="intersects")
    one, other = one[one != other], other[one != other]
    met = shapely.intersection(pieces[one], pieces[other])
    spot, pair = shapely.get_coordinates(met, return_index=True)
    begin = start[one[pair]]
    into = np.hypot(*(spot - xy[begin]).T)
    table = pd.DataFrame(
        {
            "line": np.concatenate([line, line[begin]]),
            "along": np.concatenate([along, along[begin] + into]),
            "x": np.concatenate([xy[:, 0], spot[:, 0]]),
            "y": np.concatenate([xy[:, 1], spot[:, 1]]),
        }
    ).sort_values(["line", "along"], kind="stable")
    fresh = table[["line", "x", "y"]].ne(table[["line", "x", "y"]].shift()).any(axis=1)
    table = table[fresh]
    return np.asarray(
        shapely.linestrings(table[["x", "y"]].to_numpy(), indices=table["line"].to_numpy()),
        dtype=object,
    )


def _along(
    lines: NDArray[np.object_], xy: NDArray[np.float64], line: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How far along its line each vertex stands, in metres."""
    step = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T)
    total = np.cumsum(step)
    first = np.searchsorted(line, np.arange(len(lines)))
    return total - total[first][line]
