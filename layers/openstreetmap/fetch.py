"""Layers from OpenStreetMap as it is today, through OSMnx, which only this module knows.

OSMnx asks the servers: Overpass for the objects of an area, Nominatim for the outline of a place.
What is a street, a park or a home the same rules decide as for an extract
(`layers.openstreetmap.tagged`).
"""

from __future__ import annotations

import socket
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import numpy as np
import osmnx
import pandas as pd
import shapely
from osmnx._errors import InsufficientResponseError

from layers.barriers import RAILS, WALLS, WATERS, barrier_kind
from layers.categories import CATEGORIES
from layers.openstreetmap.extract import BROKEN_OUTLINE, CREDIT
from layers.openstreetmap.features import TaggedPlaces, TaggedWays
from layers.openstreetmap.outlines import AREA, areas_m2
from layers.openstreetmap.tagged import layers_wanting, readings
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from layers.schema import Reading

LARGEST_AREA_KM2: Final = 2500.0

# The tags that `walkable` and `tagged`, beside this module, read of a way; OSMnx keeps no others.
_STREET_KEYS: Final = (
    "abandoned",
    "access",
    "bridge",
    "demolished",
    "disused",
    "foot",
    "highway",
    "location",
    "motorroad",
    "name",
    "name:en",
    "name:zh",
    "planned",
    "proposed",
    "ramp:wheelchair",
    "razed",
    "removed",
    "route",
    "sidewalk",
    "sidewalk:both",
    "sidewalk:left",
    "sidewalk:right",
    "tunnel",
    "wheelchair",
)

_PLACE_TYPES: Final = (
    shapely.GeometryType.POINT,
    shapely.GeometryType.POLYGON,
    shapely.GeometryType.MULTIPOLYGON,
)

# What is no facility: homes and their compounds, water, squares, barriers.
_OTHER_PLACES: Final = {
    "barrier": sorted(WALLS),
    "building": ("*",),
    "highway": ("pedestrian",),  # for squares that are relations; the ways come with the streets
    "landuse": ("basin", "reservoir", "residential"),
    "natural": ("water",),
    "railway": sorted(RAILS),
    "waterway": ("riverbank", "dock", *sorted(WATERS)),
}
# Keys most of whose objects no rule wants are asked for by value, and what has several values
# (``a;b``) is missed; of other keys all is asked for.
_BY_VALUE: Final = frozenset(("barrier", "highway", "landuse", "natural", "railway", "waterway"))

_AREA_RELATIONS: Final = ("multipolygon", "boundary")

# Seconds a server may take for a query; and to be connected to, and to begin to answer.
_QUERY_S: Final = 180
_TIMEOUTS_S: Final = (20, 200)
# OSMnx waits 55 seconds after each of these answers and asks again, without end if let.
_BUSY: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.GATEWAY_TIMEOUT)
_BUSY_ANSWERS: Final = 3
_LONGEST_S: Final = 600.0  # a server may send a byte a minute, so that no read ever times out
_MOST_BYTES: Final = 1_500_000_000
_PIECE: Final = 1_000_000
_OTHER_DATA: Final = (
    "try again later, name another server (--overpass-url), or take an extract (osm = ...)"
)
_OTHER_PLACE: Final = (
    "try again later, name another server (--nominatim-url), or give a boundary file"
)


@dataclass(frozen=True)
class Fetched:
    """What a server gave for an area.

    Attributes
    ----------
    readings
        The layers that `layers.openstreetmap.tagged.readings` gives, each in EPSG:4326. Streets
        come, and are counted, as stretches between two nodes.
    date
        Of what time the data are, as the server says (ISO 8601); the older if its answers differ,
        None if it does not say.
    retrieved
        When they were asked for (ISO 8601, UTC).
    area
        Where: a polygon in longitude and latitude. Streets end at the first node outside it;
        whatever else touches it is whole.
    server
        The address asked.
    queries
        What was asked for, in Overpass QL.
    credit
        Whom every map, table and file made from the data must name.
    """

    readings: Mapping[str, Reading]
    date: str | None
    retrieved: str
    area: shapely.Polygon
    server: str
    queries: tuple[str, ...] = ()
    credit: str = CREDIT


def fetch_area(
    area: shapely.Polygon | shapely.MultiPolygon, *, overpass_url: str | None = None
) -> Fetched:
    """Ask an Overpass server for the streets and places of an area.

    Not for several threads at a time: OSMnx's settings belong to the whole process. They are put
    back before this returns, and nothing is left on the disk.

    Parameters
    ----------
    area
        Longitude and latitude. Holes are filled; several parts become their convex hull.
    overpass_url
        A server other than OSMnx's own, up to and without ``/interpreter``.

    Raises
    ------
    InputError
        If the area is invalid, too large, or has no street; if the server cannot be reached, is
        too busy, or gives anything but all that was asked for. A time-out on the server is such a
        case: it sends a part of the data, and OSMnx would take them for all there is.
    """
    outline = _outline(area)
    retrieved = datetime.now(UTC).isoformat(timespec="seconds")
    with _asking("overpass_url", overpass_url, _OTHER_DATA) as answers:
        server = osmnx.settings.overpass_url
        ways = _ways(outline)
        places, barriers = _places(outline)
    layers = readings(
        _with_squares(ways, answers),
        places,
        barriers=barriers,
        incomplete=_lost(places, answers),
    )
    return Fetched(
        layers, min(answers.dates, default=None), retrieved, outline, server, tuple(answers.queries)
    )


def find_place(name: str, *, nominatim_url: str | None = None) -> gpd.GeoDataFrame:
    """Ask a Nominatim server for the outline of a place.

    Parameters
    ----------
    name
        As one would type it into a map's search field: ``"南山区, 深圳市"``.
    nominatim_url
        A server other than OSMnx's own, up to and without ``/search``.

    Returns
    -------
    GeoDataFrame
        A ``boundary`` layer of one row in EPSG:4326; ``name`` is the full name of the place found.

    Raises
    ------
    InputError
        If there is no such place or only a point for it, or the server fails.
    """
    remedy = "write its name in full, as OpenStreetMap has it, or give a boundary file"
    with _asking("nominatim_url", nominatim_url, _OTHER_PLACE):
        try:
            place = osmnx.geocode_to_gdf(name)
        except (ValueError, TypeError) as error:
            wrong = f"OpenStreetMap knows no outline of a place called {name!r}"
            raise InputError(wrong, remedy) from error
    return gpd.GeoDataFrame({"name": place["display_name"]}, geometry=place.geometry)


def _outline(area: shapely.Polygon | shapely.MultiPolygon) -> shapely.Polygon:
    """Give the one ring that OSMnx asks for, unless it cannot or should not."""
    if area.is_empty or not area.is_valid or area.geom_type not in ("Polygon", "MultiPolygon"):
        remedy = "give one polygon that does not cross itself"
        raise InputError("the area to fetch is no valid polygon", remedy)
    several = area.geom_type == "MultiPolygon"
    outline = area.convex_hull if several else shapely.Polygon(area.exterior)
    size_km2 = areas_m2(np.array([outline]))[0] / 1e6
    if size_km2 > LARGEST_AREA_KM2:
        wrong = f"{size_km2:,.0f} km² are too much to ask a public server for"
        remedy = f"take an extract (osm = ...), or an area up to {LARGEST_AREA_KM2:,.0f} km²"
        raise InputError(wrong, remedy)
    return outline


def _ways(area: shapely.Polygon) -> TaggedWays:
    """Ask for every way with a highway tag, as stretches from node to node, in order of ways."""
    try:
        graph = osmnx.graph_from_polygon(
            area,
            simplify=False,
            retain_all=True,
            truncate_by_edge=True,
            custom_filter='["highway"]',
        )
    except ValueError as error:  # the answer is known to be whole: there is none
        wrong = "OpenStreetMap has no street in this area"
        raise InputError(wrong, "check the boundary or the place's name") from error
    stretches = sorted(graph.edges(data=True), key=lambda stretch: stretch[2]["osmid"])
    refs = np.array([stretch[:2] for stretch in stretches], np.int64).reshape(-1, 2)
    nodes = pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index")[["x", "y"]]
    xy = nodes.loc[refs.ravel()].to_numpy().reshape(-1, 2, 2)
    of_way = {
        way["osmid"]: {key: way[key] for key in _STREET_KEYS if key in way}
        for _, _, way in stretches
    }
    tags = [of_way[way["osmid"]] for _, _, way in stretches]
    return TaggedWays(shapely.linestrings(xy), list(refs), tags)


def _places(area: shapely.Polygon) -> tuple[TaggedPlaces, TaggedWays]:
    """Ask for every point and area, platform and barrier that a rule may want."""
    try:
        found = osmnx.features_from_polygon(area, _place_tags())
    except InsufficientResponseError:  # the answer is known to be whole: there is none
        nothing = np.empty(0, object)
        return TaggedPlaces([], nothing, []), TaggedWays(nothing, [], [])
    tags: list[dict[str, str]] = [{} for _ in range(len(found))]
    for key in found.columns.drop("geometry"):
        values = found[key].to_numpy()
        for row in np.flatnonzero(found[key].notna()):
            tags[row][key] = values[row]
    barriers = _barriers(found, tags)
    shapes = _outlined(found.geometry.to_numpy(), tags)
    kinds = shapely.get_type_id(shapes)
    stop = np.array(["bus_stops" in layers_wanting(tag) for tag in tags], bool)
    kept = np.isin(kinds, _PLACE_TYPES) | (kinds == shapely.GeometryType.LINESTRING) & stop
    rows = np.flatnonzero(kept).tolist()
    places = TaggedPlaces(_ids(found.index[rows]), shapes[rows], [tags[row] for row in rows])
    return places, barriers


def _barriers(found: gpd.GeoDataFrame, tags: Sequence[Mapping[str, str]]) -> TaggedWays:
    """Take the ways no leg may cross, those that OSMnx made areas of as their edge."""
    kind = np.array([barrier_kind(tag) is not None and "highway" not in tag for tag in tags], bool)
    of_way = found.index.get_level_values(0) == "way"
    rows = np.flatnonzero(kind & of_way & (shapely.get_dimensions(found.geometry.to_numpy()) > 0))
    shapes = found.geometry.to_numpy()[rows]
    area = shapely.get_dimensions(shapes) == AREA
    shapes[area] = shapely.boundary(shapes[area])
    nodes = [np.empty(0, np.int64)] * len(rows)
    return TaggedWays(shapes, nodes, [tags[row] for row in rows.tolist()])


def _outlined(
    shapes: npt.NDArray[np.object_], tags: Sequence[Mapping[str, str]]
) -> npt.NDArray[np.object_]:
    """Make areas of lines that close, and of the parts into which OSMnx mends an outline."""
    shapes = shapes.copy()
    may_be_area = np.array([tag.get("area") != "no" for tag in tags], bool)
    closed = shapely.is_ring(shapes) & may_be_area
    shapes[closed] = shapely.polygons(shapes[closed])
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    shapes[mixed] = [_areas(shape) for shape in shapes[mixed]]
    return shapes


def _areas(collection: shapely.GeometryCollection) -> shapely.Geometry:
    """Give the areas in a collection as one."""
    parts = shapely.get_parts(collection)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == AREA])


def _ids(index: pd.MultiIndex) -> list[str]:
    """Name objects by kind and number; to OSMnx a tag called ``id`` is an object's number."""
    numbers = [
        number if isinstance(number, int) else -row for row, (_, number) in enumerate(index, 1)
    ]
    return [
        f"{kind[0]}{number}"
        for kind, number in zip(index.get_level_values(0), numbers, strict=True)
    ]


def _place_tags() -> dict[str, bool | str | list[str]]:
    """Give what the rules for places start from, as OSMnx asks for it: keys, or their values."""
    wanted = {key: set(values) for key, values in _OTHER_PLACES.items()}
    for category in CATEGORIES.values():
        for rule in (*category.osm, *category.otherwise):
            key, values = next(iter(rule.values.items()))  # noqa: PD011 - no pandas
            wanted.setdefault(key, set()).update(values)
    return {key: sorted(wanted[key]) if key in _BY_VALUE else True for key in sorted(wanted)}


def _with_squares(ways: TaggedWays, answers: _Answers) -> TaggedWays:
    """Add the edges of squares that are relations: one walks along them, as in an extract."""
    rings = np.array([shapely.LineString(at) for _, at, _ in answers.rings], object)
    return TaggedWays(
        np.concatenate([ways.lines, rings]),
        [*ways.refs, *(refs for refs, _, _ in answers.rings)],
        [*ways.tags, *(tags for _, _, tags in answers.rings)],
    )


def _lost(places: TaggedPlaces, answers: _Answers) -> dict[str, Counter[str]]:
    """Count by layer the relations that OSMnx passes over because it finds no outline."""
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    made = set(places.ids)
    for number, tags in answers.relations.items():
        for layer in layers_wanting(tags) if f"r{number}" not in made else ():
            lost[layer][BROKEN_OUTLINE] += 1
    return lost


class _Response(Protocol):
    """What is used here of an answer that OSMnx receives."""

    url: str
    status_code: int
    reason: str
    is_redirect: bool
    request: Any
    _content: bytes

    def iter_content(self, chunk_size: int) -> Iterator[bytes]: ...

    def json(self) -> Any: ...  # noqa: ANN401 - what a server sends may be anything

    def close(self) -> None: ...


class _Answers:
    """Looks at every answer before OSMnx does, and lets only whole ones pass.

    Attributes
    ----------
    dates, queries
        For each answer with map data, of what time these are, and what was asked for.
    relations
        The tags of every relation that is an area, by its id.
    rings
        For each way around a square that is a relation: its nodes, where they are, and the
        square's tags. OSMnx gives such a square without its nodes.
    """

    def __init__(self, remedy: str) -> None:
        self._remedy = remedy
        self.dates: list[str] = []
        self.queries: list[str] = []
        self.relations: dict[int, dict[str, str]] = {}
        self.rings: list[
            tuple[npt.NDArray[np.int64], list[tuple[float, float]], dict[str, str]]
        ] = []
        self._busy = 0

    def check(self, response: _Response, **_options: object) -> None:
        """Raise an `InputError` if this is not all that was asked for."""
        try:
            if self._is_last(response):
                self._check_content(response)
        except InputError:
            response.close()
            raise

    def _is_last(self, response: _Response) -> bool:
        """Tell whether no other answer follows; raise if it cannot be a good one."""
        server, status = _host(response), f"{response.status_code} {response.reason}"
        if response.status_code in _BUSY:
            self._busy += 1
            if self._busy == _BUSY_ANSWERS:
                raise InputError(f"{server} is too busy (it answers {status})", self._remedy)
            return False
        if response.status_code != HTTPStatus.OK and not response.is_redirect:
            raise InputError(f"{server} refuses to answer ({status})", self._remedy)
        return not response.is_redirect

    def _check_content(self, response: _Response) -> None:
        # The whole answer, read within limits of size and time; requests has none for either.
        response._content = self._within_limits(response)  # noqa: SLF001
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if isinstance(answer, list):  # of places: Nominatim's
            return
        whole = isinstance(answer, dict) and isinstance(answer.get("elements"), list)
        if not whole:
            wrong = f"{_host(response)} does not answer as a server of OpenStreetMap data does"
            raise InputError(wrong, "check its address")
        if "remark" in answer:
            wrong = f"{_host(response)} gave a part of the data only, saying: {answer['remark']}"
            raise InputError(wrong, self._remedy)
        self.queries.append(_query(response))
        date = answer.get("osm3s", {}).get("timestamp_osm_base")
        self.dates += [date] if date else []
        self._note_relations(answer["elements"])

    def _within_limits(self, response: _Response) -> bytes:
        """Read an answer; raise if it is too large, or drips too slowly."""
        pieces, size, end = [], 0, time.monotonic() + _LONGEST_S
        for piece in response.iter_content(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > _MOST_BYTES:
                wrong = f"{_host(response)} sends more than {_MOST_BYTES / 1e6:.0f} MB"
                raise InputError(wrong, "take an extract (osm = ...), or a smaller area")
            if time.monotonic() > end:
                wrong = f"{_host(response)} takes more than {_LONGEST_S:.0f} s to answer"
                raise InputError(wrong, self._remedy)
        return b"".join(pieces)

    def _note_relations(self, elements: list[dict[str, Any]]) -> None:
        of_kind: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for element in elements:
            of_kind[element["type"]][element["id"]] = element
        for number, relation in of_kind["relation"].items():
            tags = relation.get("tags", {})
            if tags.get("type") not in _AREA_RELATIONS:
                continue
            self.relations[number] = tags
            around = [m["ref"] for m in relation["members"] if m["type"] == "way"]
            for way in around if "highway" in tags else ():
                refs = of_kind["way"].get(way, {}).get("nodes", [])
                at = [(of_kind["node"][ref]["lon"], of_kind["node"][ref]["lat"]) for ref in refs]
                self.rings += [(np.array(refs, np.int64), at, tags)] if at else []


def _query(response: _Response) -> str:
    """Give the text of the query that an answer is to."""
    body = response.request.body or ""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    return parse_qs(text).get("data", [text])[0]


def _host(response: _Response) -> str:
    return urlsplit(response.url).netloc


@contextmanager
def _asking(server: str, url: str | None, remedy: str) -> Iterator[_Answers]:
    """Set up OSMnx, look at all it receives, and put everything back as it was.

    OSMnx's settings, and the look-up of host names that it replaces, belong to the whole process.
    """
    answers = _Answers(remedy)
    changes = _settings(answers) | ({} if url is None else {server: _address(url)})
    before = {name: getattr(osmnx.settings, name) for name in changes}
    look_up = socket.getaddrinfo
    try:
        for name, value in changes.items():
            setattr(osmnx.settings, name, value)
        yield answers
    except OSError as error:
        wrong = f"{getattr(osmnx.settings, server)} cannot be reached ({type(error).__name__})"
        raise InputError(wrong, f"check the connection, {remedy}") from error
    finally:
        for name, value in before.items():
            setattr(osmnx.settings, name, value)
        socket.getaddrinfo = look_up


def _settings(answers: _Answers) -> dict[str, Any]:
    """Give OSMnx's settings as they shall be while it asks."""
    return {
        "all_oneway": True,  # each stretch of street once, not once for each direction
        "doh_url_template": None,  # no DNS over HTTPS by way of a third party
        "http_referer": "lifecircle",
        "http_user_agent": f"lifecircle {_version()}",
        "max_query_area_size": 2 * LARGEST_AREA_KM2 * 1e6,  # one area, one query
        "overpass_rate_limit": False,  # else an unreachable server costs a minute; busy ones say so
        "overpass_settings": f"[out:json][timeout:{_QUERY_S}]{{maxsize}}",
        "requests_kwargs": {"hooks": {"response": answers.check}},
        "requests_timeout": _TIMEOUTS_S,
        "use_cache": False,  # it never expires, and lies in the current folder
        "useful_tags_way": list(_STREET_KEYS),
    }


def _address(url: str) -> str:
    """Check the address of a server."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise InputError(f"{url!r} is no address of a server", "write https://... or http://...")
    return url


def _version() -> str:
    try:
        return version("lifecircle")
    except PackageNotFoundError:  # run from a folder of sources
        return "from source"
