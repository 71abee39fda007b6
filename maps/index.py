"""The overview: each question of a place answered in one card, understood in ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps import circle, panel
from maps.bar import bar
from maps.frame import Page, Verbatim
from maps.gaplist import told
from maps.markup import Html, name, tag, together
from maps.sketch import sketch
from maps.steps import distribution, steps_met
from maps.style import COLOURS, STEPS, css_variables
from maps.town import truth
from maps.vendored import own
from maps.verdict import official, shares, verdict
from maps.words import Words
from maps.zones import ranking
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene

_NAMED = 3


def page(scene: Scene, links: Mapping[str, str]) -> str:
    """Render the overview as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    links
        The relative link to the page of each measured id; an id without one has no link.

    Raises
    ------
    InputError
        If a link is not relative.
    LawError
        If the page would load anything from outside.
    """
    for link in links.values():
        if not panel.is_relative(link):
            raise InputError(f"{link!r} is not a relative link", "name a file beside the overview")
    words = Words(scene.language)
    title = words.say("index_title")
    document = Page(f"{scene.place} · {title}", scene.language, "index")
    style = css_variables() + own("frame.css") + own("panel.css") + own("index.css")
    document.header.add_child(Verbatim(f"<style>{style}</style>"), name="style")
    cards = [_standard(scene, words, key, links.get(key)) for key in scene.standards]
    cards += [_union(scene, words, key, links.get(key)) for key in scene.unions]
    cards += [_circle(scene, words, key, links.get(key)) for key in scene.circles]
    inside = (_header(scene, words), tag("main", *cards), _footer(scene, words))
    document.html.add_child(Verbatim(together(*inside)), name="words")
    return document.render()


def _header(scene: Scene, words: Words) -> Html:
    """Write the place, what this is, and of when."""
    facts = [panel.data_date(scene, words)]
    area = scene.summary.get("study_area_km2")
    if area is not None:
        size = words.say("square_kilometres", n=f"{area:,.1f}")
        facts.append(words.say("study_area") + words.say("colon") + size)
    total = scene.summary.get("total", scene.summary.get("homes"))
    if total is not None:
        facts.append(
            words.say("index_total", amount=words.amount(total, people=scene.counts_people))
        )
    return tag(
        "header",
        tag("h1", name(scene.place), Html(" · "), words.say("index_title"), class_="name"),
        tag("p", words.say("index_lead")),
        tag("p", " · ".join(facts), class_="facts-line"),
        panel.unusual_walker(scene, words),
    )


def _footer(scene: Scene, words: Words) -> Html:
    """Write the credit and the date."""
    credit = tag("p", words.say("source"), words.say("colon"), name(panel.credit(scene)))
    return tag("footer", credit, tag("p", panel.data_date(scene, words)))


def _card(words: Words, title: str, picture: Html, link: str | None, *inside: Html) -> Html:
    """Write one card; all of it leads to its page."""
    link_text = words.say("index_open")
    spoken = f"{link_text}{words.say('colon')}{title}"
    opens = Html()
    if link:
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
        _worst(scene, words, key),
        _ranking(words.say("index_zones"), ranking(scene, words, key, _NAMED)),
    )


def _union(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Write the card of a union: its figures, and those of each of its classes."""
    figures = scene.measured(key)
    said = words.say("answer_union", who=panel.who(scene, words))
    classes = [
        (words.pick(one), words.percent(one["network"]["share"]))
        for one in figures["classes"].values()
    ]
    return _card(
        words,
        words.pick(figures),
        _homes_sketch(scene, words, key),
        link,
        panel.answer(words, figures["network"]["share"], said),
        *_figures(scene, words, figures),
        _ranking(words.say("index_classes"), classes, element="ul"),
    )


def _homes_sketch(scene: Scene, words: Words, key: str) -> Html:
    """Draw the homes served and unserved."""
    served = truth(scene.homes[f"{key}_served"]).to_numpy(dtype=float)
    served = np.where(scene.homes["status"] == "connected", served, np.nan)
    said = words.say("index_sketch")
    return sketch(scene, served, (COLOURS["unserved"], COLOURS["served"]), said)


def _figures(scene: Scene, words: Words, figures: Mapping[str, Any]) -> tuple[Html, ...]:
    """Write the bar, the figures beside the one on foot, and how many are unserved."""
    also = [words.say("index_straight", share=words.percent(figures["straight"]["share"]))]
    low, high = (figures["network"].get(key) for key in ("low", "high"))
    if low is not None and high is not None:
        also.append(words.say("index_bounds", low=words.percent(low), high=words.percent(high)))
    if figures.get("target_share") is not None:
        also.append(words.say("index_target", share=words.percent(figures["target_share"])))
    also.append(_official(words, figures))
    left = words.amount(figures["total"] - figures["network"]["served"], people=scene.counts_people)
    return (
        bar(words, figures),
        tag("p", *(tag("span", one) for one in also if one.strip()), class_="also"),
        tag("p", words.say("index_missed", amount=left), class_="unserved"),
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


def _worst(scene: Scene, words: Words, key: str) -> Html:
    """Name the three worst gaps."""
    gaps = told(scene, words, key)[:_NAMED]
    pairs = [(gap.title, words.amount(gap.size, people=scene.counts_people)) for gap in gaps]
    return _ranking(words.say("index_gaps"), pairs)


def _ranking(heading: str, pairs: list[tuple[str, str]], element: str = "ol") -> Html:
    """Write a short ranking, or a plain list, of names with figures."""
    if not pairs:
        return Html()
    items = (tag("li", tag("span", name(title), tag("b", figure))) for title, figure in pairs)
    return together(tag("h3", heading), tag(element, *items))


def _circle(scene: Scene, words: Words, key: str, link: str | None) -> Html:
    """Write the card of a circle."""
    figures: Mapping[str, Any] = scene.measured(key)
    step = steps_met(scene, key)
    value = np.where(step < 0, np.nan, step / (len(STEPS) - 1))
    picture = sketch(scene, value, STEPS, words.say("index_sketch_circle"))
    scarcest = [
        (words.pick(one), circle.share_or_absent(words, one))
        for _, one in circle.services(figures, must_have=True)[:_NAMED]
    ]
    return _card(
        words,
        words.pick(figures),
        picture,
        link,
        panel.answer(words, figures["complete"]["share"], circle.sentence(scene, words, figures)),
        distribution(scene, words, key),
        _ranking(words.say("circle_scarcest"), scarcest),
    )
