"""Catchments: which homes each candidate site could serve, and how far they would walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Catchments:
    """The homes near each of c candidates: a sparse table, row after row, never a full matrix.

    Attributes
    ----------
    first
        (c + 1,) int64: the pairs of candidate ``i`` are ``first[i]`` up to ``first[i + 1]``.
    home
        (p,) int64, the home of each pair; rising within a candidate.
    walk_m
        (p,) float64, metres walked from that home to the candidate.
    limit_m
        How far was looked: a home without a pair is farther than this, or cannot get there.
    """

    first: NDArray[np.int64]
    home: NDArray[np.int64]
    walk_m: NDArray[np.float64]
    limit_m: float

    def __len__(self) -> int:
        """How many candidates."""
        return len(self.first) - 1
