"""Laws of measuring (rule 14): on random towns, and each one tripped by a planted fault."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from layers import sample
from spatial.barriers import NO_BARRIERS
from spatial.coverage import Coverage, measure
from spatial.errors import LawError
from spatial.facilities import Counted
from spatial.laws import EXACT_M, laws, require
from spatial.network import network_from_streets
from spatial.population import homes_on
from spatial.retold import retold, same_when_retold
from spatial.standards import ServiceStandard, Source

REACH_M = 300.0
SOURCE = Source("test", "-", None, "U")
Point = tuple[float, float]

metres = st.integers(0, 600).map(float)
points = st.tuples(metres, metres)
lines = st.lists(points, min_size=2, max_size=4)
towns = st.fixed_dictionaries(
    {
        "lines": st.lists(lines, min_size=1, max_size=12),
        "homes": st.lists(points, min_size=1, max_size=8),
        "places": st.lists(points, min_size=1, max_size=4),
    }
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shop(reach_m: float = REACH_M) -> ServiceStandard:
    return ServiceStandard("shop", "店", "Shop", "shop", reach_m, SOURCE)


def town(
    streets: gpd.GeoDataFrame,
    homes: list[Point],
    places: list[Point] | gpd.GeoDataFrame,
    reach_m: float = REACH_M,
) -> Coverage:
    """Measure the standard `shop` in a made-up town; legs of any length."""
    if isinstance(places, list):
        places = sample.facilities(places, "shop")
    network = network_from_streets(streets, tolerance_m=1e-4, join_crossings=True)
    at_home = homes_on(network, sample.homes(homes), leg_limit_m=np.inf)
    demands = [(shop(reach_m), Counted(places, 0))]
    return measure(network, at_home, demands, leg_limit_m=np.inf)[0]


def with_length(lines: list[list[Point]]) -> gpd.GeoDataFrame:
    """Streets without those of no length."""
    kept = [line for line in lines if len(set(line)) > 1]
    assume(kept)
    return sample.streets(kept)


def same(one: np.ndarray, other: np.ndarray) -> None:
    np.testing.assert_allclose(one, other, atol=1e-3, rtol=0)


@quick
@given(towns)
def test_a_walk_is_never_shorter_than_the_straight_line(it: dict[str, list]) -> None:
    found = town(with_length(it["lines"]), it["homes"], it["places"])
    reached = ~np.isnan(found.walk_m)
    assert (found.walk_m[reached] >= found.straight_m[reached] - 1e-5).all()
    assert (~found.served | found.straight_served).all()


@quick
@given(towns, points)
def test_one_facility_more_lengthens_no_walk(it: dict[str, list], extra: Point) -> None:
    streets = with_length(it["lines"])
    before = town(streets, it["homes"], it["places"]).walk_m
    after = town(streets, it["homes"], [*it["places"], extra]).walk_m
    assert (np.nan_to_num(after, nan=np.inf) <= np.nan_to_num(before, nan=np.inf)).all()


@quick
@given(towns, st.floats(1, 900), st.floats(1, 900))
def test_a_longer_reach_loses_nobody(it: dict[str, list], one_m: float, other_m: float) -> None:
    streets = with_length(it["lines"])
    less, more = sorted((one_m, other_m))
    served_less = town(streets, it["homes"], it["places"], less).served
    assert (town(streets, it["homes"], it["places"], more).served | ~served_less).all()


@quick
@given(towns, st.randoms(use_true_random=False))
def test_order_of_rows_and_direction_of_lines_change_nothing(
    it: dict[str, list], random: object
) -> None:
    streets = with_length(it["lines"])
    order = list(range(len(streets)))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = streets.iloc[order].reset_index(drop=True)
    turned.geometry = shapely.reverse(turned.geometry.to_numpy())
    before = town(streets, it["homes"], it["places"])
    after = town(turned, it["homes"][::-1], it["places"][::-1])
    same(before.walk_m, after.walk_m[::-1])
    assert (before.served == after.served[::-1]).all() or np.isclose(
        before.walk_m, REACH_M, atol=1e-3
    ).any()


@quick
@given(towns, st.floats(1, 50))
def test_split_edges_change_nothing(it: dict[str, list], piece_m: float) -> None:
    streets = with_length(it["lines"])
    finer = streets.assign(geometry=shapely.segmentize(streets.geometry.to_numpy(), piece_m))
    before = town(streets, it["homes"], it["places"])
    same(before.walk_m, town(finer, it["homes"], it["places"]).walk_m)


@quick
@given(towns)
def test_order_of_rows_changes_not_a_bit(it: dict[str, list]) -> None:
    streets = with_length(it["lines"])
    before = town(streets, it["homes"], it["places"]).walk_m
    after = town(streets.iloc[::-1].reset_index(drop=True), it["homes"], it["places"][::-1])
    assert before.tobytes() == after.walk_m.tobytes()


@pytest.fixture
def sound() -> Coverage:
    return town(sample.grid(4, 4, 100.0), [(0, 20), (350, 400)], [(100, 0), (130, 130)])


def holds(one: Coverage) -> dict[str, bool]:
    network = network_from_streets(sample.grid(4, 4, 100.0))
    homes = homes_on(network, sample.homes([(0, 20), (350, 400)]))
    return laws(homes, [one])


def test_a_sound_town_breaks_no_law(sound: Coverage) -> None:
    require(holds(sound))
    assert all(holds(sound).values())


def test_a_walk_through_the_air_is_noticed(sound: Coverage) -> None:
    broken = replace(sound, walk_m=sound.straight_m - 1.0)
    with pytest.raises(LawError, match="walk_not_shorter_than_straight_line"):
        require(holds(broken))


def test_someone_served_beyond_the_circle_is_noticed(sound: Coverage) -> None:
    broken = replace(sound, straight_m=sound.straight_m + REACH_M)
    with pytest.raises(LawError, match="served_on_foot_is_served_straight"):
        require(holds(broken))


def test_an_unconnected_home_counted_as_served_is_noticed(sound: Coverage) -> None:
    network = network_from_streets(sample.grid(4, 4, 100.0))
    far = homes_on(network, sample.homes([(0, 20), (3500, 400)]))
    broken = replace(sound, walk_m=np.array([10.0, 10.0]))
    assert not laws(far, [broken])["people_add_up"]


def test_a_value_beyond_its_bounds_is_noticed(sound: Coverage) -> None:
    broken = replace(sound, high_m=np.full(2, np.nan))
    with pytest.raises(LawError, match="bounds_hold_the_value"):
        require(holds(broken))


def test_a_walk_that_more_entrances_lengthen_is_noticed(sound: Coverage) -> None:
    broken = replace(sound, low_m=sound.walk_m - 1.0)
    with pytest.raises(LawError, match="more_entrances_lengthen_no_walk"):
        require(holds(broken))


def retold_law(one: Coverage) -> bool:
    homes = homes_on(one.stretches.network, sample.homes([(0, 20), (350, 400)]))
    limits = {"gates": None, "barriers": NO_BARRIERS, "leg_limit_m": 100.0}
    return same_when_retold(homes, one, exact_m=EXACT_M, **limits)


def test_streets_told_otherwise_are_the_same_streets(sound: Coverage) -> None:
    network, other = sound.stretches.network, retold(sound.stretches.network)
    assert len(other.u) == 2 * len(network.u)
    assert other.length_m.sum() == network.length_m.sum()
    assert retold_law(sound)


def test_a_walk_that_depends_on_how_streets_are_told_is_noticed(sound: Coverage) -> None:
    assert not retold_law(replace(sound, walk_m=sound.walk_m + 0.01))
