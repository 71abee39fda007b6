"""Land: the areas each standard serves, and the official share beside the real one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from spatial.land import LandShare, land_share, radius_share_of
from spatial.surface import CELL_M, Surface, area_served, grid_over, street_parts, walks_from_spots
from spatial.ties import tie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from scripts.study import Study
    from spatial.coverage import Coverage
    from spatial.standards import Standard


MOST_CELLS = 4_000_000
"""More cells than this (400 km² at 10 m) take minutes, so cells grow unless the plan says how."""


@dataclass(frozen=True)
class Land:
    """A standard over one kind of land: the official share, and the share reached on foot.

    Attributes
    ----------
    of
        The layer divided by: residential, built_up or built_up_construction.
    straight, network
        Shares within the service radius, and within the area served.
    """

    of: str
    straight: LandShare
    network: LandShare

    def figures(self) -> dict[str, Any]:
        """The block of summary.json."""
        return {
            "of": self.of,
            "area_m2": self.straight.area_m2,
            "straight": self.straight.share,
            "network": self.network.share,
            "straight_m2": self.straight.covered_m2,
            "network_m2": self.network.covered_m2,
            "patches_uncovered": len(self.straight.uncovered),
        }


@dataclass(frozen=True)
class Served:
    """The land a standard serves: the walk from every spot, and the area within reach."""

    walks: Surface
    area: BaseGeometry


def cell_m(study: Study) -> float:
    """The side of a cell of land, metres: the plan's, else 10, coarser for very large areas."""
    if study.plan.measure.cell_m is not None:
        return study.plan.measure.cell_m
    return max(CELL_M, float(np.ceil(np.sqrt(study.area.area / MOST_CELLS))))


def served_areas(study: Study, coverages: Sequence[Coverage]) -> dict[str, Served]:
    """Walk from every spot of land in the study area, as from a home there (rule 13).

    A spot is tied to the streets once; each standard then walks from the same ties.
    """
    if not coverages:
        return {}
    water = study.ground[study.ground["kind"] == "water"].geometry.to_numpy()
    dry = shapely.difference(study.area, shapely.union_all(shapely.make_valid(water)))
    grid = grid_over(dry, study.network.crs, cell_m=cell_m(study))
    limit_m = study.plan.measure.leg_limit_m
    ties = tie(study.network, grid.xy, limit_m=limit_m, barriers=study.barriers)
    found = {}
    for one in coverages:
        places = one.facilities.places.geometry.to_numpy()
        reach_m = one.reach_m
        walks = grid.surface(walks_from_spots(one.stretches, one.walks, ties, grid.xy, places))
        parts = street_parts(one.stretches, one.walks, reach_m, places)
        area = area_served(walks, reach_m, *parts, land=dry, within=study.area)
        found[one.standard.id] = Served(walks, area)
    return found


def land_of(
    study: Study,
    standard: Standard,
    coverages: Sequence[Coverage],
    served: Mapping[str, Served],
) -> Land | None:
    """Measure a standard, or the union of several, over land; None where no land is given.

    The layer is the one that the standard divides by; a standard that divides by people takes
    residential land, then built-up land.
    """
    order = (standard.denominator, "residential", "built_up", "built_up_construction")
    layer = next((name for name in order if name in study.land), None)
    if layer is None:
        return None
    land = study.land[layer]
    discs = [(one.facilities.places.geometry.to_numpy(), one.standard.reach_m) for one in coverages]
    areas = shapely.union_all([served[one.standard.id].area for one in coverages])
    return Land(layer, radius_share_of(discs, land), land_share(land, areas))
