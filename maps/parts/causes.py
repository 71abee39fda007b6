"""Why people are unserved, at a glance: the reasons in six groups, each calling for other works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.page.markup import Html, tag, together
from maps.parts import chart
from maps.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

GROUPS: dict[str, tuple[str, ...]] = {
    "far": ("too_far",),
    "detour": (
        "detour_water",
        "detour_railway",
        "detour_motorway",
        "detour_wall",
        "detour_block",
    ),
    "entrance": ("entrance",),
    "streets": ("island", "unconnected", "stairs"),
    "walker": ("walker",),
    "edge": ("data_end",),
}
"""Reasons by what would help: a facility, a link, a gate, a street; none for a slower walker; and
those to be looked at again with more data."""

_FILLS = {
    "far": COLOURS["unserved"],
    "detour": COLOURS["gap"],
    "entrance": COLOURS["change"],
    "streets": chart.striped("apart"),
    "walker": "#CC79A7",
    "edge": "#D9D9D4",
}


def grouped(unserved: Mapping[str, float]) -> dict[str, float]:
    """Add up who is unserved by group, in the order of `GROUPS`; groups without anyone are out.

    Examples
    --------
    >>> grouped({"detour_water": 2.0, "too_far": 5.0, "detour_wall": 1.0})
    {'far': 5.0, 'detour': 3.0}
    """
    sums = {key: sum(unserved.get(one, 0.0) for one in ones) for key, ones in GROUPS.items()}
    return {key: people for key, people in sums.items() if people > 0}


def stacked(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Draw why people are unserved as one bar, each group named with how many."""
    groups = grouped(figures.get("unserved") or {})
    if not groups:
        return Html()
    total = sum(groups.values())
    bar = chart.stack([(n / total, _FILLS[key]) for key, n in groups.items()], 14, "causes-bar")
    items = (
        tag(
            "li",
            chart.drawing(12, chart.box((0, 1), (0, 12), _FILLS[key]), css_class="swatch"),
            tag("span", words.say(f"index_cause_{key}")),
            tag("b", words.amount(n, people=scene.counts_people)),
        )
        for key, n in groups.items()
    )
    return together(tag("h3", words.say("index_causes")), bar, tag("ul", *items, class_="causes"))
