"""What a choice of sites must keep to: their number, a budget, spacing, and sites that are set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDING = 1e-9
"""A budget counts as kept if costs exceed it by no more than this part, as sums are rounded."""


@dataclass(frozen=True)
class Limits:
    """Which of c candidates may be chosen together.

    Attributes
    ----------
    new
        At most so many sites.
    budget
        Their costs together are at most this; inf: no budget.
    cost
        (c,) float64, 0 or more.
    usable, must
        (c,) bool: may be chosen at all; is always chosen.
    xy
        (c, 2) float64 metres, or None where sites may stand at any distance.
    spacing_m
        Two chosen sites are at least this far apart, straight.
    """

    new: int
    budget: float
    cost: NDArray[np.float64]
    usable: NDArray[np.bool_]
    must: NDArray[np.bool_]
    xy: NDArray[np.float64] | None = None
    spacing_m: float = 0.0

    @cached_property
    def ceiling(self) -> float:
        """The budget, with room for the rounding of sums."""
        return self.budget + _ROUNDING * max(self.budget, 1.0)

    @cached_property
    def clashes(self) -> csr_array:
        """(c, c) True where two candidates stand too near each other for both."""
        c = len(self.cost)
        if self.xy is None or self.spacing_m <= 0:
            return csr_array((c, c), dtype=np.bool_)
        near = KDTree(self.xy).query_pairs(self.spacing_m, output_type="ndarray")
        one, other = near.T
        too_near = np.hypot(*(self.xy[one] - self.xy[other]).T) < self.spacing_m
        one, other = one[too_near], other[too_near]
        ends = (np.concatenate([one, other]), np.concatenate([other, one]))
        return coo_array((np.ones(2 * len(one), dtype=np.bool_), ends), shape=(c, c)).tocsr()

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """(c,) numbers such that candidates of one number all stand too near one another.

        Squares as wide as fit into a circle of that diameter; a site may have one of its own.
        """
        if self.xy is None or self.spacing_m <= 0:
            return np.arange(len(self.cost))
        square = np.floor(self.xy / (self.spacing_m * np.sqrt(0.4999)))
        return np.unique(square, axis=0, return_inverse=True)[1].ravel()

    def may_join(self, chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
        """(c,) which candidates may be added to those chosen."""
        if len(chosen) >= self.new:
            return np.zeros(len(self.cost), dtype=np.bool_)
        room = self.ceiling - self.cost[chosen].sum()
        free = self.usable & (self.cost <= room)
        free[chosen] = False
        free[self.clashes[chosen].nonzero()[1]] = False
        return free

    def may_replace(self, chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
        """(chosen, c) which candidates may stand in the place of each chosen one."""
        left = self.ceiling - (self.cost[chosen].sum() - self.cost[chosen])
        clash = self.clashes[chosen].toarray()
        free = (self.cost <= left[:, None]) & (clash.sum(axis=0) - clash == 0) & self.usable
        free[:, chosen] = False
        free[self.must[chosen]] = False
        return free
