"""No cell holds fewer than asked for, none overlap, and nobody is lost."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.crowds import DOUBLINGS, NO_CELL, SIDE_M, crowds

homes = st.lists(
    st.tuples(st.floats(-4e4, 4e4), st.floats(-4e4, 4e4), st.sampled_from([0.0, 1.0, 2.5, 9, 40])),
    max_size=60,
)


def arrays(listed: list[tuple[float, float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Places and people of homes; places crowded together, so that there is something to merge."""
    table = np.array(listed, dtype=float).reshape(-1, 3)
    return table[:, :2] / 20, table[:, 2]


@given(homes, st.integers(1, 30))
def test_every_cell_holds_enough_and_nobody_is_lost(
    listed: list[tuple[float, float, float]], least: int
) -> None:
    xy, weight = arrays(listed)
    found = crowds(xy, weight, least=least)
    assert (found.people >= least).all()
    assert found.people.sum() + found.left == np.float64(weight.sum())
    placed = np.flatnonzero(found.cell != NO_CELL)
    assert np.allclose(
        np.bincount(found.cell[placed], weight[placed], len(found.people)), found.people
    )
    inside = shapely.intersects_xy(found.squares[found.cell[placed]], *xy[placed].T)
    assert inside.all()
    assert (weight[placed] > 0).all()


@given(homes, st.integers(2, 30))
def test_cells_are_squares_of_the_grid_that_never_overlap(
    listed: list[tuple[float, float, float]], least: int
) -> None:
    found = crowds(*arrays(listed), least=least)
    bounds = shapely.bounds(found.squares)
    side = bounds[:, 2] - bounds[:, 0]
    assert np.isin(side, SIDE_M * 2.0 ** np.arange(DOUBLINGS + 1)).all()
    assert (bounds[:, :2] % side[:, None] == 0).all()
    assert shapely.area(shapely.union_all(found.squares)) == (side**2).sum()


@given(homes, st.integers(1, 30), st.randoms(use_true_random=False))
def test_the_order_of_homes_changes_nothing(
    listed: list[tuple[float, float, float]], least: int, chance: object
) -> None:
    before = crowds(*arrays(listed), least=least)
    chance.shuffle(listed)  # type: ignore[attr-defined]
    after = crowds(*arrays(listed), least=least)
    assert [one.wkb for one in before.squares] == [one.wkb for one in after.squares]
    assert np.allclose(before.people, after.people)


def test_a_lonely_home_takes_its_neighbours_along_and_a_hermit_is_left() -> None:
    xy = np.array([[50.0, 50], [50, 150], [150, 150], [450, 50], [9000, 9000]])
    found = crowds(xy, np.array([40.0, 2, 30, 25, 3]), least=10)
    assert found.cell.tolist() == [0, 0, 0, 1, NO_CELL] or found.cell[4] == NO_CELL
    assert sorted(found.people.tolist()) == [25, 72]
    assert found.left == 3


def test_one_farm_does_not_blur_a_town() -> None:
    x, y = np.meshgrid(np.arange(50, 1600, 100.0), np.arange(50, 1600, 100.0))
    town = np.column_stack([x.ravel(), y.ravel()])
    farm = np.array([[3150.0, 3150.0]])
    found = crowds(np.vstack([town, farm]), np.full(len(town) + 1, 9.0), least=9)
    assert len(found.squares) == len(town) + 1
    few = np.append(np.full(len(town), 9.0), 8.0)
    found = crowds(np.vstack([town, farm]), few, least=9)
    assert len(found.squares) == len(town)
    assert (found.left, found.cell[-1]) == (8.0, NO_CELL)
