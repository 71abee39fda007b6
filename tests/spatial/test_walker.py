"""Who walks: slower, without stairs, uphill; by hand, and the law that none of it gains anyone."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from layers import sample
from spatial.barriers import NO_BARRIERS
from spatial.coverage import Coverage, measure
from spatial.errors import LawError
from spatial.facilities import Counted
from spatial.laws import EXACT_M, laws, require
from spatial.network import Network, network_from_streets, on_step
from spatial.population import Homes, homes_on
from spatial.reasons import REASONS, reasons
from spatial.relief import STEEPEST, Relief, efforts, there_and_back
from spatial.retold import retold, same_when_retold
from spatial.standards import ServiceStandard, Source
from spatial.surface import street_parts
from spatial.walker import USUAL, USUAL_M_PER_S, Walker
from spatial.ways import ways_walked

SHOP = ServiceStandard("shop", "店", "Shop", "shop", 300.0, Source("test", "-", None, "U"))
OLDER, WHEELCHAIR = Walker(speed_m_per_s=0.8), Walker(stairs=False)
Point = tuple[float, float]


def hill(height_m: np.ndarray, cell_m: float) -> Relief:
    """Heights on a grid whose south-western corner is the town's origin, rows from the north."""
    x, y = sample.ORIGIN
    top = y + len(height_m) * cell_m
    return Relief(np.asarray(height_m, float), (cell_m, 0, x, 0, -cell_m, top), CRS(sample.CRS))


def plane(rise: float) -> Relief:
    """Ground that rises evenly from west to east, 4 km of it around the origin."""
    height = np.tile((np.arange(40) - 19.5) * 100 * rise, (40, 1))
    relief = hill(height, 100)
    a, b, c, d, e, f = relief.affine
    return replace(relief, affine=(a, b, c - 2000, d, e, f - 2000))


def walked(
    streets: gpd.GeoDataFrame | Network,
    homes: list[Point],
    places: list[Point] | gpd.GeoDataFrame,
    walker: Walker = USUAL,
    standard: ServiceStandard = SHOP,
) -> tuple[Homes, Coverage]:
    """Measure a standard in a made-up town for a walker; legs of any length."""
    if isinstance(places, list):
        places = sample.facilities(places, standard.category)
    if isinstance(streets, gpd.GeoDataFrame):
        streets = network_from_streets(streets, tolerance_m=1e-4, join_crossings=True)
    network = walker.on(streets)
    at_home = homes_on(network, sample.homes(homes), leg_limit_m=np.inf)
    demands = [(standard, Counted(places, 0))]
    found = measure(network, at_home, demands, leg_limit_m=np.inf, walker=walker)[0]
    return at_home, found


def why(homes: Homes, found: Coverage) -> list[str | None]:
    return reasons(found, homes, NO_BARRIERS, np.zeros(len(homes.xy), bool)).tolist()


# --- how far --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speed", "reach", "gets"),
    [
        (0.8, 500, 360),
        (0.8, 300, 216),
        (0.8, 1000, 720),
        (0.5, 1000, 450),
        (USUAL_M_PER_S, 333.3, 333.3),
        (1.5, 500, 500),
    ],
)
def test_as_far_as_the_speed_allows_in_the_time_of_the_standard(
    speed: float, reach: float, gets: float
) -> None:
    assert Walker(speed_m_per_s=speed).reach_m(reach) == gets


@given(st.floats(0.05, 3), st.floats(0.05, 3), st.floats(1, 5000))
def test_a_slower_walker_gets_no_farther(one: float, other: float, reach_m: float) -> None:
    slow, fast = (Walker(speed_m_per_s=speed) for speed in sorted((one, other)))
    assert slow.reach_m(reach_m) <= fast.reach_m(reach_m) <= reach_m


def test_exactly_as_far_as_an_older_person_gets_is_served() -> None:
    street = sample.streets([[(0, 0), (1000, 0)]])
    homes, found = walked(street, [(216, 0), (217, 0), (300, 0), (301, 0)], [(0, 0)], OLDER)
    assert found.served.tolist() == [True, False, False, False]
    assert found.straight_served.tolist() == [True, True, True, False]
    assert (found.reach_m, found.standard.reach_m) == (216.0, 300.0)
    assert found.walk_m.tolist() == [216, 217, 300, 301]
    assert why(homes, found) == [None, "walker", "walker", "too_far"]
    assert shapely.length(found.reached).sum() == 216
    places = found.facilities.places.geometry.to_numpy()
    beyond = street_parts(found.stretches, found.walks, found.reach_m, places)[1]
    assert shapely.length(beyond).sum() == 1000 - 216


def test_what_keeps_everyone_away_keeps_its_reason() -> None:
    """Round three sides of a block, 40 m away: too far for a usual walker as well."""
    round_the_block = sample.streets([[(0, 0), (0, 400), (40, 400), (40, 0)]])
    homes, found = walked(round_the_block, [(40, 0)], [(0, 0)], OLDER)
    assert found.straight_served.tolist() == [True]
    assert why(homes, found) == ["detour_block"]


# --- stairs ---------------------------------------------------------------------------------------

STAIRS: list[list[Point]] = [
    [(0, 0), (100, 0)],  # from the shop to the foot of the stairs
    [(100, 0), (100, 50)],  # the stairs
    [(100, 50), (300, 50)],  # the upper street
    [(0, 0), (0, 200), (300, 200), (300, 50)],  # the way round
]


def staircase(lines: list[list[Point]] = STAIRS) -> gpd.GeoDataFrame:
    return sample.streets(lines, steps=[row == 1 for row in range(len(lines))])


def test_a_wheelchair_goes_round_a_staircase() -> None:
    at_home, found = walked(staircase(), [(120, 50), (300, 50), (100, 30)], [(0, 0)])
    assert found.walk_m.tolist() == [170, 350, 130]
    at_home, found = walked(staircase(), [(120, 50), (300, 50), (100, 30)], [(0, 0)], WHEELCHAIR)
    np.testing.assert_array_equal(found.walk_m, [200 + 300 + 150 + 180, 650, np.nan])
    assert found.usual_m.tolist() == [170, 350, 130]
    assert found.usual_served.tolist() == [True, False, True]
    assert why(at_home, found) == ["walker", "too_far", "stairs"]


def test_a_home_beside_the_stairs_is_not_moved_to_a_better_street() -> None:
    """It stands 2 m from the stairs and 10 m from the street: tied to the stairs as everyone is."""
    homes, found = walked(staircase(), [(98, 10)], [(0, 0)], WHEELCHAIR)
    assert homes.ties.tied.all()
    assert np.isnan(found.walk_m).all()
    assert why(homes, found) == ["stairs"]


def test_where_stairs_end_one_walks_on() -> None:
    _, found = walked(staircase(), [(100, 50)], [(200, 50)], WHEELCHAIR)
    assert found.walk_m.tolist() == [100]


def test_a_hamlet_that_only_stairs_lead_to() -> None:
    homes, found = walked(staircase(STAIRS[:3]), [(120, 50), (290, 50)], [(0, 0)], WHEELCHAIR)
    assert np.isnan(found.walk_m).all()
    assert why(homes, found) == ["stairs", "stairs"]
    homes, found = walked(staircase(STAIRS[:3]), [(299, 50), (900, 50)], [(0, 0)], WHEELCHAIR)
    assert why(homes, found)[1] == "too_far"


def test_a_shop_on_the_stairs_is_not_reached() -> None:
    homes, found = walked(staircase(), [(100, 30), (100, 20), (50, 0)], [(100, 30)], WHEELCHAIR)
    np.testing.assert_array_equal(found.walk_m, [0, np.nan, np.nan])
    assert why(homes, found) == [None, "stairs", "stairs"]


def test_nobody_on_the_stairs_is_within_reach_on_foot_and_all_of_it_is_beyond() -> None:
    _, found = walked(staircase(), [(0, 0)], [(0, 0)], WHEELCHAIR)
    stairs = shapely.LineString(np.add(STAIRS[1], sample.ORIGIN))
    places = found.facilities.places.geometry.to_numpy()
    reached, beyond = street_parts(found.stretches, found.walks, found.reach_m, places)
    both = [shapely.length(shapely.intersection(stairs, part)).sum() for part in (reached, beyond)]
    assert both == pytest.approx([0, 50])
    every = found.stretches.network.ground_m.sum()
    assert shapely.length(reached).sum() + shapely.length(beyond).sum() == pytest.approx(every)


def test_the_way_drawn_leads_round_the_stairs() -> None:
    homes, found = walked(staircase(), [(120, 50)], [(0, 0)], WHEELCHAIR)
    way = ways_walked(found, homes, np.array([0]))[0]
    assert way.length == found.walk_m[0] == 830


def test_a_stop_within_a_polygon_is_at_home_whatever_the_stairs() -> None:
    park = sample.facilities([shapely.box(90, 20, 110, 40)], "park")
    standard = replace(SHOP, category="park")
    _, found = walked(staircase(), [(100, 30), (100, 45)], park, WHEELCHAIR, standard)
    np.testing.assert_array_equal(found.walk_m, [0, np.nan])


# --- slopes ---------------------------------------------------------------------------------------


@given(st.floats(-5, 5))
def test_no_slope_shortens_a_walk(slope: float) -> None:
    assert there_and_back(np.array([slope]))[0] >= 1
    assert there_and_back(np.array([slope]))[0] == there_and_back(np.array([-slope]))[0]


@given(st.floats(-STEEPEST, STEEPEST))
def test_there_and_back_takes_as_long_as_toblers_walker_does(slope: float) -> None:
    def speed(rise: float) -> float:
        return 6 * float(np.exp(-3.5 * abs(rise + 0.05)))

    metres = np.sqrt(1 + slope**2)
    there, back = metres / speed(slope), metres / speed(-slope)
    expected = (there + back) / 2 * speed(0.0)
    assert there_and_back(np.array([slope]))[0] == pytest.approx(expected)


def test_a_steeper_slope_is_never_easier() -> None:
    factor = there_and_back(np.linspace(0, 2, 1001))
    assert (np.diff(factor) >= 0).all()
    assert np.isfinite(there_and_back(np.array([1e9]))).all()


def test_a_walk_over_an_even_hill_by_hand() -> None:
    """10 m up on 100 m: (exp(0.35) + 1) / 2 times the length of the slope."""
    street = sample.streets([[(0, 0), (1000, 0)], [(0, 0), (0, 500)]])
    walker = Walker(relief=plane(0.1))
    homes, found = walked(street, [(200, 7), (0, 200)], [(0, 0)], walker)
    longer = (np.exp(0.35) + 1) / 2 * np.hypot(1, 0.1)
    np.testing.assert_allclose(found.walk_m, [200 * longer + 7, 200], atol=1e-5)
    assert found.usual_m.tolist() == [207, 200]
    network = found.stretches.network
    assert (network.length_m == on_step(network.length_m)).all()
    assert network.ground_m.tolist() == [500, 1000]
    assert network.island_lengths_m().tolist() == [1500]
    assert why(homes, replace(found, reach_m=210.0)) == ["walker", None]
    ends = shapely.get_coordinates(found.reached)[:, 0] - sample.ORIGIN[0]
    assert ends.max() == pytest.approx(300 / longer, abs=1e-5)


def test_a_hill_within_one_long_edge_is_felt() -> None:
    """Both ends lie at the same height; only what lies between them is steep."""
    street = network_from_streets(sample.streets([[(5, 5), (195, 5)]]))
    heights = np.concatenate([np.arange(10), np.arange(10)[::-1]]) * 2.0
    effort = efforts(street, hill(np.tile(heights, (2, 1)), 10.0))
    assert effort[0] == pytest.approx(there_and_back(np.array([0.2]))[0], rel=0.05)


def test_cut_into_pieces_a_hill_is_nearly_as_long() -> None:
    rng = np.random.default_rng(3)
    x, y = np.meshgrid(np.arange(60), np.arange(60))
    relief = hill(60 * np.sin(x / 9) * np.cos(y / 7), 20.0)
    line = [(10.0, 10.0), *map(tuple, np.sort(rng.uniform(20, 1150, (6, 2)), axis=0))]
    whole = sample.streets([line])
    finer = whole.assign(geometry=shapely.segmentize(whole.geometry.to_numpy(), 25.0))
    metres = [
        Walker(relief=relief).on(network_from_streets(one)).length_m.sum() for one in (whole, finer)
    ]
    assert metres[0] > 1.05 * whole.length.sum()
    assert metres[0] == pytest.approx(metres[1], rel=0.02)


def test_bridges_and_tunnels_are_flat() -> None:
    lines = [[(0, 0), (100, 0)], [(100, 0), (200, 0)], [(200, 0), (300, 0)]]
    flat = dict(
        zip(("bridge", "tunnel"), ([True, False, False], [False, True, False]), strict=True)
    )
    network = network_from_streets(sample.streets(lines, **flat))
    effort = efforts(network, plane(0.2))
    assert effort[:2].tolist() == [1, 1]
    assert effort[2] == pytest.approx(there_and_back(np.array([0.2]))[0])


def test_without_a_height_there_is_no_slope() -> None:
    relief = hill([[0, 10, np.nan, 30]], 100.0)
    lines = [[(60, 50), (140, 50)], [(140, 50), (240, 50)], [(350, 50), (500, 50)]]
    network = network_from_streets(sample.streets(lines))
    effort = efforts(network, relief)
    assert np.isnan(effort).tolist() == [False, True, True]
    assert effort[0] > 1
    assert Walker(relief=relief).on(network).length_m[1:].tolist() == [100, 150]


def test_heights_between_the_centres_of_cells() -> None:
    relief = hill([[0, 10], [20, np.nan]], 10.0)
    xy = np.array([(5, 15), (10, 15), (5, 10), (0, 20), (10, 10), (5, 5), (-1, 5), (20, 20)])
    height = relief.at(xy + sample.ORIGIN, CRS(sample.CRS))
    np.testing.assert_allclose(height, [0, 5, 10, 0, np.nan, 20, np.nan, 10])


def test_heights_of_a_plane_are_the_plane_in_any_grid() -> None:
    """A turned grid whose first row lies in the south, in degrees."""
    column, row = np.meshgrid(np.arange(20) + 0.5, np.arange(30) + 0.5)
    a, b, c, d, e, f = affine = (0.0008, 0.0002, 117.0, -0.0001, 0.0009, 35.0)
    lon, lat = a * column + b * row + c, d * column + e * row + f
    relief = Relief(1000 * lon + 500 * lat, affine, CRS(4326))
    spots = np.array([(117.008, 35.012), (117.012, 35.02)])
    there = gpd.GeoSeries(gpd.points_from_xy(*spots.T), crs=4326).to_crs(sample.CRS)
    height = relief.at(shapely.get_coordinates(there), CRS(sample.CRS))
    np.testing.assert_allclose(height, spots @ (1000, 500), atol=1e-3)


# --- laws -----------------------------------------------------------------------------------------

metres = st.integers(0, 600).map(float)
points = st.tuples(metres, metres)
lines = st.lists(points, min_size=2, max_size=4).filter(lambda line: len(set(line)) > 1)
heights = st.lists(st.integers(-40, 40), min_size=9, max_size=9)
towns = st.fixed_dictionaries(
    {
        "lines": st.lists(lines, min_size=1, max_size=10),
        "homes": st.lists(points, min_size=1, max_size=8),
        "places": st.lists(points, min_size=1, max_size=4),
    }
)
walkers = st.builds(
    lambda speed, stairs, cells: Walker(
        speed, stairs, None if cells is None else hill(np.reshape(cells, (3, 3)), 210.0)
    ),
    st.floats(0.2, 2),
    st.booleans(),
    st.none() | heights,
)
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(towns, st.randoms(use_true_random=False), walkers)
def test_whoever_walks_gains_nothing_over_a_usual_walker(
    town: dict[str, list], random: object, walker: Walker
) -> None:
    steps = [random.random() < 0.4 for _ in town["lines"]]  # type: ignore[attr-defined]
    streets = sample.streets(town["lines"], steps=steps)
    _, usual = walked(streets, town["homes"], town["places"])
    at_home, found = walked(streets, town["homes"], town["places"], walker)
    one, other = (np.nan_to_num(part.walk_m, nan=np.inf) for part in (usual, found))
    assert (one <= other).all()
    for figure in ("served", "low_served", "high_served"):
        assert (getattr(usual, figure) | ~getattr(found, figure)).all()
    assert (usual.straight_served == found.straight_served).all()
    assert (usual.facilities.places.geometry == found.facilities.places.geometry).all()
    np.testing.assert_allclose(found.usual_m, usual.walk_m, atol=EXACT_M, rtol=0)
    require(laws(at_home, [found]))
    assert {reason is None for reason in why(at_home, found)} <= {True, False}
    given_reason = np.array([reason is not None for reason in why(at_home, found)])
    assert (given_reason == ~found.served).all()


@quick
@given(towns, st.randoms(use_true_random=False), walkers)
def test_each_hindrance_taken_away_gains_and_never_loses(
    town: dict[str, list], random: object, walker: Walker
) -> None:
    steps = [random.random() < 0.4 for _ in town["lines"]]  # type: ignore[attr-defined]
    streets = sample.streets(town["lines"], steps=steps)
    _, found = walked(streets, town["homes"], town["places"], walker)
    for freed in ({"speed_m_per_s": USUAL_M_PER_S}, {"stairs": True}, {"relief": None}):
        _, freer = walked(streets, town["homes"], town["places"], replace(walker, **freed))
        assert (freer.served | ~found.served).all()
        shorter = np.nan_to_num(freer.walk_m, nan=np.inf)
        assert (shorter <= np.nan_to_num(found.walk_m, nan=np.inf)).all()


@quick
@given(towns, st.randoms(use_true_random=False), walkers)
def test_streets_told_otherwise_are_the_same_for_every_walker(
    town: dict[str, list], random: object, walker: Walker
) -> None:
    steps = [random.random() < 0.4 for _ in town["lines"]]  # type: ignore[attr-defined]
    streets = sample.streets(town["lines"], steps=steps)
    at_home, found = walked(streets, town["homes"], town["places"], walker)
    limits = {"gates": None, "barriers": NO_BARRIERS, "leg_limit_m": np.inf}
    assert same_when_retold(at_home, found, exact_m=EXACT_M, **limits)


def test_what_is_told_again_stays_shut_and_steep() -> None:
    network = Walker(stairs=False, relief=plane(0.1)).on(network_from_streets(staircase()))
    again = retold(network)
    assert again.closed.sum() == again.steps.sum() == 2 * network.closed.sum() == 2
    assert again.length_m.sum() == pytest.approx(network.length_m.sum(), abs=1e-4)
    assert again.name.tolist() == [None] * len(again.u)


def test_asking_twice_changes_nothing() -> None:
    walker = Walker(0.8, stairs=False, relief=plane(0.1))
    once = walker.on(network_from_streets(staircase()))
    twice = walker.on(once)
    assert once.length_m.tobytes() == twice.length_m.tobytes()
    assert (once.closed == twice.closed).all()


def test_what_was_closed_before_stays_closed() -> None:
    network = network_from_streets(staircase())
    shut = replace(network, closed=np.arange(len(network.u)) == 0)
    assert USUAL.on(shut).closed.tolist() == shut.closed.tolist()
    assert (WHEELCHAIR.on(shut).closed == shut.closed | network.steps).all()


def test_a_gain_by_walking_worse_is_noticed() -> None:
    homes, found = walked(staircase(), [(120, 50), (50, 0)], [(0, 0)], WHEELCHAIR)
    with pytest.raises(LawError, match="nobody_gains_by_walking_worse"):
        require(laws(homes, [replace(found, usual_m=found.walk_m + 1)]))


def test_a_hilly_town_with_stairs_equals_brute_force() -> None:
    """Every home against networkx on the same edges, each as long as the formula says."""
    rng = np.random.default_rng(11)
    grid = sample.grid(6, 6, 100.0)
    streets = gpd.GeoDataFrame(grid, geometry=shapely.segmentize(grid.geometry.to_numpy(), 100.0))
    relief = hill(rng.uniform(0, 60, (7, 7)), 100.0)
    walker = Walker(0.8, stairs=False, relief=relief)
    plain = network_from_streets(streets)
    plain = replace(plain, steps=rng.random(len(plain.u)) < 0.3)
    nodes = plain.xy - sample.ORIGIN
    _, found = walked(plain, [tuple(xy) for xy in nodes], [(300.0, 300.0)], walker)
    effort = efforts(plain, relief)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    for u, v, factor, steps in zip(plain.u, plain.v, effort, plain.steps, strict=True):
        if not steps:
            graph.add_edge(u, v, m=100 * factor)
    shop = int(np.flatnonzero((nodes == 300).all(axis=1))[0])
    truth = nx.single_source_dijkstra_path_length(graph, shop, weight="m")
    expected = [truth.get(node, np.nan) for node in range(len(nodes))]
    np.testing.assert_allclose(found.walk_m, expected, atol=EXACT_M, rtol=0)
    assert (effort > 1).all()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_was_measured_is_said(language: str) -> None:
    said = [
        walker.said(language)
        for walker in (USUAL, OLDER, WHEELCHAIR, Walker(relief=plane(0.1)), Walker(2.0))
    ]
    assert len(set(said)) == len(said)
    assert all(one.endswith("。" if language == "zh" else ".") for one in said)
    assert "0.8" in said[1]
    assert {"stairs", "walker"} < set(REASONS)
