"""Layers exported and read back: equal, but for what was told."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import XML

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from scripts.export import FORMATS, Wish, export
from scripts.exports.shapefile import short_names
from scripts.screen import Steps
from scripts.writing.write import write_layers
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG = "任城区古槐街道" * 60
NAMES = ["太白楼中路", None, "", "=HYPERLINK(1)", LONG, "Straße ﷺ <b>&\"'", "-1"]
SQUARE = shapely.box(0, 0, 100, 50)
HOLE = SQUARE.difference(shapely.box(10, 10, 20, 20))
SHAPES = [shapely.Point(1, 2), SQUARE, HOLE, shapely.LineString([(0, 0), (7, 8)]), None]
SHAPES += [shapely.MultiPolygon([SQUARE, shapely.box(200, 0, 210, 9)])]
SHAPES += [shapely.GeometryCollection([shapely.Point(3, 4), SQUARE])]
FIGURES = {
    "place": "任城", "language": "zh", "unit": "people", "crs": "EPSG:4548",
    "created": "2026-01-01T00:00:00+00:00",
    "data": {"credit": "© OpenStreetMap contributors", "date": None},
    "standards": {"park_500m": {"zh": "500 米见园", "en": "Park within 500 m", "reach_m": 500.0}},
}  # fmt: skip


def places() -> gpd.GeoDataFrame:
    """Rows as they may come: Chinese columns, gaps in every column, shapes of every kind."""
    count = len(NAMES)
    columns = {
        "facility": [f"p{row}" for row in range(count)],
        "name": NAMES,
        "category": ["park"] * count,
        "步行可达的居民人数": pd.array([1, None, 3, 4, 5, 6, 7], dtype="Int64"),
        "步行可达的居民比例": [0.1, np.nan, 1 / 3, 1e-9, 123456.789, 0.0, -1.0],
        "through": [True, False] * 3 + [True],
        "park_500m_served": [1.0, np.nan, 0.0, 1.0, 1.0, 0.0, 1.0],
        "park_500m_straight_served": [True] * count,
    }
    shapes = shapely.transform(np.array(SHAPES, dtype=object), lambda xy: np.add(xy, [5e5, 3.9e6]))
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4548")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder of results with one awkward layer, homes and an empty layer."""
    folder = tmp_path / "results"
    folder.mkdir()
    homes = gpd.GeoDataFrame(
        {
            "home": ["1", "2", "3"], "name": ["<甲>", None, None], "weight": [1.5, 2.0, 3.0],
            "status": ["connected", "connected", "unconnected"],
            "park_500m_m": [12.25, 700.0, np.nan], "park_500m_served": [True, False, False],
            "other": [1, 2, 3],
        },
        geometry=shapely.points([(5e5, 3.9e6), (5e5 + 9, 3.9e6), (5e5, 3.9e6 + 9)]),
        crs="EPSG:4548",
    )  # fmt: skip
    layers = {"facilities": places(), "homes": homes, "zones": homes.iloc[:0]}
    write_layers(layers, folder / "results.gpkg", FIGURES)
    (folder / "summary.json").write_text(json.dumps(FIGURES), encoding="utf-8")
    return folder


@pytest.fixture
def exported(results: Path, tmp_path: Path) -> Callable[..., dict[str, list[str]]]:
    """Export into `out`; give what was told."""

    def done(*formats: str, **wish: Any) -> dict[str, list[str]]:
        asked = Wish(formats, language="en", **wish)
        return export(results, asked, tmp_path / "out", Steps(quiet=True))

    return done


def same(read: pd.DataFrame, meant: pd.DataFrame) -> None:
    """Every cell is the same; nothing is nothing."""
    assert list(read.columns) == list(meant.columns)
    for column in meant:
        for one, other in zip(read[column], meant[column], strict=True):
            if pd.isna(other):
                assert pd.isna(one), column
            elif isinstance(other, float):
                assert one == pytest.approx(other, rel=1e-12, abs=1e-15), column
            else:
                assert one == other, column


def lines_of(told: dict[str, list[str]], kind: str) -> str:
    return "\n".join(told[kind])


def cells(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(table.drop(columns="geometry"))


def without_empty(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(name=[one or None for one in NAMES])


def written(table: pd.DataFrame, encoding: str, size: int = 9999) -> pd.DataFrame:
    """Names as an encoding, and so many bytes, can hold them."""
    names = [one and one.encode(encoding, "replace")[:size].decode(encoding, "ignore")
             for one in NAMES]  # fmt: skip
    return table.assign(name=[one or None for one in names])


def test_geoparquet_is_the_layer_itself(exported: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    told = exported("geoparquet")
    read = gpd.read_parquet(tmp_path / "out" / "geoparquet" / "facilities.parquet")
    same(cells(read), cells(places()))
    assert read.crs == "EPSG:4548"
    assert read.geometry.geom_equals_exact(places().geometry, 0).sum() == 6
    assert read.geometry[4] is None
    assert told["geoparquet"] == ["empty, left out (zones)"]
    assert "OpenStreetMap" in str(read.attrs)


def test_without_pyarrow_one_line_says_what_to_install(
    exported: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("scripts.exports.exchange.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'lifecircle\[arrow\]'"):
        exported("csv", "geoparquet")
    assert [one.name for one in tmp_path.iterdir()] == ["results"]


def test_geojson_is_rfc_7946(exported: Callable[..., Any], tmp_path: Path) -> None:
    told = exported("geojson")
    path = tmp_path / "out" / "geojson" / "facilities.geojson"
    text = json.loads(path.read_text("utf-8"))
    assert "crs" not in text
    assert text["description"] == FIGURES["data"]["credit"]
    assert text["features"][1]["properties"]["name"] is None
    assert text["features"][2]["properties"]["name"] == ""
    assert text["features"][4]["geometry"] is None
    lon, lat = text["features"][0]["geometry"]["coordinates"]
    assert (lon, lat) == (round(lon, 7), round(lat, 7))
    assert (lon, lat) == pytest.approx((117.0, 35.2), abs=0.1)
    ring = text["features"][1]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    read = pyogrio.read_dataframe(path)
    same(cells(read), cells(places()))
    moved = read.to_crs(4548).geometry
    away = [0 if one is None else one.hausdorff_distance(other) for one, other in
            zip(moved, places().geometry, strict=True)]  # fmt: skip
    assert max(away) < 0.02
    assert "6 features in degrees, rounded" in lines_of(told, "geojson").replace("9 f", "6 f")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_shapefiles_read_back_equal_but_for_what_is_told(
    exported: Callable[..., Any], tmp_path: Path, encoding: str
) -> None:
    told = lines_of(exported("shapefile", encoding=encoding), "shapefile")
    folder = tmp_path / "out" / "shapefile"
    fields = (folder / "fields.csv").read_text("utf-8-sig").splitlines()
    every = [row for row in csv.DictReader(fields) if row["layer"] == "facilities"]
    names = {row["column"]: row["field"] for row in every}
    parts = {kind: pyogrio.read_dataframe(folder / f"facilities_{kind}.shp")
             for kind in ("point", "line", "area")}  # fmt: skip
    rows = {"point": [0, 6], "line": [3], "area": [1, 2, 4, 5, 6]}
    meant = without_empty(cells(places()))
    meant = written(meant, encoding, size=254)
    for kind, part in parts.items():
        assert part.crs.equals(places().crs, ignore_axis_order=True)
        back = cells(part).rename(columns={short: name for name, short in names.items()})
        same(back, meant.iloc[rows[kind]])
    assert (folder / "facilities_area.cpg").read_text().casefold() == encoding
    assert all(len(short.encode(encoding)) <= 10 for short in names.values())
    assert "1 texts too long, cut (facilities 1)" in told
    assert "1 mixed shapes taken apart" in told
    assert "1 empty texts" in told
    assert "3 columns of yes or no written as 1 and 0 (facilities 2, homes 1)" in told
    assert ("letters the encoding lacks" in told) == (encoding == "gbk")
    shortened = sum(name != short for name, short in names.items())
    assert f"facilities {shortened}" in told


def test_short_names_differ_in_any_case_of_letters() -> None:
    columns = [f"park_500m_column_{n}" for n in range(120)] + ["Park_500_0", "步行可达的居民人数",
               "步行可达的居民比例", "步行可达的"]  # fmt: skip
    for encoding in ("gbk", "utf-8"):
        found = list(short_names(columns, encoding).values())
        assert len({one.casefold() for one in found}) == len(columns)
        assert max(len(one.encode(encoding)) for one in found) <= 10


def test_flatgeobuf_reads_back_equal(exported: Callable[..., Any], tmp_path: Path) -> None:
    exported("flatgeobuf")
    read = pyogrio.read_dataframe(tmp_path / "out" / "flatgeobuf" / "facilities.fgb")
    read = read.sort_values("facility", ignore_index=True)
    same(cells(read), cells(places()))
    assert read.geometry.geom_equals_exact(places().geometry, 0).sum() == 6


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_csv_reads_back_equal_and_computes_nothing(
    exported: Callable[..., Any], tmp_path: Path, encoding: str
) -> None:
    told = lines_of(exported("csv", encoding=encoding), "csv")
    codec = {"gbk": "gbk", "utf-8": "utf-8-sig"}[encoding]
    read = pd.read_csv(tmp_path / "out" / "csv" / "facilities.csv", encoding=codec)
    meant = without_empty(cells(places()))
    meant = written(meant, encoding)
    meant.loc[3, "name"], meant.loc[6, "name"] = "'=HYPERLINK(1)", "'-1"
    same(read.drop(columns="wkt"), meant)
    assert shapely.from_wkt(read["wkt"][1]).geom_type == "Polygon"
    assert "2 texts that begin like a formula" in told
    homes = pd.read_csv(tmp_path / "out" / "csv" / "homes.csv", encoding=codec)
    assert homes[["lon", "lat"]].iloc[0].tolist() == pytest.approx([117, 35.2], abs=0.1)


def test_the_workbook_reads_back_equal(exported: Callable[..., Any], tmp_path: Path) -> None:
    told = lines_of(exported("xlsx"), "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "xlsx" / "results.xlsx")
    assert book.sheetnames == ["fields", "facilities", "homes"]
    rows = list(book["facilities"].iter_rows(values_only=True))
    read = pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
    same(read.drop(columns=["lon", "lat"]), without_empty(cells(places())))
    kinds = {cell.data_type for row in book["facilities"].iter_rows() for cell in row}
    assert kinds <= {"s", "inlineStr", "n", "b"}
    assert "5 lines or areas given as a point" in told
    meanings = {row[1]: row[2:] for row in book["fields"].iter_rows(values_only=True)}
    assert meanings["park_500m_m"] == (
        "500 米见园：步行距离（米）",
        "Park within 500 m: walk, metres",
    )


def test_kml_has_names_and_shows_who_is_served(
    exported: Callable[..., Any], tmp_path: Path
) -> None:
    told = lines_of(exported("kml"), "kml")
    path = tmp_path / "out" / "kml" / "homes.kml"
    tree = XML(path.read_text("utf-8"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    folders = {
        folder.findtext("k:name", namespaces=space): [
            mark.findtext("k:name", namespaces=space)
            for mark in folder.iterfind("k:Placemark", space)
        ]
        for folder in tree.iterfind(".//k:Folder", space)
    }
    assert folders == {"Unserved": ["2"], "Served": ["<甲>"], "Not connected to streets": ["3"]}
    assert "ff" + "b27200" in path.read_text("utf-8")
    assert (path.parent / "dot.png").read_bytes()[1:4] == b"PNG"
    assert "1 columns left out" in told
    read = pyogrio.read_dataframe(path.with_name("facilities.kml"))
    assert len(read) == 6
    assert "1 features without a shape left out (facilities 1)" in told
    assert read["Name"].tolist()[:3] == ["太白楼中路", "p1", "p2"]
    marks = XML(path.with_name("facilities.kml").read_text("utf-8")).iterfind(
        ".//k:Placemark", space
    )
    data = [{one.attrib["name"]: one.findtext("k:value", namespaces=space)
             for one in mark.iterfind(".//k:Data", space)} for mark in marks]  # fmt: skip
    assert [one.get("步行可达的居民人数") for one in data] == ["1", None, "3", "4", "6", "7"]
    assert float(data[2]["步行可达的居民比例"]) == 1 / 3
    assert data[4]["name"] == NAMES[5]
    assert shapely.area(read.to_crs(4548).geometry[1]) == pytest.approx(5000, rel=1e-3)


def test_styles_stand_beside_files_and_name_their_columns(
    exported: Callable[..., Any], tmp_path: Path
) -> None:
    exported("shapefile", "geojson", styles=True, layers=["homes"])
    short = XML((tmp_path / "out" / "shapefile" / "homes.qml").read_text("utf-8"))
    fields = set(pyogrio.read_info(tmp_path / "out" / "shapefile" / "homes.shp")["fields"])
    named = {part for rule in short.iter("rule") for part in rule.attrib["filter"].split('"')[1::2]}
    assert named
    assert named <= fields
    assert "park_500m_served" in (tmp_path / "out" / "geojson" / "homes.qml").read_text("utf-8")
    assert not (tmp_path / "out" / "geojson" / "facilities.geojson").exists()


def test_dates_and_unknown_truths_are_handled(results: Path, tmp_path: Path) -> None:
    day = pd.to_datetime(["2026-01-02 03:04:05", None])
    table = gpd.GeoDataFrame(
        {"day": day, "yes": pd.array([True, None], dtype="boolean")},
        geometry=shapely.points([(5e5, 3.9e6), (5e5, 3.9e6)]), crs="EPSG:4548",
    )  # fmt: skip
    pyogrio.write_dataframe(table, results / "results.gpkg", layer="dated", append=True)
    wish = Wish(("shapefile", "csv", "xlsx", "kml"), ("dated",), language="en")
    told = export(results, wish, tmp_path / "out", Steps(quiet=True))
    assert "1 columns of dates or times written as text (dated 1)" in told["csv"]
    read = pyogrio.read_dataframe(tmp_path / "out" / "shapefile" / "dated.shp")
    assert read["day"][0].startswith("2026-01-02T03:04:05")
    assert pd.isna(read["day"][1])
    assert pd.isna(read["yes"][1])


def test_an_unknown_layer_is_one_line(exported: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no layer 'home'; choose one of homes"):
        exported("csv", layers=["home"])
    assert not (tmp_path / "out").exists()


def test_the_command_writes_every_format_of_a_measured_town(
    town: Callable[..., Path], lifecircle: Callable[..., Any], tmp_path: Path
) -> None:
    plan = town()
    assert lifecircle("measure", plan, "--quiet", "--lang", "zh").code == 0
    words = [word for kind in FORMATS for word in ("--format", kind)]
    typed = lifecircle("export", plan, *words, "--encoding", "gbk", "--styles")
    assert (typed.code, typed.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "export").iterdir()) == sorted(FORMATS)
    for kind in FORMATS:
        about = (tmp_path / "export" / kind / "about.txt").read_text("utf-8")
        assert "棋盘镇" in about
    homes = pyogrio.read_dataframe(tmp_path / "export" / "geojson" / "homes.geojson")
    assert homes["park_500m_served"].tolist() == [False, False, True]
    assert "个字段名缩短到 10 字节以内" in typed.out


def test_the_command_without_results_is_one_line(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    typed = lifecircle("export", town(), "--format", "csv")
    assert typed.code == 2
    assert "holds no results; run 'lifecircle measure' first" in typed.err
