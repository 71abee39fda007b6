"""Streets that miss each other are joined within the tolerance, counted, and moved no farther."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from layers import sample
from spatial.joining import END, MIDDLE, VERTEX
from spatial.network import STEP_M, network_from_streets

if TYPE_CHECKING:
    from spatial.network import Network

THROUGH = [(0, 0), (100, 0)]
TOLERANCE_M = 0.5


def network(*lines: Any, tolerance_m: float = TOLERANCE_M, **columns: Any) -> Network:
    return network_from_streets(sample.streets(list(lines), **columns), tolerance_m=tolerance_m)


def walk_m(found: Network, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Metres along the streets between the nodes nearest to two spots."""
    n = len(found.xy)
    graph = coo_matrix((found.length_m, (found.u, found.v)), shape=(n, n))
    spots = np.add([start, end], sample.ORIGIN)
    one, other = cKDTree(found.xy).query(spots)[1]
    return float(dijkstra(graph, directed=False, indices=one)[other])


@pytest.mark.parametrize("gap", [0.2, -0.2, 0.49])
def test_an_end_that_misses_the_middle_of_a_street(gap: float) -> None:
    met = network(THROUGH, [(30, gap), (30, 50)])
    assert met.island.max() == 0
    assert met.joins.reasons() == {"end joined to the middle of a street near by": 1}
    np.testing.assert_allclose(met.joins.gap_m, abs(gap), atol=1e-6)
    assert walk_m(met, (0, 0), (30, 50)) == pytest.approx(80, abs=1e-6), "as its clean twin"


def test_beyond_the_tolerance_and_without_one_nothing_is_joined() -> None:
    for gap, tolerance_m in ((0.51, 0.5), (0.2, 0.0), (0.2, 0.1)):
        apart = network(THROUGH, [(30, gap), (30, 50)], tolerance_m=tolerance_m)
        assert apart.island.max() == 1
        assert apart.joins.reasons() == {}


def test_an_end_that_misses_an_end() -> None:
    met = network(THROUGH, [(100.2, 0), (200, 0)])
    assert met.joins.reasons() == {"end joined to the end of a street near by": 1}
    assert met.joins.gap_m.tolist() == pytest.approx([0.2])


def test_an_end_that_misses_a_vertex() -> None:
    met = network([(0, 0), (50, 0), (100, 9)], [(50.1, 0.2), (50, 90)])
    assert met.joins.reasons() == {"end joined to a vertex of a street near by": 1}
    assert (np.add((50, 0), sample.ORIGIN) == met.xy).all(axis=1).any(), "the junction stays"


def test_the_two_halves_of_a_crossing_street_meet_the_one_between() -> None:
    met = network([(-50, 0), (-0.2, 0)], [(0.1, 0), (50, 0)], [(0, -50), (0, 50)])
    assert met.island.max() == 0
    assert met.joins.kind.tolist() == [MIDDLE, MIDDLE]
    assert walk_m(met, (-50, 0), (50, 0)) == pytest.approx(100, abs=1e-6)


def test_a_street_broken_off_exactly_at_a_straight_one_meets_it() -> None:
    met = network(THROUGH, [(30, -50), (30, 0)], [(30, 0), (30, 50)])
    assert (met.island.max(), len(met.u)) == (0, 4)


def test_an_end_in_the_middle_of_two_copies_of_a_street() -> None:
    met = network(THROUGH, THROUGH[::-1], [(30, 0.3), (30, 50)])
    assert (met.island.max(), len(met.u)) == (0, 3)
    assert met.joins.reasons() == {"end joined to the middle of a street near by": 1}


def test_an_end_between_two_streets_links_both() -> None:
    between = [(50, 0.4), (49, 0.4)]
    met = network([(0, 0), (100, 0)], [(0, 0.8), (100, 0.8)], between)
    assert met.island.max() == 0
    assert 100 < walk_m(met, (0, 0), (100, 0.8)) <= 100.8 + 1e-5


@pytest.mark.parametrize("kind", ["bridge", "tunnel"])
def test_no_end_meets_the_middle_of_a_bridge(kind: str) -> None:
    assert network(THROUGH, [(30, 0.2), (30, 50)], **{kind: [True, False]}).island.max() == 1
    assert network(THROUGH, [(30, 0.2), (30, 50)], **{kind: [False, True]}).island.max() == 0


def test_ways_with_nodes_of_their_own_are_never_joined() -> None:
    refs = [np.array([1, 2]), np.array([3, 4])]
    assert network(THROUGH, [(30, 0.2), (30, 50)], refs=refs).island.max() == 1
    mixed = [refs[0], None]
    assert network(THROUGH, [(30, 0.2), (30, 50)], refs=mixed).island.max() == 1


@pytest.mark.parametrize("gap", [0.0, 0.3])
def test_a_road_that_comes_back_to_its_own_middle(gap: float) -> None:
    lollipop = [(0, 0), (50, 0), (100, 0), (100, 60), (50, 60), (50, 20), (80, gap)]
    assert len(network(lollipop).u) == 7
    assert len(network(lollipop, tolerance_m=0).u) == 6


def test_a_loop_that_nearly_closes_is_closed() -> None:
    ring = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0.3)]
    met = network(ring)
    assert (len(met.xy), len(met.u)) == (4, 4)
    assert met.joins.kind.tolist() == [END]


def test_a_curve_of_short_pieces_keeps_its_shape() -> None:
    turn = np.linspace(0, np.pi, 200)
    arc = np.column_stack([15 * np.cos(turn), 15 * np.sin(turn)]).tolist()
    whole = network(arc)
    assert len(whole.u) == 199
    assert whole.joins.reasons() == {}
    pieces = network(*itertools.pairwise(arc))
    assert len(pieces.u) == 199
    assert pieces.joins.reasons() == {}


def test_a_short_street_is_not_swallowed() -> None:
    met = network([(0, 0), (50, 0)], [(50, 0), (50.3, 0)], [(50.3, 0), (100, 0)])
    assert len(met.u) == 3
    assert met.joins.swallowed == 0


def test_a_street_that_must_be_swallowed_is_counted() -> None:
    """Two streets end around a third that is shorter than the tolerance."""
    met = network([(50, 0), (50, 0.4)], [(50.1, 0.2), (100, 0)], [(49.9, 0.2), (0, 0)])
    assert met.island.max() == 0
    if met.joins.swallowed:
        told = met.joins.reasons()["street shorter than the tolerance became one place"]
        assert told == met.joins.swallowed == 1
        assert len(met.u) == 2


def test_an_end_drawn_a_little_too_far_leaves_no_dead_end() -> None:
    crossed = sample.streets([THROUGH, [(30, -0.3), (30, 50)]])
    met = network_from_streets(crossed, join_crossings=True)
    assert (met.island.max(), len(met.u)) == (0, 3)


def test_a_row_of_ends_stays_in_one_piece_and_in_its_place() -> None:
    """A chain within the tolerance, link by link: merged whole, it would move by metres."""
    lines = [[(0.4 * row, 0), (0.4 * row, 20 + row)] for row in range(12)]
    met = network(*lines)
    assert met.island.max() == 0
    assert met.joins.gap_m.max() <= TOLERANCE_M
    spots = met.xy - sample.ORIGIN
    low = spots[spots[:, 1] < 10]
    assert np.ptp(low[:, 0]) > 12 * 0.4 - 2 * TOLERANCE_M
    for row in range(12):
        gap = np.abs(low - (0.4 * row, 0)).sum(axis=1).min()
        assert gap <= TOLERANCE_M + STEP_M


def test_kinds_are_told_apart() -> None:
    lines = [[(0, 0), (50, 0), (100, 0)], [(100.3, 0), (200, 0)], [(50, 0.3), (50, 50)]]
    met = network(*lines, [(150, 0.3), (150, 50)])
    assert sorted(met.joins.kind.tolist()) == [END, VERTEX, MIDDLE]


# --- Laws ----------------------------------------------------------------------------------------

coordinates = st.integers(0, 40).map(lambda step: step * 0.15)  # near misses are common
spots = st.tuples(coordinates, coordinates)
towns = st.lists(st.lists(spots, min_size=2, max_size=4), min_size=1, max_size=7).filter(
    lambda lines: all(len(set(line)) > 1 for line in lines)
)


def edges_of(found: Network) -> set[tuple[float, ...]]:
    both = np.concatenate([found.xy[found.u], found.xy[found.v]], axis=1)
    return {tuple(row) for row in both.tolist()}


@settings(max_examples=60, deadline=None)
@given(towns, st.randoms(use_true_random=False))
def test_order_and_direction_change_nothing(lines: list[Any], chance: Any) -> None:
    turned = [line[::-1] if chance.random() < 0.5 else line for line in lines]
    chance.shuffle(turned)
    one, other = network(*lines), network(*turned)
    assert edges_of(one) == edges_of(other)
    assert one.joins.reasons() == other.joins.reasons()


@settings(max_examples=60, deadline=None)
@given(towns)
def test_all_within_the_tolerance_is_connected_and_nothing_moves_farther(lines: list[Any]) -> None:
    met = network(*lines)
    assert (met.joins.gap_m <= TOLERANCE_M + 1e-6).all()
    assert (met.xy / STEP_M % 1 == 0).all()
    drawn = np.add(np.concatenate(lines), sample.ORIGIN)
    gap = cKDTree(met.xy).query(drawn, distance_upper_bound=TOLERANCE_M + 1e-5)[0]
    assert np.isfinite(gap).all(), "a node within the tolerance of each vertex"
    ends = np.add([spot for line in lines for spot in (line[0], line[-1])], sample.ORIGIN)
    for one, other in cKDTree(ends).query_pairs(TOLERANCE_M - 1e-6):
        islands = [met.island[cKDTree(met.xy).query(ends[row])[1]] for row in (one, other)]
        assert islands[0] == islands[1]


@settings(max_examples=60, deadline=None)
@given(towns, st.floats(0.2, 0.8))
def test_a_street_may_be_split_where_no_other_is_near(lines: list[Any], part: float) -> None:
    far = [*lines, [(0, -20), (30, -20)]]
    cut = (30 * part, -20)
    split = [*lines, [(0, -20), cut], [cut, (30, -20)]]
    one, other = network(*far), network(*split)
    assert one.island.max() == other.island.max()
    assert len(one.u) + 1 == len(other.u)
    assert one.length_m.sum() == pytest.approx(other.length_m.sum(), abs=1e-5)
