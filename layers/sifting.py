"""Shapes that a layer cannot use, left out or repaired, and counted."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.mending import (
    LINE,
    POINT,
    POLYGON,
    fill_outlines,
    leave_empty_parts,
    mend_polygons,
    take_main_parts,
    take_vertices_once,
)
from layers.whereabouts import keep_placed, leave_strays
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.records import Records

__all__ = ["LINE", "POINT", "POLYGON", "sift"]

_KINDS: Final = MappingProxyType({POINT: "points", LINE: "lines", POLYGON: "polygons"})
_FLAT: Final = 2  # numbers of a vertex without height or measure


def sift(records: Records, allowed: Sequence[int], layer: str) -> None:
    """Keep the records whose shape the layer can use, mended where it is drawn wrong."""
    shapes = records.shapes
    records.drop(shapely.is_missing(shapes) | shapely.is_empty(shapes), "no geometry")
    coordinates, owner = shapely.get_coordinates(records.shapes, return_index=True)
    lost = owner[~np.isfinite(coordinates).all(axis=1)]
    records.drop(np.isin(np.arange(len(records.shapes)), lost), "coordinates are not finite")
    if (shapely.get_coordinate_dimension(records.shapes) > _FLAT).any():
        records.shapes = shapely.force_2d(records.shapes)
    if LINE not in allowed and POLYGON in allowed:
        fill_outlines(records)
    _keep_dimensions(records, allowed, layer)
    keep_placed(records)
    lines = shapely.get_dimensions(records.shapes) == LINE
    records.drop(lines & (shapely.length(records.shapes) == 0), "line without length")
    leave_empty_parts(records)
    take_vertices_once(records)
    mend_polygons(records)
    leave_strays(records)


def _keep_dimensions(records: Records, allowed: Sequence[int], layer: str) -> None:
    """Drop points where polygons are needed, and the like."""
    dimension = shapely.get_dimensions(records.shapes)
    fits = np.isin(dimension, allowed)
    needed = " or ".join(_KINDS[number] for number in allowed)
    if len(fits) and not fits.any():  # most likely another layer, or the wrong file
        kinds = " and ".join(_KINDS[number] for number in np.unique(dimension))
        wrong = f"holds only {kinds}, but {layer} must be {needed}"
        raise InputError(wrong, f"give {needed}")
    take_main_parts(records)
    for number in np.unique(dimension[~fits]):
        here = shapely.get_dimensions(records.shapes) == number
        records.drop(here, f"{_KINDS[number]} where {needed} are needed")
