"""The frame around the map: masthead and panel, the answer in words before anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maps.page.bilingual import switch
from maps.page.markup import Html, name, tag, together
from maps.parts import sources
from maps.parts.nouns import has_noun, some
from maps.parts.sources import data_date
from maps.parts.tools import tools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

_NORTH = Html(
    '<svg width="20" height="26" viewBox="0 0 20 26" aria-hidden="true">'
    '<path d="M10 1 17 24l-7-5z" fill="#222"/><path d="M10 1 3 24l7-5z" fill="#fff" '
    'stroke="#222" stroke-linejoin="round"/></svg>'
)


def masthead(scene: Scene, words: Words, title: str, index: str | None) -> Html:
    """Write title, place and date; `index` is the link to the overview, if any."""
    back = tag("a", words.say("overview"), href=index, class_="back") if index else Html()
    return tag(
        "header",
        tag("div", back, switch(words), class_="corner"),
        tag("p", name(scene.place), class_="place"),
        tag("h1", name(title)),
        tag("p", data_date(scene, words)),
        class_="masthead",
    )


def panel(words: Words, *inside: Html) -> Html:
    """Write the panel; on a phone its handle opens it as a drawer."""
    handle = tag(
        "button",
        type="button",
        id="drawer",
        class_="drawer",
        aria_expanded="false",
        aria_label=words.say("drawer"),
    )
    return tag("main", handle, *inside, class_="panel", aria_label=words.say("panel_label"))


def overlay(scene: Scene, words: Words, legend: Html) -> Html:
    """Write what always stands on the map: legend, card, north, credit and date."""
    needs = tag("p", words.say("script_needed"), class_="noscript")
    return together(
        legend,
        tools(words),
        tag(
            "div",
            id="card",
            class_="card",
            role="dialog",
            aria_live="polite",
            data_live=True,
            hidden=True,
        ),
        tag("div", _NORTH, words.say("north"), class_="north", title=words.say("north_up")),
        sources.on_map(scene, words),
        tag("noscript", needs),
    )


def answer(words: Words, share: float | None, sentence: str) -> Html:
    """Write the answer: one large number, and the sentence it begins."""
    if share is None:
        return tag("p", words.say("answer_empty"), class_="answer")
    number = tag("strong", words.percent(share))
    return tag("p", number, Html(" "), sentence, class_="answer")


def walk_reach_m(figures: Mapping[str, Any]) -> float:
    """Give how far one walks for a standard: its reach, or as far as a slower walker gets."""
    return float(figures.get("walk_reach_m", figures["reach_m"]))


def walker(scene: Scene, words: Words) -> str:
    """Say who was measured; nothing where the results do not."""
    return str(scene.summary.get("walker", {}).get(words.language, ""))


def unusual_walker(scene: Scene, words: Words) -> Html:
    """Write who was measured where that is not a usual walker, for it changes the answer."""
    usual = scene.summary.get("walker", {}).get("usual", True)
    return Html() if usual else tag("p", walker(scene, words), class_="hint")


def who(scene: Scene, words: Words) -> str:
    """Name what is counted: residents or homes."""
    return words.say("residents" if scene.counts_people else "homes")


def sentence(scene: Scene, words: Words, figures: Mapping[str, Any]) -> str:
    """Say what the large number of a standard is the share of."""
    reach, category = words.number(walk_reach_m(figures)), figures.get("category")
    if has_noun(category):
        what, key = some(words, str(category)), "answer"
    else:
        what, key = words.pick(figures), "answer_any"
    return words.say(key, who=who(scene, words), reach=reach, what=what)


def missed(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Say how many are left out, and how many of them only the radius counts in."""
    served, total = figures["network"]["served"], figures["total"]
    people = scene.counts_people
    if not figures.get("facilities", 1):
        return tag("p", words.say("no_facilities"), class_="missed")
    if served >= total:
        return tag("p", words.say("missed_nobody"), class_="missed nobody")
    said = [words.say("missed", amount=words.amount(total - served, people=people))]
    on_paper = figures["straight"]["served"] - served
    if on_paper > 0:
        said.append(words.say("missed_paper", amount=words.amount(on_paper, people=people)))
    return tag("p", " ".join(said) if words.language == "en" else "".join(said), class_="missed")


def is_relative(link: str) -> bool:
    """Whether a link leads to a file beside the page.

    Examples
    --------
    >>> is_relative("park_500m.html"), is_relative("https://a.example/"), is_relative("//a.example")
    (True, False, False)
    """
    return re.fullmatch(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*", link) is not None
