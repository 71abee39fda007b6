"""Relief: how high the ground lies, and how much farther a slope makes a walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

    from spatial.cells import Affine
    from spatial.network import Network

APART_M: Final = 25.0
"""Heights along a street are taken at spots at most this far apart."""
STEEPEST: Final = 1.0
"""A steeper slope counts as this one: it is a fault of the raster, or a way drawn too straight."""
_TOBLER, _EASIEST = 3.5, 0.05


@dataclass(frozen=True)
class Relief:
    """Heights of the ground at the centres of a grid's cells.

    Attributes
    ----------
    height_m
        (rows, columns) float64; NaN where unknown.
    affine
        From column and row to x and y in `crs`; (0, 0) is the outer corner of the first cell.
    crs
        The raster's own, in degrees or metres.
    """

    height_m: NDArray[np.float64]
    affine: Affine
    crs: CRS

    def at(self, xy: NDArray[np.float64], crs: CRS) -> NDArray[np.float64]:
        """Heights of (n, 2) places, bilinear between the centres of the four cells around.

        Parameters
        ----------
        xy, crs
            The places, and their CRS.

        Returns
        -------
        array
            (n,) metres. Between the outermost centres and the edge of the grid the nearest centres
            count; NaN beyond the edge, and where a cell that counts is unknown.

        Examples
        --------
        >>> from pyproj import CRS
        >>> relief = Relief(np.array([[0.0, 10.0]]), (100, 0, 0, 0, -100, 100), CRS(4548))
        >>> relief.at(np.array([[50.0, 50.0], [100.0, 50.0], [199.0, 9.0]]), CRS(4548)).tolist()
        [0.0, 5.0, 10.0]
        """
        place = self._to_grid(xy, crs)
        last = np.array(self.height_m.shape[::-1]) - 1
        outside: NDArray[np.bool_] = ~np.all((place >= 0) & (place <= last + 1), axis=1)
        place = np.clip(np.where(outside[:, None], 0.0, place) - 0.5, 0, last)
        low = np.floor(place).astype(np.intp)
        high, part = np.minimum(low + 1, last), place - low
        height = np.where(outside, np.nan, 0.0)
        for row, down in ((low[:, 1], 1 - part[:, 1]), (high[:, 1], part[:, 1])):
            for column, over in ((low[:, 0], 1 - part[:, 0]), (high[:, 0], part[:, 0])):
                counts = down * over  # a cell that does not count may be unknown
                height += counts * np.where(counts > 0, self.height_m[row, column], 0.0)
        return height

    def _to_grid(self, xy: NDArray[np.float64], crs: CRS) -> NDArray[np.float64]:
        """Give column and row, with fractions; the CRS of the raster may not show every place."""
        x, y = Transformer.from_crs(crs, self.crs, always_xy=True).transform(*xy.T)
        there = np.column_stack([x, y]).astype(np.float64)
        there[~np.isfinite(there).all(axis=1)] = np.nan
        a, b, c, d, e, f = self.affine
        grid: NDArray[np.float64] = (there - (c, f)) @ np.linalg.inv([[a, b], [d, e]]).T
        return grid


def there_and_back(slope: NDArray[np.float64]) -> NDArray[np.float64]:
    """Flat metres that take as long as one metre on the map along a slope, there and back.

    Tobler's hiking function (W. Tobler, 1993, Three Presentations on Geographical Analysis and
    Modeling): one walks at 6 exp(-3.5 |s + 0.05|) km/h where the ground rises by s per metre, so
    fastest slightly downhill. What is taken here is the mean of the times up and down, over that on
    the flat, times the length of the slope itself; it does not matter which way one goes first.

    Never below 1. Up to |s| = 0.05 the mean is cosh(3.5 s); beyond, it is
    exp(3.5 |s|) (1 + exp(-0.35)) / 2, which grows from there on; and the slope itself is no shorter
    than the map.

    Parameters
    ----------
    slope
        Rise over run, any shape; above `STEEPEST` it counts as that.

    Examples
    --------
    >>> there_and_back(np.array([0.0, 0.1, -0.1])).round(3).tolist()
    [1.0, 1.216, 1.216]
    """
    steep = np.minimum(np.abs(slope), STEEPEST)
    up = np.exp(_TOBLER * steep)
    down = np.exp(_TOBLER * (np.abs(_EASIEST - steep) - _EASIEST))
    factor: NDArray[np.float64] = (up + down) / 2 * np.hypot(1.0, steep)
    return factor


def efforts(network: Network, relief: Relief) -> NDArray[np.float64]:
    """Flat metres that each edge is as far to walk as, per metre on the map.

    Parameters
    ----------
    network
        The streets. Bridges and tunnels are flat: the raster knows the ground, not them.
    relief
        Heights, in any CRS.

    Returns
    -------
    array
        (m,) 1 or more; NaN where the height of a spot along the edge is unknown.
    """
    effort = np.ones(len(network.u))
    ground = np.flatnonzero(network.on_ground)
    length_m = network.ground_m[ground]
    pieces = np.ceil(length_m / APART_M).astype(np.int64)
    row = np.repeat(np.arange(len(ground)), pieces + 1)
    first = np.cumsum(pieces + 1) - (pieces + 1)
    part = (np.arange(len(row)) - first[row]) / pieces[row]
    start, end = network.xy[network.u[ground]], network.xy[network.v[ground]]
    height_m = relief.at(start[row] + (end - start)[row] * part[:, None], network.crs)
    one_edge = row[1:] == row[:-1]
    row, rise_m = row[1:][one_edge], np.diff(height_m)[one_edge]
    factor = there_and_back(rise_m * pieces[row] / length_m[row])
    effort[ground] = np.bincount(row, weights=factor, minlength=len(ground)) / pieces
    return effort
