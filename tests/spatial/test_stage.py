"""Changes tried on the stage: hand-worked towns, random ones, and the whole measured again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layers import sample
from spatial.barriers import NO_BARRIERS
from spatial.coverage import measure
from spatial.effects import Present
from spatial.errors import InputError
from spatial.facilities import counted
from spatial.network import network_from_streets
from spatial.population import homes_on
from spatial.profiles import chosen
from spatial.scenario import Change, Scenario, compare, differences, equal_afresh
from spatial.stage import afresh, stage
from tests.random_changes import random_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

PARK, BUS = chosen(["park_500m", "bus_stop_500m"], {})


def at(x: float, y: float) -> shapely.Point:
    """A point of a made-up town."""
    return shapely.Point(np.add((x, y), sample.ORIGIN))


def line(*xy: tuple[float, float]) -> shapely.LineString:
    """A line of a made-up town."""
    return shapely.LineString(np.add(xy, sample.ORIGIN))


def box(*bounds: float) -> shapely.Polygon:
    """A rectangle of a made-up town."""
    low, high = np.add(bounds[:2], sample.ORIGIN), np.add(bounds[2:], sample.ORIGIN)
    return shapely.box(*low, *high)


def present(
    streets: gpd.GeoDataFrame,
    homes: gpd.GeoDataFrame,
    parks: gpd.GeoDataFrame | None = None,
    stops: gpd.GeoDataFrame | None = None,
) -> Present:
    """Measure a made-up town."""
    network = network_from_streets(streets)
    people = homes_on(network, homes)
    places = {
        PARK: parks if parks is not None else sample.facilities([], "park"),
        BUS: stops if stops is not None else sample.facilities([], "bus_stop"),
    }
    demands = [(one, counted(some, one)) for one, some in places.items()]
    return Present(network, people, measure(network, people, demands), NO_BARRIERS, 100.0)


def walks(there: Present, *changes: Change, standard: int = 1) -> list[float]:
    """Metres walked with all changes, which must be what measuring from scratch gives."""
    laid = stage(there, changes)
    every = range(len(changes))
    found = laid.walks_with(standard, every)
    assert np.array_equal(found, afresh(laid, standard, every))
    return found.tolist()


def stop_town() -> Present:
    """A street of 1,000 m with a stop at its west end, and homes every 250 m, 10 m beside it."""
    homes = sample.homes([(x, 10) for x in (0, 250, 500, 750, 1000)], [1, 2, 3, 4, 5])
    streets = sample.streets([[(0, 0), (1000, 0)]], name="Main Street")
    return present(streets, homes, stops=sample.facilities([(0, 0)], "bus_stop", ["West"]))


def test_a_stop_added_moved_and_removed() -> None:
    there = stop_town()
    assert walks(there) == [10.0, 260.0, 510.0, 760.0, 1010.0]
    east = Change("add_facility", "East", geometry=at(1000, -5), category="bus_stop")
    assert walks(there, east) == [10.0, 260.0, 510.0, 265.0, 15.0]
    middle = Change("move_facility", "to the middle", geometry=at(500, 0), target="West")
    assert walks(there, middle) == [510.0, 260.0, 10.0, 260.0, 510.0]
    gone = Change("remove_facility", "gone", target="West")
    assert walks(there, gone) == [np.inf] * 5
    assert walks(there, gone, east) == [1015.0, 765.0, 515.0, 265.0, 15.0]


def test_a_removal_drawn_takes_the_nearest() -> None:
    there = stop_town()
    gone = Change("remove_facility", "gone", geometry=at(20, 10), category="bus_stop")
    assert walks(there, gone) == [np.inf] * 5
    with pytest.raises(InputError, match="finds no facility within 50 m"):
        stage(there, [replace(gone, geometry=at(80, 10))])


def comb() -> Present:
    """Two streets 200 m apart, joined at their west ends; the stop is at the south-east end."""
    streets = sample.streets(
        [[(0, 0), (600, 0)], [(0, 0), (0, 200)], [(0, 200), (600, 200)]],
        name=["South", "West", "North"],
    )
    homes = sample.homes([(600, 210), (300, 210)], [7, 2])
    return present(streets, homes, stops=sample.facilities([(600, 0)], "bus_stop"))


def test_a_street_added_joins_what_it_meets() -> None:
    there = comb()
    assert walks(there) == [10 + 600 + 200 + 600, 10 + 300 + 200 + 600]
    link = Change("add_street", "link", geometry=line((600, 200), (600, 0)))
    assert walks(there, link) == [210.0, 510.0]
    short = Change("add_street", "drawn short", geometry=line((600, 190), (600, 8)))
    assert walks(there, short) == [210.0, 510.0]
    midway = Change("add_street", "midway", geometry=line((450, 250), (450, -50)))
    assert walks(there, midway) == [10 + 150 + 200 + 150, 10 + 150 + 200 + 150]
    bridge = replace(midway, kind="bridge", geometry=line((450, 250), (450, 100), (450, -50)))
    with pytest.raises(InputError, match="joins no street"):
        stage(there, [bridge])


def test_a_street_closed_moves_its_homes_to_the_next() -> None:
    there = comb()
    closed = Change("close_street", "closed", target="West")
    assert walks(there, closed) == [np.inf, np.inf]
    link = Change("add_street", "link", geometry=line((600, 200), (600, 0)))
    assert walks(there, closed, link) == [210.0, 510.0]
    streets = sample.streets([[(0, 0), (500, 0)], [(0, 40), (500, 40)], [(0, 0), (0, 40)]])
    two = present(streets, sample.homes([(400, 30)]), stops=sample.facilities([(0, 0)], "bus_stop"))
    assert walks(two) == [10 + 400 + 40]
    north = Change("close_street", "north", geometry=at(400, 41))
    assert walks(two, north) == [450.0], "nobody gains by a street that is closed"
    between = Change("close_street", "between", geometry=at(0, 20))
    assert walks(two, between) == [np.inf]


def test_a_home_may_leave_by_a_nearer_new_street_but_need_not() -> None:
    streets = sample.streets([[(0, 0), (500, 0)]])
    there = present(
        streets, sample.homes([(100, 60)]), stops=sample.facilities([(0, 0)], "bus_stop")
    )
    assert walks(there) == [160.0]
    round_about = Change("add_street", "round", geometry=line((100, 55), (500, 55), (500, 0)))
    assert walks(there, round_about) == [160.0]
    lane = Change("add_street", "lane", geometry=line((100, 55), (0, 55), (0, 0)))
    assert walks(there, lane) == [160.0]
    cut_off = Change("add_street", "cut", geometry=line((100, 60), (0, 0)))
    assert walks(there, cut_off)[0] == pytest.approx(np.hypot(100, 60), abs=1e-5)


def gated() -> Present:
    """A compound lies between the homes and the stop; one walks in at its west, not through."""
    streets = sample.streets(
        [[(0, 0), (0, 150), (0, 300), (300, 300), (300, 0)], [(0, 150), (280, 150)]],
        private=[False, True],
        name=["Around", "Inside"],
    )
    homes = sample.homes([(0, 150), (200, 150)])
    return present(streets, homes, stops=sample.facilities([(300, 150)], "bus_stop"))


def test_compounds_get_gates_and_are_opened() -> None:
    there = gated()
    around = 150 + 300 + 150
    assert walks(there) == [around, 200 + around]
    gate = Change("add_gate", "east gate", geometry=at(290, 150))
    assert walks(there, gate) == [around, 100.0]
    opened = Change("open_gate", "opened", geometry=at(5, 150))
    assert walks(there, gate, opened) == [300.0, 100.0]
    street = Change("open_street", "opened", target="Inside")
    assert walks(there, gate, street) == [300.0, 100.0]
    shut = Change("close_gate", "west gate", geometry=at(0, 150))
    assert walks(there, shut)[1] == np.inf
    with pytest.raises(InputError, match="no gated street within 30 m"):
        stage(there, [replace(opened, geometry=at(150, 300))])


def park_town() -> Present:
    """A park entered only from its south, where a path leads in; homes stand around it."""
    streets = sample.streets(
        [[(0, 0), (200, 0), (400, 0), (400, 400), (0, 400), (0, 0)], [(200, 0), (200, 120)]],
    )
    homes = sample.homes([(200, -10), (200, 410), (200, 200)])
    return present(streets, homes, sample.facilities([shapely.box(100, 100, 300, 380)], "park"))


def test_park_gates_open_and_close() -> None:
    there = park_town()
    assert walks(there, standard=0) == [10 + 100, 10 + 200 + 400 + 200 + 100, 0.0]
    north = Change("add_gate", "north gate", geometry=at(200, 385))
    assert walks(there, north, standard=0) == [110.0, 10 + 20.0, 0.0]
    shut = Change("close_gate", "south gate", geometry=at(200, 95))
    assert walks(there, shut, standard=0) == [np.inf, np.inf, 0.0]
    assert walks(there, shut, north, standard=0) == [10 + 800 + 20.0, 30.0, 0.0]


def test_a_new_park_gets_its_own_gate_and_serves_whom_it_holds() -> None:
    there = stop_town()
    park = Change("add_facility", "park", geometry=box(600, 20, 800, 90), category="park")
    assert walks(there, park, standard=0)[3] == pytest.approx(10 + 20, abs=150)
    small = replace(park, geometry=box(600, 20, 620, 30))
    with pytest.raises(InputError, match="no standard counts a park of that size"):
        stage(there, [small])


def test_people_move_in_and_are_counted_again() -> None:
    there = stop_town()
    estate = Change("add_people", "estate", geometry=at(100, 5), people=40.0)
    more = Change("set_people", "more", geometry=box(200, 0, 300, 20), people=12.0)
    one = compare(there, Scenario("people", (estate, more)), [BUS])[0]
    assert (one.before.people, one.before.total) == (3.0, 15.0)
    assert (one.after.people, one.after.total) == (3 + 40 + 10, 15 + 40 + 10)
    assert (one.settled, one.people(one.gains)) == (50.0, 0.0)
    assert one.alone.tolist() == [40.0, 10.0]


def test_two_stops_for_the_same_people_are_not_counted_twice() -> None:
    there = stop_town()
    stops = [
        Change("add_facility", f"East {x}", geometry=at(x, 0), category="bus_stop")
        for x in (990, 1000)
    ]
    one = compare(there, Scenario("two", tuple(stops)), [BUS])[0]
    assert one.alone.tolist() == [12.0, 9.0]
    assert one.within.tolist() == [3.0, 0.0]
    assert one.after.people - one.before.people == 12.0


def test_what_cannot_be_done_says_so() -> None:
    there = stop_town()
    wrong: Sequence[tuple[Change, str]] = [
        (Change("remove_facility", "x", target="East"), "finds no facility 'East'"),
        (Change("move_facility", "x", geometry=at(0, 0)), "does not say which facility"),
        (Change("add_facility", "x", geometry=at(0, 0), category="school"), "no standard counts"),
        (Change("add_gate", "x", geometry=at(500, 0)), "no park, gated street or wall"),
        (Change("close_gate", "x", geometry=at(500, 90)), "has no entrance or gate within 30 m"),
        (Change("close_street", "x", geometry=at(500, 90)), "finds no street there"),
        (Change("open_street", "x", geometry=at(500, 0)), "finds no gated street"),
        (Change("set_people", "x", geometry=box(0, 50, 9, 60), people=3.0), "holds no home"),
        (Change("add_street", "x", geometry=line((0, 500), (50, 500))), "joins no street"),
        (Change("add_facility", "x", category="bus_stop"), "has no place"),
    ]
    for change, says in wrong:
        with pytest.raises(InputError, match=says):
            stage(there, [replace(change, where="plan.toml, change 1")])


SEEDS = st.integers(0, 10**6)


def town(seed: int) -> tuple[Present, np.random.Generator]:
    """A chessboard with a gated quarter, a few parks and stops, and homes anywhere."""
    rng = np.random.default_rng(seed)
    inside = sample.streets(
        [[(100, 150), (190, 150), (190, 190)], [(310, 300), (350, 330)]], private=True
    )
    streets = pd.concat([sample.grid(4, 4, 100.0), inside], ignore_index=True)
    corners = rng.uniform(0, 300, (3, 2))
    parks: list[BaseGeometry] = [
        shapely.box(*xy, *(xy + rng.uniform(75, 130, 2))) for xy in corners
    ]
    return (
        present(
            streets,
            sample.homes(rng.uniform(-20, 420, (40, 2)).tolist(), rng.integers(1, 9, 40).tolist()),
            sample.facilities(parks, "park"),
            sample.facilities([tuple(xy) for xy in rng.uniform(0, 400, (3, 2))], "bus_stop"),
        ),
        rng,
    )


@given(SEEDS)
@example(501252)  # a gated street opened, and a new one through the compound behind it
@settings(max_examples=25, deadline=None)
def test_any_changes_give_what_measuring_from_scratch_gives(seed: int) -> None:
    there, rng = town(seed)
    changes = random_changes(rng, there, 4)
    laid = stage(there, changes)
    for on in ({0}, {1}, {2}, {3}, {0, 1, 2, 3}, {1, 3}, set()):
        for number in range(2):
            assert np.array_equal(laid.walks_with(number, on), afresh(laid, number, on)), changes
    assert equal_afresh(laid)


ADDS = ("add_facility", "add_gate", "add_street", "open_gate", "open_street")
TAKES = ("remove_facility", "close_gate", "close_street")


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_what_is_added_lengthens_no_walk_and_what_is_taken_shortens_none(seed: int) -> None:
    there, rng = town(seed)
    changes = random_changes(rng, there, 6)
    laid = stage(there, changes)
    for row, change in enumerate(changes):
        for number in range(2):
            before, after = laid.walk_m[number], laid.walks_with(number, {row})
            if change.do in ADDS:
                assert (after <= before).all(), change
            if change.do in TAKES:
                assert (after >= before).all(), change


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_stops_added_and_removed_are_what_measuring_the_other_town_gives(
    seed: int,
) -> None:
    """Nothing of the stage is used: the facilities themselves change, and all is measured again."""
    there, rng = town(seed)
    shape = at(*rng.uniform(0, 400, 2))
    target = f"bus_stop{rng.integers(1, 4)}"
    laid = stage(
        there,
        [
            Change("add_facility", "new", geometry=shape, category="bus_stop"),
            Change("remove_facility", "gone", target=target),
        ],
    )
    places = there.coverages[1].facilities.places
    kept = places[places["facility"] != target]
    new = kept.iloc[:1].assign(facility="new", geometry=[shape])
    after = gpd.GeoDataFrame(pd.concat([kept, new], ignore_index=True), crs=places.crs)
    again = measure(there.network, there.homes, [(BUS, counted(after, BUS))])[0]
    assert np.array_equal(laid.walks_with(1, {0, 1}), np.nan_to_num(again.walk_m, nan=np.inf))
    straight = laid.straight_with(1, {0, 1})
    assert np.array_equal(straight, again.straight_m)


def test_worth_adds_up() -> None:
    """Alone and within are differences of people served: one change has the same of both."""
    there = comb()
    link = Change("add_street", "link", geometry=line((600, 200), (600, 0)))
    one = differences(stage(there, [link]), [BUS])[0]
    assert one.alone.tolist() == one.within.tolist() == [7.0]
    assert one.shorter_m.tolist() == [1410 - 210, 1110 - 510]
