"""One bar with marks: the share on foot, what only the radius counts, the target, the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.page.markup import Html, tag, together
from maps.parts.verdict import official, shares, verdict

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
        look = f"left:{_css(low)};width:{_css(high - low)}"
        parts.append(tag("span", tag("i"), class_="whisker", style=look))
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
    low, high = figures["network"].get("low"), figures["network"].get("high")
    target, judged = figures.get("target_share"), official(figures)
    items = []
    for key, share in shares(figures).items():
        met = verdict(figures, share) if key == judged else None
        items.append(
            _mark(key, _judged(words, _label(words, figures, key, judged), met), share, words)
        )
        if key == "network" and low is not None and high is not None:
            span = f"{words.percent(low)} – {words.percent(high)}"
            items.append(_item("whisker", words.say("bounds"), span))
    if target is not None:
        met = "target_unjudged" if judged is None else None
        items.append(_mark("target", _judged(words, words.say("target"), met), target, words))
    return tag("ul", *items, class_="marks")


def _label(words: Words, figures: Mapping[str, Any], key: str, judged: str | None) -> str:
    """Name one of the shares of `verdict.shares`; what the document asks for is official."""
    if not key.startswith("land_"):
        return words.say("walking" if key == "network" else "straight")
    land = words.say(key, land=words.say(f"land_of_{figures['land']['of']}"))
    return words.say("land_official", land=land) if key == judged else words.begun(land)


def _judged(words: Words, label: str, met: str | None) -> str:
    """Put a verdict beside a label, if there is one."""
    if met is None:
        return label
    return together(label, Html(" "), tag("span", words.say(met), class_=f"tag tag-{met}"))


_LAND = '<path d="M2 12 4.5 3 14 1l3 9z" fill="{}" stroke="#222" stroke-width="1.2"/>'
_MARKS = {
    "land_straight": _LAND.format("#DCE9F1"),
    "land_network": _LAND.format("var(--served)"),
    "network": '<rect y="1" width="18" height="12" fill="var(--served)"/>',
    "straight": '<rect y="1" width="15" height="12" fill="#DCE9F1"/>'
    '<path d="M0 13 12 1M6 13 15 4M0 7l6-6" stroke="var(--served)" stroke-width="1.6"/>'
    '<path d="M16 0v14" stroke="var(--ink)" stroke-width="2"/>',
    "target": '<path d="M3 1h12L9 7z" fill="var(--gap)"/><path d="M9 6v8" stroke="var(--gap)" '
    'stroke-width="2" stroke-dasharray="2.5 1.5"/>',
    "whisker": '<path d="M2 7h14M2 2.5v9M16 2.5v9" stroke="var(--ink)" stroke-width="1.6"/>',
}


def _mark(kind: str, label: str, share: float | None, words: Words) -> Html:
    return _item(kind, label, words.percent(share))


def _item(kind: str, label: str, value: str) -> Html:
    picture = Html(
        f'<svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">{_MARKS[kind]}</svg>'
    )
    return tag("li", picture, tag("span", label), tag("span", value, class_="value"))
