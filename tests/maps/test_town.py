"""What every page holds: distances told truly, streets joined, names placed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from maps.town import extent, facilities, ground, homes, merged, rows_of, truth, whole_metres

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene


def test_no_distance_is_rounded_across_the_reach() -> None:
    walk = pd.Series([0.2, 499.4, 500.0, 500.01, 500.4, 800.6])
    served = walk <= 500
    assert whole_metres(walk, served, 500.0).tolist() == [0, 499, 500, 501, 501, 801]


def test_truth_reads_what_files_hold() -> None:
    column = pd.Series([True, False, None, 1, 0], dtype=object)
    assert truth(column).tolist() == [True, False, False, True, False]


def test_rows_are_found_by_their_own_label_even_in_a_part_of_a_table() -> None:
    labels = pd.Series(["b", "a"], index=[7, 9])
    assert rows_of(pd.Series(["a", "b", None, "c"]), labels).tolist() == [9, 7, -1, -1]
    assert rows_of(pd.Series(["a"]), pd.Series([], dtype=object)).tolist() == [-1]


def test_segments_of_a_straight_street_become_one_line() -> None:
    segments = [shapely.LineString([(x, 0), (x + 10, 0)]) for x in range(0, 100, 10)]
    joined = merged(gpd.GeoSeries(segments, crs="EPSG:4548"))
    assert [one.wkt for one in joined] == ["LINESTRING (0 0, 100 0)"]


def test_street_names_stand_along_their_streets(made: Callable[..., Scene]) -> None:
    scene = made("zh", blocks=8)
    names = ground(scene)["names"]
    assert set(names["name"]) == {"人民路", "中山路"}
    assert set(names["n"]) == {2}
    assert len(names["name"]) == len(names["n"])


def test_outlines_follow_the_order_of_the_homes(made: Callable[..., Scene]) -> None:
    scene = made()
    assert scene.footprints is not None
    shuffled = scene.footprints.sample(frac=1, random_state=1)
    orders = [homes(one) for one in (replace(scene, footprints=shuffled), scene)]
    for key in ("xy", "n", "of"):
        first, second = (one["outlines"][key].tolist() for one in orders)
        assert first == second
    assert orders[0]["outlines"]["of"].tolist() == list(range(len(scene.homes)))


def test_a_facility_that_counts_twice_has_two_rows(made: Callable[..., Scene]) -> None:
    scene = made()
    scene.facilities["standards"] = "market, clinic".replace(" ", "")
    _, table = facilities(scene, ["market", "clinic"])
    assert sorted(table["counts_for"]) == sorted(["market", "clinic"] * len(scene.facilities))
    assert facilities(scene, ["bus_stop_500m"])[0]["name"] == []


def test_the_study_area_is_seen_first(made: Callable[..., Scene]) -> None:
    scene = made()
    boundary = scene.ground.query("kind == 'boundary'").to_crs(4326).total_bounds
    assert extent(scene) == pytest.approx(boundary, abs=1e-6)
