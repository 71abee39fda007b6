"""Examined -> what is wrong with its data: every fault found, worst first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.records import LayerOptions
from layers.vector import read_layer
from scripts.checking import tallied
from scripts.study import PLACES
from spatial.condition import crowding, homes, limits, obstacles, places, streets, zones
from spatial.condition.fault import worst_first
from spatial.entrances import GATE_M
from spatial.errors import InputError
from spatial.population import home_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from scripts.checking.examined import Examined
    from spatial.condition.fault import Fault
    from spatial.network import Network
    from spatial.population import Homes

OTHERS = ("park_gates", "water", "barriers", "zones", "residential", "built_up")
"""Layers beside homes and facilities that should lie in the study area."""


def diagnosed(found: Examined, today: dt.date | None = None) -> list[Fault]:
    """Find everything that is wrong, as far as layers could be read.

    Parameters
    ----------
    found
        What could be read.
    today
        The day by which data are old; by default this day.
    """
    today = today or dt.datetime.now(dt.UTC).date()
    return worst_first(
        [
            *tallied.refusals(found),
            *tallied.records(found),
            *tallied.cut(found),
            *tallied.taken(found),
            *tallied.absent(found),
            *tallied.old(found, today),
            *_homes(found),
            *_streets(found),
            *_places(found),
            *_barriers(found),
            *_zones(found),
            *_limits(found),
        ]
    )


def _water(found: Examined) -> NDArray[np.object_]:
    """Areas of water, as far as any are known."""
    if "water" not in found.readings:
        return np.empty(0, dtype=object)
    return np.asarray(found.readings["water"].places.geometry.to_numpy(), dtype=object)


def _homes(found: Examined) -> Iterator[Fault]:
    if "homes" in found.readings and found.area is not None:
        table = found.readings["homes"].places
        if found.own("homes"):
            yield from homes.outside(table, found.area)
        points = home_points(table.geometry.to_numpy())
        inside = table[shapely.intersects(found.area, points)].reset_index(drop=True)
        if len(inside):
            yield from homes.floors(inside)
            yield from homes.twice(inside)
            yield from crowding.too_crowded(inside) if found.population else homes.numbers(inside)
    if found.population:
        yield from crowding.shared_counts(found.population)
    if found.homes is not None and len(found.homes.xy):
        yield from homes.unconnected(found.homes)
        yield from homes.giants(found.homes, given=not found.population)
        yield from homes.cut_off_by_water(found.homes, _water(found))


def _streets(found: Examined) -> Iterator[Fault]:
    if found.network is None or found.homes is None:
        return
    network, tied, own = found.network, found.homes, found.own("streets")
    yield from streets.islands(network, tied)
    yield from streets.missed_ends(network, tied, found.barriers, own=own)
    drawn = len(found.readings["streets"].places)
    yield from streets.crossings(network, tied, own=own, lines=drawn)
    yield from streets.private_pockets(network, tied)
    yield from streets.joined_ends(network)


def _places(found: Examined) -> Iterator[Fault]:
    if found.places is None or not len(found.places):
        return
    if found.network is not None and found.homes is not None and found.gates is not None:
        seen = places.Seen(_parks_once(found.places), found.homes, _reaches(found))
        limit_m = found.plan.measure.leg_limit_m
        yield from places.ways_in(seen, found.network, found.barriers, found.gates, limit_m)
        yield from places.in_water(seen, _water(found))
        own = frozenset(name for name in PLACES if found.own(name))
        yield from places.twice(seen, own=own)
        yield from places.overlapping(seen, own=found.own("parks"))
        yield from _gates(found, found.places, found.network)
    for name in PLACES:
        if found.own(name) and name in found.readings:
            yield from places.nameless(name, found.readings[name].places)


def _parks_once(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Facilities, without the parks that stand there a second time because they are green, too."""
    again = table.duplicated("facility", keep="first") & (table["category"] == "green")
    return table[~again].reset_index(drop=True)


def _reaches(found: Examined) -> dict[str, float]:
    """How far each category reaches at most, metres."""
    reach: dict[str, float] = {}
    for standard in found.plan.standards:
        for one in standard.services:
            reach[one.category] = max(one.reach_m, reach.get(one.category, 0.0))
    return reach


def _gates(found: Examined, table: gpd.GeoDataFrame, network: Network) -> Iterator[Fault]:
    gates = found.readings.get("park_gates")
    if gates is None or gates.places.empty or not found.own("park_gates"):
        return
    parks = table.geometry[table["category"].isin(["park", "green"])].to_numpy()
    limit_m = found.plan.measure.leg_limit_m
    near = gates.places[shapely.intersects(found.around, gates.places.geometry.to_numpy())]
    yield from places.stray_gates(near.reset_index(drop=True), parks, network, limit_m)


def _barriers(found: Examined) -> Iterator[Fault]:
    if found.network is None or found.homes is None:
        return
    network, tied = found.network, found.homes
    own_water = found.own("water") or found.own("streets")
    yield from obstacles.wet_streets(network, tied, _water(found), own=own_water)
    layer = found.readings.get("barriers")
    if layer is None or layer.places.empty:
        return
    table, own = layer.places, found.own("barriers")
    shapes, names = table.geometry.to_numpy(), table["name"].to_numpy(dtype=object)
    wall = (table["kind"] == "wall").to_numpy()
    yield from obstacles.over_streets(network, tied, shapes[wall], names[wall], own=own)
    if own:
        dry = (table["kind"] != "water").to_numpy()
        yield from obstacles.crossed(network, tied, shapes[dry], names[dry])


def _zones(found: Examined) -> Iterator[Fault]:
    if "zones" not in found.readings or found.homes is None or not len(found.homes.xy):
        return
    table = found.readings["zones"].places
    yield from zones.overlapping(table, found.homes)
    yield from zones.leaving_out(table, found.homes)
    yield from _counted_zones(found, found.homes)


def _counted_zones(found: Examined, homes_there: Homes) -> Iterator[Fault]:
    """Compare zones that have a column of people with the homes in them."""
    entry = found.plan.layers["zones"]
    options = LayerOptions(**entry.columns())
    try:
        counts = read_layer("population", entry.path, options).places.to_crs(found.crs)
    except InputError:
        return  # no column of people: nothing to compare
    named = found.readings["zones"].places["name"].to_numpy(dtype=object)
    names = named if len(named) == len(counts) else np.full(len(counts), None, dtype=object)
    given = counts["people"].to_numpy(dtype=np.float64)
    yield from zones.amiss(counts.geometry.to_numpy(), given, names, homes_there)


def _limits(found: Examined) -> Iterator[Fault]:
    if found.area is None or found.around is None:
        return
    for name in ("streets", *PLACES, *OTHERS):
        if found.own(name) and name in found.readings and len(found.readings[name].places):
            yield from limits.beyond(name, found.readings[name].places, found.around)
    if found.homes is None or not len(found.homes.xy):
        return
    reach = _reaches(found)
    for name in PLACES:
        if found.own(name) and name in found.readings and found.places is not None:
            table = found.readings[name].places
            far = max((reach.get(one, 0.0) for one in table["category"].unique()), default=0.0)
            if far > GATE_M:
                yield from limits.covers_part(name, table, found.homes, far)
    if found.extent is not None and found.network is not None:
        yield from limits.streets_end(found.homes, found.extent, max(reach.values(), default=0.0))
