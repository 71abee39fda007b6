"""What compare found -> summary.json, results.gpkg, tables.xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from scripts.ground import ground_layers, home_columns
from scripts.summary import about, definition, source_of
from spatial.standards import ServiceStandard
from spatial.zones import NOWHERE, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from scripts.study import Study
    from spatial.changes import Change, Scenario
    from spatial.coverage import Coverage
    from spatial.scenario import Difference, Side
    from spatial.stage import Stage


@dataclass(frozen=True)
class Tried:
    """One scenario compared with the present; `equal`: from scratch the walks are the same."""

    scenario: Scenario
    laid: Stage
    differences: Sequence[Difference]
    equal: bool


def comparison_summary(
    study: Study, coverages: Mapping[str, Coverage], tried: Sequence[Tried]
) -> dict[str, Any]:
    """Give the whole content of the summary.json of a comparison."""
    return about(study) | {
        "scenarios": [
            {
                "name": one.scenario.name,
                "changes": _changes(one),
                "checked": {"equal": one.equal},
                "standards": {d.standard.id: _figures(d, coverages) for d in one.differences},
            }
            for one in tried
        ]
    }


def _changes(tried: Tried) -> list[dict[str, Any]]:
    """Each change with what it is worth to every standard, alone and in the whole."""
    return [
        _said(row, change)
        | {
            "alone": {d.standard.id: float(d.alone[row]) for d in tried.differences},
            "within": {d.standard.id: float(d.within[row]) for d in tried.differences},
        }
        for row, change in enumerate(tried.scenario.changes)
    ]


def _said(row: int, change: Change) -> dict[str, Any]:
    """What its author said of a change, with its number."""
    return {
        "change": row + 1,
        "do": change.do,
        "name": change.name,
        "kind": change.kind,
        "category": change.category,
        "target": change.target,
        "people": change.people,
        "cost": change.cost,
    }


def _side(side: Side, people: float) -> dict[str, float | None]:
    return {"served": people, "share": people / side.total if side.total else None}


def _figures(one: Difference, coverages: Mapping[str, Coverage]) -> dict[str, Any]:
    """Before and after, who gains and loses, and how much shorter the walks are."""
    standard, shorter_m = one.standard, one.shorter_m
    plain = coverages[standard.id] if isinstance(standard, ServiceStandard) else None
    return {
        "zh": standard.zh,
        "en": standard.en,
        "source": source_of(standard.source),
        **definition(standard),
        "category": plain.standard.category if plain else None,
        "reach_m": plain.reach_m if plain else None,
        "total": one.after.total,
        "total_before": one.before.total,
        "before": _side(one.before, one.before.people),
        "after": _side(one.after, one.after.people),
        "straight": {
            "before": _side(one.before, one.before.straight_people),
            "after": _side(one.after, one.after.straight_people),
        },
        "gained": one.people(one.gains),
        "lost": one.people(one.loses),
        "gained_homes": int(one.gains.sum()),
        "lost_homes": int(one.loses.sum()),
        "settled": one.settled,
        "metres_saved": float(one.staying @ shorter_m),
        "nearer": one.people(shorter_m > 0),
        "farther": one.people(shorter_m < 0),
    }


def comparison_layers(
    study: Study, coverages: Mapping[str, Coverage], tried: Sequence[Tried]
) -> dict[str, gpd.GeoDataFrame]:
    """Give every layer of the results.gpkg of a comparison, in the study's metric CRS."""
    layers = ground_layers(study, coverages.values())
    layers["homes"] = _homes(study, tried)
    layers["changes"] = _change_rows(study, tried)
    if study.zones is not None:
        layers["zones"] = _zones(study, study.zones, tried)
    return layers


def _homes(study: Study, tried: Sequence[Tried]) -> gpd.GeoDataFrame:
    """Homes with their walks before and after each scenario; the homes these build come last."""
    there = len(study.homes.id)
    new = [_new_homes(number, one) for number, one in enumerate(tried, start=1)]
    homes = pd.concat([gpd.GeoDataFrame(home_columns(study)), *new], ignore_index=True)
    first = there
    for number, (one, built) in enumerate(zip(tried, new, strict=True), start=1):
        rows = np.concatenate([np.arange(there), first + np.arange(len(built))])
        first += len(built)
        for difference in one.differences:
            sides = {"": (difference.before, there), f"_{number}": (difference.after, len(rows))}
            for end, (side, count) in sides.items():
                key, values = _column(difference.standard.id, side)
                homes[f"{key}{end}"] = _laid_out(values[:count], rows[:count], len(homes))
        weight = one.laid.weight_with(range(len(one.scenario.changes)))
        homes[f"weight_{number}"] = _laid_out(weight, rows, len(homes))
    return gpd.GeoDataFrame(homes, geometry="geometry", crs=study.network.crs)


def _new_homes(number: int, one: Tried) -> gpd.GeoDataFrame:
    """The homes a scenario builds: in the present they have nobody."""
    effects = [(change, e) for change, e in enumerate(one.laid.effects) if e.home is not None]
    tied = one.laid.ties.tied[len(one.laid.present.homes.id) :]
    table = {
        "home": [f"+{number}.{change + 1}" for change, _ in effects],
        "name": [one.scenario.changes[change].name for change, _ in effects],
        "weight": [np.nan] * len(effects),
        "status": np.where(tied, "connected", "unconnected"),
    }
    return gpd.GeoDataFrame(table, geometry=[effect.home for _, effect in effects])


def _column(key: str, side: Side) -> tuple[str, NDArray[np.float64]]:
    """What results say of one side, home by home: the walk, NaN where nothing is reached.

    A standard of several services has no one walk: it says whether it serves.
    """
    if side.walk_m is None:
        return f"{key}_served", side.served.astype(np.float64)
    return f"{key}_m", np.where(np.isfinite(side.walk_m), side.walk_m, np.nan)


def _laid_out(
    values: NDArray[np.float64], rows: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Values at some of `count` rows, NaN at the others."""
    laid = np.full(count, np.nan)
    laid[rows] = values
    return laid


def _change_rows(study: Study, tried: Sequence[Tried]) -> gpd.GeoDataFrame:
    """Every change where it is: as drawn, else where the facility or street stands it means."""
    rows = [
        {"scenario": number, **_said(row, change), "geometry": one.laid.shape_of(row)}
        for number, one in enumerate(tried, start=1)
        for row, change in enumerate(one.scenario.changes)
    ]
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs=study.network.crs)
    return table.astype({"people": float, "cost": float})


def _zones(study: Study, zones: gpd.GeoDataFrame, tried: Sequence[Tried]) -> gpd.GeoDataFrame:
    """Each zone's share before and after every scenario, and who gains and loses in it."""
    columns: dict[str, object] = {"zone": zones["name"], "name": zones["name"]}
    for number, one in enumerate(tried, start=1):
        zone = zone_of(zones, one.laid.xy)
        for difference in one.differences:
            key = difference.standard.id
            columns[f"{key}_share"] = _share_in(zone, len(zones), difference.before)
            columns[f"{key}_share_{number}"] = _share_in(zone, len(zones), difference.after)
            for which, part in (("gained", difference.gains), ("lost", difference.loses)):
                people = _by_zone(zone, len(zones), difference.staying * part)
                columns[f"{key}_{which}_{number}"] = people
    return gpd.GeoDataFrame(columns, geometry=zones.geometry, crs=study.network.crs)


def _by_zone(
    zone: NDArray[np.int64], count: int, weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    inside = zone != NOWHERE
    return np.bincount(zone[inside], weights=weight[inside], minlength=count).astype(np.float64)


def _share_in(zone: NDArray[np.int64], count: int, side: Side) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        served = _by_zone(zone, count, side.weight * side.served)
        shares: NDArray[np.float64] = served / _by_zone(zone, count, side.weight)
    return shares
