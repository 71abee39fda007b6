"""Whether places lie where the streets are, or a known shift beside them.

Chinese map services shift what they publish by some hundred metres (`spatial.datum`). Nothing in
a file says so. But stops stand beside streets, homes stand off them and parks end at them, so how
far places lie from the nearest street follows a pattern; shifted places lie as if thrown at
random. The pattern is told from chance by throwing: the places are moved by many random vectors,
and a shift counts only if the pattern it gives stands out from all of these, and the pattern as
read does not.

Three figures measure a pattern: the mean logarithm of the distances, the share that lies within
7 m (of areas: that a street crosses), and the G statistic (likelihood ratio) of the distances in
classes against those of all random vectors together. How each spreads among the random vectors
says what stands out, and they are added up: places that seek streets are near them more than by
chance, homes less. Places that follow each other closely need no care of their own, because the
random vectors keep them together.

In a small town a shift carries many places out of the streets altogether. So it counts, too, if
as read many places lie outside the streets' hull, and shifted none, and close to streets.
The limits were set on 1,000 made-up and real towns (`tests/benchmarks/placing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import Transformer

from spatial import datum
from spatial.crs import local_crs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from pyproj import CRS

    Points = NDArray[np.float64]

SHIFTS: Final[Mapping[str, Callable[[Points, Points], tuple[Points, Points]]]] = MappingProxyType(
    {
        "gcj02": datum.gcj02_to_wgs84,
        "bd09": datum.bd09_to_wgs84,
        "gcj02 undone": datum.wgs84_to_gcj02,
        "bd09 undone": datum.wgs84_to_bd09,
        "bd09 as gcj02": datum.bd09_to_gcj02,
        "gcj02 as bd09": datum.gcj02_to_bd09,
    }
)
"""What may have happened to places, and how they get to where they belong.

``gcj02``: they are still shifted. ``gcj02 undone``: they never were, and somebody took a shift
off. ``bd09 as gcj02``: the wrong one was taken off.
"""

FEWEST: Final = 3
"""Of fewer places nothing is claimed."""

_MOST_POINTS: Final = 600  # places looked at; more say nothing new
_MOST_AREAS: Final = 250
_THROWS: Final = 96
_FARTHEST_M: Final = 1600.0
_NEAREST_M: Final = 150.0
_CLASSES_M: Final = np.array([0.0, 2.0, 4.0, 7.0, 11.0, 17.0, 26.0, 40.0, 70.0, 200.0])
FARTHEST_M: Final = float(_CLASSES_M[-1])
"""Places farther from any street are 1 m farther: how far says nothing."""
_NEAR_M: Final = 7.0
_ADDED_M: Final = 2.0  # to a distance before its logarithm: a street is some metres wide
_KEPT_OFF: Final = 1.3  # two figures tell of keeping off streets, three of seeking them

# From how many places on, how surprising a pattern must be, and by how much more than as read.
_SEEKING: Final = ((50, 4.5, 2.5), (20, 4.5, 3.0), (10, 7.0, 5.0), (5, 10.0, 7.0))
_AVOIDING: Final = ((100, 4.5, 2.5), (50, 5.0, 3.0), (20, 6.0, 4.0))

# From how many places on, the share outside the streets' hull from which they have strayed.
_STRAYED: Final = ((10, 0.3), (5, 0.4), (FEWEST, 0.6))
_MOST_OUTSIDE: Final = 0.15
_HULL_M: Final = 30.0
_CLOSE_M: Final = 40.0
_AMONG: Final = 0.9  # where places belong, as many lie among the streets as where they do not
_CLOSER: Final = 3.0


@dataclass(frozen=True)
class Placing:
    """How places lie to the streets, as read and after the shift that fits best.

    Attributes
    ----------
    shift
        A key of `SHIFTS`, or None: as read they lie right, or nothing can be claimed.
    places
        How many places were looked at.
    median_m
        Median distance to the nearest street, as read and shifted, metres.
    crossed
        The share of areas that a street crosses, as read and shifted.
    surprise
        By how much the pattern stands out from random vectors, as read and shifted.
    moved_m
        How far the shift moves them, metres.
    """

    shift: str | None
    places: int
    median_m: tuple[float, float]
    crossed: tuple[float, float]
    surprise: tuple[float, float]
    moved_m: float


@cache
def _to_metres_of(crs: CRS) -> Transformer:
    """Make the projection from degrees once: it takes longer than to use it."""
    return Transformer.from_crs(4326, crs, always_xy=True)


@dataclass(frozen=True)
class StreetPattern:
    """The streets that places are held against.

    Attributes
    ----------
    lines
        (s,) object, straight or bent lines in longitude and latitude.
    """

    lines: NDArray[np.object_]

    @cached_property
    def _to_metres(self) -> Transformer:
        west, south, east, north = shapely.total_bounds(self.lines)
        return _to_metres_of(local_crs((west + east) / 2, (south + north) / 2))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        xy, line = shapely.get_coordinates(self.lines, return_index=True)
        xy = np.column_stack(self._to_metres.transform(*xy.T))
        start = np.flatnonzero(line[1:] == line[:-1])
        return shapely.STRtree(shapely.linestrings(np.stack([xy[start], xy[start + 1]], axis=1)))

    def metres(self, lonlat: Points) -> Points:
        """Project (n, 2) degrees to metres."""
        return np.column_stack(self._to_metres.transform(*lonlat.T))

    @cached_property
    def _hull(self) -> shapely.Geometry:
        hull = shapely.convex_hull(shapely.multilinestrings(self._tree.geometries))
        around = shapely.buffer(hull, _HULL_M)
        shapely.prepare(around)
        return around

    def outside(self, shapes: NDArray[np.object_]) -> float:
        """The share of shapes, in metres, that lie outside the hull of the streets."""
        return float((~shapely.intersects(self._hull, shapes)).mean())

    def near(self, shapes: NDArray[np.object_], metres: float) -> NDArray[np.bool_]:
        """Whether shapes, in metres, lie within some metres of the box around the streets."""
        west, south, east, north = shapely.total_bounds(self._tree.geometries)
        around = shapely.box(west - metres, south - metres, east + metres, north + metres)
        found: NDArray[np.bool_] = shapely.intersects(shapes, around)
        return found

    def away_m(self, shapes: NDArray[np.object_]) -> NDArray[np.float64]:
        """Metres from each shape to the nearest street, 0 if it is crossed.

        What lies more than 200 m from any, or outside all of them, is 201 m away: how far says
        nothing there.
        """
        away = np.full(len(shapes), FARTHEST_M + 1)
        (row, _), found = self._tree.query_nearest(
            shapes, max_distance=FARTHEST_M, return_distance=True, all_matches=False
        )
        away[row] = found
        away[~shapely.intersects(self._hull, shapes)] = FARTHEST_M + 1
        return away


def _sample(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Some of the places, at even intervals: points, or areas without their small corners."""
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    areas = shapely.get_dimensions(shapes) > 0
    most = _MOST_AREAS if areas.any() else _MOST_POINTS
    return shapes[
        np.unique(np.linspace(0, max(len(shapes) - 1, 0), most).astype(int))[: len(shapes)]
    ]


def _moved(shapes: NDArray[np.object_], move: Callable[[Points], Points]) -> NDArray[np.object_]:
    """Shapes with their coordinates moved."""
    found: NDArray[np.object_] = shapely.set_coordinates(
        shapes.copy(), move(shapely.get_coordinates(shapes))
    )
    return found


def placing(
    shapes: NDArray[np.object_],
    streets: StreetPattern,
    shifts: tuple[str, ...] = tuple(SHIFTS),
    *,
    seeking: bool = True,
) -> Placing | None:
    """Tell whether places lie a known shift away from where the streets say they belong.

    Parameters
    ----------
    shapes
        (n,) object, longitude and latitude.
    streets
        What they are held against.
    shifts
        The keys of `SHIFTS` to try.
    seeking
        Whether such places lie at streets, as stops do; homes may keep off them, too.

    Returns
    -------
    Placing or None
        None if there are too few places near the streets, or they lie outside China, where no
        shift is defined.
    """
    shapes = _sample(shapes)
    if len(shapes) < FEWEST or not datum.is_shifted(*shapely.get_coordinates(shapes).T).all():
        return None
    as_read = _moved(shapes, streets.metres)
    near = streets.near(as_read, _FARTHEST_M)
    shapes, as_read = shapes[near], as_read[near]
    found = len(shapes)
    if found < FEWEST:
        return None
    moved = [_moved(shapes, partial(_unshifted, streets, key)) for key in shifts]
    away = np.stack([streets.away_m(places) for places in (as_read, *moved)])
    thrown = np.stack(
        [streets.away_m(_moved(as_read, vector.__add__)) for vector in _vectors(found)]
    )
    surprise = _surprises(away, thrown, seeking=seeking)
    among = (away <= FARTHEST_M).sum(axis=1)
    surprise[among < _AMONG * among[0]] = 0.0  # few are left, and few make any pattern by chance
    best = int(np.argmax(surprise[1:])) + 1
    claimed = _is_claimed(surprise[0], surprise[best], found, seeking=seeking)
    if not claimed and _strayed(away, [streets.outside(one) for one in (as_read, *moved)]):
        claimed, best = True, int(np.argmin(np.median(away[1:], axis=1))) + 1
    return Placing(
        shift=shifts[best - 1] if claimed else None,
        places=found,
        median_m=(float(np.median(away[0])), float(np.median(away[best]))),
        crossed=(float((away[0] == 0).mean()), float((away[best] == 0).mean())),
        surprise=(float(surprise[0]), float(surprise[best])),
        moved_m=float(np.median(shapely.hausdorff_distance(moved[best - 1], as_read))),
    )


def _unshifted(streets: StreetPattern, shift: str, lonlat: Points) -> Points:
    return streets.metres(np.column_stack(SHIFTS[shift](*lonlat.T)))


def _is_claimed(as_read: float, shifted: float, places: int, *, seeking: bool) -> bool:
    """Whether a pattern is so much more surprising than the one as read that it is no chance."""
    for least, surprising, ahead in _SEEKING if seeking else _AVOIDING:
        if places >= least:
            return shifted > surprising and shifted - as_read > ahead
    return False


def _strayed(away: NDArray[np.float64], outside: list[float]) -> bool:
    """Whether many places lie outside the streets as read, and shifted none, and close to them.

    Parameters
    ----------
    away, outside
        (1 + k, n) metres to the nearest street and shares outside: as read, then shifted.
    """
    middle = np.median(away, axis=1)
    best = int(np.argmin(middle[1:])) + 1
    least = next(share for places, share in _STRAYED if away.shape[1] >= places)
    closer = middle[best] <= min(_CLOSE_M, middle[0] / _CLOSER)
    fewer = outside[0] - outside[best] >= least and outside[best] <= _MOST_OUTSIDE
    return bool(fewer and closer)


def _vectors(seed: int) -> Points:
    """Random vectors, the same for as many places."""
    chance = np.random.default_rng(seed)
    angle = chance.uniform(0, 2 * np.pi, _THROWS)
    length = chance.uniform(_NEAREST_M, _FARTHEST_M, _THROWS)
    return np.column_stack([length * np.cos(angle), length * np.sin(angle)])


def _surprises(
    tried: NDArray[np.float64], thrown: NDArray[np.float64], *, seeking: bool
) -> NDArray[np.float64]:
    """By how much each pattern stands out from those of random vectors.

    Parameters
    ----------
    tried, thrown
        (k, n) and (t, n) metres to the nearest street.
    seeking
        See `placing`.
    """
    expected = _counted(thrown).sum(axis=0) + 0.5
    expected = expected / expected.sum()
    log, near, g = (
        _standing_out(one, other)
        for one, other in zip(_figures(tried, expected), _figures(thrown, expected), strict=True)
    )
    close = near + g - log
    return close if seeking else np.maximum(close, _KEPT_OFF * (g - near))


def _figures(away: NDArray[np.float64], expected: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The three figures of each pattern; NaN where most places lie beyond all streets."""
    within = away <= FARTHEST_M
    count = within.sum(axis=1)
    few = count < np.maximum(FEWEST, away.shape[1] / 4)
    whole = np.where(few, np.nan, count)
    log = np.where(within, np.log(away + _ADDED_M), 0).sum(axis=1) / whole
    close = 0.0 if (away == 0).any() else _NEAR_M  # only areas are crossed
    near = (away <= close).sum(axis=1) / whole
    return [log, near, _root_g(_counted(away), expected) + 0 * whole]


def _standing_out(tried: NDArray[np.float64], thrown: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many standard deviations of the thrown figures the tried ones lie off their mean."""
    if np.isfinite(thrown).sum() < _THROWS / 4:
        return np.zeros(len(tried))
    spread = max(float(np.nanstd(thrown)), 1e-9)
    return np.nan_to_num((tried - np.nanmean(thrown)) / spread)


def _counted(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many places of each pattern lie in each class of distance, those beyond all left out."""
    edges = np.searchsorted(_CLASSES_M, away)
    return np.stack([(edges == one).sum(axis=1) for one in range(len(_CLASSES_M))], axis=1).astype(
        np.float64
    )


def _root_g(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """The root of the G statistic per place, of rows of counts against expected shares.

    The root makes its long tail short, so that deviations mean the same for few and many.
    """
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ratio = np.where(counts > 0, counts, 1) / (total * expected)
    g = 2 * (counts * np.log(np.where(counts > 0, ratio, 1))).sum(axis=1)
    found: NDArray[np.float64] = np.sqrt(np.maximum(g, 0) / total[:, 0])
    return found
