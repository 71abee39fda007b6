"""Streets that miss each other by a hand's breadth, joined; and the count of what was joined.

The commonest fault of streets drawn by hand is an end that misses: another end, a vertex, or the
middle of a street. Within a tolerance these are taken for one place. Two things must hold however
the lines lie: what is within the tolerance is connected, and nothing moves farther than the
tolerance. So of places near each other some stay where they are and the others move to the
nearest of these; where that leaves two near places apart, a short edge links them.

What is joined depends on coordinates alone, not on the order of rows or the direction of lines.
A line may be split anywhere but within the tolerance of another street: there a break says that
the streets meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Metres = NDArray[np.float64]

TOUCHING_M: Final = 0.01
"""Gaps up to this are no fault: rounding, and straight lines that a projection bends."""

END, VERTEX, MIDDLE, BEND = range(4)
_REASONS: Final = {
    END: "end joined to the end of a street near by",
    VERTEX: "end joined to a vertex of a street near by",
    MIDDLE: "end joined to the middle of a street near by",
    BEND: "vertex joined to a vertex of a street near by",
}
_ODD: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # of splitmix and xxhash: mix bits well
_JUNCTION: Final = 3  # so many pieces of street meet at a junction, at least


@dataclass(frozen=True)
class Joins:
    """Places of streets that were drawn apart and are one, j of them.

    Attributes
    ----------
    kind
        (j,) int64: `END`, `VERTEX`, `MIDDLE` (what an end was joined to), or `BEND` (a vertex
        joined to another).
    xy
        (j, 2) float64, metres: where it was drawn.
    gap_m
        (j,) float64, metres to where it was joined; more than `TOUCHING_M`.
    swallowed
        How many streets have become a single place, so that nothing of them is left.
    """

    kind: Ints
    xy: Metres
    gap_m: Metres
    swallowed: int = 0

    def reasons(self) -> dict[str, int]:
        """Count the joins in words, as repairs of the layer of streets.

        Examples
        --------
        >>> Joins(np.array([END, END, MIDDLE]), np.zeros((3, 2)), np.ones(3)).reasons()
        {'end joined to the end of a street near by': 2, 'end joined to the middle of a street near by': 1}
        """  # noqa: E501  the answer is one line
        found = {text: int((self.kind == kind).sum()) for kind, text in _REASONS.items()}
        found["street shorter than the tolerance became one place"] = self.swallowed
        return {text: count for text, count in found.items() if count}


NO_JOINS: Final = Joins(np.empty(0, dtype=np.int64), np.empty((0, 2)), np.empty(0))


@dataclass(frozen=True)
class Drawn:
    """Streets as drawn: k distinct spots, and straight pieces between them.

    Attributes
    ----------
    xy
        (k, 2) float64, metres; sorted, so that their numbers depend on coordinates alone.
    is_end
        (k,) bool, whether a street ends there.
    a, b
        (s,) int64, the spots that each piece joins; pieces of one line follow each other.
    line
        (s,) int64, the line of each piece.
    lines
        (g,) object, the lines.
    open
        (g,) bool, whether ends may be joined to the middle of the line; only to such as have all
        their pieces here.
    """

    xy: Metres
    is_end: NDArray[np.bool_]
    a: Ints
    b: Ints
    line: Ints
    lines: NDArray[np.object_]
    open: NDArray[np.bool_]


@dataclass(frozen=True)
class Joined:
    """What became of the spots of some `Drawn` streets.

    Attributes
    ----------
    xy
        (k + c, 2) float64, metres: the spots, then c spots added in the middle of pieces.
    place
        (k + c,) int64: the spot where each of them now is.
    piece, added
        (i,) int64: pieces that get a vertex, and which spot it is.
    links
        (l, 2) int64: spots that are linked by an edge that nobody drew.
    joins
        What was joined, for people.
    """

    xy: Metres
    place: Ints
    piece: Ints
    added: Ints
    links: NDArray[np.int64]
    joins: Joins


def joined(drawn: Drawn, tolerance_m: float) -> Joined:
    """Join what lies within a tolerance, in metres, and is not joined by a short walk already."""
    # The quick way to build a tree: streets are spread evenly enough.
    tree = cKDTree(drawn.xy, balanced_tree=False, compact_nodes=False)
    near = tree.query_pairs(tolerance_m, output_type="ndarray").astype(np.int64)
    end, piece = _middles(drawn, tolerance_m)
    walks = _Walks.of(drawn, 2 * tolerance_m, np.concatenate([near[:, 0], end]))
    degree = _degrees(drawn)
    near = near[np.isinf(walks.metres(*near.T)) | _is_stub(degree, near)]
    foot = _feet(drawn, end, piece)
    detour = np.minimum(
        walks.metres(end, drawn.a[piece]) + _apart(foot, drawn.xy[drawn.a[piece]]),
        walks.metres(end, drawn.b[piece]) + _apart(foot, drawn.xy[drawn.b[piece]]),
    )
    fresh = detour > 2 * tolerance_m
    end, piece, foot = end[fresh], piece[fresh], foot[fresh]
    spots, number = np.unique(foot, axis=0, return_inverse=True)
    added = len(drawn.xy) + number.reshape(-1)
    xy = np.concatenate([drawn.xy, spots])
    pairs = np.concatenate([near, np.column_stack([end, added])])
    place = _settled(xy, pairs, _rank(xy, degree, pairs))
    links = pairs[place[pairs[:, 0]] != place[pairs[:, 1]]]
    joins = _joins(drawn, xy, place, links)
    once = np.unique(np.column_stack([piece, added]), axis=0)
    return Joined(xy, place, once[:, 0], once[:, 1], links, joins)


def _apart(one: Metres, other: Metres) -> Metres:
    """Metres between (n, 2) places."""
    apart: Metres = np.hypot(*(one - other).T)
    return apart


def _middles(drawn: Drawn, tolerance_m: float) -> tuple[Ints, Ints]:
    """Ends within the tolerance of pieces, but of neither end of these."""
    some = [_on_others(drawn, tolerance_m), _on_own(drawn, tolerance_m)]
    end, piece = np.concatenate([one for one, _ in some]), np.concatenate([two for _, two in some])
    spot = drawn.xy[end]
    gap_m = _apart(_feet(drawn, end, piece), spot)
    from_a, from_b = _apart(drawn.xy[drawn.a[piece]], spot), _apart(drawn.xy[drawn.b[piece]], spot)
    middle = (gap_m <= tolerance_m) & (from_a > tolerance_m) & (from_b > tolerance_m)
    return end[middle], piece[middle]


def _on_others(drawn: Drawn, tolerance_m: float) -> tuple[Ints, Ints]:
    """Ends near lines that do not end there, with every piece of these lines."""
    ends, open_ = np.flatnonzero(drawn.is_end), np.flatnonzero(drawn.open)
    first, after = _pieces_of(drawn)
    west, south = (drawn.xy[ends] - tolerance_m).T
    boxes = shapely.box(west, south, west + 2 * tolerance_m, south + 2 * tolerance_m)
    row, line = shapely.STRtree(drawn.lines[open_]).query(boxes)
    end, line = ends[row], open_[line]
    other = (drawn.a[first[line]] != end) & (drawn.b[after[line] - 1] != end)
    end, line = end[other], line[other]
    near = shapely.dwithin(shapely.points(drawn.xy[end]), drawn.lines[line], tolerance_m)
    end, line = end[near], line[near]
    count = after[line] - first[line]
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(end, count), np.repeat(first[line], count) + within


def _on_own(drawn: Drawn, tolerance_m: float) -> tuple[Ints, Ints]:
    """Ends in the box of a piece of their own line farther on: a road that turns round a block."""
    first, after = _pieces_of(drawn)
    row = np.flatnonzero(drawn.open[drawn.line])
    found = []
    for end in (drawn.a[first[drawn.line[row]]], drawn.b[after[drawn.line[row]] - 1]):
        near = (drawn.a[row] != end) & (drawn.b[row] != end)
        some, end = row[near], end[near]  # noqa: PLW2901  of the same line
        corner, other, spot = drawn.xy[drawn.a[some]], drawn.xy[drawn.b[some]], drawn.xy[end]
        inside = (spot >= np.minimum(corner, other) - tolerance_m).all(axis=1)
        inside &= (spot <= np.maximum(corner, other) + tolerance_m).all(axis=1)
        found.append((end[inside], some[inside]))
    (one, piece), (last, other) = found
    return np.concatenate([one, last]), np.concatenate([piece, other])


def _pieces_of(drawn: Drawn) -> tuple[Ints, Ints]:
    """The first piece of each line, and the first after it."""
    numbers = np.arange(len(drawn.lines))
    first = np.searchsorted(drawn.line, numbers)
    return first, np.searchsorted(drawn.line, numbers, side="right")


def _feet(drawn: Drawn, end: Ints, piece: Ints) -> Metres:
    """The nearest spot of a piece to each end, to the micrometre, whichever way it was drawn."""
    low, high = np.minimum(drawn.a, drawn.b)[piece], np.maximum(drawn.a, drawn.b)[piece]
    start, step = drawn.xy[low], drawn.xy[high] - drawn.xy[low]
    square = np.maximum((step**2).sum(axis=1), np.finfo(np.float64).tiny)
    along = ((drawn.xy[end] - start) * step).sum(axis=1) / square
    feet: Metres = np.round(start + along.clip(0, 1)[:, None] * step, 6)
    return feet


@dataclass(frozen=True)
class _Walks:
    """Short walks along the streets as drawn; `metres` by a key made of the two spots."""

    count: int
    by_key: pd.Series

    @classmethod
    def of(cls, drawn: Drawn, limit_m: float, sources: Ints) -> _Walks:
        """Find all walks of no more than a limit from some spots."""
        count = len(drawn.xy)
        arcs = _short_arcs(drawn, limit_m)
        sources = np.unique(sources)
        fresh = pd.Series(0.0, index=pd.Index(sources * count + sources, dtype=np.int64))
        best = fresh
        while len(fresh):
            step = pd.DataFrame({"key": fresh.index, "walk_m": fresh.to_numpy()})
            step = step.assign(a=step["key"] % count).merge(arcs, on="a")
            step["walk_m"] += step["metres"]
            step["key"] += step["b"] - step["a"]
            found = step[step["walk_m"] <= limit_m].groupby("key")["walk_m"].min()
            fresh = found[found < best.reindex(found.index).fillna(np.inf)]
            best = pd.concat([best, fresh]).groupby(level=0).min()
        return cls(count, best)

    def metres(self, one: Ints, other: Ints) -> Metres:
        """Metres from one spot to another, inf where there is no such walk."""
        found = self.by_key.reindex(one * self.count + other)
        return found.fillna(np.inf).to_numpy(dtype=np.float64)


def _short_arcs(drawn: Drawn, limit_m: float) -> pd.DataFrame:
    """Pieces of no more than a length, from a to b and back."""
    metres = _apart(drawn.xy[drawn.a], drawn.xy[drawn.b])
    short = (metres <= limit_m) & (drawn.a != drawn.b)
    a, b, metres = drawn.a[short], drawn.b[short], metres[short]
    columns = {"a": np.concatenate([a, b]), "b": np.concatenate([b, a])}
    return pd.DataFrame({**columns, "metres": np.tile(metres, 2)})


def _degrees(drawn: Drawn) -> Ints:
    """How many pieces of street meet at each spot."""
    real = drawn.a != drawn.b
    both = np.concatenate([drawn.a[real], drawn.b[real]])
    return np.bincount(both, minlength=len(drawn.xy)).astype(np.int64)


def _is_stub(degree: Ints, near: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a pair is a dead end beside a junction: an end drawn a little too far."""
    one, other = degree[near].T
    return (np.minimum(one, other) == 1) & (np.maximum(one, other) >= _JUNCTION)


def _rank(xy: Metres, degree: Ints, pairs: NDArray[np.int64]) -> Ints:
    """Who stays where it is before whom: of lower rank.

    Spots in the middle of pieces first, so that ends come to the street; then those with most
    others near by, so that few have to move; then junctions; at last whatever coordinates decide.
    """
    neighbours = np.bincount(pairs.ravel(), minlength=len(xy))
    added = np.arange(len(xy)) >= len(degree)
    meeting = np.concatenate([degree, np.zeros(len(xy) - len(degree), dtype=np.int64)])
    bits = np.ascontiguousarray(xy).view(np.uint64) * np.array(_ODD, dtype=np.uint64)
    mixed = (bits[:, 0] ^ (bits[:, 1] >> np.uint64(29))) * np.uint64(_ODD[0])
    order = np.lexsort((mixed, -meeting, -neighbours, ~added))
    rank = np.empty(len(xy), dtype=np.int64)
    rank[order] = np.arange(len(xy))
    return rank


def _settled(xy: Metres, pairs: NDArray[np.int64], rank: Ints) -> Ints:
    """The spot where each spot comes to stand: its own, or the nearest near one that stays."""
    stays = _staying(pairs, rank)
    place = np.arange(len(xy))
    moves = np.concatenate([pairs, pairs[:, ::-1]])
    moves = moves[~stays[moves[:, 0]] & stays[moves[:, 1]]]
    gap = _apart(xy[moves[:, 0]], xy[moves[:, 1]])
    moves = moves[np.lexsort((rank[moves[:, 1]], gap, moves[:, 0]))]
    who, first = np.unique(moves[:, 0], return_index=True)
    place[who] = moves[first, 1]
    return place


def _staying(pairs: NDArray[np.int64], rank: Ints) -> NDArray[np.bool_]:
    """Spots of which no two are near each other, and one of which is near each of the others.

    Whoever ranks before all undecided spots near it stays, and these move; and so on.
    """
    stays = np.ones(len(rank), dtype=bool)
    while len(pairs):
        first = rank[pairs[:, 0]] < rank[pairs[:, 1]]
        later = np.where(first, pairs[:, 1], pairs[:, 0])
        before = np.where(first, pairs[:, 0], pairs[:, 1])
        beaten = np.zeros(len(rank), dtype=bool)
        beaten[later] = True
        moved = later[~beaten[before]]
        stays[moved] = False
        pairs = pairs[stays[pairs].all(axis=1) & beaten[before]]
    return stays


def _joins(drawn: Drawn, xy: Metres, place: Ints, links: NDArray[np.int64]) -> Joins:
    """Tell what was joined: spots that moved, and spots linked."""
    moved = np.flatnonzero(place != np.arange(len(place)))
    one = np.concatenate([moved, links[:, 0]])
    other = np.concatenate([place[moved], links[:, 1]])
    count = len(drawn.xy)
    gap_m = _apart(xy[one], xy[other])
    ends = np.concatenate([drawn.is_end, np.zeros(len(xy) - count, dtype=bool)])
    kind = np.where(ends[one] & ends[other], END, np.where(ends[one] | ends[other], VERTEX, BEND))
    kind[(one >= count) | (other >= count)] = MIDDLE
    apart = gap_m > TOUCHING_M
    return Joins(kind[apart].astype(np.int64), xy[one][apart], gap_m[apart])
