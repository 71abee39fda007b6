"""Files of a planner's own: every format, what is found by meaning, and what is refused."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, box

from layers.schema import COLUMNS
from layers.vector import LayerOptions, read_layer
from spatial.datum import wgs84_to_bd09, wgs84_to_gcj02
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.schema import Reading

HOMES = "小区名称,经度,纬度,人口\n古槐苑,116.58,35.41,1200\n运河佳园,116.59,35.42,800\n"
JINING = 116.58, 35.41
A_PARK = box(462000, 3920000, 462100, 3920100)  # 1 ha of Jining, in EPSG:4548


LAND = {"residential", "built_up", "built_up_construction"}


def save(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def save_book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def save_places(
    path: Path, shapes: Sequence[Any], crs: str | None = "EPSG:4548", **columns: Any
) -> Path:
    places = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        encoding = "utf-8" if path.suffix == ".shp" else None
        places.to_file(path, encoding=encoding)
    return path


def save_geojson(path: Path, *shapes: object, **columns: Sequence[object]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {name: values[row] for name, values in columns.items()},
            "geometry": shape,
        }
        for row, shape in enumerate(shapes)
    ]
    return save(path, json.dumps({"type": "FeatureCollection", "features": features}))


def refused(words: str, layer: str, path: Path, /, **options: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_layer(layer, path, LayerOptions(**options))
    assert str(caught.value).startswith(f"{path}, {layer}")
    assert "\n" not in str(caught.value)


@pytest.fixture(autouse=True)
def _tallies_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check what every reading promises, whatever else a test looks at."""
    read = read_layer

    def checked(layer: str, path: Path, options: LayerOptions | None = None) -> Reading:
        reading = read(layer, path, options)
        places, tally = reading.places, reading.tally
        assert tally.read == tally.used + tally.dropped
        assert sum(tally.reasons.values()) == tally.dropped + tally.repaired
        assert tuple(places.columns) == (*COLUMNS[layer], "geometry")
        assert places.crs is not None
        assert places.index.equals(pd.RangeIndex(len(places)))
        assert not (places.geometry.is_empty | places.geometry.isna()).any()
        for key in {"home", "facility"} & set(places.columns):
            assert places[key].is_unique
            assert places[key].map(type).eq(str).all()
        return reading

    monkeypatch.setitem(globals(), "read_layer", checked)


# --- CSV -----------------------------------------------------------------------------------------


def test_homes_by_meaning(tmp_path: Path) -> None:
    homes = read_layer("homes", save(tmp_path / "济宁小区.csv", HOMES))
    places = homes.places
    assert places["home"].tolist() == ["1", "2"]
    assert places["name"].tolist() == ["古槐苑", "运河佳园"]
    assert places["weight"].tolist() == [1200.0, 800.0]
    assert places.geometry.tolist() == [Point(116.58, 35.41), Point(116.59, 35.42)]
    assert places.crs.to_epsg() == 4326
    assert homes.tally.used == homes.tally.read == 2
    assert homes.taken == {
        "x": "经度",
        "y": "纬度",
        "name": "小区名称",
        "weight": "人口",
        "crs": "EPSG:4326",
        "encoding": "utf-8-sig",
        "separator": "comma",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    path = save(tmp_path / "h.csv", HOMES.replace(",", separator), encoding)
    assert read_layer("homes", path).places["name"].tolist() == ["古槐苑", "运河佳园"]


def test_an_encoding_that_is_said(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "name,lon,lat\nCafé,7.4,43.7\n", "latin-1")
    read = read_layer("homes", path, LayerOptions(encoding="latin-1"))
    assert read.places["name"].item() == "Café"
    assert read.taken["encoding"] == "latin-1"


def test_a_wrong_encoding(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", HOMES, "gb18030")
    refused("text is not in utf-8; say encoding", "homes", path, encoding="utf-8")
    refused("encoding 'klingon' is not known", "homes", path, encoding="klingon")


def test_no_encoding_fits(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_bytes(HOMES.encode() + b"\xff\xff\xff,1,2,3\n")
    refused("text is not in utf-8 or gb18030; say encoding", "homes", path)


def test_quoted_cells_with_separators_and_lines(tmp_path: Path) -> None:
    text = 'name,lon,lat\n"a, ""b""\nc; d",116.5,35.4\n'
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.places["name"].item() == 'a, "b"\nc; d'


def test_an_open_quote_spoils_its_own_row_only(tmp_path: Path) -> None:
    text = 'name,lon,lat\na,116.5,35.4\n"b,116.5,35.4\nc,116.5,35.4\n"d,116.5\n'
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.places["name"].tolist() == ["a", "b", "c"]
    assert read.tally.reasons == {
        "a quotation mark without its twin left out": 1,
        "a quotation mark without its twin (first: row 5)": 1,
    }


def test_titles_above_the_heading(tmp_path: Path) -> None:
    text = "济宁市小区一览表,,,\n\n制表：规划局,,,\n" + HOMES
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.tally.read == 2
    assert read.places["home"].tolist() == ["1", "2"]


def test_a_title_that_holds_the_words_of_the_heading(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "小区经度纬度一览表,,,\n" + HOMES)
    assert read_layer("homes", path).tally.used == 2


def test_one_column_for_both_coordinates(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "名称,经度纬度\n甲,116.5 35.4\n")
    read = read_layer("homes", path)
    assert read.places.geometry.item() == Point(116.5, 35.4)
    assert read.taken["x"] == read.taken["y"] == "经度纬度"


def test_rows_that_cannot_be_used(tmp_path: Path) -> None:
    text = (
        HOMES
        + ",,,\n甲,,35.4,5\n乙,东边,35.4,5\n丙,116.5,35.4,5,多,余\n,,,\n丁,116.6,35.4,7\n\n,,\n"
    )
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.places["home"].tolist() == ["1", "2", "8"]
    assert read.tally.read == 8
    assert read.tally.reasons == {
        "empty row": 2,
        "no coordinates (first: row 5)": 1,
        "经度 or 纬度 is not a number (first: row 6)": 1,
        "more cells than the heading (first: row 7)": 1,
    }


def test_columns_said(tmp_path: Path) -> None:
    text = "a,b,c,d\nx,462000,3920000,5\n"
    path = save(tmp_path / "h.csv", text)
    options = LayerOptions(x="b", y="c", name="a", weight="d", crs="EPSG:4548")
    read = read_layer("homes", path, options)
    assert read.places.geometry.item() == Point(462000, 3920000)
    assert read.places["weight"].item() == 5
    assert read.places.crs.to_epsg() == 4548


@pytest.mark.parametrize("option", ["name", "id", "weight", "x"])
def test_unknown_columns_are_refused(tmp_path: Path, option: str) -> None:
    said = {"x": "lng", "y": "纬度"} if option == "x" else {option: "lng"}
    path = save(tmp_path / "h.csv", HOMES)
    refused(
        "no column 'lng'; its columns are '小区名称', '经度', '纬度', '人口'", "homes", path, **said
    )


def test_ambiguous_columns_are_asked(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat,常住人口,户籍人口,人口,总人口\n116.5,35.4,1,2,3,4\n")
    refused("several columns for the number of people: '常住人口', '户籍人口'", "homes", path)
    assert read_layer("homes", path, LayerOptions(weight="总人口")).places["weight"].item() == 4


def test_two_columns_of_one_heading(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat,人口,人口\n116.5,35.4,1,2\n")
    refused("has 2 columns headed '人口'", "homes", path)
    refused("has 2 columns headed '人口'", "homes", path, weight="人口")


@pytest.mark.parametrize("text", ["名称,地址\n甲,乙\n", "116.5,35.4,甲\n116.6,35.4,乙\n"])
def test_no_heading_for_the_place(tmp_path: Path, text: str) -> None:
    path = save(tmp_path / "h.csv", text)
    first = text.split(",", maxsplit=1)[0]
    refused(f"no heading with columns for longitude.*x = .*it has '{first}'", "homes", path)


@pytest.mark.parametrize("text", ["", "\n\n", " ,\n"])
def test_an_empty_table(tmp_path: Path, text: str) -> None:
    refused("is empty; give a heading", "bus_stops", save(tmp_path / "s.csv", text))


def test_only_one_of_x_and_y(tmp_path: Path) -> None:
    refused("only one of the options x and y", "homes", save(tmp_path / "h.csv", HOMES), x="经度")


CELLS = st.sampled_from(["116.5", "35.4", "-7", "甲", "", "/", '"', "1e999", "，", "\0", " "])


@settings(deadline=None, max_examples=50)
@given(
    rows=st.lists(st.lists(CELLS, max_size=6)),
    heading=st.sampled_from(["经度,纬度,人口", "名称,lon,lat", "经度,纬度,人口,编号,,"]),
)
def test_any_rows_are_read_or_refused(rows: list[list[str]], heading: str) -> None:
    lines = [heading, *(",".join(cells) for cells in rows)]
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(InputError):
        tally = read_layer("homes", save(Path(folder) / "h.csv", "\n".join(lines))).tally
        assert 0 < tally.used <= tally.read <= len(rows)


# --- CRS -----------------------------------------------------------------------------------------

METRES = "名称,X,Y\n甲,462489,3920713\n"


def test_x_and_y_need_a_crs(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", METRES)
    refused("has no CRS: nothing says what 'X' and 'Y' count; say crs", "homes", path)
    assert read_layer("homes", path, LayerOptions(crs="4548")).places.crs.to_epsg() == 4548


def test_degrees_headed_x_and_y_are_not_guessed(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "名称,x,y\n甲,116.5,35.4\n")
    refused("has no CRS", "homes", path)
    assert read_layer("homes", path, LayerOptions(datum="WGS-84")).places.crs.to_epsg() == 4326
    assert read_layer("homes", path, LayerOptions(datum="cgcs2000")).places.crs.to_epsg() == 4490


def test_metres_headed_as_degrees(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat\n462489,3920713\n")
    words = r"such as 462489, 3920713 are no degrees, but its CRS is EPSG:4326; say crs"
    refused(words, "homes", path)


def test_degrees_with_a_crs_in_metres(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", HOMES)
    refused("hold degrees, but crs EPSG:4548 is in metres; take crs out", "homes", path, crs="4548")


def test_longitude_and_latitude_swapped(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat\n35.4,116.5\n35.5,116.6\n")
    refused("longitude and latitude are swapped", "homes", path)
    refused("x is 'lat' and y is 'lon'; swap them", "homes", path, x="lat", y="lon")


def test_a_surveyors_x_points_north(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "X,Y\n3920713,462489\n3920714,462480\n")
    refused("'X' seems to point north.*swap them: x = 'Y', y = 'X'", "homes", path, crs="EPSG:4548")
    options = LayerOptions(x="Y", y="X", crs="EPSG:4548")
    assert read_layer("homes", path, options).places.geometry[0] == Point(462489, 3920713)


def test_single_rows_off_the_earth_are_dropped(tmp_path: Path) -> None:
    text = HOMES + "甲,1165.8,35.41,3\n乙,0,0,3\n"
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.tally.reasons == {
        "coordinates beyond 180 or 90 degrees (first: row 4)": 1,
        "coordinates are 0, 0 (first: row 5)": 1,
    }


@pytest.mark.parametrize("crs", ["EPSG:99999", "济宁坐标系", "EPSG:5773"])
def test_an_unknown_crs(tmp_path: Path, crs: str) -> None:
    refused(f"crs '{crs}' .*write an EPSG code", "homes", save(tmp_path / "h.csv", METRES), crs=crs)


SHIFTED = {"gcj02": wgs84_to_gcj02, "GCJ-02": wgs84_to_gcj02, "bd09": wgs84_to_bd09}


@pytest.mark.parametrize("datum", SHIFTED)
@pytest.mark.parametrize("name", ["h.csv", "h.geojson", "h.gpkg"])
def test_places_in_a_shifted_datum_come_to_wgs84(tmp_path: Path, datum: str, name: str) -> None:
    right = np.array([[116.58, 35.41], [116.59, 35.42]])
    points = gpd.points_from_xy(*SHIFTED[datum](*right.T))
    places = gpd.GeoDataFrame({"人口": [10, 20]}, geometry=points, crs=4326)
    path = tmp_path / name
    if name.endswith("csv"):
        save(path, pd.DataFrame({"人口": [10, 20], "经度": points.x, "纬度": points.y}).to_csv())
    else:
        places.to_file(path)
    read = read_layer("homes", path, LayerOptions(datum=datum))
    found = read.places.to_crs(4326).get_coordinates().to_numpy()
    assert np.abs(found - right).max() < 1e-8
    assert read.taken["datum"].endswith("brought to WGS 84")


def test_metres_in_a_shifted_datum_come_to_wgs84(tmp_path: Path) -> None:
    """A GCJ-02 layer that somebody projected as if it were CGCS2000."""
    x, y = wgs84_to_gcj02(np.array([116.58]), np.array([35.41]))
    places = gpd.GeoDataFrame({"人口": [10]}, geometry=gpd.points_from_xy(x, y), crs=4490)
    places.to_crs(4548).to_file(tmp_path / "h.gpkg")
    read = read_layer("homes", tmp_path / "h.gpkg", LayerOptions(datum="gcj02"))
    found = read.places.to_crs(4326).get_coordinates().to_numpy()
    assert np.abs(found - [[116.58, 35.41]]).max() < 1e-8


def test_a_shifted_datum_outside_china(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat\n7.4,43.7\n")
    refused("datum is GCJ-02, but its places lie outside China", "homes", path, datum="gcj02")


def test_an_unknown_datum(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", HOMES)
    refused(
        "datum 'beijing54' is not known; write one of wgs84, cgcs2000",
        "homes",
        path,
        datum="beijing54",
    )


def test_headings_that_speak_of_a_shifted_datum(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "名称,高德经度,高德纬度\n甲,116.5,35.4\n")
    refused('speak of gcj02; say datum = "gcj02"', "homes", path)
    assert read_layer("homes", path, LayerOptions(datum="wgs84")).tally.used == 1


def test_a_shapefile_without_prj(tmp_path: Path) -> None:
    path = save_places(tmp_path / "公园.shp", [A_PARK], crs=None)
    refused(
        'has no CRS; say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"', "parks", path
    )
    assert read_layer("parks", path, LayerOptions(crs="4548")).places.crs.to_epsg() == 4548


def test_a_geopackage_without_crs(tmp_path: Path) -> None:
    path = save_places(tmp_path / "parks.gpkg", [A_PARK], crs=None)
    refused("has no CRS", "parks", path)


def test_a_local_grid_is_no_crs(tmp_path: Path) -> None:
    path = save_places(tmp_path / "parks.shp", [A_PARK], crs=None)
    save(tmp_path / "parks.prj", 'LOCAL_CS["jining",UNIT["metre",1]]')
    refused("CRS|crs", "parks", path)


def test_metres_in_a_geojson_without_crs(tmp_path: Path) -> None:
    ring = [list(xy) for xy in A_PARK.exterior.coords]
    path = save_geojson(tmp_path / "p.geojson", {"type": "Polygon", "coordinates": [ring]})
    refused("are no degrees, but its CRS is EPSG:4326; say crs", "parks", path)
    read = read_layer("parks", path, LayerOptions(crs="EPSG:4548"))
    assert read.places.to_crs("EPSG:4326").geometry.item().distance(Point(*JINING)) < 0.1
    assert read.taken["crs"] == "EPSG:4548 (the file says EPSG:4326)"


# --- Excel ---------------------------------------------------------------------------------------

STOPS = [
    ["站名", "lon", "lat"],
    ["火车站", 116.58, 35.41],
    [None] * 3,
    ["太白广场", "116.59", "３５.42"],
]


def test_a_sheet_of_stops(tmp_path: Path) -> None:
    path = save_book(tmp_path / "站点表.xlsx", 说明=[["见下页"]], 站点=STOPS)
    stops = read_layer("bus_stops", path, LayerOptions(sheet="站点", x="lon", y="lat"))
    assert stops.places["name"].tolist() == ["火车站", "太白广场"]
    assert stops.places["category"].tolist() == ["bus_stop"] * 2
    assert stops.places["facility"].tolist() == ["1", "3"]
    assert stops.places.geometry[1] == Point(116.59, 35.42)
    assert stops.tally.reasons == {"empty row": 1}
    assert stops.taken["sheet"] == "站点"


def test_the_only_sheet_that_holds_something(tmp_path: Path) -> None:
    path = save_book(tmp_path / "s.xlsx", Sheet1=STOPS, Sheet2=[], Sheet3=[])
    assert read_layer("bus_stops", path).taken["sheet"] == "Sheet1"


def test_the_sheet_named_like_the_layer(tmp_path: Path) -> None:
    path = save_book(tmp_path / "s.xlsx", 说明=[["见下页"]], 公交站点=STOPS)
    assert read_layer("bus_stops", path).taken["sheet"] == "公交站点"


def test_sheets_are_asked_for(tmp_path: Path) -> None:
    path = save_book(tmp_path / "s.xlsx", 甲=STOPS, 乙=STOPS)
    refused("holds several sheets: '甲', '乙'; say which with sheet = ", "bus_stops", path)
    refused("has no sheet '丙'; its sheets are '甲', '乙'", "bus_stops", path, sheet="丙")


def test_an_empty_workbook(tmp_path: Path) -> None:
    path = save_book(tmp_path / "s.xlsx", 甲=[])
    refused("is empty; give a heading", "bus_stops", path)


def test_formulas_never_computed(tmp_path: Path) -> None:
    rows = [["name", "lon", "lat"], ["a", "=116+0.5", "=35+0.4"]]
    path = save_book(tmp_path / "s.xlsx", 甲=rows)
    words = r"none of its 1 records can be used \(1: lon or lat is a formula without its value"
    refused(words, "bus_stops", path)


def test_notes_beside_an_excel_table_do_no_harm(tmp_path: Path) -> None:
    rows = [["name", "lon", "lat"], ["a", 116.5, 35.4, None, "待核实"]]
    assert read_layer("bus_stops", save_book(tmp_path / "s.xlsx", 甲=rows)).tally.used == 1


def test_whole_numbers_as_ids(tmp_path: Path) -> None:
    rows = [["编号", "lon", "lat"], [1001.0, 116.5, 35.4], [1002, 116.6, 35.4]]
    stops = read_layer("bus_stops", save_book(tmp_path / "s.xlsx", 甲=rows))
    assert stops.places["facility"].tolist() == ["1001", "1002"]


def test_a_sheet_called_like_a_column(tmp_path: Path) -> None:
    rows = [["名称", "lon", "lat"], ["甲", 116.5, 35.4]]
    read = read_layer("bus_stops", save_book(tmp_path / "s.xlsx", 名称=rows))
    assert read.places["name"].item() == "甲"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04rubbish"])
def test_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(content)
    refused("cannot be read .*; save it anew", "bus_stops", path)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save(tmp_path / "in" / "a.txt", "a")
    shutil.make_archive(str(tmp_path / "s"), "zip", tmp_path / "in")
    refused("cannot be read", "bus_stops", (tmp_path / "s.zip").rename(tmp_path / "s.xlsx"))


# --- Vector files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["公园.gpkg", "公园.geojson", "公园.json", "公园.shp"])
def test_parks_in_every_format(tmp_path: Path, name: str) -> None:
    crs = "EPSG:4326" if "json" in name else "EPSG:4548"
    shape = box(116.58, 35.41, 116.581, 35.411) if "json" in name else A_PARK
    path = tmp_path / name
    driver = {"gpkg": "GPKG", "shp": "ESRI Shapefile"}.get(path.suffix[1:].lower(), "GeoJSON")
    columns = {"公园名称": ["人民公园", None], "编号": ["p7", "p8"]}
    parks = gpd.GeoDataFrame(columns, geometry=[shape, shape], crs=crs)
    parks.to_file(path, driver=driver, encoding="gbk" if driver[0] == "E" else None)
    read = read_layer("parks", path)
    assert read.places["facility"].tolist() == ["p7", "p8"]
    assert read.places["name"].tolist() == ["人民公园", None]
    assert read.places["category"].tolist() == ["park", "park"]
    assert read.places.geometry[0].equals(shape)
    assert read.places.crs == crs


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cpg", ["none", "right", "wrong", "code page", "nonsense"])
def test_text_of_shapefiles(tmp_path: Path, written: str, cpg: str) -> None:
    path = tmp_path / "公园.shp"
    places = gpd.GeoDataFrame({"名称": ["兖州公园"]}, geometry=[A_PARK], crs="EPSG:4548")
    places.to_file(path, encoding=written)
    (tmp_path / "公园.cpg").unlink()
    page = {
        "none": None,
        "right": written,
        "wrong": "UTF-8" if written == "gb18030" else "ASCII",
        "code page": {"utf-8": "65001", "gb18030": "ANSI 936"}[written],
        "nonsense": "??",
    }[cpg]
    if page:
        save(tmp_path / "公园.cpg", page)
    read = read_layer("parks", path)
    assert read.places["name"].item() == "兖州公园"


def test_the_encoding_said_for_a_shapefile(tmp_path: Path) -> None:
    path = tmp_path / "p.shp"
    places = gpd.GeoDataFrame({"name": ["Café"]}, geometry=[A_PARK], crs="EPSG:4548")
    places.to_file(path, encoding="ISO-8859-1")
    (tmp_path / "p.cpg").unlink()
    read = read_layer("parks", path, LayerOptions(encoding="latin-1"))
    assert read.places["name"].item() == "Café"
    refused("text is not in utf-8; say encoding", "parks", path, encoding="utf-8")


def test_geojson_in_gbk(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": list(JINING)}
    text = json.dumps(
        {"type": "Feature", "properties": {"名称": "火车站"}, "geometry": point}, ensure_ascii=False
    )
    stops = read_layer("bus_stops", save(tmp_path / "s.geojson", text, "gb18030"))
    assert stops.places["name"].item() == "火车站"


def test_a_prj_that_is_no_text(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.shp", [A_PARK])
    (tmp_path / "p.prj").write_bytes(b'PROJCS["\xee\x01\xff",GEOGCS["')
    refused("CRS|cannot be read", "parks", path)


def test_a_cpg_that_is_no_text(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.shp", [A_PARK], 名称=["甲"])
    (tmp_path / "p.cpg").write_bytes(b"UTF\0-8\xff")
    assert read_layer("parks", path).places["name"].item() == "甲"


def test_a_shapefile_in_capitals(tmp_path: Path) -> None:
    save_places(tmp_path / "p.shp", [A_PARK, A_PARK], name=["甲", "乙"])
    for file in list(tmp_path.iterdir()):
        file.rename(file.with_suffix(file.suffix.upper()))
    assert read_layer("parks", tmp_path / "p.SHP").tally.read == 2


def test_a_shapefile_without_its_companions(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.shp", [A_PARK, A_PARK.buffer(9)], name=["a", "b"])
    (tmp_path / "p.dbf").unlink()
    assert read_layer("parks", path).places["name"].tolist() == [None, None]
    (tmp_path / "p.shx").unlink()
    read = read_layer("parks", path)
    assert (read.taken["dbf"], read.taken["shx"]) == ("missing: no columns", "missing: made anew")
    assert read.tally.used == 2
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".cpg", ".prj", ".shp"]


def test_records_missing_in_the_dbf(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.shp", [A_PARK] * 5, name=list("abcde"))
    dbf = tmp_path / "p.dbf"
    content = dbf.read_bytes()
    dbf.write_bytes(content[:4] + (3).to_bytes(4, "little") + content[8:])
    read = read_layer("parks", path)
    assert read.tally.reasons == {"deleted or missing in the .dbf": 2}
    assert read.tally.read == 5


def test_a_dbf_that_breaks_off(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.shp", [A_PARK] * 5, name=list("abcde"))
    dbf = tmp_path / "p.dbf"
    dbf.write_bytes(dbf.read_bytes()[:-200])
    read = read_layer("parks", path)
    assert read.tally.reasons == {"deleted or missing in the .dbf": 3}
    assert read.places["name"].tolist() == ["a", "b"]


def test_layers_of_a_geopackage(tmp_path: Path) -> None:
    path = save_places(tmp_path / "city.gpkg", [A_PARK], name=["a"])  # layer "city"
    pyogrio.write_dataframe(pd.DataFrame({"styleQML": ["x"]}), path, layer="layer_styles")
    assert "layer" not in read_layer("parks", path).taken
    places = gpd.GeoDataFrame({"name": ["b"]}, geometry=[A_PARK], crs="EPSG:4548")
    places.to_file(path, layer="绿地", append=True)
    refused("holds several layers: 'city', '绿地'; say which with layer = ", "parks", path)
    assert read_layer("green", path).taken["layer"] == "绿地"
    assert read_layer("parks", path, LayerOptions(layer="city")).places["name"].item() == "a"
    refused("has no layer 'parks'; its layers are 'city', '绿地'", "parks", path, layer="parks")


def test_a_geopackage_table_of_points(tmp_path: Path) -> None:
    path = tmp_path / "stops.gpkg"
    table = pd.DataFrame({"name": ["a", "b"], "lon": [116.5, np.nan], "lat": [35.4, 35.4]})
    pyogrio.write_dataframe(table, path)
    stops = read_layer("bus_stops", path)
    assert stops.places.geometry.tolist() == [Point(116.5, 35.4)]
    assert stops.tally.reasons == {"no coordinates (first: feature 2)": 1}


def test_x_and_y_of_a_vector_file(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.gpkg", [A_PARK], lon=[1.0], lat=[1.0])
    refused("has shapes of its own.*take them out", "parks", path, x="lon", y="lat")


@pytest.mark.parametrize("name", ["p.gpkg", "p.geojson", "p.shp"])
@pytest.mark.parametrize("content", [b"", b"rubbish", b"SQLite format 3\0", b'{"type": "Feat'])
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused("cannot be read .*; save it anew", "parks", path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refused("is not there; check the path", "parks", tmp_path / "公园.shp")


def test_a_folder(tmp_path: Path) -> None:
    refused("is a folder; name the file in it", "parks", tmp_path)


@pytest.mark.parametrize("name", ["parks.xyz", "parks.e00", "parks"])
def test_an_unknown_suffix(tmp_path: Path, name: str) -> None:
    refused("not read .*save it as one of .gpkg, .geojson", "parks", save(tmp_path / name, "a"))


@pytest.mark.parametrize(
    ("layer", "name", "option"),
    [
        ("homes", "h.csv", "sheet"),
        ("homes", "h.csv", "layer"),
        ("homes", "h.csv", "category"),
        ("bus_stops", "h.csv", "weight"),
        ("park_gates", "h.csv", "id"),
        ("homes", "h.gpkg", "encoding"),
        ("homes", "h.xlsx", "layer"),
    ],
)
def test_options_that_would_be_ignored(tmp_path: Path, layer: str, name: str, option: str) -> None:
    path = save(tmp_path / name, HOMES)
    refused(f"option {option} says nothing about this layer", layer, path, **{option: "utf-8"})


# --- Shapes --------------------------------------------------------------------------------------

BOWTIE = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])  # two triangles of 25 m²
FLAT = Polygon([(0, 0), (10, 0), (20, 0)])


def test_polygons_repaired_and_dropped(tmp_path: Path) -> None:
    shapes = [A_PARK, BOWTIE, FLAT, None, Polygon(), Point(1, 1), LineString([(0, 0), (1, 1)])]
    read = read_layer("parks", save_places(tmp_path / "p.gpkg", shapes))
    assert read.places["facility"].tolist() == ["1", "2"]
    assert read.places.geometry.is_valid.all()
    assert read.places.geometry[1].area == 50
    assert read.tally.repaired == 1
    assert read.tally.reasons == {
        "invalid polygon repaired": 1,
        "polygon without area": 1,
        "no geometry": 2,
        "points where polygons are needed": 1,
        "lines where polygons are needed": 1,
    }


def test_open_rings_are_closed(tmp_path: Path) -> None:
    ring = [[116.58, 35.41], [116.59, 35.41], [116.59, 35.42]]
    rings = [{"type": "Polygon", "coordinates": [part]} for part in ([*ring, ring[0]], ring)]
    read = read_layer("parks", save_geojson(tmp_path / "p.geojson", *rings, name=["a", "b"]))
    assert read.tally.used == 2
    assert read.places.geometry[0].equals(read.places.geometry[1])
    assert read.tally.reasons == {"open ring closed": 1}


def test_one_ring_of_two_points_kills_nothing(tmp_path: Path) -> None:
    ring = [[116.58, 35.41], [116.59, 35.41], [116.59, 35.42]]
    rings = [{"type": "Polygon", "coordinates": [part]} for part in ([*ring, ring[0]], ring[:2])]
    assert read_layer("parks", save_geojson(tmp_path / "p.geojson", *rings)).tally.used == 1


def test_coordinates_that_are_no_numbers(tmp_path: Path) -> None:
    shapes = [
        *[Point(1, 2), Point(np.nan, np.nan), Point(np.inf, 1), Point(1, np.nan)],
    ]
    read = read_layer("bus_stops", save_places(tmp_path / "s.gpkg", shapes))
    assert read.places.geometry.tolist() == [Point(1, 2)]
    assert read.tally.reasons == {"no geometry": 1, "coordinates are not finite": 2}


def test_null_coordinates(tmp_path: Path) -> None:
    points = [{"type": "Point", "coordinates": xy} for xy in ([None, None], [116.5, 35.4])]
    read = read_layer("bus_stops", save_geojson(tmp_path / "s.geojson", *points))
    assert read.tally.reasons == {"no geometry": 1}


def test_heights_are_dropped(tmp_path: Path) -> None:
    shapes = [LineString([(0, 0, 5), (10, 0, 6)]), LineString([(10, 0, 6), (20, 0, np.nan)])]
    read = read_layer("streets", save_places(tmp_path / "s.gpkg", shapes))
    assert not read.places.geometry.has_z.any()
    assert read.places.geometry[0].length == 10
    assert read.tally.used == 2


def test_collections_give_their_main_part(tmp_path: Path) -> None:
    bow_tie = shapely.transform(BOWTIE, lambda xy: np.add(xy, [462_200, 3_920_000]))
    mixed = shapely.GeometryCollection([Point(5, 5), MultiPolygon([A_PARK]), bow_tie])
    read = read_layer("parks", save_places(tmp_path / "p.gpkg", [mixed, A_PARK]))
    assert read.places.geometry[0].area == 10050
    assert read.tally.reasons == {
        "only the main part of a collection kept": 1,
        "invalid polygon repaired": 1,
    }


@pytest.mark.parametrize(
    ("layer", "shape", "words"),
    [
        ("parks", Point(1, 1), "holds only points, but parks must be polygons; give polygons"),
        ("green", LineString([(0, 0), (1, 1)]), "holds only lines, but green must be polygons"),
        ("boundary", LineString([(0, 0), (1, 1)]), "but boundary must be polygons"),
        ("streets", A_PARK, "holds only polygons, but streets must be lines"),
        ("bus_stops", A_PARK, "holds only polygons, but bus_stops must be points"),
        ("park_gates", A_PARK, "but park_gates must be points"),
        ("homes", LineString([(0, 0), (1, 1)]), "but homes must be points or polygons"),
    ],
)
def test_only_shapes_of_the_wrong_kind(
    tmp_path: Path, layer: str, shape: object, words: str
) -> None:
    refused(words, layer, save_places(tmp_path / "p.gpkg", [shape, shape], category=["park"] * 2))


def test_a_table_of_park_points(tmp_path: Path) -> None:
    refused("parks must be polygons", "parks", save(tmp_path / "p.csv", HOMES))


# --- Streets -------------------------------------------------------------------------------------


def test_streets(tmp_path: Path) -> None:
    shapes = [
        LineString([(0, 0), (10, 0)]),
        MultiLineString([[(10, 0), (20, 0)], [(30, 0), (30, 0)], [(20, 0), (20, 5), (20, 9)]]),
        LineString([(5, 5), (5, 5)]),
    ]
    columns = {
        "道路名称": ["太白路", "共青团路", "点"],
        "桥梁": ["是", "否", None],
        "tunnel": [0, 1, 1],
        "台阶": ["否", "是", ""],
    }
    read = read_layer("streets", save_places(tmp_path / "道路.gpkg", shapes, **columns))
    places = read.places
    assert places["name"].tolist() == ["太白路", "共青团路", "共青团路"]
    assert places["bridge"].tolist() == [True, False, False]
    assert places["tunnel"].tolist() == [False, True, True]
    assert places["steps"].tolist() == [False, True, True]
    assert places["private"].tolist() == [False] * 3
    assert {places[flag].dtype for flag in ("bridge", "tunnel", "private", "steps")} == {
        np.dtype(bool)
    }
    assert places["refs"].tolist() == [None] * 3
    assert places.geometry.geom_type.eq("LineString").all()
    assert places.geometry.length.tolist() == [10, 10, 9]
    assert (read.tally.read, read.tally.used) == (3, 2)
    assert read.tally.reasons == {"line without length": 1, "part without length left out": 1}


def test_nodes_of_straight_streets_survive(tmp_path: Path) -> None:
    far = 12_345_678_901
    shapes = [LineString([(0, 0), (10, 0)]), None, LineString([(10, 0), (20, 0)])]
    path = save_places(tmp_path / "s.gpkg", shapes, u=[far, 1, 7], v=[7, 1, -3])
    read = read_layer("streets", path)
    assert [ref.tolist() for ref in read.places["refs"]] == [[far, 7], [7, -3]]
    assert {ref.dtype for ref in read.places["refs"]} == {np.dtype(np.int64)}
    assert read.taken["refs"] == "u, v"


@pytest.mark.parametrize(
    ("u", "bend"), [([1.5, 2.0], []), (["a", "b"], []), ([1, None], []), ([1, 2], [(5, 1)])]
)
def test_nodes_that_say_nothing(tmp_path: Path, u: list[object], bend: list[object]) -> None:
    shapes = [LineString([(0, 0), *bend, (10, 0)]), LineString([(10, 0), (20, 0)])]
    read = read_layer("streets", save_places(tmp_path / "s.gpkg", shapes, u=u, v=[2, 3]))
    assert read.places["refs"].tolist() == [None, None]


# --- Homes ---------------------------------------------------------------------------------------


def test_weights(tmp_path: Path) -> None:
    rows = ["a,1200", "b,-5", "c,很多", "d,", "e,/", 'f,"1,250"', "g,0", "h,-6"]
    text = "name,lon,lat,人口\n" + "".join(
        row.replace(",", ",116.5,35.4,", 1) + "\n" for row in rows
    )
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    assert read.places["name"].tolist() == ["a", "d", "e", "f", "g"]
    np.testing.assert_array_equal(read.places["weight"], [1200, np.nan, np.nan, 1250, 0])
    assert read.tally.reasons == {
        "人口 is negative (first: row 3)": 2,
        "人口 is not a number (first: row 4)": 1,
        "no number of people: counts nobody": 2,
    }


def test_no_weights(tmp_path: Path) -> None:
    read = read_layer("homes", save(tmp_path / "h.csv", "lon,lat,户数\n116.5,35.4,30\n"))
    assert read.places["weight"].isna().all()
    assert read.places["weight"].dtype == float
    assert "weight" not in read.taken


def test_a_column_of_weights_that_is_empty(tmp_path: Path) -> None:
    read = read_layer("homes", save(tmp_path / "h.csv", "lon,lat,人口\n116.5,35.4,\n"))
    assert read.places["weight"].isna().all()
    assert read.taken["weight"] == "人口 (empty)"
    assert read.tally.repaired == 0


def test_no_home_is_left(tmp_path: Path) -> None:
    path = save(tmp_path / "h.csv", "lon,lat,人口\n116.5,35.4,多\n116.5,35.4,少\n")
    refused(r"none of its 2 records can be used \(2: 人口 is not a number", "homes", path)


def test_homes_as_polygons_and_points(tmp_path: Path) -> None:
    two = MultiPolygon([A_PARK, box(462_200, 3_920_000, 462_201, 3_920_001)])
    shapes = [Point(1, 1), A_PARK, two, MultiPoint([(5, 5)]), MultiPoint([(5, 5), (6, 6)])]
    read = read_layer("homes", save_places(tmp_path / "h.gpkg", shapes, people=[1, 2, 3, 4, 5]))
    kinds = ["Point", "Polygon", "MultiPolygon", "Point"]
    assert read.places.geometry.geom_type.tolist() == kinds
    assert read.places["weight"].tolist() == [1, 2, 3, 4]
    assert read.tally.reasons == {"several points in one home": 1}


@pytest.mark.parametrize(
    ("ids", "homes", "taken"),
    [
        (["h1", "h2", "h3"], ["h1", "h2", "h3"], "编号"),
        (["h1", "h1", "h3"], ["1", "2", "3"], "row numbers (编号 is not unique)"),
        (["h1", "", "h3"], ["1", "2", "3"], "row numbers (编号 is not unique)"),
    ],
)
def test_ids(tmp_path: Path, ids: list[str], homes: list[str], taken: str) -> None:
    rows = "".join(f"{home},116.5{row},35.4\n" for row, home in enumerate(ids))
    read = read_layer("homes", save(tmp_path / "h.csv", "编号,lon,lat\n" + rows))
    assert read.places["home"].tolist() == homes
    assert read.taken["id"] == taken


def test_a_home_given_twice_counts_once(tmp_path: Path) -> None:
    rows = "1,116.5,35.4,10\n1,116.5,35.4,10\n2,116.5,35.4,10\n"
    read = read_layer("homes", save(tmp_path / "h.csv", "id,lon,lat,人口\n" + rows))
    assert read.places["home"].tolist() == ["1", "2"]
    assert read.tally.reasons == {"the same record twice": 1}


def test_homes_in_one_place_all_count(tmp_path: Path) -> None:
    rows = "116.5,35.4,10\n116.5,35.4,10\n"
    assert read_layer("homes", save(tmp_path / "h.csv", "lon,lat,人口\n" + rows)).tally.used == 2


# --- Facilities and stops ------------------------------------------------------------------------


def save_poi(path: Path, *categories: str) -> Path:
    rows = [f"店{row},116.5{row},35.4,{text}\n" for row, text in enumerate(categories)]
    return save(path, "名称,lon,lat,type\n" + "".join(rows))


def test_categories(tmp_path: Path) -> None:
    path = save_poi(tmp_path / "poi.csv", "药店", "pharmacy", "网吧", "", "小学", "网吧", "台球厅")
    read = read_layer("facilities", path, LayerOptions(category="type"))
    assert read.places["category"].tolist() == ["pharmacy", "pharmacy", "primary_school"]
    assert read.places["facility"].tolist() == ["1", "2", "5"]
    assert read.tally.reasons == {
        "unknown category '网吧'": 2,
        "unknown category '台球厅'": 1,
        "no category (first: row 5)": 1,
    }


def test_many_unknown_categories_are_counted_together(tmp_path: Path) -> None:
    path = save_poi(tmp_path / "poi.csv", "药店", *(f"杂{row}" for row in range(30)), "很长" * 50)
    reasons = read_layer("facilities", path).tally.reasons
    assert len(reasons) == 21
    assert reasons["unknown category, of other kinds"] == 11
    assert max(map(len, reasons)) < 60


def test_no_category_is_known(tmp_path: Path) -> None:
    path = save_poi(tmp_path / "poi.csv", "网吧", "网吧", "台球厅")
    refused(r"none of its 3 records can be used \(2: unknown category '网吧'\)", "facilities", path)


def test_no_column_of_categories(tmp_path: Path) -> None:
    words = "no column for the category; name it with category = .*'小区名称', '经度'"
    refused(words, "facilities", save(tmp_path / "poi.csv", HOMES))


def test_a_place_counts_for_wider_categories(tmp_path: Path) -> None:
    read = read_layer("facilities", save_poi(tmp_path / "poi.csv", "图书馆", "药店"))
    assert read.places["category"].tolist() == ["library", "culture", "pharmacy"]
    assert read.places["facility"].tolist() == ["1", "1/culture", "2"]
    assert read.places.geometry[0] == read.places.geometry[1]
    assert read.tally.read == read.tally.used == 2


def test_facilities_written_by_this_program_are_taken_as_they_are(tmp_path: Path) -> None:
    first = read_layer("facilities", save_poi(tmp_path / "poi.csv", "图书馆", "药店")).places
    first.iloc[[0, 2]].to_file(tmp_path / "again.gpkg")
    again = read_layer("facilities", tmp_path / "again.gpkg").places
    assert again["facility"].tolist() == ["1", "2"]
    assert again["category"].tolist() == ["library", "pharmacy"]


def test_stops_of_several_points(tmp_path: Path) -> None:
    shapes = [MultiPoint([(1, 1), (2, 2)]), Point(3, 3)]
    stops = read_layer("bus_stops", save_places(tmp_path / "s.gpkg", shapes, name=["a", "b"]))
    assert stops.places["facility"].tolist() == ["1", "1/2", "2"]
    assert stops.places["name"].tolist() == ["a", "a", "b"]
    assert stops.places.geometry.tolist() == [Point(1, 1), Point(2, 2), Point(3, 3)]
    assert stops.tally.used == 2


def test_the_same_stop_twice(tmp_path: Path) -> None:
    rows = "7,东站,116.5,35.4\n7,东站,116.5,35.4\n8,东站,116.5,35.4\n"
    stops = read_layer("bus_stops", save(tmp_path / "s.csv", "id,站名,lon,lat\n" + rows))
    assert stops.places["facility"].tolist() == ["7", "8"]


# --- Floors and people ---------------------------------------------------------------------------


def test_floors(tmp_path: Path) -> None:
    rows = ["a,6", "b,", "c,0", "d,六层", "e,18.5", "f,-1", "g,999"]
    text = "name,lon,lat,层数\n" + "".join(
        row.replace(",", ",116.5,35.4,", 1) + "\n" for row in rows
    )
    read = read_layer("homes", save(tmp_path / "h.csv", text))
    nothing = np.nan
    np.testing.assert_array_equal(
        read.places["levels"], [6, nothing, nothing, nothing, 18.5, nothing, nothing]
    )
    assert read.tally.used == 7
    assert read.tally.reasons == {"层数 is no number of floors": 4}
    assert read.taken["levels"] == "层数"


def test_no_floors(tmp_path: Path) -> None:
    read = read_layer("homes", save(tmp_path / "h.csv", HOMES))
    assert read.places["levels"].isna().all()
    assert read.places["levels"].dtype == float


def test_floors_in_a_column_that_is_named(tmp_path: Path) -> None:
    text = "lon,lat,层数,floors\n116.5,35.4,3,4\n"
    path = save(tmp_path / "h.csv", text)
    refused("several columns for the number of floors: '层数', 'floors'; say which", "homes", path)
    assert read_layer("homes", path, LayerOptions(levels="floors")).places["levels"].item() == 4
    refused("option levels says nothing about this layer", "parks", path, levels="floors")


def test_people_of_areas(tmp_path: Path) -> None:
    """A grid of areas; what is no number of people is left out, nobody is a number."""
    squares = [box(x, 0, x + 100, 100) for x in range(0, 600, 100)]
    people = ["12", "0", None, "-2147483646", "many", "3.5"]
    path = save_places(tmp_path / "p.gpkg", squares, Pop=people, grid_code=[1, 2, 3, 4, 5, 6])
    read = read_layer("population", path)
    assert read.places["people"].tolist() == [12, 0, 3.5]
    assert read.places["people"].dtype == float
    assert read.tally.reasons == {
        "no number of people (first: feature 3)": 1,
        "Pop is negative (first: feature 4)": 1,
        "Pop is not a number (first: feature 5)": 1,
    }
    assert read.taken["weight"] == "Pop"


def test_people_of_points(tmp_path: Path) -> None:
    text = "id,lon,lat,population,schools,jobs\n89a,-51.1,-30.0,7,1,9\n89b,-51.2,-30.0,8,0,1\n"
    read = read_layer("population", save(tmp_path / "hexgrid.csv", text))
    assert read.places["people"].tolist() == [7, 8]
    assert read.places.geometry.geom_type.tolist() == ["Point", "Point"]


def test_several_points_would_count_people_several_times(tmp_path: Path) -> None:
    shapes = [MultiPoint([(5, 5)]), MultiPoint([(5, 5), (6, 6)])]
    read = read_layer("population", save_places(tmp_path / "p.gpkg", shapes, people=[3, 4]))
    assert read.places["people"].tolist() == [3]
    assert read.places.geometry.tolist() == [Point(5, 5)]
    assert read.tally.reasons == {"several points with one number of people": 1}


def test_people_that_cannot_be_used(tmp_path: Path) -> None:
    mixed = save_places(tmp_path / "m.gpkg", [Point(1, 1), A_PARK], people=[3, 4])
    refused("mixes points and areas; give either", "population", mixed)
    no_column = save_places(tmp_path / "n.gpkg", [A_PARK], pop_density=[3])
    refused("'pop_density' is a density, a share or the like", "population", no_column)
    assert read_layer("population", no_column, LayerOptions(weight="pop_density")).tally.used == 1
    lines = save_places(tmp_path / "l.gpkg", [LineString([(0, 0), (1, 1)])], people=[3])
    refused("holds only lines, but population must be points or polygons", "population", lines)
    negative = save_places(tmp_path / "x.gpkg", [A_PARK], people=[-200])
    refused("none of its 1 records can be used .*people is negative", "population", negative)


# --- Empty layers --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["gpkg", "geojson", "shp", "csv", "xlsx"])
@pytest.mark.parametrize("layer", list(COLUMNS))
def test_empty_layers(tmp_path: Path, layer: str, form: str) -> None:
    path = tmp_path / f"空.{form}"
    if form == "csv":
        save(path, "name,lon,lat,category\n")
    elif form == "xlsx":
        save_book(path, 甲=[["name", "lon", "lat", "category"]])
    elif form == "geojson":
        save(path, '{"type": "FeatureCollection", "features": []}')
    else:
        save_places(path, [A_PARK], name=["a"], category=["a"])
        empty = gpd.read_file(path).iloc[:0]
        pyogrio.write_dataframe(empty, path, geometry_type="Polygon")
    if layer in {"streets", "homes", "population", "boundary", "zones", *LAND}:
        refused("is empty; give at least one record", layer, path)
    else:
        read = read_layer(layer, path)
        assert len(read.places) == read.tally.read == 0


def test_a_layer_of_nothing_but_faults_is_not_empty(tmp_path: Path) -> None:
    path = save_places(tmp_path / "p.gpkg", [None, FLAT, FLAT])
    refused(r"none of its 3 records can be used \(2: polygon without area\)", "parks", path)


# --- What is written by this program is read back -------------------------------------------------


@pytest.mark.parametrize("form", ["gpkg", "geojson"])
def test_homes_survive_a_file(tmp_path: Path, form: str) -> None:
    homes = read_layer("homes", save(tmp_path / "h.csv", HOMES)).places
    homes.to_file(tmp_path / f"again.{form}")
    again = read_layer("homes", tmp_path / f"again.{form}").places
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(homes), check_dtype=False)


def test_boundary_and_water_and_gates(tmp_path: Path) -> None:
    for layer, shape in (("boundary", A_PARK), ("water", A_PARK), ("park_gates", Point(1, 1))):
        path = save_places(tmp_path / f"{layer}.gpkg", [shape], 名称=["甲"])
        assert read_layer(layer, path).places["name"].tolist() == ["甲"]


def test_sixty_thousand_rows_are_read_at_once(tmp_path: Path) -> None:
    count = 60_000
    table = pd.DataFrame({"lon": np.linspace(116, 117, count), "lat": 35.4, "人口": 3})
    table.to_csv(tmp_path / "h.csv", index=False)
    assert read_layer("homes", tmp_path / "h.csv").places["weight"].sum() == 3 * count
