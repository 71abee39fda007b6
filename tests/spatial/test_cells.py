"""Which cell a place lies in, where its centre is, how large it is."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import CRS

from spatial.cells import PopulationCells

METRES = CRS("EPSG:4548")


def cells(people: object, affine: tuple[float, ...] = (100, 0, 0, 0, -100, 200)) -> PopulationCells:
    a, b, c, d, e, f = affine
    return PopulationCells(np.array(people, float), (a, b, c, d, e, f), METRES)


def test_total_leaves_out_what_was_not_counted() -> None:
    assert cells([[1, np.nan], [3, 4]]).total() == 8


@pytest.mark.parametrize(
    ("xy", "cell"),
    [
        ((50, 150), 0),
        ((150, 150), 1),
        ((50, 50), 3),
        ((299, 1), 5),
        ((100, 150), 1),  # on the edge of two: it is the eastern one's
        ((50, 100), 3),  # and the southern one's
        ((0, 200), 0),
        ((300, 150), -1),
        ((50, 0), -1),
        ((-1, 150), -1),
        ((50, 201), -1),
        ((np.inf, 50), -1),
        ((np.nan, 50), -1),
    ],
)
def test_a_place_lies_in_one_cell(xy: tuple[float, float], cell: int) -> None:
    assert cells(np.ones((2, 3))).cell_at(np.array([xy]), METRES).tolist() == [cell]


def test_rows_may_begin_in_the_south() -> None:
    grid = cells(np.ones((2, 3)), (100, 0, 0, 0, 100, 0))
    assert grid.cell_at(np.array([(50, 50), (50, 150)]), METRES).tolist() == [0, 3]


def test_a_grid_may_be_turned() -> None:
    """By a quarter: columns run north, rows run east."""
    grid = cells(np.ones((2, 3)), (0, 100, 0, 100, 0, 0))
    assert grid.cell_at(np.array([(50, 250), (150, 50)]), METRES).tolist() == [2, 3]
    np.testing.assert_allclose(grid.centres(np.array([2, 3]), METRES), [(50, 250), (150, 50)])


@pytest.mark.parametrize("crs", ["EPSG:4326", "ESRI:54009", "EPSG:32650"])
def test_a_centre_lies_in_its_cell_whatever_the_crs(crs: str) -> None:
    affine = (100, 20, 500_000, 10, -100, 3_900_000)
    grid = cells(np.ones((4, 5)), affine)
    every = np.arange(20)
    centres = grid.centres(every, CRS(crs))
    np.testing.assert_array_equal(grid.cell_at(centres, CRS(crs)), every)


def test_area_of_cells_across_the_date_line() -> None:
    """Two cells of a degree at the equator, one on either side: 12,309 km² each."""
    grid = PopulationCells(np.ones((1, 2)), (1, 0, 179, 0, -1, 1), CRS("EPSG:4326"))
    np.testing.assert_allclose(grid.areas_m2() / 1e6, [[12_309, 12_309]], rtol=1e-4)


def test_area_of_cells_on_a_plane() -> None:
    grid = cells(np.ones((2, 2)), (100, 0, 500_000, 0, -50, 3_900_000))
    np.testing.assert_allclose(grid.areas_m2(), 5000, rtol=1e-6)
