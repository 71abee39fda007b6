"""Crowds: homes put together in square cells until each holds so many people.

Cells are those of a grid that knows nothing of the homes (multiples of the side, in metres of the
CRS), so their edges tell nothing. A cell with too few people grows to the square of twice its side
that it is a quarter of, and takes its neighbours there along; cells never overlap. What is still
too few in the largest square belongs to no cell; nor does what could only be told if many more
people than asked for were thrown together for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE_M: Final = 100.0
DOUBLINGS: Final = 5
"""The smallest cell's side, and how often it may double: to 3,200 m."""

WORTH: Final = 20.0
"""A cell of too few grows beyond its first doubling only while it takes along fewer people than so
many times the least: one farm must not blur a town."""

NO_CELL: Final = -1
_SHIFT: Final = 1 << 31


@dataclass(frozen=True)
class Crowds:
    """Homes in cells of enough people.

    Attributes
    ----------
    cell
        (h,) the cell of each home; `NO_CELL` for homes without people and for those left over.
    squares
        (c,) the cells' outlines, in the CRS of the homes.
    people
        (c,) how many live in each.
    left
        How many live in no cell.
    """

    cell: NDArray[np.int64]
    squares: NDArray[np.object_]
    people: NDArray[np.float64]
    left: float


def crowds(
    xy: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    least: float,
    side_m: float = SIDE_M,
    doublings: int = DOUBLINGS,
) -> Crowds:
    """Put homes together in cells of at least so many people.

    Parameters
    ----------
    xy, weight
        (h, 2) metres and (h,) people.
    least
        The fewest people of a cell.
    side_m, doublings
        The smallest side, and how often it may double.

    Examples
    --------
    >>> found = crowds(np.array([[10.0, 10], [20, 10], [150, 10]]), np.ones(3), least=3)
    >>> found.cell.tolist(), found.people.tolist(), found.squares[0].bounds
    ([0, 0, 0], [3.0], (0.0, 0.0, 200.0, 200.0))
    """
    lived_in = np.flatnonzero(weight > 0)
    column_row = np.floor(xy[lived_in] / side_m).astype(np.int64)
    level = _levels(column_row, weight[lived_in], least, doublings)
    key = np.column_stack([level, column_row >> level[:, None]])
    cells, row = np.unique(key, axis=0, return_inverse=True)
    row = row.reshape(-1)
    people = np.bincount(row, weights=weight[lived_in], minlength=len(cells)).astype(np.float64)
    enough = people >= least
    renumbered = np.where(enough, np.cumsum(enough) - 1, NO_CELL)
    cell = np.full(len(weight), NO_CELL, dtype=np.int64)
    cell[lived_in] = renumbered[row]
    side = side_m * 2.0 ** cells[enough, :1]
    corner = cells[enough, 1:] * side
    squares = np.asarray(shapely.box(*corner.T, *(corner + side).T), dtype=object)
    return Crowds(cell, squares, people[enough], float(people[~enough].sum()))


def _levels(
    column_row: NDArray[np.int64], weight: NDArray[np.float64], least: float, doublings: int
) -> NDArray[np.int64]:
    """How often the cell of each home doubles; whoever shares the larger square comes along."""
    level = np.zeros(len(weight), dtype=np.int64)
    for now in range(doublings):
        here = np.flatnonzero(level == now)
        few = here[_sums(_number(column_row[here] >> now), weight[here]) < least]
        larger = _number(column_row >> (now + 1))
        kept = np.where(np.isin(np.arange(len(weight)), few), 0.0, weight)
        taken = few[(_sums(larger, kept)[few] < WORTH * least) | (now == 0)]
        level[np.isin(larger, larger[taken]) & (level <= now)] = now + 1
    return level


def _sums(key: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum weights by key, given for each row."""
    keys, row = np.unique(key, return_inverse=True)
    return np.asarray(np.bincount(row, weights=weight, minlength=len(keys))[row])


def _number(column_row: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each pair."""
    return (column_row[:, 0] + _SHIFT) * (2 * _SHIFT) + column_row[:, 1] + _SHIFT
