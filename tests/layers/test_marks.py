"""Records that were dropped or repaired can be found on a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from shapely import Point, Polygon, box

from layers.marks import MOST_MARKS, Marks, no_marks
from layers.vector import read_layer

if TYPE_CHECKING:
    from pathlib import Path

BOWTIE = Polygon([(5, 5), (10, 10), (10, 5), (5, 10)])


def test_what_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "parks.gpkg"
    shapes = [box(0, 0, 9, 9), BOWTIE, None, Point(7, 8)]
    gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4548").to_file(path)
    reading = read_layer("parks", path)
    marks = reading.marks
    assert marks.crs == reading.places.crs
    assert marks["record"].tolist() == [2, 3, 4]
    assert marks["place"].tolist() == ["feature 2", "feature 3", "feature 4"]
    assert set(marks["reason"]) == set(reading.tally.reasons)
    assert marks["kept"].tolist() == [True, False, False]
    assert [spot and spot.distance(BOWTIE) for spot in marks.geometry] == [
        *(0, None, Point(7, 8).distance(BOWTIE)),
    ]


def test_rows_of_a_table_are_called_as_the_table_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "homes.csv"
    path.write_text("lon,lat,人口\n116.5,35.4,3\n116.6,35.5,-1\n,,4\n", "utf-8")
    marks = read_layer("homes", path).marks
    assert marks["place"].tolist() == ["row 3", "row 4"]
    assert marks.geometry.tolist() == [Point(116.6, 35.5), None]


def test_nothing_to_mark(tmp_path: Path) -> None:
    path = tmp_path / "parks.gpkg"
    gpd.GeoDataFrame(geometry=[box(0, 0, 9, 9)], crs="EPSG:4548").to_file(path)
    for marks in (read_layer("parks", path).marks, no_marks()):
        assert not len(marks)
        assert list(marks.columns) == ["record", "place", "reason", "kept", "geometry"]


def test_of_very_many_some_of_each_reason_are_kept() -> None:
    marks, many = Marks(), 3 * MOST_MARKS
    records = np.arange(1, many + 1)
    marks.add(records, shapely.points(records, 0.0), "common", kept=False)
    marks.add(records[-2:], np.array([None, Point(np.nan, 1)]), "rare", kept=True)
    table = marks.table(CRS("EPSG:4548"))
    assert len(table) == MOST_MARKS
    assert table["record"].is_monotonic_increasing
    assert table["reason"].value_counts().to_dict() == {"common": MOST_MARKS - 2, "rare": 2}
    assert table.geometry[table["reason"] == "rare"].isna().all()


def test_shapes_that_cannot_be_converted_have_no_place() -> None:
    marks = Marks()
    far = Polygon([(1e300, 0), (3, 4), (1, 1)])
    marks.add(np.array([1, 2]), np.array([Point(1e300, 0), far]), "far", kept=False)
    assert marks.table(CRS("EPSG:4548")).geometry.tolist() == [None, Point(3, 4)]
