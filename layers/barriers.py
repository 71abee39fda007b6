"""Which of OpenStreetMap's lines and areas a straight leg may not cross (design rule 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.categories import out_of_use
from layers.walkable import FAST_ROAD, in_tunnel, obstacle, on_bridge

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_KEYS = ("barrier", "railway", "waterway")
"""A barrier that is neither a road nor an area has one of these keys."""

_RAILS = frozenset(("rail", "light_rail", "narrow_gauge", "subway", "monorail", "funicular"))
"""Tracks one does not walk across; trams run in the street."""
_WATERS = frozenset(("river", "canal", "tidal_channel"))
"""Lines of water too wide to step over; streams and ditches are not."""
_WALLS = frozenset(("wall", "city_wall", "retaining_wall"))
"""Fences and hedges are left out: around gardens they stand by the thousand, and their gates,
unlike those of walls, are seldom mapped."""


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
    if tags.get("waterway") in _WATERS:
        return "water"
    if tags.get("railway") in _RAILS:
        return "railway"
    if tags.get("barrier") in _WALLS:
        return "wall"
    if "highway" in tags and obstacle(tags) == FAST_ROAD:
        return "motorway"
    return None


def is_compound(tags: Mapping[str, str]) -> bool:
    """Tell whether an area is one where people live behind gates (rule 6).

    Examples
    --------
    >>> is_compound({"landuse": "residential"})
    True
    """
    return tags.get("landuse") == "residential"
