"""A field of walking distances that is kept true while entrances and streets open and close.

`WalkField` knows the metres from every row of a graph to the nearest open entrance. A change
costs what it changes, not what the city is large, and gives the same metres as measuring again,
to the last bit, as all lengths are multiples of `spatial.network.STEP_M`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from spatial import kernels
from spatial.catchments import Catchments
from spatial.kernels import Backward, Doorsteps, Field, Graph, Log, Residents, Starts
from spatial.reach import stretch_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from spatial.reach import Stretches, WalkGraph
    from spatial.ties import Ties

__all__ = ["Doorsteps", "Residents", "Starts", "WalkField", "catchments", "doorsteps", "starts"]

NO_CHANGE = (np.empty(0, dtype=np.int64), np.empty(0))
"""No arcs, or no entrances, and no metres."""


class WalkField:
    """Metres from every row of a graph to the nearest open entrance.

    Parameters
    ----------
    matrix
        (r, r) the graph: row ``i`` leads to its columns, in metres (`spatial.reach.WalkGraph`);
        arcs of inf metres are there, but shut.
    open_rows
        The rows that are open entrances.
    like
        Another field on the same matrix, with which to share what both know of it.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> row = csr_matrix([[0, 40, 0], [40, 0, 30], [0, 30, 0]])  # three places along a street
    >>> field = WalkField(row, np.array([0]))
    >>> field.metres.tolist()
    [0.0, 40.0, 70.0]
    >>> with field.changed(doors=(np.array([2]), np.array([0.0]))):  # one more at its far end
    ...     field.metres.tolist()
    [0.0, 30.0, 0.0]
    >>> field.metres.tolist()
    [0.0, 40.0, 70.0]
    """

    def __init__(
        self,
        matrix: csr_matrix,
        open_rows: NDArray[np.int64],
        *,
        like: WalkField | None = None,
    ) -> None:
        rows = matrix.shape[0]
        self._graph = _graph(matrix)
        self._back: Backward = like.back if like is not None else _backward(self._graph)
        self._field = _unreached(rows)
        self._log = _log(rows)
        self._source_m = np.full(rows, np.inf)
        self._repair(NO_CHANGE, (np.asarray(open_rows, np.int64), np.zeros(len(open_rows))))

    @property
    def back(self) -> Backward:
        """The arcs by the row they lead to: the same for every field on one matrix."""
        return self._back

    @property
    def metres(self) -> NDArray[np.float64]:
        """(r,) metres from each row; inf where no entrance can be reached."""
        return self._field.metres

    @contextmanager
    def changed(
        self,
        arcs: tuple[NDArray[np.int64], NDArray[np.float64]] = NO_CHANGE,
        doors: tuple[NDArray[np.int64], NDArray[np.float64]] = NO_CHANGE,
    ) -> Iterator[NDArray[np.int64]]:
        """Change some arcs and entrances, and put everything back at the end.

        Parameters
        ----------
        arcs
            Numbers of arcs (places in the matrix's data) and their new metres; inf shuts one.
        doors
            Rows and how far each is from an entrance of its own: 0 opens it, inf closes it.

        Yields
        ------
        array
            The rows whose metres may have changed.
        """
        before = (self._graph.metres[arcs[0]], self._source_m[doors[0]])
        self._repair(arcs, doors)
        yield self._log.row[: self._log.now[1]]
        kernels.undo(self._field, self._log)
        self._graph.metres[arcs[0]], self._source_m[doors[0]] = before

    def keep(
        self,
        arcs: tuple[NDArray[np.int64], NDArray[np.float64]] = NO_CHANGE,
        doors: tuple[NDArray[np.int64], NDArray[np.float64]] = NO_CHANGE,
    ) -> NDArray[np.int64]:
        """Change some arcs and entrances for good; gives the rows as `changed` does."""
        self._repair(arcs, doors)
        return self._log.row[: self._log.now[1]].copy()

    def walks(self, steps: Doorsteps) -> NDArray[np.float64]:
        """(h,) metres walked from each home; inf where nothing is reached."""
        return np.min(self.metres[steps.row] + steps.metres, axis=1, initial=np.inf)

    def worth(
        self, proposals: Starts, steps: Doorsteps, residents: Residents, reach_m: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Value each of p proposals alone, exactly: only what it shortens is walked.

        Returns
        -------
        people, saved, homes
            (p,) people brought within `reach_m`; people times metres saved, over all homes that
            get somewhere already; homes brought within reach.
        """
        return kernels.worth(
            proposals, self._graph, self._field, self._log, steps, residents, reach_m
        )

    def with_proposal(
        self, proposals: Starts, proposal: int, steps: Doorsteps
    ) -> NDArray[np.float64]:
        """(h,) metres walked from each home if one of the proposals stood."""
        kernels.lay(proposal, proposals, np.inf, self._graph, self._field, self._log)
        walk_m = self.walks(steps)
        kernels.undo(self._field, self._log)
        inside = slice(proposals.home_first[proposal], proposals.home_first[proposal + 1])
        walk_m[proposals.home[inside]] = 0.0
        return walk_m

    def _repair(
        self,
        arcs: tuple[NDArray[np.int64], NDArray[np.float64]],
        doors: tuple[NDArray[np.int64], NDArray[np.float64]],
    ) -> None:
        kernels.repair(self._graph, self._back, self._source_m, self._field, self._log, arcs, doors)


def starts(
    proposal: NDArray[np.int64],
    row: NDArray[np.int64],
    metres: NDArray[np.float64],
    count: int,
    inside: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Starts:
    """Lay out proposals: `row` comes so many `metres` near to an entrance if `proposal` stands.

    Parameters
    ----------
    proposal, row, metres
        (k,) in any order.
    count
        How many proposals there are; some may have no start at all.
    inside
        Pairs of a proposal and a home that stands inside it, each once.
    """
    order = np.argsort(proposal, kind="stable")
    which, home = inside if inside is not None else (NO_CHANGE[0], NO_CHANGE[0])
    inner = np.argsort(which, kind="stable")
    return Starts(
        _offsets(proposal, count),
        np.asarray(row, np.int64)[order],
        np.asarray(metres, np.float64)[order],
        _offsets(which, count),
        np.asarray(home, np.int64)[inner],
    )


def doorsteps(stretches: Stretches, graph: WalkGraph, *ties: Ties) -> Doorsteps:
    """Where homes stand on a graph: from its street each walks towards either end.

    Several ties for one home are as many streets it may leave by.
    """
    ways = [ways_out(stretches, graph, one) for one in ties]
    row = np.concatenate([rows for rows, _ in ways], axis=1)
    metres = np.concatenate([metres for _, metres in ways], axis=1)
    home, end = np.nonzero(np.isfinite(metres))
    at = row[home, end]
    order = np.argsort(at, kind="stable")
    return Doorsteps(row, metres, _offsets(at, graph.matrix.shape[0]), home[order])


def ways_out(
    stretches: Stretches, graph: WalkGraph, ties: Ties
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(h, 2) rows at both ends of the stretch each home stands on, and metres there, leg included.

    As `spatial.reach.first_ends`: no way along a closed stretch.
    """
    edge = np.where(ties.tied, ties.edge, 0)
    stretch, into_m = stretch_at(stretches, edge, np.where(ties.tied, ties.along_m, 0.0))
    through = stretches.through[stretch][:, None]
    stop = np.stack([stretches.tail[stretch], stretches.head[stretch]], axis=1)
    along = np.stack([into_m, stretches.length_m[stretch] - into_m], axis=1)
    shut = stretches.closed[stretch][:, None] & (along > 0)
    walkable = ties.tied[:, None] & ~shut
    metres = np.where(walkable, np.nan_to_num(ties.leg_m)[:, None] + along, np.inf)
    return graph.rows_at(stop, through), metres


def catchments(
    matrix: csr_matrix, proposals: Starts, steps: Doorsteps, limit_m: float
) -> Catchments:
    """Search from each proposal as far as `limit_m`: the homes it could serve, and their walk.

    Examples
    --------
    A site at one end of a street of 100 m, a home in its middle with a leg of 5 m:

    >>> from scipy.sparse import csr_matrix
    >>> street = csr_matrix([[0, 100], [100, 0]])
    >>> site = starts(np.array([0]), np.array([0]), np.array([0.0]), 1)
    >>> rows, metres, homes = np.array([[0, 1]]), np.array([[55.0, 55.0]]), np.array([0, 0])
    >>> home = Doorsteps(rows, metres, np.array([0, 1, 2]), homes)
    >>> found = catchments(street, site, home, 500.0)
    >>> found.home.tolist(), found.walk_m.tolist()
    ([0], [55.0])
    """
    rows = matrix.shape[0]
    offset, home, walk_m = kernels.reach_sets(
        proposals, limit_m, _graph(matrix), _unreached(rows), _log(rows), steps
    )
    candidate = np.repeat(np.arange(len(offset) - 1), np.diff(offset))
    order = np.lexsort((home, candidate))
    return Catchments(offset, home[order], walk_m[order], limit_m)


def _offsets(row: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Where the entries of each of `count` rows begin, once sorted by row."""
    return np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))]).astype(np.int64)


def _graph(matrix: csr_matrix) -> Graph:
    return Graph(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int64),
        matrix.data.astype(np.float64),
    )


def _backward(graph: Graph) -> Backward:
    rows = len(graph.first) - 1
    origin = np.repeat(np.arange(rows), np.diff(graph.first))
    return Backward(_offsets(graph.to, rows), np.argsort(graph.to, kind="stable"), origin)


def _unreached(rows: int) -> Field:
    return Field(np.full(rows, np.inf), np.full(rows, kernels.UNREACHED, dtype=np.int64))


def _log(rows: int) -> Log:
    whole = np.zeros(rows, dtype=np.int64)
    return Log(np.zeros(2, np.int64), whole, whole.copy(), np.empty(rows), whole.copy())
