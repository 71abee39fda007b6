"""Siting as integer programmes, solved by HiGHS (Huangfu & Hall 2018)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array, eye_array, hstack, vstack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.siting.covering import Table
    from spatial.siting.limits import Limits

LARGEST = 1_500_000
"""Models with more numbers than this are not tried: they take gigabytes and rarely end in time."""


@dataclass(frozen=True)
class Model:
    """A linear objective over columns, and rows that bound sums of them; candidates come first.

    Attributes
    ----------
    objective
        (n,) what each column is worth; the most is sought.
    lower, upper
        (n,) what each column may be.
    whole
        The first so many columns, the candidates, are 0 or 1.
    matrix, least, most
        (m, n) rows, and the bounds of each, (m,).
    """

    objective: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    whole: int
    matrix: csr_array
    least: NDArray[np.float64]
    most: NDArray[np.float64]

    def with_rows(
        self, matrix: csr_array, least: NDArray[np.float64], most: NDArray[np.float64]
    ) -> Model:
        """Add rows; they may name the first columns only."""
        wide = csr_array((matrix.data, matrix.indices, matrix.indptr), (matrix.shape[0], self.size))
        return Model(
            self.objective,
            self.lower,
            self.upper,
            self.whole,
            vstack([self.matrix, wide], format="csr"),
            np.concatenate([self.least, least]),
            np.concatenate([self.most, most]),
        )

    @property
    def size(self) -> int:
        """How many columns."""
        return len(self.objective)


@dataclass(frozen=True)
class Solved:
    """What HiGHS found.

    Attributes
    ----------
    chosen
        Candidates, rising; None where no choice was found.
    bound
        No choice is worth more; -inf where there is none at all, inf where nothing was proven.
    columns
        (n,) all columns of the best found; empty where there is none.
    """

    chosen: NDArray[np.int64] | None
    bound: float
    columns: NDArray[np.float64]


def choice(limits: Limits, objective: NDArray[np.float64] | None = None) -> Model:
    """Model a choice of sites within limits; by default the fewest."""
    c = len(limits.cost)
    model = Model(
        np.full(c, -1.0) if objective is None else objective,
        limits.must.astype(np.float64),
        limits.usable.astype(np.float64),
        c,
        csr_array((0, c)),
        np.empty(0),
        np.empty(0),
    )
    if limits.new < limits.usable.sum():
        one = csr_array(np.ones((1, c)))
        model = model.with_rows(one, np.array([-np.inf]), np.array([float(limits.new)]))
    if np.isfinite(limits.budget):
        cost = csr_array(limits.cost[None, :])
        model = model.with_rows(cost, np.array([-np.inf]), np.array([limits.ceiling]))
    apart = _apart(limits)
    count = apart.shape[0]
    return model.with_rows(apart, np.full(count, -np.inf), np.ones(count))


def _apart(limits: Limits) -> csr_array:
    """Rows of candidates of which only one may be chosen: those of a square, then other pairs."""
    c = len(limits.cost)
    if not limits.clashes.nnz:
        return csr_array((0, c))
    pair = np.stack(limits.clashes.nonzero(), axis=1)
    pair = pair[(pair[:, 0] < pair[:, 1]) & (limits.cell[pair[:, 0]] != limits.cell[pair[:, 1]])]
    cells = int(limits.cell.max()) + 1
    row = np.concatenate([limits.cell, cells + np.repeat(np.arange(len(pair)), 2)])
    column = np.concatenate([np.arange(c), pair.ravel()])
    rows = coo_array((np.ones(len(row)), (row, column)), shape=(cells + len(pair), c)).tocsr()
    return rows[np.diff(rows.indptr) > 1]


def most_worth(table: Table, limits: Limits) -> Model:
    """Model the choice of sites worth most.

    Each row has steps, from its best candidates down to its worst; it stands on a step if a site
    of that step or a higher one is chosen, and is worth the step's height: a linear programme as
    tight as one with a column for every pair, and far smaller (Cornuéjols, Nemhauser & Wolsey
    1990). Where all candidates are worth the same to a row it has one step: maximal covering.
    """
    by_row = table.by_row()
    row = np.repeat(np.arange(table.rows), np.diff(by_row.first))
    order = np.lexsort((-by_row.worth, row))
    row, site, worth = row[order], by_row.row[order], by_row.worth[order]
    new_step = np.ones(len(row), dtype=np.bool_)
    new_step[1:] = (row[1:] != row[:-1]) | (worth[1:] != worth[:-1])
    step = np.cumsum(new_step) - 1
    head = np.flatnonzero(new_step)
    below = np.append(row[head][1:] == row[head][:-1], False)
    height = worth[head] - np.where(below, np.append(worth[head][1:], 0.0), 0.0)
    steps, c = len(head), table.candidates
    served = coo_array((np.ones(len(row)), (step, site)), shape=(steps, c)).tocsr()
    lower_step = np.flatnonzero(below) + 1
    higher = coo_array((np.ones(len(lower_step)), (lower_step, lower_step - 1)), (steps, steps))
    rows = hstack([-served, eye_array(steps) - higher.tocsr()], format="csr")
    base = choice(limits, np.zeros(c))
    return _widened(base, height, rows, np.zeros(steps))


def fits(table: Table) -> bool:
    """Whether `most_worth` would make a model small enough to try."""
    pairs = table.pairs
    one_step = bool((pairs.worth == table.most[pairs.row]).all())
    numbers = len(pairs.row) + 2 * table.rows if one_step else 3 * len(pairs.row)
    return numbers <= LARGEST


def fits_served(table: Table) -> bool:
    """Whether `most_served` would."""
    return 4 * len(table.pairs.row) <= LARGEST


def _widened(
    base: Model, objective: NDArray[np.float64], rows: csr_array, most: NDArray[np.float64]
) -> Model:
    """Add columns between 0 and 1 to a model, and rows over all columns that bound from above."""
    n = len(objective)
    wide = hstack([base.matrix, csr_array((base.matrix.shape[0], n))], format="csr")
    return Model(
        np.concatenate([base.objective, objective]),
        np.concatenate([base.lower, np.zeros(n)]),
        np.concatenate([base.upper, np.ones(n)]),
        base.whole,
        vstack([wide, rows], format="csr"),
        np.concatenate([base.least, np.full(rows.shape[0], -np.inf)]),
        np.concatenate([base.most, most]),
    )


def most_served(table: Table, limits: Limits, capacity: NDArray[np.float64]) -> Model:
    """Model the choice worth most where a site serves no more people than its capacity.

    A column for every pair is the share of the row that the site serves; a row may be shared
    among several sites.
    """
    pairs, candidate = table.pairs, table.candidate
    p, c = len(candidate), table.candidates
    pair = np.arange(p)
    chosen = coo_array((np.ones(p), (pair, candidate)), shape=(p, c))
    only_there = hstack([-chosen, eye_array(p)], format="csr")
    whole = csr_array(coo_array((np.ones(p), (pairs.row, pair)), shape=(table.rows, p)))
    once = hstack([csr_array((table.rows, c)), whole], format="csr")
    finite = np.isfinite(capacity)
    load = coo_array((table.people[pairs.row], (candidate, pair)), shape=(c, p))
    room = np.where(finite, capacity, 0.0)
    kept = hstack([diags_array(-room), load], format="csr")
    rows = vstack([only_there, once, kept[finite]], format="csr")
    most = np.concatenate([np.zeros(p), np.ones(table.rows), np.zeros(finite.sum())])
    return _widened(choice(limits, np.zeros(c)), pairs.worth, rows, most)


def all_rows(table: Table) -> tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]:
    """Rows that want every row of the table served: some candidate of each chosen."""
    by_row = table.by_row()
    shape = (table.rows, table.candidates)
    served = csr_array((np.ones(len(by_row.row)), by_row.row, by_row.first), shape=shape)
    return served, np.ones(table.rows), np.full(table.rows, np.inf)


def cheapest(
    model: Model, cost: NDArray[np.float64], worth: NDArray[np.float64], target: float
) -> Model:
    """Seek the least cost that is worth the target, where the columns have these worths."""
    row = csr_array((worth / target)[None, :])
    wanted = model.with_rows(row, np.ones(1), np.array([np.inf]))
    objective = np.concatenate([-cost, np.zeros(model.size - model.whole)])
    return replace(wanted, objective=objective)


_SILENT = ("output_flag", False)


class _Quiet(highspy.Highs):
    """HiGHS that says nothing, not even its name, which it says on its first call otherwise."""

    def enableCallbacks(self) -> None:  # noqa: N802  highspy calls it when it sets itself up
        """Keep quiet before anything else."""
        self.setOptionValue(*_SILENT)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solve(model: Model, *, seconds: float, relaxed: bool = False) -> Solved:
    """Solve a model, or come as far as the time allows.

    Parameters
    ----------
    model
        What to solve.
    seconds
        How long it may take.
    relaxed
        Whether candidates may be chosen in part.
    """
    solver = _Quiet()  # type: ignore[no-untyped-call]
    scale = float(np.abs(model.objective).max(initial=0.0)) or 1.0
    for name, value in (
        ("time_limit", max(seconds, 0.0)),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-9),
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(_passed(model, scale, relaxed=relaxed))
    solver.run()
    return _read(solver, model, scale, relaxed=relaxed)


def _passed(model: Model, scale: float, *, relaxed: bool) -> highspy.HighsLp:
    """Lay a model out as HiGHS takes it; worths are divided by the largest."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.size, len(model.least)
    lp.col_cost_ = model.objective / scale
    lp.col_lower_, lp.col_upper_ = model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.least, model.most
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model.matrix.indptr
    lp.a_matrix_.index_ = model.matrix.indices
    lp.a_matrix_.value_ = model.matrix.data
    if not relaxed:
        kinds = highspy.HighsVarType
        continuous = [kinds.kContinuous] * (model.size - model.whole)
        lp.integrality_ = [kinds.kInteger] * model.whole + continuous
    return lp


def _read(solver: highspy.Highs, model: Model, scale: float, *, relaxed: bool) -> Solved:
    """Read the choice and what is proven."""
    status, info = solver.getModelStatus(), solver.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):  # no model is unbounded
        return Solved(None, -np.inf, np.empty(0))
    bound = info.mip_dual_bound
    if relaxed:
        bound = info.objective_function_value if status == kinds.kOptimal else np.inf
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(None, float(bound) * scale, np.empty(0))
    columns = np.asarray(solver.getSolution().col_value)
    chosen = np.flatnonzero(columns[: model.whole] > 0.5)  # noqa: PLR2004  0 or 1
    return Solved(chosen, float(bound) * scale, columns)
