"""The loops of siting against their slow twins, and the small tables they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from spatial.siting.bounding import bound
from spatial.siting.covering import Table, merged, needed, without_dominated
from spatial.siting.highs import most_worth, solve
from spatial.siting.kernels import (
    Pairs,
    Sets,
    profits,
    same_sets,
    served_at,
    standing,
    supersets,
    swap_gains,
)
from spatial.siting.limits import Limits
from spatial.siting.swapping import greedy, swapped

worths = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=st.integers(0, 3)
)


def table(worth: NDArray[np.float64]) -> Table:
    """Give the table of a full (c, r) matrix of worths."""
    first = np.concatenate([[0], np.cumsum((worth > 0).sum(axis=1))])
    row = np.nonzero(worth)[1].astype(np.int32)
    return Table(Pairs(first, row, worth[worth > 0]), np.ones(worth.shape[1]))


def limits(candidates: int, new: int) -> Limits:
    every = np.ones(candidates, bool)
    return Limits(new, np.inf, np.ones(candidates), every, ~every)


@given(worths)
@settings(deadline=None)
def test_same_sets_groups_equal_columns(worth: NDArray[np.float64]) -> None:
    pairs = table(worth).pairs
    group = same_sets(Sets(pairs.first, pairs.row), worth.shape[1])
    alike = ((worth > 0)[:, :, None] == (worth > 0)[:, None, :]).all(axis=0)
    assert ((group[:, None] == group) == alike).all()


@given(worths, st.booleans())
@settings(deadline=None)
def test_supersets_are_those_found_by_looking(worth: NDArray[np.float64], larger: bool) -> None:  # noqa: FBT001
    worth = worth[worth.any(axis=1)]
    c = len(worth)
    price = np.arange(c) % 2.0
    holds = (worth[:, None] >= worth[None]).all(axis=2) & (price[:, None] <= price)
    np.fill_diagonal(holds, val=False)  # holds[t, s]: t has all of s
    later = np.arange(c)[:, None] > np.arange(c)
    marked = holds & (~holds.T | later) if larger else (holds & (~holds.T | later.T)).T
    some = table(worth)
    told = supersets(
        Sets(some.pairs.first, some.pairs.row),
        some.pairs.worth,
        some.by_row(),
        price,
        larger=larger,
    )
    assert told.tolist() == marked.any(axis=1).tolist()


@given(worths, st.integers(1, 3))
@settings(deadline=None)
def test_swaps_gain_what_trying_them_gains(worth: NDArray[np.float64], count: int) -> None:
    some, chosen = table(worth), np.arange(min(count, len(worth)))
    told = swap_gains(some.pairs, *standing(some.pairs, some.rows, chosen), len(chosen))
    now = worth[chosen].max(axis=0).sum()
    for place in range(len(chosen)):
        for site in range(len(chosen), len(worth)):
            other = chosen.copy()
            other[place] = site
            assert told[place, site] == worth[other].max(axis=0).sum() - now


@given(worths, st.sampled_from([0.0, 1.5, np.inf]))
@settings(deadline=None)
def test_profits_and_shares_keep_to_capacity(worth: NDArray[np.float64], most: float) -> None:
    some = table(worth)
    price, capacity = np.arange(some.rows) % 3 / 2.0, np.full(some.candidates, most)
    told = profits(some.pairs, price, some.people, capacity)
    left = np.sort(np.maximum(worth - price, 0) * (worth > 0), axis=1)[:, ::-1]
    room = np.clip(most - np.arange(some.rows), 0, 1)
    assert told == pytest.approx((left * room).sum(axis=1))
    times = served_at(some.pairs, price, some.people, capacity, np.ones(some.candidates))
    assert times.sum() <= most * some.candidates


@given(worths, st.integers(1, 3))
@settings(deadline=None)
def test_greedy_adds_the_best_each_time(worth: NDArray[np.float64], new: int) -> None:
    some, chosen = table(worth), np.empty(0, np.int64)
    for site in greedy(some, limits(len(worth), new)):
        values = [some.value(np.append(chosen, other)) for other in range(len(worth))]
        assert some.value(np.append(chosen, site)) == max(values)
        chosen = np.append(chosen, site)


@given(worths, st.integers(1, 3))
@settings(deadline=None, max_examples=50)
def test_bounds_hold_and_swaps_do_not_lose(worth: NDArray[np.float64], new: int) -> None:
    some, few = table(worth), limits(len(worth), new)
    first = greedy(some, few)
    better = some.value(swapped(some, few, first))
    best = solve(most_worth(some, few), seconds=10)
    proven = bound(some, few, np.full(some.candidates, np.inf), better, lambda _: True)
    assert best.chosen is not None
    exact = some.value(best.chosen)
    assert some.value(first) <= better <= exact + 1e-9 <= proven.value + 2e-9
    assert best.bound == pytest.approx(exact)
    assert (proven.with_site[best.chosen] >= exact - 1e-9).all()


@given(worths)
@settings(deadline=None)
def test_smaller_tables_are_worth_the_same(worth: NDArray[np.float64]) -> None:
    alike = table((worth > 0).astype(float))
    few = limits(len(worth), 2)
    best = solve(most_worth(alike, few), seconds=10).bound
    for smaller in (merged(alike)[0], without_dominated(alike, few.cost)):
        assert solve(most_worth(smaller, few), seconds=10).bound == pytest.approx(best)
    rows = needed(alike, few.cost)
    every = (worth > 0).any(axis=0)
    chosen = greedy(rows, limits(len(worth), len(worth)))
    assert (worth[chosen] > 0).any(axis=0)[every].all()
