"""Faults of vector files: formats, companions, encodings, layers, curves, CRS."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from tests.faults.town import Fault, change_plan

SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")
PARKS, GATES, WATER = "parks.geojson", "gates.geojson", "water.geojson"


# --- The same town in other formats --------------------------------------------------------------


def as_file(folder: Path, old: str, new: str, **how: Any) -> Path:
    """Save a layer of the town in another format, and name it in the plan."""
    layer = gpd.read_file(folder / old)
    path = folder / new
    if path.suffix == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path, **how)
    (folder / old).unlink()
    change_plan(folder, f'"{old}"', f'"{new}"')
    return path


def parks_as(name: str, **how: Any) -> Callable[[Path], None]:
    return lambda folder: void(as_file(folder, PARKS, name, **how))


def void(_: object) -> None:
    """Give nothing."""


def shapefile(folder: Path, encoding: str = "utf-8") -> Path:
    """Save the parks as a Shapefile."""
    return as_file(folder, PARKS, "公园.shp", encoding=encoding)


def spoilt(change: Callable[[Path], object], encoding: str = "utf-8") -> Callable[[Path], None]:
    """Save the parks as a Shapefile, and spoil it."""
    return lambda folder: void(change(shapefile(folder, encoding)))


def without(*suffixes: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        for suffix in suffixes:
            path.with_suffix(suffix).unlink()

    return spoil


def with_bytes(suffix: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        file = path.with_suffix(suffix)
        file.write_bytes(change(file.read_bytes()))

    return spoil


def in_capitals(path: Path) -> None:
    for suffix in SUFFIXES:
        file = path.with_suffix(suffix)
        file.rename(path.with_suffix(suffix.upper()))
    change_plan(path.parent, "公园.shp", "公园.SHP")


def zipped(path: Path, inside: str = "", encoding: str = "utf-8") -> None:
    """Pack a Shapefile; by a program in Chinese names are GBK without a mark."""
    archive = path.with_suffix(".zip")
    stem = "xx" if encoding == "gbk" else path.stem
    with zipfile.ZipFile(archive, "w") as pack:
        for suffix in SUFFIXES:
            pack.write(path.with_suffix(suffix), f"{inside}{stem}{suffix}")
            path.with_suffix(suffix).unlink()
    if encoding == "gbk":
        archive.write_bytes(archive.read_bytes().replace(b"xx.", "园".encode("gbk") + b"."))
    change_plan(path.parent, '"公园.shp"', '"公园.zip"')


def linked(path: Path) -> None:
    """Keep the parks elsewhere, and only a link in the folder of the plan."""
    there = path.parent / "服务器"
    there.mkdir()
    for suffix in SUFFIXES:
        path.with_suffix(suffix).rename(there / f"公园{suffix}")
    path.symlink_to(there / "公园.shp")


def in_odd_place(folder: Path) -> None:
    """Keep the parks in a folder and a file with names that are no mere words."""
    (folder / "甲方 资料 (最终版)!").mkdir()
    path = folder / "甲方 资料 (最终版)!" / "公园；50% #2?.gpkg"
    gpd.read_file(folder / PARKS).to_file(folder / "parks.gpkg")
    (folder / "parks.gpkg").rename(path)
    change_plan(folder, PARKS, str(path.relative_to(folder)))


# --- Several layers ------------------------------------------------------------------------------


def several(folder: Path, *layers: str) -> Path:
    """Save the parks in a GeoPackage with other layers."""
    path = folder / "全市.gpkg"
    for layer in layers:
        source = WATER if layer == "水系" else PARKS
        gpd.read_file(folder / source).to_file(path, layer=layer)
    change_plan(folder, f'"{PARKS}"', '"全市.gpkg"')
    return path


def named(folder: Path, layer: str) -> None:
    several(folder, "绿地", "水系")
    change_plan(folder, '"全市.gpkg"', f'{{ path = "全市.gpkg", layer = "{layer}" }}')


def styled(folder: Path) -> None:
    path = several(folder, "parks")
    pyogrio.write_dataframe(pd.DataFrame({"styleQML": ["x"]}), path, layer="layer_styles")


def stops_as_table(folder: Path) -> None:
    """Keep the stops in a table of a GeoPackage that has no shapes."""
    stops = pd.read_csv(folder / "stops.csv")
    pyogrio.write_dataframe(stops, folder / "stops.gpkg", layer="站点")
    change_plan(folder, '"stops.csv"', '"stops.gpkg"')


def kml(folder: Path, layer: str, old: str, *, folders: bool = True) -> Path:
    """Save a layer as Google Earth would: each place in a folder of its own."""
    places = gpd.read_file(folder / old)
    marks = [
        _in_drawer(f"第{row}组", _placemark(name, shape)) if folders else _placemark(name, shape)
        for row, (name, shape) in enumerate(zip(places["name"], places.geometry, strict=True))
    ]
    path = folder / f"{layer}.kml"
    path.write_text(_document("".join(marks)), encoding="utf-8")
    change_plan(folder, f'"{old}"', f'"{layer}.kml"')
    return path


def _document(inside: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    return f"{head}<Document><name>济宁</name>{inside}</Document></kml>"


def _in_drawer(name: str, inside: str) -> str:
    return f"<Folder><name>{name}</name>{inside}</Folder>"


def _placemark(name: str, shape: Any) -> str:
    kind = shape.geom_type
    rings = [shape.exterior, *shape.interiors] if kind == "Polygon" else []
    if not rings:
        return f"<Placemark><name>{name}</name><{kind}>{_spots(shape)}</{kind}></Placemark>"
    sides = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    inside = "".join(
        f"<{side}><LinearRing>{_spots(ring)}</LinearRing></{side}>"
        for side, ring in zip(sides, rings, strict=True)
    )
    return f"<Placemark><name>{name}</name><Polygon>{inside}</Polygon></Placemark>"


def _spots(shape: Any) -> str:
    spots = [f"{x!r},{y!r},12.5" for x, y in shapely.get_coordinates(shape).tolist()]
    return f"<coordinates>{' '.join(spots)}</coordinates>"


def kmz(folder: Path) -> None:
    path = kml(folder, "parks", PARKS)
    with zipfile.ZipFile(folder / "parks.kmz", "w") as pack:
        pack.write(path, "doc.kml")
        pack.writestr("files/icon.png", b"\x89PNG")
    path.unlink()
    change_plan(folder, '"parks.kml"', '"parks.kmz"')


def gates_among_others(folder: Path) -> None:
    """One KML for gates and parks, each in a folder named for what it holds."""
    marks = {}
    for name, old in (("公园", PARKS), ("出入口备选", WATER)):
        places = gpd.read_file(folder / old)
        marks[name] = "".join(map(_placemark, places["name"], places.geometry))
    text = "".join(_in_drawer(name, inside) for name, inside in marks.items())
    (folder / "一张图.kml").write_text(_document(text), encoding="utf-8")
    change_plan(folder, f'"{PARKS}"', '"一张图.kml"')


# --- GeoJSON -------------------------------------------------------------------------------------


def json_of(change: Callable[[dict[str, Any]], Any], name: str = PARKS) -> Callable[[Path], None]:
    """Change a GeoJSON file as what it holds."""

    def spoil(folder: Path) -> None:
        whole = json.loads((folder / name).read_text(encoding="utf-8"))
        changed = change(whole)
        text = json.dumps(whole if changed is None else changed, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")

    return spoil


def bytes_of(change: Callable[[bytes], bytes], name: str = PARKS) -> Callable[[Path], None]:
    """Change a file as bytes."""

    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    return spoil


def recoded(encoding: str, name: str = PARKS) -> Callable[[Path], None]:
    return bytes_of(lambda content: content.decode("utf-8").encode(encoding), name)


def one_a_line(folder: Path, broken: str = "") -> None:
    whole = json.loads((folder / PARKS).read_text(encoding="utf-8"))
    lines = [json.dumps(one, ensure_ascii=False) for one in whole["features"]]
    text = "\n".join([*lines, broken])
    (folder / "parks.geojsonl").write_text(text, encoding="utf-8")
    change_plan(folder, f'"{PARKS}"', '"parks.geojsonl"')


def more(*elements: object) -> Callable[[dict[str, Any]], None]:
    """Add elements to the features."""
    return lambda whole: whole["features"].extend(elements)


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def coordinates_as_text(whole: dict[str, Any]) -> None:
    spot = whole["features"][0]["geometry"]["coordinates"]
    whole["features"][0]["geometry"]["coordinates"] = [str(number) for number in spot]


def untyped(whole: dict[str, Any]) -> None:
    del whole["features"][0]["type"]


def with_crs(member: object) -> Callable[[dict[str, Any]], None]:
    return lambda whole: whole.update(crs=member)


# --- Shapes --------------------------------------------------------------------------------------


def raw_shapes(path: Path, shapes: Iterable[bytes | None]) -> None:
    """Write well-known binary into a GeoPackage, whatever it is."""
    head = b"GP\0\1" + struct.pack("<i", 4326)
    with sqlite3.connect(path) as base:
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            base.execute(f'DROP TRIGGER "{name}"')
        for row, shape in enumerate(shapes, 1):
            content = None if shape is None else head + shape
            base.execute("UPDATE parks SET geom = ? WHERE fid = ?", (content, row))
    base.close()


def numbers(code: int, *parts: bytes) -> bytes:
    return struct.pack("<BII", 1, code, len(parts)) + b"".join(parts)


def spots(code: int, xy: Any) -> bytes:
    return numbers(code, *(struct.pack("<dd", *spot) for spot in np.asarray(xy)))


def parks_of(change: Callable[[Any], bytes | None], extra: int = 0) -> Callable[[Path], None]:
    """Keep the parks in a GeoPackage, in another binary form."""

    def spoil(folder: Path) -> None:
        layer = gpd.read_file(folder / PARKS)
        layer = pd.concat([layer, *[layer.iloc[[0]]] * extra], ignore_index=True)
        layer.to_file(folder / "parks.gpkg", layer="parks", geometry_type="Unknown")
        shapes = [change(shape) for shape in layer.geometry[: len(layer) - extra]]
        broken = [b"\x01\x03\0\0\0\x05\0\0"] * extra
        raw_shapes(folder / "parks.gpkg", [*shapes, *broken])
        change_plan(folder, f'"{PARKS}"', '"parks.gpkg"')

    return spoil


def as_curve_polygon(shape: Any) -> bytes:
    """The outline as a compound curve whose pieces happen to be straight."""
    return numbers(10, numbers(9, spots(2, shape.exterior.coords)))


def as_arcs(shape: Any) -> bytes:
    """The outline as arcs through the middle of straight pieces."""
    xy = np.asarray(shape.exterior.coords)
    through = np.empty((2 * len(xy) - 1, 2))
    through[::2], through[1::2] = xy, (xy[1:] + xy[:-1]) / 2
    return numbers(10, spots(8, through))


def as_tin(shape: Any) -> bytes:
    a, b, c, d = np.asarray(shape.exterior.coords)[:4]
    return numbers(16, *(_faced(17, [*three, three[0]]) for three in ((a, b, c), (a, c, d))))


def as_surface(shape: Any) -> bytes:
    return numbers(15, _faced(3, shape.exterior.coords))


def _faced(code: int, xy: Any) -> bytes:
    ring = np.asarray(xy)
    return struct.pack("<BIII", 1, code, 1, len(ring)) + ring.astype("<f8").tobytes()


def in_multisurface(shape: Any) -> bytes:
    return numbers(12, as_arcs(shape))


def measured(shape: Any) -> bytes:
    """With heights and measures."""
    ring = np.asarray(shape.exterior.coords)
    with_both = np.column_stack([ring, np.full(len(ring), 38.5), np.arange(len(ring))])
    return struct.pack("<BIII", 1, 3003, 1, len(ring)) + with_both.astype("<f8").tobytes()


def no_crs(folder: Path) -> None:
    """Let a GeoPackage say what it says where nobody knows."""
    with sqlite3.connect(folder / "zones.gpkg") as base:
        base.execute("UPDATE gpkg_geometry_columns SET srs_id = 0")
    base.close()


def replaced(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: void((folder / name).write_bytes(content))


def renamed(old: str, new: str) -> Callable[[Path], None]:
    """Give a file the name of another kind."""

    def spoil(folder: Path) -> None:
        (folder / old).rename(folder / new)
        change_plan(folder, f'"{old}"', f'"{new}"')

    return spoil


def zip_of(folder: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(folder / "parks.zip", "w") as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    change_plan(folder, f'"{PARKS}"', '"parks.zip"')


def two_in_a_zip(folder: Path) -> None:
    content = (folder / PARKS).read_bytes()
    zip_of(folder, {"东部.geojson": content, "西部.geojson": content})


NO_NUMBER = b'{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,35]}},'
DBF_GONE = "deleted or missing in the .dbf"
CURVE, FACES = "curve made straight", "surface of faces made the area it covers"

FAULTS = [
    # The same town
    *(
        Fault(f"parks as {name}", parks_as(name))
        for name in ("公园.gpkg", "parks.fgb", "parks.gdb", "parks.parquet", "parks.mif")
    ),
    Fault("parks as Shapefile, GBK", spoilt(void, "gbk")),
    Fault("no .cpg, text in GBK", spoilt(without(".cpg"), "gbk")),
    Fault("no .cpg, text in UTF-8", spoilt(without(".cpg"))),
    Fault("the .cpg lies", spoilt(with_bytes(".cpg", lambda _: b"UTF-8"), "gbk")),
    Fault("no .shx", spoilt(without(".shx"))),
    Fault("an .shx cut short", spoilt(with_bytes(".shx", lambda old: old[:-8]))),
    Fault("an .shx of other shapes", spoilt(with_bytes(".shx", lambda old: old[:-4] + b"\0" * 4))),
    Fault("a Shapefile in capitals", spoilt(in_capitals)),
    Fault("a zipped Shapefile", spoilt(zipped)),
    Fault("a zipped Shapefile in a folder", spoilt(partial(zipped, inside="数据/2024/"))),
    Fault("a zip with names in GBK", spoilt(partial(zipped, encoding="gbk"))),
    Fault("a link to a Shapefile", spoilt(linked)),
    Fault("a path of odd letters", in_odd_place),
    Fault("a layer named like what it holds", lambda f: void(several(f, "公园", "水系"))),
    Fault("the layer said", lambda f: named(f, "绿地")),
    Fault("a GeoPackage with QGIS's styles", styled),
    Fault("a GeoPackage table without shapes", stops_as_table),
    Fault("KML, a folder a place", lambda f: void(kml(f, "parks", PARKS))),
    Fault("KML without folders", lambda f: void(kml(f, "gates", GATES, folders=False))),
    Fault("KMZ", kmz),
    Fault("KML, a folder named like the layer", gates_among_others),
    Fault("GeoJSON with a mark of order", bytes_of(lambda old: b"\xef\xbb\xbf" + old)),
    Fault("GeoJSON in GBK", recoded("gb18030")),
    Fault("GeoJSON in UTF-16", recoded("utf-16")),
    Fault(
        "a bare geometry",
        json_of(lambda whole: whole["features"][0]["geometry"], "boundary.geojson"),
    ),
    Fault("a single feature", json_of(lambda whole: whole["features"][0], GATES)),
    Fault("a list of features", json_of(lambda whole: whole["features"])),
    Fault("a feature a line", one_a_line),
    Fault("crs null", json_of(with_crs(None))),
    Fault("crs as plain text", json_of(with_crs("EPSG:4326"))),
    Fault("heights and measures", parks_of(measured)),
    # Counted
    Fault(
        "a line that breaks off",
        partial(one_a_line, broken='{"type": "Fea'),
        counted={"parks": {"no feature": 1}},
        same=True,
    ),
    Fault(
        "elements that are no features",
        json_of(more(None, "x", 7)),
        counted={"parks": {"no feature": 3}},
        same=True,
    ),
    Fault(
        "a feature without a geometry",
        json_of(more(feature(None), {"type": "Feature", "properties": {}})),
        counted={"parks": {"no geometry": 2}},
        same=True,
    ),
    Fault(
        "coordinates that are null",
        json_of(more(feature({"type": "Point", "coordinates": [None, None]})), GATES),
        counted={"park_gates": {"no geometry": 1}},
        same=True,
    ),
    Fault(
        "coordinates NaN",
        bytes_of(
            lambda old: old.replace(b'"features": [', b'"features": [' + NO_NUMBER),
            GATES,
        ),
        counted={"park_gates": {"not finite": 1}},
        same=True,
    ),
    Fault(
        "a number too large",
        bytes_of(
            lambda old: old.replace(
                b'"features": [',
                b'"features": [{"type":"Feature","properties":{"n":'
                + b"9" * 5000
                + b'},"geometry":{"type":"Point","coordinates":[1e999, 35]}},',
            ),
            GATES,
        ),
        counted={"park_gates": {"not finite": 1}},
        same=True,
    ),
    Fault(
        "coordinates as text",
        json_of(coordinates_as_text, GATES),
        counted={"park_gates": {"written as text": 1}},
        same=True,
    ),
    Fault(
        "a feature that does not say so",
        json_of(untyped),
        counted={"parks": {"does not say so": 1}},
        same=True,
    ),
    Fault(
        "a geometry of no kind",
        json_of(more(feature({"type": "Punkt", "coordinates": [1, 2]}))),
        counted={"parks": {"kind that is not known": 1}},
        same=True,
    ),
    Fault("compound curves", parks_of(as_curve_polygon), counted={"parks": {CURVE: 2}}, same=True),
    Fault("arcs", parks_of(as_arcs), counted={"parks": {CURVE: 2}}, same=True),
    Fault("a surface of arcs", parks_of(in_multisurface), counted={"parks": {CURVE: 2}}, same=True),
    Fault("a TIN", parks_of(as_tin), counted={"parks": {FACES: 2}}, same=True),
    Fault("a surface of faces", parks_of(as_surface), counted={"parks": {FACES: 2}}, same=True),
    Fault(
        "one shape cut off",
        parks_of(shapely.to_wkb, extra=1),
        counted={"parks": {"no geometry": 1}},
        same=True,
    ),
    Fault(
        "a .dbf one row short",
        spoilt(with_bytes(".dbf", lambda old: old[:-40])),
        counted={"parks": {DBF_GONE: 1}},
        used={"parks": 1},
    ),
    Fault(
        "a row deleted in the .dbf",
        spoilt(
            with_bytes(
                ".dbf",
                lambda old: old[: old[8] + 256 * old[9]] + b"*" + old[old[8] + 256 * old[9] + 1 :],
            )
        ),
        counted={"parks": {DBF_GONE: 1}},
        used={"parks": 1},
    ),
    Fault(
        "a .dbf one row long",
        spoilt(
            with_bytes(
                ".dbf",
                lambda old: (
                    old[:4]
                    + b"\3"
                    + old[5:-1]
                    + old[old[8] + 256 * old[9] : -1][: (len(old) - old[8] - 256 * old[9]) // 2]
                    + old[-1:]
                ),
            )
        ),
        counted={"parks": {"row of the .dbf without a shape": 1}},
        same=True,
    ),
    # Refused
    Fault("no .prj", spoilt(without(".prj")), error=("公园.shp", "parks", "has no CRS", "say crs")),
    Fault(
        "a .prj of no CRS",
        spoilt(with_bytes(".prj", lambda _: b"unknown")),
        error=("parks", "has no CRS"),
    ),
    Fault("a GeoPackage without CRS", no_crs, error=("zones.gpkg", "has no CRS")),
    Fault(
        "a crs that is not known",
        json_of(with_crs({"type": "name", "properties": {"name": "济宁"}})),
        error=("crs '济宁' is not known",),
    ),
    Fault(
        "a crs that is elsewhere",
        json_of(with_crs({"type": "link", "properties": {"href": "http://127.0.0.1:9/"}})),
        error=("member crs",),
    ),
    Fault(
        "two layers",
        lambda f: void(several(f, "绿地", "水系")),
        error=("holds several layers", "'绿地', '水系'", "say which"),
    ),
    Fault(
        "a layer that is not there",
        lambda f: named(f, "公园2"),
        error=("has no layer '公园2'", "'绿地', '水系'"),
    ),
    Fault("an empty GeoJSON", replaced(PARKS, b""), error=(PARKS, "it is empty")),
    Fault("an empty GeoPackage", replaced("zones.gpkg", b""), error=("zones.gpkg", "it is empty")),
    Fault("nothing but zeros", replaced("zones.gpkg", b"\0" * 4096), error=("nothing but zeros",)),
    Fault(
        "an error page",
        replaced(PARKS, b"<!DOCTYPE html><html><body>404"),
        error=("a web page (HTML)",),
    ),
    Fault(
        "an error of a map server",
        replaced(PARKS, b'<?xml version="1.0"?><ServiceExceptionReport/>'),
        error=("an error that a map server sent",),
    ),
    Fault(
        "a pointer instead of a file",
        replaced("zones.gpkg", b"version https://git-lfs.github.com/spec/v1\noid x"),
        error=("a Git LFS pointer",),
    ),
    Fault(
        "GeoJSON called .shp",
        renamed(PARKS, "parks.shp"),
        error=("it seems to be JSON, not a Shapefile",),
    ),
    Fault(
        "GeoPackage called .geojson",
        renamed("zones.gpkg", "zones.geojson"),
        error=("it seems to be a GeoPackage",),
    ),
    Fault("a RAR archive", replaced(PARKS, b"Rar!\x1a\x07\x01\0"), error=("a RAR archive",)),
    Fault("a .rar", renamed(PARKS, "parks.rar"), error=("(.rar)", "unpack it")),
    Fault("a .7z", renamed(PARKS, "parks.7z"), error=("(.7z)", "unpack it")),
    Fault("a DWG", renamed(PARKS, "parks.dwg"), error=("(.dwg)", "DXF")),
    Fault(
        "the .dbf named",
        spoilt(lambda path: change_plan(path.parent, "公园.shp", "公园.dbf")),
        error=("name the .shp beside it",),
    ),
    Fault("a lock file", renamed("facilities.xlsx", "~$facilities.xlsx"), error=("a lock file",)),
    Fault(
        "GeoJSON that breaks off",
        bytes_of(lambda old: old[: len(old) // 2]),
        error=("no JSON", "save it anew"),
    ),
    Fault(
        "TopoJSON",
        json_of(lambda _: {"type": "Topology", "objects": {}, "arcs": []}),
        error=("TopoJSON",),
    ),
    Fault(
        "Esri's JSON",
        json_of(lambda _: {"geometryType": "esriGeometryPoint", "features": []}),
        error=("Esri's JSON",),
    ),
    Fault(
        "a GeoPackage that breaks off",
        lambda f: void((f / "zones.gpkg").write_bytes((f / "zones.gpkg").read_bytes()[:9000])),
        error=("zones.gpkg", "cannot be read"),
    ),
    Fault(
        "a zip with two Shapefiles",
        two_in_a_zip,
        error=("holds several layers", "say which"),
    ),
    Fault(
        "a zip with nothing to read",
        lambda f: zip_of(f, {"readme.pdf": b"%PDF"}),
        error=("holds no file that is read",),
    ),
]
