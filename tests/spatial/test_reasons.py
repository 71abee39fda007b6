"""Why a home is unserved: one town for each reason, and a split without rest."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import sample
from spatial.barriers import KINDS, NO_BARRIERS, Barriers
from spatial.coverage import Coverage, measure
from spatial.facilities import Counted
from spatial.network import network_from_streets
from spatial.population import Homes, homes_on
from spatial.reasons import REASONS, people_by_reason, reasons
from spatial.standards import ServiceStandard, Source
from spatial.zones import by_zone

SOURCE = Source("test", "-", None, "U")
Spot = tuple[float, float]
TWO_BANKS = [[(0, 0), (2000, 0)], [(0, 100), (2000, 100)], [(2000, 0), (2000, 100)]]


def measured(
    lines: list[list[Spot]],
    homes: list[Spot],
    places: list[object],
    category: str = "shop",
    barriers: Barriers = NO_BARRIERS,
) -> tuple[Homes, Coverage]:
    network = network_from_streets(sample.streets(lines), tolerance_m=0.01)
    at_home = homes_on(network, sample.homes(homes), barriers=barriers)
    one = ServiceStandard("x", "x", "x", category, 500, SOURCE, target_share=0.5)
    counted = Counted(sample.facilities(places, category), 0)
    return at_home, measure(network, at_home, [(one, counted)], barriers=barriers)[0]


def why(homes: Homes, found: Coverage, barriers: Barriers = NO_BARRIERS) -> list[str | None]:
    uncertain = np.zeros(len(homes.xy), dtype=bool)
    return reasons(found, homes, barriers, uncertain).tolist()


def test_served_too_far_and_unconnected() -> None:
    homes, found = measured(TWO_BANKS, [(500, 0), (1500, 0), (500, -150)], [(600, 0)])
    assert why(homes, found) == [None, "too_far", "unconnected"]


def test_too_far_near_the_end_of_the_data_may_be_served_from_beyond() -> None:
    homes, found = measured(TWO_BANKS, [(1500, 0)], [(600, 0)])
    assert reasons(found, homes, NO_BARRIERS, np.array([True])).tolist() == ["data_end"]


def test_an_island_leads_nowhere() -> None:
    homes, found = measured([[(0, 0), (500, 0)], [(0, 90), (500, 90)]], [(250, 90)], [(250, 0)])
    assert why(homes, found) == ["island"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_detour_names_what_lies_between(kind: str) -> None:
    between = sample.barriers([(kind, [(-50, 50), (1900, 50)])])
    homes, found = measured(TWO_BANKS, [(1000, 0)], [(1000, 100)], barriers=between)
    assert found.walk_m.tolist() == [2100]
    assert why(homes, found, between) == [f"detour_{kind}"]


def test_a_detour_around_nothing_is_a_large_block() -> None:
    homes, found = measured(TWO_BANKS, [(1000, 0)], [(1000, 100)])
    assert why(homes, found) == ["detour_block"]


def test_a_park_near_by_with_its_way_in_far_off_lacks_an_entrance() -> None:
    """The park lies 20 m beside the street; its only path leaves from the far end."""
    streets = [[(0, 0), (2000, 0)], [(2000, 0), (2000, 50), (1900, 50)]]
    homes, found = measured(streets, [(1000, 0)], [shapely.box(900, 20, 1950, 200)], "park")
    assert found.walk_m[0] > 500
    assert why(homes, found) == ["entrance"]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_gap_splits_into_reasons_without_rest(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lines = rng.uniform(0, 1500, (15, 2, 2)).tolist()
    walls = [("wall", wall) for wall in rng.uniform(0, 1500, (5, 2, 2)).tolist()]
    barriers = sample.barriers(walls)
    spots = rng.uniform(0, 1500, (40, 2)).tolist()
    homes, found = measured(lines, spots, rng.uniform(0, 1500, (3, 2)).tolist(), barriers=barriers)
    reason = reasons(found, homes, barriers, rng.random(40) < 0.2)
    assert [one is None for one in reason] == found.served.tolist()
    assert {one for one in reason if one} <= set(REASONS)
    split = people_by_reason(homes, reason, ~found.served & found.straight_served)
    gap = homes.people(found.straight_served) - homes.people(found.served)
    assert sum(split.values()) == pytest.approx(gap)
    assert not {"too_far", "data_end"} & set(split)


def test_zones_add_up_and_meet_their_target() -> None:
    homes, found = measured(TWO_BANKS, [(500, 0), (700, 0), (1500, 0), (1900, 0)], [(600, 0)])
    west, east, empty = (shapely.box(x, -10, x + 1000, 200) for x in (0, 1000, 5000))
    zones = sample.facilities([west, east, empty], "zone", ["西", "东", "空"])
    table = by_zone(zones, homes, [found])
    assert table["zone"].tolist() == ["西", "东", "空"]
    assert table["people"].tolist() == [2, 2, 0]
    assert table["x_served"].tolist() == [2, 0, 0]
    assert table["x_share"].tolist()[:2] == [1, 0]
    assert np.isnan(table["x_share"][2])
    assert table["x_target_met"].tolist() == [True, False, None]


def test_a_home_on_a_border_is_counted_once() -> None:
    homes, found = measured(TWO_BANKS, [(1000, 0)], [(600, 0)])
    halves = sample.facilities(
        [shapely.box(0, -10, 1000, 200), shapely.box(1000, -10, 2000, 200)], "zone", ["a", "b"]
    )
    assert by_zone(halves, homes, [found])["homes"].tolist() == [1, 0]
