"""Candidate sites: what a table of land may say, what is dropped, and what stops the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon, box

from layers.candidates import CANDIDATE_COLUMNS, Candidates, read_candidates
from layers.records import LayerOptions
from spatial.errors import InputError

LAND = box(500_000, 3_900_000, 500_100, 3_900_050)  # 5,000 m2 of Jining, in EPSG:4548
TRUE = pytest.approx(5000, rel=1e-3)


def save(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def drawn(path: Path, shapes: list[Any], **columns: Any) -> Path:
    gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4548").to_file(path)
    return path


def refused(path: Path, line: str, options: LayerOptions | None = None) -> None:
    with pytest.raises(InputError) as caught:
        read_candidates(path, options)
    assert str(caught.value) == f"{path}, candidates{line}"


def promised(read: Candidates) -> None:
    places, tally = read.places, read.tally
    assert tuple(places.columns) == (*CANDIDATE_COLUMNS, "geometry")
    assert tally.read == tally.used + tally.dropped
    assert sum(tally.reasons.values()) == tally.dropped + tally.repaired
    assert len(places) == tally.used
    assert places["candidate"].is_unique
    assert places["must"].dtype == places["barred"].dtype == bool
    assert not (places["must"] & places["barred"]).any()


def test_land_with_everything_said(tmp_path: Path) -> None:
    path = drawn(
        tmp_path / "闲置 地块.gpkg",
        [LAND, LAND, LAND],
        地块编号=["A1", "A2", "A3"],
        地块名称=["东地", None, "<b>西地</b>"],
        造价=["120", "1,500", None],
        容量=[3000.0, None, 0.0],
        必选=["是", "否", None],
        排除=[None, "是", "否"],
        分组=["北", "北", None],
    )
    read = read_candidates(path)
    promised(read)
    places = read.places
    assert places["candidate"].tolist() == ["A1", "A2", "A3"]
    assert places["name"].tolist() == ["东地", None, "<b>西地</b>"]
    np.testing.assert_array_equal(places["cost"], [120, 1500, np.nan])
    np.testing.assert_array_equal(places["capacity"], [3000, np.nan, 0])
    assert places["must"].tolist() == [True, False, False]
    assert places["barred"].tolist() == [False, True, False]
    assert places["area_m2"].tolist() == [TRUE] * 3
    assert places.crs.to_epsg() == 4548
    assert read.taken["cost"] == "造价"


def test_land_with_nothing_said(tmp_path: Path) -> None:
    read = read_candidates(drawn(tmp_path / "a.gpkg", [LAND, Point(500_000, 3_900_000)], x=[1, 2]))
    promised(read)
    places = read.places
    assert places["candidate"].tolist() == ["1", "2"]
    assert places["area_m2"][0] == TRUE
    assert places[["cost", "capacity"]].isna().all(axis=None)
    assert np.isnan(places["area_m2"][1])
    assert not places[["must", "barred"]].any(axis=None)


@pytest.mark.parametrize(
    ("heading", "unit_m2"),
    [
        ("面积", 1.0),
        ("area_m2", 1.0),
        ("用地面积（公顷）", 10_000.0),
        ("area_ha", 10_000.0),
        ("面积(亩)", 2000 / 3),
        ("Area (km2)", 1_000_000.0),
    ],
)
def test_the_size_of_points(tmp_path: Path, heading: str, unit_m2: float) -> None:
    path = save(tmp_path / "a.csv", f"lon,lat,{heading}\n117,35.2,3\n117,35.3,\n117,35.4,-1\n")
    read = read_candidates(path)
    assert read.taken["area_m2"] == heading
    assert read.places["area_m2"][0] == pytest.approx(3 * unit_m2)
    assert read.places["area_m2"][1:].isna().all()


def test_an_outline_is_measured_whatever_its_column_says(tmp_path: Path) -> None:
    shapes = [LAND, Point(500_000, 3_900_000)]
    read = read_candidates(drawn(tmp_path / "a.gpkg", shapes, 面积=[7.0, 7.0]))
    assert read.places["area_m2"].tolist() == [TRUE, 7]
    assert read.taken["area_m2"] == "the outline; 面积 for points"


def test_a_column_of_degrees_squared_is_no_size(tmp_path: Path) -> None:
    read = read_candidates(drawn(tmp_path / "a.gpkg", [Point(0, 0)], Shape_Area=[7.0]))
    assert read.places["area_m2"].isna().all()


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["备选点一览"], ["编号", "名称", "经度", "纬度"], [7, "甲", 117, 35.2]):
        book.active.append(row)
    book.save(tmp_path / "备选点.xlsx")
    read = read_candidates(tmp_path / "备选点.xlsx")
    promised(read)
    assert read.places[["candidate", "name"]].to_numpy().tolist() == [["7", "甲"]]
    assert read.places.geometry[0] == Point(117, 35.2)


def test_what_is_dropped_is_counted(tmp_path: Path) -> None:
    crossed = Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])
    shapes = [LAND, LineString([(0, 0), (1, 1)]), None, MultiPoint([(0, 0), (1, 1)]), crossed]
    cost = ["1", "1", "1", "1", "1", "贵", "-5", "2", "2"]
    ids = [*"abcdefg", "h", "h"]
    path = drawn(tmp_path / "a.gpkg", [*shapes, LAND, LAND, LAND, LAND], cost=cost, id=ids)
    read = read_candidates(path)
    promised(read)
    assert read.places["candidate"].tolist() == ["a", "e", "h"]
    assert dict(read.tally.reasons) == {
        "no geometry": 1,
        "lines where points or polygons are needed": 1,
        "invalid polygon repaired": 1,
        "several points in one candidate": 1,
        "cost is not a number (first: feature 6)": 1,
        "cost is negative (first: feature 7)": 1,
        "the same candidate twice": 1,
    }


def test_ids_that_are_not_unique(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "编号,lon,lat\nx,117,35.2\nx,117,35.3\n")
    read = read_candidates(path)
    assert read.places["candidate"].tolist() == ["1", "2"]
    assert read.taken["candidate"] == "row numbers (编号 is not unique)"
    said = read_candidates(path, LayerOptions(id="编号"))
    assert said.taken["candidate"] == "row numbers (编号 is not unique)"


def test_columns_that_are_said(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "a,b,c,d\nx,甲,117,35.2\n")
    options = LayerOptions(id="a", name="b", x="c", y="d", crs="EPSG:4326")
    places = read_candidates(path, options).places
    assert places[["candidate", "name"]].to_numpy().tolist() == [["x", "甲"]]


def test_candidates_that_stop_the_run(tmp_path: Path) -> None:
    head = "编号,lon,lat,造价,必选,排除\n"
    both = save(tmp_path / "两.csv", f"标题\n{head}a,117,35.2,1,是,否\nb,117,35.3,1,是,是\n")
    refused(both, ", row 4: is both must and barred; keep one of them")
    lost = save(tmp_path / "b.csv", f"{head}a,117,35.2,1,否,否\nb,117,35.3,贵,是,否\n")
    refused(
        lost,
        ", row 3: must be taken, but cannot be used: 造价 is not a number (first: row 3); "
        "correct it, or take its must out",
    )
    none = save(tmp_path / "c.csv", f"{head}a,117,35.2,-1,否,否\n")
    refused(
        none,
        ": none of its 1 candidates can be used (1: 造价 is negative (first: row 2)); "
        "repair the file",
    )
    refused(save(tmp_path / "d.csv", head), ": is empty; give at least one candidate")
    ways = drawn(tmp_path / "路.gpkg", [LineString([(0, 0), (1, 1)])], x=[1])
    refused(ways, ": holds only lines, but candidates must be points or polygons; "
            "give points or polygons")  # fmt: skip
    twice = save(tmp_path / "e.csv", "lon,lat,造价,费用\n117,35.2,1,2\n")
    refused(twice, ": has several columns that mean the same: '造价', '费用'; keep one of them")
    refused(
        tmp_path / "没有.gpkg",
        ": is not there; check the path; it counts from the folder of the plan",
    )
    refused(
        twice,
        ": option weight says nothing about this layer in a .csv file; take it out",
        LayerOptions(weight="造价"),
    )


def test_a_must_given_twice_is_taken_once(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "id,lon,lat,must\na,117,35.2,1\na,117,35.2,1\n")
    read = read_candidates(path)
    promised(read)
    assert read.places["must"].tolist() == [True]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])).map("地{}".format),
            st.integers(0, 10**6),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=15, deadline=None)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, bool]]
) -> None:
    names, costs, musts = zip(*rows, strict=True)
    shapes = [box(x, 3_900_000, x + 10, 3_900_010) for x in range(500_000, 500_000 + len(rows))]
    path = tmp_path_factory.mktemp("往返") / "a.gpkg"
    first = read_candidates(
        drawn(path, shapes, name=list(names), cost=list(costs), must=list(musts))
    )
    promised(first)
    assert first.places["name"].tolist() == list(names)
    first.places.to_file(path.with_name("b.gpkg"))
    again = read_candidates(path.with_name("b.gpkg"))
    promised(again)
    for column in ("candidate", "name", "cost", "must", "barred"):
        assert again.places[column].tolist() == first.places[column].tolist()
    np.testing.assert_allclose(again.places["area_m2"], first.places["area_m2"])
