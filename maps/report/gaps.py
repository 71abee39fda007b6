"""Where people are not served: zones, worst first, and the largest gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from maps.parts import gaplist, nouns, why
from maps.parts.zones import worst_first
from maps.report.document import Cell, Column
from maps.report.figures import marked
from maps.report.material import metres, number, said, share
from maps.report.plate import NUMBERED

if TYPE_CHECKING:
    from maps.report.document import Draft
    from maps.report.material import Material
    from maps.scene import Scene
    from maps.words import Words

_MOST_ZONES = 60


@dataclass(frozen=True)
class Gap:
    """One gap as it is listed; `reason` and `reasons` are keys, None where none is known.

    Lengths are metres, NaN where there is no way or no facility.
    """

    rank: int
    standard: str
    place: str
    zone: str
    size: float
    reason: str | None
    facility: str
    walk_m: float
    straight_m: float


def write(draft: Draft, material: Material, key: str) -> None:
    """Write the zones, if any, and the largest gaps."""
    words, scene = draft.words, material.scene
    name = marked(words, scene.measured(key))
    _zones(draft, material, key)
    found = listed(scene, words, key)
    if not found:
        draft.paragraph(words.say("report_gaps_none"))
        return
    shown, zoned = found[:NUMBERED], any(gap.zone for gap in found)
    heads = [("rank", 0.6), ("place", 2.2), *([("zone", 1.2)] if zoned else []), ("unserved", 0.9)]
    heads += [("reason", 1.8), ("nearest", 1.8), ("walk_m", 0.9), ("straight_m", 0.9)]
    one = "_one" if len(shown) == 1 else ""
    draft.table(
        "gaps_zoned" if zoned else "gaps",
        words.say(f"report_caption_gaps{one}", name=name, n=len(shown)),
        [Column(words.say(f"report_{head}"), width) for head, width in heads],
        [_row(material, words, gap, zoned=zoned) for gap in shown],
        about=name,
        note=_more(words, key, len(found) - len(shown)),
    )


def listed(scene: Scene, words: Words, key: str) -> list[Gap]:
    """List every gap of a standard, worst first."""
    table = scene.gaps.get(key)
    if table is None or table.empty:
        return []
    told, zones = gaplist.told(scene, words, key), _zone_of(scene, table)
    labels, noun = _labels(scene), nouns.one(words, scene.measured(key).get("category"))
    nameless = noun + words.say("report_nameless")
    reason = table["reason"] if "reason" in table else pd.Series(None, index=table.index)
    return [
        Gap(
            rank=gap.rank,
            standard=key,
            place=gap.title,
            zone=zone,
            size=gap.size,
            reason=why_not if isinstance(why_not, str) else None,
            facility=""
            if pd.isna(facility)
            else labels.get(str(facility), str(facility) or nameless),
            walk_m=float(walk_m),
            straight_m=float(straight_m),
        )
        for gap, zone, why_not, facility, walk_m, straight_m in zip(
            told,
            zones,
            reason,
            table["facility"],
            table["walk_m"].astype(float),
            table["straight_m"].astype(float),
            strict=True,
        )
    ]


def _labels(scene: Scene) -> dict[str, str]:
    """Give what ids of nameless facilities are shown as: nothing."""
    nameless = scene.facilities[scene.facilities["name"].isna()]
    return dict.fromkeys(nameless["facility"].astype(str), "")


def _zone_of(scene: Scene, gaps: gpd.GeoDataFrame) -> list[str]:
    """Name the zone each gap has its middle in; empty where there is none."""
    if scene.zones is None or scene.zones.empty:
        return [""] * len(gaps)
    middles = gpd.GeoDataFrame(geometry=gaps.representative_point().reset_index(drop=True))
    joined = middles.sjoin(scene.zones[["zone", "geometry"]], how="left", predicate="intersects")
    first = joined["zone"].groupby(level=0).first().reindex(range(len(gaps)))
    return ["" if pd.isna(one) else str(one) for one in first]


def _row(material: Material, words: Words, gap: Gap, *, zoned: bool) -> tuple[Cell, ...]:
    """Write one gap."""
    facility = gap.facility or words.say("report_nameless")
    return (
        number(words, gap.rank),
        said(gap.place),
        *([said(gap.zone)] if zoned else []),
        material.count(words, gap.size, "strong"),
        said(words.begun(why.named(words, gap.reason))),
        said(facility),
        metres(words, gap.walk_m),
        metres(words, gap.straight_m),
    )


def _more(words: Words, key: str, count: int) -> str:
    """Say how many gaps are not listed."""
    if count <= 0:
        return ""
    return words.say("report_gaps_more", n=words.number(count), layer=f"{key}_gaps")


def _zones(draft: Draft, material: Material, key: str) -> None:
    """Write every zone's figures, worst first."""
    words, scene = draft.words, material.scene
    table, people = worst_first(scene, key), scene.counts_people
    if table.empty:
        return
    land = f"{key}_land_straight" in table
    heads = [("zone", 2.0), ("total_people" if people else "total_homes", 1), ("unserved", 1)]
    heads += [("walk", 1), ("straight", 1), *([("zone_land", 1)] if land else [])]
    name = marked(words, scene.measured(key))
    rows = [
        _zone(material, words, row, key, land=land)
        for row in table.head(_MOST_ZONES).to_dict("records")
    ]
    draft.table(
        "zones_land" if land else "zones",
        words.say("report_caption_zones", name=name),
        [Column(words.say(f"report_{head}"), width) for head, width in heads],
        rows,
        about=name,
    )


def _zone(
    material: Material, words: Words, row: dict[Any, Any], key: str, *, land: bool
) -> tuple[Cell, ...]:
    """Write one zone."""
    count = float(row["people"] if material.scene.counts_people else row["homes"])
    part = float(row[f"{key}_share"])
    cells = [
        said(row["zone"]),
        material.count(words, count),
        material.count(words, count * (1 - part)),
        share(words, part, "strong"),
        share(words, float(row[f"{key}_straight_share"])),
    ]
    return (*cells, *([share(words, row[f"{key}_land_straight"])] if land else []))
