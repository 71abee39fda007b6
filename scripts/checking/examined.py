"""A plan's layers looked at one by one: what can be read, tied together as far as that goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import geopandas as gpd
import pandas as pd
import shapely

from layers.openstreetmap.extract import read_extract
from layers.origin import origin_of
from scripts.people import people_in
from scripts.study import (
    BEYOND,
    OPTIONAL,
    PLACES,
    Study,
    _absent,
    _around,
    _crs,
    _extent,
    _homes_inside,
    _near,
    _network,
    _projected,
    _study_area,
    _tables,
    assemble,
    leave_stops_to_feed,
    read_entry,
)
from spatial.barriers import NO_BARRIERS, Barriers, barriers_from
from spatial.errors import InputError
from spatial.facilities import dissolved
from spatial.population import Homes, homes_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from layers.openstreetmap.extract import Extract
    from layers.schema import Reading, Tally
    from scripts.plan import Plan
    from spatial.network import Network

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Examined:
    """What could be read of a plan, and what could not.

    Attributes
    ----------
    plan
        What was asked for.
    refused
        Why the plan cannot be measured as it is; empty if it can.
    readings
        The layers that could be read, in one metric CRS, nothing cut off.
    tallies
        What became of the records of each layer, and whether it lay too far away.
    area, around, extent
        As in `scripts.study.Study`; None where nothing tells.
    network, homes, barriers, places, gates, population, ground
        As in `scripts.study.Study`, as far as they could be made.
    date
        Of what day the data are, if that is known.
    credits
        Whom to credit.
    """

    plan: Plan
    refused: tuple[InputError, ...]
    readings: Mapping[str, Reading]
    tallies: Mapping[str, Tally]
    area: BaseGeometry | None = None
    around: BaseGeometry | None = None
    extent: BaseGeometry | None = None
    network: Network | None = None
    homes: Homes | None = None
    barriers: Barriers = NO_BARRIERS
    places: gpd.GeoDataFrame | None = None
    gates: NDArray[Any] | None = None
    population: Mapping[str, Any] | None = None
    ground: gpd.GeoDataFrame | None = None
    date: str | None = None
    credits: tuple[str, ...] = ()

    @property
    def crs(self) -> CRS | None:
        """The CRS of everything, in metres."""
        return next((one.places.crs for one in self.readings.values()), None)

    def own(self, layer: str) -> bool:
        """Whether a layer is the planner's own file, not taken from the extract."""
        return layer in self.plan.layers or layer == "boundary"


def examined(plan: Plan) -> Examined:
    """Assemble a plan; where that fails, look at every layer on its own."""
    try:
        return of_study(assemble(plan))
    except InputError as error:
        return _pieced(plan, error)


def of_study(study: Study) -> Examined:
    """Take what was assembled: nothing is read again."""
    return Examined(
        plan=study.plan,
        refused=(),
        readings=study.readings,
        tallies=study.tallies,
        area=study.area,
        around=study.around,
        extent=study.extent,
        network=study.network,
        homes=study.homes,
        barriers=study.barriers,
        places=study.places,
        gates=study.gates,
        population=study.population,
        ground=study.ground,
        date=study.date,
        credits=study.credits,
    )


@dataclass
class _Attempts:
    """Things that are tried; what refuses one is kept, and does not stop the others."""

    refused: list[InputError] = field(default_factory=list)

    def get(self, make: Callable[P, T], *args: P.args, **named: P.kwargs) -> T | None:
        """Make something, or keep the reason why not."""
        try:
            return make(*args, **named)
        except InputError as error:
            if str(error) not in {str(one) for one in self.refused}:
                self.refused.append(error)
            return None


def _pieced(plan: Plan, first: InputError) -> Examined:
    """Read each layer on its own, and tie together what there is."""
    attempts = _Attempts()
    readings, extract = _read_each(plan, attempts)
    crs = attempts.get(_some_crs, plan, readings)
    if crs is None or not readings:
        return Examined(plan, _why_not(attempts, first), {}, {})
    readings = {name: _projected(one, crs) for name, one in readings.items()}
    tallies = {name: one.tally for name, one in readings.items()}
    if not readings.keys() & {"boundary", "homes"}:
        return Examined(plan, _why_not(attempts, first), readings, tallies)
    area = _study_area(readings)
    around = _around(area, BEYOND * plan.largest_reach_m())
    population = _with_people(plan, readings, attempts, area, around)
    kept = _kept(readings, attempts, area, around)
    made = _tied(plan, kept, attempts, extract, around)
    return Examined(
        plan=plan,
        refused=_why_not(attempts, first),
        readings=readings,
        tallies={**tallies, **{name: one.tally for name, one in kept.items()}},
        area=area,
        around=around,
        population=population,
        date=plan.data.date or (extract.date if extract else None),
        credits=(extract.credit,) if extract else (),
        **made,
    )


def _why_not(attempts: _Attempts, first: InputError) -> tuple[InputError, ...]:
    """All that refused something; what stopped the assembling goes first, once."""
    told = (first.file, first.layer, first.wrong)  # what to do may be told better of the first
    others = [one for one in attempts.refused if (one.file, one.layer, one.wrong) != told]
    return (first, *others)


def _read_each(plan: Plan, attempts: _Attempts) -> tuple[dict[str, Reading], Extract | None]:
    """Every layer that can be read."""
    osm = plan.layers.get("osm")
    extract = attempts.get(read_extract, osm.path) if osm else None
    readings = dict(extract.readings) if extract else {}
    for name, entry in _tables(plan).items():
        if name in ("population", "elevation"):
            continue
        reading = attempts.get(read_entry, name, entry)
        attempts.get(origin_of, entry.path)
        if reading is not None:
            readings[name] = reading
        else:
            readings.pop(name, None)  # the extract's own must not stand in for it
    leave_stops_to_feed(plan, readings)
    return readings, extract


def _some_crs(plan: Plan, readings: Mapping[str, Reading]) -> CRS | None:
    """The plan's CRS, else the local one where the homes are, or else any other layer."""
    order = ("homes", "boundary", "streets", *readings)
    some = next((one for one in order if one in readings and len(readings[one].places)), None)
    if some is None:
        return None
    return _crs(plan, {"homes": readings[some]})


def _with_people(
    plan: Plan,
    readings: dict[str, Reading],
    attempts: _Attempts,
    area: BaseGeometry,
    around: BaseGeometry,
) -> Mapping[str, Any] | None:
    """Share the plan's population over the homes, if both can be read."""
    if "population" not in plan.layers or "homes" not in readings:
        return None
    people = attempts.get(people_in, plan, readings["homes"], area, around)
    if people is None:
        return None
    readings["homes"] = people.homes
    return people.report


def _kept(
    readings: Mapping[str, Reading],
    attempts: _Attempts,
    area: BaseGeometry,
    around: BaseGeometry,
) -> dict[str, Reading]:
    """What lies in the study area or around it."""
    kept = {}
    for name, reading in readings.items():
        if name == "homes":
            inside = attempts.get(_homes_inside, reading, area)
            if inside is not None:
                kept[name] = inside
        else:
            kept[name] = _near(reading, around)
    return kept


def _tied(
    plan: Plan,
    kept: dict[str, Reading],
    attempts: _Attempts,
    extract: Extract | None,
    around: BaseGeometry,
) -> dict[str, Any]:
    """Join the streets, tie the homes, put the facilities in one table."""
    crs = next(iter(kept.values())).places.crs
    nothing = {name: _projected(_absent(name), crs) for name in OPTIONAL}
    kept = {**nothing, **kept}
    made: dict[str, Any] = {"barriers": barriers_from(kept["barriers"].places)}
    made["places"] = _places(kept)
    made["gates"] = shapely.get_coordinates(kept["park_gates"].places.geometry)
    if "streets" in kept:
        streets = kept["streets"].places
        network = attempts.get(_network, plan, streets)
        made["network"] = network
        if network is not None:
            made["extent"] = _extent(network, extract, None, around)
            homes = kept["homes"].places if "homes" in kept else _nobody(crs)
            made["homes"] = homes_on(
                network,
                homes,
                leg_limit_m=plan.measure.leg_limit_m,
                barriers=made["barriers"],
            )
    return made


def _places(kept: Mapping[str, Reading]) -> gpd.GeoDataFrame | None:
    """Facilities of all layers in one table."""
    tables = [dissolved(kept[name].places) for name in PLACES if name in kept]
    if not tables:
        return None
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=tables[0].crs)


def _nobody(crs: CRS) -> gpd.GeoDataFrame:
    """A layer of no homes."""
    columns = {name: pd.Series(dtype=object) for name in ("home", "name")}
    columns |= {name: pd.Series(dtype=float) for name in ("weight", "levels")}
    return gpd.GeoDataFrame(columns, geometry=[], crs=crs)
