"""Good sites at once: the best next site again and again, then swaps until none helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spatial.siting.kernels import Pairs, gain, next_best, profits, standing, swap_gains

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from spatial.siting.covering import Table
    from spatial.siting.limits import Limits

_ENOUGH = 1e-9
"""A swap must gain more than this part of the value, as sums are rounded."""


def greedy(
    table: Table,
    limits: Limits,
    start: NDArray[np.int64] | None = None,
    *,
    among: NDArray[np.bool_] | None = None,
    target: float = np.inf,
) -> NDArray[np.int64]:
    """Add the site that gains most per cost, until nothing gains, fits or more is wanted.

    Worth at least 63 % of the best choice where only the number of sites is limited (Nemhauser,
    Wolsey & Fisher 1978).

    Parameters
    ----------
    table, limits
        What sites are worth, and what a choice keeps to.
    start
        Sites chosen already; default: those that must be.
    among
        (c,) bool, the candidates to choose from; default: all.
    target
        The value that is enough.
    """
    chosen = np.flatnonzero(limits.must) if start is None else start
    price = limits.cost if np.isfinite(limits.budget) else np.ones(table.candidates)
    best = standing(table.pairs, table.rows, chosen)[0]
    hope = profits(table.pairs, best, table.people, np.full(table.candidates, np.inf))
    while best.sum() < target:
        allowed = limits.may_join(chosen)
        if among is not None:
            allowed &= among
        site, _ = next_best(table.pairs, best, hope, price, allowed)
        if site < 0:
            break
        chosen = np.append(chosen, site)
        _take(table.pairs, best, site)
    return chosen


def _take(pairs: Pairs, best: NDArray[np.float64], site: int) -> None:
    """Let a site serve its rows where it is worth more."""
    own = slice(pairs.first[site], pairs.first[site + 1])
    row = pairs.row[own]
    best[row] = np.maximum(best[row], pairs.worth[own])


def in_order(
    table: Table, sites: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Put sites in order of building; gives what each adds, given those before it.

    The next is the one that adds most; those that add nothing more come last.
    """
    among = np.zeros(table.candidates, dtype=np.bool_)
    among[sites] = True
    best = np.zeros(table.rows)
    hope = profits(table.pairs, best, table.people, np.full(table.candidates, np.inf))
    price = np.ones(table.candidates)
    order: list[int] = []
    while among.any():
        site, _ = next_best(table.pairs, best, hope, price, among)
        if site < 0:
            order += np.flatnonzero(among).tolist()
            break
        order.append(site)
        among[site] = False
        _take(table.pairs, best, site)
    ordered = np.array(order, dtype=np.int64)
    return ordered, gains_of(table, ordered)


def gains_of(table: Table, sites: NDArray[np.int64]) -> NDArray[np.float64]:
    """What each of some sites adds, given those before it; (k,)."""
    best = np.zeros(table.rows)
    gains = np.zeros(len(sites))
    for place, site in enumerate(sites):
        gains[place] = gain(table.pairs, best, site)
        _take(table.pairs, best, site)
    return gains


def swapped(table: Table, limits: Limits, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Put a candidate in the place of a chosen site, the best swap first, until none gains."""
    while len(chosen):
        best, second, whose = standing(table.pairs, table.rows, chosen)
        change = swap_gains(table.pairs, best, second, whose, len(chosen))
        change[~limits.may_replace(chosen)] = -np.inf
        out, site = np.unravel_index(change.argmax(), change.shape)
        if change[out, site] <= _ENOUGH * best.sum():
            break
        chosen = chosen.copy()
        chosen[out] = site
    return chosen


def shaken(
    table: Table,
    limits: Limits,
    chosen: NDArray[np.int64],
    *,
    rounds: int,
    go_on: Callable[[float], bool],
) -> NDArray[np.int64]:
    """Take some sites out at random, fill up greedily from part of the candidates, and swap again.

    Ends after so many rounds on end without a gain, or when `go_on`, asked with the value, says
    no. The same every time, as the dice are seeded, unless `go_on` looks at a clock.
    """
    dice = np.random.default_rng(1)
    value, idle = table.value(chosen), 0
    loose = ~limits.must
    while idle < rounds and go_on(value) and loose[chosen].any():
        out = dice.permutation(np.flatnonzero(loose[chosen]))[: dice.integers(1, 7)]
        among = dice.random(table.candidates) < dice.choice([0.5, 0.8, 1.0])
        among[chosen[out]] = False
        other = greedy(table, limits, np.delete(chosen, out), among=among)
        other = greedy(table, limits, swapped(table, limits, other))
        gained = table.value(other) - value
        if gained > _ENOUGH * value:
            chosen, value, idle = other, value + gained, 0
        else:
            idle += 1
    return chosen
