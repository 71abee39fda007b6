"""Gaps in words: where, how many, and why the nearest facility does not serve them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from maps.page.markup import Html, tag, together
from maps.page.quantise import areas, spots
from maps.parts import nouns, why
from maps.town import whole
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.scene import Scene
    from maps.words import Language, Words

LISTED = 5
_LANDMARK_M = 200.0


@dataclass(frozen=True)
class Gap:
    """One gap, told: its rank from 1, how many it leaves out, a title, why, and how far.

    The reason is that of most people in it, empty where it was not found out.
    """

    rank: int
    size: float
    title: str
    reason: str
    far: str


def told(scene: Scene, words: Words, standard_id: str) -> list[Gap]:
    """Tell every gap of a standard, worst first."""
    table = scene.gaps.get(standard_id)
    if table is None:
        return []
    figures = scene.measured(standard_id)
    what = nouns.one(words, figures.get("category")).lower()
    unit = "people" if scene.counts_people else "homes"
    streets = _nearest_streets(table, scene.streets)
    return [
        Gap(
            rank,
            getattr(row, unit),
            _title(words, (row.name, streets.get(rank - 1)), rank),
            words.begun(why.named(words, getattr(row, "reason", None))),
            _far(words, what, (row.walk_m, row.straight_m)),
        )
        for rank, row in enumerate(table.itertuples(index=False), start=1)
    ]


def _nearest_streets(gaps: gpd.GeoDataFrame, streets: gpd.GeoDataFrame) -> dict[int, object]:
    """Find the named street nearest to the middle of each nameless gap, within `_LANDMARK_M`."""
    nameless = gaps.reset_index(drop=True)[["name", "geometry"]]
    nameless = nameless.loc[nameless["name"].isna(), ["geometry"]]
    if nameless.empty:
        return {}
    middles = nameless.set_geometry(nameless.representative_point())
    named = streets.loc[streets["name"].notna(), ["name", "geometry"]]
    near = middles.sjoin_nearest(named, max_distance=_LANDMARK_M)
    return dict(near["name"].groupby(level=0).first())


def _title(words: Words, landmarks: Iterable[object], rank: int) -> str:
    """Name a gap by the first landmark that has a name, else by its rank."""
    for landmark in landmarks:
        if isinstance(landmark, str) and landmark:
            return words.say("gap_near", landmark=landmark)
    return words.say("gap_nameless", n=rank)


def _far(words: Words, what: str, far: tuple[float | None, float | None]) -> str:
    """Say how `far` on foot and straight the nearest facility is."""
    walk_m, straight_m = (math.nan if one is None else float(one) for one in far)
    if math.isnan(straight_m):
        return words.say("no_facilities")
    straight = words.metres(straight_m)
    if math.isnan(walk_m):
        return words.say("gap_cut_off", what=what, straight=straight)
    return words.say("gap_walk", what=what, straight=straight, walk=words.metres(walk_m))


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
    because = gap.far
    if gap.reason:
        because = words.say("gap_because", reason=gap.reason, far=gap.far)
    return tag(
        "button",
        tag("span", str(gap.rank), class_="rank"),
        tag("bdi", gap.title, class_="where"),
        tag("span", words.amount(gap.size, people=people), class_="size"),
        tag("span", because, class_="why"),
        type="button",
        data_gap=gap.rank - 1,
    )


def gap_block(
    table: gpd.GeoDataFrame | None,
    gaps: Mapping[Language, list[Gap]],
    labels: Mapping[Language, Mapping[str, str]],
) -> dict[str, Any]:
    """Give the gaps to the page's programme; `labels` names facilities known by id only."""
    if table is None:
        none = gpd.GeoSeries([], crs=4326)
        keys = ("size", "homes", "walk", "straight")
        return {**spots(none), "areas": areas(none), **{key: [] for key in keys}}
    nearest = [None if pd.isna(one) else str(one) for one in table["facility"]]
    return {
        **spots(table.geometry),
        "areas": areas(table.geometry),
        "size": [gap.size for gap in gaps["zh"]],
        "homes": whole(table["homes"]),
        "said": both(lambda words: _said(gaps[words.language], labels[words.language], nearest)),
        "walk": whole(table["walk_m"]),
        "straight": whole(table["straight_m"]),
    }


def _said(
    gaps: list[Gap], labels: Mapping[str, str], nearest: Iterable[str | None]
) -> dict[str, Any]:
    """Give what is told of gaps in one language; `nearest` facilities by id."""
    return {
        "name": [gap.title for gap in gaps],
        "reason": [gap.reason for gap in gaps],
        "facility": [labels.get(one, one) if one is not None else None for one in nearest],
    }
