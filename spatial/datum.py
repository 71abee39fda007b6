"""GCJ-02 and BD-09, the shifted degrees of Chinese map services, to and from WGS 84.

The shift is a published formula of latitude and longitude, defined inside a rectangle around China
and nothing outside it. It has no closed inverse: a fixed point finds it, to less than a micrometre.
The ellipsoid and the numbers are those of GCJ-02 as every service applies them.

Points are arrays of degrees, longitude and latitude apart, of any one shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Degrees = NDArray[np.float64]
    Pair = tuple[Degrees, Degrees]

SHIFTED_WEST_EAST: Final = (72.004, 137.8347)
SHIFTED_SOUTH_NORTH: Final = (0.8293, 55.8271)
"""Where GCJ-02 differs from WGS 84, degrees."""

_RADIUS_M: Final = 6_378_245.0
_ECCENTRICITY_2: Final = 0.006_693_421_622_965_943_23
"""The ellipsoid of Krasovsky, squared eccentricity as the services have it."""
_ORIGIN: Final = (105.0, 35.0)
_BAIDU_TURN: Final = np.pi * 3000.0 / 180.0
_BAIDU_SHIFT: Final = (0.0065, 0.006)
_EXACT_DEGREES: Final = 1e-12
_MOST_STEPS: Final = 50


def is_shifted(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.bool_]:
    """Whether GCJ-02 differs from WGS 84 at places given in WGS 84.

    Examples
    --------
    >>> is_shifted([116.4, 7.4], [39.9, 43.7]).tolist()
    [True, False]
    """
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    (west, east), (south, north) = SHIFTED_WEST_EAST, SHIFTED_SOUTH_NORTH
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def wgs84_to_gcj02(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Shift WGS 84 degrees to GCJ-02; outside China they stay.

    Examples
    --------
    >>> x, y = wgs84_to_gcj02([116.391, 7.4], [39.907, 43.7])
    >>> x.round(6).tolist(), y.round(6).tolist()
    ([116.397241, 7.4], [39.908401, 43.7])
    """
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    east, north = _shift(x, y)
    inside = is_shifted(x, y)
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def gcj02_to_wgs84(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Find the WGS 84 degrees that shift to these GCJ-02 degrees, to less than 1e-6 m.

    Examples
    --------
    >>> x, y = gcj02_to_wgs84(*wgs84_to_gcj02([116.391], [39.907]))
    >>> x.round(9).tolist(), y.round(9).tolist()
    ([116.391], [39.907])
    """
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    wgs_x, wgs_y = _undone(lambda a, b: tuple(np.add((a, b), _shift(a, b))), x, y)
    inside = is_shifted(wgs_x, wgs_y)
    return np.where(inside, wgs_x, x), np.where(inside, wgs_y, y)


def gcj02_to_bd09(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Shift GCJ-02 degrees once more, to BD-09."""
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    far = np.hypot(x, y) + 2e-5 * np.sin(y * _BAIDU_TURN)
    angle = np.arctan2(y, x) + 3e-6 * np.cos(x * _BAIDU_TURN)
    east, north = _BAIDU_SHIFT
    return far * np.cos(angle) + east, far * np.sin(angle) + north


def bd09_to_gcj02(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Find the GCJ-02 degrees that shift to these BD-09 degrees, to less than 1e-6 m."""
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    return _undone(gcj02_to_bd09, x, y)


def wgs84_to_bd09(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Shift WGS 84 degrees to BD-09; meant for places in China."""
    return gcj02_to_bd09(*wgs84_to_gcj02(longitude, latitude))


def bd09_to_wgs84(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    """Find the WGS 84 degrees of BD-09 degrees; meant for places in China."""
    return gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude))


def _undone(shifted: Callable[[Degrees, Degrees], Pair], x: Degrees, y: Degrees) -> Pair:
    """Find where `shifted` gives (x, y): step back by what it overshoots until it does not."""
    from_x, from_y = x.copy(), y.copy()
    for _ in range(_MOST_STEPS):
        to_x, to_y = shifted(from_x, from_y)
        over_x, over_y = to_x - x, to_y - y
        from_x, from_y = from_x - over_x, from_y - over_y
        if max(np.abs(over_x).max(initial=0.0), np.abs(over_y).max(initial=0.0)) < _EXACT_DEGREES:
            break
    return from_x, from_y


def _shift(longitude: Degrees, latitude: Degrees) -> Pair:
    """Degrees by which GCJ-02 lies east and north of WGS 84, by the formula alone."""
    x, y = longitude - _ORIGIN[0], latitude - _ORIGIN[1]
    root = np.sqrt(np.abs(x))
    common = 20 * _wave(6 * x) + 20 * _wave(2 * x)
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east_m += (common + 20 * _wave(x) + 40 * _wave(x / 3)) * 2 / 3
    east_m += (150 * _wave(x / 12) + 300 * _wave(x / 30)) * 2 / 3
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north_m += (common + 20 * _wave(y) + 40 * _wave(y / 3)) * 2 / 3
    north_m += (160 * _wave(y / 12) + 320 * _wave(y / 30)) * 2 / 3
    angle = np.radians(latitude)
    flat = 1 - _ECCENTRICITY_2 * np.sin(angle) ** 2
    across_m = _RADIUS_M / np.sqrt(flat) * np.cos(angle)
    along_m = _RADIUS_M * (1 - _ECCENTRICITY_2) / (flat * np.sqrt(flat))
    return np.degrees(east_m / across_m), np.degrees(north_m / along_m)


def _wave(turns: Degrees) -> Degrees:
    return np.sin(np.pi * turns)
