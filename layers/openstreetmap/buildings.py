"""Which buildings are homes (design rule 12).

A home is a building of a residential kind or a plain ``building=yes``, of 20 m² or more, that
shows no other use. ``building:part`` alone is no building. A plain building that is a factory or
a school without saying so is taken for a home: nothing in its tags tells; a layer of the
planner's own does better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from layers.categories import out_of_use, values_of
from layers.openstreetmap.outlines import AREA, areas_m2, inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

SMALLEST_HOME_M2 = 20.0
"""Buildings below are sheds, garages and kiosks, whatever their tag says."""

OTHER_KIND = "building of another kind than residential"
OTHER_USE = "building that shows another use (shop, office, school ...)"
NO_WALLS = "roof without walls (wall=no)"
UNUSED = "building out of use, planned, being built or underground"
NO_FOOTPRINT = "building without an outline"
TOO_SMALL = "building smaller than 20 m²"
INSIDE = "building inside the outline of another"

RESIDENTIAL = frozenset(
    (
        *("apartments", "house", "residential", "detached", "semidetached_house", "semi"),
        *("terrace", "terraced_house", "townhouse", "bungalow", "villa", "dormitory", "farm"),
        *("houseboat", "static_caravan", "stilt_house", "ger", "trullo"),
    )
)
"""Values of ``building`` that say people live there. Hotels, cabins and barracks are none."""

_PLAIN = "yes"

_USES = (
    *("amenity", "shop", "office", "craft", "healthcare", "leisure", "tourism", "industrial"),
    *("military", "aeroway", "railway", "public_transport", "power", "telecom", "club"),
    *("government", "religion", "man_made", "historic", "landuse", "building:use"),
)
_NO_OTHER_USE: Mapping[str, frozenset[str]] = {
    "tourism": frozenset(("apartment", "apartments", "artwork", "information")),
    "historic": frozenset(("yes", "building", "house", "heritage", "farm", "townhouse")),
    "landuse": frozenset(("residential",)),
    "building:use": RESIDENTIAL | {"yes"},
}


def is_building(tags: Mapping[str, str]) -> bool:
    """Tell whether tags mean a building of any kind.

    Examples
    --------
    >>> is_building({"building": "retail"}), is_building({"building:part": "yes"})
    (True, False)
    """
    return tags.get("building", "no") != "no"


def why_no_home(tags: Mapping[str, str]) -> str | None:
    """Say which of a building's tags keeps it from being a home, or None.

    Examples
    --------
    >>> why_no_home({"building": "yes", "addr:housenumber": "7"}) is None
    True
    >>> why_no_home({"building": "apartments", "shop": "bakery"})
    'building that shows another use (shop, office, school ...)'
    >>> why_no_home({"building": "yes", "wall": "no"})
    'roof without walls (wall=no)'
    """
    if out_of_use(tags) or tags.get("location") == "underground":
        return UNUSED
    kinds = set(values_of(tags, "building"))
    if not kinds & RESIDENTIAL and kinds != {_PLAIN}:
        return OTHER_KIND
    if tags.get("wall") == "no":  # the French land register's light buildings
        return NO_WALLS
    for key in _USES:
        uses = set(values_of(tags, key)) - {"no"}
        if uses and not uses & _NO_OTHER_USE.get(key, frozenset()):
            return OTHER_USE
    return None


def why_no_homes(
    geometry: npt.NDArray[np.object_], tags: Sequence[Mapping[str, str]]
) -> list[str | None]:
    """Say for each building why it is no home, or None where it is one.

    Of two outlines one inside the other, the outer one is the home: the same people live there.

    Parameters
    ----------
    geometry
        Outlines in longitude and latitude, in the order of their ids.
    tags
        The tags of each.
    """
    reasons = np.array([why_no_home(tag) for tag in tags], dtype=object)
    _give(reasons, shapely.get_dimensions(geometry) < AREA, NO_FOOTPRINT)
    _give(reasons, areas_m2(geometry) < SMALLEST_HOME_M2, TOO_SMALL)
    homes = np.flatnonzero(pd.isna(reasons))
    inner, _ = inside(geometry[homes])
    reasons[homes[inner]] = INSIDE
    return list(reasons)


def _give(reasons: npt.NDArray[np.object_], rows: npt.NDArray[np.bool_], reason: str) -> None:
    """Write a reason down for rows that have none yet."""
    reasons[rows & pd.isna(reasons)] = reason
