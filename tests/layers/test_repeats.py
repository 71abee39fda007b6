"""What is drawn or written twice counts once, unless it may well be two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from layers.repeats import repeated
from layers.vector import read_layer
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from layers.schema import Reading

ONCE = {"the same record twice": 1}
PARK = box(0, 0, 100, 100)


def read(path: Path, layer: str, *shapes: Any, **columns: Any) -> Reading:
    places = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4548")
    places.to_file(path / "p.gpkg")
    return read_layer(layer, path / "p.gpkg")


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("parks", PARK),
        ("green", PARK),
        ("water", PARK),
        ("zones", PARK),
        ("residential", PARK),
        ("boundary", PARK),
        ("bus_stops", Point(3, 4)),
        ("park_gates", Point(3, 4)),
        ("streets", LineString([(0, 0), (9, 9)])),
        ("barriers", LineString([(0, 0), (9, 9)])),
        ("homes", PARK),
    ],
)
def test_the_same_twice(tmp_path: Path, layer: str, shape: Any) -> None:
    other = shapely.affinity.translate(shape, 500, 0)
    found = read(tmp_path, layer, shape, other, shape, name=["古槐园", "古槐园", "古槐园"])
    assert (found.tally.used, found.tally.reasons) == (2, ONCE)


def test_a_park_of_another_name_is_another_park(tmp_path: Path) -> None:
    assert read(tmp_path, "parks", PARK, PARK, name=["a", "b"]).tally.used == 2


def test_the_same_ring_begun_elsewhere_and_turned(tmp_path: Path) -> None:
    corners = [*PARK.exterior.coords]
    turned = Polygon([*corners[2:], *corners[1:3]][::-1])
    assert read(tmp_path, "parks", PARK, turned).tally.reasons == ONCE


def test_a_street_of_another_kind_is_another_street(tmp_path: Path) -> None:
    line = LineString([(0, 0), (9, 9)])
    found = read(tmp_path, "streets", line, line.reverse(), line, bridge=["是", "否", "是"])
    assert (found.tally.used, found.tally.reasons) == (2, ONCE)


def test_streets_with_nodes_are_told_apart_by_these(tmp_path: Path) -> None:
    line = LineString([(0, 0), (9, 9)])
    assert read(tmp_path, "streets", line, line, u=[1, 3], v=[2, 4]).tally.used == 2


def test_homes_on_one_point_all_count_and_it_is_said(tmp_path: Path) -> None:
    spots = [Point(5, 5), Point(5, 5), Point(5, 5), Point(6, 6)]
    found = read(tmp_path, "homes", *spots, name=["a"] * 4, people=[10, 10, 20, 10])
    assert found.places["weight"].sum() == 50
    assert found.taken["equal records"] == "1 like an earlier one, without an id: all count"


def test_an_outline_of_a_home_given_twice_is_one_building(tmp_path: Path) -> None:
    found = read(tmp_path, "homes", PARK, PARK, PARK, people=[10, 10, 20])
    assert found.places["weight"].tolist() == [10, 20]
    assert found.tally.reasons == ONCE


def test_an_area_of_people_given_twice(tmp_path: Path) -> None:
    found = read(tmp_path, "population", PARK, PARK, box(200, 0, 300, 9), people=[10, 10, 20])
    assert found.places["people"].tolist() == [10, 20]
    spots = read(tmp_path, "population", Point(1, 1), Point(1, 1), people=[10, 10])
    assert spots.places["people"].tolist() == [10, 10]
    assert "equal records" in spots.taken


def test_one_point_among_areas_of_people(tmp_path: Path) -> None:
    west = 200.0 * np.arange(150)
    areas = shapely.box(west, 0, west + 100, 100)
    found = read(tmp_path, "population", Point(1, 1), *areas, people=[1] * 151)
    assert found.places["people"].sum() == 150
    assert found.tally.reasons == {"point in a layer of areas (first: feature 1)": 1}
    spots = shapely.points(west, 0)
    found = read(tmp_path, "population", PARK, *spots, people=[1] * 151)
    assert found.tally.reasons == {"area in a layer of points (first: feature 1)": 1}
    with pytest.raises(InputError, match="mixes points and areas"):
        read(tmp_path, "population", *spots[:50], *areas[:50], people=[1] * 100)


def test_equal_boxes_are_not_equal_shapes() -> None:
    shapes = np.array([LineString([(0, 0), (9, 9)]), LineString([(0, 9), (9, 0)])])
    assert not repeated(shapes, pd.DataFrame(index=range(2))).any()
    assert not repeated(shapes[:0], pd.DataFrame(index=range(0))).any()
