"""Files of OpenStreetMap data, written here by hand or bundled, and the layers read from them.

Coordinates are in thousandths of a degree at the equator: one unit is about 111 m.
"""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import pytest
import shapely

from layers.catalog import bundled
from layers.openstreetmap import extract as osm
from layers.openstreetmap.buildings import NO_FOOTPRINT
from layers.openstreetmap.extract import CREDIT, Extract, read_extract
from layers.openstreetmap.stops import SAME_STOP
from layers.openstreetmap.tagged import NO_LENGTH, NO_OUTLINE
from layers.openstreetmap.walkable import FAST_ROAD
from layers.schema import COLUMNS, Tally
from spatial.errors import InputError

Town: TypeAlias = Callable[..., Extract]

STREET = "highway=residential"
PARK = "type=multipolygon, leisure=park, name=人民公园"
SQUARE = "type=multipolygon, highway=pedestrian"


def tags(text: str) -> str:
    """Write ``"highway=path, name=Rose way"`` as XML."""
    pairs = (pair.split("=", 1) for pair in text.split(", ") if pair)
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in pairs)


def node(number: int, x: float, y: float, text: str = "") -> str:
    at = f'lon="{x / 1000:.7f}" lat="{y / 1000:.7f}"'
    return f'<node id="{number}" version="1" {at}>{tags(text)}</node>'


def way(number: int, refs: Iterable[int], text: str = "", *, day: str = "") -> str:
    nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    when = f' timestamp="{day}T12:00:00Z"' if day else ""
    return f'<way id="{number}" version="1"{when}>{nodes}{tags(text)}</way>'


def relation(number: int, members: Iterable[tuple[int, str]], text: str) -> str:
    ways = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
    return f'<relation id="{number}" version="1">{ways}{tags(text)}</relation>'


def document(*objects: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><osm version="0.6">{head}{"".join(objects)}</osm>'


def square(first: int, x: float, y: float, side: float) -> str:
    """Give nodes `first` to `first` + 3, the corners of a square, anticlockwise."""
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    return "".join(node(first + i, *at) for i, at in enumerate(corners))


def ring(first: int) -> list[int]:
    """Give the refs of a way around a `square`."""
    return [*range(first, first + 4), first]


GROUND = node(1, 0, 0) + node(2, 10, 0)
ROAD = way(1, [1, 2], STREET)
"""A street, without which no extract is read; its nodes are in `GROUND`."""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Give a reader of what is written in XML."""

    def read(*objects: str, head: str = "") -> Extract:
        path = tmp_path / "town.osm"
        path.write_text(document(*objects, head=head), encoding="utf-8")
        return read_extract(path)

    return read


def places(extract: Extract, layer: str) -> gpd.GeoDataFrame:
    return extract.readings[layer].places


def tally(extract: Extract, layer: str) -> Tally:
    return extract.readings[layer].tally


def test_ways_meet_only_at_shared_nodes(town: Town) -> None:
    cross = node(1, 0, 0) + node(2, 2, 0) + node(3, 1, -1) + node(4, 1, 1) + node(5, 1, 0)
    above = node(6, 1, 0) + node(7, 0.5, -1) + node(8, 1.5, 1)  # 6 lies just where 5 does
    streets = places(
        town(
            cross,
            above,
            way(1, [1, 5, 2], STREET),
            way(2, [3, 5, 4], STREET),
            way(3, [7, 6, 8], "highway=footway, bridge=yes, layer=1, name=Overpass"),
            way(4, [7, 3], "highway=footway, tunnel=yes"),
        ),
        "streets",
    )
    refs = [set(one.tolist()) for one in streets["refs"]]
    assert refs[0] & refs[1] == {5}
    assert not refs[2] & (refs[0] | refs[1])
    assert streets.geometry[2].coords[1] == streets.geometry[0].coords[1] == (0.001, 0)
    assert streets["bridge"].tolist() == [False, False, True, False]
    assert streets["tunnel"].tolist() == [False, False, False, True]
    assert streets["name"].tolist() == [None, None, "Overpass", None]
    assert [len(one) for one in streets["refs"]] == [3, 3, 3, 2]
    assert all(one.dtype == np.int64 for one in streets["refs"])


def test_park_of_a_relation_has_its_hole(town: Town) -> None:
    corners = node(10, 0, 0) + node(11, 4, 0) + node(12, 4, 4) + node(13, 0, 4)
    extract = town(
        *(GROUND, corners, square(20, 1, 1, 2), square(30, 8, 0, 1)),
        *(ROAD, way(10, [10, 11, 12]), way(11, [10, 13, 12])),  # two halves of one ring
        *(way(12, ring(20)), way(13, ring(30))),
        relation(7, [(10, "outer"), (11, "outer"), (12, "inner"), (13, "outer")], PARK),
    )
    parks = places(extract, "parks")
    assert parks["facility"].tolist() == ["r7"]
    assert parks["name"].tolist() == ["人民公园"]
    assert parks.geometry.geom_type.tolist() == ["MultiPolygon"]
    assert parks.geometry[0].area * 1e6 == pytest.approx(4 * 4 - 2 * 2 + 1 * 1)
    assert not parks.covers(shapely.Point(0.002, 0.002))[0]
    assert places(extract, "green")["facility"].tolist() == ["r7"]


KINDS = {
    "parks": ("leisure=park, name=Park", "Polygon", NO_OUTLINE),
    "green": ("landuse=village_green", "Polygon", NO_OUTLINE),
    "bus_stops": ("public_transport=platform, bus=yes", "Point", None),
    "facilities": ("amenity=pharmacy", "Polygon", None),
    "homes": ("building=apartments", "Polygon", NO_FOOTPRINT),
}


@pytest.mark.parametrize("layer", KINDS)
def test_nodes_ways_and_relations_alike(town: Town, layer: str) -> None:
    text, kind, refused = KINDS[layer]
    extract = town(
        *(GROUND, node(5, 5, 5, text), square(10, 1, 1, 1), square(20, 3, 1, 1)),
        *(ROAD, way(3, ring(10), text), way(4, ring(20))),
        relation(5, [(4, "outer")], f"type=multipolygon, {text}"),
    )
    found = places(extract, layer)
    ids = found["home" if layer == "homes" else "facility"].tolist()
    if refused:
        assert ids == ["r5", "w3"]
        assert found.geom_type.tolist() == [kind, kind]
        assert tally(extract, layer) == Tally(3, 2, 0, 1, {refused: 1})
    else:
        assert ids == ["n5", "r5", "w3"]
        assert found.geom_type.tolist() == ["Point", kind, kind]
        assert tally(extract, layer) == Tally(3, 3)


def test_way_cut_by_the_edge_keeps_its_runs(town: Town) -> None:
    points = "".join(node(i, i, 0) for i in range(1, 8))
    extract = town(
        points,
        way(1, [1, 2, 91, 3, 4, 5, 92, 6, 93], STREET),  # node 6 alone is no line
        way(2, [7, 94, 95], STREET),  # nothing is left
        way(3, [6, 7, 96], "highway=motorway"),
        way(4, [1, 7], STREET),
    )
    streets = places(extract, "streets")
    assert [one.tolist() for one in streets["refs"]] == [[1, 2], [3, 4, 5], [1, 7]]
    assert streets.geometry[1].equals(shapely.LineString([(0.003, 0), (0.004, 0), (0.005, 0)]))
    expected = Tally(5, 3, 1, 2, {osm.CUT_WAY: 2, FAST_ROAD: 1})  # one shortened, one lost
    assert tally(extract, "streets") == expected


def test_closed_street_cut_by_the_edge_is_not_closed(town: Town) -> None:
    streets = places(town(square(10, 0, 0, 1), way(1, [10, 11, 99, 13, 10], STREET)), "streets")
    assert [one.tolist() for one in streets["refs"]] == [[10, 11], [13, 10]]


def test_outlines_that_cannot_be_made_are_counted(town: Town) -> None:
    park = "leisure=park, name=Park"
    multi = f"type=multipolygon, {park}"
    extract = town(
        *(GROUND, square(10, 1, 1, 1), square(20, 3, 1, 1), square(30, 5, 1, 1)),
        ROAD,
        way(2, [10, 11, 12, 99, 10], park),
        way(3, [10, 11, 12], park),
        way(4, [10, 12, 11, 13, 10], park),  # osmium gives this one without any ring
        way(5, ring(20), park),
        way(6, [30, 31, 32]),
        way(7, [30, 33, 98, 32]),
        relation(1, [(6, "outer"), (7, "outer")], multi),  # a member lacks a node
        relation(2, [(6, "outer"), (77, "outer")], multi),  # a member is not there
        relation(3, [(6, "outer")], multi),  # all is there, and is no ring
    )
    assert places(extract, "parks")["facility"].tolist() == ["w5"]
    lost = {osm.CUT_OUTLINE: 3, osm.OPEN_OUTLINE: 1, osm.BROKEN_OUTLINE: 2}
    assert tally(extract, "parks") == tally(extract, "green") == Tally(7, 1, 0, 6, lost)


def test_what_says_it_is_no_area_is_none(town: Town) -> None:
    extract = town(GROUND, square(10, 1, 1, 1), ROAD, way(2, ring(10), "leisure=park, area=no"))
    assert tally(extract, "parks") == Tally()


def test_bow_tie_house_does_not_stop_the_reading(town: Town) -> None:
    extract = town(
        *(GROUND, square(10, 1, 1, 1), square(20, 3, 1, 1), ROAD),
        way(2, [10, 12, 11, 13, 10], "building=yes"),
        way(3, ring(20), "building=yes"),
        way(4, [10, 11, 10], "building=yes"),
    )
    assert places(extract, "homes")["home"].tolist() == ["w3"]
    assert tally(extract, "homes").reasons == {osm.BROKEN_OUTLINE: 2}


def test_ids_of_an_editor_do_not_stop_the_reading(town: Town) -> None:
    extract = town(GROUND, way(-4, [1, -9], "leisure=park"), ROAD, way(2, [-7, -8], STREET))
    assert tally(extract, "parks").reasons == {osm.CUT_OUTLINE: 1}
    assert tally(extract, "streets") == Tally(2, 1, 0, 1, {osm.CUT_WAY: 1})


def test_closed_street_is_a_line_and_a_square_is_walked_around(town: Town) -> None:
    extract = town(
        *(square(10, 1, 1, 4), square(20, 2, 2, 1), square(30, 8, 1, 1)),
        *(way(1, ring(30), STREET), way(2, ring(10)), way(3, ring(20))),
        way(4, ring(20), "highway=pedestrian, area=yes"),
        relation(5, [(2, "outer"), (3, "inner")], f"{SQUARE}, name=Grand Place"),
    )
    streets = places(extract, "streets")
    assert streets["name"].tolist() == [None, None, "Grand Place", "Grand Place"]
    assert [round(line.length * 1000, 6) for line in streets.geometry] == [4, 4, 16, 4]
    walked = [set(one.tolist()) for one in streets["refs"]]
    assert walked == [{*range(30, 34)}, {*range(20, 24)}, {*range(10, 14)}, {*range(20, 24)}]


def test_cut_square_is_lost_to_the_streets(town: Town) -> None:
    extract = town(GROUND, ROAD, relation(5, [(77, "outer")], SQUARE))
    assert tally(extract, "streets") == Tally(2, 1, 0, 1, {osm.CUT_OUTLINE: 1})


def test_platform_drawn_as_a_line_is_a_stop(town: Town) -> None:
    line = node(3, 2, 1) + node(4, 2.4, 1)
    platform = "highway=platform, public_transport=platform, bus=yes, name=Port"
    extract = town(GROUND, line, ROAD, way(2, [3, 4], platform), way(3, [3, 99], platform))
    stops = places(extract, "bus_stops")
    assert stops["facility"].tolist() == ["w2"]
    assert stops.geometry[0].coords[0] == pytest.approx((0.0022, 0.001))
    assert len(places(extract, "streets")) == 2  # the platform is walked on, too


def test_one_stop_of_a_sign_a_platform_and_a_halt(town: Town) -> None:
    extract = town(
        node(1, 0, 0) + node(2, 10, 0) + node(3, 5, 0, "public_transport=stop_position, bus=yes"),
        node(4, 5, 0.05, "highway=bus_stop, name=Gare"),
        node(5, 5, 0.07) + node(6, 5.1, 0.07),
        way(1, [1, 3, 2], STREET),
        way(2, [5, 6], "public_transport=platform"),
    )
    assert places(extract, "bus_stops")[["facility", "name"]].to_numpy().tolist() == [
        ["n4", "Gare"]
    ]
    assert tally(extract, "bus_stops").read == 3
    assert tally(extract, "bus_stops").reasons[SAME_STOP] == 1


def test_names_come_as_they_are_written(town: Town) -> None:
    name = '<b>"Rose" & 玫瑰</b>'
    extract = town(GROUND, node(3, 1, 1, f"amenity=library, name={name}"), ROAD)
    assert places(extract, "facilities")["name"].tolist() == [name, name]


def test_layers_may_be_empty(town: Town) -> None:
    extract = town(GROUND, ROAD)
    for layer, reading in extract.readings.items():
        assert len(reading.places) == (1 if layer == "streets" else 0)
        assert reading.places.crs == 4326
        assert list(reading.places.columns) == [*COLUMNS[layer], "geometry"]


def test_degenerate_ways_are_counted(town: Town) -> None:
    extract = town(GROUND, ROAD, way(2, [1, 1], STREET), way(3, [], STREET), way(4, [2], STREET))
    assert tally(extract, "streets") == Tally(4, 1, 0, 3, {NO_LENGTH: 1, osm.CUT_WAY: 2})


def test_spots_tell_where_the_data_end(town: Town) -> None:
    extract = town(GROUND, node(3, -7, 9, "amenity=bank"), node(4, 3, -5), ROAD, way(2, [2, 4]))
    low, high = extract.nodes_lonlat.min(axis=0), extract.nodes_lonlat.max(axis=0)
    assert (low * 1000).tolist() == pytest.approx([-7, -5])
    assert (high * 1000).tolist() == pytest.approx([10, 9])


WHOLE = (
    *(node(1, 0, 0, "amenity=bank, name=Bank"), node(2, 10, 0)),
    *(square(10, 1, 1, 4), square(20, 2, 2, 1), square(30, 8, 1, 1)),
    *(way(1, [1, 2], STREET), way(2, ring(10)), way(3, ring(20))),
    *(way(4, ring(30), "building=house"), way(5, [10, 12, 11, 13, 10], "natural=water")),
    relation(7, [(2, "outer"), (3, "inner")], PARK),
)


def alike(one: Extract, other: Extract) -> None:
    """Hold that two extracts say the same."""
    assert one.date == other.date
    assert one.readings.keys() == other.readings.keys()
    for layer, reading in one.readings.items():
        assert reading.tally == other.readings[layer].tally
        mine, yours = (
            places(extract, layer).drop(columns="refs", errors="ignore") for extract in (one, other)
        )
        assert mine.geometry.geom_equals(yours.geometry).all()
        assert mine.drop(columns="geometry").equals(yours.drop(columns="geometry"))


@pytest.mark.parametrize("ending", [".osm.pbf", ".pbf", ".osm.gz", ".osm.bz2", ".osm.xml", ".OSM"])
def test_every_format_says_the_same(tmp_path: Path, ending: str) -> None:
    plain, other = tmp_path / "plain.osm", tmp_path / f"other{ending}"
    plain.write_text(document(*WHOLE), encoding="utf-8")
    if ending.endswith("pbf"):
        with osmium.SimpleWriter(str(other)) as writer:
            for found in osmium.FileProcessor(str(plain)):
                writer.add(found)
    else:
        data = plain.read_bytes()
        packed = {".osm.gz": gzip.compress(data), ".osm.bz2": bz2.compress(data)}
        other.write_bytes(packed.get(ending, data))
    extract = read_extract(plain)
    assert {layer: len(one.places) for layer, one in extract.readings.items()} == {
        "streets": 1,
        "homes": 1,
        "parks": 1,
        "green": 1,
        "bus_stops": 0,
        "facilities": 1,
        "water": 0,
        "barriers": 0,
    }
    alike(extract, read_extract(other))


def test_order_of_nodes_and_direction_of_outlines_change_nothing(town: Town) -> None:
    corners, road = square(10, 1, 1, 1), way(1, [1, 2], STREET)
    forth = [way(i, ring(10), text) for i, text in OUTLINES.items()]
    back = [way(i, ring(10)[::-1], text) for i, text in OUTLINES.items()]
    alike(town(GROUND, corners, road, *forth), town(corners, GROUND, road, *back))


OUTLINES = {2: "leisure=park", 3: "shop=mall", 4: "building=yes"}

DATES = {
    "the newest way": ("", "2021-03-04", "2021-03-04"),
    "the head of an answer": (
        '<meta osm_base="2024-05-06T07:08:09Z"/>',
        "2021-03-04",
        "2024-05-06",
    ),
    "a head that says nothing": ('<meta osm_base="today"/>', "2021-03-04", "2021-03-04"),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize(("head", "day", "date"), DATES.values(), ids=DATES.keys())
def test_date(town: Town, head: str, day: str, date: str | None) -> None:
    other = way(2, [1, 2], STREET, day="2009-01-01" if day else "")
    extract = town(GROUND, way(1, [1, 2], STREET, day=day), other, head=head)
    assert extract.date == date
    assert extract.credit == CREDIT


DISORDER = (
    way(3, [1, 2], STREET),
    way(2, ring(10), "leisure=park"),
    way(1, ring(10), "leisure=park"),
)

NO_FILE = {
    "a text file": ("a.osm", b"hello world", "cannot be read", "download it again"),
    "a text file called pbf": ("a.osm.pbf", b"hello world" * 9, "cannot be read", "another kind"),
    "a web page": ("a.osm", b"<html><body/></html>", "a web page", "download it again"),
    "xml cut off": ("a.osm", document(GROUND, ROAD)[:-9].encode(), "XML", "cut off"),
    "gzip cut off": ("a.osm.gz", gzip.compress(b"<osm/>" * 99)[:-20], "gzip", "cut off"),
    "no gzip": ("a.osm.gz", b"hello world", "gzip", "damaged"),
    "no bzip2": ("a.osm.bz2", b"hello world", "bzip2", "damaged"),
    "pbf cut off": ("a.osm.pbf", bundled("monaco").read_bytes()[:200_000], "truncated", "cut off"),
    "pbf cut at once": ("a.osm.pbf", bundled("monaco").read_bytes()[:30], "truncated", "cut off"),
    "an empty file": ("a.osm.pbf", b"", "0 bytes", "download it again"),
    "a wrong ending": ("a.shp", b"hello", "no file of OpenStreetMap", ".osm.pbf"),
    "nothing in it": ("a.osm", document().encode(), "no street", "covers your city"),
    "no highway": ("a.osm", document(GROUND, way(1, [1, 2])).encode(), "no street", "your city"),
    "no walk": (
        "a.osm",
        document(GROUND, way(1, [1, 2], "highway=motorway")).encode(),
        "no street one may walk on (of 1 ways)",
        "covers your city",
    ),
    "no nodes": ("a.osm", document(ROAD).encode(), "has 1 streets, and not the nodes", "complete"),
    "ways first": ("a.osm", document(ROAD, GROUND).encode(), "not the nodes", "osmium sort"),
    "ways in disorder": (
        "a.osm",
        document(GROUND, square(10, 1, 1, 1), *DISORDER).encode(),
        "out of order",
        "osmium sort",
    ),
    "two versions": ("a.osm", document(GROUND, ROAD, ROAD).encode(), "twice", "without history"),
}


@pytest.mark.parametrize(("name", "data", "wrong", "remedy"), NO_FILE.values(), ids=NO_FILE.keys())
def test_bad_files_are_named_in_one_line(
    tmp_path: Path, name: str, data: bytes, wrong: str, remedy: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_extract(path)
    told = str(caught.value)
    assert told.startswith(str(path))
    assert wrong in told
    assert remedy in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("name", "pack", "most"),
    [
        ("a.osm", bytes, "MOST_XML_BYTES"),
        ("a.osm.gz", gzip.compress, "MOST_XML_BYTES"),
        ("a.osm.bz2", bz2.compress, "MOST_XML_BYTES"),
        ("a.osm.pbf", bytes, "MOST_PBF_BYTES"),
    ],
)
def test_more_than_a_city_is_refused(
    tmp_path: Path,
    name: str,
    pack: Callable[[bytes], bytes],
    most: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / name).write_bytes(pack(b"<osm>" + b" " * 3_000_000))
    monkeypatch.setattr(f"layers.openstreetmap.source.{most}", 2_000_000)
    with pytest.raises(InputError, match="more than 2 MB of OpenStreetMap data; cut your city"):
        read_extract(tmp_path / name)


def test_a_pbf_with_history_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.pbf"
    osmium.SimpleWriter(osmium.io.File(str(path), "osh.pbf")).close()
    with pytest.raises(InputError, match="is a history, no map of one day"):
        read_extract(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; check the path"):
        read_extract(tmp_path / "nowhere.osm.pbf")
    (tmp_path / "folder.osm").mkdir()
    with pytest.raises(InputError, match="is no file of OpenStreetMap data"):
        read_extract(tmp_path / "folder.osm")


PLAUSIBLE = {
    "streets": (2500, 3000),
    "homes": (900, 1200),
    "parks": (20, 35),
    "green": (30, 55),
    "bus_stops": (90, 130),
    "facilities": (300, 420),
    "water": (15, 30),
    "barriers": (50, 120),
}


def test_bundled_city_is_read_whole(monaco: Extract) -> None:
    assert monaco.date == "2023-12-26"
    assert monaco.readings.keys() == PLAUSIBLE.keys()
    for layer, (low, high) in PLAUSIBLE.items():
        reading, count = monaco.readings[layer], tally(monaco, layer)
        assert low <= len(reading.places) == count.used <= high, layer
        assert count.read == count.used + count.dropped
        assert sum(count.reasons.values()) == count.dropped + count.repaired
        assert reading.places.crs == 4326
        assert list(reading.places.columns) == [*COLUMNS[layer], "geometry"]
        assert reading.places.index.equals(pd.RangeIndex(count.used))
        assert reading.places.geometry.is_valid.all()
        west, south, east, north = reading.places.total_bounds
        assert (west > 7.3, south > 43.6, east < 7.6, north < 43.9) == (True,) * 4
    for layer, column in (("homes", "home"), ("parks", "facility"), ("facilities", "facility")):
        assert places(monaco, layer)[column].is_unique


def test_bundled_city_agrees_with_a_plain_count(monaco: Extract) -> None:
    path = str(bundled("monaco"))
    highways = relations = signs = 0
    for found in osmium.FileProcessor(path):
        highways += isinstance(found, osmium.osm.Way) and "highway" in found.tags
        relations += isinstance(found, osmium.osm.Relation) and "highway" in found.tags
        signs += isinstance(found, osmium.osm.Node) and found.tags.get("highway") == "bus_stop"
    assert highways <= tally(monaco, "streets").read <= highways + 10 * relations
    assert signs <= tally(monaco, "bus_stops").read
    nodes = np.concatenate(places(monaco, "streets")["refs"].to_list())
    lines = places(monaco, "streets").geometry
    assert len(nodes) == shapely.get_num_coordinates(lines.array).sum()
    spots = shapely.get_coordinates(lines.array)
    order = np.argsort(nodes, kind="stable")
    same = nodes[order][1:] == nodes[order][:-1]
    assert (spots[order][1:][same] == spots[order][:-1][same]).all()  # one node, one place
