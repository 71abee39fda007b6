"""The rules of measuring (design, 3): for each a town in which it alone decides the answer."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import sample
from spatial.barriers import KINDS, NO_BARRIERS, Barriers
from spatial.coverage import Coverage, measure
from spatial.facilities import Counted
from spatial.islands import gaps_between
from spatial.network import network_from_streets
from spatial.population import Homes, homes_on
from spatial.standards import ServiceStandard, Source

SOURCE = Source("test", "-", None, "U")
Line = list[tuple[float, float]]


def measured(  # noqa: PLR0913  a town has many parts
    lines: list[Line],
    homes: list[tuple[float, float]],
    places: list[object],
    *,
    category: str = "shop",
    reach_m: float = 500,
    barriers: Barriers = NO_BARRIERS,
    gates: list[tuple[float, float]] | None = None,
    open_gates: bool = False,
    **columns: object,
) -> tuple[Homes, Coverage]:
    network = network_from_streets(
        sample.streets(lines, **columns), tolerance_m=0.01, open_gates=open_gates
    )
    at_home = homes_on(network, sample.homes(homes), barriers=barriers)
    one = ServiceStandard("x", "x", "x", category, reach_m, SOURCE)
    spots = np.add(gates, sample.ORIGIN) if gates else None
    counted = Counted(sample.facilities(places, category), 0)
    found = measure(network, at_home, [(one, counted)], gates=spots, barriers=barriers)
    return at_home, found[0]


# Rule 4: legs

TWO_STREETS = [[(0, 0), (1000, 0)], [(0, 60), (1000, 60)], [(1000, 0), (1000, 60)]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_leg_across_a_barrier_takes_the_street_on_its_own_side(kind: str) -> None:
    """The home is 20 m from the southern street, but the barrier runs between them."""
    across = sample.barriers([(kind, [(-50, 10), (1050, 10)])])
    _, plain = measured(TWO_STREETS, [(500, 20)], [(500, 0)])
    assert plain.walk_m.tolist() == [20]
    _, parted = measured(TWO_STREETS, [(500, 20)], [(500, 0)], barriers=across)
    assert parted.walk_m.tolist() == [40 + 500 + 60 + 500]


def test_a_home_that_no_street_reaches_without_crossing_is_unconnected() -> None:
    moat = [(480, 30), (520, 30), (520, 50), (480, 50), (480, 30)]
    homes, found = measured(
        TWO_STREETS, [(500, 40), (600, 40)], [(500, 0)], barriers=sample.barriers([("wall", moat)])
    )
    assert homes.ties.tied.tolist() == [False, True]
    assert homes.blocked_by.tolist() == ["wall", None]
    assert found.served.tolist() == [False, False]
    assert np.isnan(found.walk_m[0])


def test_too_far_from_any_street_is_another_reason_than_blocked() -> None:
    homes, _ = measured(TWO_STREETS, [(500, 161), (500, 160)], [(500, 0)])
    assert homes.ties.tied.tolist() == [False, True]
    assert homes.blocked_by.tolist() == [None, None]


def test_a_street_on_the_quay_is_reached_and_a_home_on_the_water_is_not() -> None:
    basin = [(0, 0), (1000, 0), (1000, -80), (0, -80), (0, 0)]
    water = sample.barriers([("water", basin)])
    homes, _ = measured(TWO_STREETS, [(500, 5), (500, -5)], [(500, 0)], barriers=water)
    assert homes.ties.tied.tolist() == [True, False]
    assert homes.blocked_by.tolist() == [None, "water"]


def test_a_facility_across_a_barrier_is_entered_from_its_own_side() -> None:
    across = sample.barriers([("railway", [(-50, 10), (1050, 10)])])
    _, found = measured(TWO_STREETS, [(500, 0)], [(500, 20)], barriers=across, reach_m=2000)
    assert found.walk_m.tolist() == [500 + 60 + 500 + 40]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_next_street_is_the_nearest_free_one(seed: int) -> None:
    """Against brute force over all edges: random streets, walls and homes."""
    rng = np.random.default_rng(seed)
    lines = rng.uniform(0, 200, (12, 2, 2))
    walls = rng.uniform(0, 200, (8, 2, 2))
    spots = rng.uniform(0, 200, (10, 2))
    network = network_from_streets(sample.streets(lines.tolist()), tolerance_m=0)
    barriers = sample.barriers([("wall", wall) for wall in walls.tolist()])
    homes = homes_on(network, sample.homes(spots.tolist()), barriers=barriers)
    for row, point in enumerate(shapely.points(homes.xy)):
        legs = shapely.shortest_line(point, network.lines)
        free = [leg.length for leg in legs if not shapely.crosses(leg, barriers.shapes).any()]
        least = min((length for length in free if length <= 100), default=np.nan)
        assert homes.ties.leg_m[row] == pytest.approx(least, abs=1e-5, nan_ok=True)


# Rule 6: gated compounds

COMPOUND = [
    [(0, 0), (0, 100)],  # the street in front
    [(0, 100), (300, 100)],  # through the compound
    [(300, 100), (300, 0)],  # the street behind
    [(0, 0), (0, -400), (300, -400), (300, 0)],  # the way round
]
PRIVATE = [False, True, False, False]


def test_nobody_walks_through_a_compound() -> None:
    _, shut = measured(COMPOUND, [(0, 50)], [(300, 50)], private=PRIVATE, reach_m=2000)
    assert shut.walk_m.tolist() == [50 + 400 + 300 + 400 + 50]
    _, opened = measured(
        COMPOUND, [(0, 50)], [(300, 50)], private=PRIVATE, open_gates=True, reach_m=2000
    )
    assert opened.walk_m.tolist() == [50 + 300 + 50]


def test_who_lives_inside_walks_out_either_way() -> None:
    _, found = measured(COMPOUND, [(100, 100), (200, 100)], [(300, 50)], private=PRIVATE)
    assert found.walk_m.tolist() == [200 + 50, 100 + 50]


def test_who_goes_to_a_place_inside_walks_in() -> None:
    _, found = measured(COMPOUND, [(0, 50)], [(100, 100)], private=PRIVATE)
    assert found.walk_m.tolist() == [50 + 100]


def test_from_inside_to_inside_one_stays_inside() -> None:
    _, found = measured(COMPOUND, [(50, 100)], [(250, 100)], private=PRIVATE)
    assert found.walk_m.tolist() == [200]


def test_streets_within_reach_end_where_one_may_not_pass() -> None:
    """120 m from the shop: into the compound, not out behind it."""
    _, found = measured(COMPOUND, [(0, 50)], [(0, 90)], private=PRIVATE, reach_m=320)
    x, y = (shapely.get_coordinates(found.reached) - sample.ORIGIN).T
    inside = y == 100
    assert x[inside].max() == 300
    assert not ((x == 300) & (y < 100) & (y > 0)).any(), "behind the compound nobody arrives"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_gated_walks_equal_brute_force(seed: int) -> None:
    """Random grid with random private blocks; networkx over (phase, node) with phases in order."""
    rng = np.random.default_rng(seed)
    grid = sample.grid(4, 4, 100.0)
    pieces = [list(pair) for line in grid.geometry for pair in _pairs(line)]
    private = (rng.random(len(pieces)) < 0.4).tolist()
    lines = [[tuple(np.subtract(xy, sample.ORIGIN)) for xy in pair] for pair in pieces]
    spots = [
        tuple(np.array(lines[i][0]) * 0.7 + np.array(lines[i][1]) * 0.3)
        for i in rng.choice(len(lines), 6, replace=False)
    ]
    _, found = measured(lines, spots[1:], spots[:1], private=private, reach_m=9999)
    graph = nx.DiGraph()
    ends = {spot: _edge_of(spot, lines) for spot in spots}
    for i, (a, b) in enumerate(lines):
        stops = [
            a,
            *sorted((s for s in spots if ends[s] == i), key=lambda s: np.hypot(*np.subtract(s, a))),
            b,
        ]
        for one, other in pairwise(stops):
            for phase in (0, 2) if private[i] else (1,):
                metres = float(np.hypot(*np.subtract(one, other)))
                graph.add_edge((phase, one), (phase, other), m=metres)
                graph.add_edge((phase, other), (phase, one), m=metres)
    for stop in {node for _, node in graph}:
        graph.add_edge((0, stop), (1, stop), m=0)
        graph.add_edge((1, stop), (2, stop), m=0)
    truth = nx.single_source_dijkstra_path_length(graph, (0, spots[0]), weight="m")
    expected = [truth.get((2, spot), np.nan) for spot in spots[1:]]
    np.testing.assert_allclose(found.walk_m, expected, atol=1e-3)


def _pairs(line: shapely.LineString) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(pairwise(line.coords))


def _edge_of(spot: tuple[float, float], lines: list[Line]) -> int:
    return int(
        np.argmin([shapely.LineString(line).distance(shapely.Point(spot)) for line in lines])
    )


# Rule 7: bounds

PARK = shapely.box(600, 20, 800, 200)


def test_the_lower_bound_knows_only_gates_and_crossings() -> None:
    """A street 10 m beside the park: the value enters there, the lower bound does not."""
    beside = [[(0, 10), (1000, 10)]]
    _, found = measured(beside, [(300, 10)], [PARK], category="park")
    assert found.walk_m.tolist() == [300 + 10]
    assert (found.low_served[0], found.served[0], found.high_served[0]) == (False, True, True)


def test_the_upper_bound_enters_a_park_with_gates_anywhere() -> None:
    beside = [[(0, 0), (1000, 0)]]
    _, found = measured(beside, [(300, 0)], [PARK], category="park", gates=[(800, 20)], reach_m=400)
    assert found.walk_m.tolist() == [500 + 20]
    assert found.low_m.tolist() == [520]
    assert found.high_m.tolist() == [300 + 20]
    assert (found.served[0], found.high_served[0]) == (False, True)


@pytest.mark.parametrize(("gap_m", "high"), [(30.0, True), (30.5, False)])
def test_the_upper_bound_closes_short_gaps_between_islands(gap_m: float, *, high: bool) -> None:
    broken = [[(0, 0), (500, 0)], [(250, gap_m), (250, 200)]]
    _, found = measured(broken, [(250, 150)], [(400, 0)])
    assert np.isnan(found.walk_m).all()
    assert found.high_served.tolist() == [high]
    if high:
        assert found.high_m.tolist() == [150 - 30 + 30 + 150]


def test_gaps_are_measured_to_the_nearest_spot_not_the_nearest_node() -> None:
    broken = [[(0, 0), (500, 0)], [(250, 20), (250, 200)]]
    network = network_from_streets(sample.streets(broken))
    found = gaps_between(network)
    assert found.spots.leg_m.tolist() == [20]
    assert found.spots.along_m.tolist() == [250]


def test_one_network_has_no_gaps() -> None:
    assert len(gaps_between(network_from_streets(sample.grid(2, 2, 100.0))).node) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_lower_bound_value_and_upper_bound_are_in_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lines = rng.integers(0, 400, (14, 2, 2)).astype(float)
    lines = [line for line in lines.tolist() if line[0] != line[1]]
    corners = rng.uniform(0, 300, (2, 2))
    parks = [shapely.box(*low, *(low + rng.uniform(20, 120, 2))) for low in corners]
    gates = rng.uniform(0, 400, (2, 2)).tolist()
    homes = rng.uniform(0, 400, (10, 2)).tolist()
    private = (rng.random(len(lines)) < 0.3).tolist()
    _, found = measured(lines, homes, parks, category="park", gates=gates, private=private)
    low, value, high = (
        np.nan_to_num(m, nan=np.inf) for m in (found.low_m, found.walk_m, found.high_m)
    )
    assert (low >= value).all()
    assert (value >= high).all()
    walked = np.isfinite(value)
    assert (value[walked] >= found.straight_m[walked] - 1e-3).all()
