"""The page of proposals: what to build where, in which order, for whom, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from maps import proposed
from maps.page import bilingual
from maps.page.basemap import BARE
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, tag, together
from maps.page.payload import data_block
from maps.page.quantise import lines, spots
from maps.parts import gains, legend, nouns, numbered, panel
from maps.scene import Scene, scene_of
from maps.style import COLOURS, for_script
from maps.town import extent, facilities, ground, rows_of
from maps.words import both
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from maps.page.basemap import Frame
    from maps.words import Words

_REMEDY = "run 'lifecircle site' or 'lifecircle links' again"
MANY = 200
"""More candidates than this would hide the proposals: they are drawn when asked for."""
_FILES = ("gains.css", "proposals.css", "numbered.js", "difference.js", "proposals.js")
_NEEDED = {
    "proposals": ("proposal", "kind", "people", "before", "after"),
    "proposal_homes": ("home", "proposal", "before_m", "after_m"),
    "proposal_ways": ("proposal", "walk_m"),
    "candidates": (),
}


@dataclass(frozen=True)
class Proposed:
    """What `site` and `links` leave: a place, what to build there, for whom, and what was tried.

    Attributes
    ----------
    scene
        The place. Its homes have ``<id>_m`` and ``<id>_m_1``, the walk before and after all
        proposals, and, if known, ``unservable``: why no candidate can serve them, else null.
    proposals
        One row for each, any geometry: ``proposal`` (rank, from 1), ``kind``, ``people``,
        ``before``, ``after``; more if known (`maps.proposed`).
    homes
        Whose walk each proposal shortens: ``home``, ``proposal``, ``before_m``, ``after_m``.
    ways
        The streets walked by the middle home gained: ``proposal``, ``walk_m``.
    candidates
        All that were tried.
    """

    scene: Scene
    proposals: gpd.GeoDataFrame
    homes: gpd.GeoDataFrame
    ways: gpd.GeoDataFrame
    candidates: gpd.GeoDataFrame

    @property
    def standard(self) -> Mapping[str, Any]:
        """The standard they are for."""
        figures: Mapping[str, Any] = self.scene.summary["standard"]
        return figures


def gathered(
    summary: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    language: Literal["zh", "en"],
    frame: Frame = BARE,
) -> Proposed:
    """Gather what `site` or `links` left: its summary and the layers of its ``results.gpkg``.

    Raises
    ------
    InputError
        If a layer or a column is missing, or a layer has no metric CRS.
    """
    for layer, columns in _NEEDED.items():
        if layer not in layers:
            raise InputError(f"the results hold no layer {layer!r}", _REMEDY)
        for column in columns:
            if column not in layers[layer]:
                raise InputError(f"has no column {column!r}", _REMEDY, layer=layer)
    ranked = layers["proposals"].sort_values("proposal").reset_index(drop=True)
    others = (layers[name] for name in ("proposal_homes", "proposal_ways", "candidates"))
    return Proposed(scene_of(summary, layers, language, frame), ranked, *others)


def page(found: Proposed, *, index: str | None = None) -> str:
    """Render the proposals as a complete, self-contained HTML text.

    Parameters
    ----------
    found
        What `site` or `links` left.
    index
        Relative link to an overview, or None where no such page stands beside this one.

    Raises
    ------
    InputError
        If the homes do not hold their walks before and after.
    LawError
        If the page would load anything from outside.
    """
    scene, data = found.scene, _data(found)
    title = both(lambda words: proposed.title(words, scene.summary))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        return together(header, _panel(found, words))

    def on_map(words: Words) -> Html:
        return panel.overlay(scene, words, _legend(found, words, data))

    left, right = in_both(scene.language, beside), in_both(scene.language, on_map)
    return map_page(scene, title, together(left, data_block(data)), right, *_FILES)


def _panel(found: Proposed, words: Words) -> Html:
    """Write the answer, how sure it is, the bar, the cards, and who cannot be served."""
    scene, summary = found.scene, found.scene.summary
    before, after = (summary[key]["share"] or 0.0 for key in ("before", "after"))
    return panel.panel(
        words,
        proposed.answer(scene, words),
        panel.unusual_walker(scene, words),
        proposed.sureness(words, summary["answer"]),
        gains.bar(words, before, after, found.standard.get("target_share")),
        _marks(words, summary),
        _list(found, words),
        proposed.unservable(scene, words),
        gains.folds(scene, words, found.standard, proposed.method(scene, words)),
    )


def _marks(words: Words, summary: Mapping[str, Any]) -> Html:
    """Write the shares before and after, and the target if there is one."""
    before, after = (summary[key]["share"] for key in ("before", "after"))
    by = words.say("after_by", points=gains.points(words, before, after))
    items = [
        gains.mark("before", words.say("before"), words.percent(before)),
        gains.mark("after", by, words.percent(after)),
    ]
    target = summary["standard"].get("target_share")
    if target is not None:
        items.append(gains.mark("target", words.say("target"), words.percent(target)))
    return tag("ul", *items, class_="marks")


def _list(found: Proposed, words: Words) -> Html:
    """Write every proposal as a card, in the order of building."""
    if found.proposals.empty:
        return tag("p", words.say("proposals_none"), class_="missed")
    ways = found.ways.groupby("proposal")["walk_m"].first()
    items = [
        tag("li", *proposed.card(found.scene, words, row, ways.get(row["proposal"])))
        for row in pd.DataFrame(found.proposals.drop(columns="geometry")).to_dict("records")
    ]
    return together(
        tag("h2", words.say("proposals_heading", n=len(items))),
        tag("p", words.say("proposals_hint"), class_="hint"),
        tag("ol", *items, class_="gaps numbered proposals"),
    )


def _legend(found: Proposed, words: Words, data: Mapping[str, Any]) -> Html:
    """Write the legend: who gains is strong, all else is quiet."""
    scene, category = found.scene, found.standard.get("category")
    served = scene.summary["after"]["served"] - scene.summary["before"]["served"]
    won = legend.fill(COLOURS["gained"], COLOURS["gained-edge"])
    quiet = legend.fill(COLOURS["quiet-unserved"], COLOURS["quiet-unserved-edge"])
    amount = words.amount(max(served, 0), people=scene.counts_people)
    rows = [
        legend.Row("proposals", legend.numbered(), words.say("proposals")),
        legend.Row("gained", won, words.say("gained"), amount),
        legend.Row("served", legend.fill(COLOURS["quiet-served"]), words.say("served_already")),
        legend.Row("unserved", quiet, words.say("still_unserved")),
    ]
    if gains.UNSERVABLE in data["homes"]["state"]:
        strong = legend.fill(COLOURS["unserved"], COLOURS["unserved-edge"])
        rows.append(legend.Row("unservable", strong, words.say("unservable")))
    facility = nouns.many(words, category)
    tried = words.number(len(found.candidates))
    rows += [
        legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected")),
        legend.Row("ways", legend.line(COLOURS["change"], 2), words.say("ways")),
        legend.Row("facilities", legend.symbol(category), words.say("existing", what=facility)),
        legend.Row(
            "candidates",
            legend.dots(COLOURS["candidate"]),
            words.say("candidates"),
            tried,
            shown=len(found.candidates) <= MANY,
        ),
    ]
    return legend.legend(words, legend.rows(rows), legend.ground_rows(words, scene))


def _data(found: Proposed) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    scene, standard = found.scene, found.standard
    block, _ = facilities(scene, [standard["id"]])
    rank = dict(zip(found.proposals["proposal"], range(len(found.proposals)), strict=True))
    ways = found.ways[found.ways["proposal"].isin(list(rank))].reset_index(drop=True)
    drawn = lines(ways.geometry)
    return {
        "kind": "proposals",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "extent": extent(scene),
        "ground": ground(scene),
        "categories": both(
            lambda words: dict.fromkeys(
                block["category"], nouns.one(words, standard.get("category"))
            )
        ),
        "facilities": block,
        "homes": _homes(found),
        "numbered": numbered.block(found.proposals),
        "gained": _gained(found),
        "ways": {**drawn, "of": ways["proposal"].map(rank).to_numpy(dtype=int)[drawn["of"]]},
        "candidates": spots(found.candidates.geometry),
    }


def _homes(found: Proposed) -> dict[str, Any]:
    """Give homes with their walks; those that no candidate can serve with the reason why."""
    scene, columns = found.scene, [f"{found.standard['id']}_m{end}" for end in ("", "_1")]
    before, after = gains.walks(scene, columns)
    block = gains.homes_block(scene, before, after, found.standard["reach_m"])
    if "unservable" not in scene.homes:
        return block
    reason = scene.homes["unservable"]
    state = block["state"]
    none = (reason.notna() & (state == gains.UNSERVED)).to_numpy(dtype=bool)
    rows = np.flatnonzero(none).tolist()
    said = both(lambda words: {row: proposed.reason(words, reason.iloc[row]) for row in rows})
    return {**block, "state": np.where(none, gains.UNSERVABLE, state).astype(np.uint8), "why": said}


def _gained(found: Proposed) -> list[NDArray[np.int32]]:
    """Give the homes each proposal gains; where it gains none, those it brings nearer."""
    table, reach_m = found.homes, found.standard["reach_m"]
    row = pd.Series(rows_of(table["home"], found.scene.homes["home"]), index=table.index)
    won = (table["after_m"] <= reach_m) & ~(table["before_m"] <= reach_m)
    each = []
    for number in found.proposals["proposal"]:
        mine = (table["proposal"] == number) & (row >= 0)
        chosen = mine & won if (mine & won).any() else mine
        each.append(row[chosen].to_numpy())
    return each
