"""Findings -> results.gpkg, layer by layer, as the contract names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from scripts.ground import ground_layers
from scripts.study import LAND
from spatial.gaps import gap_of_home, gaps
from spatial.land import by_zone as land_by_zone
from spatial.reach import NONE
from spatial.ways import ways_walked
from spatial.zones import by_zone, verdicts

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas.arrays import IntegerArray

    from scripts.findings import Findings
    from spatial.coverage import Coverage
    from spatial.population import Homes
    from spatial.standards import Standard
    from spatial.ties import Ties
    from spatial.union import Union

GEOMETRY_TYPES = {
    "homes": "Point",
    "streets": "LineString",
    "nodes": "Point",
    "entrances": "Point",
    "_streets": "LineString",
    "_gaps": "Polygon",
    "_ways": "LineString",
    "_area": "MultiPolygon",
    "_land_uncovered": "Polygon",
}
"""By layer, or by the end of its name; any other layer may mix types."""


def geometry_type(layer: str) -> str:
    """The geometry type a layer of results.gpkg is written with."""
    ends = [kind for end, kind in GEOMETRY_TYPES.items() if layer.endswith(end)]
    return GEOMETRY_TYPES.get(layer) or (ends[0] if ends else "Unknown")


def result_layers(findings: Findings) -> dict[str, gpd.GeoDataFrame]:
    """Give every layer of results.gpkg, in the study's metric CRS."""
    study = findings.study
    first_door = _first_doors(findings)
    layers = {
        **ground_layers(study, findings.every_coverage),
        "homes": _homes(findings, first_door),
        "entrances": _entrances(findings, first_door),
    }
    for one in findings.coverages:
        layers[f"{one.standard.id}_streets"] = gpd.GeoDataFrame(
            {"reach_m": np.full(len(one.reached), one.reach_m)},
            geometry=one.reached,
            crs=study.network.crs,
        )
        gap = gap_of_home(study.homes, one)
        layers[f"{one.standard.id}_gaps"] = _gaps(findings, one, gap)
        layers[f"{one.standard.id}_gap_ways"] = _gap_ways(findings, one, gap)
        if study.plan.measure.ways:
            layers[f"{one.standard.id}_ways"] = _ways(findings, one)
        layers[f"{one.standard.id}_area"] = gpd.GeoDataFrame(
            {"reach_m": [one.reach_m]},
            geometry=[findings.served[one.standard.id].area],
            crs=study.network.crs,
        )
    for key, land in findings.land.items():
        layers[f"{key}_land_uncovered"] = land.straight.uncovered
    if study.zones is not None:
        layers["zones"] = _zones(findings, study.zones)
    return layers


def _first_doors(findings: Findings) -> dict[str, int]:
    """The number of the first entrance of each measured id; numbers run through all of them."""
    coverages = findings.every_coverage
    counts = [len(one.doors) for one in coverages]
    first = np.cumsum([0, *counts])
    return {one.standard.id: int(first[i]) for i, one in enumerate(coverages)}


def _homes(findings: Findings, first_door: dict[str, int]) -> gpd.GeoDataFrame:
    homes = findings.study.homes
    tied = homes.ties.tied
    limit = findings.study.plan.measure.leg_limit_m
    columns: dict[str, Any] = {
        "home": homes.id,
        "name": homes.name,
        "weight": homes.weight,
        "status": np.where(tied, "connected", "unconnected"),
        "reason": _why_unconnected(homes, limit, findings.study.plan.place.language),
        **_tie_columns(homes.ties),
    }
    for one in findings.every_coverage:
        columns |= _measured_columns(findings, one, first_door[one.standard.id])
    for union in findings.unions:
        columns[f"{union.standard.id}_served"] = union.served
        columns[f"{union.standard.id}_straight_served"] = union.straight_served
        columns[f"{union.standard.id}_uncertain"] = findings.uncertain(union)
    for circle in findings.circles:
        columns[f"{circle.standard.id}_met"] = circle.met
        columns[f"{circle.standard.id}_complete"] = circle.complete
    return gpd.GeoDataFrame(columns, geometry=_points(homes.xy), crs=findings.study.network.crs)


_NO_STREET = {"zh": "{limit:g} 米内没有街道", "en": "no street within {limit:g} m"}
_BEYOND = {
    "zh": {
        "water": "{limit:g} 米内的街道都在水域对岸",
        "railway": "{limit:g} 米内的街道都在铁路另一侧",
        "motorway": "{limit:g} 米内的街道都在快速路另一侧",
        "wall": "{limit:g} 米内的街道都在围墙另一侧",
    },
    "en": {
        kind: f"every street within {{limit:g}} m lies beyond {what}"
        for kind, what in (
            ("water", "water"),
            ("railway", "a railway"),
            ("motorway", "a motorway"),
            ("wall", "a wall"),
        )
    },
}


def _why_unconnected(homes: Homes, limit_m: float, language: str) -> pd.Series:
    """Why each unconnected home is, in words; None for the others."""
    beyond = {kind: text.format(limit=limit_m) for kind, text in _BEYOND[language].items()}
    reason = pd.Series(homes.blocked_by, dtype=object).map(beyond)
    reason = reason.fillna(_NO_STREET[language].format(limit=limit_m))
    return reason.mask(homes.ties.tied, None)


def _measured_columns(findings: Findings, one: Coverage, first_door: int) -> dict[str, Any]:
    """What each home's row says about one standard."""
    key = one.standard.id
    ids = one.facilities.places["facility"].to_numpy(dtype=object)
    return {
        f"{key}_m": one.walk_m,
        f"{key}_straight_m": one.straight_m,
        f"{key}_served": one.served,
        f"{key}_facility": _taken(ids, one.facility),
        f"{key}_entrance": _number_or_null(one.entrance, first_door),
        f"{key}_uncertain": findings.uncertain(one),
        f"{key}_reason": findings.reasons[key],
    }


def _taken(values: NDArray[np.object_], row: NDArray[np.int64]) -> NDArray[np.object_]:
    """The values at some rows, None where there is no row."""
    found = np.full(len(row), None, dtype=object)
    found[row != NONE] = values[row[row != NONE]]
    return found


def _number_or_null(row: NDArray[np.int64], first: int = 0) -> IntegerArray:
    numbers = pd.array(row + first, dtype="Int64")
    numbers[row == NONE] = pd.NA
    return numbers


def _tie_columns(ties: Ties) -> dict[str, Any]:
    """Where a point is tied: null where it is not."""
    return {
        "edge": _number_or_null(ties.edge),
        "along_m": np.where(ties.tied, ties.along_m, np.nan),
        "leg_m": ties.leg_m,
    }


def _entrances(findings: Findings, first_door: dict[str, int]) -> gpd.GeoDataFrame:
    """Every entrance of every measured id, numbered through."""
    tables = []
    for one in findings.every_coverage:
        doors = one.doors
        columns = {
            "entrance": first_door[one.standard.id] + np.arange(len(doors)),
            "standard": one.standard.id,
            "facility": one.facilities.places["facility"].to_numpy(dtype=object)[doors.facility],
            "kind": doors.kind,
            **_tie_columns(doors.ties),
        }
        table = gpd.GeoDataFrame(
            columns, geometry=_points(doors.xy), crs=findings.study.network.crs
        )
        tables.append(table)
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True))


def _gaps(findings: Findings, one: Coverage, gap: NDArray[np.int64]) -> gpd.GeoDataFrame:
    """The gaps, each with the facility people walk to by name, else by id."""
    study = findings.study
    found = gaps(study.network, study.homes, one, gap, findings.reasons[one.standard.id])
    places = one.facilities.places
    label = places["name"].fillna(places["facility"]).to_numpy(dtype=object)
    return found.assign(facility=_taken(label, found["facility"].to_numpy()))


def _ways(findings: Findings, one: Coverage) -> gpd.GeoDataFrame:
    """The way walked from every home that walks somewhere."""
    homes = findings.study.homes
    rows = np.flatnonzero(one.entrance != NONE)
    table = {"home": homes.id[rows], "walk_m": one.walk_m[rows], "served": one.served[rows]}
    ways = ways_walked(one, homes, rows)
    return gpd.GeoDataFrame(table, geometry=ways, crs=findings.study.network.crs)


def _gap_ways(findings: Findings, one: Coverage, gap: NDArray[np.int64]) -> gpd.GeoDataFrame:
    """From each gap the walk of its middle home: half of the others walk farther."""
    study = findings.study
    walks = pd.DataFrame({"gap": gap, "walk_m": one.walk_m, "home": study.homes.id})
    walks = walks[(walks["gap"] > 0) & walks["walk_m"].notna()].sort_values(["gap", "walk_m"])
    place = walks.groupby("gap").cumcount()
    count = walks.groupby("gap")["gap"].transform("size")
    middle = walks[place == (count - 1) // 2]
    ways = ways_walked(one, study.homes, middle.index.to_numpy())
    return gpd.GeoDataFrame(middle, geometry=ways, crs=study.network.crs).reset_index(drop=True)


def _zones(findings: Findings, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Every figure by zone: homes, and land where it is given."""
    whole: tuple[Coverage | Union, ...] = (*findings.coverages, *findings.unions)
    table = by_zone(zones, findings.study.homes, whole, findings.circles)
    for key, land in findings.land.items():
        table[f"{key}_land_straight"] = land_by_zone(land.straight, zones)["share"].to_numpy()
        table[f"{key}_land_network"] = land_by_zone(land.network, zones)["share"].to_numpy()
    for one in whole:
        if one.standard.denominator in LAND:
            table[f"{one.standard.id}_target_met"] = _land_verdicts(one.standard, table)
    met = [name for name in table if name.endswith("_target_met")]
    return table.astype(dict.fromkeys(met, "boolean"))


def _land_verdicts(standard: Standard, table: gpd.GeoDataFrame) -> list[bool | None]:
    """Whether each zone meets a target over land; None where no land is given."""
    figure = "straight" if standard.geometry == "radius" else "network"
    nothing = pd.Series(np.nan, index=table.index)
    return verdicts(standard, table.get(f"{standard.id}_land_{figure}", nothing).to_numpy())


def _points(xy: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.asarray(shapely.points(xy), dtype=object)
