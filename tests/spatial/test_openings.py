"""Which openings are found, worked out by hand: one town for each kind, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers import sample
from spatial.errors import InputError
from spatial.nearness import Nearness, nearness
from spatial.openings import OPENINGS, OpeningRule, Openings, openings
from spatial.reach import NONE
from spatial.ties import Ties
from tests.link_towns import Line, Town, random_town, town

EAST_WEST: list[Line] = [[(0, 0), (0, 400)], [(40, 0), (40, 400)]]
"""Two streets side by side that meet nowhere."""


def found_in(
    one: Town, rule: OpeningRule | None = None, footprints: list[shapely.Polygon] | None = None
) -> Openings:
    shapes = None
    if footprints is not None:
        moved = [shapely.transform(shape, lambda xy: xy + sample.ORIGIN) for shape in footprints]
        shapes = np.array(moved, dtype=object)
    near = nearness(one.coverage, one.homes)
    return openings(
        near, one.coverage.facilities.places, one.barriers, rule=rule, footprints=shapes
    )


def lines_of(found: Openings) -> list[list[list[float]]]:
    """The two ends of each opening, metres from the town's origin."""
    ends = np.stack([found.xy_a, found.xy_b], axis=1) - sample.ORIGIN
    return np.round(ends, 3).tolist()


def nearest(found: Openings) -> Openings:
    """The opening that brings the facility nearest to its own end."""
    return found[np.array([int(np.argmin(found.arrive_m))])]


@pytest.mark.parametrize(
    ("walls", "kind", "crosses"),
    [
        (None, "gap", None),
        ([("wall", [(20, -50), (20, 500)])], "wall", "wall"),
        (
            [("water", [(10, -50), (30, -50), (30, 500), (10, 500), (10, -50)])],
            "footbridge",
            "water",
        ),
        ([("railway", [(20, -50), (20, 500)])], "crossing", "railway"),
        ([("motorway", [(20, -50), (20, 500)])], "crossing", "motorway"),
    ],
)
def test_two_streets_side_by_side(walls: object, kind: str, crosses: str | None) -> None:
    one = town(EAST_WEST, [(0, 200)], stops=[(40, 200)], walls=walls)  # type: ignore[arg-type]
    best = nearest(found_in(one))
    assert best.kind.tolist() == [kind]
    assert best.crosses.tolist() == [crosses]
    assert lines_of(best) == [[[0, 200], [40, 200]]]
    assert (best.built_m.tolist(), best.arrive_m.tolist()) == ([40], [40])
    assert best.facility.tolist() == [NONE]
    assert kind in OPENINGS


def test_a_dead_end_to_the_next_street() -> None:
    lines: list[Line] = [[(0, 0), (0, 400)], [(-300, 200), (-45, 200)]]
    one = town(lines, [(-100, 200)], stops=[(0, 200)])
    best = nearest(found_in(one))
    assert best.kind.tolist() == ["dead_end"]
    assert lines_of(best) == [[[-45, 200], [0, 200]]]


def test_a_gate_in_the_wall_of_a_compound() -> None:
    """The compound is entered from the far side; its lane runs along the public street."""
    lines: list[Line] = [
        [(0, 0), (0, 400)],
        [(0, 0), (-500, 0), (-500, 200)],
        [(-500, 200), (-20, 200), (-20, 300)],
    ]
    wall = [("wall", [(-10, 100), (-10, 350)])]
    one = town(lines, [(-20, 250)], stops=[(0, 250)], walls=wall, private=[False, False, True])
    best = nearest(found_in(one))
    assert best.kind.tolist() == ["compound_gate"]
    assert best.crosses.tolist() == ["wall"]
    assert lines_of(best) == [[[-20, 250], [0, 250]]]


def test_no_gate_leads_from_one_compound_into_another() -> None:
    one = town(EAST_WEST, [(0, 200)], stops=[(40, 200)], private=[True, True])
    assert len(found_in(one)) == 0


def test_a_gate_in_the_wall_of_a_park() -> None:
    park = shapely.box(20, 100, 300, 300)
    wall = [("wall", [(10, 0), (10, 400)])]
    lines: list[Line] = [[(0, 0), (0, 400)], [(0, 0), (400, 0), (400, 200)]]
    one = town(lines, [(0, 200)], parks=[park], gates=[(300, 200)], walls=wall)
    found = found_in(one)
    assert set(found.kind) == {"gate"}
    assert set(found.built_m) >= {20.0}
    assert found.leads_in.all()
    assert not found.b.tied.any()
    assert set(found.crosses) == {"wall"}
    spots = lines_of(found)
    assert [[0, 200], [20, 200]] in spots
    assert all(xb >= 20 and xa == 0 for (xa, _), (xb, _) in spots)


def test_a_bench_of_a_park_that_is_entered_near_by_gets_no_gate() -> None:
    park = shapely.box(20, 100, 300, 300)
    one = town(
        [[(0, 0), (0, 200), (0, 400)], [(0, 200), (100, 200)]],
        [(0, 390)],
        parks=[park],
        reach_m=115,
    )
    assert one.coverage.doors.kind.tolist() == ["crossing"]
    found = found_in(one)
    ys = [ya for (_, ya), _ in lines_of(found)]
    assert ys, "a gate by the park's corner brings the home at the street's end within reach"
    assert max(abs(y - 200) for y in ys) > 60


def test_what_leads_nobody_within_reach_is_left_out() -> None:
    stop = [(40.0, 200.0)]
    assert len(found_in(town(EAST_WEST, [(0, 200)], stops=stop)))
    assert not len(found_in(town(EAST_WEST, [(40, 200)], stops=stop))), "served already"
    assert not len(found_in(town(EAST_WEST, [(0, 200)], stops=stop, reach_m=39))), "too far still"
    assert not len(found_in(town(EAST_WEST, [(0, 200)], stops=stop, weights=[0.0]))), "nobody"
    assert not len(found_in(town(EAST_WEST, [(0, 200)], stops=[]))), "no facility"


def test_the_home_on_the_very_street_of_the_opening_counts() -> None:
    """It stands on the middle of a long street: its ends are far beyond reach."""
    lines: list[Line] = [[(0, -900), (0, 900)], [(40, -900), (40, 900)]]
    one = town(lines, [(-3, 10)], stops=[(40, 10)], reach_m=60)
    best = nearest(found_in(one))
    assert lines_of(best) == [[[0, 10], [40, 10]]]
    assert not len(found_in(town(lines, [(-3, 10)], stops=[(40, 10)], reach_m=42)))


def test_links_are_no_longer_than_asked() -> None:
    far: list[Line] = [[(0, 0), (0, 400)], [(100, 0), (100, 400)]]
    river = [("water", [(50.0, -50.0), (50.0, 500.0)])]
    assert not len(found_in(town(far, [(0, 200)], stops=[(100, 200)])))
    assert len(found_in(town(far, [(0, 200)], stops=[(100, 200)]), OpeningRule(link_m=100)))
    over = town(far, [(0, 200)], stops=[(100, 200)], walls=river)
    assert set(found_in(over).kind) == {"footbridge"}
    assert not len(found_in(over, OpeningRule(bridge_m=99)))


def test_near_on_foot_is_no_missing_link() -> None:
    """The way round is 40 + 2 y: an opening at y saves 2 y."""
    lines: list[Line] = [[(0, 400), (0, 0), (40, 0), (40, 400)]]
    one = town(lines, [(0, 300)], stops=[(40, 300)])
    for saves_m in (30.0, 200.0, 500.0):
        found = found_in(one, OpeningRule(saves_m=saves_m))
        saved = 2 * (found.xy_a[:, 1] - sample.ORIGIN[1])
        assert (len(found) == 0) or saved.min() >= saves_m
    near = found_in(replace_reach(one, 620.0), OpeningRule(saves_m=641.0))
    assert len(near) == 0


def replace_reach(one: Town, reach_m: float) -> Town:
    return replace(one, coverage=replace(one.coverage, reach_m=reach_m))


def test_nothing_is_built_through_a_home() -> None:
    one = town(EAST_WEST, [(0, 200)], stops=[(40, 200)])
    home = shapely.box(15, 150, 25, 250)
    found = found_in(one, footprints=[home])
    assert len(found)
    lines = shapely.linestrings(np.stack([found.xy_a, found.xy_b], axis=1) - sample.ORIGIN)
    assert not shapely.intersects(lines, shapely.buffer(home, -0.01)).any()
    assert not len(found_in(one, footprints=[shapely.box(15, -50, 25, 450)]))
    beside = [shapely.box(0, -50, -10, 450), shapely.box(40, -50, 50, 450)]
    assert len(found_in(one, footprints=beside)), "walls of homes that only touch are none"


def test_no_street_is_skipped_but_by_a_bridge() -> None:
    """A lane in the middle that leads nowhere: one joins it first."""
    lines: list[Line] = [*EAST_WEST, [(20, -100), (20, 500)]]
    one = town(lines, [(0, 200)], stops=[(40, 200)])
    assert not len(found_in(one))
    river = [("water", [(10.0, -150.0), (10.0, 550.0)])]
    assert set(found_in(town(lines, [(0, 200)], stops=[(40, 200)], walls=river)).kind) == {
        "footbridge"
    }


@pytest.mark.parametrize("column", ["bridge", "tunnel"])
def test_openings_begin_and_end_on_the_ground(column: str) -> None:
    for high in ([True, False], [False, True]):
        one = town(EAST_WEST, [(0, 200)], stops=[(40, 200)], **{column: high})
        assert not len(found_in(one))


def test_no_opening_leads_to_a_closed_street() -> None:
    one = town(EAST_WEST, [(0, 200)], stops=[(40, 200)])
    near = nearness(one.coverage, one.homes)
    for shut in ([True, False], [False, True]):
        network = replace(near.network, closed=np.array(shut))
        shut_near = replace(near, stretches=replace(near.stretches, network=network))
        assert not len(openings(shut_near, one.coverage.facilities.places))


def test_streets_that_touch_without_meeting_are_joined_at_a_point() -> None:
    lines: list[Line] = [[(0, 0), (400, 0)], [(200, 0.0), (200, 400)]]
    nodes = [np.array([1, 2]), np.array([3, 4])]  # ways of OSM, say: they meet only at nodes
    one = town(lines, [(200, 300)], stops=[(200, 0)], refs=nodes)
    best = nearest(found_in(one))
    assert best.built_m.tolist() == [0]
    assert best.geometry[0].geom_type == "Point"
    assert shapely.get_type_id(found_in(one).geometry).max() <= 1


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_streets_and_their_direction_change_nothing(seed: int) -> None:
    found, again = (found_in(random_town(seed, mixed=mixed)) for mixed in (False, True))
    assert len(found)
    assert lines_of(found) == lines_of(again)
    for column in ("kind", "built_m", "arrive_m", "crosses", "facility"):
        np.testing.assert_array_equal(getattr(found, column), getattr(again, column))


def test_the_fields_are_what_is_walked() -> None:
    """Along one street: the stop at 100, homes at 700 (unserved) and 150."""
    one = town([[(0, 0), (1000, 0)]], [(700, 5), (150, 0)], stops=[(100, 0)])
    near = nearness(one.coverage, one.homes)
    spots = Ties(np.zeros(3, dtype=np.int64), np.array([40.0, 300.0, 900.0]), np.zeros(3))
    assert near.gaining_m(spots).tolist() == [60, 200, 800]
    assert near.giving_m(spots).tolist() == [60, 200, 800]
    truth = np.array([665.0, 405.0, 205.0])
    assert (near.wanting_m(spots) <= truth).all()
    at_stop = Ties(np.array([0]), np.array([1000.0]), np.zeros(1))
    assert near.wanting_m(at_stop).tolist() == [305]


def test_from_inside_a_compound_only_its_own_facility_can_be_given() -> None:
    lines: list[Line] = [[(0, 0), (0, 200), (0, 400)], [(0, 200), (100, 200)]]
    one = town(lines, [(0, 390)], stops=[(0, 0)], private=[False, True], reach_m=100)
    near: Nearness = nearness(one.coverage, one.homes)
    lane = int(np.flatnonzero(~near.network.through)[0])
    inside = Ties(np.array([lane]), np.array([50.0]), np.zeros(1))
    assert near.gaining_m(inside).tolist() == [250]
    assert near.giving_m(inside).tolist() == [np.inf]


@pytest.mark.parametrize("name", ["gate_m", "link_m", "bridge_m", "step_m", "floor_m", "saves_m"])
def test_lengths_must_be_lengths(name: str) -> None:
    with pytest.raises(InputError, match=name):
        OpeningRule(**{name: -1.0})
    with pytest.raises(InputError, match=name):
        OpeningRule(**{name: float("nan")})
