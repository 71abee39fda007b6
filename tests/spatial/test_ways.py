"""The way walked is a line as long as the walk."""

from __future__ import annotations

import numpy as np
import shapely

from layers import sample
from spatial.coverage import Coverage, measure
from spatial.facilities import Counted
from spatial.network import Network, network_from_streets
from spatial.population import Homes, homes_on
from spatial.standards import ServiceStandard, Source
from spatial.ways import ways_walked

SHOP = ServiceStandard("shop", "店", "Shop", "shop", 500, Source("test", "-", None, "U"))


def measured(network: Network, homes: Homes, places: object) -> Coverage:
    return measure(network, homes, [(SHOP, Counted(places, 0))])[0]


def test_a_way_turns_where_the_streets_do() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (300, 0), (300, 400)]]))
    homes = homes_on(network, sample.homes([(10, -5), (300, 200)]))
    found = measured(network, homes, sample.facilities([(310, 390)], "shop"))
    ways = ways_walked(found, homes, np.array([0, 1]))
    xy = shapely.get_coordinates(ways[0]) - sample.ORIGIN
    assert xy.tolist() == [[10, -5], [10, 0], [300, 0], [300, 390], [310, 390]]
    assert shapely.length(ways).tolist() == found.walk_m.tolist()


def test_a_way_out_of_one_compound_and_into_another() -> None:
    lines = [[(0, 0), (0, 100)], [(0, 100), (300, 100)], [(300, 100), (300, 0)]]
    network = network_from_streets(sample.streets(lines, private=[True, False, True]))
    homes = homes_on(network, sample.homes([(0, 20)]))
    found = measured(network, homes, sample.facilities([(300, 30)], "shop"))
    (way,) = ways_walked(found, homes, np.array([0]))
    assert way.length == found.walk_m[0] == 80 + 300 + 70


def test_no_way_where_nothing_is_reached_or_one_is_there() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (100, 0)], [(0, 50), (100, 50)]]))
    homes = homes_on(network, sample.homes([(50, 50), (50, 5)]))
    shop = sample.facilities([shapely.box(40, -10, 60, 10)], "shop")
    found = measured(network, homes, shop)
    assert ways_walked(found, homes, np.array([0, 1])).tolist() == [None, None]


def test_every_way_on_monaco_is_as_long_as_its_walk(monaco_network: Network) -> None:
    rng = np.random.default_rng(3)
    low, high = np.quantile(monaco_network.xy, [0.05, 0.95], axis=0)
    spots = rng.uniform(low, high, (600, 2)) - sample.ORIGIN
    crs = monaco_network.crs
    at = homes_on(monaco_network, sample.homes(spots[:500]).set_crs(crs, allow_override=True))
    places = sample.facilities(list(spots[500:]), "shop").set_crs(crs, allow_override=True)
    found = measured(monaco_network, at, places)
    rows = np.flatnonzero(~np.isnan(found.walk_m))
    assert len(rows) > 200
    lengths = shapely.length(ways_walked(found, at, rows))
    np.testing.assert_allclose(lengths, found.walk_m[rows], atol=1e-3)
