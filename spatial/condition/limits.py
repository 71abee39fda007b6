"""Where layers end: records beyond the study area, layers that miss it, streets that stop short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from spatial.condition.fault import Fault, Severity
from spatial.extent import metres_to_end

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from spatial.population import Homes

PART: Final = 0.2
"""Of all people: if more live beyond reach of where a layer ends, it covers only a part."""
_ENOUGH: Final = 5
"""Fewer records than this say nothing about where a layer ends."""


def beyond(layer: str, places: gpd.GeoDataFrame, around: BaseGeometry) -> list[Fault]:
    """Find records too far from the study area to count, or say that all of them are."""
    shapes = places.geometry.to_numpy()
    shapely.prepare(around)
    far = ~shapely.intersects(around, shapes)
    if not far.any():
        return []
    names = _names(places)
    row = np.flatnonzero(far)
    if far.all():
        distance = float(shapely.distance(around, shapes).min())
        values = {"far_km": distance / 1000}
        count = len(places)
        return [Fault("layer_misses", layer, "serious", count, None, shapes, names, None, values)]
    return [Fault("beyond", layer, "note", len(row), None, shapes[row], names[row])]


def _names(places: gpd.GeoDataFrame) -> np.ndarray:
    """What to call each record."""
    ids = next((one for one in ("facility", "home") if one in places), None)
    if "name" not in places:
        return np.full(len(places), None, dtype=object)
    names = places["name"] if ids is None else places["name"].fillna(places[ids])
    return np.asarray(names.to_numpy(dtype=object))


def covers_part(layer: str, places: gpd.GeoDataFrame, homes: Homes, reach_m: float) -> list[Fault]:
    """Say that a layer ends amid the homes: many live beyond reach of the box around it."""
    if len(places) < _ENOUGH:
        return []
    box = shapely.box(*places.total_bounds)
    left = shapely.distance(box, shapely.points(homes.xy)) > reach_m
    people = homes.people(left)
    if people < PART * homes.weight.sum() or not people:
        return []
    shapes = np.array([box], dtype=object)
    names = np.array([None], dtype=object)
    return [Fault("layer_part", layer, "mind", int(left.sum()), people, shapes, names)]


def streets_end(homes: Homes, extent: BaseGeometry, reach_m: float) -> list[Fault]:
    """Find homes so near the end of the data that more could change their answer (rule 8)."""
    near = metres_to_end(homes.xy, extent) <= reach_m
    people = homes.people(near)
    if not people:
        return []
    edge = np.array([shapely.boundary(extent)], dtype=object)
    severity: Severity = "mind" if people >= PART * homes.weight.sum() else "note"
    names = np.array([None], dtype=object)
    count = int(near.sum())
    values = {"reach": reach_m}
    return [Fault("streets_end", "streets", severity, count, people, edge, names, None, values)]
