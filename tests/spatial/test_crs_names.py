"""Names of CRS that are clear, those that are not, and those of which no CRS can be made."""

from __future__ import annotations

import pytest
from pyproj import CRS

from spatial.crs import crs_from_text, require_datum, require_near
from spatial.crs_names import epsg_named
from spatial.errors import InputError


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("epsg:4548", 4548),
        ("EPSG 4548", 4548),
        ("EPSG：4548", 4548),
        ("４５４８", 4548),
        ("+init=epsg:4326", 4326),
        ("WGS-84", 4326),
        ("GCS_WGS_1984", 4326),
        ("wgs84坐标系", 4326),
        ("国家2000", 4490),
        ("CGCS2000坐标系", 4490),
        ("2000国家大地坐标系", 4490),
        ("中国大地2000", 4490),
        ("CGCS2000 3度带 中央经线117", 4548),
        ("国家2000 3度带39带", 4527),
        ("CGCS2000 三度带 高斯克吕格 第39带", 4527),
        ("cgcs2000 6度带20带", 4498),
        ("CGCS2000_3_Degree_GK_CM_117E", 4548),
        ("CGCS2000_3_Degree_GK_Zone_39", 4527),
        ("3-degree Gauss-Kruger CM 114E", 4547),
        ("UTM 50N", 32650),
        ("WGS84 UTM zone 50N", 32650),
        ("UTM zone 23 S", 32723),
    ],
)
def test_clear(text: str, epsg: int) -> None:
    assert epsg_named(text) == epsg
    assert crs_from_text(text).to_epsg() == epsg


@pytest.mark.parametrize(
    "text",
    [
        *("beijing", "济宁独立坐标系", "117", "3度带", "3度带117带", "3度带 中央经线116", "UTM"),
        *("UTM 61N", "6度带39带", "高斯克吕格", "CGCS2000 3 Degree GK CM 116.5E", "国家1985"),
    ],
)
def test_unclear(text: str) -> None:
    assert epsg_named(text) is None
    with pytest.raises(InputError, match="is not known; write an EPSG code"):
        crs_from_text(text)


@pytest.mark.parametrize(
    ("text", "datum"),
    [("GCJ02", "gcj02"), ("gcj-02", "gcj02"), ("火星坐标系", "gcj02"), ("BD09", "bd09")],
)
def test_shifts_are_no_crs(text: str, datum: str) -> None:
    with pytest.raises(InputError, match=f'is a shift of map services.*datum = "{datum}"'):
        crs_from_text(text)


@pytest.mark.parametrize(
    "text",
    [
        *("西安80", "西安1980坐标系", "北京54", "Xian 1980", "Xi'an 80", "Beijing 1954"),
        *("Xian_1980_3_Degree_GK_CM_117E", "EPSG:2384", "EPSG:2436", "EPSG:4610", "EPSG:4214"),
        *("EPSG:21420", "EPSG:2327", "EPSG:2442", "EPSG:4555", "EPSG:4568"),
        "+proj=tmerc +lon_0=117 +x_0=500000 +ellps=krass",
        "+proj=longlat +ellps=krass +towgs84=0,0,0,0,0,0,0",
    ],
)
def test_datums_of_the_past(text: str) -> None:
    with pytest.raises(InputError, match="only by a city's own parameters; convert it to CGCS2000"):
        crs_from_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "+proj=tmerc +lon_0=117 +x_0=500000 +ellps=krass +towgs84=15.8,-154.4,-82.3",
        "+proj=tmerc +lon_0=117 +x_0=500000 +a=6378140 +rf=298.257 +towgs84=1,2,3,0,0,0,0",
        "+proj=tmerc +lon_0=116.5 +x_0=500000 +ellps=GRS80",
        *("EPSG:28418", "EPSG:27700", "EPSG:2154", "ESRI:54009", "EPSG:4490+5737", "EPSG:4979"),
        *("102100", "ESRI:102100", "900913"),
    ],
)
def test_datums_that_are_known(text: str) -> None:
    crs = crs_from_text(text)
    assert require_datum(crs) is crs


def test_an_unknown_datum() -> None:
    text = "+proj=longlat +a=6378388 +rf=297"
    with pytest.raises(InputError, match="does not say how its datum lies"):
        crs_from_text(text)


@pytest.mark.parametrize("code", [4527, 4547, 4548, 4549, 32650, 3857])
def test_near_enough(code: int) -> None:
    assert require_near(CRS(code), 116.6, 35.4).to_epsg() == code


@pytest.mark.parametrize("code", [4554, 4546, 4528 + 5, 32633, 2154])
def test_too_far(code: int) -> None:
    with pytest.raises(InputError, match=f"EPSG:{code}.*far from the homes; use EPSG:4548"):
        require_near(CRS(code), 116.6, 35.4)
