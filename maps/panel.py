"""The frame around the map: masthead and panel, the answer in words before anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maps.markup import Html, name, tag, together

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
    """Write title, place and date; `index` is the relative link to the overview, if there is one."""
    back = tag("a", words.say("overview"), href=index, class_="back") if index else Html()
    return tag(
        "header",
        back,
        tag("p", name(scene.place), class_="place"),
        tag("h1", name(title)),
        tag("p", data_date(scene, words)),
        class_="masthead",
    )


def data_date(scene: Scene, words: Words) -> str:
    """Say of when the data are."""
    date = scene.summary.get("data", {}).get("date")
    if not date:
        return words.say("data_date_unknown")
    return words.say("data_date", date=str(date)[:10])


def credit(scene: Scene) -> str:
    """Give the credit the data ask for."""
    return str(scene.summary.get("data", {}).get("credit") or "")


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
    source = words.say("comma").join(filter(None, (credit(scene), data_date(scene, words))))
    needs = tag("p", words.say("script_needed"), class_="noscript")
    return together(
        legend,
        tag("div", id="card", class_="card", role="dialog", aria_live="polite", hidden=True),
        tag("div", _NORTH, words.say("north"), class_="north", title=words.say("north_up")),
        tag("div", name(source), class_="source"),
        tag("noscript", needs),
    )


def answer(words: Words, share: float | None, sentence: str) -> Html:
    """Write the answer: one large number, and the sentence it begins."""
    if share is None:
        return tag("p", words.say("answer_empty"), class_="answer")
    number = tag("strong", words.percent(share))
    return tag("p", number, Html(" "), sentence, class_="answer")


def who(scene: Scene, words: Words) -> str:
    """Name what is counted: residents or homes."""
    return words.say("residents" if scene.counts_people else "homes")


def sentence(scene: Scene, words: Words, figures: Mapping[str, Any]) -> str:
    """Say what the large number of a standard is the share of."""
    reach, category = words.number(figures["reach_m"]), figures.get("category")
    if category in {"bus_stop", "park", "green"}:
        what, key = words.say(f"what_{category}"), "answer"
    else:
        what, key = words.pick(figures), "answer_any"
    return words.say(key, who=who(scene, words), reach=reach, what=what)


def bar(words: Words, figures: Mapping[str, Any]) -> Html:
    """Draw the share on foot, what only the radius counts, the target and the bounds."""
    walk, straight = figures["network"]["share"] or 0.0, figures["straight"]["share"] or 0.0
    low, high = figures["network"].get("low"), figures["network"].get("high")
    target = figures.get("target_share")
    said = words.say("share_bar", walk=words.percent(walk), straight=words.percent(straight))
    parts = [
        _piece("walk", 0, walk),
        _piece("paper", walk, max(straight - walk, 0)),
        tag("span", class_="straight", style=f"left:{_css(straight)}"),
    ]
    if low is not None and high is not None:
        parts.append(_piece("whisker", low, high - low))
    if target is not None:
        parts.append(tag("span", class_="target", style=f"left:{_css(target)}"))
    return tag("div", *parts, class_="bar", role="img", aria_label=said)


def _piece(css_class: str, start: float, length: float) -> Html:
    return tag("span", class_=css_class, style=f"left:{_css(start)};width:{_css(length)}")


def _css(share: float) -> str:
    """Write a share as a CSS length."""
    return f"{100 * share:.2f}%"


def marks(words: Words, figures: Mapping[str, Any]) -> Html:
    """Write what the marks on the bar mean, each with its figure."""
    walk, straight = figures["network"]["share"], figures["straight"]["share"]
    low, high = figures["network"].get("low"), figures["network"].get("high")
    target = figures.get("target_share")
    items = [
        _mark("walk", words.say("walking"), words.percent(walk)),
        _mark("straight", words.say("straight"), words.percent(straight)),
    ]
    if low is not None and high is not None:
        span = f"{words.percent(low)} – {words.percent(high)}"
        items.append(_mark("whisker", words.say("bounds"), span))
    if target is not None and walk is not None:
        met = "target_met" if walk >= target else "target_not_met"
        verdict = tag("span", words.say(met), class_=f"tag tag-{met}")
        label = together(words.say("target"), Html(" "), verdict)
        items.append(_mark("target", label, words.percent(target)))
    return tag("ul", *items, class_="marks")


_MARKS = {
    "walk": '<rect y="1" width="18" height="12" fill="var(--served)"/>',
    "straight": '<rect y="1" width="15" height="12" fill="#DCE9F1"/><path d="M0 13 12 1M6 13 15 4M0 '
    '7l6-6" stroke="var(--served)" stroke-width="1.6"/><path d="M16 0v14" stroke="var(--ink)" '
    'stroke-width="2"/>',
    "target": '<path d="M3 1h12L9 7z" fill="var(--gap)"/><path d="M9 6v8" stroke="var(--gap)" '
    'stroke-width="2" stroke-dasharray="2.5 1.5"/>',
    "whisker": '<path d="M2 7h14M2 2.5v9M16 2.5v9" stroke="var(--ink)" stroke-width="1.6"/>',
}


def _mark(kind: str, label: str, value: str) -> Html:
    picture = Html(
        f'<svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">{_MARKS[kind]}</svg>'
    )
    return tag("li", picture, tag("span", label), tag("span", value, class_="value"))


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
