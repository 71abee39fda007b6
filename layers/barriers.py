"""Which of OpenStreetMap's lines and areas a straight leg may not cross (design rule 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.categories import fold, out_of_use
from layers.openstreetmap.walkable import FAST_ROAD, in_tunnel, obstacle, on_bridge

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_KEYS = ("barrier", "railway", "waterway")
"""A barrier that is neither a road nor an area has one of these keys."""

RAILS = frozenset(("rail", "light_rail", "narrow_gauge", "subway", "monorail", "funicular"))
"""Tracks one does not walk across; trams run in the street."""
WATERS = frozenset(("river", "canal", "tidal_channel"))
"""Lines of water too wide to step over; streams and ditches are not."""
WALLS = frozenset(("wall", "city_wall", "retaining_wall"))
"""Fences and hedges are left out: around gardens they stand by the thousand, and their gates,
unlike those of walls, are seldom mapped."""


_WORDS = {
    "railway": ("铁路", "铁道", "轨道", "rail"),
    "motorway": ("高速", "快速路", "motorway", "freeway", "expressway", "trunk"),
    "wall": ("墙", "栏", "wall", "fence"),
    "water": ("水", "河", "湖", "渠", "江", "water", "river", "canal", "lake"),
}
"""Words for each kind, in the order in which they are tried."""


def barrier_kind(tags: Mapping[str, str]) -> str | None:
    """Say what kind of barrier a line is, or None: on a bridge or below the ground it is none.

    Examples
    --------
    >>> barrier_kind({"railway": "rail"}), barrier_kind({"railway": "rail", "tunnel": "yes"})
    ('railway', None)
    >>> barrier_kind({"highway": "motorway"}), barrier_kind({"barrier": "fence"})
    ('motorway', None)
    """
    if on_bridge(tags) or in_tunnel(tags) or tags.get("tunnel") == "culvert" or out_of_use(tags):
        return None
    if tags.get("waterway") in WATERS:
        return "water"
    if tags.get("railway") in RAILS:
        return "railway"
    if tags.get("barrier") in WALLS:
        return "wall"
    if "highway" in tags and obstacle(tags) == FAST_ROAD:
        return "motorway"
    return None


def barrier_from_words(text: str) -> str:
    """Understand what a planner's own table calls a barrier; what it does not say is a wall.

    Examples
    --------
    >>> barrier_from_words("洸府河"), barrier_from_words("Railway line"), barrier_from_words("围墙")
    ('water', 'railway', 'wall')
    """
    plain = fold(text)
    found = (kind for kind, words in _WORDS.items() if any(word in plain for word in words))
    return next(found, "wall")


def is_compound(tags: Mapping[str, str]) -> bool:
    """Tell whether an area is one where people live behind gates (rule 6).

    Examples
    --------
    >>> is_compound({"landuse": "residential"})
    True
    """
    return tags.get("landuse") == "residential"
