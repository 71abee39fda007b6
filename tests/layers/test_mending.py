"""Shapes drawn wrong hold, once mended, what was drawn: areas known by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

from layers.mending import as_drawn
from layers.vector import read_layer
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from layers.schema import Reading

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
STAR = 2 * np.pi * 2 / 5 * np.arange(5)
TWICE_ROUND = [*SQUARE, SQUARE[0], *SQUARE[1:]]
KEYHOLE = [(5, 10), (5, 7), (3, 7), (3, 3), (7, 3), (7, 7), (5, 7), (5, 10)]
TOUCHING = [(0, 0), (1, 3), (3, 3), (3, 1)]

BROKEN = {
    "bow tie": (Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]), 50),
    "bow tie of unlike lobes": (Polygon([(0, 0), (6, 6), (6, 0), (0, 4)]), 10.8 + 4.8),
    "spike": (Polygon([(0, 0), (10, 0), (10, 10), (10, 20), (10, 10), (0, 10)]), 100),
    "spike inwards": (Polygon([*SQUARE[:3], (5, 10), (5, 5), (5, 10), (0, 10)]), 100),
    "ring drawn twice round": (Polygon(TWICE_ROUND), 100),
    "ring that touches itself around a hole": (Polygon([*SQUARE, *TOUCHING]), 100 - 6),
    "the other way round": (Polygon([*SQUARE, TOUCHING[0], *TOUCHING[:0:-1]]), 100 - 6),
    "hole joined to the edge by a cut": (Polygon([*SQUARE[:3], *KEYHOLE, (0, 10)]), 84),
    "the same the other way round": (Polygon([*SQUARE[:3], *KEYHOLE[::-1], (0, 10)]), 84),
    "hole outside": (Polygon(SQUARE, [[(20, 20), (22, 20), (22, 22)]]), 100),
    "hole half outside": (Polygon(SQUARE, [[(5, 5), (15, 5), (15, 6), (5, 6)]]), 95),
    "hole along the edge": (Polygon(SQUARE, [[(0, 2), (2, 2), (2, 4), (0, 4)]]), 96),
    "hole like a bow tie": (Polygon(SQUARE, [[(2, 2), (4, 4), (4, 2), (2, 4)]]), 98),
    "equal holes": (Polygon(SQUARE, [[(1, 1), (3, 1), (3, 3), (1, 3)]] * 2), 96),
    "holes that overlap": (
        Polygon(SQUARE, [box(1, 1, 3, 3).exterior, box(2, 2, 4, 4).exterior]),
        93,
    ),
    "hole in a hole": (Polygon(SQUARE, [box(1, 1, 9, 9).exterior, box(3, 3, 5, 5).exterior]), 36),
    "holes that touch along an edge": (
        Polygon(SQUARE, [box(1, 1, 3, 3).exterior, box(3, 1, 5, 3).exterior]),
        92,
    ),
    "part in a part": (MultiPolygon([box(0, 0, 10, 10), box(2, 2, 4, 4)]), 100),
    "parts that overlap": (MultiPolygon([box(0, 0, 10, 10), box(5, 5, 15, 15)]), 175),
    "the same part twice": (MultiPolygon([box(0, 0, 10, 10)] * 2), 100),
    "parts that share an edge": (MultiPolygon([box(0, 0, 10, 10), box(10, 0, 20, 10)]), 200),
    "a broken part and a whole one": (
        MultiPolygon([Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]), box(20, 0, 30, 10)]),
        150,
    ),
    "a part of no area": (
        MultiPolygon([box(0, 0, 10, 10), Polygon([(20, 0), (30, 0), (40, 0)])]),
        100,
    ),
}


def read(path: Path, layer: str, *shapes: Any, crs: str = "EPSG:4548", **columns: Any) -> Reading:
    gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs).to_file(path / "p.gpkg")
    return read_layer(layer, path / "p.gpkg")


@pytest.mark.parametrize("name", BROKEN)
def test_areas(name: str) -> None:
    shape, area = BROKEN[name]
    assert not shape.is_valid
    whole = as_drawn(np.array([shape]))[0]
    assert whole.is_valid
    assert whole.area == pytest.approx(area)
    assert whole.geom_type in ("Polygon", "MultiPolygon")


def test_broken_polygons_of_all_kinds_in_one_layer(tmp_path: Path) -> None:
    shapes = [shape for shape, _ in BROKEN.values()]
    names = [*BROKEN, "whole"]  # some are the same once they are mended
    found = read(tmp_path, "water", *shapes, box(0, 0, 7, 7), name=names)
    assert found.places.area.tolist() == pytest.approx([*(a for _, a in BROKEN.values()), 49])
    assert found.tally.reasons == {"invalid polygon repaired": len(shapes)}


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (Polygon(SQUARE, [SQUARE]), "polygon without area"),
        (Polygon([(0, 0), (10, 0), (20, 0)]), "polygon without area"),
        (Polygon([(5, 5), (5, 5), (5, 5)]), "polygon without area"),
        (Polygon(), "no geometry"),
        (None, "no geometry"),
        (MultiPolygon([Polygon(), Polygon()]), "no geometry"),
        (GeometryCollection(), "no geometry"),
        ("POLYGON ((0 0, NaN 0, 20 5, 0 0))", "coordinates are not finite"),
        (Polygon([(0, 0), (1e300, 0), (20, 5)]), "coordinates beyond the Earth (first: feature 1)"),
        (
            Polygon([(0, 0), (1e300, 0), (1e301, 5)]),
            "coordinates beyond the Earth (first: feature 1)",
        ),
        (box(5e7, 0, 5e7 + 9, 9), "coordinates beyond the Earth (first: feature 1)"),
    ],
)
def test_one_in_a_thousand_is_left_out(tmp_path: Path, shape: Any, reason: str) -> None:
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkt(shape) if isinstance(shape, str) else shape
    whole = shapely.box(500_000 + 20 * np.arange(999), 4e6, 500_010 + 20 * np.arange(999), 4e6 + 9)
    found = read(tmp_path, "water", shape, *whole)
    assert (found.tally.read, found.tally.used) == (1000, 999)
    assert found.tally.reasons == {reason: 1}


def test_all_beyond_the_earth(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"coordinates such as 1e\+300, 4 are no metres"):
        read(tmp_path, "bus_stops", Point(1e300, 4), Point(2e300, 4), Point(3, 4))


@pytest.mark.parametrize("crs", ["EPSG:4548", "EPSG:4326"])
def test_no_place_at_all(tmp_path: Path, crs: str) -> None:
    town = (500_000, 3_900_000) if crs == "EPSG:4548" else (116.5, 35.4)
    stops = [Point(town) for _ in range(3)]
    found = read(tmp_path, "bus_stops", *stops, Point(0, 0), crs=crs, name=["a", "b", "c", "d"])
    assert found.tally.reasons == {"coordinates are 0, 0 (first: feature 4)": 1}


def test_a_layer_on_both_sides_of_the_date_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="both sides of the 180th meridian; save it in a CRS in"):
        read(tmp_path, "bus_stops", Point(179.99, -17), Point(-179.99, -17), crs="EPSG:4326")
    found = read(tmp_path, "bus_stops", Point(179.99, -17), Point(178.99, -17), crs="EPSG:4326")
    assert found.tally.used == 2


# --- Outlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "area", "reason"),
    [
        (LineString([*SQUARE, SQUARE[0]]), 100, "closed line taken as an area"),
        (LineString([*SQUARE, (0, 0.2)]), 99, "nearly closed line taken as an area"),
        (MultiLineString([SQUARE, [(0, 10), (0, 0)]]), 100, "closed line taken as an area"),
        (LineString([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)]), 50, "closed line taken as an"),
    ],
)
def test_outlines_drawn_as_lines(tmp_path: Path, line: Any, area: float, reason: str) -> None:
    found = read(tmp_path, "parks", line, line)
    assert found.places.area.to_list() == pytest.approx([area] * len(found.places), rel=0.02)
    assert sum(n for text, n in found.tally.reasons.items() if text.startswith(reason)) == 2


def test_open_lines_are_no_areas(tmp_path: Path) -> None:
    found = read(tmp_path, "parks", box(0, 0, 9, 9), LineString(SQUARE), LineString(SQUARE[:2]))
    assert found.tally.reasons == {"lines where polygons are needed": 2}
    with pytest.raises(InputError, match="holds only lines, but parks must be polygons"):
        read(tmp_path, "parks", LineString(SQUARE))


def test_a_line_there_and_back_encloses_nothing(tmp_path: Path) -> None:
    back = LineString([(0, 0), (5, 0), (9, 9), (5, 0), (0, 0)])
    found = read(tmp_path, "parks", box(0, 0, 9, 9), back)
    assert found.tally.dropped == 1


def test_closed_walls_and_streets_stay_lines(tmp_path: Path) -> None:
    ring = LineString([*SQUARE, SQUARE[0]])
    for layer in ("barriers", "streets"):
        found = read(tmp_path, layer, ring)
        assert found.places.geom_type.tolist() == ["LineString"]
        assert found.tally.reasons == {}


# --- Parts and vertices --------------------------------------------------------------------------


def test_collections(tmp_path: Path) -> None:
    inner = GeometryCollection([box(0, 0, 10, 10)])
    nested = GeometryCollection([GeometryCollection([inner])])
    with_more = GeometryCollection([nested, Point(3, 3), LineString(SQUARE)])
    two = GeometryCollection([box(0, 0, 10, 10), box(5, 5, 15, 15)])
    found = read(tmp_path, "water", nested, with_more, two, name=["a", "b", "c"])
    assert found.places.area.tolist() == [100, 100, 175]
    assert found.tally.reasons == {
        "only the main part of a collection kept": 1,
        "invalid polygon repaired": 1,
    }


def test_repeated_vertices_of_a_street(tmp_path: Path) -> None:
    line = LineString([(0, 0), (0, 0), (5, 0), (5, 0), (5, 0), (9, 0)])
    found = read(tmp_path, "streets", line, LineString([(9, 0), (20, 0)]))
    assert found.places.geometry[0].wkt == "LINESTRING (0 0, 5 0, 9 0)"
    assert found.tally.reasons == {"repeated vertex left out": 1}


def test_parts_of_no_length_and_empty_parts(tmp_path: Path) -> None:
    many = shapely.from_wkt(
        [
            "MULTILINESTRING ((0 0, 5 0), (7 7, 7 7), (9 0, 9 5))",
            "MULTILINESTRING ((7 7, 7 7), (8 8, 8 8))",
            "MULTILINESTRING ((50 0, 55 0), EMPTY)",
        ]
    )
    found = read(tmp_path, "streets", *many)
    assert found.places.length.tolist() == [5, 5, 5]
    assert found.tally.reasons == {
        "line without length": 1,
        "part without length left out": 1,
    }


def test_a_home_of_one_point_given_twice(tmp_path: Path) -> None:
    found = read(tmp_path, "homes", MultiPoint([(5, 5), (5, 5)]), people=[7])
    assert found.places["weight"].tolist() == [7]
    assert found.tally.reasons == {"repeated vertex left out": 1}


def test_heights(tmp_path: Path) -> None:
    found = read(tmp_path, "streets", *shapely.from_wkt(["LINESTRING Z (0 0 5, 9 0 nan)"]))
    assert found.places.length.tolist() == [9]
    assert not found.places.has_z.any()
