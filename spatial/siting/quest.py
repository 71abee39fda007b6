"""The best answer so far and what is proven about it, while the time lasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SAME = 1e-7
"""Value and bound are one if they differ by no more than this part, as both are sums."""


@dataclass
class Quest:
    """A search for the most (or the least) that is never without an answer once it has one.

    Attributes
    ----------
    limit_s
        How long it may take.
    gap_wanted
        A gap that is small enough to stop.
    least
        Whether the least is sought, not the most.
    heard
        Called with the quest whenever a better answer is found.
    sites, value, method
        The best answer so far, what it is worth, and how it was found; None before there is one.
    bound
        No answer is better than this.
    greedy_value
        What the first answer was worth.
    """

    limit_s: float
    gap_wanted: float = 0.0
    least: bool = False
    heard: Callable[[Quest], None] | None = None
    sites: NDArray[np.int64] | None = None
    value: float = np.nan
    method: str = ""
    bound: float = np.nan
    greedy_value: float = np.nan
    began: float = field(default_factory=perf_counter)

    def __post_init__(self) -> None:
        """Nothing is proven at first."""
        self.bound = 0.0 if self.least else np.inf

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return perf_counter() - self.began

    @property
    def left_s(self) -> float:
        """How long it may take still."""
        return max(self.limit_s - self.seconds, 0.0)

    @property
    def gap(self) -> float:
        """The part, 0 to 1, by which the best answer might be better."""
        return gap(self.value, self.bound)

    @property
    def is_open(self) -> bool:
        """Whether there is something left to find, and time to look for it."""
        unproven = self.sites is None or self.gap > max(self.gap_wanted, 0.0)
        return unproven and self.left_s > 0

    def found(self, sites: NDArray[np.int64], value: float, method: str) -> None:
        """Take an answer if it is better than the best so far."""
        better = value < self.value if self.least else value > self.value
        if self.sites is not None and not better:
            return
        if self.sites is None:
            self.greedy_value = value
        self.sites, self.value, self.method = sites, float(value), method
        self.proved(self.bound)
        if self.heard is not None:
            self.heard(self)

    def proved(self, bound: float) -> None:
        """Take a bound if it is tighter; what is as good as equal is equal."""
        tighter = max(bound, self.bound) if self.least else min(bound, self.bound)
        beyond = tighter >= self.value if self.least else tighter <= self.value
        if beyond or gap(self.value, tighter) <= _SAME:
            tighter = self.value
        self.bound = float(tighter)


def gap(value: float, bound: float) -> float:
    """Measure how far apart value and bound are: a part of the larger, 0 to 1.

    Examples
    --------
    >>> gap(99.0, 100.0)
    0.01
    >>> gap(0.0, 0.0)
    0.0
    """
    if np.isnan(value) or np.isinf(bound) or np.isinf(value):
        return 0.0 if value == bound else 1.0
    larger = max(abs(value), abs(bound))
    return abs(value - bound) / larger if larger > 0 else 0.0
