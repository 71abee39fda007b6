"""Sites that can serve so many people and no more: who goes where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from spatial.siting.covering import merged
from spatial.siting.highs import most_served, solve
from spatial.siting.kernels import Pairs, profits
from spatial.siting.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from spatial.siting.covering import Table

_LONG_S = 60.0
_ENOUGH = 1e-9


@dataclass(frozen=True)
class Crowded:
    """Sites with a capacity, and what choices of them are worth.

    People of one home may go to different sites within reach; each goes where all of them
    together are served best, not where it is nearest.

    Attributes
    ----------
    table
        Each row is worth the same to all its candidates.
    limits
        What a choice keeps to.
    capacity
        (c,) people each candidate can serve; inf: any number.
    """

    table: Table
    limits: Limits
    capacity: NDArray[np.float64]

    @cached_property
    def _kind(self) -> NDArray[np.int64]:
        """(r,) rows whose people count equally have one number."""
        return self.table.kind

    def value(self, chosen: NDArray[np.int64]) -> float:
        """What a choice is worth, with everyone assigned in the best way."""
        return self._assigned(chosen)[0]

    def _assigned(self, chosen: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
        """The worth of a choice, and (r,) the share of each row left unserved."""
        left = np.ones(self.table.rows)
        some, rows = self.table.picked(chosen)
        if not len(rows):
            return 0.0, left
        few, number = merged(some, self._kind[rows])
        k = np.ones(len(chosen), dtype=np.bool_)
        taken = Limits(len(k), np.inf, np.zeros(len(k)), k, k)
        model = most_served(few, taken, self.capacity[chosen])
        solved = solve(model, seconds=_LONG_S, relaxed=True)
        share = solved.columns[len(k) :]
        served = np.bincount(few.pairs.row, weights=share, minlength=few.rows)
        left[rows] = np.clip(1.0 - served, 0.0, 1.0)[number]
        return float(few.pairs.worth @ share), left

    def _next(self, chosen: NDArray[np.int64], left: NDArray[np.float64]) -> NDArray[np.int64]:
        """Add the site that serves most of those left per cost, if any does."""
        pairs, c = self.table.pairs, self.table.candidates
        rest = Pairs(pairs.first, pairs.row, pairs.worth * left[pairs.row])
        gains = profits(rest, np.zeros(len(left)), self.table.people * left, self.capacity)
        if np.isfinite(self.limits.budget):
            gains = gains / np.maximum(self.limits.cost, 1e-12)
        gains[~self.limits.may_join(chosen)] = 0.0
        site = int(gains.argmax()) if c else 0
        return np.append(chosen, site) if c and gains[site] > 0 else chosen

    def greedy(
        self, start: NDArray[np.int64] | None = None, target: float = np.inf
    ) -> NDArray[np.int64]:
        """Add the site that serves most of those left, until nothing helps or more is wanted."""
        chosen = np.flatnonzero(self.limits.must) if start is None else start
        while True:
            value, left = self._assigned(chosen)
            more = self._next(chosen, left) if value < target else chosen
            if len(more) == len(chosen):
                return chosen
            chosen = more

    def swapped(self, chosen: NDArray[np.int64], go_on: Callable[[], bool]) -> NDArray[np.int64]:
        """Take each site out in turn and put the best in its place, until nothing is gained."""
        value, idle, turn = self.value(chosen), 0, 0
        while idle < len(chosen) and go_on():
            turn = (turn + 1) % len(chosen)
            idle += 1
            if self.limits.must[chosen[turn]]:
                continue
            rest = np.delete(chosen, turn)
            other = self._next(rest, self._assigned(rest)[1])
            gained = self.value(other) - value
            if gained > _ENOUGH * value:
                chosen, value, idle = other, value + gained, 0
        return chosen

    def in_order(self, sites: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Put sites in order of building; gives what each adds, given those before it.

        A site never adds more later than it would have before, so one that still adds most after
        being asked again is the next.
        """
        waiting = [(-self.value(np.array([site])), int(site)) for site in sites]
        heapify(waiting)
        order: list[int] = []
        gains: list[float] = []
        total = 0.0
        while waiting:
            _, site = heappop(waiting)
            value = self.value(np.array([*order, site]))
            if waiting and value - total < -waiting[0][0]:
                heappush(waiting, (total - value, site))
                continue
            order.append(site)
            gains.append(max(value - total, 0.0))
            total = value
        return np.array(order, dtype=np.int64), np.array(gains)
