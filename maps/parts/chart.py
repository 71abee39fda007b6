"""Charts as the overview draws them: SVG as wide as its place, text in its own size on any screen.

Horizontal places are shares of the width, vertical ones pixels: so a chart of 300 px and one of
900 px show the same, and no letter is stretched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.page.markup import Html, tag
from maps.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

_HATCHES = {
    "hatch-paper": ("#DCE9F1", COLOURS["served"], 1.8),
    "hatch-apart": ("#E4E4E0", "#6E6E6E", 1.4),
}
"""Fills with stripes, by name: ground, stripe, and how thick the stripe is."""


def along(share: float) -> str:
    """Write a share of the width, 0 to 1.

    Examples
    --------
    >>> along(0.6328)
    '63.28%'
    """
    return f"{100 * share:.2f}%"


def drawing(height_px: int, *inside: Html, css_class: str, said: str | None = None) -> Html:
    """Put marks together; `said` is the chart in words, None where text beside it says as much."""
    spoken = {"role": "img", "aria_label": said} if said else {"aria_hidden": "true"}
    return tag("svg", *inside, class_=css_class, width="100%", height=height_px, **spoken)


def box(x: tuple[float, float], y: tuple[float, float], fill: str, edge: str | None = None) -> Html:
    """Draw a box from and to: `x` in shares of the width, `y` in pixels; none where it is empty."""
    if x[1] <= x[0] or y[1] <= y[0]:
        return Html()
    place = {"x": along(x[0]), "width": along(x[1] - x[0])}
    place |= {"y": f"{y[0]:.1f}", "height": f"{y[1] - y[0]:.1f}"}
    return tag("rect", **place, fill=fill, stroke=edge)


def rule(x: tuple[float, float], y: tuple[float, float], css_class: str) -> Html:
    """Draw a line from and to; its look is the style sheet's."""
    ends = {"x1": along(x[0]), "x2": along(x[1]), "y1": f"{y[0]:g}", "y2": f"{y[1]:g}"}
    return tag("line", **ends, class_=css_class)


def label(words: str, x: float, y: float, *, anchor: str = "middle", css_class: str = "") -> Html:
    """Write words at a share of the width; their baseline is at `y` pixels."""
    look = css_class or None
    return tag("text", words, x=along(x), y=f"{y:g}", text_anchor=anchor, class_=look)


def striped(kind: str) -> str:
    """Give the fill of one of the hatches, ``paper`` or ``apart``."""
    return f"url(#hatch-{kind})"


def hatches() -> Html:
    """Define the hatches; once a page, outside all that is ever hidden."""
    patterns = (
        tag(
            "pattern",
            tag("rect", width=6, height=6, fill=ground),
            tag("rect", width=thick, height=6, fill=stripe),
            id=name,
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
        for name, (ground, stripe, thick) in _HATCHES.items()
    )
    return tag("svg", tag("defs", *patterns), class_="hatches", width=0, height=0, aria_hidden=True)


def stack(parts: Sequence[tuple[float, str]], height_px: int, css_class: str) -> Html:
    """Lay shares of one whole side by side, each in its colour; the words stand beside it."""
    at, boxes = 0.0, []
    for share, fill in parts:
        boxes.append(box((at, at + share), (0, height_px), fill))
        if at > 0:
            boxes.append(rule((at, at), (0, height_px), "between"))
        at += share
    return drawing(height_px, *boxes, css_class=css_class)


def track(share: float | None) -> Html:
    """Draw one share as a thin bar on its track; the figure stands beside it."""
    full = box((0, 1), (0, 6), "#ECECE8")
    return drawing(6, full, box((0, share or 0.0), (0, 6), COLOURS["served"]), css_class="track")
