"""Curves made straight, and surfaces of faces made areas: shapes that shapely does not know.

An arc through three points becomes a chain of chords that leave it by at most 2 mm, so that a
street or a park keeps its length and its edge.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from layers.files.source import Source

    XY = NDArray[np.float64]

_OFF_ARC_M: Final = 0.002
_METRES_PER_DEGREE: Final = 111_320.0
_MOST_CHORDS: Final = 20_000  # of one arc: a full circle of 100 km radius needs 10,000
_TOKEN: Final = re.compile(r"[A-Z]+|[(),]|[^\s(),A-Z]+")
_NUMBERS: Final = frozenset({"NAN", "INF"})
_AXES: Final = frozenset({"Z", "M", "ZM"})

CURVES: Final = "curve made straight"
FACES: Final = "surface of faces made the area it covers"


def straightened(
    source: Source,
    words: NDArray[np.object_],
    *,
    curved: NDArray[np.bool_],
    faced: NDArray[np.bool_],
) -> None:
    """Replace the curves and surfaces of a table, and count them.

    Parameters
    ----------
    source
        The table; its shapes are replaced.
    words
        The well-known text of each row.
    curved, faced
        Which rows are curves, and which are surfaces of faces.
    """
    crs = source.crs
    off = _OFF_ARC_M / (_METRES_PER_DEGREE if crs is None or crs.is_geographic else 1)
    if crs is not None and crs.is_projected:
        off /= crs.axis_info[0].unit_conversion_factor or 1
    shapes = np.array(source.shapes, dtype=object)
    for row in np.flatnonzero(curved):
        shape = _read(words[row], off)
        if shape is not None:
            shapes[row] = shape
    for row in np.flatnonzero(faced):
        shapes[row] = covered(words[row])
    source.shapes = shapes
    for reason, mask in ((CURVES, curved), (FACES, faced)):
        if mask.any():
            source.repaired[reason] = mask & ~shapely.is_missing(shapes)


def covered(words: str) -> shapely.Geometry | None:
    """Give the area that the faces of a surface cover, seen from above.

    Examples
    --------
    >>> covered("TIN Z (((0 0 1,1 0 1,1 1 1,0 0 1)),((0 0 1,1 1 1,0 1 1,0 0 1)))").area
    1.0
    """
    text = re.sub("^(TIN|POLYHEDRALSURFACE)", "MULTIPOLYGON", words)
    text = re.sub("^TRIANGLE", "POLYGON", text)
    try:
        faces = shapely.force_2d(shapely.get_parts(shapely.from_wkt(text)))
    except shapely.errors.ShapelyError:
        return None
    faces = faces[shapely.area(faces) > 0]  # upright ones cover nothing
    return shapely.union_all(shapely.make_valid(faces)) if len(faces) else shapely.Polygon()


def _read(words: str, off: float) -> shapely.Geometry | None:
    """Read a curve from its well-known text; None if it makes no shape."""
    tokens = _TOKEN.findall(words)
    try:
        return _shape(iter(tokens), off)
    except (ValueError, StopIteration, IndexError, shapely.errors.ShapelyError):
        return None


def _shape(tokens: Iterator[str], off: float) -> shapely.Geometry:
    """Make a shape without curves of the well-known text of one with curves."""
    kind, parts = _parsed(tokens)
    if kind in ("CURVEPOLYGON", "POLYGON"):
        return _polygon(parts, off)
    if kind == "MULTISURFACE":
        return shapely.multipolygons([_polygon(part[1], off) for part in parts])
    if kind == "MULTICURVE":
        return shapely.multilinestrings([shapely.linestrings(_line(part, off)) for part in parts])
    return shapely.linestrings(_line((kind, parts), off))


def _polygon(rings: list[Any], off: float) -> shapely.Polygon:
    shell, *holes = [_line(ring, off) for ring in rings] or [np.empty((0, 2))]
    return shapely.Polygon(shell, holes)


def _parsed(tokens: Iterator[str]) -> tuple[str, list[Any]]:
    """Parse a kind and what stands in its brackets: positions, or parts with a kind each."""
    kind = next(tokens)
    word = next(tokens)
    while word in _AXES:
        word = next(tokens)
    return kind, [] if word == "EMPTY" else _bracket(tokens)


def _bracket(tokens: Iterator[str]) -> list[Any]:
    """Parse up to the closing bracket."""
    found: list[Any] = []
    numbers: list[float] = []
    for word in tokens:
        if word == "(":
            found.append(("", _bracket(tokens)))
        elif word in ",)":
            if numbers:
                found.append(numbers[:2])
                numbers = []
            if word == ")":
                return found
        elif word.isalpha() and word not in _NUMBERS:
            found.append(_parsed(chain([word], tokens)))
        else:
            numbers.append(float(word))
    wrong = "a bracket is not closed"
    raise ValueError(wrong)


def _line(part: tuple[str, list[Any]], off: float) -> XY:
    """Give the vertices of a line, an arc, or a chain of both."""
    kind, inside = part
    if kind == "COMPOUNDCURVE":
        pieces = [_line(piece, off) for piece in inside]
        return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])
    xy = np.array(inside, dtype=np.float64).reshape(-1, 2)
    if kind != "CIRCULARSTRING":
        return xy
    arcs = [arc(xy[at], xy[at + 1], xy[at + 2], off)[1:] for at in range(0, len(xy) - 2, 2)]
    return np.vstack([xy[:1], *arcs])


def arc(start: XY, middle: XY, end: XY, off: float) -> XY:
    """Give chords along the arc through three points; a full circle where start and end are one.

    Parameters
    ----------
    start, middle, end
        x and y of each.
    off
        How far a chord may leave the arc, in the unit of x and y.

    Returns
    -------
    array
        Vertices, n x 2; the first and last are those given, the given middle is among them.

    Examples
    --------
    >>> spots = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]])
    >>> len(arc(*spots, off=0.01))
    13
    """
    closed = bool((start == end).all())
    centre = (start + middle) / 2 if closed else _centre(start, middle, end)
    if centre is None:
        return np.array([start, middle, end])
    radius = float(np.hypot(*(start - centre)))
    angle = [float(np.arctan2(*(spot - centre)[::-1])) for spot in (start, middle, end)]
    turn = 2 * np.pi
    first, whole = (angle[1] - angle[0]) % turn, (angle[2] - angle[0]) % turn
    if closed:
        first, whole = np.pi, turn
    elif first > whole:  # clockwise
        first, whole = first - turn, whole - turn
    step = 2 * np.arccos(max(1 - off / radius, -1.0)) if radius > off else np.pi
    halves = []
    for begin, sweep in ((0.0, first), (first, whole - first)):
        chords = min(max(int(np.ceil(abs(sweep) / step)), 1), _MOST_CHORDS)
        halves.append(angle[0] + begin + sweep * np.arange(chords) / chords)
    on = np.concatenate(halves)
    spots = centre + radius * np.column_stack([np.cos(on), np.sin(on)])
    spots[0], spots[len(halves[0])] = start, middle
    return np.vstack([spots, end])


def _centre(a: XY, b: XY, c: XY) -> XY | None:
    """Give the centre of the circle through three points; None if they lie on a line."""
    to_b, to_c = b - a, c - a
    twice = 2 * (to_b[0] * to_c[1] - to_b[1] * to_c[0])
    if abs(twice) <= 1e-12 * float(to_b @ to_b + to_c @ to_c):  # flat
        return None
    square_b, square_c = float(to_b @ to_b), float(to_c @ to_c)
    across = to_c[1] * square_b - to_b[1] * square_c
    up = to_b[0] * square_c - to_c[0] * square_b
    return a + np.array([across, up]) / twice
