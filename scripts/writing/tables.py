"""tables.xlsx: the figures as a planner pastes them into a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.writing.sheets import empty_book, known, share, sheet
from spatial.reasons import REASONS
from spatial.standards import checked_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from scripts.writing.sheets import Book, Row

WORDS = {
    "coverage": ("覆盖率", "Coverage"),
    "circle": ("生活圈", "Life circle"),
    "gaps": ("覆盖盲区", "Gaps"),
    "layers": ("数据", "Data"),
    "standard": ("指标", "Standard"),
    "reach": ("半径（米）", "Reach (m)"),
    "walk_reach": ("步行可走（米）", "Reach of the walker (m)"),
    "walker": ("步行者", "Who walks"),
    "facilities": ("设施数", "Facilities"),
    "entrances": ("出入口数", "Entrances"),
    "total_people": ("总人口", "Residents"),
    "total_homes": ("住宅数", "Homes"),
    "served": ("步行已覆盖", "Served on foot"),
    "share": ("步行覆盖率", "Share on foot"),
    "straight_served": ("直线已覆盖", "Served by straight line"),
    "straight_share": ("直线覆盖率（官方口径）", "Share by straight line (official)"),
    "unconnected": ("未接入路网", "Unconnected"),
    "uncertain": ("受数据边缘影响", "Uncertain at the edge of the data"),
    "low": ("下限", "Lower bound"),
    "high": ("上限", "Upper bound"),
    "reasons": ("原因", "Reasons"),
    "unserved": ("未覆盖", "Unserved"),
    "of_gap": ("其中直线可达而步行不可达", "Of these within the straight line"),
    "zones": ("分区", "Zones"),
    "zone": ("分区", "Zone"),
    "source": ("依据", "Source"),
    "status": ("核对", "Check"),
    "service": ("设施", "Service"),
    "must_have": ("必配", "Must-have"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "complete": ("必配设施全部满足", "All must-have services"),
    "home": ("住宅", "Home"),
    "name": ("名称", "Name"),
    "gap": ("序号", "Gap"),
    "place": ("位置", "Place"),
    "people": ("人口", "People"),
    "homes": ("住宅数", "Homes"),
    "walk": ("步行距离（米）", "Walk (m)"),
    "straight": ("直线距离（米）", "Straight line (m)"),
    "facility": ("最近设施", "Nearest facility"),
    "layer": ("图层", "Layer"),
    "read": ("读入", "Read"),
    "used": ("采用", "Used"),
    "repaired": ("修复", "Repaired"),
    "dropped": ("剔除", "Left out"),
    "reason": ("原因", "Reason"),
    "count": ("数量", "Count"),
    "data_source": ("数据来源", "Data source"),
    "data_date": ("数据日期", "Data date"),
}
"""(Chinese, English) for every heading."""


def workbook(figures: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame]) -> Book:
    """Make the workbook from the summary and the layers of results.gpkg.

    Shares are numbers shown as per cent; text is never a formula.
    """
    book, words = empty_book(WORDS, figures["language"])
    standards: Mapping[str, Any] = figures["standards"]
    figured = _with_classes(standards)
    single = {key: one for key, one in figured.items() if "unserved" in one}
    circles = {key: one for key, one in standards.items() if "categories" in one}
    sheet(book, words["coverage"], _coverage_rows(figures, figured, words))
    for key, circle in circles.items():
        title = words["circle"] if len(circles) == 1 else f"{words['circle']} {key}"
        sheet(book, title, _circle_rows(figures, circle, words))
    sheet(book, words["gaps"], _gap_rows(figures, single, layers, words))
    sheet(book, words["reasons"], _reason_rows(figures, single, words))
    sheet(book, words["unconnected"], _unconnected_rows(figures, layers["homes"], words))
    if "zones" in layers:
        sheet(book, words["zones"], _zone_rows(figures, single, layers["zones"], words))
    sheet(book, words["layers"], _layer_rows(figures, words))
    return book


def _with_classes(standards: Mapping[str, Any]) -> dict[str, Any]:
    """Every figure that is no circle: standards, unions, and the classes of unions."""
    plain = {key: one for key, one in standards.items() if "categories" not in one}
    classes = [one["classes"] for one in plain.values() if "classes" in one]
    return plain | {key: one for group in classes for key, one in group.items()}


def _name(one: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    return str(one["zh" if figures["language"] == "zh" else "en"])


def _source(one: Mapping[str, Any], figures: Mapping[str, Any]) -> Row:
    source = one["source"]
    note = checked_note(source["status"], figures["language"])
    return [f"{source['document']}, {source['clause']}", note]


def _coverage_rows(
    figures: Mapping[str, Any], standards: Mapping[str, Any], words: Mapping[str, str]
) -> Iterable[Row]:
    total = f"total_{figures['unit']}"
    slower = any("walk_reach_m" in one for one in standards.values())
    keys = ["standard", "reach", *(["walk_reach"] if slower else [])]
    keys += ["facilities", "entrances", total, "served", "share"]
    keys += [
        "low",
        "high",
        "straight_served",
        "straight_share",
        "unconnected",
        "uncertain",
        "source",
        "status",
    ]
    yield [words[key] for key in keys]
    for one in standards.values():
        yield [
            _name(one, figures),
            one["reach_m"],
            *([one.get("walk_reach_m", one["reach_m"])] if slower else []),
            one["facilities"],
            one["entrances"],
            one["total"],
            one["network"]["served"],
            share(one["network"]["share"]),
            share(one["network"]["low"]),
            share(one["network"]["high"]),
            one["straight"]["served"],
            share(one["straight"]["share"]),
            one["unconnected"],
            one["edge_uncertain"],
            *_source(one, figures),
        ]


def _circle_rows(
    figures: Mapping[str, Any], circle: Mapping[str, Any], words: Mapping[str, str]
) -> Iterable[Row]:
    keys = ("service", "must_have", "reach", "facilities", "served", "share", "straight_share")
    yield [words[key] for key in (*keys, "source", "status")]
    for one in circle["categories"].values():
        yield [
            _name(one, figures),
            words["yes" if one["must_have"] else "no"],
            one["reach_m"],
            one["facilities"],
            one["served"],
            share(one["share"]),
            share(one["straight_share"]),
            *_source(one, figures),
        ]
    complete = circle["complete"]
    yield [words["complete"], None, None, None, complete["served"], share(complete["share"])]


def _gap_rows(
    figures: Mapping[str, Any],
    standards: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    words: Mapping[str, str],
) -> Iterable[Row]:
    keys = ("standard", "gap", "place", "people", "homes", "reason", "walk", "straight")
    yield [*(words[key] for key in keys), words["facility"]]
    columns = ["gap", "name", "people", "homes", "reason", "walk_m", "straight_m", "facility"]
    for key, one in standards.items():
        table = layers[f"{key}_gaps"][columns].astype(object)
        table["reason"] = table["reason"].map(_reason_words(figures))
        for row in table.where(table.notna(), None).itertuples(index=False):
            yield [_name(one, figures), *row]


def _reason_words(figures: Mapping[str, Any]) -> dict[str, str]:
    place = 0 if figures["language"] == "zh" else 1
    return {key: pair[place] for key, pair in REASONS.items()}


def _reason_rows(
    figures: Mapping[str, Any], standards: Mapping[str, Any], words: Mapping[str, str]
) -> Iterable[Row]:
    """Unserved people by reason, and how many of them a straight line would serve."""
    yield [words[key] for key in ("standard", "reason", "unserved", "of_gap")]
    reason_words = _reason_words(figures)
    for one in standards.values():
        for reason, people in one["unserved"].items():
            in_gap = one["straight_minus_network"].get(reason, 0.0)
            yield [_name(one, figures), reason_words[reason], people, in_gap]


def _unconnected_rows(
    figures: Mapping[str, Any], homes: gpd.GeoDataFrame, words: Mapping[str, str]
) -> Iterable[Row]:
    """Every home without a street, and why."""
    yield [words[key] for key in ("home", "name", f"total_{figures['unit']}", "reason")]
    apart = homes[homes["status"] == "unconnected"]
    table = apart[["home", "name", "weight", "reason"]].astype(object)
    for row in table.where(table.notna(), None).itertuples(index=False):
        yield list(row)


def _zone_rows(
    figures: Mapping[str, Any],
    standards: Mapping[str, Any],
    zones: gpd.GeoDataFrame,
    words: Mapping[str, str],
) -> Iterable[Row]:
    total = words[f"total_{figures['unit']}"]
    keys = ("share", "low", "high", "straight_share")
    yield [words["zone"], words["standard"], total, words["served"], *(words[k] for k in keys)]
    for zone in zones.to_dict("records"):
        for key, one in standards.items():
            shares = (share(known(zone[f"{key}_{part}"])) for part in keys)
            served = zone[f"{key}_served"]
            yield [zone["zone"], _name(one, figures), zone["people"], served, *shares]


def _layer_rows(figures: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Row]:
    yield [words["data_source"], figures["data"]["credit"]]
    yield [words["data_date"], figures["data"]["date"]]
    yield [words["walker"], figures["walker"][figures["language"]]]
    yield []
    keys = ("layer", "read", "used", "repaired", "dropped", "reason", "count")
    yield [words[key] for key in keys]
    for name, layer in figures["layers"].items():
        counts = [layer[key] for key in ("read", "used", "repaired", "dropped")]
        reasons = list(layer["reasons"].items()) or [(None, None)]
        yield [name, *counts, *reasons[0]]
        for reason in reasons[1:]:
            yield [None, None, None, None, None, *reason]
