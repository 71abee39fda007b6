"""Homes: where people are, how many, and the street each stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from spatial.barriers import KINDS, NO_BARRIERS
from spatial.crs import require_metric
from spatial.network import on_step
from spatial.ties import Ties, crossed_by_leg, tie

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.network import Network

Unit = Literal["people", "homes"]


@dataclass(frozen=True)
class Homes:
    """Where people are: h points with a weight, tied to streets.

    Attributes
    ----------
    id, name
        (h,) object: unique text, and a name or None.
    xy
        (h, 2) float64, metres.
    weight
        (h,) float64: people, or 1 each where nobody said how many (rule 12).
    unit
        What the weights count.
    ties
        The street each home stands on; untied homes are unconnected (rule 4).
    blocked_by
        (h,) object: for a home unconnected because every leg crosses a barrier, the kind of the
        one before the nearest street; else None.
    """

    id: NDArray[np.object_]
    name: NDArray[np.object_]
    xy: NDArray[np.float64]
    weight: NDArray[np.float64]
    unit: Unit
    ties: Ties
    blocked_by: NDArray[np.object_]

    def some(self, rows: NDArray[np.int64], ties: Ties) -> Homes:
        """Take some of the homes, tied anew."""
        return replace(
            self,
            id=self.id[rows],
            name=self.name[rows],
            xy=self.xy[rows],
            weight=self.weight[rows],
            ties=ties,
            blocked_by=self.blocked_by[rows],
        )

    def people(self, which: NDArray[np.bool_]) -> float:
        """Add up the weight of some homes."""
        return float(self.weight[which].sum())


def homes_on(
    network: Network,
    places: gpd.GeoDataFrame,
    *,
    leg_limit_m: float = 100.0,
    barriers: Barriers = NO_BARRIERS,
) -> Homes:
    """Tie a `homes` layer to the streets.

    Parameters
    ----------
    network
        The streets; `places` are in its CRS.
    places
        Points or polygons with home, name and weight; a weight of NaN counts 1 where no home
        has a weight at all, else 0.
    leg_limit_m
        Homes farther than this from any street are unconnected, metres.
    barriers
        What no leg crosses.
    """
    require_metric(places.crs)
    xy = on_step(shapely.get_coordinates(home_points(places.geometry.to_numpy())))
    given = places["weight"].to_numpy(dtype=np.float64)
    unit: Unit = "homes" if np.isnan(given).all() else "people"
    weight = np.ones(len(given)) if unit == "homes" else np.nan_to_num(given)
    ties = tie(network, xy, limit_m=leg_limit_m, barriers=barriers)
    return Homes(
        id=places["home"].to_numpy(dtype=object),
        name=places["name"].to_numpy(dtype=object),
        xy=xy,
        weight=weight,
        unit=unit,
        ties=ties,
        blocked_by=_blocked_by(network, xy, ties, leg_limit_m, barriers),
    )


def _blocked_by(
    network: Network,
    xy: NDArray[np.float64],
    ties: Ties,
    leg_limit_m: float,
    barriers: Barriers,
) -> NDArray[np.object_]:
    """What stands before the nearest street of each home that found no free leg."""
    row = np.flatnonzero(~ties.tied)
    straight = tie(network, xy[row], limit_m=leg_limit_m)
    row, straight = row[straight.tied], straight[straight.tied]
    kind = crossed_by_leg(network, xy[row], straight, barriers)
    blocked = np.full(len(xy), None, dtype=object)
    blocked[row] = np.array(KINDS, dtype=object)[kind]
    return blocked


def home_points(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give the point a home is measured from: its centroid, or a point inside if that lies outside.

    Examples
    --------
    >>> ell = shapely.from_wkt("POLYGON ((0 0, 9 0, 9 1, 1 1, 1 9, 0 9, 0 0))")
    >>> bool(shapely.intersects(ell, home_points(np.array([ell]))[0]))
    True
    """
    centre = shapely.centroid(geometry)
    outside = ~shapely.intersects(geometry, centre)
    return np.where(outside, shapely.point_on_surface(geometry), centre)
