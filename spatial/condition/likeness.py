"""Records that stand for one thing: the same in what they say, and near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEIGHBOURS: Final = 3


def alike(xy: NDArray[np.float64], code: NDArray[np.int64], within_m: float) -> NDArray[np.bool_]:
    """Tell which of n records repeat another: all but the first of each group.

    Records of one code are a group if a chain of steps no longer than `within_m` joins them.

    Parameters
    ----------
    xy
        (n, 2) metres.
    code
        (n,) whole numbers: what a record says.

    Examples
    --------
    >>> alike(np.array([[0.0, 0], [3, 0], [3, 1], [90, 0]]), np.array([7, 8, 7, 7]), 10.0).tolist()
    [False, False, True, False]
    """
    n = len(xy)
    if n < 2:  # noqa: PLR2004  a pair
        return np.zeros(n, dtype=bool)
    apart = 4.0 * within_m + 1.0  # codes lie on floors so high that no step joins two of them
    floors = np.column_stack([xy, code * apart])
    far, near = cKDTree(floors).query(floors, k=min(_NEIGHBOURS, n), distance_upper_bound=within_m)
    one, other = np.repeat(np.arange(n), near.shape[1]), near.ravel()
    found = np.isfinite(far.ravel())
    joined = coo_array((np.ones(found.sum()), (one[found], other[found])), shape=(n, n))
    group = connected_components(joined, directed=False)[1]
    again = np.ones(n, dtype=bool)
    again[np.unique(group, return_index=True)[1]] = False
    return again
