"""What OpenStreetMap says of ways and places, before any rule decides what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt


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
        Array of shapely ``Point``, ``Polygon`` or ``MultiPolygon``, EPSG:4326; ``LineString``
        for a platform drawn as a line, and for nothing else.
    tags
        For each place its tags.
    """

    ids: Sequence[str]
    geometry: npt.NDArray[np.object_]
    tags: Sequence[Mapping[str, str]]
