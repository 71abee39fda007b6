"""Cells of a raster of people: which cell a place lies in, and where a cell has its centre.

The raster is never resampled: that would change the number of people. Places go to its CRS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of x = a column + b row + c, y = d column + e row + f, from a cell's corner."""


@dataclass(frozen=True)
class PopulationCells:
    """People counted in the cells of a grid.

    Attributes
    ----------
    people
        (rows, columns) float64, 0 or more: people in each cell; NaN where nobody counted.
    affine
        From column and row to x and y in `crs`; (0, 0) is the outer corner of the first cell.
        Any such grid: turned, or with its first row in the south.
    crs
        The raster's own, in degrees or metres.
    first
        Row and column, in the file, of the first cell: other than 0, 0 if only a part was read.
    """

    people: NDArray[np.float64]
    affine: Affine
    crs: CRS
    first: tuple[int, int] = (0, 0)

    def total(self) -> float:
        """Add up the people."""
        return float(np.nansum(self.people))

    def cell_at(self, xy: NDArray[np.float64], crs: CRS) -> NDArray[np.intp]:
        """Give the cell that each place lies in.

        A cell holds its edges to the first row and the first column, not the two others: every
        place lies in one cell at most.

        Parameters
        ----------
        xy
            (n, 2) places.
        crs
            The CRS of `xy`.

        Returns
        -------
        array
            (n,) position in `people`, laid out row after row; -1 outside.
        """
        x, y = Transformer.from_crs(crs, self.crs, always_xy=True).transform(*xy.T)
        there = np.column_stack([x, y]).astype(np.float64)
        there[~np.isfinite(there).all(axis=1)] = np.nan  # the raster's CRS cannot show it: no cell
        place = np.floor(self._to_grid(there))
        within = (place >= 0) & (place < self.people.shape[::-1])
        inside: NDArray[np.bool_] = np.all(within, axis=1)
        column, row = np.where(inside[:, np.newaxis], place, 0).astype(np.intp).T
        return np.where(inside, row * self.people.shape[1] + column, -1)

    def centres(self, cells: NDArray[np.intp], crs: CRS) -> NDArray[np.float64]:
        """Give the centres of some cells, (n, 2), in a CRS."""
        row, column = np.divmod(cells, self.people.shape[1])
        x, y = self._from_grid(column + 0.5, row + 0.5)
        back = Transformer.from_crs(self.crs, crs, always_xy=True)
        return np.column_stack(back.transform(x, y)).astype(np.float64)

    def outlines(self, cells: NDArray[np.intp], crs: CRS) -> NDArray[np.object_]:
        """Give the outlines of some cells as polygons in a CRS, their corners joined straight."""
        row, column = np.divmod(cells, self.people.shape[1])
        across = column[:, np.newaxis] + np.array([0.0, 1.0, 1.0, 0.0])
        down = row[:, np.newaxis] + np.array([0.0, 0.0, 1.0, 1.0])
        x, y = self._from_grid(across.ravel(), down.ravel())
        there = Transformer.from_crs(self.crs, crs, always_xy=True)
        corners = np.column_stack(there.transform(x, y)).reshape(-1, 4, 2)
        return shapely.polygons(corners)

    def names(self, cells: NDArray[np.intp]) -> NDArray[np.object_]:
        """Name cells by their row and column in the file, both from 1.

        Examples
        --------
        >>> grid = PopulationCells(np.ones((2, 3)), (1, 0, 0, 0, -1, 0), None, first=(10, 20))
        >>> grid.names(np.array([0, 5])).tolist()
        ['11,21', '12,23']
        """
        row, column = np.divmod(cells, self.people.shape[1])
        numbers = zip(row + self.first[0] + 1, column + self.first[1] + 1, strict=True)
        return np.array([f"{r},{c}" for r, c in numbers], dtype=object)

    def areas_m2(self) -> NDArray[np.float64]:
        """Give the true area of every cell on the ellipsoid, (rows, columns), square metres.

        The corners are laid out in the cylindrical equal-area projection, in which meridians and
        parallels are straight: exact for cells in degrees, and for others as good as taking the
        edges of a cell as straight there.
        """
        rows, columns = self.people.shape
        row, column = np.mgrid[0 : rows + 1, 0 : columns + 1]
        x, y = self._from_grid(column.astype(np.float64), row.astype(np.float64))
        degrees = Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)
        lon, lat = degrees.transform(x, y)
        # Centred on the grid, so that no cell is torn apart where the projection is cut open.
        middle = float(lon[rows // 2, columns // 2])
        equal_area = f"+proj=cea +lon_0={middle} +ellps=WGS84 +units=m"
        flat = Transformer.from_crs("EPSG:4326", equal_area, always_xy=True)
        east, north = flat.transform(lon, lat)
        # Half the cross product of the diagonals of each cell.
        east_a, east_b = east[1:, 1:] - east[:-1, :-1], east[1:, :-1] - east[:-1, 1:]
        north_a, north_b = north[1:, 1:] - north[:-1, :-1], north[1:, :-1] - north[:-1, 1:]
        return np.abs(east_a * north_b - east_b * north_a) / 2

    def _from_grid(
        self, column: NDArray[np.float64], row: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        a, b, c, d, e, f = self.affine
        return a * column + b * row + c, d * column + e * row + f

    def _to_grid(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give column and row, with fractions."""
        a, b, c, d, e, f = self.affine
        return (xy - (c, f)) @ np.linalg.inv([[a, b], [d, e]]).T
