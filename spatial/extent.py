"""Where the data end, and how near to that each home stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import binary_closing, binary_fill_holes

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def data_extent(
    xy: NDArray[np.float64], *, cell_m: float = 100.0, gap_m: float = 500.0
) -> BaseGeometry:
    """Outline of the land that the data describe.

    Square cells that hold any of the (k, 2) points, metres, joined over gaps of up to about
    `gap_m`, holes filled. A sea, a lake or a forest wider than that at the edge counts as the
    end of the data: nobody can tell them apart from what is missing.

    Examples
    --------
    >>> float(data_extent(np.array([[50.0, 50.0], [350.0, 50.0]])).area)
    40000.0
    """
    if not len(xy):
        return shapely.MultiPolygon()
    pad = int(np.ceil(gap_m / cell_m)) + 1
    low = np.floor(xy.min(axis=0) / cell_m).astype(np.int64) - pad
    cell = np.floor(xy / cell_m).astype(np.int64) - low
    held = np.zeros(cell.max(axis=0) + 1 + pad, dtype=bool)
    held[tuple(cell.T)] = True
    around = np.arange(-(pad // 2), pad // 2 + 1)
    disc = np.hypot(*np.meshgrid(around, around)) <= gap_m / cell_m / 2
    known = binary_fill_holes(binary_closing(held, disc) | held)
    column, row = np.nonzero(known)
    corner = (np.stack([column, row], axis=1) + low) * cell_m
    return shapely.union_all(shapely.box(*corner.T, *(corner + cell_m).T))


def metres_to_end(xy: NDArray[np.float64], extent: BaseGeometry) -> NDArray[np.float64]:
    """Straight metres from (h, 2) points to where the data end; 0 for points beyond."""
    points = shapely.points(xy)
    shapely.prepare(extent)
    inside = shapely.intersects(extent, points)
    return np.where(inside, shapely.distance(extent.boundary, points), 0.0)
