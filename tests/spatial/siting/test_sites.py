"""Candidate sites laid out: what they give equals measuring the town with them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers import sample
from spatial.built import built
from spatial.coverage import measure
from spatial.facilities import Counted, counted
from spatial.network import network_from_streets
from spatial.population import homes_on
from spatial.profiles import chosen
from spatial.siting.sites import lay_out, propose, spots_in_gaps

PARK, BUS = chosen(["park_500m", "bus_stop_500m"], {})


@pytest.fixture(scope="module")
def town() -> tuple:
    rng = np.random.default_rng(7)
    private = sample.streets([[(200, 250), (290, 250)]], private=True)
    streets = pd.concat([sample.grid(12, 6, 100.0), private], ignore_index=True)
    network = network_from_streets(streets)
    homes = homes_on(network, sample.homes(rng.uniform(0, 600, (80, 2)).tolist(), [2.0] * 80))
    parks = counted(sample.facilities([shapely.box(10, 10, 95, 95)], "park"), PARK)
    stops = counted(sample.facilities([(0, 0)], "bus_stop"), BUS)
    return network, homes, measure(network, homes, [(PARK, parks), (BUS, stops)])


def test_spots_lie_on_public_streets_in_reach_of_the_gaps(town: tuple) -> None:
    network, homes, (_, bus) = town
    spots = spots_in_gaps(bus, homes)
    lines = shapely.union_all(network.lines[network.through])
    assert shapely.distance(spots, lines).max() < 1e-6
    unserved = shapely.points(homes.xy[~bus.served])
    assert shapely.distance(spots, shapely.union_all(unserved)).max() <= 500.0
    few = spots_in_gaps(bus, homes, most=40)
    assert 10 < len(few) <= 40
    assert len(spots) > 100


@pytest.mark.parametrize("which", [0, 1])
def test_sites_built_give_what_measuring_with_them_gives(town: tuple, which: int) -> None:
    network, homes, coverages = town
    today, standard = coverages[which], (PARK, BUS)[which]
    shapes = [shapely.box(310, 110, 390, 190), (600, 300), shapely.box(405, 405, 495, 595)]
    land = sample.facilities(shapes, standard.category).geometry
    sites = lay_out(land, today, homes)
    order = np.array([2, 0, 1])
    walks = sites.walks_after(order)
    for count in range(4):
        new = gpd.GeoDataFrame(
            {
                "facility": [str(k) for k in range(count)],
                "name": None,
                "category": standard.category,
            },
            geometry=land.iloc[order[:count]].to_numpy(),
            crs=network.crs,
        )
        places = pd.concat([today.facilities.places, new], ignore_index=True)
        again = measure(network, homes, [(standard, Counted(gpd.GeoDataFrame(places), 0))])[0]
        assert np.array_equal(walks[count], np.nan_to_num(again.walk_m, nan=np.inf))
    inside = np.concatenate([sites.inside(k) for k in range(3)])
    whole = built(today, homes, None, sites.doors, inside)
    assert np.array_equal(whole.walk_m, walks[-1])
    people = sites.gained_alone()
    served = walks[:2] <= 500.0
    assert people[2] == homes.weight[served[1] & ~served[0]].sum()


def test_a_site_without_a_street_reaches_nobody(town: tuple) -> None:
    _, homes, coverages = town
    land = sample.facilities([(5000, 5000), (300, 300)], "bus_stop").geometry
    sites = lay_out(land, coverages[1], homes)
    assert sites.without_entrance.tolist() == [True, False]
    near = sites.catchments(500.0)
    assert np.diff(near.first)[0] == 0
    assert np.diff(near.first)[1] > 0


def test_two_nodes_in_one_place_stop_nobody() -> None:
    """Real extracts hold streets whose vertices are two nodes at the very same coordinates."""
    refs = [np.array([1, 2, 3, 4])]
    lines = sample.streets([[(0, 0), (400, 0), (400, 0), (900, 0)]], refs=refs)
    network = network_from_streets(lines)
    homes = homes_on(network, sample.homes([(700, 0), (890, 5)]))
    stops = counted(sample.facilities([(0, 0)], "bus_stop"), BUS)
    today = measure(network, homes, [(BUS, stops)])[0]
    sites = lay_out(gpd.GeoSeries(spots_in_gaps(today, homes), crs=network.crs), today, homes)
    assert sites.gained_alone().max() == 2.0


def test_whoever_a_public_street_could_serve_is_reached_however_few_spots(town: tuple) -> None:
    network, homes, (_, bus) = town
    sites = propose(bus, homes, most=1)
    reached = np.zeros(len(homes.weight), dtype=bool)
    reached[sites.catchments(500.0).home] = True
    left = ~reached & ~bus.served
    assert 1 < len(sites.places) < 40
    assert not (left & homes.ties.tied & network.through[homes.ties.edge]).any()
    nowhere = propose(bus, homes, spoiled=lambda spots: np.ones(len(spots), dtype=bool))
    assert len(nowhere.places) == 0
