"""Scenario files: every way to write a change, and the one line that each mistake gets."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, box

from layers import sample
from layers.categories import CATEGORIES
from layers.changes import VERB_LIST
from scripts.comparing.scenario_file import read_scenarios, require_inside
from spatial.changes import STREET_KINDS, VERBS
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spatial.changes import Change, Scenario

METRIC = CRS(sample.CRS)
HERE = Point(500_000, 3_900_000)
PARK = box(500_000, 3_900_000, 500_100, 3_900_050)
WAY = LineString([(500_000, 3_900_000), (500_080, 3_900_000)])
LON, LAT = 117.0, 35.226_9
CATEGORY_LIST = ", ".join(CATEGORIES)


def toml(folder: Path, text: str, name: str = "方案 甲.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def drawn(
    path: Path,
    shapes: Sequence[Any],
    crs: str | None = sample.CRS,
    layer: str | None = None,
    **said: Any,
) -> Path:
    places = gpd.GeoDataFrame(said, geometry=list(shapes), crs=crs)
    options = {"layer": layer} if layer else {}
    places.to_file(path, encoding="utf-8" if path.suffix == ".shp" else None, **options)
    return path


def only(path: Path) -> Scenario:
    (scenario,) = read_scenarios(path, METRIC)
    return scenario


def one(path: Path) -> Change:
    (change,) = only(path).changes
    return change


def said_of(path: Path, line: str) -> None:
    """A file is refused with this line after its own path, which holds Chinese and a space."""
    with pytest.raises(InputError) as caught:
        read_scenarios(path, METRIC)
    assert str(caught.value) == f"{path}{line}"


# --- TOML ----------------------------------------------------------------------------------------


def test_every_verb_in_toml(tmp_path: Path) -> None:
    text = """
name = "近期建设"
[[change]]
do = "add_facility"
name = "口袋公园"
category = "公园"
wkt = "POLYGON ((117 35.2, 117.001 35.2, 117.001 35.201, 117 35.201, 117 35.2))"
cost = 120
[[change]]
do = "move_facility"
target = "东园"
at = [117.0, 35.2]
[[change]]
do = "remove_facility"
target = 17
[[change]]
do = "add_gate"
at = [500000, 3900000]
crs = "EPSG:4548"
[[change]]
do = "打开小区"
at = [117.0, 35.2]
[[change]]
do = "close_gate"
at = [117.0, 35.2]
[[change]]
do = "add_street"
kind = "bridge"
geojson = { type = "LineString", coordinates = [[117, 35.2], [117.001, 35.2]] }
[[change]]
do = "open_street"
target = "太白路"
[[change]]
do = "close_street"
target = "太白路"
[[change]]
do = "add_people"
people = 1200
at = [117.0, 35.2]
[[change]]
do = "set_people"
people = 0
wkt = "POLYGON ((117 35.2, 117.001 35.2, 117.001 35.201, 117 35.201, 117 35.2))"
"""
    path = toml(tmp_path, text)
    scenario = only(path)
    assert scenario.name == "近期建设"
    assert [change.do for change in scenario.changes] == list(VERBS)
    park, moved, removed, gate, _, _, bridge, *_, people, nobody = scenario.changes
    assert (park.name, park.category, park.cost, park.kind) == ("口袋公园", "park", 120, "street")
    assert park.geometry.geom_type == "Polygon"
    assert park.where == f"{path}, change 1"
    assert (moved.target, moved.name) == ("东园", "东园")
    assert (removed.target, removed.geometry) == ("17", None)
    assert gate.geometry.equals_exact(HERE, 1e-6)
    assert gate.name == "add_gate 4"
    assert bridge.kind == "bridge"
    assert bridge.geometry.length == pytest.approx(91.1, abs=0.2)
    assert (people.people, nobody.people, park.people) == (1200, 0, None)
    assert set(STREET_KINDS) >= {change.kind for change in scenario.changes}


def test_several_scenarios_in_one_file(tmp_path: Path) -> None:
    text = """
[[scenario]]
name = "甲"
[[scenario.change]]
do = "封路"
target = "a"
[[scenario.change]]
do = "关门"
at = [117.0, 35.2]
[[scenario]]
name = 2
[[scenario.change]]
do = "撤销"
target = "b"
"""
    path = toml(tmp_path, text)
    first, second = read_scenarios(path, METRIC)
    assert (first.name, len(first.changes), second.name) == ("甲", 2, "2")
    assert second.changes[0].where == f"{path}, scenario 2, change 1"
    assert second.changes[0].do == "remove_facility"


def test_a_file_within_a_scenario(tmp_path: Path) -> None:
    """What the table says goes before the file's columns; a scenario there says nothing."""
    (tmp_path / "图 层").mkdir()
    drawn(
        tmp_path / "图 层" / "公园.gpkg",
        [PARK, PARK],
        名称=["东", "西"],
        类别=["学校", None],
        方案=["x", "y"],
    )
    text = """
[[change]]
do = "close_street"
target = "a"
[[change]]
do = "add_facility"
category = "park"
file = "图 层/公园.gpkg"
"""
    path = toml(tmp_path, text)
    _, east, west = only(path).changes
    assert (east.name, east.category, west.name) == ("东", "park", "西")
    assert east.geometry.equals_exact(PARK, 1e-6)
    assert west.where == f"{path}, change 2, 图 层/公园.gpkg, 公园, row 2"


def test_a_file_may_say_what_to_do_itself(tmp_path: Path) -> None:
    drawn(tmp_path / "a.geojson", [Point(LON, LAT)], "EPSG:4326", do=["开门"])
    assert one(toml(tmp_path, '[[change]]\nfile = "a.geojson"\n')).do == "add_gate"


def test_a_scenario_without_a_name_is_called_as_its_file(tmp_path: Path) -> None:
    text = '\ufeff[[change]]\ndo = "close_street"\ntarget = "a"\n'
    assert only(toml(tmp_path, text)).name == "方案 甲"


ADD = '[[change]]\ndo = "add_facility"\ncategory = "park"\n'
GATE = '[[change]]\ndo = "add_gate"\n'
STREET = '[[change]]\ndo = "add_street"\n'
PEOPLE = f'[[change]]\ndo = "add_people"\nat = [{LON}, {LAT}]\n'
CHANGE_KEYS = "do, name, category, at, wkt, geojson, file, layer, crs, target, people, kind, cost"
A_TABLE = 'a table such as { type = "Point", coordinates = [116.59, 35.42] }'
NAME = "scenario.toml"

MISTAKES_IN_TOML = {
    "": ": holds no change; add [[change]] with do = ...",
    "[[change]\n": None,
    "[change]\ndo = 1\n": ": change = {'do': 1} is no use; write tables headed [[change]]",
    "change = [1]\n": ", change 1: is no table; write [[change]] above it",
    "[place]\nname = 'x'\n": ": place is an unknown key; known keys are name, change, scenario",
    "name = true\n": ": name = True is no use; write text in quotes",
    '[[scenario]]\nname = "a"\n': ", scenario 1: holds no change; "
    "add [[scenario.change]] with do = ...",
    "[[scenario]]\n[[scenario.change]]\ndo = 'x'\n": ", scenario 1: has no name; give name = ...",
    "[[scenario]]\nname='a'\n[[scenario.change]]\nkost = 1\n": ", scenario 1, change 1: "
    "kost is an unknown key; did you mean cost?",
    f"[[scenario]]\nname='a'\n{ADD}": ": has both [[change]] and [[scenario]]; "
    "write each change as [[scenario.change]]",
    "[[scenario]]\nname='a'\n[[scenario]]\nname='a'\n": ": has two scenarios called 'a'; "
    "give each a name of its own",
    "[[change]]\nat = [1, 2]\n": ", change 1: does not say what to do; give do = ...",
    "[[change]]\ndo = '涂绿'\nat = [1, 2]\n": ", change 1: do '涂绿' is not known; "
    f"write one of {VERB_LIST}",
    f"{ADD}catgory = 1\ntrget = 2\n": ", change 1: catgory is an unknown key (and 1 more); "
    "did you mean category?",
    f"{GATE}at = [117]\n": ", change 1: at = [117] is no use; "
    "write two numbers, [longitude, latitude]",
    f"{GATE}at = ['117', 35]\n": ", change 1: at = ['117', 35] is no use; "
    "write two numbers, [longitude, latitude]",
    f"{GATE}at = [nan, 35]\n": ", change 1: at = [nan, 35] is no use; "
    "write two numbers, [longitude, latitude]",
    f"{GATE}at = [35.42, 116.59]\n": ", change 1: has longitude and latitude swapped: "
    "116.59 is the longitude, not 35.42; write the longitude first",
    f"{GATE}at = [500000, 3900000]\n": ", change 1: has coordinates such as 500000, 3900000, "
    'which are no degrees, in EPSG:4326; give the CRS that they are in, for instance "EPSG:4548"',
    f"{GATE}at = [117, 35]\nwkt = 'POINT (1 2)'\n": ", change 1: says where by at and by wkt; "
    "keep one of them",
    f"{GATE}wkt = 'PIONT (1 2)'\n": ", change 1: wkt is no shape; "
    'write for instance "POINT (116.59 35.42)"',
    f"{GATE}wkt = 'POINT EMPTY'\n": ", change 1: has an empty shape; draw it, or take the row out",
    f"{GATE}geojson = {{ type = 'Point' }}\n": f", change 1: geojson is no shape; write {A_TABLE}",
    f"{GATE}geojson = 'Point'\n": f", change 1: geojson = 'Point' is no use; write {A_TABLE}",
    f"{GATE}at = [1, 2]\ncrs = '火星'\n": ", change 1: crs '火星' is not known; write an EPSG "
    "code, for instance EPSG:4548 (CGCS2000, central meridian 117 E) or EPSG:32650 (UTM zone 50 N)",
    f"{GATE}crs = 4548\n": ", change 1: crs means nothing without a place; take it out",
    f"{GATE}layer = 'a'\n": ", change 1: layer means nothing without file; take it out",
    f"{GATE}file = '没有.gpkg'\n": ", change 1: file '没有.gpkg' is not there; "
    "check the path; it counts from the folder of the scenario",
    GATE: ", change 1: add_gate does not say where; give a point",
    f"{GATE}wkt = 'LINESTRING (117 35, 117 36)'\n": ", change 1: add_gate needs a point, "
    "not a line; draw a point",
    f"{GATE}at = [117, 35]\npeople = 5\n": ", change 1: people 5 means nothing to add_gate; "
    "take it out",
    ADD: ", change 1: add_facility does not say where; give a point or polygon",
    f"{ADD}wkt = 'LINESTRING (117 35, 117 36)'\n": ", change 1: add_facility needs a point or "
    "polygon, not a line; draw a point or polygon",
    f"{ADD}wkt = 'POLYGON ((117 35, 118 36, 118 35, 117 36, 117 35))'\n": ", change 1: has an "
    "outline that is not valid (self-intersection); "
    "redraw it, or mend it with 'Fix geometries' in QGIS",
    f"{ADD}at = [117, 35]\nkind = 'bridge'\n": ", change 1: kind 'bridge' means nothing to "
    "add_facility; take it out",
    f"{ADD}at = [117, 35]\ntarget = 'x'\n": ", change 1: target 'x' means nothing to "
    "add_facility; take it out",
    f"{ADD}at = [117, 35]\ncost = -1\n": ", change 1: cost is negative (-1); "
    "give a number, 0 or more",
    f"{ADD}at = [117, 35]\ncost = '贵'\n": ", change 1: cost = '贵' is no use; write a number",
    "[[change]]\ndo = 'add_facility'\nat = [117, 35]\n": ", change 1: add_facility has no "
    f"category; give one of {CATEGORY_LIST}",
    "[[change]]\ndo = 'add_facility'\ncategory = '网吧'\nat = [117, 35]\n": ", change 1: category "
    f"'网吧' is not known; give one of {CATEGORY_LIST}",
    "[[change]]\ndo = '新增公园'\ncategory = '小学'\nat = [117, 35]\n": ", change 1: do says park, "
    "category says primary_school; keep one of them",
    "[[change]]\ndo = 'move_facility'\nat = [117, 35]\n": ", change 1: move_facility has no "
    "target; give the id or the name of the facility",
    "[[change]]\ndo = '撤销'\n": ", change 1: remove_facility does not say where; "
    "give a point or polygon, or its target by name",
    f"{STREET}at = [117, 35]\n": ", change 1: add_street needs a line, not a point; draw a line",
    f"{STREET}kind = 'rope'\nwkt = 'LINESTRING (117 35, 117 36)'\n": ", change 1: kind 'rope' is "
    "not known; write one of street, bridge",
    "[[change]]\ndo = '天桥'\nkind = '道路'\nwkt = 'LINESTRING (117 35, 117 36)'\n": ", change 1: "
    "do says bridge, kind says street; keep one of them",
    f"{STREET}wkt = 'LINESTRING (117 35, 117 35)'\n": ", change 1: has a line without length; "
    "draw it anew",
    f"{STREET}wkt = 'MULTIPOINT (117 35, 117 36)'\n": ", change 1: add_street needs a line, "
    "not a point; draw a line",
    f"{GATE}wkt = 'MULTIPOINT (117 35, 117 36)'\n": ", change 1: is 2 points in one; "
    "split them ('Multipart to singleparts' in QGIS)",
    f"{GATE}at = [117, 35]\ntarget = '东园'\n": ", change 1: target '东园' means nothing to "
    "add_gate; take it out",
    f"{GATE}at = [117, 35]\ncategory = '公园'\n": ", change 1: category '公园' means nothing to "
    "add_gate; take it out",
    "[[change]]\ndo = 'close_street'\n": ", change 1: close_street does not say where; "
    "give a point or line, or its target by name",
    PEOPLE: ", change 1: add_people has no people; give how many",
    f"{PEOPLE}people = 3\n".replace("add", "set"): ", change 1: set_people needs a polygon, "
    "not a point; draw a polygon",
    f"{PEOPLE}people = 0\n": ", change 1: add_people adds 0 people; give how many",
    f"{PEOPLE}people = -300\n": ", change 1: people is negative (-300); give a number, 0 or more",
    f"{PEOPLE}people = true\n": ", change 1: people = True is no use; write a number",
    f"{PEOPLE}people = 3\ncategory = 'park'\n": ", change 1: category 'park' means nothing to "
    "add_people; take it out",
}


@pytest.mark.parametrize(
    ("text", "line"), MISTAKES_IN_TOML.items(), ids=range(len(MISTAKES_IN_TOML))
)
def test_a_mistake_in_toml_is_one_line(tmp_path: Path, text: str, line: str | None) -> None:
    path = toml(tmp_path, text)
    if line is None:
        with pytest.raises(InputError, match=r"is no valid TOML: .*; correct that line") as caught:
            read_scenarios(path, METRIC)
        assert "\n" not in str(caught.value)
    else:
        said_of(path, line)


def test_files_that_are_no_scenario(tmp_path: Path) -> None:
    said_of(tmp_path / "没有.toml", ": there is no such scenario; check the path")
    said_of(tmp_path, ": there is no such scenario; check the path")
    path = tmp_path / "a.toml"
    path.write_bytes('name = "方案"'.encode("gb18030"))
    said_of(path, ": is not in UTF-8; save it as UTF-8")
    path = toml(tmp_path, "x", "方案.doc")
    said_of(
        path,
        ": is of a kind that is not read (.doc); save it as one of "
        ".gpkg, .geojson, .shp, .kml, .csv, .xlsx",
    )


def test_amounts_for_several_features_are_asked(tmp_path: Path) -> None:
    drawn(tmp_path / "a.gpkg", [PARK, PARK], x=[1, 2])
    text = '[[change]]\ndo = "add_people"\npeople = 900\nfile = "a.gpkg"\n'
    said_of(
        toml(tmp_path, text),
        ", change 1: people stands for 2 features of a.gpkg: for each, or for all?; "
        "give the file a column people",
    )


def test_a_fault_in_a_file_within_a_scenario_names_both(tmp_path: Path) -> None:
    drawn(tmp_path / "门.gpkg", [HERE, PARK], x=[1, 2])
    said_of(
        toml(tmp_path, f'{GATE}file = "门.gpkg"\n'),
        ", change 1, 门.gpkg, 门, row 2: add_gate needs a point, not a polygon; draw a point",
    )


def test_degrees_are_not_measured_in(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in degrees"):
        read_scenarios(toml(tmp_path, ADD), CRS(4326))


# --- Drawn ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["gpkg", "geojson", "shp"])
def test_a_drawing(tmp_path: Path, form: str) -> None:
    path = drawn(
        tmp_path / f"方案.{form}",
        [PARK, PARK, PARK],
        动作=["新增公园", "新增", "人口改为"],
        名称=["东园", None, "新村"],
        类别=[None, "小学", None],
        人口=[None, None, "1,200"],
        造价=["80", None, None],
    )
    path = path if form != "geojson" else _in_degrees(path)
    park, school, people = only(path).changes
    assert (park.do, park.category, park.cost, park.name) == ("add_facility", "park", 80, "东园")
    assert (school.do, school.category, school.name) == ("add_facility", "primary_school", "小学 2")
    assert (people.do, people.people, people.name) == ("set_people", 1200, "新村")
    assert shapely.equals_exact(park.geometry.normalize(), PARK.normalize(), 1e-4)
    assert only(path).name == "方案"


def _in_degrees(path: Path) -> Path:
    gpd.read_file(path).to_crs(4326).to_file(path)
    return path


def test_points_lines_and_areas_in_one_geopackage(tmp_path: Path) -> None:
    """QGIS keeps each kind of shape in a table of its own: all are read."""
    path = tmp_path / "方案.gpkg"
    drawn(path, [HERE], layer="点", do=["开门"], scenario=["甲"])
    drawn(path, [WAY, WAY], layer="线", do=["天桥", None], scenario=["乙", "甲"])
    drawn(path, [PARK], layer="面", category=["park"], scenario=["甲"])
    first, second = read_scenarios(path, METRIC)
    assert [change.do for change in first.changes] == ["add_gate", "add_street", "add_facility"]
    assert (first.name, second.name, second.changes[0].kind) == ("甲", "乙", "bridge")
    assert first.changes[1].where == f"{path}, 线, row 2"


def test_a_target_without_a_shape(tmp_path: Path) -> None:
    features = [{"type": "Feature", "properties": {"do": "撤销", "对象": "东园"}, "geometry": None}]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    change = one(toml(tmp_path, text, "a.geojson"))
    assert (change.do, change.target, change.geometry) == ("remove_facility", "东园", None)


def test_a_table_of_points(tmp_path: Path) -> None:
    text = "title\n\n动作,lon,lat,人口\n新增居民,117.0,35.2,300\n新增居民,117.0,35.2,很多\n"
    path = toml(tmp_path, text, "a.csv")
    said_of(path, ", row 5: people '很多' is no number; give a number, 0 or more")


def test_shapes_of_one_part_are_that_part(tmp_path: Path) -> None:
    shapes = [
        MultiPoint([HERE]),
        MultiLineString([WAY]),
        MultiPolygon([PARK]),
        shapely.force_3d(HERE),
    ]
    path = drawn(
        tmp_path / "a.gpkg",
        shapes,
        do=["开门", None, "add", "开门"],
        category=[None, None, "park", None],
    )
    kinds = [(change.geometry.geom_type, change.geometry.has_z) for change in only(path).changes]
    assert kinds == [("Point", False), ("LineString", False), ("Polygon", False), ("Point", False)]


def test_the_exact_name_of_a_column_goes_first(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.gpkg", [HERE], 动作=["撤销"], do=["开门"], 名称=["a"], name=["b"])
    assert (one(path).do, one(path).name) == ("add_gate", "b")


CROSSED = shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])

MISTAKES_IN_DRAWINGS: list[tuple[dict[str, Any], Any, str]] = [
    ({"do": ["涂绿"]}, HERE, f"do '涂绿' is not known; write one of {VERB_LIST}"),
    ({"名称": ["东园"]}, HERE, f"does not say what to do; give do, one of {VERB_LIST}"),
    ({"类别": ["公园"]}, WAY, f"does not say what to do; give do, one of {VERB_LIST}"),
    ({"人口": [30]}, PARK, f"does not say what to do; give do, one of {VERB_LIST}"),
    (
        {"类别": ["公园"], "对象": ["东园"]},
        PARK,
        f"does not say what to do; give do, one of {VERB_LIST}",
    ),
    ({"动作": ["新增设施"]}, PARK, f"add_facility has no category; give one of {CATEGORY_LIST}"),
    ({"类别": ["网吧"]}, PARK, f"category '网吧' is not known; give one of {CATEGORY_LIST}"),
    (
        {"动作": ["新增公园"]},
        WAY,
        "add_facility needs a point or polygon, not a line; draw a point or polygon",
    ),
    ({"动作": ["新增道路"]}, HERE, "add_street needs a line, not a point; draw a line"),
    ({"动作": ["打通断头路"]}, PARK, "add_street needs a line, not a polygon; draw a line"),
    ({"动作": ["开门"]}, None, "add_gate does not say where; give a point"),
    (
        {"动作": ["新增居民"], "人口": ["-20"]},
        HERE,
        "people is negative (-20); give a number, 0 or more",
    ),
    (
        {"动作": ["新增公园"], "造价": ["八十万"]},
        PARK,
        "cost '八十万' is no number; give a number, 0 or more",
    ),
    (
        {"动作": ["开门"]},
        MultiPoint([(0, 0), (1, 1)]),
        "is 2 points in one; split them ('Multipart to singleparts' in QGIS)",
    ),
    (
        {"动作": ["新增公园"]},
        CROSSED,
        (
            "has an outline that is not valid (self-intersection); "
            "redraw it, or mend it with 'Fix geometries' in QGIS"
        ),
    ),
    (
        {"动作": ["新增道路"], "形式": ["索道"]},
        WAY,
        "kind '索道' is not known; write one of street, bridge",
    ),
    (
        {"动作": ["迁移"]},
        HERE,
        "move_facility has no target; give the id or the name of the facility",
    ),
]


@pytest.mark.parametrize(
    ("said", "shape", "line"), MISTAKES_IN_DRAWINGS, ids=range(len(MISTAKES_IN_DRAWINGS))
)
def test_a_mistake_in_a_drawing_is_one_line(
    tmp_path: Path, said: dict[str, Any], shape: Any, line: str
) -> None:
    path = drawn(tmp_path / "方案 甲.gpkg", [shape], **said)
    said_of(path, f", 方案 甲, row 1: {line}")


def test_a_row_of_no_scenario(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.gpkg", [HERE, HERE], do=["开门", "开门"], 方案=["甲", None])
    said_of(
        path,
        ", a, row 2: names no scenario, but other rows do; "
        "fill in the scenario, or leave it empty in all rows",
    )


def test_drawings_that_are_refused_as_a_whole(tmp_path: Path) -> None:
    empty = toml(tmp_path, '{"type": "FeatureCollection", "features": []}', "空.geojson")
    said_of(empty, ": holds nothing; draw at least one feature")
    twice = drawn(tmp_path / "b.gpkg", [HERE], 动作=["开门"], 操作=["开门"])
    said_of(twice, ", b: has several columns that mean the same: '动作', '操作'; keep one of them")
    with pytest.warns(UserWarning, match="crs"):
        nowhere = drawn(tmp_path / "c.shp", [HERE], crs=None, do=["开门"])
    said_of(
        nowhere,
        ': has no CRS; say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"',
    )
    broken = tmp_path / "d.gpkg"
    broken.write_bytes(b"no database")
    with pytest.raises(InputError, match=r"cannot be read .*; save it anew"):
        read_scenarios(broken, METRIC)


def documented() -> list[str]:
    text = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    return re.findall(r"```toml\n(.*?)```", text, re.DOTALL)


def test_the_documented_toml(tmp_path: Path) -> None:
    drawn(tmp_path / "口袋公园.geojson", [box(116.59, 35.41, 116.591, 35.411)], "EPSG:4326", x=[1])
    every, several = documented()
    assert [change.do for change in only(toml(tmp_path, every)).changes] == list(VERBS)
    gate, bridge = read_scenarios(toml(tmp_path, several), METRIC)
    assert (gate.changes[0].do, bridge.changes[0].kind) == ("add_gate", "bridge")


def test_the_documented_tables(tmp_path: Path) -> None:
    """The attribute tables of the page, drawn with any shape of their kind, are read."""
    text = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    path = tmp_path / "方案.gpkg"
    for title, shape in (("points", HERE), ("lines", WAY), ("polygons", PARK)):
        (table,) = re.findall(rf" {title}:\n\n((?:\|.*\n)+)", text)
        head, _, *rows = [
            [cell.strip() for cell in row.split("|")[1:-1]] for row in table.split("\n")[:-1]
        ]
        columns = {
            name.split()[0]: [row[at] or None for row in rows] for at, name in enumerate(head)
        }
        drawn(path, [shape] * len(rows), layer=title, **columns)
    first, second = read_scenarios(path, METRIC)
    assert (first.name, second.name) == ("甲", "乙")
    assert {change.do for one in (first, second) for change in one.changes} == set(VERBS)
    assert [change.kind for change in first.changes].count("bridge") == 1


# --- Where it lies --------------------------------------------------------------------------------

AREA = box(499_000, 3_899_000, 501_000, 3_901_000)


def gate_at(folder: Path, lon: float, lat: float) -> list[Scenario]:
    return read_scenarios(toml(folder, f"{GATE}at = [{lon}, {lat}]\n"), METRIC)


def test_a_change_outside_the_study_area(tmp_path: Path) -> None:
    require_inside(gate_at(tmp_path, LON, LAT), AREA, METRIC)
    with pytest.raises(InputError) as caught:
        require_inside(gate_at(tmp_path, 117.1, LAT), AREA, METRIC)
    where = f"{tmp_path / '方案 甲.toml'}, change 1"
    assert str(caught.value) == (
        f"{where}: lies 8.1 km outside the study area; check its coordinates and their CRS"
    )


def test_degrees_swapped_where_both_ways_are_on_earth(tmp_path: Path) -> None:
    nice = CRS(32632)
    lon, lat = 7.42, 43.74
    area = gpd.GeoSeries([Point(lon, lat)], crs=4326).to_crs(nice).buffer(500).iloc[0]
    text = f"{GATE}at = [{lat}, {lon}]\n"
    scenarios = read_scenarios(toml(tmp_path, text), nice)
    with pytest.raises(InputError, match=r"only if longitude and latitude are swapped; write the"):
        require_inside(scenarios, area, nice)


def test_an_area_whose_swapped_degrees_are_nowhere(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.gpkg", [PARK], do=["新增公园"])
    far = shapely.transform(AREA, lambda xy: xy + 9_000)
    with pytest.raises(InputError, match=r"row 1: lies 11\.2 km outside the study area"):
        require_inside(read_scenarios(path, METRIC), far, METRIC)


def test_a_change_by_target_alone_lies_nowhere(tmp_path: Path) -> None:
    text = '[[change]]\ndo = "封路"\ntarget = "a"\n'
    require_inside(read_scenarios(toml(tmp_path, text), METRIC), AREA, METRIC)


# --- Whatever people write ------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "'; DROP TABLE homes; --",
    "a\nb",
    '"quoted"',
    "\u202eright to left",
    "长" * 500,
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["toml", "gpkg", "geojson"])
def test_hostile_names_stay_text(tmp_path: Path, name: str, form: str) -> None:
    if form == "toml":
        text = f"[[change]]\ndo = '封路'\ntarget = 'a'\nname = {json.dumps(name)}\n"
        path = toml(tmp_path, text)
    else:
        path = drawn(tmp_path / f"a.{form}", [HERE], do=["开门"], name=[name])
        path = _in_degrees(path) if form == "geojson" else path
    assert one(path).name == name


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_verbs_make_one_short_line(tmp_path: Path, name: str) -> None:
    path = drawn(tmp_path / "a.gpkg", [HERE], do=[name])
    with pytest.raises(InputError, match="is not known; write one of add_facility") as caught:
        read_scenarios(path, METRIC)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < len(str(path)) + 500


@given(
    verb=st.sampled_from(["新增公园", "add_facility", "开门", "天桥", "新增居民"]),
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])).map("园{}".format),
    x=st.floats(499_000, 501_000),
    y=st.floats(3_899_000, 3_901_000),
    cost=st.integers(0, 10**9),
)
@settings(max_examples=25, deadline=None)
def test_the_same_change_drawn_and_written(
    verb: str, name: str, x: float, y: float, cost: int
) -> None:
    """A TOML table and a drawn row that say the same make the same change."""
    spot = Point(x, y)
    shape = LineString([(x, y), (x + 50, y)]) if verb == "天桥" else spot
    category = "park" if verb == "add_facility" else None
    people = 40 if verb == "新增居民" else None
    with tempfile.TemporaryDirectory() as folder:
        quoted = json.dumps(name, ensure_ascii=False)
        text = f'[[change]]\ndo = "{verb}"\nname = {quoted}\ncost = {cost}\n'
        text += f'wkt = "{shape.wkt}"\ncrs = "{sample.CRS}"\n'
        text += f'category = "{category}"\n' if category else ""
        text += f"people = {people}\n" if people else ""
        written = one(toml(Path(folder), text))
        said = {"do": [verb], "name": [name], "cost": [cost]}
        said |= {"category": [category]} if category else {}
        said |= {"people": [people]} if people else {}
        other = one(drawn(Path(folder, "a.gpkg"), [shape], **said))
    for key in ("do", "name", "category", "people", "kind", "cost", "target"):
        assert getattr(written, key) == getattr(other, key)
    assert written.geometry.equals_exact(other.geometry, 1e-6)
