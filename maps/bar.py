"""One bar with marks: the share on foot, what only the radius counts, the target, the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.markup import Html, tag, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.words import Words


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
    "straight": '<rect y="1" width="15" height="12" fill="#DCE9F1"/>'
    '<path d="M0 13 12 1M6 13 15 4M0 7l6-6" stroke="var(--served)" stroke-width="1.6"/>'
    '<path d="M16 0v14" stroke="var(--ink)" stroke-width="2"/>',
    "target": '<path d="M3 1h12L9 7z" fill="var(--gap)"/><path d="M9 6v8" stroke="var(--gap)" '
    'stroke-width="2" stroke-dasharray="2.5 1.5"/>',
    "whisker": '<path d="M2 7h14M2 2.5v9M16 2.5v9" stroke="var(--ink)" stroke-width="1.6"/>',
}


def _mark(kind: str, label: str, value: str) -> Html:
    picture = Html(
        f'<svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">{_MARKS[kind]}</svg>'
    )
    return tag("li", picture, tag("span", label), tag("span", value, class_="value"))
