"""What headings and cells mean, and where the planner must be asked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from layers.cells import as_flag, as_number, as_text
from layers.meaning import (
    MEANINGS,
    candidates,
    column,
    foreign_datum,
    layer_candidates,
    normalised,
    required_column,
)
from spatial.errors import InputError


@pytest.mark.parametrize(
    ("meaning", "heading"),
    [
        *[("lon", h) for h in ("经度", "lon", "LNG", "Longitude", " 经 度 ", "jd", "经度（°）")],
        *[("lon", h) for h in ("wgs84_lon", "lonWGS84", "中心点经度", "Longitude (deg)")],
        *[("lat", h) for h in ("纬度", "lat", "Latitude", "wd", "WGS84纬度", "lat_dd")],
        *[
            ("x", h)
            for h in ("x", "X", "X坐标", "Ｘ坐标", "POINT_X", "x_coord", "东坐标", "横坐标")
        ],
        *[("y", h) for h in ("y", "Y坐标", "POINT_Y", "y coordinate", "Northing", "北坐标")],
        *[("name", h) for h in ("名称", "NAME", "小区名称", "小区名", "公园名称(全称)", "name_zh")],
        *[("weight", h) for h in ("人口", "people", "Population", "POP", "weight", "居住人口")],
        *[("weight", h) for h in ("总人口(人)", "POP_2020", "pop2020", "totalPopulation")],
        *[
            ("levels", h)
            for h in ("层数", "levels", "building:levels", "Floors", "楼层", "地上层数")
        ],
        *[("category", h) for h in ("类别", "类型", "category", "Type", "设施类型", "POI类型")],
        *[("id", h) for h in ("id", "ID", "编号", "小区编号", "OBJECTID", "home", "facility")],
        *[("bridge", h) for h in ("bridge", "桥梁", "is_bridge")],
        *[("tunnel", h) for h in ("tunnel", "隧道")],
        *[("steps", h) for h in ("steps", "台阶", "is_steps")],
    ],
)
def test_a_heading_means(meaning: str, heading: str) -> None:
    assert column(["备注", heading, "area_m2"], meaning) == heading


@pytest.mark.parametrize(
    ("meaning", "heading"),
    [
        *[("lon", h) for h in ("colony", "balloon", "along", "x")],
        *[("lat", h) for h in ("plate", "flat", "latex", "y")],
        *[("x", h) for h in ("max", "size_x", "x1", "tax", "经度")],
        *[("weight", h) for h in ("户数", "人口密度", "人口增长率", "老龄人口", "65岁以上人口")],
        *[("weight", h) for h in ("popular", "pop_density", "population per km2", "就业人数")],
        *[("levels", h) for h in ("floor_area", "层高", "water level", "地下层数", "电梯层数说明")],
        *[("name", h) for h in ("filename", "surname", "地址")],
        *[("id", h) for h in ("district_id", "width", "街道编号")],
        *[("category", h) for h in ("prototype", "面积")],
    ],
)
def test_a_heading_does_not_mean(meaning: str, heading: str) -> None:
    assert column(["备注", heading], meaning) is None


def test_exact_goes_before_partial() -> None:
    assert column(["name_en", "Name", "曾用名称"], "name") == "Name"


def test_a_higher_rank_goes_before_a_lower_one() -> None:
    assert column(["OBJECTID", "编号", "FID"], "id") == "编号"


def test_a_word_of_another_meaning_is_not_partial() -> None:
    assert column(["公园名称", "类型"], "category") == "类型"
    assert column(["小区名称", "设施类型"], "name") == "小区名称"


@pytest.mark.parametrize(
    ("headings", "meaning", "words"),
    [
        (["lon", "经度"], "lon", "several columns for the longitude: 'lon', '经度'; .* x = 'lon'"),
        (["常住人口", "总人口"], "weight", "'常住人口', '总人口'; say which.*weight = '常住人口'"),
        (["户籍人口", "流动人口"], "weight", "several columns for the number of people"),
        (["lat_wgs", "lat_old"], "lat", "'lat_wgs', 'lat_old'.* y = "),
        (["人口", "人口"], "weight", "has 2 columns headed '人口'; give each"),
    ],
)
def test_ambiguity_is_asked(headings: list[str], meaning: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        column(headings, meaning)


def test_what_the_planner_says_overrides() -> None:
    assert column(["lon", "经度"], "lon", "经度") == "经度"
    assert column(["lon", "老坐标X"], "x", " 老坐标x") == "老坐标X"


def test_the_letter_goes_before_the_likeness() -> None:
    assert column(["Pop", "POP"], "weight", "POP") == "POP"


@pytest.mark.parametrize("said", ["人数", "", "  ", "??"])
def test_a_column_that_is_not_there(said: str) -> None:
    with pytest.raises(InputError, match=r"has no column .*; its columns are 'a', '人口'"):
        column(["a", "", "人口"], "weight", said)


def test_a_required_column() -> None:
    with pytest.raises(InputError, match="no column for the category; name it with category = "):
        required_column(["名称", "地址"], "category")


def test_many_columns_are_cut_short() -> None:
    with pytest.raises(InputError, match="'c19' and 280 more"):
        required_column([f"c{number}" for number in range(300)], "weight")


def test_words_are_written_normalised() -> None:
    words = [word for meaning in MEANINGS.values() for rank in meaning.exact for word in rank]
    assert [word for word in words if normalised(word) != word] == []
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("names", "layer", "found"),
    [
        (["HOMES", "parks"], "homes", ["HOMES"]),
        (["Bus Stops", "stops"], "bus_stops", ["Bus Stops"]),
        (["道路", "公园"], "streets", ["道路"]),
        (["道路", "路网"], "streets", ["道路", "路网"]),
        (["Sheet1"], "parks", []),
        (["new layer"], "new_layer", ["new layer"]),
    ],
)
def test_tables_named_like_a_layer(names: list[str], layer: str, found: list[str]) -> None:
    assert layer_candidates(names, layer) == found


@pytest.mark.parametrize(
    ("heading", "datum"),
    [
        ("gcj02_lng", "gcj02"),
        ("GCJ-02经度", "gcj02"),
        ("高德经度", "gcj02"),
        ("火星坐标纬度", "gcj02"),
        ("BD-09 lat", "bd09"),
        ("百度经度", "bd09"),
        ("经度", None),
        ("wgs84_lon", None),
    ],
)
def test_headings_that_speak_of_a_shifted_datum(heading: str, datum: str | None) -> None:
    assert foreign_datum(heading) == datum


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (
            ["1,250", "1,250,000.5", "１２", " 3.5 ", "-2", "1e3"],
            [1250, 1250000.5, 12, 3.5, -2, 1e3],
        ),
        (["1,2,3", "", None, "/", "inf", "nan", "约12", "100-200", "12%"], [np.nan] * 9),
        (["12人", "1.2万人", "3.5", "116,58"], [12, 12000, 3.5, np.nan]),
        ([1, 2.5, "3", None], [1, 2.5, 3, np.nan]),
        ([np.inf, -np.inf, np.nan, 0.0], [np.nan, np.nan, np.nan, 0]),
        ([], []),
    ],
)
def test_numbers(cells: list[object], numbers: list[float]) -> None:
    read = as_number(pd.Series(cells, dtype=object))
    np.testing.assert_array_equal(read.to_numpy(), np.array(numbers, dtype=float))


def test_numbers_of_number_columns() -> None:
    assert as_number(pd.Series([1, 2])).dtype == np.float64
    np.testing.assert_array_equal(as_number(pd.Series([1, None], dtype="Int64")), [1, np.nan])
    np.testing.assert_array_equal(as_number(pd.Series([1.0, np.inf])), [1, np.nan])


def test_text() -> None:
    cells = [1001, 1001.0, 2.5, "1.0", " 任城 ", "", "/", "——", "N/A", "暂无", None, np.nan]
    texts = ["1001", "1001", "2.5", "1.0", "任城", *[None] * 7]
    assert as_text(pd.Series(cells, dtype=object)).tolist() == texts
    assert as_text(pd.Series([7.0, np.nan])).tolist() == ["7", None]
    assert as_text(pd.Series(["a", None])).tolist() == ["a", None]
    assert as_text(pd.Series([], dtype=object)).tolist() == []


def test_text_keeps_the_index() -> None:
    assert as_text(pd.Series(["a"], index=[7])).index.tolist() == [7]


def test_flags() -> None:
    yes = ["yes", "TRUE", "1", "是", "T", "y", "viaduct", 1, 1.0, True]
    no = ["no", "False", "0", "否", "F", "n", "", "无", None, 0, 0.0, np.nan, False]
    assert as_flag(pd.Series(yes, dtype=object)).all()
    assert not as_flag(pd.Series(no, dtype=object)).any()
    assert as_flag(pd.Series([True, False])).tolist() == [True, False]


def test_candidates_give_nothing_for_empty_headings() -> None:
    assert candidates(["", " ", "——"], "name") == []
