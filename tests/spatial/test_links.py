"""What openings bring: against measuring again, against trying all, and for planted gaps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import networkx as nx
import numpy as np
import pytest
import shapely

from layers import sample
from spatial.built import built
from spatial.entrances import Entrances
from spatial.errors import InputError
from spatial.links import AGAINST, Site, links, together
from spatial.nearness import nearness
from spatial.openings import OpeningRule, Openings, spots_along
from spatial.reach import NONE
from spatial.ties import Ties, tie_to
from tests.link_towns import Line, Town, broken_grid, gained, random_town, town, walks_with

ANY = OpeningRule(saves_m=0.0)


@pytest.mark.parametrize("seed", range(40))
def test_every_opening_is_worth_what_measuring_again_says(seed: int) -> None:
    one = random_town(seed)
    found = links(one.coverage, one.homes, one.barriers, rule=ANY)
    for row in range(len(found)):
        after = walks_with(one, found.openings[[row]])
        people, saved, homes = gained(one, after, one.before_m)
        assert (found.people[row], found.homes[row]) == (people, homes)
        assert found.metres_saved[row] == pytest.approx(saved, abs=1e-6)
        assert (after <= one.before_m).all(), "no opening makes any walk longer"


def test_random_towns_have_every_kind_of_opening() -> None:
    kinds: set[str] = set()
    for seed in range(40):
        one = random_town(seed)
        kinds |= set(links(one.coverage, one.homes, one.barriers, rule=ANY).openings.kind)
    assert kinds >= {"gate", "compound_gate", "dead_end", "wall", "gap", "footbridge", "crossing"}


def walked(one: Town, opening: Openings) -> np.ndarray:
    """Walks with one opening built, by networkx, on edges cut at whatever stands on them."""
    network, doors = one.coverage.stretches.network, one.coverage.doors
    on_edge: dict[int, list[tuple[float, object]]] = {e: [] for e in range(len(network.u))}
    graph = nx.Graph()

    def stand(what: object, ties: Ties, row: int, leg_m: float) -> None:
        on_edge[int(ties.edge[row])].append((float(ties.along_m[row]), (what, "street")))
        graph.add_edge((what, "street"), what, m=leg_m)

    for d in range(len(doors)):
        stand(f"door{d}", doors.ties, d, float(doors.ties.leg_m[d]))
        graph.add_edge(f"door{d}", "facility", m=0.0)
    for h in np.flatnonzero(one.homes.ties.tied):
        stand(f"home{h}", one.homes.ties, int(h), float(one.homes.ties.leg_m[h]))
    stand("a", opening.a, 0, 0.0)
    if opening.leads_in[0]:
        graph.add_edge("a", "facility", m=float(opening.built_m[0]))
    else:
        stand("b", opening.b, 0, 0.0)
        graph.add_edge("a", "b", m=float(opening.built_m[0]))
    for edge, spots in on_edge.items():
        ends = [(0.0, int(network.u[edge])), (float(network.length_m[edge]), int(network.v[edge]))]
        along = [ends[0], *sorted(spots, key=lambda spot: spot[0]), ends[1]]
        for (here, one_stop), (there, next_stop) in pairwise(along):
            known = graph.get_edge_data(one_stop, next_stop, {"m": np.inf})["m"]
            graph.add_edge(one_stop, next_stop, m=min(known, there - here))
    metres = nx.single_source_dijkstra_path_length(graph, "facility", weight="m")
    after = np.array([metres.get(f"home{h}", np.inf) for h in range(len(one.homes.xy))])
    return np.where(one.coverage.walk_m == 0, 0.0, after)


@pytest.mark.parametrize("seed", range(8))
def test_every_opening_is_worth_what_networkx_says(seed: int) -> None:
    one = random_town(seed, compounds=0.0)
    found = links(one.coverage, one.homes, one.barriers)
    for row in range(0, len(found), 5):
        people, saved, homes = gained(one, walked(one, found.openings[[row]]), one.before_m)
        assert (found.people[row], found.homes[row]) == (people, homes)
        assert found.metres_saved[row] == pytest.approx(saved, abs=1e-3)


def every_link(one: Town, rule: OpeningRule) -> Openings:
    """All links on land between a spot and the nearest spot of a street near by; none left out."""
    network = one.coverage.stretches.network
    spots = spots_along(nearness(one.coverage, one.homes), rule.step_m)
    m, k = len(network.u), len(spots.edge)
    edge, spot = np.divmod(np.arange(m * k), k)
    here = spots[spot]
    xy_a = network.points_along(here.edge, here.along_m)
    there = tie_to(network, edge, xy_a)
    keep = (there.leg_m <= rule.link_m) & (there.leg_m > 0)
    here, there, xy_a = here[keep], there[keep], xy_a[keep]
    xy_b = network.points_along(there.edge, there.along_m)
    none = np.full(len(xy_a), None, dtype=object)
    built_m, nowhere = there.leg_m, np.full(len(xy_a), NONE)
    there = replace(there, leg_m=np.zeros(len(xy_a)))
    every = Openings(none, here, there, nowhere, xy_a, xy_b, built_m, built_m, none)
    inner = shapely.linestrings(np.stack([0.99 * xy_a + 0.01 * xy_b, 0.01 * xy_a + 0.99 * xy_b], 1))
    over = shapely.STRtree(network.lines).query(inner, predicate="intersects")[0]
    return every[np.setdiff1d(np.arange(len(every)), over)]


def test_no_link_left_out_is_better_than_the_best_one_found() -> None:
    helped = 0
    rule = OpeningRule(saves_m=0.0, step_m=45.0)
    for seed in range(0, 12, 2):
        one = random_town(seed, size=3, block_m=85.0)
        one = replace(one, barriers=sample.barriers([]))
        best = links(one.coverage, one.homes, one.barriers, rule=rule).people_per_m
        most, every = 0.0, every_link(one, rule)
        for row in range(len(every)):
            people = gained(one, walks_with(one, every[[row]]), one.before_m)[0]
            most = max(most, people / max(every.built_m[row], rule.floor_m))
        assert best.max(initial=0.0) == pytest.approx(most)
        helped += most > 0
    assert helped >= 4


# --- planted gaps ---------------------------------------------------------------------------


def blocks(x: float, columns: int, rows: int, size: float) -> list[Line]:
    """A chessboard whose west side stands at x."""
    across = [[(x + c * size, r * size) for c in range(columns + 1)] for r in range(rows + 1)]
    up = [[(x + c * size, r * size) for r in range(rows + 1)] for c in range(columns + 1)]
    return across + up


def planted(kind: str, seed: int) -> tuple[Town, shapely.LineString, shapely.LineString]:
    """Two quarters, far apart on foot, that one pair of spurs brings near; the spurs."""
    rng = np.random.default_rng(seed)
    size, rows = float(rng.uniform(80, 120)), 6
    apart = float(rng.uniform(70, 130)) if kind in ("water", "railway") else rng.uniform(40, 55)
    gap = float(rng.uniform(12, 20))
    y = int(rng.integers(1, rows)) * size
    quay, east = 3 * size, 3 * size + apart
    reach = float(rng.uniform(0.2, 0.8)) * (apart - gap)
    spurs: list[Line] = [[(quay, y), (quay + reach, y)], [(quay + reach + gap, y), (east, y)]]
    lines = [*blocks(0, 3, rows, size), *blocks(east, 3, rows, size), *spurs]
    middle = quay + reach + gap / 2
    walls = [] if kind == "none" else [(kind, [(middle, -500.0), (middle, 2000.0)])]
    near = rng.uniform((0, y - size), (quay, y + size), (60, 2))
    homes = [(float(a), float(b)) for a, b in [*near, *rng.uniform(0, quay, (15, 2))]]
    stop = (east + float(rng.uniform(0, 60)), y)
    weights = [float(w) for w in rng.integers(1, 30, len(homes))]
    one = town(lines, homes, stops=[stop], walls=walls, weights=weights)
    moved = [shapely.LineString(np.add(spur, sample.ORIGIN)) for spur in spurs]
    return one, moved[0], moved[1]


@pytest.mark.parametrize("kind", ["water", "railway", "wall", "none"])
def test_a_planted_gap_comes_first(kind: str) -> None:
    """In 25 towns of each of four kinds."""
    named = {"water": "footbridge", "railway": "crossing", "wall": "dead_end", "none": "dead_end"}
    for seed in range(25):
        one, west, east = planted(kind, seed)
        best = links(one.coverage, one.homes, one.barriers)[:1].openings
        assert best.kind.tolist() == [named[kind]]
        line = best.geometry[0]
        assert west.distance(line) < 1e-6, seed
        assert east.distance(line) < 1e-6, seed


def test_a_planted_gate_comes_first() -> None:
    """A walled park with a gate on its far side; one lane comes nearer to it than the street."""
    for seed in range(25):
        rng = np.random.default_rng(seed)
        y, tip = float(rng.uniform(100, 500)), float(rng.uniform(12, 15))
        lines: list[Line] = [
            [(0, -200), (0, y), (0, 800)],
            [(0, y), (28 - tip, y)],
            [(0, -200), (600, -200), (600, 300)],
        ]
        park = shapely.box(28, 0, 550, 600)
        walls = [("wall", [(28, 0), (550, 0), (550, 600), (28, 600), (28, 0)])]
        homes = [(-10.0, float(b)) for b in rng.uniform(y - 300, y + 300, 60)]
        one = town(lines, homes, parks=[park], gates=[(555, 300)], walls=walls)
        best = links(one.coverage, one.homes, one.barriers)[:1].openings
        assert best.kind.tolist() == ["gate"]
        np.testing.assert_allclose(best.xy_a[0] - sample.ORIGIN, [28 - tip, y])
        assert best.crosses.tolist() == ["wall"]


# --- in company -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_all_built_is_measured_and_its_ways_are_as_long_as_the_walks(seed: int) -> None:
    one = random_town(seed)
    found = links(one.coverage, one.homes, one.barriers)
    chosen = together(found, one.coverage, one.homes, 3, per_cost=False)
    if len(chosen.people):
        assert chosen.people[0] == found.people.max()
    every = found.openings[chosen.chosen]
    again = built(one.coverage, one.homes, every)
    np.testing.assert_array_equal(again.walk_m, walks_with(one, every))
    np.testing.assert_array_equal(again.walk_m, chosen.walk_m[-1])
    ways = again.ways(np.arange(len(one.homes.xy)))
    walking = np.array([way is not None for way in ways])
    np.testing.assert_array_equal(walking, np.isfinite(again.walk_m) & (again.walk_m > 0))
    np.testing.assert_allclose(shapely.length(ways[walking]), again.walk_m[walking], atol=1e-3)


@pytest.mark.usefixtures("one_by_one")
@pytest.mark.parametrize("seed", range(16))
def test_what_is_chosen_is_what_choosing_slowly_chooses(seed: int) -> None:
    one = random_town(seed)
    found = links(one.coverage, one.homes, one.barriers)
    chosen = together(found, one.coverage, one.homes, 4)
    before, taken = one.before_m, np.empty(0, dtype=np.int64)
    assert len(found) == 0 or len(chosen.chosen)
    for step, row in enumerate(chosen.chosen):
        worth = [
            gained(one, walks_with(one, found.openings[[*taken, r]]), before)
            for r in range(len(found))
        ]
        per_m = np.array([people for people, _, _ in worth]) / found.cost_m
        assert chosen.people[step] == worth[row][0]
        assert per_m[row] == pytest.approx(per_m.max())
        taken = np.append(taken, row)
        after = walks_with(one, found.openings[taken])
        np.testing.assert_array_equal(chosen.walk_m[step + 1], after)
        assert (after <= before).all()
        before = after
    if len(chosen.chosen) < 4:
        left = [walks_with(one, found.openings[[*taken, r]]) for r in range(len(found))]
        assert not any(gained(one, after, before)[0] for after in left)


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Value one opening at a time, so that what need not be looked at is not looked at."""
    monkeypatch.setattr("spatial.links._AT_ONCE", 1)


def chain() -> Town:
    """Three streets in a row with gaps of 20 m between; the stop lies on the first."""
    lines: list[Line] = [[(0, 0), (100, 0)], [(120, 0), (200, 0)], [(220, 0), (300, 0)]]
    return town(lines, [(150, 10), (250, 10), (260, 10)], stops=[(50, 0)])


def test_a_second_opening_may_gain_only_once_the_first_stands() -> None:
    one = chain()
    found = links(one.coverage, one.homes)
    assert found.people.max() == 1, "the far street cannot be reached by one opening"


@pytest.mark.usefixtures("one_by_one")
@pytest.mark.parametrize(("on_second", "on_third"), [(10.0, 1.0), (1.0, 10.0)])
def test_an_opening_is_valued_again_when_another_makes_it_worth_more(
    on_second: float, on_third: float
) -> None:
    """The stop lies on the first street; the second is reached by a long way round, 660 m.

    Gaps of 20 m part the first from the second, the second from the third, and a lane from the
    first. Either of the former gaps alone gains the home on its own far side, both together the
    5 people at the far end of the third street besides; the lane has 3.
    """
    lines: list[Line] = [
        [(0, 0), (100, 0), (100, -130), (400, -130), (400, 0), (120, 0)],
        [(420, 0), (700, 0)],
        [(0, 20), (0, 200)],
    ]
    homes = [(200.0, 0.0), (425.0, 0.0), (600.0, 0.0), (0.0, 100.0)]
    weights = [on_second, on_third, 5.0, 3.0]
    one = town(lines, homes, stops=[(0, 0)], weights=weights, reach_m=700)
    found = links(one.coverage, one.homes, rule=OpeningRule(link_m=21.0))
    chosen = together(found, one.coverage, one.homes, 5)
    assert chosen.people.tolist() == [10, 6, 3]


def test_sites_and_openings_are_chosen_together() -> None:
    one = chain()
    found = links(one.coverage, one.homes)
    network = one.coverage.stretches.network
    edge = int(np.argmax(network.xy[network.u, 0]))
    spot = Ties(np.array([edge]), np.array([40.0]), np.array([0.0]))
    nothing = np.empty(0, dtype=np.int64)
    site = Site(Entrances.at_spots(network, spot), 25.0, nothing)
    chosen = together(found, one.coverage, one.homes, 3, [site])
    assert chosen.chosen[0] == len(found), "2 people for 25 m before 1 for 20 m"
    assert chosen.people.tolist() == [2, 1]
    inside = Site(site.doors, 25.0, np.array([0]))
    chosen = together(found, one.coverage, one.homes, 3, [inside])
    assert chosen.people.tolist() == [3]
    assert chosen.walk_m[-1].tolist() == [0, 20, 10]
    both = built(one.coverage, one.homes, found.openings[[]], site.doors, np.array([0]))
    assert both.walk_m.tolist() == [0, 20, 10]


def test_asking_for_nothing_or_for_free_is_refused() -> None:
    one = chain()
    found = links(one.coverage, one.homes)
    with pytest.raises(InputError, match="1 or more"):
        together(found, one.coverage, one.homes, 0)
    free = Site(one.coverage.doors, 0.0, np.empty(0, dtype=np.int64))
    with pytest.raises(InputError, match="costs nothing"):
        together(found, one.coverage, one.homes, 1, [free])


# --- the table ------------------------------------------------------------------------------


def test_the_table_says_what_speaks_against() -> None:
    lines: list[Line] = [[(0, 0), (0, 400)], [(80, 0), (80, 400)]]
    river = [("water", [(20, -90), (60, -90), (60, 500), (20, 500), (20, -90)])]
    one = town(lines, [(-5, 200)], stops=[(85, 200)], walls=river)
    west = shapely.box(-100, 0, 40, 400)
    area = shapely.transform(west, lambda xy: xy + sample.ORIGIN)
    found = links(
        one.coverage, one.homes, one.barriers, area=area, protected=np.array([area], dtype=object)
    )
    table = found.table(one.coverage.facilities.places)
    first = table.iloc[0]
    assert (first["kind"], first["crosses"], first["built_m"]) == ("footbridge", "water", 80)
    assert first["against"] == "water; outside; protected"
    assert {key for keys in found.against for key in keys} <= set(AGAINST)
    assert first["people"] == 1
    assert table.crs == one.coverage.facilities.places.crs


def test_no_opening_makes_an_empty_table() -> None:
    one = town([[(0, 0), (400, 0)]], [(10, 0)], stops=[(20, 0)])
    found = links(one.coverage, one.homes)
    assert len(found.table(one.coverage.facilities.places)) == 0
    assert together(found, one.coverage, one.homes, 2).walk_m.tolist() == [[10.0]]


def test_thousands_of_openings_in_a_made_up_city_take_seconds() -> None:
    rng = np.random.default_rng(0)
    lines = broken_grid(rng, 60, 60, 50.0, missing=0.6)
    homes = [(float(x), float(y)) for x, y in rng.uniform(0, 3000, (4000, 2))]
    city = town(lines, homes, stops=homes[:120], reach_m=400.0)
    begin = perf_counter()
    found = links(city.coverage, city.homes, rule=ANY)
    chosen = together(found, city.coverage, city.homes, 5)
    assert perf_counter() - begin < 10
    assert len(found) > 4000
    assert (chosen.people > 0).all()
