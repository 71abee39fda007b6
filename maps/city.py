"""The page of a whole place: every question in one map; one chooses which it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from maps import circle
from maps.page import bilingual
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, name, tag, together
from maps.page.payload import data_block
from maps.page.quantise import areas, by_place, spots
from maps.parts import legend, nouns, panel, why
from maps.parts.bar import bar, marks
from maps.parts.steps import distribution, step_labels, step_shares
from maps.questions import answers, asked, counting
from maps.style import COLOURS, for_script
from maps.town import extent, ground, homes
from maps.words import both
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from maps.scene import Scene
    from maps.words import Words


def page(
    scene: Scene, *, index: str | None = "index.html", pages: Mapping[str, str] | None = None
) -> str:
    """Render all questions of a place as one complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    index
        Relative link to the overview, or None where no such page stands beside this one.
    pages
        Relative links to the pages of single standards, by their ids.

    Raises
    ------
    InputError
        If no standard was measured.
    LawError
        If the page would load anything from outside.
    """
    if not asked(scene):
        raise InputError("no standard was measured", "name standards in the plan, then measure")
    order = by_place(scene.homes.geometry)
    scene = replace(scene, homes=scene.homes.iloc[order].reset_index(drop=True))
    title = both(lambda words: words.say("city_title"))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        return together(header, _panel(scene, words, pages or {}))

    def on_map(words: Words) -> Html:
        return panel.overlay(scene, words, _legend(scene, words))

    return map_page(
        scene,
        title,
        together(in_both(scene.language, beside), data_block(_data(scene))),
        in_both(scene.language, on_map),
        "city.css",
        "city.js",
    )


def _panel(scene: Scene, words: Words, pages: Mapping[str, str]) -> Html:
    """Write the questions to choose from, and below them the answer to the chosen one."""
    every = asked(scene)
    return panel.panel(
        words,
        _choice(scene, words, every),
        *(_answer(scene, words, one, pages.get(one)) for one in every),
        panel.unusual_walker(scene, words),
        tag("p", words.say("city_click"), class_="hint"),
    )


def _choice(scene: Scene, words: Words, every: list[str]) -> Html:
    """Write the questions as radio buttons, each with its share."""
    rows = (
        tag(
            "label",
            tag("input", type="radio", name="question", value=one, checked=one == every[0]),
            tag("span", name(words.pick(scene.measured(one)))),
            tag("b", words.percent(_share(scene.measured(one)))),
        )
        for one in every
    )
    return tag("fieldset", tag("legend", words.say("city_choose")), *rows, class_="questions")


def _share(figures: Mapping[str, Any]) -> float | None:
    """Give the share served on foot; of a circle, the share with all must-have services."""
    share: float | None = figures["complete" if "must_have" in figures else "network"]["share"]
    return share


def _answer(scene: Scene, words: Words, question: str, link: str | None) -> Html:
    """Write the answer to one question, seen while the map shows it."""
    figures = scene.measured(question)
    if "must_have" in figures:
        said = circle.sentence(scene, words, figures)
        good = [distribution(scene, words, question), circle.absent(words, figures)]
    else:
        said = panel.sentence(scene, words, figures)
        good = [bar(words, figures), marks(words, figures), panel.missed(scene, words, figures)]
    more = tag("a", words.say("city_more"), href=link, class_="more") if link else Html()
    number = panel.answer(words, _share(figures), said)
    seen = question == asked(scene)[0]
    return tag("section", number, *good, more, data_question=question, hidden=not seen)


def _legend(scene: Scene, words: Words) -> Html:
    """Write the legend: served or not; for a circle, the steps of how many services are met."""
    unserved = legend.fill(COLOURS["unserved"], COLOURS["unserved-edge"])
    plain = [
        legend.Row("served", legend.fill(COLOURS["served"]), words.say("served")),
        legend.Row("unserved", unserved, words.say("unserved")),
        legend.Row("facilities", _symbol(scene), words.say("facilities")),
    ]
    apart = legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected"))
    return legend.legend(
        words,
        legend.rows(plain, "served"),
        *(_steps(scene, words, one) for one in scene.circles),
        legend.rows([apart]),
        legend.ground_rows(words, scene),
    )


def _symbol(scene: Scene) -> Html:
    """Draw the swatch of facilities: theirs if they are all of one category."""
    found = {scene.measured(one).get("category") for one in (*scene.standards, *scene.unions)}
    return legend.symbol(found.pop() if len(found) == 1 else None)


def _steps(scene: Scene, words: Words, circle_id: str) -> Html:
    """Write the legend's rows of one circle."""
    labels = step_labels(words, len(scene.measured(circle_id)["must_have"]))
    share = step_shares(scene, circle_id)
    rows = [
        legend.Row(f"step-{step}", legend.step(step), labels[step], words.percent(share[step]))
        for step in sorted(labels, reverse=True)
    ]
    return together(
        tag("p", words.say("circle_steps"), class_="shares", data_view=circle_id),
        legend.rows(rows, circle_id),
    )


def _data(scene: Scene) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    every = asked(scene)
    places, counts = _places(scene, every)
    categories = sorted(set(places["category"].astype(str)))
    return {
        "kind": "city",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "reasons": both(why.every),
        "extent": extent(scene),
        "ground": ground(scene),
        "categories": both(lambda words: {one: nouns.one(words, one) for one in categories}),
        "facilities": {
            **spots(places.geometry),
            "areas": areas(places.geometry),
            "name": np.where(places["name"].isna(), "", places["name"].astype(str)).astype(object),
            "category": places["category"].astype(str).to_numpy(dtype=object),
        },
        "homes": _homes(scene),
        "questions": [
            {**answers(scene, one, places["facility"]), "counts": counts[one]} for one in every
        ],
    }


def _places(scene: Scene, every: list[str]) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    """Give the facilities of all questions, each once; and which count for which question."""
    of = scene.facilities["standards"].fillna("").str.split(",")
    ids = {one: set(counting(scene, one)) for one in every}
    counts = {one: of.map(lambda mine, ids=ids[one]: not ids.isdisjoint(mine)) for one in every}
    used = np.logical_or.reduce([one.to_numpy(dtype=bool) for one in counts.values()])
    row = np.flatnonzero(used)
    row = row[by_place(scene.facilities.geometry.iloc[row])]
    places = scene.facilities.iloc[row].reset_index(drop=True)
    return places, {key: one.to_numpy(dtype=bool)[row] for key, one in counts.items()}


def _homes(scene: Scene) -> dict[str, Any]:
    """Give where homes are; what the page can tell by itself is left out.

    That is the spot of a home whose outline is known, and ids that are but running numbers.
    """
    block = homes(scene)
    bare = np.setdiff1d(np.arange(len(scene.homes)), block["outlines"]["of"])
    block |= {"count": len(scene.homes), **spots(scene.homes.geometry.iloc[bare])}
    ids = scene.homes["home"].astype(str)
    running = pd.Index(ids).isin([str(one) for one in range(len(ids))]).all()
    return {**block, "id": None if running else ids.to_numpy(dtype=object)}
