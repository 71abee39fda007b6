"""What is wrong with barriers: drawn over streets, or crossed by them on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from spatial.condition.fault import Fault, Severity, milder, touching
from spatial.condition.walking import homes_near

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.network import Network
    from spatial.population import Homes

    Shapes = NDArray[np.object_]

OVER_M: Final = 0.5
"""A wall so near a street, along it, was drawn over it."""
ALONG_M: Final = 10.0
WET_M: Final = 5.0
"""A street on the ground with more of it in water than this needs a bridge."""
_AREA: Final = 2


def over_streets(
    network: Network, homes: Homes, walls: Shapes, names: Shapes, *, own: bool
) -> list[Fault]:
    """Find walls drawn along the very line of a street."""
    lines = walls[shapely.get_dimensions(walls) == 1]
    named = names[shapely.get_dimensions(walls) == 1]
    edge, wall = shapely.STRtree(lines).query(network.lines, predicate="dwithin", distance=OVER_M)
    ground = network.on_ground[edge]
    edge, wall = edge[ground], wall[ground]
    strip = shapely.buffer(lines[wall], OVER_M, cap_style="flat")
    along = shapely.length(shapely.intersection(network.lines[edge], strip))
    total = np.bincount(wall, along, len(lines))
    row = np.flatnonzero(total >= ALONG_M)
    hidden = edge[np.isin(wall, row) & (along > 0)]
    return _told(
        "over_streets", homes, _on(network, homes, hidden), lines[row], named[row], own=own
    )


def crossed(network: Network, homes: Homes, barriers: Shapes, names: Shapes) -> list[Fault]:
    """Find streets that cross a wall, railway or motorway on the ground: a gate, or a mistake."""
    lines = barriers[shapely.get_dimensions(barriers) == 1]
    named = names[shapely.get_dimensions(barriers) == 1]
    edge, line = shapely.STRtree(lines).query(network.lines, predicate="crosses")
    ground = network.on_ground[edge]
    edge, line = edge[ground], line[ground]
    at = shapely.point_on_surface(shapely.intersection(network.lines[edge], lines[line]))
    return _told("crossed", homes, _on(network, homes, edge), at, named[line], own=True)


def wet_streets(network: Network, homes: Homes, water: Shapes, *, own: bool) -> list[Fault]:
    """Find streets on the ground that run through water: a bridge that nobody marked, or a slip."""
    areas = water[shapely.get_dimensions(water) == _AREA]
    edge, area = shapely.STRtree(areas).query(network.lines, predicate="intersects")
    ground = network.on_ground[edge]
    edge, area = edge[ground], area[ground]
    wet = shapely.length(shapely.intersection(network.lines[edge], areas[area]))
    long = wet > WET_M
    edge = np.unique(edge[long])
    shapes, names = network.lines[edge], network.name[edge]
    near = _on(network, homes, edge)
    return _told("wet_streets", homes, near, shapes, names, own=own, layer="streets")


def _on(network: Network, homes: Homes, edge: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which homes stand on some streets, or on one that begins there."""
    return homes_near(network, homes, network.u[edge], within_m=0.0)


def _told(
    kind: str,
    homes: Homes,
    near: NDArray[np.bool_],
    shapes: Shapes,
    names: Shapes,
    *,
    own: bool,
    layer: str = "barriers",
) -> list[Fault]:
    """Tell of faulty places, and of the homes on the streets concerned."""
    if not len(shapes):
        return []
    people = homes.people(near)
    most: Severity = "mind" if own else "note"
    severity = milder(touching(people, homes), most)
    return [Fault(kind, layer, severity, len(shapes), people, shapes, names)]
