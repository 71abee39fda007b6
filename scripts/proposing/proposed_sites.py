"""Sites that were chosen, as proposals: where, how many, what speaks against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from scripts.proposing.proposed import Proposal
from spatial.links import street_names

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from scripts.comparing.against import Grounds
    from scripts.study import Study
    from spatial.siting import Sites

NO_WAY_IN = {"zh": "没有道路可以进入", "en": "no street leads into it"}


def sites_proposed(
    study: Study,
    sites: Sites,
    places: gpd.GeoDataFrame,
    chosen: NDArray[np.int64],
    grounds: Grounds,
) -> list[Proposal]:
    """Make proposals of some candidates.

    Parameters
    ----------
    study, grounds
        The place, and where one should not build in it.
    sites, places
        The candidates laid out, and what their file says of them, row by row.
    chosen
        (n,) which of them, in the order of building.
    """
    shapes = places.geometry.to_numpy()[chosen]
    alone = sites.gained_alone()[chosen]
    streets = _streets(study, sites, shapes, chosen)
    cost = places["cost"].to_numpy(np.float64)[chosen]
    shut = np.where(sites.without_entrance[chosen], NO_WAY_IN[study.plan.place.language], "")
    return [
        Proposal(
            kind="site",
            shape=shapes[row],
            name=places["name"].iloc[one],
            street=streets[row],
            alone=float(alone[row]),
            cost=None if np.isnan(cost[row]) else float(cost[row]),
            price=None if np.isnan(cost[row]) else float(cost[row]),
            against=tuple(filter(None, (*said, str(shut[row])))),
        )
        for row, (one, said) in enumerate(zip(chosen, grounds.against(shapes), strict=True))
    ]


def _streets(
    study: Study, sites: Sites, shapes: NDArray[np.object_], chosen: NDArray[np.int64]
) -> NDArray[np.object_]:
    """The street of each site's first entrance; near its middle if no street leads in."""
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    edge = np.full(len(chosen), -1)
    facility, first = np.unique(sites.doors.facility, return_index=True)
    entered = np.flatnonzero(np.isin(chosen, facility))
    door = first[np.searchsorted(facility, chosen[entered])]
    xy[entered], edge[entered] = sites.doors.xy[door], sites.doors.ties.edge[door]
    return street_names(study.network, xy, edge)
