"""tables.xlsx of a comparison: scenarios, changes, zones, and who gains and loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.verbs import IN_CHINESE
from scripts.writing.sheets import empty_book, known, share, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from scripts.writing.sheets import Book, Row

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


def comparison_workbook(figures: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame]) -> Book:
    """Make the tables of a comparison: scenarios, changes, zones, and who gains and loses."""
    book, words = empty_book(WORDS, figures["language"])
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
                does = IN_CHINESE[one["do"]] if figures["language"] == "zh" else one["do"]
                lead = [scenario["name"], one["change"], does, one["name"], one["cost"]]
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
