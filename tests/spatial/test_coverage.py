"""Coverage and circle of small towns, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from layers import sample
from spatial.circle import Circle
from spatial.coverage import Coverage, measure, straight_line_m
from spatial.extent import data_extent, metres_to_end
from spatial.facilities import counted, dissolved
from spatial.gaps import gap_of_home, gaps
from spatial.network import Network, network_from_streets
from spatial.population import Homes, homes_on
from spatial.profiles import standards
from spatial.reach import NONE
from spatial.standards import ServiceStandard, Source

WHY = np.full(100, "too_far", dtype=object)
SOURCE = Source("test", "-", None, "U")
PARK = shapely.box(400, 10, 500, 110)


def standard(category: str, reach_m: float, *size: float) -> ServiceStandard:
    area = (size[0], size[1]) if size else (0.0, np.inf)
    return ServiceStandard(category, category, category, category, reach_m, SOURCE, area)


def covered(
    places: object, one: ServiceStandard, homes: list[tuple[float, float]]
) -> tuple[Network, Homes, Coverage]:
    """One street along the x axis, 1 km long."""
    network = network_from_streets(
        sample.streets([[(0, 0), (1000, 0)], [(450, 0), (450, 60)]], name=["High St", "Lane"]),
        join_crossings=True,
    )
    at_home = homes_on(network, sample.homes(homes))
    found = measure(network, at_home, [(one, counted(places, one))])
    return network, at_home, found[0]


def test_served_and_unserved_by_hand() -> None:
    shops = sample.facilities([(500, 0)], "shop")
    homes = [(200, 0), (199, 0), (700, 50), (750, 50), (900, 150)]
    _, at_home, found = covered(shops, standard("shop", 300), homes)
    np.testing.assert_array_equal(found.walk_m, [300, 301, 250, 300, np.nan])
    assert found.served.tolist() == [True, False, True, True, False]
    assert found.straight_served.tolist() == [True, False, True, True, False]
    assert at_home.ties.tied.tolist() == [True, True, True, True, False]
    assert (at_home.unit, at_home.people(found.served)) == ("homes", 3.0)


def test_inside_a_park_the_walk_is_nothing() -> None:
    _, _, found = covered(sample.facilities([PARK], "park"), standard("park", 100), [(460, 50)])
    assert found.walk_m.tolist() == [0]
    assert found.straight_m.tolist() == [0]
    assert (found.facility.tolist(), found.entrance.tolist()) == ([0], [NONE])


def test_the_way_to_a_park_leads_through_its_entrance() -> None:
    """The lane meets the park's edge at (450, 10); straight over the fence would be 40 m."""
    _, _, found = covered(sample.facilities([PARK], "park"), standard("park", 500), [(360, 0)])
    assert found.walk_m.tolist() == [90 + 10]
    assert found.straight_m[0] == pytest.approx(np.hypot(40, 10), abs=1e-5)


def test_an_unconnected_home_is_not_served_even_inside_a_park() -> None:
    wide = shapely.box(0, 10, 1000, 900)
    _, _, found = covered(sample.facilities([wide], "park"), standard("park", 500), [(900, 500)])
    assert np.isnan(found.walk_m).all()
    assert not found.served.any()


def test_no_facility_serves_nobody() -> None:
    _, _, found = covered(sample.facilities([], "shop"), standard("shop", 500), [(0, 0)])
    assert not found.served.any()
    assert not found.straight_served.any()
    assert len(found.reached) == 0


def test_parts_of_streets_within_reach() -> None:
    _, _, found = covered(sample.facilities([(500, 30)], "shop"), standard("shop", 130), [(0, 0)])
    x = shapely.get_coordinates(found.reached) - sample.ORIGIN
    assert (x[:, 0].min(), x[:, 0].max()) == (400, 600)
    assert shapely.length(found.reached).sum() == pytest.approx(200 + 50)


def test_size_classes_are_half_open() -> None:
    sizes = [shapely.box(0, 0, 50, side) for side in (39.99, 40, 99.99, 100)]
    places = sample.facilities(sizes, "park")
    small = counted(places, standard("park", 300, 2000, 5000))
    large = counted(places, standard("park", 500, 5000, np.inf))
    assert small.places["facility"].tolist() == ["park2", "park3"]
    assert large.places["facility"].tolist() == ["park4"]
    assert (small.wrong_size, large.wrong_size) == (2, 3)


def test_pieces_of_one_park_are_joined_before_size_is_judged() -> None:
    left, right, far = (shapely.box(x, 0, x + 30, 100) for x in (0, 30, 200))
    shapes = [left, right, far, left, right]
    names = ["People's Park"] * 3 + [None, None]
    places = dissolved(sample.facilities(shapes, "park", names))
    areas = sorted(zip(places.geometry.area, places["facility"], strict=True))
    assert areas == [(3000, "park3"), (3000, "park4"), (3000, "park5"), (6000, "park1")]


def test_pieces_of_other_name_or_category_stay_apart() -> None:
    shapes = [shapely.box(0, 0, 30, 100), shapely.box(30, 0, 60, 100)]
    assert len(dissolved(sample.facilities(shapes, "park", ["East", "West"]))) == 2
    both = [
        sample.facilities(shapes[:1], "park", ["East"]),
        sample.facilities(shapes[1:], "green", ["East"]),
    ]
    assert len(dissolved(pd.concat(both, ignore_index=True))) == 2


def test_straight_line_is_measured_from_the_edge() -> None:
    place = np.array([shapely.box(0, 0, 100, 100)])
    xy = np.array([[50.0, 50.0], [130.0, 140.0]])
    assert straight_line_m(xy, place).tolist() == [0, 50]
    assert np.isnan(straight_line_m(xy, place[:0])).all()


def test_circle_counts_must_have_services_only() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    homes = homes_on(network, sample.homes([(0, 0), (500, 0), (1000, 0)]))
    rows = {"bank": 300, "clinic": 500, "market": 300}
    own = {
        "mine": {
            "categories": {
                name: {"reach_m": reach, "must_have": name != "bank"}
                for name, reach in rows.items()
            }
        }
    }
    circle = standards(own)["mine"]
    at = {"bank": (0, 0), "clinic": (500, 0), "market": (700, 0)}
    demands = [
        (one, counted(sample.facilities([at[one.id]], one.id), one)) for one in circle.services
    ]
    found = Circle(circle, measure(network, homes, demands))
    assert found.met.tolist() == [1, 2, 2]
    assert found.complete.tolist() == [False, True, True]


def test_gaps_are_grouped_and_the_worst_comes_first() -> None:
    west, east = [(5, 0), (40, 0), (80, 0)], [(960, 0)]
    shops = sample.facilities([(500, 0)], "shop")
    network, homes, found = covered(shops, standard("shop", 300), [*west, *east, (500, 5)])
    table = gaps(network, homes, found, gap_of_home(homes, found), WHY)
    assert table["gap"].tolist() == [1, 2]
    assert table["homes"].tolist() == [3, 1]
    assert table["name"].tolist() == ["High St", "High St"]
    assert table["walk_m"].tolist() == [460, 460]
    shapely.prepare(table.geometry.to_numpy())
    assert table.geometry.iloc[0].covers(shapely.points(np.add(west, sample.ORIGIN))).all()


def test_a_gap_is_told_by_its_main_reason_and_the_homes_that_have_it() -> None:
    """Two detours of two kinds outweigh what is merely too far; the metres are the detour's."""
    places = sample.facilities([(500, 0)], "shop")
    spots = [(0, 0), (20, 0), (40, 0), (60, 0), (80, 0)]
    network, homes, found = covered(places, standard("shop", 300), spots)
    why = ["too_far", "too_far", "detour_wall", "detour_railway", "detour_wall"]
    reason = np.array(why, dtype=object)
    (row,) = gaps(network, homes, found, gap_of_home(homes, found), reason).itertuples()
    assert row.reason == "detour_wall"
    assert row.reasons == "detour_wall 2, too_far 2, detour_railway 1"
    assert row.walk_m == (460 + 420) / 2


def test_a_wide_gap_is_split_so_that_one_remedy_may_close_it() -> None:
    homes = [(float(x), 0.0) for x in range(0, 1001, 50)]
    network, at_home, found = covered(sample.facilities([], "shop"), standard("shop", 150), homes)
    table = gaps(network, at_home, found, gap_of_home(at_home, found), WHY)
    assert table["homes"].sum() == len(homes)
    width = table.geometry.bounds["maxx"] - table.geometry.bounds["minx"]
    assert len(table) == 4
    assert (width <= 300 + 2 * 40 + 1e-6).all()


def test_nobody_unserved_leaves_no_gap() -> None:
    network, homes, found = covered(
        sample.facilities([(0, 0)], "shop"), standard("shop", 300), [(0, 0)]
    )
    assert len(gaps(network, homes, found, gap_of_home(homes, found), WHY)) == 0


def test_the_end_of_the_data_is_near_or_far() -> None:
    spots = np.stack(np.meshgrid(np.arange(0, 2000, 50.0), np.arange(0, 1000, 50.0)), -1)
    extent = data_extent(spots.reshape(-1, 2))
    assert extent.area == pytest.approx(2000 * 1000)
    metres = metres_to_end(np.array([[1000.0, 500.0], [20.0, 500.0], [-50.0, 500.0]]), extent)
    assert metres.tolist() == [500, 20, 0]


def test_a_lake_inside_the_data_is_no_end() -> None:
    spots = np.stack(np.meshgrid(np.arange(0, 4000, 50.0), np.arange(0, 4000, 50.0)), -1)
    spots = spots.reshape(-1, 2)
    lake = (np.abs(spots - 2000) < 900).all(axis=1)
    assert data_extent(spots[~lake]).area == pytest.approx(4000 * 4000)


def test_given_weights_count_people_and_a_missing_one_counts_nobody() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    homes = homes_on(network, sample.homes([(0, 0), (1, 0)], [12.5, np.nan]))
    assert (homes.unit, homes.weight.tolist()) == ("people", [12.5, 0.0])
