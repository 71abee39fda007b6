"""The official figure: closed forms, polygons worked out by hand, and what must always hold."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from spatial.errors import InputError
from spatial.land import (
    QUAD_SEGS,
    by_zone,
    joined_land,
    land_share,
    radius_area,
    radius_share,
    radius_share_of,
)

CRS = "EPSG:4548"
EVERYWHERE = shapely.box(-5000, -5000, 5000, 5000)
NOWHERE = np.empty(0, dtype=object)


def land(*shapes: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes), crs=CRS)


def places(*shapes: object) -> np.ndarray:
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def lens_m2(apart_m: float, r: float) -> float:
    """What two discs of radius r share."""
    return float(
        2 * r**2 * np.arccos(apart_m / 2 / r) - apart_m / 2 * np.sqrt(4 * r**2 - apart_m**2)
    )


@pytest.mark.parametrize(
    ("shapes", "reach_m", "area_m2"),
    [
        ([shapely.Point(0, 0)], 500, np.pi * 500**2),
        ([shapely.Point(0, 0)], 500, 785_398),
        ([shapely.box(0, 0, 100, 50)], 500, 5000 + 300 * 500 + np.pi * 500**2),
        ([shapely.box(0, 0, 100, 50)], 500, 940_398),
        ([shapely.Point(0, 0), shapely.Point(400, 0)], 500, 1_174_460),
        ([shapely.Point(0, 0), shapely.Point(400, 0)], 500, 2 * 785_398.16 - lens_m2(400, 500)),
        ([shapely.Point(0, 0), shapely.Point(1001, 0)], 500, 2 * 785_398.16),
    ],
)
def test_closed_forms_are_met_to_a_hundredth_of_a_percent(
    shapes: list[object], reach_m: float, area_m2: float
) -> None:
    """standards.md, 0.1."""
    area = radius_area([(places(*shapes), reach_m)]).area
    assert area == pytest.approx(area_m2, rel=1e-4)
    found = radius_share(places(*shapes), land(EVERYWHERE), reach_m)
    assert found.covered_m2 == pytest.approx(area_m2, rel=1e-4)
    assert found.share == pytest.approx(area_m2 / 1e8, rel=1e-4)


def test_a_disc_of_n_sides_is_as_true_as_the_formula_says() -> None:
    step = np.pi / 2 / QUAD_SEGS
    assert radius_area([(places(shapely.Point(0, 0)), 500.0)]).area / (
        np.pi * 500**2
    ) == pytest.approx(np.sin(step) / step, abs=1e-9)


def test_even_the_worst_corner_is_true_to_a_hundredth_of_a_percent() -> None:
    """A tiny park whose corners all turn by just under one and a half steps of the circle."""
    sides = int(np.ceil(4 * QUAD_SEGS / 1.499))
    turn = 2 * np.pi / sides * np.arange(sides)
    park = shapely.Polygon(np.stack([np.cos(turn), np.sin(turn)], axis=1))
    true = park.area + 500 * park.length + np.pi * 500**2
    lacking = 1 - radius_area([(places(park), 500.0)]).area / true
    assert 8e-5 < lacking < 1e-4


def test_a_bay_in_a_park_is_not_filled() -> None:
    """A shallow bay: the circles of its two capes meet above it, in closed form."""
    half, depth, reach = 300.0, 3.0, 500.0
    low = [(-half, -400), (half, -400), (half, 0), (0, -depth), (-half, 0)]
    side = float(np.hypot(half, depth))
    lean = float(np.arctan2(depth, half))
    cape = np.pi / 2 + lean
    straight = (2 * half + 2 * 400) * reach + 2 * side * reach - reach**2 * np.tan(lean)
    arcs = (2 * np.pi / 2 + 2 * cape) / 2 * reach**2
    park = shapely.Polygon(low)
    true = park.area + straight + arcs
    area = radius_area([(places(park), reach)]).area
    assert area == pytest.approx(true, rel=1e-4)


def test_land_is_clipped_and_divided_by_hand() -> None:
    """A park 100 m wide serves 500 m to its east; of land up to 1 km that is 500/900."""
    park = shapely.box(0, 0, 100, 100)
    strip = shapely.box(100, 0, 1000, 100)
    found = radius_share(places(park), land(strip), 500)
    assert (found.area_m2, found.covered_m2) == (90_000, 50_000)
    assert found.share == pytest.approx(5 / 9)
    assert found.uncovered["area_m2"].tolist() == [40_000]
    assert shapely.equals(found.uncovered.geometry.iloc[0], shapely.box(600, 0, 1000, 100))


def test_land_that_overlaps_counts_once() -> None:
    twice = land(shapely.box(0, 0, 600, 100), shapely.box(400, 0, 1000, 100))
    found = radius_share(places(shapely.box(-10, 0, 0, 100)), twice, 500)
    assert (found.area_m2, found.covered_m2) == (100_000, 50_000)


def test_a_facility_beyond_the_boundary_serves_what_lies_inside() -> None:
    town = shapely.box(0, 0, 1000, 100)
    park = places(shapely.box(-200, 0, -100, 100))
    wide = land(shapely.box(-1000, 0, 2000, 100))
    found = radius_share(park, wide, 500, boundary=town)
    assert (found.area_m2, found.covered_m2) == (100_000, 40_000)


def test_small_parks_reach_less_far_than_large_ones() -> None:
    """East 300 m and west 500 m of land on either side of the two parks."""
    small, large = shapely.box(0, 0, 10, 100), shapely.box(-10, 0, 0, 100)
    both = land(shapely.box(-1010, 0, -10, 100), shapely.box(10, 0, 1010, 100))
    found = radius_share_of([(places(small), 300), (places(large), 500)], both)
    west, east = 500, 490  # the large park is 10 m farther from the eastern land
    assert found.covered_m2 == pytest.approx((west + east) * 100, abs=1e-6)
    only_small = radius_share(places(small), both, 300)
    assert only_small.covered_m2 == pytest.approx((290 + 300) * 100, abs=1e-6)


def test_a_hole_in_the_land_is_no_land() -> None:
    ring = shapely.box(0, 0, 300, 300).difference(shapely.box(100, 100, 200, 200))
    found = radius_share(NOWHERE, land(ring), 500)
    assert (found.area_m2, found.covered_m2, found.share) == (80_000, 0, 0)
    assert found.uncovered["patch"].tolist() == [1]


def test_patches_come_with_the_largest_first() -> None:
    plots = land(shapely.box(0, 0, 10, 10), shapely.box(20, 0, 40, 10), shapely.box(50, 0, 55, 10))
    found = radius_share(NOWHERE, plots, 500)
    assert found.uncovered["area_m2"].tolist() == [200, 100, 50]
    assert found.uncovered.crs == plots.crs


def test_all_served_is_exactly_one_and_lists_nothing() -> None:
    plots = land(*(shapely.box(x / 3, 0, (x + 1) / 3, 0.7) for x in range(100)))
    found = radius_share(places(shapely.Point(15, 0)), plots, 500)
    assert found.share == 1.0
    assert found.uncovered.empty


def test_zones_by_hand() -> None:
    strip = land(shapely.box(0, 0, 1000, 100))
    found = radius_share(places(shapely.box(-10, 0, 0, 100)), strip, 500)
    zones = land(
        shapely.box(0, 0, 400, 50),  # wholly served
        shapely.box(400, 0, 600, 100),  # half of it
        shapely.box(600, 0, 1200, 100),  # none of its 400 m
        shapely.box(0, 200, 100, 300),  # no land
    ).set_index(np.array(["a", "b", "c", "d"]))
    table = by_zone(found, zones)
    assert table.index.tolist() == ["a", "b", "c", "d"]
    assert table["area_m2"].tolist() == [20_000, 20_000, 40_000, 0]
    assert table["covered_m2"].tolist() == [20_000, 10_000, 0, 0]
    np.testing.assert_array_equal(table["share"], [1, 0.5, 0, np.nan])


def test_no_land_is_said() -> None:
    with pytest.raises(InputError, match="land: holds no land; check"):
        radius_share(NOWHERE, land(), 500)
    with pytest.raises(InputError, match="no land inside the boundary"):
        radius_share(NOWHERE, land(EVERYWHERE), 500, boundary=shapely.box(1e5, 0, 2e5, 1))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:4490", None])
def test_areas_are_refused_in_degrees_and_web_mercator(crs: str | None) -> None:
    plots = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=crs)
    with pytest.raises(InputError, match=r"CRS"):
        radius_share(NOWHERE, plots, 500)


def test_zones_in_another_crs_are_refused() -> None:
    found = radius_share(NOWHERE, land(EVERYWHERE), 500)
    with pytest.raises(InputError, match="zones: is in another CRS"):
        by_zone(found, land(EVERYWHERE).set_crs("EPSG:32650", allow_override=True))


@pytest.mark.parametrize(("epsg", "factor"), [(3857, 1.5089), (32650, 0.99923), (4548, 1.00004)])
def test_a_square_kilometre_at_jining_in_three_crs(epsg: int, factor: float) -> None:
    """A true square kilometre, drawn with an azimuthal projection there.

    Web Mercator stretches areas by 1 / cos² of the latitude, 1.5056, on the sphere, and on the
    ellipsoid by (1 - e² sin²)² / (1 - e²) / cos² = 1.5089.
    """
    local = "+proj=aeqd +lat_0=35.415 +lon_0=116.587 +ellps=GRS80 +units=m"
    square = shapely.segmentize(shapely.box(-500, -500, 500, 500), 50)
    move = Transformer.from_crs(local, epsg, always_xy=True).transform
    moved = shapely.transform(square, lambda xy: np.stack(move(*xy.T), axis=1))
    assert moved.area / 1e6 == pytest.approx(factor, abs=1.5e-4)
    drawn = gpd.GeoDataFrame(geometry=[moved], crs=epsg)
    if epsg == 3857:
        with pytest.raises(InputError, match="stretches"):
            joined_land(drawn)
    else:
        assert joined_land(drawn).geometry.area.sum() == pytest.approx(moved.area)


spots = st.tuples(st.integers(-900, 900), st.integers(-900, 900))


@settings(max_examples=40, deadline=None)
@given(
    stops=st.lists(spots, max_size=6),
    plots=st.lists(st.tuples(spots, st.integers(1, 400)), min_size=1, max_size=6),
    reach_m=st.sampled_from([50.0, 300.0, 500.0]),
)
def test_laws_of_land(
    stops: list[tuple[int, int]], plots: list[tuple[tuple[int, int], int]], reach_m: float
) -> None:
    """The parts add up; more stops or a longer reach never cover less; zones add to the whole."""
    points = places(*map(shapely.Point, stops))
    ground = land(*(shapely.box(x, y, x + size, y + size) for (x, y), size in plots))
    found = radius_share(points, ground, reach_m)
    served = radius_area([(points, reach_m)])
    whole = shapely.union_all(ground.geometry.to_numpy())
    assert found.area_m2 == pytest.approx(whole.area)
    assert found.covered_m2 == pytest.approx(whole.intersection(served).area, abs=0.1)
    assert 0 <= found.share <= 1
    assert (found.share == 1) == found.uncovered.empty
    assert radius_share(points[:-1], ground, reach_m).covered_m2 <= found.covered_m2 + 0.1
    assert radius_share(points, ground, reach_m + 1).covered_m2 >= found.covered_m2 - 0.1
    quarters = land(
        *(shapely.box(x, y, x + 2000, y + 2000) for x in (-1500, 500) for y in (-1500, 500))
    )
    table = by_zone(found, quarters)
    assert table["area_m2"].sum() == pytest.approx(found.area_m2)
    assert table["covered_m2"].sum() == pytest.approx(found.covered_m2, abs=0.1)


def test_a_whole_city_takes_seconds() -> None:
    """5,000 parks and stops, 20,000 plots, 100 districts."""
    rng = np.random.default_rng(3)
    stops = shapely.points(rng.uniform(0, 30_000, (5000, 2)))
    parks = shapely.buffer(stops[:1000], 50, quad_segs=8)
    corner = rng.uniform(0, 30_000, (20_000, 2))
    plots = shapely.box(*corner.T, *(corner + rng.uniform(20, 150, (20_000, 2))).T)
    begin = time.perf_counter()
    found = radius_share_of([(parks, 500.0), (stops, 300.0)], land(*plots))
    x, y = (each.ravel() for each in np.meshgrid(*[np.arange(0, 30_000, 3000.0)] * 2))
    table = by_zone(found, land(*shapely.box(x, y, x + 3000, y + 3000)))
    assert time.perf_counter() - begin < 20  # 2 s on an idle machine
    assert 0.5 < found.share < 1
    assert len(table) == 100
    again = land_share(found.land, shapely.union_all(stops.tolist()))
    assert again.area_m2 == pytest.approx(found.area_m2)
