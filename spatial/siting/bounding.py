"""How good any choice of sites can be: a proven bound, quickly, by prices for serving (Lagrange).

Let every row charge a price for being served. A choice then earns at most the sum of all prices
plus what its sites have left after paying, whatever the prices are: every set of prices proves a
bound, and good ones are found by raising the price of rows served twice and lowering that of rows
not served (Cornuéjols, Fisher & Nemhauser 1977). At its best the bound is that of the linear
programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spatial.siting.kernels import profits, served_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from spatial.siting.covering import Table
    from spatial.siting.limits import Limits

_STALL = 10
"""Steps without progress after which shorter ones are tried."""
_SHORTEST = 1e-3
_ROUNDING = 1e-9
"""Bounds are given this part higher, as they are sums of rounded numbers."""


@dataclass(frozen=True)
class Bound:
    """What no choice of sites exceeds.

    Attributes
    ----------
    value
        The bound.
    price
        (r,) the prices that prove it.
    with_site
        (c,) what no choice with this candidate in it exceeds.
    """

    value: float
    price: NDArray[np.float64]
    with_site: NDArray[np.float64]


@dataclass(frozen=True)
class _Share:
    """The best choice at some prices, if sites may be built in part.

    Attributes
    ----------
    earned
        By all of it.
    part
        (c,) how much of each candidate is chosen, 0 to 1.
    with_site
        (c,) what is earned at most with this candidate in the choice.
    """

    earned: float
    part: NDArray[np.float64]
    with_site: NDArray[np.float64]


def bound(
    table: Table,
    limits: Limits,
    capacity: NDArray[np.float64],
    value: float,
    go_on: Callable[[float], bool],
) -> Bound:
    """Bound what any choice within the limits is worth; exact, but not always tight.

    Parameters
    ----------
    table, limits
        What sites are worth, and what a choice keeps to (spacing is kept to roughly only).
    capacity
        (c,) people each candidate can serve; inf: any number.
    value
        What the best choice known is worth: steps are measured by the distance to it.
    go_on
        Asked with the bound so far after each step; the search ends when it says no.
    """
    most, nothing = table.most, np.zeros(table.rows)
    best, _ = _proven_by(nothing, table, limits, capacity)  # tight if sites fill up anyhow
    price, direction, reach, idle = most / 2, nothing, 1.0, 0
    while go_on(best.value) and reach > _SHORTEST:
        now, part = _proven_by(price, table, limits, capacity)
        idle = 0 if now.value < best.value * (1 - 1e-5) else idle + 1
        if now.value < best.value:
            best = now
        if idle > _STALL:
            price, direction, reach, idle = best.price, nothing, reach * 0.7, 0
            continue
        times = served_at(table.pairs, price, table.people, capacity, part)
        drop = reach * (now.value - value)
        price, direction = _stepped(price, direction, 1 - times, most, drop)
    return best


def _proven_by(
    price: NDArray[np.float64], table: Table, limits: Limits, capacity: NDArray[np.float64]
) -> tuple[Bound, NDArray[np.float64]]:
    """Give the bound that some prices prove, and (c,) the sites, built in part, that earn it."""
    profit = profits(table.pairs, price, table.people, capacity)
    share = _best_share(profit, limits)
    charged, up = price.sum(), 1 + _ROUNDING
    proven = Bound((charged + share.earned) * up, price, (charged + share.with_site) * up)
    return proven, share.part


def _stepped(
    price: NDArray[np.float64],
    direction: NDArray[np.float64],
    slope: NDArray[np.float64],
    most: NDArray[np.float64],
    drop: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Go down the slope, part of the last direction kept (Camerini, Fratta & Maffioli 1975).

    Prices are measured by what their rows are worth at most: a row of many people moves as far,
    for its size, as one of few.
    """
    slope = np.where((price <= 0) & (slope > 0), 0.0, slope)
    direction = slope + 0.7 * direction
    ahead = (most * slope * direction).sum()
    length = max(ahead, 0.3 * (most * direction**2).sum())
    if length <= 0:
        return price, direction
    step = max(drop, 0.0) / length
    return np.clip(price - step * most * direction, 0.0, most), direction


def _best_share(profit: NDArray[np.float64], limits: Limits) -> _Share:
    """Choose the sites that earn most if they may be built in part; must-haves are whole."""
    must, set_cost = limits.must, limits.cost[limits.must].sum()
    fits = limits.usable & ~must & (limits.cost <= limits.ceiling - set_cost) & (profit > 0)
    room = float(limits.new - must.sum())
    by_number = _filled(np.where(_best_of_cell(profit, fits, limits), profit, 0.0), None, room)
    choice = by_number
    if np.isfinite(limits.budget):
        earned = np.where(fits, profit, 0.0)
        by_cost = _filled(earned, limits.cost, limits.ceiling - set_cost)
        choice = by_cost if by_cost.earned < by_number.earned else by_number
    known = profit[must].sum()
    beside = np.minimum(choice.with_site + profit, choice.earned)
    with_site = known + np.where(choice.part < 1, beside, choice.earned)
    with_site = np.where(fits | must | (profit <= 0), with_site, -np.inf)
    return _Share(known + choice.earned, np.where(must, 1.0, choice.part), with_site)


def _best_of_cell(
    profit: NDArray[np.float64], fits: NDArray[np.bool_], limits: Limits
) -> NDArray[np.bool_]:
    """Mark the candidate that earns most among those that all stand too near one another."""
    if limits.spacing_m <= 0:
        return fits
    order = np.lexsort((-np.where(fits, profit, -1.0), limits.cell))
    first = order[np.unique(limits.cell[order], return_index=True)[1]]
    marked = np.zeros(len(profit), dtype=np.bool_)
    marked[first] = True
    return marked & fits


def _filled(profit: NDArray[np.float64], cost: NDArray[np.float64] | None, room: float) -> _Share:
    """Fill the room with what earns most per cost, the last in part (Dantzig 1957).

    `with_site` is what the others earn at most beside a candidate: the room it takes is lost at
    the rate of the last one that fitted.
    """
    size = np.ones(len(profit)) if cost is None else cost
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(profit > 0, profit / size, 0.0)
    order = np.argsort(-rate, kind="stable")
    order = order[rate[order] > 0]
    before = np.concatenate([[0.0], np.cumsum(size[order])])[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        fraction = np.where(size[order] > 0, (room - before) / size[order], 1.0)
    fraction = np.clip(fraction, 0.0, 1.0)
    part = np.zeros(len(profit))
    part[order] = fraction
    full = before + size[order] >= room
    last = order[fraction > 0][-1] if full.any() and (fraction > 0).any() else None
    rate_lost = float(rate[last]) if last is not None else 0.0
    earned = float((profit * part).sum())
    return _Share(earned, part, earned - rate_lost * size)
