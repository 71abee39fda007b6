"""Walking distances: by hand, in closed form on the square grid, and against brute force."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely

from layers import sample
from spatial.entrances import EntranceRule, entrances
from spatial.network import Network, network_from_streets
from spatial.reach import NONE, cut, streets_within, walks_from, walks_to
from spatial.ties import tie


def nearest_walk(
    network: Network, places: list[tuple[float, float]], homes: list[tuple[float, float]]
) -> tuple[np.ndarray, np.ndarray]:
    """Metres from each home to the nearest place, and the entrance reached."""
    doors = entrances(network, sample.facilities(places, "shop"))
    stretches = cut(network, doors)
    walks = walks_to(stretches.graph(), np.arange(len(doors)))
    return walks_from(stretches, walks, tie(network, np.add(homes, sample.ORIGIN)))


def test_home_and_entrance_on_one_edge_are_measured_along_it() -> None:
    street = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    metres, _ = nearest_walk(street, [(600, 30)], [(550, 20), (700, 0)])
    assert metres.tolist() == [20 + 50 + 30, 100 + 30]


def test_both_legs_and_the_way_round_a_corner_count() -> None:
    corner = network_from_streets(sample.streets([[(0, 0), (300, 0), (300, 400)]]))
    metres, _ = nearest_walk(corner, [(310, 400)], [(0, -5)])
    assert metres.tolist() == [5 + 300 + 400 + 10]


def test_the_nearest_of_two_entrances_is_named() -> None:
    street = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    metres, entrance = nearest_walk(street, [(100, 0), (900, 0)], [(400, 0), (600, 0)])
    assert metres.tolist() == [300, 300]
    assert entrance.tolist() == [0, 1]


def test_an_island_without_entrance_reaches_nothing() -> None:
    two = network_from_streets(sample.streets([[(0, 0), (100, 0)], [(0, 50), (100, 50)]]))
    metres, entrance = nearest_walk(two, [(50, 0)], [(50, 50)])
    assert np.isnan(metres).all()
    assert entrance.tolist() == [NONE]


def test_no_entrance_at_all_reaches_nothing() -> None:
    street = network_from_streets(sample.streets([[(0, 0), (100, 0)]]))
    metres, entrance = nearest_walk(street, [], [(50, 0)])
    assert np.isnan(metres).all()
    assert entrance.tolist() == [NONE]


def test_several_entrances_at_one_spot_and_at_a_node() -> None:
    street = network_from_streets(sample.streets([[(0, 0), (100, 0)], [(100, 0), (200, 0)]]))
    metres, entrance = nearest_walk(street, [(100, 9), (100, -4), (0, 3)], [(150, 0), (10, 0)])
    assert metres.tolist() == [50 + 4, 10 + 3]
    assert entrance.tolist() == [1, 2]


def served_street_m(block_m: float, reach_m: float) -> float:
    """Street within reach of a junction of the endless square grid, in closed form.

    From the 4k junctions k blocks away 8k + 4 streets lead outward (4 where k = 0); each is
    walked for as long as the reach lasts.
    """
    rings = np.arange(int(reach_m // block_m) + 1)
    return float(((8 * rings + 4) * np.clip(reach_m - rings * block_m, 0, block_m)).sum())


@pytest.mark.parametrize("block_m", [50, 75, 100, 150, 200, 250, 400, 500, 600])
@pytest.mark.parametrize("reach_m", [300, 500, 1000])
def test_square_grid_in_closed_form(block_m: float, reach_m: float) -> None:
    half = int(np.ceil(reach_m / block_m)) + 1
    network = network_from_streets(sample.grid(2 * half, 2 * half, block_m))
    middle = half * block_m
    doors = entrances(network, sample.facilities([(middle, middle)], "shop"))
    stretches = cut(network, doors)
    walks = walks_to(stretches.graph(), np.array([0]))
    reached = streets_within(stretches, walks, reach_m)
    assert shapely.length(reached).sum() == pytest.approx(
        served_street_m(block_m, reach_m), abs=1e-6
    )
    rng = np.random.default_rng(1)
    spots = rng.uniform(0, 2 * middle, (500, 2))
    spots[:, 1] = np.round(spots[:, 1] / block_m) * block_m
    metres, _ = walks_from(stretches, walks, tie(network, spots + sample.ORIGIN))
    np.testing.assert_allclose(metres, np.abs(spots - middle).sum(axis=1), atol=1e-5)


@pytest.mark.parametrize("reach_m", [300.0, 500.0, 1000.0])
def test_exactly_at_the_reach_is_served(reach_m: float) -> None:
    network = network_from_streets(sample.grid(25, 2, 100.0))
    metres, _ = nearest_walk(network, [(0, 0)], [(reach_m - 100, 100), (reach_m - 99.9, 100)])
    assert (metres <= reach_m).tolist() == [True, False]


def split_graph(network: Network, spots: dict[str, tuple[int, float, float]]) -> nx.Graph:
    """Networkx graph with each edge split, one at a time, at the spots (edge, along, leg) on it."""
    graph = nx.Graph()
    on_edge: dict[int, list[tuple[float, str]]] = {}
    for name, (edge, along, leg) in spots.items():
        on_edge.setdefault(edge, []).append((along, f"spot of {name}"))
        graph.add_edge(name, f"spot of {name}", m=leg)
    ends = network.xy[network.u], network.xy[network.v]
    for edge, (u, v, a, b) in enumerate(zip(network.u, network.v, *ends, strict=True)):
        stops = [(0.0, u), *sorted(on_edge.get(edge, [])), (float(np.hypot(*(b - a))), v)]
        for (m0, one), (m1, other) in pairwise(stops):
            graph.add_edge(one, other, m=m1 - m0)
    return graph


def brute_tie(network: Network, point: np.ndarray) -> tuple[int, float, float]:
    """Nearest spot over all edges: edge, metres along, leg."""
    a, b = network.xy[network.u], network.xy[network.v]
    part = ((point - a) * (b - a)).sum(axis=1) / ((b - a) ** 2).sum(axis=1)
    part = np.clip(part, 0, 1)[:, None]
    leg = np.hypot(*(point - (a + part * (b - a))).T)
    edge = int(leg.argmin())
    return edge, float(part[edge, 0] * np.hypot(*(b - a)[edge])), float(leg[edge])


def test_ten_thousand_pairs_on_monaco_equal_brute_force(monaco_network: Network) -> None:
    network = monaco_network
    rng = np.random.default_rng(7)
    low, high = np.quantile(network.xy, [0.1, 0.9], axis=0)
    points = rng.uniform(low, high, (200, 2))
    homes, places = points[:100], points[100:]
    spots = {
        f"{kind}{row}": brute_tie(network, point)
        for kind, some in (("home", homes), ("place", places))
        for row, point in enumerate(some)
    }
    graph = split_graph(network, spots)
    doors = entrances(
        network,
        sample.facilities(list(places - sample.ORIGIN), "shop").set_crs(
            network.crs, allow_override=True
        ),
        EntranceRule(leg_limit_m=np.inf),
    )
    stretches = cut(network, doors)
    matrix, tied, checked = stretches.graph(), tie(network, homes), 0
    for door, place in enumerate(doors.facility):
        walks = walks_to(matrix, np.array([door]))
        metres, _ = walks_from(stretches, walks, tied)
        truth = nx.single_source_dijkstra_path_length(graph, f"place{place}", weight="m")
        expected = [truth.get(f"home{row}", np.nan) for row in range(len(homes))]
        np.testing.assert_allclose(metres, expected, atol=1e-3, rtol=0)
        checked += len(homes)
    assert checked == 10_000
    assert np.isfinite(metres).mean() > 0.5
