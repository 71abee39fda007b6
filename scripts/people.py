"""People: the plan's counts shared over its homes (rule 12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from layers.bands import RASTERS
from layers.raster import RasterOptions, read_population_raster
from layers.records import LayerOptions
from layers.vector import read_layer
from scripts.locating.misplacement import reading_or_advice, require_together
from spatial.errors import InputError
from spatial.population import home_points
from spatial.sharing import cut_people, shared

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from layers.schema import Reading, Tally
    from scripts.plan import LayerEntry, Plan
    from spatial.cells import PopulationCells


@dataclass(frozen=True)
class People:
    """Homes with the people that a raster, areas or points gave them.

    Attributes
    ----------
    homes
        The homes, and where a count has no home one at its centre.
    tally
        What became of the counts' records.
    report
        Where the people went: given == shared + at_centres + outside.
    """

    homes: Reading
    tally: Tally
    report: dict[str, Any]


def people_in(plan: Plan, homes: Reading, area: BaseGeometry, around: BaseGeometry) -> People:
    """Share the plan's population over homes (all of them, those outside the study area too).

    Raises
    ------
    InputError
        If the counts cannot be read or hold nobody in the study area, or the homes bring people
        of their own.
    """
    entry = plan.layers["population"]
    if homes.places["weight"].notna().any():
        wrong = "[layers] homes and population both give people"
        raise InputError(wrong, "take one out, or the homes' column of people", file=plan.path)
    counts, tally = _counts(plan, homes, around)
    sharing = shared(homes.places, counts, how=entry.share, limit_m=entry.limit_m)
    inside = shapely.intersects(area, home_points(sharing.homes.geometry.to_numpy()))
    report = sharing.report(inside) | {
        "how": entry.share,
        "cut": cut_people(sharing, counts, area, inside),
    }
    if not sharing.homes["weight"][inside].any():
        wrong = "says that nobody lives in the study area"
        remedy = "check its band, nodata and CRS, and that it covers the city"
        raise InputError(wrong, remedy, file=entry.path, layer="population")
    before, more = homes.tally, sharing.centres
    after = replace(before, read=before.read + more, used=before.used + more)
    return People(replace(homes, places=sharing.homes, tally=after), tally, report)


def _counts(
    plan: Plan, homes: Reading, around: BaseGeometry
) -> tuple[PopulationCells | gpd.GeoDataFrame, Tally]:
    """The counts around the study area: cells in their own CRS, areas and points in the study's."""
    entry, crs = plan.layers["population"], homes.places.crs
    if entry.path.suffix.casefold() in RASTERS:
        west, south, east, north = gpd.GeoSeries([around], crs=crs).to_crs(4326).total_bounds
        options = RasterOptions(entry.band, entry.density, entry.nodata, entry.crs)
        raster = read_population_raster(
            entry.path, options, lonlat_bounds=(west, south, east, north)
        )
        return raster.cells, raster.tally
    if entry.density is not None or entry.band is not None or entry.nodata is not None:
        wrong = "band, density and nodata are for rasters"
        raise InputError(wrong, "take them out", file=entry.path, layer="population")
    reading = reading_or_advice("population", {"homes": homes}, {"population": entry}, _read)
    require_together(plan, {"homes": homes, "population": reading})
    places = reading.places.to_crs(crs)
    near = shapely.intersects(around, places.geometry.to_numpy())
    far = int((~near).sum())
    tally = reading.tally.without(far, "far from the study area")
    return places[near].reset_index(drop=True), tally


def _read(name: str, entry: LayerEntry) -> Reading:
    return read_layer(name, entry.path, LayerOptions(**entry.columns()))
