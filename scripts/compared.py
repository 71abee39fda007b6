"""What compare found -> summary.json, results.gpkg, tables.xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from openpyxl import Workbook

from scripts.ground import ground_layers, home_columns
from scripts.sheets import known, share, sheet
from scripts.summary import about, definition, source_of
from spatial.standards import ServiceStandard
from spatial.zones import NOWHERE, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from scripts.sheets import Row
    from scripts.study import Study
    from spatial.changes import Change, Scenario
    from spatial.coverage import Coverage
    from spatial.scenario import Difference, Side
    from spatial.stage import Stage


@dataclass(frozen=True)
class Tried:
    """One scenario, laid out and compared with the present."""

    scenario: Scenario
    laid: Stage
    differences: Sequence[Difference]


def comparison_summary(
    study: Study, coverages: Mapping[str, Coverage], tried: Sequence[Tried]
) -> dict[str, Any]:
    """Give the whole content of the summary.json of a comparison."""
    return about(study) | {
        "scenarios": [
            {
                "name": one.scenario.name,
                "changes": _changes(one),
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
    weight = np.minimum(one.before.weight, one.after.weight)
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
        "metres_saved": float(weight @ shorter_m),
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
    table = {
        "home": [f"+{number}.{change + 1}" for change, _ in effects],
        "name": [one.scenario.changes[change].name for change, _ in effects],
        "weight": [np.nan] * len(effects),
        "status": ["connected"] * len(effects),
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
                people = _by_zone(zone, len(zones), difference.after.weight * part)
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


WORDS = {
    "scenarios": ("方案", "Scenarios"),
    "scenario": ("方案", "Scenario"),
    "standard": ("指标", "Standard"),
    "before": ("实施前", "Before"),
    "before_share": ("实施前覆盖率", "Share before"),
    "after": ("实施后", "After"),
    "after_share": ("实施后覆盖率", "Share after"),
    "gained": ("新增覆盖", "Gained"),
    "lost": ("失去覆盖", "Lost"),
    "settled": ("因人口变化", "By change of people"),
    "gained_homes": ("新增覆盖住宅", "Homes gained"),
    "lost_homes": ("失去覆盖住宅", "Homes lost"),
    "metres_saved": ("步行减少（人·米）", "Metres saved (people x m)"),
    "nearer": ("步行变短", "Walk shorter"),
    "farther": ("步行变长", "Walk longer"),
    "changes": ("措施", "Changes"),
    "change": ("序号", "Change"),
    "do": ("动作", "Does"),
    "name": ("名称", "Name"),
    "cost": ("造价", "Cost"),
    "alone": ("单独实施新增覆盖", "Served more, alone"),
    "within": ("从整体中去掉则减少", "Served fewer if left out"),
    "zones": ("分区", "Zones"),
    "zone": ("分区", "Zone"),
    "homes": ("得失住宅", "Who gains and loses"),
    "home": ("住宅", "Home"),
    "people": ("人口", "People"),
    "before_m": ("实施前步行（米）", "Walk before (m)"),
    "after_m": ("实施后步行（米）", "Walk after (m)"),
    "shorter_m": ("缩短（米）", "Shorter by (m)"),
}
"""(Chinese, English) for every heading."""


def comparison_workbook(
    figures: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame]
) -> Workbook:
    """Make the tables of a comparison: scenarios, changes, zones, and who gains and loses."""
    place = 0 if figures["language"] == "zh" else 1
    words = {key: pair[place] for key, pair in WORDS.items()}
    book = Workbook()
    book.remove(book.active)
    sheet(book, words["scenarios"], _scenario_rows(figures, words))
    sheet(book, words["changes"], _worth_rows(figures, words))
    if "zones" in layers:
        sheet(book, words["zones"], _zone_rows(figures, layers["zones"], words))
    sheet(book, words["homes"], _home_rows(figures, layers["homes"], words))
    return book


def _named(one: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    return str(one[figures["language"]])


def _scenario_rows(figures: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Row]:
    parts = ["gained", "lost", "settled", "gained_homes", "lost_homes"]
    parts += ["metres_saved", "nearer", "farther"]
    heads = ("scenario", "standard", "before", "before_share", "after", "after_share", *parts)
    yield [words[key] for key in heads]
    for scenario in figures["scenarios"]:
        for one in scenario["standards"].values():
            yield [
                scenario["name"],
                _named(one, figures),
                one["before"]["served"],
                share(one["before"]["share"]),
                one["after"]["served"],
                share(one["after"]["share"]),
                *(one.get(part) for part in parts),
            ]


def _worth_rows(figures: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Row]:
    heads = ("scenario", "change", "do", "name", "cost", "standard", "alone", "within")
    yield [words[key] for key in heads]
    for scenario in figures["scenarios"]:
        for one in scenario["changes"]:
            for key, standard in scenario["standards"].items():
                lead = [scenario["name"], *(one[part] for part in ("change", "do", "name", "cost"))]
                yield [*lead, _named(standard, figures), one["alone"][key], one["within"][key]]


def _zone_rows(
    figures: Mapping[str, Any], zones: gpd.GeoDataFrame, words: Mapping[str, str]
) -> Iterable[Row]:
    heads = ("zone", "scenario", "standard", "before_share", "after_share", "gained", "lost")
    yield [words[key] for key in heads]
    for zone in zones.to_dict("records"):
        for number, scenario in enumerate(figures["scenarios"], start=1):
            for key, one in scenario["standards"].items():
                yield [
                    zone["zone"],
                    scenario["name"],
                    _named(one, figures),
                    share(known(zone[f"{key}_share"])),
                    share(known(zone[f"{key}_share_{number}"])),
                    zone[f"{key}_gained_{number}"],
                    zone[f"{key}_lost_{number}"],
                ]


def _home_rows(
    figures: Mapping[str, Any], homes: gpd.GeoDataFrame, words: Mapping[str, str]
) -> Iterable[Row]:
    """Every home that becomes or ceases to be served, with metres; most people first."""
    heads = ("scenario", "standard", "home", "name", "people", "before_m", "after_m", "shorter_m")
    yield [words[key] for key in heads]
    for number, scenario in enumerate(figures["scenarios"], start=1):
        for key, one in scenario["standards"].items():
            if one["reach_m"] is None:
                continue
            table = homes[["home", "name"]].astype(object)
            table["people"] = homes[f"weight_{number}"]
            table["before"], table["after"] = homes[f"{key}_m"], homes[f"{key}_m_{number}"]
            table["shorter"] = table["before"] - table["after"]
            within = table[["before", "after"]] <= one["reach_m"]
            table = table[within["before"] != within["after"]]
            table = table.sort_values("people", ascending=False).astype(object)
            for row in table.where(table.notna(), None).itertuples(index=False):
                yield [scenario["name"], _named(one, figures), *row]
