"""One stop is one point, however often it is mapped; a metro station is entered by its entrances.

A bus stop may be in OpenStreetMap as a sign beside the road (``highway=bus_stop``), as a platform
(a point, a line or an area) and as the spot on the road where the bus halts
(``public_transport=stop_position``). Where people wait is what counts. The two sides of a street
are two stops, so things of one sort are never merged with each other, and a sign takes at most one
platform, the nearest on its own side of the road.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from layers.categories import fold, values_of
from layers.openstreetmap.walkable import is_road

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from layers.openstreetmap.features import TaggedPlaces, TaggedWays

    Rows: TypeAlias = npt.NDArray[np.intp]
    Flags: TypeAlias = npt.NDArray[np.bool_]
    Shapes: TypeAlias = npt.NDArray[np.object_]
    Pairs: TypeAlias = tuple[Rows, Rows, npt.NDArray[np.float64]]

ONE_STOP_M = 35.0
"""Things of one name that far apart may be one stop; platforms are up to twice as long."""

ONE_STATION_M = 300.0
"""A metro station is entered by the entrances that near to it, if it has any."""

SAME_STOP = "one stop mapped twice (platform)"
HALT = "one stop mapped twice (where the bus halts)"
BY_ENTRANCES = "metro station, entered by its entrances"


@dataclass(frozen=True)
class Merged:
    """What is left of places that were mapped more than once.

    Attributes
    ----------
    kept
        Rows that are left, ascending.
    points
        The point of each.
    names
        The name of each, which may come from what was merged into it.
    dropped
        How many rows went, by reason.
    """

    kept: Rows
    points: Shapes
    names: list[str | None]
    dropped: Counter[str]


def merged_stops(places: TaggedPlaces, names: Sequence[str | None], ways: TaggedWays) -> Merged:
    """Merge what is mapped of one bus or tram stop into one point: where people wait.

    Parameters
    ----------
    places
        Nothing but stops, in the order of their ids, so that no other order can matter.
    names
        The name of each.
    ways
        Ways with ``highway``: their roads tell the sides apart, and their nodes which signs stand
        in the middle of the road.
    """
    at = _Metric.of(places.geometry)
    labels = name_labels(names)
    name_of = list(names)
    roads = np.array([is_road(tags) for tags in ways.tags], bool)
    halt = _halts(places, ways, roads)
    outline = shapely.get_dimensions(places.geometry) > 0
    sign = np.array(["bus_stop" in values_of(tags, "highway") for tags in places.tags], bool)
    post = np.array(
        [{"public_transport", "railway"} & tags.keys() != set() for tags in places.tags], bool
    )
    between = shapely.STRtree(at.project(ways.lines[roads]))
    alive = np.ones(len(name_of), bool)
    dropped: Counter[str] = Counter()
    waiting = ~halt & ~outline
    for one, other in (
        (waiting & sign & ~post, waiting & ~sign),
        (waiting, ~halt & outline),
    ):
        pairs = at.near(one & alive, other & alive, labels)
        keep, lose = _pair_up(*_on_one_side(pairs, at.geometry, between))
        alive[lose] = False
        dropped[SAME_STOP] += len(lose)
        _pass_on(name_of, keep, lose)
    lose, keep, _ = _nearest(*at.near(halt, ~halt & alive, labels))
    alive[lose] = False
    dropped[HALT] += len(lose)
    _pass_on(name_of, keep, lose)
    kept = np.flatnonzero(alive)
    return Merged(kept, _spots(places.geometry[kept]), [name_of[row] for row in kept], +dropped)


def merged_stations(places: TaggedPlaces, names: Sequence[str | None]) -> Merged:
    """Drop each metro station that has entrances nearby, and name these after it.

    An entrance called ``A`` becomes ``深大 A``.
    """
    spots = _spots(places.geometry)
    entrance = np.array([tags.get("railway") == "subway_entrance" for tags in places.tags], bool)
    name_of = list(names)
    alive = np.ones(len(name_of), bool)
    if entrance.any() and not entrance.all():
        at = _Metric.of(spots)
        doors, stations = np.flatnonzero(entrance), np.flatnonzero(~entrance)
        tree = cKDTree(shapely.get_coordinates(at.geometry[stations]))
        away, nearest = tree.query(shapely.get_coordinates(at.geometry[doors]))
        near = away / at.scale[doors] <= ONE_STATION_M
        doors, stations = doors[near], stations[nearest[near]]
        alive[stations] = False
        for door, station in zip(doors, stations, strict=True):
            name_of[door] = _door_name(name_of[station], name_of[door])
    kept = np.flatnonzero(alive)
    dropped = +Counter({BY_ENTRANCES: int((~alive).sum())})
    return Merged(kept, spots[kept], [name_of[row] for row in kept], dropped)


def name_labels(names: Sequence[str | None]) -> Rows:
    """Number names, equal ones equally, whatever their capitals and accents; 0 for none.

    Examples
    --------
    >>> name_labels(["Lycée", None, "lycee", "Gare"]).tolist()
    [1, 0, 1, 2]
    """
    known: dict[str, int] = {}
    folded = [fold(name) if name else "" for name in names]
    return np.array([known.setdefault(n, len(known) + 1) if n else 0 for n in folded], np.intp)


@dataclass(frozen=True)
class _Metric:
    """Places on a conformal map, where any small neighbourhood has one scale.

    Attributes
    ----------
    geometry
        In World Mercator on the ellipsoid (EPSG:3395).
    scale
        Map metres of a true metre at each place.
    """

    geometry: Shapes
    scale: npt.NDArray[np.float64]

    @classmethod
    def of(cls, lonlat: Shapes) -> _Metric:
        """Project places given in longitude and latitude."""
        flattening = 1 / 298.257223563
        eccentricity2 = flattening * (2 - flattening)
        lat = np.radians(shapely.get_y(shapely.centroid(lonlat)))
        scale = np.sqrt(1 - eccentricity2 * np.sin(lat) ** 2) / np.cos(lat)
        return cls(cls.project(lonlat), scale)

    @staticmethod
    def project(lonlat: Shapes) -> Shapes:
        """Project geometries given in longitude and latitude."""
        return np.asarray(gpd.GeoSeries(lonlat, crs=4326).to_crs(3395).array, dtype=object)

    def near(self, one: Flags, other: Flags, labels: Rows) -> Pairs:
        """Give rows of `one` and of `other` that may be one stop, and the metres between them."""
        mine, yours = np.flatnonzero(one), np.flatnonzero(other)
        tree = shapely.STRtree(self.geometry[yours])
        reach = ONE_STOP_M * self.scale[mine]
        i, j = tree.query(self.geometry[mine], predicate="dwithin", distance=reach)
        i, j = mine[i], yours[j]
        agree = (labels[i] == labels[j]) | (labels[i] == 0) | (labels[j] == 0)
        i, j = i[agree], j[agree]
        return i, j, shapely.distance(self.geometry[i], self.geometry[j]) / self.scale[i]


def _halts(places: TaggedPlaces, ways: TaggedWays, roads: Flags) -> Flags:
    """Tell which stops are no place to wait: where a bus or tram halts, or a sign in the road."""
    said = [
        "stop_position" in values_of(tags, "public_transport")
        or ("tram_stop" in values_of(tags, "railway") and "public_transport" not in tags)
        for tags in places.tags
    ]
    road_nodes = [refs for refs, road in zip(ways.refs, roads, strict=True) if road]
    nodes = [int(place[1:]) if place[0] == "n" else -1 for place in places.ids]
    on_road = np.isin(nodes, np.concatenate(road_nodes)) if road_nodes else np.zeros(len(nodes))
    return np.array(said, bool) | on_road.astype(bool)


def _on_one_side(pairs: Pairs, geometry: Shapes, roads: shapely.STRtree) -> Pairs:
    """Drop pairs with a road between them."""
    i, j, away = pairs
    crossed = np.zeros(len(i), bool)
    across = shapely.shortest_line(geometry[i], geometry[j])
    crossed[roads.query(across, predicate="intersects")[0]] = True
    return i[~crossed], j[~crossed], away[~crossed]


def _pair_up(i: Rows, j: Rows, away: npt.NDArray[np.float64]) -> tuple[Rows, Rows]:
    """Choose pairs so that each row is in one at most, the nearest first."""
    order = np.lexsort((j, i, away))
    i, j = i[order], j[order]
    ones, others = [i[:0]], [j[:0]]
    while len(i):
        first = np.zeros((2, len(i)), bool)
        first[0, np.unique(i, return_index=True)[1]] = True
        first[1, np.unique(j, return_index=True)[1]] = True
        both = first.all(axis=0)
        ones.append(i[both])
        others.append(j[both])
        free = ~np.isin(i, i[both]) & ~np.isin(j, j[both])
        i, j = i[free], j[free]
    return np.concatenate(ones), np.concatenate(others)


def _nearest(i: Rows, j: Rows, away: npt.NDArray[np.float64]) -> Pairs:
    """Give each row of `i` once, with its nearest in `j`."""
    order = np.lexsort((j, away))
    i, j, away = i[order], j[order], away[order]
    rows, first = np.unique(i, return_index=True)
    return rows, j[first], away[first]


def _pass_on(names: list[str | None], keep: Rows, lose: Rows) -> None:
    """Give what is kept the name of what goes, where it has none of its own."""
    for to, of in zip(keep.tolist(), lose.tolist(), strict=True):
        names[to] = names[to] or names[of]


def _door_name(station: str | None, door: str | None) -> str | None:
    """Name an entrance after its station, unless it is already."""
    if not station or (door and fold(station) in fold(door)):
        return door
    return f"{station} {door}" if door else station


def _spots(geometry: Shapes) -> Shapes:
    """Give the point of each place: the middle of a line, a point on an area."""
    line = shapely.get_dimensions(geometry) == 1
    spots = shapely.point_on_surface(geometry)
    spots[line] = shapely.line_interpolate_point(geometry[line], 0.5, normalized=True)
    return np.asarray(spots, dtype=object)
