"""OpenStreetMap's ways and places, with their tags, become layers.

Whoever brings the tags (an extract, `layers.osm`; the web, `layers.fetch`), the same rules decide
here what a street, a park, a stop, a facility and a home is.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from layers.schema import Reading

NOTHING_LOST: Mapping[str, Mapping[str, int]] = MappingProxyType({})
"""No record of any layer was lost before its tags could be read."""


@dataclass(frozen=True)
class TaggedWays:
    """Lines with the tags and the node ids of their ways; one entry of each per line.

    Attributes
    ----------
    lines
        Array of shapely ``LineString`` in longitude and latitude (EPSG:4326).
    refs
        For each line the ids of its nodes, as many as it has vertices (int64). Lines meet where,
        and only where, they share a node.
    tags
        For each line its tags.
    """

    lines: npt.NDArray[np.object_]
    refs: Sequence[npt.NDArray[np.int64]]
    tags: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class TaggedPlaces:
    """Points and areas with their tags; one entry of each per place.

    Attributes
    ----------
    ids
        ``"n12"`` for a node, ``"w34"`` for a way, ``"r56"`` for a relation; each once.
    geometry
        Array of shapely ``Point``, ``Polygon`` or ``MultiPolygon``, EPSG:4326.
    tags
        For each place its tags.
    """

    ids: Sequence[str]
    geometry: npt.NDArray[np.object_]
    tags: Sequence[Mapping[str, str]]


def readings(
    ways: TaggedWays,
    places: TaggedPlaces,
    *,
    incomplete: Mapping[str, Mapping[str, int]] = NOTHING_LOST,
) -> dict[str, Reading]:
    """Sort tagged ways and places into layers.

    Parameters
    ----------
    ways
        Every way with a ``highway`` tag; which of them one may walk on is decided here.
    places
        Every node and area that any rule may want; what no rule wants is passed over.
    incomplete
        For a layer, how many of its records were lost before this, by reason:
        ``{"streets": {"way cut by the edge of the extract": 3}}``. They count as dropped.

    Returns
    -------
    dict
        The layers ``streets``, ``homes``, ``parks``, ``green``, ``bus_stops``, ``facilities`` and
        ``water``, each in EPSG:4326. A layer may be empty.
    """
    raise NotImplementedError
