"""Nested lists of coordinates, as JSON has them, made shapes: all of a kind at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from layers.records import Shapes

DEPTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "Point": 0,
        "MultiPoint": 1,
        "LineString": 1,
        "MultiLineString": 2,
        "Polygon": 2,
        "MultiPolygon": 3,
    }
)
"""How deep the positions lie in the coordinates of each kind of shape."""

_NUMBERS: Final = frozenset({int, float})
_DEEPEST: Final = 32  # collections within collections
_TO_CLOSE: Final = 4  # positions of the smallest ring


@dataclass
class Built:
    """Shapes, None where the coordinates make none, and which of them were changed."""

    shapes: Shapes
    closed: NDArray[np.bool_]
    worded: NDArray[np.bool_]

    @classmethod
    def nothing(cls, count: int) -> Built:
        """Begin with no shape."""
        no = np.zeros(count, dtype=bool)
        return cls(np.full(count, None, dtype=object), no, no.copy())


def shapes_of(geometries: Sequence[Any], *, depth: int = 0) -> Built:
    """Make shapes of GeoJSON geometries.

    Parameters
    ----------
    geometries
        Each a dict with ``type`` and ``coordinates`` or ``geometries``; anything else makes no
        shape. Heights are left out.
    depth
        In how many collections they lie.

    Returns
    -------
    Built
        `closed`: an open ring was closed; `worded`: coordinates were written as text.

    Examples
    --------
    >>> line = {"type": "LineString", "coordinates": [[0, 0, 7], ["3", 4]]}
    >>> built = shapes_of([line, {"type": "Point"}, None])
    >>> built.shapes.tolist(), built.worded.tolist()
    ([<LINESTRING (0 0, 3 4)>, None, None], [True, False, False])
    """
    built = Built.nothing(len(geometries))
    kinds = [one.get("type") if isinstance(one, dict) else None for one in geometries]
    for kind in {kind for kind in kinds if isinstance(kind, str)}:
        here = [at for at, one in enumerate(kinds) if one == kind]
        if kind in DEPTHS:
            nested = [geometries[at].get("coordinates") for at in here]
            part = _alike(kind, nested)
        elif kind == "GeometryCollection" and depth < _DEEPEST:
            part = _collections([geometries[at].get("geometries") for at in here], depth + 1)
        else:
            continue
        built.shapes[here] = part.shapes
        built.closed[here] = part.closed
        built.worded[here] = part.worded
    return built


def _collections(parts: list[Any], depth: int) -> Built:
    """Make collections of the shapes within them that can be made."""
    built = Built.nothing(len(parts))
    for at, part in enumerate(parts):
        if not isinstance(part, list):
            continue
        inner = shapes_of(part, depth=depth)
        made = inner.shapes[~shapely.is_missing(inner.shapes)]
        built.shapes[at] = shapely.geometrycollections(made) if len(made) else None
        built.closed[at], built.worded[at] = inner.closed.any(), inner.worded.any()
    return built


def _alike(kind: str, nested: list[Any]) -> Built:
    """Make shapes of one kind."""
    built = Built.nothing(len(nested))
    try:
        good, sound = np.arange(len(nested)), _Flat.of(nested, DEPTHS[kind])
    except (TypeError, ValueError, OverflowError):  # find those at fault
        nested = [_numbered(one) for one in nested]
        built.worded = np.array([one is not None and one[1] for one in nested], dtype=bool)
        whole = [one is not None and _is_sound(one[0], DEPTHS[kind]) for one in nested]
        good = np.flatnonzero(whole)
        sound = _Flat.of([nested[at][0] for at in good], DEPTHS[kind])
    built.shapes[good], built.closed[good] = _made(kind, sound, len(good))
    built.worded &= ~shapely.is_missing(built.shapes)
    return built


@dataclass
class _Flat:
    """Positions in one array, and how many lie in each list around them, outermost first."""

    xy: NDArray[np.float64]
    counts: list[NDArray[np.int64]]

    @classmethod
    def of(cls, nested: list[Any], depth: int) -> _Flat:
        """Flatten lists; TypeError, ValueError or OverflowError if they are no positions."""
        counts = []
        for _ in range(depth):
            _require_lists(nested)
            counts.append(np.fromiter(map(len, nested), np.int64, len(nested)))
            nested = list(chain.from_iterable(nested))
        _require_lists(nested)
        width = set(map(len, nested))
        if width and min(width) < 2:  # noqa: PLR2004  x and y
            raise ValueError
        if width != {2}:
            nested = [position[:2] for position in nested]
        if not set(map(type, chain.from_iterable(nested))) <= _NUMBERS:
            raise TypeError
        flat = np.fromiter(chain.from_iterable(nested), np.float64, 2 * len(nested))
        return cls(flat.reshape(-1, 2), counts)


def _require_lists(nested: list[Any]) -> None:
    if not set(map(type, nested)) <= {list}:
        raise TypeError


def _is_sound(nested: object, depth: int) -> bool:
    try:
        _Flat.of([nested], depth)
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def _numbered(nested: object) -> tuple[Any, bool] | None:
    """Make numbers of coordinates that are written as text, and say if any was; None if not."""
    if isinstance(nested, str):
        try:
            return float(nested), True
        except ValueError:
            return None
    if not isinstance(nested, list):
        return nested, False
    inner = [_numbered(one) for one in nested]
    if any(one is None for one in inner):
        return None
    known = [one for one in inner if one is not None]
    return [one for one, _ in known], any(worded for _, worded in known)


def _made(kind: str, flat: _Flat, count: int) -> tuple[Shapes, NDArray[np.bool_]]:
    """Make shapes of flat positions, and say which held an open ring."""
    shapes = np.full(count, None, dtype=object)
    no = np.zeros(count, dtype=bool)
    if not len(flat.xy):
        return shapes, no
    if kind == "Point":
        return shapely.points(flat.xy), no
    owners = [np.repeat(np.arange(len(each)), each) for each in flat.counts]
    if kind == "MultiPoint":
        return shapely.multipoints(shapely.points(flat.xy), indices=owners[0], out=shapes), no
    if kind.endswith("Polygon"):
        return _areas(flat.xy, owners, shapes)
    size = np.bincount(owners[-1])
    xy, owner = _padded(flat.xy, owners[-1], np.maximum(2 - size, 0))
    parts, part = np.unique(owner, return_inverse=True)
    lines = shapely.linestrings(xy, indices=part)
    if kind == "MultiLineString":
        return shapely.multilinestrings(lines, indices=owners[0][parts], out=shapes), no
    shapes[parts] = lines
    return shapes, no


def _areas(
    flat: NDArray[np.float64], owners: list[NDArray[np.int64]], shapes: Shapes
) -> tuple[Shapes, NDArray[np.bool_]]:
    """Make polygons, of one part where owners tell of rings only, else of several."""
    parts, ends = np.unique(owners[-1]), _ends(owners[-1])
    starts = np.r_[0, ends[:-1] + 1]
    # A ring with NaN in it is left out later, and not for being open.
    is_open = (np.abs(flat[starts] - flat[ends]) > 0).any(axis=1)
    short = np.zeros(parts[-1] + 1, dtype=np.int64)
    short[parts] = np.maximum(_TO_CLOSE - (ends - starts + 1) - is_open, 0)
    xy, owner = _padded(flat, owners[-1], short)
    rings = shapely.linearrings(xy, indices=np.unique(owner, return_inverse=True)[1])
    polygon = owners[-2][parts]
    several = len(owners) > 2  # noqa: PLR2004  rings of polygons of shapes
    closed = np.zeros(len(shapes), dtype=bool)
    closed[(owners[0][polygon] if several else polygon)[is_open]] = True
    if not several:
        return shapely.polygons(rings, indices=polygon, out=shapes), closed
    shells, within = np.unique(polygon, return_inverse=True)
    areas = shapely.polygons(rings, indices=within)
    return shapely.multipolygons(areas, indices=owners[0][shells], out=shapes), closed


def _ends(owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give where the last position of each part stands."""
    return np.r_[np.flatnonzero(np.diff(owner)), len(owner) - 1]


def _padded(
    xy: NDArray[np.float64], owner: NDArray[np.int64], short: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Repeat the last position of parts that are some short; they have no length or area."""
    if not short.any():
        return xy, owner
    last = _ends(owner)
    times = np.ones(len(owner), dtype=np.int64)
    times[last] += short[owner[last]]
    return np.repeat(xy, times, axis=0), np.repeat(owner, times)
