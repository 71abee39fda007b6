"""Where parks, grounds and points are entered."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers import sample
from spatial.barriers import NO_BARRIERS, Barriers
from spatial.entrances import Entrances, anywhere, entrances
from spatial.network import network_from_streets

PARK = shapely.box(100, 100, 300, 300)


def entered(
    lines: list[list[tuple[float, float]]],
    shapes: list[object],
    gates: list[tuple[float, float]] | None = None,
    barriers: Barriers = NO_BARRIERS,
    **columns: object,
) -> Entrances:
    network = network_from_streets(sample.streets(lines, **columns), tolerance_m=0.001)
    spots = np.add(gates, sample.ORIGIN) if gates else None
    return entrances(network, sample.facilities(shapes, "park"), gates=spots, barriers=barriers)


def spots(found: Entrances) -> list[list[float]]:
    return (found.xy - sample.ORIGIN).tolist()


def test_a_path_through_the_park_enters_it_twice() -> None:
    found = entered([[(0, 200), (400, 200)]], [PARK])
    assert found.kind.tolist() == ["crossing", "crossing"]
    assert spots(found) == [[100, 200], [300, 200]]
    assert found.ties.leg_m.tolist() == [0, 0]


def test_a_given_gate_is_the_only_way_in() -> None:
    found = entered([[(0, 200), (400, 200)]], [PARK], gates=[(95, 250)])
    assert found.kind.tolist() == ["given"]
    assert spots(found) == [[100, 250]], "moved onto the edge, so no walk ends short of the park"
    assert found.ties.leg_m.tolist() == [50]


def test_a_gate_inside_the_park_stays_where_it_is() -> None:
    assert spots(entered([[(0, 200), (400, 200)]], [PARK], gates=[(120, 200)])) == [[120, 200]]


def test_a_gate_far_from_any_park_belongs_to_none() -> None:
    found = entered([[(0, 200), (400, 200)]], [PARK], gates=[(60, 200)])
    assert found.kind.tolist() == ["crossing", "crossing"]


def test_a_gate_without_a_street_leaves_the_crossings() -> None:
    small = shapely.box(1000, 1000, 1100, 1100)
    found = entered([[(0, 200), (400, 200)]], [PARK, small], gates=[(1000, 1050)])
    assert found.kind.tolist() == ["crossing", "crossing"]
    assert found.facility.tolist() == [0, 0]


@pytest.mark.parametrize("kind", ["bridge", "tunnel"])
def test_a_bridge_over_the_park_is_no_entrance(kind: str) -> None:
    lines = [[(0, 200), (400, 200)], [(400, 200), (400, 0)], [(80, 0), (80, 150)]]
    found = entered(lines, [PARK], **{kind: [True, False, False]})
    assert found.kind.tolist() == ["fallback"]
    assert found.ties.leg_m.tolist() == [20]


@pytest.mark.parametrize(("gap_m", "kinds"), [(29.9, ["fallback"]), (30.1, [])])
def test_the_nearest_street_serves_within_thirty_metres(gap_m: float, kinds: list[str]) -> None:
    found = entered([[(100 - gap_m, 0), (100 - gap_m, 400)]], [PARK])
    assert found.kind.tolist() == kinds


@pytest.mark.parametrize(("gap_m", "kinds"), [(15.0, {"street side"}), (15.1, {"fallback"})])
def test_a_street_beside_the_park_enters_it_all_along(gap_m: float, kinds: set[str]) -> None:
    found = entered([[(100 - gap_m, 0), (100 - gap_m, 400)]], [PARK])
    assert set(found.kind) == kinds
    if kinds == {"street side"}:
        y = sorted(y for _, y in spots(found))
        assert (y[0], y[-1]) == (100, 300)
        assert max(np.diff(y)) <= 10
        assert set(found.ties.leg_m) == {gap_m}


def test_a_way_in_makes_the_street_beside_it_none() -> None:
    """Who has a crossing has no need of stepping over the edge."""
    found = entered([[(90, 0), (90, 400)], [(400, 200), (200, 200)]], [PARK])
    assert spots(found) == [[300, 200]]


@pytest.mark.parametrize("kind", ["wall", "water"])
@pytest.mark.parametrize("gap_m", [10.0, 25.0])
def test_no_wall_or_water_lies_between_street_and_park(kind: str, gap_m: float) -> None:
    """A wall on the very edge of the park's southern half: only the northern half is open."""
    wall = sample.barriers([(kind, [(100, 0), (100, 200)])])
    found = entered([[(100 - gap_m, 0), (100 - gap_m, 400)]], [PARK], barriers=wall)
    assert len(found) > 0
    assert min(y for _, y in spots(found)) >= 200


def test_a_gate_behind_a_wall_takes_the_street_on_its_own_side() -> None:
    wall = sample.barriers([("wall", [(95, 0), (95, 400)])])
    lines = [[(90, 0), (90, 400)], [(400, 0), (400, 400)]]
    near = entered(lines, [shapely.box(100, 100, 350, 300)], gates=[(100, 200)])
    assert near.ties.leg_m.tolist() == [10]
    walled = entered(
        lines, [shapely.box(100, 100, 350, 300)], gates=[(100, 200), (350, 200)], barriers=wall
    )
    assert spots(walled) == [[350, 200]]
    assert walled.ties.leg_m.tolist() == [50]


def test_anywhere_is_the_upper_bound_of_every_rule() -> None:
    lines = [[(90, 0), (90, 400)], [(400, 200), (200, 200)]]
    network = network_from_streets(sample.streets(lines))
    wide = anywhere(network, sample.facilities([PARK], "park"))
    assert {x for x, _ in spots(wide)} >= {100, 300}


def test_a_street_along_the_edge_enters_at_both_ends_of_what_it_shares() -> None:
    found = entered([[(100, 0), (100, 400)]], [PARK])
    assert spots(found) == [[100, 100], [100, 300]]


def test_a_path_that_ends_at_the_edge_enters_there() -> None:
    assert spots(entered([[(0, 150), (100, 150)]], [PARK])) == [[100, 150]]


def test_a_file_that_rounds_to_centimetres_changes_no_entrance() -> None:
    """The park drawn 2 cm off the street that is its edge, and a path that ends 2 cm short."""
    park = shapely.box(100.02, 100, 300, 300)
    along = entered([[(100, 0), (100, 400)]], [park])
    np.testing.assert_allclose(spots(along), [[100.02, 100], [100.02, 300]], atol=0.05)
    short = entered([[(0, 150), (100, 150)]], [park])
    assert set(short.kind) == {"crossing"}
    np.testing.assert_allclose(spots(short), [[100.02, 150]] * len(short), atol=0.05)


def test_a_shared_node_on_the_edge_is_one_entrance() -> None:
    lines = [[(0, 150), (100, 150)], [(100, 150), (200, 150)]]
    assert spots(entered(lines, [PARK])) == [[100, 150]]


def test_the_shore_of_a_hole_is_an_edge_too() -> None:
    ring = PARK.difference(shapely.box(150, 150, 250, 250))
    found = entered([[(0, 200), (400, 200)]], [ring])
    assert [x for x, _ in spots(found)] == [100, 150, 250, 300]


def test_points_are_entered_where_they_stand_if_a_street_is_near() -> None:
    found = entered([[(0, 0), (400, 0)]], [(100, 99), (200, 101)])
    assert found.facility.tolist() == [0]
    assert found.kind.tolist() == ["given"]
    assert found.ties.leg_m.tolist() == [99]


def test_no_facilities_have_no_entrances() -> None:
    assert len(entered([[(0, 0), (400, 0)]], [])) == 0
