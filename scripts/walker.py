"""Who walks: the plan's walker, with the heights that slopes are read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from layers.elevation import read_elevation
from spatial.relief import efforts
from spatial.walker import Walker

if TYPE_CHECKING:
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from layers.schema import Tally
    from scripts.plan import Plan
    from spatial.network import Network
    from spatial.relief import Relief


@dataclass(frozen=True)
class Walking:
    """The plan's walker, and what was read for it: a tally by layer, empty where nothing was."""

    walker: Walker
    tallies: dict[str, Tally]


def walking(plan: Plan, around: BaseGeometry, crs: CRS) -> Walking:
    """Give the walker of a plan, heights around the study area included where slopes count.

    Raises
    ------
    InputError
        If the raster of heights cannot be read, or does not touch the study area.
    """
    relief, tallies = None, {}
    if plan.counts_slopes:
        relief, tallies["elevation"] = _heights(plan, around, crs)
    said = plan.walker
    return Walking(Walker(said.speed_m_per_s, said.stairs, relief), tallies)


def _heights(plan: Plan, around: BaseGeometry, crs: CRS) -> tuple[Relief, Tally]:
    entry = plan.layers["elevation"]
    west, south, east, north = gpd.GeoSeries([around], crs=crs).to_crs(4326).total_bounds
    reading = read_elevation(
        entry.path,
        band=entry.band,
        nodata=entry.nodata,
        crs=entry.crs,
        lonlat_bounds=(west, south, east, north),
    )
    return reading.relief, reading.tally


def walker_figures(walker: Walker, network: Network) -> dict[str, Any]:
    """Give the block `walker` of summary.json: who was measured, and what that did to streets.

    ``stairs_m`` is the length of stairs there are; ``climb`` by how much slopes lengthen the
    streets in all, and ``without_height_m`` the length of streets taken as flat for want of a
    height, both None where slopes do not count.
    """
    ground_m = network.ground_m
    climb, unknown_m = None, None
    if walker.relief is not None:
        unknown_m = float(ground_m[np.isnan(efforts(network, walker.relief))].sum())
        climb = float(network.length_m.sum() / ground_m.sum())
    return {
        "speed_m_per_s": walker.speed_m_per_s,
        "stairs": walker.stairs,
        "slope": walker.relief is not None,
        "usual": walker.usual,
        "zh": walker.said("zh"),
        "en": walker.said("en"),
        "stairs_m": float(ground_m[network.steps].sum()),
        "climb": climb,
        "without_height_m": unknown_m,
    }
