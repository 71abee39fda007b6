"""The fewest (or cheapest) sites that are worth enough together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from spatial.errors import InputError
from spatial.siting.bounding import bound
from spatial.siting.capacity import Crowded
from spatial.siting.covering import needed, without_dominated
from spatial.siting.highs import (
    all_rows,
    cheapest,
    choice,
    fits,
    fits_served,
    most_served,
    most_worth,
    solve,
)
from spatial.siting.kernels import profits
from spatial.siting.swapping import greedy, in_order, shaken, swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.siting.covering import Table
    from spatial.siting.highs import Model
    from spatial.siting.limits import Limits
    from spatial.siting.quest import Quest

_SHAKES, _MORE_SHAKES = 15, 150
_ROUNDING = 1e-9
"""A target counts as reached if no more than this part is missing, as sums are rounded."""


@dataclass(frozen=True)
class Wanted:
    """Sites of which the fewest (or cheapest) are sought.

    Attributes
    ----------
    table
        Whom each candidate serves; worth is people.
    limits
        What a choice keeps to, apart from their number and a budget.
    price
        (c,) what is added up: 1 each, or costs.
    target
        People to be served.
    capacity
        (c,) people each candidate can serve, or None: any number.
    """

    table: Table
    limits: Limits
    price: NDArray[np.float64]
    target: float
    capacity: NDArray[np.float64] | None

    @property
    def floor(self) -> float:
        """The target, less the rounding of sums."""
        return self.target * (1 - _ROUNDING)

    @property
    def everyone(self) -> bool:
        """Whether the target is everyone there is, so that each row must be served."""
        return bool(self.floor >= self.table.people.sum() * (1 - 2 * _ROUNDING))

    @property
    def by_number(self) -> bool:
        """Whether sites are counted, not paid."""
        return bool((self.price == 1).all())

    def cost(self, sites: NDArray[np.int64]) -> float:
        """The number or price of sites."""
        return float(self.price[sites].sum())

    def in_order(self, sites: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Sites in order of building, and the people each adds."""
        if self.capacity is None:
            return in_order(self.table, sites)
        return Crowded(self.table, self.limits, self.capacity).in_order(sites)

    def value(self, sites: NDArray[np.int64]) -> float:
        """The people they serve."""
        if self.capacity is None:
            return self.table.value(sites)
        return Crowded(self.table, self.limits, self.capacity).value(sites)


def fewest(wanted: Wanted, quest: Quest) -> None:
    """Seek the fewest sites that serve the target.

    Raises
    ------
    InputError
        If no choice within the limits serves it.
    """
    people, wanted = wanted.target, _smaller(wanted)
    first = _greedy(wanted)
    if wanted.value(first) >= wanted.floor:
        first = _pruned(wanted, first)
        quest.found(first, wanted.cost(first), "greedy")
        _one_less(wanted, quest, _SHAKES)
        _bounded(wanted, quest)
    if quest.is_open:
        _decide(wanted, quest)
    if quest.is_open and quest.sites is not None:
        _one_less(wanted, quest, _MORE_SHAKES)
    if quest.sites is None:
        raise InputError(
            f"no choice of sites was found that serves {people:g} more people: spacing, capacity "
            "or time do not allow it",
            "ask for a smaller share, or for less spacing, more capacity or more time",
        )


def _smaller(wanted: Wanted) -> Wanted:
    """Drop what cannot matter from the table, where it does not break limits or capacities.

    Where everyone must be served, rows count alike, as none may be missed.
    """
    table, limits, price = wanted.table, wanted.limits, wanted.price
    if wanted.capacity is not None:
        return wanted
    alike = limits.spacing_m <= 0 and not limits.must.any()
    if wanted.everyone:
        table = needed(table.counted(), price if alike else None)
        return replace(wanted, table=table, target=float(table.rows))
    return replace(wanted, table=without_dominated(table, price)) if alike else wanted


def _greedy(wanted: Wanted) -> NDArray[np.int64]:
    """Add the site that serves most per price until enough are served."""
    paid = replace(wanted.limits, cost=wanted.price, budget=float(wanted.price.sum()))
    if wanted.capacity is None:
        return greedy(wanted.table, paid, target=wanted.floor)
    return Crowded(wanted.table, paid, wanted.capacity).greedy(target=wanted.floor)


def _pruned(wanted: Wanted, sites: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out sites without which enough are served still, the dearest first, then the last."""
    order = np.lexsort((-np.arange(len(sites)), -wanted.price[sites]))
    for site in sites[order]:
        fewer = sites[sites != site]
        if not wanted.limits.must[site] and wanted.value(fewer) >= wanted.floor:
            sites = fewer
    return sites


def _one_less(wanted: Wanted, quest: Quest, rounds: int) -> None:
    """Try to serve as many with one site less, by swaps, again and again."""
    while wanted.by_number and wanted.capacity is None and quest.is_open:
        assert quest.sites is not None  # noqa: S101  found just before
        fewer = replace(wanted.limits, new=len(quest.sites) - 1)
        if wanted.limits.must.sum() > fewer.new:
            return
        table = wanted.table
        sites = swapped(table, fewer, greedy(table, fewer))
        sites = shaken(
            table,
            fewer,
            sites,
            rounds=rounds,
            go_on=lambda value: quest.left_s > 0 and value < wanted.floor,
        )
        if table.value(sites) < wanted.floor:
            return
        quest.found(_pruned(wanted, sites), wanted.cost(_pruned(wanted, sites)), "swaps")


def _bounded(wanted: Wanted, quest: Quest) -> None:
    """Prove a bound: what is not enough to serve the target, however it is spent.

    Prices are sought for spending a little less than the best answer; any prices prove a bound.
    """
    capacity = wanted.capacity
    room = np.full(wanted.table.candidates, np.inf) if capacity is None else capacity
    spent = quest.value - 1 if wanted.by_number else quest.value * (1 - 1e-3)
    if spent < wanted.price[wanted.limits.must].sum():
        quest.proved(wanted.price[wanted.limits.must].sum())
        return
    short = replace(wanted.limits, cost=wanted.price, budget=spent)
    proven = bound(
        wanted.table,
        short,
        room,
        wanted.floor,
        lambda most: quest.left_s > 0 and most >= wanted.floor,
    )
    profit = profits(wanted.table.pairs, proven.price, wanted.table.people, room)
    quest.proved(_least(wanted, proven.price.sum(), profit))


def _least(wanted: Wanted, granted: float, profit: NDArray[np.float64]) -> float:
    """The least price at which the sites that earn most per price make up the target."""
    must = wanted.limits.must
    missing = wanted.floor * (1 - _ROUNDING) - granted - profit[must].sum()
    free = wanted.limits.usable & ~must & (profit > 0)
    rate = profit[free] / np.maximum(wanted.price[free], 1e-300)
    order = np.argsort(-rate)
    earned = np.concatenate([[0.0], np.cumsum(profit[free][order])])
    paid = np.concatenate([[0.0], np.cumsum(wanted.price[free][order])])
    paid = paid + wanted.price[must].sum()
    least = float(np.interp(missing, earned, paid)) if missing > 0 else float(paid[0])
    return _rounded(wanted, least)


def _rounded(wanted: Wanted, least: float) -> float:
    """A number of sites is whole; a price may be rounded a little."""
    return float(np.ceil(least - 1e-6)) if wanted.by_number else least * (1 - _ROUNDING)


def _decide(wanted: Wanted, quest: Quest) -> None:
    """Let HiGHS find the fewest, or come as near as the time allows, if they are few enough."""
    model = _model(wanted, quest)
    if model is None:
        return
    solved = solve(model, seconds=quest.left_s)
    if solved.chosen is not None and wanted.value(solved.chosen) >= wanted.floor * (1 - 1e-8):
        quest.found(solved.chosen, wanted.cost(solved.chosen), "HiGHS")
    if quest.sites is not None:
        quest.proved(_rounded(wanted, min(-solved.bound, quest.value)))


def _model(wanted: Wanted, quest: Quest) -> Model | None:
    """Model the question; None if that would be too large. Only fewer sites are of interest."""
    table, limits, price = wanted.table, wanted.limits, wanted.price
    if wanted.by_number and quest.sites is not None:
        limits = replace(limits, new=len(quest.sites) - 1)
    if wanted.capacity is not None:
        model = most_served(table, limits, wanted.capacity) if fits_served(table) else None
    elif wanted.everyone:
        return choice(limits, -price).with_rows(*all_rows(table))
    else:
        model = most_worth(table, limits) if fits(table) else None
    return None if model is None else cheapest(model, price, model.objective, wanted.target)
