"""The overview: paper and reality in one chart, then each question of a place in one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.page.bilingual import in_both, switch
from maps.page.frame import Page, Verbatim
from maps.page.markup import Html, name, tag, together
from maps.page.vendored import own
from maps.parts import cards, chart, panel, paper, sources
from maps.style import css_variables
from maps.words import both
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

BESIDE = ("city", "whatif", "report", "compare", "site", "links")
"""What else may lie beside the overview, in the order in which it is named."""


def page(scene: Scene, links: Mapping[str, str], beside: Mapping[str, str] | None = None) -> str:
    """Render the overview as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    links
        The relative link to the page of each measured id; an id without one has no link.
    beside
        The relative link to each of `BESIDE` that lies in the same folder, or below it.

    Raises
    ------
    InputError
        If a link is not relative.
    LawError
        If the page would load anything from outside.
    """
    beside = beside or {}
    for link in (*links.values(), *beside.values()):
        if not panel.is_relative(link):
            raise InputError(f"{link!r} is not a relative link", "name a file beside the overview")
    titles = both(lambda words: f"{scene.place} · {words.say('index_title')}")
    document = Page(titles, scene.language, "index")
    style = css_variables() + own("frame.css") + own("panel.css") + own("index.css")
    document.header.add_child(Verbatim(f"<style>{style}</style>"), name="style")
    said = in_both(scene.language, lambda words: _inside(scene, words, links, beside))
    document.html.add_child(Verbatim(together(chart.hatches(), said)), name="words")
    return document.render()


def _inside(
    scene: Scene, words: Words, links: Mapping[str, str], beside: Mapping[str, str]
) -> Html:
    """Write all the page says in one language."""
    return together(
        _header(scene, words),
        tag(
            "main",
            paper.headline(scene, words),
            paper.table(scene, words, links),
            _more(words, beside),
            tag("div", *cards.every(scene, words, links), class_="cards"),
        ),
        sources.at_the_foot(scene, words),
    )


def _header(scene: Scene, words: Words) -> Html:
    """Write the place, what this is, and of when."""
    facts = [sources.data_date(scene, words)]
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
        tag("div", switch(words), class_="corner"),
        tag("h1", name(scene.place), Html(" · "), words.say("index_title"), class_="name"),
        tag("p", words.say("index_lead")),
        tag("p", " · ".join(facts), class_="facts-line"),
        panel.unusual_walker(scene, words),
    )


def _more(words: Words, beside: Mapping[str, str]) -> Html:
    """Lead to the pages that are about no single standard."""
    known = [key for key in BESIDE if key in beside]
    if not known:
        return Html()
    leads = (tag("a", words.say(f"index_to_{key}"), href=beside[key]) for key in known)
    return tag("nav", *leads, class_="more", aria_label=words.say("index_more"))
