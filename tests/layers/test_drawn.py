"""What is drawn: words for what a change does, columns by heading, shapes that can be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, Point, box

from layers.categories import CATEGORIES
from layers.drawn import HEADINGS, Spot, heading_for, placed, read_drawn
from layers.records import LayerOptions
from layers.verbs import IN_CHINESE, deed_from_shape, deed_from_words, kind_from_words
from spatial.changes import VERBS
from spatial.errors import InputError

METRIC = CRS(4548)
HERE = Point(500_000, 3_900_000)


def drawn(path: Path, shapes: list[Any], layer: str | None = None, **columns: Any) -> Path:
    options = {"layer": layer} if layer else {}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=METRIC).to_file(path, **options)
    return path


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "do", "category", "kind"),
    [
        ("新增设施", "add_facility", None, None),
        ("新增公园", "add_facility", "park", None),
        (" 新增 口袋公园 ", "add_facility", "park", None),
        ("新增站点", "add_facility", "bus_stop", None),
        ("新增公交站", "add_facility", "bus_stop", None),
        ("增设社区小学", "add_facility", "primary_school", None),
        ("New park", "add_facility", "park", None),
        ("add bus stop", "add_facility", "bus_stop", None),
        ("迁移", "move_facility", None, None),
        ("迁移公园", "move_facility", "park", None),
        ("删除", "remove_facility", None, None),
        ("撤销", "remove_facility", None, None),
        ("取消公交站", "remove_facility", "bus_stop", None),
        ("新增出入口", "add_gate", None, None),
        ("新增公园出入口", "add_gate", None, None),
        ("开门", "add_gate", None, None),
        ("ADD-GATE", "add_gate", None, None),
        ("关闭出入口", "close_gate", None, None),
        ("打开小区", "open_gate", None, None),
        ("打开大门", "open_gate", None, None),
        ("新增道路", "add_street", None, None),
        ("新增桥", "add_street", None, "bridge"),
        ("天桥", "add_street", None, "bridge"),
        ("新增人行天桥", "add_street", None, "bridge"),
        ("new footbridge", "add_street", None, "bridge"),
        ("新增地下通道", "add_street", None, "bridge"),
        ("打通", "open_street", None, None),
        ("打通道路", "open_street", None, None),
        ("打通断头路", "add_street", None, None),
        ("封闭道路", "close_street", None, None),
        ("封路", "close_street", None, None),
        ("新增居民", "add_people", None, None),
        ("人口改为", "set_people", None, None),
        ("set people", "set_people", None, None),
        ("新增", "", None, None),
    ],
)
def test_words(words: str, do: str, category: str | None, kind: str | None) -> None:
    deed = deed_from_words(words)
    assert deed is not None
    assert (deed.do, deed.category, deed.kind) == (do, category, kind)


@pytest.mark.parametrize(
    "words",
    ["", "公园", "涂绿", "address", "newpark", "关闭公园", "新增加油站", "打开", "新增停车场"],
)
def test_words_that_say_nothing_clear(words: str) -> None:
    assert deed_from_words(words) is None


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_understood_by_its_own_names(verb: str) -> None:
    for words in (verb, verb.upper(), verb.replace("_", " "), IN_CHINESE[verb]):
        deed = deed_from_words(words)
        assert deed is not None
        assert deed.do == verb


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_facility_of_every_category_can_be_added_and_removed(category: str) -> None:
    for act, verb in (("新增", "add_facility"), ("撤销", "remove_facility")):
        deed = deed_from_words(act + CATEGORIES[category].zh)
        assert deed is not None
        assert (deed.do, deed.category) == (verb, category)


@given(st.text())
def test_any_text_is_a_verb_or_nothing(text: str) -> None:
    deed = deed_from_words(text)
    assert deed is None or deed.do in {*VERBS, ""}
    assert kind_from_words(text) in {None, "street", "bridge"}


@pytest.mark.parametrize(
    ("dimension", "category", "people", "do"),
    [
        (0, True, False, "add_facility"),
        (2, True, False, "add_facility"),
        (1, False, False, "add_street"),
        (1, True, False, None),
        (0, False, False, None),
        (2, True, True, None),
        (1, False, True, None),
        (None, True, False, None),
    ],
)
def test_what_a_shape_tells(
    *, dimension: int | None, category: bool, people: bool, do: str | None
) -> None:
    assert deed_from_shape(dimension, category=category, people=people) == do


# --- Columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize("meaning", HEADINGS)
def test_headings_go_by_rank(meaning: str) -> None:
    words = [word for rank in HEADINGS[meaning] for word in rank]
    assert words[0] == meaning
    assert len(set(words)) == len(words)
    for word in words:
        assert heading_for(["x", f" {word.upper()} （说明） "], HEADINGS[meaning]) is not None
    assert heading_for([words[-1], words[0]], HEADINGS[meaning]) == words[0]


def test_a_heading_means_one_thing() -> None:
    words = [word for ranks in HEADINGS.values() for rank in ranks for word in rank]
    assert len(set(words)) == len(words)


# --- Files ---------------------------------------------------------------------------------------


def test_rows_of_every_table(tmp_path: Path) -> None:
    path = tmp_path / "图.gpkg"
    drawn(path, [HERE, None], layer="点", 动作=["开门", None], fid_=[1, 2])
    drawn(path, [box(0, 0, 9, 9)], layer="面", 类别=["公园"])
    point, nothing, area = read_drawn(path, METRIC)
    assert (str(point.spot), dict(point.said)) == (f"{path}, 点, row 1", {"do": "开门"})
    assert (nothing.shape, dict(nothing.said)) == (None, {})
    assert (area.spot.layer, area.said["category"]) == ("面", "公园")
    assert [row.spot.layer for row in read_drawn(path, METRIC, LayerOptions(layer="面"))] == ["面"]
    with pytest.raises(InputError, match=r"has no layer '线'; its layers are '点', '面'"):
        read_drawn(path, METRIC, LayerOptions(layer="线"))


def test_a_table_of_points_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("动作,lon,lat\n开门,117,35.2\n,,\n开门,117,\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_drawn(path, METRIC)
    assert str(caught.value) == (
        f"{path}: 1 of its rows cannot be read: no coordinates (first: row 4); "
        "correct them, or take them out"
    )


def test_a_shapefile_that_lost_a_row_is_refused(tmp_path: Path) -> None:
    """GDAL passes a shape whose record is gone in silence; a decision must not vanish."""
    path = drawn(tmp_path / "a.shp", [HERE, HERE], do=["开门", "开门"])
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    start = int.from_bytes(content[8:10], "little")
    content[start : start + 1] = b"*"
    table.write_bytes(content)
    with pytest.raises(InputError, match=r"1 of its rows cannot be read: deleted or missing"):
        read_drawn(path, METRIC)


def test_the_crs_that_is_said_goes_first(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.gpkg", [HERE], do=["开门"])
    (row,) = read_drawn(path, METRIC, LayerOptions(crs="EPSG:4547"))
    assert row.shape is not None
    assert row.shape.distance(HERE) > 200_000


# --- Shapes --------------------------------------------------------------------------------------

SPOT = Spot("图.gpkg", "面", 3)


@pytest.mark.parametrize(
    ("wkt", "epsg", "line"),
    [
        ("POINT EMPTY", 4548, "has an empty shape; draw it, or take the row out"),
        ("POINT (inf 0)", 4548, "has coordinates that are not finite; draw it anew"),
        ("LINESTRING (1 1, 1 1)", 4548, "has a line without length; draw it anew"),
        (
            "POINT (35.42 116.59)",
            4326,
            (
                "has longitude and latitude swapped: 116.59 is the longitude, not 35.42; "
                "write the longitude first"
            ),
        ),
        (
            "POINT (500000 3900000)",
            4490,
            (
                "has coordinates such as 500000, 3900000, which are no degrees, in EPSG:4490; "
                'give the CRS that they are in, for instance "EPSG:4548"'
            ),
        ),
        (
            "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (1 1, 2 2))",
            4548,
            "mixes points, lines and areas in one shape; make each a row of its own",
        ),
        (
            "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))",
            4548,
            (
                "has an outline that is not valid (self-intersection); "
                "redraw it, or mend it with 'Fix geometries' in QGIS"
            ),
        ),
        (
            "POINT (-153 0)",
            4326,
            (
                "coordinates such as -153, 0 lie nowhere near the study area; "
                "check the coordinates and their CRS"
            ),
        ),
    ],
)
def test_shapes_that_cannot_be_used(wkt: str, epsg: int, line: str) -> None:
    shape = shapely.from_wkt(wkt)
    with pytest.raises(InputError) as caught:
        placed(shape, CRS(epsg), METRIC, SPOT)
    assert str(caught.value) == f"图.gpkg, 面, row 3: {line}"


@given(st.floats(115.5, 118.5), st.floats(34, 37))
def test_places_survive_there_and_back(lon: float, lat: float) -> None:
    there = placed(Point(lon, lat), CRS(4326), METRIC, SPOT)
    back = placed(there, METRIC, CRS(4326), SPOT)
    assert back.equals_exact(Point(lon, lat), 1e-9)


def test_a_shape_of_one_part_is_that_part() -> None:
    nested = shapely.GeometryCollection([shapely.MultiLineString([LineString([(0, 0), (0, 9)])])])
    assert placed(nested, METRIC, METRIC, SPOT).geom_type == "LineString"
    ring = shapely.LinearRing([(0, 0), (9, 0), (0, 9)])
    assert placed(ring, METRIC, METRIC, SPOT).geom_type == "LineString"
