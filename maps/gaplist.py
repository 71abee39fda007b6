"""Gaps in words: where, how many, and why the nearest facility does not serve them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from maps.markup import Html, tag, together
from maps.quantise import areas, spots
from maps.town import whole_or_null

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from maps.scene import Scene
    from maps.words import Words

LISTED = 5


@dataclass(frozen=True)
class Gap:
    """One gap, told: its rank from 1, how many it leaves out, a title and a reason."""

    rank: int
    size: float
    title: str
    reason: str


def told(scene: Scene, words: Words, standard_id: str) -> list[Gap]:
    """Tell every gap of a standard, worst first."""
    table = scene.gaps.get(standard_id)
    if table is None:
        return []
    figures = scene.measured(standard_id)
    what = facility_noun(words, figures.get("category"))
    unit = "people" if scene.counts_people else "homes"
    return [
        Gap(
            rank,
            getattr(row, unit),
            _title(words, row.name, rank),
            _reason(words, row, what, figures["reach_m"]),
        )
        for rank, row in enumerate(table.itertuples(index=False), start=1)
    ]


def facility_noun(words: Words, category: str | None) -> str:
    """Name one facility of a category within a sentence."""
    known = category if category in {"bus_stop", "park", "green"} else "facility"
    return words.say(f"one_{known}").lower()


def _title(words: Words, street: object, rank: int) -> str:
    """Name a gap by its street."""
    if isinstance(street, str) and street:
        return words.say("gap_near", street=street)
    return words.say("gap_nameless", n=rank)


def _reason(words: Words, row: Any, what: str, reach_m: float) -> str:
    """Say why the nearest facility does not serve a gap."""
    walk_m, straight_m = float(row.walk_m or math.nan), float(row.straight_m or 0)
    if math.isnan(straight_m):
        return words.say("no_facilities")
    straight = words.metres(straight_m)
    if math.isnan(walk_m):
        return words.say("gap_cut_off", what=what, straight=straight)
    key = "gap_detour" if straight_m <= reach_m else "gap_far"
    return words.say(key, what=what, straight=straight, walk=words.metres(walk_m))


def gap_list(words: Words, gaps: list[Gap], *, people: bool) -> Html:
    """Write the worst gaps as buttons; a press flies there."""
    if not gaps:
        return tag("p", words.say("gaps_none"), class_="hint")
    shown = gaps[:LISTED]
    key = "gaps_heading_one" if len(shown) == 1 else "gaps_heading"
    items = [tag("li", _button(words, gap, people=people)) for gap in shown]
    heading = tag("h2", words.say(key, n=len(shown)))
    return together(heading, tag("ol", *items, class_="gaps"))


def _button(words: Words, gap: Gap, *, people: bool) -> Html:
    """Write one gap of the list."""
    return tag(
        "button",
        tag("span", str(gap.rank), class_="rank"),
        tag("bdi", gap.title, class_="where"),
        tag("span", words.amount(gap.size, people=people), class_="size"),
        tag("span", gap.reason, class_="why"),
        type="button",
        data_gap=gap.rank - 1,
    )


def gap_block(
    table: gpd.GeoDataFrame | None, gaps: list[Gap], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Give the gaps to the page's programme; `labels` names facilities known by id only."""
    if table is None:
        none = {"xy": [], "n": [], "of": []}
        keys = ("size", "homes", "name", "reason", "facility", "walk", "straight")
        return {"xy": [], "areas": none, **{key: [] for key in keys}}
    nearest = [None if pd.isna(one) else str(one) for one in table["facility"]]
    return {
        **spots(table.geometry),
        "areas": areas(table.geometry),
        "size": [gap.size for gap in gaps],
        "homes": whole_or_null(table["homes"]),
        "name": [gap.title for gap in gaps],
        "reason": [gap.reason for gap in gaps],
        "facility": [labels.get(one, one) if one is not None else None for one in nearest],
        "walk": whole_or_null(table["walk_m"]),
        "straight": whole_or_null(table["straight_m"]),
    }
