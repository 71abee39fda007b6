"""The overview's cards: one for each question, with its answer, where not, why, and its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps import circle
from maps.page.markup import Html, name, tag, together
from maps.parts import causes, chart, distances, panel
from maps.parts.gaplist import told
from maps.parts.sketch import sketch
from maps.parts.steps import distribution, steps_met
from maps.parts.verdict import official, shares, verdict
from maps.parts.zones import worst_first
from maps.style import COLOURS, STEPS
from maps.town import truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.scene import Scene
    from maps.words import Words

_GAPS = 3
_RANKED = 5


def every(scene: Scene, words: Words, links: Mapping[str, str]) -> list[Html]:
    """Write the card of each standard, then of each union, then of each circle."""
    kinds = ((scene.standards, _standard), (scene.unions, _union), (scene.circles, _circle))
    return [write(scene, words, key, links.get(key)) for keys, write in kinds for key in keys]


def _card(words: Words, title: str, picture: Html, link: str | None, *inside: Html) -> Html:
    """Write one card; its last line leads to its page."""
    opens = Html()
    if link:
        link_text = words.say("index_open")
        spoken = f"{link_text}{words.say('colon')}{title}"
        opens = tag("p", tag("a", link_text, href=link, aria_label=spoken), class_="open")
    text = tag("div", tag("h2", name(title)), *inside, opens, class_="text")
    return tag("article", picture, text, class_="question")


def _standard(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Write the card of one standard."""
    figures = scene.measured(key)
    return _card(
        words,
        words.pick(figures),
        _homes_sketch(scene, words, key),
        link,
        panel.answer(words, figures["network"]["share"], panel.sentence(scene, words, figures)),
        *_figures(scene, words, figures),
        distances.histogram(scene, words, key),
        _worst(scene, words, key, link),
        causes.stacked(scene, words, figures),
        _zones(scene, words, key),
    )


def _union(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Write the card of a union: its figures, and those of each of its classes."""
    figures = scene.measured(key)
    said = words.say("answer_union", who=panel.who(scene, words))
    classes = [
        (words.pick(one), one["network"]["share"], words.percent(one["network"]["share"]))
        for one in figures["classes"].values()
    ]
    return _card(
        words,
        words.pick(figures),
        _homes_sketch(scene, words, key),
        link,
        panel.answer(words, figures["network"]["share"], said),
        *_figures(scene, words, figures),
        _bars(words.say("index_classes"), classes),
        _zones(scene, words, key),
    )


def _homes_sketch(scene: Scene, words: Words, key: str) -> Html:
    """Draw the homes served and unserved."""
    served = truth(scene.homes[f"{key}_served"]).to_numpy(dtype=float)
    served = np.where(scene.homes["status"] == "connected", served, np.nan)
    said = words.say("index_sketch" if scene.public is None else "index_sketch_public")
    return sketch(scene, served, (COLOURS["unserved"], COLOURS["served"]), said)


def _figures(scene: Scene, words: Words, figures: Mapping[str, Any]) -> tuple[Html, ...]:
    """Write how many are unserved, and the figures beside the one on foot."""
    also = [words.say("index_straight", share=words.percent(figures["straight"]["share"]))]
    low, high = (figures["network"].get(key) for key in ("low", "high"))
    if low is not None and high is not None:
        also.append(words.say("index_bounds", low=words.percent(low), high=words.percent(high)))
    if figures.get("target_share") is not None:
        also.append(words.say("index_target", share=words.percent(figures["target_share"])))
    also.append(_official(words, figures))
    left = words.amount(figures["total"] - figures["network"]["served"], people=scene.counts_people)
    return (
        tag("p", words.say("index_missed", amount=left), class_="unserved"),
        tag("p", *(tag("span", one) for one in also if one.strip()), class_="also"),
    )


def _official(words: Words, figures: Mapping[str, Any]) -> Html:
    """Write the official share of land, if it was measured, and the verdict on the target."""
    judged = official(figures)
    share = shares(figures)[judged] if judged else None
    met = verdict(figures, share)
    on_land = judged is not None and judged.startswith("land_")
    said = words.say("index_land", share=words.percent(share)) if on_land else ""
    mark = tag("span", words.say(met), class_=f"tag tag-{met}") if met else Html()
    return together(said, Html(" "), mark)


def _worst(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Name the three worst gaps; each leads straight to itself on the map."""
    gaps = told(scene, words, key)[:_GAPS]
    if not gaps:
        return Html()
    items = []
    for gap in gaps:
        size = tag("b", words.amount(gap.size, people=scene.counts_people))
        place = name(gap.title)
        if link:
            place = tag("a", place, href=f"{link}#gap={gap.rank}")
        items.append(tag("li", tag("span", place, size)))
    return together(tag("h3", words.say("index_gaps")), tag("ol", *items, class_="worst"))


def _zones(scene: Scene, words: Words, key: str) -> Html:
    """Rank the zones least served, each with its share on foot as a bar."""
    table = worst_first(scene, key).head(_RANKED)
    rows = [
        (str(row["zone"]), row[f"{key}_share"], words.percent(row[f"{key}_share"]))
        for row in table.to_dict("records")
    ]
    return _bars(words.say("index_zones"), rows)


def _bars(heading: str, rows: Iterable[tuple[str, float | None, str]]) -> Html:
    """Write names, each with its share as a bar and as it is said."""
    items = [
        tag("li", tag("span", name(title), tag("b", said)), chart.track(share))
        for title, share, said in rows
    ]
    return together(tag("h3", heading), tag("ul", *items, class_="bars")) if items else Html()


def _circle(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Write the card of a circle."""
    figures: Mapping[str, Any] = scene.measured(key)
    step = steps_met(scene, key)
    value = np.where(step < 0, np.nan, step / (len(STEPS) - 1))
    picture = sketch(scene, value, STEPS, words.say("index_sketch_circle"))
    scarcest = [
        (words.pick(one), one["share"], circle.share_or_absent(words, one))
        for _, one in circle.services(figures, must_have=True)[:_RANKED]
    ]
    return _card(
        words,
        words.pick(figures),
        picture,
        link,
        panel.answer(words, figures["complete"]["share"], circle.sentence(scene, words, figures)),
        distribution(scene, words, key),
        _bars(words.say("circle_scarcest"), scarcest),
    )
