"""Layers from a file of OpenStreetMap data: streets, homes, parks, green, stops, facilities, water.

Three narrow passes with pyosmium: ways, areas, points. Geometry is made in C++; Python looks only
at the tags of what some rule may want. What the edge of the extract cut is counted: a way keeps
the parts whose nodes are there; an area that cannot be closed is lost, never closed by guess.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import osmium
import shapely
from osmium.filter import EntityFilter, IdFilter, KeyFilter
from osmium.osm import NODE, RELATION, WAY, Area, Node, Relation, Way

from layers.barriers import LINE_KEYS as BARRIER_KEYS
from layers.barriers import barrier_kind
from layers.categories import lead_keys
from layers.openstreetmap.features import TaggedPlaces, TaggedWays
from layers.openstreetmap.source import Source, opened
from layers.openstreetmap.tagged import layers_wanting, readings
from layers.openstreetmap.walkable import walkable
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    import numpy.typing as npt

    from layers.schema import Reading

T = TypeVar("T", Node, Way, Relation)

CREDIT = "© OpenStreetMap contributors, ODbL 1.0"

CUT_WAY = "way cut by the edge of the extract"
CUT_OUTLINE = "outline cut by the edge of the extract"
OPEN_OUTLINE = "outline that is not closed"
BROKEN_OUTLINE = "outline that crosses itself or does not fit together"

_AREA_KEYS = (*lead_keys(), "building", "natural", "waterway")
_LINE_KEYS = ("highway", "railway", "waterway")
_LINES_KEPT = ("highway", "public_transport", *BARRIER_KEYS)
_AREA_RELATIONS = ("multipolygon", "boundary")
_YEAR_OF_NO_DATE = 1970


@dataclass(frozen=True)
class Extract:
    """What a file of OpenStreetMap data holds.

    Attributes
    ----------
    readings
        The layers that `layers.openstreetmap.tagged.readings` gives, each in EPSG:4326.
    nodes_lonlat
        (n, 2) longitude and latitude of every way's vertices and of the points that any rule may
        want: they tell where the data end.
    date
        Of what day the data are (``2023-12-26``), as far as the file says: its time stamp, else
        that of its newest way.
    credit
        Whom every map, table and file made from the data must name.
    """

    readings: Mapping[str, Reading]
    nodes_lonlat: npt.NDArray[np.float64]
    date: str | None
    credit: str = CREDIT


@dataclass
class _Lines:
    """What the pass over the ways gathers.

    Attributes
    ----------
    shapes
        Every way, as WKB in hexadecimal digits; parts of it where nodes are missing.
    refs, tags, rows
        For each line of a highway its nodes, its tags, and its row in `shapes`.
    platforms
        For each platform drawn as a line its id, tags, and row in `shapes`.
    barriers
        For each line no leg may cross its tags, and its row in `shapes`.
    seen, cut
        Ids of all ways, and of those that lack nodes.
    lost, shortened
        Walkable ways of which nothing, and of which a part, is left.
    """

    shapes: list[str] = field(default_factory=list)
    refs: list[npt.NDArray[np.int64]] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    platforms: list[tuple[int, dict[str, str], int]] = field(default_factory=list)
    barriers: list[tuple[dict[str, str], int]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    cut: set[int] = field(default_factory=set)
    lost: int = 0
    shortened: int = 0


@dataclass
class _Areas:
    """What the pass over the areas gathers.

    Attributes
    ----------
    ids, shapes, tags
        For each area that a rule wants its id, its WKB and its tags.
    rings
        For each ring of a square that is a relation its nodes, coordinates and tags: one walks
        along it.
    missing
        Ids of ways, and of relations, that should be areas and could not be made.
    """

    ids: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    rings: list[tuple[npt.NDArray[np.int64], list[tuple[float, float]], dict[str, str]]] = field(
        default_factory=list
    )
    missing: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))


def read_extract(path: Path) -> Extract:
    """Read a file of OpenStreetMap data (.osm.pbf, .osm, .osm.gz, .osm.bz2).

    Raises
    ------
    InputError
        If the file is missing, empty, damaged, no map of one day or something else, or if it
        holds no street one may walk on. Any other layer may rightly be empty.
    """
    try:
        extract = _extract(opened(path))
    except (RuntimeError, osmium.InvalidLocationError, UnicodeDecodeError) as error:
        wrong = f"cannot be read as OpenStreetMap data ({error})"
        raise InputError(wrong, _remedy(str(error)), file=path) from error
    if not len(extract.readings["streets"].places):
        raise _no_street(extract.readings["streets"], path)
    return extract


def _remedy(said: str) -> str:
    """Say what helps against what osmium says."""
    if "out of order" in said:
        return "sort it first (osmium sort)"
    if "twice" in said:
        return "give an extract of one day, without history, and sorted (osmium sort)"
    return "download it again: it is cut off, damaged, or another kind of file"


def _no_street(streets: Reading, path: Path) -> InputError:
    """Say why there is no street."""
    reasons = streets.tally.reasons
    if not streets.tally.read:
        return InputError(
            "holds no street at all", "give an extract that covers your city", file=path
        )
    if reasons.get(CUT_WAY):
        wrong = f"has {reasons[CUT_WAY]} streets, and not the nodes they run through"
        remedy = "make the extract with complete ways, and sorted (osmium extract, osmium sort)"
        return InputError(wrong, remedy, file=path, layer="streets")
    wrong = f"holds no street one may walk on (of {streets.tally.read} ways)"
    return InputError(wrong, "give an extract that covers your city", file=path, layer="streets")


def _extract(source: Source) -> Extract:
    """Pass over the file, and sort what it holds."""
    lines, areas = _lines(source), _areas(source)
    points = _points(source)
    lost = _lost(source, lines, areas)
    lost["streets"][CUT_WAY] += lines.lost
    shapes = shapely.from_wkb(np.array(lines.shapes, object))
    ways, places = _tagged(lines, shapes, areas, points)
    vertices = [shapely.get_coordinates(shapes), shapely.get_coordinates(places.geometry)]
    return Extract(
        readings(
            ways,
            places,
            barriers=_barriers(lines, shapes),
            incomplete={layer: +counts for layer, counts in lost.items()},
            shortened={"streets": +Counter({CUT_WAY: lines.shortened})},
        ),
        np.concatenate(vertices),
        _date(source),
    )


def _lines(source: Source) -> _Lines:
    """Gather the ways: all shapes, and the nodes and tags of highways."""
    factory = osmium.geom.WKBFactory()
    lines = _Lines()
    passing = source.objects(NODE | WAY).with_locations("flex_mem")
    for way in _each(Way, passing.with_filter(EntityFilter(WAY))):
        lines.seen.add(way.id)
        try:
            shape = factory.create_linestring(way, osmium.geom.use_nodes.ALL)
        except (osmium.InvalidLocationError, RuntimeError):  # nodes missing, or fewer than two
            _keep_runs(lines, way)
            continue
        lines.shapes.append(shape)
        if any(key in way.tags for key in _LINES_KEPT):
            refs = np.array([node.ref for node in way.nodes], np.int64)
            _keep_line(lines, way, [refs])
    return lines


def _keep_runs(lines: _Lines, way: Way) -> None:
    """Keep the parts of a way whose nodes are there."""
    lines.cut.add(way.id)
    runs: list[list[tuple[int, float, float]]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            runs[-1].append((node.ref, node.lon, node.lat))
        else:
            runs.append([])
    runs = [run for run in runs if len(run) > 1]
    lines.shapes += [
        shapely.to_wkb(shapely.LineString([at[1:] for at in run]), hex=True) for run in runs
    ]
    if "highway" in way.tags and walkable(dict(way.tags)):
        lines.shortened += bool(runs)
        lines.lost += not runs
    if any(key in way.tags for key in _LINES_KEPT):
        _keep_line(lines, way, [np.array([at[0] for at in run], np.int64) for run in runs])


def _keep_line(lines: _Lines, way: Way, parts: list[npt.NDArray[np.int64]]) -> None:
    """Keep the parts of a way just added, as a highway, as a platform, or as both."""
    tags = dict(way.tags)
    first = len(lines.shapes) - len(parts)
    if "highway" in tags:
        lines.refs += parts
        lines.tags += [tags] * len(parts)
        lines.rows += range(first, len(lines.shapes))
    if barrier_kind(tags):
        lines.barriers += [(tags, row) for row in range(first, len(lines.shapes))]
    if parts and not way.is_closed() and "bus_stops" in layers_wanting(tags):
        lines.platforms.append((way.id, tags, first))


def _areas(source: Source) -> _Areas:
    """Gather the areas that rules want, and note which could not be made."""
    factory = osmium.geom.WKBFactory()
    areas = _Areas()
    wanted = KeyFilter(*_AREA_KEYS)
    ways, relations = areas.missing
    for found in source.objects().with_areas(wanted).with_filter(wanted):
        if isinstance(found, Area):
            if found.num_rings()[0]:  # an outline that crosses itself comes without any ring
                (ways if found.from_way() else relations).discard(found.orig_id())
                _keep_area(areas, found, factory)
        elif isinstance(found, Way) and _should_be_area(found):
            ways.add(found.id)
        elif isinstance(found, Relation) and found.tags.get("type") in _AREA_RELATIONS:
            relations.add(found.id)
    return areas


def _keep_area(areas: _Areas, found: Area, factory: osmium.geom.WKBFactory) -> None:
    """Keep an area that a rule wants, and the rings of a square."""
    tags, of_way = dict(found.tags), found.from_way()
    if not of_way and "highway" in tags:
        areas.rings += _rings(found, tags)
    if layers_wanting(tags):
        areas.ids.append(f"{'w' if of_way else 'r'}{found.orig_id()}")
        areas.shapes.append(factory.create_multipolygon(found))
        areas.tags.append(tags)


def _should_be_area(way: Way) -> bool:
    """Tell whether a way is meant as an area; roads, rails and streams may be lines."""
    if way.tags.get("area") == "no":
        return False
    return way.is_closed() or not any(key in way.tags for key in _LINE_KEYS)


def _rings(
    area: Area, tags: dict[str, str]
) -> Iterator[tuple[npt.NDArray[np.int64], list[tuple[float, float]], dict[str, str]]]:
    """Give the rings of a square that is a relation, to be walked along like a way's."""
    for outer in area.outer_rings():
        for ring in (outer, *area.inner_rings(outer)):
            nodes = [(node.ref, node.lon, node.lat) for node in ring]
            refs = np.array([ref for ref, _, _ in nodes], np.int64)
            yield refs, [at[1:] for at in nodes], tags


def _points(source: Source) -> TaggedPlaces:
    """Gather the nodes that rules want."""
    ids, spots, tags = [], [], []
    passing = source.objects(NODE).with_filter(KeyFilter(*lead_keys(), "building"))
    for node in _each(Node, passing):
        described = dict(node.tags)
        if node.location.valid() and layers_wanting(described):
            ids.append(f"n{node.id}")
            spots.append((node.lon, node.lat))
            tags.append(described)
    return TaggedPlaces(ids, shapely.points(np.reshape(spots, (-1, 2))), tags)


def _lost(source: Source, lines: _Lines, areas: _Areas) -> defaultdict[str, Counter[str]]:
    """Count by layer and reason the outlines that could not be made."""
    lost: defaultdict[str, Counter[str]] = defaultdict(Counter)
    ways, relations = areas.missing
    ways -= {way for way, _, _ in lines.platforms}
    for way in _picked(Way, source.objects(WAY), ways):
        reason = BROKEN_OUTLINE if way.is_closed() else OPEN_OUTLINE
        reason = CUT_OUTLINE if way.id in lines.cut else reason
        lost_to = layers_wanting(dict(way.tags))
        for layer in lost_to:
            lost[layer][reason] += 1
    for relation in _picked(Relation, source.objects(RELATION), relations):
        members = {member.ref for member in relation.members if member.type == "w"}
        cut = members - lines.seen or members & lines.cut
        tags = dict(relation.tags)
        square = ("streets",) if "highway" in tags and walkable(tags) else ()
        for layer in (*layers_wanting(tags), *square):
            lost[layer][CUT_OUTLINE if cut else BROKEN_OUTLINE] += 1
    return lost


def _picked(kind: type[T], passing: osmium.FileProcessor, ids: Collection[int]) -> Iterator[T]:
    """Pass over the objects of one kind that have these ids."""
    chosen = sorted(ids)
    if chosen and chosen[0] < 0:  # drawn in an editor, not yet uploaded: no filter knows these ids
        yield from (found for found in _each(kind, passing) if found.id in ids)
    elif chosen:
        yield from _each(kind, passing.with_filter(IdFilter(chosen)))


def _each(kind: type[T], passing: Iterable[object]) -> Iterator[T]:
    """Give the objects of one kind."""
    return (found for found in passing if isinstance(found, kind))


def _tagged(
    lines: _Lines, shapes: npt.NDArray[np.object_], areas: _Areas, points: TaggedPlaces
) -> tuple[TaggedWays, TaggedPlaces]:
    """Put ways and places together."""
    rings = np.array([shapely.LineString(at) for _, at, _ in areas.rings], object)
    ways = TaggedWays(
        np.concatenate([shapes[np.array(lines.rows, np.intp)], rings]),
        lines.refs + [refs for refs, _, _ in areas.rings],
        lines.tags + [tags for _, _, tags in areas.rings],
    )
    outlines = shapely.from_wkb(np.array(areas.shapes, object))
    single = shapely.get_num_geometries(outlines) == 1
    outlines[single] = shapely.get_geometry(outlines[single], 0)
    drawn = shapes[np.array([row for _, _, row in lines.platforms], np.intp)]
    places = TaggedPlaces(
        [*points.ids, *areas.ids, *(f"w{way}" for way, _, _ in lines.platforms)],
        np.concatenate([points.geometry, outlines, drawn]),
        [*points.tags, *areas.tags, *(tags for _, tags, _ in lines.platforms)],
    )
    return ways, places


def _barriers(lines: _Lines, shapes: npt.NDArray[np.object_]) -> TaggedWays:
    """Put together the lines no leg may cross that are no highways."""
    found = [(tags, row) for tags, row in lines.barriers if "highway" not in tags]
    rows = np.array([row for _, row in found], np.intp)
    return TaggedWays(
        shapes[rows], [np.empty(0, np.int64)] * len(rows), [tags for tags, _ in found]
    )


def _date(source: Source) -> str | None:
    """Give the day of the data: what the file says, else when its newest way was drawn."""
    said: str = source.objects().header.get("osmosis_replication_timestamp", "")
    if not said and source.kind == "osm":
        meta = re.search(rb'osm_base="([^"]*)"', source.data[:2000])
        said = meta[1].decode("ascii", "replace") if meta else ""
    if re.match(r"\d{4}-\d\d-\d\d", said):
        return said[:10]
    newest = max((way.timestamp for way in _each(Way, source.objects(WAY))), default=None)
    return str(newest.date()) if newest and newest.year > _YEAR_OF_NO_DATE else None
