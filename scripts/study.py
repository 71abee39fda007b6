"""Plan -> its layers, read, and the network they stand on: the one place that assembles them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.gtfs import read_gtfs
from layers.mending import POLYGON, as_drawn
from layers.openstreetmap.extract import read_extract
from layers.origin import origin_of
from layers.schema import COLUMNS, Reading, Tally
from layers.vector import LayerOptions, read_layer
from scripts.locating.misplacement import reading_or_advice, require_together
from scripts.locating.placement import require_placed
from scripts.people import people_in
from scripts.walker import walking
from spatial.barriers import Barriers, barriers_from
from spatial.crs import crs_from_text, local_crs, require_metric, require_near
from spatial.errors import InputError
from spatial.extent import data_extent
from spatial.facilities import dissolved
from spatial.land import joined_land
from spatial.network import Network, network_from_streets
from spatial.population import Homes, home_points, homes_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from layers.openstreetmap.extract import Extract
    from layers.origin import Origin
    from scripts.plan import LayerEntry, Plan
    from spatial.walker import Walker

BEYOND = 1.5
"""Streets and facilities count up to this many times the longest reach beyond the study area."""

_SAME_OUTLINE = 0.99
"""A park of which the green layer holds this much is in it already."""

PLACES = ("parks", "green", "bus_stops", "gtfs", "facilities")
LAND = ("residential", "built_up", "built_up_construction")
NO_TABLES = ("osm", "population", "elevation")
"""Entries of [layers] that are read in ways of their own."""
_STANDS_FOR = {"green": "parks", "bus_stops": "gtfs"}
"""The layer that gives what another would."""
OPTIONAL = ("park_gates", "water", "barriers")


@dataclass(frozen=True)
class Study:
    """All that a plan names, read, in one metric CRS, and tied together.

    Attributes
    ----------
    plan
        What was asked for.
    walker
        Who walks.
    network, homes
        The streets as the walker finds them, and the homes of the study area tied to them.
    barriers
        Water, railways, motorways and walls: no leg crosses them.
    zones
        Districts or neighbourhoods, named; None where the plan gives none.
    land
        Land that official shares divide by, joined and cut to the study area, by layer.
    population
        Where the counted people went (`scripts.people`); None where homes bring their own.
    places
        Facilities of every category, pieces of one park joined: facility, name, category.
    gates
        (g, 2) given park gates, metres.
    area, around, extent
        The study area; how far facilities and streets count; and the land the data describe
        (`spatial.extent`).
    footprints
        Outlines of homes given as polygons: home.
    ground
        What maps draw underneath: kind, name.
    tallies, taken
        What became of the records of each layer; what was taken for what in its file: a column,
        a sheet, an encoding, a CRS.
    files
        The files read, by layer.
    date, credits
        Date of the data where it is known; whom to credit.
    readings
        Every layer as it was read, before what lies outside was left out: for `check`.
    """

    plan: Plan
    walker: Walker
    network: Network
    homes: Homes
    barriers: Barriers
    zones: gpd.GeoDataFrame | None
    land: Mapping[str, gpd.GeoDataFrame]
    population: Mapping[str, Any] | None
    places: gpd.GeoDataFrame
    gates: NDArray[np.float64]
    area: BaseGeometry
    around: BaseGeometry
    extent: BaseGeometry
    footprints: gpd.GeoDataFrame
    ground: gpd.GeoDataFrame
    tallies: Mapping[str, Tally]
    taken: Mapping[str, Mapping[str, str]]
    files: Mapping[str, Path]
    date: str | None
    credits: tuple[str, ...]
    readings: Mapping[str, Reading]

    def with_layer(self, name: str, tally: Tally, path: Path | None) -> Study:
        """The study with one layer more that was read for it."""
        files = self.files if path is None else {**self.files, name: path}
        return replace(self, tallies={**self.tallies, name: tally}, files=files)


def assemble(plan: Plan) -> Study:
    """Read the layers of a plan and tie them together (rules 3, 8, 12).

    Raises
    ------
    InputError
        If a layer that is needed is missing, cannot be read, or lies somewhere else.
    """
    try:
        return _assembled(plan)
    except InputError as error:
        if error.file is not None:
            raise
        file = _file_of(plan, error.layer)
        raise InputError(error.wrong, error.remedy, file=file, layer=error.layer) from None


def _file_of(plan: Plan, layer: str | None) -> Path:
    """The file that a layer comes from: its own, else the extract; of no layer, the plan."""
    entry = _tables(plan).get(layer, plan.layers.get("osm")) if layer else None
    return plan.path if entry is None else entry.path


def _assembled(plan: Plan) -> Study:
    """Read the layers, and tie them together."""
    readings, extract = _read(plan)
    require_placed(plan, readings)
    crs = _crs(plan, readings)
    readings = {name: _projected(reading, crs) for name, reading in readings.items()}
    area = _study_area(readings)
    around = _around(area, BEYOND * plan.largest_reach_m())
    people = None
    if "population" in plan.layers:
        people = people_in(plan, readings["homes"], area, around)
        readings["homes"] = people.homes
    kept = {
        name: _homes_inside(reading, area) if name == "homes" else _near(reading, around)
        for name, reading in readings.items()
    }
    who = walking(plan, around, crs)
    network = who.walker.on(_network(plan, kept["streets"].places))
    barriers = barriers_from(kept["barriers"].places)
    places, tallies = _places(plan, kept)
    tallies["streets"] = tallies["streets"].mended(network.joins.reasons())
    origins = {name: origin_of(entry.path) for name, entry in plan.layers.items()}
    known = [one for one in (extract, *origins.values()) if one is not None]
    return Study(
        plan=plan,
        walker=who.walker,
        network=network,
        homes=homes_on(
            network,
            kept["homes"].places,
            leg_limit_m=plan.measure.leg_limit_m,
            barriers=barriers,
        ),
        barriers=barriers,
        land={name: joined_land(kept[name].places, boundary=area) for name in LAND if name in kept},
        population=people.report if people else None,
        zones=_named(kept["zones"].places) if "zones" in kept else None,
        places=places,
        gates=shapely.get_coordinates(kept["park_gates"].places.geometry),
        area=area,
        around=around,
        extent=_extent(network, extract, origins.get("streets"), around),
        footprints=_footprints(kept["homes"].places),
        ground=_ground(kept, area, around),
        tallies=tallies | ({"population": people.tally} if people else {}) | who.tallies,
        taken={name: reading.taken for name, reading in kept.items() if reading.taken},
        files=_files(plan),
        date=plan.data.date or min((one.date for one in known if one.date), default=None),
        credits=tuple(dict.fromkeys(filter(None, [plan.data.credit, *(o.credit for o in known)]))),
        readings=readings,
    )


def _read(plan: Plan) -> tuple[dict[str, Reading], Extract | None]:
    """Every layer, from the plan's own file where it names one, else from the extract."""
    osm = plan.layers.get("osm")
    extract = read_extract(osm.path) if osm else None
    readings = dict(extract.readings) if extract else {}
    tables = _tables(plan)
    for name in tables:
        readings[name] = reading_or_advice(name, readings, tables, read_entry)
    leave_stops_to_feed(plan, readings)
    for name in ("streets", "homes"):
        if name not in readings:
            wrong = f"[layers] gives neither {name} nor osm"
            raise InputError(wrong, f"name a file: {name} = ... or osm = ...", file=plan.path)
        if readings[name].places.empty:
            wrong = f"holds no {name}"
            remedy = f"name a file that does: {name} = ... under [layers]"
            raise InputError(wrong, remedy, file=osm.path if osm else None, layer=name)
    require_together(plan, readings)
    return readings | {name: _absent(name) for name in OPTIONAL if name not in readings}, extract


def read_entry(name: str, entry: LayerEntry) -> Reading:
    """Read the file of a layer as the plan's entry says."""
    options = LayerOptions(**entry.columns())
    if name == "gtfs":
        return read_gtfs(entry.path, options)
    return read_layer(name, entry.path, options)


def leave_stops_to_feed(plan: Plan, readings: dict[str, Reading]) -> None:
    """Let the stops of a timetable stand for those of the extract, and beside the planner's own.

    Both count where the plan names both; ids are then told apart.
    """
    if "gtfs" not in readings:
        return
    if "bus_stops" not in plan.layers:
        readings.pop("bus_stops", None)
        return
    feed = readings["gtfs"]
    places = feed.places.assign(facility="gtfs " + feed.places["facility"])
    readings["gtfs"] = replace(feed, places=places)


def _tables(plan: Plan) -> dict[str, LayerEntry]:
    """The plan's own files of places, the boundary among them."""
    tables = {name: entry for name, entry in plan.layers.items() if name not in NO_TABLES}
    return tables | ({"boundary": plan.place.boundary} if plan.place.boundary else {})


def _network(plan: Plan, streets: gpd.GeoDataFrame) -> Network:
    """The streets, joined as the plan says."""
    entry = plan.layers.get("streets")
    return network_from_streets(
        streets,
        tolerance_m=entry.tolerance_m if entry else 0.0,
        join_crossings=entry.crossings if entry else False,
        open_gates=plan.measure.gates == "open",
    )


def _absent(name: str) -> Reading:
    """A layer that nobody gave: no places, nothing read."""
    columns = dict.fromkeys(COLUMNS[name], pd.Series(dtype=object))
    return Reading(gpd.GeoDataFrame(columns, geometry=[], crs=4326), Tally())


def _projected(reading: Reading, crs: CRS) -> Reading:
    """A layer in metres. An area that is just valid in degrees may cross itself in metres."""
    places = reading.places.to_crs(crs)
    shapes = places.geometry.to_numpy()
    broken = ~shapely.is_valid(shapes) & (shapely.get_dimensions(shapes) == POLYGON)
    if broken.any():
        shapes = shapes.copy()
        shapes[broken] = as_drawn(shapes[broken])
        places = places.set_geometry(gpd.GeoSeries(shapes, places.index, crs=crs))
    return replace(reading, places=places)


def _crs(plan: Plan, readings: Mapping[str, Reading]) -> CRS:
    """The plan's CRS, else the local one at the middle of the homes."""
    west, south, east, north = readings["homes"].places.to_crs(4326).total_bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    if plan.place.crs is None:
        return local_crs(lon, lat)
    try:
        return require_near(require_metric(crs_from_text(plan.place.crs)), lon, lat)
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=plan.path) from None


def _study_area(readings: Mapping[str, Reading]) -> BaseGeometry:
    """The plan's boundary, else the convex hull of the homes."""
    if "boundary" in readings:
        return readings["boundary"].places.union_all()
    points = home_points(readings["homes"].places.geometry.to_numpy())
    return shapely.buffer(shapely.convex_hull(shapely.union_all(points)), 1.0)


def _homes_inside(reading: Reading, area: BaseGeometry) -> Reading:
    """Homes whose point lies in the study area (rule 8)."""
    shapely.prepare(area)
    inside = shapely.intersects(area, home_points(reading.places.geometry.to_numpy()))
    if not inside.any():
        raise InputError(
            "no home lies inside the boundary",
            "check that both cover the same place, and their CRS",
            layer="homes",
        )
    return _only(reading, inside, "outside the study area")


def _near(reading: Reading, around: BaseGeometry) -> Reading:
    """Records that touch the study area or its surroundings (rule 8)."""
    shapely.prepare(around)
    near = shapely.intersects(around, reading.places.geometry.to_numpy())
    return _only(reading, near, f"farther than {BEYOND} times the reach from the study area")


def _only(reading: Reading, rows: NDArray[np.bool_], reason: str) -> Reading:
    return replace(
        reading,
        places=reading.places[rows].reset_index(drop=True),
        tally=reading.tally.without(int((~rows).sum()), reason),
    )


def _places(plan: Plan, kept: Mapping[str, Reading]) -> tuple[gpd.GeoDataFrame, dict[str, Tally]]:
    """Facilities of all layers in one table, parks counting as green too; and all tallies."""
    _require_layers(plan, kept)
    tallies = {name: reading.tally for name, reading in kept.items()}
    tables = []
    for name in PLACES:
        if name in kept:
            table = dissolved(kept[name].places)
            merged = len(kept[name].places) - len(table)
            tallies[name] = tallies[name].without(merged, "joined to a piece of the same name")
            tables.append(table)
    if "parks" in plan.layers:
        tables.append(_parks_not_yet_green(kept))
    crs = kept["homes"].places.crs
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=crs), tallies


def _named(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Zones, those without a name called by their number."""
    number = pd.Series(zones.index + 1, index=zones.index).astype(str)
    return zones.assign(name=zones["name"].fillna(number))


def _parks_not_yet_green(kept: Mapping[str, Reading]) -> gpd.GeoDataFrame:
    """The planner's parks as green, but for those the green layer holds with the same outline."""
    parks = dissolved(kept["parks"].places).assign(category="green")
    if "green" not in kept:
        return parks
    green = dissolved(kept["green"].places)
    same = shapely.STRtree(green.geometry.to_numpy()).query(
        parks.geometry.to_numpy(), predicate="intersects"
    )
    park, other = parks.geometry.to_numpy()[same[0]], green.geometry.to_numpy()[same[1]]
    shared = shapely.area(shapely.intersection(park, other)) / shapely.area(park)
    return parks.drop(index=np.unique(same[0][shared > _SAME_OUTLINE]))


def _require_layers(plan: Plan, kept: Mapping[str, Reading]) -> None:
    """Say which layer a standard asks for that nobody gave: no data is not nobody served."""
    source = {"park": "parks", "green": "green", "bus_stop": "bus_stops"}
    for standard in plan.standards:
        for service in standard.services:
            layer = source.get(service.category, "facilities")
            given = bool({layer, _STANDS_FOR.get(layer)} & kept.keys())
            if not given:
                wrong = f"{standard.id} needs the layer {layer} ({service.category})"
                remedy = f"name its file under [layers], or take {standard.id} out of [measure]"
                raise InputError(wrong, remedy, file=plan.path)


def _around(area: BaseGeometry, metres: float) -> BaseGeometry:
    """The study area grown, its own corners smoothed: thousands of them take minutes to grow."""
    smoothing = metres / 100
    return shapely.buffer(shapely.simplify(area, smoothing), metres + smoothing)


def _extent(
    network: Network, extract: Extract | None, origin: Origin | None, around: BaseGeometry
) -> BaseGeometry:
    """Where the data end: what was fetched, else around the streets and all nodes of an extract."""
    crs = network.crs
    if origin is not None:
        return gpd.GeoSeries([origin.area], crs=4326).to_crs(crs).iloc[0]
    spots = [network.xy]
    if extract is not None:
        lon, lat = extract.nodes_lonlat.T
        nodes = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4326).to_crs(crs)
        spots.append(shapely.get_coordinates(nodes))
    west, south, east, north = around.bounds
    xy = np.concatenate(spots)
    near = (xy >= (west, south)).all(axis=1) & (xy <= (east, north)).all(axis=1)
    return data_extent(xy[near])


def _footprints(homes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Outlines of the homes that have one."""
    area = shapely.get_dimensions(homes.geometry.to_numpy()) == 2  # noqa: PLR2004  areas
    return homes.loc[area, ["home", "geometry"]].reset_index(drop=True)


def _ground(
    kept: Mapping[str, Reading], area: BaseGeometry, around: BaseGeometry
) -> gpd.GeoDataFrame:
    """Water, green and the boundary, for maps to draw underneath."""
    crs = kept["homes"].places.crs
    edge = gpd.GeoDataFrame({"name": [None]}, geometry=[area], crs=crs).assign(kind="boundary")
    tables = [edge]
    for name, kind in (("water", "water"), ("green", "green"), ("parks", "green")):
        if name in kept and len(kept[name].places):
            places = kept[name].places.clip(around)
            tables.append(places[["name", "geometry"]].assign(kind=kind))
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=crs)


def _files(plan: Plan) -> dict[str, Path]:
    """The files that were read, by layer."""
    files = {
        name: entry.path
        for name, entry in plan.layers.items()
        if name != "elevation" or plan.counts_slopes
    }
    if plan.place.boundary is not None:
        files["boundary"] = plan.place.boundary.path
    return files
