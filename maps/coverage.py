"""The page of one standard: who is served on foot, who is not, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from maps import cells
from maps.page import bilingual
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, together
from maps.page.payload import data_block
from maps.page.quantise import areas, lines, spots
from maps.parts import legend, nouns, panel, why
from maps.parts.bar import bar, marks
from maps.parts.gaplist import gap_block, gap_list, told
from maps.parts.smallprint import small_print
from maps.parts.zones import zone_table
from maps.style import COLOURS, SHARES, for_script
from maps.town import (
    extent,
    facilities,
    ground,
    homes,
    merged,
    rows_of,
    truth,
    whole,
    whole_metres,
)
from maps.walkways import PROGRAMME, walk_block
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from maps.parts.gaplist import Gap
    from maps.scene import Scene
    from maps.words import Language, Words

_SERVED, _UNSERVED, _UNCONNECTED = 0, 1, 2
_AREA_SIMPLER_M = 2.0
_MOST_STREETS = 60_000
"""More pieces of street than this would make each page heavy: ways are not drawn then."""


def page(scene: Scene, standard_id: str, *, index: str | None = "index.html") -> str:
    """Render the page of one standard as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    standard_id
        One of `Scene.standards`.
    index
        Relative link to the overview, or None where no such page stands beside this one.

    Raises
    ------
    InputError
        If the standard is not among the results.
    LawError
        If the page would load anything from outside.
    """
    title = both(lambda words: words.pick(scene.measured(standard_id)))
    gaps = both(lambda words: told(scene, words, standard_id))
    data = _data(scene, standard_id, gaps)
    kinds = _kinds(data["entrances"])

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        return together(header, _panel(scene, words, standard_id, gaps[words.language], kinds))

    def on_map(words: Words) -> Html:
        return panel.overlay(scene, words, _legend(scene, words, standard_id, kinds))

    return map_page(
        scene,
        title,
        together(in_both(scene.language, beside), data_block(data)),
        in_both(scene.language, on_map),
        *((*PROGRAMME, "walk/ways.js", "spot.js") if data["walk"] else ()),
        f"{data['kind']}.js",
    )


def _panel(
    scene: Scene, words: Words, standard_id: str, gaps: list[Gap], kinds: Mapping[str, int]
) -> Html:
    """Write the answer, how good it is, where not, and the small print."""
    figures = scene.measured(standard_id)
    reach = words.number(panel.walk_reach_m(figures))
    return panel.panel(
        words,
        panel.answer(words, figures["network"]["share"], panel.sentence(scene, words, figures)),
        panel.unusual_walker(scene, words),
        bar(words, figures),
        marks(words, figures),
        panel.missed(scene, words, figures),
        cells.remark(scene, words),
        why.differences(scene, words, figures),
        gap_list(words, gaps, people=scene.counts_people),
        zone_table(scene, words, standard_id),
        small_print(scene, words, figures, words.say("definition", reach=reach), kinds),
    )


def _legend(scene: Scene, words: Words, standard_id: str, kinds: Collection[str]) -> Html:
    """Write the legend, with the shares and how many are of each kind.

    Where every facility is a point, it is its own entrance, and none are drawn.
    """
    figures = scene.measured(standard_id)
    category = figures.get("category")
    rows = [
        *(cells.rows(words) if scene.public else _home_rows(scene, words, figures)),
        legend.Row("gaps", legend.gap_badge(), words.say("gaps")),
        legend.Row("reach", legend.line(COLOURS["served"], 2.5), words.say("reach")),
        legend.Row(
            "facilities",
            legend.symbol(category),
            nouns.many(words, category),
            words.number(figures["facilities"]),
        ),
    ]
    if (drawn := set(kinds) - {"point"}) and not scene.public:
        rows.append(legend.entrances(words, drawn))
    if standard_id in scene.areas:
        row = legend.Row(
            "area",
            legend.fill(COLOURS["area"], COLOURS["area-edge"]),
            words.say("area"),
            shown=False,
        )
        rows.append(row)
    shares = legend.shares(words, figures["network"]["share"], figures["straight"]["share"])
    heading = cells.heading(scene, words) if scene.public else Html()
    ground_rows = legend.ground_rows(words, scene)
    return legend.legend(words, shares, heading, legend.rows(rows), ground_rows)


def _home_rows(scene: Scene, words: Words, figures: Mapping[str, Any]) -> list[legend.Row]:
    """Write the rows of single homes."""
    count = _counts(scene, words, figures)
    unserved = legend.fill(COLOURS["unserved"], COLOURS["unserved-edge"])
    apart = legend.hatch("#6E6E6E")
    return [
        legend.Row("served", legend.fill(COLOURS["served"]), words.say("served"), count["served"]),
        legend.Row("unserved", unserved, words.say("unserved"), count["unserved"]),
        legend.Row("unconnected", apart, words.say("unconnected"), count["unconnected"]),
    ]


def _counts(scene: Scene, words: Words, figures: Mapping[str, Any]) -> dict[str, str]:
    """Say how many are served, unserved and unconnected."""
    served, apart = figures["network"]["served"], figures.get("unconnected") or 0
    each = {"served": served, "unserved": figures["total"] - served - apart, "unconnected": apart}
    return {key: words.amount(n, people=scene.counts_people) for key, n in each.items()}


def _data(scene: Scene, standard_id: str, gaps: Mapping[Language, list[Gap]]) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    figures = scene.measured(standard_id)
    block, places = facilities(scene, [standard_id])
    doors = scene.entrances[scene.entrances["standard"] == standard_id].reset_index(drop=True)
    reached, area = scene.reached.get(standard_id), scene.areas.get(standard_id)
    none = gpd.GeoSeries([], crs=scene.streets.crs)
    label = both(lambda words: nouns.one(words, figures.get("category")))
    named = dict(zip(places["facility"], block["name"], strict=True))
    labels = {
        key: {one: name or word for one, name in named.items()} for key, word in label.items()
    }
    return {
        "kind": "cells" if scene.public else "coverage",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "reasons": both(why.every),
        "reach_m": figures["reach_m"],
        "walk_reach_m": panel.walk_reach_m(figures),
        "walk": walk_block(scene, standard_id) if len(scene.streets) <= _MOST_STREETS else None,
        "extent": extent(scene),
        "ground": ground(scene),
        "categories": {key: dict.fromkeys(block["category"], word) for key, word in label.items()},
        "facilities": block,
        "entrances": _entrances(doors, places),
        "homes": cells.block(scene, cells.served(scene, standard_id))
        if scene.public
        else _homes(scene, standard_id, places, doors),
        "shares": SHARES,
        "reach": lines(none if reached is None else merged(reached.geometry)),
        "area": areas(none if area is None else area.geometry.simplify(_AREA_SIMPLER_M)),
        "gaps": gap_block(scene.gaps.get(standard_id), gaps, labels),
    }


def _entrances(doors: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> dict[str, Any]:
    """Give entrances with their kind; the entrance of a point is the point itself."""
    row = rows_of(doors["facility"], places["facility"])
    is_point = (places.geom_type == "Point").to_numpy()
    at_point = is_point[row] & (row >= 0) if len(is_point) else np.zeros(len(row), dtype=bool)
    kind = doors["kind"].str.replace(" ", "_").mask(at_point, "point")
    return {**spots(doors.geometry), "kind": kind.tolist()}


def _kinds(entrances: Mapping[str, Any]) -> dict[str, int]:
    """Count entrances by kind."""
    kinds, counts = np.unique(np.asarray(entrances["kind"], dtype=str), return_counts=True)
    return dict(zip(kinds.tolist(), counts.tolist(), strict=True))


def _homes(
    scene: Scene, standard_id: str, places: gpd.GeoDataFrame, doors: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Give the homes with how far, to what, by which entrance."""
    table, figures = scene.homes, scene.measured(standard_id)
    served = truth(table[f"{standard_id}_served"])
    apart = table["status"] != "connected"
    state = np.select([apart, served], [_UNCONNECTED, _SERVED], _UNSERVED)
    uncertain = truth(table[f"{standard_id}_uncertain"])
    reason = table.get(f"{standard_id}_reason", pd.Series(index=table.index, dtype=object))
    return {
        **homes(scene),
        "why": why.rows(reason),
        "state": state.astype(np.uint8),
        "m": whole_metres(table[f"{standard_id}_m"], served, panel.walk_reach_m(figures)),
        "straight": whole(table[f"{standard_id}_straight_m"]),
        "facility": rows_of(table[f"{standard_id}_facility"], places["facility"]),
        "entrance": rows_of(table[f"{standard_id}_entrance"], doors["entrance"]),
        "uncertain": np.flatnonzero(uncertain),
    }
