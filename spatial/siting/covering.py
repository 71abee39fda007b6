"""The table that siting works on: what each candidate is worth to whom, made as small as can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from spatial.siting.kernels import Pairs, Sets, same_sets, standing, supersets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.catchments import Catchments


@dataclass(frozen=True)
class Table:
    """What c candidates are worth to r rows: homes, or homes that count as one.

    A choice of sites is worth the sum, over the rows, of the most any of its sites is worth.

    Attributes
    ----------
    pairs
        Who serves whom; rows rise within a candidate. A candidate without pairs is of no use.
    people
        (r,) float64, how many live in each row.
    """

    pairs: Pairs
    people: NDArray[np.float64]

    @property
    def candidates(self) -> int:
        """How many candidates, useless ones among them."""
        return len(self.pairs.first) - 1

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.people)

    @property
    def candidate(self) -> NDArray[np.int64]:
        """(p,) the candidate of each pair."""
        return np.repeat(np.arange(self.candidates), np.diff(self.pairs.first))

    @property
    def most(self) -> NDArray[np.float64]:
        """(r,) the most that any candidate is worth to each row."""
        most = np.zeros(self.rows)
        np.maximum.at(most, self.pairs.row, self.pairs.worth)
        return most

    @property
    def kind(self) -> NDArray[np.int64]:
        """(r,) rows whose people count equally have one number."""
        per_person = np.round(self.most / np.maximum(self.people, 1e-300), 12)
        return np.unique(per_person, return_inverse=True)[1].ravel()

    def value(self, chosen: NDArray[np.int64]) -> float:
        """What a choice of sites is worth."""
        return float(standing(self.pairs, self.rows, chosen)[0].sum())

    def only(self, kept: NDArray[np.bool_]) -> Table:
        """Leave out the candidates that are not kept; all keep their numbers."""
        take = np.repeat(kept, np.diff(self.pairs.first))
        size = np.where(kept, np.diff(self.pairs.first), 0)
        first = np.concatenate([[0], np.cumsum(size)])
        return replace(self, pairs=Pairs(first, self.pairs.row[take], self.pairs.worth[take]))

    def counted(self) -> Table:
        """Let each row be worth 1, and count as 1."""
        pairs = self.pairs._replace(worth=np.ones(len(self.pairs.row)))
        return Table(pairs, np.ones(self.rows))

    def picked(self, chosen: NDArray[np.int64]) -> tuple[Table, NDArray[np.int64]]:
        """Keep some candidates only, numbered anew, and their rows; gives which rows these are."""
        size = np.diff(self.pairs.first)[chosen]
        first = np.concatenate([[0], np.cumsum(size)])
        pair = np.arange(first[-1]) + np.repeat(self.pairs.first[chosen] - first[:-1], size)
        used, row = np.unique(self.pairs.row[pair], return_inverse=True)
        pairs = Pairs(first, row.ravel().astype(np.int32), self.pairs.worth[pair])
        return Table(pairs, self.people[used]), used

    def by_row(self) -> Pairs:
        """The same pairs told by row: `row` names the candidate."""
        shape = (self.candidates, self.rows)
        told = csr_array((self.pairs.worth, self.pairs.row, self.pairs.first), shape=shape)
        turned = told.tocsc()
        first, row = turned.indptr.astype(np.int64), turned.indices.astype(np.int32)
        return Pairs(first, row, turned.data)


def people_within(
    catchments: Catchments,
    weight: NDArray[np.float64],
    factor: NDArray[np.float64],
    reach_m: float,
    wanted: NDArray[np.bool_],
    usable: NDArray[np.bool_],
    *,
    apart: bool = False,
) -> Table:
    """Tell whom each candidate would serve; homes that the same candidates serve are one row.

    Parameters
    ----------
    catchments
        Which homes lie near which candidates.
    weight, factor
        (h,) people in each home, and how much each of them counts.
    reach_m
        Served is who walks no farther, metres.
    wanted
        (h,) bool: the homes that count, those not served yet.
    usable
        (c,) bool: the candidates that may be chosen.
    apart
        Whether homes whose people count differently are no one row: where some stay unserved, it
        matters who.

    Examples
    --------
    Homes 0 and 1 have the same two candidates, home 2 has only the second:

    >>> from spatial.catchments import Catchments
    >>> near = Catchments(np.array([0, 2, 5]), np.array([0, 1, 0, 1, 2]), np.full(5, 90.0), 500.0)
    >>> ones = np.ones(3)
    >>> people_within(near, np.array([3.0, 4, 5]), ones, 500.0, ones > 0, ones[:2] > 0).people
    array([7., 5.])
    """
    take = (catchments.walk_m <= reach_m) & wanted[catchments.home]
    take &= np.repeat(usable, np.diff(catchments.first))
    table = _table(catchments, take, weight, (weight * factor)[catchments.home])
    return merged(table, table.kind if apart else None)[0]


def metres_saved(
    catchments: Catchments,
    weight: NDArray[np.float64],
    factor: NDArray[np.float64],
    present_m: NDArray[np.float64],
    usable: NDArray[np.bool_],
) -> Table:
    """Tell how many metres of walking each candidate would save, times the people who save them.

    Walks are counted up to the limit of the catchments: whoever walks farther today, or cannot
    walk at all, counts as walking just that far.
    """
    walk_m = np.minimum(present_m, catchments.limit_m)
    saved_m = walk_m[catchments.home] - catchments.walk_m
    worth = np.maximum(saved_m, 0.0) * (weight * factor)[catchments.home]
    take = np.repeat(usable, np.diff(catchments.first))
    return _table(catchments, take, weight, worth)


def _table(
    catchments: Catchments,
    take: NDArray[np.bool_],
    weight: NDArray[np.float64],
    worth: NDArray[np.float64],
) -> Table:
    """Lay out some of the pairs, those worth anything; the homes without any are left out."""
    take = take & (worth > 0)
    home = catchments.home[take]
    used = np.zeros(len(weight), dtype=np.bool_)
    used[home] = True
    row = (np.cumsum(used) - 1)[home].astype(np.int32)
    pairs = Pairs(_counted(catchments.first, take), row, worth[take])
    return Table(pairs, weight[used])


def merged(table: Table, kind: NDArray[np.int64] | None = None) -> tuple[Table, NDArray[np.int64]]:
    """Make one row of all that the same candidates serve; gives (r,) where each went.

    Parameters
    ----------
    table
        A row is worth the same to all its candidates.
    kind
        (r,) rows of different kinds are kept apart; default: all are of one kind.
    """
    pairs = table.pairs
    sets = Sets(pairs.first, pairs.row)
    if kind is not None:
        sets = _with_kinds(sets, kind)
    _, head, number = np.unique(same_sets(sets, table.rows), return_index=True, return_inverse=True)
    number = np.argsort(np.argsort(head))[number.ravel()]  # in the order of their first rows
    worth = _summed(number, table.most)
    heads = np.zeros(table.rows, dtype=np.bool_)
    heads[head] = True
    take = heads[pairs.row]
    row = number[pairs.row[take]].astype(np.int32)
    fewer = Pairs(_counted(pairs.first, take), row, worth[row])
    return Table(fewer, _summed(number, table.people)), number


def _summed(number: NDArray[np.int64], amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up the amounts that have one number."""
    return np.bincount(number, weights=amounts).astype(np.float64)


def _with_kinds(sets: Sets, kind: NDArray[np.int64]) -> Sets:
    """Add a set for each kind."""
    size = np.bincount(kind)
    first = np.concatenate([sets.first, sets.first[-1] + np.cumsum(size)])
    items = np.argsort(kind, kind="stable").astype(np.int32)
    return Sets(first, np.concatenate([sets.item, items]))


def _counted(first: NDArray[np.int64], take: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Where each candidate's pairs begin once only those taken are left."""
    return np.concatenate([[0], np.cumsum(take)])[first]


def without_dominated(table: Table, cost: NDArray[np.float64]) -> Table:
    """Leave out candidates in whose place another is worth no less to anyone, and costs no more.

    Right only where nothing else tells candidates apart: no spacing, no capacity.
    """
    pairs = table.pairs
    held = supersets(Sets(pairs.first, pairs.row), pairs.worth, table.by_row(), cost, larger=False)
    return table.only(~held)


def needed(table: Table, cost: NDArray[np.float64] | None) -> Table:
    """Drop rows and candidates in turn as long as that leaves fewer; every row must be served.

    Without `cost` all candidates stay, for something else tells them apart.
    """
    while True:
        smaller = table if cost is None else without_dominated(table, cost)
        smaller = _needed_rows(smaller)
        if cost is None or len(smaller.pairs.row) == len(table.pairs.row):
            return smaller
        table = smaller


def _needed_rows(table: Table) -> Table:
    """Leave out rows that are served whenever another is: those with all its candidates and more.

    Right only where every row must be served.
    """
    by_row, pairs = table.by_row(), table.pairs
    told = Sets(by_row.first, by_row.row)
    ones = np.ones(len(by_row.row))
    back = Pairs(pairs.first, pairs.row, ones)
    kept = ~supersets(told, ones, back, np.zeros(table.rows), larger=True)
    take = kept[pairs.row]
    number = np.cumsum(kept) - 1
    row = number[pairs.row[take]].astype(np.int32)
    smaller = Pairs(_counted(pairs.first, take), row, pairs.worth[take])
    return Table(smaller, table.people[kept])
