"""The choice of sites worth most: a good one at once, then better ones, with what is proven."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from spatial.siting.bounding import bound
from spatial.siting.covering import without_dominated
from spatial.siting.highs import fits, fits_served, most_served, most_worth, solve
from spatial.siting.swapping import greedy, shaken, swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.siting.capacity import Crowded
    from spatial.siting.covering import Table
    from spatial.siting.limits import Limits
    from spatial.siting.quest import Quest

_SHAKES, _MORE_SHAKES = 40, 400


def maximise(table: Table, limits: Limits, quest: Quest) -> None:
    """Seek the sites worth most together.

    Greedy, swaps and a bound by prices come first; whatever cannot be part of a better choice is
    then left out, and HiGHS decides among the rest if they are few enough.
    """
    table = _smaller(table, limits)
    first = greedy(table, limits)
    quest.found(first, table.value(first), "greedy")
    better = greedy(table, limits, swapped(table, limits, first))
    quest.found(better, table.value(better), "swaps")
    anyone = np.full(table.candidates, np.inf)
    _bounded(table, limits, anyone, quest)
    _shake(table, limits, quest, _SHAKES)
    few = _bounded(table, limits, anyone, quest)
    left = table.only(few.usable)
    if fits(left):
        _decide(left, few, quest)
    else:
        _shake(table, limits, quest, _MORE_SHAKES)


def maximise_served(crowded: Crowded, quest: Quest) -> None:
    """Seek the sites worth most together where each serves no more people than its capacity."""
    table, limits, capacity = crowded.table, crowded.limits, crowded.capacity
    first = crowded.greedy()
    quest.found(first, crowded.value(first), "greedy")
    better = crowded.swapped(first, lambda: quest.left_s > 0)
    quest.found(better, crowded.value(better), "swaps")
    few = _bounded(table, limits, capacity, quest)
    left = table.only(few.usable)
    if quest.is_open and fits_served(left):
        solved = solve(most_served(left, few, capacity), seconds=quest.left_s)
        if solved.chosen is not None:
            quest.found(solved.chosen, crowded.value(solved.chosen), "HiGHS")
        quest.proved(max(solved.bound, quest.value))


def _smaller(table: Table, limits: Limits) -> Table:
    """Drop dominated candidates where nothing but worth and cost tells candidates apart."""
    if limits.spacing_m > 0 or limits.must.any():
        return table
    return without_dominated(table, limits.cost)


def _bounded(table: Table, limits: Limits, capacity: NDArray[np.float64], quest: Quest) -> Limits:
    """Prove a bound; gives the limits narrowed to what may be part of a better choice."""
    if not quest.is_open:
        return limits

    def go_on(least: float) -> bool:
        quest.proved(least)
        return quest.is_open

    proven = bound(table, limits, capacity, quest.value, go_on)
    quest.proved(proven.value)
    kept = limits.must | (proven.with_site > quest.value)
    return replace(limits, usable=limits.usable & kept)


def _shake(table: Table, limits: Limits, quest: Quest, rounds: int) -> None:
    """Look around the best choice known for a better one."""

    def go_on(value: float) -> bool:
        return quest.is_open and value < quest.bound

    if quest.is_open and quest.sites is not None:
        other = shaken(table, limits, quest.sites, rounds=rounds, go_on=go_on)
        quest.found(other, table.value(other), "swaps")


def _decide(table: Table, limits: Limits, quest: Quest) -> None:
    """Let HiGHS look for a better choice, or prove that there is none."""
    if not quest.is_open:
        return
    solved = solve(most_worth(table, limits), seconds=quest.left_s)
    if solved.chosen is not None:
        quest.found(solved.chosen, table.value(solved.chosen), "HiGHS")
    quest.proved(max(solved.bound, quest.value))
