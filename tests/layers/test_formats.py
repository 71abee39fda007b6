"""Vector files in every format: what is read, what is taken for what, and what is refused."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from layers.files import archives, gdal, parquet
from layers.files.curves import arc
from layers.files.digest import content_digest
from layers.files.formats import opened
from layers.files.nested import shapes_of
from layers.records import LayerOptions, Records
from spatial.errors import InputError
from tests.faults.vector import numbers, raw_shapes, spots

ROOT = Path(__file__).parents[2]
NAMES = ["甲园", "乙园"]
SQUARES = [box(116.5, 35.4, 116.51, 35.41), box(116.6, 35.4, 116.61, 35.41)]


def parks(crs: object = 4326) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": NAMES}, geometry=SQUARES, crs=4326).to_crs(crs)


def read(path: Path, layer: str = "parks", **options: str) -> Records:
    return opened(layer, path, LayerOptions(**options), frozenset())


def refused(words: str, path: Path, layer: str = "parks", **options: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(path, layer, **options)
    assert "\n" not in str(caught.value)


def save(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is unpacked or laid out is gone after each test, and never beside the files."""
    room = tmp_path / "room of temporary folders"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    yield
    assert list(room.iterdir()) == []


# --- Every format gives the same -----------------------------------------------------------------

WRITTEN = ("p.gpkg", "p.geojson", "p.shp", "p.fgb", "p.gdb", "p.mif", "p.tab", "p.parquet")


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_holds_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    parks().to_parquet(path) if path.suffix == ".parquet" else parks().to_file(path)
    before = sorted(tmp_path.rglob("*"))
    records = read(path)
    order = np.argsort(-shapely.get_x(shapely.centroid(records.shapes)))[::-1]
    assert records.table["name"].iloc[order].tolist() == NAMES
    assert shapely.equals_exact(
        shapely.normalize(records.shapes[order]), shapely.normalize(SQUARES), 1e-6
    ).all()
    assert records.taken["crs"] == "EPSG:4326"
    assert not records.dropped
    assert not records.repaired
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["p.gpkg", "p.fgb", "p.gdb"])
def test_a_layer_that_is_not_there(tmp_path: Path, name: str) -> None:
    parks().to_file(tmp_path / name, layer="甲")
    with pytest.raises(InputError, match=r"has no layer '乙'; its layers are '甲'"):
        opened("parks", tmp_path / name, LayerOptions(layer="乙"), frozenset())


@pytest.mark.parametrize(
    ("name", "option"),
    [
        *(("p.gpkg", "encoding"), ("p.fgb", "encoding"), ("p.gdb", "encoding")),
        *(("p.shp", "layer"), ("p.geojson", "layer"), ("p.tab", "layer"), ("p.parquet", "layer")),
        *(("p.parquet", "encoding"), ("p.kml", "sheet"), ("p.zip", "levels")),
    ],
)
def test_options_that_say_nothing(tmp_path: Path, name: str, option: str) -> None:
    path = save(tmp_path / name, "x")
    with pytest.raises(InputError, match=f"option {option} says nothing about this layer"):
        opened("parks", path, LayerOptions(**{option: "utf-8"}), frozenset())


def test_a_layer_named_nearly(tmp_path: Path) -> None:
    for name in ("Parks 2024", "水系"):
        parks().to_file(tmp_path / "p.gpkg", layer=name)
    green = opened("green", tmp_path / "p.gpkg", LayerOptions(layer="parks2024"), frozenset())
    assert green.taken["layer"] == "Parks 2024"


def test_a_table_beside_layers_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "p.gpkg"
    parks().to_file(path, layer="parks")
    pyogrio.write_dataframe(pd.DataFrame({"lon": [116.5], "lat": [35.4]}), path, layer="站点")
    assert len(read(path).table) == 2
    stops = opened("bus_stops", path, LayerOptions(layer="站点"), frozenset())
    assert stops.shapes.tolist() == [Point(116.5, 35.4)]
    assert stops.taken["x"] == "lon"


def test_a_layer_of_an_odd_name(tmp_path: Path) -> None:
    name = "a\"b'; DROP TABLE \\x; --"
    mixed = gpd.GeoDataFrame(geometry=[SQUARES[0], Point(1, 2)], crs=4326)
    mixed.to_file(tmp_path / "p.gpkg", layer=name)
    assert len(read(tmp_path / "p.gpkg").table) == 2


# --- Curves, surfaces, broken shapes --------------------------------------------------------------


def in_geopackage(path: Path, shapes: list[bytes | None], crs: int = 4548) -> Records:
    """Shapes as raw binary, in a GeoPackage that promises any kind."""
    frame = gpd.GeoDataFrame(
        {"a": range(len(shapes))}, geometry=[Point(0, 0)] * len(shapes), crs=crs
    )
    frame.to_file(path, layer="parks", geometry_type="Unknown")
    raw_shapes(path, shapes)
    return read(path)


@pytest.mark.parametrize("radius", [0.5, 30, 5_000])
def test_arcs_stay_within_a_centimetre(tmp_path: Path, radius: float) -> None:
    circle = spots(8, [(-radius, 0), (0, radius), (radius, 0), (0, -radius), (-radius, 0)])
    records = in_geopackage(tmp_path / "c.gpkg", [numbers(10, circle)])
    ring = records.shapes[0].exterior
    middles = shapely.get_coordinates(ring)
    middles = (middles[1:] + middles[:-1]) / 2
    assert np.abs(np.hypot(*middles.T) - radius).max() < 0.01
    assert records.shapes[0].area == pytest.approx(np.pi * radius**2, abs=0.02 * radius + 1e-3)
    assert records.repaired == {"curve made straight": 1}


def test_a_chain_keeps_its_straight_vertices(tmp_path: Path) -> None:
    line = spots(2, [(0, 0), (5, 0), (10, 0)])
    bend = spots(8, [(10, 0), (15, 5), (10, 10)])
    chain = numbers(9, line, bend)
    several = numbers(11, chain, spots(2, [(0, 0), (0, 9)]))
    records = in_geopackage(tmp_path / "c.gpkg", [chain, several, spots(2, [(0, 0), (1, 1)])])
    xy = shapely.get_coordinates(records.shapes[0])
    assert xy[:3].tolist() == [[0, 0], [5, 0], [10, 0]]
    assert [15, 5] in xy.tolist()
    assert records.shapes[0].length == pytest.approx(10 + 5 * np.pi, abs=0.01)
    assert records.shapes[1].geom_type == "MultiLineString"
    assert records.shapes[2] == LineString([(0, 0), (1, 1)])
    assert records.repaired == {"curve made straight": 2}


def test_arcs_in_degrees(tmp_path: Path) -> None:
    half = 0.01
    circle = spots(8, [(116, 35), (116 + half, 35 + half), (116 + 2 * half, 35)])
    records = in_geopackage(tmp_path / "c.gpkg", [circle], crs=4326)
    xy = shapely.get_coordinates(records.shapes[0])
    off = np.abs(np.hypot(*((xy[1:] + xy[:-1]) / 2 - (116 + half, 35)).T) - half)
    assert off.max() * 111_320 < 0.01


@pytest.mark.parametrize("middle", [(1.0, 1.0), (1.0, -1.0)])
def test_an_arc_turns_the_way_it_is_given(middle: tuple[float, float]) -> None:
    start, end = np.array([0.0, 0.0]), np.array([2.0, 0.0])
    vertices = arc(start, np.array(middle), end, 0.001)
    assert vertices[0].tolist() == [0, 0]
    assert vertices[-1].tolist() == [2, 0]
    assert np.sign(vertices[1:-1, 1]).tolist() == [np.sign(middle[1])] * (len(vertices) - 2)


def test_an_arc_that_is_straight() -> None:
    spots_on_a_line = np.array([[0.0, 0.0], [1.0, 1.0], [3.0, 3.0]])
    assert arc(*spots_on_a_line, off=0.01).tolist() == spots_on_a_line.tolist()


def test_faces_are_seen_from_above(tmp_path: Path) -> None:
    """A box of five faces: four walls cover nothing, the roof covers the ground."""
    a, b, c, d = (0, 0), (10, 0), (10, 10), (0, 10)
    roof = _face(*[(*xy, 9) for xy in (a, b, c, d, a)])
    walls = [
        _face((*p, 0), (*q, 0), (*q, 9), (*p, 9), (*p, 0))
        for p, q in ((a, b), (b, c), (c, d), (d, a))
    ]
    records = in_geopackage(
        tmp_path / "f.gpkg", [numbers(1015, roof, *walls), numbers(1015, *walls)]
    )
    assert records.shapes[0].area == 100
    assert records.shapes[1].is_empty
    assert records.repaired == {"surface of faces made the area it covers": 2}


def _face(*xyz: tuple[float, ...]) -> bytes:
    return struct.pack("<BIII", 1, 1003, 1, len(xyz)) + np.array(xyz, dtype="<f8").tobytes()


def test_one_broken_shape_loses_no_other(tmp_path: Path) -> None:
    good = shapely.to_wkb(box(0, 0, 1, 1))
    open_ring = struct.pack("<BIII", 1, 3, 1, 3) + np.array([0, 0, 0, 1, 1, 1.0]).tobytes()
    records = in_geopackage(tmp_path / "b.gpkg", [good, good[:20], b"\xff" * 30, None, open_ring])
    assert shapely.is_missing(records.shapes).tolist() == [False, True, True, True, False]
    assert records.repaired == {"open ring closed": 1}


def test_shapes_nested_without_end_end_nothing(tmp_path: Path) -> None:
    """GEOS would end the whole program."""
    for code in (4, 6, 7):
        deep = struct.pack("<BII", 1, code, 1) * 100_000 + shapely.to_wkb(Point(1, 2))
        path = tmp_path / f"{code}.parquet"
        frame = pd.DataFrame({"name": ["a", "b"], "geometry": [deep, shapely.to_wkb(Point(1, 2))]})
        geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
        save_parquet(frame, path, geo)
        assert shapely.is_missing(read(path).shapes).tolist() == [True, False]
        records = in_geopackage(tmp_path / f"{code}.gpkg", [deep, shapely.to_wkb(Point(1, 2))])
        assert shapely.is_missing(records.shapes).tolist() == [True, False]


# --- What lies beside a .shp ----------------------------------------------------------------------

WGS84_IN_GBK = 'GEOGCS["济宁",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
DEGREES = 'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'


def test_a_prj_in_gbk(tmp_path: Path) -> None:
    parks().to_file(tmp_path / "p.shp")
    save(tmp_path / "p.prj", (WGS84_IN_GBK + DEGREES).encode("gbk"))
    assert read(tmp_path / "p.shp").crs.is_geographic


@pytest.mark.parametrize("text", ["GEOGCS[", "+proj=longlat", "", "\0\0"])
def test_a_prj_that_says_nothing_can_be_overridden(tmp_path: Path, text: str) -> None:
    parks().to_file(tmp_path / "p.shp")
    save(tmp_path / "p.prj", text)
    refused('has no CRS; say crs = "EPSG:4326"', tmp_path / "p.shp")
    assert read(tmp_path / "p.shp", crs="EPSG:4326").crs.to_epsg() == 4326


def test_buildings_in_three_dimensions(tmp_path: Path) -> None:
    """A MultiPatch: a roof and a wall."""
    roof = [(0, 0, 5), (1, 0, 5), (1, 1, 5), (0, 1, 5), (0, 0, 5)]
    wall = [(0, 0, 0), (1, 0, 0), (1, 0, 5), (0, 0, 5), (0, 0, 0)]
    xyz = np.array([*roof, *wall], dtype="<f8")
    box_xy = struct.pack("<4d", 0, 0, 1, 1)
    shape = struct.pack("<i", 31) + box_xy + struct.pack("<6i", 2, 10, 0, 5, 2, 2)
    shape += xyz[:, :2].tobytes() + struct.pack("<2d", 0, 5) + xyz[:, 2].tobytes()
    record = struct.pack(">2i", 1, len(shape) // 2) + shape

    def headed(content: bytes) -> bytes:
        words = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(content) // 2)
        return (
            words + struct.pack("<2i", 1000, 31) + box_xy + struct.pack("<4d", 0, 5, 0, 0) + content
        )

    save(tmp_path / "p.shp", headed(record))
    records = read(tmp_path / "p.shp", crs="EPSG:4548")
    areas = shapely.area(shapely.get_parts(shapely.force_2d(records.shapes)))
    assert areas.tolist() == [1, 0]
    assert records.taken["shx"] == "missing: made anew"


# --- GeoJSON -------------------------------------------------------------------------------------


def test_nested_lists_make_shapes() -> None:
    """All kinds at once, holes, empty rings, points too few, heights in some positions."""
    shell, hole = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]
    several = {
        "type": "MultiPolygon",
        "coordinates": [[shell, hole], [[[20, 0], [21, 0], [21, 1]]]],
    }
    built = shapes_of(
        [
            {"type": "Polygon", "coordinates": [shell, hole]},
            several,
            {"type": "Polygon", "coordinates": [shell, []]},
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
            {"type": "LineString", "coordinates": [[0, 0, 5], [1, 1]]},
            {"type": "LineString", "coordinates": [[3, 4]]},
            {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[2, 2], [3, 3]]]},
            {"type": "MultiPoint", "coordinates": [[0, 0], [1, 1]]},
            {"type": "MultiPoint", "coordinates": []},
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "Point", "coordinates": [1, 2]}],
            },
            {"type": "Polygon", "coordinates": [[[0, 0], [1, None]]]},
            {"type": "Point", "coordinates": [True, False]},
            {"type": "Point", "coordinates": {"x": 1}},
            {"type": "Point", "coordinates": [10**400, 0]},
        ]
    )
    assert [None if shape is None else shape.wkt for shape in built.shapes] == [
        Polygon(shell, [hole]).wkt,
        shapely.MultiPolygon([(shell, [hole]), ([[20, 0], [21, 0], [21, 1]], [])]).wkt,
        Polygon(shell).wkt,
        "POLYGON ((0 0, 1 1, 1 1, 0 0))",
        "LINESTRING (0 0, 1 1)",
        "LINESTRING (3 4, 3 4)",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
        "MULTIPOINT ((0 0), (1 1))",
        None,
        "GEOMETRYCOLLECTION (POINT (1 2))",
        *[None] * 4,
    ]
    assert np.flatnonzero(built.closed).tolist() == [1, 3]


def test_cells_of_geojson(tmp_path: Path) -> None:
    cells = {"n": 1, "list": [1, {"a": "甲"}], "half": "\ud800", "none": None}
    one = {"type": "Feature", "id": "way/7", "properties": cells, "geometry": None}
    table = read(save(tmp_path / "p.geojson", json.dumps(one))).table
    assert table.iloc[0].to_dict() | {"none": None} == {
        "id": "way/7",
        "n": 1,
        "list": '[1, {"a": "甲"}]',
        "half": "?",
        "none": None,
    }


def test_rows_of_json(tmp_path: Path) -> None:
    """A list of places as web services give it."""
    rows = [
        {"名称": "东站", "lng": "116.5", "lat": "35.4"},
        {"名称": "西站", "lng": 116.6, "lat": 35.4},
    ]
    records = read(save(tmp_path / "stops.json", json.dumps(rows)), "bus_stops")
    assert records.shapes.tolist() == [Point(116.5, 35.4), Point(116.6, 35.4)]


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, 4326),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}, 4490),
        ({"type": "EPSG", "properties": {"code": 4548}}, 4548),
        ("EPSG:4548", 4548),
        ({}, 4326),
    ],
)
def test_the_member_crs(tmp_path: Path, member: object, code: int) -> None:
    whole = {"type": "FeatureCollection", "crs": member, "features": []}
    assert read(save(tmp_path / "p.geojson", json.dumps(whole))).crs.to_epsg() == code


def test_a_crs_said_goes_before_the_member(tmp_path: Path) -> None:
    whole = {"type": "FeatureCollection", "crs": {"type": "?"}, "features": []}
    path = save(tmp_path / "p.geojson", json.dumps(whole))
    assert read(path, crs="EPSG:4548").crs.to_epsg() == 4548
    refused("has a member crs that does not name a CRS; say crs", path)


@pytest.mark.parametrize("mark", ["[", '{"a":', '{"type":"GeometryCollection","geometries":['])
def test_a_hundred_thousand_brackets(tmp_path: Path, mark: str) -> None:
    """In a child, which would die if it did."""
    path = save(tmp_path / "deep.geojson", mark * 100_000)
    words = (
        "import pathlib, sys; from layers.vector import read_layer;"
        "read_layer('parks', pathlib.Path(sys.argv[1]))"
    )
    child = subprocess.run(
        [sys.executable, "-c", words, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 1
    assert child.stderr.splitlines()[-1].endswith(
        "parks: cannot be read (its brackets are nested too deeply); "
        "save it anew from the program that made it"
    )


# --- KML and GPX ---------------------------------------------------------------------------------


def kml(
    path: Path, inside: str, head: str = '<kml xmlns="http://www.opengis.net/kml/2.2">'
) -> Path:
    return save(path, f"{head}<Document>{inside}</Document></kml>")


SPOT = "<Point><coordinates>116.5,35.4,0</coordinates></Point>"
AREA = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>116,35 117, 35, 9\n117,36 116,35"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon>"
)


def test_columns_of_a_placemark(tmp_path: Path) -> None:
    said = (
        '<ExtendedData><Data name="人口"><value>120</value></Data><SchemaData>'
        '<SimpleData name="类别">小学</SimpleData></SchemaData></ExtendedData>'
    )
    path = kml(tmp_path / "p.kml", f"<Placemark><name>A & B &amp; C</name>{said}{SPOT}</Placemark>")
    records = read(path, "homes")
    assert records.table.iloc[0].to_dict() == {"name": "A & B & C", "人口": "120", "类别": "小学"}
    assert records.shapes.tolist() == [Point(116.5, 35.4)]


def test_shapes_of_placemarks(tmp_path: Path) -> None:
    track = "<gx:Track><gx:coord>116 35 1</gx:coord><gx:coord>117 36 1</gx:coord></gx:Track>"
    head = (
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">'
    )
    line = "<LineString><coordinates>116,35 117,36</coordinates></LineString>"
    shapes = [
        *(AREA, line, track, f"<MultiGeometry>{AREA}{AREA}</MultiGeometry>"),
        *(f"<MultiGeometry>{AREA}{SPOT}</MultiGeometry>", SPOT.replace("116.5", "x"), ""),
    ]
    marks = "".join(f"<Placemark>{shape}</Placemark>" for shape in shapes)
    records = read(kml(tmp_path / "p.kml", marks, head))
    assert [shape and shape.geom_type for shape in records.shapes] == [
        *("Polygon", "LineString", "LineString", "MultiPolygon", "GeometryCollection", None, None)
    ]


def test_folders_of_a_kml(tmp_path: Path) -> None:
    inside = "".join(
        f"<Folder><name>{name}</name><Placemark><name>{name}</name>{SPOT}</Placemark></Folder>"
        for name in ("公园", "站点", "未命名")
    )
    path = kml(tmp_path / "p.kml", inside)
    assert read(path, "parks").table["name"].tolist() == ["公园"]
    assert read(path, "parks").taken["layer"] == "公园"
    assert len(read(path, "homes").table) == 3
    assert read(path, "homes").taken["layer"] == "all 3 folders"
    chosen = opened("homes", path, LayerOptions(layer="未命名"), frozenset())
    assert chosen.table["folder"].tolist() == ["未命名"]
    with pytest.raises(
        InputError, match="has no layer '甲'; its layers are '公园', '站点', '未命名'"
    ):
        opened("homes", path, LayerOptions(layer="甲"), frozenset())


def test_a_kml_in_gbk(tmp_path: Path) -> None:
    mark = f"<kml><Placemark><name>公园</name>{SPOT}</Placemark></kml>"
    text = f'<?xml version="1.0" encoding="GBK"?>{mark}'
    records = read(save(tmp_path / "p.kml", text.encode("gbk")))
    assert records.table["name"].tolist() == ["公园"]
    assert records.taken["encoding"] == "gbk"


def test_parts_of_a_gpx(tmp_path: Path) -> None:
    mark = '<wpt lat="35.4" lon="116.5"><name>a</name></wpt><wpt lat="x" lon="1"/>'
    track = '<trk><trkseg><trkpt lat="35" lon="116"/><trkpt lat="36" lon="117"/></trkseg></trk>'
    path = save(tmp_path / "p.gpx", f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{mark}</gpx>')
    assert read(path, "homes").shapes.tolist() == [Point(116.5, 35.4), None]
    save(path, f"<gpx>{mark}{track}</gpx>")
    refused("holds several layers: 'waypoints', 'tracks'; say which", path, "homes")
    lines = opened("streets", path, LayerOptions(layer="tracks"), frozenset())
    assert lines.shapes.tolist() == [shapely.MultiLineString([[(116, 35), (117, 36)]])]


# --- Parquet, DXF, MapInfo -----------------------------------------------------------------------


def save_parquet(frame: pd.DataFrame, path: Path, geo: object) -> Path:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet as pq  # noqa: PLC0415

    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parks().to_parquet(tmp_path / "p.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    refused("needs pyarrow; install it with pip install pyarrow", tmp_path / "p.parquet")


@pytest.mark.parametrize(
    ("geo", "words"),
    [
        ([], "what it says of its shapes is broken"),
        ({"primary_column": "g", "columns": {"g": {}}}, "not in a column of WKB"),
        (
            {"primary_column": "geometry", "columns": {"geometry": {"crs": "?"}}},
            "CRS cannot be read",
        ),
        ({"primary_column": "geometry", "columns": {"geometry": {"crs": None}}}, "has no CRS"),
    ],
)
def test_parquet_that_says_nonsense(tmp_path: Path, geo: object, words: str) -> None:
    frame = pd.DataFrame({"geometry": [shapely.to_wkb(SQUARES[0])]})
    refused(words, save_parquet(frame, tmp_path / "p.parquet", geo))


def test_parquet_that_swells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parks().to_parquet(tmp_path / "p.parquet")
    monkeypatch.setattr(parquet, "_MOST_BYTES", 10)
    refused("holds 0 GB, more than 0 GB; cut it", tmp_path / "p.parquet")


DXF = "0\nSECTION\n2\nHEADER\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{}0\nENDSEC\n0\nEOF\n"
DXF_LINE = "0\nLINE\n8\n{}\n10\n0\n20\n0\n11\n5\n21\n5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_layers_of_a_drawing(tmp_path: Path, encoding: str) -> None:
    text = DXF.format(DXF_LINE.format("道路") + DXF_LINE.format("图框"))
    path = save(tmp_path / "p.dxf", text.encode(encoding))
    refused("has no CRS", path, "streets")
    records = read(path, "streets", crs="EPSG:4548")
    assert records.shapes.tolist() == [LineString([(0, 0), (5, 5)])]
    assert records.taken["layer"] == "道路"
    refused("holds several layers: '道路', '图框'; say which", path, "water", crs="EPSG:4548")


# --- Nothing is read from the network ------------------------------------------------------------


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server of our own, and what was asked of it."""
    paths: list[str] = []

    class Noted(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Noted) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


@pytest.mark.parametrize(
    "suffix", [".gpkg", ".geojson", ".shp", ".kml", ".gpx", ".dxf", ".tab", ".fgb"]
)
def test_nothing_is_asked_of_the_network(
    tmp_path: Path, asked: tuple[str, list[str]], suffix: str
) -> None:
    server, paths = asked
    source = f"<SrcDataSource>/vsicurl/{server}/x.gpkg</SrcDataSource>"
    layer = f'<OGRVRTLayer name="x">{source}</OGRVRTLayer>'
    streamed = {"type": "gdal_streamed_alg", "command_line": f"gdal vector read {server}/x"}
    entity = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{server}/x">]><kml>&x;</kml>'
    link = {"type": "link", "properties": {"href": f"{server}/x"}}
    linked = json.dumps({"type": "FeatureCollection", "crs": link, "features": []})
    for text in (
        f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>",
        json.dumps(streamed),
        entity,
        linked,
    ):
        refused("read|type of its own|member crs", save(tmp_path / f"p{suffix}", text))
    assert paths == []


def test_an_address_is_no_path(asked: tuple[str, list[str]]) -> None:
    server, paths = asked
    for path in (f"/vsicurl/{server}/x.gpkg", f"{server}/x.geojson", f"GPKG:{server}/x.gpkg"):
        refused("is (not there|an address on the web)", Path(path))
    assert paths == []


def test_gdal_itself_is_sealed(asked: tuple[str, list[str]]) -> None:
    server, paths = asked
    with pytest.raises(InputError), gdal.faults_in_one_line():
        pyogrio.list_layers(f"/vsicurl/{server}/x.gpkg")
    assert paths == []


# --- Digests -------------------------------------------------------------------------------------


def test_a_digest_holds_what_belongs_to_a_file(tmp_path: Path) -> None:
    parks().to_file(tmp_path / "p.shp")
    parks().to_file(tmp_path / "p.gdb")
    for path, part in ((tmp_path / "p.shp", tmp_path / "p.dbf"), (tmp_path / "p.gdb", None)):
        before = content_digest(path)
        assert content_digest(path) == before
        changed = part or next(file for file in path.iterdir() if file.stat().st_size)
        changed.write_bytes(changed.read_bytes()[:-1] + b"?")
        assert content_digest(path)[0] != before[0]
        assert content_digest(path)[1] == before[1]
    shutil.copy(tmp_path / "p.dbf", tmp_path / "q.dbf")
    assert content_digest(tmp_path / "q.dbf")[1] == (tmp_path / "p.dbf").stat().st_size


def test_no_archive_is_larger_than_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    path = tmp_path / "p.zip"
    shutil.make_archive(str(path.with_suffix("")), "zip", ROOT / "tests" / "faults")
    refused("holds 0 GB, more than 0 GB", path)
