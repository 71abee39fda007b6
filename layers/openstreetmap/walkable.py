"""Which of OpenStreetMap's ways one may walk on (design rule 3), and which leave the ground.

A way is walkable if its ``highway`` is of a kind people walk on and nothing forbids it. What is
not here matters as much: one-way streets, ``vehicle`` and ``motor_vehicle`` bind drivers only;
lift gates, bollards and other barriers on a node never stop a walker; and ``layer`` says nothing
about where ways meet: they meet at shared nodes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNBUILT = "under construction, planned, out of use or gone"
RACE_TRACK = "race track"
FERRY = "ferry line"
NOT_A_WALK = "not made for walking (escape lane, emergency bay, climbing route)"
REST_AREA = "service or rest area, not a way"
UNKNOWN_KIND = "unknown kind of highway"
FAST_ROAD = "motorway, trunk or motor road without a sidewalk"
BUS_ROAD = "bus road without a sidewalk"
PRIVATE = "private (access or foot)"
CLOSED = "closed to walkers (access or foot)"
SIDE_PATH = "walkers must use the path beside it"


def _either(words: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(words.split())


WALKED = _either(
    "primary primary_link secondary secondary_link tertiary tertiary_link unclassified residential "
    "living_street service road pedestrian track footway bridleway steps path cycleway corridor "
    "elevator platform crossing sidewalk trail byway minor unsurfaced access_ramp"
)
"""Kinds of ``highway`` one walks on unless something forbids it.

Cycleways are in unless ``foot`` says no: most are shared, and crossings tagged as cycleways tie
sidewalks together. Car-park aisles, driveways and alleys are ``service``. Escalators are
``steps`` and, like one-way streets, are taken both ways: the stairs beside them seldom are mapped.
The last six are words no longer used, and plain enough.
"""

ON_FOOT_ONLY = _either(
    "pedestrian footway bridleway steps path cycleway corridor elevator platform crossing "
    "sidewalk trail access_ramp"
)
"""Those of them where no car goes."""

_FAST = _either("motorway motorway_link trunk trunk_link")
_BUSES = _either("busway bus_guideway")
_NEVER = {
    **dict.fromkeys(
        _either(
            "construction proposed planned abandoned disused razed demolished removed "
            "dismantled destroyed historic no"
        ),
        UNBUILT,
    ),
    "raceway": RACE_TRACK,
    **dict.fromkeys(_either("escape emergency_bay via_ferrata"), NOT_A_WALK),
    **dict.fromkeys(_either("services rest_area"), REST_AREA),
}
_OUT_OF_USE = ("abandoned", "disused", "razed", "demolished", "removed", "proposed", "planned")

_MAY = _either(
    "yes designated official public permissive destination customers delivery agricultural "
    "forestry discouraged"
)
_PRIVATE = _either("private permit residents")
_CLOSED = _either("no never emergency military bus psv")
_BESIDE = _either("use_sidepath")

_WITH_SIDEWALK = _either("both left right yes")
_SIDEWALK_KEYS = ("sidewalk:both", "sidewalk:left", "sidewalk:right")

_ON_WHEELS = _either("yes designated")

_NO_BRIDGE = _either("no boardwalk low_water_crossing proposed abandoned")
_NO_TUNNEL = _either("no building_passage culvert avalanche_protector covered")


def walkable(tags: Mapping[str, str]) -> bool:
    """Tell whether one may walk on a way with these tags.

    Examples
    --------
    >>> walkable({"highway": "residential", "oneway": "yes", "motor_vehicle": "no"})
    True
    >>> walkable({"highway": "trunk"}), walkable({"highway": "trunk", "sidewalk": "right"})
    (False, True)
    """
    return obstacle(tags) is None


def obstacle(tags: Mapping[str, str]) -> str | None:
    """Say why one may not walk on a way, or None where one may.

    ``foot`` outweighs ``access``, as the narrower tag does everywhere in OpenStreetMap. Of several
    values (``a;b``) the friendliest counts. Whoever goes to a place there is a walker too, so
    ``destination``, ``customers``, ``delivery`` and the like are open; ``private``, ``permit``
    and ``residents`` are not. A value that is neither leaves the decision to the kind of way.

    Examples
    --------
    >>> obstacle({"highway": "service", "access": "private"})
    'private (access or foot)'
    >>> obstacle({"highway": "service", "access": "private", "foot": "permissive"}) is None
    True
    """
    return _by_kind(tags) or _by_permission(tags)


def obstacle_by_kind(tags: Mapping[str, str]) -> str | None:
    """Say what in the kind of a way keeps walkers off it; None for a kind that is not known.

    Examples
    --------
    >>> obstacle_by_kind({"highway": "proposed"}), obstacle_by_kind({"highway": "支路"})
    ('under construction, planned, out of use or gone', None)
    """
    found = _by_kind(tags)
    return None if found == UNKNOWN_KIND else found


def is_road(tags: Mapping[str, str]) -> bool:
    """Tell whether cars or buses drive on a way, walkers or not.

    Examples
    --------
    >>> is_road({"highway": "motorway"}), is_road({"highway": "footway"})
    (True, False)
    """
    return bool(_values(tags, "highway") & (_FAST | _BUSES | WALKED - ON_FOOT_ONLY))


def on_bridge(tags: Mapping[str, str]) -> bool:
    """Tell whether a way is above the ground; a boardwalk or a ford's causeway is not.

    Examples
    --------
    >>> on_bridge({"bridge": "viaduct"}), on_bridge({"bridge": "no"}), on_bridge({"layer": "1"})
    (True, False, False)
    """
    return bool(_values(tags, "bridge") - _NO_BRIDGE)


def in_tunnel(tags: Mapping[str, str]) -> bool:
    """Tell whether a way is below the ground; a passage through a building is not.

    ``tunnel=culvert`` on a way means the stream below it, ``covered`` a roof above it.

    Examples
    --------
    >>> in_tunnel({"tunnel": "yes"}), in_tunnel({"tunnel": "building_passage"})
    (True, False)
    """
    below = bool(_values(tags, "tunnel") - _NO_TUNNEL)
    return below or tags.get("location") == "underground"


def is_stairs(tags: Mapping[str, str]) -> bool:
    """Tell whether a way is stairs that a wheelchair cannot take: those with a ramp for it are not.

    Examples
    --------
    >>> is_stairs({"highway": "steps"}), is_stairs({"highway": "steps", "ramp:wheelchair": "yes"})
    (True, False)
    """
    wheels = any(_values(tags, key) & _ON_WHEELS for key in ("wheelchair", "ramp:wheelchair"))
    return "steps" in _values(tags, "highway") and not wheels


def _by_kind(tags: Mapping[str, str]) -> str | None:
    """Say what in the kind of a way keeps walkers off it."""
    kinds = _values(tags, "highway")
    if tags.get("route") == "ferry":
        return FERRY
    if any(tags.get(key) == "yes" for key in _OUT_OF_USE):
        return UNBUILT
    if kinds & _FAST or tags.get("motorroad") == "yes":
        return None if _invited(tags) else FAST_ROAD
    return None if kinds & WALKED else _not_a_walk(kinds, tags)


def _not_a_walk(kinds: frozenset[str], tags: Mapping[str, str]) -> str | None:
    """Say why kinds that are not walked as a rule are not walked here."""
    if kinds & _BUSES:
        return None if _invited(tags) else BUS_ROAD
    known = sorted(kinds & _NEVER.keys())
    if known:
        return _NEVER[known[0]]
    return None if _values(tags, "foot") & _MAY else UNKNOWN_KIND


def _by_permission(tags: Mapping[str, str]) -> str | None:
    """Say which permission is missing; the first of ``foot`` and ``access`` that decides does."""
    for key in ("foot", "access"):
        values = _values(tags, key)
        if values & _MAY:
            return None
        for refused, reason in ((_BESIDE, SIDE_PATH), (_PRIVATE, PRIVATE), (_CLOSED, CLOSED)):
            if values & refused:
                return reason
    return None


def _invited(tags: Mapping[str, str]) -> bool:
    """Tell whether a road for fast traffic or buses says that people walk along it.

    ``sidewalk=separate`` is no invitation: that sidewalk is a way of its own.
    """
    if _values(tags, "foot") & _MAY or _values(tags, "sidewalk") & _WITH_SIDEWALK:
        return True
    return any(tags.get(key) == "yes" for key in _SIDEWALK_KEYS)


def _values(tags: Mapping[str, str], key: str) -> frozenset[str]:
    """Give a tag's values, of which there may be several: ``"a; B"`` is a and b."""
    text = tags.get(key)
    if not text:
        return frozenset()
    if ";" not in text and text == text.strip().lower():
        return frozenset((text,))
    return frozenset(part.strip().lower() for part in text.split(";") if part.strip())
