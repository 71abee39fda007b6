"""Drawn streets joined to those there are: nothing that was there may change by a bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import sample
from spatial.entrances import Entrances
from spatial.network import network_from_streets
from spatial.newstreets import SAME_M, Drawn, extended
from spatial.reach import cut, walks_from, walks_to
from spatial.ties import tie


def line(*xy: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(np.add(xy, sample.ORIGIN))


SPOT = st.tuples(st.floats(-40, 340), st.floats(-40, 340))


@given(
    st.lists(st.lists(SPOT, min_size=2, max_size=4, unique=True), max_size=4), st.integers(0, 99)
)
@settings(max_examples=60, deadline=None)
def test_streets_not_yet_built_change_no_walk(lines: list, seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = network_from_streets(sample.grid(3, 3, 100.0))
    longer = extended(network, [Drawn(line(*xy), bridge=seed % 3 == 0) for xy in lines])
    doors = tie(network, rng.uniform(-20, 320, (3, 2)) + sample.ORIGIN)
    homes = tie(network, rng.uniform(-20, 320, (30, 2)) + sample.ORIGIN)
    before = cut(network, Entrances.at_spots(network, doors))
    after = cut(longer.network, Entrances.at_spots(longer.network, longer.moved(doors)))
    which = np.arange(3)
    walks = walks_from(before, walks_to(before.graph(), which), homes)[0]
    again = walks_from(after, walks_to(after.graph(), which), longer.moved(homes))[0]
    assert np.array_equal(walks, again)
    moved = longer.moved(homes)
    spots = network.points_along(homes.edge, homes.along_m)
    assert np.allclose(spots, longer.network.points_along(moved.edge, moved.along_m), atol=1e-6)


@given(st.lists(st.lists(SPOT, min_size=2, max_size=4, unique=True), max_size=4))
@settings(max_examples=60, deadline=None)
def test_pieces_add_up_and_new_edges_are_as_long_as_drawn(lines: list) -> None:
    network = network_from_streets(sample.grid(3, 3, 100.0))
    longer = extended(network, [Drawn(line(*xy)) for xy in lines])
    found = longer.network
    old = longer.drawn < 0
    assert found.length_m[old].sum() == network.length_m.sum()
    assert (found.closed == ~old).all()
    straight = np.hypot(*(found.xy[found.u] - found.xy[found.v]).T)
    assert np.allclose(found.length_m, straight, atol=SAME_M)
    assert (found.length_m > 0).all()


def test_a_street_joins_all_it_meets_and_a_bridge_only_its_ends() -> None:
    network = network_from_streets(sample.grid(2, 4, 100.0))
    across = line((50, 0), (50, 400))
    assert extended(network, [Drawn(across)]).joins.tolist() == [5]
    assert extended(network, [Drawn(across, bridge=True)]).joins.tolist() == [2]
    short = line((50, 14), (50, 86))
    assert extended(network, [Drawn(short)]).joins.tolist() == [2]
    far = line((50, 16), (50, 84))
    assert extended(network, [Drawn(far)]).joins.tolist() == [0]


def test_two_drawn_streets_meet_where_they_cross() -> None:
    network = network_from_streets(sample.grid(1, 1, 200.0))
    cross = [Drawn(line((0, 0), (200, 200))), Drawn(line((0, 200), (200, 0)))]
    longer = extended(network, cross)
    assert len(longer.network.xy) == len(network.xy) + 1
    assert np.bincount(longer.drawn[longer.drawn >= 0]).tolist() == [2, 2]


def test_a_gate_is_shut_by_a_stub_at_its_mouth() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (100, 0), (100, 80)]]))
    edge = int(np.flatnonzero(network.length_m == 80.0)[0])
    corner = int(np.intersect1d([network.u[0], network.v[0]], [network.u[1], network.v[1]])[0])
    longer = extended(network, [], np.array([[edge, corner]]))
    (stub,) = longer.stubs
    assert longer.network.length_m[stub] == 1.0
    assert corner in (longer.network.u[stub], longer.network.v[stub])
    shut = replace(longer.network, closed=np.arange(len(longer.network.u)) == stub)
    assert shut.closed.sum() == 1
