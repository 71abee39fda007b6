"""CGCS2000 / Gauss-Krueger, the systems of Chinese city plans, told by the numbers in them.

Zones are 3 degrees wide (25 to 45, central meridian 3 x zone) or 6 degrees (13 to 23, central
meridian 6 x zone - 3). Eastings count from 500 km west of the central meridian. They have six
digits, or eight where the number of the zone is written before them; EPSG has a code for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyproj import CRS

_NARROW: Final = range(25, 46)
_WIDE: Final = range(13, 24)
_ZONE_M: Final = 1_000_000.0
_WIDEST_M: Final = 4.0e5  # to a central meridian; a zone of 6 degrees has 270 km at most
MIDDLE_M: Final = 500_000.0
"""The easting of a central meridian."""
MOST_NORTH_M: Final = 6.0e6
"""No place of China has a larger northing."""
LEAST_NORTH_M: Final = 1.6e6
"""Nor, but for some reefs, a smaller one."""


def zone_in(easting: float) -> int | None:
    """Give the zone whose number is written before an easting, if one is.

    Examples
    --------
    >>> zone_in(39462764.0), zone_in(20462764.0), zone_in(462764.0)
    (39, 20, None)
    """
    zone = int(easting // _ZONE_M)
    return zone if zone in _NARROW or zone in _WIDE else None


def zones() -> tuple[int, ...]:
    """Give the numbers of all zones, those of 3 degrees first."""
    return (*_NARROW, *_WIDE)


def epsg_with_zone(zone: int) -> int:
    """Give the code of a zone whose number is written before eastings.

    Examples
    --------
    >>> epsg_with_zone(39), epsg_with_zone(20)
    (4527, 4498)
    """
    return 4513 + zone - 25 if zone in _NARROW else 4491 + zone - 13


def epsg_without_zone(zone: int) -> int:
    """Give the code of a zone whose number is not written before eastings.

    Examples
    --------
    >>> epsg_without_zone(39), epsg_without_zone(20)
    (4548, 4509)
    """
    return 4534 + zone - 25 if zone in _NARROW else 4502 + zone - 13


def meridian_of(zone: int) -> int:
    """Give the central meridian of a zone, degrees east.

    Examples
    --------
    >>> meridian_of(39), meridian_of(20)
    (117, 117)
    """
    return 3 * zone if zone in _NARROW else 6 * zone - 3


def epsg_by_meridian(degrees: float, *, wide: bool = False) -> int | None:
    """Give the code, without the zone in eastings, of a central meridian; None if it has none.

    Examples
    --------
    >>> epsg_by_meridian(117), epsg_by_meridian(117, wide=True), epsg_by_meridian(116.5)
    (4548, 4509, None)
    """
    zones = _WIDE if wide else _NARROW
    found = [zone for zone in zones if meridian_of(zone) == degrees]
    return epsg_without_zone(found[0]) if found else None


def middle_easting_m(crs: CRS) -> float | None:
    """Give the easting that a projection gives its central meridian; None if it has no such.

    Examples
    --------
    >>> from pyproj import CRS
    >>> middle_easting_m(CRS(4527)), middle_easting_m(CRS(4548)), middle_easting_m(CRS(4490))
    (39500000.0, 500000.0, None)
    """
    projection = crs.coordinate_operation
    if not crs.is_projected or projection is None:
        return None
    told = {one.name: one.value for one in projection.params}
    return float(told["False easting"]) if "False easting" in told else None


def is_zoned(crs: CRS) -> bool:
    """Say whether eastings of a CRS must have the number of its zone before them."""
    middle = middle_easting_m(crs)
    return middle is not None and zone_in(middle) is not None and middle % _ZONE_M == MIDDLE_M


def looks_plain(x: float, y: float) -> bool:
    """Say whether coordinates may be an easting of six digits and a northing in China.

    Examples
    --------
    >>> looks_plain(462764.0, 3920713.0), looks_plain(3920713.0, 462764.0)
    (True, False)
    """
    return abs(x - MIDDLE_M) < _WIDEST_M and LEAST_NORTH_M < y < MOST_NORTH_M
