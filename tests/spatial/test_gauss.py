"""Zones of CGCS2000 as EPSG has them."""

from __future__ import annotations

import pytest
from pyproj import CRS

from spatial.gauss import (
    epsg_by_meridian,
    epsg_with_zone,
    epsg_without_zone,
    is_zoned,
    looks_plain,
    meridian_of,
    middle_easting_m,
    zone_in,
    zones,
)


def longitude_of(crs: CRS) -> float:
    assert crs.coordinate_operation is not None
    told = {one.name: one.value for one in crs.coordinate_operation.params}
    return float(told["Longitude of natural origin"])


@pytest.mark.parametrize("zone", zones())
def test_codes_are_those_of_epsg(zone: int) -> None:
    zoned, plain = CRS(epsg_with_zone(zone)), CRS(epsg_without_zone(zone))
    for crs in (zoned, plain):
        assert longitude_of(crs) == meridian_of(zone)
        assert crs.geodetic_crs is not None
        assert crs.geodetic_crs.to_epsg() == 4490
    assert middle_easting_m(zoned) == 1e6 * zone + 5e5
    assert middle_easting_m(plain) == 5e5
    assert (is_zoned(zoned), is_zoned(plain)) == (True, False)
    assert zone_in(1e6 * zone + 462764) == zone
    assert epsg_by_meridian(meridian_of(zone), wide=zone < 25) == epsg_without_zone(zone)


@pytest.mark.parametrize("easting", [462764, 12_462_764, 24_462_764, 46_000_000, -39_462_764])
def test_no_zone(easting: float) -> None:
    assert zone_in(easting) is None


@pytest.mark.parametrize("code", [4326, 4490, 3857, 32650, 3035])
def test_others_have_no_zones(code: int) -> None:
    assert not is_zoned(CRS(code))


@pytest.mark.parametrize(
    ("x", "y"), [(39_462_764, 3_920_713), (116.5, 35.4), (5000, 12_000), (12_978_000, 4_200_000)]
)
def test_no_plain_coordinates(x: float, y: float) -> None:
    assert not looks_plain(x, y)
