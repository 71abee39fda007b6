"""Zones: districts or neighbourhoods as lines on the map, and each one's figures, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from maps.page.markup import Html, name, tag, together
from maps.page.quantise import areas, spots
from maps.parts.verdict import official, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

_SIMPLER_M = 2.0
_NAME_LETTERS = 40
_COLUMNS = {
    "network": "_share",
    "straight": "_straight_share",
    "land_network": "_land_network",
    "land_straight": "_land_straight",
}
"""Where the layer holds each figure a target may be about."""


def has_zones(scene: Scene) -> bool:
    """Whether there is any zone to draw."""
    return scene.zones is not None and len(scene.zones) > 0


def block(scene: Scene) -> dict[str, Any]:
    """Give outlines, and names with the spots they are written at, to the page's programme."""
    if scene.zones is None or scene.zones.empty:
        none = gpd.GeoSeries([], crs=scene.homes.crs)
        return {**spots(none), "areas": areas(none), "name": []}
    shapes = scene.zones.geometry
    return {
        **spots(shapes),
        "areas": areas(shapes.simplify(_SIMPLER_M)),
        "name": [_name(one)[:_NAME_LETTERS] for one in scene.zones["zone"]],
    }


def _name(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""


def worst_first(scene: Scene, standard_id: str) -> pd.DataFrame:
    """Give the zones in which anyone lives, least served first; none if they were not measured."""
    share = f"{standard_id}_share"
    if scene.zones is None or share not in scene.zones:
        return pd.DataFrame()
    inhabited = scene.zones[scene.zones[share].notna()]
    return pd.DataFrame(inhabited.drop(columns="geometry")).sort_values(share, kind="stable")


def zone_table(scene: Scene, words: Words, standard_id: str) -> Html:
    """Write every zone's figures, folded; nothing where there are no zones."""
    table = worst_first(scene, standard_id)
    if table.empty:
        return Html()
    figures = scene.measured(standard_id)
    heads = ("zone", "zone_people" if scene.counts_people else "zone_homes")
    shown = ["network", "straight", *_land_columns(table, standard_id)]
    head = [*heads, *(f"zone_{key}" for key in shown)]
    head_row = tag("tr", *(tag("th", words.say(key), scope="col") for key in head))
    body = (
        tag("tr", *_cells(scene, words, figures, standard_id, row, shown))
        for row in table.to_dict("records")
    )
    return tag(
        "details",
        tag("summary", words.say("zones_heading", n=len(table))),
        tag("div", tag("table", tag("thead", head_row), tag("tbody", *body)), class_="scrolled"),
        class_="zones",
    )


def _land_columns(table: pd.DataFrame, standard_id: str) -> list[str]:
    """Name the figures of land the table holds, the official one first."""
    return [
        key for key in ("land_straight", "land_network") if standard_id + _COLUMNS[key] in table
    ]


def _cells(
    scene: Scene,
    words: Words,
    figures: Mapping[str, Any],
    standard_id: str,
    row: Mapping[Any, Any],
    shown: list[str],
) -> list[Html]:
    """Write one zone; the verdict stands beside the figure the target is about."""
    count = row["people"] if scene.counts_people else row["homes"]
    amount = words.rounded(count, people=scene.counts_people)
    cells = [tag("th", name(_name(row["zone"])), scope="row"), tag("td", amount)]
    for key in shown:
        share = row[standard_id + _COLUMNS[key]]
        met = verdict(figures, share) if key == official(figures) else None
        mark = tag("span", words.say(met), class_=f"tag tag-{met}") if met else Html()
        cells.append(tag("td", together(words.percent(share), Html(" ") if met else "", mark)))
    return cells
