"""Where streets meet: the same place for vertices that are one node."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from spatial.joining import NO_JOINS, Drawn, Joins, joined

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
    links
        (l, 2) int64, vertices joined by an edge that nobody drew, no longer than the tolerance.
    joins
        What was joined though it was drawn apart.
    """

    xy: NDArray[np.float64]
    line: NDArray[np.int64]
    place: NDArray[np.int64]
    links: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    joins: Joins = NO_JOINS


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
    offset = int(place[known].max(initial=-1)) + 1
    place[~known] = offset + np.arange((~known).sum())  # each a place of its own, for now
    vertices = Vertices(xy, line, place)
    meets = ~known & (_is_end(line) | ~off_ground[line])
    if not meets.any():
        return vertices
    return _meeting(vertices, meets, geometry, ~off_ground & ~with_refs, tolerance_m)


def _is_end(line: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each vertex is the first or last of its line."""
    change = line[1:] != line[:-1]
    return np.concatenate([[True], change]) | np.concatenate([change, [True]])


def _meeting(
    vertices: Vertices,
    meets: NDArray[np.bool_],
    lines: NDArray[np.object_],
    open_: NDArray[np.bool_],
    tolerance_m: float,
) -> Vertices:
    """The vertices after those that meet others came together; the rest stays as it is."""
    xy, line = vertices.xy, vertices.line
    spots, found = _distinct(xy[meets])
    spot = np.full(len(xy), -1)
    spot[meets] = found
    offset = int(vertices.place.max()) + 1
    if tolerance_m == 0:
        return replace(vertices, place=np.where(meets, offset + spot, vertices.place))
    piece = np.flatnonzero((line[1:] == line[:-1]) & meets[1:] & meets[:-1])
    is_end = np.zeros(len(spots), dtype=bool)
    is_end[spot[meets & _is_end(line)]] = True
    a, b = spot[piece], spot[piece + 1]
    now = joined(Drawn(spots, is_end, a, b, line[piece], lines, open_), tolerance_m)
    along = np.hypot(*(now.xy[now.added] - xy[piece[now.piece]]).T)
    order = np.lexsort((along, now.piece))
    before, added = piece[now.piece[order]] + 1, now.added[order]
    spot, line = np.insert(spot, before, added), np.insert(line, before, line[before])
    place, xy = np.insert(vertices.place, before, -1), np.insert(xy, before, 0, axis=0)
    met = spot >= 0
    place[met], xy[met] = offset + now.place[spot[met]], now.xy[now.place[spot[met]]]
    links = _first_at(spot, len(now.xy))[now.links]
    joins = replace(now.joins, swallowed=_swallowed(line, place) if len(now.joins.kind) else 0)
    return Vertices(xy, line, place, links, joins)


def _distinct(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distinct places, by x, then y; and the number of each vertex's place."""
    order = np.lexsort(xy.T[::-1])
    fresh = np.any(np.diff(xy[order], axis=0, prepend=np.nan) != 0, axis=1)
    number = np.empty(len(xy), dtype=np.int64)
    number[order] = np.cumsum(fresh) - 1
    return xy[order][fresh], number


def _first_at(spot: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """A vertex at each of so many spots."""
    vertex = np.zeros(count, dtype=np.int64)
    vertex[spot[::-1]] = np.arange(len(spot))[::-1]
    return vertex


def _swallowed(line: NDArray[np.int64], place: NDArray[np.int64]) -> int:
    """How many lines have only one place."""
    first = np.flatnonzero(np.diff(line, prepend=-1))
    low, high = np.minimum.reduceat(place, first), np.maximum.reduceat(place, first)
    return int((low == high).sum())


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
