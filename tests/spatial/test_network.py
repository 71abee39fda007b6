"""Streets become a network: what meets, what does not, and what is left the same."""

from __future__ import annotations

import numpy as np
import pytest

from layers import sample
from spatial.errors import InputError
from spatial.network import network_from_streets
from spatial.ties import tie


def refs(*ids: list[int]) -> list[np.ndarray]:
    return [np.array(one) for one in ids]


def test_ways_meet_only_at_shared_nodes() -> None:
    """A bridge over a road: same place, other node."""
    cross = [[(0, 50), (50, 50), (100, 50)], [(50, 0), (50, 50), (50, 100)]]
    apart = network_from_streets(sample.streets(cross, refs=refs([1, 2, 3], [4, 5, 6])))
    assert (len(apart.xy), len(apart.u), apart.island.max()) == (6, 4, 1)
    joined = network_from_streets(sample.streets(cross, refs=refs([1, 2, 3], [4, 2, 6])))
    assert (len(joined.xy), len(joined.u), joined.island.max()) == (5, 4, 0)


def test_own_lines_meet_where_ends_and_vertices_coincide() -> None:
    lines = [[(0, 0), (100, 0), (200, 0)], [(100.3, 0.0), (100, 90)], [(200.6, 0), (300, 0)]]
    network = network_from_streets(sample.streets(lines), tolerance_m=0.5)
    assert network.island.max() == 1, "0.3 m apart meets, 0.6 m apart does not"
    assert network.island_lengths_m() == pytest.approx([290, 99.4], abs=0.4)


def test_own_lines_that_cross_meet_only_if_asked() -> None:
    cross = sample.streets([[(0, 50), (100, 50)], [(50, 0), (50, 100)]])
    assert network_from_streets(cross).island.max() == 1
    asked = network_from_streets(cross, join_crossings=True)
    assert (len(asked.xy), len(asked.u), asked.island.max()) == (5, 4, 0)


def test_a_street_that_ends_on_the_middle_of_another_meets_it() -> None:
    tee = sample.streets([[(0, 0), (100, 0)], [(50, 0), (50, 80)]])
    met = network_from_streets(tee)
    assert (met.island.max(), met.island_lengths_m().tolist()) == (0, [180])
    assert not met.joins.reasons(), "nothing was drawn wrong"
    assert network_from_streets(tee, tolerance_m=0).island.max() == 1
    assert network_from_streets(tee, tolerance_m=0, join_crossings=True).island.max() == 0


@pytest.mark.parametrize("kind", ["bridge", "tunnel"])
def test_own_bridges_and_tunnels_meet_nothing_between_their_ends(kind: str) -> None:
    lines = [[(0, 50), (50, 50), (100, 50)], [(50, 0), (50, 50), (50, 100)], [(100, 50), (150, 50)]]
    streets = sample.streets(lines, **{kind: [True, False, False]})
    network = network_from_streets(streets, join_crossings=True)
    assert network.island.max() == 1
    assert network.island_lengths_m().tolist() == [150, 100]
    assert network.on_ground.sum() == 3


def test_duplicates_loops_and_lines_of_no_length_leave_no_edge() -> None:
    lines = [[(0, 0), (100, 0)], [(100, 0), (0, 0)], [(0, 0), (0, 0), (100, 0)], [(5, 5), (5, 5)]]
    network = network_from_streets(sample.streets(lines), tolerance_m=0)
    assert (len(network.u), network.length_m.tolist()) == (1, [100])
    assert network.island.tolist() == [0, 0], "a line of no length is no island"


def test_a_street_drawn_twice_is_walked_on_whichever_copy_is_better() -> None:
    line = [(0, 0), (100, 0)]
    flags = {"private": [True, False], "steps": [False, True], "name": ["B", "A"]}
    streets = sample.streets([line, line[::-1]], **flags)
    for order in (streets, streets.iloc[::-1]):
        network = network_from_streets(order)
        assert (network.through.tolist(), network.steps.tolist()) == ([True], [False])
        assert network.name.tolist() == ["A"]


def test_a_closed_line_is_walked_round() -> None:
    square = [[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]]
    network = network_from_streets(sample.streets(square))
    assert (len(network.xy), len(network.u)) == (4, 4)


def test_streets_of_no_length_are_refused() -> None:
    with pytest.raises(InputError, match="streets: holds no street"):
        network_from_streets(sample.streets([[(1, 1), (1, 1)]]))
    with pytest.raises(InputError, match="streets: holds no street"):
        network_from_streets(sample.streets([[(0, 0), (1, 1)]]).iloc[:0])


def test_degrees_are_refused() -> None:
    with pytest.raises(InputError, match="4326"):
        network_from_streets(sample.grid(1, 1, 100).to_crs(4326))


def test_points_are_tied_to_edges_not_nodes() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    ties = tie(network, np.add([(500, 40), (-30, 40), (500, 101)], sample.ORIGIN), limit_m=100)
    assert ties.tied.tolist() == [True, True, False]
    assert ties.along_m.tolist()[:2] == [500, 0]
    assert ties.leg_m.tolist()[:2] == [40, 50]
    assert np.isnan(ties.leg_m[2])


def test_of_two_equally_near_streets_the_western_one_is_taken() -> None:
    lines = [[(0, 0), (0, 100)], [(40, 0), (40, 100)]]
    for order in (lines, lines[::-1]):
        network = network_from_streets(sample.streets(order))
        ties = tie(network, np.add([(20, 50)], sample.ORIGIN))
        spot = network.points_along(ties.edge, ties.along_m) - sample.ORIGIN
        assert spot.tolist() == [[0, 50]]
