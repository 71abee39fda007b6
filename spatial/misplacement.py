"""What coordinates would have to be, to lie where the other layers lie.

A layer that lies elsewhere is mostly in another CRS than it says, or its axes are swapped, or its
longitudes lost a sign or their hundreds. Each of these is tried, and those that bring it among the
other layers are given. They are told to the planner, and never applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer

from spatial.gauss import epsg_with_zone, epsg_without_zone, meridian_of, zone_in, zones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_DEGREE_M: Final = 111_320.0
_MARGIN_M: Final = 500.0
_HALF: Final = 0.5
_AS_GOOD: Final = 0.05  # by so much of all points a second supposition may be worse, and still told
_MOST_TOLD: Final = 3
_NEAR_ZONES_DEGREES: Final = 4.6
_UTM_NORTH, _UTM_SOUTH = 32600, 32700
_WEB_MERCATOR: Final = 3857
_WGS84: Final = 4326


@dataclass(frozen=True)
class Surroundings:
    """Where the other layers lie.

    Attributes
    ----------
    lonlat
        (n, 2) degrees, some of their coordinates.
    """

    lonlat: Points

    @cached_property
    def middle(self) -> Points:
        """Longitude and latitude of the middle."""
        found: Points = (self.lonlat.min(axis=0) + self.lonlat.max(axis=0)) / 2
        return found

    @cached_property
    def _hull(self) -> shapely.Geometry:
        hull = shapely.convex_hull(shapely.multipoints(self._metres(self.lonlat)))
        shapely.prepare(hull)
        return hull

    def _metres(self, lonlat: Points) -> Points:
        """Metres from the middle, true to some per cent in a region."""
        across = (lonlat[:, 0] - self.middle[0] + 180) % 360 - 180
        shrunk = np.cos(np.radians(self.middle[1]))
        return np.column_stack([across * shrunk, lonlat[:, 1] - self.middle[1]]) * _DEGREE_M

    @property
    def width_m(self) -> float:
        """Metres from corner to corner; 0 of nowhere."""
        return (
            float(np.hypot(*np.ptp(self._metres(self.lonlat), axis=0))) if len(self.lonlat) else 0
        )

    def away_m(self, lonlat: Points) -> NDArray[np.float64]:
        """Metres from each of (n, 2) degrees to the hull of the other layers; NaN from nowhere."""
        away = np.full(len(lonlat), np.nan)
        if not len(self.lonlat):
            return away
        known = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat) <= (180, 90)).all(axis=1)
        spots = shapely.points(self._metres(lonlat[known]))
        away[known] = shapely.distance(self._hull, spots)
        return away

    def nearest_m(self, lonlat: Points) -> float:
        """Metres from the nearest of (n, 2) degrees; infinite if all lie nowhere."""
        away = self.away_m(lonlat)
        return float(np.nanmin(away)) if np.isfinite(away).any() else np.inf


@dataclass(frozen=True)
class Supposition:
    """What coordinates would be.

    Attributes
    ----------
    epsg
        The code of their CRS; None: that which they are said to be in.
    swapped
        Whether x and y are swapped.
    longitudes
        What befell these: ``"sign"``, ``"hundreds"``, or nothing.
    """

    epsg: int | None = None
    swapped: bool = False
    longitudes: str = ""


def suppositions(xy: Points, crs: CRS | None, among: Surroundings) -> list[Supposition]:
    """Give what brings coordinates among the other layers, the likeliest first.

    Parameters
    ----------
    xy
        (n, 2) as they stand in the file.
    crs
        What they are said to be in, if anything is.
    among
        Where the other layers lie.

    Returns
    -------
    list of Supposition
        At most three, equally likely; of codes that place all alike only one.

    Examples
    --------
    >>> town = Surroundings(np.array([[116.5, 35.3], [116.7, 35.3], [116.6, 35.5]]))
    >>> suppositions(np.array([[462764.0, 3920713.0]]), None, town)[0].epsg
    4548
    >>> suppositions(np.array([[35.4, 116.6]]), CRS(4326), town)
    [Supposition(epsg=None, swapped=True, longitudes='')]
    """
    found: list[tuple[float, Supposition]] = []
    places: list[Points] = []
    for one, lonlat in _tried(xy, crs, among):
        away = among.away_m(lonlat)
        share = float((away <= _MARGIN_M).mean())
        if share < _HALF or any(np.allclose(lonlat, place, atol=1e-7) for place in places):
            continue
        places.append(lonlat)
        found.append((share, one))
    best = max((share for share, _ in found), default=0.0)
    return [one for share, one in found if share >= best - _AS_GOOD][:_MOST_TOLD]


def _tried(
    xy: Points, crs: CRS | None, among: Surroundings
) -> Iterator[tuple[Supposition, Points]]:
    """Give every supposition with longitudes and latitudes, the plainest first."""
    if crs is not None:
        yield Supposition(swapped=True), _degrees(xy[:, ::-1], crs)
    for swapped in (False, True):
        turned = xy[:, ::-1] if swapped else xy
        for epsg in _codes(float(np.median(turned[:, 0])), among):
            yield Supposition(epsg, swapped=swapped), _degrees(turned, CRS.from_epsg(epsg))
    if crs is not None and crs.is_geographic:
        yield Supposition(longitudes="sign"), np.multiply(xy, (-1, 1))
        yield Supposition(longitudes="hundreds"), np.add(xy, (100, 0))


def _codes(easting: float, among: Surroundings) -> list[int]:
    """Give the codes of CRS in use around a place, those of Chinese plans first."""
    if abs(easting) <= 180:  # noqa: PLR2004  degrees
        return [_WGS84]
    lon, lat = among.middle
    near = [zone for zone in zones() if abs(meridian_of(zone) - lon) <= _NEAR_ZONES_DEGREES]
    near.sort(key=lambda zone: (zone < zones()[0], abs(meridian_of(zone) - lon)))
    gauss = [epsg_without_zone(zone) for zone in near]
    if zone_in(easting) is not None:
        gauss = [epsg_with_zone(zone) for zone in near if zone == zone_in(easting)]
    utm = int((lon + 180) // 6) % 60
    first = _UTM_NORTH if lat >= 0 else _UTM_SOUTH
    return [*gauss, *(first + 1 + (utm + step) % 60 for step in (0, -1, 1)), _WEB_MERCATOR]


def _degrees(xy: Points, crs: CRS) -> Points:
    """Longitude and latitude of coordinates; infinite where there are none."""
    if crs.is_geographic and (np.abs(xy) > (180, 90)).any(axis=1).mean() > _HALF:
        return np.full_like(xy, np.inf)
    return np.column_stack(_turn(crs).transform(*xy.T))


@cache
def _turn(crs: CRS) -> Transformer:
    """Make the projection to degrees once for both orders of the axes."""
    return Transformer.from_crs(crs, _WGS84, always_xy=True)
