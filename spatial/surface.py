"""The walking distance to every spot of land, and the area served (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from rasterio import Affine
from rasterio.features import shapes

from spatial.crs import require_metric
from spatial.errors import InputError
from spatial.reach import left_at_ends, streets_within, walks_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from spatial.reach import Stretches, Walks
    from spatial.ties import Ties

CELL_M = 10.0
"""How wide a cell is, unless said otherwise."""
STRIP_M = 0.1
"""How far to either side of a street the area served follows the street, not the cells."""
_BLOCK = 100
"""Cells are looked at in squares this many wide, each against the outline near it."""


@dataclass(frozen=True)
class Grid:
    """Square cells over an area, edges at multiples of their width; k of them touch the area.

    Attributes
    ----------
    crs
        A CRS in metres.
    x0, y0
        The north-western corner, metres.
    cell_m
        The width of a cell.
    held
        (rows, columns) bool, from the north and from the west: whether a cell touches the area.
    xy
        (k, 2) float64, metres: where each of these is measured, row by row. This is the cell's
        centre, or where that lies outside the area, a spot of the cell that lies inside.
    """

    crs: CRS
    x0: float
    y0: float
    cell_m: float
    held: NDArray[np.bool_]
    xy: NDArray[np.float64]

    def surface(self, metres: NDArray[np.float64]) -> Surface:
        """Lay out the (k,) metres measured at `xy`; NaN where nothing is reached."""
        laid_out = np.full(self.held.shape, np.nan)
        laid_out[self.held] = metres
        return Surface(self.crs, self.x0, self.y0, self.cell_m, laid_out)


@dataclass(frozen=True)
class Surface:
    """The walking distance to the nearest facility from every cell.

    Attributes
    ----------
    crs, x0, y0, cell_m
        As in `Grid`.
    metres
        (rows, columns) float64, from the north and from the west; NaN beyond the area, where no
        street is near, and where nothing is reached.
    """

    crs: CRS
    x0: float
    y0: float
    cell_m: float
    metres: NDArray[np.float64]

    def at(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres of the cells that hold (k, 2) points; NaN beyond the grid."""
        column = np.floor((xy[:, 0] - self.x0) / self.cell_m).astype(np.int64)
        row = np.floor((self.y0 - xy[:, 1]) / self.cell_m).astype(np.int64)
        rows, columns = self.metres.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        metres = np.full(len(xy), np.nan)
        metres[inside] = self.metres[row[inside], column[inside]]
        return metres


def grid_over(area: BaseGeometry, crs: CRS, *, cell_m: float = CELL_M) -> Grid:
    """Lay cells over an area: best the study area less its water, for a spot of land.

    Raises
    ------
    InputError
        If the CRS is not metric, the cells have no width or the area is empty.

    Examples
    --------
    >>> from pyproj import CRS
    >>> grid = grid_over(shapely.box(0, 0, 30, 20), CRS(4548))
    >>> grid.held.shape, grid.xy[0].tolist()
    ((2, 3), [5.0, 15.0])
    """
    require_metric(crs)
    if not cell_m > 0:
        raise InputError(f"a cell cannot be {cell_m:g} m wide", "give a width above 0")
    if not area.area > 0:
        raise InputError("the study area is empty", "check the boundary", layer="boundary")
    west, south, east, north = np.array(area.bounds) / cell_m
    first, top = int(np.floor(west)), int(np.ceil(north))
    rows, columns = top - int(np.floor(south)), int(np.ceil(east)) - first
    x0, y0 = first * cell_m, top * cell_m
    held, spot = np.zeros((rows, columns), dtype=bool), np.zeros((rows, columns, 2))
    shapely.prepare(area)
    for row, column in np.ndindex(-(-rows // _BLOCK), -(-columns // _BLOCK)):
        down, over = row * _BLOCK, column * _BLOCK
        block = np.s_[down : min(down + _BLOCK, rows), over : min(over + _BLOCK, columns)]
        below, across = np.mgrid[block]
        west_south = np.stack([x0 + across * cell_m, y0 - (below + 1) * cell_m], axis=-1)
        held[block], spot[block] = _spots_inside(area, west_south, cell_m)
    return Grid(crs, x0, y0, cell_m, held, spot[held])


def _spots_inside(
    area: BaseGeometry, corner: NDArray[np.float64], cell_m: float
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which cells hold some of the area, and a spot of it in each, the centre if possible.

    `corner` holds the (r, c, 2) south-western corners of the cells.
    """
    spot = corner + cell_m / 2
    around = shapely.box(*corner.min(axis=(0, 1)), *(corner.max(axis=(0, 1)) + cell_m))
    if shapely.contains_properly(area, around):
        return np.ones(spot.shape[:2], dtype=bool), spot
    here = shapely.intersection(area, around)
    shapely.prepare(here)
    held = shapely.intersects_xy(here, spot[..., 0], spot[..., 1])
    rest = np.nonzero(~held)
    box = shapely.box(*corner[rest].T, *(corner[rest] + cell_m).T)
    piece = shapely.intersection(box, here)
    real = shapely.area(piece) > 0
    rest = (rest[0][real], rest[1][real])
    held[rest] = True
    spot[rest] = shapely.get_coordinates(shapely.point_on_surface(piece[real]))
    return held, spot


def surface(
    area: BaseGeometry,
    crs: CRS,
    measure: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    cell_m: float = CELL_M,
) -> Surface:
    """Measure every spot of an area.

    Parameters
    ----------
    area, crs, cell_m
        See `grid_over`.
    measure
        Gives the (k,) walking metres from (k, 2) spots, NaN where nothing is reached; it must
        measure them as homes are.

    Examples
    --------
    >>> from pyproj import CRS
    >>> surface(shapely.box(0, 0, 30, 10), CRS(4548), lambda xy: xy[:, 0]).metres.tolist()
    [[5.0, 15.0, 25.0]]
    """
    grid = grid_over(area, crs, cell_m=cell_m)
    return grid.surface(measure(grid.xy))


def walks_from_spots(
    stretches: Stretches,
    walks: Walks,
    ties: Ties,
    xy: NDArray[np.float64],
    places: NDArray[np.object_],
) -> NDArray[np.float64]:
    """Walking metres from (k, 2) spots, measured as homes are: along their ties, 0 inside a park.

    Parameters
    ----------
    stretches, walks
        The cut network, and the walks from its stops to one standard's entrances.
    ties
        The streets the spots are tied to (`spatial.ties.tie`); the same for all standards.
    xy
        The spots themselves, metres.
    places
        The facilities; inside their polygons a tied spot has distance 0 (rule 5).
    """
    metres, _ = walks_from(stretches, walks, ties)
    inside = np.zeros(len(xy), dtype=bool)
    polygons = _polygons(places)
    inside[shapely.STRtree(shapely.points(xy)).query(polygons, predicate="intersects")[1]] = True
    metres[inside & ties.tied] = 0.0
    return metres


def street_parts(
    stretches: Stretches, walks: Walks, reach_m: float, places: NDArray[np.object_]
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Parts of streets within reach, and the parts beyond it, as LineStrings.

    Inside the polygons among the `places` every spot is within reach (rule 5).
    """
    reached, beyond = streets_within(stretches, walks, reach_m), _beyond(stretches, walks, reach_m)
    polygons = _polygons(places)
    into = np.unique(shapely.STRtree(beyond).query(polygons, predicate="intersects")[1])
    if not len(into):
        return reached, beyond
    lines, parks = shapely.multilinestrings(beyond[into]), shapely.union_all(polygons)
    inside, outside = shapely.intersection(lines, parks), shapely.difference(lines, parks)
    return (
        np.concatenate([reached, _lines(inside)]),
        np.concatenate([np.delete(beyond, into), _lines(outside)]),
    )


def _beyond(stretches: Stretches, walks: Walks, reach_m: float) -> NDArray[np.object_]:
    """What `spatial.reach.streets_within` leaves: the middle of each stretch, between both reaches.

    Both compute the places where the reach ends alike, so no street is lost or counted twice.
    """
    left_tail, left_head = left_at_ends(stretches, walks, reach_m)
    begin, end = left_tail, stretches.length_m - left_head
    row = np.flatnonzero(begin < end)
    edge, start = stretches.edge[row], stretches.start_m[row]
    ends = [stretches.network.points_along(edge, start + along[row]) for along in (begin, end)]
    return np.asarray(shapely.linestrings(np.stack(ends, axis=1)), dtype=object)


def area_served(
    surface: Surface,
    reach_m: float,
    reached: NDArray[np.object_],
    unreached: NDArray[np.object_],
    *,
    land: BaseGeometry | None = None,
    within: BaseGeometry | None = None,
) -> BaseGeometry:
    """Outline the area served: the spots from which one walks at most `reach_m`.

    Off the streets it is true to a cell, as each is in or out as a whole. Along the streets it
    is exact: a strip of `STRIP_M` to either side of parts within reach is added to the cells, then
    such a strip around the parts beyond reach is taken out, so that none of them lies inside. Where
    a street within reach crosses above or below one beyond it, it is interrupted by that strip.

    Parameters
    ----------
    surface, reach_m
        The walking distances, and how far one walks at most.
    reached, unreached
        Parts of streets within reach and beyond it, LineStrings (`street_parts`); those beyond the
        grid are left aside.
    land
        The cells are cut to this; the streets are not, so a bridge within reach is served.
    within
        The whole is cut to this.

    Returns
    -------
    A polygon or multipolygon in the surface's CRS; empty where nothing is served.
    """
    frame = _frame(surface)
    reached, unreached = (part[shapely.intersects(frame, part)] for part in (reached, unreached))
    served = _outline(surface, surface.metres <= reach_m)
    if land is not None:
        served = shapely.intersection(served, land)
    shapely.prepare(served)
    added = reached[~shapely.covers(served, reached)]
    served = shapely.union_all([served, *shapely.buffer(added, STRIP_M, quad_segs=2)])
    shapely.prepare(served)
    cut = unreached[shapely.intersects(served, unreached)]
    strips = shapely.buffer(cut, STRIP_M, cap_style="flat")
    served = shapely.difference(served, shapely.union_all(strips))
    if within is not None:
        served = shapely.intersection(served, within)
    return shapely.multipolygons(_polygons(shapely.get_parts(served)))


def _frame(surface: Surface) -> BaseGeometry:
    """The box of all cells, ready to be asked."""
    rows, columns = surface.metres.shape
    east, south = surface.x0 + columns * surface.cell_m, surface.y0 - rows * surface.cell_m
    frame = shapely.box(surface.x0, south, east, surface.y0)
    shapely.prepare(frame)
    return frame


def _outline(surface: Surface, held: NDArray[np.bool_]) -> BaseGeometry:
    """Outline some cells."""
    place = Affine(surface.cell_m, 0, surface.x0, 0, -surface.cell_m, surface.y0)
    found = shapes(held.astype(np.uint8), mask=held, connectivity=4, transform=place)
    parts = np.array([shapely.geometry.shape(one) for one, _ in found], dtype=object)
    return shapely.union_all(shapely.make_valid(parts))


def _polygons(shape: NDArray[np.object_]) -> NDArray[np.object_]:
    """The polygons among some shapes, multipolygons taken apart."""
    parts = shapely.get_parts(shape)
    return parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON.value]


def _lines(shape: BaseGeometry) -> NDArray[np.object_]:
    """The lines in a shape, taken apart."""
    parts = shapely.get_parts(shapely.get_parts(np.array([shape], dtype=object)))
    return parts[shapely.length(parts) > 0]
