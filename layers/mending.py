"""Shapes that are drawn wrong, mended so that they hold what was drawn.

Each function mends the shapes of some records in place and counts every record it changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.records import Records, Shapes

POINT, LINE, POLYGON = 0, 1, 2  # dimensions of shapes
_MAKERS: Final = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
_COLLECTION: Final = shapely.GeometryType.GEOMETRYCOLLECTION
_MULTILINE: Final = shapely.GeometryType.MULTILINESTRING
_NEARLY_CLOSED: Final = 0.01  # of an outline's length: a gap up to this is a slip of the hand


def take_main_parts(records: Records) -> None:
    """Take of collections the parts of the highest dimension: areas, else lines, else points."""
    collected = np.flatnonzero(shapely.get_type_id(records.shapes) == _COLLECTION)
    if not len(collected):
        return
    parts, owner = shapely.get_parts(records.shapes[collected], return_index=True)
    while (shapely.get_type_id(parts) == _COLLECTION).any():
        parts, within = shapely.get_parts(parts, return_index=True)
        owner = owner[within]
    highest = shapely.get_dimensions(records.shapes[collected])
    kept = shapely.get_dimensions(parts) == highest[owner]
    records.shapes[collected] = _gathered(parts[kept], owner[kept], highest)
    lost = collected[owner[~kept & ~shapely.is_empty(parts)]]
    records.repair(_mask(records, lost), "only the main part of a collection kept")


def _mask(records: Records, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark rows."""
    mask = np.zeros(len(records.shapes), dtype=bool)
    mask[rows] = True
    return mask


def _gathered(parts: Shapes, owner: NDArray[np.int64], dimension: NDArray[np.int64]) -> Shapes:
    """Put parts, single or of several, together to one shape for each owner."""
    parts, within = shapely.get_parts(parts, return_index=True)
    owner = owner[within]
    result = np.full(len(dimension), None, dtype=object)
    for number, maker in enumerate(_MAKERS):
        mine = dimension[owner] == number
        owners, group = np.unique(owner[mine], return_inverse=True)
        if len(owners):
            result[owners] = maker(parts[mine], indices=group)
    return result


def leave_empty_parts(records: Records) -> None:
    """Leave out parts without anything in them, and parts of lines without length."""
    many = np.flatnonzero(shapely.get_num_geometries(records.shapes) > 1)
    parts, owner = shapely.get_parts(records.shapes[many], return_index=True)
    void = shapely.is_empty(parts)
    short = ~void & (shapely.get_dimensions(parts) == LINE) & (shapely.length(parts) == 0)
    rows = np.unique(owner[void | short])
    if not len(rows):
        return
    kept = ~void & ~short & np.isin(owner, rows)
    dimension = shapely.get_dimensions(records.shapes[many[rows]])
    number = np.searchsorted(rows, owner[kept])
    records.shapes[many[rows]] = _gathered(parts[kept], number, dimension)
    records.repair(_mask(records, many[owner[short]]), "part without length left out")


def take_vertices_once(records: Records) -> None:
    """Take vertices of lines that follow themselves once, and points given twice in one record.

    To polygons such a vertex does nothing.
    """
    xy, owner = shapely.get_coordinates(records.shapes, return_index=True)
    same = (xy[1:] == xy[:-1]).all(axis=1) & (owner[1:] == owner[:-1])
    rows = np.unique(owner[1:][same])
    rows = rows[shapely.get_dimensions(records.shapes[rows]) != POLYGON]
    before = records.shapes[rows]
    points = shapely.get_dimensions(before) == POINT
    once = shapely.remove_repeated_points(before, 0.0)
    once[points] = shapely.extract_unique_points(before[points])
    fewer = shapely.get_num_coordinates(once) < shapely.get_num_coordinates(before)
    records.shapes[rows[fewer]] = once[fewer]
    records.repair(_mask(records, rows[fewer]), "repeated vertex left out")


def fill_outlines(records: Records) -> None:
    """Take closed lines as the areas they enclose, as drawing programs give them."""
    lines = np.flatnonzero(shapely.get_dimensions(records.shapes) == LINE)
    whole = shapely.line_merge(records.shapes[lines])
    single = shapely.get_type_id(whole) == shapely.GeometryType.LINESTRING
    lines, whole = lines[single], whole[single]
    corners = shapely.get_num_coordinates(whole)
    gap = shapely.distance(shapely.get_point(whole, 0), shapely.get_point(whole, -1))
    # Three corners and the first again; of an open line all three must be there.
    closed = (gap <= _NEARLY_CLOSED * shapely.length(whole)) & (corners >= np.where(gap > 0, 3, 4))
    lines, whole, gap = lines[closed], whole[closed], gap[closed]
    records.shapes[lines] = shapely.polygons(_rings(whole))
    records.repair(_mask(records, lines[gap == 0]), "closed line taken as an area")
    records.repair(_mask(records, lines[gap > 0]), "nearly closed line taken as an area")


def _rings(lines: Shapes) -> Shapes:
    """Close lines."""
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    if not len(lines):
        return lines
    return np.asarray(shapely.linearrings(xy, indices=owner), dtype=object)


def mend_polygons(records: Records) -> None:
    """Mend polygons that cross themselves; leave those without area out."""
    polygons = shapely.get_dimensions(records.shapes) == POLYGON
    broken = polygons & ~shapely.is_valid(records.shapes)
    if broken.any():
        records.shapes[broken] = as_drawn(records.shapes[broken])
    flat = polygons & ~(shapely.area(records.shapes) > 0)
    records.repair(broken & ~flat, "invalid polygon repaired")
    records.drop(flat, "polygon without area")


def as_drawn(polygons: Shapes) -> Shapes:
    """Give valid areas for invalid ones: what a map fills when it draws them.

    Each ring is filled where a walk outwards crosses it an odd number of times. A polygon is its
    outer ring less its holes, and its parts are added up: a hole outside takes nothing away, and
    no area counts twice.

    Examples
    --------
    Two lobes of a bow tie, and a hole that hangs over the edge:

    >>> bow_tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    >>> hole = [(8, 4), (12, 4), (12, 6), (8, 6)]
    >>> square = shapely.Polygon(shapely.box(0, 0, 10, 10).exterior, [hole])
    >>> shapely.area(as_drawn(np.array([bow_tie, square]))).tolist()
    [50.0, 96.0]
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    outer = _filled(shapely.get_exterior_ring(parts))
    rings, part = shapely.get_rings(parts, return_index=True)
    hole = np.concatenate([[False], part[1:] == part[:-1]])
    holed, number = np.unique(part[hole], return_inverse=True)
    if len(holed):
        holes = _added_up(_filled(rings[hole]), number, len(holed))
        outer[holed] = shapely.difference(outer[holed], holes)
    return _added_up(outer, owner, len(polygons))


def _filled(rings: Shapes) -> Shapes:
    """The area inside each ring, empty where it encloses none."""
    area = shapely.make_valid(shapely.polygons(rings))
    parts, owner = shapely.get_parts(area, return_index=True)
    parts, within = shapely.get_parts(parts, return_index=True)
    owner, flat = owner[within], shapely.get_dimensions(parts) == POLYGON
    owners, group = np.unique(owner[flat], return_inverse=True)
    filled = np.full(len(rings), shapely.Polygon(), dtype=object)
    if len(owners):
        filled[owners] = shapely.multipolygons(parts[flat], indices=group)
    return filled


def _added_up(areas: Shapes, owner: NDArray[np.int64], count: int) -> Shapes:
    """Join the areas of each of so many owners; nothing where there is none."""
    result = np.full(count, shapely.Polygon(), dtype=object)
    owners, first, size = np.unique(owner, return_index=True, return_counts=True)
    order = np.argsort(owner, kind="stable")
    result[owners] = areas[first]
    starts = np.cumsum(size) - size
    for row in np.flatnonzero(size > 1):  # broken ones only, of several parts: never many
        mine = areas[order[starts[row] : starts[row] + size[row]]]
        result[owners[row]] = shapely.union_all(mine)
    return result
