"""The compiled field beside its slow twin: scipy's search on the changed graph, from scratch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers import sample
from spatial.entrances import Entrances
from spatial.field import Residents, WalkField, catchments, doorsteps, starts
from spatial.network import STEP_M, network_from_streets, on_step
from spatial.reach import cut, walks_from, walks_to
from spatial.ties import tie

NO_DOORS = (np.empty(0, np.int64), np.empty(0))


def graph(rng: np.random.Generator, rows: int) -> csr_matrix:
    """Random arcs, some of no length, none twice."""
    arcs = np.unique(rng.integers(0, rows, (3 * rows, 2)), axis=0)
    arcs = arcs[arcs[:, 0] != arcs[:, 1]]
    metres = on_step(rng.uniform(0, 300, len(arcs))) * (rng.random(len(arcs)) > 0.1)
    return csr_matrix((metres, arcs.T), shape=(rows, rows))


def twin(matrix: csr_matrix, metres: np.ndarray, source_m: np.ndarray) -> np.ndarray:
    """Every row's metres to the nearest source, searched anew by scipy."""
    rows = matrix.shape[0]
    origin = np.repeat(np.arange(rows), np.diff(matrix.indptr))
    there = np.isfinite(metres)
    seeds = np.flatnonzero(np.isfinite(source_m))
    one = np.concatenate([origin[there], np.full(len(seeds), rows)])
    other = np.concatenate([matrix.indices[there], seeds])
    data = np.concatenate([metres[there], source_m[seeds]])
    order = np.lexsort((other, one))
    first = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=rows + 1))])
    whole = csr_matrix((data[order], other[order], first), shape=(rows + 1, rows + 1))
    return dijkstra(whole, indices=rows)[:rows]


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_changed_field_is_the_field_of_the_changed_graph(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = graph(rng, int(rng.integers(2, 60)))
    rows = matrix.shape[0]
    doors = rng.choice(rows, int(rng.integers(1, 4)), replace=True)
    field = WalkField(matrix, doors)
    source_m, metres = np.full(rows, np.inf), matrix.data.copy()
    source_m[doors] = 0.0
    assert np.array_equal(field.metres, twin(matrix, metres, source_m))
    for _ in range(6):
        arcs = rng.choice(len(metres), min(len(metres), 4), replace=False) if len(metres) else []
        arcs = np.asarray(arcs, np.int64)
        lengths = np.where(
            rng.random(len(arcs)) < 0.4, np.inf, on_step(rng.uniform(0, 300, len(arcs)))
        )
        some = np.unique(rng.choice(rows, 2))
        opened = np.where(
            rng.random(len(some)) < 0.5, np.inf, on_step(rng.uniform(0, 50, len(some)))
        )
        new_metres, new_source = metres.copy(), source_m.copy()
        new_metres[arcs], new_source[some] = lengths, opened
        expected, before = twin(matrix, new_metres, new_source), field.metres.copy()
        with field.changed((arcs, lengths), (some, opened)) as touched:
            assert np.array_equal(field.metres, expected)
            same = np.setdiff1d(np.arange(rows), touched)
            assert np.array_equal(before[same], expected[same])
        assert np.array_equal(field.metres, before)
        if rng.random() < 0.5:
            field.keep((arcs, lengths), (some, opened))
            metres, source_m = new_metres, new_source


@pytest.fixture(scope="module")
def town() -> tuple:
    """A chessboard, one quarter gated, with doors and homes anywhere along its streets."""
    rng = np.random.default_rng(4)
    streets = sample.grid(6, 6, 100.0)
    gated = sample.streets(
        [[(50.0, 50.0), (350.0, 50.0)], [(50.0, 50.0), (50.0, 0.0)]], private=True
    )
    network = network_from_streets(sample.gpd.pd.concat([streets, gated], ignore_index=True))
    spots = rng.uniform(0, 600, (40, 2)) + sample.ORIGIN
    doors = Entrances.at_spots(network, tie(network, spots))
    homes = tie(network, rng.uniform(0, 600, (300, 2)) + sample.ORIGIN)
    stretches = cut(network, doors)
    walks = stretches.graph()
    return stretches, walks, homes, doorsteps(stretches, walks, homes)


def test_homes_walk_as_measured(town: tuple) -> None:
    stretches, walks, homes, steps = town
    for which in (np.array([0]), np.array([3, 8, 20])):
        field = WalkField(walks.matrix, walks.stops + which)
        expected = walks_from(stretches, walks_to(walks, which), homes)[0]
        assert np.array_equal(field.walks(steps), np.nan_to_num(expected, nan=np.inf))


def test_worth_is_what_measuring_again_gives(town: tuple) -> None:
    stretches, walks, homes, steps = town
    field = WalkField(walks.matrix, walks.stops + np.array([0, 1]))
    before = field.walks(steps)
    weight = np.random.default_rng(1).integers(1, 9, len(before)).astype(float)
    new = np.arange(2, 40)
    proposals = starts(np.arange(len(new)), walks.stops + new, np.zeros(len(new)), len(new))
    people, saved, count = field.worth(proposals, steps, Residents(before, weight), 250.0)
    for row, door in enumerate(new):
        after = walks_from(stretches, walks_to(walks, np.array([0, 1, door])), homes)[0]
        after = np.nan_to_num(after, nan=np.inf)
        there = np.isfinite(before)
        nearer = float(weight[there] @ (before[there] - after[there]))
        gained = (before > 250) & (after <= 250)
        assert people[row] == weight[gained].sum()
        assert count[row] == gained.sum()
        assert saved[row] == pytest.approx(nearer, abs=len(before) * STEP_M)
        assert np.array_equal(field.with_proposal(proposals, row, steps), after)
    assert np.array_equal(field.walks(steps), before)
    assert people.max() > 0


def test_catchments_are_the_homes_within_the_limit(town: tuple) -> None:
    stretches, walks, homes, steps = town
    doors = np.arange(40)
    inside = (np.array([5]), np.array([17]))
    proposals = starts(doors, walks.stops + doors, np.zeros(40), 40, inside)
    found = catchments(walks.matrix, proposals, steps, 300.0)
    for door in doors:
        walk_m = walks_from(stretches, walks_to(walks, np.array([door])), homes)[0]
        if door == 5:
            walk_m[17] = 0.0
        near = np.flatnonzero(walk_m <= 300.0)
        pairs = slice(found.first[door], found.first[door + 1])
        assert np.array_equal(found.home[pairs], near)
        assert np.array_equal(found.walk_m[pairs], walk_m[near])
    assert len(found) == 40
    assert len(found.home) > 1000
